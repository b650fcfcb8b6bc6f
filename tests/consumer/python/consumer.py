#!/usr/bin/env python3
"""libnctracks from Python through the shared library alone: consumer.py LIBNCTRACKS.SO

A mailer written in Python receives the PINs; one of them signs a pharmacy Prior Approval.
No header is read: every constant comes from a function of the library.
"""
import ctypes
import sys
from ctypes import (CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_void_p,
                    create_string_buffer, sizeof)

NPI = b"1234567893"
OPERATOR = b"consumer.py"
PASSWORD = b"correct horse battery"
DOCUMENT = b"Prior approval for a made-up recipient."

ENROLLMENT = {
    "provider.npi": NPI,
    "provider.kind": b"organization",
    "provider.name": b"Elm Street Clinic",
    "provider.tax_id": b"12-3456789",
    "provider.email": b"office@example.org",
    "provider.phone": b"919-555-0100",
}
REGISTRATION = {
    "provider.npi": NPI,
    "office_administrator.ncid": b"olivia.owner",
    "office_administrator.first_name": b"Olivia",
    "office_administrator.last_name": b"Owner",
    "office_administrator.email": b"olivia@example.org",
    "office_administrator.phone": b"919-555-0101",
    "office_administrator.relationship": b"owner",
    "eft.routing_number": b"123456780",
    "eft.account_number": b"000123456789",
    "eft.account_type": b"checking",
    "eft.account_holder": b"Elm Street Clinic",
    "users[0].ncid": b"petra.prior",
    "users[0].first_name": b"Petra",
    "users[0].last_name": b"Prior",
    "users[0].email": b"petra@example.org",
    "users[0].phone": b"919-555-0102",
    "users[0].role": b"user",
    "users[0].rights": b"pa.submit",
}
SIGNING = {
    "signer.ncid": b"petra.prior",
    "provider.npi": NPI,
    "submission.kind": b"pharmacy_pa",
    "document.id": b"PA-1",
    "document.version": b"1",
    "document.content": DOCUMENT,
    "attestation.version": b"2013-1",
    "attestation.text": b"I attest that this is true.",
}

SEND = CFUNCTYPE(c_int32, c_void_p, c_void_p)


class Mailer(Structure):
    _fields_ = [("struct_size", c_uint32), ("reserved", c_uint32), ("send", SEND), ("destroy", c_void_p)]


class Refused(Exception):
    """A status other than NCT_OK; its name is the message."""


class Library:
    """The functions, with types; those that answer a status raise Refused."""

    P, N, T, I = c_void_p, c_size_t, c_char_p, c_int32
    STATUS = {
        "nct_status_from_name": (T, POINTER(I)),
        "nct_constant_from_name": (T, POINTER(c_int64)),
        "nct_ident_kind_from_name": (T, POINTER(I)),
        "nct_ident_check": (I, T, N),
        "nct_self_test": (),
        "nct_config_new": (POINTER(P),),
        "nct_config_set_master_key": (P, T, N),
        "nct_config_set_mailer": (P, POINTER(Mailer), P),
        "nct_mailer_init": (POINTER(Mailer), N),
        "nct_portal_open": (P, POINTER(P)),
        "nct_form_new": (P, I, POINTER(P)),
        "nct_form_set": (P, T, T, N),
        "nct_enrollment_submit": (P, T, N, T, N, POINTER(P)),
        "nct_registration_submit": (P, POINTER(P)),
        "nct_right_from_name": (P, T, POINTER(I)),
        "nct_access_check": (P, T, N, T, N, I),
        "nct_password_set": (P, T, N, T, N, T, N),
        "nct_sign": (P, POINTER(P), POINTER(P)),
    }
    OTHER = {
        "nct_version": (T,),
        "nct_status_name": (T, I),
        "nct_master_key_bytes": (N,),
        "nct_authorization_code_length": (N,),
        "nct_config_free": (None, P),
        "nct_portal_close": (None, P),
        "nct_portal_policy": (P, P),
        "nct_form_free": (None, P),
        "nct_problems_free": (None, P),
        "nct_problems_count": (N, P),
        "nct_problems_message": (T, P, N),
        "nct_signature_free": (None, P),
        "nct_signature_matches": (I, P, T, N),
        "nct_signature_ncid": (T, P),
        "nct_signature_signer_name": (T, P),
        "nct_signature_signed_at": (c_int64, P),
        "nct_mail_parameter_count": (N, P),
        "nct_mail_parameter_name": (T, P, N),
        "nct_mail_parameter_value": (T, P, N),
    }

    def __init__(self, path):
        shared = ctypes.CDLL(path)
        for name, (result, *arguments) in self.OTHER.items():
            self.declare(shared, name, result, arguments)
        for name, arguments in self.STATUS.items():
            self.declare(shared, name, c_int32, arguments).errcheck = self.raise_refusal

    def declare(self, shared, name, result, arguments):
        function = getattr(shared, name)
        function.restype, function.argtypes = result, list(arguments)
        setattr(self, name[len("nct_"):], function)
        return function

    def raise_refusal(self, status, function, _arguments):
        if status != 0:
            raise Refused(f"{function.__name__}: {self.status_name(status).decode()}")

    def make(self, function, *arguments):
        handle = c_void_p()
        function(*arguments, byref(handle))
        return handle

    def number(self, function, *arguments):
        value = c_int32()
        function(*arguments, byref(value))
        return value.value


