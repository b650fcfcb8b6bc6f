/* Files that are taken for comma-separated values: each is told as what it is, with the cure. */
#include "roster/csv.h"

#include <string.h>

#define SAVE "save it as \"CSV UTF-8 (comma delimited)\""

static const char utf16[] = "the file is UTF-16, not UTF-8; " SAVE;

static const struct {
    const char *bytes;
    size_t len;
    const char *reason;
} beginnings[] = {
    {"\xFF\xFE", 2, utf16},
    {"\xFE\xFF", 2, utf16},
    {"PK\x03\x04", 4, "the file is a workbook or an archive, not CSV; open it in the spreadsheet and " SAVE},
    {"\xD0\xCF\x11\xE0", 4, "the file is an old workbook, not CSV; open it in the spreadsheet and " SAVE},
    {"\x1F\x8B", 2, "the file is compressed; unpack it with gunzip"},
    {"%PDF", 4, "the file is a PDF, not CSV; " SAVE " where it was made"},
    {"{", 1, "the file is JSON, not CSV"},
    {"[", 1, "the file is JSON, not CSV"},
    {"<", 1, "the file is HTML or XML, not CSV; " SAVE " where it was made"},
    {"sep=", 4, "the first line is meant for a spreadsheet alone; delete it"},
};

static bool begins_with(const char *line, size_t len, const char *bytes, size_t count) {
    return len >= count && memcmp(line, bytes, count) == 0;
}

static bool has(const char *line, size_t len, char byte) {
    return memchr(line, byte, len) != NULL;
}

const char *csv_other_file(const char *line, size_t len) {
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        if (begins_with(line, len, beginnings[i].bytes, beginnings[i].len)) {
            return beginnings[i].reason;
        }
    }
    if (has(line, len, '\0')) { /* the other half of a character */
        return utf16;
    }
    if (has(line, len, '\r')) {
        return "its lines end with CR alone, as on old Macintoshes; " SAVE;
    }
    if (has(line, len, ',')) {
        return NULL;
    }
    if (has(line, len, ';')) {
        return "its columns are separated by semicolons, not commas; " SAVE " on a system set to English";
    }
    return has(line, len, '\t') ? "its columns are separated by tabs, not commas; " SAVE : NULL;
}
