/* COSE_Sign1 and COSE_KeySet (RFC 9052): a known answer, every form that is refused, keys that are found or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/cbor.h"
#include "codec/cose.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define TYPE "application/example+cbor"
#define ROOM 1024

/*
 * Made in Python with cbor2 5.4.6 and cryptography 38.0.4 (OpenSSL), both of Debian 12, from the first key pair of
 * RFC 8032, 7.1:
 *
 *   key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SEED))
 *   kid = bytes(range(1, 9))
 *   protected = cbor2.dumps({1: -8, 3: "application/example+cbor", 4: kid}, canonical=True)
 *   payload = cbor2.dumps({1: 1, 2: "claims"}, canonical=True)
 *   signature = key.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
 *   cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]))
 *   cbor2.dumps([{1: 1, 2: kid, 3: -8, -1: 6, -2: x}])
 */
#define SEED "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
#define X "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
#define TYPE_HEX "78186170706c69636174696f6e2f6578616d706c652b63626f72"
#define KID "0102030405060708"
#define HEADER "a3012703" TYPE_HEX "0448" KID
#define PAYLOAD "a201010266636c61696d73"
#define SIGNATURE                                                                                                      \
    "eed45c040ba006725b2cb35ab402b076b8326634a8c870f93a67561500564565ddcc96be6d7872b3e9849bb033c18f491b5ae1d060f790cc" \
    "f70a308fdfdf7509"
#define OBJECT "d2845828" HEADER "a04b" PAYLOAD "5840" SIGNATURE
#define KEY_OF(kid, x) "a501010248" kid "032720062158" x
#define KEY KEY_OF(KID, "20" X)
#define KEY_PAIRS                                                                                                      \
    "010102"                                                                                                           \
    "48" KID "032720062158"                                                                                            \
    "20" X

struct bytes {
    unsigned char at[ROOM];
    size_t len;
};

