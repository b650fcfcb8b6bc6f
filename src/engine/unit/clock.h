/*
 * Whether the time of a commit fits what the store holds, see doc/decisions/012-clock.md. Every head of a stream has
 * the time of its last change, and the store has a row with about the latest time of any.
 */
#ifndef NCT_ENGINE_UNIT_CLOCK_H
#define NCT_ENGINE_UNIT_CLOCK_H

#include "engine/unit/unit.h"

/* The row is written when it is older than this, in milliseconds: else every commit would wait for it. */
#define NCT_CLOCK_STEP INT64_C(3600000)

/* Judges the time of a unit whose heads are staged, and stages the row where it is due. NCT_OK; NCT_E_TIME; or a
 * failure. */
nct_status nct_clock_judge(struct nct_unit *unit);

/* Notes the time of what was committed. */
void nct_clock_note(struct nct_portal *portal, int64_t now);

/* The latest time this portal knows of: of the row, of heads read, and of its own commits. */
int64_t nct_clock_latest(const struct nct_unit *unit, const struct nct_clock_record *record);

/* Reads the row, one of zeros if there is none. NCT_OK or a failure. */
nct_status nct_clock_get(struct nct_unit *unit, struct nct_clock_record *record);

/* The same judgement without a commit. NCT_OK or NCT_E_TIME. */
nct_status nct_clock_fits(const struct nct_unit *unit, const struct nct_clock_record *record);

#endif
