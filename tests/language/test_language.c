/* The catalogues built in, and how a host's own are read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <nctracks.h>

#include "language/template.h"

static char text[NCT_CATALOGUE_TEXT_MAX], file[NCT_CATALOGUE_TEXT_MAX];

static size_t read_catalogue(const char *language) {
    char path[512];
    snprintf(path, sizeof path, NCT_TESTS_DIR "/../languages/%s.txt", language);
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    size_t len = fread(file, 1, sizeof file - 1, stream);
    fclose(stream);
    file[len] = '\0';
    return len;
}

static const char *english(const char *key) {
    return nct_text("en", key);
}

static void key_at(size_t index, char key[160]) {
    assert_int_equal(nct_text_key(index, key, 160, NULL), NCT_OK);
}

static void the_english_catalogue_is_what_the_tables_say(void **state) {
    (void)state;
    size_t len = 0;
    read_catalogue("en");
    assert_int_equal(nct_catalogue_write("en", text, sizeof text, &len), NCT_OK);
    const char *begin = strstr(file, "\nlanguage.name");
    assert_non_null(begin);
    if (strcmp(begin + 1, text) != 0)
        fail_msg("languages/en.txt is stale: run scripts/languages");
}

static void every_catalogue_is_complete_and_right(void **state) {
    (void)state;
    for (size_t i = 0; i < nct_language_count(); i++) {
        nct_policy_problems *problems = NULL;
        size_t len = read_catalogue(nct_language_at(i));
        nct_status status = nct_catalogue_check(file, len, 1, &problems);
        for (size_t p = 0; p < nct_policy_problems_count(problems); p++)
            print_error("languages/%s.txt:%zu: %s\n", nct_language_at(i), nct_policy_problems_line(problems, p),
                        nct_policy_problems_message(problems, p));
        nct_policy_problems_free(problems);
        assert_int_equal(status, NCT_OK);
    }
}

/* What CMake made of the files is what the library reads in them. */
static void what_was_built_in_is_what_the_files_say(void **state) {
    (void)state;
    for (size_t i = 1; i < nct_language_count(); i++) {
        nct_config *config = NULL;
        nct_portal *portal = NULL;
        const char *language = nct_language_at(i);
        static const unsigned char key[NCT_MASTER_KEY_BYTES] = {1};
        size_t len = read_catalogue(language);
        assert_int_equal(nct_config_new(&config), NCT_OK);
        assert_int_equal(nct_config_set_master_key(config, key, sizeof key), NCT_OK);
        assert_int_equal(nct_config_add_catalogue(config, "x-file", file, len, NULL), NCT_E_FORMAT);
        assert_int_equal(nct_config_add_catalogue(config, "qaa", file, len, NULL), NCT_OK);
        assert_int_equal(nct_portal_open(config, &portal), NCT_OK);
        nct_config_free(config);
        for (size_t t = 0; t < nct_text_count(); t++) {
            char name[160];
            key_at(t, name);
            assert_string_equal(nct_portal_text(portal, "qaa", name), nct_text(language, name));
        }
        nct_portal_close(portal);
    }
}

/* In the built-in ones not even the call centre may be left out. */
static void placeholders_are_those_of_the_english_text(void **state) {
    (void)state;
    for (size_t i = 0; i < nct_language_count(); i++)
        for (size_t t = 0; t < nct_text_count(); t++) {
            char key[160];
            struct nct_placeholder found;
            key_at(t, key);
            const char *here = nct_text(nct_language_at(i), key);
            for (const char *at = here; nct_placeholder_next(&at, &found);)
                assert_true(!found.broken && nct_placeholder_in(english(key), &found));
            for (const char *at = english(key); nct_placeholder_next(&at, &found);)
                if (!nct_placeholder_in(here, &found))
                    fail_msg("%s in %s lacks {%.*s}", key, nct_language_at(i), (int)found.len, found.name);
        }
}

static void no_subject_holds_a_secret(void **state) {
    (void)state;
    size_t subjects = 0;
    for (size_t i = 0; i < nct_language_count(); i++)
        for (size_t t = 0; t < nct_text_count(); t++) {
            char key[160];
            key_at(t, key);
            size_t len = strlen(key);
            if (len < 8 || strcmp(key + len - 8, ".subject") != 0)
                continue;
            subjects++;
            assert_null(strstr(nct_text(nct_language_at(i), key), "{pin}"));
            assert_null(strstr(nct_text(nct_language_at(i), key), "{token}"));
            assert_null(strchr(nct_text(nct_language_at(i), key), '\n'));
        }
    assert_true(subjects >= 8);
}

