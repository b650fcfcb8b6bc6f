/**
 * @file mailer.h
 * @brief Outgoing mail: one function a host writes, and the outbox behind it.
 * @defgroup mailer Mail
 * @{
 *
 * A mail is staged, sealed, in the commit that causes it, so none is lost and none is sent for a change that
 * did not happen. Delivery is tried right after the commit and again by nct_mail_flush(). A mail is delivered
 * at least once, always with the same id, and wiped from the store once the mailer accepted it.
 *
 * A mail that is refused waits for a time that doubles with each refusal, from the option `mail.backoff` up to a day,
 * and is given up after as many as the option `mail.tries` says, or when it was refused for good. It stays in the
 * outbox for an operator, who has it tried again or discards it.
 *
 * A host that has no mailer, or whose language calls no functions back, claims what waits: nct_mail_claim(), then
 * nct_mail_accept() or nct_mail_give_back().
 */
#ifndef NCTRACKS_MAILER_H
#define NCTRACKS_MAILER_H

#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * One mail. It may hold a PIN or a token. Not for several threads at once; one that was passed to a mailer is valid
 * only during the call.
 */
typedef struct nct_mail nct_mail;

/** A page of mails that wait. Immutable; any thread. */
typedef struct nct_mail_list nct_mail_list;

/** Why a mail was not delivered. */
enum nct_mail_outcome {
    NCT_MAIL_UNREACHED = 1, /**< No server could be reached, or none lets us in: nothing is held against the mail. */
    NCT_MAIL_DEFERRED = 2,  /**< It was refused for the time being. */
    NCT_MAIL_REJECTED = 3   /**< It was refused for good, as where there is no such mailbox: it is given up. */
};

/** What a mail in the outbox is in. */
enum nct_mail_state {
    NCT_MAIL_WAITING = 1, /**< "waiting": it is tried, or claimed, now or at the time of its next try. */
    NCT_MAIL_GIVEN_UP = 2 /**< "given_up": nobody tries it any more, until nct_mail_retry(). */
};

/** The function of a mailer. Fill it with nct_mailer_init() first. */
typedef struct nct_mailer {
    uint32_t struct_size; /**< Set by nct_mailer_init(). */
    uint32_t reserved;    /**< Zero. */
    /**
     * Hands one mail on. Answers #NCT_OK when it was accepted for delivery; anything else keeps it in the outbox:
     * #NCT_E_DENIED when it was refused for good, #NCT_E_BUSY when no server could be reached, which ends a flush and
     * is not held against the mail, #NCT_E_MAILER for any other refusal. May be called for the same id again after a
     * crash or a failure. It may hold a PIN or a token: do not log it.
     */
    nct_status (*send)(const nct_mail *mail, void *user_data);
    /** Ends `user_data`: called once, when nothing uses it any more. May be NULL. */
    void (*destroy)(void *user_data);
} nct_mailer;

/**
 * @brief Prepares a mailer structure.
 *
 * @param mailer the caller's
 * @param size its sizeof
 * @return #NCT_OK; #NCT_E_ARGUMENT for NULL; #NCT_E_UNSUPPORTED for an unknown size.
 */
NCT_API NCT_MUST_USE nct_status nct_mailer_init(nct_mailer *mailer, size_t size);

/**
 * @brief Stable id of a mail, 32 lower-case hexadecimal digits.
 *
 * @param mail the mail
 * @return a string as long-lived as the mail.
 */
NCT_API const char *nct_mail_id(const nct_mail *mail);

