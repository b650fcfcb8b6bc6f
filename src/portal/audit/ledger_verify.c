#include "portal/audit/ledger_verify.h"
#include "base/about.h"

#include "engine/keys/key_store.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/look.h"
#include "portal/audit/ledger_live.h"
#include "portal/audit/ledger_state.h"
#include "portal/audit/streams.h"

#include <nctracks/ledger.h>

#include <sodium.h>
#include <string.h>

/* Where a verification stands: entries up to `sequence` are right, the last one's hash is `hash`. */
struct walk {
    struct nct_portal *portal;
    const struct nct_stream *stream;
    const struct nct_anchor *anchor; /* NULL: none */
    uint64_t sequence;
    unsigned char hash[NCT_HASH];
    int broken;
    struct nct_grants grants;
    struct nct_ledger_state state;
};

/* Whether a row does not open, for whatever reason; one of a key that is not held may be sound for all that. */
static int is_altered(nct_status status) {
    return status == NCT_E_INTEGRITY || status == NCT_E_UNSUPPORTED;
}

/* What the failure to read a row means, when its header is what failed. */
static nct_status judge_row(struct nct_portal *portal, nct_status status, const struct nct_record_type *type,
                            const void *key, size_t key_len) {
    struct nct_row row;
    const unsigned char *content = NULL;
    size_t len = 0;
    if (status != NCT_E_KEY && status != NCT_E_UNSUPPORTED)
        return status;
    status = nct_fetch(portal, type, key, key_len, &row, &content, &len);
    status = nct_key_judge(portal, status, row.bytes, row.len);
    nct_row_free(&row);
    return status == NCT_OK ? NCT_E_CONFLICT : status; /* it opens by now */
}

/* What an entry must be to be the next one, but for the anchor. */
static nct_status take_entry(struct walk *walk, const struct nct_page_row *row) {
    struct nct_entry_record entry;
    if (nct_stream_sequence(walk->stream, row) != walk->sequence + 1 ||
        nct_record_decode(&nct_type_entry, row->content, row->len, &entry) != NCT_OK ||
        memcmp(entry.previous, walk->hash, NCT_HASH) != 0) {
        walk->broken = 1;
        return NCT_OK;
    }
    nct_entry_hash(walk->stream, ++walk->sequence, row->content, row->len, walk->hash);
    nct_ledger_state_note(&walk->state, walk->sequence, &entry);
    return walk->grants.provider[0] != '\0' ? nct_grants_note(&walk->grants, walk->sequence, &entry) : NCT_OK;
}

static nct_status check_entry(struct walk *walk, const struct nct_page_row *row) {
    const struct nct_anchor *anchor = walk->anchor;
    nct_status status = take_entry(walk, row);
    if (!walk->broken && anchor != NULL && walk->sequence == anchor->sequence &&
        memcmp(walk->hash, anchor->hash, NCT_HASH) != 0) {
        walk->sequence--; /* the chain is whole, but it is another one */
        walk->broken = 1;
    }
    return status;
}

#define PAGE 200

/*
 * Walks on up to an entry, or to the last one. Pages are opened row by row, so that a row that does not open is blamed
 * by its place.
 */
static nct_status walk_entries(struct walk *walk, uint64_t end) {
    size_t found = PAGE;
    size_t limit = PAGE;
    nct_status status = NCT_OK;
    while (status == NCT_OK && found == limit && !walk->broken && walk->sequence < end) {
        struct nct_page page;
        status = nct_stream_fetch(walk->portal, walk->stream, walk->sequence, limit, &page);
        found = page.count;
        for (size_t i = 0; status == NCT_OK && i < page.count && !walk->broken && walk->sequence < end; i++)
            status = check_entry(walk, &page.rows[i]);
        if (limit == 1 && page.count == 1)
            status = nct_key_judge(walk->portal, status, page.rows[0].bytes, page.rows[0].bytes_len);
        nct_page_free(&page);
        if ((is_altered(status) || status == NCT_E_KEY) && limit > 1) {
            limit = 1; /* some row of the page does not open: go on singly up to it */
            found = limit;
            status = NCT_OK;
        }
    }
    if (status == NCT_E_INTEGRITY) {
        walk->broken = 1;
        status = NCT_OK;
    }
    return status;
}

struct heading {
    const struct nct_stream *stream;
    struct nct_stream_head head;
};

static nct_status read_head(struct nct_unit *unit, void *argument) {
    struct heading *heading = argument;
    return nct_unit_get(unit, &nct_type_stream, heading->stream->key, heading->stream->len, &heading->head);
}

