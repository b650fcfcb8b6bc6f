#!/usr/bin/env python3
"""What somebody makes who has the stolen master key of the rotated portal, without the library: thief.py KEYS FOLDER

backdated.announcement: the old key announces a key of the thief's own, long before it was declared compromised.
doubled-keys.cbor: the published key set with the sound entry of the old key before the one that declares it.
renamed-keys.cbor: the same under another key id.
"""
import hashlib
import pathlib
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from compare import encode, head_of
from verify import decode, sig_structure

STOLEN = bytes([1]) + bytes(31)  # as in make_rotated.c
SIGNING = 6                      # the purpose of the signing key, crypto_kdf of libsodium
LONG_AGO = 1767225600000         # 2026-01-01T00:00:00Z


def signing_key(master):
    salt, person = SIGNING.to_bytes(8, "little") + bytes(8), b"nctracks" + bytes(8)
    seed = hashlib.blake2b(b"", digest_size=32, key=master, salt=salt, person=person).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def public(key):
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def name(key):
    return hashlib.blake2b(public(key), digest_size=16).digest()[:8]


def put_map(pairs):
    return head_of(5, len(pairs)) + b"".join(encode(key) + encode(value) for key, value in pairs)


def announce(old, new):
    protected = put_map([(1, -8), (3, "application/nctracks-key+cbor"), (4, name(old))])
    claims = put_map([(1, 1), (2, 2), (3, name(new)), (4, public(new)), (5, name(old)), (6, LONG_AGO)])
    signature = old.sign(sig_structure(protected, claims))
    return b"\xd2\x84" + encode(protected) + b"\xa0" + encode(claims) + encode(signature)


def put_key(entry, **changes):
    pairs = [(label, changes.get("kid", value) if label == 2 else value) for label, value in entry.items()]
    return put_map([pair for pair in pairs if pair[0] != -65537 or "declared" in changes])


def double(keys, **changes):
    declared = next(entry for entry in keys if -65537 in entry)
    return head_of(4, len(keys) + 1) + put_key(declared, **changes) + b"".join(put_key(entry, declared=True) for entry in keys)


def main(key_set, folder):
    folder, keys = pathlib.Path(folder), decode(pathlib.Path(key_set).read_bytes())
    old, new = signing_key(STOLEN), signing_key(bytes([9]) * 32)
    (folder / "backdated.announcement").write_bytes(announce(old, new))
    (folder / "doubled-keys.cbor").write_bytes(double(keys))
    (folder / "renamed-keys.cbor").write_bytes(double(keys, kid=b"renamed."))


if __name__ == "__main__":
    main(*sys.argv[1:])
