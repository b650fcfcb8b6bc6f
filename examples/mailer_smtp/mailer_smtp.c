#include "mailer_smtp.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "mail_message.h"

#define CONNECT_MILLISECONDS 15000L
#define MAIL_MILLISECONDS 60000L
#define ADDRESS_MAX_BYTES 300

/* How far a dialogue went: what was asked last. */
enum stage { STAGE_HELLO, STAGE_SENDER, STAGE_RECIPIENT, STAGE_CONTENT, STAGE_OVER };

/* What a server said in one dialogue. */
struct dialogue {
    enum stage stage;
    bool over;                        /* the server was told that this is all: what it answers to that tells nothing */
    char reply[MAILER_SMTP_TEXT_MAX]; /* its last line */
};

struct mailer_smtp {
    CURL *curl; /* one for all mails, so that they share a connection */
    pthread_mutex_t lock;
    char *url;
    char *from;
    char *user;
    char *password;
    char *ca_file;
    bool require_tls;
    char error[CURL_ERROR_SIZE];
    struct dialogue dialogue;
};

/* What is left of a message that is being sent. */
typedef struct upload {
    const char *bytes;
    size_t len;
} upload;

static bool begins_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/* A password inside the URL would be visible to everybody who can list processes. */
bool mailer_smtp_is_url(const char *url) {
    return (begins_with(url, "smtp://") || begins_with(url, "smtps://")) && strchr(url, '@') == NULL;
}

static bool is_this_machine(const char *url) {
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    const char *host = strstr(url, "://") + 3;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char after = begins_with(host, names[i]) ? host[strlen(names[i])] : 'x';
        if (after == '\0' || after == ':' || after == '/') {
            return true;
        }
    }
    return false;
}

/* True when there was nothing to copy, or it was copied. */
static bool copy(const char *text, char **out) {
    *out = text != NULL ? strdup(text) : NULL;
    return text == NULL || *out != NULL;
}

static bool fill(mailer_smtp *mailer, const mailer_smtp_options *options) {
    mailer->require_tls = options->require_tls || (options->user != NULL && !is_this_machine(options->url));
    mailer->curl = curl_easy_init();
    return mailer->curl != NULL && copy(options->url, &mailer->url) && copy(options->from, &mailer->from) &&
           copy(options->user, &mailer->user) && copy(options->password, &mailer->password) &&
           copy(options->ca_file, &mailer->ca_file);
}

mailer_smtp *mailer_smtp_open(const mailer_smtp_options *options) {
    if (!mailer_smtp_is_url(options->url) || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return NULL;
    }
    mailer_smtp *mailer = calloc(1, sizeof *mailer);
    if (mailer == NULL || pthread_mutex_init(&mailer->lock, NULL) != 0) {
        free(mailer);
        curl_global_cleanup();
        return NULL;
    }
    if (!fill(mailer, options)) {
        mailer_smtp_close(mailer);
        return NULL;
    }
    return mailer;
}

void mailer_smtp_close(mailer_smtp *mailer) {
    if (mailer == NULL) {
        return;
    }
    curl_easy_cleanup(mailer->curl);
    pthread_mutex_destroy(&mailer->lock);
    if (mailer->password != NULL) {
        explicit_bzero(mailer->password, strlen(mailer->password));
    }
    free(mailer->password);
    free(mailer->user);
    free(mailer->from);
    free(mailer->url);
    free(mailer->ca_file);
    free(mailer);
    curl_global_cleanup();
}

static size_t give(char *buffer, size_t size, size_t count, void *user_data) {
    upload *left = user_data;
    size_t len = size * count < left->len ? size * count : left->len;
    memcpy(buffer, left->bytes, len);
    left->bytes += len;
    left->len -= len;
    return len;
}

/* Printable ASCII: it goes to logs and terminals. */
static void copy_line(const char *text, size_t len, char out[MAILER_SMTP_TEXT_MAX]) {
    size_t count = 0;
    for (size_t i = 0; i < len && count < MAILER_SMTP_TEXT_MAX - 1 && text[i] != '\r' && text[i] != '\n'; i++) {
        out[count++] = text[i] >= 0x20 && text[i] < 0x7F ? text[i] : '?';
    }
    out[count] = '\0';
}

