/* Putting people on a provider's record, and taking them off. */
#include "engine/handle/arguments.h"
#include "portal/access/admit.h"
#include "portal/form/form.h"
#include "portal/registry/names.h"
#include "portal/registry/person.h"
#include "portal/registry/principals.h"

#include <nctracks/principal.h>
#include <nctracks/provider.h>

#include <stdio.h>
#include <string.h>

_Static_assert(NCT_RELATIONSHIP_OWNER == 1 && NCT_RELATIONSHIP_MANAGING_RELATIONSHIP == 4,
               "order of the choices of relationships");

/* What the unit of work needs, read from the form once. */
struct listing {
    char actor[NCT_ACTOR_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    char ncid[NCT_NCID_ROOM];
    struct nct_person_record entered;   /* the name */
    unsigned char fresh[NCT_PERSON_ID]; /* the id of somebody new */
    struct nct_principal_record principal;
    const char *path; /* of the field that was refused */
    nct_status problem;
};

static nct_status refuse_field(struct listing *listing, const char *path, nct_status problem) {
    listing->path = path;
    listing->problem = problem;
    return NCT_E_PROBLEMS;
}

/* The name and address of somebody the portal does not know: as entered now, or before. */
static nct_status keep_address(struct listing *listing, const struct nct_principal_record *before) {
    struct nct_principal_record *principal = &listing->principal;
    if (listing->entered.name.last[0] != '\0')
        nct_person_name(&listing->entered, principal->name);
    else
        memcpy(principal->name, before->name, sizeof principal->name);
    if (principal->email[0] == '\0')
        memcpy(principal->email, before->email, sizeof principal->email);
    if (principal->name[0] == '\0')
        return refuse_field(listing, "first_name", NCT_E_REQUIRED);
    return principal->email[0] != '\0' ? NCT_OK : refuse_field(listing, "email", NCT_E_REQUIRED);
}

static nct_status check_address(struct nct_unit *unit, struct listing *listing,
                                const unsigned char person[NCT_PERSON_ID], const struct nct_principal_record *before) {
    struct nct_person_record record;
    nct_status status = nct_person_get(unit, person, &record);
    if (status == NCT_OK && nct_person_is_name_only(&record))
        return keep_address(listing, before);
    listing->principal.email[0] = '\0'; /* the person's own record has it */
    return status;
}

static nct_status put(struct nct_unit *unit, void *argument) {
    struct listing *listing = argument;
    struct listing attempt = *listing; /* the operation may run again */
    struct nct_provider_record provider;
    struct nct_principal_record before;
    unsigned char person[NCT_PERSON_ID];
    uint64_t own = NCT_BIT(NCT_RELATIONSHIP_PROVIDER);
    nct_status status = nct_unit_get(unit, &nct_type_provider, listing->provider, strlen(listing->provider), &provider);
    if (status == NCT_OK && provider.kind == NCT_PROVIDER_ORGANIZATION &&
        (listing->principal.on_record.relationships & own) != 0)
        return refuse_field(listing, "relationships", NCT_E_UNKNOWN_VALUE);
    if (status == NCT_OK)
        status = nct_person_name_new(unit, listing->ncid, listing->actor, listing->fresh, person);
    if (status == NCT_OK)
        status = nct_principal_get(unit, listing->provider, person, &before);
    if (status == NCT_OK)
        status = check_address(unit, &attempt, person, &before);
    if (status == NCT_E_PROBLEMS)
        return refuse_field(listing, attempt.path, attempt.problem);
    if (status == NCT_OK)
        status = nct_principal_stage(unit, listing->provider, person, &attempt.principal, listing->actor);
    return status;
}

static nct_status submit(const struct nct_form *form, struct listing *listing, nct_problems **problems) {
    struct nct_principal_record *principal = &listing->principal;
    nct_form_text(form, "ncid", listing->ncid, sizeof listing->ncid);
    nct_form_person(form, "", &listing->entered);
    nct_form_text(form, "email", principal->email, sizeof principal->email);
    principal->on_record.relationships = nct_form_choices(form, "relationships");
    struct nct_portal *portal = nct_form_portal(form);
    nct_status status = nct_seams_fill(&portal->seams, listing->fresh, NCT_PERSON_ID);
    if (status == NCT_OK)
        status = nct_unit_run(portal, put, listing, NULL);
    return status == NCT_E_PROBLEMS ? nct_form_refuse(form, listing->path, listing->problem, problems) : status;
}

nct_status nct_principal_put(nct_form *form, const char *operator_name, size_t operator_name_len, const char *provider,
                             size_t provider_len, int64_t valid_from, int64_t valid_until, nct_problems **problems) {
    struct listing listing = {.principal.on_record = {.valid_from = valid_from, .valid_until = valid_until}};
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_PRINCIPAL))
        return NCT_E_ARGUMENT;
    if (valid_from < 0)
        return nct_about_argument(NCT_E_ARGUMENT, "valid_from");
    if (valid_until < 0 || (valid_until != 0 && valid_from >= valid_until))
        return nct_about_argument(NCT_E_ARGUMENT, "valid_until");
    nct_status status = nct_take_operator(operator_name, operator_name_len, listing.actor);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, listing.provider);
    if (status == NCT_OK)
        status = nct_form_validate(form, problems);
    return status == NCT_OK ? submit(form, &listing, problems) : status;
}

static nct_status take_off(struct nct_unit *unit, void *argument) {
    const struct listing *listing = argument;
    const struct nct_principal_record none = {0};
    struct nct_provider_record provider;
    struct nct_principal_record present = {0};
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, listing->provider, strlen(listing->provider), &provider);
    if (status == NCT_OK)
        status = nct_person_named(unit, listing->ncid, person, &record);
    if (status == NCT_OK)
        status = nct_principal_get(unit, listing->provider, person, &present);
    if (status == NCT_E_UNKNOWN_PERSON || (status == NCT_OK && present.on_record.relationships == 0))
        status = NCT_E_NOT_FOUND;
    return status == NCT_OK ? nct_principal_stage(unit, listing->provider, person, &none, listing->actor) : status;
}

nct_status nct_principal_remove(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                const char *provider, size_t provider_len, const char *ncid, size_t ncid_len) {
    struct listing listing = {0};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, listing.actor);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, listing.provider);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, listing.ncid);
    return status == NCT_OK ? nct_unit_run(portal, take_off, &listing, NULL) : status;
}

struct checking {
    char provider[NCT_PROVIDER_ROOM];
    unsigned char person[NCT_PERSON_ID];
    struct nct_principal_record principal;
};

static nct_status check(struct nct_unit *unit, void *argument) {
    struct checking *checking = argument;
    return nct_principal_get(unit, checking->provider, checking->person, &checking->principal);
}

nct_status nct_principal_check(nct_portal *portal, const char *provider, size_t provider_len, const char *ncid,
                               size_t ncid_len, uint64_t *relationships) {
    struct checking checking;
    int64_t now = 0;
    if (relationships != NULL)
        *relationships = 0;
    if (NCT_MISSING(portal) || NCT_MISSING(relationships))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, checking.provider);
    if (status == NCT_OK)
        status = nct_take_person(portal, ncid, ncid_len, checking.person);
    if (status == NCT_OK)
        status = nct_seams_now(&portal->seams, &now);
    if (status == NCT_OK)
        status = nct_unit_read(portal, check, &checking);
    if (status != NCT_OK)
        return status;
    *relationships = nct_on_record_at(&checking.principal.on_record, now);
    return *relationships != 0 ? NCT_OK : NCT_E_NOT_ON_RECORD;
}
