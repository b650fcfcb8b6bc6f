/* What the longer programs here share: a portal in memory, forms filled from tables, a mailbox, made-up people. */
#ifndef STORY_H
#define STORY_H

#include <nctracks.h>

#define CLINIC "1234567893" /* the example NPI of the published check digit standard */

struct field {
    const char *path, *value;
};

/* Keeps the PIN of the mail that came last, as its recipient would. */
struct mailbox {
    char pin[16];
    int count;
};

/* Ends the program with a message unless the status is the wanted one. */
void expect(nct_status status, nct_status wanted, const char *what);

/* Has the portal's mails put into a mailbox. */
void use_mailbox(nct_config *config, struct mailbox *mailbox);

/* A portal on the built-in memory store. The mailbox may be NULL: mails then wait. */
nct_portal *open_portal(struct mailbox *mailbox, const nct_clock *clock, void *clock_data);

/* A newly enrolled clinic whose Office Administrator is olivia.owner (S16). */
void enroll_clinic(nct_portal *portal);

/* Adds a user to the clinic, in the name of olivia.owner (S7). */
void add_user(nct_portal *portal, const char *ncid, const char *first_name, const char *last_name, const char *rights);

void set_password(nct_portal *portal, const char *ncid, const char *password);

#endif