/* What was answered before means nothing for a new command, nor what is answered to the last. */
static void note_command(struct dialogue *dialogue, const char *command, size_t len) {
    static const struct {
        const char *verb;
        enum stage stage;
    } verbs[] = {{"MAIL ", STAGE_SENDER}, {"RCPT ", STAGE_RECIPIENT}, {"DATA", STAGE_CONTENT}, {"QUIT", STAGE_OVER}};
    enum stage stage = dialogue->stage;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (len >= strlen(verbs[i].verb) && strncmp(command, verbs[i].verb, strlen(verbs[i].verb)) == 0) {
            stage = verbs[i].stage;
        }
    }
    dialogue->over = stage == STAGE_OVER;
    if (!dialogue->over) {
        dialogue->stage = stage;
        dialogue->reply[0] = '\0';
    }
}

/* Of what is sent only the verbs are looked at: a password goes by here as well. */
static int on_dialogue(CURL *curl, curl_infotype type, char *data, size_t len, void *user_data) {
    (void)curl;
    struct dialogue *dialogue = user_data;
    if (type == CURLINFO_HEADER_OUT) {
        note_command(dialogue, data, len);
    } else if (type == CURLINFO_HEADER_IN && !dialogue->over) {
        copy_line(data, len, dialogue->reply);
    }
    return 0;
}

static long at_most(long milliseconds, long most) {
    return milliseconds < 1 ? 1 : milliseconds < most ? milliseconds : most;
}

static void set_connection(mailer_smtp *mailer, long milliseconds) {
    CURL *curl = mailer->curl;
    curl_easy_reset(curl); /* keeps the connection */
    curl_easy_setopt(curl, CURLOPT_URL, mailer->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(mailer->require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, at_most(milliseconds, CONNECT_MILLISECONDS));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, at_most(milliseconds, MAIL_MILLISECONDS));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, mailer->error);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); /* into the dialogue, nowhere else */
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_dialogue);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &mailer->dialogue);
    if (mailer->ca_file != NULL) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, mailer->ca_file);
    }
    if (mailer->user != NULL) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, mailer->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, mailer->password);
    }
}

/* Makes one dialogue, and keeps what was said. */
static CURLcode perform(mailer_smtp *mailer) {
    mailer->dialogue = (struct dialogue){STAGE_HELLO, false, ""};
    mailer->error[0] = '\0';
    return curl_easy_perform(mailer->curl);
}

