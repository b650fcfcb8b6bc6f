/*
 * The index of what waits for the agency: one row a piece of work, by kind and since when it waits. As in the index of
 * due work the subject's own record, which is pinned, says whether it waits: a row that does not fit it is passed over,
 * one that is missing can be put back from it.
 */
#ifndef NCT_PORTAL_REGISTRY_WORK_INDEX_H
#define NCT_PORTAL_REGISTRY_WORK_INDEX_H

#include "engine/records/request_types.h"
#include "portal/registry/due_index.h"

/* The key of an item whose time is since when it waits: kind, time, provider, NUL, reference. */
size_t nct_work_key(const struct nct_due_item *item, unsigned char key[NCT_DUE_KEY_MAX]);

/* An item from a key; 0 if it is not one. */
int nct_work_parse(const unsigned char *key, size_t len, struct nct_due_item *item);

/* Stages that what waited since item->time waits since another; 0 stands for not at all. NCT_OK with the item's time
 * changed, or a failure. */
nct_status nct_work_move(struct nct_unit *unit, struct nct_due_item *item, int64_t since);

/* Stages the row of an item whose row is missing. *restored counts. */
nct_status nct_work_restore_row(struct nct_unit *unit, const struct nct_due_item *item, size_t *restored);

/* Items of each kind, of time 0. */
struct nct_due_item nct_work_of_application(const char *provider, const unsigned char id[NCT_APPLICATION_ID]);
struct nct_due_item nct_work_of_provider(int32_t kind, const char *provider);
struct nct_due_item nct_work_of_person(const unsigned char person[NCT_PERSON_ID]);

/* Whether somebody still has it: not when the policy's time is over, nor if the clock went back. */
int nct_assignment_holds(const struct nct_policy *policy, const struct nct_assignment *assignment, int64_t now);

#endif
