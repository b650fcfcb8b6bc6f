#include "settings.h"

#include "identity_ldap.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 1024

enum kind { TEXT, NUMBER, SWITCH };

struct option {
    const char *name;
    enum kind kind;
    size_t offset;
    const char *usual;
    long least;
    long most;
    const char *description;
};

#define AT(field) offsetof(struct settings, field)

static const struct option options[] = {
    {"listen_address", TEXT, AT(listen_address), "127.0.0.1", 0, 0,
     "IPv4 address to listen on; only this machine, unless another is given."},
    {"port", NUMBER, AT(port), "8080", 1, 65535, "TCP port."},
    {"origin", TEXT, AT(origin), "", 0, 0,
     "What browsers call the site, such as https://portal.example.org. Without it, http://127.0.0.1:PORT and "
     "http://localhost:PORT."},
    {"plain_http", SWITCH, AT(plain_http), "no", 0, 0,
     "yes: browsers reach it by http, for development on this machine alone; the cookie is then neither Secure nor "
     "__Host-."},
    {"behind_proxy", SWITCH, AT(behind_proxy), "no", 0, 0,
     "yes: the last address in X-Forwarded-For is the client's; only behind a proxy that sets it."},
    {"database", TEXT, AT(database), "", 0, 0,
     "SQLite file of the portal, or postgresql://user@host/database?sslmode=verify-full; keep its password in a "
     "password "
     "file, see the guide. Needed."},
    {"key_file", TEXT, AT(key_file), "", 0, 0,
     "File of the master key: 64 hexadecimal digits, readable by its owner alone. Needed."},
    {"roster_folder", TEXT, AT(roster_folder), "", 0, 0,
     "Folder in which rosters are kept, sealed, so that a server that is started again goes on with them. Without it "
     "they "
     "are in memory, and lost with it."},
    {"profile", TEXT, AT(profile), "", 0, 0, "Dated rules the portal is run under, such as 2013."},
    {"profile_file", TEXT, AT(profile_file), "", 0, 0, "Rules from a file instead, as 'nctracks policy' writes it."},
    {"language", TEXT, AT(language), "en", 0, 0, "Usual language of mails and pages."},
    {"operators", TEXT, AT(operators), "", 0, 0, "NCIDs of the agency's staff, separated by spaces."},
    {"service_token_file", TEXT, AT(service_token_file), "", 0, 0,
     "File with the token gateways ask with (Authorization: Bearer): one line of 32 characters or more."},
    {"mail_folder", TEXT, AT(mail_folder), "", 0, 0,
     "Folder each mail is put into as a file. This or smtp_url is needed."},
    {"smtp_url", TEXT, AT(smtp_url), "", 0, 0, "smtp://host:port or smtps://host:port."},
    {"mail_from", TEXT, AT(mail_from), "nctracks@nctracks.invalid", 0, 0, "The sender's address."},
    {"smtp_user", TEXT, AT(smtp_user), "", 0, 0, "Account at the mail server."},
    {"smtp_password_file", TEXT, AT(smtp_password_file), "", 0, 0, "File with its password, one line."},
    {"smtp_ca_file", TEXT, AT(smtp_ca_file), "", 0, 0, "Certificates to trust (PEM); the system's without it."},
    {"smtp_require_tls", SWITCH, AT(smtp_require_tls), "no", 0, 0, "yes: no mail to a server without TLS."},
    {"ldap_url", TEXT, AT(ldap_url), "", 0, 0,
     "Directory that knows the passwords, such as ldaps://directory.example.org; without it, the portal keeps them."},
    {"ldap_name", TEXT, AT(ldap_name), "", 0, 0,
     "Name of a person's entry, such as uid={ncid},ou=people,dc=example,dc=org."},
    {"ldap_ca_file", TEXT, AT(ldap_ca_file), "", 0, 0, "Certificates to trust for it (PEM); the system's without it."},
    {"ldap_start_tls", SWITCH, AT(ldap_start_tls), "no", 0, 0, "yes: ldap:// is secured by StartTLS."},
    {"ldap_seconds", NUMBER, AT(ldap_seconds), "5", 1, 60, "How long the directory is waited for."},
    {"proxy_secret_file", TEXT, AT(proxy_secret_file), "", 0, 0,
     "File with the secret, 32 characters or more, by which a proxy that signs people in is known (X-NCTracks-Proxy)."},
    {"proxy_sign_in", TEXT, AT(proxy_sign_in), "/oauth2/start", 0, 0, "Path at which that proxy signs people in."},
    {"pages", TEXT, AT(pages), "", 0, 0, "Folder of the web pages; without it, only the interface is served."},
    {"attestation_file", TEXT, AT(attestation_file), "", 0, 0,
     "Text a signer agrees to. Without it, one for demonstrations."},
    {"attestation_version", TEXT, AT(attestation_version), "demonstration-1", 0, 0,
     "Version of that text; it is signed."},
    {"body_max", NUMBER, AT(body_max), "2097152", 1024, 33554432, "Longest body of a request, in bytes."},
    {"connections", NUMBER, AT(connections), "256", 1, 10000, "Most connections at once."},
    {"connections_per_address", NUMBER, AT(connections_per_address), "64", 1, 10000,
     "Most connections at once from one address."},
    {"idle_seconds", NUMBER, AT(idle_seconds), "30", 1, 600,
     "After how long a silent connection is closed; after twice that, one whose request has no whole head."},
    {"requests_per_minute", NUMBER, AT(requests_per_minute), "1200", 1, 1000000,
     "Most requests from one address in a minute."},
    {"tries_per_minute", NUMBER, AT(tries_per_minute), "30", 1, 1000000,
     "Most requests with a password, a PIN or a code from one address in a minute."},
    {"upkeep_seconds", NUMBER, AT(upkeep_seconds), "15", 1, 86400,
     "How often waiting mail and due work are looked after."},
    {"demo", SWITCH, AT(demo), "no", 0, 0,
     "yes: a demonstration: /demo/mail shows the mails, PINs among them. Only on this machine."},
};

