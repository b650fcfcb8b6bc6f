/**
 * @file checkpoint.h
 * @brief Checkpoints: the whole ledger in one signed hash, for somebody else to hold.
 * @defgroup checkpoint Checkpoints
 * @{
 *
 * A chain that its keeper alone holds can be cut off at its end, or made anew from any point by whoever has the keys. A
 * checkpoint ends that: the root of a Merkle tree (RFC 6962, over BLAKE2b-256) whose leaves are the heads of all
 * streams, signed as COSE_Sign1 and naming the checkpoint before. Make one every day, and let somebody else keep it:
 * from then on no stream can shrink or change its past up to there without that showing. What came after the last
 * checkpoint held elsewhere, nothing vouches for.
 *
 * A portal makes no checkpoint that contradicts its last one. Checkpoints, leaves and proofs are described in
 * `doc/checkpoint.cddl`; functions without a portal need nothing but the bytes.
 */
#ifndef NCTRACKS_CHECKPOINT_H
#define NCTRACKS_CHECKPOINT_H

#include <nctracks/ledger.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_CHECKPOINT_HASH = 32, /**< Bytes of a hash: BLAKE2b-256. */
    NCT_STREAM_NAME_MAX = 39  /**< Longest name of a stream, without its NUL. */
};

/** A checkpoint. Immutable; any thread. */
typedef struct nct_checkpoint nct_checkpoint;

/** What a proof of inclusion says. Immutable; any thread. */
typedef struct nct_inclusion nct_inclusion;

/**
 * @brief Makes a checkpoint of all streams as they are now, and stores it.
 *
 * Streams may grow meanwhile.
 *
 * Takes time and memory in proportion to the number of streams: about 200 bytes each.
 *
 * @param portal the portal
 * @param[out] out receives the checkpoint; NULL on failure; may be NULL. Free with nct_checkpoint_free().
 * @return #NCT_OK; #NCT_E_INTEGRITY when a stream of the last checkpoint is gone, shorter, or has another past: nothing
 *     is signed then, nct_checkpoint_examine() tells why; #NCT_E_BUSY when others kept making checkpoints;
 *     #NCT_E_NOT_ANNOUNCED or #NCT_E_KEY_COMPROMISED when the portal's key signs nothing; the common statuses.
 * @par Threads Any. Of two makers at once each makes one, one after the other.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_make(nct_portal *portal, nct_checkpoint **out);

enum {
    NCT_CHECKPOINT_AGREES = 0,         /**< Nothing is in the way: the next checkpoint can be made. */
    NCT_CHECKPOINT_LAST_ALTERED = 1,   /**< The last checkpoint, or the record that tells which it is. */
    NCT_CHECKPOINT_LEAVES_ALTERED = 2, /**< The leaves kept of the last checkpoint are not those that were signed. */
    NCT_CHECKPOINT_STREAM_ALTERED = 3  /**< A stream is gone, shorter, or has another past. */
};

