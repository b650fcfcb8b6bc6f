/* Every record of the library: what is kept, under which key. Multi-byte numbers in keys are big-endian. */
#ifndef NCT_RECORDS_TYPES_H
#define NCT_RECORDS_TYPES_H

#include "ground/bytes.h"
#include "ground/calendar.h"
#include "language/catalogue.h"
#include "policy/policy.h"
#include "records/keys.h"
#include "records/record.h"

#define NCT_PERSON_ID 16
#define NCT_SALT 16
#define NCT_VERIFIER 32
#define NCT_HASH 32
#define NCT_MAIL_ID 16
#define NCT_SIGNATURE_ID 16
#define NCT_APPLICATION_ID 16
#define NCT_MAKING 16

/* Room for texts, with the NUL. Names are up to 100 characters of up to 4 bytes. */
#define NCT_NAME_ROOM 401
#define NCT_NCID_ROOM 21
#define NCT_PROVIDER_ROOM 11
#define NCT_EMAIL_ROOM 255
#define NCT_PHONE_ROOM 11
#define NCT_PIN_ROOM 13
#define NCT_TOKEN_ROOM 33
#define NCT_DETAIL_ROOM 601
#define NCT_WORD_ROOM 41
#define NCT_RECEIPT_MAX 6144
#define NCT_ANNOUNCEMENT_MAX 512
#define NCT_ROW_KEY_MAX 128    /* NCT_KEY_MAX of store.h */
#define NCT_CHECKPOINT_MAX 512 /* every claim at its longest takes less than 300 */

/* Streams of the ledger are told apart by the first byte of their key. */
#define NCT_STREAM_PROVIDER 'P' /* followed by the provider's id */
#define NCT_STREAM_PERSON 'U'   /* followed by the person id */
#define NCT_STREAM_KEY 'K'      /* followed by the id of a signing key */
#define NCT_STREAM_KEY_MAX (1 + NCT_PERSON_ID)

enum nct_space {
    NCT_SPACE_PORTAL,              /* key "portal": the mark of the store */
    NCT_SPACE_PROVIDER,            /* key provider id */
    NCT_SPACE_PROVIDER_PRIVATE,    /* key provider id: tax number, account, authorization code */
    NCT_SPACE_NCID,                /* key NCID: whose it is */
    NCT_SPACE_PERSON,              /* key person id */
    NCT_SPACE_CREDENTIAL,          /* key person id: password and PIN verifiers, tries */
    NCT_SPACE_GRANT,               /* key provider id, NUL, NCID */
    NCT_SPACE_GRANT_BY_PERSON,     /* key NCID, NUL, provider id; always written together with the grant */
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
    NCT_SPACE_CHECKPOINT_LAST,     /* key "last": which checkpoint is the last, and what it rests on */
    NCT_SPACE_PROPOSAL,            /* key of a grant: a change of it that waits for a second person */
    NCT_SPACE_GROUPS,              /* key provider id: its groups of users */
    NCT_SPACE_PRINCIPAL,           /* key provider id, NUL, NCID: somebody on the provider's record */
    NCT_SPACE_PRINCIPAL_BY_PERSON, /* key NCID, NUL, provider id; always written together with the principal */
    NCT_SPACE_KEY,                 /* key signing key id: what the store keeps of a key */
    NCT_SPACE_REKEY,               /* key "rekey": how far re-sealing has come */
    NCT_SPACE_CONTACT,             /* key person id: a change of contact data that waits */
    NCT_SPACE_APPLICATION,         /* key provider id, NUL, application id: time, random bytes */
    NCT_SPACE_APPLICATION_DRAFTER, /* key person id, provider id, NUL, application id; always written together */
    NCT_SPACE_DUE,                 /* key time, kind, provider id, NUL, reference: what is to be settled then */
    NCT_SPACE_OA_REQUEST,          /* key provider id: the last request for another OA */
    NCT_SPACE_FORMER_OA,           /* key provider id, NUL, NCID */
    NCT_SPACE_EFT_REQUEST,         /* key provider id: the last request to pay it elsewhere */
    NCT_SPACE_PROPOSAL_BY_PERSON,  /* key NCID, NUL, provider id; always written together with the proposal */
    NCT_SPACE_COUNT
};

