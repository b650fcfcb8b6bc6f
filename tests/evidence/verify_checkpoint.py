#!/usr/bin/env python3
"""Verifies a checkpoint of NCTracks. Written from doc/checkpoint.cddl alone, without the library.

    verify_checkpoint.py [--sweep] KEYS CHECKPOINT [--leaves FILE] [--previous FILE] [--proof FILE]

The signature; with --leaves, that the root is that of the tree of these leaves, by the recursive definition of RFC 6962;
with --previous, that it is the checkpoint named; with --proof, that the proof leads to the root. Prints what is claimed,
and exits with 0; with 3 and the reason when something is refused. With --sweep every single changed bit of each file must
be refused too; exit 4 if one is not. Needs python3-cryptography.
"""
import argparse
import hashlib
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from verify import Reader, Refused, bstr, check_map, decode, flipped, is_one_of, open_evidence, require



INTEGRITY, UNSUPPORTED = "NCT_E_INTEGRITY", "NCT_E_UNSUPPORTED"


def uint(value):
    return type(value) is int and 0 < value < 1 << 64


def blob(least, most):
    return lambda value: isinstance(value, bytes) and least <= len(value) <= most


CLAIMS = {1: ("version", is_one_of(1)), 2: ("number", uint), 3: ("made_at", uint), 4: ("streams", uint),
          5: ("entries", uint), 6: ("root", bstr(32)), 7: ("previous", bstr(32))}
PROOF = {1: ("version", uint), 2: ("number", uint), 3: ("index", uint), 4: ("stream", blob(2, 17)),
         5: ("sequence", uint), 6: ("head", bstr(32)), 7: ("path", blob(32, 64 * 32))}


