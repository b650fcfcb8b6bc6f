#include "records/types.h"

#include <nctracks/store.h>

#define FIELD(key_, kind, record, member)                                                                              \
    { .key = (key_), .type = (kind), .offset = offsetof(record, member), .size = sizeof(((record *)0)->member) }
#define I64(key, record, member) FIELD(key, NCT_FIELD_I64, record, member)
#define U64(key, record, member) FIELD(key, NCT_FIELD_U64, record, member)
#define I32(key, record, member) FIELD(key, NCT_FIELD_I32, record, member)
#define TEXT(key, record, member) FIELD(key, NCT_FIELD_TEXT, record, member)
#define BYTES(key, record, member) FIELD(key, NCT_FIELD_BYTES, record, member)

#define FIELDS(table, record) .fields = (table), .field_count = sizeof(table) / sizeof *(table), .size = sizeof(record)

static const struct nct_field portal_fields[] = {
    U64(1, struct nct_portal_mark, version),
    I64(2, struct nct_portal_mark, created_at),
};

static const struct nct_field provider_fields[] = {
    I32(1, struct nct_provider_record, kind),           I32(2, struct nct_provider_record, state),
    TEXT(3, struct nct_provider_record, name),          TEXT(4, struct nct_provider_record, email),
    TEXT(5, struct nct_provider_record, phone),         TEXT(6, struct nct_provider_record, oa_ncid),
    I64(7, struct nct_provider_record, enrolled_at),    I64(8, struct nct_provider_record, registered_at),
    TEXT(9, struct nct_provider_record, backup_ncid),   I32(16, struct nct_provider_record, moving_to),
    U64(17, struct nct_provider_record, moves),         I64(18, struct nct_provider_record, oa_since),
    I64(20, struct nct_provider_record, reverify_at),   I32(21, struct nct_provider_record, reverify_step),
    I64(22, struct nct_provider_record, reverify_next), I64(23, struct nct_provider_record, suspended_at),
};

static const struct nct_field private_fields[] = {
    TEXT(1, struct nct_provider_private, tax_id),
    BYTES(2, struct nct_provider_private, code),
    TEXT(3, struct nct_provider_private, eft.routing_number),
    TEXT(4, struct nct_provider_private, eft.account_number),
    TEXT(5, struct nct_provider_private, eft.account_type),
    TEXT(6, struct nct_provider_private, eft.account_holder),
    TEXT(7, struct nct_provider_private, eft.contact),
    U64(16, struct nct_provider_private, requests),
    U64(17, struct nct_provider_private, oa_pending),
    U64(18, struct nct_provider_private, eft_pending),
};

static const struct nct_field ncid_fields[] = {
    BYTES(1, struct nct_ncid_record, person),
    I32(2, struct nct_ncid_record, left),
};

static const struct nct_field person_fields[] = {
    TEXT(1, struct nct_person_record, ncid),          TEXT(2, struct nct_person_record, first_name),
    TEXT(3, struct nct_person_record, last_name),     TEXT(4, struct nct_person_record, email),
    TEXT(5, struct nct_person_record, phone),         I64(6, struct nct_person_record, created_at),
    I64(7, struct nct_person_record, access),         U64(8, struct nct_person_record, changes),
    U64(9, struct nct_person_record, contact),        U64(16, struct nct_person_record, handovers),
    TEXT(17, struct nct_person_record, former_email), I64(18, struct nct_person_record, email_since),
    TEXT(19, struct nct_person_record, moving_from),  TEXT(20, struct nct_person_record, language),
};

#define FACTOR(first, member)                                                                                          \
    I32((first), struct nct_credential, member.state), U64((first) + 1, struct nct_credential, member.generation),     \
        I64((first) + 2, struct nct_credential, member.issued_at),                                                     \
        U64((first) + 3, struct nct_credential, member.memory),                                                        \
        U64((first) + 4, struct nct_credential, member.passes),                                                        \
        BYTES((first) + 5, struct nct_credential, member.salt),                                                        \
        BYTES((first) + 6, struct nct_credential, member.verifier),                                                    \
        U64((first) + 7, struct nct_credential, member.tickets),                                                       \
        U64((first) + 8, struct nct_credential, member.cleared),                                                       \
        U64((first) + 9, struct nct_credential, member.failures),                                                      \
        I64((first) + 10, struct nct_credential, member.last_try),                                                     \
        BYTES((first) + 11, struct nct_credential, member.key)