static unsigned char nibble(char digit) {
    return (unsigned char)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

static void append_hex(struct bytes *bytes, const char *hex) {
    assert_true(strlen(hex) % 2 == 0 && bytes->len + strlen(hex) / 2 <= ROOM);
    for (; *hex != '\0'; hex += 2)
        bytes->at[bytes->len++] = (unsigned char)(nibble(hex[0]) << 4 | nibble(hex[1]));
}

static struct bytes unhex(const char *hex) {
    struct bytes bytes = {.len = 0};
    append_hex(&bytes, hex);
    return bytes;
}

/* In memory of exactly the size, so that reading past the end is found. */
static unsigned char *exact(const void *bytes, size_t len) {
    unsigned char *copy = malloc(len > 0 ? len : 1);
    assert_non_null(copy);
    if (len > 0)
        memcpy(copy, bytes, len);
    return copy;
}

static struct nct_memory memory(void) {
    struct nct_memory memory;
    nct_memory_set(&memory, NULL, NULL);
    return memory;
}

static nct_status parse(const unsigned char *bytes, size_t len) {
    struct nct_cose cose;
    unsigned char *copy = exact(bytes, len);
    nct_status status = nct_cose_parse(copy, len, TYPE, &cose);
    free(copy);
    return status;
}

static nct_status verify_with(const struct bytes *object, const unsigned char *public_key) {
    struct nct_memory plain = memory();
    struct nct_cose cose;
    unsigned char *copy = exact(object->at, object->len);
    nct_status status = nct_cose_parse(copy, object->len, TYPE, &cose);
    if (status == NCT_OK)
        status = nct_cose_verify(&cose, &plain, public_key);
    free(copy);
    return status;
}

static nct_status verify(const struct bytes *object) {
    return verify_with(object, unhex(X).at);
}

static int64_t compromised_from; /* of the key found last */

static nct_status find(const struct bytes *set, const char *kid, unsigned char *key) {
    struct bytes id = unhex(kid);
    struct nct_cose_key found = {0};
    unsigned char *copy = exact(set->at, set->len);
    nct_status status = nct_cose_find_key(copy, set->len, id.at, &found);
    assert_true(status != NCT_OK || found.public_key != NULL);
    compromised_from = status == NCT_OK ? found.compromised_from : -1;
    if (status == NCT_OK)
        memcpy(key, found.public_key, NCT_COSE_PUBLIC);
    free(copy);
    return status;
}

/* The known answer */

static void sign_payload(struct nct_buf *out) {
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    struct bytes seed = unhex(SEED), kid = unhex(KID), payload = unhex(PAYLOAD);
    crypto_sign_seed_keypair(public_key, secret, seed.at);
    struct nct_cose_signer signer = {secret, kid.at};
    nct_cose_sign(&signer, TYPE, payload.at, payload.len, out);
}

static void signs_as_an_independent_implementation_does(void **state) {
    (void)state;
    struct nct_memory plain = memory();
    struct bytes wanted = unhex(OBJECT);
    struct nct_buf out;
    nct_buf_init(&out, &plain);
    sign_payload(&out);
    assert_int_equal(out.status, NCT_OK);
    assert_int_equal(out.len, wanted.len);
    assert_memory_equal(out.data, wanted.at, wanted.len);
    nct_buf_free(&out);
}

static void takes_an_object_apart(void **state) {
    (void)state;
    struct bytes object = unhex(OBJECT), payload = unhex(PAYLOAD), kid = unhex(KID), header = unhex(HEADER);
    struct nct_cose cose;
    assert_int_equal(nct_cose_parse(object.at, object.len, TYPE, &cose), NCT_OK);
    assert_int_equal(cose.payload_len, payload.len);
    assert_memory_equal(cose.payload, payload.at, payload.len);
    assert_memory_equal(cose.key_id, kid.at, NCT_COSE_KEY_ID);
    assert_int_equal(cose.protected_len, header.len);
    assert_memory_equal(cose.protected_header, header.at, header.len);
    assert_ptr_equal(cose.signature, object.at + object.len - NCT_COSE_SIGNATURE);
    assert_int_equal(verify(&object), NCT_OK);
}

static void any_payload_goes_round(void **state) {
    (void)state;
    static const size_t lengths[] = {0, 1, 23, 24, 255, 256, 65535, 65536};
    struct nct_memory plain = memory();
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    unsigned char *payload = calloc(1, 65536);
    assert_non_null(payload);
    crypto_sign_keypair(public_key, secret);
    struct nct_cose_signer signer = {secret, (const unsigned char *)"8 bytes."};
    for (size_t i = 0; i < COUNT(lengths); i++) {
        struct nct_buf out;
        struct nct_cose cose;
        nct_buf_init(&out, &plain);
        nct_cose_sign(&signer, TYPE, payload, lengths[i], &out);
        assert_int_equal(nct_cbor_check(out.data, out.len), NCT_OK);
        assert_int_equal(nct_cose_parse(out.data, out.len, TYPE, &cose), NCT_OK);
        assert_int_equal(cose.payload_len, lengths[i]);
        assert_int_equal(nct_cose_verify(&cose, &plain, public_key), NCT_OK);
        nct_buf_free(&out);
    }
    free(payload);
}

/* Forms that are refused */

enum part { TAG, ARRAY, PROTECTED, UNPROTECTED, CONTENT, SIGNED, TAIL, PARTS };

static struct bytes with_part(enum part part, const char *hex) {
    static const char *const right[PARTS] = {"d2", "84", "5828" HEADER, "a0", "4b" PAYLOAD, "5840" SIGNATURE, ""};
    struct bytes object = {.len = 0};
    for (enum part i = TAG; i < PARTS; i++)
        append_hex(&object, i == part ? hex : right[i]);
    return object;
}

static void every_other_shape_is_refused(void **state) {
    (void)state;
    static const struct {
        enum part part;
        const char *hex;
    } cases[] = {
        {TAG, ""},     /* untagged */
        {TAG, "d1"},   /* COSE_Mac0 */
        {TAG, "d862"}, /* COSE_Sign */
        {TAG, "d812"}, /* 18 in a longer head */
        {TAG, "d2d2"}, /* tagged twice */
        {TAG, "d9d9f7d2"} /* self-described CBOR */,
        {ARRAY, "83"},
        {ARRAY, "85"},
        {ARRAY, "9804"},
        {ARRAY, "9f"},
        {ARRAY, "a4"},
        {PROTECTED, "40"},
        {PROTECTED, HEADER}, /* not in a byte string */
        {PROTECTED, "590028" HEADER},
        {PROTECTED, "5f5828" HEADER "ff"},
        {PROTECTED, "7828" HEADER},
        {PROTECTED, "f6"},
        {UNPROTECTED, "a10126"},
        {UNPROTECTED, "a1044101"},
        {UNPROTECTED, "b800"},
        {UNPROTECTED, "bfff"},
        {UNPROTECTED, "80"},
        {UNPROTECTED, "40"},
        {UNPROTECTED, "f6"},
        {UNPROTECTED, ""},
        {CONTENT, "f6"}, /* detached */
        {CONTENT, PAYLOAD},
        {CONTENT, "6b" PAYLOAD},
        {CONTENT, "580b" PAYLOAD},
        {SIGNED, "40"},
        {SIGNED, "f6"},
        {SIGNED, "5841" SIGNATURE "00"},
        {SIGNED, "590040" SIGNATURE},
        {SIGNED, "7840" SIGNATURE},
        {SIGNED, "815840" SIGNATURE},
        {TAIL, "00"},
        {TAIL, "f6"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bytes object = with_part(cases[i].part, cases[i].hex);
        if (parse(object.at, object.len) != NCT_E_ENCODING)
            fail_msg("case %zu (%s) was not refused", i, cases[i].hex);
    }
    struct bytes short_signature = with_part(SIGNED, "583f" SIGNATURE);
    assert_int_equal(parse(short_signature.at, short_signature.len - 1), NCT_E_ENCODING);
}

static struct bytes with_header(const char *header) {
    char hex[ROOM];
    size_t len = strlen(header) / 2;
    snprintf(hex, sizeof hex, len < 24 ? "%02zx%s" : "58%02zx%s", len < 24 ? 0x40 + len : len, header);
    return with_part(PROTECTED, hex);
}

static void every_other_header_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *header;
        nct_status status;
    } cases[] = {
        {HEADER, NCT_OK},
        {"a3012603" TYPE_HEX "0448" KID, NCT_E_UNSUPPORTED}, /* ES256 */
        {"a3010503" TYPE_HEX "0448" KID, NCT_E_UNSUPPORTED}, /* HMAC */
        {"a3010003" TYPE_HEX "0448" KID, NCT_E_UNSUPPORTED},
        {"a3013b7fffffffffffffff03" TYPE_HEX "0448" KID, NCT_E_UNSUPPORTED},
        {"a3012703600448" KID, NCT_E_UNSUPPORTED},                                               /* an empty type */
        {"a3012703776170706c69636174696f6e2f6578616d706c652b63626f0448" KID, NCT_E_UNSUPPORTED}, /* a shorter one */
        {"a301270378196170706c69636174696f6e2f6578616d706c652b63626f72730448" KID,
         NCT_E_UNSUPPORTED}, /* a longer one */
        {"a301270378186170706c69636174696f6e2f4578616d706c652b63626f720448" KID,
         NCT_E_UNSUPPORTED},                                              /* in another case */
        {"a3013b800000000000000003" TYPE_HEX "0448" KID, NCT_E_ENCODING}, /* below int64_t */
        {"a301380703" TYPE_HEX "0448" KID, NCT_E_ENCODING},               /* -8 in a longer head */
        {"a301654564445341"
         "03" TYPE_HEX "0448" KID,
         NCT_E_ENCODING},                       /* "EdDSA" */
        {"a3012703000448" KID, NCT_E_ENCODING}, /* a CoAP content format */
        {"a301270358186170706c69636174696f6e2f6578616d706c652b63626f720448" KID, NCT_E_ENCODING},
        {"a3012703" TYPE_HEX "044701020304050607", NCT_E_ENCODING},
        {"a3012703" TYPE_HEX "0449010203040506070809", NCT_E_ENCODING},
        {"a3012703" TYPE_HEX "0468" KID, NCT_E_ENCODING},
        {"a3012703" TYPE_HEX "0440", NCT_E_ENCODING},
        {"a2012703" TYPE_HEX, NCT_E_ENCODING},                   /* no key id */
        {"a201270448" KID, NCT_E_ENCODING},                      /* no type */
        {"a203" TYPE_HEX "0448" KID, NCT_E_ENCODING},            /* no algorithm */
        {"a4012703" TYPE_HEX "0448" KID "0540", NCT_E_ENCODING}, /* an IV */
        {"a40127028101"
         "03" TYPE_HEX "0448" KID,
         NCT_E_ENCODING},                                 /* crit */
        {"a303" TYPE_HEX "01270448" KID, NCT_E_ENCODING}, /* out of order */
        {"a3012701270448" KID, NCT_E_ENCODING},           /* twice */
        {"b803012703" TYPE_HEX "0448" KID, NCT_E_ENCODING},
        {"bf012703" TYPE_HEX "0448" KID "ff", NCT_E_ENCODING},
        {HEADER "00", NCT_E_ENCODING},
        {"a0", NCT_E_ENCODING},
        {"80", NCT_E_ENCODING},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bytes object = with_header(cases[i].header);
        nct_status status = parse(object.at, object.len);
        if (status != cases[i].status)
            fail_msg("header %s: %s", cases[i].header, nct_status_name(status));
    }
}

