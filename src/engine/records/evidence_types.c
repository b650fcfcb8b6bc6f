#include "engine/records/evidence_types.h"

#include "engine/records/fields.h"

static const struct nct_field signature_fields[] = {
    FIELD(1, NCT_FIELD_BLOB, struct nct_signature_record, receipt),
};

static const struct nct_field review_fields[] = {
    BYTES(1, struct nct_review_record, token),
    BYTES(2, struct nct_review_record, content),
    I64(3, struct nct_review_record, expires_at),
    U64(4, struct nct_review_record, handovers),
};

static const struct nct_field idempotency_fields[] = {
    BYTES(1, struct nct_idempotency_record, content),
    TEXT(2, struct nct_idempotency_record, provider),
    BYTES(3, struct nct_idempotency_record, signature),
};

/* Published in doc/receipt.cddl, as the claims below. */
static const struct nct_field repudiation_fields[] = {
    I32(1, struct nct_repudiation_claims, version),   BYTES(2, struct nct_repudiation_claims, id),
    BYTES(3, struct nct_repudiation_claims, receipt), I64(4, struct nct_repudiation_claims, declared_at),
    TEXT(5, struct nct_repudiation_claims, provider), BYTES(6, struct nct_repudiation_claims, person),
    TEXT(7, struct nct_repudiation_claims, ncid),     TEXT(8, struct nct_repudiation_claims, reason),
};

/* Published in doc/checkpoint.cddl, as the proof below. */
static const struct nct_field checkpoint_claims_fields[] = {
    I32(1, struct nct_checkpoint_claims, version),    U64(2, struct nct_checkpoint_claims, number),
    I64(3, struct nct_checkpoint_claims, made_at),    U64(4, struct nct_checkpoint_claims, streams),
    U64(5, struct nct_checkpoint_claims, entries),    BYTES(6, struct nct_checkpoint_claims, root),
    BYTES(7, struct nct_checkpoint_claims, previous),
};

static const struct nct_field proof_fields[] = {
    I32(1, struct nct_proof_record, version),
    U64(2, struct nct_proof_record, number),
    U64(3, struct nct_proof_record, index),
    FIELD(4, NCT_FIELD_BLOB, struct nct_proof_record, stream),
    U64(5, struct nct_proof_record, sequence),
    BYTES(6, struct nct_proof_record, hash),
    FIELD(7, NCT_FIELD_BLOB, struct nct_proof_record, path),
};

static const struct nct_field leaves_fields[] = {
    FIELD(1, NCT_FIELD_BLOB, struct nct_leaves_record, leaves),
};

static const struct nct_field checkpoint_last_fields[] = {
    U64(1, struct nct_checkpoint_last, number),
    BYTES(2, struct nct_checkpoint_last, hash),
    U64(3, struct nct_checkpoint_last, pages),
    I32(6, struct nct_checkpoint_last, restarted),
};

static const struct nct_field key_fields[] = {
    U64(1, struct nct_key_record, number),      BYTES(2, struct nct_key_record, id),
    I32(3, struct nct_key_record, state),       I64(4, struct nct_key_record, announced_at),
    I64(5, struct nct_key_record, retired_at),  I64(6, struct nct_key_record, compromised_from),
    BYTES(7, struct nct_key_record, verifying), BYTES(8, struct nct_key_record, pepper),
    BYTES(9, struct nct_key_record, lookup),    FIELD(10, NCT_FIELD_BLOB, struct nct_key_record, announcement),
};

/* Published in doc/key.cddl. */
static const struct nct_field announcement_fields[] = {
    I32(1, struct nct_announcement_claims, version),  U64(2, struct nct_announcement_claims, number),
    BYTES(3, struct nct_announcement_claims, kid),    BYTES(4, struct nct_announcement_claims, verifying),
    BYTES(5, struct nct_announcement_claims, before), I64(6, struct nct_announcement_claims, announced_at),
};

static const struct nct_field rekey_fields[] = {
    BYTES(1, struct nct_rekey_record, target), U64(2, struct nct_rekey_record, pass),
    I32(3, struct nct_rekey_record, space),    FIELD(4, NCT_FIELD_BLOB, struct nct_rekey_record, after),
    U64(5, struct nct_rekey_record, seen),     U64(6, struct nct_rekey_record, resealed),
    U64(7, struct nct_rekey_record, left),     I64(8, struct nct_rekey_record, ended_at),
};

static const struct nct_field signature_index_fields[] = {TEXT(1, struct nct_signature_index, provider)};

