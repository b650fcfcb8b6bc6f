/* Sentences the library assembles from parts: whole, with placeholders, so that every language may order its words. */
#include "language/sentences.h"

#include <string.h>

#define LINE 300
#define WIDE 120

static const struct nct_text_row sentences[NCT_SENTENCE_COUNT] = {
    [NCT_SENTENCE_LANGUAGE] = {"language", "name", "", "English", 40},
    [NCT_SENTENCE_PROBLEM] = {"problem", "message", "", "{label}: {message}", LINE},
    [NCT_SENTENCE_ALLOWED] = {"explain", "allowed", "", "Allowed: {right}, as {role}.", LINE},
    [NCT_SENTENCE_REFUSED] = {"explain", "refused", "", "Refused: {right}. {reason} {help}", LINE},
    [NCT_SENTENCE_NO_RECORD] = {"explain", "no_record", "", "There is no provider record of this id.", LINE},
    [NCT_SENTENCE_REGISTER_FIRST] = {"explain", "register_first", "",
                                     "The provider has to complete the registration first.", LINE},
    [NCT_SENTENCE_REINSTATE_FIRST] = {"explain", "reinstate_first", "", "Only the agency can reinstate the provider.",
                                      LINE},
    [NCT_SENTENCE_CHANGE_RECORD] =
        {"explain", "change_record", "",
         "A manage change request can put the person on the provider's record, which the agency keeps; ask the Office "
         "Administrator, {name} ({ncid}), or the NCTracks Call Center, {call_center_phone}.",
         LINE},
    [NCT_SENTENCE_ONLY_OA] = {"explain", "only_office_administrator", "",
                              "Only the Office Administrator, {name} ({ncid}), can do this.", LINE},
    [NCT_SENTENCE_ASK_OA] = {"explain", "ask_office_administrator", "",
                             "The Office Administrator, {name} ({ncid}), can change this.", LINE},
    [NCT_SENTENCE_RECEIPT] = {"receipt", "text", "",
                              "Electronic signature {id}\n"
                              "Signed by:    {signer} (NCID {ncid})\n"
                              "Date, time:   {time}\n"
                              "Meaning:      {meaning}\n"
                              "Provider:     {provider}\n"
                              "Document:     {document}, version {document_version}\n"
                              "              BLAKE2b-256 {document_digest}\n"
                              "Attestation:  version {attestation_version}\n"
                              "              BLAKE2b-256 {attestation_digest}\n"
                              "Authority:    {right} as {role}, under profile {profile}\n"
                              "Signed in:    {authentication}\n"
                              "Agreement:    {agreement}\n",
                              WIDE},
    [NCT_SENTENCE_ABOUT_RIGHT] = {"about", "right", "", "{message} Right: {what}.", LINE},
    [NCT_SENTENCE_ABOUT_ROLE] = {"about", "role", "", "{message} Role: {what}.", LINE},
    [NCT_SENTENCE_ABOUT_ROLES] = {"about", "roles", "", "{message} One of these roles is needed: {what}.", LINE},
    [NCT_SENTENCE_ABOUT_RELATIONSHIPS] = {"about", "relationships", "",
                                          "{message} One of these relationships is needed: {what}.", LINE},
    [NCT_SENTENCE_ABOUT_STATE] = {"about", "state", "", "{message} Present state: {what}.", LINE},
    [NCT_SENTENCE_ABOUT_RULE] = {"about", "rule", "", "{message} The limit is {value} ({what}).", LINE},
    [NCT_SENTENCE_ABOUT_LENGTH] = {"about", "length", "", "{message} At most {value} characters.", LINE},
    [NCT_SENTENCE_ABOUT_PLACE] = {"about", "place", "", "{message} See position {value}.", LINE},
    [NCT_SENTENCE_ABOUT_KIND] = {"about", "kind", "", "{message} It must be {what}.", LINE},
    [NCT_SENTENCE_ABOUT_CHOICES] = {"about", "choices", "", "{message} They are: {what}.", LINE},
    [NCT_SENTENCE_ABOUT_TIME] = {"about", "time", "", "{message} Time: {what}.", LINE},
    [NCT_SENTENCE_ABOUT_CALLBACK] = {"about", "callback", "", "{message} Callback: {what}.", LINE},
    [NCT_SENTENCE_ABOUT_SPACE] = {"about", "space", "", "{message} Kind of record: {what}.", LINE},
};

int nct_sentence_row(size_t index, struct nct_text_row *row) {
    if (index >= NCT_SENTENCE_COUNT)
        return 0;
    *row = sentences[index];
    return 1;
}

void nct_sentence_write(const struct nct_languages *languages, const char *language, enum nct_sentence sentence,
                        const struct nct_parameter *parameters, struct nct_writer *writer) {
    char key[NCT_TEXT_KEY_ROOM];
    nct_text_row_key(&sentences[sentence], key);
    const char *text = nct_languages_text_or(languages, language, key, sentences[sentence].english);
    nct_template_write(text, nct_parameter_value, parameters, writer);
}

void nct_text_row_key(const struct nct_text_row *row, char key[NCT_TEXT_KEY_ROOM]) {
    nct_text_compose(key, row->group, row->name, row->suffix);
}

const char *nct_status_text(const struct nct_languages *languages, nct_status status, const char *language) {
    char key[NCT_TEXT_KEY_ROOM];
    nct_text_compose(key, "status", nct_status_name(status), "");
    return nct_languages_text_or(languages, language, key, nct_status_message(status));
}

nct_status nct_language_take(const struct nct_languages *languages, const char *tag, const char **out) {
    *out = tag != NULL ? nct_languages_find(languages, tag, strlen(tag)) : nct_languages_usual(languages);
    return *out != NULL ? NCT_OK : NCT_E_NOT_FOUND;
}
