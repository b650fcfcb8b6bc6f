#!/usr/bin/env python3
"""Rosters with every dirt in every column, and imports that are killed or interrupted. Usage: fuzz_roster.py PROGRAM

Whatever a roster holds: each of its lines is enrolled or refused, and what is enrolled is what was meant. Whenever an
import is ended: the code of each provider that is enrolled is in a codes file, and a signal is answered by the counts."""
import csv
import fcntl
import io
import json
import os
import pathlib
import random
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
HEADER = ["npi", "kind", "name", "tax_id", "email", "phone"]
NAME = "Café Clinic"


def npi(number):
    body = f"1{number:08d}"
    total = 24 + sum(int(d) if i % 2 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(body))
    return body + str(-total % 10)


def clean(number):
    return [npi(number), "organization", NAME, "05-0000001", "office@example.org", "919-555-0100"]


# Each makes a dirty field of a clean one. It may be refused or read as what was meant, never as something else.
DIRT = {
    "empty": lambda v: "", "space": lambda v: " ", "spaces around": lambda v: f"  {v} ",
    "tab": lambda v: f"\t{v}\t", "inner tab": lambda v: f"{v[:3]}\t{v[3:]}", "NBSP": lambda v: f"\u00a0{v}\u00a0",
    "inner NBSP": lambda v: v.replace(" ", "\u00a0"), "thin space": lambda v: f"{v}\u2009",
    "zero width": lambda v: f"{v[:3]}\u200b{v[3:]}", "BOM": lambda v: f"\ufeff{v}",
    "right to left": lambda v: f"\u202e{v}", "soft hyphen": lambda v: f"{v[:3]}\u00ad{v[3:]}",
    "NUL": lambda v: f"{v}\0", "bell": lambda v: f"{v}\a", "CR": lambda v: f"{v[:3]}\r{v[3:]}",
    "line break": lambda v: f"{v[:3]}\n{v[3:]}", "CR LF": lambda v: f"{v[:3]}\r\n{v[3:]}",
    "NFD": lambda v: unicodedata.normalize("NFD", v), "accent": lambda v: f"{v}\u0301",
    "mojibake": lambda v: f"{v}é".encode().decode("cp1252"), "replacement": lambda v: f"{v}\ufffd",
    "fullwidth": lambda v: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in v),
    "Cyrillic": lambda v: v.translate(str.maketrans("aeo", "\u0430\u0435\u043e")) + "\u0430",
    "formula": lambda v: "=HYPERLINK(1)", "formula of it": lambda v: f'="{v}"', "plus": lambda v: f"+{v}",
    "minus": lambda v: f"-{v}", "at": lambda v: f"@{v}", "apostrophe": lambda v: f"'{v}",
    "curly quotes": lambda v: f"\u201c{v}\u201d", "exponent": lambda v: "1.23E+09", "exponent 2": lambda v: "1e+09",
    "rounded": lambda v: v[:-3] + "000", "decimal": lambda v: f"{v}.0", "thousands": lambda v: "1,234,567,893",
    "zero lost": lambda v: v.replace("-", "").lstrip("0"), "short": lambda v: v[:-1], "long": lambda v: f"{v}0",
    "swapped": lambda v: v[:4] + v[5] + v[4] + v[6:], "date": lambda v: "1/2/2025", "ISO date": lambda v: "2025-01-02",
    "day": lambda v: "5-Mar", "month": lambda v: "Mar-25", "date and time": lambda v: "2025-01-02 00:00:00",
    "error": lambda v: "#N/A", "reference": lambda v: "#REF!", "hashes": lambda v: "#######", "null": lambda v: "NULL",
    "not a number": lambda v: "nan", "none": lambda v: "None", "false": lambda v: "FALSE", "dash": lambda v: "-",
    "digits": lambda v: "99999999999", "number": lambda v: "0", "semicolon": lambda v: f"{v};", "huge": lambda v: v * 500,
    "a row": lambda v: "\n" + ",".join(clean(99999)) + "\n", "a row and quote": lambda v: f'"\n{",".join(clean(99998))}',
}
# Mistakes that leave something well-formed, which nobody can see: read as it stands, or refused.
TYPOS = {"short", "long", "swapped", "rounded", "semicolon", "decimal", "Cyrillic", "plus"}
# Those that have one reading, in every column.
HARMLESS = {"spaces around", "tab", "NBSP", "thin space"}
# And what is done to a whole line or field as it is written.
RAW = {
    "latin-1": lambda r: line(r).encode("latin-1"), "cp1252": lambda r: line(r).replace("é", "\u2019").encode("cp1252"),
    "open quote": lambda r: line(r[:2] + ['"' + r[2]] + r[3:], plain=True).encode(),
    "close quote": lambda r: line(r[:2] + [r[2] + '"'] + r[3:], plain=True).encode(),
    "backslash": lambda r: line(r[:2] + [f'"{r[2]} \\"x\\""'] + r[3:], plain=True).encode(),
    "one less": lambda r: line(r[:5]).encode(), "one more": lambda r: line(r + ["x"]).encode(),
    "shifted": lambda r: line(r[1:] + r[:1]).encode(), "commas behind": lambda r: line(r + ["", ""]).encode(),
    "semicolons": lambda r: line(r).replace(",", ";").encode(), "all quoted": lambda r: quoted(r).encode(),
}


