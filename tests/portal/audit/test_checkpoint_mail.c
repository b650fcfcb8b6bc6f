/* Checkpoints that go out by mail, and what comes back from whoever kept the mail. */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>

#define KEEPER "keeper@archive.example.org"
#define ROOM 512

static void make(struct world *w) {
    world_advance(w, 1000);
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_OK);
}

static void send_last(struct world *w) {
    expect_status(nct_checkpoint_mail(w->portal, 0, KEEPER, strlen(KEEPER)), NCT_OK);
}

static nct_status mail(struct world *w, uint64_t number) {
    return nct_checkpoint_mail(w->portal, number, KEEPER, strlen(KEEPER));
}

static const struct world_mail *last_mail(struct world *w) {
    assert_true(w->mailer.count > 0);
    return &w->mailer.mails[w->mailer.count - 1];
}

static size_t waiting(struct world *w) {
    nct_mail_list *list = NULL;
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 100, &list), NCT_OK);
    size_t count = nct_mail_list_count(list);
    nct_mail_list_free(list);
    return count;
}

/* The bytes in a text are those of this checkpoint, and verify. */
static void expect_bytes_of(struct world *w, uint64_t number, const char *text, size_t len) {
    unsigned char bytes[ROOM], keys[256];
    size_t bytes_len = 0, keys_len = 0, want_len = 0;
    nct_checkpoint *kept = NULL, *verified = NULL;
    expect_status(nct_checkpoint_get(w->portal, number, &kept), NCT_OK);
    expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &keys_len), NCT_OK);
    expect_status(nct_checkpoint_from_text(text, len, bytes, sizeof bytes, &bytes_len), NCT_OK);
    const void *want = nct_checkpoint_bytes(kept, &want_len);
    assert_int_equal(bytes_len, want_len);
    assert_memory_equal(bytes, want, want_len);
    expect_status(nct_checkpoint_verify(bytes, bytes_len, keys, keys_len, NULL, 0, &verified), NCT_OK);
    assert_true(nct_checkpoint_number(verified) == number);
    nct_checkpoint_free(verified);
    nct_checkpoint_free(kept);
}

static void hex_of(const void *bytes, size_t len, char *out) {
    for (size_t i = 0; i < len; i++)
        snprintf(out + 2 * i, 3, "%02x", ((const unsigned char *)bytes)[i]);
}

static void a_mailed_checkpoint_can_be_verified_by_its_keeper(void **state) {
    struct world *w = *state;
    char hex[2 * NCT_CHECKPOINT_HASH + 1];
    nct_checkpoint *last = NULL;
    make(w);
    send_last(w);
    const struct world_mail *sent = last_mail(w);
    assert_string_equal(sent->template_name, "checkpoint");
    assert_string_equal(sent->address, KEEPER);
    assert_string_equal(sent->name, KEEPER);
    assert_int_equal(strncmp(sent->subject, "NCTracks checkpoint 1 of ", 25), 0);
    expect_bytes_of(w, 1, sent->body, strlen(sent->body));
    expect_status(nct_checkpoint_get(w->portal, 1, &last), NCT_OK);
    hex_of(nct_checkpoint_root(last), NCT_CHECKPOINT_HASH, hex);
    assert_non_null(strstr(sent->body, hex));
    assert_string_equal(sent->checkpoint[3], hex);
    hex_of(nct_checkpoint_hash(last), NCT_CHECKPOINT_HASH, hex);
    assert_non_null(strstr(sent->body, hex));
    assert_string_equal(sent->checkpoint[4], hex);
    assert_string_equal(sent->checkpoint[1], "1");
    assert_non_null(strstr(sent->body, sent->checkpoint[2]));
    nct_checkpoint_free(last);
    assert_int_equal(waiting(w), 0);
}

