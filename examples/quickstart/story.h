/* What the longer programs here share: forms filled from tables, a PIN out of the mail, made-up people. */
#ifndef STORY_H
#define STORY_H

#include <nctracks.h>

#define CLINIC "1234567893" /* the example NPI of the published check digit standard */
#define PIN_ROOM 16
#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* Ends the program with a message unless the status is the wanted one. */
void expect(nct_status status, nct_status wanted, const char *what);

/* A form with fields. Free it with nct_form_free(). */
nct_form *filled(nct_portal *portal, int32_t kind, size_t count, const nct_form_field *fields);

/* Takes the mails that wait, and keeps the PIN of the last that has one, as its recipient would. */
void take_pin(nct_portal *portal, char pin[PIN_ROOM]);

/* A newly enrolled clinic whose Office Administrator is olivia.owner (S16). */
void enroll_clinic(nct_portal *portal);

/* Adds a user to the clinic, in the name of olivia.owner (S7). */
void add_user(nct_portal *portal, const char *ncid, const char *first_name, const char *last_name, const char *rights);

void set_password(nct_portal *portal, const char *ncid, const char *password);

#endif
