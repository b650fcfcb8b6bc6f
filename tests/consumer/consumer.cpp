// The library from C++11: handles in unique_ptr, a mailer that keeps what was sent.
#include <nctracks.h>

#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

template <typename T, void (*Free)(T *)> struct Deleter {
    void operator()(T *handle) const {
        Free(handle);
    }
};
template <typename T, void (*Free)(T *)> using Handle = std::unique_ptr<T, Deleter<T, Free>>;

using Config = Handle<nct_config, nct_config_free>;
using Portal = Handle<nct_portal, nct_portal_close>;
using Form = Handle<nct_form, nct_form_free>;

void need(nct_status status) {
    if (status != NCT_OK)
        throw std::runtime_error(nct_status_name(status));
}

extern "C" nct_status keep_address(const nct_mail *mail, void *user_data) {
    static_cast<std::vector<std::string> *>(user_data)->push_back(nct_mail_recipient_address(mail));
    return NCT_OK;
}

Portal open(std::vector<std::string> &sent) {
    nct_config *made = nullptr;
    need(nct_config_new(&made));
    Config config(made);
    const std::string key(nct_master_key_bytes(), 'k');
    need(nct_config_set_master_key(config.get(), key.data(), key.size()));
    nct_mailer mailer;
    need(nct_mailer_init(&mailer, sizeof mailer));
    mailer.send = keep_address;
    need(nct_config_set_mailer(config.get(), &mailer, &sent));
    nct_portal *portal = nullptr;
    need(nct_portal_open(config.get(), &portal));
    return Portal(portal);
}

// A new provider that designates its Office Administrator, who is mailed a PIN (S16).
void enroll(nct_portal *portal) {
    static const char *const fields[][2] = {
        {"provider.npi", "1234567893"},
        {"provider.kind", "organization"},
        {"provider.name", "Elm Street Clinic"},
        {"provider.tax_id", "12-3456789"},
        {"provider.email", "office@example.org"},
        {"provider.phone", "919-555-0100"},
        {"office_administrator.ncid", "olivia.owner"},
        {"office_administrator.first_name", "Olivia"},
        {"office_administrator.last_name", "Owner"},
        {"office_administrator.email", "olivia@example.org"},
        {"office_administrator.phone", "919-555-0101"},
        {"office_administrator.relationship", "owner"},
        {"eft.routing_number", "123456780"},
        {"eft.account_number", "000123456789"},
        {"eft.account_type", "checking"},
        {"eft.account_holder", "Elm Street Clinic"},
    };
    nct_form *made = nullptr;
    need(nct_form_new(portal, NCT_FORM_ENROLLMENT, &made));
    Form form(made);
    for (const auto &field : fields)
        need(nct_form_set(form.get(), field[0], field[1], std::strlen(field[1])));
    std::vector<char> code(nct_authorization_code_length() + 1);
    need(nct_enrollment_submit(form.get(), "consumer", 8, code.data(), code.size(), nullptr));
}

} // namespace

int main() {
    try {
        std::vector<std::string> sent;
        Portal portal = open(sent);
        enroll(portal.get());
        need(nct_access_check(portal.get(), "1234567893", 10, "olivia.owner", 12, NCT_AUTHORITY_ENROLLMENT_SUBMIT));
        if (sent.size() != 1 || sent[0] != "olivia@example.org")
            throw std::runtime_error("the Office Administrator was not mailed");
    } catch (const std::exception &error) {
        std::printf("failed: %s\n", error.what());
        return 1;
    }
    std::printf("nctracks %s from C++\n", nct_version());
    return 0;
}
