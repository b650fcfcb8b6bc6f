/** An evidence file being verified. */
#ifndef NCTRACKS_CLI_EVIDENCE_CHECK_H
#define NCTRACKS_CLI_EVIDENCE_CHECK_H

#include "cli.h"
#include "evidence/members.h"
#include "files.h"
#include "terminal/output.h"

#define EVIDENCE_VALUE_MAX 40
#define EVIDENCE_DETAIL_MAX 300
#define EVIDENCE_CHECKPOINT "checkpoint/checkpoint.cose"
#define EVIDENCE_PROOF "checkpoint/proof.cbor"

/** What is being verified, and what was found. */
struct checking {
    struct cli *cli;
    evidence_members members;
    file_content given; /**< The keys of --keys; else empty. */
    const void *keys;   /**< The keys verified with. */
    size_t keys_len;
    char provider[EVIDENCE_VALUE_MAX]; /**< What the README says; all else is compared with it. */
    char from_text[EVIDENCE_VALUE_MAX], to_text[EVIDENCE_VALUE_MAX];
    int64_t from, to;
    evidence_facts facts;                /**< What was found, of which the README is made again. */
    uint64_t anchored;                   /**< How many entries the checkpoint vouches for. */
    char first[2 * EVIDENCE_DETAIL_MAX]; /**< The first thing that is wrong. */
    char damage[EVIDENCE_DETAIL_MAX];    /**< Why the archive could not be read to its end. */
    size_t refused;
    out_list list;
    json_t *rows;
};

/** Tells what was found of a member. */
void evidence_tell(struct checking *check, const char *member, const char *result, const char *detail);
/** Tells what is wrong with a member. */
void evidence_refuse(struct checking *check, const char *member, const char *detail);
/** Whether a text is the id of a signature. */
bool evidence_is_id(const char *text, size_t len);
/** Whether a text can be the id of a provider. */
bool evidence_is_provider(const char *text, size_t len);
/** Whether a name is that of a receipt, of its text, of a repudiation, of the ledger. */
bool evidence_is_receipt(const char *name);
bool evidence_is_rendering(const char *name);
bool evidence_is_repudiation(const char *name);
bool evidence_is_ledger(const char *name);
/** Reads the members. An exit code. */
int evidence_read_tar(struct checking *check, const char *path);
/** Checks the ledger, what it tells of, and what the checkpoint says of it. */
void evidence_check_ledger(struct checking *check);

/** Verifies the file the first operand names and tells of each thing in it. @return the exit code */
int evidence_verify(struct cli *cli);

#endif