static void every_prefix_is_refused(void **state) {
    (void)state;
    struct bytes object = unhex(OBJECT), set = unhex("82" KEY KEY_OF("1111111111111111", "20" X));
    unsigned char key[NCT_COSE_PUBLIC];
    for (size_t len = 0; len < object.len; len++)
        assert_int_equal(parse(object.at, len), NCT_E_ENCODING);
    for (set.len = set.len - 1; set.len > 0; set.len--)
        assert_int_equal(find(&set, KID, key), NCT_E_ENCODING);
    assert_int_equal(find(&set, KID, key), NCT_E_ENCODING);
}

/* Signatures */

static void every_changed_bit_is_refused(void **state) {
    (void)state;
    struct bytes object = unhex(OBJECT);
    size_t seen[2] = {0, 0};
    for (size_t bit = 0; bit < 8 * object.len; bit++) {
        object.at[bit / 8] ^= (unsigned char)(1u << bit % 8);
        nct_status status = verify(&object);
        assert_true(status == NCT_E_ENCODING || status == NCT_E_UNSUPPORTED || status == NCT_E_SIGNATURE);
        seen[status == NCT_E_SIGNATURE]++;
        object.at[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    /* of key id, payload and signature every bit but those of heads */
    assert_true(seen[1] >= 8 * (NCT_COSE_KEY_ID + 11 + NCT_COSE_SIGNATURE));
    assert_true(seen[0] > 0);
    assert_int_equal(verify(&object), NCT_OK);
}

static void another_key_is_refused(void **state) {
    (void)state;
    struct bytes object = unhex(OBJECT), key = unhex(X);
    for (size_t bit = 0; bit < 8 * NCT_COSE_PUBLIC; bit++) {
        key.at[bit / 8] ^= (unsigned char)(1u << bit % 8);
        assert_int_equal(verify_with(&object, key.at), NCT_E_SIGNATURE);
        key.at[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    assert_int_equal(verify_with(&object, key.at), NCT_OK);
}

/* Keys of small order would accept signatures nobody made. */
static void a_weak_key_accepts_nothing(void **state) {
    (void)state;
    struct bytes object = unhex(OBJECT);
    unsigned char weak[NCT_COSE_PUBLIC] = {0};
    unsigned char *signature = object.at + object.len - NCT_COSE_SIGNATURE;
    memset(signature, 0, NCT_COSE_SIGNATURE);
    for (unsigned char first = 0; first < 2; first++) {
        weak[0] = signature[0] = first;
        assert_int_equal(verify_with(&object, weak), NCT_E_SIGNATURE);
    }
}

/* S + L, where L is the order of the group, verifies in a careless implementation: one signature, two receipts. */
static void a_signature_has_one_form(void **state) {
    (void)state;
    struct bytes object = unhex(OBJECT);
    struct bytes order = unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    unsigned char *s = object.at + object.len - 32;
    unsigned carry = 0;
    for (size_t i = 0; i < 32; i++) {
        carry += (unsigned)s[i] + order.at[i];
        s[i] = (unsigned char)carry;
        carry >>= 8;
    }
    assert_int_equal(carry, 0);
    assert_int_equal(verify(&object), NCT_E_SIGNATURE);
}

/* What was signed as one kind of evidence is no other, whatever the envelope says. */
static void the_type_is_signed(void **state) {
    (void)state;
    struct bytes object = with_header("a301270378186170706c69636174696f6e2f6578616d706c662b63626f720448" KID);
    struct nct_memory plain = memory();
    struct nct_cose cose;
    assert_int_equal(parse(object.at, object.len), NCT_E_UNSUPPORTED);
    assert_int_equal(nct_cose_parse(object.at, object.len, "application/examplf+cbor", &cose), NCT_OK);
    assert_int_equal(nct_cose_verify(&cose, &plain, unhex(X).at), NCT_E_SIGNATURE);
}

/* Key sets */

static void keys_are_written_as_an_independent_implementation_does(void **state) {
    (void)state;
    struct nct_memory plain = memory();
    struct bytes kid = unhex(KID), x = unhex(X), wanted = unhex("81" KEY);
    struct nct_buf out;
    nct_buf_init(&out, &plain);
    nct_cbor_put_array(&out, 1);
    nct_cose_put_key(&out, &(struct nct_cose_key){kid.at, x.at, 0});
    assert_int_equal(out.status, NCT_OK);
    assert_int_equal(out.len, wanted.len);
    assert_memory_equal(out.data, wanted.at, wanted.len);
    assert_int_equal(nct_cbor_check(out.data, out.len), NCT_OK);
    nct_buf_free(&out);
}

/* The private parameter of doc/key.cddl: -65537, here 1,000,000. */
static void a_key_says_from_when_on_it_is_compromised(void **state) {
    (void)state;
    struct nct_memory plain = memory();
    struct bytes kid = unhex(KID), x = unhex(X), set = {.len = 0};
    unsigned char key[NCT_COSE_PUBLIC];
    struct nct_buf out;
    append_hex(&set, "81a6" KEY_PAIRS "3a000100001a000f4240");
    nct_buf_init(&out, &plain);
    nct_cbor_put_array(&out, 1);
    nct_cose_put_key(&out, &(struct nct_cose_key){kid.at, x.at, 1000000});
    assert_int_equal(out.status, NCT_OK);
    assert_int_equal(out.len, set.len);
    assert_memory_equal(out.data, set.at, set.len);
    nct_buf_free(&out);
    assert_int_equal(find(&set, KID, key), NCT_OK);
    assert_int_equal(compromised_from, 1000000);
    assert_memory_equal(key, x.at, NCT_COSE_PUBLIC);
}

static void another_private_parameter_or_a_time_before_all_is_no_key(void **state) {
    (void)state;
    static const char *const tails[] = {"3a000100011a000f4240", "3a0001000000", "3a000100003a000f4240",
                                        "3a000100004100"};
    unsigned char key[NCT_COSE_PUBLIC];
    for (size_t i = 0; i < COUNT(tails); i++) {
        struct bytes set = {.len = 0};
        append_hex(&set, "81a6" KEY_PAIRS);
        append_hex(&set, tails[i]);
        assert_int_equal(find(&set, KID, key), NCT_E_ENCODING);
    }
}

static void each_key_of_several_is_found(void **state) {
    (void)state;
    static const char *const ids[] = {"0000000000000000", KID, "ffffffffffffffff"};
    struct bytes set = {.len = 0};
    unsigned char key[NCT_COSE_PUBLIC], x[NCT_COSE_PUBLIC];
    append_hex(&set, "83");
    for (size_t i = 0; i < COUNT(ids); i++) {
        append_hex(&set, "a501010248");
        append_hex(&set, ids[i]);
        append_hex(&set, "03272006215820");
        memset(set.at + set.len, (int)i + 1, NCT_COSE_PUBLIC);
        set.len += NCT_COSE_PUBLIC;
    }
    for (size_t i = 0; i < COUNT(ids); i++) {
        memset(x, (int)i + 1, sizeof x);
        assert_int_equal(find(&set, ids[i], key), NCT_OK);
        assert_memory_equal(key, x, sizeof x);
    }
    assert_int_equal(find(&set, "0102030405060709", key), NCT_E_UNKNOWN_KEY);
    struct bytes empty = unhex("80");
    assert_int_equal(find(&empty, KID, key), NCT_E_UNKNOWN_KEY);
}

/* The sound entry first would hide what the other says of the key; whichever comes first, neither is believed. */
static void a_set_that_holds_the_key_twice_is_refused(void **state) {
    (void)state;
    static const char other[] = "ffffffffffffffff";
    static const char *const sets[] = {
        "82" KEY KEY, "82" KEY "a6" KEY_PAIRS "3a000100001a000f4240", "82a6" KEY_PAIRS "3a000100001a000f4240" KEY,
        "82" KEY KEY_OF("ffffffffffffffff", "20" X), /* under another id */
    };
    unsigned char key[NCT_COSE_PUBLIC];
    for (size_t i = 0; i < COUNT(sets); i++) {
        struct bytes set = unhex(sets[i]);
        assert_int_equal(find(&set, KID, key), NCT_E_ENCODING);
        assert_int_equal(find(&set, "0102030405060709", key), NCT_E_UNKNOWN_KEY);
    }
    struct bytes renamed = unhex(sets[3]);
    assert_int_equal(find(&renamed, other, key), NCT_E_ENCODING);
}

static void malformed_sets_are_refused(void **state) {
    (void)state;
    static const char *const sets[] = {
        KEY,                                   /* a key, no set */
        "a0",                                  /* a map */
        "f6",                                  /* null */
        "9801" KEY,                            /* a longer head */
        "9f" KEY "ff",                         /* of indefinite length */
        "82" KEY,                              /* a key is missing */
        "81" KEY "00",                         /* bytes behind */
        "8100",                                /* no map */
        "81a0",                                /* an empty one */
        "9bffffffffffffffff" KEY,              /* more keys than bytes */
        "82" KEY "00",                         /* something else behind the key that is wanted */
        "82" KEY KEY_OF(KID, "1f" X),          /* a broken key behind it */
        "82a0" KEY,                            /* or before it */
        "81" KEY_OF("01020304050607", "20" X), /* a shorter id */
        "81a401010248" KID "0327215820" X,     /* no curve */
        "81a501020248" KID "03272006215820" X, /* EC2 */
        "81a501010248" KID "03262006215820" X, /* ES256 */
        "81a501010248" KID "03272007215820" X, /* Ed448 */
        "81a501010248" KID "03272006217820" X, /* text */
        "81a501010248" KID "03272006"
        "225820" X,                                       /* y */
        "81a601010248" KID "03272006215820" X "235820" X, /* with the secret key */
        "81a501010248" KID "20060327215820" X,            /* out of order */
        "81a501010248" KID "032720061821"
        "5820" X, /* a longer head */
    };
    unsigned char key[NCT_COSE_PUBLIC];
    for (size_t i = 0; i < COUNT(sets); i++) {
        struct bytes set = unhex(sets[i]);
        if (find(&set, KID, key) != NCT_E_ENCODING)
            fail_msg("set %s was not refused", sets[i]);
    }
}

/* Memory */

struct scarce {
    size_t calls, fail_at;
};

static void *take(size_t size, void *user_data) {
    struct scarce *scarce = user_data;
    return ++scarce->calls == scarce->fail_at ? NULL : malloc(size);
}

static void give(void *pointer, void *user_data) {
    (void)user_data;
    free(pointer);
}

static void memory_that_fails_is_told(void **state) {
    (void)state;
    struct scarce scarce = {0, 0};
    struct nct_memory short_of = {.allocate = take, .release = give, .user_data = &scarce};
    nct_status status = NCT_E_NO_MEMORY;
    for (scarce.fail_at = 1; status == NCT_E_NO_MEMORY; scarce.fail_at++) {
        struct nct_buf out;
        scarce.calls = 0;
        nct_buf_init(&out, &short_of);
        sign_payload(&out);
        status = out.status;
        nct_buf_free(&out);
    }
    assert_int_equal(status, NCT_OK);
    assert_true(scarce.fail_at > 4);
    struct bytes object = unhex(OBJECT);
    struct nct_cose cose;
    scarce = (struct scarce){0, 1};
    assert_int_equal(nct_cose_parse(object.at, object.len, TYPE, &cose), NCT_OK);
    assert_int_equal(nct_cose_verify(&cose, &short_of, unhex(X).at), NCT_E_NO_MEMORY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_as_an_independent_implementation_does),
        cmocka_unit_test(takes_an_object_apart),
        cmocka_unit_test(any_payload_goes_round),
        cmocka_unit_test(every_other_shape_is_refused),
        cmocka_unit_test(every_other_header_is_refused),
        cmocka_unit_test(every_prefix_is_refused),
        cmocka_unit_test(every_changed_bit_is_refused),
        cmocka_unit_test(another_key_is_refused),
        cmocka_unit_test(a_weak_key_accepts_nothing),
        cmocka_unit_test(a_signature_has_one_form),
        cmocka_unit_test(the_type_is_signed),
        cmocka_unit_test(keys_are_written_as_an_independent_implementation_does),
        cmocka_unit_test(each_key_of_several_is_found),
        cmocka_unit_test(a_set_that_holds_the_key_twice_is_refused),
        cmocka_unit_test(a_key_says_from_when_on_it_is_compromised),
        cmocka_unit_test(another_private_parameter_or_a_time_before_all_is_no_key),
        cmocka_unit_test(malformed_sets_are_refused),
        cmocka_unit_test(memory_that_fails_is_told),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
