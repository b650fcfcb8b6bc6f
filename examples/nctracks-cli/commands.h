/** Every command of the program, and what several of them need. */
#ifndef NCTRACKS_CLI_COMMANDS_H
#define NCTRACKS_CLI_COMMANDS_H

#include "cli.h"

/** The table of commands; it ends with a NULL group. */
const cli_command *commands(void);
/** The options every command takes. */
const args_option *commands_global_options(void);

/** Names of the rights in a mask, a new array. */
json_t *commands_rights(const nct_policy *policy, uint64_t rights);
/** After a refusal: says why, and whom to ask. Says nothing when there is nothing to say. */
void commands_explain_refusal(struct cli *cli, const char *ncid, const char *provider, int32_t right);

int cmd_init(struct cli *cli);
int cmd_provider_import(struct cli *cli);
int cmd_provider_enroll(struct cli *cli);
int cmd_provider_renew_code(struct cli *cli);
int cmd_provider_show(struct cli *cli);
int cmd_provider_list(struct cli *cli);
int cmd_register(struct cli *cli);
int cmd_password_set(struct cli *cli);
int cmd_user_add(struct cli *cli);
int cmd_user_grant(struct cli *cli);
int cmd_user_revoke(struct cli *cli);
int cmd_user_list(struct cli *cli);
int cmd_check(struct cli *cli);
int cmd_explain(struct cli *cli);
int cmd_pin_reset(struct cli *cli);
int cmd_pin_report_lost(struct cli *cli);
int cmd_pin_status(struct cli *cli);
int cmd_sign(struct cli *cli);
int cmd_signature_show(struct cli *cli);
int cmd_signature_list(struct cli *cli);
int cmd_receipt_show(struct cli *cli);
int cmd_receipt_list(struct cli *cli);
int cmd_receipt_verify(struct cli *cli);
int cmd_receipt_keys(struct cli *cli);
int cmd_audit_show(struct cli *cli);
int cmd_audit_verify(struct cli *cli);
int cmd_checkpoint_make(struct cli *cli);
int cmd_checkpoint_show(struct cli *cli);
int cmd_checkpoint_verify(struct cli *cli);
int cmd_checkpoint_prove(struct cli *cli);
int cmd_checkpoint_compare(struct cli *cli);
int cmd_evidence(struct cli *cli);
int cmd_verify(struct cli *cli);
int cmd_mail_list(struct cli *cli);
int cmd_mail_flush(struct cli *cli);
int cmd_doctor(struct cli *cli);
int cmd_policy(struct cli *cli);
int cmd_fields(struct cli *cli);

/* ---- Evidence files, for `evidence` and `verify` ---- */

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
