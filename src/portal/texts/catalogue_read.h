/* A catalogue as one text: read, checked against the English texts. */
#ifndef NCT_PORTAL_TEXTS_CATALOGUE_READ_H
#define NCT_PORTAL_TEXTS_CATALOGUE_READ_H

#include "portal/texts/text_list.h"

#include <nctracks/policy.h>

/*
 * Reads a text. Problems are told up to the list's bound; `complete` asks for every key. On NCT_OK the catalogue is one
 * piece of malloc's memory; out may be NULL. See nct_catalogue_check().
 */
nct_status nct_catalogue_load(const char *language, const char *text, size_t len, int complete,
                              struct nct_policy_problems **problems, struct nct_catalogue *out);

#endif
