/** Options that several commands take, as rows of their tables, and whole tables of them. */
#ifndef NCTRACKS_CLI_OPTIONS_H
#define NCTRACKS_CLI_OPTIONS_H

#include "words/args.h"

#define OPTIONS_END                                                                                                    \
    { NULL, NULL, NULL, false }
#define OPTION_OPERATOR                                                                                                \
    { "operator", "NAME", "who does this, for the ledger; else the name of your account", false }
#define OPTION_PASSWORD_FD                                                                                             \
    { "password-fd", "N", "read the password from descriptor N, not from the terminal", false }
#define OPTION_BY                                                                                                      \
    { "by", "NCID", "the Office or User Administrator who acts", true }
#define OPTION_PROVIDER                                                                                                \
    { "provider", "ID", "NPI or Atypical ID", true }

#define OPTION_KINDS                                                                                                   \
    "enrollment, recredentialing, reenrollment, manage_change, maintain_eligibility, fl2, pharmacy_pa or medical_pa"
#define OPTION_RIGHTS                                                                                                  \
    { "rights", "RIGHTS", "names of rights, separated by spaces or commas; \"\" for none", true }
#define OPTION_DRY_RUN                                                                                                 \
    { "dry-run", NULL, "say what would be done, or why not, and change nothing", false }
/* clang-format off: a list of rows, without braces of its own */
#define OPTION_ACCESS                                                                                                  \
    {"role", "ROLE", "user, the default; 'nctracks policy show' lists them", false}, OPTION_RIGHTS,                    \
        {"from", "TIME", "when it begins, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; else at once", false}, {                 \
        "until", "TIME", "when it ends; else never", false                                                             \
    }
#define OPTION_PAGES                                                                                                   \
    {"limit", "N", "print no more than N rows, and say where the next begin", false}, {                                \
        "after", "CURSOR", "begin there: what was said as next", false                                                 \
    }
#define OPTION_NAMES(whose)                                                                                            \
    {"middle-name", "NAME", whose " middle name, in full", false},                                                     \
        {"suffix", "WORD", whose " suffix: jr, sr, ii to x", false}, {                                                 \
        "one-name", NULL, "the legal name is one name, given as the last name", false                                  \
    }
#define OPTION_POSTAL                                                                                                  \
    {"phone-extension", "DIGITS", "the extension of the phone", false},                                                \
        {"line1", "TEXT", "the postal address: street", false},                                                        \
        {"line2", "TEXT", "the postal address: suite or building", false},                                             \
        {"city", "TEXT", "the postal address: city", false},                                                           \
        {"in-state", "STATE", "the postal address: state, two capital letters", false}, {                              \
        "zip", "ZIP", "the postal address: ZIP code or ZIP+4", false                                                   \
    }
/* clang-format on */

/** None. */
extern const args_option no_options[];
/** --reason and --operator: what the agency decides. */
extern const args_option decision_options[];
/** --password-fd. */
extern const args_option secret_options[];
/** --by and --provider: what an administrator does. */
extern const args_option manage_options[];
/** --provider. */
extern const args_option provider_options[];
/** --limit and --after: a part of a list. */
extern const args_option list_options[];
/** --provider, --limit and --after. */
extern const args_option provider_list_options[];
/** --operator. */
extern const args_option operator_options[];
/** --output, a new file. */
extern const args_option output_options[];

/** The options every command takes. */
extern const args_option global_options[];

#endif
