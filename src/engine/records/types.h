/* Every record of the library: what is kept, under which key. Multi-byte numbers in keys are big-endian. */
#ifndef NCT_ENGINE_RECORDS_TYPES_H
#define NCT_ENGINE_RECORDS_TYPES_H

#include "base/bytes.h"
#include "base/date.h"
#include "engine/records/keys.h"
#include "engine/records/record.h"
#include "engine/records/set_digest.h"
#include "language/catalogue.h"
#include "policy/policy.h"

#define NCT_PERSON_ID 16
#define NCT_SALT 16
#define NCT_VERIFIER 32
#define NCT_HASH 32
#define NCT_MAIL_ID 16
#define NCT_SIGNATURE_ID 16
#define NCT_APPLICATION_ID 16
#define NCT_INVITATION_ID 16
#define NCT_SESSION_ID 8

/* Room for texts, with the NUL. Names are up to 100 characters of up to 4 bytes. */
#define NCT_NAME_ROOM 401
#define NCT_SUFFIX_ROOM 5                                           /* "viii" */
#define NCT_PRINTED_NAME_ROOM (3 * NCT_NAME_ROOM + NCT_SUFFIX_ROOM) /* three names and a suffix, with spaces */
#define NCT_NCID_ROOM 21
#define NCT_PROVIDER_ROOM 11
#define NCT_EMAIL_ROOM 255
#define NCT_PHONE_ROOM 11
#define NCT_EXTENSION_ROOM 9 /* of a phone */
#define NCT_PIN_ROOM 13
#define NCT_TOKEN_ROOM 33
#define NCT_HOUR_ROOM 6 /* "16:00" */
#define NCT_DETAIL_ROOM 601
#define NCT_WORD_ROOM 41
#define NCT_METHOD_ROOM 101 /* how somebody was authenticated */
#define NCT_RECEIPT_MAX 6144
#define NCT_ANNOUNCEMENT_MAX 512
#define NCT_ROW_KEY_MAX 128    /* NCT_KEY_MAX of store.h */
#define NCT_CHECKPOINT_MAX 512 /* every claim at its longest takes less than 300 */

/* What is asked often is proved by few rows: of people with more providers than this, their two rows prove a grant. */
#define NCT_LOOK_MAX_BY_PERSON 32

/* Streams of the ledger are told apart by the first byte of their key. */
#define NCT_STREAM_PROVIDER 'P' /* followed by the provider's id */
#define NCT_STREAM_PERSON 'U'   /* followed by the person id */
#define NCT_STREAM_KEY 'K'      /* followed by the id of a signing key */
#define NCT_STREAM_PORTAL 'S'   /* followed by "portal": what concerns the store as a whole */
#define NCT_STREAM_KEY_MAX (1 + NCT_PERSON_ID)

/* How the person ids of stand-ins begin, see portal/registry/stand_in.h; others are random. */
#define NCT_STAND_IN "unknown person"

/* Registries likewise: heads of rows that belong to nobody. */
#define NCT_REGISTRY_NCIDS 'N'     /* followed by a shard of the NCIDs */
#define NCT_REGISTRY_STREAMS 'S'   /* followed by a shard of the streams */
#define NCT_REGISTRY_DIRECTORY 'D' /* followed by a shard of the directory */
#define NCT_REGISTRY_WORK 'W'      /* followed by the number of a part of the work list's index */
#define NCT_REGISTRY_ROOT 'R'      /* followed by the letter of a kind of registry: of those registries themselves */
#define NCT_SHARD 2

