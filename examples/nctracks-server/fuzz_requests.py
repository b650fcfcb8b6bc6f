"""Requests as no client would send them, byte by byte, against a running server: request lines, paths, headers, cookies,
bodies, lengths. The server has to answer each with something that is HTTP or close the connection, must not fail (500), and
has to go on serving. In the tests a few hundred requests; for longer, best in front of a server built with sanitizers:

    NCTRACKS_SECONDS=600 NCTRACKS_SEED=7 python3 -m unittest fuzz_requests
"""
import collections
import concurrent.futures
import json
import os
import random
import re
import socket
import threading
import time
import unittest

from test_support import CLINIC, CONTRACT, METHODS, Browser, Server, encoded
from test_strange import PARTS, strange_body, names_of

SECONDS = float(os.environ.get("NCTRACKS_SECONDS", "0"))
LEAST = 20  # of each client, however slow the machine
CLIENTS = 24
PATIENCE = 5  # seconds
SEED = int(os.environ.get("NCTRACKS_SEED", "1"))
PIECES = [b"", b"\r\n", b"\n", b"\0", b"%00", b"%", b"%ff", b"../", b"//", b"?", b"&", b"=", b";", b",", b" ", b"\t", b"\x80",
          b"\xff\xfe", b"\"", b"'", b"{", b"}", b"[" * 3000, b"{\"a\":" * 1000, b"A" * 5000, b"0", b"-1", b"1e999",
          b"18446744073709551616", b"\\u0000", b"\\ud800", b"chunked", b"gzip", b"application/json"]
HEADERS = [b"Content-Length: 0", b"Content-Length: -1", b"Content-Length: 99999999999999999999", b"Content-Length: 5",
           b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip", b"Expect: 100-continue", b"Connection: close",
           b"Connection: Upgrade", b"Host: ", b"Host: elsewhere.example.org", b"Origin: null", b"Sec-Fetch-Site: cross-site",
           b"X-Forwarded-For: 1.2.3.4, 5.6.7.8", b"X-Request-Id: " + b"a" * 100, b"Range: bytes=0-1", b"If-None-Match: *",
           b"Accept-Encoding: gzip;q=0", b"Accept-Language: " + b"es," * 200, b"Accept-Language: ;;;,,,-", b"Cookie: =",
           b"Authorization: Bearer x", b"X-NCTracks-User: olivia.owner", b"X-NCTracks-Proxy: x", b"Idempotency-Key: \xc3\xa9"]
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")


def operations():
    return [(method, path, operation) for path, item in CONTRACT["paths"].items()
            for method, operation in item.items() if method in METHODS]


class Request:
    """One request in parts, each of which may be spoiled before they are put together."""

    def __init__(self, chance, port, cookies):
        method, path, operation = chance.choice(operations())
        parts = [chance.choice(PARTS) if part.startswith("{") else part for part in path.split("/")]
        self.line = f"{method.upper()} {'/'.join(parts)} HTTP/1.1".encode()
        self.headers = [f"Host: 127.0.0.1:{port}".encode(), b"X-NCTracks: 1", b"Idempotency-Key: " + encoded(os.urandom(6)).encode()]
        if chance.random() < 0.8:
            self.headers.append(b"Cookie: " + chance.choice(cookies))
        self.body = b""
        if method in ("post", "put"):
            self.body = json.dumps(strange_body(chance, names_of(operation))).encode()
            self.headers += [b"Content-Type: application/json", b"Content-Length: " + str(len(self.body)).encode()]

    def spoil(self, chance):
        what = chance.random()
        if what < 0.25:
            self.line = spoiled(chance, self.line)
        elif what < 0.5:
            place = chance.randrange(len(self.headers))
            self.headers[place] = spoiled(chance, self.headers[place])
        elif what < 0.7:
            self.headers.insert(chance.randrange(len(self.headers) + 1), chance.choice(HEADERS))
        else:
            self.body = spoiled(chance, self.body)

    def bytes(self):
        return self.line + b"\r\n" + b"\r\n".join(self.headers) + b"\r\n\r\n" + self.body


def spoiled(chance, text):
    place = chance.randrange(len(text) + 1)
    kind = chance.randrange(5)
    if kind == 0:
        return text[:place] + chance.choice(PIECES) + text[place:]
    if kind == 1:
        return text[:place]
    if kind == 2:
        return text[:place] + bytes([chance.randrange(256)]) + text[place + 1:]
    if kind == 3:
        return text[:place] + text[place // 2:]
    return text + chance.choice(PIECES)


class Requests(unittest.TestCase):
    def setUp(self):
        self.server = Server(idle_seconds=5)
        self.people = {ncid: Browser(self.server, ncid) for ncid in ("olivia.owner", "agnes.agency", "petra.prior")}
        self.seen = collections.Counter()
        self.lock = threading.Lock()

    def tearDown(self):
        self.server.close()

    def test_no_request_makes_the_server_fail(self):
        until = time.monotonic() + SECONDS
        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
            for client in [pool.submit(self.client, random.Random(f"{SEED}.{i}"), until) for i in range(CLIENTS)]:
                client.result()
        self.assertEqual(Browser(self.server, "olivia.owner").get(f"/api/providers/{CLINIC}").status, 200)
        print(f"{sum(self.seen.values())} answers: " + ", ".join(f"{n} × {status}" for status, n in sorted(self.seen.items())))
        self.assertGreater(len(self.seen), 5, "the requests reach more than one refusal")

    def client(self, chance, until):
        count = 0
        while count < LEAST or time.monotonic() < until:
            if count % 200 == 0:
                cookies = self.cookies()
            self.one(chance, cookies)
            count += 1

    def cookies(self):
        """What is signed out by a request is signed in again."""
        with self.lock:
            for ncid, browser in self.people.items():
                if browser.cookie is None or browser.get("/api/me").status != 200:
                    self.people[ncid] = Browser(self.server, ncid)
            return [browser.cookie.encode() for browser in self.people.values()]

    def one(self, chance, cookies):
        request = Request(chance, self.server.port, cookies)
        for _ in range(chance.choice((0, 1, 1, 1, 2, 4))):
            request.spoil(chance)
        sent = request.bytes()
        if chance.random() < 0.05:
            sent += Request(chance, self.server.port, cookies).bytes()
        answer = self.exchange(chance, sent)
        self.assertIsNone(self.server.process.poll(), (sent, self.server.log_text()[-4000:]))
        statuses = STATUS.findall(answer)
        self.assertTrue(statuses or answer == b"", (sent, answer[:200]))
        self.assertNotIn(b"500", statuses, (sent, answer))
        with self.lock:
            self.seen.update(int(status) for status in statuses)

    def exchange(self, chance, sent):
        """Everything at once or in two pieces. Who asked for less than was announced goes away after a while."""
        answer = b""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=60) as connection:
            try:
                connection.settimeout(PATIENCE)
                half = chance.randrange(len(sent) + 1) if chance.random() < 0.1 else len(sent)
                for piece in (sent[:half], sent[half:]):
                    connection.sendall(piece)
                connection.shutdown(socket.SHUT_WR)
                while len(answer) < 65536:
                    more = connection.recv(65536)
                    if not more:
                        break
                    answer += more
            except OSError:
                pass  # Either may close before all was sent; that the server still serves is seen by the next request.
        return answer


if __name__ == "__main__":
    unittest.main()
