#include "commands/commands.h"

#include <string.h>

#define END                                                                                                            \
    { NULL, NULL, NULL, false }

static const args_option global_options[] = {
    {"db", "FILE", "the database; else $NCTRACKS_DB, else nctracks.db in this folder", false},
    {"store", "URL", "a database of PostgreSQL instead, postgresql://user@host/name; else $NCTRACKS_STORE", false},
    {"key", "FILE", "the master key; else nctracks.key beside the database, with --store in this folder", false},
    {"further-keys", "FILES", "master keys before the current one, or the next, separated by commas", false},
    {"config", "FILE", "the portal's configuration; else nctracks.conf beside the database", false},
    {"mail-dir", "DIR",
     "where mails are put as .eml files, if no mail server is configured; else mail beside the database", false},
    {"profile", "PROFILE", "the dated rules to apply; else those the portal keeps", false},
    {"profile-file", "FILE", "rules of one's own instead; see 'nctracks policy check'", false},
    {"set", "LIST",
     "settings that differ from the usual, such as pin.length=8,pin.attempts=5; see 'nctracks policy "
     "paths'",
     false},
    {"language", "TAG", "what the library says, in this language: messages, explanations, receipts, fields; else en",
     false},
    {"mail-language", "TAG", "mails to those of whom no language is known, in this one; else en", false},
    {"json", NULL, "print the result, also a failure, as JSON on standard output", false},
    {"help", NULL, "explain the program, a group or a command", false},
    {"version", NULL, "print the version", false},
    END};

#define OPERATOR                                                                                                       \
    { "operator", "NAME", "who does this, for the ledger; else the name of your account", false }
#define CODES                                                                                                          \
    { "codes", "FILE", "a new file for authorization codes; else authorization-codes.csv, or -2.csv and so on", false }
#define NEW_PASSWORD_FD                                                                                                \
    { "new-password-fd", "N", "read the new password from descriptor N, not from the terminal", false }
#define PASSWORD_FD                                                                                                    \
    { "password-fd", "N", "read the password from descriptor N, not from the terminal", false }
#define BY                                                                                                             \
    { "by", "NCID", "the Office or User Administrator who acts", true }
#define PROVIDER                                                                                                       \
    { "provider", "ID", "NPI or Atypical ID", true }

#define KINDS                                                                                                          \
    "enrollment, recredentialing, reenrollment, manage_change, maintain_eligibility, fl2, pharmacy_pa or medical_pa"

#define RIGHTS                                                                                                         \
    { "rights", "RIGHTS", "names of rights, separated by spaces or commas; \"\" for none", true }
#define DRY_RUN                                                                                                        \
    { "dry-run", NULL, "say what would be done, or why not, and change nothing", false }
/* clang-format off: a list of rows, without braces of its own */
#define ACCESS                                                                                                         \
    {"role", "ROLE", "user, the default; 'nctracks policy show' lists them", false}, RIGHTS,                           \
        {"from", "TIME", "when it begins, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; else at once", false}, {                 \
        "until", "TIME", "when it ends; else never", false                                                             \
    }
#define NAMES(whose)                                                                                                   \
    {"middle-name", "NAME", whose " middle name, in full", false},                                                     \
        {"suffix", "WORD", whose " suffix: jr, sr, ii to x", false}, {                                                 \
        "one-name", NULL, "the legal name is one name, given as the last name", false                                  \
    }
#define POSTAL                                                                                                         \
    {"phone-extension", "DIGITS", "the extension of the phone", false},                                                \
        {"line1", "TEXT", "the postal address: street", false},                                                        \
        {"line2", "TEXT", "the postal address: suite or building", false},                                             \
        {"city", "TEXT", "the postal address: city", false},                                                           \
        {"in-state", "STATE", "the postal address: state, two capital letters", false}, {                              \
        "zip", "ZIP", "the postal address: ZIP code or ZIP+4", false                                                   \
    }
/* clang-format on */

static const args_option no_options[] = {END};
static const args_option decision_options[] = {{"reason", "TEXT", "why, for the ledger", true}, OPERATOR, END};
static const args_option use_options[] = {
    {"by", "NCID", "who acts", false}, {"provider", "ID", "NPI or Atypical ID", false}, END};
static const args_option mail_list_options[] = {{"given-up", NULL, "only those that nobody tries any more", false},
                                                END};
static const args_option mail_flush_options[] = {{"limit", "N", "try no more than N mails", false}, END};
static const args_option person_add_options[] = {
    {"first-name", "NAME", "their first name; not of people with one name", false},
    NAMES("their"),
    {"last-name", "NAME", "their last name", true},
    {"email", "ADDRESS", "their e-mail address", true},
    {"phone", "NUMBER", "their phone number", true},
    POSTAL,
    {"in-language", "TAG", "the language of mails to them; else the usual one", false},
    {"reason", "TEXT", "why, and how they were recognised, for the ledger", true},
    OPERATOR,
    END};
static const args_option secret_options[] = {PASSWORD_FD, END};
static const args_option eft_confirm_options[] = {
    {"spoke-with", "TEXT", "whom you spoke with, at the number 'eft list' names", true}, OPERATOR, END};
static const args_option by_options[] = {{"by", "NCID", "who asked for it, or an administrator there", true}, END};
static const args_option codes_options[] = {CODES, OPERATOR, END};
static const args_option import_options[] = {
    CODES,
    DRY_RUN,
    {"reissue", NULL, "make a new code for those that are enrolled and never used theirs", false},
    OPERATOR,
    END};
static const args_option password_options[] = {PASSWORD_FD, OPERATOR, END};
static const args_option password_change_options[] = {PASSWORD_FD, NEW_PASSWORD_FD, END};
static const args_option password_reset_options[] = {
    {"code-fd", "N", "read the code from descriptor N, not from the terminal", false}, NEW_PASSWORD_FD, END};
