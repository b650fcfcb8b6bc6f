/* People are written to and answered in their language; codes stay the same in all of them. */
#include "world.h"

#include <stdio.h>

#define FRENCH                                                                                                         \
    "language.name = Français\nmail.pin.reset.subject = Nouveau PIN pour {ncid}\n"                                    \
    "mail.pin.reset.body =\n| Bonjour {name},\n|\n| NCID {ncid}\n| PIN : {pin}\n"                                      \
    "status.NCT_E_REQUIRED = C'est obligatoire.\nproblem.message = {message} ({label})\n"

static void add(nct_config *config, const char *language, const char *text) {
    expect_status(nct_config_add_catalogue(config, language, text, strlen(text), NULL), NCT_OK);
}

static void add_french(nct_config *config) {
    add(config, "fr", FRENCH);
}

static void use_spanish(nct_config *config) {
    expect_status(nct_config_set_language(config, "es-US"), NCT_OK);
}

static void use_french(nct_config *config) {
    add_french(config);
    expect_status(nct_config_set_language(config, "fr"), NCT_OK);
}

static void override_texts(nct_config *config) {
    add(config, "es", "status.NCT_E_EMPTY = Primero.\nstatus.NCT_E_NUL = Nulo.");
    add(config, "es", "status.NCT_E_EMPTY = Segundo.");
    add(config, "en",
        "status.NCT_E_EMPTY = Nothing is there.\nmail.pin.lost.subject = Lost: {ncid}\n"
        "explain.ask_office_administrator = Call our own desk, {name}, {ncid}.");
}

/* The English receipt with its first word left out. */
static void relabel_receipts(nct_config *config) {
    char catalogue[2048] = "receipt.text =\n";
    const char *text = nct_text("en", "receipt.text") + strlen("Electronic ");
    for (size_t len = strlen(catalogue); *text != '\0'; text += strcspn(text, "\n") + 1)
        len += (size_t)snprintf(catalogue + len, sizeof catalogue - len, "| %.*s\n", (int)strcspn(text, "\n"), text);
    add(config, "en", catalogue);
}

static void reopen_with(struct world *w, void (*configure)(nct_config *config)) {
    w->configure = configure;
    world_reopen(w);
}

static nct_status speak(struct world *w, const struct cast *who, const char *language) {
    return nct_person_set_language(w->portal, who->ncid, strlen(who->ncid), language);
}

static const struct world_mail *reset(struct world *w, const struct cast *who) {
    expect_status(nct_pin_reset_by_operator(w->portal, "x", 1, who->ncid, strlen(who->ncid), "forgot it", 9), NCT_OK);
    return world_mail_to(w, who->ncid);
}

static nct_status add_silas(struct world *w, const char *language, nct_problems **problems) {
    nct_form *user = world_user(w, &SILAS, "user", "training");
    world_user_set(user, "language", language);
    nct_status status = nct_user_add(user, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, problems);
    nct_form_free(user);
    return status;
}

/* ---- mails ---- */

static void a_new_user_is_written_to_in_their_language(void **state) {
    struct world *w = *state;
    expect_status(add_silas(w, "es-419", NULL), NCT_OK);
    const struct world_mail *mail = world_mail_to(w, SILAS.ncid);
    assert_string_equal(mail->template_name, "pin.issued");
    assert_string_equal(mail->language, "es");
    assert_string_equal(mail->subject, "Su PIN de NCTracks para el NCID silas.stranger");
    assert_non_null(strstr(mail->body, "Número de Identificación Personal"));
    assert_non_null(strstr(mail->body, mail->pin));
    assert_non_null(strstr(mail->body, nct_call_center_phone(nct_portal_policy(w->portal))));
    assert_null(strpbrk(mail->body, "{}"));
    assert_null(strstr(mail->subject, mail->pin));
}

