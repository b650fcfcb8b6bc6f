#include "operations/code.h"

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
    crypto_generichash_init(&state, portal->keys->lookup, NCT_KEY, NCT_HASH);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, (const unsigned char *)provider, strlen(provider) + 1);
    crypto_generichash_update(&state, (const unsigned char *)symbols, count);
    crypto_generichash_final(&state, hash, NCT_HASH);
    sodium_memzero(symbols, sizeof symbols);
    sodium_memzero(&state, sizeof state);
}
