/* Asking the state machines, and the names of their states and moves. */
#include "policy/machine.h"
#include "base/about.h"

#include "policy/submissions.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    const char *title;
    const char *code; /* in a machine whose states have letters */
    const char *description;
} states[NCT_STATE_COUNT] = {
    [NCT_STATE_DRAFT] = {"draft", "Draft", "", "Being prepared; the agency has not seen it."},
    [NCT_STATE_IN_PROCESS] = {"in_process", "In Process", "", "Signed and submitted."},
    [NCT_STATE_IN_REVIEW] = {"in_review", "In Review", "", "The agency reviews it."},
    [NCT_STATE_PENDING_ENDORSEMENT] = {"pending_endorsement", "Pending Endorsement", "", "Waits for an endorsement."},
    [NCT_STATE_RETURNED] = {"returned", "Returned", "", "Sent back; waits for the provider."},
    [NCT_STATE_PENDING_PAYMENT] = {"pending_payment", "Pending Payment", "", "Waits for a fee."},
    [NCT_STATE_APPROVED] = {"approved", "Approved", "A", "Approved."},
    [NCT_STATE_DENIED] = {"denied", "Denied", "D", "Denied."},
    [NCT_STATE_WITHDRAWN] = {"withdrawn", "Withdrawn", "", "Withdrawn, which cannot be undone."},
    [NCT_STATE_ABANDONED] = {"abandoned", "Abandoned", "", "Closed without a reply in time, or given up as a draft."},
    [NCT_STATE_PEND_AI] = {"pend_ai", "Pend AI 1", "I", "Additional information was asked for."},
    [NCT_STATE_PENDING] = {"pending", "Pending", "P", "Waits for a decision."},
    [NCT_STATE_SUSPENDED] = {"suspended", "Suspended", "S", "New, in clinical review."},
    [NCT_STATE_MODIFIED] = {"modified", "Modified", "M", "Approved with modifications."},
    [NCT_STATE_REDUCTION] = {"reduction", "Reduction", "R", "Approved for less."},
    [NCT_STATE_TERMINATED] = {"terminated", "Terminated", "T", "The approval was ended."},
    [NCT_STATE_VOID] = {"void", "Void", "V", "Made void, or given up as a draft."},
};

static const struct {
    const char *name;
    const char *description;
    const char *done; /* "It cannot be ..." */
} moves[NCT_MOVE_COUNT] = {
    [NCT_MOVE_SUBMIT] = {"submit", "Sign and submit.", "submitted"},
    [NCT_MOVE_DISCARD] = {"discard", "Give a draft up.", "discarded"},
    [NCT_MOVE_REVIEW] = {"review", "Take into review.", "taken into review"},
    [NCT_MOVE_REQUEST_ENDORSEMENT] = {"request_endorsement", "Ask for an endorsement.", "sent for endorsement"},
    [NCT_MOVE_ENDORSE] = {"endorse", "Record the endorsement.", "endorsed"},
    [NCT_MOVE_RETURN] = {"return", "Send back to the provider.", "returned"},
    [NCT_MOVE_RESUBMIT] = {"resubmit", "Sign and submit what was sent back or asked for.", "resubmitted"},
    [NCT_MOVE_REQUEST_PAYMENT] = {"request_payment", "Ask for a fee.", "held for a payment"},
    [NCT_MOVE_PAY] = {"pay", "Record the payment.", "paid for"},
    [NCT_MOVE_APPROVE] = {"approve", "Approve.", "approved"},
    [NCT_MOVE_DENY] = {"deny", "Deny.", "denied"},
    [NCT_MOVE_WITHDRAW] = {"withdraw", "Withdraw, which cannot be undone.", "withdrawn"},
    [NCT_MOVE_ABANDON] = {"abandon", "Close for want of a reply.", "abandoned"},
    [NCT_MOVE_PEND] = {"pend", "Put the decision off.", "pended"},
    [NCT_MOVE_REQUEST_INFORMATION] = {"request_information", "Ask for additional information.",
                                      "held for additional information"},
    [NCT_MOVE_MODIFY] = {"modify", "Approve with modifications.", "approved with modifications"},
    [NCT_MOVE_REDUCE] = {"reduce", "Approve for less.", "reduced"},
    [NCT_MOVE_TERMINATE] = {"terminate", "End an approval.", "terminated"},
    [NCT_MOVE_VOID] = {"void", "Make void.", "made void"},
};

