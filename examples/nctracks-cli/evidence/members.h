/** Evidence files: what `evidence` writes and `verify` reads. */
#ifndef NCTRACKS_CLI_EVIDENCE_H
#define NCTRACKS_CLI_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EVIDENCE_MEMBERS_MAX 100000                         /**< Members of the tar. */
#define EVIDENCE_MEMBER_MAX ((size_t)64 << 20)              /**< Bytes of one. */
#define EVIDENCE_TOTAL_MAX ((size_t)1 << 30)                /**< Bytes of all. */
#define EVIDENCE_NAME_MAX 64                                /**< A member's name and its NUL. */
#define EVIDENCE_TITLE "NCTracks evidence file, format 1\n" /**< How the README begins. */
#define EVIDENCE_FROM "Signed from:    "
#define EVIDENCE_TO "Signed before:  "

/** A member of the tar. */
typedef struct evidence_member {
    char name[EVIDENCE_NAME_MAX];
    unsigned char *bytes;
    size_t len;
} evidence_member;

/** The members; begins as zeros. */
typedef struct evidence_members {
    evidence_member *items;
    size_t count, capacity, total;
} evidence_members;

/** What the README tells; a portal's words and no proof. Its text is frozen by the format. */
typedef struct evidence_facts {
    const char *provider;
    const char *from; /**< As the one who asked wrote it; NULL: no bound. */
    const char *to;
    size_t receipts, repudiations;
    uint64_t entries;
    unsigned char head[32]; /**< Of the ledger. */
    uint64_t checkpoint;    /**< Its number; 0: none. */
    unsigned char checkpoint_hash[32];
} evidence_facts;

/** Appends a member and owns its bytes from then on, also on failure. False beyond a limit or without memory. */
bool evidence_add(evidence_members *members, const char *name, unsigned char *bytes, size_t len);
/** Puts the members in order of their names: the README, in capitals, is the first. */
void evidence_sort(evidence_members *members);
/** A member of sorted members; NULL: there is none. */
const evidence_member *evidence_find(const evidence_members *members, const char *name);
/** Releases the members. */
void evidence_release(evidence_members *members);
/** The README, to be freed; NULL without memory. */
char *evidence_readme(const evidence_facts *facts, size_t *len);

#endif
