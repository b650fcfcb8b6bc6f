"""Passwords that a directory keeps, against Debian's slapd on loopback; people whom a proxy has signed in."""
import datetime
import ipaddress
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from test_support import CLINIC, PASSWORD, SERVER, Browser, Server, document, free_port

# A folder Debian's package was unpacked into, where it is not installed.
ROOT = pathlib.Path(os.environ.get("NCTRACKS_SLAPD_ROOT", "/"))
SLAPD = shutil.which("slapd", path=f"{ROOT / 'usr/sbin'}:/usr/sbin:/usr/local/sbin:{os.environ['PATH']}")
HAS_LDAP = "libldap" in subprocess.run(["ldd", SERVER], stdout=subprocess.PIPE, text=True).stdout
SECRET = "a made-up secret of a proxy 0123456789"
DIRECTORY_PASSWORD = "copper-lantern-meadow-77"

CONF = """
include {root}/etc/ldap/schema/core.schema
pidfile {folder}/slapd.pid
argsfile {folder}/slapd.args
TLSCACertificateFile {folder}/ca.pem
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
database ldif
suffix "dc=example,dc=org"
directory {folder}/data
access to attrs=userPassword by anonymous auth
access to * by * none
"""
ENTRIES = """
dn: dc=example,dc=org
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ou=people,dc=example,dc=org
objectClass: organizationalUnit
ou: people
"""
PERSON = """
dn: uid={ncid},ou=people,dc=example,dc=org
objectClass: person
objectClass: uidObject
uid: {ncid}
cn: {ncid}
sn: {ncid}
userPassword: {password}
"""


