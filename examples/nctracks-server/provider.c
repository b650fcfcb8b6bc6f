#include "provider.h"

#include <string.h>

#include "access.h"
#include "answer.h"
#include "handlers.h"

json_t *provider_json(const nct_provider *provider) {
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "id",
                     nct_provider_id(provider), "kind", nct_provider_kind_name(nct_provider_kind(provider)), "name",
                     nct_provider_display_name(provider), "state",
                     nct_provider_state_name(nct_provider_state(provider)), "office_administrator",
                     nct_provider_office_administrator(provider), "backup_office_administrator",
                     nct_provider_backup_office_administrator(provider), "email", nct_provider_email(provider), "phone",
                     nct_provider_phone(provider), "tax_id_masked", nct_provider_tax_id_masked(provider), "eft_masked",
                     nct_provider_eft_masked(provider), "enrolled_at", (json_int_t)nct_provider_enrolled_at(provider),
                     "reverification_due", (json_int_t)nct_provider_reverification_due(provider), "suspended_at",
                     (json_int_t)nct_provider_suspended_at(provider));
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