static const struct nct_field credential_fields[] = {
    FACTOR(1, password),
    FACTOR(21, pin),
    BYTES(41, struct nct_credential, pin_mail),
    BYTES(42, struct nct_credential, period.token),
    I64(43, struct nct_credential, period.began_at),
    I64(44, struct nct_credential, period.used_at),
    U64(45, struct nct_credential, period.password),
    U64(46, struct nct_credential, period.pin),
    U64(47, struct nct_credential, period.changes),
};

static const struct nct_field grant_fields[] = {
    I32(1, struct nct_grant_record, role),
    U64(2, struct nct_grant_record, rights),
    I64(3, struct nct_grant_record, valid_from),
    I64(4, struct nct_grant_record, valid_until),
    I64(5, struct nct_grant_record, granted_at),
    TEXT(6, struct nct_grant_record, granted_by),
    U64(7, struct nct_grant_record, on_record.relationships),
    I64(8, struct nct_grant_record, on_record.valid_from),
    I64(9, struct nct_grant_record, on_record.valid_until),
    BYTES(11, struct nct_grant_record, groups),
    I64(12, struct nct_grant_record, used_at),
    I64(13, struct nct_grant_record, certified_at),
    TEXT(14, struct nct_grant_record, certified_by),
    U64(15, struct nct_grant_record, changes),
    I64(16, struct nct_grant_record, suspended_at),
};

static const struct nct_field proposal_fields[] = {
    I32(1, struct nct_proposal_record, role),        U64(2, struct nct_proposal_record, rights),
    I64(3, struct nct_proposal_record, valid_from),  I64(4, struct nct_proposal_record, valid_until),
    TEXT(5, struct nct_proposal_record, by),         BYTES(6, struct nct_proposal_record, person),
    I64(7, struct nct_proposal_record, proposed_at), U64(8, struct nct_proposal_record, basis),
};

#define GROUP(i)                                                                                                       \
    U64(2 + 3 * (i), struct nct_groups_record, list[i].id), TEXT(3 + 3 * (i), struct nct_groups_record, list[i].name), \
        U64(4 + 3 * (i), struct nct_groups_record, list[i].rights)
#define FOUR_GROUPS(i) GROUP(i), GROUP((i) + 1), GROUP((i) + 2), GROUP((i) + 3)

_Static_assert(NCT_GROUPS_MAX == 32, "groups in the table below");

static const struct nct_field groups_fields[] = {
    U64(1, struct nct_groups_record, last_id),
    FOUR_GROUPS(0),
    FOUR_GROUPS(4),
    FOUR_GROUPS(8),
    FOUR_GROUPS(12),
    FOUR_GROUPS(16),
    FOUR_GROUPS(20),
    FOUR_GROUPS(24),
    FOUR_GROUPS(28),
};

static const struct nct_field principal_fields[] = {
    U64(1, struct nct_principal_record, on_record.relationships),
    I64(2, struct nct_principal_record, on_record.valid_from),
    I64(3, struct nct_principal_record, on_record.valid_until),
    I64(4, struct nct_principal_record, recorded_at),
    TEXT(5, struct nct_principal_record, name),
    TEXT(6, struct nct_principal_record, email),
};

static const struct nct_field contact_fields[] = {
    U64(1, struct nct_contact_record, number),       BYTES(2, struct nct_contact_record, token),
    BYTES(3, struct nct_contact_record, mail),       TEXT(4, struct nct_contact_record, first_name),
    TEXT(5, struct nct_contact_record, last_name),   TEXT(6, struct nct_contact_record, email),
    TEXT(7, struct nct_contact_record, phone),       TEXT(8, struct nct_contact_record, requested_by),
    I64(9, struct nct_contact_record, requested_at),
};

static const struct nct_field stream_fields[] = {
    U64(1, struct nct_stream_head, sequence), BYTES(2, struct nct_stream_head, hash),
    U64(3, struct nct_stream_head, pins[0]),  U64(4, struct nct_stream_head, pins[1]),
    U64(5, struct nct_stream_head, pins[2]),
};

