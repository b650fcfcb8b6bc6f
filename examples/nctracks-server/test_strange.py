"""Strange bodies, queries and paths for every operation: each answer keeps to the contract, and none is a failure."""
import os
import random
import unittest

from test_support import CLINIC, CONTRACT, METHODS, Browser, Server

VALUES = [None, True, 0, -1, 2 ** 62, 1.5, "", " ", "a" * 5000, "\u0000", "\u202e\ud83d\ude00", "../..", "'; --", [],
          [[]], {}, {"": ""}, ["pa.submit"] * 50, {"a": {"b": [1]}}, CLINIC, "olivia.owner", "user", "pharmacy_pa",
          "withdraw", "A" * 32, "0" * 32, "QQ==", "Q"]
PARTS = ["0", "-", "a" * 299, "%00", "%2e%2e", "%ff", "%C3%A9", CLINIC, "olivia.owner", "0" * 32, "user", "%27", "{x}"]


def names_of(operation):
    """The members a body may have by the contract, and one it may not."""
    body = operation.get("requestBody", {})
    if "$ref" in body:
        return ["fields"]
    schema = body.get("content", {}).get("application/json", {}).get("schema", {})
    return list(schema.get("properties", {})) + ["role", "rights", "valid_from", "unknown"]


def strange_body(chance, names):
    if chance.random() < 0.3:
        paths = ["provider.npi", "users[0].ncid", "users[99999999999].ncid", "users[-1].ncid", "users[0]", "", "a.b", "ncid"]
        return {"fields": {chance.choice(paths): chance.choice(VALUES) for _ in range(3)}}
    return {name: chance.choice(VALUES) for name in names if chance.random() < 0.8}


def strange_path(chance, path):
    parts = [chance.choice(PARTS) if part.startswith("{") else part for part in path.split("/")]
    query = chance.choice(["", "?limit=1", "?after=%ff", "?after=" + "x" * 400, "?language=%00", "?right=pa.submit",
                           "?stream=provider:" + CLINIC, "?by=name&text=%25", "?state=draft&limit=1000"])
    return "/".join(parts) + query


class Strange(unittest.TestCase):
    def test_every_operation_answers_strange_requests_without_a_failure(self):
        seed = int(os.environ.get("NCTRACKS_SEED", "1"))
        rounds = int(os.environ.get("NCTRACKS_ROUNDS", "6"))
        chance = random.Random(seed)
        server = Server()
        try:
            people = [Browser(server, "olivia.owner"), Browser(server, "agnes.agency"), Browser(server)]
            for _ in range(rounds):
                for path, operations in CONTRACT["paths"].items():
                    for method in METHODS:
                        if method in operations and path not in ("/api/sessions", "/api/session"):
                            self.ask(chance, chance.choice(people), method, path, operations[method])
        finally:
            server.close()

    def ask(self, chance, person, method, path, operation):
        body = None if method in ("get", "delete") else strange_body(chance, names_of(operation))
        asked = strange_path(chance, path)
        answer = person.ask(method.upper(), asked, body, {"Idempotency-Key": chance.choice(["a", "é".encode(), "", "x" * 65])})
        self.assertLess(answer.status, 500, (method, asked, body, answer.body))


if __name__ == "__main__":
    unittest.main()
