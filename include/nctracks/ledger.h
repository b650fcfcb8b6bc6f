/**
 * @file ledger.h
 * @brief What happened: one hash chain a provider and one a person.
 * @defgroup ledger Ledger
 * @{
 *
 * Every change, and every attempt at a signature, is an entry committed together with it. Each entry holds the hash
 * (BLAKE2b-256) of the one before, so that a change of the past shows. Entries hold no secret.
 *
 * A stream is named "provider:" and the provider's id, "person:" and an NCID, or "key:" and a key id of key.h. Tries
 * with NCIDs nobody knows go to a fixed number of shared streams, "unknown:00" to "unknown:ff", so that they cannot
 * fill the store with names.
 */
#ifndef NCTRACKS_LEDGER_H
#define NCTRACKS_LEDGER_H

#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_LEDGER_VALID = 0,                /**< Whole, and as a checkpoint tells of it (nct_ledger_verify_anchored()). */
    NCT_LEDGER_VALID_BUT_UNANCHORED = 1, /**< Whole; only a checkpoint held elsewhere shows its end. */
    NCT_LEDGER_TAMPERED = 2              /**< The chain is broken at the reported sequence. */
};

/** A page of entries. Immutable; any thread. */
typedef struct nct_entry_list nct_entry_list;

/**
 * @brief Reads a stream, oldest first.
 *
 * @param portal the portal
 * @param stream its name
 * @param stream_len its length
 * @param after nct_entry_list_last() of the page before; 0 for the first page
 * @param limit 1 to 1,000
 * @param[out] out receives the page; nct_entry_list_more() says whether it was the last; NULL on failure. Free with
 *     nct_entry_list_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND for a stream without entries; #NCT_E_FORMAT for a malformed name; the common
 *     statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_ledger_read(nct_portal *portal, const char *stream, size_t stream_len,
                                                uint64_t after, size_t limit, nct_entry_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_entry_list_free(nct_entry_list *list);

/**
 * @brief How many entries a page has.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_entry_list_count(const nct_entry_list *list);

/**
 * @brief Whether entries may follow on another page.
 *
 * @param list the page; NULL is one without any
 * @return 1 or 0.
 */
NCT_API int32_t nct_entry_list_more(const nct_entry_list *list);

/**
 * @brief The sequence of the last entry looked at: the next page begins after it.
 *
 * @param list the page
 * @return the sequence; 0 where none was looked at.
 */
NCT_API uint64_t nct_entry_list_last(const nct_entry_list *list);

/**
 * @brief Sequence of an entry, from 1.
 *
 * @param list the page
 * @param index below the count
 * @return 0 past the end.
 */
NCT_API uint64_t nct_entry_list_sequence(const nct_entry_list *list, size_t index);

/**
 * @brief When.
 *
 * @param list the page
 * @param index below the count
 * @return milliseconds UTC.
 */
NCT_API int64_t nct_entry_list_time(const nct_entry_list *list, size_t index);

/**
 * @brief What, such as "access.granted".
 *
 * @param list the page
 * @param index below the count
 * @return NULL past the end.
 */
NCT_API const char *nct_entry_list_event(const nct_entry_list *list, size_t index);

/**
 * @brief NCID of who acted, or "operator:" and a name.
 *
 * @param list the page
 * @param index below the count
 * @return NULL past the end.
 */
NCT_API const char *nct_entry_list_actor(const nct_entry_list *list, size_t index);

/**
 * @brief NCID of whom it concerned; may be empty.
 *
 * @param list the page
 * @param index below the count
 * @return NULL past the end.
 */
NCT_API const char *nct_entry_list_subject(const nct_entry_list *list, size_t index);

/**
 * @brief Provider it concerned; may be empty.
 *
 * @param list the page
 * @param index below the count
 * @return NULL past the end.
 */
NCT_API const char *nct_entry_list_provider(const nct_entry_list *list, size_t index);

/**
 * @brief Further detail, one line of text such as a role and rights or a reason.
 *
 * @param list the page
 * @param index below the count
 * @return NULL past the end.
 */
NCT_API const char *nct_entry_list_detail(const nct_entry_list *list, size_t index);

/**
 * @brief How it ended: #NCT_OK or the true reason of a refusal.
 *
 * @param list the page
 * @param index below the count
 * @return a status; #NCT_E_ARGUMENT past the end.
 */
NCT_API nct_code nct_entry_list_outcome(const nct_entry_list *list, size_t index);

/**
 * @brief Verifies a whole stream: every entry present, authentic, in order and chained, up to the stream's head; and
 * that the live records are those the stream speaks of, so that an old row put back is found.
 *
 * Of a provider's stream the live grants are compared with the last entry about each person: a grant that is not the
 * one told of is #NCT_LEDGER_TAMPERED at that entry, a grant of which no entry tells behind the last one.
 *
 * @param portal the portal
 * @param stream its name
 * @param stream_len its length
 * @param[out] verdict one of the NCT_LEDGER constants
 * @param[out] sequence how many entries are valid, or where the chain is broken; may be NULL
 * @return #NCT_OK when there is a verdict, whatever it says; #NCT_E_NOT_FOUND; #NCT_E_FORMAT; the common statuses
 *     without #NCT_E_INTEGRITY; #NCT_E_BUSY when the stream kept growing while it was compared.
 */
