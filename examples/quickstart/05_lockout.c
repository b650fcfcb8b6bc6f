/* Wrong PINs: the next try must wait, the tenth disables the PIN, a reset brings a new one. Time is the program's. */
#include "story.h"

#include <stdio.h>
#include <string.h>

#define PASSWORD "correct horse battery"
#define HOUR INT64_C(3600000)

static nct_status tell_time(int64_t *milliseconds, void *user_data) {
    const int64_t *now = user_data;
    *milliseconds = *now;
    return NCT_OK;
}

/* A mailer. In production it hands the mail to a server, and never logs the body: it holds a PIN. */
static nct_status keep_pin(const nct_mail *mail, void *user_data) {
    const char *pin = nct_mail_parameter(mail, "pin");
    if (pin != NULL)
        snprintf(user_data, PIN_ROOM, "%s", pin);
    return NCT_OK;
}

static nct_portal *open_portal(char pin[PIN_ROOM], int64_t *now) {
    static const unsigned char key[NCT_MASTER_KEY_BYTES] = {1}; /* in production: 32 random bytes, kept apart */
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    nct_clock clock;
    expect(nct_clock_init(&clock, sizeof clock), NCT_OK, "nct_clock_init");
    clock.now = tell_time;
    nct_mailer mailer;
    expect(nct_mailer_init(&mailer, sizeof mailer), NCT_OK, "nct_mailer_init");
    mailer.send = keep_pin;
    expect(nct_config_new(&config), NCT_OK, "nct_config_new");
    expect(nct_config_set_master_key(config, key, sizeof key), NCT_OK, "nct_config_set_master_key");
    expect(nct_config_set_clock(config, &clock, now), NCT_OK, "nct_config_set_clock");
    expect(nct_config_set_mailer(config, &mailer, pin), NCT_OK, "nct_config_set_mailer");
    expect(nct_portal_open(config, &portal), NCT_OK, "nct_portal_open");
    nct_config_free(config);
    return portal;
}

static nct_status sign(nct_portal *portal, const char *pin) {
    const nct_form_field fields[] = {
        {"signer.ncid", "petra.prior"},
        {"signer.password", PASSWORD},
        {"signer.pin", pin},
        {"provider.npi", CLINIC},
        {"submission.kind", "pharmacy_pa"},
        {"document.id", "PA-1"},
        {"document.version", "1"},
        {"document.content", "A made-up prior approval."},
        {"attestation.version", "example-1"},
        {"attestation.text", "I certify that this is true."},
    };
    nct_form *signing = filled(portal, NCT_FORM_SIGNING, COUNT(fields), fields);
    nct_signature *signature = NULL;
    nct_status status = nct_sign(signing, NULL, &signature);
    nct_signature_free(signature);
    nct_form_free(signing);
    return status;
}

static void show(nct_portal *portal, const char *what) {
    int32_t state = 0;
    int32_t failures = 0;
    expect(nct_pin_status(portal, NCT_TEXT("petra.prior"), &state, NULL, &failures), NCT_OK, "nct_pin_status");
    printf("%-46s %-8s %2d wrong\n", what, nct_pin_state_name(state), (int)failures);
}

int main(void) {
    int64_t now = INT64_C(1767225600000); /* 2026-01-01T00:00:00Z */
    char pin[PIN_ROOM] = "";
    nct_portal *portal = open_portal(pin, &now);
    enroll_clinic(portal);
    add_user(portal, "petra.prior", "Petra", "Prior", "pa.submit");
    set_password(portal, "petra.prior", PASSWORD);

    char wrong[PIN_ROOM];
    memcpy(wrong, pin, sizeof wrong);
    wrong[0] = wrong[0] == '9' ? '0' : (char)(wrong[0] + 1);
    for (int i = 0; i < 3; i++)
        expect(sign(portal, wrong), NCT_E_DENIED, "a wrong PIN");
    show(portal, "three wrong PINs");
    expect(sign(portal, pin), NCT_E_DENIED, "the right PIN too soon");
    show(portal, "the right one too soon: refused, not counted");
    for (int i = 3; i < 10; i++) {
        now += 2 * HOUR;
        expect(sign(portal, wrong), NCT_E_DENIED, "a wrong PIN");
    }
    show(portal, "seven more, each after its wait");
    now += 1000 * HOUR;
    expect(sign(portal, pin), NCT_E_DENIED, "the right PIN, disabled");
    show(portal, "the right one, weeks later");

    nct_status status =
        nct_pin_reset_by_administrator(portal, NCT_TEXT("olivia.owner"), NCT_TEXT(CLINIC), NCT_TEXT("petra.prior"));
    expect(status, NCT_OK, "a reset by the Office Administrator");
    show(portal, "reset by the Office Administrator");
    expect(sign(portal, pin), NCT_OK, "the new PIN");
    show(portal, "the new PIN signs");
    nct_portal_close(portal);
    return 0;
}