/**
 * @brief Name of the template: "pin.issued", "pin.issued.registrant", "pin.reset", "pin.reset_notice", "pin.lost",
 * "checkpoint", "contact.requested", "contact.replaced", "contact.changed", "contact.withdrawn", "contact.welcome",
 * "contact.notice", "contact.contested", "person.added", "access.given", "access.changed", "access.ended",
 * "access.left", "invitation.offered", "invitation.code", "agreement.accepted", "invitation.accepted",
 * "invitation.declined", "oa_change.submitted", "oa_change.made", "oa_change.ended", "eft_change.requested",
 * "eft_change.made", "eft_change.ended", "reverification.notice", "reverification.suspended",
 * "reverification.terminated", "ncid.changed", "ncid.merged", "sign_in.code", "password.code", "password.changed",
 * "provider.changed", "backup.submitted", "backup.made", "backup.ended", "draft.discarded", "signature.made",
 * "application.received", "application.in_review", "application.returned", "application.information",
 * "application.payment", "application.endorsement", "application.approved", "application.modified",
 * "application.denied", "application.withdrawn", "application.reminder", "application.abandoned",
 * "application.ended".
 *
 * @param mail the mail
 * @return a constant string.
 */
NCT_API const char *nct_mail_template(const nct_mail *mail);

/**
 * @brief Language of subject and body (RFC 5646): the recipient's where it is known and has texts of this template,
 * else the portal's, else "en"; see nctracks/language.h.
 *
 * @param mail the mail
 * @return a string as long-lived as the mail.
 */
NCT_API const char *nct_mail_language(const nct_mail *mail);

/**
 * @brief Name of the recipient; one line, no control characters.
 *
 * @param mail the mail
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_mail_recipient_name(const nct_mail *mail);

/**
 * @brief Address of the recipient, a valid addr-spec.
 *
 * @param mail the mail
 * @return a string as long-lived as it.
 */
NCT_API const char *nct_mail_recipient_address(const nct_mail *mail);

/**
 * @brief Subject, one line of text without secrets.
 *
 * @param mail the mail
 * @return a string as long-lived as the mail.
 */
NCT_API const char *nct_mail_subject(const nct_mail *mail);

/**
 * @brief Plain-text body, UTF-8, lines ended by LF.
 *
 * @param mail the mail
 * @return a string as long-lived as the mail.
 */
NCT_API const char *nct_mail_body(const nct_mail *mail);

/**
 * @brief How many parameters the template has, for hosts that write their own text.
 *
 * @param mail the mail
 * @return the count.
 */
NCT_API size_t nct_mail_parameter_count(const nct_mail *mail);

/**
 * @brief Name of a parameter: "ncid", "name", "pin", "provider", "address", "token", "account" (masked), "date"; of a
 * checkpoint "checkpoint" (its bytes in hexadecimal digits), "checkpoint_number", "checkpoint_time", "checkpoint_root",
 * "checkpoint_hash".
 *
 * @param mail the mail
 * @param index below the count
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_mail_parameter_name(const nct_mail *mail, size_t index);

/**
 * @brief Value of a parameter.
 *
 * @param mail the mail
 * @param index below the count
 * @return a string as long-lived as the mail; NULL past the end.
 */
NCT_API const char *nct_mail_parameter_value(const nct_mail *mail, size_t index);

/**
 * @brief Value of the parameter of a name, such as "pin".
 *
 * @param mail the mail
 * @param name of the parameter, NUL-terminated
 * @return a string as long-lived as the mail; NULL where the mail has none of this name.
 */
NCT_API const char *nct_mail_parameter(const nct_mail *mail, const char *name);

