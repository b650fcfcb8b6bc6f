/* The structures a program shares with the library: sizes and places never change, and nothing lies behind the last
   member, so that a longer structure is always a longer size. */
#include <nctracks.h>

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define TAIL(type, last)                                                                                               \
    static_assert(offsetof(type, last) + sizeof(((type *)0)->last) == sizeof(type), #type " has tail padding")
#define HEAD(type)                                                                                                     \
    static_assert(offsetof(type, struct_size) == 0 && offsetof(type, reserved) == 4, #type " does not begin with "     \
                                                                                           "size")
#define PLACE(type, member, offset) static_assert(offsetof(type, member) == (offset), #type "." #member " moved")
#define SIZE(type, size) static_assert(sizeof(type) == (size), #type " changed its size")

HEAD(nct_allocator);
HEAD(nct_clock);
HEAD(nct_random);
HEAD(nct_identity);
HEAD(nct_blocklist);
HEAD(nct_store);
HEAD(nct_mailer);

TAIL(nct_allocator, destroy);
TAIL(nct_clock, destroy);
TAIL(nct_random, destroy);
TAIL(nct_identity, destroy);
TAIL(nct_blocklist, destroy);
TAIL(nct_store, destroy);
TAIL(nct_mailer, destroy);
TAIL(nct_form_field, value);

#if UINTPTR_MAX == UINT64_MAX
PLACE(nct_allocator, allocate, 8);
PLACE(nct_allocator, release, 16);
PLACE(nct_allocator, destroy, 24);
SIZE(nct_allocator, 32);
PLACE(nct_clock, now, 8);
PLACE(nct_clock, destroy, 16);
SIZE(nct_clock, 24);
PLACE(nct_random, fill, 8);
PLACE(nct_random, destroy, 16);
SIZE(nct_random, 24);
PLACE(nct_identity, verify_password, 8);
PLACE(nct_identity, destroy, 16);
SIZE(nct_identity, 24);
PLACE(nct_blocklist, check, 8);
PLACE(nct_blocklist, destroy, 16);
SIZE(nct_blocklist, 24);
PLACE(nct_store, get, 8);
PLACE(nct_store, scan, 16);
PLACE(nct_store, commit, 24);
PLACE(nct_store, destroy, 32);
SIZE(nct_store, 40);
PLACE(nct_mailer, send, 8);
PLACE(nct_mailer, destroy, 16);
SIZE(nct_mailer, 24);
PLACE(nct_form_field, path, 0);
PLACE(nct_form_field, value, 8);
SIZE(nct_form_field, 16);
#endif

static_assert(sizeof(nct_status) == 4, "nct_status is 32 bits");

static int failures;

static void expect(int holds, const char *what) {
    if (!holds) {
        printf("failed: %s\n", what);
        failures++;
    }
}

/* Each init function sets the size and clears the rest; it refuses a size nobody compiled. */
#define CHECK_INIT(type)                                                                                               \
    do {                                                                                                               \
        type zero, value;                                                                                              \
        memset(&zero, 0, sizeof zero);                                                                                 \
        memset(&value, 0xff, sizeof value);                                                                            \
        expect(type##_init(&value, sizeof value) == NCT_OK, #type "_init");                                            \
        zero.struct_size = (uint32_t)sizeof zero;                                                                      \
        expect(memcmp(&zero, &value, sizeof value) == 0, #type "_init clears");                                        \
        expect(type##_init(NULL, sizeof value) == NCT_E_ARGUMENT, #type "_init of NULL");                              \
        expect(type##_init(&value, 0) == NCT_E_UNSUPPORTED, #type "_init of size 0");                                  \
        expect(type##_init(&value, sizeof value - 1) == NCT_E_UNSUPPORTED, #type "_init of a shorter one");            \
    } while (0)

int main(void) {
    CHECK_INIT(nct_allocator);
    CHECK_INIT(nct_clock);
    CHECK_INIT(nct_random);
    CHECK_INIT(nct_identity);
    CHECK_INIT(nct_blocklist);
    CHECK_INIT(nct_store);
    CHECK_INIT(nct_mailer);
    expect(nct_ident_check(NCT_IDENT_NPI, NCT_TEXT("1234567893")) == NCT_OK, "a literal is its text and its length");
    expect(nct_ident_check(NCT_IDENT_NCID, NCT_TEXT("frank\0front")) != NCT_OK,
           "a literal is as long as it is written");
    expect(nct_version_number() == 1000000 * NCT_VERSION_MAJOR + 1000 * NCT_VERSION_MINOR + NCT_VERSION_PATCH,
           "the library is of the version of its headers");
    return failures == 0 ? 0 : 1;
}
