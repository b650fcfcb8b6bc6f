#!/usr/bin/env python3
"""The story of the getting-started documents through nctracks.py. Everybody is made up."""
import os

from nctracks import InvalidValue, Portal, Refused, canonical, constant, version

CLINIC = "1234567893"
DOCUMENT = b"Pharmacy prior approval for a made-up recipient."


def person(prefix, ncid, first_name, last_name):
    return {f"{prefix}ncid": ncid, f"{prefix}first_name": first_name, f"{prefix}last_name": last_name,
            f"{prefix}email": f"{first_name.lower()}@example.org", f"{prefix}phone": "919-555-0101"}


ENROLLMENT = {"provider.npi": CLINIC, "provider.kind": "organization", "provider.name": "Elm Street Clinic",
              "provider.tax_id": "12-3456789", "provider.email": "office@example.org", "provider.phone": "919-555-0100"}
REGISTRATION = {
    "provider.npi": CLINIC,
    **person("office_administrator.", "olivia.owner", "Olivia", "Owner"),
    "office_administrator.relationship": "owner",
    "eft.routing_number": "123456780", "eft.account_number": "000123456789",
    "eft.account_type": "checking", "eft.account_holder": "Elm Street Clinic",
    **person("users[0].", "frank.front", "Frank", "Front"), "users[0].rights": "eligibility.inquiry",
}


def signing(pin, kind):
    return {"signer.ncid": "petra.prior", "signer.password": "correct horse battery", "signer.pin": pin,
            "provider.npi": CLINIC, "submission.kind": kind, "document.id": "PA-1", "document.version": "1",
            "document.content": DOCUMENT, "attestation.version": "example-1",
            "attestation.text": "I certify that this is true."}


def refused(status, function, *arguments, **named):
    try:
        function(*arguments, **named)
    except (InvalidValue, Refused) as error:
        print(f"refused, as it should be: {error}")
        assert error.status == status, error.status
        return error
    raise AssertionError(f"{status} was expected")


def main():
    print(f"libnctracks {version()}")
    assert canonical("ncid", "Frank.Front") == "frank.front"
    refused("NCT_E_CHECK_DIGIT", canonical, "npi", "1234567890")
    assert constant("NCT_RIGHT_PA_SUBMIT") == 3

    mails = []
    with Portal(os.urandom(constant("NCT_MASTER_KEY_BYTES")), mails.append) as portal:
        code = portal.enroll(ENROLLMENT, operator="demo.py")
        problems = refused("NCT_E_PROBLEMS", portal.validate, {"provider.npi": CLINIC}).problems
        assert len(problems) == 11 and ("eft.routing_number" in dict(problems))
        portal.register(REGISTRATION | {"provider.authorization_code": code})
        assert [mail.parameters["ncid"] for mail in mails] == ["olivia.owner", "frank.front"]
        assert {mail.address for mail in mails} == {"olivia@example.org"}, "all to the registrant (S11)"

        portal.add_user(person("", "petra.prior", "Petra", "Prior") | {"rights": "pa.submit"}, "olivia.owner", CLINIC)
        assert mails[-1].address == "petra@example.org", "a user added later has a mail of their own (S16)"
        assert portal.check("frank.front", CLINIC, "eligibility.inquiry")
        assert not portal.check("frank.front", CLINIC, "claim.submit")
        print(portal.explain("frank.front", CLINIC, "claim.submit"))

        pin = mails[-1].parameters["pin"]
        portal.set_password("petra.prior", "correct horse battery", operator="demo.py")
        wrong = pin[:-1] + ("1" if pin[-1] == "0" else "0")
        refused("NCT_E_DENIED", portal.sign, signing(wrong, "pharmacy_pa"))
        refused("NCT_E_NO_AUTHORITY", portal.sign, signing(pin, "enrollment"))
        signature = portal.sign(signing(pin, "pharmacy_pa"))
        print(f"{signature.meaning} {signature.signer_name}, {signature.signed_at:%Y-%m-%d}")
        assert portal.matches(CLINIC, signature.id, DOCUMENT)
        assert not portal.matches(CLINIC, signature.id, DOCUMENT + b" ")

        portal.reset_pin("petra.prior", by="olivia.owner", provider=CLINIC)
        assert mails[-1].template == "pin.reset"
        refused("NCT_E_DENIED", portal.sign, signing(pin, "pharmacy_pa"))
        portal.sign(signing(mails[-1].parameters["pin"], "pharmacy_pa"))
        portal.revoke("olivia.owner", CLINIC, "petra.prior")
        assert portal.pin_state("petra.prior") == "suspended"
        assert portal.flush_mail() == 0
    keeps_waiting()
    print("done")


def keeps_waiting():
    """A mailer that raises loses no mail."""
    working = []

    def mailer(mail):
        if not working:
            raise ConnectionRefusedError("the mail server is away")
        working.append(mail)

    with Portal(bytes([1]) * 32, mailer, options={"pin.length": 8}) as portal:
        portal.enroll(ENROLLMENT | {key: value for key, value in REGISTRATION.items() if not key.startswith("users")},
                      operator="demo.py")
        assert not working
        working.append(None)
        assert portal.flush_mail() == 1 and len(working[1].parameters["pin"]) == 8


if __name__ == "__main__":
    main()