/**
 * @brief Tries to deliver waiting mails, oldest first.
 *
 * Several processes may flush at once: each mail is first claimed.
 *
 * @param portal a portal with a mailer
 * @param limit the most mails to try
 * @param[out] sent how many were accepted; may be NULL
 * @param[out] waiting how many were tried and refused by the mailer, are claimed by another, given up, or not to be
 *     tried yet; may be NULL
 * @return #NCT_OK when all that could be tried were tried, or the mailer answered that it reaches nobody; #NCT_E_STATE
 * without a mailer; the common statuses. A mail that was put back into the store after its delivery is
 * #NCT_E_INTEGRITY; it is not sent, the others are. So it is with damaged ones, #NCT_E_PARTIAL (damage.h).
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_mail_flush(nct_portal *portal, size_t limit, size_t *sent, size_t *waiting);

/**
 * @brief Claims the next mail that waits, oldest first, for as long as the option `mail.lease` says.
 *
 * Mails that another process or a mailer has claimed, that are given up, and whose next try is later are passed over.
 * When the time is over without an answer, as after a crash, the mail waits again. To go through the outbox once, begin
 * with the empty text and go on after the id of the mail before, so that one that was given back is not claimed again
 * in the same round.
 *
 * @param portal the portal, with a mailer or without
 * @param after the id of the mail before; empty or NULL for the first
 * @param after_len its length
 * @param[out] out receives the mail with its texts; NULL on failure. Free with nct_mail_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND when no other mail waits; #NCT_E_FORMAT for what is no id; the common statuses.
 *     #NCT_E_INTEGRITY or #NCT_E_PARTIAL where none can be claimed but some were passed over that do not open, or were
 *     put back into the store after their delivery (damage.h).
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_mail_claim(nct_portal *portal, const char *after, size_t after_len, nct_mail **out);

/**
 * @brief Says that a claimed mail was accepted for delivery: it is removed from the outbox.
 *
 * @param mail from nct_mail_claim()
 * @return #NCT_OK, also when it was removed meanwhile; #NCT_E_STATE for one that was accepted or given back before, or
 * that a mailer was passed; the common statuses, after which the mail may be accepted again.
 * @par Threads One at a time for one mail.
 */
NCT_API NCT_MUST_USE nct_status nct_mail_accept(nct_mail *mail);

/**
 * @brief Gives a claimed mail back: it waits again.
 *
 * @param mail from nct_mail_claim()
 * @param outcome enum nct_mail_outcome: whether it is tried again, and when
 * @param reason why, such as the server's answer, a line of up to 100 characters without secrets;
 * nct_mail_list_refusal() tells it
 * @param reason_len its length
 * @return #NCT_OK; #NCT_E_ARGUMENT for an unknown outcome; #NCT_E_STATE for one that was accepted or given back before,
 * or claimed by another when the time was over; #NCT_E_NOT_FOUND when it was removed meanwhile; a status of the value
 * range for the reason; the common statuses.
 * @par Threads One at a time for one mail.
 */
NCT_API NCT_MUST_USE nct_status nct_mail_give_back(nct_mail *mail, int32_t outcome, const char *reason,
                                                   size_t reason_len);

/**
 * @brief Until when a claimed mail is claimed.
 *
 * @param mail the mail
 * @return milliseconds since 1970; 0 for NULL.
 */
NCT_API int64_t nct_mail_claimed_until(const nct_mail *mail);

/**
 * @brief Wipes and frees a claimed mail; one that was neither accepted nor given back waits again when its time is
 * over.
 *
 * @param mail may be NULL
 */
NCT_API void nct_mail_free(nct_mail *mail);

