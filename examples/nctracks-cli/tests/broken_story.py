#!/usr/bin/env python3
"""The story of scripts/demo told once, with something broken before every step: the key is gone, the rules can be written by
anybody, the disk takes nothing, the clock goes wrong, the process is killed, a row of somebody else is damaged. Each break is
told as what it is, changes nothing, and the step is done once it is mended. Then the bits of the database: 60 are flipped, one
at a time. Each flip is found by 'doctor --all' or harmless, and none in a row stops another provider's work.
Usage: broken_story.py PROGRAM
"""
import contextlib
import glob
import json
import os
import pathlib
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.realpath(sys.argv[1])
CLINIC, BRANCH, OTHER = "1234567893", "1000000012", "1000000038"
WORDS = "violet kayak of {}"
FAKETIME = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")


def run(*words, lines=None, offset=None, limit=None):
    """The answer of the program: exit code, standard output and error. `lines` go to descriptor 3."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NCTRACKS_")}
    if offset is not None:
        environment.update(LD_PRELOAD=FAKETIME[0], FAKETIME=offset)
    reader, writer = os.pipe()
    os.write(writer, "".join(line + "\n" for line in lines or []).encode())
    os.close(writer)

    def prepare():
        os.dup2(reader, 3)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    result = subprocess.run([PROGRAM, *words], capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL,
                            pass_fds=[3], preexec_fn=prepare, timeout=300)
    os.close(reader)
    return result


def run_in_turn(*words, lines=None):
    """As run(). A try of a password or PIN that was killed keeps its turn until the rules' try.longest, 30 seconds, is over;
    a try before that is told to come again, and does."""
    last = time.monotonic() + 90
    result = run(*words, lines=lines)
    while "try again" in result.stderr and time.monotonic() < last:
        time.sleep(1)
        result = run(*words, lines=lines)
    return result


def person(ncid, first, last):
    return {"ncid": ncid, "first_name": first, "last_name": last, "email": f"{ncid}@example.org", "phone": "919-555-0101"}


def write_form(provider, code):
    people = [dict(person("frank.front", "Frank", "Front"), rights=["eligibility.inquiry"]),
              dict(person("petra.prior", "Petra", "Prior"), rights=["pa.submit", "pa.inquiry"])]
    form = {"provider": {"npi": provider, "authorization_code": code},
            "office_administrator": dict(person("olivia.owner", "Olivia", "Owner"), relationship="owner"),
            "eft": {"routing_number": "123456780", "account_number": "000123456789", "account_type": "checking",
                    "account_holder": "Elm Street Clinic"}, "users": people}
    pathlib.Path(f"{provider}.json").write_text(json.dumps(form))


def codes():
    return dict(line.split(",") for path in sorted(glob.glob("*codes*.csv"), key=os.path.getmtime)
                for line in pathlib.Path(path).read_text().split()[1:])


def register_words(provider):
    write_form(provider, codes()[provider])
    return ["register", f"{provider}.json"]


def sign_words():
    pins = [line.split(":")[1].strip() for path in sorted(glob.glob("mail/*.eml"), key=os.path.getmtime)
            if "NCID: petra.prior" in pathlib.Path(path).read_text()
            for line in pathlib.Path(path).read_text().split("\n") if line.strip().startswith("PIN:")]
    words = ["sign", "--ncid", "petra.prior", "--provider", CLINIC, "--kind", "pharmacy_pa", "--document", "request.txt",
             "--document-id", "PA-1", "--document-version", "1", "--attestation", "attestation.txt", "--attestation-version",
             "example-1", "--idempotency-key", "the-only-one", "--password-fd", "3", "--pin-fd", "3"]
    return words, [WORDS.format("petra.prior"), pins[-1]]


# What is done, and whether it is sure to write.
STEPS = [
    ("import", lambda: (["provider", "import", "roster.csv", "--reissue"], None), True),
    ("register the clinic", lambda: (register_words(CLINIC), None), True),
    ("register the branch", lambda: (register_words(BRANCH), None), True),
    ("a password", lambda: (["password", "set", "petra.prior", "--password-fd", "3"], [WORDS.format("petra.prior")]), True),
    ("a user", lambda: (["user", "grant", "frank.front", "--by", "olivia.owner", "--provider", CLINIC, "--add",
                         "claim.inquiry"], None), True),
    ("check", lambda: (["check", "frank.front", CLINIC, "claim.inquiry"], None), False),
    ("sign", sign_words, True),
    ("signatures", lambda: (["signature", "list", "--provider", CLINIC], None), False),
    ("due work", lambda: (["due", "run"], None), False),
    ("mail", lambda: (["mail", "flush"], None), False),
    ("checkpoint", lambda: (["checkpoint", "make"], None), True),
    ("ledger", lambda: (["audit", "verify"], None), False),
]


def says(result, code, *texts):
    assert result.returncode == code, (result.args, result.returncode, result.stdout, result.stderr)
    for text in texts:
        assert text in result.stdout + result.stderr, (text, result.stdout, result.stderr)


# ---- Breaks that are refused before anything is done, and mended ----

def key_gone(words, lines, writes):
    os.rename("nctracks.key", "away.key")
    says(run(*words, lines=lines), 3, "nctracks.key", "No such file or directory")
    os.rename("away.key", "nctracks.key")


def rules_open_to_all(words, lines, writes):
    os.chmod("nctracks.profile", 0o666)
    says(run(*words, lines=lines), 3, "nctracks.profile")
    os.chmod("nctracks.profile", 0o600)


def no_room(words, lines, writes):
    """A file may not grow at all: what only reads goes on where it can."""
    result = run(*words, lines=lines, limit=0)
    assert result.returncode in ((3,) if writes else (0, 3)), (words, result)
    if result.returncode == 3:
        assert any(text in result.stderr for text in ("may not grow", "File too large", "disk")), result.stderr


def clock_behind(words, lines, writes):
    if FAKETIME and writes:
        says(run(*words, lines=lines, offset="-400d"), 3, "clock")


def clock_ahead(words, lines, writes):
    if FAKETIME and writes:
        says(run(*words, lines=lines, offset="+400d"), 3, "clock")


def opened():
    return contextlib.closing(sqlite3.connect("nctracks.db", isolation_level=None))


def rows_table(base):
    for (name,) in base.execute("select name from sqlite_master where type = 'table'").fetchall():
        columns = {column[1] for column in base.execute(f"pragma table_info({name})")}
        if {"space", "key", "value"} <= columns:
            return name
    raise AssertionError("no table of rows")


def put(space, key, value):
    with opened() as base:
        base.execute(f"update {rows_table(base)} set value = ? where space = ? and key = ?", (value, space, key))


def killed(words, lines, writes):
    """Whenever it is killed, a run after it does the step or says that it is done."""
    for turn in range(3):
        reader, writer = os.pipe()
        os.write(writer, "".join(line + "\n" for line in lines or []).encode())
        os.close(writer)
        process = subprocess.Popen([PROGRAM, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, pass_fds=[3], preexec_fn=lambda: os.dup2(reader, 3))
        os.close(reader)
        time.sleep(0.01 + 0.03 * turn)
        process.kill()
        process.wait()


BREAKS = [key_gone, rules_open_to_all, no_room, clock_behind, clock_ahead, killed]
DONE_ALREADY = ("register the clinic", "register the branch")  # after a kill that came too late
ABOUT_ALL = ("import", "due work", "mail", "checkpoint", "ledger")


def is_done(name, result):
    return result.returncode == 0 or (name in DONE_ALREADY and "Office Administrator" in result.stdout + result.stderr)


def with_a_damaged_row(name, words, lines):
    """A row of another provider: this one's work goes on; what is about all says that something was left out, or goes on."""
    with opened() as base:
        row = base.execute(f"select space, key, value from {rows_table(base)} where key = ? order by space limit 1",
                           (OTHER.encode(),)).fetchone()
    space, key, value = row
    put(space, key, value[:-1] + bytes([value[-1] ^ 1]))
    result = run_in_turn(*words, lines=lines)
    assert is_done(name, result) or (name in ABOUT_ALL and result.returncode == 3), (name, result)
    says(run("doctor", "--all"), 3, "damaged row", OTHER)
    put(space, key, value)