static const struct nct_field entry_fields[] = {
    I64(1, struct nct_entry_record, time),       I32(2, struct nct_entry_record, event),
    I32(3, struct nct_entry_record, outcome),    TEXT(4, struct nct_entry_record, actor),
    TEXT(5, struct nct_entry_record, subject),   TEXT(6, struct nct_entry_record, provider),
    TEXT(7, struct nct_entry_record, detail),    BYTES(8, struct nct_entry_record, digest),
    BYTES(9, struct nct_entry_record, previous),
};

static const struct nct_field mail_fields[] = {
    I32(1, struct nct_mail_record, template_id),
    TEXT(2, struct nct_mail_record, recipient_name),
    TEXT(3, struct nct_mail_record, recipient_address),
    TEXT(4, struct nct_mail_record, ncid),
    TEXT(5, struct nct_mail_record, name),
    TEXT(6, struct nct_mail_record, provider),
    TEXT(7, struct nct_mail_record, pin),
    I64(8, struct nct_mail_record, queued_at),
    I64(9, struct nct_mail_record, lease_until),
    I64(10, struct nct_mail_record, tries),
    TEXT(11, struct nct_mail_record, checkpoint.number),
    TEXT(12, struct nct_mail_record, checkpoint.made_at),
    TEXT(13, struct nct_mail_record, checkpoint.root),
    TEXT(14, struct nct_mail_record, checkpoint.hash),
    TEXT(15, struct nct_mail_record, checkpoint.bytes),
    TEXT(16, struct nct_mail_record, address),
    TEXT(17, struct nct_mail_record, token),
    TEXT(18, struct nct_mail_record, account),
    TEXT(20, struct nct_mail_record, date),
    TEXT(30, struct nct_mail_record, language),
};

static const struct nct_field application_fields[] = {
    I32(1, struct nct_application_record, kind),
    I32(2, struct nct_application_record, state),
    TEXT(3, struct nct_application_record, document_id),
    TEXT(4, struct nct_application_record, document_version),
    BYTES(5, struct nct_application_record, document_digest),
    TEXT(6, struct nct_application_record, physician_date),
    BYTES(7, struct nct_application_record, drafted_by),
    TEXT(8, struct nct_application_record, drafted_by_ncid),
    I64(9, struct nct_application_record, drafted_at),
    BYTES(10, struct nct_application_record, signature),
    I64(11, struct nct_application_record, submitted_at),
    U64(12, struct nct_application_record, moves),
    I32(13, struct nct_application_record, last_move),
    I64(14, struct nct_application_record, moved_at),
    TEXT(15, struct nct_application_record, moved_by),
    TEXT(16, struct nct_application_record, note),
    I64(17, struct nct_application_record, due_at),
    U64(18, struct nct_application_record, first_entry),
};

static const struct nct_field oa_request_fields[] = {
    U64(1, struct nct_oa_request_record, number),
    I32(2, struct nct_oa_request_record, state),
    TEXT(3, struct nct_oa_request_record, candidate.ncid),
    TEXT(4, struct nct_oa_request_record, candidate.first_name),
    TEXT(5, struct nct_oa_request_record, candidate.last_name),
    TEXT(6, struct nct_oa_request_record, candidate.email),
    TEXT(7, struct nct_oa_request_record, candidate.phone),
    I32(8, struct nct_oa_request_record, relationship),
    BYTES(9, struct nct_oa_request_record, previous),
    TEXT(10, struct nct_oa_request_record, previous_ncid),
    BYTES(11, struct nct_oa_request_record, code),
    I64(12, struct nct_oa_request_record, requested_at),
    I64(13, struct nct_oa_request_record, lapses_at),
    I64(14, struct nct_oa_request_record, settled_at),
    TEXT(20, struct nct_oa_request_record, candidate.language),
};

