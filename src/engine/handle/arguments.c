#include "engine/handle/arguments.h"

#include "base/utf8.h"

#include <nctracks/ident.h>
#include <nctracks/password.h>

#include <string.h>

#define PAGE_MAX 1000
#define LINE_MAX_CHARACTERS 100
#define TIME_DIGITS 15 /* beyond the year 9999 */

nct_status nct_ncid_from(const char *text, size_t len, char ncid[NCT_NCID_ROOM]) {
    if (text == NULL)
        return NCT_E_ARGUMENT;
    return nct_ident_canonical(NCT_IDENT_NCID, text, len, ncid, NCT_NCID_ROOM, NULL);
}

nct_status nct_provider_from(const char *text, size_t len, char provider[NCT_PROVIDER_ROOM]) {
    if (text == NULL)
        return NCT_E_ARGUMENT;
    return nct_ident_canonical(NCT_IDENT_PROVIDER_ID, text, len, provider, NCT_PROVIDER_ROOM, NULL);
}

nct_status nct_email_from(const char *text, size_t len, char email[NCT_EMAIL_ROOM]) {
    if (text == NULL)
        return NCT_E_ARGUMENT;
    return nct_ident_canonical(NCT_IDENT_EMAIL, text, len, email, NCT_EMAIL_ROOM, NULL);
}

static nct_status take_line(const char *text, size_t len, char *out) {
    if (text == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_text_line(text, len, LINE_MAX_CHARACTERS);
    if (status != NCT_OK)
        return status;
    memcpy(out, text, len);
    out[len] = '\0';
    return NCT_OK;
}

nct_status nct_operator_from(const char *text, size_t len, char actor[NCT_ACTOR_ROOM]) {
    static const char prefix[] = "operator:"; /* no NCID has a colon */
    memcpy(actor, prefix, sizeof prefix);
    return take_line(text, len, actor + sizeof prefix - 1);
}

nct_status nct_reason_from(const char *text, size_t len, char reason[NCT_NAME_ROOM]) {
    return take_line(text, len, reason);
}

nct_status nct_take_operator_texts(struct nct_operator_texts *texts, const char *operator_name,
                                   size_t operator_name_len, const char *reason, size_t reason_len, const char *ncid,
                                   size_t ncid_len) {
    nct_status status = nct_take_operator(operator_name, operator_name_len, texts->actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, texts->reason);
    return status == NCT_OK ? nct_take_ncid(ncid, ncid_len, texts->ncid) : status;
}

nct_status nct_time_from(const char *text, size_t len, int64_t *time) {
    *time = 0;
    for (size_t i = 0; i < len; i++) {
        if (len > TIME_DIGITS || text[i] < '0' || text[i] > '9')
            return NCT_E_FORMAT;
        *time = *time * 10 + (text[i] - '0');
    }
    return len > 0 ? NCT_OK : NCT_E_EMPTY;
}

nct_status nct_limit_fits(size_t limit) {
    return limit >= 1 && limit <= PAGE_MAX ? NCT_OK : NCT_E_ARGUMENT;
}

nct_status nct_count_fits(size_t count) {
    return count >= 1 && count <= NCT_BULK_MAX ? NCT_OK : NCT_E_LIMIT;
}

size_t nct_bulk_max(void) {
    return NCT_BULK_MAX;
}

nct_status nct_password_fits(const char *password, size_t len) {
    if (password == NULL)
        return NCT_E_ARGUMENT;
    if (len == 0 || len > NCT_PASSWORD_MAX)
        return len == 0 ? NCT_E_EMPTY : NCT_E_TOO_LONG;
    return memchr(password, '\0', len) != NULL ? NCT_E_NUL : NCT_OK;
}

nct_status nct_application_id_from(const char *id, size_t id_len, unsigned char bytes[NCT_APPLICATION_ID]) {
    if (id == NULL)
        return NCT_E_ARGUMENT;
    return nct_unhex(bytes, NCT_APPLICATION_ID, id, id_len) ? NCT_OK : NCT_E_FORMAT;
}
