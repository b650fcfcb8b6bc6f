/* Records of what waits for somebody: changes of hands, of accounts, of contact data, of access; applications,
 * invitations. */
#ifndef NCT_ENGINE_RECORDS_REQUEST_TYPES_H
#define NCT_ENGINE_RECORDS_REQUEST_TYPES_H

#include "engine/records/types.h"

/* Whether what was asked for still waits: not if the clock went back, when how long it waited cannot be told. */
static inline int nct_waits(int64_t now, int64_t asked_at, int64_t lapses_at) {
    return asked_at <= now && now < lapses_at;
}

/* Who of the agency has a piece of work. */
struct nct_assignment {
    char name[NCT_NAME_ROOM]; /* empty: nobody */
    int64_t at;
};

/* A request for another OA. */
struct nct_oa_request_record {
    uint64_t number;
    int32_t state; /* NCT_REQUEST_PENDING and on */
    struct nct_oa_candidate {
        unsigned char person[NCT_PERSON_ID];
        struct nct_name name; /* as entered, for somebody nobody knew */
        char email[NCT_EMAIL_ROOM];
        char phone[NCT_PHONE_ROOM];
        char language[NCT_LANGUAGE_ROOM];
    } candidate;
    int32_t relationship;
    int32_t role;                          /* the place asked for: the OA's or the backup OA's */
    unsigned char previous[NCT_PERSON_ID]; /* the OA at the time */
    unsigned char code[NCT_HASH];          /* it was made with; a new code ends it */
    struct nct_assignment assignment;
    int64_t requested_at;
    int64_t lapses_at;
    int64_t settled_at;
};

#define NCT_TOLD_MAX 8192

/* A request to pay a provider elsewhere. */
struct nct_eft_request_record {
    uint64_t number;
    int32_t state; /* NCT_REQUEST_PENDING and on */
    unsigned char requester[NCT_PERSON_ID];
    struct nct_eft eft;         /* wiped when it is settled */
    char account_masked[18];    /* stays */
    char phone[NCT_PHONE_ROOM]; /* of the provider, before the request: the number to call */
    int64_t warnings;           /* NCT_EFT_RECENT bits */
    struct nct_assignment assignment;
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

/* A change of contact data that waits to be confirmed. Texts left empty stay as they are on file, but for those it
 * drops. */
struct nct_contact_record {
    uint64_t number;
    unsigned char token[NCT_HASH];   /* keyed hash */
    unsigned char mail[NCT_MAIL_ID]; /* that carries the token; taken back with the request */
    struct nct_name name;
    char email[NCT_EMAIL_ROOM];
    char phone[NCT_PHONE_ROOM];
    char requested_by[NCT_NCID_ROOM];
    int64_t requested_at;
    char phone_extension[NCT_EXTENSION_ROOM];
    struct nct_postal postal;
    struct nct_assignment assignment;
    uint64_t drops; /* texts that end up empty, by portal/people/contact_change.c */
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
    int64_t drafted_at;
    unsigned char signature[NCT_SIGNATURE_ID]; /* the last one; zero before submission */
    unsigned char signed_by[NCT_PERSON_ID];    /* ... by whom */
    int64_t submitted_at;                      /* ... when */
    uint64_t moves;
    int32_t last_move;
    int64_t moved_at;
    char moved_by[NCT_NAME_ROOM + 9];
    char note[NCT_NAME_ROOM];
    int64_t due_at;       /* when it is abandoned without a reply; 0: it does not wait */
    int64_t step_at;      /* when that is told, and then when it is done */
    uint64_t first_entry; /* of the provider's stream, about this */
    int64_t saved_at;     /* draft or revision, the last time */
    struct nct_assignment assignment;
    int64_t complete_at; /* since when it is submitted and its fees paid; 0: it waits for the provider */
};

/* A change of access that waits for a second person. A settled one stays as a row without role. */
struct nct_proposal_record {
    int32_t role;
    uint64_t rights;
    int64_t valid_from;
    int64_t valid_until;
    unsigned char by[NCT_PERSON_ID];
    int64_t proposed_at;
    uint64_t basis; /* changes of the grant by then, so that it is confirmed only of access as it was */
};

/* Access that is offered to somebody until they answer; then the row goes. */
struct nct_invitation_record {
    int32_t role;
    uint64_t rights;
    int64_t valid_from;
    int64_t valid_until;
    unsigned char by[NCT_PERSON_ID];     /* who sent it last, and must still be allowed to give it */
    unsigned char person[NCT_PERSON_ID]; /* zero: invited by e-mail, whoever has the code */
    char email[NCT_EMAIL_ROOM];
    char language[NCT_LANGUAGE_ROOM];
    unsigned char code[NCT_HASH];    /* keyed hash of the last one mailed */
    unsigned char mail[NCT_MAIL_ID]; /* that carries it; taken back with it */
    int64_t sent_at;                 /* the last time */
    uint64_t sent;                   /* how often */
    uint64_t basis;                  /* changes of the person's access by then: it is for access as it was */
};

extern const struct nct_record_type nct_type_oa_request;
extern const struct nct_record_type nct_type_former_oa;
extern const struct nct_record_type nct_type_eft_request;
extern const struct nct_record_type nct_type_contact;
extern const struct nct_record_type nct_type_application;
extern const struct nct_record_type nct_type_application_by_person; /* no fields: its revision is the content */
extern const struct nct_record_type nct_type_proposal;
extern const struct nct_record_type nct_type_proposal_by_person; /* as nct_type_grant_by_person */
extern const struct nct_record_type nct_type_invitation;
extern const struct nct_record_type nct_type_invitation_by_person; /* no fields: that it exists is the content */

#endif
