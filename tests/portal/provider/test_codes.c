/* Authorization codes: how they are drawn, how they are read as people type them, what they open. */
#include "world.h"

#include <ctype.h>

#define SYMBOLS "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#define ROOM (NCT_AUTHORIZATION_CODE_LENGTH + 1)

static nct_status renew(struct world *w, char code[ROOM]) {
    return nct_provider_renew_code(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), world_npi(1), 10, code, ROOM);
}

static nct_status try_code(struct world *w, const char *npi, const char *typed) {
    nct_form *form = world_registration(w, npi, typed, &OLIVIA);
    nct_status status = world_submit(form);
    nct_form_free(form);
    return status;
}

static int setup(void **state) {
    char code[ROOM];
    int result = world_setup_empty(state);
    world_enroll(*state, world_npi(1), "organization", code);
    return result;
}

static void every_symbol_is_drawn_and_no_other(void **state) {
    char code[ROOM];
    size_t drawn[sizeof SYMBOLS] = {0};
    for (int i = 0; i < 100; i++) {
        expect_status(renew(*state, code), NCT_OK);
        assert_int_equal(strlen(code), NCT_AUTHORIZATION_CODE_LENGTH);
        for (const char *symbol = code; *symbol != '\0'; symbol++) {
            const char *at = strchr(SYMBOLS, *symbol);
            assert_non_null(at);
            drawn[at - SYMBOLS]++;
        }
    }
    for (size_t i = 0; i + 1 < sizeof SYMBOLS; i++)
        assert_true(drawn[i] > 20); /* of 50 */
}

/* A code with a symbol that people take for a letter. */
static void draw_with(struct world *w, char symbol, char code[ROOM]) {
    for (int i = 0; i < 100; i++) {
        expect_status(renew(w, code), NCT_OK);
        if (strchr(code, symbol) != NULL)
            return;
    }
    fail();
}

static void type(const char *code, char symbol, char letter, char *typed) {
    for (size_t i = 0; code[i] != '\0'; i++) {
        if (i > 0 && i % 4 == 0)
            *typed++ = i == 8 ? ' ' : '-';
        *typed++ = (char)tolower((unsigned char)(code[i] == symbol ? letter : code[i]));
    }
    *typed = '\0';
}

static void a_code_is_read_as_people_type_it(void **state) {
    static const char taken[][2] = {{'0', 'O'}, {'1', 'I'}, {'1', 'L'}, {'A', 'A'}};
    struct world *w = *state;
    char code[ROOM], typed[2 * ROOM];
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        draw_with(w, taken[i][0], code);
        type(code, taken[i][0], taken[i][1], typed);
        nct_form *form = world_registration(w, world_npi(1), typed, &OLIVIA);
        world_set(form, "office_administrator.relationship", "provider"); /* refused, but only after the code */
        expect_status(world_submit(form), NCT_E_PROBLEMS);
        nct_form_free(form);
    }
    expect_status(try_code(w, world_npi(1), typed), NCT_OK);
}

static void another_code_opens_nothing(void **state) {
    struct world *w = *state;
    char old[ROOM], code[ROOM], other[ROOM];
    expect_status(renew(w, old), NCT_OK);
    expect_status(renew(w, code), NCT_OK);
    world_enroll(w, world_npi(2), "organization", other);
    expect_status(try_code(w, world_npi(1), old), NCT_E_PROVIDER_OR_CODE);
    expect_status(try_code(w, world_npi(1), other), NCT_E_PROVIDER_OR_CODE);
    expect_status(try_code(w, world_npi(3), code), NCT_E_PROVIDER_OR_CODE);
    code[NCT_AUTHORIZATION_CODE_LENGTH - 1] = code[NCT_AUTHORIZATION_CODE_LENGTH - 1] == 'A' ? 'B' : 'A';
    expect_status(try_code(w, world_npi(1), code), NCT_E_PROVIDER_OR_CODE);
}

static void a_code_not_put_in_force_is_not_given_out(void **state) {
    struct world *w = *state;
    char code[ROOM];
    memset(code, 'x', sizeof code);
    world_fault(w, FAULT_ERROR, WORLD_COMMIT, 1, 1);
    expect_status(renew(w, code), NCT_E_STORE);
    world_no_fault(w);
    for (size_t i = 0; i < sizeof code; i++)
        assert_int_equal(code[i], 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(every_symbol_is_drawn_and_no_other),
        CASE(a_code_is_read_as_people_type_it),
        CASE(another_code_opens_nothing),
        CASE(a_code_not_put_in_force_is_not_given_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