def tell_story():
    for name, how, writes in STEPS:
        for wreck in BREAKS:
            words, lines = how()
            wreck(words, lines, writes)
        words, lines = how()
        if name != "import":
            with_a_damaged_row(name, words, lines)
        result = run(*words, lines=lines)
        assert is_done(name, result), (name, result.stdout, result.stderr)
    says(run("provider", "show", CLINIC), 0, "registered", "olivia.owner")
    says(run("check", "frank.front", CLINIC, "claim.inquiry"), 0)
    signatures = json.loads(run("signature", "list", "--provider", CLINIC, "--json").stdout)["signatures"]
    assert len(signatures) == 1, signatures
    says(run("doctor", "--all"), 0)


# ---- Bits ----

def picture():
    """What everybody sees."""
    asked = [["provider", "list"], ["user", "list", "--provider", CLINIC], ["user", "list", "--provider", BRANCH],
             ["signature", "list", "--provider", CLINIC], ["record", "list", "--provider", CLINIC],
             ["person", "list", "--provider", CLINIC], ["audit", "show", f"provider:{CLINIC}"],
             ["audit", "show", f"provider:{BRANCH}"], ["audit", "show", "person:petra.prior"]]
    return [run(*words, "--json").stdout for words in asked]


GRANT_BY_PERSON, KEY = 7, 23  # spaces
WORK = [(CLINIC, "petra.prior", "pa.submit"), (CLINIC, "frank.front", "eligibility.inquiry"),
        (BRANCH, "petra.prior", "pa.submit"), (BRANCH, "frank.front", "eligibility.inquiry")]


