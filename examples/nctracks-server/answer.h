/** Answers: data in one envelope, problems as RFC 9457 has them. Each function makes the whole answer of a request. */
#ifndef NCTRACKS_SERVER_ANSWER_H
#define NCTRACKS_SERVER_ANSWER_H

#include "request.h"

/** {"data": data}; takes `data` over. */
void answer_data(struct request *request, unsigned status, json_t *data);
/** {"data": rows, "next": cursor or null}; takes `rows` over. */
void answer_page(struct request *request, json_t *rows, const char *next);
/**
 * A page of the library's list: the page, which says `"partial": true` where damaged rows were left out
 * (NCT_E_PARTIAL), or a refusal; takes `rows` over.
 */
void answer_listed(struct request *request, nct_status status, json_t *rows, const char *next);
/** JSON as it is, for shapes of other standards; takes `body` over. */
void answer_json(struct request *request, unsigned status, json_t *body);
/** {"data": {"done": true}}, with notes of the library. @param notes may be NULL; not freed */
void answer_done(struct request *request, unsigned status, const nct_problems *notes);
/** That, or answer_status(). */
void answer_outcome(struct request *request, nct_status status, unsigned done, const nct_problems *problems);
/** No content. */
void answer_nothing(struct request *request);
/** Bytes of a type, offered under a file name unless that is NULL; copied. */
void answer_bytes(struct request *request, const char *type, const char *name, const void *bytes, size_t len);

/** What a status of the library means to whoever asked. @param problems of a form, may be NULL; not freed */
void answer_status(struct request *request, nct_status status, const nct_problems *problems);
/** The same of a refusal of access, with why and who can help, for somebody who has access there. */
void answer_refused(struct request *request, nct_status status, const nct_problems *problems, const char *provider,
                    int32_t right);
/** A member of the body that cannot be used. */
void answer_field(struct request *request, const char *name, nct_status status);
/** A field of a form that cannot be set. */
void answer_path(struct request *request, const char *path, nct_status status);
/** A refusal of the protocol's own; `code` begins with HTTP_. */
void answer_http(struct request *request, unsigned status, const char *code, const char *detail);

/** Adds a header; `value` is copied. */
void answer_header(struct request *request, const char *name, const char *value);

/** An explanation as JSON, in the answer's language. */
json_t *answer_explanation(const struct request *request, const nct_explanation *explanation, int32_t right);
/** Problems of a form as an array, in the answer's language. */
json_t *answer_problems(const struct request *request, const nct_problems *problems);

/** Releases what was made. */
void answer_release(struct answer *answer);

#endif
