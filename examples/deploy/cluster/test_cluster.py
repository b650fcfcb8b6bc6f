"""A portal of three servers on a primary with a synchronous standby, in which things are killed; see `cluster`. What was
killed when, and what was counted, is printed. Under `cluster run`, with NCTRACKS, NCTRACKS_SERVER, NCTRACKS_SERVER_DEMO and
the folder of test_support.py in PYTHONPATH."""
import collections
import http.client
import os
import pathlib
import random
import re
import signal
import subprocess
import threading
import time
import unittest

import test_story
from test_support import CLINIC, DOCTOR, PASSWORD, Browser, Site, document, encoded

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = pathlib.Path(os.environ["NCT_CLUSTER"])
BEGAN = time.monotonic()
SERVERS = ("1", "2", "3")
GUESSERS = 18
LIMIT = 10  # option pin.attempts
PROVIDERS = 6
USERS = 3


def say(words):
    print(f"{time.monotonic() - BEGAN:6.1f} s  {words}", flush=True)


def cluster(action, *words):
    done = subprocess.run([HERE / "cluster", action, FOLDER, *words], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


def site(name):
    return Site(int((FOLDER / f"port.{name}").read_text()))


class Front(Site):
    """The servers behind nginx, with what the story asks of a server."""

    def __init__(self):
        super().__init__(site("front").port)
        self.authorization_code = re.search(r"letter: (\w+)", (FOLDER / "who.txt").read_text())[1]

    def close(self):
        pass


FRONT = Front()


def nctracks(*words):
    """The command line on the same portal."""
    database = re.search(r"database = (\S+)", (FOLDER / "1.conf").read_text())[1]
    done = subprocess.run([os.environ["NCTRACKS"], *words, "--store", database, "--key", FOLDER / "portal.key", "--profile-file",
                           HERE / "test.profile", "--mail-dir", FOLDER / "mail"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout


def all_of(browser, path):
    """A whole list, over its pages."""
    rows, after = [], ""
    while True:
        page = browser.get(f"{path}{'&' if '?' in path else '?'}limit=200{after}").json
        rows += page["data"]
        if page["next"] is None:
            return rows
        after = "&after=" + page["next"]


def ledger(stream):
    return all_of(Browser(FRONT, "agnes.agency"), f"/api/agency/ledger?stream={stream}")


def npi(number):
    """A made-up NPI with the right check digit."""
    digits = f"80840{number:09}"
    total = sum(sum(divmod(2 * int(digit), 10)) if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(digits)))
    return f"{number:09}{-total % 10}"


def enroll(number):
    """A provider with a made-up NPI: the NPI and the authorization code."""
    fields = {"provider.npi": npi(number), "provider.kind": "organization", "provider.name": f"Example Provider {number}",
              "provider.tax_id": f"56-{number % 10000000:07}", "provider.email": f"office@{number}.example.org",
              "provider.phone": "919-555-0150"}
    answer = Browser(FRONT, "agnes.agency").ask("POST", "/api/agency/providers", {"fields": fields})
    assert answer.status == 201, answer.body
    return npi(number), answer.data["authorization_code"]


def ncids_of(name):
    return [f"{name}.owner"] + [f"{name}.user{number}" for number in range(USERS)]


def registration_of(provider, code, name):
    """A registration with an administrator and users."""
    fields = {"provider.npi": provider, "provider.authorization_code": code, "office_administrator.relationship": "owner",
              "eft.routing_number": "053000196", "eft.account_number": "000111222333", "eft.account_type": "checking",
              "eft.account_holder": "Example Provider"}
    for number, ncid in enumerate(ncids_of(name)):
        for group in ("registrant", "office_administrator") if number == 0 else (f"users[{number - 1}]",):
            fields.update({f"{group}.ncid": ncid, f"{group}.first_name": "Made", f"{group}.last_name": "Up",
                           f"{group}.email": f"{ncid}@example.org", f"{group}.phone": "919-555-0160"})
        if number > 0:
            fields[f"users[{number - 1}].rights"] = "pa.submit"
    return fields


def await_true(question, what):
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if question():
            return
        time.sleep(0.05)
    raise AssertionError(what)


class Client:
    """Somebody who does not give up: what had no answer, or a 502 or 503, is asked again until it has another."""

    def __init__(self, where, ncid, provider, pin):
        self.where, self.provider, self.pin = where, provider, pin
        self.cookie = Browser(FRONT, ncid).cookie
        self.repeated = 0

    def insist(self, path, body, **headers):
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                answer = self.where.send("POST", path, body, {"Cookie": self.cookie, **headers})
                if answer.status not in (502, 503):
                    return answer
            except (ConnectionError, http.client.HTTPException):
                pass
            self.repeated += 1
            time.sleep(random.uniform(0.1, 0.4))  # not all at once again
        raise AssertionError(f"{path}: no answer")

    def sign(self, key):
        """A document is reviewed and signed: the answer."""
        asked = {"kind": "pharmacy_pa", "document": document(key.encode(), key)}
        review = self.insist(f"/api/providers/{self.provider}/reviews", asked)
        assert review.status == 200, review.body
        body = {**asked, "review": review.data["review"], "password": PASSWORD, "pin": self.pin}
        return self.insist(f"/api/providers/{self.provider}/signatures", body, **{"Idempotency-Key": key})


class Work(threading.Thread):
    """Something done beside; end() gives what it gave, or raises what it raised."""

    def __init__(self, what, *words):
        super().__init__(daemon=True)
        self.what, self.words, self.result, self.reason = what, words, None, None
        self.start()

    def run(self):
        try:
            self.result = self.what(*self.words)
        except BaseException as reason:  # pylint: disable=broad-except
            self.reason = reason

    def end(self):
        self.join(120)
        if self.reason is not None:
            raise self.reason
        assert not self.is_alive()
        return self.result


class Signers:
    """Three who sign one document after the other until they are to stop."""

    def __init__(self, name):
        self.name = name
        self.signed = {}  # provider, document: signature, for every answer that said OK
        self.stopping = threading.Event()
        self.clients = [Client(FRONT, ncid, provider, FRONT.pin_of(ncid)) for ncid, provider in
                        (("uma.admin", CLINIC), ("petra.prior", CLINIC), ("ina.vidual", DOCTOR))]
        self.works = [Work(self.go_on, client, number) for number, client in enumerate(self.clients)]

    def go_on(self, client, number):
        turn = 0
        while not self.stopping.is_set():
            key = f"{self.name}-{number}-{turn}"
            answer = client.sign(key)
            assert answer.status == 201, answer.body
            self.signed[(client.provider, key)] = answer.data["id"]
            turn += 1

    def more(self, count):
        """Waits until so many more documents are signed."""
        wanted = len(self.signed) + count
        await_true(lambda: len(self.signed) >= wanted or not all(work.is_alive() for work in self.works), "nobody signs any more")
        for work in self.works:
            if work.reason is not None:
                raise work.reason

    def quiet(self):
        """Waits until none was answered for a second: how many were before."""
        answered, since = len(self.signed), time.monotonic()
        until = since + 60
        while time.monotonic() < since + 1:
            time.sleep(0.05)
            if len(self.signed) > answered:
                answered, since = len(self.signed), time.monotonic()
            assert since < until, "signatures are answered that the standby does not have"
        return answered

    def end(self):
        self.stopping.set()
        for work in self.works:
            work.end()
        return sum(client.repeated for client in self.clients)

    def check(self, test):
        """Every signature that was answered is there, once, and is valid; there is no other of these documents."""
        found = []
        for provider, ncid in ((CLINIC, "olivia.owner"), (DOCTOR, "ina.vidual")):
            browser = Browser(FRONT, ncid)
            mine = [row for row in all_of(browser, f"/api/providers/{provider}/signatures")
                    if row["document_id"].startswith(self.name + "-")]
            found += [(provider, row["document_id"], row["id"]) for row in mine]
            for row in mine:
                content = {"content_base64": encoded(row["document_id"].encode())}
                verified = browser.ask("POST", f"/api/providers/{provider}/signatures/{row['id']}/verify", content)
                test.assertTrue(verified.data["valid"])
        test.assertEqual(sorted(found), sorted((*where, identity) for where, identity in self.signed.items()))
        return len(found)


class Guessers:
    """Wrong PINs for olivia.owner, tried at the servers themselves."""

    def __init__(self):
        pin = FRONT.pin_of("olivia.owner")
        wrong = "000000" if pin != "000000" else "111111"
        self.before = len(ledger("person:olivia.owner"))
        self.late = Client(FRONT, "olivia.owner", CLINIC, pin)
        self.people = [Client(site(name), "olivia.owner", CLINIC, wrong) for name in SERVERS]
        self.works = []

    def guess(self, count):
        """So many at once, the servers in turn."""
        begun = [Work(self.people[number % len(SERVERS)].sign, f"guess-{time.monotonic_ns()}") for number in range(count)]
        self.works += begun
        return begun

    def check(self, test):
        """All were refused, the limit held over all servers, and the right PIN comes too late: how many, by reason."""
        answers = [work.end() for work in self.works] + [self.late.sign(f"late-{self.before}")]
        test.assertEqual({(answer.status, answer.code) for answer in answers}, {(403, "NCT_E_DENIED")})
        refused = collections.Counter(row["detail"] for row in ledger("person:olivia.owner")[self.before:]
                                      if row["event"] == "signature.refused")
        test.assertEqual(refused["wrong PIN"], LIMIT, refused)
        test.assertEqual(set(refused), {"wrong PIN", "PIN disabled"})
        return refused


def new_pin(ncid):
    """The agency resets a PIN."""
    before = len(FRONT.mails())
    reset = Browser(FRONT, "agnes.agency").ask("POST", "/api/agency/pin/reset", {"ncid": ncid, "reason": "called, recognised"})
    assert reset.status == 200, reset.body
    FRONT.pin_of(ncid, before)


class Story(test_story.Story):
    """S1 to S17, each request at another server."""

    @classmethod
    def setUpClass(cls):
        say("up: three servers, a primary and its synchronous standby, the front")
        cls.server = FRONT

    def test_z_every_operation_of_the_contract_was_answered_well(self):
        # The figures are for the machine alone: a server gives them to nobody a front speaks for.
        self.assertEqual(FRONT.ask("GET", "/metrics").status, 404)
        server = site("1")
        server.covered = FRONT.covered
        server.ask("GET", "/metrics")
        super().test_z_every_operation_of_the_contract_was_answered_well()

    @classmethod
    def tearDownClass(cls):
        say("the story was told through the front")


class Cluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        new_pin("petra.prior")  # hers is lost at the end of the story

    def test_1_guessers_at_all_servers_get_the_limit(self):
        guessers = Guessers()
        guessers.guess(GUESSERS)
        refused = guessers.check(self)
        say(f"{GUESSERS} guessers of one PIN at three servers: {refused['wrong PIN']} tries were held against it, "
            f"{refused['PIN disabled']} came too late, the right PIN among them")

    def test_2_the_others_go_on_when_a_server_is_killed(self):
        signers = Signers("server")
        signers.more(6)
        # It stops where it is, until the signers wait for it.
        os.kill(int((FOLDER / "2.pid").read_text()), signal.SIGSTOP)
        say(f"kill -9 of server 2, with the requests it has; {signers.quiet()} signatures were answered")
        cluster("kill", "2")
        signers.more(6)
        repeated = signers.end()
        self.assertGreater(repeated, 0)
        say(f"signed by the two others: {signers.check(self)} signatures in all, each once; {repeated} requests were asked again")
        cluster("start", "2")
        self.assertEqual(site("2").ask("GET", "/health/ready").status, 200)
        say("server 2 was started again")

    def test_3_due_work_is_done_once(self):
        providers = [enroll(number)[0] for number in range(100000200, 100000200 + PROVIDERS)]
        agency = Browser(FRONT, "agnes.agency")
        await_true(lambda: agency.get("/api/agency/health").data["due"]["count"] == 0, "due work is left over")
        await_true(lambda: agency.get("/api/agency/health").data["mail"]["count"] == 0, "mail is left over")
        mails = FRONT.mails()
        for provider in providers:
            notices = [row for row in ledger("provider:" + provider) if row["event"] == "reverification.notice"]
            self.assertEqual(len(notices), 1, provider)
            told = [mail for mail in mails if provider in mail["body"] and "verif" in mail["subject"].lower()]
            self.assertEqual(len(told), 1, provider)
        say(f"three timers, {len(providers)} notices due at once: each provider was told once")

    def fail_over(self, name, registered, frozen):
        """The primary is killed while signers sign, somebody registers, and others guess a PIN."""
        new_pin("olivia.owner")
        kept = [f"--{what}={FOLDER}/{name}.{what}" for what in ("checkpoint", "leaves", "keys")]
        nctracks("checkpoint", "make", kept[0].replace("checkpoint=", "output=", 1), *kept[1:])
        provider, code = enroll(registered)
        signers = Signers(name)
        guessers, registrant = Guessers(), Client(FRONT, "agnes.agency", None, None)
        for guess in guessers.guess(LIMIT // 2):
            guess.end()
        signers.more(3)
        process = int(cluster("sql", *frozen))
        os.kill(process, signal.SIGSTOP)
        registration = Work(registrant.insist, "/api/registrations", {"fields": registration_of(provider, code, name)})
        guessers.guess(LIMIT)
        answered = signers.quiet()
        self.assertTrue(registration.is_alive())
        say(f"kill -9 of the primary; {answered} signatures were answered, {len(signers.clients)} are under way, and a "
            "registration")
        cluster("kill", "primary")
        if frozen[0] == "standby":
            os.kill(process, signal.SIGCONT)
        cluster("promote")
        say("the standby is the primary")
        signers.more(6)
        repeated = signers.end()
        self.assertIn(registration.end().status, (201, 409))
        refused = guessers.check(self)
        say(f"of {len(guessers.works)} guesses before, during and after, {refused['wrong PIN']} were held against the PIN")
        say(f"{signers.check(self)} signatures, each once, all valid; {repeated} requests were asked again")
        self.check_registration(provider, name)
        verified = nctracks("audit", "verify", *kept)
        self.assertNotRegex(verified, "(?i)broken|invalid|cut off")
        self.assertIn(" 0 of them damaged", nctracks("doctor", "--all"))
        say("the ledger verifies against the checkpoint from before, and every row opens")

    def check_registration(self, provider, name):
        """All of it is there, once: the administrator, the users, and a PIN for each."""
        events = collections.Counter(row["event"] for row in ledger("provider:" + provider))
        self.assertEqual(events["provider.registered"], 1, events)
        agency = Browser(FRONT, "agnes.agency")
        await_true(lambda: agency.get("/api/agency/health").data["mail"]["count"] == 0, "mail is left over")
        people = [row for row in nctracks("user", "list", "--provider", provider).splitlines() if f"{name}." in row]
        self.assertEqual(len(people), USERS + 1, people)
        mails = FRONT.mails()
        for ncid in ncids_of(name):
            pins = [mail for mail in mails if ncid in mail["subject"] + mail["body"] and re.search(r"PIN:\s+\d{6}", mail["body"])]
            self.assertEqual(len(pins), 1, ncid)
        say(f"the registration is there once: {len(people)} people, and a PIN for each")

    def test_4_what_the_standby_never_got_was_never_answered(self):
        self.fail_over("never", 100000300, ("primary", "SELECT pid FROM pg_stat_replication"))
        cluster("rejoin")
        say("the database that was killed is the standby of the other")

    def test_5_what_the_standby_got_last_is_not_done_twice(self):
        self.fail_over("last", 100000301, ("standby", "SELECT pid FROM pg_stat_wal_receiver"))


def load_tests(loader, _tests, _pattern):
    """The story first: it begins with nobody's PIN used."""
    return unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in (Story, Cluster))


if __name__ == "__main__":
    unittest.main()