static nct_status find_head(struct nct_portal *portal, struct heading *heading) {
    nct_status status = nct_unit_read(portal, read_head, heading);
    return judge_row(portal, status, &nct_type_stream, heading->stream->key, heading->stream->len);
}

static int ends_at(const struct walk *walk, const struct nct_stream_head *head) {
    return !walk->broken && walk->sequence == head->sequence && memcmp(walk->hash, head->hash, NCT_HASH) == 0 &&
           (walk->anchor == NULL || walk->anchor->sequence <= walk->sequence);
}

#define PINS 3

/* What the streams of a letter pin. */
struct pinned {
    char letter;
    const struct nct_record_type *types[PINS];
};

static const struct pinned pinned[] = {
    {NCT_STREAM_PROVIDER, {&nct_type_provider, &nct_type_provider_private, &nct_type_groups}},
    {NCT_STREAM_PERSON, {&nct_type_person, &nct_type_credential}},
    {NCT_STREAM_KEY, {&nct_type_key}},
    {NCT_STREAM_PORTAL, {&nct_type_portal, &nct_type_rekey, &nct_type_checkpoint_last}},
};

union pinned_record {
    struct nct_provider_record provider;
    struct nct_provider_private private;
    struct nct_person_record person;
    struct nct_credential credential;
    struct nct_groups_record groups;
    struct nct_key_record key;
    struct nct_portal_mark mark;
    struct nct_rekey_record rekey;
    struct nct_checkpoint_last last;
};

/* A row that a stream pins; one put back is at another revision than the pinned one. */
struct pinned_row {
    const struct nct_stream *stream;
    const struct nct_record_type *type;
};

