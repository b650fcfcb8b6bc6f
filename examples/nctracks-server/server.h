/** The running server: what every request may use. */
#ifndef NCTRACKS_SERVER_H
#define NCTRACKS_SERVER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include <nctracks/portal.h>

#include "files.h"
#include "mailer_eml.h"
#include "mailer_smtp.h"
#include "portal_store.h"
#include "roster_file.h"
#include "settings.h"

#define SERVICE_NAME "nctracks-server" /* who acts where nobody does: mail and due work, in the ledger */

struct rates;
struct rosters;
struct metrics;
struct slow;

struct server {
    struct settings settings;
    nct_portal *portal;
    portal_store store;
    mailer_eml *folder;
    mailer_smtp *smtp;
    struct rates *rates;
    struct metrics *metrics;
    struct rosters *rosters;
    struct roster_folder roster_folder;
    struct slow *slow;
    file_content attestation;
    char service_token[SETTINGS_TEXT_MAX]; /**< Empty: no service may ask. */
    char proxy_secret[SETTINGS_TEXT_MAX];  /**< Empty: no proxy signs people in. */
    int pages;                             /**< Descriptor of the folder of pages; -1: none. */
    atomic_bool stopping;
};

/**
 * Opens the portal and all it needs; what cannot be is said on standard error.
 * @param create whether the key file and the database are made where they are not there
 */
bool server_open(struct server *server, bool create);
void server_close(struct server *server);

/** Whether somebody is one of the agency's staff. `ncid` is in canonical form. */
bool server_is_operator(const struct server *server, const char *ncid);

#endif