/**
 * @brief What is in the way of the next checkpoint: compares all streams with the last one, and signs nothing.
 *
 * nct_ledger_verify() of the stream `portal` finds the first two as well. `doc/guide-ledger.md` says what to do about
 * each.
 *
 * @param portal the portal
 * @param[out] finding receives one of the constants above
 * @param[out] stream receives the name of the first stream that does not agree and a NUL; empty for another finding
 * @param capacity bytes at @p stream, more than #NCT_STREAM_NAME_MAX
 * @param[out] sequence receives the entry up to which the last checkpoint vouches for that stream; may be NULL
 * @return #NCT_OK, whatever was found; #NCT_E_BUFFER; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_examine(nct_portal *portal, int32_t *finding, char *stream,
                                                       size_t capacity, uint64_t *sequence);

/**
 * @brief Writes the leaves of the last checkpoint anew, where what is kept of them was altered.
 *
 * Nothing is taken on trust: the leaves must give the root that was signed. So nothing is lost by it, and the next
 * checkpoint is compared as ever.
 *
 * @param portal the portal
 * @param operator_name who does this, a line of up to 100 characters; kept in the ledger
 * @param operator_name_len its length
 * @param leaves a copy, as nct_checkpoint_leaves() gave it; NULL: found in the streams, by the times of their entries
 * @param leaves_len its length
 * @param reason why, a line of up to 100 characters; kept in the ledger
 * @param reason_len its length
 * @return #NCT_OK; #NCT_E_STATE: they are as they were; #NCT_E_NOT_FOUND: no checkpoint was made, or neither the copy
 * nor the streams give the root that was signed; #NCT_E_ENCODING; #NCT_E_INTEGRITY when the checkpoint itself or a
 * stream was altered; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_rebuild(nct_portal *portal, const char *operator_name,
                                                       size_t operator_name_len, const void *leaves, size_t leaves_len,
                                                       const char *reason, size_t reason_len);

/**
 * @brief Gives up the comparison with the last checkpoint, where something is in its way for good.
 *
 * The next checkpoint names the one before, is compared with nothing, and covers the entry that says so: whoever holds
 * an earlier checkpoint and its leaves can still compare with those, nct_checkpoint_compare(), and should.
 *
 * @param portal the portal
 * @param operator_name who does this, a line of up to 100 characters; kept in the ledger
 * @param operator_name_len its length
 * @param reason why, a line of up to 100 characters; kept in the ledger
 * @param reason_len its length
 * @return #NCT_OK; #NCT_E_STATE: nothing is in the way; #NCT_E_NOT_FOUND: no checkpoint was made; a status of the value
 *     range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_restart(nct_portal *portal, const char *operator_name,
                                                       size_t operator_name_len, const char *reason, size_t reason_len);

/**
 * @brief Reads a checkpoint that was made.
 *
 * @param portal the portal
 * @param number from 1; 0: the last one
 * @param[out] out receives the checkpoint; NULL on failure. Free with nct_checkpoint_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_get(nct_portal *portal, uint64_t number, nct_checkpoint **out);

/**
 * @brief Reads the last checkpoint with its leaves, for somebody who will compare them with the portal later.
 *
 * Only the last one's are kept.
 *
 * @param portal the portal
 * @param[out] out receives the checkpoint; NULL on failure. Free with nct_checkpoint_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_export_leaves(nct_portal *portal, nct_checkpoint **out);

/**
 * @brief Queues a checkpoint as a mail, so that somebody else holds it.
 *
 * The mail carries its bytes in hexadecimal digits, in the body between two lines and as the parameter `checkpoint`,
 * with number, time, root, hash and how to verify it. It holds no secret. A checkpoint is about no provider or person,
 * so the ledger has no entry of this.
 *
 * @param portal the portal
 * @param number from 1; 0: the last one
 * @param address e-mail address of who keeps it: somebody whom the portal's keepers cannot make forget
 * @param address_len its length
 * @return #NCT_OK: it is in the outbox, and delivery was tried where there is a mailer, see nct_mail_flush();
 *     #NCT_E_NOT_FOUND; a status of the value range for the address; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_mail(nct_portal *portal, uint64_t number, const char *address,
                                                    size_t address_len);

/**
 * @brief Takes a checkpoint out of a text, such as the mail of nct_checkpoint_mail() with its headers.
 *
 * The first one, if there are several; it is not verified.
 *
 * @param text the text
 * @param text_len its length
 * @param[out] out receives the bytes, for nct_checkpoint_verify()
 * @param capacity bytes at @p out; 512 suffice for any checkpoint
 * @param[out] out_len receives the length, also with #NCT_E_BUFFER
 * @return #NCT_OK; #NCT_E_ENCODING: there is none, or it is not whole; #NCT_E_BUFFER; #NCT_E_ARGUMENT.
 * @par Threads Any. Needs no portal.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_from_text(const char *text, size_t text_len, void *out, size_t capacity,
                                                         size_t *out_len);

/**
 * @brief Frees a checkpoint.
 *
 * @param checkpoint may be NULL
 */
NCT_API void nct_checkpoint_free(nct_checkpoint *checkpoint);

/**
 * @brief Its number, from 1.
 *
 * @param checkpoint the checkpoint
 * @return 0 for NULL.
 */
NCT_API uint64_t nct_checkpoint_number(const nct_checkpoint *checkpoint);

/**
 * @brief When it was made.
 *
 * @param checkpoint the checkpoint
 * @return milliseconds UTC; 0 for NULL.
 */
NCT_API int64_t nct_checkpoint_time(const nct_checkpoint *checkpoint);

/**
 * @brief How many streams it covers.
 *
 * @param checkpoint the checkpoint
 * @return 0 for NULL.
 */
NCT_API uint64_t nct_checkpoint_streams(const nct_checkpoint *checkpoint);

/**
 * @brief How many entries these have.
 *
 * @param checkpoint the checkpoint
 * @return 0 for NULL.
 */
NCT_API uint64_t nct_checkpoint_entries(const nct_checkpoint *checkpoint);

/**
 * @brief The root of its tree.
 *
 * @param checkpoint the checkpoint
 * @return #NCT_CHECKPOINT_HASH bytes, as long-lived as the checkpoint; NULL for NULL.
 */
NCT_API const void *nct_checkpoint_root(const nct_checkpoint *checkpoint);

/**
 * @brief The hash of its bytes, by which the next one names it; short enough to be read out or printed.
 *
 * @param checkpoint the checkpoint
 * @return #NCT_CHECKPOINT_HASH bytes, as long-lived as the checkpoint; NULL for NULL.
 */
NCT_API const void *nct_checkpoint_hash(const nct_checkpoint *checkpoint);

/**
 * @brief The COSE_Sign1 object: what somebody else should hold.
 *
 * @param checkpoint the checkpoint
 * @param[out] bytes_len its length
 * @return the bytes, as long-lived as the checkpoint; NULL for NULL.
 */
