#include "portal/provider/authorization_code.h"

#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"

#include <sodium.h>
#include <string.h>

/* Crockford's base 32: no I, L, O, U. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

nct_status nct_code_draw(const struct nct_portal *portal, char code[NCT_AUTHORIZATION_CODE_LENGTH + 1]) {
    unsigned char bytes[NCT_AUTHORIZATION_CODE_LENGTH];
    nct_status status = nct_seams_fill(&portal->seams, bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        code[i] = alphabet[bytes[i] & 31];
    code[sizeof bytes] = '\0';
    sodium_memzero(bytes, sizeof bytes);
    return status;
}

/* Crockford's reading of what people type; 0 for what is skipped. */
static char read_symbol(char typed) {
    char symbol = typed >= 'a' && typed <= 'z' ? (char)(typed - 'a' + 'A') : typed;
    switch (symbol) {
    case '-':
    case ' ':
        return '\0';
    case 'O':
        return '0';
    case 'I':
    case 'L':
        return '1';
    default:
        return symbol;
    }
}

void nct_code_hash(const struct nct_portal *portal, const char *provider, const void *code, size_t len,
                   unsigned char hash[NCT_HASH]) {
    static const char domain[] = "nctracks/authorization-code/1";
    const char *typed = code;
    char symbols[NCT_FIELD_MAX];
    size_t count = 0;
    for (size_t i = 0; i < len && i < sizeof symbols; i++) {
        symbols[count] = read_symbol(typed[i]);
        count += symbols[count] != '\0';
    }
    crypto_generichash_state state;
    crypto_generichash_init(&state, portal->keyring.kept->lookup, NCT_KEY, NCT_HASH);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, (const unsigned char *)provider, strlen(provider) + 1);
    crypto_generichash_update(&state, (const unsigned char *)symbols, count);
    crypto_generichash_final(&state, hash, NCT_HASH);
    sodium_memzero(symbols, sizeof symbols);
    sodium_memzero(&state, sizeof state);
}

/* What the unit of work needs. */
struct renewing {
    const char *provider;
    const char *actor;
    unsigned char hash[NCT_HASH];
};

static nct_status put_code(struct nct_unit *unit, void *argument) {
    const struct renewing *renewing = argument;
    struct nct_provider_private private;
    size_t key_len = strlen(renewing->provider);
    nct_status status = nct_unit_get(unit, &nct_type_provider_private, renewing->provider, key_len, &private);
    if (status != NCT_OK)
        return status;
    memcpy(private.code, renewing->hash, NCT_HASH);
    status = nct_unit_put(unit, &nct_type_provider_private, renewing->provider, key_len, &private);
    sodium_memzero(&private, sizeof private);
    struct nct_stream stream = nct_stream_of_provider(renewing->provider);
    struct nct_note note = {.event = NCT_EVENT_CODE_RENEWED, .actor = renewing->actor, .provider = renewing->provider};
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

static nct_status renew(struct nct_portal *portal, const char *provider, const char *actor, char *code) {
    struct renewing renewing = {.provider = provider, .actor = actor};
    nct_status status = nct_code_draw(portal, code);
    if (status == NCT_OK) {
        nct_code_hash(portal, provider, code, NCT_AUTHORIZATION_CODE_LENGTH, renewing.hash);
        status = nct_unit_run(portal, put_code, &renewing, NULL);
    }
    if (status != NCT_OK)
        sodium_memzero(code, NCT_AUTHORIZATION_CODE_LENGTH + 1);
    return status;
}

nct_status nct_provider_renew_code(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                   const char *id, size_t id_len, char *code, size_t capacity) {
    char actor[NCT_ACTOR_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    if (NCT_MISSING(portal) || NCT_MISSING(code))
        return NCT_E_ARGUMENT;
    if (capacity > 0)
        code[0] = '\0';
    if (capacity <= NCT_AUTHORIZATION_CODE_LENGTH)
        return NCT_E_BUFFER;
    nct_status status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = nct_take_provider(id, id_len, provider);
    return status == NCT_OK ? renew(portal, provider, actor, code) : status;
}