#define OPTIONS (sizeof options / sizeof options[0])

/** One reading: where in the file it is, and whether anything was wrong. */
struct reading {
    const char *path;
    size_t line;
    FILE *errors;
    bool failed;
    size_t given_at[OPTIONS];
    struct settings *settings;
};

static void object(struct reading *reading, size_t line, const char *what, const char *name) {
    fprintf(reading->errors, "%s:%zu: %s%s%s\n", reading->path, line, name, name[0] != '\0' ? ": " : "", what);
    reading->failed = true;
}

static void *place(struct settings *settings, const struct option *option) {
    return (char *)settings + option->offset;
}

static bool put_number(const struct option *option, const char *value, void *out) {
    char *end = NULL;
    errno = 0;
    long number = strtol(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || number < option->least || number > option->most) {
        return false;
    }
    *(long *)out = number;
    return true;
}

static bool put_switch(const char *value, void *out) {
    bool yes = strcmp(value, "yes") == 0;
    *(bool *)out = yes;
    return yes || strcmp(value, "no") == 0;
}

static bool put(struct settings *settings, const struct option *option, const char *value) {
    void *out = place(settings, option);
    switch (option->kind) {
    case NUMBER:
        return put_number(option, value, out);
    case SWITCH:
        return put_switch(value, out);
    case TEXT:
        break;
    }
    int len = snprintf(out, SETTINGS_TEXT_MAX, "%s", value);
    return len >= 0 && len < SETTINGS_TEXT_MAX;
}

static const struct option *find(const char *name) {
    for (size_t i = 0; i < OPTIONS; i++) {
        if (strcmp(options[i].name, name) == 0) {
            return &options[i];
        }
    }
    return NULL;
}

static void take(struct reading *reading, const char *name, const char *value) {
    const struct option *option = find(name);
    if (option == NULL) {
        object(reading, reading->line, "there is no such option; see 'nctracks-server options'", name);
        return;
    }
    size_t *given_at = &reading->given_at[option - options];
    if (*given_at != 0) {
        object(reading, reading->line, "given twice", name);
        return;
    }
    *given_at = reading->line;
    if (!put(reading->settings, option, value)) {
        object(reading, reading->line, "not a value it can have", name);
    }
}

/* Without white space at both ends. */
static char *trimmed(char *text) {
    text += strspn(text, " \t");
    size_t len = strlen(text);
    while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL) {
        text[--len] = '\0';
    }
    return text;
}

static void read_line(struct reading *reading, char *line) {
    char *text = trimmed(line);
    if (text[0] == '\0' || text[0] == '#') {
        return;
    }
    char *equals = strchr(text, '=');
    if (equals == NULL) {
        object(reading, reading->line, "not of the form name = value", "");
        return;
    }
    *equals = '\0';
    take(reading, trimmed(text), trimmed(equals + 1));
}

static void read_lines(struct reading *reading, FILE *file) {
    char line[LINE_MAX_BYTES];
    while (fgets(line, sizeof line, file) != NULL) {
        reading->line++;
        if (strchr(line, '\n') == NULL && !feof(file)) {
            object(reading, reading->line, "the line is too long", "");
            return;
        }
        read_line(reading, line);
    }
    if (ferror(file)) {
        object(reading, reading->line, strerror(errno), "");
    }
}

static size_t line_of(const struct reading *reading, const char *name) {
    size_t line = reading->given_at[find(name) - options];
    return line != 0 ? line : reading->line;
}