def make_certificate(folder):
    """A certificate for 127.0.0.1, by itself the only one to trust."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "A made-up directory")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=2))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True).sign(key, hashes.SHA256()))
    pem = made.public_bytes(serialization.Encoding.PEM)
    for file, content in (("ca.pem", pem), ("server.pem", pem),
                          ("server.key", key.private_bytes(serialization.Encoding.PEM,
                                                           serialization.PrivateFormat.PKCS8,
                                                           serialization.NoEncryption()))):
        (folder / file).write_bytes(content)


class Directory:
    """slapd on loopback with made-up people, in a folder of its own."""

    def __init__(self, people):
        self.folder = tempfile.TemporaryDirectory(prefix="nctracks-slapd-")
        folder = pathlib.Path(self.folder.name)
        (folder / "data").mkdir()
        make_certificate(folder)
        (folder / "slapd.conf").write_text(CONF.format(root=ROOT if ROOT != pathlib.Path("/") else "", folder=folder))
        (folder / "data.ldif").write_text(ENTRIES + "".join(PERSON.format(ncid=ncid, password=password)
                                                            for ncid, password in people.items()))
        self.environment = {**os.environ, "LD_LIBRARY_PATH": str(ROOT / "usr/lib/x86_64-linux-gnu")}
        self.path = folder
        self.urls = (f"ldap://127.0.0.1:{free_port()}", f"ldaps://127.0.0.1:{free_port()}")
        self.run("-T", "add", "-f", folder / "slapd.conf", "-l", folder / "data.ldif")
        self.start()

    def run(self, *arguments):
        subprocess.run([SLAPD, *map(str, arguments)], env=self.environment, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def start(self):
        self.process = subprocess.Popen([SLAPD, "-h", " ".join(self.urls), "-f", self.path / "slapd.conf", "-d", "0"],
                                        env=self.environment, stderr=subprocess.DEVNULL)
        time.sleep(1)
        assert self.process.poll() is None

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def close(self):
        self.stop()
        self.folder.cleanup()


@unittest.skipUnless(SLAPD and HAS_LDAP, "there is no slapd, or the server was built without libldap")
class Ldap(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = Directory({"petra.prior": DIRECTORY_PASSWORD, "olivia.owner": DIRECTORY_PASSWORD})
        cls.server = cls.serve(cls.directory.urls[1], ldap_ca_file=cls.directory.path / "ca.pem")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        cls.directory.close()

    @classmethod
    def serve(cls, url, **options):
        return Server(ldap_url=url, ldap_name="uid={ncid},ou=people,dc=example,dc=org", ldap_seconds=5, **options)

    def sign_in(self, server, ncid, password):
        return Browser(server).sign_in(ncid, password)

    def test_the_directorys_password_counts_and_the_portals_does_not(self):
        self.assertEqual(self.sign_in(self.server, "petra.prior", DIRECTORY_PASSWORD).status, 200)
        for ncid, password in (("petra.prior", PASSWORD), ("petra.prior", DIRECTORY_PASSWORD + "x"),
                               ("frank.front", PASSWORD), ("no.body.here", DIRECTORY_PASSWORD)):
            answer = self.sign_in(self.server, ncid, password)
            self.assertEqual((answer.status, answer.code), (403, "NCT_E_DENIED"), (ncid, password))

    def test_no_password_is_none_to_bind_with(self):
        answer = self.sign_in(self.server, "petra.prior", "")
        self.assertIn(answer.status, (403, 422), answer.body)

    def test_a_name_cannot_be_made_of_an_ncid(self):
        for ncid in ("petra.prior,ou=people", "*", "petra.prior)(uid=*", "petra.prior\\2c", "uid=petra.prior"):
            self.assertNotEqual(self.sign_in(self.server, ncid, DIRECTORY_PASSWORD).status, 200, ncid)

    def test_a_signature_is_made_with_the_directorys_password_and_the_portals_pin(self):
        petra = Browser(self.server, "petra.prior", DIRECTORY_PASSWORD)
        asked = {"kind": "pharmacy_pa", "document": document()}
        review = petra.ask("POST", f"/api/providers/{CLINIC}/reviews", asked)
        body = {**asked, "review": review.data["review"], "pin": self.server.pin_of("petra.prior")}
        path = f"/api/providers/{CLINIC}/signatures"
        wrong = petra.ask("POST", path, {**body, "password": PASSWORD}, {"Idempotency-Key": "wrong"})
        self.assertEqual(wrong.code, "NCT_E_DENIED")
        answer = petra.ask("POST", path, {**body, "password": DIRECTORY_PASSWORD}, {"Idempotency-Key": "right"})
        self.assertEqual(answer.status, 201, answer.body)

    def test_pages_know_that_passwords_are_kept_elsewhere(self):
        self.assertFalse(self.server.ask("GET", "/api/site").data["keeps_passwords"])
        self.assertNotIn(DIRECTORY_PASSWORD, self.server.log_text())

    def test_on_this_machine_it_may_be_asked_without_tls(self):
        server = self.serve(self.directory.urls[0])
        try:
            self.assertEqual(self.sign_in(server, "petra.prior", DIRECTORY_PASSWORD).status, 200)
        finally:
            server.close()

    def test_start_tls_secures_what_began_in_the_clear(self):
        server = self.serve(self.directory.urls[0], ldap_start_tls="yes", ldap_ca_file=self.directory.path / "ca.pem")
        try:
            self.assertEqual(self.sign_in(server, "petra.prior", DIRECTORY_PASSWORD).status, 200)
        finally:
            server.close()

    def test_a_directory_that_cannot_be_trusted_or_reached_is_no_answer(self):
        for url, options in ((self.directory.urls[1], {}), (self.directory.urls[0], {"ldap_start_tls": "yes"}),
                             (f"ldap://127.0.0.1:{free_port()}", {})):
            server = self.serve(url, **options)
            try:
                answer = self.sign_in(server, "petra.prior", DIRECTORY_PASSWORD)
                self.assertEqual((answer.status, answer.code), (503, "NCT_E_IDENTITY"), url)
            finally:
                server.close()


class Options(unittest.TestCase):
    def objections(self, *lines):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "server.conf"
            base = ("database = x.db", "key_file = x.key", "profile = 2013", "mail_folder = mail", "plain_http = yes")
            path.write_text("\n".join(base + lines) + "\n")
            ran = subprocess.run([SERVER, "check", path], stderr=subprocess.PIPE, text=True, cwd=folder)
            return ran.stderr

    def test_a_directory_that_would_see_passwords_in_the_clear_is_refused(self):
        name = "ldap_name = uid={ncid},dc=example,dc=org"
        for url in ("ldap://directory.example.org", "http://127.0.0.1", "directory.example.org"):
            self.assertIn("ldap_url: ", self.objections("ldap_url = " + url, name))
        for url, more in (("ldaps://directory.example.org", ()), ("ldap://127.0.0.1:389", ()),
                          ("ldap://directory.example.org", ("ldap_start_tls = yes",))):
            if HAS_LDAP:
                self.assertNotIn("ldap_", self.objections("ldap_url = " + url, name, *more))

    def test_a_name_has_the_ncid_once(self):
        for name in ("uid=x", "uid={ncid},cn={ncid}"):
            self.assertIn("ldap_name: has to have {ncid} once",
                          self.objections("ldap_url = ldaps://x", "ldap_name = " + name))
        self.assertIn("ldap_name: and ldap_url belong together", self.objections("ldap_url = ldaps://x"))
        self.assertIn("proxy_sign_in: ", self.objections("proxy_sign_in = //evil.example.org"))


class Proxy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="nctracks-proxy-")
        secret = pathlib.Path(cls.folder.name) / "secret"
        secret.write_text(SECRET + "\n")
        secret.chmod(0o600)
        cls.server = Server(proxy_secret_file=secret)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        cls.folder.cleanup()

    def test_whom_the_proxy_names_is_signed_in(self):
        browser = Browser(self.server)
        answer = browser.ask("POST", "/api/session/proxy", headers={
            "X-NCTracks-Proxy": SECRET, "X-NCTracks-User": "petra.prior", "X-NCTracks-Acr": "aal2",
            "X-NCTracks-Amr": "pwd otp"})
        self.assertEqual((answer.status, answer.data["state"], answer.data["ncid"]), (200, "signed_in", "petra.prior"))
        self.assertEqual(browser.get("/api/me").data["ncid"], "petra.prior")
        self.assertEqual(self.server.ask("GET", "/api/site").data["proxy_sign_in"], "/oauth2/start")

    def test_the_receipt_says_how_the_signer_was_authenticated(self):
        petra = Browser(self.server)
        petra.ask("POST", "/api/session/proxy", headers={
            "X-NCTracks-Proxy": SECRET, "X-NCTracks-User": "petra.prior", "X-NCTracks-Acr": "aal2",
            "X-NCTracks-Amr": "pwd otp"})
        asked = {"kind": "pharmacy_pa", "document": document()}
        review = petra.ask("POST", f"/api/providers/{CLINIC}/reviews", asked)
        body = {**asked, "review": review.data["review"], "pin": self.server.pin_of("petra.prior"), "password": PASSWORD}
        answer = petra.ask("POST", f"/api/providers/{CLINIC}/signatures", body, {"Idempotency-Key": "one"})
        self.assertEqual(answer.status, 201, answer.body)
        self.assertRegex(answer.data["text"], "aal2; pwd otp; 20")

    def test_nobody_else_is_believed(self):
        for headers in ({}, {"X-NCTracks-Proxy": SECRET}, {"X-NCTracks-User": "petra.prior"},
                        {"X-NCTracks-Proxy": "", "X-NCTracks-User": "petra.prior"},
                        {"X-NCTracks-Proxy": SECRET[:-1] + "0", "X-NCTracks-User": "petra.prior"},
                        {"X-NCTracks-Proxy": SECRET + "0", "X-NCTracks-User": "petra.prior"}):
            answer = self.server.ask("POST", "/api/session/proxy", headers=headers)
            self.assertEqual((answer.status, answer.code), (401, "HTTP_UNAUTHORIZED"), headers)
            self.assertIsNone(answer.headers.get("Set-Cookie"))
        both = {"X-NCTracks-Proxy": SECRET, "X-NCTracks-User": "petra.prior"}
        self.assertEqual(self.server.ask("GET", "/api/me", headers=both).status, 401)
        self.assertEqual(self.server.ask("POST", "/api/session/proxy", headers={**both, "X-NCTracks": None}).status, 403)

    def test_somebody_the_portal_does_not_know_is_refused(self):
        for ncid, status in (("no.body.here", 403), ("not an ncid", 422)):
            answer = self.server.ask("POST", "/api/session/proxy",
                                     headers={"X-NCTracks-Proxy": SECRET, "X-NCTracks-User": ncid})
            self.assertEqual(answer.status, status, answer.body)
        self.assertNotIn(SECRET, self.server.log_text())

    def test_without_a_secret_no_proxy_is_believed(self):
        server = Server()
        try:
            answer = server.ask("POST", "/api/session/proxy",
                                headers={"X-NCTracks-Proxy": "", "X-NCTracks-User": "petra.prior"})
            self.assertEqual(answer.status, 401)
        finally:
            server.close()


if __name__ == "__main__":
    unittest.main()