enum nct_space {
    NCT_SPACE_PORTAL,              /* key "portal": the mark of the store, and the policy in force */
    NCT_SPACE_PROVIDER,            /* key provider id */
    NCT_SPACE_PROVIDER_PRIVATE,    /* key provider id: tax number, account, authorization code */
    NCT_SPACE_NCID,                /* key shard, NCID: whose it is */
    NCT_SPACE_PERSON,              /* key person id */
    NCT_SPACE_CREDENTIAL,          /* key person id: password and PIN verifiers, tries */
    NCT_SPACE_GRANT,               /* key provider id, NUL, person id */
    NCT_SPACE_GRANT_BY_PERSON,     /* key person id, provider id; always written together with the grant */
    NCT_SPACE_STREAM,              /* key of a stream: its head */
    NCT_SPACE_ENTRY,               /* key of a stream, sequence: one entry of the ledger */
    NCT_SPACE_MAIL,                /* key mail id: time, random bytes */
    NCT_SPACE_SIGNATURE,           /* key provider id, NUL, signature id: time, random bytes */
    NCT_SPACE_SIGNATURE_BY_PERSON, /* key person id, signature id: at which provider */
    NCT_SPACE_REVIEW,              /* key hash of who reviews what: the token that may sign it */
    NCT_SPACE_IDEMPOTENCY,         /* key person id, hash of the host's key: which signature it made */
    NCT_SPACE_REPUDIATION,         /* key of a signature: the signer's declaration */
    NCT_SPACE_CHECKPOINT,          /* key number: the checkpoint */
    NCT_SPACE_CHECKPOINT_LEAVES,   /* key number, page: leaves of the last checkpoint */
    NCT_SPACE_CHECKPOINT_LAST,     /* key "portal": which checkpoint is the last, and what it rests on */
    NCT_SPACE_PROPOSAL,            /* key of a grant: a change of it that waits for a second person */
    NCT_SPACE_GROUPS,              /* key provider id: its groups of users */
    NCT_SPACE_PRINCIPAL,           /* key provider id, NUL, person id: somebody on the provider's record */
    NCT_SPACE_PRINCIPAL_BY_PERSON, /* key person id, provider id; always written together with the principal */
    NCT_SPACE_KEY,                 /* key signing key id: what the store keeps of a key */
    NCT_SPACE_REKEY,               /* key "portal": how far re-sealing has come */
    NCT_SPACE_CONTACT,             /* key person id: a change of contact data that waits */
    NCT_SPACE_APPLICATION,         /* key provider id, NUL, application id: time, random bytes */
    NCT_SPACE_APPLICATION_DRAFTER, /* key person id, provider id, NUL, application id; always written together */
    NCT_SPACE_DUE,                 /* key time, kind, provider id, NUL, reference: what is to be settled then */
    NCT_SPACE_OA_REQUEST,          /* key provider id: the last request for another OA */
    NCT_SPACE_FORMER_OA,           /* key provider id, NUL, person id */
    NCT_SPACE_EFT_REQUEST,         /* key provider id: the last request to pay it elsewhere */
    NCT_SPACE_PROPOSAL_BY_PERSON,  /* key person id, provider id; always written together with the proposal */
    NCT_SPACE_MAIL_OF_PERSON,      /* key person id, mail id: a mail that waits; written and removed with it */
    NCT_SPACE_MAIL_OF_PROVIDER,    /* key provider id, NUL, mail id; the same */
    NCT_SPACE_REGISTRY,            /* key of a registry: the head of rows that belong to nobody */
    NCT_SPACE_DIRECTORY,           /* key shard, kind, text, NUL, person or provider id: found by that text */
    NCT_SPACE_CLOCK,               /* key "portal": about the latest time at which anything was changed */
    NCT_SPACE_SIGN_IN,             /* key person id: sessions, and codes that were mailed */
    NCT_SPACE_MESSAGE,             /* key person id, time downwards, random bytes: what they were told */
    NCT_SPACE_WORK,       /* key kind, time, provider id, NUL, reference: what waits for the agency since then */
    NCT_SPACE_INVITATION, /* key provider id, NUL, invitation id: time, random bytes */
    NCT_SPACE_INVITATION_BY_PERSON, /* key person id, provider id, NUL, invitation id; written and removed with it */
    NCT_SPACE_COUNT
};

/* The key of the rows of which a store has one, and of the stream that pins them. */
#define NCT_PORTAL_KEY "portal"
#define NCT_PORTAL_KEY_LEN (sizeof NCT_PORTAL_KEY - 1)

struct nct_portal_mark {
    uint64_t version;
    int64_t created_at;
    unsigned char policy[NCT_HASH];    /* digest of the one in force */
    unsigned char announced[NCT_HASH]; /* of one that is taken as well until the change is finished; zero: none */
};

/* See engine/unit/clock.h. */
struct nct_clock_record {
    int64_t latest;      /* about the latest change */
    int64_t wrong_from;  /* an operator declared that times after this one and up to the next came from a wrong clock */
    int64_t wrong_until; /* 0: none */
};

/* See portal/registry/allowance.h. */
struct nct_allowance {
    int64_t began_at;
    uint64_t count;
};

/* A legal name. Of people with one name it is the last. */
struct nct_name {
    char first[NCT_NAME_ROOM];
    char middle[NCT_NAME_ROOM];
    char last[NCT_NAME_ROOM];
    char suffix[NCT_SUFFIX_ROOM]; /* a word of the form's field, such as "jr" */
};

