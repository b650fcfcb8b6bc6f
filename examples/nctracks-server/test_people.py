"""Names, addresses and contact data of people and providers; access that takes a second person; what waits for whom."""
import re
import tempfile
import unittest

from test_support import CLINIC, PASSWORD, Browser, Server, encoded

STREET = {"address.line1": "100 Example Street", "address.line2": "Suite 5", "address.city": "Raleigh",
          "address.state": "NC", "address.zip": "27601"}
ADDRESS = {"line1": "100 Example Street", "line2": "Suite 5", "city": "Raleigh", "state": "NC", "zip": "27601"}
BY_TWO = "base = 2013\nname = by-two\nby_two = user_administrator\n"


class People(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.NamedTemporaryFile("w", suffix=".profile") as rules:
            rules.write(BY_TWO)
            rules.flush()
            cls.server = Server(profile="", profile_file=rules.name)
        for ncid in ("agnes.agency", "olivia.owner", "uma.admin", "frank.front", "petra.prior"):
            setattr(cls, ncid.split(".")[0], Browser(cls.server, ncid))

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def done(self, answer, status=200):
        self.assertEqual(answer.status, status, answer.body)
        return answer

    # ---- Names and addresses ----

    def test_a_person_changes_name_and_address_and_others_see_them_masked(self):
        fields = {"first_name": "Frank", "middle_name": "Fabian", "last_name": "Front", "suffix": "jr",
                  "phone": "919-555-0102", "phone_extension": "12", **STREET}
        self.done(self.frank.ask("POST", "/api/me/contact", {"fields": fields}))
        me = self.frank.get("/api/me").data
        self.assertEqual((me["name"], me["middle_name"], me["suffix"]), ("Frank Fabian Front Jr.", "Fabian", "jr"))
        self.assertEqual((me["address"], me["phone_extension"], me["masked"]), (ADDRESS, "12", False))
        for seen in (self.olivia.get(f"/api/providers/{CLINIC}/users/frank.front").data,
                     self.agnes.get("/api/agency/people/frank.front").data):
            self.assertEqual((seen["name"], seen["masked"]), ("Frank Fabian Front Jr.", True))
            self.assertEqual((seen["address"]["line1"], seen["address"]["zip"]), ("", ""))
        self.assertEqual(self.petra.get(f"/api/providers/{CLINIC}/users/frank.front").status, 403)
        self.assertEqual(self.olivia.get(f"/api/providers/{CLINIC}/users/ina.vidual").status, 404)

    def test_somebody_with_one_name_has_no_other(self):
        fields = {"one_name": "yes", "last_name": "Petra", "first_name": "Petra"}
        refused = self.petra.ask("POST", "/api/me/contact", {"fields": fields})
        self.assertEqual((refused.status, refused.json["errors"][0]["code"]), (422, "NCT_E_ONE_NAME"))

    def test_an_address_is_given_whole(self):
        answer = self.petra.ask("POST", "/api/me/contact", {"fields": {"address.line1": "100 Example Street"}})
        self.assertEqual(answer.status, 422)
        self.assertEqual({row["path"] for row in answer.json["errors"]}, {"address.city", "address.state", "address.zip"})

    def test_what_an_administrator_asks_for_waits_for_the_person(self):
        path = f"/api/providers/{CLINIC}/users/petra.prior/contact"
        self.assertEqual(self.frank.ask("POST", path, {"fields": {"phone": "919-555-0199"}}).status, 403)
        self.done(self.olivia.ask("POST", path, {"fields": {"phone": "919-555-0199"}}))
        pending = self.petra.get("/api/me").data["contact_pending"]
        self.assertEqual((pending["phone"], pending["requested_by"], pending["contested"]),
                         ("9195550199", "olivia.owner", False))
        self.assertEqual(self.agnes.get("/api/agency/people/petra.prior/contact").data["phone"], "9195550199")
        base = "/api/agency/people/petra.prior/contact"
        self.assertEqual(self.agnes.ask("POST", base + "/withdraw", {}).status, 422)
        self.done(self.agnes.ask("POST", base + "/withdraw", {"reason": "nobody asked for it"}))
        self.assertEqual(self.agnes.get(base).status, 404)
        self.done(self.olivia.ask("POST", path, {"fields": {"phone": "919-555-0198"}}))
        self.done(self.agnes.ask("POST", base + "/confirm", {"email": "", "reason": "called back"}))
        self.assertEqual(self.petra.get("/api/me").data["phone"], "9195550198")

    def test_the_agency_changes_contact_data_with_a_reason(self):
        path = "/api/agency/people/uma.admin/contact"
        self.assertEqual(self.agnes.ask("PUT", path, {"fields": {"phone": "919-555-0177"}}).status, 422)
        wrong = self.agnes.ask("PUT", path, {"fields": {"phone": "12"}, "reason": "called"})
        self.assertEqual((wrong.status, wrong.json["errors"][0]["path"]), (422, "phone"))
        self.done(self.agnes.ask("PUT", path, {"fields": {"email": "uma.new@clinic.example.org"}, "reason": "called"}))
        self.assertEqual(self.uma.get("/api/me").data["email"], "uma.new@clinic.example.org")

    def test_a_providers_own_data_are_changed_by_its_administrator_or_the_agency(self):
        path = f"/api/providers/{CLINIC}"
        refused = self.frank.ask("PUT", path, {"fields": STREET})
        self.assertEqual((refused.status, refused.code), (403, "NCT_E_NO_AUTHORITY"))
        self.assertEqual(refused.json["access"]["helper"]["ncid"], "olivia.owner")
        self.done(self.olivia.ask("PUT", path, {"fields": {**STREET, "phone_extension": "7", "phone": "919-555-0100"}}))
        record = self.olivia.get(path).data
        self.assertEqual((record["address"], record["phone_extension"]), (ADDRESS, "7"))
        self.assertGreater(record["changed_at"], 0)
        body = {"fields": {"name": "Example Family Clinic North"}, "reason": "letter of the provider"}
        self.assertEqual(self.agnes.ask("PUT", "/api/agency/providers/1999999984", body).status, 404)
        self.done(self.agnes.ask("PUT", f"/api/agency/providers/{CLINIC}", body))
        self.assertEqual(self.olivia.get(path).data["name"], "Example Family Clinic North")

    # ---- A second person ----

    def test_access_that_takes_two_is_proposed_waits_and_is_confirmed(self):
        grant = {"role": "user_administrator", "rights": ["claim.inquiry"]}
        base = f"/api/providers/{CLINIC}/proposals"
        alone = self.olivia.ask("PUT", f"/api/providers/{CLINIC}/users/carlos.claims", grant)
        self.assertEqual((alone.status, alone.code), (409, "NCT_E_SECOND_PERSON"))
        self.done(self.olivia.ask("PUT", base + "/carlos.claims", grant), 201)
        self.assertEqual(self.frank.get(base).status, 403)
        row = self.uma.get(base).data[0]
        self.assertEqual((row["ncid"], row["role"], row["rights"]), ("carlos.claims", grant["role"], grant["rights"]))
        waiting = [one for one in self.uma.get("/api/me/waiting").data if one["kind"] == "proposal"]
        self.assertEqual([(one["reference"], one["provider"]) for one in waiting], [("carlos.claims", CLINIC)])
        self.assertNotIn("proposal", [one["kind"] for one in self.olivia.get("/api/me/waiting").data])
        self.assertEqual(self.olivia.ask("POST", base + "/carlos.claims/confirm").code, "NCT_E_SECOND_PERSON")
        self.assertEqual(self.uma.ask("DELETE", base + "/carlos.claims").status, 204)
        self.done(self.olivia.ask("PUT", base + "/carlos.claims", grant), 201)
        agency = f"/api/agency/providers/{CLINIC}/proposals/carlos.claims/confirm"
        self.done(self.agnes.ask("POST", agency))
        roles = {row["ncid"]: row["role"] for row in self.olivia.get(f"/api/providers/{CLINIC}/users").data}
        self.assertEqual(roles["carlos.claims"], "user_administrator")
        self.assertEqual(self.agnes.ask("POST", agency).status, 404)

    # ---- Invitations ----

    def invite(self, **fields):
        answer = self.olivia.ask("POST", f"/api/providers/{CLINIC}/invitations", {"fields": {"rights": "pa.inquiry", **fields}})
        return self.done(answer, 201).data["invitation"]

    def test_an_invitation_is_listed_accepted_and_gone(self):
        ina = Browser(self.server, "ina.vidual")
        base = f"/api/providers/{CLINIC}/invitations"
        one = self.invite(ncid="ina.vidual")
        self.assertEqual(self.frank.get(base).status, 403)
        row = next(row for row in self.olivia.get(base).data if row["invitation"] == one)
        self.assertEqual((row["ncid"], row["rights"], row["sent"]), ("ina.vidual", ["pa.inquiry"], 1))
        again = self.olivia.ask("POST", base, {"fields": {"ncid": "ina.vidual", "rights": "pa.inquiry"}})
        self.assertEqual(again.code, "NCT_E_PENDING")
        self.assertIn("invitation", [wait["kind"] for wait in ina.get("/api/me").data["waits"]])
        self.assertEqual([row["provider"] for row in ina.get("/api/me/invitations").data], [CLINIC])
        self.done(self.olivia.ask("POST", f"{base}/{one}/send"))
        fields = {"provider.npi": CLINIC, "invited.ncid": "ina.vidual", "invited.password": "not-the-password-1"}
        self.assertEqual(self.server.ask("POST", "/api/invitations/accept", {"fields": fields}).code, "NCT_E_DENIED")
        fields["invited.password"] = PASSWORD
        self.done(self.server.ask("POST", "/api/invitations/accept", {"fields": fields}))
        self.assertIn(CLINIC, [provider["id"] for provider in ina.get("/api/me").data["providers"]])
        self.assertEqual(ina.get("/api/me/invitations").data, [])
        self.assertEqual(self.olivia.ask("DELETE", f"{base}/{one}").status, 404)
        self.assertEqual(self.olivia.ask("DELETE", f"/api/providers/{CLINIC}/users/ina.vidual").status, 204)

    def test_an_invitation_is_declined_or_taken_back(self):
        agnes = Browser(self.server, "agnes.agency")
        self.invite(ncid="agnes.agency")
        self.assertEqual(agnes.ask("DELETE", f"/api/me/invitations/{CLINIC}").status, 204)
        self.assertEqual(agnes.ask("DELETE", f"/api/me/invitations/{CLINIC}").status, 404)
        one = self.invite(ncid="agnes.agency")
        base = f"/api/providers/{CLINIC}/invitations"
        self.assertEqual(self.frank.ask("DELETE", f"{base}/{one}").status, 403)
        self.assertEqual(self.olivia.ask("DELETE", f"{base}/{one}").status, 204)
        before = len(self.server.mails())
        self.invite(email="somebody@elsewhere.example.org")
        mail = self.server.wait_for_mail("", r"\b[0-9a-f]{32}\b", before)
        self.assertIn("somebody@elsewhere.example.org", mail["to"])
        code = re.search(r"\b([0-9a-f]{32})\b", mail["body"])[1]
        decline = {"provider": CLINIC, "code": "0" * 32}
        self.assertEqual(self.server.ask("POST", "/api/invitations/decline", decline).status, 404)
        self.assertEqual(self.server.ask("POST", "/api/invitations/decline", {**decline, "code": code}).status, 204)
        self.assertEqual(self.olivia.get(base).data, [])
        self.assertNotIn(code, self.server.log_text())

    # ---- Work ----

    def draft(self, browser, name):
        fields = {"submission.kind": "pharmacy_pa", "document.id": name, "document.version": "1",
                  "document.content": "made up"}
        return self.done(browser.ask("POST", f"/api/providers/{CLINIC}/applications", {"fields": fields}), 201).data["id"]

    def sign(self, application, name):
        asked = {"kind": "pharmacy_pa", "application": application,
                 "document": {"id": name, "version": "1", "content_base64": encoded(b"made up")}}
        review = self.done(self.petra.ask("POST", f"/api/providers/{CLINIC}/reviews", asked)).data["review"]
        body = {**asked, "review": review, "password": PASSWORD, "pin": self.server.pin_of("petra.prior")}
        self.done(self.petra.ask("POST", f"/api/providers/{CLINIC}/signatures", body,
                                 {"Idempotency-Key": application + str(self.server.port)}), 201)

    def items(self, query=""):
        return {row["application"] or row["kind"]: row for row in self.agnes.get("/api/agency/work" + query).data}

    def test_a_draft_waits_for_who_may_sign_it_and_then_for_the_agency(self):
        one = self.draft(self.petra, "PA-7")
        waiting = {row["reference"]: row for row in self.petra.get("/api/me/waiting").data}
        self.assertEqual((waiting[one]["kind"], waiting[one]["document_id"], waiting[one]["application_state"]),
                         ("application", "PA-7", "draft"))
        self.assertEqual(self.frank.get("/api/me/waiting").data, [])
        self.assertNotIn(one, self.items())
        self.sign(one, "PA-7")
        self.assertNotIn(one, {row["reference"] for row in self.petra.get("/api/me/waiting").data})
        item = self.items()[one]
        self.assertEqual((item["kind"], item["provider"], item["application_state"], item["submission"]),
                         ("application", CLINIC, "suspended", "pharmacy_pa"))
        path = f"/api/agency/providers/{CLINIC}/applications/{one}/moves"
        body = {"move": "request_information", "reason": "which dose?"}
        self.done(self.agnes.ask("POST", path, body))
        self.assertNotIn(one, self.items())
        waiting = {row["reference"]: row for row in self.petra.get("/api/me/waiting").data}
        self.assertEqual(waiting[one]["application_state"], "pend_ai")

    def test_work_is_assigned_once_and_released(self):
        one = self.draft(self.petra, "PA-8")
        self.sign(one, "PA-8")
        path = f"/api/agency/work/{self.items()[one]['item']}/assignee"
        staff = [row["ncid"] for row in self.agnes.get("/api/agency/staff").data]
        self.assertEqual(staff, ["agnes.agency", "arno.agency"])
        refused = self.agnes.ask("PUT", path, {"assignee": "olivia.owner"})
        self.assertEqual((refused.status, refused.json["errors"][0]["code"]), (422, "NCT_E_UNKNOWN_VALUE"))
        self.done(self.agnes.ask("PUT", path, {"assignee": "agnes.agency"}))
        arno = Browser(self.server, "arno.agency")
        taken = arno.ask("PUT", path, {"assignee": "arno.agency"})
        self.assertEqual((taken.status, taken.code), (409, "NCT_E_ASSIGNED"))
        self.assertEqual(self.items()[one]["assignee"], "agnes.agency")
        self.assertEqual(arno.ask("DELETE", path).status, 204)
        self.done(self.agnes.ask("PUT", path, {"assignee": "arno.agency"}))
        self.assertEqual(self.items()[one]["assignee"], "arno.agency")
        self.assertEqual(self.agnes.ask("PUT", "/api/agency/work/00/assignee", {"assignee": "agnes.agency"}).status, 422)

    def test_work_is_found_by_kind_state_and_age(self):
        one = self.draft(self.petra, "PA-9")
        self.sign(one, "PA-9")
        self.assertIn(one, self.items("?kind=application&state=suspended"))
        for nothing in ("?kind=eft_change", "?kind=application&state=in_review", "?until=1000"):
            self.assertNotIn(one, self.items(nothing), nothing)
        for wrong in ("?kind=shoe", "?kind=application&state=shoe", "?state=suspended", "?until=soon", "?until=-1",
                      "?after=zz"):
            self.assertIn(self.agnes.get("/api/agency/work" + wrong).status, (400, 422), wrong)
        first = self.agnes.get("/api/agency/work?limit=1").json
        rest = self.agnes.get(f"/api/agency/work?limit=1000&after={first['next']}").json if first["next"] else {"data": []}
        self.assertEqual(len(first["data"]) + len(rest["data"]), len(self.items()))

    def test_a_change_of_the_account_waits_for_the_agency_and_is_shown_to_the_provider(self):
        fields = {"requester.password": PASSWORD, "eft.routing_number": "053000196", "eft.account_number": "000555666777",
                  "eft.account_type": "checking", "eft.account_holder": "Example Family Clinic"}
        answer = self.done(self.olivia.ask("POST", f"/api/providers/{CLINIC}/eft-change", {"fields": fields}), 201)
        self.assertEqual(answer.data["state"], "pending")
        self.assertIn("eft_change", self.items("?kind=eft_change"))
        self.assertIn("eft_change", [row["kind"] for row in self.olivia.get("/api/me/waiting").data])
        self.assertNotIn("eft_change", [row["kind"] for row in self.petra.get("/api/me/waiting").data])
        self.assertEqual(self.olivia.ask("DELETE", f"/api/providers/{CLINIC}/eft-change").status, 204)


if __name__ == "__main__":
    unittest.main()