/* Published in doc/receipt.cddl: a key is never given another meaning. */
static const struct nct_field claims_fields[] = {
    I32(1, struct nct_claims, version),
    BYTES(2, struct nct_claims, id),
    I64(3, struct nct_claims, signed_at),
    TEXT(4, struct nct_claims, provider),
    BYTES(5, struct nct_claims, person),
    TEXT(6, struct nct_claims, ncid),
    TEXT(7, struct nct_claims, signer_name),
    TEXT(8, struct nct_claims, role),
    TEXT(9, struct nct_claims, right),
    TEXT(10, struct nct_claims, profile),
    TEXT(11, struct nct_claims, submission),
    TEXT(12, struct nct_claims, meaning),
    TEXT(13, struct nct_claims, document_id),
    TEXT(14, struct nct_claims, document_version),
    BYTES(15, struct nct_claims, document_digest),
    TEXT(16, struct nct_claims, attestation_version),
    BYTES(17, struct nct_claims, attestation_digest),
    TEXT(18, struct nct_claims, authentication_level),
    TEXT(19, struct nct_claims, authentication_methods),
    I64(20, struct nct_claims, authenticated_at),
    TEXT(21, struct nct_claims, agreement_version),
    BYTES(22, struct nct_claims, agreement_digest),
};

const struct nct_record_type nct_claims_type = {
    .name = "claims",
    .optional = 5,
    FIELDS(claims_fields, struct nct_claims),
};

const struct nct_record_type nct_repudiation_type = {
    .name = "repudiation_claims",
    FIELDS(repudiation_fields, struct nct_repudiation_claims),
};

const struct nct_record_type nct_announcement_type = {
    .name = "announcement",
    FIELDS(announcement_fields, struct nct_announcement_claims),
};

const struct nct_record_type nct_checkpoint_claims_type = {
    .name = "checkpoint_claims",
    FIELDS(checkpoint_claims_fields, struct nct_checkpoint_claims),
};

const struct nct_record_type nct_proof_type = {
    .name = "proof",
    FIELDS(proof_fields, struct nct_proof_record),
};

const struct nct_record_type nct_type_signature = {
    .space = NCT_SPACE_SIGNATURE,
    .name = "signature",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_SIGNATURES,
    .owner = NCT_OWNER_PROVIDER,
    FIELDS(signature_fields, struct nct_signature_record),
};

const struct nct_record_type nct_type_signature_by_person = {
    .space = NCT_SPACE_SIGNATURE_BY_PERSON,
    .name = "signature_by_person",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_SIGNATURES,
    .owner = NCT_OWNER_PERSON,
    FIELDS(signature_index_fields, struct nct_signature_index),
};

const struct nct_record_type nct_type_checkpoint = {
    .space = NCT_SPACE_CHECKPOINT,
    .name = "checkpoint",
    .protection = NCT_AUTHENTICATED,
    FIELDS(signature_fields, struct nct_signature_record),
};

const struct nct_record_type nct_type_checkpoint_leaves = {
    .space = NCT_SPACE_CHECKPOINT_LEAVES,
    .name = "checkpoint_leaves",
    .protection = NCT_AUTHENTICATED,
    FIELDS(leaves_fields, struct nct_leaves_record),
};

const struct nct_record_type nct_type_checkpoint_last = {
    .space = NCT_SPACE_CHECKPOINT_LAST,
    .name = "checkpoint_last",
    .protection = NCT_AUTHENTICATED,
    .pin = NCT_PIN_CHECKPOINT,
    .stream = NCT_STREAM_PORTAL,
    FIELDS(checkpoint_last_fields, struct nct_checkpoint_last),
};

const struct nct_record_type nct_type_review = {
    .space = NCT_SPACE_REVIEW,
    .name = "review",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_REVIEWS,
    .owner = NCT_OWNER_PERSON,
    FIELDS(review_fields, struct nct_review_record),
};

const struct nct_record_type nct_type_idempotency = {
    .space = NCT_SPACE_IDEMPOTENCY,
    .name = "idempotency",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_IDEMPOTENCY,
    .owner = NCT_OWNER_PERSON,
    FIELDS(idempotency_fields, struct nct_idempotency_record),
};

const struct nct_record_type nct_type_repudiation = {
    .space = NCT_SPACE_REPUDIATION,
    .name = "repudiation",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_REPUDIATIONS,
    .owner = NCT_OWNER_PROVIDER,
    FIELDS(signature_fields, struct nct_signature_record),
};

const struct nct_record_type nct_type_key = {
    .space = NCT_SPACE_KEY,
    .name = "key",
    .protection = NCT_SEALED,
    .pin = NCT_PIN_MAIN,
    .stream = NCT_STREAM_KEY,
    FIELDS(key_fields, struct nct_key_record),
};

const struct nct_record_type nct_type_rekey = {
    .space = NCT_SPACE_REKEY,
    .name = "rekey",
    .protection = NCT_AUTHENTICATED,
    .pin = NCT_PIN_RESEAL,
    .stream = NCT_STREAM_PORTAL,
    FIELDS(rekey_fields, struct nct_rekey_record),
};