static const args_option manage_options[] = {BY, PROVIDER, END};
static const args_option provider_options[] = {PROVIDER, END};
static const args_option grant_options[] = {
    BY,
    PROVIDER,
    {"role", "ROLE", "user, or what they have; 'nctracks policy show' lists them", false},
    {"rights", "RIGHTS", "names of rights, separated by spaces or commas; \"\" for none", false},
    {"add", "RIGHTS", "rights to give beside those they have", false},
    {"remove", "RIGHTS", "rights to take from those they have", false},
    {"from", "TIME", "when it begins, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; else at once", false},
    {"until", "TIME", "when it ends; else never, or as it is", false},
    DRY_RUN,
    END};
static const args_option revoke_options[] = {BY, PROVIDER, DRY_RUN, END};
static const args_option propose_options[] = {BY, PROVIDER, ACCESS, END};
static const args_option agreement_options[] = {
    {"text", "FILE", "the agreement that was shown, byte for byte", true},
    {"agreement-version", "VERSION", "its version", true},
    PASSWORD_FD,
    {"pin-fd", "N", "read the PIN from descriptor N, not from the terminal", false},
    END};
static const args_option invitation_send_options[] = {
    BY, PROVIDER, ACCESS, {"mail-language", "TAG", "of the mail to an address, such as es", false}, END};
static const args_option invitation_list_options[] = {
    {"provider", "ID", "those of this provider, also lapsed ones", false},
    {"ncid", "NCID", "what waits for this person to accept or decline", false},
    END};
static const args_option invitation_decline_options[] = {
    PROVIDER,
    {"by", "NCID", "who was invited; else whoever has the code that was mailed", false},
    {"code-fd", "FD", "read the code from this file descriptor", false},
    END};
static const args_option confirm_options[] = {
    PROVIDER,
    {"by", "NCID", "confirm as an administrator of the provider: who acts", false},
    {"operator", "NAME", "confirm for the agency, where the provider has one administrator only: who acts", false},
    END};
static const args_option group_set_options[] = {BY, PROVIDER, RIGHTS, END};
static const args_option since_options[] = {
    PROVIDER, {"since", "TIME", "since when, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ", true}, END};
static const args_option user_list_options[] = {{"provider", "ID", "who has access to this provider", false},
                                                {"ncid", "NCID", "what this person has access to", false},
                                                END};
static const args_option record_list_options[] = {{"provider", "ID", "who stands on this provider's record", false},
                                                  {"ncid", "NCID", "on which records this person stands", false},
                                                  END};
static const args_option record_add_options[] = {
    PROVIDER,
    {"relationships", "RELATIONSHIPS",
     "owner, managing_employee, provider, managing_relationship; several separated by spaces or commas", true},
    {"first-name", "NAME", "of somebody the portal does not know", false},
    NAMES("their"),
    {"last-name", "NAME", "of somebody the portal does not know", false},
    {"email", "ADDRESS", "of somebody the portal does not know", false},
    {"from", "TIME", "when it begins, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; else at once", false},
    {"until", "TIME", "when it ends; else never", false},
    OPERATOR,
    END};
static const args_option record_remove_options[] = {PROVIDER, OPERATOR, END};
static const args_option provider_list_options[] = {
    {"name", "TEXT", "only those whose name begins so", false},
    {"state", "STATE", "only those that are enrolled, registered or terminated", false},
    END};
static const args_option provider_change_options[] = {
    {"name", "NAME", "the new name", false},
    {"email", "ADDRESS", "the new e-mail address", false},
    {"phone", "NUMBER", "the new phone number", false},
    POSTAL,
    {"by", "NCID", "change as the Office Administrator: who acts", false},
    {"operator", "NAME", "change for the agency: who acts", false},
    {"reason", "TEXT", "change for the agency: why", false},
    END};
static const args_option person_find_options[] = {{"in", "WHAT", "ncid, name (last, first), email or phone", true},
                                                  END};
static const args_option person_show_options[] = {
    {"by", "NCID", "look as this person: at themselves, or as an administrator; else as an operator", false},
    {"provider", "ID", "look as an administrator: at which provider", false},
    END};
static const args_option person_list_options[] = {
    PROVIDER, {"by", "NCID", "look as this administrator; else as an operator", false}, END};
static const args_option message_mark_options[] = {{"unread", NULL, "mark it as unread again", false}, END};
static const args_option contact_change_options[] = {
    {"first-name", "NAME", "the new first name", false},
    NAMES("the new"),
    {"last-name", "NAME", "the new last name", false},
    {"email", "ADDRESS", "the new e-mail address", false},
    {"phone", "NUMBER", "the new phone number", false},
    POSTAL,
    {"by", "NCID", "ask as an administrator: who acts; else the person acts", false},
    {"provider", "ID", "ask as an administrator: at which provider", false},
    {"operator", "NAME", "change as the call centre: who acts", false},
    {"reason", "TEXT", "change as the call centre: why", false},
    END};
static const args_option contact_confirm_options[] = {
    {"token-fd", "N", "read the code that was mailed from descriptor N, not from the terminal", false},
    {"operator", "NAME", "confirm as the call centre: who acts", false},
    {"reason", "TEXT", "confirm as the call centre: why", false},
    {"email", "ADDRESS", "confirm as the call centre: the new address; else a change without one", false},
    END};
static const args_option contact_settle_options[] = {
    {"email", "ADDRESS", "which of the two is right", true},
    {"password-fd", "N", "read the password from descriptor N, not from the terminal", false},
    END};
static const args_option contact_withdraw_options[] = {
    {"operator", "NAME", "who acts for the call centre", true}, {"reason", "TEXT", "why", true}, END};
static const args_option pin_reset_options[] = {
    PASSWORD_FD,
    {"by", "NCID", "reset as an administrator: who acts", false},
    {"provider", "ID", "reset as an administrator: at which provider", false},
    {"operator", "NAME", "reset as the call centre: who acts", false},
    {"reason", "TEXT", "reset as the call centre: why", false},
    END};
