/*
 * A portal in a world that tests control: its time, its random bytes, its memory, its store and its mailer.
 *
 * Everybody and everything is made up. NPIs are 1 and eight digits of our choice with the Luhn check digit over 80840
 * + the ten digits (world_npi() computes it); the routing number 123456780 has weights 3-7-1 summing to 150; addresses
 * end in example.org, phones have the exchange 555.
 */
#ifndef NCT_TEST_WORLD_H
#define NCT_TEST_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <nctracks.h>

#include "rows.h"

#define WORLD_START INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */
#define WORLD_PASSWORD "correct horse battery"
#define WORLD_OPERATOR "casey.callcentre"
#define WORLD_ROUTING "123456780"
#define WORLD_ACCOUNT "000123456789"
#define WORLD_DOCUMENT "Prior approval for a made-up recipient."
#define WORLD_HOST_CODE (NCT_E_HOST - 7)
#define WORLD_MAILS 512
#define WORLD_SECRETS 16

#define NPI_CLINIC "1234567893"

/* Fails unless the status is the wanted one, and names both. */
#define expect_status(expression, wanted) world_expect((expression), (wanted), #expression, __FILE__, __LINE__)

enum world_fault {
    FAULT_NONE,
    FAULT_ERROR,     /* NCT_E_STORE */
    FAULT_NO_MEMORY, /* NCT_E_NO_MEMORY */
    FAULT_HOST,      /* WORLD_HOST_CODE */
    FAULT_CONFLICT,  /* NCT_E_CONFLICT: lawful from commit only */
    FAULT_POSITIVE,  /* 1 */
    FAULT_DENIED,    /* NCT_E_DENIED */
    FAULT_TRUNCATED, /* a value without its second half */
    FAULT_FLIPPED,   /* a value with a bit flipped */
    FAULT_SILENT,    /* OK without a value */
    FAULT_TWICE,     /* the value twice */
    FAULT_APPLIED,   /* a commit that was applied, but NCT_E_STORE */
    FAULT_COUNT
};

#define WORLD_GET 1u
#define WORLD_SCAN 2u
#define WORLD_COMMIT 4u
#define WORLD_ANY 7u

struct world_store {
    nct_memory_store *inner;
    int borrowed; /* of another world, which frees it */
    enum world_fault fault;
    unsigned fault_on;  /* WORLD_GET | WORLD_SCAN | WORLD_COMMIT */
    size_t fault_at;    /* 1: the next call of those; 0: never */
    size_t fault_count; /* how many calls from there on */
    size_t seen;        /* calls of those so far */
    size_t faults;      /* faults so far */
    size_t gets, scans, commits;
    void (*before_commit)(void *argument); /* called once, then forgotten */
    size_t before_commit_skip;             /* commits to let pass first */
    void (*before_get)(void *argument);    /* the same for reads */
    size_t before_get_skip;
    void *argument;
};

struct world_mail {
    char id[64];
    char template_name[64];
    char language[16];
    char name[1300];
    char address[300];
    char subject[1024];
    char body[4096];
    char ncid[64];
    char pin[32];
    char provider[32];
    char token[64];
    char checkpoint[5][1100]; /* bytes, number, time, root, hash */
    int accepted;
};

struct world_mailer {
    struct world_mail *mails; /* every try, refused ones too */
    size_t count;
    size_t fail_from;                    /* refuses the fail_from-th try ... */
    size_t fail_to;                      /* ... up to this; 0: none */
    nct_status answer;                   /* ... with this; NCT_OK: NCT_E_MAILER */
    void (*during_send)(void *argument); /* called once, then forgotten */
    void *argument;
};

struct world_memory {
    size_t live, calls;
    size_t fail_at; /* the call that fails, from 1; 0: none */
    char secrets[WORLD_SECRETS][64];
    size_t secret_count;
    size_t unwiped; /* blocks given back with a secret in them */
};

struct world_identity {
    int used;
    nct_status answer; /* NCT_OK: compare with the password */
    size_t calls;
    char password[64];
    char last_ncid[64];
};

struct world_trace {
    int on;
    char text[8192];
    size_t len;
};

struct world {
    nct_portal *portal;
    nct_policy *policy;
    unsigned char key[NCT_MASTER_KEY_BYTES];
    unsigned char more_keys[NCT_MASTER_KEYS_MAX][NCT_MASTER_KEY_BYTES]; /* under which rows are read too */
    size_t more_key_count;
    int64_t now;
    nct_status clock_status;
    size_t clock_calls;
    uint64_t random_state;
    size_t random_calls, random_fail_at;
    int no_mailer;
    void (*configure)(nct_config *config); /* what a test adds; may be NULL */
    struct world_memory memory;
    struct world_store store;
    struct world_mailer mailer;
    struct world_identity identity;
    struct world_trace trace;
};

struct cast {
    const char *ncid, *first_name, *last_name, *email, *phone;
};

extern const struct cast OLIVIA; /* Office Administrator of the clinic */
extern const struct cast UMA;    /* its User Administrator: eligibility.inquiry claim.inquiry pa.submit */
extern const struct cast FRANK;  /* front office: eligibility.inquiry */
extern const struct cast PETRA;  /* pa.submit fl2.submit */
extern const struct cast OSCAR;  /* Office Administrator of another provider */
extern const struct cast SILAS;  /* a stranger */

