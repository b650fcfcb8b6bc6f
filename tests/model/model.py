#!/usr/bin/env python3
"""A model of the rulebook, written from the published rules and not from the library.

It makes up random operations, says itself how each must end, and writes both, one operation a line; replay.c does
the same to the library and compares. Standard library only; the same arguments always write the same lines.

    model.py --profile 2022 --seed 7 --operations 20000     random operations
    model.py --profile 2022 --from FILE                     the operations of a file, judged anew

A line is: operation, expected answer, arguments. Identifiers hold no space; "-" stands for nothing.
"""

import argparse
import random
import sys

# --- The rules as data -------------------------------------------------------------------------------------------

OA, UA, USER, BACKUP, MR, ES = 1, 2, 3, 4, 5, 6
ROLES = (OA, UA, USER, BACKUP, MR, ES)
ADMINISTRATION, ENROLLMENT, EFT, PIN_RESET, PREPARE, INITIAL = 64, 65, 66, 67, 68, 69
AUTHORITIES = (ADMINISTRATION, ENROLLMENT, EFT, PIN_RESET, PREPARE, INITIAL)
PA_SUBMIT, FL2_SUBMIT = 3, 5
NAMED = [*range(12), 32]  # the library's rights, and one that the host names
ALL_RIGHTS = sum(1 << right for right in NAMED)
ENROLL, RECREDENTIAL, FL2, PHARMACY_PA, MEDICAL_PA, REENROLL, CHANGE, MAINTAIN = range(1, 9)

NEEDS = {ENROLL: ENROLLMENT, RECREDENTIAL: ENROLLMENT, FL2: FL2_SUBMIT, PHARMACY_PA: PA_SUBMIT, MEDICAL_PA: PA_SUBMIT,
         REENROLL: ENROLLMENT, CHANGE: ENROLLMENT, MAINTAIN: ENROLLMENT}


class Rules:
    """One dated profile: what each role may, whom it manages, what it builds on, how many there may be."""

    def __init__(self, authorities, manages, builds=None, most=None, every=(OA,), needs=None, oa_individual=None):
        self.authorities = authorities
        self.manages = manages
        self.builds = builds or {}
        self.most = most or {}
        self.every = frozenset(every)
        self.needs = {**NEEDS, **(needs or {})}
        self.oa_individual = oa_individual or {"provider", "owner", "managing_employee"}
        self.oa_organization = {"owner", "managing_employee"}


OA_MAY = set(AUTHORITIES)
UA_MAY = {ADMINISTRATION, PIN_RESET}
MR_MAY = {ADMINISTRATION, PIN_RESET, ENROLLMENT, PREPARE}
SINCE_2022 = {"provider", "managing_employee"}
STAFF = {UA, USER, MR, ES}

PROFILES = {
    "2013": Rules({OA: OA_MAY, UA: UA_MAY}, {OA: {UA, USER}, UA: {USER}}),
    "2022": Rules({OA: OA_MAY, UA: UA_MAY, ES: {PREPARE}}, {OA: STAFF, UA: {USER}}, oa_individual=SINCE_2022),
    "2025": Rules({OA: OA_MAY, UA: UA_MAY, ES: {PREPARE}, MR: MR_MAY}, {OA: STAFF, UA: {USER}, MR: {USER}},
                  builds={MR: UA}, oa_individual=SINCE_2022),
    "2026": Rules({OA: OA_MAY, UA: UA_MAY, ES: {PREPARE}, MR: MR_MAY, BACKUP: OA_MAY - {INITIAL}},
                  {OA: STAFF | {BACKUP}, UA: {USER}, MR: {USER}, BACKUP: STAFF},
                  builds={MR: UA, BACKUP: MR}, most={BACKUP: 1}, every=(OA, BACKUP), needs={ENROLL: INITIAL},
                  oa_individual=SINCE_2022),
}

DELAY_FROM, DELAY_FIRST, DELAY_LONGEST, ATTEMPTS = 3, 30_000, 3_600_000, 10
START = 1_767_225_600_000  # 2026-01-01T00:00:00Z

OK, PROBLEMS, DENIED = "OK", "PROBLEMS", "DENIED"
PIN_NONE, PIN_ACTIVE, PIN_DISABLED, PIN_LOST, PIN_SUSPENDED = "none", "active", "disabled", "lost", "suspended"
ROLE_CHOICES = {UA, USER}  # what the forms offer


