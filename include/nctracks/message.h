/**
 * @file message.h
 * @brief Each person's list of messages: what they were told, without secrets.
 * @defgroup message Messages
 * @{
 *
 * Whatever mail is sent to a person at the address on file is in their list as well, from the commit that caused it;
 * PINs and codes stand as asterisks there. Every signature is acknowledged, with how to repudiate it; every move of an
 * application is told to those whom the profile names (`notice.application`, `notice.request`). The host has
 * authenticated who reads.
 */
#ifndef NCTRACKS_MESSAGE_H
#define NCTRACKS_MESSAGE_H

#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    /** Length of a message's id, in hexadecimal digits. */
    NCT_MESSAGE_ID_LENGTH = 32
};

/** A page of messages. Immutable; any thread. */
typedef struct nct_message_list nct_message_list;

/**
 * @brief Lists a person's messages, the newest first.
 *
 * @param portal the portal
 * @param ncid whose
 * @param ncid_len its length
 * @param after cursor of the page before; may be NULL for the first
 * @param after_len its length; 0: from the newest
 * @param limit most messages in the page, 1 to 1000
 * @param[out] out receives the page; NULL on failure. Free with nct_message_list_free().
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range for the NCID; #NCT_E_FORMAT for no cursor;
 *     #NCT_E_UNKNOWN_PERSON; #NCT_OK or one of the common statuses.
 * @par Threads Any. Of at most 1,000 messages none can have been taken away behind the library's back.
 */
NCT_API NCT_MUST_USE nct_status nct_message_list_page(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                      const char *after, size_t after_len, size_t limit,
                                                      nct_message_list **out);

/**
 * @brief Marks a message as read, or as unread again.
 *
 * It is no change of the record: it leaves no entry in the ledger.
 *
 * @param portal the portal
 * @param ncid whose
 * @param ncid_len its length
 * @param id the message's id
 * @param id_len its length
 * @param is_read 1: read, as of now unless it was before; 0: unread
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range for the NCID; #NCT_E_FORMAT for no id;
 *     #NCT_E_UNKNOWN_PERSON; #NCT_E_NOT_FOUND for a message that is not theirs; #NCT_OK or one of the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_message_mark(nct_portal *portal, const char *ncid, size_t ncid_len, const char *id,
                                                 size_t id_len, int32_t is_read);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_message_list_free(nct_message_list *list);

/**
 * @brief How many messages the page holds.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_message_list_count(const nct_message_list *list);

/**
 * @brief Whether a further page may follow.
 *
 * @param list may be NULL
 * @return 1 or 0.
 */
NCT_API int32_t nct_message_list_more(const nct_message_list *list);

/**
 * @brief Where the next page begins: the id of the last message.
 *
 * @param list may be NULL
 * @return a string as long-lived as the page; empty for an empty page.
 */
NCT_API const char *nct_message_list_cursor(const nct_message_list *list);

/**
 * @brief Id of a message.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_message_list_id(const nct_message_list *list, size_t index);

/**
 * @brief Its template, as nct_mail_template() names it.
 *
 * @param list the page
 * @param index below the count
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_message_list_template(const nct_message_list *list, size_t index);

/**
 * @brief Its subject, in the language of its text.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_message_list_subject(const nct_message_list *list, size_t index);

/**
 * @brief Its text, lines ended by LF; secrets are asterisks.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page; NULL past the end.
 */
NCT_API const char *nct_message_list_body(const nct_message_list *list, size_t index);

/**
 * @brief The language of subject and text (RFC 5646).
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the portal; NULL past the end.
 */
NCT_API const char *nct_message_list_language(const nct_message_list *list, size_t index);

/**
 * @brief The provider it is about.
 *
 * @param list the page
 * @param index below the count
 * @return a string as long-lived as the page, empty where it is about none; NULL past the end.
 */
NCT_API const char *nct_message_list_provider(const nct_message_list *list, size_t index);

/**
 * @brief The signature it acknowledges: what leads to the receipt, and to repudiating it.
 *
 * @param list the page
 * @param index below the count
 * @return the id as nct_signature_id() names it, as long-lived as the page, empty where it is about none; NULL past the
 *     end.
 */
NCT_API const char *nct_message_list_signature(const nct_message_list *list, size_t index);

/**
 * @brief The application it is about.
 *
 * @param list the page
 * @param index below the count
 * @return the id as nct_application_id() names it, as long-lived as the page, empty where it is about none; NULL past
 *     the end.
 */
NCT_API const char *nct_message_list_application(const nct_message_list *list, size_t index);

/**
 * @brief When it was sent.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0 past the end.
 */
NCT_API int64_t nct_message_list_sent_at(const nct_message_list *list, size_t index);

/**
 * @brief When it was marked as read.
 *
 * @param list the page
 * @param index below the count
 * @return ms UTC; 0: it is unread.
 */
NCT_API int64_t nct_message_list_read_at(const nct_message_list *list, size_t index);

/**
 * @brief #NCT_MESSAGE_ID_LENGTH as a function.
 *
 * @return bytes without the NUL.
 */
NCT_API size_t nct_message_id_length(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