/* A postal address of the United States. */
struct nct_postal {
    char line1[NCT_NAME_ROOM];
    char line2[NCT_NAME_ROOM];
    char city[NCT_NAME_ROOM];
    char state[3]; /* as the postal service abbreviates it */
    char zip[10];  /* five or nine digits */
};

struct nct_provider_record {
    int32_t kind;
    int32_t state;
    char name[NCT_NAME_ROOM];
    char email[NCT_EMAIL_ROOM];
    char phone[NCT_PHONE_ROOM];
    unsigned char oa[NCT_PERSON_ID]; /* zero: none */
    int64_t enrolled_at;
    int64_t registered_at;
    int64_t reverify_at;   /* when the re-verification is due; 0: no calendar runs */
    int32_t reverify_step; /* which step of the calendar comes next, see portal/provider/reverify.c */
    int64_t reverify_next; /* when it comes; the time of the provider's row in the index of due work; 0: none */
    int64_t suspended_at;  /* 0: not suspended */
    int64_t oa_since;      /* the last OA change; 0: the OA of the registration */
    unsigned char backup[NCT_PERSON_ID]; /* the backup OA; zero: none */
    char phone_extension[NCT_EXTENSION_ROOM];
    struct nct_postal postal;
    int64_t changed_at;           /* name, address or phone, the last time; 0: never */
    struct nct_allowance asked;   /* how often they were changed by an administrator */
    struct nct_allowance invited; /* how often an invitation was sent */
};

/* Electronic Funds Transfer: where the provider is paid. */
struct nct_eft {
    char routing_number[10];
    char account_number[18];
    char account_type[9];
    char account_holder[NCT_NAME_ROOM];
    char contact[NCT_EMAIL_ROOM]; /* the pay-to contact's address; may be empty */
};

struct nct_provider_private {
    char tax_id[10];
    unsigned char code[NCT_HASH]; /* keyed hash of the authorization code */
    struct nct_eft eft;
    uint64_t requests;   /* numbers given to requests about this provider */
    uint64_t oa_pending; /* number of the one that waits; 0: none. A request put back does not fit */
    uint64_t eft_pending;
};

/* Whose an NCID is or was: it is never given to somebody else. */
struct nct_ncid_record {
    unsigned char person[NCT_PERSON_ID];
    int32_t idle; /* nobody uses it: they use another, or are known by name alone; as their record says */
};

#define NCT_PAST_ADDRESSES 8

/* What is asked for about a person, by them and by administrators for them; and the drafts they begin. */
enum nct_asked {
    NCT_ASKED_CONTACT,
    NCT_ASKED_CONTACT_FOR,
    NCT_ASKED_PIN,
    NCT_ASKED_PIN_FOR,
    NCT_ASKED_DRAFT,
    NCT_ASKED_COUNT
};

struct nct_past_address {
    char email[NCT_EMAIL_ROOM]; /* empty: a free place */
    int64_t until;
};

/* Somebody without an address is known by name alone: a form or a provider's record named them. */
struct nct_person_record {
    char ncid[NCT_NCID_ROOM];
    struct nct_name name;
    char email[NCT_EMAIL_ROOM];
    char phone[NCT_PHONE_ROOM];
    int64_t created_at;
    uint64_t changes;   /* of grants and contact data, so that a period of signing ends with any */
    uint64_t contact;   /* changes of contact data asked for or settled: only the row of this number waits */
    uint64_t handovers; /* OA changes the person was part of: their open reviews end with each */
    char language[NCT_LANGUAGE_ROOM]; /* of mails; empty: the portal's usual one */
    int64_t contested_at;             /* since when what waits is an address somebody else typed; 0: it is not */
    struct nct_allowance asked[NCT_ASKED_COUNT];
    struct nct_past_address past[NCT_PAST_ADDRESSES]; /* the last first; see portal/registry/past_address.h */
    char agreement_version[NCT_NAME_ROOM];            /* of the signature agreement they accepted last */
    unsigned char agreement_digest[NCT_HASH];
    int64_t agreed_at;                        /* 0: none */
    unsigned char merged_into[NCT_PERSON_ID]; /* who this turned out to be; zero: a person of their own */
    char phone_extension[NCT_EXTENSION_ROOM];
    struct nct_postal postal;
};

