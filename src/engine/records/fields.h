/* How the tables of fields are written. */
#ifndef NCT_ENGINE_RECORDS_FIELDS_H
#define NCT_ENGINE_RECORDS_FIELDS_H

#include "engine/records/record.h"

#include <stddef.h>

#define FIELD(key_, kind, record, member)                                                                              \
    { .key = (key_), .type = (kind), .offset = offsetof(record, member), .size = sizeof(((record *)0)->member) }
#define I64(key, record, member) FIELD(key, NCT_FIELD_I64, record, member)
#define U64(key, record, member) FIELD(key, NCT_FIELD_U64, record, member)
#define I32(key, record, member) FIELD(key, NCT_FIELD_I32, record, member)
#define TEXT(key, record, member) FIELD(key, NCT_FIELD_TEXT, record, member)
#define BYTES(key, record, member) FIELD(key, NCT_FIELD_BYTES, record, member)

#define FIELDS(table, record) .fields = (table), .field_count = sizeof(table) / sizeof *(table), .size = sizeof(record)

#endif
