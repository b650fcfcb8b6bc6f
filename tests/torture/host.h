/*
 * A portal for a crowd: several threads, or several processes, may use it at once. No function here fails a test, so
 * that all may be called where cmocka must not jump: in a thread or a forked child.
 */
#ifndef NCT_TORTURE_HOST_H
#define NCT_TORTURE_HOST_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <nctracks.h>

#define LETTERS_MAX 4096

/* A mail that was accepted. */
struct letter {
    char id[40];
    char template_name[32];
    char ncid[32];
    char pin[16];
};

/* Every mail accepted, in shared memory: it outlives the process that accepted it. */
struct letters {
    _Atomic size_t count;
    struct letter at[LETTERS_MAX];
};

/* Shared, zeroed memory of a size, or NULL. */
void *shared_memory(size_t size);
void shared_free(void *memory, size_t size);

struct host {
    nct_portal *portal;
    _Atomic int64_t now;      /* the time; it stands still */
    struct letters *letters;  /* NULL: no mailer */
    void (*at_mail)(void *);  /* called before a mail is accepted, and after; may be NULL */
    void *at_mail_data;       /*                                            */
    const char *password;     /* an identity service that knows this one for everybody; NULL: the library's own */
    const nct_policy *policy; /* the rest is as in a configuration */
    const unsigned char *key;
    const unsigned char *further_key; /* NULL: none */
    const nct_store *store;
    void *store_data;
    const nct_mailer *mailer; /* used instead of letters */
    void *mailer_data;
    const nct_allocator *allocator;
    void *allocator_data;
};

/* A memory store that lets others run before each of its calls; user_data is the nct_memory_store. */
const nct_store *yielding_store(void);

nct_status host_open(struct host *host);
void host_close(struct host *host);

/* Signs a pharmacy PA. */
nct_status host_sign(nct_portal *portal, const char *npi, const char *ncid, const char *password, const char *pin);

/* The same, again and again while another try has the turn. */
nct_status host_sign_in_turn(nct_portal *portal, const char *npi, const char *ncid, const char *password,
                             const char *pin);

/* How many different mails were accepted. */
size_t letters_different(const struct letters *letters);
/* The PIN in the latest mail to somebody, or "". */
const char *letters_pin(const struct letters *letters, const char *ncid);
size_t letters_with_pin(const struct letters *letters, const char *ncid);
/* Whether a mail that was accepted twice said the same both times. */
int letters_consistent(const struct letters *letters);

#endif