static void a_registrant_is_written_to_in_the_language_they_gave(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, world_npi(1), "organization", code);
    nct_form *form = world_registration(w, world_npi(1), code, &OSCAR);
    world_set(form, "office_administrator.language", "es");
    world_set_user(form, 0, &SILAS, "user", "training");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    assert_string_equal(world_mail_to(w, SILAS.ncid)->template_name, "pin.issued.registrant");
    assert_string_equal(world_mail_to(w, SILAS.ncid)->language, "es");
    assert_string_equal(world_mail_to(w, OSCAR.ncid)->language, "es");
    assert_string_equal(reset(w, &SILAS)->language, "en"); /* Silas gave none */
}

static void a_person_chooses_their_language(void **state) {
    struct world *w = *state;
    const char *language = NULL;
    assert_string_equal(reset(w, &PETRA)->language, "en");
    expect_status(speak(w, &PETRA, "es-MX"), NCT_OK);
    expect_status(nct_person_language(w->portal, PETRA.ncid, strlen(PETRA.ncid), &language), NCT_OK);
    assert_string_equal(language, "es");
    assert_string_equal(reset(w, &PETRA)->language, "es");
    assert_string_equal(reset(w, &FRANK)->language, "en");
    size_t entries = world_entries(w, "person:petra.pharm");
    expect_status(speak(w, &PETRA, "es"), NCT_OK);
    assert_int_equal(world_entries(w, "person:petra.pharm"), entries);
    expect_status(speak(w, &PETRA, "en"), NCT_OK);
    assert_int_equal(world_entries(w, "person:petra.pharm"), entries + 1);
    assert_string_equal(reset(w, &PETRA)->language, "en");
    expect_status(speak(w, &FRANK, "es"), NCT_OK);
    expect_status(world_report_lost(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    assert_string_equal(world_mail_to(w, FRANK.ncid)->template_name, "pin.lost");
    assert_string_equal(world_mail_to(w, FRANK.ncid)->language, "es");
    assert_int_equal(world_verdict(w, "person:petra.pharm", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void what_is_no_language_is_refused(void **state) {
    struct world *w = *state;
    const char *language = "";
    expect_status(speak(w, &PETRA, "tlh"), NCT_E_NOT_FOUND);
    expect_status(speak(w, &PETRA, ""), NCT_E_NOT_FOUND);
    expect_status(speak(w, &SILAS, "es"), NCT_E_UNKNOWN_PERSON);
    expect_status(nct_person_set_language(w->portal, "x", 1, "tlh"), NCT_E_TOO_SHORT);
    expect_status(nct_person_set_language(w->portal, PETRA.ncid, strlen(PETRA.ncid), NULL), NCT_E_ARGUMENT);
    expect_status(nct_person_set_language(NULL, PETRA.ncid, strlen(PETRA.ncid), "es"), NCT_E_ARGUMENT);
    expect_status(nct_person_language(w->portal, SILAS.ncid, strlen(SILAS.ncid), &language), NCT_E_UNKNOWN_PERSON);
    assert_null(language);
    expect_status(nct_person_language(w->portal, SILAS.ncid, strlen(SILAS.ncid), NULL), NCT_E_ARGUMENT);
    for (size_t i = 0; i < 4; i++) {
        static const char *const wrong[] = {"tlh", "e", "es_MX", "espanol"};
        nct_problems *problems = NULL;
        expect_status(add_silas(w, wrong[i], &problems), NCT_E_PROBLEMS);
        assert_int_equal(nct_problems_count(problems), 1);
        assert_string_equal(nct_problems_path(problems, 0), "language");
        expect_status(nct_problems_code(problems, 0), NCT_E_UNKNOWN_VALUE);
        nct_problems_free(problems);
    }
}

static void who_chose_none_is_written_to_in_the_portals_language(void **state) {
    struct world *w = *state;
    expect_status(speak(w, &FRANK, "en"), NCT_OK);
    reopen_with(w, use_spanish);
    assert_string_equal(nct_portal_language(w->portal), "es");
    assert_string_equal(reset(w, &PETRA)->language, "es");
    assert_string_equal(reset(w, &FRANK)->language, "en");
}

/* In the language the recipient had when it was queued; every try is the same mail. */
static void a_waiting_mail_is_written_when_it_is_delivered(void **state) {
    struct world *w = *state;
    expect_status(speak(w, &PETRA, "es"), NCT_OK);
    w->mailer.fail_from = w->mailer.fail_to = w->mailer.count + 1;
    size_t before = w->mailer.count;
    reset(w, &PETRA);
    expect_status(speak(w, &PETRA, "en"), NCT_OK);
    reopen_with(w, use_spanish);
    world_advance(w, 3600000);
    expect_status(nct_mail_flush(w->portal, 10, NULL, NULL), NCT_OK);
    assert_int_equal(w->mailer.count, before + 2);
    assert_string_equal(w->mailer.mails[before + 1].language, "es");
    assert_string_equal(w->mailer.mails[before].body, w->mailer.mails[before + 1].body);
}

/* A name is put in as it is: what looks like a placeholder in it is none. */
static void a_name_with_braces_draws_no_secret(void **state) {
    struct world *w = *state;
    struct cast braces = SILAS;
    braces.first_name = "{pin}";
    nct_form *user = world_user(w, &braces, "user", "training");
    world_user_set(user, "language", "es");
    expect_status(nct_user_add(user, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, NULL), NCT_OK);
    nct_form_free(user);
    const struct world_mail *mail = world_mail_to(w, SILAS.ncid);
    assert_non_null(strstr(mail->body, "{pin} Stranger"));
    const char *pin = strstr(mail->body, mail->pin);
    assert_non_null(pin);
    assert_null(strstr(pin + 1, mail->pin));
}

static void contact_mails_are_in_the_persons_language(void **state) {
    struct world *w = *state;
    expect_status(speak(w, &UMA, "es"), NCT_OK);
    expect_status(world_change_contact(w, UMA.ncid, NULL, UMA.ncid, "email", "uma@new.example.org"), NCT_OK);
    const struct world_mail *mail = world_mail_to(w, UMA.ncid);
    assert_string_equal(mail->language, "es");
    assert_string_equal(mail->subject, "Confirme los nuevos datos de contacto del NCID uma.useradmin");
    assert_non_null(strstr(mail->body, mail->token));
    assert_null(strstr(mail->subject, mail->token));
}

/* The lines that carry the checkpoint stay, so that it can be read from the mail. */
static void a_checkpoint_mailed_in_spanish_can_be_read(void **state) {
    struct world *w = *state;
    nct_checkpoint *made = NULL;
    unsigned char bytes[2048];
    size_t len = 0, want_len = 0;
    reopen_with(w, use_spanish);
    expect_status(nct_checkpoint_make(w->portal, &made), NCT_OK);
    expect_status(nct_checkpoint_mail(w->portal, 0, "keeper@far.example.org", 22), NCT_OK);
    const struct world_mail *mail = &w->mailer.mails[w->mailer.count - 1];
    assert_string_equal(mail->language, "es");
    assert_non_null(strstr(mail->body, "Punto de control: 1\n"));
    expect_status(nct_checkpoint_from_text(mail->body, strlen(mail->body), bytes, sizeof bytes, &len), NCT_OK);
    const void *want = nct_checkpoint_bytes(made, &want_len);
    assert_int_equal(len, want_len);
    assert_memory_equal(bytes, want, len);
    nct_checkpoint_free(made);
}

/* ---- a host's catalogue ---- */

static void a_host_adds_a_language(void **state) {
    struct world *w = *state;
    reopen_with(w, add_french);
    assert_int_equal(nct_portal_language_count(w->portal), nct_language_count() + 1);
    assert_string_equal(nct_portal_language_at(w->portal, nct_language_count()), "fr");
    assert_null(nct_portal_language_at(w->portal, nct_language_count() + 1));
    assert_string_equal(nct_portal_text(w->portal, "fr", "language.name"), "Français");
    assert_null(nct_text("fr", "language.name"));
    expect_status(speak(w, &PETRA, "fr-CA"), NCT_OK);
    const struct world_mail *mail = reset(w, &PETRA);
    char body[128];
    snprintf(body, sizeof body, "Bonjour Petra Pharm,\n\nNCID petra.pharm\nPIN : %s\n", mail->pin);
    assert_string_equal(mail->language, "fr");
    assert_string_equal(mail->subject, "Nouveau PIN pour petra.pharm");
    assert_string_equal(mail->body, body);
    expect_status(add_silas(w, "fr", NULL), NCT_OK);
}

/* A language without this template: the whole mail is English, and says so. */
static void a_mail_is_of_one_language(void **state) {
    struct world *w = *state;
    reopen_with(w, use_french);
    expect_status(world_report_lost(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    const struct world_mail *mail = world_mail_to(w, PETRA.ncid);
    assert_string_equal(mail->template_name, "pin.lost");
    assert_string_equal(mail->language, "en");
    assert_non_null(strstr(mail->subject, "was reported lost"));
}

static void a_language_that_went_leaves_the_portals_own(void **state) {
    struct world *w = *state;
    const char *language = NULL;
    reopen_with(w, add_french);
    expect_status(speak(w, &PETRA, "fr"), NCT_OK);
    reopen_with(w, use_spanish);
    assert_string_equal(reset(w, &PETRA)->language, "es");
    expect_status(nct_person_language(w->portal, PETRA.ncid, strlen(PETRA.ncid), &language), NCT_OK);
    assert_string_equal(language, "es");
    reopen_with(w, add_french);
    assert_string_equal(reset(w, &PETRA)->language, "fr");
}

static void a_host_replaces_texts(void **state) {
    struct world *w = *state;
    reopen_with(w, override_texts);
    assert_int_equal(nct_portal_language_count(w->portal), nct_language_count());
    assert_string_equal(nct_status_message_in(w->portal, NCT_E_EMPTY, "es"), "Segundo.");
    assert_string_equal(nct_status_message_in(w->portal, NCT_E_NUL, "es"), "Nulo.");
    assert_string_equal(nct_status_message_in(w->portal, NCT_E_EMPTY, NULL), "Nothing is there.");
    assert_string_equal(nct_status_message_in(NULL, NCT_E_EMPTY, "es"), "No puede estar vacío.");
    assert_string_equal(nct_status_message(NCT_E_EMPTY), "This must not be empty.");
    nct_explanation *explanation = NULL;
    char text[512];
    expect_status(nct_access_explain(w->portal, NPI_CLINIC, 10, FRANK.ncid, strlen(FRANK.ncid), NCT_RIGHT_PA_SUBMIT,
                                     &explanation),
                  NCT_OK);
    expect_status(nct_explanation_help_in(explanation, NULL, text, sizeof text, NULL), NCT_OK);
    assert_string_equal(text, "Call our own desk, Olivia Owner, olivia.owner.");
    assert_string_equal(nct_explanation_help(explanation),
                        "The Office Administrator, Olivia Owner (olivia.owner), can change this.");
    assert_null(strstr(nct_explanation_text(explanation), "own desk"));
    nct_explanation_free(explanation);
    expect_status(world_report_lost(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    assert_string_equal(world_mail_to(w, PETRA.ncid)->subject, "Lost: petra.pharm");
    assert_non_null(strstr(world_mail_to(w, PETRA.ncid)->body, "It can no"));
}

/* ---- problems, explanations, receipts ---- */

static void problems_are_told_in_spanish(void **state) {
    struct world *w = *state;
    nct_form *form = NULL;
    nct_problems *problems = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_REGISTRATION, &form), NCT_OK);
    world_set(form, "users[2].email", "nobody");
    expect_status(nct_form_validate(form, &problems), NCT_E_PROBLEMS);
    size_t found = 0;
    for (size_t i = 0; i < nct_problems_count(problems); i++) {
        char text[512], english[512];
        size_t len = 0;
        expect_status(nct_problems_message_in(problems, i, "es", text, sizeof text, &len), NCT_OK);
        expect_status(nct_problems_message_in(problems, i, NULL, english, sizeof english, NULL), NCT_OK);
        assert_string_equal(english, nct_problems_message(problems, i));
        assert_string_not_equal(text, english);
        assert_int_equal(strlen(text), len);
        expect_status(nct_problems_message_in(problems, i, "es", text, len, &len), NCT_E_BUFFER);
        assert_string_equal(text, "");
        expect_status(nct_problems_message_in(problems, i, "tlh", text, sizeof text, NULL), NCT_E_NOT_FOUND);
        expect_status(nct_problems_message_in(problems, i, "es", NULL, 1, NULL), NCT_E_ARGUMENT);
        expect_status(nct_problems_message_in(problems, i, "es", text, sizeof text, NULL), NCT_OK);
        if (strcmp(nct_problems_path(problems, i), "users[2].email") == 0)
            found += strcmp(text, "Correo electrónico del usuario: No tiene la forma correcta. Debe ser una dirección "
                                  "como name@example.org, de 254 caracteres como máximo.") == 0;
        if (strcmp(nct_problems_path(problems, i), "users[2].ncid") == 0)
            found += strcmp(text, "NCID del usuario: Este campo es obligatorio.") == 0;
    }
    assert_int_equal(found, 2);
    char text[8];
    expect_status(nct_problems_message_in(problems, 1000, "es", text, sizeof text, NULL), NCT_E_ARGUMENT);
    expect_status(nct_problems_message_in(NULL, 0, "es", text, sizeof text, NULL), NCT_E_ARGUMENT);
    nct_problems_free(problems);
    nct_form_free(form);
}

/* Words may stand in another order: a problem is one sentence with places, not two pieces. */
static void a_language_orders_its_words(void **state) {
    struct world *w = *state;
    nct_problems *problems = NULL;
    nct_form *user = NULL;
    char text[256];
    reopen_with(w, add_french);
    expect_status(nct_form_new(w->portal, NCT_FORM_USER, &user), NCT_OK);
    expect_status(nct_form_validate(user, &problems), NCT_E_PROBLEMS);
    expect_status(nct_problems_message_in(problems, 0, "fr", text, sizeof text, NULL), NCT_OK);
    assert_string_equal(text, "C'est obligatoire. (User's NCID)");
    nct_problems_free(problems);
    nct_form_free(user);
}

static void explain_in(struct world *w, const struct cast *who, const char *npi, int32_t right, const char *spanish,
                       const char *help) {
    nct_explanation *explanation = NULL;
    char text[1024];
    size_t len = 0;
    expect_status(nct_access_explain(w->portal, npi, strlen(npi), who->ncid, strlen(who->ncid), right, &explanation),
                  NCT_OK);
    expect_status(nct_explanation_text_in(explanation, "es", text, sizeof text, &len), NCT_OK);
    assert_string_equal(text, spanish);
    assert_int_equal(len, strlen(spanish));
    expect_status(nct_explanation_help_in(explanation, "es", text, sizeof text, NULL), NCT_OK);
    assert_string_equal(text, help);
    expect_status(nct_explanation_text_in(explanation, NULL, text, sizeof text, NULL), NCT_OK);
    assert_string_equal(text, nct_explanation_text(explanation));
    expect_status(nct_explanation_help_in(explanation, "en", text, sizeof text, NULL), NCT_OK);
    assert_string_equal(text, nct_explanation_help(explanation));
    expect_status(nct_explanation_text_in(explanation, "tlh", text, sizeof text, NULL), NCT_E_NOT_FOUND);
    expect_status(nct_explanation_text_in(explanation, "es", text, len, NULL), NCT_E_BUFFER);
    expect_status(nct_explanation_text_in(explanation, "es", NULL, 1, NULL), NCT_E_ARGUMENT);
    nct_explanation_free(explanation);
}

#define SPANISH_ASK "Puede cambiarlo Olivia Owner (olivia.owner), que administra la oficina (OA)."
#define SPANISH_ONLY "Solo puede hacerlo Olivia Owner (olivia.owner), que administra la oficina (OA)."

static void explanations_are_given_in_spanish(void **state) {
    struct world *w = *state;
    char text[8];
    explain_in(w, &PETRA, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT, "Permitido: pa.submit, como user.", "");
    explain_in(w, &FRANK, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT,
               "Denegado: pa.submit. La persona tiene acceso a este proveedor, pero no este permiso. " SPANISH_ASK,
               SPANISH_ASK);
    explain_in(w, &FRANK, NPI_CLINIC, NCT_AUTHORITY_ENROLLMENT_SUBMIT,
               "Denegado: enrollment.submit. El rol de la persona ante este proveedor no incluye esta "
               "facultad. " SPANISH_ONLY,
               SPANISH_ONLY);
    explain_in(w, &FRANK, world_npi(9), NCT_RIGHT_PA_SUBMIT,
               "Denegado: pa.submit. El proveedor no ha completado su registro CEP. No existe ningún expediente de "
               "proveedor con este identificador.",
               "No existe ningún expediente de proveedor con este identificador.");
    expect_status(nct_explanation_text_in(NULL, "es", text, sizeof text, NULL), NCT_E_ARGUMENT);
    expect_status(nct_explanation_help_in(NULL, "es", text, sizeof text, NULL), NCT_E_ARGUMENT);
}

static void a_receipt_is_rendered_in_spanish_as_it_was_signed(void **state) {
    struct world *w = *state;
    nct_signature *signature = NULL;
    char text[4096], english[4096];
    reopen_with(w, relabel_receipts);
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_PHARMACY_PA, &signature),
                  NCT_OK);
    expect_status(nct_signature_render_in(signature, w->portal, "es", text, sizeof text, NULL), NCT_OK);
    assert_non_null(strstr(text, "Firmado por:  Petra Pharm (NCID petra.pharm)\n"));
    assert_non_null(strstr(text, "Fecha, hora:  2026-01-01 00:00:00 UTC\n"));
    assert_non_null(strstr(text, "Significado:  "));
    assert_non_null(strstr(text, nct_signature_meaning(signature)));
    assert_null(strpbrk(text, "{}"));
    expect_status(nct_signature_render_in(signature, NULL, "en", text, sizeof text, NULL), NCT_OK);
    expect_status(nct_signature_render(signature, english, sizeof english, NULL), NCT_OK);
    assert_string_equal(text, english);
    expect_status(nct_signature_render_in(signature, w->portal, NULL, text, sizeof text, NULL), NCT_OK);
    assert_string_equal(text, english + strlen("Electronic "));
    expect_status(nct_signature_render_in(signature, w->portal, "tlh", text, sizeof text, NULL), NCT_E_NOT_FOUND);
    expect_status(nct_signature_render_in(NULL, w->portal, "es", text, sizeof text, NULL), NCT_E_ARGUMENT);
    expect_status(nct_signature_render_in(signature, w->portal, "es", text, 20, NULL), NCT_E_BUFFER);
    nct_signature_free(signature);
}

/* ---- memory ---- */

static void each_allocation_of_opening_fails(void **state) {
    struct world *w = *state;
    w->configure = override_texts;
    nct_portal_close(w->portal);
    w->portal = NULL;
    size_t live = w->memory.live;
    nct_status status = NCT_E_NO_MEMORY;
    for (size_t at = 1; status != NCT_OK; at++) {
        assert_true(at < 200);
        w->memory.fail_at = w->memory.calls + at;
        status = world_try_open(w);
        if (status != NCT_OK) {
            expect_status(status, NCT_E_NO_MEMORY);
            assert_int_equal(w->memory.live, live);
        }
    }
    w->memory.fail_at = 0;
    assert_string_equal(nct_portal_text(w->portal, "es", "status.NCT_E_EMPTY"), "Segundo.");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_new_user_is_written_to_in_their_language),
        CASE(a_registrant_is_written_to_in_the_language_they_gave),
        CASE(a_person_chooses_their_language),
        CASE(what_is_no_language_is_refused),
        CASE(who_chose_none_is_written_to_in_the_portals_language),
        CASE(a_waiting_mail_is_written_when_it_is_delivered),
        CASE(a_name_with_braces_draws_no_secret),
        CASE(contact_mails_are_in_the_persons_language),
        CASE(a_checkpoint_mailed_in_spanish_can_be_read),
        CASE(a_host_adds_a_language),
        CASE(a_mail_is_of_one_language),
        CASE(a_language_that_went_leaves_the_portals_own),
        CASE(a_host_replaces_texts),
        CASE(problems_are_told_in_spanish),
        CASE(a_language_orders_its_words),
        CASE(explanations_are_given_in_spanish),
        CASE(a_receipt_is_rendered_in_spanish_as_it_was_signed),
        CASE(each_allocation_of_opening_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