static const struct nct_field eft_request_fields[] = {
    U64(1, struct nct_eft_request_record, number),
    I32(2, struct nct_eft_request_record, state),
    TEXT(3, struct nct_eft_request_record, requester),
    TEXT(4, struct nct_eft_request_record, eft.routing_number),
    TEXT(5, struct nct_eft_request_record, eft.account_number),
    TEXT(6, struct nct_eft_request_record, eft.account_type),
    TEXT(7, struct nct_eft_request_record, eft.account_holder),
    TEXT(8, struct nct_eft_request_record, eft.contact),
    TEXT(9, struct nct_eft_request_record, account_masked),
    TEXT(10, struct nct_eft_request_record, phone),
    I64(11, struct nct_eft_request_record, warnings),
    I64(12, struct nct_eft_request_record, requested_at),
    I64(13, struct nct_eft_request_record, lapses_at),
    I64(14, struct nct_eft_request_record, settled_at),
    FIELD(15, NCT_FIELD_BLOB, struct nct_eft_request_record, told),
};

static const struct nct_field former_oa_fields[] = {
    I64(1, struct nct_former_oa_record, ended_at),
};

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
    BYTES(2, struct nct_leaves_record, making),
};

static const struct nct_field checkpoint_last_fields[] = {
    U64(1, struct nct_checkpoint_last, number), BYTES(2, struct nct_checkpoint_last, hash),
    U64(3, struct nct_checkpoint_last, pages),
    BYTES(5, struct nct_checkpoint_last, making), /* 4 was a hash of all leaves */
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
};

const struct nct_record_type nct_type_portal = {
    .space = NCT_SPACE_PORTAL,
    .name = "portal",
    .protection = NCT_AUTHENTICATED,
    FIELDS(portal_fields, struct nct_portal_mark),
};

const struct nct_record_type nct_type_provider = {
    .space = NCT_SPACE_PROVIDER,
    .name = "provider",
    .protection = NCT_AUTHENTICATED,
    .pin = NCT_PIN_MAIN,
    .stream = NCT_STREAM_PROVIDER,
    FIELDS(provider_fields, struct nct_provider_record),
};

const struct nct_record_type nct_type_provider_private = {
    .space = NCT_SPACE_PROVIDER_PRIVATE,
    .name = "provider_private",
    .protection = NCT_SEALED,
    .pin = NCT_PIN_PRIVATE,
    .stream = NCT_STREAM_PROVIDER,
    FIELDS(private_fields, struct nct_provider_private),
};

const struct nct_record_type nct_type_ncid = {
    .space = NCT_SPACE_NCID,
    .name = "ncid",
    .protection = NCT_AUTHENTICATED,
    FIELDS(ncid_fields, struct nct_ncid_record),
};

const struct nct_record_type nct_type_person = {
    .space = NCT_SPACE_PERSON,
    .name = "person",
    .protection = NCT_AUTHENTICATED,
    .pin = NCT_PIN_MAIN,
    .stream = NCT_STREAM_PERSON,
    FIELDS(person_fields, struct nct_person_record),
};

const struct nct_record_type nct_type_credential = {
    .space = NCT_SPACE_CREDENTIAL,
    .name = "credential",
    .protection = NCT_SEALED,
    .pin = NCT_PIN_PRIVATE,
    .stream = NCT_STREAM_PERSON,
    FIELDS(credential_fields, struct nct_credential),
};

const struct nct_record_type nct_type_grant = {
    .space = NCT_SPACE_GRANT,
    .name = "grant",
    .protection = NCT_AUTHENTICATED,
    FIELDS(grant_fields, struct nct_grant_record),
};

const struct nct_record_type nct_type_grant_by_person = {
    .space = NCT_SPACE_GRANT_BY_PERSON,
    .name = "grant_by_person",
    .protection = NCT_AUTHENTICATED,
};

const struct nct_record_type nct_type_principal = {
    .space = NCT_SPACE_PRINCIPAL,
    .name = "principal",
    .protection = NCT_AUTHENTICATED,
    FIELDS(principal_fields, struct nct_principal_record),
};

const struct nct_record_type nct_type_principal_by_person = {
    .space = NCT_SPACE_PRINCIPAL_BY_PERSON,
    .name = "principal_by_person",
    .protection = NCT_AUTHENTICATED,
};

const struct nct_record_type nct_type_contact = {
    .space = NCT_SPACE_CONTACT,
    .name = "contact",
    .protection = NCT_SEALED,
    FIELDS(contact_fields, struct nct_contact_record),
};

