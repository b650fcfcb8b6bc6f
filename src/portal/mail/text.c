#include "portal/mail/text.h"

#include "language/template.h"
#include "policy/policy.h"

#include <string.h>

struct text {
    const char *name;
    const char *subject;
    const char *body;
};

#define KEEP_IT_SAFE                                                                                                   \
    "Protect this PIN just as you would protect your actual signature: do not share it, and keep it\n"                 \
    "apart from your password. It belongs to you as a person, for every provider you work for.\n"
#define LOST_IT                                                                                                        \
    "If you lose or forget it, reset it in the portal, or contact the NCTracks Call Center:\n"                         \
    "{call_center_phone} or {call_center_email}.\n"
#define NOT_EXPECTED                                                                                                   \
    "If you did not expect this, contact the NCTracks Call Center at once:\n"                                          \
    "{call_center_phone} or {call_center_email}.\n"

#define NOT_ME                                                                                                         \
    "If you did not ask for this, contact the NCTracks Call Center at once:\n"                                         \
    "{call_center_phone} or {call_center_email}.\n"
#define CONFIRM_IT                                                                                                     \
    "The changes that wait take effect only when they are confirmed with this code, which was sent to\n"               \
    "you alone:\n"                                                                                                     \
    "\n"                                                                                                               \
    "    Code:        {token}\n"                                                                                       \
    "    New address: {address}\n"                                                                                     \
    "\n"                                                                                                               \
    "If there is no new address above, the name or phone is to change. If you do nothing, nothing changes.\n"
#define THE_APPLICATION                                                                                                \
    "    Provider:    {provider}\n"                                                                                    \
    "    Submission:  {submission}\n"                                                                                  \
    "    Document:    {document}\n"                                                                                    \
    "    Application: {application}\n"
#define QUESTIONS                                                                                                      \
    "\n"                                                                                                               \
    "Questions: NCTracks Call Center, {call_center_phone} or {call_center_email}.\n"

