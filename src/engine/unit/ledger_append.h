/* The ledger: entries chained per stream, staged in the unit of work that they tell of. */
#ifndef NCT_ENGINE_UNIT_LEDGER_APPEND_H
#define NCT_ENGINE_UNIT_LEDGER_APPEND_H

#include "engine/unit/unit.h"

/* Events; numbers are stored, never renumbered. Their names are in ledger_append.c. */
enum nct_event {
    NCT_EVENT_PROVIDER_ENROLLED = 1,
    NCT_EVENT_PROVIDER_REGISTERED,
    NCT_EVENT_REGISTRATION_REFUSED,
    NCT_EVENT_PERSON_ADDED,
    NCT_EVENT_ACCESS_GRANTED,
    NCT_EVENT_ACCESS_REVOKED,
    NCT_EVENT_ACCESS_REFUSED,
    NCT_EVENT_PIN_ISSUED,
    NCT_EVENT_PIN_RESET,
    NCT_EVENT_PIN_RESET_REFUSED,
    NCT_EVENT_PIN_LOST,
    NCT_EVENT_PASSWORD_SET,
    NCT_EVENT_CREDENTIALS_TRIED,
    NCT_EVENT_SIGNATURE_MADE,
    NCT_EVENT_SIGNATURE_REFUSED,
    NCT_EVENT_CODE_RENEWED,
    NCT_EVENT_SIGNATURE_REPEATED,
    NCT_EVENT_SIGNATURE_REPUDIATED,
    NCT_EVENT_REVIEWED,
    NCT_EVENT_PRINCIPAL_LISTED,
    NCT_EVENT_PRINCIPAL_REMOVED,
    NCT_EVENT_KEY_ANNOUNCED,
    NCT_EVENT_KEY_RETIRED,
    NCT_EVENT_KEY_COMPROMISED,
    NCT_EVENT_ACCESS_PROPOSED,
    NCT_EVENT_ACCESS_CONFIRMED,
    NCT_EVENT_ACCESS_REJECTED,
    NCT_EVENT_GROUP_SET,
    NCT_EVENT_GROUP_REMOVED,
    NCT_EVENT_ACCESS_CERTIFIED,
    NCT_EVENT_CONTACT_REQUESTED,
    NCT_EVENT_CONTACT_CHANGED,
    NCT_EVENT_CONTACT_WITHDRAWN,
    NCT_EVENT_CONTACT_REFUSED,
    NCT_EVENT_APPLICATION_DRAFTED,
    NCT_EVENT_APPLICATION_REVISED,
    NCT_EVENT_APPLICATION_MOVED,
    NCT_EVENT_APPLICATION_REFUSED,
    NCT_EVENT_REVERIFICATION_BEGUN,
    NCT_EVENT_REVERIFICATION_NOTICE,
    NCT_EVENT_REVERIFICATION_HELD,
    NCT_EVENT_REVERIFICATION_EXTENDED,
    NCT_EVENT_PROVIDER_SUSPENDED,
    NCT_EVENT_PROVIDER_LAPSED,
    NCT_EVENT_DUE_RESTORED,
    NCT_EVENT_WORK_ASSIGNED,
    NCT_EVENT_WORK_RELEASED,
    NCT_EVENT_PROVIDER_TERMINATED,
    NCT_EVENT_PROVIDER_REINSTATED,
    NCT_EVENT_ACCESS_SUSPENDED,
    NCT_EVENT_ACCESS_RESTORED,
    NCT_EVENT_OA_CHANGE_SUBMITTED,
    NCT_EVENT_OA_CHANGE_REFUSED,
    NCT_EVENT_OA_CHANGED,
    NCT_EVENT_OA_CHANGE_ENDED,
    NCT_EVENT_EFT_CHANGE_REQUESTED,
    NCT_EVENT_EFT_CHANGE_REFUSED,
    NCT_EVENT_EFT_CHANGED,
    NCT_EVENT_EFT_CHANGE_ENDED,
    NCT_EVENT_LANGUAGE_CHOSEN,
    NCT_EVENT_PERSON_REKEYED,
    NCT_EVENT_PERSON_MERGED,
    NCT_EVENT_POLICY_SET,
    NCT_EVENT_POLICY_ANNOUNCED,
    NCT_EVENT_POLICY_CHANGED,
    NCT_EVENT_RESEAL_ENDED,
    NCT_EVENT_RESEAL_RESTARTED,
    NCT_EVENT_CHECKPOINT_MADE,
    NCT_EVENT_CHECKPOINT_REBUILT,
    NCT_EVENT_CHECKPOINT_RESTARTED,
    NCT_EVENT_CONTACT_CONTESTED,
    NCT_EVENT_ENTRY_NOT_TAKEN,
    NCT_EVENT_CLOCK_CONFIRMED,
    NCT_EVENT_SIGNED_IN,
    NCT_EVENT_SIGN_IN_REFUSED,
    NCT_EVENT_CODE_SENT,
    NCT_EVENT_SESSION_ENDED,
    NCT_EVENT_SESSIONS_ENDED,
    NCT_EVENT_PASSWORD_CHANGED,
    NCT_EVENT_PASSWORD_REFUSED,
    NCT_EVENT_PASSWORD_CODE_ASKED,
    NCT_EVENT_PASSWORD_UNLOCKED,
    NCT_EVENT_PROVIDER_CHANGED,
    NCT_EVENT_PROVIDER_CHANGE_REFUSED,
    NCT_EVENT_STORE_REPAIRED,
    NCT_EVENT_MAIL_RETRIED,
    NCT_EVENT_MAIL_DISCARDED,
    NCT_EVENT_INVITATION_SENT,
    NCT_EVENT_INVITATION_TAKEN_BACK,
    NCT_EVENT_INVITATION_ACCEPTED,
    NCT_EVENT_INVITATION_DECLINED,
    NCT_EVENT_INVITATION_REFUSED,
    NCT_EVENT_AGREEMENT_ACCEPTED,
    NCT_EVENT_AGREEMENT_REFUSED,
    NCT_EVENT_APPLICATION_REMINDED,
};

