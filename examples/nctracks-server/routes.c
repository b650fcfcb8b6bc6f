#include "routes.h"

#include <stdio.h>
#include <string.h>

#include "handlers.h"

static const struct route routes[] = {
    {"GET", "/api/site", ANYBODY, USUAL, site_get},
    {"GET", "/api/texts", ANYBODY, USUAL, texts_get},
    {"GET", "/api/tables", ANYBODY, USUAL, tables_get},
    {"GET", "/api/forms/{form}", ANYBODY, USUAL, form_get},
    {"POST", "/api/forms/{form}/validate", ANYBODY, USUAL, form_validate},

    {"GET", "/api/session", ANYBODY, USUAL, session_get},
    {"POST", "/api/session", ANYBODY, TRY, session_begin},
    {"DELETE", "/api/session", ANYBODY, USUAL, session_end},
    {"POST", "/api/session/proxy", ANYBODY, USUAL, session_by_proxy},
    {"POST", "/api/session/code", WAITING, TRY, session_code},
    {"POST", "/api/session/code/again", WAITING, TRY, session_code_again},
    {"GET", "/api/sessions", PERSON, USUAL, sessions_list},
    {"DELETE", "/api/sessions", PERSON, USUAL, sessions_end},
    {"DELETE", "/api/sessions/{session}", PERSON, USUAL, sessions_end_one},
    {"POST", "/api/password/forgot", ANYBODY, TRY, password_forgot},
    {"POST", "/api/password/reset", ANYBODY, TRY, password_reset},
    {"POST", "/api/password/change", PERSON, TRY, password_change},

    {"GET", "/api/me", PERSON, USUAL, me_get},
    {"GET", "/api/me/waiting", PERSON, USUAL, me_waiting},
    {"GET", "/api/me/invitations", PERSON, USUAL, me_invitations},
    {"DELETE", "/api/me/invitations/{provider}", PERSON, USUAL, me_invitation_decline},
    {"PUT", "/api/me/language", PERSON, USUAL, me_language},
    {"POST", "/api/me/contact", PERSON, USUAL, me_contact},
    {"POST", "/api/me/contact/confirm", PERSON, TRY, me_contact_confirm},
    {"GET", "/api/me/messages", PERSON, USUAL, messages_list},
    {"GET", "/api/me/messages/unread", PERSON, USUAL, messages_unread},
    {"PUT", "/api/me/messages/{message}", PERSON, USUAL, messages_mark},
    {"GET", "/api/me/signatures", PERSON, USUAL, me_signatures},
    {"POST", "/api/me/pin/lost", PERSON, USUAL, me_pin_lost},
    {"POST", "/api/pin/reset", ANYBODY, TRY, pin_reset},

    {"POST", "/api/invitations/accept", ANYBODY, TRY, invitations_accept},
    {"POST", "/api/invitations/decline", ANYBODY, TRY, invitations_decline},
    {"POST", "/api/registrations", ANYBODY, TRY, registration_submit},
    {"POST", "/api/oa-changes", ANYBODY, TRY, oa_change_submit},

    {"GET", "/api/providers/{provider}", PERSON, USUAL, provider_get},
    {"PUT", "/api/providers/{provider}", PERSON, USUAL, provider_change},
    {"GET", "/api/providers/{provider}/users", PERSON, USUAL, users_list},
    {"POST", "/api/providers/{provider}/users", PERSON, USUAL, users_add},
    {"GET", "/api/providers/{provider}/users/{ncid}", PERSON, USUAL, users_get},
    {"POST", "/api/providers/{provider}/users/{ncid}/contact", PERSON, USUAL, users_contact},
    {"PUT", "/api/providers/{provider}/users/{ncid}", PERSON, USUAL, users_grant},
    {"DELETE", "/api/providers/{provider}/users/{ncid}", PERSON, USUAL, users_revoke},
    {"POST", "/api/providers/{provider}/users/{ncid}/preview", PERSON, USUAL, users_preview},
    {"GET", "/api/providers/{provider}/users/{ncid}/explain", PERSON, USUAL, users_explain},
    {"POST", "/api/providers/{provider}/users/{ncid}/pin/reset", PERSON, USUAL, users_pin_reset},
    {"POST", "/api/providers/{provider}/users/{ncid}/pin/lost", PERSON, USUAL, users_pin_lost},

    {"GET", "/api/providers/{provider}/invitations", PERSON, USUAL, invitations_list},
    {"POST", "/api/providers/{provider}/invitations", PERSON, USUAL, invitations_send},
    {"DELETE", "/api/providers/{provider}/invitations/{invitation}", PERSON, USUAL, invitations_take_back},
    {"POST", "/api/providers/{provider}/invitations/{invitation}/send", PERSON, USUAL, invitations_send_again},
    {"GET", "/api/providers/{provider}/proposals", PERSON, USUAL, proposals_list},
    {"PUT", "/api/providers/{provider}/proposals/{ncid}", PERSON, USUAL, proposals_propose},
    {"POST", "/api/providers/{provider}/proposals/{ncid}/confirm", PERSON, USUAL, proposals_confirm},
    {"DELETE", "/api/providers/{provider}/proposals/{ncid}", PERSON, USUAL, proposals_reject},
    {"GET", "/api/providers/{provider}/access-review/unused", PERSON, USUAL, access_unused},
    {"GET", "/api/providers/{provider}/access-review/uncertified", PERSON, USUAL, access_uncertified},
    {"POST", "/api/providers/{provider}/access-review/preview", PERSON, USUAL, access_preview},
    {"POST", "/api/providers/{provider}/access-review/certify", PERSON, USUAL, access_certify},
    {"POST", "/api/providers/{provider}/access-review/revoke", PERSON, USUAL, access_revoke_many},
    {"GET", "/api/providers/{provider}/groups", PERSON, USUAL, groups_list},
    {"PUT", "/api/providers/{provider}/groups/{group}", PERSON, USUAL, groups_set},
    {"DELETE", "/api/providers/{provider}/groups/{group}", PERSON, USUAL, groups_remove},
    {"GET", "/api/providers/{provider}/groups/{group}/members", PERSON, USUAL, groups_members},
    {"PUT", "/api/providers/{provider}/groups/{group}/members/{ncid}", PERSON, USUAL, groups_join},
    {"DELETE", "/api/providers/{provider}/groups/{group}/members/{ncid}", PERSON, USUAL, groups_leave},

    {"POST", "/api/providers/{provider}/reviews", PERSON, USUAL, signing_review},
    {"GET", "/api/providers/{provider}/signatures", PERSON, USUAL, signatures_list},
    {"POST", "/api/providers/{provider}/signatures", PERSON, TRY, signing_sign},
    {"GET", "/api/providers/{provider}/signatures/{signature}", PERSON, USUAL, signatures_get},
    {"GET", "/api/providers/{provider}/signatures/{signature}/receipt", PERSON, USUAL, signatures_receipt},
    {"POST", "/api/providers/{provider}/signatures/{signature}/verify", PERSON, USUAL, signatures_verify},
    {"GET", "/api/providers/{provider}/signatures/{signature}/repudiation", PERSON, USUAL, repudiation_get},
    {"POST", "/api/providers/{provider}/signatures/{signature}/repudiation", PERSON, TRY, repudiation_declare},
    {"GET", "/api/key-set", ANYBODY, USUAL, key_set_get},
    {"POST", "/api/receipts/verify", ANYBODY, USUAL, receipts_verify},

    {"GET", "/api/providers/{provider}/applications", PERSON, USUAL, applications_list},
    {"POST", "/api/providers/{provider}/applications", PERSON, USUAL, applications_draft},
    {"GET", "/api/providers/{provider}/applications/{application}", PERSON, USUAL, applications_get},
    {"PUT", "/api/providers/{provider}/applications/{application}", PERSON, USUAL, applications_revise},
    {"POST", "/api/providers/{provider}/applications/{application}/moves", PERSON, USUAL, applications_move},
    {"GET", "/api/providers/{provider}/eft-change", PERSON, USUAL, eft_change_get},
    {"POST", "/api/providers/{provider}/eft-change", PERSON, TRY, eft_change_submit},
    {"DELETE", "/api/providers/{provider}/eft-change", PERSON, USUAL, eft_change_withdraw},

    {"POST", "/access/v1/evaluation", ASKER, USUAL, evaluation_one},
    {"POST", "/access/v1/evaluations", ASKER, USUAL, evaluation_many},

    {"GET", "/api/agency/providers", OPERATOR, USUAL, agency_providers},
    {"POST", "/api/agency/providers", OPERATOR, USUAL, agency_enroll},
    {"GET", "/api/agency/rosters", OPERATOR, USUAL, agency_rosters},
    {"POST", "/api/agency/rosters", OPERATOR, USUAL, agency_roster_begin},
    {"GET", "/api/agency/rosters/{roster}", OPERATOR, USUAL, agency_roster},
    {"DELETE", "/api/agency/rosters/{roster}", OPERATOR, USUAL, agency_roster_forget},
    {"POST", "/api/agency/rosters/{roster}/stop", OPERATOR, USUAL, agency_roster_stop},
    {"GET", "/api/agency/rosters/{roster}/codes", OPERATOR, USUAL, agency_roster_codes},
    {"PUT", "/api/agency/providers/{provider}", OPERATOR, USUAL, agency_provider_change},
    {"POST", "/api/agency/providers/{provider}/terminate", OPERATOR, USUAL, agency_terminate},
    {"POST", "/api/agency/providers/{provider}/reinstate", OPERATOR, USUAL, agency_reinstate},
    {"POST", "/api/agency/providers/{provider}/applications/{application}/moves", OPERATOR, USUAL,
     agency_application_move},
    {"POST", "/api/agency/providers/{provider}/proposals/{ncid}/confirm", OPERATOR, USUAL, agency_proposal_confirm},
    {"GET", "/api/agency/people", OPERATOR, USUAL, agency_people},
    {"GET", "/api/agency/people/{ncid}", OPERATOR, USUAL, agency_person},
    {"GET", "/api/agency/people/{ncid}/contact", OPERATOR, USUAL, agency_contact},
    {"PUT", "/api/agency/people/{ncid}/contact", OPERATOR, USUAL, agency_contact_change},
    {"POST", "/api/agency/people/{ncid}/contact/confirm", OPERATOR, USUAL, agency_contact_confirm},
    {"POST", "/api/agency/people/{ncid}/contact/withdraw", OPERATOR, USUAL, agency_contact_withdraw},
    {"GET", "/api/agency/work", OPERATOR, USUAL, agency_work},
    {"PUT", "/api/agency/work/{item}/assignee", OPERATOR, USUAL, agency_work_assign},
    {"DELETE", "/api/agency/work/{item}/assignee", OPERATOR, USUAL, agency_work_release},
    {"GET", "/api/agency/staff", OPERATOR, USUAL, agency_staff},
    {"POST", "/api/agency/pin/reset", OPERATOR, USUAL, agency_pin_reset},
    {"POST", "/api/agency/pin/lost", OPERATOR, USUAL, agency_pin_lost},
    {"POST", "/api/agency/password/code", OPERATOR, USUAL, agency_password_code},
    {"POST", "/api/agency/password/unlock", OPERATOR, USUAL, agency_password_unlock},
    {"GET", "/api/agency/eft-changes", OPERATOR, USUAL, agency_eft_changes},
    {"POST", "/api/agency/eft-changes/{provider}/confirm", OPERATOR, USUAL, agency_eft_confirm},
    {"POST", "/api/agency/eft-changes/{provider}/refuse", OPERATOR, USUAL, agency_eft_refuse},
    {"GET", "/api/agency/oa-changes/{provider}", OPERATOR, USUAL, agency_oa_change},
    {"POST", "/api/agency/oa-changes/{provider}/approve", OPERATOR, USUAL, agency_oa_approve},
    {"POST", "/api/agency/oa-changes/{provider}/deny", OPERATOR, USUAL, agency_oa_deny},
    {"GET", "/api/agency/due", OPERATOR, USUAL, agency_due},
    {"POST", "/api/agency/due/run", OPERATOR, USUAL, agency_due_run},
    {"GET", "/api/agency/mail", OPERATOR, USUAL, agency_mail},
    {"POST", "/api/agency/mail/flush", OPERATOR, USUAL, agency_mail_flush},
    {"GET", "/api/agency/health", OPERATOR, USUAL, agency_health},
    {"GET", "/api/agency/damage/{space}", OPERATOR, USUAL, agency_damage},
    {"POST", "/api/agency/repair", OPERATOR, USUAL, agency_repair},
    {"GET", "/api/agency/ledger", OPERATOR, USUAL, agency_ledger},
    {"GET", "/api/agency/checkpoint", OPERATOR, USUAL, agency_checkpoint},
    {"POST", "/api/agency/checkpoint", OPERATOR, USUAL, agency_checkpoint_make},

    {"GET", "/health/live", ANYBODY, USUAL, health_live},
    {"GET", "/health/ready", ANYBODY, USUAL, health_ready},
    {"GET", "/metrics", ANYBODY, USUAL, metrics_get},
    {"GET", "/demo/mail", ANYBODY, USUAL, demo_mail},
};