static const args_option pin_lost_options[] = {
    {"by", "NCID", "report as an administrator: who acts; else the person reports", false},
    {"provider", "ID", "report as an administrator: at which provider", false},
    {"operator", "NAME", "report as the call centre: who acts", false},
    {"reason", "TEXT", "report as the call centre: why", false},
    END};
/* clang-format off: a list of rows, without braces of its own */
#define CONTENT                                                                                                        \
    {"ncid", "NCID", "who signs", true}, PROVIDER, {"kind", "KIND", KINDS, true},                                      \
        {"document", "FILE", "what is signed; any bytes, up to 16 MiB", true},                                         \
        {"document-id", "ID", "what the document is called", true},                                                    \
        {"document-version", "VERSION", "its version", true},                                                          \
        {"attestation", "FILE", "the text the signer agrees to", true}, {                                              \
        "attestation-version", "VERSION", "its version", true                                                          \
    }
/* clang-format on */
static const args_option review_options[] = {CONTENT, END};
static const args_option sign_options[] = {
    CONTENT,
    {"review", "TOKEN", "what 'nctracks review' answered: sign only what was shown there", false},
    {"idempotency-key", "KEY", "your own key of this signing: given twice, it makes one signature", false},
    PASSWORD_FD,
    {"pin-fd", "N", "read the PIN from descriptor N, not from the terminal", false},
    END};
static const args_option application_draft_options[] = {
    {"by", "NCID", "who drafts or revises it", true},
    PROVIDER,
    {"kind", "KIND", KINDS, true},
    {"document", "FILE", "what is to be signed; any bytes, up to 16 MiB", true},
    {"document-id", "ID", "what the document is called", true},
    {"document-version", "VERSION", "its version", true},
    {"physician-date", "DATE", "of an FL2: when the physician signed, YYYY-MM-DD", false},
    {"application", "ID", "revise this application; else a new one is drafted", false},
    END};
static const args_option application_move_options[] = {
    PROVIDER, {"reason", "TEXT", "why, for the ledger", true}, OPERATOR, END};
static const args_option application_act_options[] = {{"by", "NCID", "who does this", true}, PROVIDER, END};
static const args_option application_list_options[] = {{"provider", "ID", "what is submitted for this provider", false},
                                                       {"ncid", "NCID", "what this person drafted", false},
                                                       {"state", "STATE", "only those in this state", false},
                                                       END};
static const args_option due_list_options[] = {
    {"until", "TIME", "what is due by then, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; else by now", false}, END};
static const args_option due_run_options[] = {OPERATOR, END};
static const args_option work_list_options[] = {
    {"kind", "KIND", "only application, oa_change, eft_change or contested_address; or draft", false},
    {"state", "STATE", "of applications: only in_process, in_review, pending or suspended", false},
    {"until", "TIME", "only what waits since YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ, or longer", false},
    END};
static const args_option work_assign_options[] = {
    {"to", "NAME", "whose it is to be; else yours", false}, OPERATOR, END};
static const args_option signature_show_options[] = {
    PROVIDER, {"document", "FILE", "check whether this is the document that was signed", false}, END};
static const args_option receipt_show_options[] = {
    {"output", "FILE", "write the receipt, a COSE_Sign1 object, to this new file; -o for short", false}, END};
static const args_option receipt_list_options[] = {{"provider", "ID", "what was signed for this provider", false},
                                                   {"ncid", "NCID", "what this person signed", false},
                                                   END};
static const args_option receipt_verify_options[] = {
    {"keys", "FILE", "the portal's public keys, from a source you trust", true},
    {"document", "FILE", "check whether this is the document that was signed", false},
    {"repudiation", "FILE", "check whether this declaration repudiates it, and say when", false},
    END};
static const args_option repudiate_options[] = {
    {"ncid", "NCID", "the signer", true},
    {"reason", "TEXT", "why, one line", true},
    PASSWORD_FD,
    {"output", "FILE", "write the declaration, a COSE_Sign1 object, to this new file; -o for short", false},
    END};
static const args_option receipt_keys_options[] = {{"output", "FILE", "the new file; -o for short", true}, END};
static const args_option verify_options[] = {
    {"all", NULL, "every stream, which is the default", false},
    {"file", "FILE", "an exported stream, without a database", false},
    {"checkpoint", "FILE", "against this checkpoint that somebody kept, as file or as mail", false},
    {"keys", "FILE", "the portal's public keys, from a source you trust", false},
    {"leaves", "FILE", "the leaves kept with the checkpoint; the portal has those of the last one", false},
    {"proof", "FILE", "instead of leaves: a proof about the one stream", false},
    END};
static const args_option policy_show_options[] = {{"text", NULL, "as a profile file instead", false}, END};
static const args_option language_check_options[] = {{"complete", NULL, "a key without text is a problem too", false},
                                                     END};
static const args_option doctor_options[] = {
    {"all", NULL, "verify every stream, not the first 1,000, and open every row", false}, END};

static const args_option checkpoint_make_options[] = {
    {"output", "FILE", "write the checkpoint to this new file, for somebody else to keep", false},
    {"leaves", "FILE", "write its leaves to this new file, for 'checkpoint compare'", false},
    {"keys", "FILE", "write the portal's public keys to this new file", false},
    {"mail", "ADDRESS", "mail the checkpoint to somebody who keeps it", false},
    END};
static const args_option checkpoint_rebuild_options[] = {
    {"leaves", "FILE", "a copy of the leaves; else they are found in the streams", false},
    {"reason", "TEXT", "why, for the ledger", true},
    OPERATOR,
    END};
static const args_option checkpoint_show_options[] = {
    {"output", "FILE", "write the checkpoint to this new file", false}, END};
static const args_option checkpoint_verify_options[] = {
    {"keys", "FILE", "the portal's public keys, from a source you trust", true},
    {"previous", "FILE", "the checkpoint before, which this one must follow", false},
    END};
static const args_option checkpoint_prove_options[] = {{"output", "FILE", "write the proof to this new file", true},
                                                       END};
static const args_option checkpoint_compare_options[] = {
    {"keys", "FILE", "the portal's public keys, from a source you trust", true},
    {"leaves", "FILE", "the leaves of the checkpoint", true},
    END};