def known_right(right):
    return right in NAMED or right in AUTHORITIES


def address_of(ncid, tag):
    """What the replay writes into a form; the tag tells one form's address from another's."""
    return f"{ncid}.{tag}@people.example.org"


class Tries:
    """Consecutive wrong tries of a password or a PIN."""

    __slots__ = ("failures", "last")

    def __init__(self):
        self.failures, self.last = 0, 0

    def wait_until(self):
        if self.failures < DELAY_FROM:
            return 0
        return self.last + min(DELAY_FIRST << (self.failures - DELAY_FROM), DELAY_LONGEST)

    def disabled(self):
        return self.failures >= ATTEMPTS

    def attempt(self, now, right):
        """Whether a try succeeds. One made too soon is not evaluated, and not counted."""
        if self.disabled() or now < self.wait_until():
            return False
        if right:
            self.failures = 0
            return True
        self.failures, self.last = self.failures + 1, now
        return False


class Person:
    def __init__(self, address):
        self.address = address  # on file: later forms do not change it
        self.password = None
        self.password_tries = Tries()
        self.pin = PIN_NONE  # none, active or lost; disabled and suspended follow from the rest
        self.pin_tries = Tries()
        self.serial = 0  # how many PINs were issued: lines name a PIN by its number
        self.providers = set()


class Provider:
    def __init__(self, kind):
        self.kind = kind
        self.registered = False
        self.oa = None
        self.codes = 1
        self.grants = {}


class Grant:
    __slots__ = ("role", "rights", "begin", "end", "by")

    def __init__(self, role, rights, begin, end, by):
        self.role, self.rights, self.begin, self.end, self.by = role, rights, begin, end, by


