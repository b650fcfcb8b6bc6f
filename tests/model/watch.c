#include "watch.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEOPLE 256
#define STREAMS 1024

struct held {
    char ncid[NAME_BYTES];
    int32_t role;
    uint64_t rights;
    int64_t begin, end;
};

/* Who had access to a provider at a moment, in order of their NCIDs. */
struct roll {
    struct held people[PEOPLE];
    size_t count;
};

struct stream {
    char name[64];
    uint64_t sequence; /* of the last entry seen */
};

struct watch {
    struct subject *subject;
    struct roll before, after;
    struct stream *streams;
    size_t stream_count;
    struct about about;
    char broken[512];
};

static const char *broken(struct watch *watch, const char *format, ...) __attribute__((format(printf, 2, 3)));

static const char *broken(struct watch *watch, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int len = snprintf(watch->broken, sizeof watch->broken, "(what must always hold does not) ");
    (void)vsnprintf(watch->broken + len, sizeof watch->broken - (size_t)len, format, arguments);
    va_end(arguments);
    return watch->broken;
}

struct watch *watch_new(struct subject *subject) {
    struct watch *watch = calloc(1, sizeof *watch);
    if (watch == NULL || (watch->streams = calloc(STREAMS, sizeof *watch->streams)) == NULL)
        give_up("no memory");
    watch->subject = subject;
    return watch;
}

void watch_free(struct watch *watch) {
    if (watch != NULL)
        free(watch->streams);
    free(watch);
}

/* Who has access. */

static void take(struct roll *roll, const nct_grant_list *list, size_t i) {
    if (roll->count == PEOPLE)
        give_up("too many people at a provider");
    struct held *held = &roll->people[roll->count++];
    (void)snprintf(held->ncid, sizeof held->ncid, "%s", nct_grant_list_ncid(list, i));
    held->role = nct_grant_list_role(list, i);
    held->rights = nct_grant_list_rights(list, i);
    held->begin = nct_grant_list_valid_from(list, i);
    held->end = nct_grant_list_valid_until(list, i);
}

static void read_roll(struct watch *watch, const char *npi, struct roll *roll) {
    nct_grant_list *list = NULL;
    roll->count = 0;
    must(nct_access_list_by_provider(watch->subject->portal, npi, strlen(npi), NULL, 0, 1000, &list),
         "nct_access_list_by_provider");
    for (size_t i = 0; i < nct_grant_list_count(list); i++)
        take(roll, list, i);
    nct_grant_list_free(list);
}

static const struct held *find(const struct roll *roll, const char *ncid) {
    for (size_t i = 0; i < roll->count; i++)
        if (strcmp(roll->people[i].ncid, ncid) == 0)
            return &roll->people[i];
    return NULL;
}

static int same(const struct held *a, const struct held *b) {
    return a != NULL && b != NULL && a->role == b->role && a->rights == b->rights && a->begin == b->begin &&
           a->end == b->end;
}

/* Somebody whose access changed other than two; NULL where nobody's did. */
static const char *changed(const struct watch *watch, const char *but, const char *nor) {
    for (size_t i = 0; i < watch->before.count; i++) {
        const struct held *was = &watch->before.people[i];
        if (strcmp(was->ncid, but) != 0 && strcmp(was->ncid, nor) != 0 && !same(was, find(&watch->after, was->ncid)))
            return was->ncid;
    }
    for (size_t i = 0; i < watch->after.count; i++) {
        const struct held *is = &watch->after.people[i];
        if (strcmp(is->ncid, but) != 0 && strcmp(is->ncid, nor) != 0 && find(&watch->before, is->ncid) == NULL)
            return is->ncid;
    }
    return NULL;
}