static void keys_are_unique_and_found(void **state) {
    (void)state;
    char key[160], other[160];
    size_t len = 0;
    for (size_t i = 0; i < nct_text_count(); i++) {
        key_at(i, key);
        assert_non_null(english(key));
        assert_true(english(key)[0] != '\0');
        for (size_t j = 0; j < i; j++) {
            key_at(j, other);
            assert_string_not_equal(key, other);
        }
    }
    assert_int_equal(nct_text_key(nct_text_count(), key, sizeof key, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_text_key(0, NULL, 0, &len), NCT_E_BUFFER);
    assert_int_equal(nct_text_key(0, NULL, 1, &len), NCT_E_ARGUMENT);
    assert_int_equal(nct_text_key(0, key, len, NULL), NCT_E_BUFFER);
    assert_string_equal(key, "");
    assert_int_equal(nct_text_key(0, key, len + 1, NULL), NCT_OK);
    assert_int_equal(strlen(key), len);
}

static void every_status_is_told_in_spanish(void **state) {
    (void)state;
    for (size_t i = 0; i < nct_status_count(); i++) {
        nct_status status = nct_status_at(i);
        assert_string_equal(nct_status_message_in(NULL, status, NULL), nct_status_message(status));
        assert_string_equal(nct_status_message_in(NULL, status, "en-GB"), nct_status_message(status));
        assert_string_equal(nct_status_message_in(NULL, status, "tlh"), nct_status_message(status));
        assert_string_not_equal(nct_status_message_in(NULL, status, "es"), nct_status_message(status));
    }
    assert_string_equal(nct_status_message_in(NULL, NCT_E_HOST - 5, "es"), nct_text("es", "status.NCT_E_HOST"));
    assert_string_equal(nct_status_message_in(NULL, 4711, "es"), nct_text("es", "status.NCT_E_UNKNOWN"));
    assert_string_equal(
        nct_text("es", "status.NCT_E_DENIED"),
        "No se aceptó. Compruebe el NCID, la contraseña y, si se piden, el PIN o el código; tras varios intentos "
        "fallidos, espere antes del siguiente. El Centro de Llamadas de NCTracks puede ayudar.");
}

static void every_field_is_named_in_spanish(void **state) {
    (void)state;
    for (int32_t form = NCT_FORM_ENROLLMENT; nct_field_count(form) > 0; form++)
        for (size_t i = 0; i < nct_field_count(form); i++) {
            assert_string_equal(nct_field_label_in(NULL, form, i, "en"), nct_field_label(form, i));
            assert_string_equal(nct_field_description_in(NULL, form, i, "tlh"), nct_field_description(form, i));
            assert_string_not_equal(nct_field_description_in(NULL, form, i, "es"), nct_field_description(form, i));
        }
    assert_null(nct_field_label_in(NULL, NCT_FORM_USER, 1000, "es"));
    assert_null(nct_field_description_in(NULL, -1, 0, "es"));
    assert_string_equal(nct_field_label_in(NULL, NCT_FORM_USER, 0, "es"), "NCID");
}

static void languages_are_looked_up_by_their_tags(void **state) {
    (void)state;
    const char *const spanish[] = {"es", "ES", "es-US", "es-419", "es-x-office", "eS-us-x-a"};
    const char *const unknown[] = {"", "e", "ess", "es_US", "tlh", "-", "-es", "*", "xx-es"};
    for (size_t i = 0; i < sizeof spanish / sizeof *spanish; i++)
        assert_string_equal(nct_text(spanish[i], "language.name"), "Español");
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_null(nct_text(unknown[i], "language.name"));
    assert_string_equal(nct_text(NULL, "language.name"), "English");
    assert_null(nct_text("es", "no.such.key"));
    assert_null(nct_text("es", ""));
    assert_null(nct_text("es", NULL));
    assert_string_equal(nct_language_at(0), "en");
    assert_null(nct_language_at(nct_language_count()));
    assert_int_equal(nct_catalogue_write("tlh", text, sizeof text, NULL), NCT_E_NOT_FOUND);
    assert_int_equal(nct_catalogue_write(NULL, text, sizeof text, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_catalogue_write("es", text, 10, NULL), NCT_E_BUFFER);
    assert_string_equal(text, "");
}

/* ---- a host's catalogue ---- */

struct wrong {
    const char *text;
    size_t line;
    nct_status code;
};

#define BODY "mail.pin.lost.body =\n"
#define LOST "| {name} {ncid}\n"

static const struct wrong WRONG[] = {
    {"no entry", 1, NCT_E_FORMAT},
    {"\n\n= x", 3, NCT_E_UNKNOWN_FIELD},
    {"| x", 1, NCT_E_FORMAT},
    {"language.name = x\n| y", 2, NCT_E_FORMAT},
    {BODY LOST "\n| after an empty line\n", 4, NCT_E_FORMAT},
    {BODY LOST "# comment\n| after a comment\n", 4, NCT_E_FORMAT},
    {"status.NCT_E_NONE = x", 1, NCT_E_UNKNOWN_FIELD},
    {"language.name", 1, NCT_E_FORMAT},
    {"language.name =", 1, NCT_E_EMPTY},
    {"language.name =   \n\n", 1, NCT_E_EMPTY},
    {BODY, 1, NCT_E_EMPTY},
    {"language.name = x\nlanguage.name = y", 2, NCT_E_DUPLICATE},
    {"mail.pin.lost.body = {name} {ncid}", 1, NCT_E_FORMAT},
    {"language.name =\n| x\n", 1, NCT_E_FORMAT},
    {"mail.pin.issued.subject = {ncid} {pin}", 1, NCT_E_UNKNOWN_VALUE},
    {BODY "| {name} {ncid} {pin}\n", 1, NCT_E_UNKNOWN_VALUE},
    {BODY "| {name}\n", 1, NCT_E_REQUIRED},
    {"mail.pin.issued.subject = Your PIN", 1, NCT_E_REQUIRED},
    {"language.name = {ncid}", 1, NCT_E_UNKNOWN_VALUE},
    {"language.name = {", 1, NCT_E_FORMAT},
    {"language.name = }", 1, NCT_E_FORMAT},
    {"language.name = {}", 1, NCT_E_FORMAT},
    {"mail.pin.issued.subject = {ncid} {NCID}", 1, NCT_E_FORMAT},
    {"mail.pin.issued.subject = {ncid} {ncid", 1, NCT_E_FORMAT},
    {"language.name = a\xff", 1, NCT_E_UTF8},
    {"# comment \xc0\x80", 1, NCT_E_UTF8},
    {"language.name = a\tb", 1, NCT_E_CHARACTER},
    {"mail.pin.lost.subject = {ncid}\rBcc: x", 1, NCT_E_CHARACTER},
    {"mail.pin.lost.subject = {ncid}\xe2\x80\xa8 x", 1, NCT_E_CHARACTER},
    {"language.name = a\xe2\x80\xae"
     "b",
     1, NCT_E_CHARACTER},
    {BODY LOST "| trailing \n", 1, NCT_E_CHARACTER},
    {BODY LOST "|   \n", 1, NCT_E_EMPTY},
    {"\xef\xbb\xbflanguage.name = x", 1, NCT_E_UNKNOWN_FIELD},
    {"language.name = 12345678901234567890123456789012345678901", 1, NCT_E_TOO_LONG},
};

static void a_problem_is_told_with_its_line(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        nct_policy_problems *problems = NULL;
        nct_config *config = NULL;
        nct_status status = nct_catalogue_check(WRONG[i].text, strlen(WRONG[i].text), 0, &problems);
        if (status != NCT_E_PROBLEMS || nct_policy_problems_count(problems) == 0 ||
            nct_policy_problems_code(problems, 0) != WRONG[i].code ||
            nct_policy_problems_line(problems, 0) != WRONG[i].line)
            fail_msg("%s\n%zu problems, first %s in line %zu", WRONG[i].text, nct_policy_problems_count(problems),
                     nct_status_name(nct_policy_problems_code(problems, 0)), nct_policy_problems_line(problems, 0));
        nct_policy_problems_free(problems);
        assert_int_equal(nct_config_new(&config), NCT_OK);
        assert_int_equal(nct_config_add_catalogue(config, "qaa", WRONG[i].text, strlen(WRONG[i].text), NULL),
                         NCT_E_PROBLEMS);
        assert_int_equal(nct_config_set_language(config, "qaa"), NCT_E_NOT_FOUND);
        nct_config_free(config);
    }
}

static void a_nul_byte_is_no_text(void **state) {
    (void)state;
    static const char nul[] = "language.name = a\0b";
    nct_policy_problems *problems = NULL;
    assert_int_equal(nct_catalogue_check(nul, sizeof nul - 1, 0, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_policy_problems_code(problems, 0), NCT_E_NUL);
    nct_policy_problems_free(problems);
}

static void what_is_right_is_taken(void **state) {
    (void)state;
    static const char *const right[] = {
        "",
        "# nothing\n\n   \n",
        "language.name = x",
        "language.name=x\r\n# comment\r\n",
        "  language.name   =   \xc3\xa9t\xc3\xa9 = x  ",
        BODY LOST,
        BODY LOST "|\n|     indented\n",
        BODY "|{ncid}\r\n|{name}\r\n\r\nlanguage.name = x\r\n",
        "language.name = 1234567890123456789012345678901234567890",
        "explain.ask_office_administrator = {ncid} {ncid} {name}",
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        if (nct_catalogue_check(right[i], strlen(right[i]), 0, NULL) != NCT_OK)
            fail_msg("refused: %s", right[i]);
}

static void lengths_are_bounded(void **state) {
    (void)state;
    nct_policy_problems *problems = NULL;
    size_t len = (size_t)snprintf(text, sizeof text, BODY LOST);
    while (len < 4300)
        len += (size_t)snprintf(text + len, sizeof text - len,
                                "| a line of sixty characters, more or less, of little use\n");
    assert_int_equal(nct_catalogue_check(text, len, 0, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_policy_problems_code(problems, 0), NCT_E_TOO_LONG);
    nct_policy_problems_free(problems);
    memset(text, '#', sizeof text);
    assert_int_equal(nct_catalogue_check(text, sizeof text, 0, NULL), NCT_OK);
    assert_int_equal(nct_catalogue_check(text, sizeof text + 1, 0, NULL), NCT_E_LIMIT);
    assert_int_equal(nct_catalogue_check(NULL, 1, 0, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_catalogue_check(NULL, 0, 0, NULL), NCT_OK);
    assert_int_equal(nct_catalogue_text_max(), NCT_CATALOGUE_TEXT_MAX);
}

static void what_is_missing_is_told_where_all_is_asked_for(void **state) {
    (void)state;
    nct_policy_problems *problems = NULL;
    size_t len = 0;
    assert_int_equal(nct_catalogue_write("es", text, sizeof text, &len), NCT_OK);
    assert_int_equal(nct_catalogue_check(text, len, 1, &problems), NCT_OK);
    assert_null(problems);
    char *line = strstr(text, "status.NCT_E_DENIED");
    assert_non_null(line);
    *line = '#';
    assert_int_equal(nct_catalogue_check(text, len, 0, NULL), NCT_OK);
    assert_int_equal(nct_catalogue_check(text, len, 1, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_policy_problems_count(problems), 1);
    assert_int_equal(nct_policy_problems_line(problems, 0), 0);
    assert_int_equal(nct_policy_problems_code(problems, 0), NCT_E_REQUIRED);
    assert_string_equal(nct_policy_problems_path(problems, 0), "status.NCT_E_DENIED");
    nct_policy_problems_free(problems);
}

static void tags_are_checked(void **state) {
    (void)state;
    nct_config *config = NULL;
    static const struct wrong tags[] = {{"", 0, NCT_E_EMPTY},
                                        {"a", 0, NCT_E_FORMAT},
                                        {"9a", 0, NCT_E_FORMAT},
                                        {"fr-", 0, NCT_E_FORMAT},
                                        {"-fr", 0, NCT_E_FORMAT},
                                        {"fr--ca", 0, NCT_E_FORMAT},
                                        {"fr9", 0, NCT_E_FORMAT},
                                        {"FR", 0, NCT_E_CHARACTER},
                                        {"fr_ca", 0, NCT_E_CHARACTER},
                                        {"fr-aaaaaaaaaaaaa", 0, NCT_E_TOO_LONG},
                                        {"fr", 0, NCT_OK},
                                        {"fr-ca", 0, NCT_OK},
                                        {"vi-840-aaaaaaaa", 0, NCT_OK}};
    assert_int_equal(nct_config_new(&config), NCT_OK);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        assert_int_equal(nct_config_add_catalogue(config, tags[i].text, "", 0, NULL), tags[i].code);
    for (size_t i = 3; i < 16; i++)
        assert_int_equal(nct_config_add_catalogue(config, "fr", "", 0, NULL), NCT_OK);
    assert_int_equal(nct_config_add_catalogue(config, "fr", "", 0, NULL), NCT_E_LIMIT);
    assert_int_equal(nct_config_add_catalogue(NULL, "fr", "", 0, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_config_add_catalogue(config, NULL, "", 0, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_config_add_catalogue(config, "fr", NULL, 1, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_config_set_language(config, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_config_set_language(NULL, "es"), NCT_E_ARGUMENT);
    assert_int_equal(nct_config_set_language(config, "tlh"), NCT_E_NOT_FOUND);
    assert_int_equal(nct_config_set_language(config, "fr-CA-x-a"), NCT_OK);
    nct_config_free(config);
}

/* Whatever is changed in a catalogue: it is taken or refused with reasons, and never breaks a rule of texts. */
static void mutated_catalogues_do_no_harm(void **state) {
    (void)state;
    static const char bytes[] = "{}|=#\n\r\\\"? \tpin\xff\xc3\0";
    size_t len = read_catalogue("es");
    uint64_t seed = 7;
    for (int round = 0; round < 400; round++) {
        nct_policy_problems *problems = NULL;
        memcpy(text, file, len);
        for (int change = 0; change < 1 + round % 3; change++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            text[(seed >> 20) % len] = bytes[(seed >> 50) % (sizeof bytes - 1)];
        }
        nct_status status = nct_catalogue_check(text, len, 0, &problems);
        assert_true(status == NCT_OK || status == NCT_E_PROBLEMS);
        assert_true((status == NCT_OK) == (problems == NULL));
        for (size_t i = 0; i < nct_policy_problems_count(problems); i++)
            assert_true(nct_policy_problems_line(problems, i) > 0 &&
                        nct_policy_problems_message(problems, i)[0] != '\0');
        nct_policy_problems_free(problems);
    }
}

static const char *value_of(const void *context, const char *name, size_t len) {
    (void)context;
    return len == 1 && *name == 'a' ? "{b}" : len == 4 && memcmp(name, "null", 4) == 0 ? NULL : "!";
}

static void templates_put_values_in_once(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},   {"{a}", "{b}"},           {"x{a}y{b}z", "x{b}y!z"}, {"{null}|", "|"},
        {"{", "{"}, {"}{}{A}{a", "}{}{A}{a"}, {"{a}{a}", "{b}{b}"},     {"{{a}}", "{{b}}"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[32];
        struct nct_writer writer = {out, sizeof out, 0};
        nct_template_write(cases[i][0], value_of, NULL, &writer);
        assert_int_equal(nct_writer_end(&writer, NULL), NCT_OK);
        assert_string_equal(out, cases[i][1]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_english_catalogue_is_what_the_tables_say),
        cmocka_unit_test(every_catalogue_is_complete_and_right),
        cmocka_unit_test(what_was_built_in_is_what_the_files_say),
        cmocka_unit_test(placeholders_are_those_of_the_english_text),
        cmocka_unit_test(no_subject_holds_a_secret),
        cmocka_unit_test(keys_are_unique_and_found),
        cmocka_unit_test(every_status_is_told_in_spanish),
        cmocka_unit_test(every_field_is_named_in_spanish),
        cmocka_unit_test(languages_are_looked_up_by_their_tags),
        cmocka_unit_test(a_problem_is_told_with_its_line),
        cmocka_unit_test(a_nul_byte_is_no_text),
        cmocka_unit_test(what_is_right_is_taken),
        cmocka_unit_test(lengths_are_bounded),
        cmocka_unit_test(what_is_missing_is_told_where_all_is_asked_for),
        cmocka_unit_test(tags_are_checked),
        cmocka_unit_test(mutated_catalogues_do_no_harm),
        cmocka_unit_test(templates_put_values_in_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