static CURLcode transfer(mailer_smtp *mailer, const char *recipient, const mail_message *message, long milliseconds) {
    char from[ADDRESS_MAX_BYTES];
    char to[ADDRESS_MAX_BYTES];
    snprintf(from, sizeof from, "<%s>", mailer->from);
    snprintf(to, sizeof to, "<%s>", recipient);
    struct curl_slist *recipients = curl_slist_append(NULL, to);
    if (recipients == NULL) {
        return CURLE_OUT_OF_MEMORY;
    }
    upload left = {message->bytes, message->len};
    set_connection(mailer, milliseconds);
    curl_easy_setopt(mailer->curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(mailer->curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(mailer->curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(mailer->curl, CURLOPT_READDATA, &left);
    curl_easy_setopt(mailer->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message->len);
    curl_easy_setopt(mailer->curl, CURLOPT_UPLOAD, 1L);
    CURLcode code = perform(mailer);
    curl_slist_free_all(recipients);
    return code;
}

/*
 * What a reply means (RFC 5321, 4.2; enhanced codes of RFC 3463). The first row that fits. What no other mail would
 * escape ends a round; yet what was said about one mail counts against it, or one that a server chokes on would stand
 * before all others for ever.
 */
static const struct meaning {
    enum stage from, to;
    int least, most;
    const char *enhanced; /* how the enhanced code begins; empty: any */
    int32_t outcome;
    bool ends;
} meanings[] = {
    {STAGE_SENDER, STAGE_SENDER, 552, 552, "", NCT_MAIL_DEFERRED, false}, /* too long for this server */
    {STAGE_HELLO, STAGE_SENDER, 0, 599, "", NCT_MAIL_UNREACHED, true},
    {STAGE_RECIPIENT, STAGE_CONTENT, 421, 421, "", NCT_MAIL_DEFERRED, true},      /* the server closes */
    {STAGE_RECIPIENT, STAGE_CONTENT, 500, 599, "5.7.", NCT_MAIL_DEFERRED, false}, /* may be us who are not let in */
    {STAGE_RECIPIENT, STAGE_CONTENT, 530, 539, "", NCT_MAIL_DEFERRED, true},      /* sign in first (RFC 4954) */
    {STAGE_RECIPIENT, STAGE_CONTENT, 500, 599, "", NCT_MAIL_REJECTED, false},
    {STAGE_RECIPIENT, STAGE_CONTENT, 400, 499, "", NCT_MAIL_DEFERRED, false},
    {STAGE_HELLO, STAGE_CONTENT, 0, 999, "", NCT_MAIL_DEFERRED, true}, /* no reply, or a strange one */
};

static bool fits(const struct meaning *meaning, const struct dialogue *dialogue, int code) {
    size_t len = strlen(meaning->enhanced);
    return dialogue->stage >= meaning->from && dialogue->stage <= meaning->to && code >= meaning->least &&
           code <= meaning->most &&
           (len == 0 || (strlen(dialogue->reply) > 4 && strncmp(dialogue->reply + 4, meaning->enhanced, len) == 0));
}

static mailer_smtp_answer explain(const mailer_smtp *mailer, CURLcode code) {
    const struct dialogue *dialogue = &mailer->dialogue;
    mailer_smtp_answer answer = {0, false, ""};
    if (code == CURLE_OK) {
        return answer;
    }
    int number = (int)strtol(dialogue->reply, NULL, 10);
    const struct meaning *meaning = meanings;
    while (!fits(meaning, dialogue, number)) {
        meaning++;
    }
    const char *error = mailer->error[0] != '\0' ? mailer->error : curl_easy_strerror(code);
    const char *text = number >= 400 ? dialogue->reply : error;
    answer.outcome = meaning->outcome;
    answer.ends = meaning->ends;
    copy_line(text, strlen(text), answer.text);
    return answer;
}

mailer_smtp_answer mailer_smtp_send(mailer_smtp *mailer, const nct_mail *mail, long milliseconds) {
    mail_message message = {NULL, 0, 0};
    if (!mail_message_write(mail, mailer->from, &message)) {
        return (mailer_smtp_answer){NCT_MAIL_UNREACHED, true, "out of memory"};
    }
    pthread_mutex_lock(&mailer->lock);
    CURLcode code = transfer(mailer, nct_mail_recipient_address(mail), &message, milliseconds);
    mailer_smtp_answer answer = explain(mailer, code);
    pthread_mutex_unlock(&mailer->lock);
    mail_message_release(&message);
    return answer;
}

mailer_smtp_answer mailer_smtp_probe(mailer_smtp *mailer, long milliseconds) {
    pthread_mutex_lock(&mailer->lock);
    set_connection(mailer, milliseconds);
    curl_easy_setopt(mailer->curl, CURLOPT_CUSTOMREQUEST, "NOOP");
    curl_easy_setopt(mailer->curl, CURLOPT_NOBODY, 1L);
    mailer_smtp_answer answer = explain(mailer, perform(mailer));
    pthread_mutex_unlock(&mailer->lock);
    return answer;
}

static nct_status send_mail(const nct_mail *mail, void *user_data) {
    static const nct_status statuses[] = {[0] = NCT_OK,
                                          [NCT_MAIL_UNREACHED] = NCT_E_BUSY,
                                          [NCT_MAIL_DEFERRED] = NCT_E_MAILER,
                                          [NCT_MAIL_REJECTED] = NCT_E_DENIED};
    return statuses[mailer_smtp_send(user_data, mail, MAIL_MILLISECONDS).outcome];
}

int mailer_smtp_functions(nct_mailer *out) {
    if (nct_mailer_init(out, sizeof *out) != NCT_OK) {
        return 0;
    }
    out->send = send_mail;
    return 1;
}
