/* Many enrollments in one commit, each an act of its own: see nct_unit_act(). */
#include "engine/handle/arguments.h"
#include "portal/provider/enrollment.h"

#include <nctracks/provider.h>

struct many {
    struct nct_drafts drafts;
    size_t count;
    nct_form *const *forms;
    struct nct_enrolling *enrolling; /* without a provider: the form was refused before */
    nct_code *answers;
    nct_problems **problems; /* NULL: nobody wants them */
};

static nct_problems **problems_of(const struct many *many, size_t index) {
    return many->problems != NULL ? &many->problems[index] : NULL;
}

/* Answers that do not hold, and what belongs to them, are not left with the caller. */
static void answer_all(const struct many *many, nct_status status) {
    int has_room = many->answers != NULL && many->count <= NCT_BULK_MAX; /* a count beyond may be no count at all */
    for (size_t i = 0; i < many->count && has_room; i++) {
        if (many->problems != NULL) {
            nct_problems_free(many->problems[i]);
            many->problems[i] = NULL;
        }
        many->answers[i] = status;
    }
}

static nct_status check_forms(const struct nct_portal *portal, const struct many *many) {
    for (size_t i = 0; i < many->count; i++)
        if (!nct_form_is(many->forms[i], NCT_FORM_ENROLLMENT) || nct_form_portal(many->forms[i]) != portal)
            return nct_about_only(NCT_E_ARGUMENT, "forms");
    return NCT_OK;
}

/* What a form is refused for without asking the store; one that is not is read. */
static nct_status read_one(const struct many *many, size_t index) {
    nct_form *form = many->forms[index];
    nct_status status = nct_form_validate(form, problems_of(many, index));
    if (status != NCT_OK && status != NCT_E_PROBLEMS)
        return status;
    if (status == NCT_OK && nct_form_code(form)[0] == '\0')
        status = NCT_E_STATE; /* it would be told nowhere */
    many->answers[index] = status;
    if (status == NCT_OK)
        nct_enrolling_read(form, &many->enrolling[index]);
    return NCT_OK;
}

static nct_status read_all(struct many *many, const char *actor) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < many->count && status == NCT_OK; i++) {
        many->enrolling[i].drafts = &many->drafts;
        many->enrolling[i].actor = actor;
        status = read_one(many, i);
    }
    return status;
}

static nct_status enroll_all(struct nct_unit *unit, void *argument) {
    const struct many *many = argument;
    nct_status status = NCT_OK;
    for (size_t i = 0; i < many->count && status == NCT_OK; i++)
        if (many->enrolling[i].provider[0] != '\0')
            status = nct_unit_act(unit, nct_enroll, &many->enrolling[i], &many->answers[i]);
    return status;
}

static void finish(const struct many *many) {
    for (size_t i = 0; i < many->count; i++)
        if (many->answers[i] == NCT_OK)
            nct_enrolling_finish(many->forms[i], &many->enrolling[i], problems_of(many, i));
}

static nct_status submit(nct_portal *portal, const char *actor, struct many *many) {
    const struct nct_memory *memory = &portal->seams.memory;
    many->enrolling = nct_memory_take_array(memory, many->count, sizeof *many->enrolling);
    nct_status status = nct_drafts_init(&many->drafts, portal, many->count * NCT_ENROLLMENT_PINS);
    if (many->enrolling == NULL)
        status = NCT_E_NO_MEMORY;
    if (status == NCT_OK)
        status = read_all(many, actor);
    if (status == NCT_OK)
        status = nct_operate_with_pins(&many->drafts, enroll_all, many);
    if (status == NCT_OK)
        finish(many);
    nct_drafts_free(&many->drafts);
    nct_memory_give_wiped(memory, many->enrolling, many->count * sizeof *many->enrolling);
    return status;
}

nct_status nct_enrollment_submit_many(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                      size_t count, nct_form *const *forms, nct_code *answers,
                                      nct_problems **problems) {
    char actor[NCT_ACTOR_ROOM];
    struct many many = {.count = count, .forms = forms, .answers = answers, .problems = problems};
    for (size_t i = 0; problems != NULL && i < count && count <= NCT_BULK_MAX; i++)
        problems[i] = NULL;
    nct_status status = NCT_MISSING(portal) || NCT_MISSING(forms) || NCT_MISSING(answers) ? NCT_E_ARGUMENT : NCT_OK;
    if (status == NCT_OK)
        status = nct_take_count(count);
    if (status == NCT_OK)
        status = check_forms(portal, &many);
    if (status == NCT_OK)
        status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = submit(portal, actor, &many);
    if (status != NCT_OK)
        answer_all(&many, status);
    return status;
}
