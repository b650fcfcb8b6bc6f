#include "engine/records/types.h"

#include "engine/records/evidence_types.h"
#include "engine/records/fields.h"
#include "engine/records/request_types.h"

#include <nctracks/store.h>

static const struct nct_field portal_fields[] = {
    U64(1, struct nct_portal_mark, version),
    I64(2, struct nct_portal_mark, created_at),
    BYTES(3, struct nct_portal_mark, policy),
    BYTES(4, struct nct_portal_mark, announced),
};

static const struct nct_field provider_fields[] = {
    I32(1, struct nct_provider_record, kind),
    I32(2, struct nct_provider_record, state),
    TEXT(3, struct nct_provider_record, name),
    TEXT(4, struct nct_provider_record, email),
    TEXT(5, struct nct_provider_record, phone),
    BYTES(6, struct nct_provider_record, oa),
    I64(7, struct nct_provider_record, enrolled_at),
    I64(8, struct nct_provider_record, registered_at),
    BYTES(9, struct nct_provider_record, backup),
    I64(18, struct nct_provider_record, oa_since),
    I64(20, struct nct_provider_record, reverify_at),
    I32(21, struct nct_provider_record, reverify_step),
    I64(22, struct nct_provider_record, reverify_next),
    I64(23, struct nct_provider_record, suspended_at),
    TEXT(40, struct nct_provider_record, phone_extension),
    TEXT(41, struct nct_provider_record, postal.line1),
    TEXT(42, struct nct_provider_record, postal.line2),
    TEXT(43, struct nct_provider_record, postal.city),
    TEXT(44, struct nct_provider_record, postal.state),
    TEXT(45, struct nct_provider_record, postal.zip),
    I64(46, struct nct_provider_record, changed_at),
    I64(47, struct nct_provider_record, asked.began_at),
    U64(48, struct nct_provider_record, asked.count),
    I64(49, struct nct_provider_record, invited.began_at),
    U64(50, struct nct_provider_record, invited.count),
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
    I32(2, struct nct_ncid_record, idle),
};

#define PAST(i)                                                                                                        \
    TEXT(32 + 2 * (i), struct nct_person_record, past[i].email),                                                       \
        I64(33 + 2 * (i), struct nct_person_record, past[i].until)
#define ASKED(i)                                                                                                       \
    I64(24 + 2 * (i), struct nct_person_record, asked[i].began_at),                                                    \
        U64(25 + 2 * (i), struct nct_person_record, asked[i].count)
#define FOUR_PAST(i) PAST(i), PAST((i) + 1), PAST((i) + 2), PAST((i) + 3)

_Static_assert(NCT_PAST_ADDRESSES == 8 && NCT_ASKED_COUNT == 5, "counts in the table below");

static const struct nct_field person_fields[] = {
    TEXT(1, struct nct_person_record, ncid),
    TEXT(2, struct nct_person_record, name.first),
    TEXT(3, struct nct_person_record, name.last),
    TEXT(4, struct nct_person_record, email),
    TEXT(5, struct nct_person_record, phone),
    I64(6, struct nct_person_record, created_at),
    U64(8, struct nct_person_record, changes),
    U64(9, struct nct_person_record, contact),
    U64(16, struct nct_person_record, handovers),
    TEXT(20, struct nct_person_record, language),
    BYTES(21, struct nct_person_record, merged_into),
    I64(22, struct nct_person_record, contested_at),
    ASKED(0),
    ASKED(1),
    ASKED(2),
    ASKED(3),
    FOUR_PAST(0),
    FOUR_PAST(4),
    TEXT(48, struct nct_person_record, name.middle),
    TEXT(49, struct nct_person_record, name.suffix),
    TEXT(50, struct nct_person_record, phone_extension),
    TEXT(51, struct nct_person_record, postal.line1),
    TEXT(52, struct nct_person_record, postal.line2),
    TEXT(53, struct nct_person_record, postal.city),
    TEXT(54, struct nct_person_record, postal.state),
    TEXT(55, struct nct_person_record, postal.zip),
    I64(56, struct nct_person_record, asked[NCT_ASKED_DRAFT].began_at),
    U64(57, struct nct_person_record, asked[NCT_ASKED_DRAFT].count),
    TEXT(58, struct nct_person_record, agreement_version),
    BYTES(59, struct nct_person_record, agreement_digest),
    I64(60, struct nct_person_record, agreed_at),
};

