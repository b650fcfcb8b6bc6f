/*
 * Verifying a stream, beside BLAKE2b over the same bytes; making a checkpoint of 100,000 streams, beside hashing the
 * same tree. Both floors know nothing of a store: their bytes lie ready, one behind the other. Nor do they know of the
 * tag that authenticates each row; so both are shown also beside the hashes and as many tags of those bytes.
 */
#include "bench.h"
#include "fixture.h"

#include <nctracks/access.h>
#include <nctracks/checkpoint.h>
#include <nctracks/role.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/cbor.h"
#include "portal/audit/streams.h"
#include "terms.h"

enum { GRANTS = 20000, STREAMS = 100000, ROUNDS = 21, BATCH = 100 };

/* Byte strings one behind the other. */
struct pile {
    unsigned char *bytes;
    size_t *ends;
    size_t count, len;
};

static void pile_add(struct pile *pile, const void *bytes, size_t len) {
    pile->bytes = realloc(pile->bytes, pile->len + len);
    pile->ends = realloc(pile->ends, (pile->count + 1) * sizeof *pile->ends);
    bench_require(pile->bytes != NULL && pile->ends != NULL ? NCT_OK : NCT_E_NO_MEMORY, "memory");
    memcpy(pile->bytes + pile->len, bytes, len);
    pile->len += len;
    pile->ends[pile->count++] = pile->len;
}

static void pile_free(struct pile *pile) {
    free(pile->bytes);
    free(pile->ends);
    *pile = (struct pile){0};
}

/* ---- a stream ---- */

/* What the hash of each entry is made from. */
static struct pile entries_of(nct_portal *portal, const struct nct_stream *stream) {
    struct pile pile = {0};
    size_t found = 1;
    for (uint64_t after = 0; found > 0; after += found) {
        struct nct_page page;
        bench_require(nct_stream_fetch(portal, stream, after, 1000, &page), "nct_stream_fetch");
        found = page.count;
        for (size_t i = 0; i < found; i++) {
            unsigned char bytes[4096] = "nctracks/ledger/1";
            size_t key_len = nct_entry_key(stream, after + i + 1, bytes + 19);
            bytes[18] = (unsigned char)key_len;
            memcpy(bytes + 19 + key_len, page.rows[i].content, page.rows[i].len);
            pile_add(&pile, bytes, 19 + key_len + page.rows[i].len);
        }
        nct_page_free(&page);
    }
    return pile;
}

static double time_hashes(const struct pile *pile) {
    unsigned char hash[32], all = 0;
    size_t begin = 0;
    uint64_t start = bench_now_ns();
    for (size_t i = 0; i < pile->count; i++) {
        crypto_generichash(hash, sizeof hash, pile->bytes + begin, pile->ends[i] - begin, NULL, 0);
        all |= hash[0];
        begin = pile->ends[i];
    }
    double took = (double)(bench_now_ns() - start);
    bench_require_right(all == 0, "hashes");
    return took;
}

/* The tags of the rows that hold these bytes, nearly: a row's header and place stand for what is hashed beside it. */
static double time_tags(const struct pile *pile) {
    static const unsigned char key[crypto_shorthash_siphashx24_KEYBYTES];
    unsigned char tag[crypto_shorthash_siphashx24_BYTES], all = 0;
    size_t begin = 0;
    uint64_t start = bench_now_ns();
    for (size_t i = 0; i < pile->count; i++) {
        crypto_shorthash_siphashx24(tag, pile->bytes + begin, pile->ends[i] - begin, key);
        all |= tag[0];
        begin = pile->ends[i];
    }
    double took = (double)(bench_now_ns() - start);
    bench_require_right(all == 0, "tags");
    return took;
}

static double time_verify(nct_portal *portal, const char *name, size_t entries) {
    int32_t verdict = -1;
    uint64_t sequence = 0;
    uint64_t start = bench_now_ns();
    bench_require(nct_ledger_verify(portal, name, strlen(name), &verdict, &sequence), "nct_ledger_verify");
    double took = (double)(bench_now_ns() - start);
    bench_require_right(verdict != NCT_LEDGER_VALID_BUT_UNANCHORED || sequence != entries, "verdict");
    return took;
}

static void measure_stream(nct_portal *portal, const char *name, const char *label, const char *tagged) {
    double verify[ROUNDS], floor[ROUNDS], both[ROUNDS];
    struct nct_stream stream;
    bench_require(nct_stream_find(portal, name, strlen(name), &stream), "nct_stream_find");
    struct pile pile = entries_of(portal, &stream);
    for (size_t i = 0; i < ROUNDS; i++) {
        floor[i] = time_hashes(&pile) / (double)pile.count;
        both[i] = floor[i] + time_tags(&pile) / (double)pile.count;
        verify[i] = time_verify(portal, name, pile.count) / (double)pile.count;
    }
    double took = bench_median(verify, ROUNDS);
    bench_report(label, took, "BLAKE2b over the same entries", bench_median(floor, ROUNDS));
    bench_report(tagged, took, "BLAKE2b and SipHash over the same entries", bench_median(both, ROUNDS));
    pile_free(&pile);
}

