#include <nctracks/version.h>

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

const char *nct_version(void) {
    return TEXT(NCT_VERSION_MAJOR) "." TEXT(NCT_VERSION_MINOR) "." TEXT(NCT_VERSION_PATCH);
}

int32_t nct_version_number(void) {
    return NCT_VERSION_MAJOR * 1000000 + NCT_VERSION_MINOR * 1000 + NCT_VERSION_PATCH;
}