#define FACTOR(first, member)                                                                                          \
    I32((first), struct nct_credential, member.state), U64((first) + 1, struct nct_credential, member.generation),     \
        I64((first) + 2, struct nct_credential, member.issued_at),                                                     \
        U64((first) + 3, struct nct_credential, member.memory),                                                        \
        U64((first) + 4, struct nct_credential, member.passes),                                                        \
        BYTES((first) + 5, struct nct_credential, member.salt),                                                        \
        BYTES((first) + 6, struct nct_credential, member.verifier),                                                    \
        U64((first) + 7, struct nct_credential, member.failures),                                                      \
        U64((first) + 8, struct nct_credential, member.unsettled),                                                     \
        I64((first) + 9, struct nct_credential, member.failed_at),                                                     \
        BYTES((first) + 10, struct nct_credential, member.key)

#define TURN(first, place)                                                                                             \
    U64((first), struct nct_credential, turns[place].name),                                                            \
        U64((first) + 1, struct nct_credential, turns[place].number),                                                  \
        I64((first) + 2, struct nct_credential, turns[place].since),                                                   \
        I32((first) + 3, struct nct_credential, turns[place].step)

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
    TURN(50, 0),
    TURN(54, 1),
    TURN(58, 2),
    TURN(62, 3),
};

#define SESSION(first, place)                                                                                          \
    BYTES((first), struct nct_sign_in_record, place.token), BYTES((first) + 1, struct nct_sign_in_record, place.id),   \
        I64((first) + 2, struct nct_sign_in_record, place.began_at),                                                   \
        I64((first) + 3, struct nct_sign_in_record, place.used_at),                                                    \
        I64((first) + 4, struct nct_sign_in_record, place.authenticated_at),                                           \
        TEXT((first) + 5, struct nct_sign_in_record, place.label),                                                     \
        TEXT((first) + 6, struct nct_sign_in_record, place.acr),                                                       \
        TEXT((first) + 7, struct nct_sign_in_record, place.amr)
#define FOUR_SESSIONS(i)                                                                                               \
    SESSION(40 + 8 * (i), sessions[i]), SESSION(48 + 8 * (i), sessions[(i) + 1]),                                      \
        SESSION(56 + 8 * (i), sessions[(i) + 2]), SESSION(64 + 8 * (i), sessions[(i) + 3])
#define MAILED_CODE(first, member)                                                                                     \
    BYTES((first), struct nct_sign_in_record, member.hash),                                                            \
        I64((first) + 1, struct nct_sign_in_record, member.made_at),                                                   \
        U64((first) + 2, struct nct_sign_in_record, member.tries)
#define ALLOWANCE(first, member)                                                                                       \
    I64((first), struct nct_sign_in_record, member.began_at), U64((first) + 1, struct nct_sign_in_record, member.count)

_Static_assert(NCT_SESSION_PLACES == 12, "sessions in the table below");

static const struct nct_field sign_in_fields[] = {
    TEXT(1, struct nct_sign_in_record, ncid),
    U64(2, struct nct_sign_in_record, password),
    U64(3, struct nct_sign_in_record, pin),
    MAILED_CODE(8, step),
    MAILED_CODE(12, reset),
    ALLOWANCE(16, steps),
    ALLOWANCE(18, resets),
    SESSION(32, waiting),
    FOUR_SESSIONS(0),
    FOUR_SESSIONS(4),
    FOUR_SESSIONS(8),
};

