/* The callbacks of a test world. Each one's user_data is the struct world. */
#ifndef NCT_TEST_SEAMS_H
#define NCT_TEST_SEAMS_H

#include "world.h"

extern const nct_allocator world_allocator;
extern const nct_clock world_clock;
extern const nct_random world_random;
extern const nct_identity world_identity_functions;
extern const nct_store world_store_functions;
extern const nct_mailer world_mailer_functions;

void world_note(struct world *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
