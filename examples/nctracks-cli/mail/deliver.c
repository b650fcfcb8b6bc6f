#include "mail/deliver.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <nctracks/mailer.h>
#include <nctracks/store.h>

#include "mail/transport.h"
#include "terminal/damage_report.h"
#include "terminal/output.h"

#define PAGE 1000
#define MAIL_MILLISECONDS 60000
#define AFTER_MILLISECONDS 10000 /* what a command waits for its mails at most */
#define REFUSALS_MAX 5           /* one after the other, after which it is taken to be us whom the server refuses */
#define SHOWN_EACH 50

struct going {
    struct cli *cli;
    delivery *round;
    int64_t begun;
    size_t tried;
    size_t in_a_row; /* refusals since the last mail that was accepted */
};

static int64_t now(void) {
    struct timespec at = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static int64_t time_left(const struct going *going) {
    int64_t most = going->round->milliseconds;
    return most == 0 ? MAIL_MILLISECONDS : going->begun + most - now();
}

static bool goes_on(const struct going *going) {
    return !going->round->ended && going->tried < going->round->limit && time_left(going) > 0;
}

static void show(const struct going *going) {
    if (going->round->progress && going->tried % SHOWN_EACH == 0 && isatty(STDERR_FILENO) == 1) {
        fprintf(stderr, "%zu tried, %zu sent\n", going->tried, going->round->sent);
    }
}

static void count(struct going *going, const mailer_smtp_answer *answer) {
    delivery *round = going->round;
    going->tried++;
    round->sent += answer->outcome == 0;
    round->refused += answer->outcome == NCT_MAIL_DEFERRED;
    round->given_up += answer->outcome == NCT_MAIL_REJECTED;
    going->in_a_row = answer->outcome == 0 ? 0 : going->in_a_row + 1;
    round->ended = answer->ends || going->in_a_row == REFUSALS_MAX;
    if (answer->outcome != 0) {
        memcpy(round->reason, answer->text, sizeof round->reason);
    }
    show(going);
}

/* Who had it claimed meanwhile, or withdrew it, is no failure. */
static nct_status settle(nct_mail *mail, const mailer_smtp_answer *answer) {
    if (answer->outcome == 0) {
        return nct_mail_accept(mail);
    }
    const char *text = answer->text[0] != '\0' ? answer->text : "not accepted";
    nct_status status = nct_mail_give_back(mail, answer->outcome, text, strlen(text));
    return status == NCT_E_STATE || status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

static nct_status deliver_next(struct going *going, char after[NCT_KEY_MAX]) {
    nct_mail *mail = NULL;
    nct_status status = nct_mail_claim(going->cli->portal, after, strlen(after), &mail);
    if (status != NCT_OK) {
        return status;
    }
    snprintf(after, NCT_KEY_MAX, "%s", nct_mail_id(mail));
    mailer_smtp_answer answer = transport_send(going->cli, mail, (long)time_left(going));
    count(going, &answer);
    status = settle(mail, &answer);
    nct_mail_free(mail);
    return status;
}

nct_status deliver(struct cli *cli, delivery *round) {
    struct going going = {cli, round, now(), 0, 0};
    char after[NCT_KEY_MAX] = "";
    nct_status status = NCT_OK;
    while (status == NCT_OK && goes_on(&going)) {
        status = deliver_next(&going, after);
    }
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

static nct_status count_page(struct cli *cli, char after[NCT_KEY_MAX], size_t *waiting, size_t *given_up) {
    nct_mail_list *page = NULL;
    size_t len = strlen(after);
    nct_status status = damage_pass(cli, nct_mail_list_page(cli->portal, len > 0 ? after : NULL, len, PAGE, &page));
    size_t rows = nct_mail_list_count(page);
    *waiting += rows;
    for (size_t i = 0; i < rows; i++) {
        *given_up += nct_mail_list_state(page, i) == NCT_MAIL_GIVEN_UP;
    }
    snprintf(after, NCT_KEY_MAX, "%s", rows > 0 ? nct_mail_list_id(page, rows - 1) : "");
    nct_mail_list_free(page);
    return status;
}

nct_status deliver_count(struct cli *cli, size_t *waiting, size_t *given_up) {
    char after[NCT_KEY_MAX] = "";
    size_t dead = 0;
    nct_status status = NCT_OK;
    *waiting = 0;
    do {
        status = count_page(cli, after, waiting, &dead);
    } while (status == NCT_OK && after[0] != '\0');
    if (given_up != NULL) {
        *given_up = dead;
    }
    return status;
}

static void tell(struct cli *cli, size_t waiting, size_t given_up, const char *reason) {
    if (given_up > 0) {
        out_note(cli, "%zu of %zu mails that wait %s given up; see 'nctracks mail list'%s%s%s", given_up, waiting,
                 given_up == 1 ? "is" : "are", reason[0] != '\0' ? " (" : "", reason, reason[0] != '\0' ? ")" : "");
    } else if (waiting > 0) {
        out_note(cli, "%zu %s not been delivered yet and will be tried again by 'nctracks mail flush'%s%s%s", waiting,
                 waiting == 1 ? "mail has" : "mails have", reason[0] != '\0' ? " (" : "", reason,
                 reason[0] != '\0' ? ")" : "");
    }
}

void deliver_after(struct cli *cli) {
    delivery round = {.limit = SIZE_MAX, .milliseconds = AFTER_MILLISECONDS};
    size_t waiting = 0;
    size_t given_up = 0;
    const char *trouble = transport_open(cli, false);
    if (trouble == NULL) {
        (void)deliver(cli, &round); /* the command is done whatever becomes of its mails */
    }
    bool partial = cli->partial;
    nct_status status = deliver_count(cli, &waiting, &given_up);
    cli->partial = partial; /* damaged mails are told by 'mail list' */
    if (status != NCT_OK) {
        return;
    }
    if (cli->json) {
        out_put_integer(cli->result, "mails_waiting", (int64_t)waiting);
    }
    tell(cli, waiting, given_up, trouble != NULL ? trouble : round.reason);
}