class Model:
    """The portal as the rules say it is. Each method is an operation and answers what must come out."""

    def __init__(self, profile):
        self.rules = PROFILES[profile]
        self.now = START
        self.people, self.providers = {}, {}
        self.outgoing = []  # mails since they were last asked for

    # What follows from the state.

    def may(self, role, authority):
        return authority in self.rules.authorities.get(role, ())

    def manages(self, role, other):
        return other in self.rules.manages.get(role, ())

    def rights_of(self, grant):
        return ALL_RIGHTS if grant.role in self.rules.every else grant.rights

    def validity(self, grant):
        if self.now < grant.begin:
            return "NOT_YET_VALID"
        return "EXPIRED" if grant.end and self.now >= grant.end else OK

    def grant_of(self, npi, ncid):
        provider = self.providers.get(npi)
        return provider.grants.get(ncid) if provider else None

    def decide(self, ncid, npi, right, unregistered="NOT_REGISTERED"):
        if not known_right(right):
            return "ARGUMENT"
        provider = self.providers.get(npi)
        if provider is None or not provider.registered:
            return unregistered
        grant = self.grant_of(npi, ncid)
        if grant is None:
            return "NOT_PROVISIONED"
        valid = self.validity(grant)
        if valid != OK:
            return valid
        if right >= 64:
            return OK if self.may(grant.role, right) else "NO_AUTHORITY"
        return OK if self.rights_of(grant) >> right & 1 else "RIGHT_MISSING"

    def pin_state(self, person):
        if person.pin == PIN_NONE:
            return PIN_NONE
        if person.pin == PIN_LOST:
            return PIN_LOST
        if person.pin_tries.disabled():
            return PIN_DISABLED
        return PIN_ACTIVE if person.providers else PIN_SUSPENDED

    # What changes the state.

    def issue(self, ncid, template, address=None):
        person = self.people[ncid]
        person.pin, person.pin_tries = PIN_ACTIVE, Tries()
        person.serial += 1
        self.outgoing.append(f"{template}:{ncid}:{address or person.address}")

    def give(self, npi, ncid, grant):
        self.providers[npi].grants[ncid] = grant
        self.people[ncid].providers.add(npi)

    def enter(self, npi, ncid, grant, tag, registrant=None, address=None):
        """Somebody named in a form: access, and a PIN if they have none (S12), to the registrant (S11) or them (S16)."""
        if ncid not in self.people:
            self.people[ncid] = Person(address_of(ncid, tag))
        self.give(npi, ncid, grant)
        if self.people[ncid].pin == PIN_NONE:
            self.issue(ncid, "pin.issued.registrant" if registrant not in (None, ncid) else "pin.issued", address)

    def stands(self, npi, kind, relationship):
        """Whether the OA may stand so on the record (S2). Of Atypical IDs the later bulletins say nothing."""
        if kind == "individual":
            allowed = self.rules.oa_individual if len(npi) == 10 else PROFILES["2013"].oa_individual
        else:
            allowed = self.rules.oa_organization
        return relationship in allowed

    # Operations.

    def clock(self, now):
        self.now = now
        return OK

    def enroll(self, npi, kind, oa, relationship, tag):
        if oa != "-" and not self.stands(npi, kind, relationship):
            return PROBLEMS
        if npi in self.providers:
            return "ALREADY_ENROLLED"
        provider = self.providers[npi] = Provider(kind)
        if oa != "-":
            provider.registered, provider.oa = True, oa
            self.enter(npi, oa, Grant(OA, ALL_RIGHTS, 0, 0, "-"), tag)
        return OK

    def renew(self, npi):
        if npi not in self.providers:
            return "NOT_FOUND"
        self.providers[npi].codes += 1
        return OK

    def register(self, npi, code, registrant, oa, relationship, tag, *users):
        users = [user.split(":") for user in users]
        names = [oa] + [user[0] for user in users]
        if len(set(names)) < len(names):
            return PROBLEMS
        if any(int(role) not in ROLE_CHOICES for _, role, _ in users):
            return PROBLEMS
        provider = self.providers.get(npi)
        if relationship not in self.rules.oa_organization | self.rules.oa_individual:
            return PROBLEMS
        if provider is None or code != provider.codes:
            return "PROVIDER_OR_CODE"
        if provider.registered:
            return "OA_EXISTS"
        if not self.stands(npi, provider.kind, relationship):
            return PROBLEMS
        provider.registered, provider.oa = True, oa
        by = oa if registrant == "-" else registrant
        known = self.people.get(by)
        address = known.address if known else address_of(by, tag)
        self.enter(npi, oa, Grant(OA, ALL_RIGHTS, 0, 0, by), tag, by, address)
        for ncid, role, rights in users:
            self.enter(npi, ncid, Grant(int(role), int(rights, 16), 0, 0, by), tag, by, address)
        return OK

    def actor(self, by, npi, authority):
        """Why somebody may not administer here, or OK."""
        return self.decide(by, npi, authority)

    def change(self, by, npi, ncid, role):
        """Why somebody may not touch another's access, or give that role, or OK."""
        refusal = self.actor(by, npi, ADMINISTRATION)
        if refusal != OK:
            return refusal
        if by == ncid:
            return "SELF_GRANT"
        mine, theirs = self.grant_of(npi, by), self.grant_of(npi, ncid)
        if theirs and not self.manages(mine.role, theirs.role):
            return "NOT_MANAGED"
        if role and not self.manages(mine.role, role):
            return "NOT_MANAGED"
        return OK

    def conditions(self, npi, ncid, role):
        """What a role asks of its holder: one to build on, and a place free."""
        theirs = self.grant_of(npi, ncid)
        return OK
        below = self.rules.builds.get(role)
        if below and (theirs is None or theirs.role not in (below, role)):
            return "ROLE_BUILDS_ON"
        most = self.rules.most.get(role)
        if most:
            others = sum(1 for name, grant in self.providers[npi].grants.items() if grant.role == role and name != ncid)
            if others >= most:
                return "ROLE_TAKEN"
        return OK

    def allotment(self, by, npi, ncid, role, rights):
        refusal = self.change(by, npi, ncid, role)
        if refusal != OK:
            return refusal
        if rights & ~self.rights_of(self.grant_of(npi, by)):
            return "EXCEEDS_OWN"
        return OK

    def may_grant(self, by, npi, ncid, role, rights, begin, end):
        if role not in ROLES or role == OA or rights & ~ALL_RIGHTS or begin < 0 or end < 0 or end and end <= begin:
            return "ARGUMENT"
        refusal = self.allotment(by, npi, ncid, role, rights)
        if refusal != OK:
            return refusal
        if ncid not in self.people:
            return "UNKNOWN_PERSON"
        return self.conditions(npi, ncid, role)

    def grant(self, by, npi, ncid, role, rights, begin, end):
        refusal = self.may_grant(by, npi, ncid, role, rights, begin, end)
        if refusal != OK:
            return refusal
        self.give(npi, ncid, Grant(role, rights, begin, end, by))
        return OK

    def add(self, by, npi, ncid, role, rights, tag):
        if role not in ROLE_CHOICES or rights & ~ALL_RIGHTS:
            return PROBLEMS
        refusal = self.allotment(by, npi, ncid, role, rights)
        if refusal != OK:
            return refusal
        if self.grant_of(npi, ncid):
            return "ALREADY_GRANTED"
        self.enter(npi, ncid, Grant(role, rights, 0, 0, by), tag)
        return OK

    def may_revoke(self, by, npi, ncid):
        refusal = self.change(by, npi, ncid, 0)
        if refusal != OK:
            return refusal
        return OK if self.grant_of(npi, ncid) else "NOT_FOUND"

    def revoke(self, by, npi, ncid):
        refusal = self.may_revoke(by, npi, ncid)
        if refusal != OK:
            return refusal
        del self.providers[npi].grants[ncid]
        self.people[ncid].providers.discard(npi)
        return OK

    def check(self, ncid, npi, right):
        return self.decide(ncid, npi, right, "NOT_PROVISIONED")

    def explain(self, ncid, npi, right):
        return self.decide(ncid, npi, right)

    def can(self, ncid, npi, right):
        return self.decide(ncid, npi, right, "NOT_PROVISIONED")

    def authenticate(self, person, password):
        return person.password_tries.attempt(self.now, person.password is not None and password == person.password)

    def sign(self, ncid, password, pin, npi, kind):
        person = self.people.get(ncid)
        if person is None or not self.authenticate(person, password):
            return DENIED
        if self.pin_state(person) != PIN_ACTIVE or not person.pin_tries.attempt(self.now, pin == person.serial):
            return DENIED
        return self.decide(ncid, npi, self.rules.needs[kind])

    def reset(self, ncid, password):
        person = self.people.get(ncid)
        if person is None or not self.authenticate(person, password) or not person.providers:
            return DENIED
        self.issue(ncid, "pin.reset")
        return OK

    def may_reset(self, by, npi, ncid):
        refusal = self.actor(by, npi, PIN_RESET)
        if refusal != OK:
            return refusal
        if by == ncid:
            return "SELF_GRANT"
        theirs = self.grant_of(npi, ncid)
        if theirs is None:
            return "NOT_FOUND"
        return OK if self.manages(self.grant_of(npi, by).role, theirs.role) else "NOT_MANAGED"

    def reset_by(self, by, npi, ncid):
        refusal = self.may_reset(by, npi, ncid)
        if refusal == OK:
            self.issue(ncid, "pin.reset")
        return refusal

    def reset_by_operator(self, ncid):
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        if not person.providers:
            return "NO_PIN"
        self.issue(ncid, "pin.reset")
        return OK

    def end_pin(self, ncid):
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        if person.pin == PIN_NONE:
            return "NO_PIN"
        if person.pin != PIN_LOST:
            self.outgoing.append(f"pin.lost:{ncid}:{person.address}")
        person.pin, person.pin_tries = PIN_LOST, Tries()
        return OK

    def lost(self, by, npi, ncid):
        if by != ncid:
            refusal = self.may_reset(by, npi, ncid)
            if refusal != OK:
                return refusal
        return self.end_pin(ncid)

    def lost_by_operator(self, ncid):
        return self.end_pin(ncid)

    def password(self, ncid, password):
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        person.password, person.password_tries = password, Tries()
        return OK

    # Questions about everything there is.

    def pin(self, ncid):
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        return f"{self.pin_state(person)}:{person.pin_tries.failures if person.pin != PIN_NONE else 0}"

    def record(self, npi):
        provider = self.providers.get(npi)
        if provider is None:
            return "NOT_FOUND"
        return f"{'registered' if provider.registered else 'enrolled'}:{provider.oa or '-'}"

    def listed(self, name, grant):
        return f"{name}:{grant.role}:{self.rights_of(grant):x}:{grant.begin}:{grant.end}:{grant.by}"

    def users(self, npi):
        provider = self.providers.get(npi)
        grants = sorted(provider.grants.items()) if provider else ()
        return ",".join(self.listed(name, grant) for name, grant in grants) or "-"

    def serves(self, ncid):
        person = self.people.get(ncid)
        ids = sorted(person.providers) if person else ()
        return ",".join(self.listed(npi, self.providers[npi].grants[ncid]) for npi in ids) or "-"

    def mails(self):
        sent, self.outgoing = ",".join(sorted(self.outgoing)), []
        return sent or "-"

    def all_rights(self, ncid, npi):
        """All that somebody may do, as two masks."""
        rights = sum(1 << right for right in NAMED if self.check(ncid, npi, right) == OK)
        authorities = sum(1 << right - 64 for right in AUTHORITIES if self.check(ncid, npi, right) == OK)
        return f"{rights:x}:{authorities:x}"

    def who_can(self, npi, right):
        if not known_right(right):
            return "ARGUMENT"
        provider = self.providers.get(npi)
        return ",".join(ncid for ncid in sorted(provider.grants if provider else ())
                        if self.check(ncid, npi, right) == OK) or "-"

    def where_can(self, ncid, right):
        if not known_right(right):
            return "ARGUMENT"
        person = self.people.get(ncid)
        return ",".join(npi for npi in sorted(person.providers if person else ())
                        if self.check(ncid, npi, right) == OK) or "-"

    def preview(self, verdict, npi, ncid, role, rights):
        if verdict != OK:
            return verdict
        was, rules = self.grant_of(npi, ncid), self.rules
        had = self.rights_of(was) if was else 0
        has = ALL_RIGHTS if role in rules.every else rights
        could = rules.authorities.get(was.role, set()) if was else set()
        can = rules.authorities.get(role, set())
        masks = (has & ~had, had & ~has, sum(1 << a - 64 for a in can - could), sum(1 << a - 64 for a in could - can))
        last = not role and self.people[ncid].providers == {npi}
        return ":".join((str(was.role if was else 0), str(role), *(f"{mask:x}" for mask in masks), str(int(last))))

    def preview_grant(self, by, npi, ncid, role, rights, begin, end):
        return self.preview(self.may_grant(by, npi, ncid, role, rights, begin, end), npi, ncid, role, rights)

    def preview_revoke(self, by, npi, ncid):
        return self.preview(self.may_revoke(by, npi, ncid), npi, ncid, 0, 0)

    def manages_role(self, role, other):
        return "yes" if self.manages(role, other) else "no"

    def carries(self, role, authority):
        return "yes" if self.may(role, authority) else "no"

    def needs(self, kind):
        return str(self.rules.needs[kind])


