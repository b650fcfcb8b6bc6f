/* What each kind of rule accepts, and how it is written. A rule that says nothing has an empty value. */
#include "policy/rules.h"

#include <stddef.h>
#include <string.h>

static const char *place_of(const struct nct_policy *policy, const struct nct_rule_row *row) {
    return (const char *)policy + row->offset;
}

static void put(struct nct_policy *policy, const struct nct_rule_row *row, const void *value) {
    memcpy((char *)policy + row->offset, value, row->size);
}

static int32_t number_of(const struct nct_policy *policy, const struct nct_rule_row *row) {
    int32_t number = 0;
    memcpy(&number, place_of(policy, row), sizeof number);
    return number;
}

/* ---- words ---- */

static int is_space(char c) {
    return c == ' ' || c == '\t';
}

static void skip_spaces(struct nct_piece *rest) {
    while (rest->len > 0 && is_space(*rest->bytes)) {
        rest->bytes++;
        rest->len--;
    }
}

/* The next word of a value; 0 at its end. */
static int next_word(struct nct_piece *rest, struct nct_piece *word) {
    skip_spaces(rest);
    *word = (struct nct_piece){rest->bytes, 0};
    while (word->len < rest->len && !is_space(rest->bytes[word->len]))
        word->len++;
    rest->bytes += word->len;
    rest->len -= word->len;
    return word->len > 0;
}

static int32_t find_word(const struct nct_rule_kind *kind, const struct nct_piece *word) {
    for (int32_t i = 0; i < kind->words; i++) {
        const char *name = kind->word(i);
        if (name != NULL && strlen(name) == word->len && memcmp(name, word->bytes, word->len) == 0)
            return i;
    }
    return -1;
}

static void write_separated(struct nct_writer *writer, size_t before, const char *word) {
    if (writer->len > before)
        nct_write(writer, " ");
    nct_write(writer, word);
}

/* ---- sets of words: masks of 32 or 64 bits ---- */

static uint64_t mask_of(const struct nct_policy *policy, const struct nct_rule_row *row) {
    uint64_t wide = 0;
    uint32_t narrow = 0;
    if (row->size == sizeof wide)
        memcpy(&wide, place_of(policy, row), sizeof wide);
    else
        memcpy(&narrow, place_of(policy, row), sizeof narrow);
    return wide | narrow;
}

static void write_set(const struct nct_policy *policy, const struct nct_rule_row *row, struct nct_writer *writer) {
    uint64_t mask = mask_of(policy, row);
    size_t before = writer->len;
    for (int32_t i = 0; i < row->kind->words; i++)
        if ((mask >> i & 1) != 0 && row->kind->word(i) != NULL)
            write_separated(writer, before, row->kind->word(i));
}

static nct_status read_set(struct nct_policy *policy, const struct nct_rule_row *row, struct nct_piece *piece) {
    struct nct_piece rest = *piece;
    struct nct_piece word;
    uint64_t wide = 0;
    while (next_word(&rest, &word)) {
        int32_t found = find_word(row->kind, &word);
        *piece = word;
        if (found < 0)
            return NCT_E_UNKNOWN_VALUE;
        if ((wide >> found & 1) != 0)
            return NCT_E_DUPLICATE;
        wide |= UINT64_C(1) << found;
    }
    uint32_t narrow = (uint32_t)wide;
    put(policy, row, row->size == sizeof wide ? (const void *)&wide : (const void *)&narrow);
    return NCT_OK;
}

/* ---- one word ---- */

static void write_choice(const struct nct_policy *policy, const struct nct_rule_row *row, struct nct_writer *writer) {
    const char *word = row->kind->word(number_of(policy, row));
    nct_write(writer, word != NULL ? word : "");
}

static nct_status read_choice(struct nct_policy *policy, const struct nct_rule_row *row, struct nct_piece *piece) {
    int32_t found = piece->len > 0 ? find_word(row->kind, piece) : 0;
    if (found < 0)
        return NCT_E_UNKNOWN_VALUE;
    put(policy, row, &found);
    return NCT_OK;
}

