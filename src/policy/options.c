#include "base/about.h"
#include "policy/policy.h"

#include <stdio.h>
#include <string.h>

struct option {
    const char *name;
    int64_t least;
    int64_t most;
    int64_t usual;
    int64_t least_testing; /* what NCT_OPTION_TESTING lowers the bound to */
    const char *description;
};

/* What no public source states and is therefore our own policy; the KDF floor is OWASP's. */
static const struct option options[NCT_OPTION_COUNT] = {
    {"pin.length", 6, 12, 6, 6, "Decimal digits of a PIN."},
    {"pin.attempts", 1, 100, 10, 1, "Consecutive wrong tries that disable a PIN."},
    {"password.attempts", 1, 100, 10, 1, "Consecutive wrong tries that disable a password the library keeps."},
    {"delay.from", 1, 100, 3, 1, "Consecutive wrong tries after which the next one has to wait."},
    {"delay.first", 0, 3600000, 30000, 0, "The first wait in milliseconds; each further one is twice as long."},
    {"delay.longest", 0, 86400000, 3600000, 0, "The longest wait in milliseconds."},
    {"kdf.memory", 19456, 1048576, 19456, 8, "Memory of a key derivation in KiB (Argon2id)."},
    {"kdf.passes", 2, 16, 2, 1, "Passes of a key derivation (Argon2id)."},
    {"mail.lease", 1000, 3600000, 60000, 1000, "How long a flusher may hold a mail, in milliseconds."},
    {"commit.tries", 1, 1000000, 1000, 1, "Conflicting commits before an operation gives up as busy."},
    {"testing", 0, 1, 0, 0, "1 allows a weak key derivation, for tests; signed records tell."},
    {"review.time", 10000, 86400000, 900000, 10000, "How long a review may be signed, in milliseconds."},
    {"review.required", 0, 1, 0, 0, "1: nothing is signed without a review of exactly that content."},
    {"period", 0, 1, 0, 0, "1: a signature with all components begins a period of signing with the PIN alone."},
    {"period.idle", 60000, 3600000, 900000, 60000, "How long a period of signing lasts unused, in milliseconds."},
    {"period.longest", 60000, 86400000, 43200000, 60000,
     "How long a period of signing lasts at most, in milliseconds."},
    {"try.longest", 1000, 600000, 30000, 1000,
     "How long a try that was broken off keeps others waiting, in milliseconds."},
    {"requests.contact", 1, 100, 5, 1,
     "Changes of contact data asked for in a day, by a person; as many by administrators for them."},
    {"requests.pin", 1, 100, 5, 1, "New PINs asked for in a day, by a person; as many by administrators for them."},
    {"requests.access", 1, 100, 10, 1,
     "How often in a day administrators of a provider may give somebody access who has none there, and how many "
     "changes of "
     "it are mailed."},
    {"idempotency.time", 60000, 2678400000, 86400000, 60000,
     "How long a host's idempotency key is remembered, in milliseconds."},
    {"eft.confirmed", 0, 1, 1, 0,
     "0: a change of where a provider is paid takes effect without an operator's confirmation; the ledger tells."},
    {"clock.behind", 0, 253402300799999, 300000, 0,
     "How far before what the store holds a time may lie, in milliseconds."},
    {"clock.quiet", 86400000, 253402300799999, 34560000000, 86400000,
     "How long nothing may have been changed before the clock is doubted, in milliseconds."},
    {"clock.apart", 60000, 34560000000, 86400000, 60000,
     "The same while times of a clock that an operator found wrong lie ahead, in milliseconds."},
    {"session.idle", 60000, 86400000, 900000, 60000, "How long a session lasts unused, in milliseconds."},
    {"session.longest", 60000, 86400000, 43200000, 60000, "How long a session lasts at most, in milliseconds."},
    {"session.most", 1, 12, 5, 1, "Sessions a person may have at once; a further one ends the one unused for longest."},
    {"code.time", 60000, 600000, 600000, 60000, "How long a code of the second step holds, in milliseconds."},
    {"code.attempts", 1, 10, 5, 1, "How often a code of the second step may be tried."},
    {"reset.time", 600000, 86400000, 1800000, 600000, "How long a code that resets a password holds, in milliseconds."},
    {"reset.attempts", 1, 100, 10, 1, "How often a code that resets a password may be tried."},
    {"requests.code", 1, 100, 10, 1, "Codes of the second step mailed to a person in a day."},
    {"requests.password", 0, 100, 5, 0,
     "Codes that reset a password mailed to a person in a day, at their own asking; 0: by operators alone."},
    {"mail.tries", 1, 100, 16, 1, "How often a mail may be refused before it is given up."},
    {"mail.backoff", 0, 86400000, 60000, 0,
     "The wait before a refused mail is tried again, in milliseconds; each further one is twice as long, up to a day."},
    {"work.assigned", 60000, 2678400000, 259200000, 60000,
     "How long somebody of the agency has a piece of work that was assigned to them, in milliseconds."},
    {"requests.draft", 1, 100000, 500, 1, "Drafts of applications that a person may begin in a day."},
    {"invitation.time", 3600000, 2678400000, 604800000, 3600000,
     "How long an invitation can be accepted, in milliseconds."},
    {"invitation.required", 0, 1, 0, 0,
     "1: nobody is given access to a provider who did not accept an invitation, or asked for it."},
    {"invitation.most", 1, 1000, 100, 1, "Invitations of a provider at once, also those that lapsed."},
    {"invitation.sends", 1, 10, 3, 1, "How often one invitation may be sent."},
    {"requests.invitation", 1, 1000, 20, 1, "Invitations of a provider sent in a day, also those sent again."},
    {"signature.mailed", 0, 1, 1, 0,
     "1: each signature is acknowledged by mail too; 0: in the signer's messages alone."},
};