static nct_status read_pinned(struct nct_unit *unit, void *argument) {
    const struct pinned_row *row = argument;
    union pinned_record record;
    nct_status status = nct_unit_get(unit, row->type, row->stream->key + 1, row->stream->len - 1, &record);
    sodium_memzero(&record, sizeof record);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

static nct_status check_pinned(struct walk *walk) {
    const struct nct_stream *stream = walk->stream;
    nct_status status = NCT_OK;
    for (size_t i = 0; i < sizeof pinned / sizeof pinned[0]; i++)
        for (size_t j = 0; j < PINS && stream->key[0] == pinned[i].letter && status == NCT_OK; j++) {
            struct pinned_row row = {stream, pinned[i].types[j]};
            if (row.type == NULL)
                continue;
            status = nct_unit_read(walk->portal, read_pinned, &row);
            status = judge_row(walk->portal, status, row.type, stream->key + 1, stream->len - 1);
        }
    return status;
}

/* Every relation the stream's head keeps a digest of: rows hidden, taken away, doubled or put back. */
static nct_status look_at_relations(struct nct_unit *unit, void *argument) {
    const struct nct_stream *stream = argument;
    unsigned char prefix[NCT_STREAM_KEY_MAX + 1] = {0};
    int of_provider = stream->key[0] == NCT_STREAM_PROVIDER;
    enum nct_owner owner = of_provider ? NCT_OWNER_PROVIDER : NCT_OWNER_PERSON;
    nct_status status = NCT_OK;
    if (!of_provider && stream->key[0] != NCT_STREAM_PERSON)
        return NCT_OK;
    memcpy(prefix, stream->key + 1, stream->len - 1); /* a provider's id ends in a NUL */
    for (int32_t space = 0; space < NCT_SPACE_COUNT && status == NCT_OK; space++)
        if (nct_type_of_space(space)->owner == owner)
            status =
                nct_look(unit, nct_type_of_space(space), prefix, stream->len - 1 + (size_t)of_provider, NULL, NULL);
    return status;
}

/* Whether the live rows contradict a whole chain, and which entry; 0: none. An entry behind the head does too. */
static nct_status check_live(struct walk *walk, uint64_t *contradicted) {
    struct nct_page page;
    struct nct_stream stream = *walk->stream;
    *contradicted = 0;
    nct_status status = nct_stream_fetch(walk->portal, walk->stream, walk->sequence, 1, &page);
    if (is_altered(status) || (status == NCT_OK && page.count > 0))
        *contradicted = walk->sequence + 1;
    nct_page_free(&page);
    if (status == NCT_OK && *contradicted == 0) {
        status = check_pinned(walk);
        *contradicted = status == NCT_E_INTEGRITY ? walk->sequence : 0;
    }
    if (status == NCT_OK && *contradicted == 0) {
        status = nct_ledger_state_compare(walk->portal, &walk->state);
        status = nct_key_judge(walk->portal, status, NULL, 0);
        *contradicted = status == NCT_E_INTEGRITY ? walk->state.sequence : 0;
    }
    if (status == NCT_OK && *contradicted == 0 && walk->grants.provider[0] != '\0')
        status = nct_grants_compare(&walk->grants, walk->sequence, contradicted);
    if (status == NCT_OK && *contradicted == 0) {
        status = nct_unit_read(walk->portal, look_at_relations, &stream);
        *contradicted = status == NCT_E_INTEGRITY ? walk->sequence + 1 : 0;
    }
    status = nct_key_judge(walk->portal, status, NULL, 0);
    if (status == NCT_E_INTEGRITY && *contradicted == 0)
        *contradicted = walk->sequence;
    return status == NCT_E_INTEGRITY ? NCT_OK : status;
}

/*
 * One look at the head, the entries up to it and the live rows. NCT_E_CONFLICT: they do not fit, but the stream has
 * grown meanwhile, so it is looked at again, from where the walk stands.
 */
static nct_status look(struct walk *walk, uint64_t *blamed) {
    struct heading heading = {.stream = walk->stream};
    nct_status found = find_head(walk->portal, &heading);
    if (found != NCT_OK && found != NCT_E_NOT_FOUND && found != NCT_E_INTEGRITY)
        return found;
    nct_status status = walk_entries(walk, found == NCT_OK ? heading.head.sequence : UINT64_MAX);
    if (status != NCT_OK)
        return status;
    if (found == NCT_E_NOT_FOUND && walk->sequence == 0 && !walk->broken && walk->anchor == NULL)
        return NCT_E_NOT_FOUND;
    if (found != NCT_OK || !ends_at(walk, &heading.head)) {
        *blamed = walk->sequence + 1;
        return NCT_OK;
    }
    status = check_live(walk, blamed);
    if (status != NCT_OK || *blamed == 0)
        return status;
    found = find_head(walk->portal, &heading);
    return found == NCT_OK && heading.head.sequence > walk->sequence ? NCT_E_CONFLICT : NCT_OK;
}

static nct_status verify(struct walk *walk, int32_t *verdict, uint64_t *sequence) {
    int64_t tries = nct_policy_option(&walk->portal->policy, NCT_OPTION_COMMIT_TRIES);
    uint64_t blamed = 0;
    nct_status status = NCT_E_CONFLICT;
    for (int64_t i = 0; i < tries && status == NCT_E_CONFLICT; i++)
        status = look(walk, &blamed);
    if (status != NCT_OK)
        return status == NCT_E_CONFLICT ? NCT_E_BUSY : status;
    uint64_t covered = walk->anchor != NULL ? walk->anchor->sequence : walk->sequence;
    if (blamed != 0)
        *verdict = NCT_LEDGER_TAMPERED;
    else
        *verdict = walk->anchor != NULL ? NCT_LEDGER_VALID : NCT_LEDGER_VALID_BUT_UNANCHORED;
    if (sequence != NULL)
        *sequence = blamed != 0 ? blamed : covered;
    return NCT_OK;
}

nct_status nct_stream_verify(struct nct_portal *portal, const struct nct_stream *stream,
                             const struct nct_anchor *anchor, int32_t *verdict, uint64_t *sequence) {
    struct walk walk = {.portal = portal, .stream = stream, .anchor = anchor, .state = {.stream = stream}};
    int of_provider = stream->key[0] == NCT_STREAM_PROVIDER;
    nct_grants_init(&walk.grants, portal, (const char *)stream->key + 1, of_provider ? stream->len - 1 : 0);
    nct_status status = verify(&walk, verdict, sequence);
    nct_grants_free(&walk.grants);
    return status;
}

nct_status nct_ledger_verify(nct_portal *portal, const char *stream, size_t stream_len, int32_t *verdict,
                             uint64_t *sequence) {
    struct nct_stream found;
    if (NCT_MISSING(portal) || NCT_MISSING(stream) || NCT_MISSING(verdict))
        return NCT_E_ARGUMENT;
    *verdict = NCT_LEDGER_TAMPERED;
    nct_status status = nct_stream_find(portal, stream, stream_len, &found);
    return status == NCT_OK ? nct_stream_verify(portal, &found, NULL, verdict, sequence) : status;
}
