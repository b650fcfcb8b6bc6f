/* Rules whose value is a text of the portal's own: they belong to no dated profile, as options do. */
#include "base/bytes.h"
#include "base/utf8.h"
#include "policy/rules.h"

#include <nctracks/ident.h>

#include <string.h>

static nct_status check_zone(const char *text) {
    struct nct_zone zone;
    return nct_zone_parse(text, &zone) ? NCT_OK : NCT_E_FORMAT;
}

static nct_status check_phone(const char *text) {
    return nct_ident_check(NCT_IDENT_PHONE, text, strlen(text));
}

static nct_status check_email(const char *text) {
    return nct_ident_check(NCT_IDENT_EMAIL, text, strlen(text));
}

#define AGREEMENT_VERSION_CHARACTERS 60

static nct_status check_version(const char *text) {
    return nct_text_line(text, strlen(text), AGREEMENT_VERSION_CHARACTERS);
}

static nct_status check_digest(const char *text) {
    unsigned char digest[NCT_POLICY_DIGEST];
    return nct_unhex(digest, sizeof digest, text, strlen(text)) ? NCT_OK : NCT_E_FORMAT;
}

/* US Eastern time, with the daylight saving of the Energy Policy Act of 2005, in force since 2007; S15. */
static const struct {
    const char *usual;
    nct_status (*check)(const char *text);
} texts[NCT_TEXT_RULES] = {
    [NCT_TEXT_TIME_ZONE] = {"EST5EDT,M3.2.0,M11.1.0", check_zone},
    [NCT_TEXT_CALL_CENTER_PHONE] = {"1-800-688-6696", check_phone},
    [NCT_TEXT_CALL_CENTER_EMAIL] = {"NCTracksprovider@nctracks.com", check_email},
    [NCT_TEXT_AGREEMENT_VERSION] = {"", check_version},
    [NCT_TEXT_AGREEMENT_DIGEST] = {"", check_digest},
};

void nct_policy_usual_texts(struct nct_policy *policy) {
    memset(policy->texts, 0, sizeof policy->texts);
    for (size_t i = 0; i < NCT_TEXT_RULES; i++)
        memcpy(policy->texts[i], texts[i].usual, strlen(texts[i].usual));
}

void nct_policy_zone(const struct nct_policy *policy, struct nct_zone *zone) {
    (void)nct_zone_parse(policy->texts[NCT_TEXT_TIME_ZONE], zone);
}

int64_t nct_policy_day(const struct nct_policy *policy, int64_t time) {
    struct nct_zone zone;
    nct_policy_zone(policy, &zone);
    return nct_date_day(nct_zone_local(&zone, time));
}

static void write_text(const struct nct_policy *policy, const struct nct_rule_row *row, struct nct_writer *writer) {
    nct_write(writer, policy->texts[row->which]);
}

static nct_status read_text(struct nct_policy *policy, const struct nct_rule_row *row, struct nct_piece *piece) {
    char text[NCT_TEXT_RULE_ROOM] = "";
    int may_be_empty = texts[row->which].usual[0] == '\0';
    if (piece->len == 0 && !may_be_empty)
        return NCT_E_EMPTY;
    if (piece->len >= sizeof text)
        return NCT_E_TOO_LONG;
    if (memchr(piece->bytes, '\0', piece->len) != NULL)
        return NCT_E_NUL;
    memcpy(text, piece->bytes, piece->len);
    nct_status status = piece->len > 0 ? texts[row->which].check(text) : NCT_OK;
    if (status == NCT_OK)
        memcpy(policy->texts[row->which], text, sizeof text);
    return status;
}

const struct nct_rule_kind nct_kind_text = {"text", NULL, 0, write_text, read_text};

const char *nct_policy_agreement(const struct nct_policy *policy, unsigned char digest[NCT_POLICY_DIGEST]) {
    const char *text = policy->texts[NCT_TEXT_AGREEMENT_DIGEST];
    const char *version = policy->texts[NCT_TEXT_AGREEMENT_VERSION];
    if (version[0] != '\0' && nct_unhex(digest, NCT_POLICY_DIGEST, text, strlen(text)))
        return version;
    memset(digest, 0, NCT_POLICY_DIGEST);
    return NULL;
}

const char *nct_call_center_phone(const nct_policy *policy) {
    return policy != NULL ? policy->texts[NCT_TEXT_CALL_CENTER_PHONE] : NULL;
}

const char *nct_call_center_email(const nct_policy *policy) {
    return policy != NULL ? policy->texts[NCT_TEXT_CALL_CENTER_EMAIL] : NULL;
}
