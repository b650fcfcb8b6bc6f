#include "portal/access/admit.h"
#include "base/about.h"

#include "base/bytes.h"
#include "portal/access/contest.h"
#include "portal/mail/notice.h"
#include "portal/registry/allowance.h"
#include "portal/registry/principals.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static void read_text(const struct nct_form *form, const char *prefix, const char *name, char *out, size_t capacity) {
    char path[64];
    snprintf(path, sizeof path, "%s%s", prefix, name);
    nct_form_text(form, path, out, capacity);
}

void nct_form_name(const struct nct_form *form, const char *prefix, struct nct_name *out) {
    read_text(form, prefix, "first_name", out->first, sizeof out->first);
    read_text(form, prefix, "middle_name", out->middle, sizeof out->middle);
    read_text(form, prefix, "last_name", out->last, sizeof out->last);
    read_text(form, prefix, "suffix", out->suffix, sizeof out->suffix);
}

void nct_form_postal(const struct nct_form *form, const char *prefix, struct nct_postal *out) {
    read_text(form, prefix, "address.line1", out->line1, sizeof out->line1);
    read_text(form, prefix, "address.line2", out->line2, sizeof out->line2);
    read_text(form, prefix, "address.city", out->city, sizeof out->city);
    read_text(form, prefix, "address.state", out->state, sizeof out->state);
    read_text(form, prefix, "address.zip", out->zip, sizeof out->zip);
}

void nct_form_person(const struct nct_form *form, const char *prefix, struct nct_person_record *out) {
    memset(out, 0, sizeof *out);
    read_text(form, prefix, "ncid", out->ncid, sizeof out->ncid);
    nct_form_name(form, prefix, &out->name);
    nct_form_postal(form, prefix, &out->postal);
    read_text(form, prefix, "email", out->email, sizeof out->email);
    read_text(form, prefix, "phone", out->phone, sizeof out->phone);
    read_text(form, prefix, "phone_extension", out->phone_extension, sizeof out->phone_extension);
    read_text(form, prefix, "language", out->language, sizeof out->language);
}

void nct_form_eft(const struct nct_form *form, struct nct_eft *out) {
    nct_form_text(form, "eft.routing_number", out->routing_number, sizeof out->routing_number);
    nct_form_text(form, "eft.account_number", out->account_number, sizeof out->account_number);
    nct_form_text(form, "eft.account_type", out->account_type, sizeof out->account_type);
    nct_form_text(form, "eft.account_holder", out->account_holder, sizeof out->account_holder);
    nct_form_text(form, "eft.contact_email", out->contact, sizeof out->contact);
}

void nct_form_entrant(const struct nct_form *form, const char *prefix, struct nct_entrant *out) {
    char path[64];
    nct_form_person(form, prefix, &out->entered);
    out->grant = (struct nct_grant_record){.role = nct_form_role(form, prefix)};
    snprintf(path, sizeof path, "%srights", prefix);
    out->grant.rights = nct_form_rights(form, path);
}

nct_status nct_entrant_add(struct nct_unit *unit, struct nct_drafts *drafts, const struct nct_person_record *entered,
                           const struct nct_issue *issue, unsigned char person[NCT_PERSON_ID],
                           struct nct_person_record *record) {
    nct_status status = nct_person_named(unit, entered->ncid, person, record);
    if (status == NCT_E_UNKNOWN_PERSON) {
        status = nct_draft_person(drafts, entered->ncid, person);
        if (status == NCT_OK)
            status = nct_ncid_give(unit, entered->ncid, person);
    }
    *record = *entered;
    record->created_at = unit->now;
    if (status == NCT_OK)
        status = nct_ncid_point(unit, entered->ncid, person, 0);
    if (status == NCT_OK)
        status = nct_person_put(unit, person, record);
    struct nct_stream stream = nct_stream_of_person(person);
    struct nct_note note = {.event = NCT_EVENT_PERSON_ADDED,
                            .actor = issue->actor,
                            .subject = entered->ncid,
                            .provider = issue->provider,
                            .detail = issue->detail};
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

/* What a form says of a person, beside the NCID. */
#define TEXT(path, member)                                                                                             \
    { path, offsetof(struct nct_person_record, member) }
static const struct {
    const char *name;
    size_t offset;
} texts[] = {
    TEXT("first_name", name.first),
    TEXT("middle_name", name.middle),
    TEXT("last_name", name.last),
    TEXT("suffix", name.suffix),
    TEXT("email", email),
    TEXT("phone", phone),
    TEXT("phone_extension", phone_extension),
    TEXT("address.line1", postal.line1),
    TEXT("address.line2", postal.line2),
    TEXT("address.city", postal.city),
    TEXT("address.state", postal.state),
    TEXT("address.zip", postal.zip),
};
#define TEXTS (sizeof texts / sizeof texts[0])

nct_status nct_entrant_note(const struct nct_form *form, const char *prefix, const struct nct_entrant *entrant,
                            struct nct_problems *notes) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < TEXTS && entrant->known && status == NCT_OK; i++) {
        char path[64];
        size_t len = 0;
        snprintf(path, sizeof path, "%s%s", prefix, texts[i].name);
        int contested = entrant->contested && strcmp(texts[i].name, "email") == 0;
        if (nct_form_raw(form, path, &len) != NULL)
            status = nct_problems_add(notes, path, contested ? NCT_E_CONTESTED : NCT_E_ON_FILE);
    }
    return status;
}

