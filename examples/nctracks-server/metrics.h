/** Figures about the running server, for /metrics; no name of a person or provider is among them. */
#ifndef NCTRACKS_SERVER_METRICS_H
#define NCTRACKS_SERVER_METRICS_H

#include <stdint.h>

#include <nctracks/portal.h>

struct route;
struct metrics;

struct metrics *metrics_new(void);
void metrics_free(struct metrics *metrics);

/**
 * Notes a request that was answered.
 * @param route NULL: none fitted
 * @param code of a refusal; NULL: none
 */
void metrics_note(struct metrics *metrics, const struct route *route, unsigned status, const char *code,
                  uint64_t microseconds);
void metrics_note_signature(struct metrics *metrics);

/** The figures in Prometheus' text format, those of the outbox too; to be freed. NULL without memory. */
char *metrics_text(struct metrics *metrics, nct_portal *portal);

#endif
