#include "engine/records/request_types.h"

#include "engine/records/fields.h"

static const struct nct_field oa_request_fields[] = {
    U64(1, struct nct_oa_request_record, number),
    I32(2, struct nct_oa_request_record, state),
    BYTES(3, struct nct_oa_request_record, candidate.person),
    TEXT(4, struct nct_oa_request_record, candidate.name.first),
    TEXT(5, struct nct_oa_request_record, candidate.name.last),
    TEXT(6, struct nct_oa_request_record, candidate.email),
    TEXT(7, struct nct_oa_request_record, candidate.phone),
    I32(8, struct nct_oa_request_record, relationship),
    BYTES(9, struct nct_oa_request_record, previous),
    BYTES(11, struct nct_oa_request_record, code),
    I64(12, struct nct_oa_request_record, requested_at),
    I64(13, struct nct_oa_request_record, lapses_at),
    I64(14, struct nct_oa_request_record, settled_at),
    I32(15, struct nct_oa_request_record, role),
    TEXT(20, struct nct_oa_request_record, candidate.language),
    TEXT(21, struct nct_oa_request_record, candidate.name.middle),
    TEXT(22, struct nct_oa_request_record, candidate.name.suffix),
    TEXT(23, struct nct_oa_request_record, assignment.name),
    I64(24, struct nct_oa_request_record, assignment.at),
};

static const struct nct_field eft_request_fields[] = {
    U64(1, struct nct_eft_request_record, number),
    I32(2, struct nct_eft_request_record, state),
    BYTES(3, struct nct_eft_request_record, requester),
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
    TEXT(16, struct nct_eft_request_record, assignment.name),
    I64(17, struct nct_eft_request_record, assignment.at),
};

static const struct nct_field former_oa_fields[] = {
    I64(1, struct nct_former_oa_record, ended_at),
};

static const struct nct_field contact_fields[] = {
    U64(1, struct nct_contact_record, number),
    BYTES(2, struct nct_contact_record, token),
    BYTES(3, struct nct_contact_record, mail),
    TEXT(4, struct nct_contact_record, name.first),
    TEXT(5, struct nct_contact_record, name.last),
    TEXT(6, struct nct_contact_record, email),
    TEXT(7, struct nct_contact_record, phone),
    TEXT(8, struct nct_contact_record, requested_by),
    I64(9, struct nct_contact_record, requested_at),
    TEXT(10, struct nct_contact_record, name.middle),
    TEXT(11, struct nct_contact_record, name.suffix),
    TEXT(12, struct nct_contact_record, phone_extension),
    TEXT(13, struct nct_contact_record, postal.line1),
    TEXT(14, struct nct_contact_record, postal.line2),
    TEXT(15, struct nct_contact_record, postal.city),
    TEXT(16, struct nct_contact_record, postal.state),
    TEXT(17, struct nct_contact_record, postal.zip),
    U64(18, struct nct_contact_record, drops),
    TEXT(19, struct nct_contact_record, assignment.name),
    I64(20, struct nct_contact_record, assignment.at),
};

static const struct nct_field application_fields[] = {
    I32(1, struct nct_application_record, kind),
    I32(2, struct nct_application_record, state),
    TEXT(3, struct nct_application_record, document_id),
    TEXT(4, struct nct_application_record, document_version),
    BYTES(5, struct nct_application_record, document_digest),
    TEXT(6, struct nct_application_record, physician_date),
    BYTES(7, struct nct_application_record, drafted_by),
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
    I64(19, struct nct_application_record, complete_at),
    TEXT(20, struct nct_application_record, assignment.name),
    I64(21, struct nct_application_record, assignment.at),
    I64(22, struct nct_application_record, saved_at),
    BYTES(23, struct nct_application_record, signed_by),
    I64(24, struct nct_application_record, step_at),
};

