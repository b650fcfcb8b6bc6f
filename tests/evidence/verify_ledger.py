#!/usr/bin/env python3
"""Verifies exported streams of the ledger of NCTracks. Written from doc/ledger.cddl and doc/checkpoint.cddl alone, without
the library.

    verify_ledger.py EXPORT
    verify_ledger.py EXPORT KEYS CHECKPOINT LEAVES
    verify_ledger.py --consistent KEYS CHECKPOINT LEAVES CHECKPOINT LEAVES EXPORT...

The first two print a verdict, VALID, VALID_BUT_UNANCHORED or TAMPERED, how many entries are valid or where the chain is
broken, and how many of them the checkpoint vouches for; exit 0, or 1 for TAMPERED. The third verifies that between two
checkpoints no stream shrank or changed its past: each stream of the first is in the second, with as many entries or
more, and the chain in its export goes through both heads; exit 0. Exit 3 with the reason: refused.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from verify import Reader, Refused, bstr, check_map, require
from verify_checkpoint import INTEGRITY, blake2b, blob, of_text, open_checkpoint, read_leaves

VALID, UNANCHORED, TAMPERED = "VALID", "VALID_BUT_UNANCHORED", "TAMPERED"


def number(least, most):
    return lambda value: type(value) is int and least <= value <= most and value != 0


def text(most):
    return lambda value: isinstance(value, str) and 1 <= len(value.encode()) <= most and "\0" not in value


def digest(value):
    return bstr(32)(value) and value != NO_HASH


NO_HASH = bytes(32)
TIME, INT = number(-(1 << 63), (1 << 63) - 1), number(-(1 << 31), (1 << 31) - 1)
ENTRY = {1: ("time", TIME), 2: ("event", INT), 3: ("outcome", INT), 4: ("actor", text(1 << 16)),
         5: ("subject", text(1 << 16)), 6: ("provider", text(1 << 16)), 7: ("detail", text(1 << 16)),
         8: ("evidence", digest), 9: ("previous", digest)}


def read_header(reader):
    """The key of the stream."""
    header = reader.item()
    require(isinstance(header, list) and len(header) == 2, "no export")
    require(type(header[0]) is int and header[0] >= 0 and blob(1, 17)(header[1]), "no export")
    require(header[0] == 1, "an export of another version", "NCT_E_UNSUPPORTED")
    return header[1]


def hash_of(stream, sequence, entry):
    place = stream + sequence.to_bytes(8, "big")
    return blake2b(b"nctracks/ledger/1\0" + bytes([len(place)]) + place + entry)


def follow(data):
    """The stream, the hashes of the entries that are right, and whether these are all."""
    reader, hashes = Reader(data), [NO_HASH]
    stream = read_header(reader)
    while reader.at < len(data):
        start = reader.at
        try:
            entry = check_map(reader.item(), ENTRY, optional=ENTRY)
            require(entry.get("previous", NO_HASH) == hashes[-1], "another entry was before")
        except Refused:
            return stream, hashes, False
        hashes.append(hash_of(stream, len(hashes), data[start:reader.at]))
    return stream, hashes, len(hashes) > 1


def judge(data, heads=None):
    """(verdict, how many entries are valid or where it is broken, how many the checkpoint vouches for)"""
    stream, hashes, whole = follow(data)
    count = len(hashes) - 1
    anchored, head = (heads or {}).get(stream, (0, NO_HASH))
    if count < anchored:
        return TAMPERED, count + 1, anchored
    if hashes[anchored] != head:
        return TAMPERED, anchored, anchored
    if not whole:
        return TAMPERED, count + 1, anchored
    return VALID if heads and stream in heads and count == anchored else UNANCHORED, count, anchored


def check_consistency(keys, first, second, exports):
    """No stream shrank or changed its past between two checkpoints, each with its leaves."""
    before, after = (read_leaves(open_checkpoint(of_text(checkpoint), keys), leaves)
                     for checkpoint, leaves in (first, second))
    chains = {stream: hashes for stream, hashes, _ in map(follow, exports)}
    for stream, (sequence, head) in before.items():
        name = repr(stream)
        require(stream in after, f"{name} is gone", INTEGRITY)
        require(after[stream][0] >= sequence, f"{name} has shrunk", INTEGRITY)
        require(after[stream][0] > sequence or after[stream][1] == head, f"{name} has another past", INTEGRITY)
        for place, wanted in ((sequence, head), after[stream]):
            chain = chains.get(stream, [])
            require(len(chain) > place, f"the chain of {name} is not whole", INTEGRITY)
            require(chain[place] == wanted, f"{name} has another past", INTEGRITY)
    return len(before)


def main(words):
    consistent = words[:1] == ["--consistent"]
    files = [pathlib.Path(word).read_bytes() for word in words[consistent:]]
    try:
        if consistent and len(files) > 5:
            streams = check_consistency(files[0], files[1:3], files[3:5], files[5:])
            print(f"{streams} streams kept their past")
            return 0
        if consistent or len(files) not in (1, 4):
            sys.exit(__doc__)
        heads = read_leaves(open_checkpoint(of_text(files[2]), files[1]), files[3]) if len(files) == 4 else None
        verdict = judge(files[0], heads)
    except Refused as reason:
        print(f"refused: {reason}", file=sys.stderr)
        return 3
    print(*verdict)
    return 1 if verdict[0] == TAMPERED else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
