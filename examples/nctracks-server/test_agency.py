"""What the agency's staff and providers settle between them: applications, EFT and OA changes, upkeep."""
import contextlib
import re
import sqlite3
import time
import unittest

from test_support import CLINIC, CONTRACT, DOCTOR, METHODS, PASSWORD, Browser, Server, encoded


def npis(count):
    """So many NPIs that are valid and made up."""
    def digit(body):
        doubled = (2 * int(one) if place % 2 == 0 else int(one) for place, one in enumerate(reversed("80840" + body)))
        return -sum(value // 10 + value % 10 for value in doubled) % 10
    return [f"{body}{digit(str(body))}" for body in range(199900000, 199900000 + count)]


class Agency(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.agnes = Browser(cls.server, "agnes.agency")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def sign(self, browser, pin, kind, signed, application, provider=CLINIC):
        asked = {"kind": kind, "document": signed, "application": application}
        review = browser.ask("POST", f"/api/providers/{provider}/reviews", asked)
        self.assertEqual(review.status, 200, review.body)
        body = {**asked, "review": review.data["review"], "password": PASSWORD, "pin": pin}
        return browser.ask("POST", f"/api/providers/{provider}/signatures", body, {"Idempotency-Key": application})

    def test_an_application_is_drafted_signed_decided_and_withdrawn(self):
        olivia = Browser(self.server, "olivia.owner")
        path = f"/api/providers/{CLINIC}/applications"
        content = b"A made-up recredentialing application.\n"
        fields = {"submission.kind": "recredentialing", "document.id": "RC-1", "document.version": "1",
                  "document.content": content.decode()}
        drafted = olivia.ask("POST", path, {"fields": fields})
        self.assertEqual(drafted.status, 201, drafted.body)
        one = f"{path}/{drafted.data['id']}"
        self.assertEqual(olivia.get(one).data["state"], "draft")
        fields["document.version"] = "2"
        self.assertEqual(olivia.ask("PUT", one, {"fields": fields}).status, 200)
        signed = {"id": "RC-1", "version": "2", "content_base64": encoded(content)}
        answer = self.sign(olivia, self.server.pin_of("olivia.owner"), "recredentialing", signed, drafted.data["id"])
        self.assertEqual(answer.status, 201, answer.body)
        application = olivia.get(one).data
        self.assertEqual((application["state"], application["signature"]), ("in_process", answer.data["id"]))
        self.assertIn("review", application["agency_moves"])
        self.assertIn(application["id"], [row["id"] for row in olivia.get(path + "?state=in_process").data])
        moved = self.agnes.ask("POST", f"/api/agency{one[4:]}/moves", {"move": "review", "reason": "taken up"})
        self.assertEqual((moved.status, moved.data["state"]), (200, "in_review"), moved.body)
        wrong = self.agnes.ask("POST", f"/api/agency{one[4:]}/moves", {"move": "void", "reason": "not possible"})
        self.assertEqual((wrong.status, wrong.code), (409, "NCT_E_ILLEGAL_MOVE"))
        self.assertEqual(olivia.ask("POST", one + "/moves", {"move": "withdraw"}).data["state"], "withdrawn")
        self.assertEqual(olivia.get(path + "?state=nonsense").status, 400)

    def test_who_may_not_draft_hears_why(self):
        frank = Browser(self.server, "frank.front")
        fields = {"submission.kind": "recredentialing", "document.id": "X", "document.version": "1",
                  "document.content": "made up"}
        answer = frank.ask("POST", f"/api/providers/{CLINIC}/applications", {"fields": fields})
        self.assertEqual((answer.status, answer.code), (403, "NCT_E_NO_AUTHORITY"))
        self.assertEqual(answer.json["access"]["helper"]["ncid"], "olivia.owner")
        self.assertEqual(frank.ask("POST", f"/api/agency/providers/{CLINIC}/terminate", {"reason": "x"}).status, 403)

    def test_an_eft_change_is_asked_for_with_the_password(self):
        ina = Browser(self.server, "ina.vidual")
        path = f"/api/providers/{DOCTOR}/eft-change"
        fields = {"requester.password": "not-the-password-1", "eft.routing_number": "053000196",
                  "eft.account_number": "000555666777", "eft.account_type": "checking",
                  "eft.account_holder": "Ina Vidual MD"}
        self.assertEqual(ina.ask("POST", path, {"fields": fields}).code, "NCT_E_DENIED")
        fields["requester.password"] = PASSWORD
        answer = ina.ask("POST", path, {"fields": fields})
        self.assertEqual(answer.status, 201, answer.body)
        self.assertIn(answer.data["state"], ("effective", "pending"))
        if answer.data["state"] == "pending":
            self.assertTrue(ina.get(path).data["account_masked"].endswith("6777"))
            waiting = self.agnes.get("/api/agency/eft-changes").data
            self.assertIn(DOCTOR, [row["provider"] for row in waiting])
            confirmed = self.agnes.ask("POST", f"/api/agency/eft-changes/{DOCTOR}/confirm",
                                       {"spoke_with": "Ina Vidual, called back"})
            self.assertEqual(confirmed.status, 200, confirmed.body)
        self.assertIn("6777", Browser(self.server, "ina.vidual").get(f"/api/providers/{DOCTOR}").data["eft_masked"])
        self.assertEqual(ina.ask("DELETE", path).status, 404)
        for nothing in (f"/api/agency/eft-changes/{CLINIC}/refuse", f"/api/agency/oa-changes/{CLINIC}/approve",
                        f"/api/agency/oa-changes/{CLINIC}/deny"):
            self.assertEqual(self.agnes.ask("POST", nothing, {"reason": "there is none"}).status, 404, nothing)
        self.assertEqual(self.agnes.get(f"/api/agency/oa-changes/{CLINIC}").status, 404)

    def test_the_call_center_helps_with_a_reason(self):
        before = len(self.server.mails())
        for deed in ("pin/lost", "pin/reset", "password/unlock", "password/code"):
            answer = self.agnes.ask("POST", "/api/agency/" + deed,
                                    {"ncid": "uma.admin", "reason": "called, recognised by call-back"})
            self.assertEqual(answer.status, 200, (deed, answer.body))
            self.assertEqual(self.agnes.ask("POST", "/api/agency/" + deed, {"ncid": "uma.admin"}).status, 422)
        self.server.wait_for_mail("uma.admin", r"PIN:\s+\d{6}", before)
        person = self.agnes.get("/api/agency/people/uma.admin").data
        self.assertEqual((person["name"], person["pin"]["state"]), ("Uma Admin", "active"))
        self.assertEqual(self.agnes.get("/api/agency/people/no.body.here").status, 404)
        found = self.agnes.get("/api/agency/people?by=name&text=adm").data
        self.assertEqual([row["ncid"] for row in found], ["uma.admin"])
        self.assertEqual(self.agnes.get("/api/agency/people?by=shoe&text=adm").status, 400)

    def test_upkeep_is_seen_and_can_be_hastened(self):
        self.assertEqual(self.agnes.ask("POST", "/api/agency/mail/flush").status, 200)
        self.assertEqual(self.agnes.ask("POST", "/api/agency/due/run").status, 200)
        for path in ("/api/agency/mail", "/api/agency/due", "/api/agency/eft-changes"):
            self.assertIsNone(self.agnes.get(path).json["next"])
        self.assertEqual(self.agnes.get("/api/agency/due").data[0]["kind"], "reverification")
        page = self.agnes.get(f"/api/agency/ledger?stream=provider:{CLINIC}&limit=2").json
        self.assertEqual([row["sequence"] for row in page["data"]], [1, 2])
        page = self.agnes.get(f"/api/agency/ledger?stream=provider:{CLINIC}&limit=2&after={page['next']}").json
        self.assertEqual(page["data"][0]["sequence"], 3)
        self.assertEqual(self.agnes.get("/api/agency/ledger").status, 400)
        self.assertEqual(self.agnes.get("/api/agency/checkpoint").status, 404)
        made = self.agnes.ask("POST", "/api/agency/checkpoint")
        self.assertEqual((made.status, made.data["number"]), (201, 1))
        self.assertEqual(self.agnes.get("/api/agency/checkpoint").data["root"], made.data["root"])

    def test_a_terminated_provider_gives_nobody_access_until_it_is_reinstated(self):
        fields = {"provider.npi": "1000000046", "provider.kind": "organization", "provider.name": "Example Closed",
                  "provider.tax_id": "56-3334445", "provider.email": "office@closed.example.org",
                  "provider.phone": "919-555-0150"}
        self.assertEqual(self.agnes.ask("POST", "/api/agency/providers", {"fields": fields}).status, 201)
        for deed, state in (("terminate", "terminated"), ("reinstate", "enrolled")):
            answer = self.agnes.ask("POST", f"/api/agency/providers/1000000046/{deed}", {"reason": "made up"})
            self.assertEqual(answer.status, 200, answer.body)
            self.assertEqual(self.agnes.get("/api/providers/1000000046").data["state"], state)

    # ---- Rosters ----

    @staticmethod
    def roster_row(line, npi, **other):
        return {"line": line, "fields": {"provider.npi": npi, "provider.kind": "organization",
                                         "provider.name": f"Example Number {line}", "provider.tax_id": "56-3334445",
                                         "provider.email": "office@roster.example.org",
                                         "provider.phone": "919-555-0150", **other}}

    def finished(self, path):
        for _ in range(600):
            roster = self.agnes.get(path + "?language=es").data
            if roster["state"] != "running":
                return roster
            time.sleep(0.1)
        raise AssertionError(roster)

    def test_a_roster_is_enrolled_while_nobody_waits(self):
        rows = [self.roster_row(2, "1999999984"), self.roster_row(3, "1234567890", **{"provider.phone": "12"}),
                self.roster_row(4, CLINIC), self.roster_row(7, "1999999992", **{"provider.shoe": "42"})]
        begun = self.agnes.ask("POST", "/api/agency/rosters", {"rows": rows})
        self.assertEqual(begun.status, 201, begun.body)
        path = "/api/agency/rosters/" + begun.data["id"]
        roster = self.finished(path)
        self.assertEqual((roster["state"], roster["total"], roster["done"], roster["enrolled"]), ("finished", 4, 4, 1))
        found = {(problem["line"], problem["path"]): problem for problem in roster["problems"]}
        self.assertEqual(set(found), {(3, "provider.npi"), (3, "provider.phone"), (4, ""), (7, "provider.shoe")})
        self.assertEqual(found[7, "provider.shoe"]["code"], "NCT_E_UNKNOWN_FIELD")
        self.assertTrue(all(problem["detail"] for problem in roster["problems"]))
        codes = self.agnes.get(path + "/codes").data
        self.assertEqual([(row["line"], row["provider"]) for row in codes], [(2, "1999999984")])
        self.assertRegex(codes[0]["authorization_code"], "^[0-9A-Z]{16}$")
        self.assertEqual(self.agnes.get("/api/providers/1999999984").data["state"], "enrolled")
        self.assertIn(begun.data["id"], [row["id"] for row in self.agnes.get("/api/agency/rosters").data])
        self.assertEqual(self.agnes.ask("DELETE", path).status, 204)
        for rest in ("", "/codes"):
            self.assertEqual(self.agnes.get(path + rest).status, 404)
        self.assertNotIn(codes[0]["authorization_code"], self.server.log_text())

    def test_a_roster_can_be_stopped_and_is_its_operators_alone(self):
        rows = [self.roster_row(line, "1234567890") for line in range(2, 4002)]
        path = "/api/agency/rosters/" + self.agnes.ask("POST", "/api/agency/rosters", {"rows": rows}).data["id"]
        self.assertEqual(self.agnes.ask("POST", path + "/stop").status, 200)
        roster = self.finished(path)
        self.assertEqual(roster["state"], "stopped")
        self.assertLess(roster["done"], roster["total"])
        other = Browser(self.server, "olivia.owner")
        self.assertEqual(other.get(path).status, 403)
        for _ in range(100):
            if self.agnes.ask("DELETE", path).status == 204:
                break
            time.sleep(0.05)
        self.assertEqual(self.agnes.get(path).status, 404)

    def test_what_is_no_roster_is_refused(self):
        row = self.roster_row(2, CLINIC)
        for body, code in (({}, "NCT_E_REQUIRED"), ({"rows": []}, "NCT_E_REQUIRED"), ({"rows": [row] * 5001}, "NCT_E_LIMIT"),
                           ({"rows": ["x"]}, "NCT_E_FORMAT"), ({"rows": [{**row, "more": 1}]}, "NCT_E_FORMAT"),
                           ({"rows": [{"line": "2", "fields": {}}]}, "NCT_E_FORMAT"),
                           ({"rows": [{"line": 2, "fields": {"provider.npi": 1}}]}, "NCT_E_FORMAT")):
            answer = self.agnes.ask("POST", "/api/agency/rosters", body)
            self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (422, code), str(body)[:80])

    def test_a_server_that_is_stopped_ends_the_row_it_is_at(self):
        server = Server()
        agnes = Browser(server, "agnes.agency")
        rows = [self.roster_row(line, "1234567890") for line in range(2, 4002)]
        self.assertEqual(agnes.ask("POST", "/api/agency/rosters", {"rows": rows}).status, 201)
        server.close()

    def test_a_server_that_is_killed_goes_on_with_its_rosters_and_loses_no_code(self):
        server = Server()
        try:
            agnes = Browser(server, "agnes.agency")
            rows = [self.roster_row(line, npi) for line, npi in enumerate(npis(60), 2)]
            rows[3]["fields"]["provider.phone"] = "12"
            rows[5]["fields"]["provider.shoe"] = "42"
            rows[7]["fields"]["provider.npi"] = CLINIC
            path = "/api/agency/rosters/" + agnes.ask("POST", "/api/agency/rosters", {"rows": rows}).data["id"]
            for reached in (12, 30, 45):
                while agnes.get(path).data["done"] < reached:
                    time.sleep(0.005)
                server.kill()
                server.start()
            for _ in range(600):
                roster = agnes.get(path).data
                if roster["state"] == "finished":
                    break
                time.sleep(0.1)
            self.assertEqual((roster["state"], roster["done"], roster["enrolled"]), ("finished", 60, 57))
            self.assertEqual([(row["line"], row["path"], row["code"]) for row in roster["problems"]],
                             [(5, "provider.phone", "NCT_E_TOO_SHORT"), (7, "provider.shoe", "NCT_E_UNKNOWN_FIELD"),
                              (9, "", "NCT_E_ALREADY_ENROLLED")])
            codes = agnes.get(path + "/codes").data
            self.assertEqual(len({row["authorization_code"] for row in codes}), 57)
            for row in (codes[0], codes[-1]):
                self.opens(server, row["provider"], row["authorization_code"])
            # As if it was killed after the last provider was enrolled, and before that was kept.
            server.kill()
            file = server.path / "rosters" / (path.rsplit("/", 1)[1] + ".roster")
            self.drop_last_record(file)
            server.start()
            while agnes.get(path).data["state"] != "finished":
                time.sleep(0.05)
            self.assertEqual(agnes.get(path + "/codes").data, codes)
            for file in (server.path / "rosters").iterdir():
                self.assertEqual(file.stat().st_mode & 0o777, 0o600)
                self.assertNotIn(codes[0]["authorization_code"].encode(), file.read_bytes())
            self.assertEqual(agnes.ask("DELETE", path).status, 204)
            self.assertEqual(list((server.path / "rosters").iterdir()), [])
        finally:
            server.close()

    @staticmethod
    def drop_last_record(file):
        content, at, ends = file.read_bytes(), 0, [0]
        while at < len(content):
            at += 4 + 24 + int.from_bytes(content[at:at + 4], "little")
            ends.append(at)
        file.write_bytes(content[:ends[-2]])

    def opens(self, server, provider, code):
        """The code is the one with which the provider is registered."""
        person = {"ncid": f"oa.{provider}", "first_name": "Made", "last_name": "Up", "email": "oa@roster.example.org",
                  "phone": "919-555-0150"}
        fields = {"provider.npi": provider, "provider.authorization_code": code,
                  "office_administrator.relationship": "owner", "eft.routing_number": "053000196",
                  "eft.account_number": "000555666777", "eft.account_type": "checking", "eft.account_holder": "Example"}
        for name, value in person.items():
            fields[f"registrant.{name}"] = fields[f"office_administrator.{name}"] = value
        answer = server.ask("POST", "/api/registrations", {"fields": fields})
        self.assertEqual(answer.status, 201, answer.body)

    def test_a_stopped_roster_stays_stopped_and_an_altered_one_is_left_alone(self):
        server = Server()
        try:
            agnes = Browser(server, "agnes.agency")
            ids = []
            for _ in range(2):
                rows = [self.roster_row(line, "1234567890") for line in range(2, 4002)]
                ids.append(agnes.ask("POST", "/api/agency/rosters", {"rows": rows}).data["id"])
                self.assertEqual(agnes.ask("POST", f"/api/agency/rosters/{ids[-1]}/stop").status, 200)
            server.kill()
            altered = server.path / "rosters" / (ids[0] + ".roster")
            altered.write_bytes(altered.read_bytes()[:100] + b"x" + altered.read_bytes()[101:])
            torn = server.path / "rosters" / (ids[1] + ".roster")
            torn.write_bytes(torn.read_bytes() + b"\x50\x00\x00\x00torn")
            server.start()
            self.assertEqual([row["id"] for row in agnes.get("/api/agency/rosters").data], [ids[1]])
            self.assertEqual(agnes.get("/api/agency/rosters/" + ids[1]).data["state"], "stopped")
            self.assertTrue(altered.exists())
            self.assertIn("cannot be gone on with", server.log_text())
        finally:
            server.close()

    # ---- Health and damage ----

    def test_health_shows_queues_and_damage_by_space(self):
        health = self.agnes.get("/api/agency/health").data
        self.assertEqual((health["mail"]["code"], health["due"]["count"]), ("NCT_OK", 0))
        for space in health["spaces"]:
            page = self.agnes.get(f"/api/agency/damage/{space}?limit=1000").json
            self.assertEqual(page["data"], [], space)
        self.assertEqual(self.agnes.get("/api/agency/damage/nothing").status, 404)
        self.assertEqual(self.agnes.ask("POST", "/api/agency/repair", {}).status, 422)
        self.assertEqual(self.agnes.ask("POST", "/api/agency/repair", {"reason": "looked after"}).data,
                         {"rebuilt": 0, "left": 0})

    def test_damaged_rows_are_named_and_stop_nothing_else(self):
        server = Server(upkeep_seconds=3600)
        damaged = DOCTOR
        try:
            agnes = Browser(server, "agnes.agency")
            space = agnes.get("/api/agency/health").data["spaces"].index("provider")
            server.stop()
            self.turn_a_bit(server.path / "portal.db", space, damaged)
            server.start()
            page = agnes.get("/api/agency/providers").json
            self.assertTrue(page["partial"])
            self.assertNotIn(damaged, [row["id"] for row in page["data"]])
            self.assertIn(CLINIC, [row["id"] for row in page["data"]])
            self.assertEqual(server.ask("GET", "/health/ready").status, 200)
            found = agnes.get("/api/agency/damage/provider").json
            self.assertEqual([(row["code"], row["provider"]) for row in found["data"]], [("NCT_E_INTEGRITY", damaged)])
            self.assertGreater(found["seen"], 1)
            self.assertEqual(agnes.ask("POST", "/api/agency/repair", {"reason": "looked after"}).data["left"], 1)
        finally:
            server.close()

    @staticmethod
    def turn_a_bit(path, space, key):
        """Turns the last bit of a row of the store."""
        with contextlib.closing(sqlite3.connect(path)) as store, store:
            where = (space, key.encode())
            value = store.execute("SELECT value FROM rows WHERE space = ? AND key = ?", where).fetchone()[0]
            store.execute("UPDATE rows SET value = ? WHERE space = ? AND key = ?",
                          (value[:-1] + bytes([value[-1] ^ 1]), *where))

    def test_nothing_of_the_agency_is_for_others(self):
        olivia = Browser(self.server, "olivia.owner")
        for path, operations in CONTRACT["paths"].items():
            if not path.startswith("/api/agency/"):
                continue
            concrete = re.sub(r"\{\w+\}", "0" * 32, path.replace("{provider}", CLINIC).replace("{ncid}", "frank.front"))
            for method in METHODS:
                if method in operations:
                    self.assertEqual(olivia.ask(method.upper(), concrete).status, 403, (method, path))
                    self.assertEqual(self.server.ask(method.upper(), concrete).status, 401, (method, path))


if __name__ == "__main__":
    unittest.main()
