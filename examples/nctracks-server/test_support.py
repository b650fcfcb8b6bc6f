"""A running server with demonstration data, asked over HTTP; each answer is held against openapi.yaml."""
import base64
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time

import jsonschema
import yaml

HERE = pathlib.Path(__file__).resolve().parent
SERVER = os.environ["NCTRACKS_SERVER"]
DEMO = os.environ["NCTRACKS_SERVER_DEMO"]
PASSWORD = "violet-kayak-harbor-42"
CLINIC = "1234567893"
DOCTOR = "1000000012"
PRACTICE = "1000000020"
CONTRACT = yaml.safe_load((HERE / "openapi.yaml").read_text())
METHODS = ("get", "post", "put", "delete")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def template_of(path):
    """The contract's template of a path: as the server, the one with fixed parts first."""
    fitting = [template for template in CONTRACT["paths"]
               if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path)]
    return min(fitting, key=lambda template: template.count("{")) if fitting else None


def resolve(thing):
    while "$ref" in thing:
        target = CONTRACT
        for part in thing["$ref"].split("/")[1:]:
            target = target[part]
        thing = target
    return thing


def check_contract(method, path, answer):
    """The answer has the status, the type and the shape that openapi.yaml says."""
    template = template_of(path.split("?")[0])
    if template is None or method.lower() not in CONTRACT["paths"][template]:
        return None
    operation = CONTRACT["paths"][template][method.lower()]
    responses = operation["responses"]
    response = resolve(responses.get(str(answer.status), responses.get("default", {"description": ""})))
    content = response.get("content", {})
    if not content:
        assert answer.status == 204 and answer.body == b"", (method, path, answer.status, answer.body)
        return operation["operationId"]
    kind = answer.headers["Content-Type"].split(";")[0]
    assert kind in content, (method, path, answer.status, kind, answer.body)
    if kind.endswith("json"):
        schema = {**content[kind]["schema"], "components": CONTRACT["components"]}
        jsonschema.Draft202012Validator(schema).validate(answer.json)
    return operation["operationId"]


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def data(self):
        return self.json["data"]

    @property
    def code(self):
        return self.json["code"]


def database_for(path):
    """A file in the folder; where the tests are to run on PostgreSQL, the database of its own they got, emptied."""
    url = os.environ.get("NCT_TEST_POSTGRESQL")
    if url is None:
        return path / "portal.db"
    subprocess.run(["psql", "-X", "-q", url, "-c", "SET client_min_messages = warning",
                    "-c", "DROP SCHEMA IF EXISTS nctracks CASCADE"], check=True)
    return url


class Site:
    """What answers at a port of this machine."""

    def __init__(self, port):
        self.port = port
        self.covered = set()

    def send(self, method, path, body=None, headers=None, raw=None):
        """One request on a connection of its own, whatever answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        sent = {"X-NCTracks": "1"} if method not in ("GET", "HEAD") else {}
        if body is not None:
            sent["Content-Type"] = "application/json"
            raw = json.dumps(body).encode()
        sent.update(headers or {})
        sent = {name: value for name, value in sent.items() if value is not None}
        connection.request(method, path, raw, sent)
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def ask(self, method, path, body=None, headers=None, raw=None):
        """One request, and the answer the contract says."""
        answer = self.send(method, path, body, headers, raw)
        self.covered.add((check_contract(method, path, answer), answer.status))
        return answer

    def mails(self):
        """Every mail so far, oldest first."""
        return self.ask("GET", "/demo/mail").data[::-1]

    def wait_for_mail(self, ncid, holds="", after=0):
        """The newest mail about an NCID that holds a pattern, once it is there."""
        for _ in range(200):
            for mail in reversed(self.mails()[after:]):
                text = mail["subject"] + "\n" + mail["body"]
                if ncid in text and re.search(holds, text):
                    return mail
            time.sleep(0.1)
        raise AssertionError(f"no mail about {ncid}: {holds}")

    def pin_of(self, ncid, after=0):
        """The PIN of the newest mail that has one for this NCID."""
        return re.search(r"PIN:\s+(\d{6})", self.wait_for_mail(ncid, r"PIN:\s+\d{6}", after)["body"])[1]


class Server(Site):
    """A store of its own in a temporary folder, and a server on it."""

    def __init__(self, **options):
        super().__init__(free_port())
        self.folder = tempfile.TemporaryDirectory(prefix="nctracks-server-")
        self.path = pathlib.Path(self.folder.name)
        self.options = {"port": self.port, "plain_http": "yes", "demo": "yes", "profile": "2013",
                        "database": database_for(self.path), "key_file": self.path / "portal.key",
                        "mail_folder": self.path / "mail", "operators": "agnes.agency arno.agency",
                        "roster_folder": self.path / "rosters",
                        "tries_per_minute": 100000, "requests_per_minute": 100000, "upkeep_seconds": 1}
        self.config = self.path / "server.conf"
        # The store is filled by a demonstration, whatever the server is to be afterwards.
        self.write({**self.options, **{name: value for name, value in options.items() if name in ("profile", "profile_file")}})
        made = subprocess.run([DEMO, self.config], stdout=subprocess.PIPE, text=True, check=True)
        self.authorization_code = re.search(r"letter: (\w+)", made.stdout)[1]
        self.options.update(options)
        self.write(self.options)
        self.log = open(self.path / "log", "w+")
        self.start()

    def write(self, options):
        self.config.write_text("".join(f"{name} = {value}\n" for name, value in options.items()))

    def start(self):
        self.process = subprocess.Popen([SERVER, "serve", self.config], stderr=self.log)
        for _ in range(600):
            if subprocess.run([SERVER, "healthcheck", self.config], stdout=subprocess.DEVNULL).returncode == 0:
                return
            assert self.process.poll() is None, (self.path / "log").read_text()
            time.sleep(0.05)
        raise AssertionError("the server does not get ready")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(60) == 0, (self.path / "log").read_text()

    def kill(self):
        """As when the power fails, for the process: nothing is ended in order."""
        self.process.kill()
        self.process.wait(60)

    def close(self):
        self.stop()
        self.log.close()
        self.folder.cleanup()

    def log_text(self):
        return (self.path / "log").read_text()


class Browser:
    """Somebody's cookie."""

    def __init__(self, server, ncid=None, password=PASSWORD):
        self.server = server
        self.cookie = None
        if ncid is not None:
            answer = self.sign_in(ncid, password)
            assert answer.status == 200, answer.body

    def sign_in(self, ncid, password=PASSWORD):
        return self.ask("POST", "/api/session", {"ncid": ncid, "password": password})

    def ask(self, method, path, body=None, headers=None, raw=None):
        headers = dict(headers or {})
        if self.cookie is not None:
            headers.setdefault("Cookie", self.cookie)
        answer = self.server.ask(method, path, body, headers, raw)
        given = answer.headers.get("Set-Cookie")
        if given is not None:
            self.cookie = given.split(";")[0] if "Max-Age=0" not in given else None
        return answer

    def get(self, path):
        return self.ask("GET", path)


def encoded(content):
    return base64.b64encode(content).decode()


def document(content=b"A made-up prior approval request.\n", name="PA-1"):
    return {"id": name, "version": "1", "content_base64": encoded(content)}