class Mailbox:
    """Keeps what the library sends; an exception must not cross the library."""

    def __init__(self, library):
        self.library, self.mails = library, []
        self.failure = library.number(library.status_from_name, b"NCT_E_MAILER")
        self.mailer = Mailer()
        library.mailer_init(byref(self.mailer), sizeof(self.mailer))
        self.mailer.send = SEND(self.receive)

    def receive(self, mail, _user_data):
        try:
            lib = self.library
            self.mails.append({lib.mail_parameter_name(mail, i): lib.mail_parameter_value(mail, i)
                               for i in range(lib.mail_parameter_count(mail))})
            return 0
        except Exception as error:  # pylint: disable=broad-except
            print(f"mailer: {error!r}")
            return self.failure

    def pin_of(self, ncid):
        return next(mail[b"pin"] for mail in self.mails if mail.get(b"ncid") == ncid)


def expect_refusal(status, function, *arguments):
    try:
        function(*arguments)
    except Refused as refusal:
        assert str(refusal).endswith(f": {status}"), refusal
    else:
        raise AssertionError(f"{status} was expected")


def identifiers(lib):
    npi = lib.number(lib.ident_kind_from_name, b"npi")
    lib.ident_check(npi, NPI, len(NPI))
    expect_refusal("NCT_E_CHECK_DIGIT", lib.ident_check, npi, b"1234567890", 10)
    expect_refusal("NCT_E_NUL", lib.ident_check, npi, b"12345\x0067893", 11)


def open_portal(lib, mailbox):
    config = lib.make(lib.config_new)
    key = bytes(range(lib.master_key_bytes()))
    lib.config_set_master_key(config, key, len(key))
    lib.config_set_mailer(config, byref(mailbox.mailer), None)
    portal = lib.make(lib.portal_open, config)
    lib.config_free(config)
    return portal


def make_form(lib, portal, kind, fields):
    value = c_int64()
    lib.constant_from_name(kind, byref(value))
    form = lib.make(lib.form_new, portal, value.value)
    for path, text in fields.items():
        lib.form_set(form, path.encode(), text, len(text))
    return form


def with_problems(lib, function, *arguments):
    """Calls function(*arguments, &problems, ...) and shows the problems there are."""
    problems = c_void_p()
    try:
        function(*(byref(problems) if a is c_void_p else a for a in arguments))
    finally:
        for i in range(lib.problems_count(problems)):
            print(lib.problems_message(problems, i).decode())
        lib.problems_free(problems)


def enroll(lib, portal):
    form = make_form(lib, portal, b"NCT_FORM_ENROLLMENT", ENROLLMENT)
    code = create_string_buffer(lib.authorization_code_length() + 1)
    with_problems(lib, lib.enrollment_submit, form, OPERATOR, len(OPERATOR), code, len(code), c_void_p)
    lib.form_free(form)
    return code.value


def register(lib, portal, code):
    form = make_form(lib, portal, b"NCT_FORM_REGISTRATION", REGISTRATION | {"provider.authorization_code": code})
    with_problems(lib, lib.registration_submit, form, c_void_p)
    lib.form_free(form)


def check_access(lib, portal):
    policy = lib.portal_policy(portal)
    pa_submit = lib.number(lib.right_from_name, policy, b"pa.submit")
    claim_submit = lib.number(lib.right_from_name, policy, b"claim.submit")
    lib.access_check(portal, NPI, len(NPI), b"petra.prior", 11, pa_submit)
    expect_refusal("NCT_E_RIGHT_MISSING", lib.access_check, portal, NPI, len(NPI), b"petra.prior", 11, claim_submit)


def sign(lib, portal, pin):
    signing = make_form(lib, portal, b"NCT_FORM_SIGNING", SIGNING | {"signer.password": PASSWORD, "signer.pin": pin})
    signature = c_void_p()
    try:
        with_problems(lib, lib.sign, signing, c_void_p, byref(signature))
    finally:
        lib.form_free(signing)
    return signature


def check_signature(lib, signature):
    assert lib.signature_matches(signature, DOCUMENT, len(DOCUMENT)) == 1
    assert lib.signature_matches(signature, DOCUMENT, len(DOCUMENT) - 1) == 0
    assert lib.signature_ncid(signature) == b"petra.prior"
    assert lib.signature_signer_name(signature) == b"Petra Prior"
    assert lib.signature_signed_at(signature) > 1_700_000_000_000


def main():
    lib = Library(sys.argv[1])
    lib.self_test()
    identifiers(lib)
    mailbox = Mailbox(lib)
    portal = open_portal(lib, mailbox)
    register(lib, portal, enroll(lib, portal))
    assert {mail[b"ncid"] for mail in mailbox.mails} == {b"olivia.owner", b"petra.prior"}, "one mail each (S11)"
    check_access(lib, portal)
    lib.password_set(portal, OPERATOR, len(OPERATOR), b"petra.prior", 11, PASSWORD, len(PASSWORD))
    pin = mailbox.pin_of(b"petra.prior")
    wrong = pin[:-1] + (b"1" if pin[-1:] == b"0" else b"0")
    expect_refusal("NCT_E_DENIED", sign, lib, portal, wrong)
    signature = sign(lib, portal, pin)
    check_signature(lib, signature)
    lib.signature_free(signature)
    lib.portal_close(portal)
    print(f"nctracks {lib.version().decode()} from Python: {len(mailbox.mails)} mails, 1 signature")


if __name__ == "__main__":
    main()