/* A registered record has one Office Administrator, any other record has nobody; rights have names. */
static const char *check_record(struct watch *watch, const char *npi, const struct roll *roll) {
    nct_provider *provider = NULL;
    char oa[NAME_BYTES] = "";
    size_t administrators = 0, backups = 0;
    uint64_t named = nct_policy_rights(watch->subject->policy);
    if (nct_provider_get(watch->subject->portal, npi, strlen(npi), &provider) == NCT_OK)
        (void)snprintf(oa, sizeof oa, "%s", nct_provider_office_administrator(provider));
    int32_t state = provider != NULL ? nct_provider_state(provider) : NCT_PROVIDER_ENROLLED;
    int registered = state != NCT_PROVIDER_ENROLLED, terminated = state == NCT_PROVIDER_TERMINATED;
    nct_provider_free(provider);
    for (size_t i = 0; i < roll->count; i++) {
        administrators += roll->people[i].role == NCT_ROLE_OFFICE_ADMINISTRATOR;
        backups += roll->people[i].role == NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR;
        if ((roll->people[i].rights & ~named) != 0 || nct_role_name(roll->people[i].role) == NULL)
            return broken(watch, "%s holds what has no name", roll->people[i].ncid);
    }
    if (!registered || (terminated && oa[0] == '\0'))
        return roll->count == 0 && oa[0] == '\0' ? NULL : broken(watch, "%s is not registered, and used", npi);
    const struct held *held = find(roll, oa);
    if (administrators != 1 || held == NULL || held->role != NCT_ROLE_OFFICE_ADMINISTRATOR || held->begin || held->end)
        return broken(watch, "%s has %zu Office Administrators, the record names '%s'", npi, administrators, oa);
    return backups <= 1 ? NULL : broken(watch, "%s has %zu backups", npi, backups);
}

static int valid(const struct watch *watch, const struct held *held) {
    int64_t now = watch->subject->now;
    return now >= held->begin && (held->end == 0 || now < held->end);
}

/* Roles that administer anybody; all but these two administer users alone. */
static int administers(const struct held *by, int32_t role) {
    switch (by->role) {
    case NCT_ROLE_OFFICE_ADMINISTRATOR:
        return role != NCT_ROLE_OFFICE_ADMINISTRATOR;
    case NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR:
        return role != NCT_ROLE_OFFICE_ADMINISTRATOR && role != NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR;
    case NCT_ROLE_USER_ADMINISTRATOR:
    case NCT_ROLE_MANAGING_RELATIONSHIP:
        return role == NCT_ROLE_USER;
    default:
        return 0;
    }
}

/* Nobody changed their own access but to give it up, gave what they did not hold, or touched whom they do not manage.
 */
static const char *check_change(struct watch *watch, const char *by, const char *ncid) {
    const struct held *actor = find(&watch->before, by), *was = find(&watch->before, ncid);
    const struct held *is = find(&watch->after, ncid);
    if (strcmp(by, ncid) == 0 && is == NULL && was != NULL && was->role != NCT_ROLE_OFFICE_ADMINISTRATOR)
        return NULL;
    if (strcmp(by, ncid) == 0)
        return broken(watch, "%s changed their own access", by);
    if (actor == NULL || !valid(watch, actor))
        return broken(watch, "%s acted without access", by);
    if (was != NULL && !administers(actor, was->role))
        return broken(watch, "%s touched %s, whom they do not manage", by, ncid);
    if (is != NULL && (!administers(actor, is->role) || (is->rights & ~actor->rights) != 0) &&
        is->role != NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR)
        return broken(watch, "%s gave %s what they could not", by, ncid);
    return NULL;
}

/* Since 2022 who signs an application stands on the record, in whatever relationship. */
static int stands(const struct watch *watch) {
    uint64_t relationships = 0;
    const struct about *about = &watch->about;
    if (strncmp(nct_policy_profile(watch->subject->policy), "2013", 4) == 0)
        return 1;
    return nct_principal_check(watch->subject->portal, about->provider, strlen(about->provider), about->person,
                               strlen(about->person), &relationships) == NCT_OK &&
           relationships != 0;
}

