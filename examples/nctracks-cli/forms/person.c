#include "forms/person.h"

#include <string.h>

/* Fields of forms about people and providers, and the options that give them. */
static const struct {
    const char *field;
    const char *option;
} fields[] = {
    {"name", "name"},
    {"first_name", "first-name"},
    {"middle_name", "middle-name"},
    {"last_name", "last-name"},
    {"suffix", "suffix"},
    {"email", "email"},
    {"phone", "phone"},
    {"phone_extension", "phone-extension"},
    {"address.line1", "line1"},
    {"address.line2", "line2"},
    {"address.city", "city"},
    {"address.state", "in-state"},
    {"address.zip", "zip"},
    {"language", "in-language"},
};

nct_status person_form_fill(const struct cli *cli, nct_form *form) {
    nct_status status = args_has(&cli->args, "one-name") ? nct_form_set(form, "one_name", "yes", 3) : NCT_OK;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++) {
        const char *value = args_value(&cli->args, fields[i].option);
        if (value != NULL) {
            status = nct_form_set(form, fields[i].field, value, strlen(value));
        }
    }
    return status;
}
