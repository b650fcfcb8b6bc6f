/* Arguments of public functions, checked and made canonical. */
#ifndef NCT_ENGINE_HANDLE_ARGUMENTS_H
#define NCT_ENGINE_HANDLE_ARGUMENTS_H

#include "base/about.h"
#include "engine/records/types.h"

#define NCT_ACTOR_ROOM (NCT_NAME_ROOM + 9)

/*
 * Each takes a text, or says why it is none: NCT_E_ARGUMENT for NULL, else a status of the value range. Whatever it
 * answers is noted of the argument it was called with, so that a caller learns which one it is about.
 */
nct_status nct_ncid_from(const char *text, size_t len, char ncid[NCT_NCID_ROOM]);
nct_status nct_provider_from(const char *text, size_t len, char provider[NCT_PROVIDER_ROOM]);
#define nct_take_ncid(text, len, ncid) nct_about_argument(nct_ncid_from(text, len, ncid), #text)
#define nct_take_provider(text, len, provider) nct_about_argument(nct_provider_from(text, len, provider), #text)

nct_status nct_email_from(const char *text, size_t len, char email[NCT_EMAIL_ROOM]);
#define nct_take_email(text, len, email) nct_about_argument(nct_email_from(text, len, email), #text)

/* "operator:" and the name, a line of up to 100 characters. */
nct_status nct_operator_from(const char *text, size_t len, char actor[NCT_ACTOR_ROOM]);
#define nct_take_operator(text, len, actor) nct_about_argument(nct_operator_from(text, len, actor), #text)

/* A line of up to 100 characters, such as a reason. */
nct_status nct_reason_from(const char *text, size_t len, char reason[NCT_NAME_ROOM]);
#define nct_take_reason(text, len, reason) nct_about_argument(nct_reason_from(text, len, reason), #text)

/* The texts of an operator's request about a person, checked. */
struct nct_operator_texts {
    char actor[NCT_ACTOR_ROOM];
    char reason[NCT_NAME_ROOM];
    char ncid[NCT_NCID_ROOM];
};

nct_status nct_take_operator_texts(struct nct_operator_texts *texts, const char *operator_name,
                                   size_t operator_name_len, const char *reason, size_t reason_len, const char *ncid,
                                   size_t ncid_len);

/* A password: NCT_OK, NCT_E_ARGUMENT, NCT_E_EMPTY, NCT_E_TOO_LONG or NCT_E_NUL. No other rule is applied. */
nct_status nct_password_fits(const char *password, size_t len);
#define nct_check_password(password, len) nct_about_argument(nct_password_fits(password, len), #password)

/* An id from its hexadecimal digits. NCT_OK, NCT_E_FORMAT or NCT_E_ARGUMENT. */
nct_status nct_application_id_from(const char *id, size_t id_len, unsigned char bytes[NCT_APPLICATION_ID]);
#define nct_take_application_id(id, len, bytes) nct_about_argument(nct_application_id_from(id, len, bytes), #id)

/* Milliseconds since 1970 in decimal digits: NCT_OK, NCT_E_EMPTY or NCT_E_FORMAT. */
nct_status nct_time_from(const char *text, size_t len, int64_t *time);
#define nct_take_time(text, len, time) nct_about_argument(nct_time_from(text, len, time), #text)

/* A limit of a page: 1 to 1,000. */
nct_status nct_limit_fits(size_t limit);
#define nct_take_limit(limit) nct_about_argument(nct_limit_fits(limit), "limit")

/* How many there are of what one call takes many of: 1 to NCT_BULK_MAX, else NCT_E_LIMIT. */
nct_status nct_count_fits(size_t count);
#define nct_take_count(count) nct_about_argument(nct_count_fits(count), "count")

#endif