def line(row, plain=False):
    if plain:
        return ",".join(row) + "\n"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue()


def quoted(row):
    return ",".join(f'"{value}"' for value in row) + "\n"


def run(*words, **options):
    return subprocess.run([PROGRAM, *words], capture_output=True, timeout=120, **options)


def answer(result):
    return json.loads(result.stdout)


def rows_in(data):
    return sum(1 for row in data.split(b"\n") if row.strip(b", \t\r"))


def providers():
    return {p["id"]: p for p in answer(run("provider", "list", "--json"))["providers"]}


def shown(row):
    phone = "".join(c for c in row[5] if c.isdigit())
    return row[1], row[2], row[3][-4:], row[4], phone[-10:]


def check_right(enrolled, meant):
    """Each id has the rows that may stand for it: as it was meant, and with a typo that cannot be seen."""
    for name, found in enrolled.items():
        record = (found["kind"], found["name"], found["tax_id"][-4:], found["email"], found["phone"])
        assert record in [shown(row) for row in meant.get(name, [])], f"not meant: {found}"


def import_all(data, *words):
    pathlib.Path("fuzz.csv").write_bytes(data)
    result = run("provider", "import", "fuzz.csv", "--json", *words)
    said = answer(result)
    assert result.returncode in (0, 1, 2), result
    assert said["rows"] == rows_in(data) - 1, (said["rows"], rows_in(data) - 1)
    assert said["enrolled"] + said["reissued"] + said["refused"] == said["rows"], said
    told = sum(r.get("last_line", r["line"]) - r["line"] + 1 for r in said["refusals"])
    assert told >= said["refused"], (told, said["refused"])
    return said


def every_dirt_in_every_column():
    """One roster in which each row has one dirty field. A row that opens a quote ends with a line that closes it."""
    data, meant, harmless = io.BytesIO(), {}, set()
    data.write(line(HEADER).encode())
    cases = [(name, column) for name in DIRT for column in range(6)] + [(name, None) for name in RAW]
    for number, (name, column) in enumerate(cases):
        row = clean(number)
        meant[row[0]] = [row]
        if column is None:
            data.write(RAW[name](row))
            data.write(b'x","y\n' if name == "open quote" else b"")
        else:
            dirty = row[:column] + [DIRT[name](row[column])] + row[column + 1:]
            data.write(line(dirty).encode())
            if name in TYPOS:
                meant.setdefault(dirty[0], []).append(dirty)
        if name in HARMLESS or name in ("commas behind", "all quoted"):
            harmless.add(row[0])
    dry = import_all(data.getvalue(), "--dry-run")
    said = import_all(data.getvalue(), "--codes", "all.csv")
    same = all(dry[count] == said[count] for count in ("rows", "enrolled", "refused", "refusals"))
    assert same, "the dry run said something else"
    enrolled = providers()
    check_right(enrolled, meant)
    assert len(enrolled) == said["enrolled"]
    assert harmless <= enrolled.keys(), harmless - enrolled.keys()
    assert codes_in("all.csv") == set(enrolled)
    return len(cases)


