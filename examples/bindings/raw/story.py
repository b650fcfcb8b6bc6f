#!/usr/bin/env python3
"""The getting-started story through the raw layer generated from api.json: story.py LAYER.py LIBRARY"""
import ctypes
import importlib.util
import sys
from ctypes import byref, c_int32, c_size_t, c_void_p, create_string_buffer

spec = importlib.util.spec_from_file_location("raw", sys.argv[1])
raw = importlib.util.module_from_spec(spec)
spec.loader.exec_module(raw)
lib = raw.load(sys.argv[2])

CLINIC, PASSWORD, DOCUMENT = b"1234567893", b"correct horse battery", b"A pharmacy prior approval."
OPERATOR = b"story"
PINS = {}


def name(status):
    return lib.nct_status_name(status).decode()


def ok(status):
    assert status == raw.NCT_OK, name(status)


def make(function, *arguments):
    out = c_void_p()
    ok(function(*arguments, byref(out)))
    return out


def text(value):
    return value, len(value)


def fill(form, fields):
    for path, value in fields.items():
        ok(lib.nct_form_set(form, path.encode(), value, len(value)))


def person(prefix, ncid, first, last):
    return {f"{prefix}ncid": ncid, f"{prefix}first_name": first, f"{prefix}last_name": last,
            f"{prefix}email": first.lower() + b"@example.org", f"{prefix}phone": b"919-555-0101"}


def collect(portal):
    """Takes every mail that waits; no function is called back."""
    after, mail = b"", c_void_p()
    while lib.nct_mail_claim(portal, *text(after), byref(mail)) == raw.NCT_OK:
        pin = lib.nct_mail_parameter(mail, b"pin")
        if pin:
            PINS[lib.nct_mail_parameter(mail, b"ncid")] = pin
        after = lib.nct_mail_id(mail)
        ok(lib.nct_mail_accept(mail))
        lib.nct_mail_free(mail)


def register(portal):
    form = make(lib.nct_form_new, portal, raw.NCT_FORM_REGISTRATION)
    problems = c_void_p()
    print("registration without fields:", name(lib.nct_form_validate(form, byref(problems))))
    lib.nct_problems_free(problems)
    enrollment = make(lib.nct_form_new, portal, raw.NCT_FORM_ENROLLMENT)
    fill(enrollment, {
        "provider.npi": CLINIC, "provider.kind": b"organization", "provider.name": b"Elm Street Clinic",
        "provider.tax_id": b"12-3456789", "provider.email": b"office@example.org", "provider.phone": b"919-555-0100"})
    code = create_string_buffer(64)
    ok(lib.nct_enrollment_submit(enrollment, *text(OPERATOR), code, len(code), None))
    lib.nct_form_free(enrollment)
    fill(form, {
        "provider.npi": CLINIC, "provider.authorization_code": code.value,
        **person("office_administrator.", b"olivia.owner", b"Olivia", b"Owner"),
        "office_administrator.relationship": b"owner", "eft.routing_number": b"123456780",
        "eft.account_number": b"000123456789", "eft.account_type": b"checking",
        "eft.account_holder": b"Elm Street Clinic",
        **person("users[0].", b"frank.front", b"Frank", b"Front"), "users[0].rights": b"eligibility.inquiry"})
    ok(lib.nct_registration_submit(form, None))
    lib.nct_form_free(form)
    collect(portal)
    print("enrolled, and registered with two people")
    print("PINs:", ", ".join(sorted(ncid.decode() for ncid in PINS)))


def ask(portal):
    for right, word in ((raw.NCT_RIGHT_ELIGIBILITY_INQUIRY, "eligibility.inquiry"),
                        (raw.NCT_RIGHT_CLAIM_SUBMIT, "claim.submit")):
        print(f"frank.front {word}:", name(lib.nct_access_check(portal, *text(CLINIC), *text(b"frank.front"), right)))
    why = make(lib.nct_access_explain, portal, *text(CLINIC), *text(b"frank.front"), raw.NCT_RIGHT_CLAIM_SUBMIT)
    print(lib.nct_explanation_text(why).decode())
    lib.nct_explanation_free(why)


def sign(portal, pin, kind, keep=False):
    form, signature = make(lib.nct_form_new, portal, raw.NCT_FORM_SIGNING), c_void_p()
    fill(form, {
        "signer.ncid": b"petra.prior", "signer.password": PASSWORD, "signer.pin": pin, "provider.npi": CLINIC,
        "submission.kind": kind, "document.id": b"PA-1", "document.version": b"1", "document.content": DOCUMENT,
        "attestation.version": b"example-1", "attestation.text": b"I certify that this is true."})
    status = lib.nct_sign(form, None, byref(signature))
    lib.nct_form_free(form)
    if not keep:
        lib.nct_signature_free(signature)
    return name(status), signature


def verify(portal, signature):
    print(f"{lib.nct_signature_signer_name(signature).decode()} ({lib.nct_signature_ncid(signature).decode()}) as "
          f"{lib.nct_signature_role(signature).decode()}: {lib.nct_signature_meaning(signature).decode()}")
    keys, keys_len, receipt_len = create_string_buffer(1024), c_size_t(), c_size_t()
    ok(lib.nct_portal_key_set(portal, keys, len(keys), byref(keys_len)))
    receipt = lib.nct_signature_receipt(signature, byref(receipt_len))
    for document, label in ((DOCUMENT, "receipt"), (b"another", "receipt with another document")):
        print(f"{label}:", name(lib.nct_receipt_verify(receipt, receipt_len, keys, keys_len, *text(document), None)))
    lib.nct_signature_free(signature)


def main():
    kind = c_int32()
    ok(lib.nct_ident_kind_from_name(b"npi", byref(kind)))
    print("npi 1234567890:", name(lib.nct_ident_check(kind, *text(b"1234567890"))))
    portal = make(lib.nct_portal_open_in_memory)
    register(portal)
    ask(portal)
    user = make(lib.nct_form_new, portal, raw.NCT_FORM_USER)
    fill(user, {**person("", b"petra.prior", b"Petra", b"Prior"), "rights": b"pa.submit"})
    ok(lib.nct_user_add(user, *text(b"olivia.owner"), *text(CLINIC), None))
    lib.nct_form_free(user)
    ok(lib.nct_password_set(portal, *text(OPERATOR), *text(b"petra.prior"), *text(PASSWORD)))
    collect(portal)
    pin = PINS[b"petra.prior"]
    wrong = pin[:-1] + (b"1" if pin[-1:] == b"0" else b"0")
    print("petra.prior with a wrong PIN:", sign(portal, wrong, b"pharmacy_pa")[0])
    print("petra.prior enrollment:", sign(portal, pin, b"enrollment")[0])
    outcome, signature = sign(portal, pin, b"pharmacy_pa", keep=True)
    print("petra.prior pharmacy_pa:", outcome)
    verify(portal, signature)
    ok(lib.nct_pin_reset(portal, *text(b"petra.prior"), *text(PASSWORD)))
    collect(portal)
    print("the PIN before the reset:", sign(portal, pin, b"pharmacy_pa")[0])
    print("the PIN after it:", sign(portal, PINS[b"petra.prior"], b"pharmacy_pa")[0])
    lib.nct_portal_close(portal)


if __name__ == "__main__":
    main()
