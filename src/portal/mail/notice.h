/* Notices: one mail to each of the parties that a profile names, about a change of a provider. */
#ifndef NCT_PORTAL_MAIL_NOTICE_H
#define NCT_PORTAL_MAIL_NOTICE_H

#include "engine/unit/unit.h"

struct nct_addressee {
    char name[NCT_PRINTED_NAME_ROOM];
    char address[NCT_EMAIL_ROOM];
    char language[NCT_LANGUAGE_ROOM]; /* empty: the portal's usual one */
    char ncid[NCT_NCID_ROOM];         /* who reads there: it goes to their messages too; empty: somebody unknown */
};

/* Who is told. Each address once; a further person who reads there stands without it, for the message. */
struct nct_audience {
    const struct nct_memory *memory;
    struct nct_addressee *list;
    size_t count;
    size_t capacity;
    int financial; /* about an account: nobody is told of it at a contested address */
};

void nct_audience_init(struct nct_audience *audience, const struct nct_memory *memory);
void nct_audience_free(struct nct_audience *audience);

/* Which addresses of a person. */
enum nct_addresses { NCT_ADDRESSES_ALL, NCT_ADDRESSES_PAST };

/* Adds a person at the address on file and at those that are still told, or at the latter alone. NCT_OK or
 * NCT_E_NO_MEMORY. */
nct_status nct_audience_add_person(struct nct_unit *unit, const struct nct_person_record *record,
                                   enum nct_addresses which, struct nct_audience *audience);

/* Adds somebody; an empty address adds nobody. An empty language is the portal's usual one. NCT_OK or NCT_E_NO_MEMORY.
 */
nct_status nct_audience_add(struct nct_audience *audience, const char *name, const char *address, const char *language);

/* Whether a change is as recent as a request for another account may wait; 0: there was none. */
int nct_is_recent(const struct nct_unit *unit, int64_t time);

/*
 * Adds the parties of a mask (enum nct_party) at the addresses the unit finds now: gather before anything is staged, so
 * that they are those of before the change; people at those they had before as well. The new OA is the caller's to add.
 * NCT_OK or a failure.
 */
nct_status nct_audience_gather(struct nct_unit *unit, const char *provider, uint32_t parties,
                               struct nct_audience *audience);

/* Stages a mail to a person, about them: its name and NCID are theirs. NCT_OK or a failure. */
nct_status nct_notice_person(struct nct_unit *unit, const struct nct_person_record *record, enum nct_addresses which,
                             const struct nct_mail_record *about);

/* The same in their messages alone. NCT_OK or a failure. */
nct_status nct_notice_message(struct nct_unit *unit, const struct nct_person_record *record,
                              const struct nct_mail_record *about);

/* Stages a mail to each; the mail says what it is about. NCT_OK or a failure. */
nct_status nct_notice_stage(struct nct_unit *unit, const struct nct_audience *audience,
                            const struct nct_mail_record *about);

#endif
