/* Several acts in one unit: each whole or not at all, and all of them in one commit. */
#include "engine/unit/rows.h"

#include <nctracks/status.h>

nct_status nct_unit_keep(const struct nct_unit *unit, struct nct_unit_row *row) {
    if (row->act == unit->acts)
        return NCT_OK; /* without acts, all of them are of act 0 */
    nct_buf_clear(&row->before.content);
    nct_buf_append(&row->before.content, row->content.data, row->content.len);
    row->before.state = row->state;
    row->before.uncounted = row->uncounted;
    row->act = unit->acts;
    return row->before.content.status;
}

static void put_back(struct nct_unit_row *row) {
    struct nct_buf changed = row->content;
    row->content = row->before.content;
    row->before.content = changed;
    row->state = row->before.state;
    row->uncounted = row->before.uncounted;
    row->act = 0;
}

/* Of what the act read alone nothing is left either: a refusal commits nothing that rests on it. */
static void take_back(struct nct_unit *unit, size_t count) {
    while (unit->count > count)
        nct_unit_row_free(&unit->rows[--unit->count]);
    for (size_t i = 0; i < count; i++)
        if (unit->rows[i].act == unit->acts)
            put_back(&unit->rows[i]);
}

/* What is one act's answer, and what fails the whole. */
static int is_answer(nct_status status) {
    return status == NCT_E_NOT_FOUND || nct_status_category(status) == NCT_CATEGORY_RULE ||
           nct_status_category(status) == NCT_CATEGORY_VALUE;
}

nct_status nct_unit_act(struct nct_unit *unit, nct_unit_function *function, void *argument, nct_code *answer) {
    size_t count = unit->count;
    size_t mails = unit->mails.len;
    unit->acts++;
    *answer = function(unit, argument);
    if (*answer == NCT_OK) {
        *answer = unit->outcome;
        unit->outcome = NCT_OK;
        return NCT_OK;
    }
    if (!is_answer(*answer))
        return *answer;
    take_back(unit, count);
    unit->mails.len = mails;
    return NCT_OK;
}
