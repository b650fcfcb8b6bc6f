"""What the server refuses: other sites, replays, strangers, guesses, paths, bodies, methods, configurations."""
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from test_support import CLINIC, CONTRACT, METHODS, PASSWORD, SERVER, Browser, Server, document


class Guard(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = tempfile.TemporaryDirectory(prefix="nctracks-pages-")
        folder = pathlib.Path(cls.pages.name)
        (folder / "index.html").write_text("<!doctype html><title>Made up</title>")
        (folder / "assets").mkdir()
        (folder / "assets" / "app-1.js").write_text("1;\n" * 100)
        (folder / "assets" / "app-1.js.gz").write_bytes(b"\x1f\x8bmade up")
        (folder / ".hidden.txt").write_text("hidden")
        (folder / "outside.txt").symlink_to("/etc/hostname")
        token = folder / "token"
        token.write_text("made-up-token-of-a-gateway-0123456789\n")
        token.chmod(0o600)
        cls.server = Server(pages=folder, service_token_file=token)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        cls.pages.cleanup()

    # ---- Other sites ----

    def test_a_change_from_another_site_is_refused(self):
        browser = Browser(self.server, "petra.prior")
        for headers in ({"X-NCTracks": None}, {"Origin": "https://evil.example.org"}, {"Origin": "null"},
                        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
            answer = browser.ask("PUT", "/api/me/language", {"language": "en"}, headers)
            self.assertEqual((answer.status, answer.code), (403, "HTTP_CROSS_SITE"), headers)
        own = {"Origin": f"http://127.0.0.1:{self.server.port}", "Sec-Fetch-Site": "same-origin"}
        self.assertEqual(browser.ask("PUT", "/api/me/language", {"language": "en"}, own).status, 200)

    def test_every_change_needs_the_header_and_none_is_a_get(self):
        for path, operations in CONTRACT["paths"].items():
            concrete = re.sub(r"\{\w+\}", "1234567893", path.replace("{form}", "user"))
            for method in METHODS:
                if method not in operations or method == "get":
                    continue
                answer = self.server.ask(method.upper(), concrete, headers={"X-NCTracks": None})
                self.assertEqual((answer.status, answer.code), (403, "HTTP_CROSS_SITE"), (method, path))

    def test_a_form_of_another_site_cannot_sign_anybody_in(self):
        answer = self.server.ask("POST", "/api/session", raw=b"ncid=petra.prior&password=x",
                                 headers={"X-NCTracks": None, "Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(answer.status, 403)

    def test_a_name_that_is_not_the_servers_is_not_served(self):
        for path in ("/", "/api/session", "/demo/mail", "/assets/app-1.js"):
            for host in ("evil.example.org", f"evil.example.org:{self.server.port}", "127.0.0.1", "127.0.0.1:1",
                         f"127.0.0.1:{self.server.port}.evil.example.org"):
                answer = self.server.ask("GET", path, headers={"Host": host})
                self.assertEqual((answer.status, answer.code), (421, "HTTP_MISDIRECTED_REQUEST"), (path, host))
            self.assertEqual(self.server.ask("GET", path, headers={"Host": f"LOCALHOST:{self.server.port}"}).status, 200)

    def test_no_answer_lets_another_site_read_it(self):
        answer = self.server.ask("GET", "/api/session", headers={"Origin": "https://evil.example.org"})
        self.assertIsNone(answer.headers.get("Access-Control-Allow-Origin"))
        answer = self.server.ask("OPTIONS", "/api/session", headers={"Origin": "https://evil.example.org"})
        self.assertEqual(answer.status, 405)

    # ---- Sessions ----

    def test_a_cookie_is_for_this_site_alone(self):
        answer = Browser(self.server).sign_in("petra.prior")
        cookie = answer.headers["Set-Cookie"]
        for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(part, cookie)
        self.assertNotIn("Domain", cookie)

    def test_signing_in_brings_a_new_token_and_ends_the_old(self):
        browser = Browser(self.server)
        browser.cookie = "nctracks-dev=" + "A" * 64
        browser.sign_in("petra.prior")
        first = browser.cookie
        self.assertNotIn("A" * 64, first)
        browser.sign_in("petra.prior")
        self.assertNotEqual(first, browser.cookie)
        browser.cookie = first
        self.assertEqual(browser.get("/api/me").status, 401)

    def test_signing_out_ends_the_session_not_the_cookie_alone(self):
        browser = Browser(self.server, "petra.prior")
        kept = browser.cookie
        self.assertEqual(browser.ask("DELETE", "/api/session").status, 204)
        browser.cookie = kept
        self.assertEqual(browser.get("/api/me").status, 401)

    def test_a_revoked_right_is_gone_with_the_next_request(self):
        olivia, carlos = Browser(self.server, "olivia.owner"), Browser(self.server, "carlos.claims")
        path = f"/api/providers/{CLINIC}"
        self.assertEqual(carlos.get(path).status, 200)
        self.assertEqual(olivia.ask("DELETE", path + "/users/carlos.claims").status, 204)
        self.assertEqual(carlos.get(path).status, 403)
        wish = {"role": "user", "rights": ["claim.submit"]}
        self.assertEqual(olivia.ask("PUT", path + "/users/carlos.claims", wish).status, 200)

    def test_every_operation_that_is_not_for_anybody_needs_a_session(self):
        for path, operations in CONTRACT["paths"].items():
            concrete = re.sub(r"\{\w+\}", "1234567893", path.replace("{form}", "user"))
            for method in METHODS:
                if method in operations and operations[method].get("security") != []:
                    answer = self.server.ask(method.upper(), concrete)
                    self.assertEqual(answer.status, 401, (method, path))
                    answer = self.server.ask(method.upper(), concrete, headers={"Cookie": "nctracks-dev=" + "A" * 64})
                    self.assertEqual(answer.status, 401, (method, path))

    # ---- Who exists ----

    def test_a_stranger_learns_of_nobody(self):
        def told(ncid):
            answer = Browser(self.server).sign_in(ncid, "not-the-password-1")
            return answer.status, {name: value for name, value in answer.json.items() if name != "request_id"}
        self.assertEqual(told("petra.prior"), told("nobody.known"))
        for path, rest in (("/api/password/forgot", {}), ("/api/pin/reset", {"password": "not-the-password-1"})):
            answers = [self.server.ask("POST", path, {"ncid": ncid, **rest}) for ncid in ("frank.front", "no.body.here")]
            self.assertEqual(answers[0].status, answers[1].status, path)

    def test_somebody_elses_provider_is_as_one_that_does_not_exist(self):
        browser = Browser(self.server, "ina.vidual")
        told = []
        for provider in (CLINIC, "1000000053"):
            for rest in ("", "/users", "/signatures", "/signatures/" + "0" * 32):
                answer = browser.get(f"/api/providers/{provider}{rest}")
                self.assertEqual(answer.status, 403, (provider, rest, answer.body))
                self.assertNotIn("access", answer.json)
            answer = browser.ask("POST", f"/api/providers/{provider}/reviews",
                                 {"kind": "pharmacy_pa", "document": document()})
            told.append((answer.status, answer.code, answer.json["title"]))
        self.assertEqual(told[0], told[1])

    def test_nobody_explains_or_previews_what_is_not_theirs(self):
        browser = Browser(self.server, "frank.front")
        path = f"/api/providers/{CLINIC}/users/petra.prior"
        self.assertEqual(browser.get(path + "/explain?right=pa.submit").status, 403)
        self.assertEqual(browser.ask("POST", path + "/preview", {"revoke": True}).status, 403)
        own = f"/api/providers/{CLINIC}/users/frank.front/explain?right=pa.submit"
        self.assertEqual(browser.get(own).data["reason"], "NCT_E_RIGHT_MISSING")

    # ---- Caches, headers, logs ----

    def test_no_answer_may_be_kept_and_every_answer_has_its_headers(self):
        for path in ("/api/session", "/api/texts", "/api/nothing", "/health/ready"):
            answer = self.server.ask("GET", path)
            self.assertEqual(answer.headers["Cache-Control"], "no-store", path)
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
            self.assertTrue(answer.headers["X-Request-Id"])
        page = self.server.ask("GET", "/").headers["Content-Security-Policy"]
        self.assertIn("script-src 'self';", page)
        self.assertNotIn("unsafe", page)

    def test_a_request_id_is_kept_and_a_forged_one_is_not(self):
        self.assertEqual(self.server.ask("GET", "/health/live", headers={"X-Request-Id": "abc-1"}).headers
                         ["X-Request-Id"], "abc-1")
        forged = self.server.ask("GET", "/health/live", headers={"X-Request-Id": 'a"b\t{}'})
        self.assertRegex(forged.headers["X-Request-Id"], "^[0-9a-f]{32}$")

    def test_logs_and_figures_hold_no_secret_and_no_name(self):
        browser = Browser(self.server, "petra.prior")
        browser.get(f"/api/providers/{CLINIC}?password=secret-in-a-query")
        Browser(self.server).sign_in("petra.prior", "secret-that-was-wrong")
        token = browser.cookie.split("=")[1]
        figures = self.server.ask("GET", "/metrics").body.decode()
        for text in (self.server.log_text(), figures):
            for secret in ("secret", token, "violet-kayak", "petra.prior", CLINIC):
                self.assertNotIn(secret, text)
        self.assertIn('route="/api/providers/{provider}"', figures)
        self.assertIn('nctracks_refusals_total{code="NCT_E_DENIED"}', figures)
        for line in self.server.log_text().splitlines():
            json.loads(line)

    def test_figures_are_not_for_other_machines(self):
        self.assertEqual(self.server.ask("GET", "/metrics").status, 200)
        self.assertEqual(self.server.ask("GET", "/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status, 404)

    # ---- Bodies, methods, paths ----

    def head(self):
        """The beginning of a request that changes something."""
        return (b"POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX-NCTracks: 1\r\n"
                b"Content-Type: application/json\r\n" % self.server.port)

    def test_wrong_methods_say_which_are_right(self):
        answer = self.server.ask("PUT", "/api/session", {})
        self.assertEqual((answer.status, answer.headers["Allow"]), (405, "GET, POST, DELETE"))
        self.assertEqual(self.server.ask("POST", "/", {}).status, 405)
        self.assertEqual(self.server.ask("HEAD", "/api/session").status, 200)

    def test_wrong_content_types_are_refused(self):
        for kind in (None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                     "application/jsonp"):
            answer = self.server.ask("POST", "/api/session", raw=b"{}", headers={"Content-Type": kind})
            self.assertEqual(answer.status, 415, kind)

    def test_bodies_that_are_no_json_object_are_refused(self):
        for raw in (b"[]", b"{", b'{"ncid": "a", "ncid": "b"}', b'{"ncid": "\xff"}', b'"x"', b"{} {}",
                    b"[" * 100000, b'{"ncid": "a\\u0000b"}'):
            answer = self.server.ask("POST", "/api/session", raw=raw, headers={"Content-Type": "application/json"})
            self.assertEqual(answer.status, 400, raw[:40])
            self.assertNotIn(b"ncid", answer.body)
        for body in ({}, {"ncid": 1, "password": "x"}, {"ncid": "a", "password": None},
                     {"ncid": "petra.prior", "password": "x", "more": "y"}):
            self.assertEqual(self.server.ask("POST", "/api/session", body).status, 422, body)

    def test_a_body_that_is_too_long_is_refused_before_it_is_read(self):
        with socket.create_connection(("127.0.0.1", self.server.port)) as raw:
            raw.sendall(self.head() + b"Content-Length: 100000000\r\n\r\n")
            raw.settimeout(20)
            self.assertIn(b" 413 ", raw.recv(100))

    def test_a_length_that_is_no_number_is_refused(self):
        for length in (b"999999999999999999999999", b"-1", b"1e3"):
            with socket.create_connection(("127.0.0.1", self.server.port)) as raw:
                raw.sendall(self.head() + b"Content-Length: " + length + b"\r\n\r\n{}")
                raw.settimeout(20)
                self.assertRegex(raw.recv(100), rb" 4\d\d |^$")

    def test_a_body_of_unknown_length_ends_at_the_limit(self):
        with socket.create_connection(("127.0.0.1", self.server.port)) as raw:
            raw.settimeout(20)
            raw.sendall(self.head() + b"Transfer-Encoding: chunked\r\n\r\n")
            with self.assertRaises(OSError):
                for _ in range(200):
                    raw.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")
                while raw.recv(4096):
                    pass
                raise ConnectionResetError

    def test_headers_that_are_too_long_are_refused(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port)
        connection.request("GET", "/api/session", headers={"X-Long": "x" * 60000})
        self.assertIn(connection.getresponse().status, (413, 431))
        connection.close()

    def test_no_path_leaves_the_folder_of_pages(self):
        for path in ("/../server.conf", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../x.txt",
                     "/.hidden.txt", "/assets/.%00.js", "//etc/passwd", "/outside.txt", "/assets%5c..%5cx.js",
                     "/token", "/assets/", "/x.php"):
            connection = http.client.HTTPConnection("127.0.0.1", self.server.port)
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            self.assertTrue(answer.status in (400, 404) or b"Made up" in body, (path, answer.status, body))

    def test_pages_have_types_tags_and_caches(self):
        page = self.server.ask("GET", "/users/some-page")
        self.assertEqual((page.status, page.headers["Content-Type"], page.headers["Cache-Control"]),
                         (200, "text/html; charset=utf-8", "no-cache"))
        known = self.server.ask("GET", "/", headers={"If-None-Match": page.headers["ETag"]})
        self.assertEqual((known.status, known.body), (304, b""))
        script = self.server.ask("GET", "/assets/app-1.js")
        self.assertEqual(script.headers["Content-Type"], "text/javascript; charset=utf-8")
        self.assertIn("immutable", script.headers["Cache-Control"])
        small = self.server.ask("GET", "/assets/app-1.js", headers={"Accept-Encoding": "gzip, br"})
        self.assertEqual((small.headers["Content-Encoding"], small.body), ("gzip", b"\x1f\x8bmade up"))

    def test_unknown_paths_of_the_interface_are_no_pages(self):
        for path in ("/api", "/api/nothing", "/api/forms", "/health", "/access/v1/nothing", "/api//session",
                     "/api/session/"):
            answer = self.server.ask("GET", path)
            self.assertEqual((answer.status, answer.code), (404, "HTTP_NOT_FOUND"), path)

    def test_pages_of_lists_have_bounds(self):
        browser = Browser(self.server, "petra.prior")
        for limit in ("0", "-1", "1001", "x", "", "1e3", "99999999999999999999"):
            self.assertEqual(browser.get("/api/me/signatures?limit=" + limit).status, 400, limit)

    # ---- Gateways ----

    def test_a_gateway_asks_with_its_token_and_nothing_else(self):
        question = {"subject": {"type": "person", "id": "petra.prior"}, "action": {"name": "pa.submit"},
                    "resource": {"type": "provider", "id": CLINIC}}
        right = {"Authorization": "Bearer made-up-token-of-a-gateway-0123456789"}
        self.assertTrue(self.server.ask("POST", "/access/v1/evaluation", question, right).json["decision"])
        for token in ("Bearer made-up-token-of-a-gateway-0123456780", "Bearer ", "Basic x", ""):
            self.assertEqual(self.server.ask("POST", "/access/v1/evaluation", question,
                                             {"Authorization": token}).status, 401)
        self.assertEqual(self.server.ask("GET", "/api/me", headers=right).status, 401)
        bad = self.server.ask("POST", "/access/v1/evaluation", {"subject": {}}, right)
        self.assertEqual(bad.status, 400)


class Public(unittest.TestCase):
    """As behind a proxy that speaks TLS: the server is called by its origin."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server(plain_http="no", demo="no", origin="https://portal.example.org", behind_proxy="yes")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def ask(self, method, path, body=None, **headers):
        return self.server.ask(method, path, body, {"Host": "portal.example.org", **headers})

    def test_the_cookie_is_secure_and_of_this_host_alone(self):
        answer = self.ask("POST", "/api/session", {"ncid": "petra.prior", "password": PASSWORD})
        name, _, attributes = answer.headers["Set-Cookie"].partition("=")
        self.assertEqual(name, "__Host-nctracks")
        self.assertEqual(set(attributes.split("; ")[1:]), {"Path=/", "HttpOnly", "SameSite=Strict", "Secure"})
        self.assertEqual(self.ask("GET", "/api/me", Cookie=answer.headers["Set-Cookie"].split(";")[0]).status, 200)
        ended = self.ask("DELETE", "/api/session", Cookie=answer.headers["Set-Cookie"].split(";")[0])
        self.assertIn("Max-Age=0", ended.headers["Set-Cookie"])

    def test_a_developers_cookie_is_none(self):
        answer = self.ask("POST", "/api/session", {"ncid": "petra.prior", "password": PASSWORD})
        token = answer.headers["Set-Cookie"].split(";")[0].partition("=")[2]
        self.assertEqual(self.ask("GET", "/api/me", Cookie="nctracks-dev=" + token).status, 401)

    def test_browsers_are_told_to_use_tls_and_no_other_origin_changes_anything(self):
        answer = self.ask("GET", "/api/session")
        self.assertRegex(answer.headers["Strict-Transport-Security"], "^max-age=[0-9]{8}")
        body = {"ncid": "petra.prior", "password": PASSWORD}
        for origin, status in (("https://portal.example.org", 200), ("http://portal.example.org", 403),
                               ("https://portal.example.org.evil.example.org", 403), ("https://portal.example.org:8443", 403),
                               (f"http://127.0.0.1:{self.server.port}", 403)):
            self.assertEqual(self.ask("POST", "/api/session", body, Origin=origin).status, status, origin)

    def test_mail_of_a_demonstration_is_not_there(self):
        self.assertEqual(self.ask("GET", "/demo/mail").status, 404)


class Limits(unittest.TestCase):
    def test_a_client_that_trickles_its_request_is_not_waited_for(self):
        server = Server(idle_seconds=1)
        began = time.monotonic()
        try:
            with socket.create_connection(("127.0.0.1", server.port)) as raw:
                raw.settimeout(0.3)
                raw.sendall(b"GET /api/session HTTP/1.1\r\nX-Slow: ")
                with self.assertRaises(OSError):
                    while time.monotonic() - began < 60:
                        raw.sendall(b"x")
                        try:
                            if raw.recv(1) == b"":
                                raise ConnectionResetError
                        except TimeoutError:
                            pass
            self.assertLess(time.monotonic() - began, 30)
            # Who asks again and again over one connection is no such client.
            connection = http.client.HTTPConnection("127.0.0.1", server.port)
            for _ in range(10):
                connection.request("GET", "/api/session")
                self.assertEqual(connection.getresponse().read(), b'{"data":null}')
                time.sleep(0.5)
            connection.close()
        finally:
            server.close()

    def test_an_address_that_guesses_has_to_wait_and_others_do_not(self):
        server = Server(tries_per_minute=3, requests_per_minute=50)
        try:
            codes = [server.ask("POST", "/api/session", {"ncid": "frank.front", "password": "wrong-guess-01"}).status
                     for _ in range(5)]
            self.assertEqual(codes[-1], 429)
            self.assertEqual(server.ask("GET", "/api/session").status, 200)
            codes = [server.ask("GET", "/api/nothing").status for _ in range(60)]
            self.assertEqual(codes[-1], 429)
        finally:
            server.close()

    def test_too_many_connections_of_one_address_are_not_accepted(self):
        server = Server(connections_per_address=4, idle_seconds=60)
        held = []
        try:
            for _ in range(12):
                held.append(socket.create_connection(("127.0.0.1", server.port)))
            time.sleep(0.5)
            closed = 0
            for connection in held:
                connection.settimeout(0.2)
                try:
                    closed += connection.recv(1) == b""
                except (TimeoutError, socket.timeout):
                    pass
                except ConnectionError:
                    closed += 1
            self.assertGreaterEqual(closed, 6)
        finally:
            for connection in held:
                connection.close()
            server.close()

    def test_sigterm_lets_a_request_end(self):
        server = Server()
        browser = Browser(server, "petra.prior")
        answers = []
        work = threading.Thread(target=lambda: answers.append(browser.ask(
            "POST", "/api/password/change", {"password": "violet-kayak-harbor-42",
                                             "new_password": "a drained but finished request"}).status))
        work.start()
        time.sleep(0.02)
        server.process.send_signal(signal.SIGTERM)
        work.join()
        self.assertEqual(server.process.wait(30), 0)
        self.assertIn(answers[0], (200,))
        server.start()
        server.close()


class Configuration(unittest.TestCase):
    def check(self, *lines):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "server.conf")
            pathlib.Path(path).write_text("\n".join(lines) + "\n")
            ran = subprocess.run([SERVER, "check", path], stderr=subprocess.PIPE, text=True, cwd=folder)
            return ran.returncode, ran.stderr.replace(path, "FILE")

    BASE = ("database = x.db", "key_file = x.key", "profile = 2013", "mail_folder = mail")

    def test_what_is_unknown_or_contradicts_itself_is_said_with_its_line(self):
        for lines, said in (
                (("port = 80x",), "FILE:1: port: "),
                (("port = 70000",), "FILE:1: port: "),
                (("# comment", "", "prot = 80"), "FILE:3: prot: there is no such option"),
                (("port = 81", "port = 82"), "FILE:2: port: given twice"),
                (("just words",), "FILE:1: not of the form"),
                (self.BASE + ("smtp_url = smtp://localhost:25",), "FILE:5: smtp_url: excludes mail_folder"),
                (self.BASE + ("profile_file = x",), "FILE:5: profile_file: excludes profile"),
                (self.BASE + ("plain_http = yes", "listen_address = 0.0.0.0"), "FILE:5: plain_http: "),
                (self.BASE + ("plain_http = yes", "origin = https://x.example.org"), "FILE:6: origin: "),
                (self.BASE, "origin: has to begin with https://"),
                (self.BASE + ("demo = yes", "plain_http = yes", "listen_address = 192.0.2.1"), "demo: "),
                (self.BASE + ("demo = maybe",), "FILE:5: demo: "),
                (self.BASE + ("smtp_user = x",), "FILE:5: smtp_user: and smtp_password_file belong together"),
                (("profile = 2013",), "database: is needed")):
            code, errors = self.check(*lines)
            self.assertEqual(code, 2, (lines, errors))
            self.assertIn(said, errors)

    def test_a_missing_database_is_not_made_by_serving(self):
        code, errors = self.check(*self.BASE, "plain_http = yes")
        self.assertEqual(code, 1)
        self.assertIn("x.key", errors)

    def test_the_options_are_a_configuration_themselves(self):
        printed = subprocess.run([SERVER, "options"], stdout=subprocess.PIPE, text=True, check=True).stdout
        names = re.findall(r"(?m)^(?:# )?(\w+) =", printed)
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual(len(names), len(re.findall(r"(?m)^# .*\.$", printed)))

    def test_every_route_is_in_the_contract_and_the_other_way_round(self):
        printed = subprocess.run([SERVER, "routes"], stdout=subprocess.PIPE, text=True, check=True).stdout
        contract = {f"{method.upper()} {path}" for path, operations in CONTRACT["paths"].items()
                    for method in METHODS if method in operations}
        self.assertEqual(set(printed.splitlines()), contract)


if __name__ == "__main__":
    unittest.main()
