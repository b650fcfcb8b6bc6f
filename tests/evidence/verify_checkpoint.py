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

from verify import (KEY, InvalidSignature, Reader, Refused, Tag, bstr, check_map, decode, find_key, flipped, is_one_of,
                    require, sig_structure)

assert KEY
TYPE = "application/nctracks-checkpoint+cbor"


def uint(value):
    return type(value) is int and 0 < value < 1 << 64


def blob(least, most):
    return lambda value: isinstance(value, bytes) and least <= len(value) <= most


HEADER = {1: ("alg", is_one_of(-8)), 3: ("content type", is_one_of(TYPE)), 4: ("kid", bstr(8))}
CLAIMS = {1: ("version", is_one_of(1)), 2: ("number", uint), 3: ("made_at", uint), 4: ("streams", uint),
          5: ("entries", uint), 6: ("root", bstr(32)), 7: ("previous", bstr(32))}
PROOF = {1: ("version", is_one_of(1)), 2: ("number", uint), 3: ("index", uint), 4: ("stream", blob(2, 17)),
         5: ("sequence", uint), 6: ("head", bstr(32)), 7: ("path", blob(32, 64 * 32))}


def blake2b(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def of_text(data):
    """The bytes of a checkpoint: themselves, or the digits between two lines of a text such as a mail."""
    found = re.search(rb"-----BEGIN NCTRACKS CHECKPOINT-----([0-9a-f\s]*)-----END NCTRACKS CHECKPOINT-----", data)
    return bytes.fromhex(found[1].decode()) if found else data


def open_checkpoint(data, keys):
    envelope = decode(data)
    require(isinstance(envelope, Tag) and envelope.number == 18, "no COSE_Sign1 object")
    require(isinstance(envelope.content, list) and len(envelope.content) == 4, "no COSE_Sign1 object")
    protected, unprotected, payload, signature = envelope.content
    require(bstr(64)(signature) and isinstance(unprotected, dict) and not unprotected, "no COSE_Sign1 object")
    require(isinstance(protected, bytes) and isinstance(payload, bytes), "no COSE_Sign1 object")
    header = check_map(decode(protected), HEADER)
    try:
        find_key(keys, header["kid"]).verify(signature, sig_structure(protected, payload))
    except (InvalidSignature, ValueError) as error:
        raise Refused("the signature is wrong") from error
    claims = check_map(decode(payload), CLAIMS, optional=(4, 5, 7))
    return {"streams": 0, "entries": 0, "previous": None} | claims


def root_of(leaves):
    """MTH of RFC 6962, 2.1."""
    if len(leaves) < 2:
        return blake2b(b"\0" + leaves[0] if leaves else b"")
    half = 1
    while 2 * half < len(leaves):
        half *= 2
    return blake2b(b"\1" + root_of(leaves[:half]) + root_of(leaves[half:]))


def check_leaves(claims, data):
    reader, leaves, entries, before = Reader(data), [], 0, b""
    while reader.at < len(data):
        start = reader.at
        leaf = reader.item()
        require(isinstance(leaf, list) and len(leaf) == 3, "no leaf")
        stream, sequence, head = leaf
        require(blob(2, 17)(stream) and type(sequence) is int and sequence >= 0 and bstr(32)(head), "no leaf")
        require(stream > before, "streams out of order or twice")
        leaves.append(data[start:reader.at])
        entries, before = entries + sequence, stream
    require(len(leaves) == claims["streams"] and entries == claims["entries"], "the leaves are of another checkpoint")
    require(root_of(leaves) == claims["root"], "the root is not that of the leaves")


def head_of(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    width = next(width for width in (1, 2, 4, 8) if value < 1 << 8 * width)
    return bytes([major << 5 | 24 + width.bit_length() - 1]) + value.to_bytes(width, "big")


def check_proof(claims, data):
    proof = check_map(decode(data), PROOF, optional=(3, 5, 6, 7))
    proof = {"index": 0, "sequence": 0, "head": bytes(32), "path": b""} | proof
    require(proof["number"] == claims["number"], "the proof is of another checkpoint")
    require(len(proof["path"]) % 32 == 0 and proof["index"] < claims["streams"], "the proof is malformed")
    leaf = b"\x83" + head_of(2, len(proof["stream"])) + proof["stream"]
    leaf += head_of(0, proof["sequence"]) + head_of(2, 32) + proof["head"]
    nodes = [proof["path"][at:at + 32] for at in range(0, len(proof["path"]), 32)]
    require(climb(blake2b(b"\0" + leaf), proof["index"], claims["streams"], nodes) == claims["root"],
            "the proof does not lead to the root")
    return proof


def climb(node, index, size, nodes):
    """The root, from the definition of PATH in RFC 6962, 2.1.1: the last node of the path is the other half."""
    if size == 1:
        require(not nodes, "the path is too long")
        return node
    require(nodes, "the path is too short")
    half = 1
    while 2 * half < size:
        half *= 2
    if index < half:
        return blake2b(b"\1" + climb(node, index, half, nodes[:-1]) + nodes[-1])
    return blake2b(b"\1" + nodes[-1] + climb(node, index - half, size - half, nodes[:-1]))


def verify(files, keys):
    claims = open_checkpoint(files["checkpoint"], keys)
    if "previous" in files:
        require(blake2b(files["previous"]) == claims["previous"], "the one before is another")
    if "leaves" in files:
        check_leaves(claims, files["leaves"])
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