static int is_state(int32_t state) {
    return state > 0 && state < NCT_STATE_COUNT;
}

static int is_move(int32_t move) {
    return move > 0 && move < NCT_MOVE_COUNT;
}

static int has_state(int32_t kind, int32_t state) {
    const struct nct_machine *machine = nct_submission_machine(kind);
    for (size_t i = 0; machine != NULL && i < machine->state_count; i++)
        if (machine->states[i] == state)
            return 1;
    return 0;
}

const char *nct_state_name(int32_t state) {
    return is_state(state) ? states[state].name : NULL;
}

const char *nct_state_title(int32_t state) {
    return is_state(state) ? states[state].title : NULL;
}

const char *nct_state_description(int32_t state) {
    return is_state(state) ? states[state].description : NULL;
}

const char *nct_state_code(int32_t kind, int32_t state) {
    if (!has_state(kind, state))
        return NULL;
    return nct_submission_machine(kind)->lettered ? states[state].code : "";
}

nct_status nct_state_from_name(const char *name, int32_t *state) {
    if (NCT_MISSING(name) || NCT_MISSING(state))
        return NCT_E_ARGUMENT;
    *state = 0;
    for (int32_t i = 1; i < NCT_STATE_COUNT; i++)
        if (strcmp(states[i].name, name) == 0)
            *state = i;
    return *state != 0 ? NCT_OK : NCT_E_NOT_FOUND;
}

const char *nct_move_name(int32_t move) {
    return is_move(move) ? moves[move].name : NULL;
}

const char *nct_move_description(int32_t move) {
    return is_move(move) ? moves[move].description : NULL;
}

nct_status nct_move_from_name(const char *name, int32_t *move) {
    if (NCT_MISSING(name) || NCT_MISSING(move))
        return NCT_E_ARGUMENT;
    *move = 0;
    for (int32_t i = 1; i < NCT_MOVE_COUNT; i++)
        if (strcmp(moves[i].name, name) == 0)
            *move = i;
    return *move != 0 ? NCT_OK : NCT_E_NOT_FOUND;
}

const char *nct_mover_name(int32_t mover) {
    static const struct {
        int32_t mover;
        const char *name;
    } names[] = {{NCT_MOVER_PREPARER, "preparer"},
                 {NCT_MOVER_SUBMITTER, "submitter"},
                 {NCT_MOVER_SIGNER, "signer"},
                 {NCT_MOVER_AGENCY, "agency"},
                 {NCT_MOVER_TIME, "time"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].mover == mover)
            return names[i].name;
    return NULL;
}

size_t nct_machine_state_count(int32_t kind) {
    return nct_submission_machine(kind) != NULL ? nct_submission_machine(kind)->state_count : 0;
}

int32_t nct_machine_state(int32_t kind, size_t index) {
    return index < nct_machine_state_count(kind) ? nct_submission_machine(kind)->states[index] : 0;
}

size_t nct_machine_row_count(int32_t kind) {
    return nct_submission_machine(kind) != NULL ? nct_submission_machine(kind)->row_count : 0;
}

static const struct nct_machine_row *row_at(int32_t kind, size_t index) {
    return index < nct_machine_row_count(kind) ? &nct_submission_machine(kind)->rows[index] : NULL;
}

int32_t nct_machine_row_from(int32_t kind, size_t index) {
    return row_at(kind, index) != NULL ? row_at(kind, index)->from : 0;
}

int32_t nct_machine_row_move(int32_t kind, size_t index) {
    return row_at(kind, index) != NULL ? row_at(kind, index)->move : 0;
}

