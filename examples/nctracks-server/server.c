#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nctracks/language.h>
#include <nctracks/mailer.h>

#include "identity_ldap.h"
#include "key_file.h"
#include "metrics.h"
#include "rates.h"
#include "rosters.h"

/* For demonstrations alone: a host puts its own text in a file, and its version in the configuration. */
#define ATTESTATION                                                                                                    \
    "I certify that I have read this document, that it is true, accurate and complete to the best of my knowledge, "   \
    "and that I sign it as I would by hand."

static bool say(const char *path, const char *what) {
    fprintf(stderr, "nctracks-server: %s: %s\n", path, what);
    return false;
}

static bool say_status(const char *path, nct_status status) {
    fprintf(stderr, "nctracks-server: %s: %s: %s\n", path, nct_status_name(status), nct_status_message(status));
    return false;
}

static bool set_key(struct server *server, nct_config *config, bool create) {
    const char *path = server->settings.key_file;
    unsigned char key[NCT_MASTER_KEY_BYTES];
    if (create && access(path, F_OK) != 0 && !key_file_make(path)) {
        return say(path, strerror(errno));
    }
    const char *wrong = key_file_objection(path, key);
    nct_status status = wrong == NULL ? nct_config_set_master_key(config, key, sizeof key) : NCT_OK;
    if (wrong == NULL) {
        roster_file_key(key, server->roster_folder.key);
    }
    explicit_bzero(key, sizeof key);
    if (wrong != NULL) {
        return say(path, wrong);
    }
    return status == NCT_OK || say_status(path, status);
}

/* What the database is called in messages: never with a password. */
static bool say_database(const struct server *server, const char *what) {
    char place[SETTINGS_TEXT_MAX];
    return say(portal_store_place(server->settings.database, place, sizeof place), what);
}

static bool set_store(struct server *server, nct_config *config, bool create) {
    const char *name = server->settings.database;
    char reason[600];
    nct_status status = create ? NCT_OK : portal_store_look(name);
    if (status == NCT_E_NOT_FOUND) {
        return say_database(server, "there is no database; 'nctracks-server init' makes a new one");
    }
    if (status == NCT_OK) {
        status = portal_store_open(name, &server->store);
    }
    if (status != NCT_OK) {
        return say_database(server, portal_store_error(name, reason, sizeof reason));
    }
    status = portal_store_use(&server->store, config);
    return status == NCT_OK || say_database(server, nct_status_message(status));
}

/* A secret: the first line of a file only its owner may read. */
static bool read_secret(const char *path, char *out, size_t capacity) {
    file_content content;
    if (!file_read_as(TRUST_SECRET, path, SETTINGS_TEXT_MAX, &content)) {
        return say(path, trusted_reason());
    }
    size_t len = strcspn(content.bytes, "\r\n");
    bool fits = len > 0 && len < capacity;
    memcpy(out, content.bytes, fits ? len : 0);
    out[fits ? len : 0] = '\0';
    file_release(&content);
    return fits || say(path, "the first line is empty or too long");
}

static bool open_smtp(struct server *server, nct_mailer *functions) {
    const struct settings *s = &server->settings;
    char password[SETTINGS_TEXT_MAX] = "";
    if (s->smtp_password_file[0] != '\0' && !read_secret(s->smtp_password_file, password, sizeof password)) {
        return false;
    }
    mailer_smtp_options options = {s->smtp_url,
                                   s->mail_from,
                                   s->smtp_user[0] != '\0' ? s->smtp_user : NULL,
                                   password,
                                   s->smtp_ca_file[0] != '\0' ? s->smtp_ca_file : NULL,
                                   s->smtp_require_tls};
    server->smtp = mailer_smtp_open(&options);
    explicit_bzero(password, sizeof password);
    mailer_smtp_functions(functions);
    return server->smtp != NULL || say(s->smtp_url, "not smtp://host:port or smtps://host:port");
}

static bool open_folder(struct server *server, nct_mailer *functions) {
    const struct settings *s = &server->settings;
    const char *wrong = mailer_eml_open(s->mail_folder, s->mail_from, &server->folder);
    mailer_eml_functions(functions);
    return wrong == NULL || say(s->mail_folder, wrong);
}

static bool set_mailer(struct server *server, nct_config *config) {
    nct_mailer functions;
    bool smtp = server->settings.smtp_url[0] != '\0';
    if (!(smtp ? open_smtp(server, &functions) : open_folder(server, &functions))) {
        return false;
    }
    nct_status status = nct_config_set_mailer(config, &functions, smtp ? (void *)server->smtp : (void *)server->folder);
    return status == NCT_OK || say_status("mail", status);
}

/* Rules from a file, with what is wrong in it by line. */
static bool load_policy(const char *path, nct_policy **out) {
    file_content text;
    nct_policy_problems *problems = NULL;
    if (!file_read_as(TRUST_KEPT, path, NCT_POLICY_TEXT_MAX, &text)) {
        return say(path, trusted_reason());
    }
    nct_status status = nct_policy_load(text.bytes, text.len, &problems, out);
    file_release(&text);
    for (size_t i = 0; i < nct_policy_problems_count(problems); i++) {
        fprintf(stderr, "nctracks-server: %s:%zu: %s\n", path, nct_policy_problems_line(problems, i),
                nct_policy_problems_message(problems, i));
    }
    nct_policy_problems_free(problems);
    return status == NCT_OK || say_status(path, status);
}