static const args_option key_rotate_options[] = {
    {"new-key", "FILE", "the new key; the file is made if it is not there", true}, OPERATOR, END};
static const args_option key_rekey_options[] = {
    {"limit", "N", "stop after so many rows; the next call goes on there", false}, END};
static const args_option key_revoke_options[] = {
    {"from", "TIME", "from when on, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; not in the future", true},
    {"reason", "TEXT", "why, for the ledger", true},
    OPERATOR,
    END};

static const args_option evidence_options[] = {
    {"output", "FILE", "the new file, a tar archive; -o for short", true},
    {"from", "TIME", "receipts signed at this time or later, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; else all", false},
    {"to", "TIME", "receipts signed before this time; else all", false},
    END};
static const args_option evidence_verify_options[] = {
    {"keys", "FILE", "the portal's public keys, from a source you trust; else those inside, which prove nothing",
     false},
    END};

static const cli_command table[] = {
    {"init", NULL, "", "Make a new portal: key file, database, mail folder.",
     "The rules (--profile or --profile-file, else 2013, with --set) are kept in nctracks.profile beside the database, "
     "and\nevery later command applies them. Where all is there already, checks that it opens. An existing key is "
     "never "
     "replaced.",
     0, 0, no_options, cmd_init},
    {"provider", "import", "ROSTER.csv", "Enroll many providers from a roster.",
     "The first row names the columns npi,kind,name,tax_id,email,phone, in any order. Each line is a row. Good rows "
     "are\nkept; each refused one is told with its line in the file, field and reason. \"-\" reads standard input. "
     "Exit 1 or 2\nwhen rows were refused, 128 and the signal's number when it was interrupted.",
     1, 1, import_options, cmd_provider_import},
    {"provider", "enroll", "FORM.json", "Enroll one provider, which may name its Office Administrator.",
     "With an Office Administrator the provider is registered at once, and the PIN goes to that person's own address.\n"
     "See 'nctracks fields enrollment'.",
     1, 1, codes_options, cmd_provider_enroll},
    {"provider", "renew-code", "ID", "Make a new authorization code for a provider whose letter was lost.",
     "The code before ends.", 1, 1, codes_options, cmd_provider_renew_code},
    {"provider", "terminate", "ID", "Terminate a provider: nobody has access to it any longer.",
     "When it breaks off, run it again.", 1, 1, decision_options, cmd_provider_terminate},
    {"provider", "extend", "ID DATE", "Put the due date of a provider's re-verification off.",
     "How far at a time is the rule term.extension_days. Those who were told the date are told the new one.", 2, 2,
     decision_options, cmd_provider_extend},
    {"provider", "reinstate", "ID", "Reinstate a provider that is terminated or suspended.",
     "All access that the termination held back is in force again.", 1, 1, decision_options, cmd_provider_reinstate},
    {"provider", "show", "ID", "Show a provider record.", "Tax number and account are masked.", 1, 1, no_options,
     cmd_provider_show},
    {"provider", "list", "", "List the provider records, by name and state.", "", 0, 0, provider_list_options,
     cmd_provider_list},
    {"provider", "change", "PROVIDER", "Change a provider's name, address or phone.",
     "As the Office Administrator (--by) or for the agency (--operator, --reason). Both addresses are told.", 1, 1,
     provider_change_options, cmd_provider_change},
    {"person", "add", "NCID", "Make somebody known whom no form about a provider names.",
     "They have no access and no PIN by this, and are told by mail. Set a password then, and they can ask to become "
     "an\n"
     "Office Administrator. Somebody known keeps what is on file.",
     1, 1, person_add_options, cmd_person_add},
    {"person", "rekey", "NCID NEW-NCID", "Move a person to another NCID: the one before ends for good.",
     "PIN, history and access follow; the person is told. When it breaks off, run it again.", 2, 2, decision_options,
     cmd_person_rekey},
    {"person", "merge", "DUPLICATE NCID", "Merge a duplicate into the person it is: its NCID ends for good.",
     "Access and history follow; both are told. When it breaks off, run it again.", 2, 2, decision_options,
     cmd_person_merge},
    {"oa", "change", "FORM.json", "Ask for another Office Administrator of a provider.",
     "The new one's password is asked for. See 'nctracks fields oa_change'.", 1, 1, secret_options, cmd_oa_change},
    {"oa", "show", "PROVIDER", "Show the last such change that was asked for.", "", 1, 1, no_options, cmd_oa_show},
    {"oa", "approve", "PROVIDER", "Approve the change that waits, and carry it out.",
     "The Office Administrator before loses all access there; the authorization code is spent.", 1, 1, decision_options,
     cmd_oa_approve},
    {"oa", "deny", "PROVIDER", "Deny the change that waits.", "", 1, 1, decision_options, cmd_oa_deny},
    {"eft", "request", "FORM.json", "Ask that a provider be paid to another account.",
     "The password is asked for. See 'nctracks fields eft_change'.", 1, 1, secret_options, cmd_eft_request},
    {"eft", "list", "", "List the requests that wait: whom to call about them.", "", 0, 0, no_options, cmd_eft_list},
    {"eft", "confirm", "PROVIDER", "Confirm a request after a call, and pay to the new account.", "", 1, 1,
     eft_confirm_options, cmd_eft_confirm},
    {"eft", "refuse", "PROVIDER", "Refuse a request.", "", 1, 1, decision_options, cmd_eft_refuse},
    {"eft", "withdraw", "PROVIDER", "Take a request back.", "", 1, 1, by_options, cmd_eft_withdraw},
    {"register", NULL, "FORM.json", "Complete the CEP registration of a provider.",
     "Every problem of the form is told at once. One mail for each NCID that has no PIN yet goes to the registrant.\n"
     "See 'nctracks fields registration'. \"-\" reads standard input.",
     1, 1, no_options, cmd_register},
    {"password", "set", "NCID", "Set the password of a person.", "", 1, 1, password_options, cmd_password_set},
    {"password", "change", "NCID", "Change a password, as its owner.",
     "The password before is asked for, then the new one. All sessions of the person end.", 1, 1,
     password_change_options, cmd_password_change},
    {"password", "forgotten", "NCID", "Have a code mailed that sets a new password.",
     "It is said whether the NCID is known or not. The code goes out with 'nctracks mail flush'.", 1, 1, no_options,
     cmd_password_forgotten},
    {"password", "reset", "NCID", "Set a new password with the code from the mail.", "", 1, 1, password_reset_options,
     cmd_password_reset},
    {"password", "send-code", "NCID", "Have such a code mailed, as the call centre.", "", 1, 1, decision_options,
     cmd_password_send_code},
    {"password", "unlock", "NCID", "Let a password be tried again after wrong tries.", "", 1, 1, decision_options,
     cmd_password_unlock},
    {"password", "status", "NCID", "Show the state of a password.", "Never the password.", 1, 1, no_options,
     cmd_password_status},
    {"session", "list", "NCID", "List where somebody is signed in.", "", 1, 1, no_options, cmd_session_list},
    {"session", "end", "NCID", "Sign somebody out everywhere.", "", 1, 1, decision_options, cmd_session_end},
    {"user", "add", "FORM.json", "Add a user to a provider.",
     "The user gets a PIN at their own address if they have none. See 'nctracks fields user'.", 1, 1, manage_options,
     cmd_user_add},
    {"user", "grant", "NCID", "Give a known person access, or change it.",
     "With --rights what was granted there before is replaced; with --add and --remove the rest stays.\n"
     "'nctracks policy show' lists the rights.",
     1, 1, grant_options, cmd_user_grant},
    {"user", "revoke", "NCID", "Take a person's access away.", "With the last access the PIN is suspended.", 1, 1,
     revoke_options, cmd_user_revoke},
    {"user", "list", "", "List access, by provider or by person.", "Name either --provider or --ncid.", 0, 0,
     user_list_options, cmd_user_list},
    {"record", "list", "", "List people on records, by provider or by person.", "Name either --provider or --ncid.", 0,
     0, record_list_options, cmd_record_list},
    {"record", "add", "NCID", "Put a person on a provider's record.", "What it said of them before is replaced.", 1, 1,
     record_add_options, cmd_record_add},
    {"record", "remove", "NCID", "Take a person off a provider's record.",
     "A role or a signature that needs them there no longer serves.", 1, 1, record_remove_options, cmd_record_remove},
    {"person", "show", "NCID", "Show a person: name, contact data, state of the PIN.",
     "Masked as the profile says for who looks; a person sees all of their own.", 1, 1, person_show_options,
     cmd_person_show},
    {"person", "find", "TEXT", "Find people by how NCID, name, e-mail address or phone begins.",
     "Case, marks on letters and punctuation do not count.", 1, 1, person_find_options, cmd_person_find},
    {"person", "list", "", "List the people who have access to a provider, with their names.", "", 0, 0,
     person_list_options, cmd_person_list},
    {"message", "list", "NCID", "List what a person was told, the newest first.", "PINs and codes are asterisks.", 1, 1,
     no_options, cmd_message_list},
    {"message", "mark", "NCID ID", "Mark a message as read.", "", 2, 2, message_mark_options, cmd_message_mark},
    {"contact", "change", "NCID", "Change a person's name, address or phone, or ask for it.",
     "A new address waits until it is confirmed from the old one or by an operator; what an administrator asks for\n"
     "waits as a whole.",
     1, 1, contact_change_options, cmd_contact_change},
    {"contact", "confirm", "NCID", "Confirm a change that waits.",
     "With the code that was mailed to the old address; or as the call centre (--operator, --reason).", 1, 1,
     contact_confirm_options, cmd_contact_confirm},
    {"contact", "withdraw", "NCID", "Withdraw a change that waits.", "", 1, 1, contact_withdraw_options,
     cmd_contact_withdraw},
    {"contact", "settle", "NCID", "Settle, with one's password, which of two addresses is right.",
     "For an NCID entered as an Office Administrator with another address than is on file. The call centre settles it\n"
     "with 'contact confirm' or 'contact withdraw'.",
     1, 1, contact_settle_options, cmd_contact_settle},
    {"contact", "list", "", "List the changes that wait, contested addresses among them.", "", 0, 0, no_options,
     cmd_contact_list},
    {"contact", "show", "NCID", "Show the change that waits.", "Never its code.", 1, 1, no_options, cmd_contact_show},
    {"check", NULL, "NCID PROVIDER RIGHT", "Whether a person may do something for a provider.",
     "Exit 0: allowed; 1: refused, with the reason.", 3, 3, no_options, cmd_check},
    {"explain", NULL, "NCID PROVIDER RIGHT", "Why something is allowed or refused, and who can change it.", "", 3, 3,
     no_options, cmd_explain},
    {"access", "rights", "NCID PROVIDER", "All that a person may do for a provider, now.", "", 2, 2, no_options,
     cmd_access_rights},
    {"access", "who-can", "PROVIDER RIGHT", "Everybody who may do something for a provider, now.", "", 2, 2, no_options,
     cmd_access_who_can},
    {"access", "where-can", "NCID RIGHT", "The providers a person may do something for, now.", "", 2, 2, no_options,
     cmd_access_where_can},
    {"access", "leave", "NCID PROVIDER", "Give up one's own access to a provider.",
     "Nobody has to agree; the person and the Office Administrator are told.", 2, 2, no_options, cmd_access_leave},
    {"access", "propose", "NCID", "Propose access that the rules have given by two people.",
     "Somebody else with user administration confirms it. See the rule by_two in 'nctracks policy show'.", 1, 1,
     propose_options, cmd_access_propose},
    {"access", "confirm", "NCID", "Confirm, as a second person, the access proposed for somebody.",
     "Name either --by or --operator.", 1, 1, confirm_options, cmd_access_confirm},
    {"access", "reject", "NCID", "Reject what was proposed for somebody, or withdraw it.", "", 1, 1, manage_options,
     cmd_access_reject},
    {"access", "proposals", "", "List what waits for a second person at a provider.", "", 0, 0, provider_options,
     cmd_access_proposals},
    {"access", "unused", "", "List access to a provider that was neither granted nor used since a time.", "", 0, 0,
     since_options, cmd_access_unused},
    {"access", "uncertified", "", "List access to a provider that was neither granted nor certified since a time.", "",
     0, 0, since_options, cmd_access_uncertified},
    {"access", "certify", "NCID...", "Certify that people still need the access they have.",
     "Up to 100 people in one commit. Exit 1 or 2 when some were refused; the others are certified.", 1, 100,
     manage_options, cmd_access_certify},
    {"access", "revoke-many", "NCID...", "Take the access of many people away.",
     "Up to 100 people in one commit. Exit 1 or 2 when some were refused; the others have no access any more.", 1, 100,
     manage_options, cmd_access_revoke_many},
    {"invitation", "send", "WHOM", "Offer somebody access, by their NCID or to an e-mail address.",
     "Nothing is given before they accept. To an address goes a code, for whoever works there to accept with.", 1, 1,
     invitation_send_options, cmd_invitation_send},
    {"invitation", "list", "", "List invitations: a provider's, or what waits for a person.",
     "Name either --provider or --ncid.", 0, 0, invitation_list_options, cmd_invitation_list},
    {"invitation", "send-again", "INVITATION", "Send an invitation again; its time begins anew.",
     "A code that was mailed before no longer works.", 1, 1, manage_options, cmd_invitation_send_again},
    {"invitation", "take-back", "INVITATION", "Take an invitation back.", "", 1, 1, manage_options,
     cmd_invitation_take_back},
    {"invitation", "accept", "FORM.json", "Accept an invitation.",
     "The password of the NCID is asked for. See 'nctracks fields acceptance'. \"-\" reads standard input.", 1, 1,
     secret_options, cmd_invitation_accept},
    {"invitation", "decline", "", "Decline an invitation.",
     "With --by as the person who was invited; else the code that was mailed is asked for.", 0, 0,
     invitation_decline_options, cmd_invitation_decline},
    {"group", "set", "GROUP", "Make a group at a provider, or change its rights for everybody in it.",
     "A name has lower-case letters, digits, '.' and '_'.", 1, 1, group_set_options, cmd_group_set},
    {"group", "remove", "GROUP", "End a group: who is in it keeps their own rights.", "", 1, 1, manage_options,
     cmd_group_remove},
    {"group", "join", "GROUP NCID", "Put a general user into a group.", "", 2, 2, manage_options, cmd_group_join},
    {"group", "leave", "GROUP NCID", "Take somebody out of a group.", "", 2, 2, manage_options, cmd_group_leave},
    {"group", "list", "", "List the groups of a provider.", "", 0, 0, provider_options, cmd_group_list},
    {"group", "members", "GROUP", "List who is in a group.", "", 1, 1, provider_options, cmd_group_members},
    {"pin", "reset", "NCID", "Have a new PIN sent.",
     "With the person's own password; or as an administrator (--by, --provider); or as the call centre (--operator,\n"
     "--reason). It goes to the address on file and is shown to nobody else.",
     1, 1, pin_reset_options, cmd_pin_reset},
    {"pin", "report-lost", "NCID", "End a PIN at once.", "No new one is sent; the person is told.", 1, 1,
     pin_lost_options, cmd_pin_report_lost},
    {"pin", "status", "NCID", "Show the state of a PIN.", "Never the PIN.", 1, 1, no_options, cmd_pin_status},
    {"sign", NULL, "", "Sign a document with NCID, password and PIN.",
     "Password and PIN are asked for on the terminal without echo, or read from file descriptors, one line each; both\n"
     "may come from the same descriptor, the password first.",
     0, 0, sign_options, cmd_sign},
    {"agreement", "show", "NCID", "Show which signature agreement is asked of a person, and which they accepted.", "",
     1, 1, no_options, cmd_agreement_show},
    {"agreement", "accept", "NCID", "Accept the signature agreement, with NCID, password and PIN.",
     "The rules agreement.version and agreement.digest of the policy say which is asked; its digest is what\n"
     "'b2sum -l 256' prints of the file.",
     1, 1, agreement_options, cmd_agreement_accept},
    {"application", "draft", "", "Draft an application, or revise one.",
     "A draft can be revised, and so can what the agency sent back; nothing else after submission.", 0, 0,
     application_draft_options, cmd_application_draft},
    {"application", "submit", "APPLICATION", "Sign an application and submit it.",
     "As 'nctracks sign'; the document must be the one that was drafted.", 1, 1, sign_options, cmd_application_submit},
    {"application", "move", "APPLICATION MOVE", "Move an application, as the agency.",
     "'nctracks machine KIND' lists the moves.", 2, 2, application_move_options, cmd_application_move},
    {"application", "withdraw", "APPLICATION", "Withdraw an application, which cannot be undone.", "", 1, 1,
     application_act_options, cmd_application_withdraw},
    {"application", "discard", "APPLICATION", "Give a draft up.", "", 1, 1, application_act_options,
     cmd_application_discard},
    {"application", "show", "APPLICATION", "Show an application and its history.", "", 1, 1, provider_options,
     cmd_application_show},
    {"application", "list", "", "List applications, by provider or by who drafted them.",
     "Name either --provider or --ncid.", 0, 0, application_list_options, cmd_application_list},
    {"due", "list", "", "List what is due: notices, suspensions, terminations, abandoned applications.", "", 0, 0,
     due_list_options, cmd_due_list},
    {"due", "run", "", "Settle everything that is due.", "Run it daily, say.", 0, 0, due_run_options, cmd_due_run},
    {"due", "restore", "", "Put back what somebody took out of the list of due work.", "Told in the ledger.", 0, 0,
     due_run_options, cmd_due_restore},
    {"work", "list", "", "List what waits for the agency, the oldest first, and who there has it.",
     "With --kind draft the drafts nobody goes on with; 'application move ID discard' discards one.", 0, 0,
     work_list_options, cmd_work_list},
    {"work", "assign", "ITEM", "Take a piece of work, or give it to somebody.",
     "ITEM as 'work list' names it. It lapses after work.assigned, see 'nctracks policy show'.", 1, 1,
     work_assign_options, cmd_work_assign},
    {"work", "release", "ITEM", "Give a piece of work back to the list.", "", 1, 1, due_run_options, cmd_work_release},
    {"review", NULL, "", "Make a token for what the signer was shown, to sign exactly that.",
     "Takes what 'sign' takes, without the secrets. The token signs once, for a time, and for this signer alone.", 0, 0,
     review_options, cmd_review},
    {"signature", "show", "SIGNATURE", "Show a signature, and check a document against it.", "", 1, 1,
     signature_show_options, cmd_signature_show},
    {"signature", "list", "", "List the signatures of a provider, oldest first.", "", 0, 0, provider_options,
     cmd_signature_list},
    {"receipt", "show", "PROVIDER SIGNATURE", "Show a receipt as text for a person, and write it to a file.", "", 2, 2,
     receipt_show_options, cmd_receipt_show},
    {"receipt", "list", "", "List receipts, by provider or by signer, oldest first.",
     "Name either --provider or --ncid.", 0, 0, receipt_list_options, cmd_receipt_list},
    {"receipt", "verify", "FILE", "Verify a receipt; needs no database.", "Exit 1 when it is wrong.", 1, 1,
     receipt_verify_options, cmd_receipt_verify},
    {"receipt", "keys", "", "Write the portal's public keys to a file, to be published.", "", 0, 0,
     receipt_keys_options, cmd_receipt_keys},
    {"receipt", "repudiate", "PROVIDER SIGNATURE", "Declare that a signature is not one's own, or no longer.",
     "Asks for the signer's password, not for the PIN, which may be what was lost. The receipt stays.", 2, 2,
     repudiate_options, cmd_receipt_repudiate},
    {"receipt", "repudiation", "PROVIDER SIGNATURE", "Write the declaration that repudiates a signature to a file.", "",
     2, 2, receipt_keys_options, cmd_receipt_repudiation},
    {"audit", "show", "STREAM", "Show what happened to a provider or a person.",
     "A stream is \"provider:\" and a provider's id, or \"person:\" and an NCID.", 1, 1, no_options, cmd_audit_show},
    {"audit", "verify", "[STREAM]", "Verify that the past was not changed.",
     "Exit 3 when a stream is broken. A cut-off end shows only against a checkpoint: name one that was kept.", 0, 1,
     verify_options, cmd_audit_verify},
    {"audit", "export", "STREAM", "Write a stream to a file, for somebody without the database.", "", 1, 1,
     receipt_keys_options, cmd_audit_export},
    {"checkpoint", "make", "", "Sign the state of the whole ledger, for somebody else to keep.",
     "Nothing is signed that contradicts the last checkpoint: exit 3 then.", 0, 0, checkpoint_make_options,
     cmd_checkpoint_make},
    {"checkpoint", "mail", "ADDRESS [NUMBER]", "Mail a checkpoint, or the last one, to somebody who keeps it.",
     "The mail carries it whole; 'checkpoint verify' takes the saved message.", 1, 2, no_options, cmd_checkpoint_mail},
    {"checkpoint", "show", "[NUMBER]", "Show a checkpoint, or the last one.", "", 0, 1, checkpoint_show_options,
     cmd_checkpoint_show},
    {"checkpoint", "verify", "FILE", "Verify a checkpoint that was kept; needs no database.",
     "Exit 1 when it is wrong.", 1, 1, checkpoint_verify_options, cmd_checkpoint_verify},
    {"checkpoint", "prove", "STREAM", "Prove that a stream is in the last checkpoint.",
     "With the checkpoint and the public keys, anybody can verify the proof.", 1, 1, checkpoint_prove_options,
     cmd_checkpoint_prove},
    {"checkpoint", "compare", "FILE", "Compare the ledger with a checkpoint that was kept.",
     "Exit 1 when the files are wrong, 3 when the ledger is.", 1, 1, checkpoint_compare_options,
     cmd_checkpoint_compare},
    {"checkpoint", "rebuild", "", "Write the leaves kept of the last checkpoint anew, where they were altered.",
     "From the streams, or from a copy; they must give the root that was signed.", 0, 0, checkpoint_rebuild_options,
     cmd_checkpoint_rebuild},
    {"checkpoint", "restart", "", "Give up the comparison with the last checkpoint, where nothing else helps.",
     "The next one is compared with nothing. Compare with one that was kept elsewhere, and its leaves.", 0, 0,
     decision_options, cmd_checkpoint_restart},
    {"key", "list", "", "List the portal's keys, and whether their master keys are needed.", "", 0, 0, no_options,
     cmd_key_list},
    {"key", "rotate", "", "Announce a new master key, signed by the one before.",
     "--key names the key before. Restart every process with the new key as a further one first.", 0, 0,
     key_rotate_options, cmd_key_rotate},
    {"key", "rekey", "", "Put everything under the current key, while the portal runs.",
     "Can be broken off and run again. Exit 3 when rows do not open: they stay as they are.", 0, 0, key_rekey_options,
     cmd_key_rekey},
    {"key", "revoke", "KEY", "Declare that somebody else may have a key from a time on.",
     "What it signed before stays valid. The current key must be rotated away first. Cannot be undone.", 1, 1,
     key_revoke_options, cmd_key_revoke},
    {"evidence", NULL, "PROVIDER", "Write all evidence about a provider to one file, for somebody without the portal.",
     "Receipts of the period and what repudiates them, the provider's whole ledger, the last checkpoint, the public\n"
     "keys and a README. An existing file is never replaced.",
     1, 1, evidence_options, cmd_evidence},
    {"verify", NULL, "FILE.tar", "Verify such a file; needs no database.",
     "Exit 0: VALID or VALID_BUT_UNANCHORED; 1: TAMPERED, with what is wrong; 2: not an evidence file.", 1, 1,
     evidence_verify_options, cmd_verify},
    {"mail", "list", "", "List the mails that wait, and what was answered last.",
     "A mail that is refused is tried again later and later, and given up in the end; see mail.tries and mail.backoff "
     "in\n"
     "'nctracks policy paths'.",
     0, 0, mail_list_options, cmd_mail_list},
    {"mail", "flush", "", "Try to deliver the mails that wait.",
     "Oldest first, over one connection. Ends where no other mail would get further. Several may run at once.", 0, 0,
     mail_flush_options, cmd_mail_flush},
    {"mail", "retry", "MAIL", "Have a mail tried again that was refused or given up.", "Told in the ledger.", 1, 1,
     decision_options, cmd_mail_retry},
    {"mail", "discard", "MAIL", "Remove a mail that was given up.",
     "Told in the ledger. A PIN in it is of no use to anybody then: reset it.", 1, 1, decision_options,
     cmd_mail_discard},
    {"use", NULL, "", "Say once, for a shell, who acts and where: eval \"$(nctracks use --by NCID --provider ID)\".",
     "Commands that need --by or --provider and are given none then take $NCTRACKS_BY and $NCTRACKS_PROVIDER.", 0, 0,
     use_options, cmd_use},
    {"config", "list", "", "List the settings of the portal, and where each comes from.",
     "The environment, such as NCTRACKS_SMTP, goes before the file.", 0, 0, no_options, cmd_config_list},
    {"config", "get", "SETTING", "Print a setting.", "Exit 1 when it is not set.", 1, 1, no_options, cmd_config_get},
    {"config", "set", "SETTING VALUE", "Keep a setting in the portal's configuration.", "", 2, 2, no_options,
     cmd_config_set},
    {"config", "unset", "SETTING", "Take a setting out of it.", "", 1, 1, no_options, cmd_config_unset},
    {"store", "copy", "FROM TO", "Copy a portal to an empty store and verify it there.",
     "FROM and TO are files of SQLite or postgresql://user@host/database. The copy is of one moment: end whatever "
     "commits to FROM first. The key is that beside FROM, or of --key.",
     2, 2, no_options, cmd_store_copy},
    {"doctor", NULL, "", "Check program, key file, database, ledger and mail.",
     "Exit 3 when something is not in order.", 0, 0, doctor_options, cmd_doctor},
    {"repair", NULL, "", "Rebuild the damaged rows that only repeat what others say.",
     "The indexes of due work and of the work list, and the latest time.\n"
     "Exit 3 when rows are left that only a backup has;\n"
     "'nctracks doctor --all' names them.",
     0, 0, decision_options, cmd_repair},
    {"clock", "check", "", "Whether the clock fits what the database holds.", "Exit 3 when it does not.", 0, 0,
     no_options, cmd_clock_check},
    {"clock", "confirm", "", "Say that the clock is right, whatever the database holds.",
     "Make sure first. What other clocks wrote of later times counts for nothing from then on; its entries stay.", 0, 0,
     decision_options, cmd_clock_confirm},
    {"policy", "list", "", "List the dated profiles.", "", 0, 0, no_options, cmd_policy_list},
    {"policy", "show", "", "Print the rules as tables: roles, submissions, terms, rights, options.",
     "Of --profile or --profile-file, else of the portal. With --text as a profile file, to be changed and checked.", 0,
     0, policy_show_options, cmd_policy_show},
    {"policy", "check", "FILE", "Check a profile file: whether it can be read, and whether its rules hold together.",
     "Exit 1 when they contradict each other, 2 when a line cannot be read; each problem is told.", 1, 1, no_options,
     cmd_policy_check},
    {"policy", "announce", "", "Take other rules as well, until 'nctracks policy change': for several processes.",
     "Of --profile or --profile-file, with --set. Restart every process with them, one by one.", 0, 0, decision_options,
     cmd_policy_announce},
    {"policy", "change", "", "Run the portal under other rules from now on, and keep them beside the database.",
     "Of --profile or --profile-file, with --set; else those that are kept. No other rules open the database then.", 0,
     0, decision_options, cmd_policy_change},
    {"policy", "paths", "", "List every rule: path, type, value, meaning.", "", 0, 0, no_options, cmd_policy_paths},
    {"language", "list", "", "List the languages built in.", "", 0, 0, no_options, cmd_language_list},
    {"language", "template", "[LANGUAGE]", "Print every text of a language, English else, as a translator needs it.",
     "", 0, 1, no_options, cmd_language_template},
    {"language", "check", "FILE", "Check a catalogue of texts.", "Exit 2 when it has problems; each is told.", 1, 1,
     language_check_options, cmd_language_check},
    {"language", "set", "NCID LANGUAGE", "Set the language of the mails to a person.", "", 2, 2, no_options,
     cmd_language_set},
    {"fields", NULL, "FORM", "Print the fields of a form.",
     "FORM is enrollment, registration, user, signing, principal, contact, draft, oa_change, eft_change,\nperson, "
     "invitation, acceptance or agreement.",
     1, 1, no_options, cmd_fields},
    {"machine", NULL, "KIND", "Print the states and moves of a kind of submission.", "", 1, 1, no_options, cmd_machine},
    {NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL}};

const cli_command *commands(void) {
    return table;
}

const cli_command *commands_find(const char *group, const char *name) {
    for (const cli_command *command = commands(); command->group != NULL; command++) {
        bool same = name == NULL || command->name == NULL ? name == command->name : strcmp(command->name, name) == 0;
        if (strcmp(command->group, group) == 0 && same) {
            return command;
        }
    }
    return NULL;
}

bool commands_is_group(const char *word) {
    for (const cli_command *command = commands(); command->group != NULL; command++) {
        if (command->name != NULL && strcmp(command->group, word) == 0) {
            return true;
        }
    }
    return false;
}

const args_option *commands_global_options(void) {
    return global_options;
}
