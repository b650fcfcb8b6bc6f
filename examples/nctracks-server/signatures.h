/** Signatures as JSON. */
#ifndef NCTRACKS_SERVER_SIGNATURES_H
#define NCTRACKS_SERVER_SIGNATURES_H

#include <nctracks/sign.h>

#include "request.h"

/** What a signature says. */
json_t *signatures_json(const nct_signature *signature);
/** The same with the receipt, a text for a person, and whether it was repudiated; answers with it. */
void signatures_answer(struct request *request, unsigned status, const nct_signature *signature);
/** Whether a receipt, and a document if `content` is not NULL, verify with the portal's keys; answers the verdict. */
void signatures_answer_verdict(struct request *request, const void *receipt, size_t receipt_len, const void *content,
                               size_t content_len);

#endif