#define ROUTES (sizeof routes / sizeof routes[0])

size_t routes_count(void) {
    return ROUTES;
}

const struct route *routes_at(size_t index) {
    return index < ROUTES ? &routes[index] : NULL;
}

size_t routes_index(const struct route *route) {
    return (size_t)(route - routes);
}

/* Takes the path apart at its slashes. MHD has decoded %2F before, so a part may hold none that was meant. */
static bool split(struct request *request) {
    const char *at = request->path;
    request->segment_count = 0;
    while (*at == '/') {
        size_t len = strcspn(at + 1, "/");
        if (request->segment_count == SEGMENTS_MAX || len >= SEGMENT_MAX) {
            return false;
        }
        memcpy(request->segments[request->segment_count], at + 1, len);
        request->segments[request->segment_count++][len] = '\0';
        at += len + 1;
    }
    return *at == '\0';
}

static bool fits(const char *template, const struct request *request) {
    size_t count = 0;
    while (*template == '/') {
        size_t len = strcspn(template + 1, "/");
        if (count == request->segment_count) {
            return false;
        }
        const char *part = request->segments[count++];
        bool open = template[1] == '{';
        if (open ? part[0] == '\0' : strlen(part) != len || strncmp(part, template + 1, len) != 0) {
            return false;
        }
        template += len + 1;
    }
    return count == request->segment_count;
}

static bool is_method(const struct request *request, const struct route *route) {
    const char *method = strcmp(request->method, "HEAD") == 0 ? "GET" : request->method;
    return strcmp(route->method, method) == 0;
}

enum match routes_find(struct request *request) {
    enum match match = MATCH_NONE;
    if (!split(request)) {
        return MATCH_NONE;
    }
    for (size_t i = 0; i < ROUTES; i++) {
        if (!fits(routes[i].template, request)) {
            continue;
        }
        if (is_method(request, &routes[i])) {
            request->route = &routes[i];
            return MATCH_FOUND;
        }
        match = MATCH_METHOD;
    }
    return match;
}

void routes_allowed(const struct request *request, char *out, size_t capacity) {
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; i < ROUTES; i++) {
        if (fits(routes[i].template, request) && len < capacity) {
            int put = snprintf(out + len, capacity - len, "%s%s", len > 0 ? ", " : "", routes[i].method);
            len += put > 0 ? (size_t)put : 0;
        }
    }
}