# --- Identifiers as people write them ----------------------------------------------------------------------------

BAD_NCIDS = {"abc12": "TOO_SHORT", "p" * 21: "TOO_LONG", "person/001": "CHARACTER"}
BAD_NPIS = {"1000000005": "CHECK_DIGIT", "10000000041": "TOO_LONG", "ATYP-1": "CHARACTER"}
# Where each operation names a person or a provider, in the order in which they are looked at.
NAMES = {
    "enroll": ("npi 0", "ncid 2"), "renew": ("npi 0",), "register": ("npi 0", "ncid 2", "ncid 3"), "record": ("npi 0",),
    "add": ("ncid 2", "ncid 0", "npi 1"), "grant": ("ncid 0", "npi 1", "ncid 2"), "revoke": ("ncid 0", "npi 1", "ncid 2"),
    "check": ("ncid 0", "npi 1"), "explain": ("ncid 0", "npi 1"), "can": (), "all_rights": ("ncid 0", "npi 1"),
    "sign": ("ncid 0", "npi 3"), "reset": ("ncid 0",), "reset_by": ("ncid 0", "npi 1", "ncid 2"),
    "reset_by_operator": ("ncid 0",), "lost": ("ncid 0", "ncid 2", "npi 1"), "lost_by_operator": ("ncid 0",),
    "password": ("ncid 0",), "pin": ("ncid 0",), "users": ("npi 0",), "serves": ("ncid 0",), "who_can": ("npi 0",),
    "where_can": ("ncid 0",), "preview_grant": ("ncid 0", "npi 1", "ncid 2"), "preview_revoke": ("ncid 0", "npi 1", "ncid 2"),
}
NAMES = {name: [(place.split()[0], int(place.split()[1])) for place in places] for name, places in NAMES.items()}
IN_FORMS = {"enroll": (0, 2), "register": (0, 2, 3), "add": (2,), "sign": (0, 3)}  # where a bad one is a problem


