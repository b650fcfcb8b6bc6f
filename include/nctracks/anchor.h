/**
 * @file anchor.h
 * @brief The ledger held against a checkpoint that somebody kept.
 * @defgroup anchor Anchors
 * @{
 *
 * What vouches for the past of a ledger is a checkpoint in somebody else's hands, with its leaves or with the proof for
 * one stream (checkpoint.h). Here the live ledger, or an exported stream, is compared with it: up to the checkpoint
 * nothing can have been changed or cut off without that showing.
 *
 * Somebody who compares many streams with one checkpoint reads it once, as an `nct_anchors`.
 */
#ifndef NCTRACKS_ANCHOR_H
#define NCTRACKS_ANCHOR_H

#include <nctracks/checkpoint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a checkpoint that somebody kept says of streams. Immutable; any thread. */
typedef struct nct_anchors nct_anchors;

/**
 * @brief Compares a checkpoint that somebody kept, with its leaves, with the live portal: every stream of then must
 * still be there, whole, with the same past.
 *
 * Reads the whole ledger.
 *
 * @param portal the portal
 * @param checkpoint bytes of the checkpoint
 * @param checkpoint_len their number
 * @param leaves its leaves, see nct_checkpoint_leaves()
 * @param leaves_len their length
 * @param key_set the portal's public keys, from a source you trust
 * @param key_set_len its length
 * @param[out] verdict #NCT_LEDGER_VALID or #NCT_LEDGER_TAMPERED
 * @param[out] stream receives the name of the first stream that was tampered with and a NUL, else an empty string; a
 *     person whose record is gone is named by person id, in hexadecimal
 * @param capacity bytes at @p stream, more than #NCT_STREAM_NAME_MAX
 * @param[out] sequence where that stream is broken, 0 if none is; may be NULL
 * @return #NCT_OK when there is a verdict, whatever it says; #NCT_E_BUFFER; the statuses of nct_checkpoint_verify(),
 *     where #NCT_E_INTEGRITY: the leaves are not those of the checkpoint; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_compare(nct_portal *portal, const void *checkpoint,
                                                       size_t checkpoint_len, const void *leaves, size_t leaves_len,
                                                       const void *key_set, size_t key_set_len, int32_t *verdict,
                                                       char *stream, size_t capacity, uint64_t *sequence);

/**
 * @brief Verifies one stream as nct_ledger_verify() does, and against a checkpoint that somebody kept.
 *
 * #NCT_LEDGER_VALID: the chain is whole, and up to the entry told it is the one the checkpoint vouches for. For entries
 * after it the verdict says no more than #NCT_LEDGER_VALID_BUT_UNANCHORED.
 *
 * @param portal the portal
 * @param stream its name
 * @param stream_len its length
 * @param checkpoint bytes of the checkpoint
 * @param checkpoint_len their number
 * @param proof what nct_checkpoint_prove() made of this stream then
 * @param proof_len its length
 * @param key_set the portal's public keys, from a source you trust
 * @param key_set_len its length
 * @param[out] verdict #NCT_LEDGER_VALID or #NCT_LEDGER_TAMPERED
 * @param[out] sequence how many entries the checkpoint vouches for, or where the chain is broken; may be NULL
 * @return #NCT_OK when there is a verdict, whatever it says; #NCT_E_NOT_FOUND for an unknown person; #NCT_E_FORMAT for
 *     a malformed name; #NCT_E_DOCUMENT: the proof is about another stream; the statuses of
 *     nct_checkpoint_verify_inclusion(); the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_ledger_verify_anchored(nct_portal *portal, const char *stream, size_t stream_len,
                                                           const void *checkpoint, size_t checkpoint_len,
                                                           const void *proof, size_t proof_len, const void *key_set,
                                                           size_t key_set_len, int32_t *verdict, uint64_t *sequence);

/**
 * @brief Takes what a checkpoint that somebody kept says of all streams from its leaves.
 *
 * @param checkpoint bytes of the checkpoint
 * @param checkpoint_len their number
 * @param leaves its leaves, see nct_checkpoint_leaves()
 * @param leaves_len their length
 * @param key_set the portal's public keys, from a source you trust
 * @param key_set_len its length
 * @param[out] out receives it; NULL on failure. Free with nct_anchors_free().
 * @return the statuses of nct_checkpoint_verify(), where #NCT_E_INTEGRITY: the leaves are not those of the checkpoint.
 * @par Threads Any. Needs no portal.
 */