/* Nobody signs without a grant that is valid now and covers what was signed. */
static const char *check_signature(struct watch *watch, const struct line *line) {
    const char *ncid = watch->about.person;
    const struct held *held = find(&watch->after, ncid);
    int32_t needs = 0;
    nct_status status =
        nct_policy_submission_needs(watch->subject->policy, (int32_t)strtol(line->arguments[4], NULL, 10), &needs);
    if (status != NCT_OK || held == NULL || !valid(watch, held))
        return broken(watch, "%s signed without access", ncid);
    if (needs >= NCT_RIGHT_COUNT && !stands(watch))
        return broken(watch, "%s signed without standing on the record", ncid);
    int covered = needs < NCT_RIGHT_COUNT ? (int)(held->rights >> needs & 1)
                                          : nct_policy_role_has(watch->subject->policy, held->role, needs);
    return covered ? NULL : broken(watch, "%s signed without a right to", ncid);
}

static const struct held *administrator(const struct roll *roll) {
    for (size_t i = 0; i < roll->count; i++)
        if (roll->people[i].role == NCT_ROLE_OFFICE_ADMINISTRATOR)
            return &roll->people[i];
    return NULL;
}

/* After a change of the OA the one before has no access, and nobody else's changed. */
static const char *check_succession(struct watch *watch) {
    const struct held *was = administrator(&watch->before), *is = administrator(&watch->after);
    if (was == NULL || is == NULL)
        return broken(watch, "no Office Administrator followed");
    if (strcmp(was->ncid, is->ncid) == 0) /* who asked turned out to be the one there is */
        return NULL;
    if (find(&watch->after, was->ncid) != NULL)
        return broken(watch, "%s kept access", was->ncid);
    const char *other = changed(watch, was->ncid, is->ncid);
    return other == NULL ? NULL : broken(watch, "the access of %s changed", other);
}

/* The ledger. */

static struct stream *find_stream(struct watch *watch, const char *kind, const char *name) {
    char full[64];
    (void)snprintf(full, sizeof full, "%s:%s", kind, name);
    for (size_t i = 0; i < watch->stream_count; i++)
        if (strcmp(watch->streams[i].name, full) == 0)
            return &watch->streams[i];
    if (watch->stream_count == STREAMS)
        give_up("too many streams");
    struct stream *stream = &watch->streams[watch->stream_count++];
    memcpy(stream->name, full, sizeof full);
    return stream;
}

static nct_entry_list *news(struct watch *watch, const struct stream *stream) {
    nct_entry_list *list = NULL;
    nct_status status =
        nct_ledger_read(watch->subject->portal, stream->name, strlen(stream->name), stream->sequence, 1000, &list);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        must(status, "nct_ledger_read");
    return list;
}

static void catch_up(struct watch *watch, struct stream *stream) {
    size_t count = 0;
    do {
        nct_entry_list *list = news(watch, stream);
        count = nct_entry_list_count(list);
        if (count > 0)
            stream->sequence = nct_entry_list_sequence(list, count - 1);
        nct_entry_list_free(list);
    } while (count == 1000);
}

/* A change of the OA or of the account under the profile that lets nobody approve it. */
static int at_once(const struct line *line) {
    return strcmp(line->expected, "effective") == 0;
}

/* Whether something was done: what refuses is named in capitals, a new state is not. */
static int done(const struct line *line) {
    return strcmp(line->expected, "OK") == 0 || (line->expected[0] >= 'a' && line->expected[0] <= 'z');
}

/* Events that tell of a change of access or of a signature. */
static int tells_of_change(const char *event) {
    static const char *const events[] = {"access.granted",      "access.revoked",      "provider.enrolled",
                                         "signature.made",      "provider.registered", "pin.reset",
                                         "provider.terminated", "provider.reinstated", "oa.changed"};
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
        if (strcmp(event, events[i]) == 0)
            return 1;
    return 0;
}

