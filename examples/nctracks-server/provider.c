#include "provider.h"

#include <string.h>

#include <nctracks/right.h>

#include "access.h"
#include "answer.h"
#include "forms.h"
#include "handlers.h"
#include "people.h"

static json_t *address_of(const nct_provider *provider) {
    const struct address address = {nct_provider_address_line1(provider), nct_provider_address_line2(provider),
                                    nct_provider_address_city(provider), nct_provider_address_state(provider),
                                    nct_provider_address_zip(provider)};
    return people_address(&address);
}

static void put_times(json_t *row, const nct_provider *provider) {
    json_object_set_new(row, "enrolled_at", json_integer((json_int_t)nct_provider_enrolled_at(provider)));
    json_object_set_new(row, "changed_at", json_integer((json_int_t)nct_provider_changed_at(provider)));
    json_object_set_new(row, "reverification_due", json_integer((json_int_t)nct_provider_reverification_due(provider)));
    json_object_set_new(row, "suspended_at", json_integer((json_int_t)nct_provider_suspended_at(provider)));
}

json_t *provider_json(const nct_provider *provider) {
    json_t *row = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", nct_provider_id(provider), "kind",
        nct_provider_kind_name(nct_provider_kind(provider)), "name", nct_provider_display_name(provider), "state",
        nct_provider_state_name(nct_provider_state(provider)), "office_administrator",
        nct_provider_office_administrator(provider), "backup_office_administrator",
        nct_provider_backup_office_administrator(provider), "email", nct_provider_email(provider), "phone",
        nct_provider_phone(provider), "phone_extension", nct_provider_phone_extension(provider), "tax_id_masked",
        nct_provider_tax_id_masked(provider), "eft_masked", nct_provider_eft_masked(provider));
    json_object_set_new(row, "address", address_of(provider));
    put_times(row, provider);
    return row;
}

void provider_put_name(const struct server *server, json_t *row, const char *id) {
    nct_provider *provider = NULL;
    bool read = nct_provider_get(server->portal, id, strlen(id), &provider) == NCT_OK;
    json_object_set_new(row, "id", json_string(id));
    json_object_set_new(row, "name", json_string(read ? nct_provider_display_name(provider) : ""));
    json_object_set_new(row, "state", json_string(read ? nct_provider_state_name(nct_provider_state(provider)) : ""));
    nct_provider_free(provider);
}

void provider_get(struct request *request) {
    const char *id = request_part(request, "provider");
    nct_provider *provider = NULL;
    if (!access_any(request, id)) {
        return;
    }
    nct_status status = nct_provider_get(request->server->portal, id, strlen(id), &provider);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_OK, provider_json(provider));
    } else {
        answer_status(request, status, NULL);
    }
    nct_provider_free(provider);
}

void provider_change(struct request *request) {
    const char *provider = request_part(request, "provider");
    const char *by = request->session.ncid;
    nct_form *form = access_any(request, provider) ? forms_fill(request, NCT_FORM_PROVIDER) : NULL;
    nct_problems *problems = NULL;
    if (form == NULL) {
        return;
    }
    nct_status status = nct_provider_change(form, by, strlen(by), provider, strlen(provider), &problems);
    if (status == NCT_OK) {
        answer_done(request, MHD_HTTP_OK, NULL);
    } else {
        answer_refused(request, status, problems, provider, NCT_AUTHORITY_EFT_CHANGE);
    }
    nct_problems_free(problems);
    nct_form_free(form);
}