struct nct_stream {
    unsigned char key[NCT_STREAM_KEY_MAX];
    size_t len;
};

struct nct_stream nct_stream_of_provider(const char *provider);
struct nct_stream nct_stream_of_key(const unsigned char kid[NCT_SIGNING_ID]);
struct nct_stream nct_stream_of_portal(void);
struct nct_stream nct_stream_of_person(const unsigned char person[NCT_PERSON_ID]);

/* What an entry says. Texts are NUL-terminated and may be NULL; detail is cut at its room. */
struct nct_note {
    enum nct_event event;
    nct_status outcome;
    const char *actor;
    const char *subject;
    const char *provider;
    const char *detail;
    const unsigned char *digest; /* NCT_HASH bytes or NULL */
};

/* Stages an entry. NCT_OK; NCT_E_INTEGRITY when the stream's head is older than its entries; or a failure. */
nct_status nct_ledger_append(struct nct_unit *unit, const struct nct_stream *stream, const struct nct_note *note);

/* The same in a provider's stream and in a person's. */
nct_status nct_ledger_append_both(struct nct_unit *unit, const char *provider,
                                  const unsigned char person[NCT_PERSON_ID], const struct nct_note *note);

/* Whether a stream ends where its head says. NCT_OK; NCT_E_INTEGRITY when the head is older; or a failure. */
nct_status nct_ledger_check_end(struct nct_unit *unit, const struct nct_stream *stream);

/* The hash of an entry, from its place and its encoding. */
void nct_entry_hash(const struct nct_stream *stream, uint64_t sequence, const void *content, size_t len,
                    unsigned char hash[NCT_HASH]);

/* The key of an entry: NCT_ENTRY_KEY_MAX bytes at most; returns its length. */
#define NCT_ENTRY_KEY_MAX (NCT_STREAM_KEY_MAX + 8)
size_t nct_entry_key(const struct nct_stream *stream, uint64_t sequence, unsigned char key[NCT_ENTRY_KEY_MAX]);

/* A constant string; "unknown" for a number of a later version. */
const char *nct_event_name(int32_t event);

#endif