static bool set_policy(struct server *server, nct_config *config) {
    const struct settings *s = &server->settings;
    nct_policy *policy = NULL;
    bool done = true;
    if (s->profile_file[0] != '\0') {
        done = load_policy(s->profile_file, &policy);
    } else if (nct_policy_new(s->profile, &policy) != NCT_OK) {
        done = say(s->profile, "there are no rules of this name");
    }
    nct_status status = done ? nct_config_set_policy(config, policy) : NCT_OK;
    nct_policy_free(policy);
    return done && (status == NCT_OK || say_status("rules", status));
}

static bool set_language(struct server *server, nct_config *config) {
    const char *language = server->settings.language;
    return nct_config_set_language(config, language) == NCT_OK || say(language, "there are no texts in this language");
}

static bool set_identity(struct server *server, nct_config *config) {
    nct_identity identity;
    if (server->settings.ldap_url[0] == '\0') {
        return true;
    }
    nct_status status = identity_ldap_init(&identity);
    if (status == NCT_OK) {
        status = nct_config_set_identity(config, &identity, &server->settings);
    }
    return status == NCT_OK || say_status(server->settings.ldap_url, status);
}

static bool open_portal(struct server *server, bool create) {
    nct_config *config = NULL;
    nct_status status = nct_config_new(&config);
    bool done = (status == NCT_OK || say_status("configuration", status)) && set_key(server, config, create) &&
                set_policy(server, config) && set_language(server, config) && set_identity(server, config) &&
                set_mailer(server, config) && set_store(server, config, create);
    status = done ? nct_portal_open(config, &server->portal) : NCT_OK;
    nct_config_free(config);
    char place[SETTINGS_TEXT_MAX];
    return done &&
           (status == NCT_OK || say_status(portal_store_place(server->settings.database, place, sizeof place), status));
}

static bool open_attestation(struct server *server) {
    const char *path = server->settings.attestation_file;
    if (path[0] != '\0') {
        return file_read_as(TRUST_KEPT, path, (size_t)64 * 1024, &server->attestation) || say(path, trusted_reason());
    }
    server->attestation = (file_content){strdup(ATTESTATION), strlen(ATTESTATION)};
    return server->attestation.bytes != NULL;
}

/* What another program is known by; `out` has room for a setting. */
static bool open_shared(const char *path, char *out) {
    if (path[0] == '\0') {
        return true;
    }
    return read_secret(path, out, SETTINGS_TEXT_MAX) &&
           (strlen(out) >= 32 || say(path, "the secret is shorter than 32 characters"));
}

static bool open_pages(struct server *server) {
    const char *path = server->settings.pages;
    if (path[0] == '\0') {
        return true;
    }
    server->pages = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return server->pages >= 0 || say(path, strerror(errno));
}

static bool open_roster_folder(struct server *server, bool create) {
    const char *path = server->settings.roster_folder;
    if (path[0] == '\0') {
        return true;
    }
    if (create && mkdir(path, 0700) != 0 && errno != EEXIST) {
        return say(path, strerror(errno));
    }
    server->roster_folder.fd = trusted_open(AT_FDCWD, path, TRUST_SECRET_FOLDER);
    return server->roster_folder.fd >= 0 || say(path, trusted_reason());
}

bool server_open(struct server *server, bool create) {
    server->pages = -1;
    server->roster_folder.fd = -1;
    server->rates = rates_new();
    server->metrics = metrics_new();
    server->rosters = rosters_new(server);
    return server->rates != NULL && server->metrics != NULL && server->rosters != NULL && open_attestation(server) &&
           open_shared(server->settings.service_token_file, server->service_token) &&
           open_shared(server->settings.proxy_secret_file, server->proxy_secret) && open_pages(server) &&
           open_roster_folder(server, create) && open_portal(server, create);
}

void server_close(struct server *server) {
    rosters_free(server->rosters);
    nct_portal_close(server->portal);
    portal_store_close(&server->store);
    mailer_eml_close(server->folder);
    mailer_smtp_close(server->smtp);
    rates_free(server->rates);
    metrics_free(server->metrics);
    file_release(&server->attestation);
    explicit_bzero(server->service_token, sizeof server->service_token);
    explicit_bzero(server->proxy_secret, sizeof server->proxy_secret);
    explicit_bzero(server->roster_folder.key, sizeof server->roster_folder.key);
    if (server->pages >= 0) {
        close(server->pages);
    }
    if (server->roster_folder.fd >= 0) {
        close(server->roster_folder.fd);
    }
}

bool server_is_operator(const struct server *server, const char *ncid) {
    size_t len = 0;
    const char *word = NULL;
    for (size_t i = 0; (word = settings_word(server->settings.operators, i, &len)) != NULL; i++) {
        if (strlen(ncid) == len && strncasecmp(word, ncid, len) == 0) {
            return true;
        }
    }
    return false;
}
