/*
 * Sessions, as a unit of work has them: one row for each person, pinned by their stream, with all their sessions.
 *
 * A token is 256 random bits and, masked, the id of the person, so that no index of tokens is needed. What the store
 * keeps is a keyed digest. All sessions of a person stand on their NCID and on the generations of password and PIN: who
 * changes one of these ends them, without knowing of them.
 */
#ifndef NCT_PORTAL_SIGNIN_SESSION_H
#define NCT_PORTAL_SIGNIN_SESSION_H

#include "engine/unit/unit.h"

#include <nctracks/signin.h>

#define NCT_SESSION_TOKEN_BYTES (NCT_HASH + NCT_PERSON_ID)
#define NCT_SESSION_TOKEN_ROOM (NCT_SESSION_TOKEN_LENGTH + 1)

/* What is kept for somebody, with the sessions that have ended taken out. */
struct nct_sign_in_file {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_sign_in_record row;
};

struct nct_session {
    struct nct_memory memory;
    struct nct_session_record record;
    char ncid[NCT_NCID_ROOM];
    char id[NCT_SESSION_ID_LENGTH + 1];
    char token[NCT_SESSION_TOKEN_ROOM]; /* empty: not told */
    int32_t awaits_code;
    int64_t idle; /* by the policy */
    int64_t longest;
};

/* A token as it came, and what it leads to. */
struct nct_session_key {
    unsigned char person[NCT_PERSON_ID];
    unsigned char digest[NCT_HASH];
};

/* Reads a token. 0 for what cannot be one. */
int nct_session_key_read(const struct nct_portal *portal, const char *token, size_t len, struct nct_session_key *key);

/* Reads what is kept for a person whose record the file has. NCT_OK, also if there is nothing; or a failure. */
nct_status nct_sign_in_open(struct nct_unit *unit, struct nct_sign_in_file *file);

/* The same by NCID. NCT_E_UNKNOWN_PERSON. */
nct_status nct_sign_in_open_for(struct nct_unit *unit, const char *ncid, struct nct_sign_in_file *file);

/* Stages it. */
nct_status nct_sign_in_put(struct nct_unit *unit, const struct nct_sign_in_file *file);

/* Finds the session of a token: NCT_OK, NCT_E_NO_SESSION or a failure. */
nct_status nct_session_find(struct nct_unit *unit, const struct nct_session_key *key, struct nct_sign_in_file *file,
                            struct nct_session_record **session);

/* Whether it is the one that waits for its code. */
int nct_session_waits(const struct nct_sign_in_file *file, const struct nct_session_record *session);

/*
 * Gives a session, whose label and methods the caller has filled in, a token, and its place: the one that waits for a
 * code, or one of the others, where the one unused for longest makes room. NCT_OK or NCT_E_RANDOM.
 */
nct_status nct_session_place(struct nct_unit *unit, struct nct_sign_in_file *file, int waits,
                             struct nct_session_record *session, char token[NCT_SESSION_TOKEN_ROOM]);

/* Frees a place. */
void nct_session_clear(struct nct_session_record *session);

/* Fills what the host is told of it, without a token. */
void nct_session_fill(const struct nct_policy *policy, const struct nct_sign_in_file *file,
                      const struct nct_session_record *record, struct nct_session *session);

/* Room for one; NULL without memory. */
struct nct_session *nct_session_room(const struct nct_portal *portal);

/* A label: one line of up to 100 characters, or none. The same of what the host says of an authentication, in so many
 * bytes. */
nct_status nct_label_from(const char *text, size_t len, char *out, size_t room);
#define nct_take_label(text, len, out, room) nct_about_argument(nct_label_from(text, len, out, room), #text)

#endif
