#include "identity_ldap.h"

#include <stdio.h>
#include <string.h>

#define NAME_PLACE "{ncid}"

#ifdef NCTRACKS_LDAP

#include <ldap.h>
#include <stdint.h>
#include <sys/time.h>

/* The name of the entry. A canonical NCID has no character that means anything in a name (RFC 4514); if one had, it is
 * nobody's. */
static bool make_name(const struct settings *settings, const char *ncid, size_t len, char *out, size_t capacity) {
    static const char harmless[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    const char *place = strstr(settings->ldap_name, NAME_PLACE);
    for (size_t i = 0; i < len; i++) {
        if (ncid[i] == '\0' || strchr(harmless, ncid[i]) == NULL) {
            return false;
        }
    }
    int put = snprintf(out, capacity, "%.*s%.*s%s", (int)(place - settings->ldap_name), settings->ldap_name, (int)len,
                       ncid, place + strlen(NAME_PLACE));
    return put > 0 && (size_t)put < capacity;
}

static bool set_tls(LDAP *ldap, const struct settings *settings) {
    int demand = LDAP_OPT_X_TLS_DEMAND;
    int client = 0;
    const char *file = settings->ldap_ca_file;
    return ldap_set_option(ldap, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand) == LDAP_OPT_SUCCESS &&
           (file[0] == '\0' || ldap_set_option(ldap, LDAP_OPT_X_TLS_CACERTFILE, file) == LDAP_OPT_SUCCESS) &&
           ldap_set_option(ldap, LDAP_OPT_X_TLS_NEWCTX, &client) == LDAP_OPT_SUCCESS;
}

/* No referral is followed: it would hand the password to whoever the directory names. */
static bool set_options(LDAP *ldap, const struct settings *settings) {
    int version = LDAP_VERSION3;
    struct timeval patience = {settings->ldap_seconds, 0};
    return ldap_set_option(ldap, LDAP_OPT_PROTOCOL_VERSION, &version) == LDAP_OPT_SUCCESS &&
           ldap_set_option(ldap, LDAP_OPT_REFERRALS, LDAP_OPT_OFF) == LDAP_OPT_SUCCESS &&
           ldap_set_option(ldap, LDAP_OPT_NETWORK_TIMEOUT, &patience) == LDAP_OPT_SUCCESS &&
           ldap_set_option(ldap, LDAP_OPT_TIMEOUT, &patience) == LDAP_OPT_SUCCESS && set_tls(ldap, settings);
}

/* Whatever is no clear yes or no is "could not tell". */
static nct_status bind_as(LDAP *ldap, const struct settings *settings, const char *name, const char *password,
                          size_t len) {
    struct berval secret = {len, (char *)(uintptr_t)password}; /* libldap only reads it */
    if (settings->ldap_start_tls && ldap_start_tls_s(ldap, NULL, NULL) != LDAP_SUCCESS) {
        return NCT_E_IDENTITY;
    }
    switch (ldap_sasl_bind_s(ldap, name, LDAP_SASL_SIMPLE, &secret, NULL, NULL, NULL)) {
    case LDAP_SUCCESS:
        return NCT_OK;
    case LDAP_INVALID_CREDENTIALS:
    case LDAP_NO_SUCH_OBJECT:
        return NCT_E_DENIED;
    default:
        return NCT_E_IDENTITY;
    }
}

/* A bind without a password succeeds for anybody: it is anonymous (RFC 4513, 5.1.2). So it is never tried. */
static nct_status verify(const char *ncid, size_t ncid_len, const char *password, size_t password_len, void *user) {
    const struct settings *settings = user;
    char name[SETTINGS_TEXT_MAX + 64];
    LDAP *ldap = NULL;
    if (password_len == 0 || !make_name(settings, ncid, ncid_len, name, sizeof name)) {
        return NCT_E_DENIED;
    }
    if (ldap_initialize(&ldap, settings->ldap_url) != LDAP_SUCCESS) {
        return NCT_E_IDENTITY;
    }
    nct_status status =
        set_options(ldap, settings) ? bind_as(ldap, settings, name, password, password_len) : NCT_E_IDENTITY;
    ldap_unbind_ext_s(ldap, NULL, NULL);
    return status;
}

bool identity_ldap_is_there(void) {
    return true;
}

nct_status identity_ldap_init(nct_identity *identity) {
    nct_status status = nct_identity_init(identity, sizeof *identity);
    identity->verify_password = verify;
    return status;
}

#else

bool identity_ldap_is_there(void) {
    return false;
}

nct_status identity_ldap_init(nct_identity *identity) {
    (void)identity;
    return NCT_E_UNSUPPORTED;
}

#endif