def canonical(operation):
    """An operation as it is meant: NCIDs in lower case, provider ids in upper case."""
    meant = list(operation)
    for kind, place in NAMES.get(operation[0], ()):
        meant[place + 1] = meant[place + 1].lower() if kind == "ncid" else meant[place + 1].upper()
    if operation[0] == "register":
        meant[7:] = [user.lower() for user in meant[7:]]
    return meant


def malformed(operation):
    """Why an operation names nobody at all, or None."""
    for kind, place in NAMES.get(operation[0], ()):
        if operation[0] == "lost" and kind == "npi" and operation[1].lower() == operation[3].lower():
            continue  # who reports their own needs no provider
        why = (BAD_NCIDS if kind == "ncid" else BAD_NPIS).get(operation[place + 1])
        if why:
            return PROBLEMS if place in IN_FORMS.get(operation[0], ()) else why
    return None


def verdict(model, operation):
    if operation[0] in ("check", "explain", "can", "who_can", "where_can") and not known_right(operation[-1]):
        return "ARGUMENT"
    return malformed(operation) or getattr(model, operation[0])(*canonical(operation)[1:])


# --- Making operations up ----------------------------------------------------------------------------------------

def npi_of(number):
    """Ten digits with the Luhn check digit over 80840 and them, which adds 24."""
    digits = f"1{number:08d}"
    total = 24
    for place, digit in enumerate(map(int, digits)):
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return f"{digits}{-total % 10}"