static const char *yes_no(int32_t number) {
    return number == 0 ? "no" : number == 1 ? "yes" : NULL;
}

/* ---- numbers ---- */

/* Decimal digits, as a number is written: no sign, no zero before others. */
static nct_status take_number(const struct nct_piece *digits, int64_t *number) {
    *number = 0;
    if (digits->len == 0 || (digits->bytes[0] == '0' && digits->len > 1))
        return NCT_E_FORMAT;
    for (size_t i = 0; i < digits->len; i++) {
        if (digits->bytes[i] < '0' || digits->bytes[i] > '9')
            return NCT_E_FORMAT;
        if (i == 18)
            return NCT_E_POLICY;
        *number = 10 * *number + (digits->bytes[i] - '0');
    }
    return NCT_OK;
}

static nct_status take_bounded(const struct nct_rule_row *row, const struct nct_piece *digits, int32_t *number) {
    int64_t wide = 0;
    nct_status status = take_number(digits, &wide);
    if (status == NCT_OK && (wide < row->least || wide > row->most))
        return NCT_E_POLICY;
    *number = (int32_t)wide;
    return status;
}

static void write_number(const struct nct_policy *policy, const struct nct_rule_row *row, struct nct_writer *writer) {
    if (number_of(policy, row) != 0)
        nct_write_number(writer, number_of(policy, row));
}

static nct_status read_number(struct nct_policy *policy, const struct nct_rule_row *row, struct nct_piece *piece) {
    int32_t number = 0;
    nct_status status = piece->len > 0 ? take_bounded(row, piece, &number) : NCT_OK;
    if (status == NCT_OK)
        put(policy, row, &number);
    return status;
}

static void write_numbers(const struct nct_policy *policy, const struct nct_rule_row *row, struct nct_writer *writer) {
    int32_t numbers[NCT_NOTICES];
    memcpy(numbers, place_of(policy, row), sizeof numbers);
    for (size_t i = 0; i < NCT_NOTICES && numbers[i] != 0; i++) {
        if (i > 0)
            nct_write(writer, " ");
        nct_write_number(writer, numbers[i]);
    }
}

static nct_status read_numbers(struct nct_policy *policy, const struct nct_rule_row *row, struct nct_piece *piece) {
    struct nct_piece rest = *piece;
    struct nct_piece word;
    int32_t numbers[NCT_NOTICES] = {0};
    for (size_t i = 0; next_word(&rest, &word); i++) {
        *piece = word;
        nct_status status = i < NCT_NOTICES ? take_bounded(row, &word, &numbers[i]) : NCT_E_LIMIT;
        if (status != NCT_OK)
            return status;
    }
    put(policy, row, numbers);
    return NCT_OK;
}

static void write_option(const struct nct_policy *policy, const struct nct_rule_row *row, struct nct_writer *writer) {
    nct_write_number(writer, nct_policy_option(policy, row->which));
}

static nct_status read_option(struct nct_policy *policy, const struct nct_rule_row *row, struct nct_piece *piece) {
    int64_t number = 0;
    nct_status status = take_number(piece, &number);
    return status == NCT_OK ? nct_policy_set(policy, row->which, number) : status;
}

/* ---- names ---- */

static void write_name(const struct nct_policy *policy, const struct nct_rule_row *row, struct nct_writer *writer) {
    nct_write(writer, place_of(policy, row));
}

/* "+" is not allowed: "+testing" behind a name says that the options are. */
static nct_status read_name(struct nct_policy *policy, const struct nct_rule_row *row, struct nct_piece *piece) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    char name[sizeof policy->profile.name] = "";
    if (piece->len >= sizeof name)
        return NCT_E_TOO_LONG;
    memcpy(name, piece->bytes, piece->len);
    if (strspn(name, allowed) != piece->len)
        return NCT_E_CHARACTER;
    put(policy, row, name);
    nct_policy_name_self(policy);
    return NCT_OK;
}

