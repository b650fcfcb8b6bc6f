/* What the parts of make_evidence share. */
#ifndef MAKE_EVIDENCE_H
#define MAKE_EVIDENCE_H

#include <nctracks/portal.h>

#include <stddef.h>

/* Writes a file of the folder, named by both. */
void save(const char *name, const char *suffix, const void *bytes, size_t len);

/* The signer's declaration that repudiates a signature. */
void make_repudiation(nct_portal *portal, const char *name, const char *id);

/* Two checkpoints with their leaves, a proof of each stream in the second, and each stream, which goes on after it. */
void make_ledger(nct_portal *portal);

#endif
