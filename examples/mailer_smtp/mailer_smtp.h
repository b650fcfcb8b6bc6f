/** A mailer that hands each mail to an SMTP server, through libcurl. */
#ifndef NCTRACKS_MAILER_SMTP_H
#define NCTRACKS_MAILER_SMTP_H

#include <nctracks/mailer.h>

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

/** Closes the connection and wipes the password. @param mailer may be NULL */
void mailer_smtp_close(mailer_smtp *mailer);

/** The function of the mailer; pass the mailer itself as `user_data`. @return 0 if the library is too old */
int mailer_smtp_functions(nct_mailer *out);

/** Why the last mail was not accepted, for an administrator; empty if it was. Not while another thread sends. */
const char *mailer_smtp_reason(const mailer_smtp *mailer);

#endif