int32_t nct_machine_row_to(int32_t kind, size_t index) {
    return row_at(kind, index) != NULL ? row_at(kind, index)->to : 0;
}

int32_t nct_machine_row_movers(int32_t kind, size_t index) {
    return row_at(kind, index) != NULL ? row_at(kind, index)->movers : 0;
}

/* Who leads out of a state, all rows together. */
static int32_t movers_from(int32_t kind, int32_t state) {
    int32_t movers = 0;
    for (size_t i = 0; i < nct_machine_row_count(kind); i++)
        if (row_at(kind, i)->from == state)
            movers |= row_at(kind, i)->movers;
    return movers;
}

int32_t nct_machine_final(int32_t kind, int32_t state) {
    return has_state(kind, state) && movers_from(kind, state) == 0;
}

int32_t nct_machine_revisable(int32_t kind, int32_t state) {
    return has_state(kind, state) && (movers_from(kind, state) & NCT_MOVER_SIGNER) != 0;
}

int nct_machine_waits(int32_t kind, int32_t state) {
    return (movers_from(kind, state) & NCT_MOVER_TIME) != 0;
}

int nct_machine_with_agency(int32_t state) {
    static const int32_t states_with_agency[] = {NCT_STATE_IN_PROCESS, NCT_STATE_IN_REVIEW, NCT_STATE_PENDING,
                                                 NCT_STATE_SUSPENDED};
    for (size_t i = 0; i < sizeof states_with_agency / sizeof states_with_agency[0]; i++)
        if (states_with_agency[i] == state)
            return 1;
    return 0;
}

int32_t nct_machine_target(int32_t kind, int32_t state, int32_t move, int32_t movers) {
    for (size_t i = 0; i < nct_machine_row_count(kind); i++) {
        const struct nct_machine_row *row = row_at(kind, i);
        if (row->from == state && row->move == move && (row->movers & movers) != 0)
            return row->to;
    }
    return 0;
}

nct_status nct_machine_next(int32_t kind, int32_t state, int32_t move, int32_t movers, int32_t *next) {
    if (next != NULL)
        *next = 0;
    if (NCT_MISSING(next) || !has_state(kind, state) || !is_move(move))
        return NCT_E_ARGUMENT;
    *next = nct_machine_target(kind, state, move, movers);
    return *next != 0 ? NCT_OK : NCT_E_ILLEGAL_MOVE;
}

/* Appends to a text of which only the first bytes are kept. */
static void append(char *out, size_t capacity, size_t *len, const char *text) {
    size_t more = strlen(text);
    for (size_t i = 0; i < more && *len + i + 1 < capacity; i++)
        out[*len + i] = text[i];
    *len += more;
    if (capacity > 0)
        out[*len < capacity ? *len : capacity - 1] = '\0';
}

static void append_possible(int32_t kind, int32_t state, char *out, size_t capacity, size_t *len) {
    const char *before = " Possible from there: ";
    for (size_t i = 0; i < nct_machine_row_count(kind); i++) {
        if (row_at(kind, i)->from != state)
            continue;
        append(out, capacity, len, before);
        append(out, capacity, len, moves[row_at(kind, i)->move].name);
        before = ", ";
    }
    append(out, capacity, len, nct_machine_final(kind, state) ? " Nothing leads out of this state." : ".");
}

nct_status nct_machine_explain(int32_t kind, int32_t state, int32_t move, char *out, size_t capacity, size_t *needed) {
    size_t len = 0;
    if (needed != NULL)
        *needed = 0;
    if (!has_state(kind, state) || !is_move(move) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    const char *const parts[] = {
        "A submission of kind ", nct_submission_name(kind), " in the state ", states[state].title,
        " cannot be ",           moves[move].done,          " this way."};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        append(out, capacity, &len, parts[i]);
    append_possible(kind, state, out, capacity, &len);
    if (needed != NULL)
        *needed = len;
    return len < capacity ? NCT_OK : NCT_E_BUFFER;
}