static const struct option *find(int32_t option) {
    return option >= 1 && option <= NCT_OPTION_COUNT ? &options[option - 1] : NULL;
}

void nct_policy_name_self(struct nct_policy *policy) {
    int testing = nct_policy_option(policy, NCT_OPTION_TESTING) != 0;
    snprintf(policy->name, sizeof policy->name, "%s%s", policy->profile.name, testing ? "+testing" : "");
}

void nct_policy_set_defaults(struct nct_policy *policy, const struct nct_profile *profile) {
    memset(policy, 0, sizeof *policy);
    policy->profile = *profile;
    policy->named_rights = nct_named_rights();
    for (size_t i = 0; i < NCT_OPTION_COUNT; i++)
        policy->options[i] = options[i].usual;
    nct_policy_usual_texts(policy);
    nct_policy_name_self(policy);
}

int64_t nct_policy_option(const struct nct_policy *policy, int32_t option) {
    return policy->options[option - 1];
}

static int64_t least_of(const struct nct_policy *policy, const struct option *row) {
    return nct_policy_option(policy, NCT_OPTION_TESTING) != 0 ? row->least_testing : row->least;
}

/* Leaving testing mode may not leave weak values behind. */
static nct_status end_testing(const struct nct_policy *policy) {
    for (size_t i = 0; i < NCT_OPTION_COUNT; i++)
        if (policy->options[i] < options[i].least)
            return NCT_E_POLICY;
    return NCT_OK;
}

nct_status nct_policy_set(nct_policy *policy, int32_t option, int64_t value) {
    const struct option *row = find(option);
    if (NCT_MISSING(policy) || row == NULL)
        return NCT_E_ARGUMENT;
    if (value < least_of(policy, row) || value > row->most)
        return NCT_E_POLICY;
    if (option == NCT_OPTION_TESTING && value == 0 && end_testing(policy) != NCT_OK)
        return NCT_E_POLICY;
    policy->options[option - 1] = value;
    nct_policy_name_self(policy);
    return NCT_OK;
}

nct_status nct_policy_get(const nct_policy *policy, int32_t option, int64_t *value) {
    if (NCT_MISSING(policy) || NCT_MISSING(value) || find(option) == NULL)
        return NCT_E_ARGUMENT;
    *value = nct_policy_option(policy, option);
    return NCT_OK;
}

nct_status nct_option_bounds(int32_t option, int64_t *least, int64_t *most) {
    const struct option *row = find(option);
    if (row == NULL || NCT_MISSING(least) || NCT_MISSING(most))
        return NCT_E_ARGUMENT;
    *least = row->least;
    *most = row->most;
    return NCT_OK;
}

nct_status nct_option_from_name(const char *name, int32_t *option) {
    if (NCT_MISSING(name) || NCT_MISSING(option))
        return NCT_E_ARGUMENT;
    *option = 0;
    for (int32_t i = 1; i <= NCT_OPTION_COUNT; i++)
        if (strcmp(options[i - 1].name, name) == 0)
            *option = i;
    return *option != 0 ? NCT_OK : NCT_E_NOT_FOUND;
}

const char *nct_option_name(int32_t option) {
    return find(option) != NULL ? find(option)->name : NULL;
}

const char *nct_option_description(int32_t option) {
    return find(option) != NULL ? find(option)->description : NULL;
}