void nct_entrant_notes(const struct nct_form *form, const char *prefix, const struct nct_entrant *entrant,
                       struct nct_problems **out) {
    struct nct_problems *notes = NULL;
    nct_status status = nct_problems_new(nct_form_portal(form), nct_form_kind(form), &notes);
    if (status == NCT_OK)
        status = nct_entrant_note(form, prefix, entrant, notes);
    nct_notes_finish(notes, status, out);
}

/* Which texts differ from what is on file; no values. */
static nct_status log_not_taken(struct nct_unit *unit, const struct nct_person_record *entered,
                                const struct nct_person_record *on_file, const struct nct_note *occasion) {
    char detail[NCT_DETAIL_ROOM] = "";
    struct nct_stream provider = nct_stream_of_provider(occasion->provider);
    struct nct_note note = *occasion;
    for (size_t i = 0; i < TEXTS; i++) {
        const char *text = (const char *)entered + texts[i].offset;
        size_t len = strlen(detail);
        if (text[0] != '\0' && strcmp(text, (const char *)on_file + texts[i].offset) != 0)
            snprintf(detail + len, sizeof detail - len, "%s%s", len > 0 ? " " : "", texts[i].name);
    }
    note.event = NCT_EVENT_ENTRY_NOT_TAKEN;
    note.detail = detail;
    return detail[0] != '\0' ? nct_ledger_append(unit, &provider, &note) : NCT_OK;
}

/* Whoever typed it is told in the answer, see nct_entrant_note(); the agency by the ledger. */
static nct_status keep_on_file(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                               const struct nct_person_record *on_file, struct nct_entrant *entrant,
                               const char *provider, const char *actor) {
    const struct nct_note occasion = {.event = NCT_EVENT_CONTACT_CONTESTED,
                                      .actor = actor,
                                      .subject = entrant->entered.ncid,
                                      .provider = provider,
                                      .detail = "email"};
    nct_status status = log_not_taken(unit, &entrant->entered, on_file, &occasion);
    if (status != NCT_OK || entrant->grant.role != NCT_ROLE_OFFICE_ADMINISTRATOR)
        return status;
    return nct_contest_address(unit, person, entrant->entered.email, &occasion, &entrant->contested);
}

nct_status nct_entrant_admit(struct nct_unit *unit, struct nct_drafts *drafts, const char *provider,
                             struct nct_entrant *entrant, const struct nct_issue *issue,
                             unsigned char person[NCT_PERSON_ID]) {
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, entrant->entered.ncid, person, &record);
    entrant->known = status == NCT_OK;
    entrant->contested = 0;
    if (status == NCT_E_UNKNOWN_PERSON)
        status = nct_entrant_add(unit, drafts, &entrant->entered, issue, person, &record);
    if (status == NCT_OK && entrant->relationship != 0)
        status = nct_principal_claim(unit, provider, person, entrant->relationship, issue->actor);
    if (status == NCT_OK)
        status = (entrant->known && !entrant->by_themselves ? nct_access_give : nct_access_change)(
            unit, provider, person, &entrant->grant, issue->actor);
    if (status == NCT_OK && entrant->known)
        status = keep_on_file(unit, person, &record, entrant, provider, issue->actor);
    if (status == NCT_OK && !entrant->contested)
        status = nct_pin_issue_first(unit, drafts, person, &record, issue);
    return status;
}

/* The pinned provider record names the backup OA, so that two at once cannot both become it. */
static nct_status note_backup(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                              int32_t before, int32_t after) {
    struct nct_provider_record record;
    int was = before == NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR;
    int is = after == NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR;
    if (was == is)
        return NCT_OK;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
    memset(record.backup, 0, sizeof record.backup);
    if (is)
        memcpy(record.backup, person, sizeof record.backup);
    return nct_unit_put(unit, &nct_type_provider, provider, strlen(provider), &record);
}

/* No NCID has a colon. */
static int is_operator(const char *actor) {
    return strchr(actor, ':') != NULL;
}

/* Access that begins is told, so administrators begin it so often only. */
static nct_status count_given(struct nct_unit *unit, const struct nct_grant_record *before, const char *actor,
                              struct nct_grant_record *grant) {
    grant->given = before->given;
    grant->told = before->told;
    if (before->role != NCT_ROLE_NONE || grant->role == NCT_ROLE_NONE || is_operator(actor))
        return NCT_OK;
    return nct_allowance_use(&unit->portal->policy, NCT_OPTION_REQUESTS_ACCESS, &grant->given, unit->now);
}