NCT_API NCT_MUST_USE nct_status nct_anchors_from_leaves(const void *checkpoint, size_t checkpoint_len,
                                                        const void *leaves, size_t leaves_len, const void *key_set,
                                                        size_t key_set_len, nct_anchors **out);

/**
 * @brief Takes what a checkpoint that somebody kept says of one stream from a proof.
 *
 * @param checkpoint bytes of the checkpoint
 * @param checkpoint_len their number
 * @param proof what nct_checkpoint_prove() made then
 * @param proof_len its length
 * @param key_set the portal's public keys, from a source you trust
 * @param key_set_len its length
 * @param[out] out receives it; NULL on failure. Free with nct_anchors_free().
 * @return the statuses of nct_checkpoint_verify_inclusion().
 * @par Threads Any. Needs no portal.
 */
NCT_API NCT_MUST_USE nct_status nct_anchors_from_proof(const void *checkpoint, size_t checkpoint_len, const void *proof,
                                                       size_t proof_len, const void *key_set, size_t key_set_len,
                                                       nct_anchors **out);

/**
 * @brief Frees them.
 *
 * @param anchors may be NULL
 */
NCT_API void nct_anchors_free(nct_anchors *anchors);

/**
 * @brief Of how many streams they tell.
 *
 * @param anchors may be NULL
 * @return the count.
 */
NCT_API size_t nct_anchors_count(const nct_anchors *anchors);

/**
 * @brief Verifies one stream as nct_ledger_verify() does, and against what a checkpoint that somebody kept says of it.
 *
 * @param portal the portal
 * @param stream its name
 * @param stream_len its length
 * @param anchors what the checkpoint says
 * @param[out] verdict #NCT_LEDGER_VALID: every entry is one the checkpoint vouches for;
 *     #NCT_LEDGER_VALID_BUT_UNANCHORED: the chain is whole, and nothing vouches for the entries after @p anchored;
 *     #NCT_LEDGER_TAMPERED
 * @param[out] sequence how many entries are valid, or where the chain is broken; may be NULL
 * @param[out] anchored how many entries the checkpoint vouches for, 0 if it does not tell of the stream; may be NULL
 * @return #NCT_OK when there is a verdict, whatever it says; the statuses of nct_ledger_verify().
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_ledger_verify_against(nct_portal *portal, const char *stream, size_t stream_len,
                                                          const nct_anchors *anchors, int32_t *verdict,
                                                          uint64_t *sequence, uint64_t *anchored);

/**
 * @brief Verifies an exported stream as nct_ledger_verify_export() does, and against what a checkpoint says of it.
 *
 * @param bytes the whole export
 * @param bytes_len their number
 * @param anchors what the checkpoint says
 * @param[out] verdict as of nct_ledger_verify_against(); a whole chain that is another than the checkpoint's is broken
 *     at the last entry the checkpoint vouches for, one that was cut off before that behind its end
 * @param[out] sequence how many entries are valid, or where the chain is broken; may be NULL
 * @param[out] anchored how many entries the checkpoint vouches for, 0 if it does not tell of the stream; may be NULL
 * @return the statuses of nct_ledger_verify_export().
 * @par Threads Any. Needs no portal.
 */
NCT_API NCT_MUST_USE nct_status nct_ledger_verify_export_against(const void *bytes, size_t bytes_len,
                                                                 const nct_anchors *anchors, int32_t *verdict,
                                                                 uint64_t *sequence, uint64_t *anchored);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
