/* Records of what is proved: signatures, what was reviewed and repudiated, checkpoints, keys. */
#ifndef NCT_ENGINE_RECORDS_EVIDENCE_TYPES_H
#define NCT_ENGINE_RECORDS_EVIDENCE_TYPES_H

#include "engine/records/types.h"

/* What a receipt says; doc/receipt.cddl publishes it. Names, not numbers: it is read without this library. */
struct nct_claims {
    int32_t version;
    unsigned char id[NCT_SIGNATURE_ID]; /* time and random bytes: also the nonce */
    int64_t signed_at;
    char provider[NCT_PROVIDER_ROOM];
    unsigned char person[NCT_PERSON_ID];
    char ncid[NCT_NCID_ROOM];
    char signer_name[NCT_PRINTED_NAME_ROOM];
    char role[NCT_WORD_ROOM];
    char right[NCT_WORD_ROOM];
    char profile[NCT_WORD_ROOM];
    char submission[NCT_WORD_ROOM];
    char meaning[NCT_DETAIL_ROOM];
    char document_id[NCT_NAME_ROOM];
    char document_version[NCT_NAME_ROOM];
    unsigned char document_digest[NCT_HASH];
    char attestation_version[NCT_NAME_ROOM];
    unsigned char attestation_digest[NCT_HASH];
    char authentication_level[NCT_WORD_ROOM]; /* as the host states it; empty: it states nothing */
    char authentication_methods[NCT_NAME_ROOM];
    int64_t authenticated_at;
    char agreement_version[NCT_NAME_ROOM]; /* the signature agreement the signer accepted; empty: none was asked */
    unsigned char agreement_digest[NCT_HASH];
};

/* A signature as it is stored: the COSE_Sign1 object itself. */
struct nct_signature_record {
    struct {
        uint32_t len;
        unsigned char bytes[NCT_RECEIPT_MAX];
    } receipt;
};

/* A review that may be signed once. */
struct nct_review_record {
    unsigned char token[NCT_HASH];   /* keyed hash of the token */
    unsigned char content[NCT_HASH]; /* hash of all that was shown */
    int64_t expires_at;
    uint64_t handovers; /* of the reviewer, at the time */
};

struct nct_idempotency_record {
    unsigned char content[NCT_HASH];
    char provider[NCT_PROVIDER_ROOM];
    unsigned char signature[NCT_SIGNATURE_ID];
};

/* What a repudiation says; doc/receipt.cddl publishes it. */
struct nct_repudiation_claims {
    int32_t version;
    unsigned char id[NCT_SIGNATURE_ID]; /* of the signature */
    unsigned char receipt[NCT_HASH];    /* hash of its receipt */
    int64_t declared_at;
    char provider[NCT_PROVIDER_ROOM];
    unsigned char person[NCT_PERSON_ID];
    char ncid[NCT_NCID_ROOM];
    char reason[NCT_NAME_ROOM];
};

struct nct_signature_index {
    char provider[NCT_PROVIDER_ROOM];
};

/* What a checkpoint says; doc/checkpoint.cddl publishes it. */
struct nct_checkpoint_claims {
    int32_t version;
    uint64_t number; /* from 1 */
    int64_t made_at;
    uint64_t streams;                 /* leaves of the tree */
    uint64_t entries;                 /* of all streams */
    unsigned char root[NCT_HASH];     /* of the Merkle tree of all heads */
    unsigned char previous[NCT_HASH]; /* hash of the checkpoint before; zero for the first */
};

/* That a head is in the tree of a checkpoint; doc/checkpoint.cddl publishes it. */
struct nct_proof_record {
    int32_t version;
    uint64_t number; /* of the checkpoint */
    uint64_t index;  /* of the leaf, from 0 */
    struct {
        uint32_t len;
        unsigned char bytes[NCT_STREAM_KEY_MAX];
    } stream;
    uint64_t sequence;
    unsigned char hash[NCT_HASH];
    struct {
        uint32_t len;
        unsigned char bytes[64 * NCT_HASH];
    } path; /* the nodes one behind the other, the lowest first */
};

struct nct_checkpoint_last {
    uint64_t number;
    unsigned char hash[NCT_HASH]; /* of its bytes */
    uint64_t pages;               /* of its leaves */
    int32_t restarted;            /* it has no leaves any more: an operator gave them up */
};

/* Of every key the store ever had, so that its master key may be dropped once no row is under it. */
struct nct_key_record {
    uint64_t number; /* from 1 */
    unsigned char id[NCT_KEY_ID];
    int32_t state;
    int64_t announced_at;
    int64_t retired_at;
    int64_t compromised_from;
    unsigned char verifying[NCT_KEY];
    unsigned char pepper[NCT_KEY];
    unsigned char lookup[NCT_KEY];
    struct {
        uint32_t len;
        unsigned char bytes[NCT_ANNOUNCEMENT_MAX];
    } announcement; /* under the key before; empty for the first */
};

/* What the announcement of a key says; doc/key.cddl publishes it. */
struct nct_announcement_claims {
    int32_t version;
    uint64_t number;
    unsigned char kid[NCT_SIGNING_ID];
    unsigned char verifying[NCT_KEY];
    unsigned char before[NCT_SIGNING_ID]; /* the key that signs this */
    int64_t announced_at;
};

/* How far re-sealing has come: spaces are gone through from the last to the first, so that the mark of the store, which
 * every portal reads when it opens, is the last row of a pass. */
struct nct_rekey_record {
    unsigned char target[NCT_KEY_ID]; /* the key rows are put under */
    uint64_t pass;                    /* from 1 */
    int32_t space;
    struct {
        uint32_t len;
        unsigned char bytes[NCT_ROW_KEY_MAX];
    } after; /* the last row gone through */
    uint64_t seen;
    uint64_t resealed;
    uint64_t left;    /* rows that do not open */
    int64_t ended_at; /* 0: the pass goes on */
};

/* Whole leaves, one behind the other. */
#define NCT_LEAVES_MAX 61440
struct nct_leaves_record {
    struct {
        uint32_t len;
        unsigned char bytes[NCT_LEAVES_MAX];
    } leaves;
};

/* Rows, and claims that are encoded alike. */
extern const struct nct_record_type nct_claims_type;
extern const struct nct_record_type nct_repudiation_type;
extern const struct nct_record_type nct_announcement_type;
extern const struct nct_record_type nct_checkpoint_claims_type;
extern const struct nct_record_type nct_proof_type;
extern const struct nct_record_type nct_type_signature;
extern const struct nct_record_type nct_type_signature_by_person;
extern const struct nct_record_type nct_type_checkpoint; /* a nct_signature_record */
extern const struct nct_record_type nct_type_checkpoint_leaves;
extern const struct nct_record_type nct_type_checkpoint_last;
extern const struct nct_record_type nct_type_review;
extern const struct nct_record_type nct_type_idempotency;
extern const struct nct_record_type nct_type_repudiation; /* a struct nct_signature_record */
extern const struct nct_record_type nct_type_key;
extern const struct nct_record_type nct_type_rekey;

#endif
