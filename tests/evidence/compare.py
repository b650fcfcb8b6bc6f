#!/usr/bin/env python3
"""Changes evidence in every way and compares what the independent readers say of it with what the library says.

    compare.py LIBRARY_VERDICTS FOLDER

Each copy with one changed bit, each that is cut off, of receipts, repudiations, checkpoints, proofs and leaves: refused
by both, with the same status. Entries of streams dropped, swapped, doubled, truncated, spliced and changed, as they are
and chained anew: the same verdict at the same place by both, alone and against a checkpoint; and TAMPERED, unless theory
says that nothing could show it.
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from verify import Reader, Refused, decode, flipped
from verify import verify as verify_evidence
from verify_checkpoint import check_previous, check_proof, head_of, open_checkpoint, read_leaves
from verify_ledger import NO_HASH, UNANCHORED, VALID, TAMPERED, hash_of, judge, read_header


def status_of(function, *arguments, **named):
    try:
        function(*arguments, **named)
    except Refused as reason:
        return reason.status
    return "NCT_OK"


def is_same(letter, mine, theirs):
    """A changed bit can make an unknown key of a proof that is out of order as well: either may be found first."""
    either = {"NCT_E_ENCODING", "NCT_E_UNSUPPORTED"}
    return mine == theirs or (letter == b"P" and {mine, theirs} == either)


class Questions:
    """What is asked of both, and what the readers answered."""

    def __init__(self):
        self.asked, self.answers, self.labels = [], [], []

    def ask(self, label, letter, pieces, answer):
        self.labels.append(label)
        self.asked.append(letter.encode() + str(len(pieces)).encode() +
                          b"".join(len(piece).to_bytes(4, "big") + piece for piece in pieces))
        self.answers.append(answer)

    def compare(self, program):
        """How many answers differ; each is told of."""
        run = subprocess.run([program], input=b"".join(self.asked), stdout=subprocess.PIPE, check=True)
        library = run.stdout.decode().splitlines()
        assert len(library) == len(self.answers)
        wrong = [(label, mine, theirs) for label, asked, mine, theirs in
                 zip(self.labels, self.asked, self.answers, library) if not is_same(asked[:1], mine, theirs)]
        for label, mine, theirs in wrong[:20]:
            print(f"{label}: the reader says {mine}, the library {theirs}", file=sys.stderr)
        return len(wrong)


def changed(data):
    for bit, copy in enumerate(flipped(data)):
        yield f"bit {bit}", copy
    for length in range(1, len(data)):
        yield f"cut to {length}", data[:length]
    yield "one byte more", data + b"\0"


def refused(answer, label):
    assert answer != "NCT_OK", f"{label}: accepted"
    return answer


def ask_evidence(questions, folder, keys):
    for path in sorted(folder.glob("*.cose")):
        if path.name.startswith("refused-"):
            continue
        data = path.read_bytes()
        questions.ask(path.name, "R", [keys, data], status_of(verify_evidence, data, keys))
        for what, copy in changed(data):
            label = f"{path.name}, {what}"
            questions.ask(label, "R", [keys, copy], refused(status_of(verify_evidence, copy, keys), label))
    for path in sorted(folder.glob("*.repudiation")):
        data, receipt = path.read_bytes(), path.with_suffix(".cose").read_bytes()
        for what, copy in [("as it is", data)] + list(changed(data)):
            status = status_of(verify_evidence, copy, keys, receipt, kind="repudiation")
            questions.ask(f"{path.name}, {what}", "D", [keys, copy, receipt], status)
            assert (status == "NCT_OK") == (copy == data), f"{path.name}, {what}"


def ask_keys(questions, folder):
    """Announcements and receipts of a key that was rotated, stolen and declared, with every key set there is of it."""
    sets = [path for path in sorted(folder.glob("*-keys.cbor"))]
    assert len(sets) >= 4
    for key_set in sets:
        keys = key_set.read_bytes()
        for path in sorted(folder.glob("*.announcement")):
            data = path.read_bytes()
            for what, copy in [("as it is", data)] + list(changed(data)):
                label = f"{path.name}, {what}, {key_set.name}"
                status = status_of(verify_evidence, copy, keys, kind="key")
                questions.ask(label, "N", [keys, copy], status)
                assert status != "NCT_OK" or (copy == data and key_set.name == "innocent-keys.cbor"), label
        for path in sorted(folder.glob("rotated-*.cose")):
            data = path.read_bytes()
            questions.ask(f"{path.name}, {key_set.name}", "R", [keys, data], status_of(verify_evidence, data, keys))


def judge_checkpoint(keys, checkpoint, **others):
    claims = open_checkpoint(checkpoint, keys)
    for name, check in (("previous", check_previous), ("proof", check_proof), ("leaves", read_leaves)):
        if name in others:
            check(claims, others[name])


def ask_checkpoints(questions, folder, keys):
    first, second = ((folder / f"{name}.checkpoint").read_bytes() for name in ("first", "second"))
    for what, copy in [("as it is", second)] + list(changed(second)):
        status = status_of(judge_checkpoint, keys, copy)
        questions.ask(f"checkpoint, {what}", "C", [keys, copy, b""], status)
        assert (status == "NCT_OK") == (copy == second), what
    for letter, name, data, count in (("C", "previous", first, 1), ("L", "leaves", None, 1), ("P", "proof", None, 2)):
        pieces = [data] if data else [(folder / "second.leaves").read_bytes()] if name == "leaves" else \
            [path.read_bytes() for path in sorted(folder.glob("*.proof"))]
        assert len(pieces) >= count
        for piece in pieces:
            for what, copy in [("as it is", piece)] + list(changed(piece)):
                status = status_of(judge_checkpoint, keys, second, **{name: copy})
                questions.ask(f"{name}, {what}", letter, [keys, second, copy], status)
                assert (status == "NCT_OK") == (copy == piece), f"{name}, {what}"
    proofs = [path.read_bytes() for path in sorted(folder.glob("*.proof"))]
    for proof in proofs:
        questions.ask("a proof, another checkpoint", "P", [keys, first, proof],
                      refused(status_of(judge_checkpoint, keys, first, proof=proof), "proof"))


# ---- Streams ----

def take_apart(data):
    """The header and the entries of an export."""
    reader, items = Reader(data), []
    while reader.at < len(data):
        start = reader.at
        reader.item()
        items.append(data[start:reader.at])
    return items[0], items[1:]


def encode(value):
    if isinstance(value, int):
        return head_of(0, value) if value >= 0 else head_of(1, -1 - value)
    if isinstance(value, bytes):
        return head_of(2, len(value)) + value
    return head_of(3, len(value.encode())) + value.encode()


def rechain(header, entries):
    stream, before, result = read_header(Reader(header)), NO_HASH, []
    for sequence, entry in enumerate(entries, 1):
        fields = {key: value for key, value in decode(entry).items() if key != 9}
        if before != NO_HASH:
            fields[9] = before
        made = head_of(5, len(fields)) + b"".join(encode(key) + encode(value) for key, value in fields.items())
        result.append(made)
        before = hash_of(stream, sequence, made)
    return result


def edit(entry):
    fields = decode(entry)
    fields[1] += 1
    return head_of(5, len(fields)) + b"".join(encode(key) + encode(value) for key, value in fields.items())


WAYS = {
    "dropped": lambda entries, at, foreign: entries[:at] + entries[at + 1:],
    "swapped": lambda entries, at, foreign: entries[:at] + entries[at:at + 2][::-1] + entries[at + 2:],
    "doubled": lambda entries, at, foreign: entries[:at + 1] + entries[at:],
    "truncated": lambda entries, at, foreign: entries[:at],
    "spliced": lambda entries, at, foreign: entries[:at] + [foreign] + entries[at:],
    "changed": lambda entries, at, foreign: entries[:at] + [edit(entries[at])] + entries[at + 1:]}


def line(answer):
    return " ".join(map(str, answer))


def verdict(data, heads=None):
    try:
        return judge(data, heads)
    except Refused as reason:
        return (reason.status,)


def check_theory(label, answer, alone, chained, same, anchored):
    """A broken chain is found. One that is whole but another, only where it departs from the anchored one."""
    found = answer[0] == TAMPERED
    assert alone[0] == (UNANCHORED if chained else TAMPERED), f"{label}: alone {alone}"
    assert found or (chained and same >= anchored), f"{label}: not found, {answer}"
    assert not found or not chained or same < anchored, f"{label}: found though nothing could show it, {answer}"


def ask_streams(questions, folder, keys):
    checkpoint, leaves = (folder / "second.checkpoint").read_bytes(), (folder / "second.leaves").read_bytes()
    heads = read_leaves(open_checkpoint(checkpoint, keys), leaves)
    exports = [path.read_bytes() for path in sorted(folder.glob("stream-*.cborseq"))]
    for number, data in enumerate(exports):
        header, entries = take_apart(data)
        anchored = heads[read_header(Reader(header))][0]
        foreign = take_apart(exports[number - 1])[1][0]

        def ask(label, copy):
            alone, answer = verdict(copy), verdict(copy, heads)
            questions.ask(label, "E", [copy], line(alone))
            questions.ask(label, "A", [keys, checkpoint, leaves, copy], line(answer))
            return alone, answer

        _, answer = ask("whole", data)
        assert answer == (VALID if len(entries) == anchored else UNANCHORED, len(entries), anchored), answer
        for what, copy in changed(data):
            ask(f"stream {number}, {what}", copy)
        for way, change in WAYS.items():
            for at in range(len(entries)):
                made = change(entries, at, foreign)
                for chained in (False, True):
                    copy = rechain(header, made) if chained else made
                    same = next((i for i, pair in enumerate(zip(copy, entries)) if pair[0] != pair[1]),
                                min(len(copy), len(entries)))
                    label = f"stream {number}, {way} at {at}, {'re-chained' if chained else 'as it is'}"
                    alone, answer = ask(label, header + b"".join(copy))
                    is_whole = len(copy) > 0 and copy == rechain(header, copy)
                    check_theory(label, answer, alone, is_whole, same, anchored)


def main(program, folder):
    folder, questions = pathlib.Path(folder), Questions()
    keys = (folder / "keys.cbor").read_bytes()
    ask_evidence(questions, folder, keys)
    ask_keys(questions, folder)
    ask_checkpoints(questions, folder, keys)
    ask_streams(questions, folder, keys)
    wrong = questions.compare(program)
    print(f"{len(questions.asked)} copies judged by both, {wrong} of them differently")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