/* A password or a PIN: its verifier and the tries against it. */
struct nct_factor {
    int32_t state;       /* NCT_PIN_NONE, NCT_PIN_ACTIVE or NCT_PIN_LOST; the other states follow from counts */
    uint64_t generation; /* grows with each new secret: what was begun against an old one comes to nothing */
    int64_t issued_at;
    uint64_t memory; /* of the derivation, KiB */
    uint64_t passes;
    unsigned char salt[NCT_SALT];
    unsigned char verifier[NCT_VERIFIER];
    unsigned char key[NCT_KEY_ID]; /* whose pepper made the verifier; zeros: the store's first key */
    uint64_t failures;             /* wrong tries in a row; they make the next one wait */
    uint64_t unsettled;            /* tries being made, or cut off by a crash: they count towards the limit alone */
    int64_t failed_at;             /* the last wrong one */
};

/* A period of signing with the PIN alone, begun with all components (21 CFR 11.200(a)(1)(i)). */
struct nct_period {
    unsigned char token[NCT_HASH]; /* keyed hash; zero: none */
    int64_t began_at;
    int64_t used_at;
    uint64_t password; /* generations and count of changes it stands on */
    uint64_t pin;
    uint64_t changes;
};

/* A try that is being made, see portal/credentials/turn.h. */
struct nct_turn {
    uint64_t name;   /* keyed hash of the NCID */
    uint64_t number; /* 0: a free place */
    int64_t since;
    int32_t step;
};

#define NCT_TURNS 4 /* a person needs one; names that nobody knows share a stand-in */

struct nct_credential {
    struct nct_factor password;
    struct nct_factor pin;
    struct nct_period period;
    struct nct_turn turns[NCT_TURNS];
    unsigned char pin_mail[NCT_MAIL_ID]; /* the mail that carries the present PIN; a new PIN takes it back */
};

/* A session. Of its token there is a keyed digest; zero: a free place. */
struct nct_session_record {
    unsigned char token[NCT_HASH];
    unsigned char id[NCT_SESSION_ID]; /* what it goes by; no secret */
    int64_t began_at;
    int64_t used_at;          /* to the minute */
    int64_t authenticated_at; /* the person was */
    char label[NCT_NAME_ROOM];
    char acr[NCT_METHOD_ROOM];
    char amr[NCT_METHOD_ROOM];
};

/* A code that was mailed to somebody, to be given once. */
struct nct_mailed_code {
    unsigned char hash[NCT_HASH]; /* keyed; zero: none */
    int64_t made_at;
    uint64_t tries;
};

#define NCT_SESSION_PLACES 12

/* Everything about somebody's signing in but the secrets themselves. One row, which the person's stream pins: none of
 * it can be put back. */
struct nct_sign_in_record {
    char ncid[NCT_NCID_ROOM]; /* what the sessions stand on: they end together when it is not so any more ... */
    uint64_t password;        /* ... nor these generations */
    uint64_t pin;
    struct nct_session_record sessions[NCT_SESSION_PLACES];
    struct nct_session_record waiting; /* for the code of its second step */
    struct nct_mailed_code step;       /* ... which is this */
    struct nct_mailed_code reset;      /* of the password */
    struct nct_allowance steps;
    struct nct_allowance resets;
};

#define NCT_GRANT_GROUPS 8 /* one person is in at most */
#define NCT_GROUPS_MAX 32  /* of one provider */

struct nct_grant_record {
    int32_t role;
    uint64_t rights;
    int64_t valid_from;
    int64_t valid_until;
    int64_t granted_at;
    unsigned char granted_by[NCT_PERSON_ID];    /* zero: an operator */
    struct nct_on_record on_record;             /* a copy, kept equal to the principal's: the grant alone decides */
    unsigned char groups[8 * NCT_GRANT_GROUPS]; /* ids, big-endian; 0: a free place */
    int64_t used_at;                            /* the last use noted, see nct_grant_use() */
    int64_t certified_at;
    unsigned char certified_by[NCT_PERSON_ID];
    struct nct_allowance given; /* how often it began, by administrators */
    struct nct_allowance told;  /* ... and how often a change was mailed */
    uint64_t changes;           /* of the access it gives, by somebody: no time tells two of them apart for sure */
};

/* A name for rights at one provider. */
struct nct_group {
    uint64_t id; /* never given twice, so that a grant in a group that is gone is in none; 0: no group */
    char name[NCT_WORD_ROOM];
    uint64_t rights;
};

struct nct_groups_record {
    uint64_t last_id;
    struct nct_group list[NCT_GROUPS_MAX];
};

/* Somebody on a provider's record. Relationships 0: not, or no longer. */
struct nct_principal_record {
    struct nct_on_record on_record;
    int64_t recorded_at;
    char name[NCT_PRINTED_NAME_ROOM]; /* as entered; of somebody the portal did not know then */
    char email[NCT_EMAIL_ROOM];
};