static const struct nct_field proposal_fields[] = {
    I32(1, struct nct_proposal_record, role),       U64(2, struct nct_proposal_record, rights),
    I64(3, struct nct_proposal_record, valid_from), I64(4, struct nct_proposal_record, valid_until),
    BYTES(5, struct nct_proposal_record, by),       I64(7, struct nct_proposal_record, proposed_at),
    U64(8, struct nct_proposal_record, basis),
};

static const struct nct_field invitation_fields[] = {
    I32(1, struct nct_invitation_record, role),       U64(2, struct nct_invitation_record, rights),
    I64(3, struct nct_invitation_record, valid_from), I64(4, struct nct_invitation_record, valid_until),
    BYTES(5, struct nct_invitation_record, by),       BYTES(6, struct nct_invitation_record, person),
    TEXT(7, struct nct_invitation_record, email),     TEXT(8, struct nct_invitation_record, language),
    BYTES(9, struct nct_invitation_record, code),     BYTES(10, struct nct_invitation_record, mail),
    I64(11, struct nct_invitation_record, sent_at),   U64(12, struct nct_invitation_record, sent),
    U64(13, struct nct_invitation_record, basis),
};

const struct nct_record_type nct_type_oa_request = {
    .space = NCT_SPACE_OA_REQUEST,
    .name = "oa_request",
    .protection = NCT_SEALED,
    FIELDS(oa_request_fields, struct nct_oa_request_record),
};

const struct nct_record_type nct_type_former_oa = {
    .space = NCT_SPACE_FORMER_OA,
    .name = "former_oa",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_FORMER_OAS,
    .owner = NCT_OWNER_PROVIDER,
    FIELDS(former_oa_fields, struct nct_former_oa_record),
};

const struct nct_record_type nct_type_eft_request = {
    .space = NCT_SPACE_EFT_REQUEST,
    .name = "eft_request",
    .protection = NCT_SEALED,
    FIELDS(eft_request_fields, struct nct_eft_request_record),
};

const struct nct_record_type nct_type_contact = {
    .space = NCT_SPACE_CONTACT,
    .name = "contact",
    .protection = NCT_SEALED,
    FIELDS(contact_fields, struct nct_contact_record),
};

const struct nct_record_type nct_type_application = {
    .space = NCT_SPACE_APPLICATION,
    .name = "application",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_APPLICATIONS,
    .owner = NCT_OWNER_PROVIDER,
    FIELDS(application_fields, struct nct_application_record),
};

const struct nct_record_type nct_type_application_by_person = {
    .space = NCT_SPACE_APPLICATION_DRAFTER,
    .name = "application_by_person",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_APPLICATIONS,
    .owner = NCT_OWNER_PERSON,
};

const struct nct_record_type nct_type_proposal = {
    .space = NCT_SPACE_PROPOSAL,
    .name = "proposal",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_PROPOSALS,
    .owner = NCT_OWNER_PROVIDER,
    FIELDS(proposal_fields, struct nct_proposal_record),
};

const struct nct_record_type nct_type_proposal_by_person = {
    .space = NCT_SPACE_PROPOSAL_BY_PERSON,
    .name = "proposal_by_person",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_PROPOSALS,
    .owner = NCT_OWNER_PERSON,
    .look_max = NCT_LOOK_MAX_BY_PERSON,
};

const struct nct_record_type nct_type_invitation = {
    .space = NCT_SPACE_INVITATION,
    .name = "invitation",
    .protection = NCT_SEALED,
    .relation = NCT_RELATION_INVITATIONS,
    .owner = NCT_OWNER_PROVIDER,
    FIELDS(invitation_fields, struct nct_invitation_record),
};

const struct nct_record_type nct_type_invitation_by_person = {
    .space = NCT_SPACE_INVITATION_BY_PERSON,
    .name = "invitation_by_person",
    .protection = NCT_AUTHENTICATED,
    .relation = NCT_RELATION_INVITATIONS,
    .owner = NCT_OWNER_PERSON,
};