const struct nct_record_type nct_type_stream = {
    .space = NCT_SPACE_STREAM,
    .name = "stream",
    .protection = NCT_AUTHENTICATED,
    FIELDS(stream_fields, struct nct_stream_head),
};

const struct nct_record_type nct_type_entry = {
    .space = NCT_SPACE_ENTRY,
    .name = "entry",
    .protection = NCT_AUTHENTICATED,
    FIELDS(entry_fields, struct nct_entry_record),
};

const struct nct_record_type nct_type_mail = {
    .space = NCT_SPACE_MAIL,
    .name = "mail",
    .protection = NCT_SEALED,
    FIELDS(mail_fields, struct nct_mail_record),
};

const struct nct_record_type nct_type_signature = {
    .space = NCT_SPACE_SIGNATURE,
    .name = "signature",
    .protection = NCT_AUTHENTICATED,
    FIELDS(signature_fields, struct nct_signature_record),
};

const struct nct_record_type nct_type_signature_by_person = {
    .space = NCT_SPACE_SIGNATURE_BY_PERSON,
    .name = "signature_by_person",
    .protection = NCT_AUTHENTICATED,
    FIELDS(signature_index_fields, struct nct_signature_index),
};

const struct nct_record_type nct_type_proposal = {
    .space = NCT_SPACE_PROPOSAL,
    .name = "proposal",
    .protection = NCT_AUTHENTICATED,
    FIELDS(proposal_fields, struct nct_proposal_record),
};

const struct nct_record_type nct_type_proposal_by_person = {
    .space = NCT_SPACE_PROPOSAL_BY_PERSON,
    .name = "proposal_by_person",
    .protection = NCT_AUTHENTICATED,
};

const struct nct_record_type nct_type_groups = {
    .space = NCT_SPACE_GROUPS,
    .name = "groups",
    .protection = NCT_AUTHENTICATED,
    .pin = NCT_PIN_GROUPS,
    .stream = NCT_STREAM_PROVIDER,
    FIELDS(groups_fields, struct nct_groups_record),
};

const struct nct_record_type nct_type_review = {
    .space = NCT_SPACE_REVIEW,
    .name = "review",
    .protection = NCT_AUTHENTICATED,
    FIELDS(review_fields, struct nct_review_record),
};

const struct nct_record_type nct_type_idempotency = {
    .space = NCT_SPACE_IDEMPOTENCY,
    .name = "idempotency",
    .protection = NCT_AUTHENTICATED,
    FIELDS(idempotency_fields, struct nct_idempotency_record),
};

const struct nct_record_type nct_type_repudiation = {
    .space = NCT_SPACE_REPUDIATION,
    .name = "repudiation",
    .protection = NCT_AUTHENTICATED,
    FIELDS(signature_fields, struct nct_signature_record),
};

const struct nct_record_type nct_repudiation_type = {
    .name = "repudiation_claims",
    FIELDS(repudiation_fields, struct nct_repudiation_claims),
};

const struct nct_record_type nct_claims_type = {
    .name = "claims",
    FIELDS(claims_fields, struct nct_claims),
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
    FIELDS(checkpoint_last_fields, struct nct_checkpoint_last),
};

const struct nct_record_type nct_type_application = {
    .space = NCT_SPACE_APPLICATION,
    .name = "application",
    .protection = NCT_AUTHENTICATED,
    FIELDS(application_fields, struct nct_application_record),
};

const struct nct_record_type nct_type_application_by_person = {
    .space = NCT_SPACE_APPLICATION_DRAFTER,
    .name = "application_by_person",
    .protection = NCT_AUTHENTICATED,
};

const struct nct_record_type nct_type_due = {
    .space = NCT_SPACE_DUE,
    .name = "due",
    .protection = NCT_AUTHENTICATED,
};

const struct nct_record_type nct_type_oa_request = {
    .space = NCT_SPACE_OA_REQUEST,
    .name = "oa_request",
    .protection = NCT_SEALED,
    FIELDS(oa_request_fields, struct nct_oa_request_record),
};

