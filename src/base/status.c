#include "base/about.h"

#include <nctracks/status.h>

#include <string.h>

struct row {
    nct_status status;
    const char *name;
    const char *message;
};

#define ROW(code, text)                                                                                                \
    { code, #code, text }

/* One table for codes, names and sentences; in the order of the header. */
static const struct row rows[] = {
    ROW(NCT_OK, "Done."),
    ROW(NCT_E_ARGUMENT, "The program called the library with an invalid argument."),
    ROW(NCT_E_NO_MEMORY, "There is not enough memory; nothing was changed."),
    ROW(NCT_E_BUFFER, "The buffer given is too small."),
    ROW(NCT_E_NOT_FOUND, "There is no such record."),
    ROW(NCT_E_CONFLICT, "Somebody else changed the record in the meantime; look at it again before you repeat this."),
    ROW(NCT_E_BUSY, "Another request about the same is being worked on; please try again."),
    ROW(NCT_E_STATE, "This is not possible in the present state."),
    ROW(NCT_E_CALLBACK, "A callback of the host answered outside its contract."),
    ROW(NCT_E_STORE, "Data could not be read or saved. Please try again; if it happens again, "
                     "tell the portal's operator."),
    ROW(NCT_E_MAILER, "The mailer failed; the mail stays queued."),
    ROW(NCT_E_IDENTITY, "Passwords cannot be checked at the moment; please try again later."),
    ROW(NCT_E_RANDOM, "The random source failed."),
    ROW(NCT_E_CLOCK, "The clock failed or is set to an impossible time."),
    ROW(NCT_E_INTEGRITY, "A stored record was altered, moved or put back in an old version; it was not used."),
    ROW(NCT_E_CRYPTO, "The cryptographic library failed its start or its self-test."),
    ROW(NCT_E_KEY, "The master key is missing, malformed or not the key of this store."),
    ROW(NCT_E_UNSUPPORTED, "The structure or record is of a version this library does not know."),
    ROW(NCT_E_LIMIT, "A size or count is beyond what is handled."),
    ROW(NCT_E_POLICY, "A policy value is outside its bounds."),
    ROW(NCT_E_ENCODING, "The bytes are not in the deterministic encoding."),
    ROW(NCT_E_TIME,
        "The clock contradicts the times of what is stored. Set it right; if it is right, an operator confirms it."),
    ROW(NCT_E_PARTIAL, "Some of what is stored was damaged and left out; all else was done."),
    ROW(NCT_E_EMPTY, "This must not be empty."),
    ROW(NCT_E_TOO_SHORT, "It is too short."),
    ROW(NCT_E_TOO_LONG, "It is too long."),
    ROW(NCT_E_CHARACTER, "It has a character that is not allowed here."),
    ROW(NCT_E_UTF8, "It is not valid UTF-8 text."),
    ROW(NCT_E_NUL, "It has a NUL byte."),
    ROW(NCT_E_FORMAT, "It does not have the right form."),
    ROW(NCT_E_CHECK_DIGIT, "Its check digit is wrong; a digit was probably mistyped."),
    ROW(NCT_E_RANGE, "It is outside the range of what is assigned or possible."),
    ROW(NCT_E_NEVER_VALID, "This is one of the numbers published as never valid, such as those in examples."),
    ROW(NCT_E_REQUIRED, "This field is required."),
    ROW(NCT_E_UNKNOWN_FIELD, "There is no such field."),
    ROW(NCT_E_UNKNOWN_VALUE, "It is not one of the possible values."),
    ROW(NCT_E_DUPLICATE, "It was already given, and can be given only once."),
    ROW(NCT_E_RELATIONSHIP, "The Office Administrator does not have the relationship to the provider that this needs."),
    ROW(NCT_E_COMMON_PASSWORD, "It is among the passwords that are guessed first; please choose another."),
    ROW(NCT_E_ONE_NAME, "A person with one name gives it as the last name and leaves first and middle name empty."),
    ROW(NCT_E_PROBLEMS, "Some fields have to be corrected."),
    ROW(NCT_E_DENIED, "This was not accepted. Check the NCID, the password and, where asked for, the PIN or the code; "
                      "after several wrong tries, wait before the next. The NCTracks Call Center can help."),
    ROW(NCT_E_PROVIDER_OR_CODE, "This provider id and this authorization code do not belong together; compare both "
                                "with the letter that has the code."),
    ROW(NCT_E_OA_EXISTS,
        "This provider already has an Office Administrator; to name another, use the Office Administrator change."),
    ROW(NCT_E_ALREADY_ENROLLED, "There already is a provider record with this id."),
    ROW(NCT_E_NOT_REGISTERED, "The provider has not completed its CEP registration."),
    ROW(NCT_E_NOT_PROVISIONED, "The person has no access to this provider; the Office Administrator can grant it."),
    ROW(NCT_E_RIGHT_MISSING, "The person has access to this provider, but not this right."),
    ROW(NCT_E_NO_AUTHORITY, "The person's role at this provider does not carry this authority."),
    ROW(NCT_E_EXPIRED, "The person's access to this provider has expired."),
    ROW(NCT_E_NOT_YET_VALID, "The person's access to this provider has not begun."),
    ROW(NCT_E_TERMINATED, "The provider record is terminated."),
    ROW(NCT_E_SELF_GRANT, "Nobody can change their own access, except to give it up; another administrator can."),
    ROW(NCT_E_EXCEEDS_OWN, "Nobody can grant a right they do not hold; somebody who holds it can."),
    ROW(NCT_E_NOT_MANAGED, "The role of the person acting does not administer this role."),
    ROW(NCT_E_UNKNOWN_PERSON,
        "No person with this NCID is known to the portal; check the NCID, or add the person first."),
    ROW(NCT_E_NO_PIN, "The person has no PIN this could be done with."),
    ROW(NCT_E_ALREADY_GRANTED, "The person already has access to this provider; it can be changed with a grant."),
    ROW(NCT_E_UNKNOWN_KEY, "The key set does not hold the key this names."),
    ROW(NCT_E_SIGNATURE, "The signature is wrong: it was made by another key, or what it covers was changed."),
    ROW(NCT_E_DOCUMENT, "The document is not the one that was signed."),
    ROW(NCT_E_REPEATED, "This idempotency key was used before, for something else."),
    ROW(NCT_E_REVIEW, "What is signed was not reviewed, or the review was used, has expired, or showed something else; "
                      "review it again."),
    ROW(NCT_E_REPUDIATED, "The signature was repudiated by its signer."),
    ROW(NCT_E_NOT_ON_RECORD, "The person does not stand on the provider record in the relationship this needs."),
    ROW(NCT_E_ROLE_TAKEN, "The provider record already has as many people in this role as it may have."),
    ROW(NCT_E_ROLE_BUILDS_ON, "This role is given only to somebody who has the role it builds on."),
    ROW(NCT_E_ILLEGAL_MOVE, "This move is not allowed from the present state."),
    ROW(NCT_E_PENDING, "Another change of this kind is waiting; it has to be settled first."),
    ROW(NCT_E_SECOND_PERSON, "This takes two people: one proposes it, another confirms it."),
    ROW(NCT_E_PROFILE, "The rules of the profile contradict each other."),
    ROW(NCT_E_NCID_TAKEN, "This NCID belongs to another person; please check it."),
    ROW(NCT_E_DATE, "The date is too early or too late under the rules."),
    ROW(NCT_E_LAPSED, "It was not settled in time and has lapsed; it can be asked for again."),
    ROW(NCT_E_NOT_ANNOUNCED, "The portal's current key was not announced yet, so nothing is signed with it."),
    ROW(NCT_E_KEY_COMPROMISED,
        "The key was declared compromised from a point on, and this was signed at that point or later."),
    ROW(NCT_E_OTHER_POLICY,
        "The store is run under another policy: open it with that one, or change its policy first."),
    ROW(NCT_E_TOO_OFTEN, "This was asked for too often. Try again later; the NCTracks Call Center can help now."),
    ROW(NCT_E_ELSEWHERE,
        "The person also has access to another provider, so no administrator decides this; the person can, "
        "or the NCTracks Call Center."),
    ROW(NCT_E_OFFICE_ADMINISTRATOR,
        "This is not possible for the Office Administrator; an Office Administrator change names another first."),
    ROW(NCT_E_ON_FILE, "Not taken: the portal knows this person already, and what is on file stays."),
    ROW(NCT_E_CONTESTED, "Another address is on file; the person settles which is right with their password, or the "
                         "NCTracks Call Center does."),
    ROW(NCT_E_CODE_REQUIRED, "Please enter the code that was sent by e-mail first."),
    ROW(NCT_E_NO_SESSION, "You are not signed in, or your session has ended; please sign in again."),
    ROW(NCT_E_BY_REQUEST,
        "This role is asked for with an Office Administrator change request, which the agency approves."),
    ROW(NCT_E_AUTHENTICATION, "This needs a stronger sign-in than the present one."),
    ROW(NCT_E_AGREEMENT, "Please read and accept the signature agreement first; then this can be signed."),
    ROW(NCT_E_INVITATION,
        "No invitation stands that could be accepted; the provider's Office Administrator can invite you again."),
    ROW(NCT_E_INVITATION_REQUIRED, "Here nobody gets access without having agreed to it; please invite the person."),
    ROW(NCT_E_ASSIGNED, "Somebody else has this piece of work; it has to be released before anybody else takes it."),
};

#define COUNT (sizeof rows / sizeof rows[0])

static const struct row *find(nct_status status) {
    for (size_t i = 0; i < COUNT; i++)
        if (rows[i].status == status)
            return &rows[i];
    return NULL;
}

const char *nct_status_name(nct_status status) {
    const struct row *row = find(status);
    if (row != NULL)
        return row->name;
    return status <= NCT_E_HOST ? "NCT_E_HOST" : "NCT_E_UNKNOWN";
}

const char *nct_status_message(nct_status status) {
    const struct row *row = find(status);
    if (row != NULL)
        return row->message;
    return status <= NCT_E_HOST ? "A callback of the host failed with a code of its own." : "Unknown status.";
}

int32_t nct_status_category(nct_status status) {
    if (status <= NCT_E_HOST)
        return NCT_CATEGORY_HOST;
    if (find(status) == NULL)
        return NCT_CATEGORY_UNKNOWN;
    if (status == NCT_OK)
        return NCT_CATEGORY_OK;
    if (status > NCT_E_EMPTY)
        return NCT_CATEGORY_FAILURE;
    return status > NCT_E_PROBLEMS ? NCT_CATEGORY_VALUE : NCT_CATEGORY_RULE;
}

nct_status nct_status_from_name(const char *name, nct_status *status) {
    if (NCT_MISSING(name) || NCT_MISSING(status))
        return NCT_E_ARGUMENT;
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            *status = rows[i].status;
            return NCT_OK;
        }
    }
    return NCT_E_NOT_FOUND;
}

size_t nct_status_count(void) {
    return COUNT;
}

nct_status nct_status_at(size_t index) {
    return index < COUNT ? rows[index].status : NCT_E_ARGUMENT;
}