NCT_API const void *nct_checkpoint_bytes(const nct_checkpoint *checkpoint, size_t *bytes_len);

/**
 * @brief Its leaves, one behind the other (a CBOR sequence, RFC 8742).
 *
 * @param checkpoint the checkpoint
 * @param[out] leaves_len their length
 * @return the bytes, as long-lived as the checkpoint; NULL unless it comes from nct_checkpoint_export_leaves().
 */
NCT_API const void *nct_checkpoint_leaves(const nct_checkpoint *checkpoint, size_t *leaves_len);

/**
 * @brief Verifies a checkpoint offline, alone or as the one that follows another.
 *
 * @param checkpoint its bytes
 * @param checkpoint_len their number
 * @param key_set the portal's public keys (nct_portal_key_set()), from a source you trust
 * @param key_set_len its length
 * @param previous bytes of the checkpoint before; NULL: it is verified alone
 * @param previous_len their number
 * @param[out] out receives what it says, only if it is right; NULL on failure; may be NULL. Free with
 *     nct_checkpoint_free().
 * @return #NCT_OK; #NCT_E_ENCODING: not a checkpoint, or not in the one encoding it can have; #NCT_E_UNSUPPORTED:
 *     another algorithm, kind of evidence or version; #NCT_E_UNKNOWN_KEY; #NCT_E_SIGNATURE: forged, or changed since;
 *     #NCT_E_KEY_COMPROMISED: made at or after the point from which the key is declared compromised; #NCT_E_INTEGRITY:
 *     both are not of one history: @p previous is not the checkpoint named, or has more streams or entries;
 *     #NCT_E_NO_MEMORY; #NCT_E_ARGUMENT; #NCT_E_CRYPTO.
 * @par Threads Any. Needs no portal.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_verify(const void *checkpoint, size_t checkpoint_len,
                                                      const void *key_set, size_t key_set_len, const void *previous,
                                                      size_t previous_len, nct_checkpoint **out);

/**
 * @brief Proves that the head of a stream is in the last checkpoint.
 *
 * @param portal the portal
 * @param stream its name, see ledger.h
 * @param stream_len its length
 * @param[out] out receives the proof, about 1 KB
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length, also with #NCT_E_BUFFER
 * @param[out] checkpoint receives the checkpoint the proof belongs to; NULL on failure; may be NULL. Free with
 *     nct_checkpoint_free().
 * @return #NCT_OK; #NCT_E_BUFFER; #NCT_E_NOT_FOUND: there is no checkpoint, or the stream is younger than the last one;
 *     #NCT_E_FORMAT for a malformed name; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_prove(nct_portal *portal, const char *stream, size_t stream_len,
                                                     void *out, size_t capacity, size_t *out_len,
                                                     nct_checkpoint **checkpoint);

/**
 * @brief Verifies offline that a stream's head is in a checkpoint.
 *
 * @param checkpoint bytes of the checkpoint
 * @param checkpoint_len their number
 * @param key_set the portal's public keys, from a source you trust
 * @param key_set_len its length
 * @param proof what nct_checkpoint_prove() made
 * @param proof_len its length
 * @param[out] out receives what is proved; NULL on failure; may be NULL. Free with nct_inclusion_free().
 * @return the statuses of nct_checkpoint_verify(), where #NCT_E_ENCODING and #NCT_E_UNSUPPORTED are also those of a
 *     malformed proof, and #NCT_E_INTEGRITY: the proof does not lead to the checkpoint's root, because it was changed
 *     or belongs to another.
 * @par Threads Any. Needs no portal.
 */
NCT_API NCT_MUST_USE nct_status nct_checkpoint_verify_inclusion(const void *checkpoint, size_t checkpoint_len,
                                                                const void *key_set, size_t key_set_len,
                                                                const void *proof, size_t proof_len,
                                                                nct_inclusion **out);

/**
 * @brief Frees it.
 *
 * @param inclusion may be NULL
 */
NCT_API void nct_inclusion_free(nct_inclusion *inclusion);

/**
 * @brief The key of the stream: "P" and the provider's id, "U" and a person id of 16 bytes, or "K" and a key id of 8
 * bytes.
 *
 * @param inclusion what was proved
 * @param[out] stream_len its length
 * @return the bytes, as long-lived as @p inclusion; NULL for NULL.
 */
NCT_API const void *nct_inclusion_stream(const nct_inclusion *inclusion, size_t *stream_len);

/**
 * @brief How many entries the stream had.
 *
 * @param inclusion what was proved
 * @return 0 for NULL.
 */
NCT_API uint64_t nct_inclusion_sequence(const nct_inclusion *inclusion);

/**
 * @brief The hash of the last of them.
 *
 * @param inclusion what was proved
 * @return #NCT_CHECKPOINT_HASH bytes, as long-lived as @p inclusion; NULL for NULL.
 */
NCT_API const void *nct_inclusion_hash(const nct_inclusion *inclusion);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