class Generator:
    """Random operations with a liking for what is nearly allowed, and for what just was."""

    def __init__(self, model, rng):
        self.model, self.rng = model, rng
        crowd = rng.choice((6, 12, 25, 60))
        self.ncids = [f"person{number:03d}" for number in range(crowd)]
        self.ncids[0], self.ncids[1] = "office_administrator", "user.admin"  # people named like roles
        self.npis = [npi_of(number) for number in range(rng.choice((2, 4, 8, 20)))] + ["ATYP1", "XTYP12"]
        self.moments = [START]
        self.table = (
            (2, self.enroll), (1, self.renew), (4, self.register), (8, self.add), (14, self.grant), (8, self.revoke),
            (12, self.check), (3, self.explain), (3, self.can), (14, self.sign), (2, self.reset), (3, self.reset_by),
            (1, self.reset_by_operator), (2, self.lost), (1, self.lost_by_operator), (3, self.password), (9, self.clock),
            (3, self.pin), (1, self.record), (2, self.users), (1, self.serves), (2, self.all_rights), (1, self.who_can),
            (1, self.where_can), (3, self.preview_grant), (2, self.preview_revoke))
        self.weights = [weight for weight, _ in self.table]
        self.makers = [maker for _, maker in self.table]

    # Choosing.

    def likely(self, percent):
        return self.rng.random() * 100 < percent

    def any_npi(self):
        return self.rng.choice(self.npis)

    def any_ncid(self):
        return self.rng.choice(self.ncids)

    def holder(self, npi):
        """Somebody with access there, if there is anybody."""
        provider = self.model.providers.get(npi)
        if provider and provider.grants and self.likely(85):
            return self.rng.choice(list(provider.grants))
        return self.any_ncid()

    def administrator(self, npi):
        provider = self.model.providers.get(npi)
        if provider and provider.oa and self.likely(45):
            return provider.oa
        if provider and self.likely(70):
            some = [ncid for ncid, grant in provider.grants.items() if self.model.may(grant.role, ADMINISTRATION)]
            if some:
                return self.rng.choice(some)
        return self.holder(npi)

    def rights(self, within):
        mask = self.rng.getrandbits(12) & self.rng.getrandbits(12) | (1 << 32 if self.likely(10) else 0)
        if self.likely(75):
            mask &= within
        if self.likely(1):
            mask |= 1 << self.rng.choice((12, 33, 63))  # without a name
        return mask

    def own(self, npi, ncid):
        grant = self.model.grant_of(npi, ncid)
        return self.model.rights_of(grant) if grant else 0

    def right(self):
        if self.likely(8):
            return self.rng.choice((12, 31, 33, 63, 70, 99))
        return self.rng.choice((*NAMED, *AUTHORITIES))

    def moment(self):
        """A time near now, or one that is a boundary of something."""
        moment = self.model.now + self.rng.choice((-5000, -1, 0, 1, 2, 1000, 60_000, 3_600_000, 86_400_000))
        self.moments.append(moment)
        return moment

    # Operations.

    def clock(self):
        now = self.model.now
        if self.likely(45):
            due = [moment for moment in self.moments[-40:] if moment >= now]
            waits = [tries.wait_until() for person in self.model.people.values()
                     for tries in (person.password_tries, person.pin_tries)]
            due += [moment for moment in waits if moment >= now]
            if due:
                return "clock", max(now, min(due) + self.rng.choice((-1, 0, 0, 1)))
        return "clock", now + self.rng.choice((0, 1, 5, 1000, 29_999, 30_000, 60_000, 600_000, 3_600_000, 86_400_000))

    def tag(self):
        return f"t{self.rng.randrange(3)}"

    def relationship(self):
        return self.rng.choice(("owner", "managing_employee", "managing_employee", "provider"))

    def enroll(self):
        npi, kind = self.any_npi(), self.rng.choice(("individual", "organization"))
        if self.likely(40):
            return "enroll", npi, kind, self.any_ncid(), self.relationship(), self.tag()
        return "enroll", npi, kind, "-", "-", "0"

    def renew(self):
        return "renew", self.any_npi()

    def register(self):
        open_ones = [npi for npi, provider in self.model.providers.items() if not provider.registered]
        npi = self.rng.choice(open_ones) if open_ones and self.likely(80) else self.any_npi()
        provider = self.model.providers.get(npi)
        code = provider.codes if provider and self.likely(80) else self.rng.choice((0, 0, 1, 2))
        if provider and code > provider.codes or not provider:
            code = 0
        users = [f"{self.any_ncid()}:{self.rng.choice((UA, USER, USER))}:{self.rights(ALL_RIGHTS) & ALL_RIGHTS:x}"
                 for _ in range(self.rng.choice((0, 0, 1, 2, 3)))]
        registrant = self.any_ncid() if self.likely(30) else "-"
        return "register", npi, code, registrant, self.any_ncid(), self.relationship(), self.tag(), *users

    def add(self):
        npi = self.any_npi()
        by = self.administrator(npi)
        role = self.rng.choice((UA, USER, USER, USER))
        return "add", by, npi, self.any_ncid(), role, self.rights(self.own(npi, by)) & ALL_RIGHTS, self.tag()

    def role(self):
        return self.rng.choice((0, 7)) if self.likely(1) else self.rng.choice((OA, UA, UA, USER, USER, BACKUP, MR, MR, ES))

    def grant(self):
        npi = self.any_npi()
        by = self.administrator(npi)
        ncid = self.holder(npi) if self.likely(75) else self.any_ncid()
        begin = self.moment() if self.likely(15) else 0
        end = self.moment() if self.likely(25) else 0
        return "grant", by, npi, ncid, self.role(), self.rights(self.own(npi, by)), begin, end

    def revoke(self):
        npi = self.any_npi()
        return "revoke", self.administrator(npi), npi, self.holder(npi)

    def preview_grant(self):
        return "preview_grant", *self.grant()[1:]

    def preview_revoke(self):
        return "preview_revoke", *self.revoke()[1:]

    def all_rights(self):
        npi = self.any_npi()
        return "all_rights", self.holder(npi), npi

    def who_can(self):
        return "who_can", self.any_npi(), self.right()

    def where_can(self):
        return "where_can", self.any_ncid(), self.right()

    def question(self, name):
        npi = self.any_npi()
        return name, self.holder(npi), npi, self.right()

    def check(self):
        return self.question("check")

    def explain(self):
        return self.question("explain")

    def can(self):
        return self.question("can")

    def password(self):
        return "password", self.any_ncid(), f"secret{self.rng.randrange(4)}"

    def their_password(self, ncid):
        person = self.model.people.get(ncid)
        if person and person.password and self.likely(88):
            return person.password
        return f"secret{self.rng.randrange(4)}"

    def their_pin(self, ncid):
        person = self.model.people.get(ncid)
        if person and self.likely(85):
            return person.serial
        return self.rng.randrange(person.serial + 1) if person else 0

    def sign(self):
        npi = self.any_npi()
        ncid = self.holder(npi)
        person = self.model.people.get(ncid)
        if person and person.password is None and self.likely(80):
            return "password", ncid, f"secret{self.rng.randrange(4)}"
        return "sign", ncid, self.their_password(ncid), self.their_pin(ncid), npi, self.rng.randint(1, 8)

    def reset(self):
        ncid = self.any_ncid()
        return "reset", ncid, self.their_password(ncid)

    def reset_by(self):
        npi = self.any_npi()
        return "reset_by", self.administrator(npi), npi, self.holder(npi)

    def reset_by_operator(self):
        return "reset_by_operator", self.any_ncid()

    def lost(self):
        npi = self.any_npi()
        ncid = self.holder(npi)
        if self.likely(40):
            return "lost", ncid, "-", ncid
        return "lost", self.administrator(npi), npi, ncid

    def lost_by_operator(self):
        return "lost_by_operator", self.any_ncid()

    def pin(self):
        return "pin", self.any_ncid()

    def record(self):
        return "record", self.any_npi()

    def users(self):
        return "users", self.any_npi()

    def serves(self):
        return "serves", self.any_ncid()

    def next(self):
        operation = self.rng.choices(self.makers, self.weights)[0]()
        return self.misspelt(operation) if self.likely(6) else operation

    def misspelt(self, operation):
        """With an identifier in other letters, or one that is none."""
        places = NAMES.get(operation[0])
        if not places:
            return operation
        written = list(operation)
        kind, place = self.rng.choice(places)
        if written[place + 1] == "-":
            return operation
        if self.likely(25):
            written[place + 1] = self.rng.choice(list(BAD_NCIDS if kind == "ncid" else BAD_NPIS))
        elif kind == "ncid":
            written[place + 1] = written[place + 1].title()
        else:
            written[place + 1] = written[place + 1].lower()
        return tuple(written)

    def survey(self):
        """Everything there is, asked for."""
        for npi in self.npis:
            yield "record", npi
            yield "users", npi
        for ncid in self.ncids:
            yield "pin", ncid
            yield "serves", ncid
            npi = self.any_npi()
            for right in (*NAMED, *AUTHORITIES, 12):
                yield "check", ncid, npi, right