/**
 * @brief Has a mail in the outbox tried again, as if nobody had refused it. Written to the ledger.
 *
 * @param portal the portal
 * @param operator_name who does this: a line of up to 100 characters
 * @param operator_name_len its length
 * @param id the mail's id
 * @param id_len its length
 * @param reason why: a line of up to 100 characters without secrets
 * @param reason_len its length
 * @return #NCT_OK; #NCT_E_NOT_FOUND: no such mail waits; #NCT_E_STATE: it is claimed; #NCT_E_FORMAT for what is no id;
 * a status of the value range for the texts; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_mail_retry(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                               const char *id, size_t id_len, const char *reason, size_t reason_len);

/**
 * @brief Removes a mail that was given up. Written to the ledger; nobody gets it. The PIN or the code that stands in it
 * is of no use to anybody then: have a new one sent.
 *
 * @param portal the portal
 * @param operator_name who does this: a line of up to 100 characters
 * @param operator_name_len its length
 * @param id the mail's id
 * @param id_len its length
 * @param reason why: a line of up to 100 characters without secrets
 * @param reason_len its length
 * @return #NCT_OK; #NCT_E_NOT_FOUND: no such mail waits; #NCT_E_STATE: it is not given up; #NCT_E_FORMAT for what is no
 * id; a status of the value range for the texts; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_mail_discard(nct_portal *portal, const char *operator_name,
                                                 size_t operator_name_len, const char *id, size_t id_len,
                                                 const char *reason, size_t reason_len);

/**
 * @brief Lists waiting mails, oldest first, without their content.
 *
 * @param portal the portal
 * @param after nct_mail_list_cursor() of the page before; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000: how many are looked at; a page may hold fewer
 * @param[out] out receives the page; nct_mail_list_more() says whether it was the last; NULL on failure. Free with
 * nct_mail_list_free().
 * @return #NCT_OK; #NCT_E_PARTIAL, with a page, where damaged mails were left out (damage.h); the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_mail_list_page(nct_portal *portal, const char *after, size_t after_len,
                                                   size_t limit, nct_mail_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_mail_list_free(nct_mail_list *list);

/**
 * @brief How many mails a page has.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_mail_list_count(const nct_mail_list *list);

/**
 * @brief Whether mails may follow on another page.
 *
 * @param list the page; NULL is one without any
 * @return 1 or 0.
 */
NCT_API int32_t nct_mail_list_more(const nct_mail_list *list);

/**
 * @brief Where the next page begins.
 *
 * @param list the page
 * @return a cursor as long-lived as the page; empty where nothing was looked at; NULL for NULL.
 */
NCT_API const char *nct_mail_list_cursor(const nct_mail_list *list);

/**
 * @brief Id of a waiting mail.
 *
 * @param list the page
 * @param index below the count
 * @return NULL past the end.
 */
NCT_API const char *nct_mail_list_id(const nct_mail_list *list, size_t index);

/**
 * @brief Template of a waiting mail.
 *
 * @param list the page
 * @param index below the count
 * @return NULL past the end.
 */
NCT_API const char *nct_mail_list_template(const nct_mail_list *list, size_t index);

/**
 * @brief NCID a waiting mail is about.
 *
 * @param list the page
 * @param index below the count
 * @return NULL past the end.
 */
NCT_API const char *nct_mail_list_ncid(const nct_mail_list *list, size_t index);

/**
 * @brief Recipient's address of a waiting mail.
 *
 * @param list the page
 * @param index below the count
 * @return NULL past the end.
 */
NCT_API const char *nct_mail_list_recipient(const nct_mail_list *list, size_t index);

/**
 * @brief When a waiting mail was queued.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC.
 */
NCT_API int64_t nct_mail_list_queued_at(const nct_mail_list *list, size_t index);

/**
 * @brief How often delivery was tried.
 *
 * @param list the page
 * @param index below the count
 * @return the count.
 */
NCT_API int32_t nct_mail_list_tries(const nct_mail_list *list, size_t index);

/**
 * @brief Why the last one who claimed it gave it back.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page, empty where nobody did; NULL past the end.
 */
NCT_API const char *nct_mail_list_refusal(const nct_mail_list *list, size_t index);

/**
 * @brief Whether a mail waits or was given up.
 *
 * @param list the page
 * @param index below the count
 * @return enum nct_mail_state; 0 past the end.
 */
NCT_API int32_t nct_mail_list_state(const nct_mail_list *list, size_t index);

/**
 * @brief From when on a waiting mail may be tried again.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: at once, or never for one that was given up.
 */
NCT_API int64_t nct_mail_list_next_try_at(const nct_mail_list *list, size_t index);

/**
 * @brief The name of a state, as it is written here.
 *
 * @param state enum nct_mail_state
 * @return a constant string; NULL for an unknown number.
 */
NCT_API const char *nct_mail_state_name(int32_t state);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