const struct nct_record_type nct_type_eft_request = {
    .space = NCT_SPACE_EFT_REQUEST,
    .name = "eft_request",
    .protection = NCT_SEALED,
    FIELDS(eft_request_fields, struct nct_eft_request_record),
};

const struct nct_record_type nct_type_former_oa = {
    .space = NCT_SPACE_FORMER_OA,
    .name = "former_oa",
    .protection = NCT_AUTHENTICATED,
    FIELDS(former_oa_fields, struct nct_former_oa_record),
};

const struct nct_record_type nct_checkpoint_claims_type = {
    .name = "checkpoint_claims",
    FIELDS(checkpoint_claims_fields, struct nct_checkpoint_claims),
};

const struct nct_record_type nct_proof_type = {
    .name = "proof",
    FIELDS(proof_fields, struct nct_proof_record),
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
    FIELDS(rekey_fields, struct nct_rekey_record),
};

const struct nct_record_type nct_announcement_type = {
    .name = "announcement",
    FIELDS(announcement_fields, struct nct_announcement_claims),
};

static const struct nct_record_type *const types[NCT_SPACE_COUNT] = {
    [NCT_SPACE_PORTAL] = &nct_type_portal,
    [NCT_SPACE_PROVIDER] = &nct_type_provider,
    [NCT_SPACE_PROVIDER_PRIVATE] = &nct_type_provider_private,
    [NCT_SPACE_NCID] = &nct_type_ncid,
    [NCT_SPACE_PERSON] = &nct_type_person,
    [NCT_SPACE_CREDENTIAL] = &nct_type_credential,
    [NCT_SPACE_GRANT] = &nct_type_grant,
    [NCT_SPACE_GRANT_BY_PERSON] = &nct_type_grant_by_person,
    [NCT_SPACE_STREAM] = &nct_type_stream,
    [NCT_SPACE_ENTRY] = &nct_type_entry,
    [NCT_SPACE_MAIL] = &nct_type_mail,
    [NCT_SPACE_SIGNATURE] = &nct_type_signature,
    [NCT_SPACE_SIGNATURE_BY_PERSON] = &nct_type_signature_by_person,
    [NCT_SPACE_REVIEW] = &nct_type_review,
    [NCT_SPACE_IDEMPOTENCY] = &nct_type_idempotency,
    [NCT_SPACE_REPUDIATION] = &nct_type_repudiation,
    [NCT_SPACE_CHECKPOINT] = &nct_type_checkpoint,
    [NCT_SPACE_CHECKPOINT_LEAVES] = &nct_type_checkpoint_leaves,
    [NCT_SPACE_CHECKPOINT_LAST] = &nct_type_checkpoint_last,
    [NCT_SPACE_OA_REQUEST] = &nct_type_oa_request,
    [NCT_SPACE_FORMER_OA] = &nct_type_former_oa,
    [NCT_SPACE_EFT_REQUEST] = &nct_type_eft_request,
    [NCT_SPACE_PROPOSAL] = &nct_type_proposal,
    [NCT_SPACE_GROUPS] = &nct_type_groups,
    [NCT_SPACE_APPLICATION] = &nct_type_application,
    [NCT_SPACE_APPLICATION_DRAFTER] = &nct_type_application_by_person,
    [NCT_SPACE_DUE] = &nct_type_due,
    [NCT_SPACE_PRINCIPAL] = &nct_type_principal,
    [NCT_SPACE_PRINCIPAL_BY_PERSON] = &nct_type_principal_by_person,
    [NCT_SPACE_CONTACT] = &nct_type_contact,
    [NCT_SPACE_KEY] = &nct_type_key,
    [NCT_SPACE_REKEY] = &nct_type_rekey,
    [NCT_SPACE_PROPOSAL_BY_PERSON] = &nct_type_proposal_by_person,
};

_Static_assert(NCT_ROW_KEY_MAX == NCT_KEY_MAX, "length of a row's key");

const struct nct_record_type *nct_type_of_space(int32_t space) {
    return types[space];
}

int32_t nct_space_count(void) {
    return NCT_SPACE_COUNT;
}

const char *nct_space_name(int32_t space) {
    return space >= 0 && space < NCT_SPACE_COUNT ? types[space]->name : NULL;
}
