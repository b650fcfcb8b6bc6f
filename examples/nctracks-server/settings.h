/** The server's one configuration file: lines of `name = value`, comments from `#`; see settings_describe(). */
#ifndef NCTRACKS_SERVER_SETTINGS_H
#define NCTRACKS_SERVER_SETTINGS_H

#include <stdbool.h>
#include <stdio.h>

#define SETTINGS_TEXT_MAX 512

/** Every option, as read; texts are empty where none was given. */
struct settings {
    char listen_address[SETTINGS_TEXT_MAX];
    long port;
    char origin[SETTINGS_TEXT_MAX];
    bool plain_http;
    bool behind_proxy;

    char database[SETTINGS_TEXT_MAX];
    char key_file[SETTINGS_TEXT_MAX];
    char roster_folder[SETTINGS_TEXT_MAX];
    char profile[SETTINGS_TEXT_MAX];
    char profile_file[SETTINGS_TEXT_MAX];
    char language[SETTINGS_TEXT_MAX];
    char operators[SETTINGS_TEXT_MAX];
    char service_token_file[SETTINGS_TEXT_MAX];

    char mail_folder[SETTINGS_TEXT_MAX];
    char smtp_url[SETTINGS_TEXT_MAX];
    char mail_from[SETTINGS_TEXT_MAX];
    char smtp_user[SETTINGS_TEXT_MAX];
    char smtp_password_file[SETTINGS_TEXT_MAX];
    char smtp_ca_file[SETTINGS_TEXT_MAX];
    bool smtp_require_tls;

    char ldap_url[SETTINGS_TEXT_MAX];
    char ldap_name[SETTINGS_TEXT_MAX];
    char ldap_ca_file[SETTINGS_TEXT_MAX];
    bool ldap_start_tls;
    long ldap_seconds;
    char proxy_secret_file[SETTINGS_TEXT_MAX];
    char proxy_sign_in[SETTINGS_TEXT_MAX];

    char pages[SETTINGS_TEXT_MAX];
    char attestation_file[SETTINGS_TEXT_MAX];
    char attestation_version[SETTINGS_TEXT_MAX];

    long body_max;
    long connections;
    long connections_per_address;
    long idle_seconds;
    long requests_per_minute;
    long tries_per_minute;
    long upkeep_seconds;
    bool demo;
};

/**
 * Reads a file. What is unknown, given twice, out of bounds or contradicts itself is said on `errors`, each with the
 * file's name and line.
 * @return false if anything was
 */
bool settings_read(const char *path, struct settings *out, FILE *errors);

/** Writes every option with what it means and its usual value, as a file that could be read. */
void settings_describe(FILE *out);

/** The word at `index` of a list separated by spaces, with its length; NULL past the end. */
const char *settings_word(const char *list, size_t index, size_t *len);

#endif
