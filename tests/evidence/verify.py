#!/usr/bin/env python3
"""Verifies a receipt of NCTracks. Written from doc/receipt.cddl and doc/guide-evidence.md alone, without the library.

    verify.py [--sweep] KEYS RECEIPT [DOCUMENT]
    verify.py [--sweep] --repudiation KEYS DECLARATION [RECEIPT]
    verify.py [--sweep] --key KEYS ANNOUNCEMENT

The second is of the declaration that repudiates a receipt, the third of one key's announcement of the next. Prints the claims, one "name: value" a line; exit 0. Exit 3 with the reason: refused. With --sweep, every single changed
bit and every truncation of the receipt must be refused too, and every changed bit of the public key; exit 4 if one is
not. Needs the standard library, and python3-cryptography for Ed25519.
"""
import hashlib
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

CONTENT_TYPE = "application/nctracks-{}+cbor"
SUBMISSIONS = ("enrollment", "recredentialing", "fl2", "pharmacy_pa", "medical_pa")


class Refused(Exception):
    """Why something is not accepted; the status is the answer of the guide's table that says so."""

    def __init__(self, reason, status="NCT_E_ENCODING"):
        super().__init__(reason)
        self.status = status


def require(condition, reason, status="NCT_E_ENCODING"):
    if not condition:
        raise Refused(reason, status)


class Tag:
    def __init__(self, number, content):
        self.number, self.content = number, content


