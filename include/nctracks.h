/**
 * @file nctracks.h
 * @brief The whole interface of libnctracks.
 */
#ifndef NCTRACKS_H
#define NCTRACKS_H

#include <nctracks/access.h>
#include <nctracks/agreement.h>
#include <nctracks/anchor.h>
#include <nctracks/application.h>
#include <nctracks/approval.h>
#include <nctracks/checkpoint.h>
#include <nctracks/clock.h>
#include <nctracks/config.h>
#include <nctracks/constants.h>
#include <nctracks/contact.h>
#include <nctracks/damage.h>
#include <nctracks/due.h>
#include <nctracks/eft.h>
#include <nctracks/export.h>
#include <nctracks/form.h>
#include <nctracks/group.h>
#include <nctracks/ident.h>
#include <nctracks/invitation.h>
#include <nctracks/key.h>
#include <nctracks/language.h>
#include <nctracks/ledger.h>
#include <nctracks/machine.h>
#include <nctracks/mailer.h>
#include <nctracks/message.h>
#include <nctracks/office.h>
#include <nctracks/option.h>
#include <nctracks/password.h>
#include <nctracks/person.h>
#include <nctracks/pin.h>
#include <nctracks/policy.h>
#include <nctracks/portal.h>
#include <nctracks/principal.h>
#include <nctracks/provider.h>
#include <nctracks/question.h>
#include <nctracks/receipt.h>
#include <nctracks/refusal.h>
#include <nctracks/registration.h>
#include <nctracks/review.h>
#include <nctracks/right.h>
#include <nctracks/role.h>
#include <nctracks/rule.h>
#include <nctracks/sign.h>
#include <nctracks/signin.h>
#include <nctracks/status.h>
#include <nctracks/store.h>
#include <nctracks/submission.h>
#include <nctracks/version.h>
#include <nctracks/work.h>

#endif
