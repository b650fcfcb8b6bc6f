/* Somebody with the database's password puts back what an operation changed. */
#include "world.h"

/*
 * Puts back, one at a time, each row that `operation` changed: with its old revision, as a further one, and as if it
 * had never been.
 */
size_t world_put_back_each(struct world *w, void (*operation)(struct world *), struct world_judge judge) {
    struct rows before = rows_take(w->store.inner);
    operation(w);
    struct rows after = rows_take(w->store.inner);
    size_t found = 0;
    for (size_t i = 0; i < after.count; i++) {
        const struct row *old = rows_find(&before, &after.at[i]);
        if (old != NULL && row_same(old, &after.at[i]))
            continue;
        struct row gone = after.at[i];
        gone.revision = 0;
        row_force(w->store.inner, old != NULL ? old : &gone);
        found += judge.function(w, judge.argument);
        /* Whatever the judge's tries wrote is undone, so that each row is judged alone. */
        rows_restore(w->store.inner, &after);
        if (old == NULL)
            continue;
        row_write(w->store.inner, &after.at[i], old->value, old->len);
        found += judge.function(w, judge.argument);
        rows_restore(w->store.inner, &after);
        row_force(w->store.inner, &gone);
        found += judge.function(w, judge.argument);
        rows_restore(w->store.inner, &after);
    }
    rows_free(&before);
    rows_free(&after);
    return found;
}