class Reader:
    """Deterministic CBOR: integers, strings, arrays, maps and tags, in their one encoding."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        require(count <= len(self.data) - self.at, "truncated")
        self.at += count
        return self.data[self.at - count:self.at]

    def head(self):
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if info < 24:
            return major, info
        require(info < 28, "an indefinite length or a reserved head")
        width = 1 << (info - 24)
        value = int.from_bytes(self.take(width), "big")
        require(value >= (24 if width == 1 else 1 << (4 * width)), "a head longer than needed")
        return major, value

    def item(self, depth=0):
        require(depth < 8, "nested too deep")
        major, value = self.head()
        if major == 0:
            return value
        if major == 1:
            return -1 - value
        if major == 2:
            return self.take(value)
        if major == 3:
            return self.text(value)
        if major == 4:
            require(value <= len(self.data), "truncated")
            return [self.item(depth + 1) for _ in range(value)]
        if major == 5:
            return self.map(value, depth)
        require(major == 6, "a simple value or a float")
        return Tag(value, self.item(depth + 1))

    def text(self, length):
        try:
            return self.take(length).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Refused("text is not UTF-8") from error

    def map(self, count, depth):
        result, before = {}, b""
        require(count <= len(self.data), "truncated")
        for _ in range(count):
            start = self.at
            key = self.item(depth + 1)
            encoded = self.data[start:self.at]
            require(isinstance(key, (int, str)) and encoded > before, "keys of a map out of order, twice, or strange")
            result[key], before = self.item(depth + 1), encoded
        return result


def decode(data):
    reader = Reader(data)
    item = reader.item()
    require(reader.at == len(data), "bytes behind the end")
    return item


def bstr(size):
    return lambda value: isinstance(value, bytes) and len(value) == size


def tstr(most):
    return lambda value: isinstance(value, str) and 1 <= len(value.encode()) <= most and "\0" not in value


def time(value):
    return isinstance(value, int) and 1 <= value <= 253402300799999


def is_one_of(*values):
    return lambda value: type(value) is type(values[0]) and value in values


WORD, NAME, DIGEST = tstr(40), tstr(400), bstr(32)
KEY = {1: ("kty", is_one_of(1)), 2: ("kid", bstr(8)), 3: ("alg", is_one_of(-8)), -1: ("crv", is_one_of(6)),
       -2: ("x", bstr(32)), -65537: ("compromised_from", time)}
CLAIMS = {
    1: ("version", is_one_of(1)), 2: ("id", bstr(16)), 3: ("signed_at", time), 4: ("provider", tstr(10)),
    5: ("person", bstr(16)), 6: ("ncid", tstr(20)), 7: ("signer_name", tstr(801)), 8: ("role", WORD),
    9: ("right", WORD), 10: ("profile", WORD), 11: ("submission", is_one_of(*SUBMISSIONS)), 12: ("meaning", tstr(600)),
    13: ("document_id", NAME), 14: ("document_version", NAME), 15: ("document_digest", DIGEST),
    16: ("attestation_version", NAME), 17: ("attestation_digest", DIGEST),
    18: ("authentication_level", is_one_of("aal1", "aal2", "aal3")), 19: ("authentication_methods", NAME),
    20: ("authenticated_at", time), 21: ("agreement_version", NAME), 22: ("agreement_digest", DIGEST)}


REPUDIATION = {
    1: ("version", is_one_of(1)), 2: ("id", bstr(16)), 3: ("receipt", DIGEST), 4: ("declared_at", time),
    5: ("provider", tstr(10)), 6: ("person", bstr(16)), 7: ("ncid", tstr(20)), 8: ("reason", NAME)}
ANNOUNCEMENT = {
    1: ("version", is_one_of(1)), 2: ("number", lambda value: type(value) is int and value >= 2), 3: ("kid", bstr(8)),
    4: ("verifying", bstr(32)), 5: ("before", bstr(8)), 6: ("announced_at", time)}
# What each kind of evidence claims, which of it may be missing, and which claim is the digest of what it is about.
KINDS = {"receipt": (CLAIMS, (3, 18, 19, 20, 21, 22), "document_digest"), "repudiation": (REPUDIATION, (4,), "receipt"),
         "key": (ANNOUNCEMENT, (6,), None)}
TIMES = ("signed_at", "declared_at", "made_at", "announced_at")  # of each kind, its own time; left out at its zero


def check_map(value, rules, optional=()):
    """The map as {name: value}, if it has exactly the keys of the rules, but for optional ones."""
    require(isinstance(value, dict), "a map is missing")
    require(set(value) <= set(rules), "an unknown key")
    require(set(rules) - set(value) <= set(optional), "a key is missing")
    for key, found in value.items():
        name, rule = rules[key]
        require(rule(found), f"{name} is not as the CDDL says")
    return {rules[key][0]: found for key, found in value.items()}


def find_key(key_set, kid):
    keys = decode(key_set)
    require(isinstance(keys, list) and keys, "this is no key set")
    keys = [check_map(key, KEY, (-65537,)) for key in keys]
    found = next((key for key in keys if key["kid"] == kid), None)
    require(found is not None, "the key set has no such key", "NCT_E_UNKNOWN_KEY")
    doubles = [key for key in keys if key["kid"] == kid or key["x"] == found["x"]]
    require(len(doubles) == 1, "the key set holds the key twice: one entry could hide what the other says")
    return found


def head_of_string(major, length):
    require(length < 1 << 16, "too long")
    if length < 24:
        return bytes([major << 5 | length])
    return bytes([major << 5 | 24, length]) if length < 256 else bytes([major << 5 | 25]) + length.to_bytes(2, "big")


def sig_structure(protected, payload):
    context = b"Signature1"
    parts = [(3, context), (2, protected), (2, b""), (2, payload)]
    return b"\x84" + b"".join(head_of_string(major, len(part)) + part for major, part in parts)


HEADER = {1: ("alg", lambda value: type(value) is int), 3: ("content type", lambda value: isinstance(value, str)),
          4: ("kid", bstr(8))}


def open_header(protected, kind):
    header = check_map(decode(protected), HEADER)
    wanted = CONTENT_TYPE.format(kind)
    require(header["alg"] == -8 and header["content type"] == wanted, "another algorithm or kind", "NCT_E_UNSUPPORTED")
    return header


def open_evidence(data, key_set, kind, rules, optional):
    """The claims of evidence of a kind that was signed with a key of the set; raises Refused."""
    envelope = decode(data)
    require(isinstance(envelope, Tag) and envelope.number == 18, "no COSE_Sign1 object")
    require(isinstance(envelope.content, list) and len(envelope.content) == 4, "no COSE_Sign1 object")
    protected, unprotected, payload, signature = envelope.content
    require(bstr(64)(signature) and unprotected == {} and isinstance(unprotected, dict), "no COSE_Sign1 object")
    require(isinstance(protected, bytes) and isinstance(payload, bytes), "no COSE_Sign1 object")
    header = open_header(protected, kind)
    try:
        key = find_key(key_set, header["kid"])
        Ed25519PublicKey.from_public_bytes(key["x"]).verify(signature, sig_structure(protected, payload))
    except (InvalidSignature, ValueError) as error:
        raise Refused("the signature is wrong", "NCT_E_SIGNATURE") from error
    try:
        claims = check_map(decode(payload), rules, optional)
    except Refused as reason:
        raise Refused(f"claims that are not known: {reason}", "NCT_E_UNSUPPORTED") from reason
    made_at = next((claims[name] for name in TIMES if name in claims), 0)
    require(made_at < key.get("compromised_from", made_at + 1), "the key was compromised by then", "NCT_E_KEY_COMPROMISED")
    if kind == "key":
        check_announcement(header, key, claims)
    return claims


def check_announcement(header, key, claims):
    """A thief writes any time: from a key that was ever compromised on, nothing vouches for the next."""
    require("compromised_from" not in key, "the key was compromised", "NCT_E_KEY_COMPROMISED")
    require(claims["before"] == header["kid"], "another key signs than it follows", "NCT_E_UNSUPPORTED")


def verify(evidence, key_set, about=None, kind="receipt"):
    """The claims of evidence that is right, and about a document or a receipt, if one is given; raises Refused."""
    rules, optional, digest = KINDS[kind]
    claims = open_evidence(evidence, key_set, kind, rules, optional)
    if about is not None:
        found = hashlib.blake2b(about, digest_size=32).digest()
        require(found == claims[digest], "it is about another", "NCT_E_DOCUMENT")
    return claims


def is_refused(evidence, key_set, kind):
    try:
        verify(evidence, key_set, kind=kind)
    except Refused:
        return True
    return False


def flipped(data):
    for bit in range(8 * len(data)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        yield bytes(changed)


def sweep(evidence, key_set, kind):
    """How many changed copies there are, and how many of them were accepted."""
    outcomes = [is_refused(changed, key_set, kind) for changed in flipped(evidence)]
    outcomes += [is_refused(evidence[:length], key_set, kind) for length in range(len(evidence))]
    outcomes += [is_refused(evidence, key_set[:-32] + changed, kind) for changed in flipped(key_set[-32:])]
    return len(outcomes), outcomes.count(False)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def main(words):
    kind = next((name for name in KINDS if f"--{name}" in words), "receipt")
    files = [read(path) for path in words if not path.startswith("--")]
    if not 2 <= len(files) <= 3:
        sys.exit(__doc__)
    key_set, evidence, *about = files
    try:
        claims = verify(evidence, key_set, *about, kind=kind)
    except Refused as reason:
        print(f"refused: {reason}", file=sys.stderr)
        return 3
    for name, value in claims.items():
        print(f"{name}: {value.hex() if isinstance(value, bytes) else value}")
    if "--sweep" not in words:
        return 0
    copies, accepted = sweep(evidence, key_set, kind)
    print(f"{copies} changed copies, {accepted} accepted", file=sys.stderr)
    return 4 if accepted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