static const struct nct_field grant_fields[] = {
    I32(1, struct nct_grant_record, role),
    U64(2, struct nct_grant_record, rights),
    I64(3, struct nct_grant_record, valid_from),
    I64(4, struct nct_grant_record, valid_until),
    I64(5, struct nct_grant_record, granted_at),
    BYTES(6, struct nct_grant_record, granted_by),
    U64(7, struct nct_grant_record, on_record.relationships),
    I64(8, struct nct_grant_record, on_record.valid_from),
    I64(9, struct nct_grant_record, on_record.valid_until),
    BYTES(11, struct nct_grant_record, groups),
    I64(12, struct nct_grant_record, used_at),
    I64(13, struct nct_grant_record, certified_at),
    BYTES(14, struct nct_grant_record, certified_by),
    U64(15, struct nct_grant_record, changes),
    I64(24, struct nct_grant_record, given.began_at),
    U64(25, struct nct_grant_record, given.count),
    I64(26, struct nct_grant_record, told.began_at),
    U64(27, struct nct_grant_record, told.count),
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

static const struct nct_field clock_fields[] = {
    I64(1, struct nct_clock_record, latest),
    I64(2, struct nct_clock_record, wrong_from),
    I64(3, struct nct_clock_record, wrong_until),
};

#define SET(first, i)                                                                                                  \
    U64(first, struct nct_stream_head, sets[i].count), BYTES((first) + 1, struct nct_stream_head, sets[i].sum)

static const struct nct_field stream_fields[] = {
    U64(1, struct nct_stream_head, sequence),
    BYTES(2, struct nct_stream_head, hash),
    U64(3, struct nct_stream_head, pins[0]),
    U64(4, struct nct_stream_head, pins[1]),
    U64(5, struct nct_stream_head, pins[2]),
    I64(6, struct nct_stream_head, masked_at),
    SET(8, 0),
    SET(10, 1),
    SET(12, 2),
    SET(14, 3),
    SET(16, 4),
    SET(18, 5),
    SET(20, 6),
    SET(22, 7),
    SET(24, 8),
    SET(26, 9),
};
_Static_assert(NCT_RELATIONS == 10, "sets in the table above");

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
    TEXT(21, struct nct_mail_record, time),
    TEXT(30, struct nct_mail_record, language),
    BYTES(31, struct nct_mail_record, owner),
    TEXT(40, struct nct_mail_record, document),
    TEXT(41, struct nct_mail_record, submission),
    TEXT(42, struct nct_mail_record, signature),
    I64(43, struct nct_mail_record, read_at),
    TEXT(44, struct nct_mail_record, refusal),
    I64(45, struct nct_mail_record, refusals),
    I64(46, struct nct_mail_record, next_try_at),
    I64(47, struct nct_mail_record, given_up_at),
    TEXT(48, struct nct_mail_record, application),
};

const struct nct_record_type nct_type_portal = {
    .space = NCT_SPACE_PORTAL,
    .name = "portal",
    .protection = NCT_AUTHENTICATED,
    .pin = NCT_PIN_MAIN,
    .stream = NCT_STREAM_PORTAL,
    FIELDS(portal_fields, struct nct_portal_mark),
};

