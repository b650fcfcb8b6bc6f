/* The rules of a policy one by one, each with a path and a value as text: one table. */
#ifndef NCT_POLICY_RULES_H
#define NCT_POLICY_RULES_H

#include "base/writer.h"
#include "policy/policy.h"

#define NCT_RULES_MAX 192       /* room for arrays beside the table */
#define NCT_RULE_VALUE_MAX 1024 /* bytes of a value */

struct nct_rule_row;

/* A piece of a value, as it was read. */
struct nct_piece {
    const char *bytes;
    size_t len;
};

/* How values of a kind are read and written. */
struct nct_rule_kind {
    const char *type;
    const char *(*word)(int32_t number); /* the words a value is made of; NULL: of no fixed ones */
    int32_t words;                       /* their numbers are below this */
    void (*write)(const struct nct_policy *policy, const struct nct_rule_row *row, struct nct_writer *writer);
    /* On failure `piece` may be narrowed to what is wrong; the policy is as it was. */
    nct_status (*read)(struct nct_policy *policy, const struct nct_rule_row *row, struct nct_piece *piece);
};

struct nct_rule_row {
    const char *path;
    const char *description;
    const struct nct_rule_kind *kind;
    size_t offset; /* in struct nct_policy */
    size_t size;   /* 0: not at one place */
    int32_t which; /* the option, right or text it is */
    int64_t least; /* bounds of a number that is stated */
    int64_t most;
};

extern const struct nct_rule_kind nct_kind_name;
extern const struct nct_rule_kind nct_kind_roles;
extern const struct nct_rule_kind nct_kind_authorities;
extern const struct nct_rule_kind nct_kind_relationships;
extern const struct nct_rule_kind nct_kind_parties;
extern const struct nct_rule_kind nct_kind_contact_texts;
extern const struct nct_rule_kind nct_kind_recipient;
extern const struct nct_rule_kind nct_kind_mail;
extern const struct nct_rule_kind nct_kind_yes_no;
extern const struct nct_rule_kind nct_kind_number;
extern const struct nct_rule_kind nct_kind_numbers;
extern const struct nct_rule_kind nct_kind_right;
extern const struct nct_rule_kind nct_kind_host_right;
extern const struct nct_rule_kind nct_kind_option;
extern const struct nct_rule_kind nct_kind_text;

/* The rule at a place of the table, which is also the order a text is applied in; NULL past the end. */
const struct nct_rule_row *nct_rule_at(size_t index);

/* The place of the rule of a path; nct_rule_count() for none. */
size_t nct_rule_place(const char *path, size_t len);

/* Whether two policies' profiles state the same. */
int nct_rules_equal(const struct nct_profile *left, const struct nct_profile *right);

#endif