/* An approved request for a backup Office Administrator is told as the access it gives. */
static int is_wanted(const char *event, const char *wanted) {
    return wanted != NULL &&
           (strcmp(event, wanted) == 0 || (strcmp(wanted, "oa.changed") == 0 && strcmp(event, "access.granted") == 0));
}

static int is_about(const nct_entry_list *list, size_t i, const struct about *about) {
    return about->by[0] == '\0' ||
           ((about->person[0] == '\0' || strcmp(nct_entry_list_subject(list, i), about->person) == 0) &&
            strcmp(nct_entry_list_actor(list, i), about->by) == 0);
}

/* Refusals by the rules are written down where somebody known asked: tries in the person's stream, the rest in the
 * provider's. */
static int leaves_refusal(const struct watch *watch, const struct operation *operation, const struct line *line,
                          const char *stream) {
    char name[64];
    nct_status status = NCT_OK;
    (void)snprintf(name, sizeof name, "NCT_E_%s", line->expected);
    int rule = nct_status_from_name(name, &status) == NCT_OK && nct_status_category(status) == NCT_CATEGORY_RULE &&
               status != NCT_E_PROBLEMS && status != NCT_E_NCID_TAKEN;
    int of_person = strcmp(operation->event, "signature.made") == 0 || strcmp(line->name, "reset") == 0 ||
                    strcmp(line->name, "oa_change") == 0;
    if (operation->by >= 0 && strcmp(watch->about.by, watch->about.person) == 0)
        of_person = strcmp(line->name, "lost") == 0; /* their own PIN: the provider has nothing to do with it */
    return rule && operation->refusal != NULL && strncmp(stream, of_person ? "person:" : "provider:", 7) == 0;
}

/* Somebody known by name alone has a stream, and is tried as somebody unknown. */
static int is_known(const struct watch *watch, const char *stream) {
    int32_t state = 0;
    if (strncmp(stream, "person:", 7) != 0)
        return 1;
    return nct_pin_status(watch->subject->portal, stream + 7, strlen(stream + 7), &state, NULL, NULL) !=
           NCT_E_UNKNOWN_PERSON;
}

/* A change has its entry, with who, whom and when; what was refused has none that tells of a change. */
static const char *check_stream(struct watch *watch, struct stream *stream, const struct operation *operation,
                                const struct line *line) {
    int found = 0, refused = 0, known = stream->sequence > 0 && is_known(watch, stream->name);
    const char *wanted = operation->event;
    if (at_once(line))
        wanted = strcmp(line->name, "oa_change") == 0 ? "oa.changed" : "eft.changed";
    const char *wrong = NULL;
    nct_entry_list *list = news(watch, stream);
    for (size_t i = 0; i < nct_entry_list_count(list) && wrong == NULL; i++) {
        const char *event = nct_entry_list_event(list, i);
        int ended_well = nct_entry_list_outcome(list, i) == NCT_OK;
        if (nct_entry_list_sequence(list, i) != ++stream->sequence ||
            nct_entry_list_time(list, i) != watch->subject->now)
            wrong = broken(watch, "%s has an entry out of order or time", stream->name);
        else if (ended_well && (!done(line) || wanted == NULL) && tells_of_change(event))
            wrong = broken(watch, "%s tells of %s, and nothing was done", stream->name, event);
        refused |= operation->refusal != NULL && strcmp(event, operation->refusal) == 0 &&
                   strcmp(subject_status(nct_entry_list_outcome(list, i)), line->expected) == 0;
        found |= ended_well && is_wanted(event, wanted) && is_about(list, i, &watch->about);
    }
    if (wrong == NULL && !refused && !done(line) && known && leaves_refusal(watch, operation, line, stream->name))
        wrong = broken(watch, "%s has no entry %s", stream->name, operation->refusal);
    int expected =
        done(line) && wanted != NULL && strncmp(stream->name, operation->of_person ? "person:" : "provider:", 7) == 0;
    nct_entry_list_free(list);
    if (wrong == NULL && expected && !found)
        return broken(watch, "%s has no entry %s", stream->name, wanted);
    return wrong;
}