def flip_file(original, before, chance):
    """A bit anywhere in the file. What it hits of the database's own structure needs the backup, and that is said."""
    at = chance.randrange(len(original) * 8)
    data = bytearray(original)
    data[at // 8] ^= 1 << at % 8
    pathlib.Path("nctracks.db").write_bytes(data)
    examined = run("doctor", "--all")
    assert examined.returncode in (0, 3), (at, examined)
    if examined.returncode == 0:
        assert picture() == before, f"bit {at}: not found, and not harmless"
    return examined.returncode == 3


def flip_row(rows, chance):
    """A bit in a row's value: found, and named. A row about a provider stops nobody elsewhere, a row about a person nobody
    else: their own list of providers counts as one, since a row taken out of it must not go unnoticed."""
    space, key, value = chance.choice(rows)
    at = chance.randrange(len(value) * 8)
    changed = bytearray(value)
    changed[at // 8] ^= 1 << at % 8
    put(space, key, bytes(changed))
    examined = run("doctor", "--all")
    if "does not open" in examined.stdout:  # without its own rows, its keys and the heads of their streams, "K..."
        assert key.endswith(b"portal") or key.startswith(b"K") or space == KEY, (space, key, examined)
        says(examined, 3, "Kind of record: ")
    else:
        says(examined, 3, "damaged row")
        elsewhere = [work for work in WORK if work[0].encode() not in key]
        answers = [(ncid, run("check", ncid, provider, right)) for provider, ncid, right in elsewhere]
        stopped = {ncid for ncid, answer in answers if answer.returncode != 0}
        about_a_person = len(elsewhere) == len(WORK) or space == GRANT_BY_PERSON
        assert len(stopped) <= about_a_person, (space, key, answers)
    put(space, key, value)


def flip_bits(times):
    with opened() as base:
        base.execute("pragma wal_checkpoint(truncate)")
        rows = base.execute(f"select space, key, value from {rows_table(base)} where length(value) > 0").fetchall()
    original, before, chance = pathlib.Path("nctracks.db").read_bytes(), picture(), random.Random(11)
    found = 0
    for _ in range(times):
        found += flip_file(original, before, chance)
        for companion in glob.glob("nctracks.db-*"):
            os.unlink(companion)
        pathlib.Path("nctracks.db").write_bytes(original)
    for _ in range(times // 2):
        flip_row(rows, chance)
    says(run("doctor", "--all"), 0)
    assert picture() == before
    return found


def main():
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # kills are of processes: no disk is needed
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        os.chdir(folder)
        says(run("init"), 0)
        pathlib.Path("roster.csv").write_text(
            "npi,kind,name,tax_id,email,phone\n"
            f"{CLINIC},organization,Elm Street Clinic,12-3456789,office@example.org,919-555-0100\n"
            f"{BRANCH},organization,Elm Street Branch,12-3456789,branch@example.org,919-555-0110\n"
            f"{OTHER},individual,Ida Individual,12-3456782,ida@example.org,919-555-0140\n")
        pathlib.Path("request.txt").write_text("Pharmacy prior approval request PA-1 for a made-up recipient.\n")
        pathlib.Path("attestation.txt").write_text("I certify that what I submit is true.\n")
        tell_story()
        shutil.rmtree("mail")
        os.mkdir("mail", 0o700)
        found = flip_bits(60)
        clock = "" if FAKETIME else ", without faketime"
        print(f"{len(STEPS)} steps with {len(BREAKS) + 1} breaks each{clock}; 60 bits of the file, {found} of them found, "
              "the others harmless; 30 bits of rows, each found")


main()
