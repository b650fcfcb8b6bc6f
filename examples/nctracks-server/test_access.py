"""Reviewing access, many people at once, and groups of users."""
import unittest

from test_support import CLINIC, Browser, Server

BASE = f"/api/providers/{CLINIC}"
REVIEW = BASE + "/access-review"


class Review(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.olivia = Browser(cls.server, "olivia.owner")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def listed(self, what, days):
        rows, after = [], ""
        while after is not None:
            page = self.olivia.get(f"{REVIEW}/{what}?days={days}&limit=2" + (f"&after={after}" if after else "")).json
            rows += page["data"]
            after = page["next"]
        return {row["ncid"]: row for row in rows}

    def test_access_is_listed_by_use_and_by_who_looked_at_it(self):
        unused = self.listed("unused", 0)
        self.assertIn("frank.front", unused)
        self.assertEqual(unused["frank.front"]["name"], "Frank Front")
        self.assertEqual(self.listed("unused", 30), {})
        self.assertEqual(set(self.listed("uncertified", 0)), set(row["ncid"] for row in self.olivia.get(BASE + "/users").data))
        for days in ("", "-1", "x", "99999"):
            self.assertEqual(self.olivia.get(f"{REVIEW}/unused?days={days}").status, 400, days)

    def test_each_of_many_has_its_own_outcome(self):
        answer = self.olivia.ask("POST", REVIEW + "/certify?language=es",
                                 {"ncids": ["frank.front", "no.body.here", "olivia.owner", "not an ncid"]})
        self.assertEqual(answer.status, 200, answer.body)
        outcomes = {row["ncid"]: row for row in answer.data}
        self.assertEqual((outcomes["frank.front"]["done"], outcomes["frank.front"]["message"]), (True, ""))
        self.assertEqual(outcomes["no.body.here"]["code"], "NCT_E_NOT_FOUND")
        self.assertFalse(outcomes["olivia.owner"]["done"] or outcomes["not an ncid"]["done"])
        self.assertTrue(all(row["message"] for row in answer.data if not row["done"]))
        certified = {row["ncid"]: row for row in self.olivia.get(BASE + "/users").data}["frank.front"]
        self.assertEqual(certified["certified_by"], "olivia.owner")
        self.assertGreater(certified["certified_at"], 0)
        self.assertNotIn("frank.front", self.listed("uncertified", 1))

    def test_what_would_be_lost_is_shown_before_it_is(self):
        people = {"ncids": ["carlos.claims", "olivia.owner"]}
        shown = {row["ncid"]: row for row in self.olivia.ask("POST", REVIEW + "/preview", people).data}
        self.assertTrue(shown["carlos.claims"]["allowed"])
        self.assertIn("claim.submit", shown["carlos.claims"]["rights_lost"])
        self.assertFalse(shown["olivia.owner"]["allowed"])
        self.assertEqual(Browser(self.server, "carlos.claims").get(BASE).status, 200)
        done = {row["ncid"]: row["done"] for row in self.olivia.ask("POST", REVIEW + "/revoke", people).data}
        self.assertEqual(done, {"carlos.claims": True, "olivia.owner": False})
        self.assertEqual(Browser(self.server, "carlos.claims").get(BASE).status, 403)

    def test_a_body_names_one_to_a_hundred_people(self):
        for deed in ("preview", "certify", "revoke"):
            for body, code in (({}, "NCT_E_REQUIRED"), ({"ncids": []}, "NCT_E_REQUIRED"), ({"ncids": [1]}, "NCT_E_FORMAT"),
                               ({"ncids": ["frank.front"] * 101}, "NCT_E_LIMIT")):
                answer = self.olivia.ask("POST", f"{REVIEW}/{deed}", body)
                self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (422, code), (deed, body))

    def test_who_administers_nobody_reviews_nobody(self):
        petra = Browser(self.server, "petra.prior")
        for what in ("unused", "uncertified"):
            answer = petra.get(f"{REVIEW}/{what}?days=0")
            self.assertEqual((answer.status, answer.json["access"]["helper"]["ncid"]), (403, "olivia.owner"))
        self.assertEqual(petra.ask("POST", REVIEW + "/preview", {"ncids": ["frank.front"]}).status, 403)
        for deed in ("certify", "revoke"):
            self.assertEqual(petra.ask("POST", f"{REVIEW}/{deed}", {"ncids": ["frank.front"]}).status, 403, deed)
        self.assertEqual(Browser(self.server, "frank.front").get(BASE).status, 200)


class Groups(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.olivia = Browser(cls.server, "olivia.owner")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def row(self, ncid):
        return {row["ncid"]: row for row in self.olivia.get(BASE + "/users").data}[ncid]

    def test_a_group_gives_its_rights_to_its_members_until_they_leave(self):
        path = BASE + "/groups/billing"
        frank = Browser(self.server, "frank.front")
        explain = BASE + "/users/frank.front/explain?right=claim.submit"
        self.assertFalse(frank.get(explain).data["allowed"])
        self.assertEqual(self.olivia.ask("PUT", path, {"rights": ["claim.submit"]}).status, 200)
        self.assertEqual(self.olivia.ask("PUT", path + "/members/frank.front").status, 200)
        self.assertEqual(self.olivia.get(BASE + "/groups").data, [{"name": "billing", "rights": ["claim.submit"]}])
        self.assertEqual([row["ncid"] for row in self.olivia.get(path + "/members").data], ["frank.front"])
        self.assertTrue(frank.get(explain).data["allowed"])
        self.assertIn("claim.submit", self.row("frank.front")["rights"])
        self.assertEqual(self.olivia.ask("DELETE", path + "/members/frank.front").status, 204)
        self.assertFalse(frank.get(explain).data["allowed"])
        self.assertEqual(self.olivia.ask("DELETE", path + "/members/frank.front").status, 404)
        self.assertEqual(self.olivia.ask("DELETE", path).status, 204)
        self.assertEqual(self.olivia.get(BASE + "/groups").data, [])
        self.assertEqual(self.olivia.get(path + "/members").status, 404)

    def test_what_cannot_be_a_group_is_refused(self):
        for name, body in (("Two Words".replace(" ", "%20"), {"rights": []}), ("billing", {"rights": ["nothing.at.all"]}),
                           ("billing", {})):
            self.assertEqual(self.olivia.ask("PUT", f"{BASE}/groups/{name}", body).status, 422, (name, body))
        self.assertEqual(self.olivia.ask("PUT", f"{BASE}/groups/no.group/members/frank.front").status, 404)

    def test_groups_are_for_who_administers_users(self):
        petra = Browser(self.server, "petra.prior")
        for method, rest, body in (("GET", "", None), ("PUT", "/billing", {"rights": []}), ("DELETE", "/billing", None),
                                   ("GET", "/billing/members", None), ("PUT", "/billing/members/frank.front", None),
                                   ("DELETE", "/billing/members/frank.front", None)):
            answer = petra.ask(method, BASE + "/groups" + rest, body)
            self.assertEqual(answer.status, 403, (method, rest, answer.body))


if __name__ == "__main__":
    unittest.main()