static const char *check_ledger(struct watch *watch, const struct operation *operation, const struct line *line) {
    const char *npi = watch->about.provider, *ncid = watch->about.person, *wrong = NULL;
    if (npi[0] != '\0')
        wrong = check_stream(watch, find_stream(watch, "provider", npi), operation, line);
    if (wrong == NULL && ncid[0] != '\0')
        wrong = check_stream(watch, find_stream(watch, "person", ncid), operation, line);
    return wrong;
}

/* Around an operation. */

void watch_before(struct watch *watch, const struct operation *operation, const struct line *line) {
    const char *npi = watch->about.provider, *ncid = watch->about.person;
    if (operation->event == NULL)
        return;
    subject_about(operation, line, &watch->about);
    if (npi[0] != '\0') {
        catch_up(watch, find_stream(watch, "provider", npi));
        read_roll(watch, npi, &watch->before);
    }
    if (ncid[0] != '\0')
        catch_up(watch, find_stream(watch, "person", ncid));
}

static const char *check_provider(struct watch *watch, const struct operation *operation, const struct line *line) {
    const char *npi = watch->about.provider, *other = NULL, *wrong = NULL;
    int administration = operation->by >= 0 && strncmp(operation->event, "access.", 7) == 0;
    read_roll(watch, npi, &watch->after);
    wrong = check_record(watch, npi, &watch->after);
    if (wrong != NULL || (done(line) && (strcmp(line->name, "enroll") == 0 || strcmp(line->name, "register") == 0)))
        return wrong;
    if ((at_once(line) && strcmp(line->name, "oa_change") == 0) ||
        (done(line) && strcmp(line->name, "oa_approve") == 0))
        return check_succession(watch);
    other = changed(watch, done(line) && administration ? watch->about.person : "", "");
    if (other != NULL)
        return broken(watch, "the access of %s changed", other);
    if (done(line) && administration)
        return check_change(watch, watch->about.by, watch->about.person);
    return done(line) && strcmp(operation->event, "signature.made") == 0 ? check_signature(watch, line) : NULL;
}

const char *watch_after(struct watch *watch, const struct operation *operation, const struct line *line) {
    const char *wrong = NULL;
    if (operation->event == NULL)
        return NULL;
    if (watch->about.provider[0] != '\0')
        wrong = check_provider(watch, operation, line);
    return wrong != NULL ? wrong : check_ledger(watch, operation, line);
}

/* At the end. */

static void verify(struct watch *watch, const char *name) {
    int32_t verdict = NCT_LEDGER_TAMPERED;
    uint64_t sequence = 0;
    must(nct_ledger_verify(watch->subject->portal, name, strlen(name), &verdict, &sequence), "nct_ledger_verify");
    if (verdict != NCT_LEDGER_VALID_BUT_UNANCHORED)
        give_up("%s is %s at %" PRIu64, name, nct_ledger_verdict_name(verdict), sequence);
    if (strncmp(name, "provider:", 9) != 0)
        return;
    read_roll(watch, name + 9, &watch->after);
    const char *wrong = check_record(watch, name + 9, &watch->after);
    if (wrong != NULL)
        give_up("%s", wrong);
}

void watch_end(struct watch *watch) {
    char cursor[128] = "";
    size_t count = 0;
    do {
        nct_stream_list *list = NULL;
        must(nct_ledger_streams(watch->subject->portal, cursor[0] != '\0' ? cursor : NULL, strlen(cursor), 100, &list),
             "nct_ledger_streams");
        count = nct_stream_list_count(list);
        for (size_t i = 0; i < count; i++)
            verify(watch, nct_stream_list_name(list, i));
        (void)snprintf(cursor, sizeof cursor, "%s", nct_stream_list_cursor(list));
        nct_stream_list_free(list);
    } while (count > 0);
}
