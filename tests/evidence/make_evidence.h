/* What the parts of make_evidence share. */
#ifndef MAKE_EVIDENCE_H
#define MAKE_EVIDENCE_H

#include <nctracks/portal.h>
#include <nctracks/sign.h>

#include <stddef.h>

/* Writes a file of the folder, named by both. */
void save(const char *name, const char *suffix, const void *bytes, size_t len);

/* The signer's declaration that repudiates a signature. */
void make_repudiation(nct_portal *portal, const char *name, const char *id);

/* Receipts of a portal whose key was rotated and then compromised: rotated-*, with a key set of their own. */
void make_rotated(void);

/* The Office Administrator's signature on a document. */
nct_signature *sign_as_olivia(nct_portal *portal, const char *pin, const char *kind, const void *document, size_t len);

/* Two checkpoints with their leaves, a proof of each stream in the second, and each stream, which goes on after it. */
void make_ledger(nct_portal *portal);

#endif
