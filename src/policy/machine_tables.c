/* The tables of the state machines: the only place that says what may follow what. */
#include "policy/machine.h"

#include "policy/policy.h"

#define STATE(name) NCT_STATE_##name
#define MOVE(name) NCT_MOVE_##name
#define BY(name) NCT_MOVER_##name
#define ROW(from, move, to, movers)                                                                                    \
    { STATE(from), MOVE(move), STATE(to), (movers) }

#define EITHER (BY(SUBMITTER) | BY(AGENCY))

/* Enrollment, re-enrollment, re-verification, manage change request, maintain eligibility. */
static const struct nct_machine_row application_rows[] = {
    ROW(DRAFT, SUBMIT, IN_PROCESS, BY(SIGNER)),
    ROW(DRAFT, DISCARD, ABANDONED, BY(PREPARER)),
    ROW(IN_PROCESS, REVIEW, IN_REVIEW, BY(AGENCY)),
    ROW(IN_PROCESS, REQUEST_PAYMENT, PENDING_PAYMENT, BY(AGENCY)),
    ROW(IN_PROCESS, RETURN, RETURNED, BY(AGENCY)),
    ROW(IN_PROCESS, WITHDRAW, WITHDRAWN, EITHER),
    ROW(IN_REVIEW, REQUEST_ENDORSEMENT, PENDING_ENDORSEMENT, BY(AGENCY)),
    ROW(IN_REVIEW, REQUEST_PAYMENT, PENDING_PAYMENT, BY(AGENCY)),
    ROW(IN_REVIEW, RETURN, RETURNED, BY(AGENCY)),
    ROW(IN_REVIEW, APPROVE, APPROVED, BY(AGENCY)),
    ROW(IN_REVIEW, DENY, DENIED, BY(AGENCY)),
    ROW(IN_REVIEW, WITHDRAW, WITHDRAWN, EITHER),
    ROW(PENDING_ENDORSEMENT, ENDORSE, IN_REVIEW, BY(AGENCY)),
    ROW(PENDING_ENDORSEMENT, DENY, DENIED, BY(AGENCY)),
    ROW(PENDING_ENDORSEMENT, WITHDRAW, WITHDRAWN, EITHER),
    ROW(PENDING_ENDORSEMENT, ABANDON, ABANDONED, BY(TIME)),
    ROW(RETURNED, RESUBMIT, IN_PROCESS, BY(SIGNER)),
    ROW(RETURNED, WITHDRAW, WITHDRAWN, EITHER),
    ROW(RETURNED, ABANDON, ABANDONED, BY(TIME)),
    ROW(PENDING_PAYMENT, PAY, IN_REVIEW, BY(AGENCY)),
    ROW(PENDING_PAYMENT, WITHDRAW, WITHDRAWN, EITHER),
    ROW(PENDING_PAYMENT, ABANDON, ABANDONED, BY(TIME)),
};

static const int32_t application_states[] = {
    STATE(DRAFT),           STATE(IN_PROCESS), STATE(IN_REVIEW), STATE(PENDING_ENDORSEMENT), STATE(RETURNED),
    STATE(PENDING_PAYMENT), STATE(APPROVED),   STATE(DENIED),    STATE(WITHDRAWN),           STATE(ABANDONED),
};

/* FL2, pharmacy and medical Prior Approval. An approval ends when the agency terminates it or makes it void. */
static const struct nct_machine_row request_rows[] = {
    ROW(DRAFT, SUBMIT, SUSPENDED, BY(SIGNER)),
    ROW(DRAFT, DISCARD, VOID, BY(PREPARER)),
    ROW(SUSPENDED, PEND, PENDING, BY(AGENCY)),
    ROW(SUSPENDED, REQUEST_INFORMATION, PEND_AI, BY(AGENCY)),
    ROW(SUSPENDED, APPROVE, APPROVED, BY(AGENCY)),
    ROW(SUSPENDED, MODIFY, MODIFIED, BY(AGENCY)),
    ROW(SUSPENDED, REDUCE, REDUCTION, BY(AGENCY)),
    ROW(SUSPENDED, DENY, DENIED, BY(AGENCY)),
    ROW(SUSPENDED, VOID, VOID, BY(AGENCY)),
    ROW(PENDING, REVIEW, SUSPENDED, BY(AGENCY)),
    ROW(PENDING, REQUEST_INFORMATION, PEND_AI, BY(AGENCY)),
    ROW(PENDING, APPROVE, APPROVED, BY(AGENCY)),
    ROW(PENDING, MODIFY, MODIFIED, BY(AGENCY)),
    ROW(PENDING, REDUCE, REDUCTION, BY(AGENCY)),
    ROW(PENDING, DENY, DENIED, BY(AGENCY)),
    ROW(PENDING, VOID, VOID, BY(AGENCY)),
    ROW(PEND_AI, RESUBMIT, SUSPENDED, BY(SIGNER)),
    ROW(PEND_AI, DENY, DENIED, BY(AGENCY)),
    ROW(PEND_AI, VOID, VOID, BY(AGENCY)),
    ROW(APPROVED, REDUCE, REDUCTION, BY(AGENCY)),
    ROW(APPROVED, TERMINATE, TERMINATED, BY(AGENCY)),
    ROW(APPROVED, VOID, VOID, BY(AGENCY)),
    ROW(MODIFIED, REDUCE, REDUCTION, BY(AGENCY)),
    ROW(MODIFIED, TERMINATE, TERMINATED, BY(AGENCY)),
    ROW(MODIFIED, VOID, VOID, BY(AGENCY)),
    ROW(REDUCTION, TERMINATE, TERMINATED, BY(AGENCY)),
    ROW(REDUCTION, VOID, VOID, BY(AGENCY)),
};

static const int32_t request_states[] = {
    STATE(DRAFT),    STATE(SUSPENDED), STATE(PENDING), STATE(PEND_AI),    STATE(APPROVED),
    STATE(MODIFIED), STATE(REDUCTION), STATE(DENIED),  STATE(TERMINATED), STATE(VOID),
};

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define MACHINE(name, letters)                                                                                         \
    { name##_rows, COUNT(name##_rows), name##_states, COUNT(name##_states), (letters) }

static const struct nct_machine application = MACHINE(application, 0);
static const struct nct_machine request = MACHINE(request, 1);

static const struct nct_submission_rule rules[NCT_SUBMISSION_COUNT] = {
    [NCT_SUBMISSION_ENROLLMENT] = {&application, 1, 0},
    [NCT_SUBMISSION_RECREDENTIALING] = {&application, 1, 0},
    [NCT_SUBMISSION_FL2] = {&request, 0, 1},
    [NCT_SUBMISSION_PHARMACY_PA] = {&request, 0, 0},
    [NCT_SUBMISSION_MEDICAL_PA] = {&request, 0, 0},
    [NCT_SUBMISSION_REENROLLMENT] = {&application, 1, 0},
    [NCT_SUBMISSION_MANAGE_CHANGE] = {&application, 0, 0},
    [NCT_SUBMISSION_MAINTAIN_ELIGIBILITY] = {&application, 0, 0},
};

const struct nct_submission_rule *nct_submission_rule(int32_t kind) {
    return kind > 0 && kind < NCT_SUBMISSION_COUNT && rules[kind].machine != NULL ? &rules[kind] : NULL;
}