/* A provider and a person with GRANTS entries about access. */
static void bench_streams(void) {
    struct fixture fixture;
    char npi[11], stream[32];
    fixture_open(&fixture, NULL, NULL, FIXTURE_CHEAP);
    fixture_npi(0, npi);
    nct_form *form = fixture_registration(&fixture, npi, FIXTURE_OA);
    fixture_add_user(form, 0, "bench.user", "training");
    fixture_register(form);
    for (size_t i = 0; i < GRANTS; i++)
        bench_require(terms_grant(fixture.portal, FIXTURE_OA, npi,
                                  &(struct terms){.ncid = "bench.user", .role = NCT_ROLE_USER, .rights = i % 2}),
                      "nct_access_grant");
    (void)snprintf(stream, sizeof stream, "provider:%s", npi);
    measure_stream(fixture.portal, stream, "ledger.verify.provider (one entry)",
                   "ledger.verify.provider.tagged (one entry)");
    measure_stream(fixture.portal, "person:bench.user", "ledger.verify.person (one entry)",
                   "ledger.verify.person.tagged (one entry)");
    fixture_close(&fixture);
}

/* ---- checkpoints ---- */

struct filling {
    size_t first;
    uint64_t sequence;
};

/* Heads alone: what a checkpoint reads of a stream that has not grown. */
static nct_status put_heads(struct nct_unit *unit, void *argument) {
    const struct filling *filling = argument;
    nct_status status = NCT_OK;
    for (size_t i = filling->first; i < filling->first + BATCH && status == NCT_OK; i++) {
        struct nct_stream_head head = {.sequence = filling->sequence, .pins = {1, 1}};
        unsigned char key[1 + NCT_PERSON_ID] = "U";
        crypto_generichash(key + 1, NCT_PERSON_ID, (const unsigned char *)&i, sizeof i, NULL, 0);
        crypto_generichash(head.hash, sizeof head.hash, key, sizeof key, NULL, 0);
        status = nct_unit_put(unit, &nct_type_stream, key, sizeof key, &head);
    }
    return status;
}

static struct pile leaves_of(nct_portal *portal) {
    nct_checkpoint *exported = NULL;
    struct pile pile = {0};
    struct nct_cbor reader;
    size_t len = 0;
    bench_require(nct_checkpoint_export_leaves(portal, &exported), "nct_checkpoint_export_leaves");
    const void *leaves = nct_checkpoint_leaves(exported, &len);
    nct_cbor_open(&reader, leaves, len);
    while (nct_cbor_peek(&reader) != NCT_CBOR_NOTHING) {
        unsigned char leaf[128] = {0};
        const unsigned char *begin = reader.at;
        nct_cbor_skip(&reader);
        memcpy(leaf + 1, begin, (size_t)(reader.at - begin));
        pile_add(&pile, leaf, 1 + (size_t)(reader.at - begin));
    }
    bench_require_right(pile.count != nct_checkpoint_streams(exported), "leaves");
    nct_checkpoint_free(exported);
    return pile;
}

/* The whole tree, level by level: each leaf and each node once. */
static double time_tree(const struct pile *pile) {
    unsigned char(*nodes)[32] = malloc(pile->count * sizeof *nodes);
    unsigned char both[65] = {1};
    size_t begin = 0;
    bench_require(nodes != NULL ? NCT_OK : NCT_E_NO_MEMORY, "memory");
    uint64_t start = bench_now_ns();
    for (size_t i = 0; i < pile->count; i++) {
        crypto_generichash(nodes[i], 32, pile->bytes + begin, pile->ends[i] - begin, NULL, 0);
        begin = pile->ends[i];
    }
    for (size_t n = pile->count; n > 1; n = (n + 1) / 2)
        for (size_t i = 0; i < n; i += 2) {
            memcpy(both + 1, nodes[i], 32);
            memcpy(both + 33, nodes[i + 1 < n ? i + 1 : i], 32);
            if (i + 1 < n)
                crypto_generichash(nodes[i / 2], 32, both, sizeof both, NULL, 0);
            else
                memcpy(nodes[i / 2], both + 1, 32);
        }
    double took = (double)(bench_now_ns() - start);
    free(nodes);
    return took;
}

static double time_make(nct_portal *portal) {
    uint64_t start = bench_now_ns();
    bench_require(nct_checkpoint_make(portal, NULL), "nct_checkpoint_make");
    return (double)(bench_now_ns() - start);
}

static void bench_checkpoints(void) {
    struct fixture fixture;
    double next[ROUNDS], floor[ROUNDS], both[ROUNDS];
    fixture_open(&fixture, NULL, NULL, FIXTURE_CHEAP);
    for (struct filling filling = {0, 0}; filling.first < STREAMS; filling.first += BATCH)
        bench_require(nct_unit_run(fixture.portal, put_heads, &filling, NULL), "heads");
    double first = time_make(fixture.portal);
    struct pile pile = leaves_of(fixture.portal);
    for (size_t i = 0; i < ROUNDS; i++) {
        floor[i] = time_tree(&pile);
        both[i] = floor[i] + time_tags(&pile);
        next[i] = time_make(fixture.portal);
    }
    double least = bench_median(floor, ROUNDS);
    double took = bench_median(next, ROUNDS);
    bench_report("checkpoint.make.first (100,000 streams)", first, "hashing the same tree", least);
    bench_report("checkpoint.make.next (100,000 streams)", took, "hashing the same tree", least);
    bench_report("checkpoint.make.tagged (100,000 streams)", took, "hashing the same tree, and a tag for each leaf",
                 bench_median(both, ROUNDS));
    pile_free(&pile);
    fixture_close(&fixture);
}

int main(void) {
    bench_streams();
    bench_checkpoints();
    return 0;
}
