/* Arguments of public functions, checked and made canonical. */
#ifndef NCT_ENGINE_HANDLE_ARGUMENTS_H
#define NCT_ENGINE_HANDLE_ARGUMENTS_H

#include "engine/records/types.h"

#define NCT_ACTOR_ROOM (NCT_NAME_ROOM + 9)

/* NCT_OK; NCT_E_ARGUMENT for NULL; or why the text is not one. */
nct_status nct_take_ncid(const char *text, size_t len, char ncid[NCT_NCID_ROOM]);
nct_status nct_take_provider(const char *text, size_t len, char provider[NCT_PROVIDER_ROOM]);

/* "operator:" and the name, a line of up to 100 characters. */
nct_status nct_take_operator(const char *text, size_t len, char actor[NCT_ACTOR_ROOM]);

/* A reason: a line of up to 100 characters. */
nct_status nct_take_reason(const char *text, size_t len, char reason[NCT_NAME_ROOM]);

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
nct_status nct_check_password(const char *password, size_t len);

/* An id from its hexadecimal digits. NCT_OK, NCT_E_FORMAT or NCT_E_ARGUMENT. */
nct_status nct_take_application_id(const char *id, size_t id_len, unsigned char bytes[NCT_APPLICATION_ID]);

/* Milliseconds since 1970 in decimal digits: NCT_OK, NCT_E_EMPTY or NCT_E_FORMAT. */
nct_status nct_take_time(const char *text, size_t len, int64_t *time);

/* A limit of a page: 1 to 1,000. */
nct_status nct_take_limit(size_t limit);

#endif