static void the_parameter_holds_the_bytes_too(void **state) {
    struct world *w = *state;
    char text[2 * ROOM + 200];
    make(w);
    expect_status(mail(w, 1), NCT_OK);
    snprintf(text, sizeof text, "-----BEGIN NCTRACKS CHECKPOINT-----%s-----END NCTRACKS CHECKPOINT-----",
             last_mail(w)->checkpoint[0]);
    expect_bytes_of(w, 1, text, strlen(text));
}

static void no_line_of_the_mail_is_long(void **state) {
    struct world *w = *state;
    make(w);
    send_last(w);
    for (const char *line = last_mail(w)->body; *line != '\0'; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") < 100);
}

static void an_earlier_one_is_mailed_by_its_number(void **state) {
    struct world *w = *state;
    make(w);
    make(w);
    make(w);
    expect_status(mail(w, 2), NCT_OK);
    expect_bytes_of(w, 2, last_mail(w)->body, strlen(last_mail(w)->body));
    send_last(w);
    expect_bytes_of(w, 3, last_mail(w)->body, strlen(last_mail(w)->body));
    expect_status(mail(w, 4), NCT_E_NOT_FOUND);
}

static void a_wrong_address_queues_nothing(void **state) {
    struct world *w = *state;
    char longest[300];
    make(w);
    memset(longest, 'a', sizeof longest);
    size_t before = w->mailer.count;
    expect_status(nct_checkpoint_mail(w->portal, 0, "", 0), NCT_E_EMPTY);
    expect_status(nct_checkpoint_mail(w->portal, 0, "a@b.example\0c", 13), NCT_E_NUL);
    assert_int_equal(nct_status_category(nct_checkpoint_mail(w->portal, 0, "nobody", 6)), NCT_CATEGORY_VALUE);
    assert_int_equal(nct_status_category(nct_checkpoint_mail(w->portal, 0, "a@b.example\r\nBcc: c@d", 21)),
                     NCT_CATEGORY_VALUE);
    assert_int_equal(nct_status_category(nct_checkpoint_mail(w->portal, 0, longest, sizeof longest)),
                     NCT_CATEGORY_VALUE);
    expect_status(nct_checkpoint_mail(w->portal, 0, NULL, 0), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_mail(NULL, 0, KEEPER, strlen(KEEPER)), NCT_E_ARGUMENT);
    assert_int_equal(w->mailer.count, before);
    assert_int_equal(waiting(w), 0);
}

static void without_a_checkpoint_nothing_is_mailed(void **state) {
    struct world *w = *state;
    expect_status(mail(w, 0), NCT_E_NOT_FOUND);
    expect_status(mail(w, 1), NCT_E_NOT_FOUND);
    assert_int_equal(waiting(w), 0);
}

static void a_mail_that_is_refused_waits_and_says_the_same(void **state) {
    struct world *w = *state;
    size_t sent = 0;
    make(w);
    w->mailer.fail_from = w->mailer.count + 1;
    w->mailer.fail_to = w->mailer.fail_from;
    send_last(w);
    struct world_mail refused = *last_mail(w);
    assert_int_equal(waiting(w), 1);
    make(w); /* the mail is of the checkpoint that was the last then */
    world_advance(w, 3600000);
    expect_status(nct_mail_flush(w->portal, 10, &sent, NULL), NCT_OK);
    assert_int_equal(sent, 1);
    assert_string_equal(last_mail(w)->id, refused.id);
    assert_string_equal(last_mail(w)->body, refused.body);
    assert_int_equal(waiting(w), 0);
}

static nct_status from_text(const char *text) {
    unsigned char bytes[ROOM];
    size_t len = 77;
    nct_status status = nct_checkpoint_from_text(text, strlen(text), bytes, sizeof bytes, &len);
    assert_true(status == NCT_OK || len == 0);
    return status;
}

#define BEGIN "-----BEGIN NCTRACKS CHECKPOINT-----"
#define END "-----END NCTRACKS CHECKPOINT-----"

static void a_text_without_a_whole_checkpoint_is_refused(void **state) {
    (void)state;
    char *large = malloc(2 * ROOM + 100);
    assert_non_null(large);
    expect_status(from_text("Received: from here\r\n" BEGIN "\r\n00 ff\r\n\t1a\r\n" END "\r\n"), NCT_OK);
    expect_status(from_text(""), NCT_E_ENCODING);
    expect_status(from_text(BEGIN), NCT_E_ENCODING);
    expect_status(from_text(BEGIN "00"), NCT_E_ENCODING);
    expect_status(from_text(BEGIN END), NCT_E_ENCODING);
    expect_status(from_text("00" END), NCT_E_ENCODING);
    expect_status(from_text(END "00" BEGIN), NCT_E_ENCODING);
    expect_status(from_text(BEGIN "000" END), NCT_E_ENCODING);
    expect_status(from_text(BEGIN "0g" END), NCT_E_ENCODING);
    expect_status(from_text(BEGIN "0A" END), NCT_E_ENCODING);
    expect_status(from_text(BEGIN "> 00" END), NCT_E_ENCODING);
    for (size_t digits = 2 * ROOM; digits <= 2 * ROOM + 2; digits += 2) {
        size_t at = (size_t)sprintf(large, BEGIN);
        memset(large + at, '7', digits);
        strcpy(large + at + digits, END);
        expect_status(from_text(large), digits == 2 * ROOM ? NCT_OK : NCT_E_ENCODING);
    }
    free(large);
}

static void room_and_null_are_told(void **state) {
    (void)state;
    static const char text[] = BEGIN "0011" END;
    unsigned char two[2];
    size_t len = 0;
    expect_status(nct_checkpoint_from_text(text, sizeof text - 1, NULL, 0, &len), NCT_E_BUFFER);
    assert_int_equal(len, 2);
    expect_status(nct_checkpoint_from_text(text, sizeof text - 1, two, 1, &len), NCT_E_BUFFER);
    expect_status(nct_checkpoint_from_text(text, sizeof text - 1, two, 2, &len), NCT_OK);
    assert_memory_equal(two, "\x00\x11", 2);
    expect_status(nct_checkpoint_from_text(NULL, 0, two, 2, &len), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_from_text(text, 1, NULL, 2, &len), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_from_text(text, 1, two, 2, NULL), NCT_E_ARGUMENT);
}

/* Whatever is cut off or changed on the way, nothing else than the checkpoint verifies. */
static void a_changed_digit_verifies_nothing(void **state) {
    struct world *w = *state;
    unsigned char keys[256], bytes[ROOM];
    size_t keys_len = 0, len = 0;
    make(w);
    send_last(w);
    expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &keys_len), NCT_OK);
    char *text = strdup(last_mail(w)->body);
    char *begin = strstr(text, BEGIN) + strlen(BEGIN);
    char *end = strstr(text, END);
    for (char *at = begin; at < end; at++) {
        char kept = *at;
        *at = kept == '0' ? '1' : '0';
        nct_status status = nct_checkpoint_from_text(text, strlen(text), bytes, sizeof bytes, &len);
        if (status == NCT_OK)
            status = nct_checkpoint_verify(bytes, len, keys, keys_len, NULL, 0, NULL);
        assert_true(status == NCT_E_ENCODING || status == NCT_E_UNSUPPORTED || status == NCT_E_UNKNOWN_KEY ||
                    status == NCT_E_SIGNATURE);
        *at = kept;
    }
    free(text);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_mailed_checkpoint_can_be_verified_by_its_keeper),
        CASE(the_parameter_holds_the_bytes_too),
        CASE(no_line_of_the_mail_is_long),
        CASE(an_earlier_one_is_mailed_by_its_number),
        CASE(a_wrong_address_queues_nothing),
        CASE(without_a_checkpoint_nothing_is_mailed),
        CASE(a_mail_that_is_refused_waits_and_says_the_same),
        cmocka_unit_test(a_text_without_a_whole_checkpoint_is_refused),
        cmocka_unit_test(room_and_null_are_told),
        CASE(a_changed_digit_verifies_nothing),
    };
    return cmocka_run_group_tests_name("checkpoint mail", tests, NULL, NULL);
}