/* The head of a stream, and of a registry, which has no entries. */
struct nct_stream_head {
    uint64_t sequence;
    unsigned char hash[NCT_HASH];              /* of the last entry */
    uint64_t pins[3];                          /* revisions of the rows the stream pins; by enum nct_pin_slot - 1 */
    struct nct_set_digest sets[NCT_RELATIONS]; /* of the rows it owns, masked; by enum nct_relation - 1 */
    int64_t masked_at;                         /* when it was last changed; part of the masks */
};

struct nct_entry_record {
    int64_t time;
    int32_t event;
    int32_t outcome;
    char actor[NCT_NAME_ROOM + 9]; /* an NCID, or "operator:" and a name */
    char subject[NCT_NCID_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    char detail[NCT_DETAIL_ROOM];
    unsigned char digest[NCT_HASH];   /* of a signature's record */
    unsigned char previous[NCT_HASH]; /* hash of the entry before; zero for the first */
};

struct nct_mail_record {
    int32_t template_id;
    char recipient_name[NCT_PRINTED_NAME_ROOM];
    char recipient_address[NCT_EMAIL_ROOM];
    char ncid[NCT_NCID_ROOM];
    char name[NCT_PRINTED_NAME_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    char pin[NCT_PIN_ROOM];
    char date[NCT_DATE_ROOM];
    char time[NCT_HOUR_ROOM]; /* local to the portal, on that date */
    int64_t queued_at;
    int64_t lease_until;
    int64_t tries;
    char refusal[NCT_NAME_ROOM]; /* why who claimed it last gave it back */
    int64_t refusals;            /* how often it was, itself, refused */
    int64_t next_try_at;         /* 0: at once */
    int64_t given_up_at;         /* 0: it waits */
    /* A checkpoint that is mailed out, in text. */
    struct {
        char number[21];
        char made_at[NCT_TIME_ROOM];
        char root[2 * NCT_HASH + 1];
        char hash[2 * NCT_HASH + 1];
        char bytes[2 * NCT_CHECKPOINT_MAX + 1];
    } checkpoint;
    char address[NCT_EMAIL_ROOM]; /* a new one that is asked for */
    char token[NCT_TOKEN_ROOM];
    char account[18];                   /* masked */
    char language[NCT_LANGUAGE_ROOM];   /* of the recipient; empty: the portal's usual one */
    unsigned char owner[NCT_PERSON_ID]; /* whose it is; zero: the provider's, if it names one */
    /* Of a message, which is a mail as its reader keeps it: */
    char document[NCT_NAME_ROOM];   /* that was signed */
    char submission[NCT_WORD_ROOM]; /* as what */
    char signature[2 * NCT_SIGNATURE_ID + 1];
    char application[2 * NCT_APPLICATION_ID + 1];
    int64_t read_at;            /* 0: unread */
    char reader[NCT_NCID_ROOM]; /* whose list it goes to; empty: nobody's. Not stored: the key says it */
};

extern const struct nct_record_type nct_type_portal;
extern const struct nct_record_type nct_type_clock;
extern const struct nct_record_type nct_type_provider;
extern const struct nct_record_type nct_type_provider_private;
extern const struct nct_record_type nct_type_ncid;
extern const struct nct_record_type nct_type_person;
extern const struct nct_record_type nct_type_credential;
extern const struct nct_record_type nct_type_sign_in;
extern const struct nct_record_type nct_type_grant;
extern const struct nct_record_type nct_type_grant_by_person; /* no fields: its revision is the content */
extern const struct nct_record_type nct_type_groups;
extern const struct nct_record_type nct_type_principal;
extern const struct nct_record_type nct_type_principal_by_person; /* as nct_type_grant_by_person */
extern const struct nct_record_type nct_type_stream;
extern const struct nct_record_type nct_type_registry; /* a struct nct_stream_head */
extern const struct nct_record_type nct_type_entry;
extern const struct nct_record_type nct_type_mail;
extern const struct nct_record_type nct_type_message;          /* a struct nct_mail_record, without secrets */
extern const struct nct_record_type nct_type_mail_of_person;   /* no fields: that it exists is the content */
extern const struct nct_record_type nct_type_mail_of_provider; /* as nct_type_mail_of_person */
extern const struct nct_record_type nct_type_directory;        /* as nct_type_due */
extern const struct nct_record_type nct_type_due;              /* no fields: its key is the content */
extern const struct nct_record_type nct_type_work;             /* no fields */

/* The type of the rows of a space. */
const struct nct_record_type *nct_type_of_space(int32_t space);

#endif
