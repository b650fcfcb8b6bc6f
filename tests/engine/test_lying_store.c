/* A store that does not keep to its contract is told so, whatever it says. */
#include "world.h"

#include "engine/store/batch.h"

enum lie {
    NO_LIE,
    WITHOUT_VALUE,
    WITHOUT_REVISION,
    FOUND_AND_NOT_FOUND,
    OUT_OF_ORDER,
    TWICE_IN_A_PAGE,
    MORE_THAN_ASKED
};

static enum lie lie;
static nct_memory_store *inner;

static nct_status swallow(struct nct_sink *sink, const void *value, size_t len) {
    (void)sink;
    (void)value;
    (void)len;
    return NCT_OK;
}

static nct_status get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                      void *user_data) {
    struct nct_sink nothing = {.value = swallow};
    (void)user_data;
    nct_status status =
        nct_memory_store_functions()->get(space, key, key_len, lie == WITHOUT_VALUE ? &nothing : sink, revision, inner);
    if (lie == WITHOUT_REVISION && status == NCT_OK)
        *revision = 0;
    return lie == FOUND_AND_NOT_FOUND && status == NCT_OK ? NCT_E_NOT_FOUND : status;
}

/* Two rows of a page, handed on the wrong way round or the first one twice. */
struct pair {
    struct nct_sink sink;
    unsigned char keys[2][NCT_KEY_MAX], values[2][4096];
    size_t key_lens[2], lens[2], count;
    uint64_t revisions[2];
};

static nct_status keep(struct nct_sink *sink, const void *key, size_t key_len, uint64_t revision, const void *value,
                       size_t len) {
    struct pair *pair = (struct pair *)(void *)sink;
    assert_true(pair->count < 2 && len <= sizeof pair->values[0]);
    memcpy(pair->keys[pair->count], key, key_len);
    memcpy(pair->values[pair->count], value, len);
    pair->key_lens[pair->count] = key_len;
    pair->lens[pair->count] = len;
    pair->revisions[pair->count++] = revision;
    return NCT_OK;
}

static nct_status hand_on(const struct pair *pair, size_t index, nct_sink *sink) {
    return nct_sink_row(sink, pair->keys[index], pair->key_lens[index], pair->revisions[index], pair->values[index],
                        pair->lens[index]);
}

static nct_status scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                       size_t limit, nct_sink *sink, void *user_data) {
    static struct pair pair;
    const nct_store *functions = nct_memory_store_functions();
    (void)user_data;
    if (lie == MORE_THAN_ASKED)
        limit++;
    if (lie != OUT_OF_ORDER && lie != TWICE_IN_A_PAGE)
        return functions->scan(space, prefix, prefix_len, after, after_len, limit, sink, inner);
    pair = (struct pair){.sink = {.row = keep}};
    nct_status status = functions->scan(space, prefix, prefix_len, after, after_len, 2, &pair.sink, inner);
    assert_int_equal(pair.count, 2);
    if (status == NCT_OK)
        status = hand_on(&pair, lie == OUT_OF_ORDER ? 1 : 0, sink);
    return status == NCT_OK ? hand_on(&pair, 0, sink) : status;
}

static nct_status commit(const nct_batch *batch, void *user_data) {
    (void)user_data;
    return nct_memory_store_functions()->commit(batch, inner);
}

static const nct_store liar = {.struct_size = sizeof(nct_store), .get = get, .scan = scan, .commit = commit};

static void use_liar(nct_config *config) {
    expect_status(nct_config_set_store(config, &liar, NULL), NCT_OK);
}

static int setup(void **state) {
    int result = world_setup_clinic(state);
    struct world *w = *state;
    lie = NO_LIE;
    inner = w->store.inner;
    w->configure = use_liar;
    world_reopen(w);
    return result;
}

static nct_status read_provider(struct world *w) {
    nct_provider *provider = NULL;
    nct_status status = nct_provider_get(w->portal, NPI_CLINIC, 10, &provider);
    assert_true((status == NCT_OK) == (provider != NULL));
    nct_provider_free(provider);
    return status;
}

static nct_status list_mails(struct world *w, size_t limit) {
    nct_mail_list *page = NULL;
    nct_status status = nct_mail_list_page(w->portal, NULL, 0, limit, &page);
    assert_true((status == NCT_OK) == (page != NULL));
    nct_mail_list_free(page);
    return status;
}

static void a_row_comes_with_a_value_and_a_revision_or_not_at_all(void **state) {
    struct world *w = *state;
    expect_status(read_provider(w), NCT_OK);
    for (lie = WITHOUT_VALUE; lie <= FOUND_AND_NOT_FOUND; lie++)
        expect_status(read_provider(w), NCT_E_CALLBACK);
}

static void a_page_is_in_order_and_no_longer_than_asked(void **state) {
    struct world *w = *state;
    const struct cast *const whose[] = {&OLIVIA, &FRANK, &PETRA};
    w->mailer.fail_from = 1;
    w->mailer.fail_to = WORLD_MAILS;
    for (size_t i = 0; i < 3; i++)
        expect_status(nct_pin_reset_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), whose[i]->ncid,
                                                strlen(whose[i]->ncid), "lost", 4),
                      NCT_OK);
    expect_status(list_mails(w, 2), NCT_OK);
    for (lie = OUT_OF_ORDER; lie <= MORE_THAN_ASKED; lie++)
        expect_status(list_mails(w, 2), NCT_E_CALLBACK);
    lie = NO_LIE;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_row_comes_with_a_value_and_a_revision_or_not_at_all),
        CASE(a_page_is_in_order_and_no_longer_than_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
