#include "seams.h"

#include <stdio.h>
#include <stdlib.h>

#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#else
#define VALGRIND_MAKE_MEM_DEFINED(address, size) ((void)(address), (void)(size))
#endif

void world_note(struct world *w, const char *format, ...) {
    struct world_trace *trace = &w->trace;
    if (!trace->on || trace->len + 1 >= sizeof trace->text)
        return;
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(trace->text + trace->len, sizeof trace->text - trace->len, format, arguments);
    va_end(arguments);
    if (written > 0)
        trace->len += (size_t)written;
    if (trace->len >= sizeof trace->text)
        trace->len = sizeof trace->text - 1;
}

/* Memory: each block begins with its length, so that it can be searched for secrets when it comes back. */

#define HEADER 16

static void *allocate(size_t size, void *user_data) {
    struct world *w = user_data;
    assert_true(size > 0);
    if (++w->memory.calls == w->memory.fail_at)
        return NULL;
    unsigned char *block = malloc(HEADER + size);
    assert_non_null(block);
    memcpy(block, &size, sizeof size);
    memset(block + HEADER, 0xA5, size);
    w->memory.live++;
    return block + HEADER;
}

static int holds(const unsigned char *bytes, size_t size, const char *secret) {
    size_t len = strlen(secret);
    for (size_t i = 0; i + len <= size; i++)
        if (memcmp(bytes + i, secret, len) == 0)
            return 1;
    return 0;
}

static void release(void *memory, void *user_data) {
    struct world *w = user_data;
    assert_non_null(memory);
    unsigned char *block = (unsigned char *)memory - HEADER;
    size_t size = 0;
    memcpy(&size, block, sizeof size);
    (void)VALGRIND_MAKE_MEM_DEFINED(block + HEADER, size); /* the padding of structures is searched as well */
    for (size_t i = 0; i < w->memory.secret_count; i++)
        if (holds(block + HEADER, size, w->memory.secrets[i]))
            w->memory.unwiped++;
    memset(block, 0xDD, HEADER + size);
    w->memory.live--;
    free(block);
}

const nct_allocator world_allocator = {.struct_size = sizeof(nct_allocator), .allocate = allocate, .release = release};

static nct_status now(int64_t *milliseconds, void *user_data) {
    struct world *w = user_data;
    w->clock_calls++;
    *milliseconds = w->now;
    return w->clock_status;
}

const nct_clock world_clock = {.struct_size = sizeof(nct_clock), .now = now};

/* SplitMix64: the same bytes in every run. */
static uint64_t next_random(uint64_t *state) {
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static nct_status fill(void *bytes, size_t len, void *user_data) {
    struct world *w = user_data;
    unsigned char *out = bytes;
    if (++w->random_calls == w->random_fail_at)
        return NCT_E_RANDOM;
    for (size_t i = 0; i < len; i++)
        out[i] = (unsigned char)(next_random(&w->random_state) >> 56);
    return NCT_OK;
}

const nct_random world_random = {.struct_size = sizeof(nct_random), .fill = fill};

static nct_status verify_password(const char *ncid, size_t ncid_len, const char *password, size_t password_len,
                                  void *user_data) {
    struct world *w = user_data;
    struct world_identity *identity = &w->identity;
    world_note(w, "identity ");
    identity->calls++;
    assert_true(ncid_len < sizeof identity->last_ncid);
    memcpy(identity->last_ncid, ncid, ncid_len);
    identity->last_ncid[ncid_len] = '\0';
    if (identity->answer != NCT_OK)
        return identity->answer;
    if (password_len != strlen(identity->password) || memcmp(password, identity->password, password_len) != 0)
        return NCT_E_DENIED;
    return NCT_OK;
}

const nct_identity world_identity_functions = {.struct_size = sizeof(nct_identity), .verify_password = verify_password};

/* The mailer keeps a copy of each mail it was asked to send. */

static void copy_text(char *out, size_t capacity, const char *text) {
    assert_non_null(text);
    assert_true(strlen(text) < capacity);
    memcpy(out, text, strlen(text) + 1);
}

static void copy_parameter(struct world_mail *copy, const char *name, const char *value) {
    static const char *const checkpoint[] = {"checkpoint", "checkpoint_number", "checkpoint_time", "checkpoint_root",
                                             "checkpoint_hash"};
    if (strcmp(name, "ncid") == 0)
        copy_text(copy->ncid, sizeof copy->ncid, value);
    else if (strcmp(name, "pin") == 0)
        copy_text(copy->pin, sizeof copy->pin, value);
    else if (strcmp(name, "provider") == 0)
        copy_text(copy->provider, sizeof copy->provider, value);
    else if (strcmp(name, "token") == 0)
        copy_text(copy->token, sizeof copy->token, value);
    for (size_t i = 0; i < sizeof checkpoint / sizeof checkpoint[0]; i++)
        if (strcmp(name, checkpoint[i]) == 0)
            copy_text(copy->checkpoint[i], sizeof copy->checkpoint[i], value);
}

static nct_status send_mail(const nct_mail *mail, void *user_data) {
    struct world *w = user_data;
    world_note(w, "mail ");
    assert_true(w->mailer.count < WORLD_MAILS);
    struct world_mail *copy = &w->mailer.mails[w->mailer.count++];
    memset(copy, 0, sizeof *copy);
    copy_text(copy->id, sizeof copy->id, nct_mail_id(mail));
    copy_text(copy->template_name, sizeof copy->template_name, nct_mail_template(mail));
    copy_text(copy->language, sizeof copy->language, nct_mail_language(mail));
    copy_text(copy->name, sizeof copy->name, nct_mail_recipient_name(mail));
    copy_text(copy->address, sizeof copy->address, nct_mail_recipient_address(mail));
    copy_text(copy->subject, sizeof copy->subject, nct_mail_subject(mail));
    copy_text(copy->body, sizeof copy->body, nct_mail_body(mail));
    assert_true(strlen(nct_mail_language(mail)) >= 2);
    size_t count = nct_mail_parameter_count(mail);
    for (size_t i = 0; i < count; i++)
        copy_parameter(copy, nct_mail_parameter_name(mail, i), nct_mail_parameter_value(mail, i));
    assert_null(nct_mail_parameter_name(mail, count));
    assert_null(nct_mail_parameter_value(mail, count));
    copy->accepted = w->mailer.count < w->mailer.fail_from || w->mailer.count > w->mailer.fail_to;
    if (w->mailer.during_send != NULL) {
        void (*hook)(void *) = w->mailer.during_send;
        w->mailer.during_send = NULL;
        hook(w->mailer.argument);
    }
    if (copy->accepted)
        return NCT_OK;
    return w->mailer.answer != NCT_OK ? w->mailer.answer : NCT_E_MAILER;
}

const nct_mailer world_mailer_functions = {.struct_size = sizeof(nct_mailer), .send = send_mail};
