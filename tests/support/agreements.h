/* The signature agreement as tests ask for it and accept it. */
#ifndef TEST_AGREEMENTS_H
#define TEST_AGREEMENTS_H

#include "world.h"

#define AGREEMENT_VERSION "2026-05"
#define AGREEMENT_TEXT "I agree that my electronic signature binds me as the one I write by hand."

/* BLAKE2b-256. */
void agreements_digest(const char *text, unsigned char digest[32]);

/* The policy asks for it from now on; the portal is opened again. */
void agreements_ask(struct world *w, const char *version, const char *text);

/* PETRA accepts AGREEMENT_VERSION and AGREEMENT_TEXT; with another value at a path, NULL: none. A form with problems
 * answers the code of the first, which is at that path. */
nct_status agreements_accept(struct world *w, const char *path, const char *value, const char *pin);

#endif
