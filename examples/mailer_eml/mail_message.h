/** A mail of the library as an Internet message (RFC 5322, RFC 2045 to 2047), for any mailer. */
#ifndef NCTRACKS_MAIL_MESSAGE_H
#define NCTRACKS_MAIL_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <nctracks/mailer.h>

/** The whole message, lines ended by CR LF. It may hold a PIN: release it, which wipes it. */
typedef struct mail_message {
    char *bytes;
    size_t len;
    size_t capacity;
} mail_message;

/**
 * Writes a mail as a message. The body is plain 7-bit text where it can be, quoted-printable where it must.
 * @param from the sender's address, a valid addr-spec
 * @return false without memory
 */
bool mail_message_write(const nct_mail *mail, const char *from, mail_message *out);

/** Wipes and releases. */
void mail_message_release(mail_message *message);

#endif
