#include "mailer_smtp.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "mail_message.h"

#define CONNECT_SECONDS 15L
#define MAIL_SECONDS 60L
#define ADDRESS_MAX_BYTES 300

struct mailer_smtp {
    CURL *curl; /* one for all mails, so that they share a connection */
    pthread_mutex_t lock;
    char *url;
    char *from;
    char *user;
    char *password;
    char *ca_file;
    bool require_tls;
    char reason[CURL_ERROR_SIZE];
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
static bool is_url(const char *url) {
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
    if (!is_url(options->url) || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
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

static void set_connection(mailer_smtp *mailer) {
    CURL *curl = mailer->curl;
    curl_easy_reset(curl); /* keeps the connection */
    curl_easy_setopt(curl, CURLOPT_URL, mailer->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(mailer->require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, MAIL_SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, mailer->reason);
    if (mailer->ca_file != NULL) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, mailer->ca_file);
    }
    if (mailer->user != NULL) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, mailer->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, mailer->password);
    }
}

static CURLcode transfer(mailer_smtp *mailer, const char *recipient, const mail_message *message) {
    char from[ADDRESS_MAX_BYTES];
    char to[ADDRESS_MAX_BYTES];
    snprintf(from, sizeof from, "<%s>", mailer->from);
    snprintf(to, sizeof to, "<%s>", recipient);
    struct curl_slist *recipients = curl_slist_append(NULL, to);
    if (recipients == NULL) {
        return CURLE_OUT_OF_MEMORY;
    }
    upload left = {message->bytes, message->len};
    set_connection(mailer);
    curl_easy_setopt(mailer->curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(mailer->curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(mailer->curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(mailer->curl, CURLOPT_READDATA, &left);
    curl_easy_setopt(mailer->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message->len);
    curl_easy_setopt(mailer->curl, CURLOPT_UPLOAD, 1L);
    CURLcode code = curl_easy_perform(mailer->curl);
    curl_slist_free_all(recipients);
    return code;
}

static nct_status send_mail(const nct_mail *mail, void *user_data) {
    mailer_smtp *mailer = user_data;
    mail_message message = {NULL, 0, 0};
    if (!mail_message_write(mail, mailer->from, &message)) {
        return NCT_E_NO_MEMORY;
    }
    pthread_mutex_lock(&mailer->lock);
    mailer->reason[0] = '\0';
    CURLcode code = transfer(mailer, nct_mail_recipient_address(mail), &message);
    if (code != CURLE_OK && mailer->reason[0] == '\0') {
        snprintf(mailer->reason, sizeof mailer->reason, "%s", curl_easy_strerror(code));
    }
    pthread_mutex_unlock(&mailer->lock);
    mail_message_release(&message);
    return code == CURLE_OK ? NCT_OK : NCT_E_MAILER;
}

int mailer_smtp_functions(nct_mailer *out) {
    if (nct_mailer_init(out, sizeof *out) != NCT_OK) {
        return 0;
    }
    out->send = send_mail;
    return 1;
}

const char *mailer_smtp_reason(const mailer_smtp *mailer) {
    return mailer->reason;
}
