/*
 * Records: C structures with a table of fields, and their deterministic encoding.
 *
 * A record is a CBOR map with small integer keys. A field that is zero or empty is left out, so there is one
 * encoding of each content, and a field added later reads as zero from older rows.
 */
#ifndef NCT_ENGINE_RECORDS_RECORD_H
#define NCT_ENGINE_RECORDS_RECORD_H

#include "base/buf.h"

enum nct_field_type {
    NCT_FIELD_I64,   /* int64_t */
    NCT_FIELD_U64,   /* uint64_t */
    NCT_FIELD_I32,   /* int32_t */
    NCT_FIELD_TEXT,  /* char[size], NUL-terminated UTF-8 */
    NCT_FIELD_BYTES, /* unsigned char[size] */
    NCT_FIELD_BLOB   /* uint32_t length, then unsigned char[size - 4] */
};

struct nct_field {
    unsigned char key; /* ascending within a table; never reused for another meaning */
    unsigned char type;
    unsigned short offset;
    unsigned short size;
};

/* How a row is protected in the store; see protect.h. */
enum nct_protection { NCT_AUTHENTICATED = 1, NCT_SEALED = 2 };

/* Where the head of a stream pins a row's revision; see engine/unit/rows.c. */
enum nct_pin_slot {
    NCT_NOT_PINNED,
    NCT_PIN_MAIN,
    NCT_PIN_PRIVATE,
    NCT_PIN_GROUPS,
    NCT_PIN_RESEAL = NCT_PIN_PRIVATE, /* in the portal's own stream */
    NCT_PIN_CHECKPOINT = NCT_PIN_GROUPS,
    NCT_PIN_SIGN_IN = NCT_PIN_GROUPS /* in a person's */
};

/*
 * The relations of which a head keeps a digest, so that it can be told whether rows are all there; see
 * engine/unit/relation.h. The numbers are places in the head and are stored: never renumbered. A relation of providers
 * and one of people may share a place.
 */
enum nct_relation {
    NCT_NO_RELATION,
    NCT_RELATION_GRANTS,
    NCT_RELATION_PRINCIPALS,
    NCT_RELATION_PROPOSALS,
    NCT_RELATION_APPLICATIONS,
    NCT_RELATION_SIGNATURES,
    NCT_RELATION_MAILS,
    NCT_RELATION_FORMER_OAS,
    NCT_RELATION_REPUDIATIONS,
    NCT_RELATION_MESSAGES,
    NCT_RELATION_INVITATIONS,
    NCT_RELATIONS_END,
    NCT_RELATION_REVIEWS = NCT_RELATION_FORMER_OAS,       /* of a person */
    NCT_RELATION_IDEMPOTENCY = NCT_RELATION_REPUDIATIONS, /* of a person */
    NCT_RELATION_MEMBERS = NCT_RELATION_GRANTS            /* of a registry, which has no other */
};
#define NCT_RELATIONS (NCT_RELATIONS_END - 1)

/* Who owns the rows of a relation, as their keys tell. */
enum nct_owner {
    NCT_NO_OWNER,
    NCT_OWNER_PROVIDER,  /* the key begins with its id and a NUL */
    NCT_OWNER_PERSON,    /* ... with a person id */
    NCT_OWNER_SHARD,     /* ... with the two bytes of a shard of NCIDs */
    NCT_OWNER_DIRECTORY, /* ... of a shard of the directory */
    NCT_OWNER_STREAMS,   /* a stream: one of the registries of streams */
    NCT_OWNER_WORK,      /* a kind of work, since when, and what: one of the registries of that kind */
    NCT_OWNER_ROOT       /* a registry: the registry of registries */
};

struct nct_record_type {
    int32_t space;
    const char *name;
    enum nct_protection protection;
    enum nct_pin_slot pin;
    char stream; /* of pinned types: the first byte of the key of the stream that pins them */
    enum nct_relation relation;
    enum nct_owner owner;
    uint16_t look_max; /* rows of a relation up to which one row is proved by a look at all; 0: NCT_LOOK_MAX */
    int timeless;      /* of rows of a relation: that they exist counts, their revision does not */
    size_t optional;   /* of claims: so many fields at the end may be missing */
    const struct nct_field *fields;
    size_t field_count;
    size_t size; /* of the structure */
};

/* Appends the encoding; a failure sticks in the buffer. */
void nct_record_encode(const struct nct_record_type *type, const void *record, struct nct_buf *buf);

/* Fills the structure. NCT_OK; NCT_E_INTEGRITY for bytes no encoder wrote; NCT_E_UNSUPPORTED for an unknown field. */
nct_status nct_record_decode(const struct nct_record_type *type, const void *bytes, size_t len, void *record);

#endif
