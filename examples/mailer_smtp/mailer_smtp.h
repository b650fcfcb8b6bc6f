/** A mailer that hands each mail to an SMTP server, through libcurl. */
#ifndef NCTRACKS_MAILER_SMTP_H
#define NCTRACKS_MAILER_SMTP_H

#include <stdbool.h>

#include <nctracks/mailer.h>

#define MAILER_SMTP_TEXT_MAX 101

typedef struct mailer_smtp mailer_smtp;

/** How to reach the server. Everything is copied. */
typedef struct mailer_smtp_options {
    const char *url;      /**< smtp://host:port or smtps://host:port, without user information. */
    const char *from;     /**< The sender's address, a valid addr-spec. */
    const char *user;     /**< NULL: without authentication. */
    const char *password; /**< With `user`; NUL-terminated. */
    const char *ca_file;  /**< Certificates to trust (PEM); NULL: the system's. */
    int require_tls;      /**< Refuse a server that offers no STARTTLS. Else it is used where offered. */
} mailer_smtp_options;

/**
 * Prepares the mailer; connects with the first mail only. Any number of threads may use it; they take turns.
 * With a user, TLS is required even if not asked for, unless the server is this machine: a password is never sent
 * in the clear over a network.
 * @return NULL without memory, or for a URL that is not one
 */
mailer_smtp *mailer_smtp_open(const mailer_smtp_options *options);

/** Whether a text is smtp://host:port or smtps://host:port, without a user, whose password would be seen by others. */
bool mailer_smtp_is_url(const char *url);

/** Closes the connection and wipes the password. @param mailer may be NULL */
void mailer_smtp_close(mailer_smtp *mailer);

/** The function of the mailer; pass the mailer itself as `user_data`. @return 0 if the library is too old */
int mailer_smtp_functions(nct_mailer *out);

/** What became of one mail. */
typedef struct mailer_smtp_answer {
    int32_t outcome;                 /**< 0: accepted; else enum nct_mail_outcome. */
    bool ends;                       /**< No other mail would do better now. */
    char text[MAILER_SMTP_TEXT_MAX]; /**< The server's last answer, or what else went wrong; printable ASCII. */
} mailer_smtp_answer;

/** Sends one mail within a time. Any number of threads; they take turns. */
mailer_smtp_answer mailer_smtp_send(mailer_smtp *mailer, const nct_mail *mail, long milliseconds);

/** Connects, and signs in where there is a user, without sending anything. */
mailer_smtp_answer mailer_smtp_probe(mailer_smtp *mailer, long milliseconds);

#endif
