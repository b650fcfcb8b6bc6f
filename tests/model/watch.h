/* What must be true after every operation, whatever the model says: read from the library again and again. */
#ifndef NCT_MODEL_WATCH_H
#define NCT_MODEL_WATCH_H

#include "subject.h"

struct watch;

struct watch *watch_new(struct subject *subject);
void watch_free(struct watch *watch);
/* Around each operation: what it is about is read before, and compared after. */
void watch_before(struct watch *watch, const struct operation *operation, const struct line *line);
const char *watch_after(struct watch *watch, const struct operation *operation, const struct line *line); /* or NULL */
/* At the end of a world: every provider and every stream. */
void watch_end(struct watch *watch);

#endif