def blake2b(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def of_text(data):
    """The bytes of a checkpoint: themselves, or the digits between two lines of a text such as a mail."""
    found = re.search(rb"-----BEGIN NCTRACKS CHECKPOINT-----([0-9a-f\s]*)-----END NCTRACKS CHECKPOINT-----", data)
    return bytes.fromhex(found[1].decode()) if found else data


MISSING = {"made_at": 0, "streams": 0, "entries": 0, "previous": None}


def open_checkpoint(data, keys):
    return MISSING | open_evidence(data, keys, "checkpoint", CLAIMS, (4, 5, 7))


def check_previous(claims, data):
    """The one before is the one named, and no more than it has vanished since. Its signature is not verified."""
    try:
        payload = decode(data).content[2]
        before = MISSING | check_map(decode(payload), CLAIMS, (4, 5, 7))
    except (Refused, AttributeError, IndexError, TypeError) as error:
        raise Refused("the one before is no checkpoint", INTEGRITY) from error
    require(blake2b(data) == claims["previous"], "the one before is another", INTEGRITY)
    require(before["number"] + 1 == claims["number"], "the one before has another number", INTEGRITY)
    for name in ("streams", "entries"):
        require(before[name] <= claims[name], f"the one before has more {name}", INTEGRITY)


def root_of(leaves):
    """MTH of RFC 6962, 2.1."""
    if len(leaves) < 2:
        return blake2b(b"\0" + leaves[0] if leaves else b"")
    half = 1
    while 2 * half < len(leaves):
        half *= 2
    return blake2b(b"\1" + root_of(leaves[:half]) + root_of(leaves[half:]))


def read_leaves(claims, data):
    """{stream: (sequence, head)}, if these are the leaves of the checkpoint."""
    reader, leaves, entries, heads = Reader(data), [], 0, {}
    while reader.at < len(data):
        start = reader.at
        leaf = reader.item()
        require(isinstance(leaf, list) and len(leaf) == 3, "no leaf")
        stream, sequence, head = leaf
        require(blob(2, 17)(stream) and type(sequence) is int and sequence >= 0 and bstr(32)(head), "no leaf")
        require((sequence == 0) == (head == bytes(32)), "no head of so many entries")
        leaves.append((stream, data[start:reader.at]))
        heads[stream] = sequence, head
        entries += sequence
    require(len(leaves) == claims["streams"], "the leaves are of another checkpoint", INTEGRITY)
    require(root_of([leaf for _, leaf in leaves]) == claims["root"], "the root is not that of the leaves", INTEGRITY)
    require(entries == claims["entries"] and sorted(heads) == [stream for stream, _ in leaves],
            "streams out of order or twice, or not as many entries as claimed", INTEGRITY)
    return heads


def head_of(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    width = next(width for width in (1, 2, 4, 8) if value < 1 << 8 * width)
    return bytes([major << 5 | 24 + width.bit_length() - 1]) + value.to_bytes(width, "big")


def check_proof(claims, data):
    found = decode(data)
    require(isinstance(found, dict), "no proof")
    require(set(found) <= set(PROOF), "a proof of a later version", UNSUPPORTED)
    proof = {"version": 0, "number": 0, "index": 0, "sequence": 0, "head": bytes(32), "path": b""}
    proof |= check_map(found, PROOF, optional=(1, 2, 3, 5, 6, 7))
    require(proof["version"] == 1, "a proof of another version", UNSUPPORTED)
    require(len(proof["path"]) % 32 == 0, "the proof is malformed")
    require(proof["number"] == claims["number"], "the proof is of another checkpoint", INTEGRITY)
    require(proof["index"] < claims["streams"], "there is no such leaf", INTEGRITY)
    leaf = b"\x83" + head_of(2, len(proof["stream"])) + proof["stream"]
    leaf += head_of(0, proof["sequence"]) + head_of(2, 32) + proof["head"]
    nodes = [proof["path"][at:at + 32] for at in range(0, len(proof["path"]), 32)]
    require(climb(blake2b(b"\0" + leaf), proof["index"], claims["streams"], nodes) == claims["root"],
            "the proof does not lead to the root", INTEGRITY)
    return proof


def climb(node, index, size, nodes):
    """The root, from the definition of PATH in RFC 6962, 2.1.1: the last node of the path is the other half."""
    if size == 1:
        require(not nodes, "the path is too long", INTEGRITY)
        return node
    require(nodes, "the path is too short", INTEGRITY)
    half = 1
    while 2 * half < size:
        half *= 2
    if index < half:
        return blake2b(b"\1" + climb(node, index, half, nodes[:-1]) + nodes[-1])
    return blake2b(b"\1" + nodes[-1] + climb(node, index - half, size - half, nodes[:-1]))


def verify(files, keys):
    claims = open_checkpoint(files["checkpoint"], keys)
    if "previous" in files:
        check_previous(claims, files["previous"])
    if "leaves" in files:
        read_leaves(claims, files["leaves"])
    if "proof" in files:
        claims["proved"] = check_proof(claims, files["proof"])
    return claims


def sweep(files, keys):
    """How many changed copies were accepted."""
    accepted = 0
    for name, data in files.items():
        for changed in flipped(data):
            try:
                verify(files | {name: changed}, keys)
                accepted += 1
            except Refused:
                pass
    return accepted


def show(value):
    return value.hex() if isinstance(value, bytes) else value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("keys", type=pathlib.Path)
    parser.add_argument("checkpoint", type=pathlib.Path)
    for name in ("leaves", "previous", "proof"):
        parser.add_argument(f"--{name}", type=pathlib.Path)
    options = parser.parse_args()
    names = [name for name in ("checkpoint", "leaves", "previous", "proof") if getattr(options, name) is not None]
    files, keys = {name: getattr(options, name).read_bytes() for name in names}, options.keys.read_bytes()
    files |= {name: of_text(files[name]) for name in ("checkpoint", "previous") if name in files}
    try:
        claims = verify(files, keys)
    except Refused as reason:
        print(f"refused: {reason}", file=sys.stderr)
        return 3
    proved = claims.pop("proved", {})
    for name, value in list(claims.items()) + [(f"proof.{name}", value) for name, value in proved.items()]:
        print(f"{name}: {show(value)}")
    return 4 if options.sweep and sweep(files, keys) else 0


if __name__ == "__main__":
    sys.exit(main())