/* A subject never holds a secret. */
static const struct text texts[] = {
    [NCT_MAIL_PIN_ISSUED] = {"pin.issued", "Your NCTracks PIN for the NCID {ncid}",
                             "Hello {name},\n"
                             "\n"
                             "NCTracks has generated a Personal Identification Number (PIN) for the NCID {ncid}.\n"
                             "\n"
                             "    PIN: {pin}\n"
                             "\n"
                             "You sign enrollment applications, FL2 and Prior Approval requests with your NCID,\n"
                             "your password and this PIN.\n"
                             "\n" KEEP_IT_SAFE "\n" LOST_IT},
    [NCT_MAIL_PIN_FOR_OTHER] =
        {"pin.issued.registrant", "NCTracks PIN for the NCID {ncid}",
         "Hello,\n"
         "\n"
         "You completed the NCTracks registration of provider {provider} and entered the NCID\n"
         "{ncid} ({name}). NCTracks has generated a Personal Identification Number (PIN) for it.\n"
         "\n"
         "    NCID: {ncid}\n"
         "    PIN:  {pin}\n"
         "\n"
         "Please hand this PIN to {name} and to nobody else, then delete this message.\n"
         "\n" KEEP_IT_SAFE "\n" LOST_IT},
    [NCT_MAIL_PIN_RESET] = {"pin.reset", "Your new NCTracks PIN for the NCID {ncid}",
                            "Hello {name},\n"
                            "\n"
                            "The Personal Identification Number (PIN) of the NCID {ncid} was reset. The old one no\n"
                            "longer works. If you did not expect this, contact the NCTracks Call Center at once.\n"
                            "\n"
                            "    PIN: {pin}\n"
                            "\n" KEEP_IT_SAFE "\n" LOST_IT},
    [NCT_MAIL_PIN_LOST] = {"pin.lost", "The NCTracks PIN for the NCID {ncid} was reported lost",
                           "Hello {name},\n"
                           "\n"
                           "The Personal Identification Number (PIN) of the NCID {ncid} was reported lost. It can no\n"
                           "longer be used to sign. To get a new one, reset it in the portal, or contact the NCTracks\n"
                           "Call Center: {call_center_phone} or {call_center_email}.\n"
                           "\n"
                           "If you did not expect this, contact the Call Center at once.\n"},
    [NCT_MAIL_CHECKPOINT] =
        {"checkpoint", "NCTracks checkpoint {checkpoint_number} of {checkpoint_time}",
         "Hello,\n"
         "\n"
         "you keep the checkpoints of an NCTracks provider portal. This one vouches for its whole ledger:\n"
         "as long as you have it, nobody can shorten or change the past up to it without that showing.\n"
         "Keep this message where the portal's keepers cannot change it. It holds no secret.\n"
         "\n"
         "    Checkpoint: {checkpoint_number}\n"
         "    Made at:    {checkpoint_time}\n"
         "    Root:       {checkpoint_root}\n"
         "    Hash:       {checkpoint_hash}\n"
         "\n" NCT_CHECKPOINT_BEGIN "\n{checkpoint}\n" NCT_CHECKPOINT_END "\n"
         "\n"
         "To verify it, save this message to a file and run, with the portal's public keys from a source\n"
         "you trust,\n"
         "\n"
         "    nctracks checkpoint verify FILE --keys KEYS\n"
         "\n"
         "Without that program: between the two lines stand the hexadecimal digits of a COSE_Sign1 object\n"
         "(RFC 9052, EdDSA). Its BLAKE2b-256 hash is the hash above, and checkpoint.cddl in the library's\n"
         "documentation says what it claims.\n"},
    [NCT_MAIL_CONTACT_REQUESTED] = {"contact.requested", "Confirm the new contact data for the NCID {ncid}",
                                    "Hello {name},\n"
                                    "\n"
                                    "A change of the contact data of the NCID {ncid} was asked for.\n"
                                    "\n" CONFIRM_IT "\n" NOT_ME},
    [NCT_MAIL_CONTACT_REPLACED] = {"contact.replaced", "Confirm the new contact data for the NCID {ncid}",
                                   "Hello {name},\n"
                                   "\n"
                                   "A change of the contact data of the NCID {ncid} was asked for. It replaces an\n"
                                   "earlier request, whose code no longer works.\n"
                                   "\n" CONFIRM_IT "\n" NOT_ME},
    [NCT_MAIL_ACCESS_GIVEN] =
        {"access.given", "You were given access to provider {provider}",
         "Hello {name},\n"
         "\n"
         "an administrator of provider {provider} gave you access to it in NCTracks, under your\n"
         "NCID {ncid}. Your PIN stays the same.\n"
         "\n"
         "If you do not work for this provider, give the access up in the portal: nobody else has\n"
         "to agree.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_ACCESS_CHANGED] =
        {"access.changed", "Your access to provider {provider} was changed",
         "Hello {name},\n"
         "\n"
         "an administrator of provider {provider} changed the access to it that you have in NCTracks\n"
         "under your NCID {ncid}. The portal shows what you may do there now.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_ACCESS_ENDED] =
        {"access.ended", "Your access to provider {provider} has ended",
         "Hello {name},\n"
         "\n"
         "an administrator of provider {provider} took away the access to it that you had in NCTracks\n"
         "under your NCID {ncid}.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_ACCESS_LEFT] = {"access.left", "{name} gave up their access to provider {provider}",
                              "Hello,\n"
                              "\n"
                              "{name}, NCID {ncid}, gave up their access to provider {provider} in NCTracks.\n"
                              "\n" NOT_EXPECTED},
    [NCT_MAIL_INVITATION_OFFERED] =
        {"invitation.offered", "You are offered access to provider {provider}",
         "Hello {name},\n"
         "\n"
         "an administrator of provider {provider} offers you access to it in NCTracks, under your\n"
         "NCID {ncid}. Nothing is given unless you accept. The offer lapses on {date}.\n"
         "\n"
         "Accept it in the portal with your password, or decline it there. If you do nothing, nothing\n"
         "changes.\n" QUESTIONS},
    [NCT_MAIL_INVITATION_CODE] =
        {"invitation.code", "You are offered access to provider {provider} in NCTracks",
         "Hello,\n"
         "\n"
         "an administrator of provider {provider} offers you access to it in the NCTracks provider\n"
         "portal. To accept, sign in there with your own NCID and enter this code:\n"
         "\n"
         "    {token}\n"
         "\n"
         "It can be used once, until {date}. With it alone you can decline as well. Do not pass it on:\n"
         "whoever has it could accept in your place. Nobody at NCTracks will ask you for it.\n"
         "If you do not work for this provider, you need not do anything: nothing changes.\n" QUESTIONS},
    [NCT_MAIL_INVITATION_ACCEPTED] =
        {"invitation.accepted", "{name} accepted access to provider {provider}",
         "Hello,\n"
         "\n"
         "{name}, NCID {ncid}, accepted the access to provider {provider} that you offered in NCTracks.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_INVITATION_DECLINED] =
        {"invitation.declined", "{name} declined access to provider {provider}",
         "Hello,\n"
         "\n"
         "{name} declined the access to provider {provider} that you offered in NCTracks. Nothing was\n"
         "changed.\n" QUESTIONS},
    [NCT_MAIL_AGREEMENT_ACCEPTED] =
        {"agreement.accepted", "You accepted the signature agreement, version {document}",
         "Hello {name},\n"
         "\n"
         "with your NCID {ncid}, password and PIN the signature agreement of NCTracks was accepted on\n"
         "{date}, in its version {document}. From now on an electronic signature under this NCID binds you\n"
         "as the one you write by hand.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_CONTACT_CONTESTED] =
        {"contact.contested", "Two e-mail addresses were given for the NCID {ncid}",
         "Hello,\n"
         "\n"
         "the NCID {ncid} was entered as the Office Administrator of provider {provider} in NCTracks,\n"
         "with another e-mail address than the one on file. Until it is settled which is right, no\n"
         "PIN is sent for this NCID, and no account for payments is changed.\n"
         "\n"
         "Settle it in the portal, with the password of the NCID, or call the NCTracks Call Center:\n"
         "{call_center_phone} or {call_center_email}.\n"},
    [NCT_MAIL_PERSON_ADDED] = {"person.added", "NCTracks knows you by the NCID {ncid}",
                               "Hello {name},\n"
                               "\n"
                               "the NCTracks Call Center entered you in NCTracks under the NCID {ncid}, with this\n"
                               "address. By this alone you have no access to any provider and no PIN.\n"
                               "\n" NOT_EXPECTED},
    [NCT_MAIL_CONTACT_NOTICE] = {"contact.notice", "New contact data for the NCID {ncid} were asked for",
                                 "Hello {name},\n"
                                 "\n"
                                 "A change of the contact data of the NCID {ncid} was asked for. You are told because\n"
                                 "this address was the one on file until a short time ago.\n"
                                 "\n" NOT_ME},
    [NCT_MAIL_PIN_RESET_NOTICE] =
        {"pin.reset_notice", "A new PIN for the NCID {ncid} was sent",
         "Hello {name},\n"
         "\n"
         "A new PIN for the NCID {ncid} was sent to the address on file. You are told because\n"
         "this address was the one on file until a short time ago.\n"
         "\n" NOT_ME},
    [NCT_MAIL_CONTACT_CHANGED] = {"contact.changed", "The contact data for the NCID {ncid} were changed",
                                  "Hello {name},\n"
                                  "\n"
                                  "The name, phone number or e-mail address of the NCID {ncid} was changed.\n"
                                  "\n" NOT_ME},
    [NCT_MAIL_CONTACT_WITHDRAWN] =
        {"contact.withdrawn", "A change of contact data for the NCID {ncid} was withdrawn",
         "Hello {name},\n"
         "\n"
         "The change of the contact data of the NCID {ncid} that waited for your confirmation\n"
         "was withdrawn. Nothing was changed, and its code no longer works.\n"
         "\n" NOT_ME},
    [NCT_MAIL_CONTACT_WELCOME] = {"contact.welcome", "This address now belongs to the NCID {ncid}",
                                  "Hello {name},\n"
                                  "\n"
                                  "From now on NCTracks sends mail about the NCID {ncid} to this address.\n"
                                  "\n" NOT_ME},
    [NCT_MAIL_REVERIFY_NOTICE] =
        {"reverification.notice", "Re-verification of provider {provider} is due on {date}",
         "Hello,\n"
         "\n"
         "The re-verification of provider {provider} is due on {date}. Please submit the\n"
         "application in NCTracks, and pay its fees, by {time} on that day.\n"
         "\n"
         "What is submitted and paid by then keeps the provider from suspension while the\n"
         "agency reviews it. Otherwise the provider is suspended, and later terminated.\n" QUESTIONS},
    [NCT_MAIL_REVERIFY_SUSPENDED] =
        {"reverification.suspended", "Provider {provider} is suspended",
         "Hello,\n"
         "\n"
         "Provider {provider} is suspended: no application for its re-verification was submitted\n"
         "and paid in time, or it was not approved.\n"
         "Unless it is approved before {date}, the provider is terminated then.\n" QUESTIONS},
    [NCT_MAIL_REVERIFY_TERMINATED] = {"reverification.terminated", "Provider {provider} is terminated",
                                      "Hello,\n"
                                      "\n"
                                      "Provider {provider} was terminated on {date}: its re-verification was not\n"
                                      "approved in time, and the suspension that followed has ended.\n" QUESTIONS},
    [NCT_MAIL_OA_CHANGE_SUBMITTED] =
        {"oa_change.submitted", "A new Office Administrator was submitted for provider {provider}",
         "Hello,\n"
         "\n"
         "somebody submitted that {name}, NCID {ncid}, become the Office Administrator of provider\n"
         "{provider} in NCTracks. The agency has to approve it first.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_OA_CHANGE_MADE] = {"oa_change.made", "Provider {provider} has a new Office Administrator",
                                 "Hello,\n"
                                 "\n"
                                 "{name}, NCID {ncid}, is now the Office Administrator of provider {provider} in\n"
                                 "NCTracks. The Office Administrator before has no access to it any longer.\n"
                                 "\n" NOT_EXPECTED},
    [NCT_MAIL_NCID_CHANGED] = {"ncid.changed", "Your access to NCTracks has moved to the NCID {ncid}",
                               "Hello {name},\n"
                               "\n"
                               "the NCTracks Call Center moved your access, your PIN and your history to the NCID\n"
                               "{ncid}. The NCID before no longer works.\n"
                               "\n" NOT_EXPECTED},
    [NCT_MAIL_NCID_MERGED] = {"ncid.merged", "Your access to NCTracks is under the NCID {ncid} alone",
                              "Hello {name},\n"
                              "\n"
                              "the NCTracks Call Center found that you had two NCIDs and united them. All your\n"
                              "access and your history are under the NCID {ncid} now, with the PIN and the\n"
                              "address that were its own. The other NCID and its PIN no longer work.\n"
                              "\n" NOT_EXPECTED},
    [NCT_MAIL_EFT_CHANGE_REQUESTED] =
        {"eft_change.requested", "A new account for payments to provider {provider} was requested",
         "Hello,\n"
         "\n"
         "{name}, NCID {ncid}, requested in NCTracks that payments to provider {provider} go to the\n"
         "account {account}. Nothing is changed before the agency has confirmed it by phone.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_EFT_CHANGE_MADE] = {"eft_change.made", "Payments to provider {provider} go to another account",
                                  "Hello,\n"
                                  "\n"
                                  "as {name}, NCID {ncid}, requested in NCTracks, payments to provider {provider} now\n"
                                  "go to the account {account}.\n"
                                  "\n" NOT_EXPECTED},
    [NCT_MAIL_EFT_CHANGE_ENDED] =
        {"eft_change.ended", "No new account for payments to provider {provider}",
         "Hello,\n"
         "\n"
         "{name}, NCID {ncid}, requested in NCTracks that payments to provider {provider} go to the\n"
         "account {account}. This was not done; payments go where they went before.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_SIGN_IN_CODE] = {"sign_in.code", "Your NCTracks sign-in code",
                               "Hello {name},\n"
                               "\n"
                               "somebody signed in to NCTracks with the NCID {ncid} and its password. To go on, enter\n"
                               "this code:\n"
                               "\n"
                               "    {token}\n"
                               "\n"
                               "It can be used once, for a few minutes. Nobody at NCTracks will ask you for it.\n"
                               "If this was not you, change your password at once.\n" QUESTIONS},
    [NCT_MAIL_PASSWORD_CODE] =
        {"password.code", "Choose a new NCTracks password for the NCID {ncid}",
         "Hello {name},\n"
         "\n"
         "with this code you can choose a new password for the NCID {ncid} in NCTracks:\n"
         "\n"
         "    {token}\n"
         "\n"
         "It can be used once, for a short time. Nobody at NCTracks will ask you for it.\n"
         "If you did not ask for it, you need not do anything: your password stays as it is.\n" QUESTIONS},
    [NCT_MAIL_PASSWORD_CHANGED] =
        {"password.changed", "The NCTracks password of the NCID {ncid} was changed",
         "Hello {name},\n"
         "\n"
         "the password of the NCID {ncid} was set or changed in NCTracks. Whoever was signed in\n"
         "with it was signed out.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_OA_CHANGE_ENDED] =
        {"oa_change.ended", "No new Office Administrator for provider {provider}",
         "Hello,\n"
         "\n"
         "it was submitted that {name}, NCID {ncid}, become the Office Administrator of provider\n"
         "{provider} in NCTracks. The agency did not approve it; nothing was changed.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_PROVIDER_CHANGED] =
        {"provider.changed", "The record of provider {provider} was changed",
         "Hello,\n"
         "\n"
         "the name, e-mail address, phone or postal address of provider {provider} was changed in NCTracks.\n"
         "This is sent to the addresses before and after the change.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_SIGNATURE_MADE] =
        {"signature.made", "You signed {document} for provider {provider}",
         "Hello {name},\n"
         "\n"
         "with your NCID {ncid}, password and PIN this was signed on {date} for provider {provider}:\n"
         "\n"
         "    Submission: {submission}\n"
         "    Document:   {document}\n"
         "    Signature:  {signature}\n"
         "\n"
         "The receipt is in the portal, with your signatures: it is the copy of record, and anybody can verify it.\n"
         "\n"
         "If you did not sign this, repudiate the signature in the portal, report your PIN lost, and\n"
         "contact the NCTracks Call Center at once: {call_center_phone} or {call_center_email}.\n"},
    [NCT_MAIL_BACKUP_SUBMITTED] =
        {"backup.submitted", "A Backup Office Administrator was submitted for provider {provider}",
         "Hello,\n"
         "\n"
         "somebody submitted that {name}, NCID {ncid}, become the Backup Office Administrator of\n"
         "provider {provider} in NCTracks. The agency has to approve it first.\n"
         "\n" NOT_EXPECTED},
    [NCT_MAIL_BACKUP_MADE] = {"backup.made", "Provider {provider} has a Backup Office Administrator",
                              "Hello,\n"
                              "\n"
                              "{name}, NCID {ncid}, is now the Backup Office Administrator of provider {provider}\n"
                              "in NCTracks. The Office Administrator stays the same.\n"
                              "\n" NOT_EXPECTED},
    [NCT_MAIL_BACKUP_ENDED] = {"backup.ended", "No Backup Office Administrator for provider {provider}",
                               "Hello,\n"
                               "\n"
                               "it was submitted that {name}, NCID {ncid}, become the Backup Office Administrator of\n"
                               "provider {provider} in NCTracks. The agency did not approve it; nothing was changed.\n"
                               "\n" NOT_EXPECTED},
    [NCT_MAIL_DRAFT_DISCARDED] =
        {"draft.discarded", "Your draft {document} for provider {provider} was discarded",
         "Hello {name},\n"
         "\n"
         "a draft that you began in NCTracks and that was never submitted was discarded:\n"
         "\n" THE_APPLICATION "\n"
         "Its history in the portal says by whom and why. If you still need it, begin it anew.\n" QUESTIONS},
    [NCT_MAIL_APPLICATION_RECEIVED] = {"application.received",
                                       "Application {document} for provider {provider} was received",
                                       "Hello,\n"
                                       "\n"
                                       "this application was signed and submitted in NCTracks, and the agency has it:\n"
                                       "\n" THE_APPLICATION "\n"
                                       "You will be told what becomes of it.\n"
                                       "\n" NOT_EXPECTED},
    [NCT_MAIL_APPLICATION_IN_REVIEW] = {"application.in_review",
                                        "Application {document} for provider {provider} is under review",
                                        "Hello,\n"
                                        "\n"
                                        "the agency is reviewing this application:\n"
                                        "\n" THE_APPLICATION "\n"
                                        "You need not do anything.\n" QUESTIONS},
    [NCT_MAIL_APPLICATION_RETURNED] =
        {"application.returned", "Application {document} for provider {provider} was returned",
         "Hello,\n"
         "\n"
         "the agency returned this application:\n"
         "\n" THE_APPLICATION "\n"
         "The portal says why. Revise it there, and sign and submit it again before {date}. Otherwise it is\n"
         "abandoned then.\n" QUESTIONS},
    [NCT_MAIL_APPLICATION_INFORMATION] =
        {"application.information", "Application {document} for provider {provider} needs more information",
         "Hello,\n"
         "\n"
         "the agency asks for more information on this application:\n"
         "\n" THE_APPLICATION "\n"
         "The portal says what is asked for. Add it there, and sign and submit it again.\n" QUESTIONS},
    [NCT_MAIL_APPLICATION_PAYMENT] =
        {"application.payment", "Application {document} for provider {provider} waits for a fee",
         "Hello,\n"
         "\n"
         "the agency asks for a fee for this application:\n"
         "\n" THE_APPLICATION "\n"
         "Unless it is paid before {date}, the application is abandoned then.\n" QUESTIONS},
    [NCT_MAIL_APPLICATION_ENDORSEMENT] = {"application.endorsement",
                                          "Application {document} for provider {provider} waits for an endorsement",
                                          "Hello,\n"
                                          "\n"
                                          "before the agency goes on with this application, it has to be endorsed:\n"
                                          "\n" THE_APPLICATION "\n"
                                          "Unless it is before {date}, the application is abandoned then.\n" QUESTIONS},
    [NCT_MAIL_APPLICATION_APPROVED] = {"application.approved",
                                       "Application {document} for provider {provider} was approved",
                                       "Hello,\n"
                                       "\n"
                                       "the agency approved this application:\n"
                                       "\n" THE_APPLICATION QUESTIONS},
    [NCT_MAIL_APPLICATION_MODIFIED] =
        {"application.modified", "Application {document} for provider {provider} was approved with changes",
         "Hello,\n"
         "\n"
         "the agency approved this application with changes, or reduced what it had approved:\n"
         "\n" THE_APPLICATION "\n"
         "The portal says what holds.\n" QUESTIONS},
    [NCT_MAIL_APPLICATION_DENIED] = {"application.denied", "Application {document} for provider {provider} was denied",
                                     "Hello,\n"
                                     "\n"
                                     "the agency denied this application:\n"
                                     "\n" THE_APPLICATION "\n"
                                     "The portal says why.\n" QUESTIONS},
    [NCT_MAIL_APPLICATION_WITHDRAWN] = {"application.withdrawn",
                                        "Application {document} for provider {provider} was withdrawn",
                                        "Hello,\n"
                                        "\n"
                                        "this application was withdrawn, which cannot be undone:\n"
                                        "\n" THE_APPLICATION "\n"
                                        "Its history in the portal says by whom.\n"
                                        "\n" NOT_EXPECTED},
    [NCT_MAIL_APPLICATION_REMINDER] =
        {"application.reminder", "Application {document} for provider {provider} will be abandoned on {date}",
         "Hello,\n"
         "\n"
         "this application has waited for a reply, a fee or an endorsement for a long time:\n"
         "\n" THE_APPLICATION "\n"
         "Unless it comes before {date}, the application is abandoned then.\n" QUESTIONS},
    [NCT_MAIL_APPLICATION_ABANDONED] =
        {"application.abandoned", "Application {document} for provider {provider} was abandoned",
         "Hello,\n"
         "\n"
         "this application waited for a reply, a fee or an endorsement for too long, and was abandoned:\n"
         "\n" THE_APPLICATION "\n"
         "If you still need it, begin it anew.\n" QUESTIONS},
    [NCT_MAIL_APPLICATION_ENDED] = {"application.ended", "Application {document} for provider {provider} was ended",
                                    "Hello,\n"
                                    "\n"
                                    "the agency ended the approval of this application, or made the application void:\n"
                                    "\n" THE_APPLICATION "\n"
                                    "The portal says why.\n" QUESTIONS},
};
#define TEXTS ((int32_t)(sizeof texts / sizeof texts[0]))

static const struct text *find(int32_t template_id) {
    return template_id > 0 && template_id < TEXTS ? &texts[template_id] : NULL;
}

const char *nct_mail_template_name(int32_t template_id) {
    return find(template_id) != NULL ? find(template_id)->name : NULL;
}

const char *nct_mail_template_subject(int32_t template_id) {
    return find(template_id) != NULL ? find(template_id)->subject : NULL;
}

const char *nct_mail_template_body(int32_t template_id) {
    return find(template_id) != NULL ? find(template_id)->body : NULL;
}

size_t nct_mail_parameters(const struct nct_mail_record *mail, struct nct_mail_parameter out[NCT_MAIL_PARAMETERS]) {
    const struct nct_mail_parameter all[NCT_MAIL_PARAMETERS] = {{"ncid", mail->ncid},
                                                                {"name", mail->name},
                                                                {"provider", mail->provider},
                                                                {"pin", mail->pin},
                                                                {"date", mail->date},
                                                                {"time", mail->time},
                                                                {"checkpoint", mail->checkpoint.bytes},
                                                                {"checkpoint_number", mail->checkpoint.number},
                                                                {"checkpoint_time", mail->checkpoint.made_at},
                                                                {"checkpoint_root", mail->checkpoint.root},
                                                                {"checkpoint_hash", mail->checkpoint.hash},
                                                                {"address", mail->address},
                                                                {"token", mail->token},
                                                                {"account", mail->account},
                                                                {"document", mail->document},
                                                                {"submission", mail->submission},
                                                                {"signature", mail->signature},
                                                                {"application", mail->application}};
    size_t count = 0;
    for (size_t i = 0; i < NCT_MAIL_PARAMETERS; i++)
        if (all[i].value[0] != '\0')
            out[count++] = all[i];
    return count;
}

#define LINE 64
#define FOLDED_ROOM (sizeof((struct nct_mail_record *)0)->checkpoint.bytes / LINE * (LINE + 1) + LINE + 1)

struct rendering {
    const struct nct_policy *policy;
    const struct nct_mail_record *mail;
    const char *checkpoint; /* in lines */
};

/* What every template may use, and the parameters of the mail. */
static const char *value_of(const void *context, const char *name, size_t len) {
    const struct rendering *rendering = context;
    struct nct_mail_parameter known[2 + NCT_MAIL_PARAMETERS] = {
        {"call_center_phone", nct_call_center_phone(rendering->policy)},
        {"call_center_email", nct_call_center_email(rendering->policy)}};
    size_t count = 2 + nct_mail_parameters(rendering->mail, known + 2);
    for (size_t i = 0; i < count; i++)
        if (strlen(known[i].name) == len && memcmp(known[i].name, name, len) == 0)
            return known[i].value == rendering->mail->checkpoint.bytes ? rendering->checkpoint : known[i].value;
    return "";
}

/* The digits of a checkpoint stand in lines that no mail server breaks in its own way. */
static void fold(const char *digits, char out[FOLDED_ROOM]) {
    for (size_t len = strlen(digits); len > LINE; len -= LINE, digits += LINE, out += LINE + 1) {
        memcpy(out, digits, LINE);
        out[LINE] = '\n';
    }
    memcpy(out, digits, strlen(digits) + 1);
}

void nct_mail_render(const struct nct_policy *policy, const struct nct_mail_record *mail, const char *text,
                     struct nct_buf *out) {
    char folded[FOLDED_ROOM];
    const struct rendering rendering = {policy, mail, folded};
    struct nct_writer measuring = {NULL, 0, 0};
    fold(mail->checkpoint.bytes, folded);
    nct_template_write(text, value_of, &rendering, &measuring);
    char *room = (char *)nct_buf_extend(out, measuring.len + 1);
    if (room == NULL)
        return;
    struct nct_writer writer = {room, measuring.len + 1, 0};
    nct_template_write(text, value_of, &rendering, &writer);
    (void)nct_writer_end(&writer, NULL);
}

static const char *text_of(const struct nct_languages *languages, const char *language, const char *template_name,
                           const char *part) {
    char key[NCT_TEXT_KEY_ROOM];
    nct_text_compose(key, "mail", template_name, part);
    return nct_languages_text(languages, language, key);
}

void nct_mail_choose_texts(const struct nct_languages *languages, const struct nct_mail_record *mail,
                           struct nct_mail_texts *out) {
    const struct text *text = find(mail->template_id);
    *out = (struct nct_mail_texts){NCT_ENGLISH, "", ""};
    if (text == NULL)
        return;
    const char *language = nct_languages_find(languages, mail->language, strlen(mail->language));
    out->language = language != NULL ? language : nct_languages_usual(languages);
    out->subject = text_of(languages, out->language, text->name, "subject");
    out->body = text_of(languages, out->language, text->name, "body");
    if (out->subject != NULL && out->body != NULL)
        return;
    const char *subject = text_of(languages, NCT_ENGLISH, text->name, "subject");
    const char *body = text_of(languages, NCT_ENGLISH, text->name, "body");
    *out = (struct nct_mail_texts){NCT_ENGLISH, subject != NULL ? subject : text->subject,
                                   body != NULL ? body : text->body};
}