const struct nct_record_type nct_type_clock = {
    .space = NCT_SPACE_CLOCK,
    .name = "clock",
    .protection = NCT_AUTHENTICATED,
    FIELDS(clock_fields, struct nct_clock_record),
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
    .relation = NCT_RELATION_MEMBERS,
    .owner = NCT_OWNER_SHARD,
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

const struct nct_record_type nct_type_sign_in = {
    .space = NCT_SPACE_SIGN_IN,
    .name = "sign_in",
    .protection = NCT_SEALED,
    .pin = NCT_PIN_SIGN_IN,
    .stream = NCT_STREAM_PERSON,
    FIELDS(sign_in_fields, struct nct_sign_in_record),
};

const struct nct_record_type nct_type_grant = {
    .space = NCT_SPACE_GRANT,
    .name = "grant",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_GRANTS,
    .owner = NCT_OWNER_PROVIDER,
    FIELDS(grant_fields, struct nct_grant_record),
};

const struct nct_record_type nct_type_grant_by_person = {
    .space = NCT_SPACE_GRANT_BY_PERSON,
    .name = "grant_by_person",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_GRANTS,
    .owner = NCT_OWNER_PERSON,
    .look_max = NCT_LOOK_MAX_BY_PERSON,
};

const struct nct_record_type nct_type_principal = {
    .space = NCT_SPACE_PRINCIPAL,
    .name = "principal",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_PRINCIPALS,
    .owner = NCT_OWNER_PROVIDER,
    FIELDS(principal_fields, struct nct_principal_record),
};

const struct nct_record_type nct_type_principal_by_person = {
    .space = NCT_SPACE_PRINCIPAL_BY_PERSON,
    .name = "principal_by_person",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_PRINCIPALS,
    .owner = NCT_OWNER_PERSON,
    .look_max = NCT_LOOK_MAX_BY_PERSON,
};

const struct nct_record_type nct_type_stream = {
    .space = NCT_SPACE_STREAM,
    .name = "stream",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_MEMBERS,
    .owner = NCT_OWNER_STREAMS,
    .timeless = 1,
    FIELDS(stream_fields, struct nct_stream_head),
};

const struct nct_record_type nct_type_registry = {
    .space = NCT_SPACE_REGISTRY,
    .name = "registry",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_MEMBERS,
    .owner = NCT_OWNER_ROOT,
    .timeless = 1,
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

const struct nct_record_type nct_type_message = {
    .space = NCT_SPACE_MESSAGE,
    .name = "message",
    .protection = NCT_SEALED,
    .relation = NCT_RELATION_MESSAGES,
    .owner = NCT_OWNER_PERSON,
    FIELDS(mail_fields, struct nct_mail_record),
};

const struct nct_record_type nct_type_mail_of_person = {
    .space = NCT_SPACE_MAIL_OF_PERSON,
    .name = "mail_of_person",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_MAILS,
    .owner = NCT_OWNER_PERSON,
};

const struct nct_record_type nct_type_mail_of_provider = {
    .space = NCT_SPACE_MAIL_OF_PROVIDER,
    .name = "mail_of_provider",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_MAILS,
    .owner = NCT_OWNER_PROVIDER,
};

const struct nct_record_type nct_type_groups = {
    .space = NCT_SPACE_GROUPS,
    .name = "groups",
    .protection = NCT_AUTHENTICATED,
    .pin = NCT_PIN_GROUPS,
    .stream = NCT_STREAM_PROVIDER,
    FIELDS(groups_fields, struct nct_groups_record),
};

const struct nct_record_type nct_type_due = {
    .space = NCT_SPACE_DUE,
    .name = "due",
    .protection = NCT_AUTHENTICATED,
};

const struct nct_record_type nct_type_work = {
    .space = NCT_SPACE_WORK,
    .name = "work",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_MEMBERS,
    .owner = NCT_OWNER_WORK,
    .timeless = 1,
};

const struct nct_record_type nct_type_directory = {
    .space = NCT_SPACE_DIRECTORY,
    .name = "directory",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_MEMBERS,
    .owner = NCT_OWNER_DIRECTORY,
    .timeless = 1,
};

static const struct nct_record_type *const types[NCT_SPACE_COUNT] = {
    [NCT_SPACE_PORTAL] = &nct_type_portal,
    [NCT_SPACE_CLOCK] = &nct_type_clock,
    [NCT_SPACE_PROVIDER] = &nct_type_provider,
    [NCT_SPACE_PROVIDER_PRIVATE] = &nct_type_provider_private,
    [NCT_SPACE_NCID] = &nct_type_ncid,
    [NCT_SPACE_PERSON] = &nct_type_person,
    [NCT_SPACE_CREDENTIAL] = &nct_type_credential,
    [NCT_SPACE_GRANT] = &nct_type_grant,
    [NCT_SPACE_GRANT_BY_PERSON] = &nct_type_grant_by_person,
    [NCT_SPACE_STREAM] = &nct_type_stream,
    [NCT_SPACE_ENTRY] = &nct_type_entry,
    [NCT_SPACE_REGISTRY] = &nct_type_registry,
    [NCT_SPACE_MAIL] = &nct_type_mail,
    [NCT_SPACE_MAIL_OF_PERSON] = &nct_type_mail_of_person,
    [NCT_SPACE_MAIL_OF_PROVIDER] = &nct_type_mail_of_provider,
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
    [NCT_SPACE_WORK] = &nct_type_work,
    [NCT_SPACE_PRINCIPAL] = &nct_type_principal,
    [NCT_SPACE_PRINCIPAL_BY_PERSON] = &nct_type_principal_by_person,
    [NCT_SPACE_CONTACT] = &nct_type_contact,
    [NCT_SPACE_KEY] = &nct_type_key,
    [NCT_SPACE_REKEY] = &nct_type_rekey,
    [NCT_SPACE_MESSAGE] = &nct_type_message,
    [NCT_SPACE_DIRECTORY] = &nct_type_directory,
    [NCT_SPACE_PROPOSAL_BY_PERSON] = &nct_type_proposal_by_person,
    [NCT_SPACE_SIGN_IN] = &nct_type_sign_in,
    [NCT_SPACE_INVITATION] = &nct_type_invitation,
    [NCT_SPACE_INVITATION_BY_PERSON] = &nct_type_invitation_by_person,
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