/* Tests move the clock as they like; what the library says of that is in test_clock.c. */
void world_take_any_clock(nct_policy *policy);

/* Making and ending. world_new() prepares everything but the portal; world_open() opens it. */
struct world *world_new(void);
void world_share(struct world *w, struct world *owner); /* the owner's store and key; before world_open() */
nct_status world_try_open(struct world *w);
void world_open(struct world *w);
void world_reopen(struct world *w);
void world_use_profile(struct world *w, const char *profile); /* with the options of a test; opens the portal again */
int world_free(struct world *w);                              /* 0, or -1 when something leaked */

/* Fixtures: an empty portal; a portal with a registered clinic and passwords for its four people. */
int world_setup_empty(void **state);
int world_setup_clinic(void **state);
int world_setup_clinic_under(void **state, const char *profile); /* a dated one, from the beginning */
int world_setup_clinic_in_memory(void **state);                  /* in the portal's own store, which ends with it */
int world_setup_clinic_with_identity(void **state);              /* who checks passwords against WORLD_PASSWORD */
int world_teardown(void **state);

void world_expect(nct_status actual, nct_status wanted, const char *expression, const char *file, int line);
void world_advance(struct world *w, int64_t milliseconds);
void world_keep_secret(struct world *w, const char *secret);
void world_trace_start(struct world *w);
const char *world_trace_stop(struct world *w);
void world_fault(struct world *w, enum world_fault fault, unsigned on, size_t at, size_t count);
void world_no_fault(struct world *w);

/* The cast at work. */
const char *world_npi(unsigned index); /* valid for the last 16 calls */
const char *world_path(int32_t form, const char *suffix);
void world_enrollment_set(nct_form *form, const char *suffix, const char *value);
nct_form *world_enrollment(struct world *w, const char *npi, const char *kind);
void world_enrollment_designate(nct_form *form, const struct cast *oa, const char *relationship);
nct_status world_try_enroll(struct world *w, const char *npi, const char *kind, char *code);
void world_enroll(struct world *w, const char *npi, const char *kind, char *code);

nct_form *world_registration(struct world *w, const char *npi, const char *code, const struct cast *oa);
void world_set(nct_form *form, const char *path, const char *value);
void world_set_user(nct_form *form, unsigned index, const struct cast *who, const char *role, const char *rights);
nct_status world_submit(nct_form *form);
void world_register(struct world *w, const char *npi, const struct cast *oa, const struct cast *user,
                    const char *rights);
nct_status world_problem_at(nct_form *form, const char *path);

nct_form *world_user(struct world *w, const struct cast *who, const char *role, const char *rights);
void world_user_set(nct_form *user, const char *suffix, const char *value);
nct_status world_add_user(struct world *w, const char *by, const char *npi, const struct cast *who, const char *role,
                          const char *rights);
nct_status world_grant(struct world *w, const char *by, const char *npi, const char *ncid, int32_t role,
                       uint64_t rights);
nct_status world_revoke(struct world *w, const char *by, const char *npi, const char *ncid);
nct_status world_check(struct world *w, const char *ncid, const char *npi, int32_t right);

/* Asks, with WORLD_PASSWORD and a new code, for somebody as the Backup OA, and approves it. */
nct_status world_back_up(struct world *w, const char *npi, const char *ncid);
nct_status world_list_principal(struct world *w, const char *npi, const struct cast *who, const char *relationships,
                                int64_t valid_from, int64_t valid_until);
nct_status world_change_contact(struct world *w, const char *by, const char *npi, const char *ncid, const char *path,
                                const char *value); /* one field; npi may be NULL */
nct_status world_unlist_principal(struct world *w, const char *npi, const char *ncid);

void world_set_password(struct world *w, const char *ncid, const char *password);
const char *world_pin_of(struct world *w, const char *ncid);
const struct world_mail *world_mail_to(struct world *w, const char *ncid); /* the latest about somebody, or NULL */
size_t world_mails_about(struct world *w, const char *ncid);
int32_t world_pin_state(struct world *w, const char *ncid);
int32_t world_pin_failures(struct world *w, const char *ncid);
const char *world_wrong_pin(const char *pin);
nct_status world_report_lost(struct world *w, const char *by, const char *npi, const char *ncid); /* npi may be NULL */

nct_form *world_signing(struct world *w, const char *ncid, const char *npi, int32_t kind);
void world_signing_secrets(nct_form *signing, const char *password, const char *pin);
nct_status world_sign(struct world *w, const char *ncid, const char *password, const char *pin, const char *npi,
                      int32_t kind, nct_signature **signature);
nct_status world_sign_pa(struct world *w, const char *ncid, const char *password, const char *pin);

/* Everything that must never be allowed in the world at hand; answers how often it found NCT_E_INTEGRITY. */
typedef size_t world_judge_function(struct world *w, void *argument);
struct world_judge {
    world_judge_function *function;
    void *argument;
};
size_t world_put_back_each(struct world *w, void (*operation)(struct world *), struct world_judge judge);

/* The ledger. */
size_t world_entries(struct world *w, const char *stream);
nct_status world_last_outcome(struct world *w, const char *stream);
int world_ledger_mentions(struct world *w, const char *text); /* in any field of any entry of any stream */
int32_t world_verdict(struct world *w, const char *stream, uint64_t *sequence);

#endif
