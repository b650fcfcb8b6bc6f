/*
 * What fuzz targets of evidence share: a signing key of their own, so that arbitrary claims come past the signature,
 * and inputs of several pieces.
 */
#ifndef NCT_FUZZ_SEALED_H
#define NCT_FUZZ_SEALED_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

#define FUZZ_KEY_ID "fuzz key"
#define FUZZ_CHECKPOINT_TYPE "application/nctracks-checkpoint+cbor"
#define FUZZ_REPUDIATION_TYPE "application/nctracks-repudiation+cbor"
#define FUZZ_ANNOUNCEMENT_TYPE "application/nctracks-key+cbor"
#define FUZZ_RECEIPT_TYPE "application/nctracks-receipt+cbor"

/* Ends the program, as a find of the fuzzer's, unless it holds. */
void fuzz_require(int holds);

struct piece {
    const uint8_t *at;
    size_t len;
};

/* Takes a piece off the front: its length in two bytes, big-endian, then so many bytes, or as many as there are. */
struct piece fuzz_take(struct piece *rest);
/* Takes a number off the front: eight bytes, big-endian, or as many as there are. */
uint64_t fuzz_take_number(struct piece *rest);

/* A COSE_Sign1 object over a payload; free it with nct_buf_free(). */
struct nct_buf fuzz_seal(const char *type, struct piece payload);
/* The key set it verifies with. */
struct piece fuzz_keys(void);
/* An empty buffer. */
struct nct_buf fuzz_buf(void);
struct piece fuzz_piece(const struct nct_buf *buf);

/* A checkpoint's claims (doc/checkpoint.cddl). */
struct fuzz_claims {
    uint64_t number, streams, entries;
    const unsigned char *root, *previous; /* previous may be NULL */
};
struct nct_buf fuzz_checkpoint(const struct fuzz_claims *claims);

#endif