struct nct_portal_mark {
    uint64_t version;
    int64_t created_at;
};

struct nct_provider_record {
    int32_t kind;
    int32_t state;
    char name[NCT_NAME_ROOM];
    char email[NCT_EMAIL_ROOM];
    char phone[NCT_PHONE_ROOM];
    char oa_ncid[NCT_NCID_ROOM];
    int64_t enrolled_at;
    int64_t registered_at;
    int64_t reverify_at;   /* when the re-verification is due; 0: no calendar runs */
    int32_t reverify_step; /* which step of the calendar comes next, see services/reverify.c */
    int64_t reverify_next; /* when it comes; the time of the provider's row in the index of due work; 0: none */
    int64_t suspended_at;  /* 0: not suspended */
    int32_t moving_to;     /* a state that ends or restores grants, until all of them are; 0: none */
    uint64_t moves;        /* of the state: who works on one sees when another began */
    int64_t oa_since;      /* the last OA change; 0: the OA of the registration */
    char backup_ncid[NCT_NCID_ROOM]; /* of the backup OA; empty: none */
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

/* A request for another OA. */
struct nct_oa_request_record {
    uint64_t number;
    int32_t state; /* NCT_REQUEST_PENDING and on */
    struct nct_oa_candidate {
        char ncid[NCT_NCID_ROOM];
        char first_name[NCT_NAME_ROOM]; /* as entered, for somebody nobody knew */
        char last_name[NCT_NAME_ROOM];
        char email[NCT_EMAIL_ROOM];
        char phone[NCT_PHONE_ROOM];
        char language[NCT_LANGUAGE_ROOM];
    } candidate;
    int32_t relationship;
    unsigned char previous[NCT_PERSON_ID]; /* the OA at the time */
    char previous_ncid[NCT_NCID_ROOM];
    unsigned char code[NCT_HASH]; /* it was made with; a new code ends it */
    int64_t requested_at;
    int64_t lapses_at;
    int64_t settled_at;
};

#define NCT_TOLD_MAX 8192

/* A request to pay a provider elsewhere. */
struct nct_eft_request_record {
    uint64_t number;
    int32_t state; /* NCT_REQUEST_PENDING and on */
    char requester[NCT_NCID_ROOM];
    struct nct_eft eft;         /* wiped when it is settled */
    char account_masked[18];    /* stays */
    char phone[NCT_PHONE_ROOM]; /* of the provider, before the request: the number to call */
    int64_t warnings;           /* NCT_EFT_RECENT bits */
    int64_t requested_at;
    int64_t lapses_at;
    int64_t settled_at;
    struct {
        uint32_t len;
        unsigned char bytes[NCT_TOLD_MAX];
    } told; /* address, NUL, language, NUL of each that was told: they are told of the end as well */
};

/* Somebody who was the OA; what they granted is to be looked at. */
struct nct_former_oa_record {
    int64_t ended_at;
};

struct nct_ncid_record {
    unsigned char person[NCT_PERSON_ID];
    int32_t left; /* the person goes by another; nobody gets this one anew */
};

struct nct_person_record {
    char ncid[NCT_NCID_ROOM];
    char first_name[NCT_NAME_ROOM];
    char last_name[NCT_NAME_ROOM];
    char email[NCT_EMAIL_ROOM];
    char phone[NCT_PHONE_ROOM];
    int64_t created_at;
    int64_t access;     /* providers the person has a grant at; 0 suspends the PIN (S12) */
    uint64_t changes;   /* of grants and contact data, so that a period of signing ends with any */
    uint64_t contact;   /* changes of contact data asked for or settled: only the row of this number waits */
    uint64_t handovers; /* OA changes the person was part of: their open reviews end with each */
    char language[NCT_LANGUAGE_ROOM];  /* of mails; empty: the portal's usual one */
    char former_email[NCT_EMAIL_ROOM]; /* the address before; is told too of what a thief would be after */
    int64_t email_since;               /* the last change of the address; 0: none */
    char moving_from[NCT_NCID_ROOM];   /* the NCID before, until all that hangs on it has moved; empty: none */
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
    uint64_t tickets;              /* tries begun against this generation */
    uint64_t cleared;              /* tries up to this ticket no longer count: one of them was right */
    uint64_t failures;             /* tries that count: wrong, in flight, or cut off by a crash */
    int64_t last_try;
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

struct nct_credential {
    struct nct_factor password;
    struct nct_factor pin;
    struct nct_period period;
    unsigned char pin_mail[NCT_MAIL_ID]; /* the mail that carries the present PIN; a new PIN takes it back */
};

#define NCT_GRANT_GROUPS 8 /* one person is in at most */
#define NCT_GROUPS_MAX 32  /* of one provider */

struct nct_grant_record {
    int32_t role;
    uint64_t rights;
    int64_t valid_from;
    int64_t valid_until;
    int64_t granted_at;
    char granted_by[NCT_NCID_ROOM];
    int64_t suspended_at;                       /* since when a termination holds it back; 0: it does not */
    struct nct_on_record on_record;             /* a copy, kept equal to the principal's: the grant alone decides */
    unsigned char groups[8 * NCT_GRANT_GROUPS]; /* ids, big-endian; 0: a free place */
    int64_t used_at;                            /* the last use noted, see nct_grant_use() */
    int64_t certified_at;
    char certified_by[NCT_NCID_ROOM];
    uint64_t changes; /* of the access it gives, by somebody: no time tells two of them apart for sure */
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

/* A change of access that waits for a second person. A settled one stays as a row without role. */
struct nct_proposal_record {
    int32_t role;
    uint64_t rights;
    int64_t valid_from;
    int64_t valid_until;
    char by[NCT_NCID_ROOM];
    unsigned char person[NCT_PERSON_ID]; /* who proposed it, whatever their NCID becomes */
    int64_t proposed_at;
    uint64_t basis; /* changes of the grant by then, so that it is confirmed only of access as it was */
};

/* Somebody on a provider's record. Relationships 0: not, or no longer. */
struct nct_principal_record {
    struct nct_on_record on_record;
    int64_t recorded_at;
    char name[2 * NCT_NAME_ROOM]; /* as entered; of somebody the portal did not know then */
    char email[NCT_EMAIL_ROOM];
};

/* A change of contact data that waits to be confirmed. Texts left empty stay as they are on file. */
struct nct_contact_record {
    uint64_t number;
    unsigned char token[NCT_HASH];   /* keyed hash */
    unsigned char mail[NCT_MAIL_ID]; /* that carries the token; taken back with the request */
    char first_name[NCT_NAME_ROOM];
    char last_name[NCT_NAME_ROOM];
    char email[NCT_EMAIL_ROOM];
    char phone[NCT_PHONE_ROOM];
    char requested_by[NCT_NCID_ROOM];
    int64_t requested_at;
};

struct nct_stream_head {
    uint64_t sequence;
    unsigned char hash[NCT_HASH]; /* of the last entry */
    uint64_t pins[3];             /* revisions of the rows the stream pins; by enum nct_pin_slot - 1 */
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
    char recipient_name[2 * NCT_NAME_ROOM];
    char recipient_address[NCT_EMAIL_ROOM];
    char ncid[NCT_NCID_ROOM];
    char name[2 * NCT_NAME_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    char pin[NCT_PIN_ROOM];
    char date[NCT_DATE_ROOM];
    int64_t queued_at;
    int64_t lease_until;
    int64_t tries;
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
    char account[18];                 /* masked */
    char language[NCT_LANGUAGE_ROOM]; /* of the recipient; empty: the portal's usual one */
};

/* What a receipt says; doc/receipt.cddl publishes it. Names, not numbers: it is read without this library. */
struct nct_claims {
    int32_t version;
    unsigned char id[NCT_SIGNATURE_ID]; /* time and random bytes: also the nonce */
    int64_t signed_at;
    char provider[NCT_PROVIDER_ROOM];
    unsigned char person[NCT_PERSON_ID];
    char ncid[NCT_NCID_ROOM];
    char signer_name[2 * NCT_NAME_ROOM];
    char role[NCT_WORD_ROOM];
    char right[NCT_WORD_ROOM];
    char profile[NCT_WORD_ROOM];
    char submission[NCT_WORD_ROOM];
    char meaning[NCT_DETAIL_ROOM];
    char document_id[NCT_NAME_ROOM];
    char document_version[NCT_NAME_ROOM];
    unsigned char document_digest[NCT_HASH];
    char attestation_version[NCT_NAME_ROOM];
    unsigned char attestation_digest[NCT_HASH];
};

/* A signature as it is stored: the COSE_Sign1 object itself. */
struct nct_signature_record {
    struct {
        uint32_t len;
        unsigned char bytes[NCT_RECEIPT_MAX];
    } receipt;
};

/* A review that may be signed once. */
struct nct_review_record {
    unsigned char token[NCT_HASH];   /* keyed hash of the token */
    unsigned char content[NCT_HASH]; /* hash of all that was shown */
    int64_t expires_at;
    uint64_t handovers; /* of the reviewer, at the time */
};

struct nct_idempotency_record {
    unsigned char content[NCT_HASH];
    char provider[NCT_PROVIDER_ROOM];
    unsigned char signature[NCT_SIGNATURE_ID];
};

/* What a repudiation says; doc/receipt.cddl publishes it. */
struct nct_repudiation_claims {
    int32_t version;
    unsigned char id[NCT_SIGNATURE_ID]; /* of the signature */
    unsigned char receipt[NCT_HASH];    /* hash of its receipt */
    int64_t declared_at;
    char provider[NCT_PROVIDER_ROOM];
    unsigned char person[NCT_PERSON_ID];
    char ncid[NCT_NCID_ROOM];
    char reason[NCT_NAME_ROOM];
};

struct nct_signature_index {
    char provider[NCT_PROVIDER_ROOM];
};

/* A submission on its way through its machine. */
struct nct_application_record {
    int32_t kind;
    int32_t state;
    char document_id[NCT_NAME_ROOM];
    char document_version[NCT_NAME_ROOM];
    unsigned char document_digest[NCT_HASH];
    char physician_date[NCT_DATE_ROOM];
    unsigned char drafted_by[NCT_PERSON_ID];
    char drafted_by_ncid[NCT_NCID_ROOM]; /* at that time */
    int64_t drafted_at;
    unsigned char signature[NCT_SIGNATURE_ID]; /* the last one; zero before submission */
    int64_t submitted_at;                      /* ... its time */
    uint64_t moves;
    int32_t last_move;
    int64_t moved_at;
    char moved_by[NCT_NAME_ROOM + 9];
    char note[NCT_NAME_ROOM];
    int64_t due_at;       /* when it is abandoned without a reply; 0: it does not wait */
    uint64_t first_entry; /* of the provider's stream, about this */
};

/* What a checkpoint says; doc/checkpoint.cddl publishes it. */
struct nct_checkpoint_claims {
    int32_t version;
    uint64_t number; /* from 1 */
    int64_t made_at;
    uint64_t streams;                 /* leaves of the tree */
    uint64_t entries;                 /* of all streams */
    unsigned char root[NCT_HASH];     /* of the Merkle tree of all heads */
    unsigned char previous[NCT_HASH]; /* hash of the checkpoint before; zero for the first */
};

/* That a head is in the tree of a checkpoint; doc/checkpoint.cddl publishes it. */
struct nct_proof_record {
    int32_t version;
    uint64_t number; /* of the checkpoint */
    uint64_t index;  /* of the leaf, from 0 */
    struct {
        uint32_t len;
        unsigned char bytes[NCT_STREAM_KEY_MAX];
    } stream;
    uint64_t sequence;
    unsigned char hash[NCT_HASH];
    struct {
        uint32_t len;
        unsigned char bytes[64 * NCT_HASH];
    } path; /* the nodes one behind the other, the lowest first */
};

struct nct_checkpoint_last {
    uint64_t number;
    unsigned char hash[NCT_HASH]; /* of its bytes */
    uint64_t pages;               /* of its leaves; each names the same making */
    unsigned char making[NCT_MAKING];
};

/* Of every key the store ever had, so that its master key may be dropped once no row is under it. */
struct nct_key_record {
    uint64_t number; /* from 1 */
    unsigned char id[NCT_KEY_ID];
    int32_t state;
    int64_t announced_at;
    int64_t retired_at;
    int64_t compromised_from;
    unsigned char verifying[NCT_KEY];
    unsigned char pepper[NCT_KEY];
    unsigned char lookup[NCT_KEY];
    struct {
        uint32_t len;
        unsigned char bytes[NCT_ANNOUNCEMENT_MAX];
    } announcement; /* under the key before; empty for the first */
};

/* What the announcement of a key says; doc/key.cddl publishes it. */
struct nct_announcement_claims {
    int32_t version;
    uint64_t number;
    unsigned char kid[NCT_SIGNING_ID];
    unsigned char verifying[NCT_KEY];
    unsigned char before[NCT_SIGNING_ID]; /* the key that signs this */
    int64_t announced_at;
};

/* How far re-sealing has come: spaces are gone through from the last to the first, so that the mark of the store, which
 * every portal reads when it opens, is the last row of a pass. */
struct nct_rekey_record {
    unsigned char target[NCT_KEY_ID]; /* the key rows are put under */
    uint64_t pass;                    /* from 1 */
    int32_t space;
    struct {
        uint32_t len;
        unsigned char bytes[NCT_ROW_KEY_MAX];
    } after; /* the last row gone through */
    uint64_t seen;
    uint64_t resealed;
    uint64_t left;    /* rows that do not open */
    int64_t ended_at; /* 0: the pass goes on */
};

/* Whole leaves, one behind the other. */
#define NCT_LEAVES_MAX 61440
struct nct_leaves_record {
    unsigned char making[NCT_MAKING]; /* which making of a checkpoint of that number wrote them */
    struct {
        uint32_t len;
        unsigned char bytes[NCT_LEAVES_MAX];
    } leaves;
};

extern const struct nct_record_type nct_type_portal;
extern const struct nct_record_type nct_type_provider;
extern const struct nct_record_type nct_type_provider_private;
extern const struct nct_record_type nct_type_ncid;
extern const struct nct_record_type nct_type_person;
extern const struct nct_record_type nct_type_credential;
extern const struct nct_record_type nct_type_grant;
extern const struct nct_record_type nct_type_grant_by_person; /* no fields: its revision is the content */
extern const struct nct_record_type nct_type_proposal;
extern const struct nct_record_type nct_type_proposal_by_person; /* as nct_type_grant_by_person */
extern const struct nct_record_type nct_type_groups;
extern const struct nct_record_type nct_type_principal;
extern const struct nct_record_type nct_type_principal_by_person; /* as nct_type_grant_by_person */
extern const struct nct_record_type nct_type_contact;
extern const struct nct_record_type nct_type_stream;
extern const struct nct_record_type nct_type_entry;
extern const struct nct_record_type nct_type_mail;
extern const struct nct_record_type nct_type_signature;
extern const struct nct_record_type nct_type_signature_by_person;
extern const struct nct_record_type nct_type_checkpoint; /* a nct_signature_record */
extern const struct nct_record_type nct_type_checkpoint_leaves;
extern const struct nct_record_type nct_type_checkpoint_last;
extern const struct nct_record_type nct_type_application;
extern const struct nct_record_type nct_type_application_by_person; /* no fields: its revision is the content */
extern const struct nct_record_type nct_type_due;                   /* no fields: its key is the content */
extern const struct nct_record_type nct_type_oa_request;
extern const struct nct_record_type nct_type_former_oa;
extern const struct nct_record_type nct_type_eft_request;

/* Not rows, but encoded alike: the claims of a receipt. */
extern const struct nct_record_type nct_claims_type;
extern const struct nct_record_type nct_repudiation_type;

extern const struct nct_record_type nct_type_review;
extern const struct nct_record_type nct_type_idempotency;
extern const struct nct_record_type nct_type_repudiation; /* a struct nct_signature_record */
extern const struct nct_record_type nct_type_key;
extern const struct nct_record_type nct_type_rekey;
extern const struct nct_record_type nct_announcement_type;
extern const struct nct_record_type nct_checkpoint_claims_type;
extern const struct nct_record_type nct_proof_type;

/* The type of the rows of a space. */
const struct nct_record_type *nct_type_of_space(int32_t space);

#endif