static void write_right(const struct nct_policy *policy, const struct nct_rule_row *row, struct nct_writer *writer) {
    const char *name = nct_right_name(policy, number_of(policy, row));
    nct_write(writer, name != NULL ? name : "");
}

static nct_status read_right(struct nct_policy *policy, const struct nct_rule_row *row, struct nct_piece *piece) {
    char name[NCT_RIGHT_NAME_MAX + 1] = "";
    int32_t right = NCT_NEEDS_UNSAID;
    if (piece->len >= sizeof name)
        return NCT_E_UNKNOWN_VALUE;
    memcpy(name, piece->bytes, piece->len);
    if (piece->len > 0 && nct_right_from_name(policy, name, &right) != NCT_OK)
        return NCT_E_UNKNOWN_VALUE;
    put(policy, row, &right);
    return NCT_OK;
}

static void write_host_right(const struct nct_policy *policy, const struct nct_rule_row *row,
                             struct nct_writer *writer) {
    if (nct_right_name(policy, row->which) == NULL)
        return;
    nct_write(writer, nct_right_name(policy, row->which));
    nct_write(writer, " ");
    nct_write(writer, nct_right_description(policy, row->which));
}

static nct_status read_host_right(struct nct_policy *policy, const struct nct_rule_row *row, struct nct_piece *piece) {
    char name[NCT_RIGHT_NAME_MAX + 1] = "";
    char description[NCT_RIGHT_DESCRIPTION_MAX + 1] = "";
    struct nct_piece rest = *piece;
    struct nct_piece word;
    if (!next_word(&rest, &word))
        return nct_policy_forget_right(policy, row->which);
    skip_spaces(&rest);
    *piece = word;
    if (word.len >= sizeof name || rest.len >= sizeof description)
        return NCT_E_TOO_LONG;
    memcpy(name, word.bytes, word.len);
    memcpy(description, rest.bytes, rest.len);
    return nct_policy_name_right(policy, row->which, name, description);
}

#define AUTHORITIES_MAX 64
#define PARTIES_MAX 32
#define CHOICES_MAX 8

const struct nct_rule_kind nct_kind_name = {"name", NULL, 0, write_name, read_name};
const struct nct_rule_kind nct_kind_roles = {"roles", nct_role_name, NCT_ROLE_COUNT, write_set, read_set};
const struct nct_rule_kind nct_kind_authorities = {"authorities", nct_authority_name, AUTHORITIES_MAX, write_set,
                                                   read_set};
const struct nct_rule_kind nct_kind_relationships = {"relationships", nct_relationship_name, NCT_RELATIONSHIP_COUNT,
                                                     write_set, read_set};
const struct nct_rule_kind nct_kind_parties = {"parties", nct_party_name, PARTIES_MAX, write_set, read_set};
const struct nct_rule_kind nct_kind_contact_texts = {"contact_texts", nct_contact_text_name, PARTIES_MAX, write_set,
                                                     read_set};
const struct nct_rule_kind nct_kind_recipient = {"choice", nct_recipient_name, CHOICES_MAX, write_choice, read_choice};
const struct nct_rule_kind nct_kind_mail = {"choice", nct_pin_mail_name, CHOICES_MAX, write_choice, read_choice};
const struct nct_rule_kind nct_kind_yes_no = {"choice", yes_no, 2, write_choice, read_choice};
const struct nct_rule_kind nct_kind_number = {"number", NULL, 0, write_number, read_number};
const struct nct_rule_kind nct_kind_numbers = {"numbers", NULL, 0, write_numbers, read_numbers};
const struct nct_rule_kind nct_kind_right = {"right", NULL, 0, write_right, read_right};
const struct nct_rule_kind nct_kind_host_right = {"host_right", NULL, 0, write_host_right, read_host_right};
const struct nct_rule_kind nct_kind_option = {"number", NULL, 0, write_option, read_option};
