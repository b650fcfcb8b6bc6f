/** Passwords that a directory keeps: asked by an LDAP bind (RFC 4513), anew for each question. */
#ifndef NCTRACKS_SERVER_IDENTITY_LDAP_H
#define NCTRACKS_SERVER_IDENTITY_LDAP_H

#include <stdbool.h>

#include <nctracks/config.h>

#include "settings.h"

/** Whether this program was built with libldap. */
bool identity_ldap_is_there(void);

/** The callback, for `settings` of a directory that outlive the portal; it is called on any thread. */
nct_status identity_ldap_init(nct_identity *identity);

#endif
