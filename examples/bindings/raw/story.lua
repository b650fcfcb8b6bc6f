-- The getting-started story through the raw layer generated from api.json: story.lua LAYER.lua LIBRARY
local ffi = require 'ffi'
local raw = dofile(arg[1])
local lib, C = raw.load(arg[2]), raw.constants

local CLINIC, PASSWORD, DOCUMENT = '1234567893', 'correct horse battery', 'A pharmacy prior approval.'
local pins = {}

for _, name in ipairs(raw.functions) do assert(lib[name], name) end

local function name(status) return ffi.string(lib.nct_status_name(status)) end
local function ok(status) assert(status == C.NCT_OK, name(status)) end

local function make(kind, create, ...)
    local out = ffi.new(kind .. ' *[1]')
    local arguments = {...}
    arguments[#arguments + 1] = out
    ok(create(unpack(arguments)))
    return out[0]
end

local function fill(form, fields)
    for path, value in pairs(fields) do ok(lib.nct_form_set(form, path, value, #value)) end
end

local function with(fields, prefix, ncid, first, last)
    fields[prefix .. 'ncid'], fields[prefix .. 'first_name'], fields[prefix .. 'last_name'] = ncid, first, last
    fields[prefix .. 'email'], fields[prefix .. 'phone'] = first:lower() .. '@example.org', '919-555-0101'
    return fields
end

-- Takes every mail that waits; no function is called back.
local function collect(portal)
    local after, mail = '', ffi.new('nct_mail *[1]')
    while lib.nct_mail_claim(portal, after, #after, mail) == C.NCT_OK do
        local pin = lib.nct_mail_parameter(mail[0], 'pin')
        if pin ~= nil then pins[ffi.string(lib.nct_mail_parameter(mail[0], 'ncid'))] = ffi.string(pin) end
        after = ffi.string(lib.nct_mail_id(mail[0]))
        ok(lib.nct_mail_accept(mail[0]))
        lib.nct_mail_free(mail[0])
    end
end

local function register(portal)
    local form = make('nct_form', lib.nct_form_new, portal, C.NCT_FORM_REGISTRATION)
    local problems = ffi.new('nct_problems *[1]')
    print('registration without fields: ' .. name(lib.nct_form_validate(form, problems)))
    lib.nct_problems_free(problems[0])
    local enrollment = make('nct_form', lib.nct_form_new, portal, C.NCT_FORM_ENROLLMENT)
    fill(enrollment, {
        ['provider.npi'] = CLINIC, ['provider.kind'] = 'organization', ['provider.name'] = 'Elm Street Clinic',
        ['provider.tax_id'] = '12-3456789', ['provider.email'] = 'office@example.org',
        ['provider.phone'] = '919-555-0100'})
    local code = ffi.new('char[64]')
    ok(lib.nct_enrollment_submit(enrollment, 'story', 5, code, 64, nil))
    lib.nct_form_free(enrollment)
    local fields = {
        ['provider.npi'] = CLINIC, ['provider.authorization_code'] = ffi.string(code),
        ['office_administrator.relationship'] = 'owner', ['eft.routing_number'] = '123456780',
        ['eft.account_number'] = '000123456789', ['eft.account_type'] = 'checking',
        ['eft.account_holder'] = 'Elm Street Clinic', ['users[0].rights'] = 'eligibility.inquiry'}
    with(fields, 'office_administrator.', 'olivia.owner', 'Olivia', 'Owner')
    fill(form, with(fields, 'users[0].', 'frank.front', 'Frank', 'Front'))
    ok(lib.nct_registration_submit(form, nil))
    lib.nct_form_free(form)
    collect(portal)
    print('enrolled, and registered with two people')
    local known = {}
    for ncid in pairs(pins) do known[#known + 1] = ncid end
    table.sort(known)
    print('PINs: ' .. table.concat(known, ', '))
end

local function ask(portal)
    local rights = {{'eligibility.inquiry', C.NCT_RIGHT_ELIGIBILITY_INQUIRY}, {'claim.submit', C.NCT_RIGHT_CLAIM_SUBMIT}}
    for _, right in ipairs(rights) do
        local status = lib.nct_access_check(portal, CLINIC, #CLINIC, 'frank.front', 11, right[2])
        print('frank.front ' .. right[1] .. ': ' .. name(status))
    end
    local why = make('nct_explanation', lib.nct_access_explain, portal, CLINIC, #CLINIC, 'frank.front', 11,
                     C.NCT_RIGHT_CLAIM_SUBMIT)
    print(ffi.string(lib.nct_explanation_text(why)))
    lib.nct_explanation_free(why)
end

local function sign(portal, pin, kind, keep)
    local form, signature = make('nct_form', lib.nct_form_new, portal, C.NCT_FORM_SIGNING), ffi.new('nct_signature *[1]')
    fill(form, {
        ['signer.ncid'] = 'petra.prior', ['signer.password'] = PASSWORD, ['signer.pin'] = pin, ['provider.npi'] = CLINIC,
        ['submission.kind'] = kind, ['document.id'] = 'PA-1', ['document.version'] = '1', ['document.content'] = DOCUMENT,
        ['attestation.version'] = 'example-1', ['attestation.text'] = 'I certify that this is true.'})
    local status = lib.nct_sign(form, nil, signature)
    lib.nct_form_free(form)
    if not keep then lib.nct_signature_free(signature[0]) end
    return name(status), signature[0]
end

local function verify(portal, signature)
    print(('%s (%s) as %s: %s'):format(
        ffi.string(lib.nct_signature_signer_name(signature)), ffi.string(lib.nct_signature_ncid(signature)),
        ffi.string(lib.nct_signature_role(signature)), ffi.string(lib.nct_signature_meaning(signature))))
    local keys, keys_len, receipt_len = ffi.new('char[1024]'), ffi.new('size_t[1]'), ffi.new('size_t[1]')
    ok(lib.nct_portal_key_set(portal, keys, 1024, keys_len))
    local receipt = lib.nct_signature_receipt(signature, receipt_len)
    for _, case in ipairs {{DOCUMENT, 'receipt'}, {'another', 'receipt with another document'}} do
        print(case[2] .. ': ' .. name(lib.nct_receipt_verify(receipt, receipt_len[0], keys, keys_len[0], case[1],
                                                               #case[1], nil)))
    end
    lib.nct_signature_free(signature)
end

local kind = ffi.new('int32_t[1]')
ok(lib.nct_ident_kind_from_name('npi', kind))
print('npi 1234567890: ' .. name(lib.nct_ident_check(kind[0], '1234567890', 10)))
local portal = make('nct_portal', lib.nct_portal_open_in_memory)
register(portal)
ask(portal)
local user = make('nct_form', lib.nct_form_new, portal, C.NCT_FORM_USER)
fill(user, with({rights = 'pa.submit'}, '', 'petra.prior', 'Petra', 'Prior'))
ok(lib.nct_user_add(user, 'olivia.owner', 12, CLINIC, #CLINIC, nil))
lib.nct_form_free(user)
ok(lib.nct_password_set(portal, 'story', 5, 'petra.prior', 11, PASSWORD, #PASSWORD))
collect(portal)
local pin = pins['petra.prior']
local wrong = pin:sub(1, -2) .. (pin:sub(-1) == '0' and '1' or '0')
print('petra.prior with a wrong PIN: ' .. (sign(portal, wrong, 'pharmacy_pa')))
print('petra.prior enrollment: ' .. (sign(portal, pin, 'enrollment')))
local outcome, signature = sign(portal, pin, 'pharmacy_pa', true)
print('petra.prior pharmacy_pa: ' .. outcome)
verify(portal, signature)
ok(lib.nct_pin_reset(portal, 'petra.prior', 11, PASSWORD, #PASSWORD))
collect(portal)
print('the PIN before the reset: ' .. (sign(portal, pin, 'pharmacy_pa')))
print('the PIN after it: ' .. (sign(portal, pins['petra.prior'], 'pharmacy_pa')))
lib.nct_portal_close(portal)