NCT_API NCT_MUST_USE nct_status nct_ledger_verify(nct_portal *portal, const char *stream, size_t stream_len,
                                                  int32_t *verdict, uint64_t *sequence);

/**
 * @brief Finds the first entry of a stream whose time is out of order: before that of an entry before it, or after now,
 * by more than #NCT_OPTION_CLOCK_BEHIND.
 *
 * Such an entry was written under a wrong clock, see clock.h; the chain may be whole for all that.
 *
 * @param portal the portal
 * @param stream its name
 * @param stream_len its length
 * @param[out] sequence receives its sequence; 0 where all are in order
 * @return #NCT_OK; #NCT_E_NOT_FOUND for an unknown person; #NCT_E_FORMAT; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_ledger_time_order(nct_portal *portal, const char *stream, size_t stream_len,
                                                      uint64_t *sequence);

/**
 * @brief Exports a stream for somebody without the portal, a page at a time: a CBOR sequence (RFC 8742) described in
 * `doc/ledger.cddl`.
 *
 * Append the pages to one file.
 *
 * @param portal the portal
 * @param stream its name
 * @param stream_len its length
 * @param after 0 for the first page, which begins with a header; then @p last of the page before
 * @param limit 1 to 1,000 entries
 * @param[out] out receives the bytes
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length, also with #NCT_E_BUFFER
 * @param[out] last sequence of the last entry exported; equal to @p after when there was none
 * @return #NCT_OK; #NCT_E_BUFFER; #NCT_E_NOT_FOUND for a stream without entries; #NCT_E_FORMAT; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_ledger_export(nct_portal *portal, const char *stream, size_t stream_len,
                                                  uint64_t after, size_t limit, void *out, size_t capacity,
                                                  size_t *out_len, uint64_t *last);

/**
 * @brief Verifies an exported stream without a portal: each entry in the one encoding it can have, in order and
 * chained.
 *
 * Anybody could have made such a chain: what anchors it is a checkpoint that holds its head.
 *
 * @param bytes the whole export
 * @param bytes_len their number
 * @param[out] verdict one of the NCT_LEDGER constants
 * @param[out] sequence how many entries are valid, or where the chain is broken; may be NULL
 * @param[out] head hash of the last valid entry, 32 bytes; may be NULL
 * @return #NCT_OK when there is a verdict, whatever it says; #NCT_E_ENCODING when it does not begin like an export;
 *     #NCT_E_UNSUPPORTED for a later version; #NCT_E_ARGUMENT; #NCT_E_CRYPTO.
 * @par Threads Any. Needs no portal.
 */
NCT_API NCT_MUST_USE nct_status nct_ledger_verify_export(const void *bytes, size_t bytes_len, int32_t *verdict,
                                                         uint64_t *sequence, void *head);

/**
 * @brief The name of a verdict: "valid", "valid but unanchored", "tampered".
 *
 * @param verdict one of the NCT_LEDGER constants
 * @return a constant string; NULL for an unknown verdict.
 */
NCT_API const char *nct_ledger_verdict_name(int32_t verdict);

/** A page of stream names. Immutable; any thread. */
typedef struct nct_stream_list nct_stream_list;

/**
 * @brief Lists the streams.
 *
 * @param portal the portal
 * @param after nct_stream_list_cursor() of the page before; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out receives the page; nct_stream_list_more() says whether it was the last; NULL on failure. Free with
 *     nct_stream_list_free().
 * @return #NCT_OK; #NCT_E_PARTIAL, with a page, where damaged rows were left out (damage.h); #NCT_E_FORMAT for a
 *     malformed cursor; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_ledger_streams(nct_portal *portal, const char *after, size_t after_len,
                                                   size_t limit, nct_stream_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_stream_list_free(nct_stream_list *list);

/**
 * @brief How many names a page has.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_stream_list_count(const nct_stream_list *list);

/**
 * @brief Whether streams may follow on another page.
 *
 * @param list the page; NULL is one without any
 * @return 1 or 0.
 */
NCT_API int32_t nct_stream_list_more(const nct_stream_list *list);

/**
 * @brief One name.
 *
 * @param list the page
 * @param index below the count
 * @return NULL past the end.
 */
NCT_API const char *nct_stream_list_name(const nct_stream_list *list, size_t index);

/**
 * @brief What to pass as `after` for the next page.
 *
 * @param list the page
 * @return a string as long-lived as the page.
 */
NCT_API const char *nct_stream_list_cursor(const nct_stream_list *list);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
