#include "portal/registry/provider.h"

#include "base/about.h"
#include "portal/registry/directory.h"

#include <nctracks/provider.h>

#include <sodium.h>
#include <string.h>

nct_status nct_provider_open(struct nct_unit *unit, const char *provider, struct nct_provider_record *record) {
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), record);
    if (status == NCT_E_NOT_FOUND || (status == NCT_OK && record->state == NCT_PROVIDER_ENROLLED))
        return nct_about_argument(NCT_E_NOT_REGISTERED, "provider");
    int is_terminated = status == NCT_OK && record->state == NCT_PROVIDER_TERMINATED;
    return is_terminated ? nct_about_argument(NCT_E_TERMINATED, "provider") : status;
}

nct_status nct_provider_put(struct nct_unit *unit, const char *provider, const struct nct_provider_record *record) {
    struct nct_provider_record before;
    struct nct_directory_text was, is;
    const struct nct_listed subject = {provider, strlen(provider)};
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &before);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    nct_directory_normalise(NCT_DIRECTORY_PROVIDER, before.name, strlen(before.name), &was);
    nct_directory_normalise(NCT_DIRECTORY_PROVIDER, record->name, strlen(record->name), &is);
    status = nct_directory_move(unit, NCT_DIRECTORY_PROVIDER, &subject, &was, &is);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_provider, provider, strlen(provider), record) : status;
}

int nct_place_is_taken(const unsigned char place[NCT_PERSON_ID]) {
    return !sodium_is_zero(place, NCT_PERSON_ID);
}

int nct_place_is(const unsigned char place[NCT_PERSON_ID], const unsigned char person[NCT_PERSON_ID]) {
    return memcmp(place, person, NCT_PERSON_ID) == 0;
}
