"""The example of nginx and oauth2-proxy, in front of the server: nginx is Debian's, what answers for oauth2-proxy is a
stand-in that knows one cookie. Skipped where there is no nginx or openssl."""
import http.client
import http.server
import json
import pathlib
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
import unittest

from test_support import Server, free_port

HERE = pathlib.Path(__file__).resolve().parent
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
SECRET = "a made-up secret of a proxy 0123456789"
MAIN = """daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
"""


class StandIn(http.server.BaseHTTPRequestHandler):
    """What nginx asks oauth2-proxy: 202 and the name for its cookie, else 401."""

    def do_GET(self):
        known = "__Host-oauth2=petra" in self.headers.get("Cookie", "")
        self.send_response(202 if known else 401)
        if known:
            self.send_header("X-Auth-Request-Preferred-Username", "petra.prior")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@unittest.skipUnless(NGINX and shutil.which("openssl"), "there is no nginx or openssl")
class Proxy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="nctracks-proxy-")
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.addClassCleanup(cls.temporary.cleanup)
        secret = cls.folder / "secret"
        secret.write_text(SECRET + "\n")
        secret.chmod(0o600)
        cls.server = Server(demo="no", plain_http="no", behind_proxy="yes", origin="https://portal.example.org",
                            proxy_secret_file=secret)
        cls.addClassCleanup(cls.server.close)
        cls.stand_in = http.server.ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
        threading.Thread(target=cls.stand_in.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.stand_in.server_close)
        cls.addClassCleanup(cls.stand_in.shutdown)
        cls.port = free_port()
        cls.configure()
        cls.start()

    @classmethod
    def configure(cls):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", "/CN=portal.example.org", "-keyout", cls.folder / "portal.key", "-out", cls.folder / "portal.pem"],
                       check=True, stderr=subprocess.DEVNULL)
        (cls.folder / "secret.conf").write_text(f'proxy_set_header X-NCTracks-Proxy "{SECRET}";\n')
        site = (HERE / "proxy" / "nginx.conf").read_text()
        for there, here in (("listen 443 ssl", f"listen 127.0.0.1:{cls.port} ssl"), ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
                            ("/etc/ssl/portal.pem", f"{cls.folder}/portal.pem"),
                            ("/etc/ssl/private/portal.key", f"{cls.folder}/portal.key"),
                            ("/etc/nginx/nctracks-proxy-secret.conf", f"{cls.folder}/secret.conf"),
                            ("127.0.0.1:8080", f"127.0.0.1:{cls.server.port}"),
                            ("127.0.0.1:4180", f"127.0.0.1:{cls.stand_in.server_address[1]}")):
            assert there in site, there
            site = site.replace(there, here)
        (cls.folder / "site.conf").write_text(site)
        (cls.folder / "main.conf").write_text(MAIN.format(folder=cls.folder))
        cls.command = [NGINX, "-q", "-p", cls.folder, "-e", cls.folder / "error.log", "-c", cls.folder / "main.conf"]
        checked = subprocess.run([*cls.command, "-t"], stderr=subprocess.PIPE, text=True, check=False)
        assert checked.returncode == 0 and "warn" not in checked.stderr, checked.stderr

    @classmethod
    def start(cls):
        cls.nginx = subprocess.Popen(cls.command)
        cls.addClassCleanup(cls.nginx.wait)
        cls.addClassCleanup(cls.nginx.terminate)
        for _ in range(200):
            try:
                cls.ask("GET", "/api/texts")
                return
            except ConnectionError:
                time.sleep(0.05)
        raise AssertionError((cls.folder / "error.log").read_text())

    @classmethod
    def ask(cls, method, path, **headers):
        """A request of a browser to the site, by its name."""
        trust = ssl.create_default_context(cafile=cls.folder / "portal.pem")
        trust.check_hostname = False
        connection = http.client.HTTPSConnection("127.0.0.1", cls.port, timeout=60, context=trust)
        sent = {"Host": "portal.example.org", "X-NCTracks": "1", **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request(method, path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def test_whom_the_identity_provider_knows_gets_a_session(self):
        status, headers, body = self.ask("POST", "/api/session/proxy", Cookie="__Host-oauth2=petra")
        self.assertEqual((status, json.loads(body)["data"]["ncid"]), (200, "petra.prior"), body)
        cookie = headers["Set-Cookie"]
        for part in ("__Host-nctracks=", "; Secure", "; HttpOnly", "; SameSite=Strict"):
            self.assertIn(part, cookie)
        status, headers, body = self.ask("GET", "/api/me", Cookie=cookie.split(";")[0])
        self.assertEqual((status, json.loads(body)["data"]["ncid"]), (200, "petra.prior"))
        self.assertEqual(len(headers.get_all("Strict-Transport-Security")), 1)

    def test_nobody_names_themselves(self):
        forged = {"X_NCTracks_Proxy": SECRET, "X_NCTracks_User": "olivia.owner", "X_NCTracks_Acr": "aal3"}
        self.assertEqual(self.ask("POST", "/api/session/proxy", **forged)[0], 401)
        status, _, body = self.ask("POST", "/api/session/proxy", Cookie="__Host-oauth2=petra", **forged)
        self.assertEqual((status, json.loads(body)["data"]["ncid"]), (200, "petra.prior"))
        self.assertEqual(self.ask("POST", "/api//session/proxy", **forged)[0], 401)
        self.assertEqual(self.ask("POST", "/x/../api/session/proxy", **forged)[0], 401)
        self.assertIn(self.ask("POST", "/api/session/proxy/", **forged)[0], (401, 404))

    def test_what_is_for_the_machine_alone_is_not_handed_on(self):
        for path in ("/metrics", "/health/ready", "/demo/mail", "/oauth2/auth"):
            self.assertEqual(self.ask("GET", path)[0], 404, path)

    def test_the_address_is_the_one_the_proxy_saw(self):
        self.ask("GET", "/api/texts", X_Forwarded_For="203.0.113.9")
        self.assertNotIn("203.0.113.9", self.server.log_text())


if __name__ == "__main__":
    unittest.main()