def damaged_at_random(seed):
    """A good roster of which bytes were changed, taken and put in: what is enrolled is what a line of it says."""
    chance = random.Random(seed)
    rows = [clean(5000 + 40 * seed + n) for n in range(30)]
    for row in rows:
        row[2] = chance.choice(["Plain Clinic", "Comma, Inc.", 'Quote "Q" Inc.', NAME])
    data = bytearray("".join(line(row) for row in [HEADER] + rows).encode())
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(40, len(data))
        data[at:at + chance.randint(0, 1)] = chance.choice([b'"', b",", b"\n", b"\r", b'"', b"\0", b"\xe9", b""])
    said = import_all(bytes(data), "--dry-run")
    lines = bytes(data).split(b"\n")
    within = {n for r in said["refusals"] for n in range(r["line"], r.get("last_line", r["line"]) + 1)}
    left = [n for n, text in enumerate(lines, 1) if n > 1 and n not in within and text.strip(b", \t\r")]
    assert len(left) == said["enrolled"], seed
    for n in left:  # a row for itself, with all its fields
        fields = next(csv.reader([lines[n - 1].decode().rstrip("\r")], strict=True))
        assert len([f for f in fields if f]) == 6, (seed, fields)


def codes_in(pattern):
    found = set()
    for path in pathlib.Path(".").glob(pattern):
        for text in path.read_text().splitlines()[1:]:
            found.add(text.split(",")[0])
    return found


def killed(times):
    data = "".join(line(row) for row in [HEADER] + [clean(20000 + n) for n in range(200)])
    pathlib.Path("killed.csv").write_text(data)
    before = set(providers())
    for turn in range(times):
        process = subprocess.Popen([PROGRAM, "provider", "import", "killed.csv", "--codes", f"killed{turn}.out"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.03 + 0.013 * turn)
        process.kill()
        process.wait()
        lost = set(providers()) - before - codes_in("killed*.out")
        assert not lost, f"enrolled without a code: {lost}"
    result = run("provider", "import", "killed.csv", "--codes", "killed.out", "--json")
    assert answer(result)["enrolled"] + answer(result)["refused"] == 200
    assert set(providers()) - before == codes_in("killed*.out")


def waiting_in(pipe):
    """How many bytes nobody has read yet."""
    return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, struct.pack("i", 0)))[0]


def interrupted(number, words):
    """The import reads from a pipe and has come to its end when the signal comes."""
    codes = pathlib.Path(f"interrupted{number}{len(words)}.out")
    rows = [clean(30000 + 10 * number + 5 * len(words) + n) for n in range(3)]
    process = subprocess.Popen([PROGRAM, "provider", "import", "-", "--codes", str(codes), *words],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write("".join(line(row) for row in [HEADER] + rows + [["bad"]]).encode())
    process.stdin.flush()
    while not codes.exists() or waiting_in(process.stdin) > 0:
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(0.2)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number, (process.returncode, err)
    if words:
        said = json.loads(out)
        assert (said["ok"], said["status"]) == (False, "CLI_INTERRUPTED"), said
        assert (said["rows"], said["enrolled"], said["refused"]) == (4, 3, 1), said
    else:
        assert b"3 enrolled, 1 refused, of 4 rows" in out and b"interrupted after line 5" in err, (out, err)
    assert codes_in(str(codes)) == {row[0] for row in rows}


def main():
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # kills are of processes: no disk is needed
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        os.chdir(folder)
        assert run("init").returncode == 0
        count = every_dirt_in_every_column()
        for seed in range(60):
            damaged_at_random(seed)
        killed(8)
        for number in (signal.SIGINT, signal.SIGTERM):
            interrupted(number, [])
            interrupted(number, ["--json"])
        print(f"{count} kinds of dirt, 60 damaged rosters, 8 kills, 4 interruptions")


main()
