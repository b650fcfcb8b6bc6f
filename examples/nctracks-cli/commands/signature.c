#include "commands/commands.h"
#include "commands/pages.h"

#include <stdio.h>
#include <string.h>

#include "commands/signatures.h"
#include "files.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

static const out_field record_fields[] = {{"id", "Signature"},
                                          {"provider", "Provider"},
                                          {"signer", "Signed by"},
                                          {"ncid", "NCID"},
                                          {"role", "Role"},
                                          {"right", "Right"},
                                          {"submission", "Submission"},
                                          {"meaning", "Meaning"},
                                          {"document_id", "Document"},
                                          {"document_version", "Version"},
                                          {"document_digest", "BLAKE2b-256"},
                                          {"attestation_version", "Attestation"},
                                          {"profile", "Profile"},
                                          {"signed_at", "Signed at"},
                                          {NULL, NULL}};

static const out_field list_fields[] = {
    {"id", "SIGNATURE"},         {"signed_at", "SIGNED AT"},      {"ncid", "NCID"}, {"submission", "SUBMISSION"},
    {"document_id", "DOCUMENT"}, {"document_version", "VERSION"}, {NULL, NULL}};

json_t *signature_describe(const nct_signature *signature) {
    char digest[2 * NCT_DIGEST_BYTES + 1];
    json_t *record = out_object();
    text_hex(nct_signature_document_digest(signature), NCT_DIGEST_BYTES, digest);
    out_put_string(record, "id", nct_signature_id(signature));
    out_put_string(record, "provider", nct_signature_provider(signature));
    out_put_string(record, "ncid", nct_signature_ncid(signature));
    out_put_string(record, "signer", nct_signature_signer_name(signature));
    out_put_string(record, "role", nct_signature_role(signature));
    out_put_string(record, "right", nct_signature_right(signature));
    out_put_string(record, "submission", nct_signature_submission(signature));
    out_put_string(record, "meaning", nct_signature_meaning(signature));
    out_put_string(record, "document_id", nct_signature_document_id(signature));
    out_put_string(record, "document_version", nct_signature_document_version(signature));
    out_put_string(record, "document_digest", digest);
    out_put_string(record, "attestation_version", nct_signature_attestation_version(signature));
    out_put_string(record, "profile", nct_signature_profile(signature));
    out_put_time(record, "signed_at", nct_signature_signed_at(signature));
    return record;
}

void signature_print(struct cli *cli, const nct_signature *signature) {
    out_record(cli, signature_describe(signature), record_fields);
}

/* The same document: said so. Another one: refused. */
static int compare(struct cli *cli, const nct_signature *signature, const char *file) {
    file_content document;
    if (!file_read(file, DOCUMENT_MAX, &document)) {
        return fail_file(cli, file);
    }
    bool matches = nct_signature_matches(signature, document.bytes, document.len) == 1;
    file_release(&document);
    out_put(cli->result, "matches", json_boolean(matches));
    if (matches) {
        out_say(cli, "%s is the document that was signed.", file);
        return CLI_DONE;
    }
    (void)fail_status(cli, NCT_E_DOCUMENT, NULL);
    return CLI_REFUSED;
}

static int cmd_signature_show(struct cli *cli) {
    const char *id = cli->args.operands[0];
    const char *provider = args_value(&cli->args, "provider");
    const char *document = args_value(&cli->args, "document");
    nct_signature *signature = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_signature_get(cli->portal, provider, strlen(provider), id, strlen(id), &signature);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    signature_print(cli, signature);
    code = document != NULL ? compare(cli, signature, document) : CLI_DONE;
    nct_signature_free(signature);
    return code;
}

void signature_rows(struct page *page, nct_signature_list *list) {
    for (size_t i = 0; i < nct_signature_list_count(list); i++) {
        out_append(page->rows, signature_describe(nct_signature_list_at(list, i)));
    }
    page_next(page, nct_signature_list_more(list), nct_signature_list_cursor(list));
    nct_signature_list_free(list);
}

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const char *provider = context;
    nct_signature_list *list = NULL;
    nct_status status = nct_signature_list_by_provider(cli->portal, provider, strlen(provider), page->after,
                                                       page->after_len, page->limit, &list);
    signature_rows(page, list);
    return status;
}

static int cmd_signature_list(struct cli *cli) {
    static const char *const spaces[] = {"signature", NULL};
    static const pages_list list = {"signatures", list_fields, read_page, "There is no signature.", spaces, NULL};
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, args_value(&cli->args, "provider")) : code;
}

static const args_option signature_show_options[] = {
    OPTION_PROVIDER, {"document", "FILE", "check whether this is the document that was signed", false}, OPTIONS_END};

const cli_command signature_commands[] = {{"signature", "show", "SIGNATURE",
                                           "Show a signature, and check a document against it.", "", 1, 1,
                                           signature_show_options, cmd_signature_show},
                                          {"signature", "list", "", "List the signatures of a provider, oldest first.",
                                           "", 0, 0, provider_list_options, cmd_signature_list},
                                          COMMANDS_END};
