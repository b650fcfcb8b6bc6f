#!/usr/bin/env node
/*
 * Verifies evidence of NCTracks with @auth0/cose, a COSE implementation nobody of this project wrote.
 *
 *   verify.mjs [--sweep] KEYS RECEIPT [DOCUMENT]
 *   verify.mjs [--sweep] --repudiation KEYS DECLARATION [RECEIPT]
 *   verify.mjs [--sweep] --key KEYS ANNOUNCEMENT
 *   verify.mjs [--sweep] --checkpoint KEYS CHECKPOINT [PREVIOUS]
 *
 * Output and exit codes are those of verify.py. COSE implementations accept envelopes that are not deterministically
 * encoded, which changes nothing that is signed; isAsWritten() refuses those, as the CDDL asks.
 */
import { readFileSync } from 'node:fs';
import { Algorithms, COSEKey, COSEKeyParam, Headers, Sign1 } from '@auth0/cose';
import { blake2b } from '@noble/hashes/blake2b';
import { Decoder } from 'cbor-x';

/* What each kind of evidence claims, by key, and which claim is the digest of what it is about. */
const KINDS = {
    receipt: {
        about: 15,
        time: 3,
        names: ['', 'version', 'id', 'signed_at', 'provider', 'person', 'ncid', 'signer_name', 'role', 'right', 'profile',
            'submission', 'meaning', 'document_id', 'document_version', 'document_digest', 'attestation_version',
            'attestation_digest', 'authentication_level', 'authentication_methods', 'authenticated_at',
            'agreement_version', 'agreement_digest'],
    },
    repudiation: {
        about: 3,
        time: 4,
        names: ['', 'version', 'id', 'receipt', 'declared_at', 'provider', 'person', 'ncid', 'reason'],
    },
    key: { about: 0, time: 6, names: ['', 'version', 'number', 'kid', 'verifying', 'before', 'announced_at'] },
    checkpoint: { about: 7, time: 3, names: ['', 'version', 'number', 'made_at', 'streams', 'entries', 'root', 'previous'] },
};

const COMPROMISED_FROM = -65537;

class Refused extends Error {}

function require(condition, reason) {
    if (!condition) throw new Refused(reason);
}

function decode(bytes) {
    try {
        return new Decoder({ mapsAsObjects: false }).decode(bytes);
    } catch (error) {
        throw new Refused(error.message);
    }
}

const isEqual = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;

async function readKeys(bytes) {
    const set = decode(bytes);
    require(Array.isArray(set), 'this is no key set');
    const keys = set.map((map) => new COSEKey(map));
    return Promise.all(keys.map(async (key) => ({
        kid: key.get(COSEKeyParam.KeyID),
        x: key.get(COSEKeyParam.x),
        key: await key.toKeyLike(),
        compromisedFrom: key.get(COMPROMISED_FROM) ?? Infinity,
    })));
}

function parse(bytes) {
    try {
        return Sign1.decode(bytes);
    } catch (error) {
        throw new Refused(error.message);
    }
}

/* Decoded and encoded again, a receipt is the same bytes. */
function isAsWritten(sign1, bytes) {
    const { unprotectedHeaders } = sign1;
    return unprotectedHeaders instanceof Map && unprotectedHeaders.size === 0 && isEqual(sign1.encode(), bytes);
}

async function verify(kind, evidence, keys, about) {
    const sign1 = parse(evidence);
    require(sign1.payload instanceof Uint8Array && sign1.protectedHeaders instanceof Map, 'no evidence');
    require(sign1.protectedHeaders.get(Headers.ContentType) === `application/nctracks-${kind}+cbor`,
        'another kind of evidence');
    require(sign1.kid instanceof Uint8Array, 'no key id');
    const found = keys.find(({ kid }) => isEqual(kid, sign1.kid));
    require(found, 'the key set has no such key');
    require(keys.every((key) => key === found || !(isEqual(key.kid, found.kid) || isEqual(key.x, found.x))),
        'the key set holds the key twice: one entry could hide what the other says');
    try {
        await sign1.verify(found.key, { algorithms: [Algorithms.EdDSA] });
    } catch (error) {
        throw new Refused(error.message);
    }
    require(isAsWritten(sign1, evidence), 'not the one encoding');
    const claims = decode(sign1.payload);
    require(claims instanceof Map && claims.get(1) === 1, 'claims of another version');
    require(Number(claims.get(KINDS[kind].time) ?? 0) < found.compromisedFrom, 'the key was compromised by then');
    if (kind === 'key') checkAnnouncement(sign1, found, claims);
    const digest = about && blake2b(about, { dkLen: 32 });
    require(!about || isEqual(digest, claims.get(KINDS[kind].about) ?? ''), 'it is about another');
    return claims;
}

/* A thief writes any time: from a key that was ever compromised on, nothing vouches for the next. */
function checkAnnouncement(sign1, found, claims) {
    require(found.compromisedFrom === Infinity, 'the key was compromised');
    require(isEqual(claims.get(5) ?? '', sign1.kid), 'another key signs than it follows');
}

async function isRefused(kind, evidence, keys) {
    try {
        await verify(kind, evidence, keys);
        return false;
    } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return true;
    }
}

function* flipped(bytes) {
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
        const changed = Uint8Array.from(bytes);
        changed[bit >> 3] ^= 1 << (bit & 7);
        yield changed;
    }
}

/* A changed public key is no point of the curve, which may be found when it is read, or another one. */
async function isKeyRefused(kind, evidence, keySet) {
    let keys;
    try {
        keys = await readKeys(keySet);
    } catch {
        return true;
    }
    return isRefused(kind, evidence, keys);
}

async function sweep(kind, evidence, keySet, keys) {
    const outcomes = [];
    for (const changed of flipped(evidence)) outcomes.push(await isRefused(kind, changed, keys));
    for (let length = 0; length < evidence.length; length++)
        outcomes.push(await isRefused(kind, evidence.subarray(0, length), keys));
    for (const changed of flipped(keySet.subarray(-32)))
        outcomes.push(await isKeyRefused(kind, evidence, Buffer.concat([keySet.subarray(0, -32), changed])));
    return [outcomes.length, outcomes.filter((refused) => !refused).length];
}

const show = (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value);

async function main(words) {
    const kind = Object.keys(KINDS).find((name) => words.includes(`--${name}`)) ?? 'receipt';
    const files = words.filter((word) => !word.startsWith('--')).map((path) => readFileSync(path));
    require(files.length === 2 || files.length === 3, 'usage: verify.mjs [--sweep] [--KIND] KEYS EVIDENCE [ABOUT]');
    const [keySet, evidence, about] = files;
    const keys = await readKeys(keySet);
    const claims = await verify(kind, evidence, keys, about);
    for (const [key, value] of claims) console.log(`${KINDS[kind].names[key]}: ${show(value)}`);
    if (!words.includes('--sweep')) return 0;
    const [copies, accepted] = await sweep(kind, evidence, keySet, keys);
    console.error(`${copies} changed copies, ${accepted} accepted`);
    return accepted > 0 ? 4 : 0;
}

main(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error) => {
        console.error(error instanceof Refused ? `refused: ${error.message}` : error);
        process.exit(error instanceof Refused ? 3 : 1);
    },
);
