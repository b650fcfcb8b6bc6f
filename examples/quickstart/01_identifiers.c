/* Identifiers: is it one, how is it stored, how may it be shown. No portal, no memory, no state. */
#include <nctracks.h>

#include <stdio.h>
#include <string.h>

static const struct {
    const char *kind, *text;
} samples[] = {
    {"npi", "1234567893"},         {"npi", "1234567890"},          {"npi", "0000000006"},
    {"ncid", "Frank.Front"},       {"ein", "12-3456789"},          {"ssn", "666-12-3456"},
    {"aba", "123456780"},          {"phone", "+1 (919) 555-0100"}, {"email", "olivia@Example.org"},
    {"email", "two@@example.org"}, {"zip", "27601-1234"},
};

int main(void) {
    int valid = 0;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        const char *text = samples[i].text;
        char stored[NCT_IDENT_CANONICAL_MAX + 1];
        char shown[NCT_IDENT_CANONICAL_MAX + 1];
        int32_t kind = 0;
        if (nct_ident_kind_from_name(samples[i].kind, &kind) != NCT_OK)
            return 1;
        nct_status status = nct_ident_canonical(kind, text, strlen(text), stored, sizeof stored, NULL);
        if (status != NCT_OK) {
            printf("%-6s %-20s %s\n", samples[i].kind, text, nct_status_message(status));
            continue;
        }
        valid++;
        if (nct_ident_mask(kind, text, strlen(text), shown, sizeof shown, NULL) == NCT_OK)
            printf("%-6s %-20s stored as %s, shown as %s\n", samples[i].kind, text, stored, shown);
    }
    return valid == 7 ? 0 : 1;
}