/* Stages the grant with all that hangs on it. */
static nct_status put_grant(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                            const char *actor, struct nct_grant_record *grant) {
    struct nct_grant_record before;
    struct nct_principal_record principal;
    nct_status status = nct_grant_get(unit, provider, person, &before);
    if (status == NCT_OK)
        status = count_given(unit, &before, actor, grant);
    if (status == NCT_OK)
        status = nct_principal_get(unit, provider, person, &principal);
    if (status != NCT_OK)
        return status;
    grant->on_record = grant->role != NCT_ROLE_NONE ? principal.on_record : (struct nct_on_record){0};
    grant->changes = before.changes + 1;
    status = note_backup(unit, provider, person, before.role, grant->role);
    return status == NCT_OK ? nct_grant_put(unit, provider, person, grant) : status;
}

/* Who gave it, where that is a person; an operator is told by the ledger alone. They used their own access for it. */
static nct_status note_giver(struct nct_unit *unit, const char *provider, const char *actor,
                             const unsigned char person[NCT_PERSON_ID], unsigned char giver[NCT_PERSON_ID]) {
    struct nct_person_record record;
    memset(giver, 0, NCT_PERSON_ID);
    if (is_operator(actor))
        return NCT_OK;
    nct_status status = nct_person_named(unit, actor, giver, &record);
    if (status != NCT_OK)
        return status == NCT_E_UNKNOWN_PERSON ? NCT_E_INTEGRITY : status;
    return memcmp(giver, person, NCT_PERSON_ID) != 0 ? nct_grant_use(unit, provider, giver) : NCT_OK;
}

nct_status nct_access_change(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                             const struct nct_grant_record *grant, const char *actor) {
    char detail[NCT_GRANT_DETAIL_ROOM];
    struct nct_grant_record dated = *grant;
    struct nct_person_record record;
    int revoked = grant->role == NCT_ROLE_NONE;
    dated.granted_at = unit->now;
    nct_grant_describe(grant, detail);
    nct_status status = note_giver(unit, provider, actor, person, dated.granted_by);
    if (status == NCT_OK)
        status = put_grant(unit, provider, person, actor, &dated);
    if (status == NCT_OK)
        status = nct_person_get(unit, person, &record);
    if (status != NCT_OK)
        return status;
    struct nct_note note = {.event = revoked ? NCT_EVENT_ACCESS_REVOKED : NCT_EVENT_ACCESS_GRANTED,
                            .actor = actor,
                            .subject = record.ncid,
                            .provider = provider,
                            .detail = revoked ? NULL : detail};
    return nct_ledger_append_both(unit, provider, person, &note);
}

/* A change is mailed as often in a day as access may be given; after that the message alone tells of it, so that nobody
 * is kept from taking rights away. */
static nct_status count_changed(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                                const char *actor, int *mailed) {
    struct nct_grant_record grant;
    *mailed = is_operator(actor);
    nct_status status = nct_grant_get(unit, provider, person, &grant);
    if (status != NCT_OK || *mailed)
        return status;
    status = nct_allowance_use(&unit->portal->policy, NCT_OPTION_REQUESTS_ACCESS, &grant.told, unit->now);
    *mailed = status == NCT_OK;
    return *mailed ? nct_pair_put(unit, &nct_grant_pair, provider, person, &grant) : NCT_OK;
}

static nct_status tell_changed(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                               const struct nct_person_record *record, const char *actor) {
    int mailed = 0;
    nct_status status = count_changed(unit, provider, person, actor, &mailed);
    return status == NCT_OK ? nct_access_tell(unit, provider, record, NCT_MAIL_ACCESS_CHANGED, mailed) : status;
}

nct_status nct_access_tell(struct nct_unit *unit, const char *provider, const struct nct_person_record *record,
                           enum nct_template template, int mailed) {
    struct nct_mail_record about = {.template_id = (int32_t) template};
    memcpy(about.provider, provider, strlen(provider));
    return mailed ? nct_notice_person(unit, record, NCT_ADDRESSES_ALL, &about)
                  : nct_notice_message(unit, record, &about);
}

nct_status nct_access_give(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                           const struct nct_grant_record *grant, const char *actor) {
    struct nct_grant_record before;
    struct nct_person_record record;
    nct_status status = nct_grant_get(unit, provider, person, &before);
    if (status == NCT_OK)
        status = nct_access_change(unit, provider, person, grant, actor);
    if (status == NCT_OK)
        status = nct_person_get(unit, person, &record);
    if (status != NCT_OK || strcmp(actor, record.ncid) == 0)
        return status;
    if (before.role != NCT_ROLE_NONE)
        return tell_changed(unit, provider, person, &record, actor);
    return nct_access_tell(unit, provider, &record, NCT_MAIL_ACCESS_GIVEN, 1);
}

nct_status nct_access_end(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                          const char *actor) {
    const struct nct_grant_record none = {.role = NCT_ROLE_NONE};
    struct nct_person_record record;
    nct_status status = nct_person_get(unit, person, &record); /* as they were before */
    if (status == NCT_OK)
        status = nct_access_tell(unit, provider, &record, NCT_MAIL_ACCESS_ENDED, 1);
    return status == NCT_OK ? nct_access_change(unit, provider, person, &none, actor) : status;
}