static void want(struct reading *reading, bool holds, const char *name, const char *what) {
    if (!holds) {
        object(reading, line_of(reading, name), what, name);
    }
}

static bool is_loopback(const char *address) {
    return strncmp(address, "127.", 4) == 0;
}

static void check_needed(struct reading *reading, const struct settings *s) {
    want(reading, s->database[0] != '\0', "database", "is needed");
    want(reading, s->key_file[0] != '\0', "key_file", "is needed");
    want(reading, s->profile[0] != '\0' || s->profile_file[0] != '\0', "profile", "or profile_file is needed");
    want(reading, s->profile[0] == '\0' || s->profile_file[0] == '\0', "profile_file", "excludes profile");
    want(reading, s->mail_folder[0] != '\0' || s->smtp_url[0] != '\0', "mail_folder", "or smtp_url is needed");
    want(reading, s->mail_folder[0] == '\0' || s->smtp_url[0] == '\0', "smtp_url", "excludes mail_folder");
}

static void check_together(struct reading *reading, const struct settings *s) {
    want(reading, (s->smtp_user[0] != '\0') == (s->smtp_password_file[0] != '\0'), "smtp_user",
         "and smtp_password_file belong together");
    want(reading, s->smtp_user[0] == '\0' || s->smtp_url[0] != '\0', "smtp_user", "is for smtp_url alone");
    want(reading, !s->plain_http || is_loopback(s->listen_address), "plain_http", "is for a loopback address alone");
    want(reading, !s->plain_http || s->origin[0] == '\0' || strncmp(s->origin, "http://", 7) == 0, "origin",
         "is not of http, but plain_http is yes");
    want(reading, s->plain_http || strncmp(s->origin, "https://", 8) == 0, "origin",
         "has to begin with https://, unless plain_http is yes");
    want(reading, !s->demo || is_loopback(s->listen_address), "demo", "is for a loopback address alone");
    want(reading, !s->demo || s->mail_folder[0] != '\0', "demo", "needs mail_folder");
    want(reading, !s->demo || !s->behind_proxy, "demo", "excludes behind_proxy");
}

/* A password crosses no network in the clear. */
static bool is_secure(const struct settings *s) {
    return strncmp(s->ldap_url, "ldaps://", 8) == 0 ||
           (strncmp(s->ldap_url, "ldap://", 7) == 0 && (s->ldap_start_tls || is_loopback(s->ldap_url + 7)));
}

static void check_identity(struct reading *reading, const struct settings *s) {
    bool any = s->ldap_url[0] != '\0';
    const char *place = strstr(s->ldap_name, "{ncid}");
    want(reading, !any || identity_ldap_is_there(), "ldap_url", "this server was built without libldap");
    want(reading, !any || is_secure(s), "ldap_url",
         "has to be ldaps://, or ldap:// with ldap_start_tls or on this machine (127.)");
    want(reading, any == (s->ldap_name[0] != '\0'), "ldap_name", "and ldap_url belong together");
    want(reading, !any || (place != NULL && strstr(place + 1, "{ncid}") == NULL), "ldap_name",
         "has to have {ncid} once");
    want(reading, s->proxy_sign_in[0] == '/' && s->proxy_sign_in[1] != '/', "proxy_sign_in",
         "has to be a path of this site");
}

static void set_usual(struct settings *settings) {
    memset(settings, 0, sizeof *settings);
    for (size_t i = 0; i < OPTIONS; i++) {
        put(settings, &options[i], options[i].usual);
    }
}

bool settings_read(const char *path, struct settings *out, FILE *errors) {
    struct reading reading = {.path = path, .errors = errors, .settings = out};
    set_usual(out);
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        fprintf(errors, "%s: %s\n", path, strerror(errno));
        return false;
    }
    read_lines(&reading, file);
    fclose(file);
    if (!reading.failed) {
        check_needed(&reading, out);
        check_together(&reading, out);
        check_identity(&reading, out);
    }
    return !reading.failed;
}

void settings_describe(FILE *out) {
    for (size_t i = 0; i < OPTIONS; i++) {
        const struct option *option = &options[i];
        fprintf(out, "%s# %s", i > 0 ? "\n" : "", option->description);
        if (option->kind == NUMBER) {
            fprintf(out, " %ld to %ld.", option->least, option->most);
        }
        fprintf(out, "\n%s%s =%s%s\n", option->usual[0] == '\0' ? "# " : "", option->name,
                option->usual[0] != '\0' ? " " : "", option->usual);
    }
}

const char *settings_word(const char *list, size_t index, size_t *len) {
    for (;; index--) {
        list += strspn(list, " \t");
        *len = strcspn(list, " \t");
        if (*len == 0) {
            return NULL;
        }
        if (index == 0) {
            return list;
        }
        list += *len;
    }
}