def tables():
    for role in ROLES:
        for other in ROLES:
            yield "manages_role", role, other
        for authority in AUTHORITIES:
            yield "carries", role, authority
    for kind in NEEDS:
        yield "needs", kind


# --- Lines -------------------------------------------------------------------------------------------------------

HEXADECIMAL = {"grant": 4, "add": 4, "preview_grant": 4}  # which argument is a mask of rights


def line(operation, expected):
    name, arguments = operation[0], list(operation[1:])
    if name in HEXADECIMAL:
        place = HEXADECIMAL[name]
        arguments[place] = f"{arguments[place]:x}"
    return " ".join((name, expected, *map(str, arguments)))


def parsed(text):
    """The operation of a line; what it said was expected is forgotten."""
    name, _, *arguments = text.split()
    place = HEXADECIMAL.get(name)
    for i, argument in enumerate(arguments):
        if i == place:
            arguments[i] = int(argument, 16)
        elif argument.isdigit() and len(argument) < 10 or name in ("clock", "grant", "preview_grant") and argument.isdigit() and i != 1:
            arguments[i] = int(argument)
    return name, *arguments


def world(profile, seed, most, write):
    """One portal from its beginning to its end; how many operations that was."""
    rng = random.Random(f"{profile} {seed}")
    model = Model(profile)
    generator = Generator(model, rng)
    length = min(most, rng.choice((300, 1000, 3000, 10_000)))
    write(f"world {profile} {seed} {length}\n")
    done = 0

    def judge(operations):
        nonlocal done
        for operation in operations:
            write(line(operation, verdict(model, operation)) + "\n")
            done += 1
            if model.outgoing:
                write(line(("mails",), model.mails()) + "\n")

    judge(tables())
    while done < length:
        judge((generator.next(),))
        if done % 1000 == 0:
            judge(generator.survey())
    judge(generator.survey())
    return done


def judged(profile, lines, write):
    model = Model(profile)
    write(f"world {profile} 0 0\n")
    for text in lines:
        if text.strip() and text.split()[0] not in ("world", "end"):
            operation = parsed(text)
            write(line(operation, verdict(model, operation)) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--profile", choices=sorted(PROFILES), required=True)
    parser.add_argument("--seed", type=int, default=1, help="of the first world")
    parser.add_argument("--step", type=int, default=1, help="from one world's seed to the next")
    parser.add_argument("--operations", type=int, default=20_000, help="at least so many")
    parser.add_argument("--from", dest="source", help="judge the operations of this file instead")
    arguments = parser.parse_args()
    if arguments.source:
        with open(arguments.source, encoding="ascii") as source:
            judged(arguments.profile, source, sys.stdout.write)
            sys.stdout.write("end\n")
        return
    done, seed = 0, arguments.seed
    while done < arguments.operations:
        done += world(arguments.profile, seed, arguments.operations, sys.stdout.write)
        seed += arguments.step
    sys.stdout.write("end\n")


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.exit(1)
