#include "engine/store/memory_order.h"

/* The last row before the name on each level. */
static void search(struct row *head, const struct row_name *name, struct row *before[ROW_HEIGHT_MAX]) {
    struct row *at = head;
    for (size_t level = ROW_HEIGHT_MAX; level-- > 0;) {
        while (at->tower[level].next != NULL && nct_row_compare(at->tower[level].next, name) < 0)
            at = at->tower[level].next;
        before[level] = at;
    }
}

struct row *nct_order_before(struct row *head, const struct row_name *name, size_t level) {
    struct row *before[ROW_HEIGHT_MAX];
    search(head, name, before);
    return before[level];
}

/* Joins two neighbours; the right one may be missing. */
static void join(struct row *left, struct row *right, size_t level) {
    left->tower[level].next = right;
    if (right != NULL)
        right->tower[level].previous = left;
}

void nct_order_add(struct row *head, struct row *row, const struct row_name *name) {
    struct row *before[ROW_HEIGHT_MAX];
    search(head, name, before);
    for (size_t level = 0; level < row->height; level++) {
        struct row *after = before[level]->tower[level].next;
        join(before[level], row, level);
        join(row, after, level);
    }
}

/* Both rows are equally high, because the height comes from the name's hash. */
void nct_order_replace(struct row *old, struct row *row) {
    for (size_t level = 0; level < row->height; level++) {
        join(old->tower[level].previous, row, level);
        join(row, old->tower[level].next, level);
    }
}

void nct_order_remove(struct row *row) {
    for (size_t level = 0; level < row->height; level++)
        join(row->tower[level].previous, row->tower[level].next, level);
}
