#!/usr/bin/env python3
"""A model of the rulebook, written from the published rules and not from the library.

It makes up random operations, says itself how each must end, and writes both, one operation a line; replay.c does
the same to the library and compares. Standard library only; the same arguments always write the same lines.

    model.py --profile 2022 --seed 7 --operations 20000     random operations
    model.py --profile 2022 --from FILE                     the operations of a file, judged anew

A line is: operation, expected answer, arguments. Identifiers hold no space; "-" stands for nothing.
"""

import argparse
import datetime
import random
import sys

import rules_identity
import rules_invitation
import rules_names
import rules_period
import rules_person
import rules_shared
import rules_work
from rules_due import Calendar, Terms, day_at
from rules_identity import Identity, IdentityMaker
from rules_invitation import Agreements, InvitationMaker, Invitations
from rules_letters import REMINDED_BEFORE, Letters
from rules_names import NameMaker, Names
from rules_period import PeriodMaker, Periods
from rules_person import Contact, ContactMaker
from rules_shared import ByTwo, Groups, Reviews, SharedMaker
from rules_work import Work, WorkMaker

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


ROLE_NAMES = {OA: "office_administrator", UA: "user_administrator", USER: "user", BACKUP: "backup_office_administrator",
              MR: "managing_relationship", ES: "enrollment_specialist"}
RIGHT_NAMES = {PA_SUBMIT: "pa.submit", FL2_SUBMIT: "fl2.submit", ENROLLMENT: "enrollment.submit",
               INITIAL: "enrollment.initial"}
SUBMISSIONS = {ENROLL: "enrollment", RECREDENTIAL: "recredentialing", FL2: "fl2", PHARMACY_PA: "pharmacy_pa",
               MEDICAL_PA: "medical_pa", REENROLL: "reenrollment", CHANGE: "manage_change", MAINTAIN: "maintain_eligibility"}
RELATIONSHIPS = {"owner": 1, "managing_employee": 2, "provider": 3, "managing_relationship": 4}


ENROLLMENT_TYPE = (ENROLL, RECREDENTIAL, REENROLL, CHANGE, MAINTAIN)


def relationships(*names):
    return sum(1 << RELATIONSHIPS[name] for name in names)


class Rules:
    """One dated profile: what each role may, whom it manages, what it asks of its holder."""

    def __init__(self, authorities, manages, builds=None, standing=None, most=None, every=(OA,), needs=None, signer=0,
                 approved=False, oa_individual=relationships("owner", "managing_employee", "provider"),
                 oa_organization=relationships("owner", "managing_employee"), terms=None):
        self.authorities = authorities
        self.manages = manages
        self.builds = builds or {}  # one of these roles first
        self.standing = standing or {}  # on the record as one of these
        self.most = most or {}
        self.every = frozenset(every)  # roles that have every right
        self.needs = {**NEEDS, **(needs or {})}
        self.signer = signer  # who signs an enrollment-type application stands on the record as one of these
        self.approved = approved  # an OA change waits for an approval, and is told to everybody concerned
        self.signing = {self.needs[kind] for kind in ENROLLMENT_TYPE}
        self.oa_individual = oa_individual
        self.oa_organization = oa_organization
        self.terms = terms or Terms()


OA_MAY = set(AUTHORITIES)
UA_MAY = {ADMINISTRATION, PIN_RESET}
MR_MAY = {ADMINISTRATION, PIN_RESET, ENROLLMENT, PREPARE}
STAFF = {UA, USER, MR, ES}
SIGNER = relationships("owner", "managing_employee", "provider")
LISTED = relationships("owner", "managing_employee", "provider", "managing_relationship")
LISTED_OF_ORGANIZATION = relationships("owner", "managing_employee", "managing_relationship")
OFFICERS = relationships("owner", "managing_employee")
SINCE_2022 = {"approved": True, "oa_individual": relationships("provider", "managing_employee")}
SINCE_2025 = {"approved": True, "oa_individual": LISTED, "oa_organization": LISTED_OF_ORGANIZATION, "signer": LISTED}

PROFILES = {
    "2013": Rules({OA: OA_MAY, UA: UA_MAY}, {OA: {UA, USER}, UA: {USER}},
                  terms=Terms(notices=(45, 20, 5), suspended=30, hour=24, change=30)),
    "2022": Rules({OA: OA_MAY, UA: UA_MAY, ES: {PREPARE}}, {OA: STAFF, UA: {USER}}, signer=SIGNER, **SINCE_2022),
    "2025": Rules({OA: OA_MAY, UA: UA_MAY, ES: {PREPARE}, MR: MR_MAY}, {OA: STAFF, UA: {USER}, MR: {USER}},
                  builds={MR: {UA, MR}}, standing={MR: LISTED}, **SINCE_2025),
    "2026": Rules({OA: OA_MAY, UA: UA_MAY, ES: {PREPARE}, MR: MR_MAY, BACKUP: OA_MAY - {INITIAL}},
                  {OA: STAFF | {BACKUP}, UA: {USER}, MR: {USER}, BACKUP: STAFF},
                  builds={MR: {UA, MR, BACKUP}, BACKUP: {MR, BACKUP}}, standing={MR: LISTED, BACKUP: LISTED},
                  most={BACKUP: 1}, every=(OA, BACKUP), needs={ENROLL: INITIAL}, **SINCE_2025),
}

# From, move, to; who moves: Preparer, Submitter, siGner, Agency, Time.
ENROLLMENT_MACHINE = """
draft submit G in_process/draft discard PA abandoned/in_process review A in_review/in_process request_payment A pending_payment
in_process return A returned/in_process withdraw SA withdrawn/in_review request_endorsement A pending_endorsement
in_review request_payment A pending_payment/in_review return A returned/in_review approve A approved/in_review deny A denied
in_review withdraw SA withdrawn/pending_endorsement endorse A in_review/pending_endorsement deny A denied
pending_endorsement withdraw SA withdrawn/pending_endorsement abandon T abandoned/returned resubmit G in_process
returned withdraw SA withdrawn/returned abandon T abandoned/pending_payment pay A in_review
pending_payment withdraw SA withdrawn/pending_payment abandon T abandoned"""
AUTHORIZATION_MACHINE = """
draft submit G suspended/draft discard PA void/suspended pend A pending/suspended request_information A pend_ai
suspended approve A approved/suspended modify A modified/suspended reduce A reduction/suspended deny A denied
suspended void A void/pending review A suspended/pending request_information A pend_ai/pending approve A approved
pending modify A modified/pending reduce A reduction/pending deny A denied/pending void A void/pend_ai resubmit G suspended
pend_ai deny A denied/pend_ai void A void/approved reduce A reduction/approved terminate A terminated/approved void A void
modified reduce A reduction/modified terminate A terminated/modified void A void/reduction terminate A terminated
reduction void A void"""


def machine(text):
    rows = (row.split() for line in text.strip().splitlines() for row in line.split("/"))
    return {(start, move): (movers, end) for start, move, movers, end in rows}


MACHINES = {kind: machine(ENROLLMENT_MACHINE if kind in ENROLLMENT_TYPE else AUTHORIZATION_MACHINE) for kind in NEEDS}
MOVES = sorted({move for table in MACHINES.values() for _, move in table})
REVERIFIES = (ENROLL, RECREDENTIAL, REENROLL)
REPLY_TIME = 30 * 86_400_000
FL2_DAYS = 30
REQUEST_LASTS = 30 * 86_400_000
DELAY_FROM, DELAY_FIRST, DELAY_LONGEST, ATTEMPTS = 3, 30_000, 3_600_000, 10
START = 1_767_225_600_000  # 2026-01-01T00:00:00Z

OK, PROBLEMS, DENIED = "OK", "PROBLEMS", "DENIED"
PIN_NONE, PIN_ACTIVE, PIN_DISABLED, PIN_LOST, PIN_SUSPENDED = "none", "active", "disabled", "lost", "suspended"
ROLE_CHOICES = {UA, USER}  # what the forms offer


def lapsed(when, now):
    """Whether what was asked for waits no longer; how long it waited cannot be told where the clock went back."""
    return now < when or now >= when + REQUEST_LASTS


def known_right(right):
    return right in NAMED or right in AUTHORITIES


def fnv(text):
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in text.encode("ascii"):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def day_of(date):
    """The number of a day written YYYY-MM-DD, or None if there is no such day."""
    try:
        return (datetime.date.fromisoformat(date) - datetime.date(1970, 1, 1)).days
    except ValueError:
        return None



def address_of(ncid, tag):
    """What the replay writes into a form; the tag tells one form's address from another's."""
    return tag if "@" in tag else f"{ncid}.{tag}@people.example.org"


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
        if self.disabled():
            return False
        if now < self.wait_until():
            self.last = min(self.last, now)  # a clock that is set back starts the wait anew
            return False
        if right:
            self.failures = 0
            return True
        self.failures, self.last = self.failures + 1, now
        return False


NCID_WAY, EMAIL_WAY, PHONE_WAY = 1, 3, 4


class Person:
    def __init__(self, address):
        self.address = address  # on file: later forms do not change it
        self.password = None
        self.password_tries = Tries()
        self.pin = PIN_NONE  # none, active or lost; disabled and suspended follow from the rest
        self.pin_tries = Tries()
        self.serial = 0  # how many PINs were issued: lines name a PIN by its number
        self.providers = set()
        self.phone = rules_person.PHONE
        self.waiting, self.tokens = None, 0  # a change of contact data; how many tokens were mailed about any
        self.period, self.periods = None, 0  # of signing: the open one; how many whose token was kept
        self.former = []  # addresses before, and until when each was on file
        self.name = (rules_names.FIRST, "", rules_names.LAST, "")
        self.postal = ("",) * 5
        self.drafts, self.drafts_since = 0, 0  # begun in a day
        self.agreed = 0  # to the signature agreement, when


class Provider:
    def __init__(self, kind):
        self.kind = kind
        self.registered = False
        self.terminated = False
        self.oa = None
        self.codes = 1  # how many were made: the last one is right, if it is not spent
        self.code_spent = False
        self.payment = None  # the last EFT change that was asked for
        self.request = None  # the last OA change that was asked for
        self.grants = {}
        self.signatures = []  # what each was, in one line
        self.standing = {}  # who stands on the record: NCID to (relationships, begin, end)
        self.ended = {}  # who was OA once: NCID to when that ended last
        self.term = None  # of re-verification
        self.groups, self.proposals = {}, {}
        self.changes, self.changed_at = {}, {}  # how often somebody's access changed, and when last
        self.sent, self.sent_since = 0, 0  # invitations in a day


class Grant:
    __slots__ = ("role", "rights", "begin", "end", "by", "left", "groups", "made", "used", "certified")

    def __init__(self, role, rights, begin, end, by):
        self.role, self.rights, self.begin, self.end, self.by = role, rights, begin, end, by
        self.left = False  # by an OA who is gone
        self.groups = []
        self.made = self.used = self.certified = 0  # when


class Request:
    """An OA change that was asked for."""

    def __init__(self, ncid, previous, relationship, code, when, backup):
        self.ncid, self.previous, self.relationship, self.code, self.when = ncid, previous, relationship, code, when
        self.state, self.backup, self.template = "pending", backup, "backup" if backup else "oa_change"


class Payment:
    """An EFT change that was asked for."""

    def __init__(self, ncid, when, told):
        self.ncid, self.when, self.told = ncid, when, told
        self.state = "pending"

    def state_at(self, now):
        return "lapsed" if self.state == "pending" and lapsed(self.when, now) else self.state


class Application:
    """A submission on its way."""

    def __init__(self, npi, kind, document, date, by, when):
        self.npi, self.kind, self.document, self.date, self.by, self.when = npi, kind, document, date, by, when
        self.state, self.since, self.moves = "draft", 0, 0
        self.signer, self.reminded = None, False
        self.complete = 0  # since when it is submitted and paid
        self.saved = when
        self.assigned = ("", 0)  # to whom at the agency

    def row(self, move):
        return MACHINES[self.kind].get((self.state, move), ("", None))

    def move(self, move, now):
        self.state, self.since, self.moves = self.row(move)[1], now, self.moves + 1
        self.reminded = False
        if self.state not in rules_work.WITH_AGENCY:
            self.assigned = ("", 0)

    def verifies(self):
        return self.kind in REVERIFIES

    def changes(self):
        return self.kind == CHANGE

    def revisable(self):
        return any(start == self.state and "G" in movers for (start, _), (movers, _) in MACHINES[self.kind].items())

    def abandoned_at(self):
        return self.since + REPLY_TIME if self.row("abandon")[1] else None

    def step_at(self):
        """When it is told that it will be abandoned, then when it is."""
        end = self.abandoned_at()
        return end if end is None or self.reminded else end - REMINDED_BEFORE


class Model(Calendar, Contact, Groups, Reviews, ByTwo, Periods, Identity, Names, Work, Letters, Invitations, Agreements):
    """The portal as the rules say it is. Each method is an operation and answers what must come out."""

    BACKUP, ADMINISTRATION, ALL_RIGHTS = BACKUP, ADMINISTRATION, ALL_RIGHTS

    def __init__(self, profile):
        name, *extras = profile.split("+")
        self.rules = PROFILES[name]
        self.by_two, self.periods, self.agreement = "two" in extras, "period" in extras, "agreement" in extras
        self.now = START
        self.people, self.providers = {}, {}
        self.merged = {}  # those of them that were a duplicate's: to whom that was merged into
        self.left = {}  # NCIDs their people no longer go by: to those they do
        self.applications = []
        self.invited_ones, self.invitations_made, self.codes_mailed = [], 0, 0
        self.outgoing = []  # mails since they were last asked for

    # What follows from the state.

    def may(self, role, authority):
        return authority in self.rules.authorities.get(role, ())

    def manages(self, role, other):
        return other in self.rules.manages.get(role, ())

    def rights_of(self, grant, npi=None):
        """Their own, and at a provider those of groups too."""
        if grant.role in self.rules.every:
            return ALL_RIGHTS
        return grant.rights | (self.rights_by_groups(npi, grant) if npi else 0)

    def stated(self, npi, ncid, relationship):
        """The relationship that the OA stated goes onto the record; it revives nothing that has ended."""
        bit = 1 << RELATIONSHIPS[relationship]
        standing = self.providers[npi].standing
        was, begin, end = standing.get(ncid, (0, 0, 0))
        standing[ncid] = (was | bit, begin, end) if self.stands_now(npi, ncid) else (bit, 0, 0)

    def stands_now(self, npi, ncid):
        provider = self.providers.get(npi)
        mask, begin, end = provider.standing.get(ncid, (0, 0, 0)) if provider else (0, 0, 0)
        return mask if self.now >= begin and (not end or self.now < end) else 0

    def validity(self, grant):
        if self.now < grant.begin:
            return "NOT_YET_VALID"
        return "EXPIRED" if grant.end and self.now >= grant.end else OK

    def grant_of(self, npi, ncid):
        provider = self.providers.get(npi)
        return provider.grants.get(ncid) if provider else None

    def decide(self, ncid, npi, right, by_record=True):
        """Why not, or OK. What asks the record first says what is wrong with it; a check reads the grant alone."""
        if not known_right(right):
            return "ARGUMENT"
        provider = self.providers.get(npi)
        if by_record and provider and provider.terminated:
            return "TERMINATED"
        if provider is None or not provider.registered:
            return "NOT_REGISTERED" if by_record else "NOT_PROVISIONED"
        grant = self.grant_of(npi, ncid)
        if grant is None:
            return "NOT_PROVISIONED"
        if provider.terminated:
            return "TERMINATED"
        valid = self.validity(grant)
        if valid != OK:
            return valid
        standing = self.stands_now(npi, ncid)
        if grant.role in self.rules.standing and not standing & self.rules.standing[grant.role]:
            return "NOT_ON_RECORD"
        if right < 64:
            return OK if self.rights_of(grant, npi) >> right & 1 else "RIGHT_MISSING"
        if not self.may(grant.role, right):
            return "NO_AUTHORITY"
        asked = self.rules.signer if right in self.rules.signing else 0
        return "NOT_ON_RECORD" if asked and not standing & asked else OK

    def pin_state(self, person):
        if person.pin == PIN_NONE:
            return PIN_NONE
        if person.pin == PIN_LOST:
            return PIN_LOST
        if not self.in_force(person):
            return PIN_SUSPENDED
        return PIN_DISABLED if person.pin_tries.disabled() else PIN_ACTIVE

    def in_force(self, person):
        """Where somebody has access: what a termination holds back does not count (S12)."""
        return {npi for npi in person.providers if not self.providers[npi].terminated}

    # What changes the state.

    def issue(self, ncid, template, address=None):
        person = self.people[ncid]
        person.pin, person.pin_tries = PIN_ACTIVE, Tries()
        self.end_period(ncid)
        person.serial += 1
        self.outgoing.append(f"{template}:{ncid}:{address or person.address}")
        if template == "pin.reset":
            self.warn(ncid, "pin.reset_notice")

    def changed(self, npi, ncid):
        changes = self.providers[npi].changes
        changes[ncid] = changes.get(ncid, 0) + 1
        self.providers[npi].changed_at[ncid] = self.now
        self.end_period(ncid)

    def take_away(self, npi, ncid):
        del self.providers[npi].grants[ncid]
        self.people[ncid].providers.discard(npi)
        self.changed(npi, ncid)

    def give(self, npi, ncid, grant):
        self.providers[npi].grants[ncid] = grant
        grant.made = self.now
        self.changed(npi, ncid)
        # in the millisecond in which somebody's time as OA ended, nobody can tell before from after: looked at
        grant.left = self.providers[npi].ended.get(grant.by, -1) >= self.now
        self.people[ncid].providers.add(npi)

    def enter(self, npi, ncid, grant, tag, registrant=None, address=None):
        """Somebody named in a form: access, and a PIN if they have none (S12), to the registrant (S11) or them (S16)."""
        if ncid not in self.people:
            self.people[ncid] = Person(address_of(ncid, tag))
        else:
            if ncid != registrant:
                self.tell_given(npi, ncid)
        self.give(npi, ncid, grant)
        self.issue_first(ncid, "pin.issued.registrant" if registrant not in (None, ncid) else "pin.issued", address)

    def issue_first(self, ncid, template="pin.issued", address=None):
        if self.people[ncid].pin == PIN_NONE:
            self.issue(ncid, template, address)

    def stands(self, npi, kind, relationship):
        """Whether the OA may stand so on the record (S2). Of Atypical IDs the bulletin of 2022 says nothing."""
        allowed = self.rules.oa_organization
        if kind == "individual":
            allowed = self.rules.oa_individual
            if len(npi) != 10:
                allowed |= PROFILES["2013"].oa_individual
        return bool(relationships(relationship) & allowed)

    # Operations.

    def clock(self, now):
        self.now = now
        return OK

    def enroll(self, npi, kind, oa, relationship, tag):
        if oa != "-" and not self.stands(npi, kind, relationship):
            return PROBLEMS
        if npi in self.providers:
            return "ALREADY_ENROLLED"
        if self.taken(oa):
            return "NCID_TAKEN"
        provider = self.providers[npi] = Provider(kind)
        self.begin_term(npi)
        if oa != "-":
            provider.registered, provider.oa = True, oa
            self.enter(npi, oa, Grant(OA, ALL_RIGHTS, 0, 0, "-"), tag)
            self.stated(npi, oa, relationship)
        return OK

    def renew(self, npi):
        if npi not in self.providers:
            return "NOT_FOUND"
        self.providers[npi].codes += 1
        self.providers[npi].code_spent = False
        return OK

    def register(self, npi, code, registrant, oa, relationship, tag, *users):
        users = [user.split(":") for user in users]
        names = [oa] + [user[0] for user in users]
        if len(set(names)) < len(names):
            return PROBLEMS
        if any(int(role) not in ROLE_CHOICES for _, role, _ in users):
            return PROBLEMS
        provider = self.providers.get(npi)
        if relationship not in RELATIONSHIPS:
            return PROBLEMS
        if not self.right_code(provider, code):
            return "PROVIDER_OR_CODE"
        if provider.terminated:
            return "TERMINATED"
        if provider.registered:
            return "OA_EXISTS"
        if not self.stands(npi, provider.kind, relationship):
            return PROBLEMS
        if any(map(self.taken, [*names, registrant])):
            return "NCID_TAKEN"
        provider.registered, provider.oa = True, oa
        by = oa if registrant == "-" else registrant
        known = self.people.get(by)
        address = known.address if known else address_of(by, tag)
        self.enter(npi, oa, Grant(OA, ALL_RIGHTS, 0, 0, by), tag, by, address)
        self.stated(npi, oa, relationship)
        for ncid, role, rights in users:
            self.enter(npi, ncid, Grant(int(role), int(rights, 16), 0, 0, by), tag, by, address)
        if set(names) != {by}:
            self.used(by, npi)  # who gives others access
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
        if role == BACKUP and not (theirs and theirs.role == BACKUP):
            return "BY_REQUEST"  # the agency approves it
        return OK

    def conditions(self, npi, ncid, role):
        """What a role asks of its holder: a role to build on now, standing on the record now, a place free."""
        rules, theirs = self.rules, self.grant_of(npi, ncid)
        if role in rules.builds and not (theirs and theirs.role in rules.builds[role] and self.validity(theirs) == OK):
            return "ROLE_BUILDS_ON"
        if role in rules.standing and not self.stands_now(npi, ncid) & rules.standing[role]:
            return "NOT_ON_RECORD"
        others = sum(grant.role == role for name, grant in self.providers[npi].grants.items() if name != ncid)
        return "ROLE_TAKEN" if role in rules.most and others >= rules.most[role] else OK

    def allotment(self, by, npi, ncid, role, rights):
        refusal = self.change(by, npi, ncid, role)
        if refusal != OK:
            return refusal
        if rights & ~self.rights_of(self.grant_of(npi, by)):
            return "EXCEEDS_OWN"
        return OK

    def malformed(self, role, rights, begin, end):
        """What is wrong with a form of access first, or None."""
        if role not in ROLES or role == OA or rights & ~ALL_RIGHTS:
            return "UNKNOWN_VALUE"
        return "RANGE" if end and end <= begin else None

    def over(self, end):
        return end != 0 and end <= self.now

    def may_grant(self, by, npi, ncid, role, rights, begin, end):
        wrong = self.malformed(role, rights, begin, end)
        if wrong:
            return wrong
        refusal = self.allotment(by, npi, ncid, role, rights)
        if refusal != OK:
            return refusal
        refusal = self.conditions(npi, ncid, role)
        if refusal != OK:
            return refusal
        if self.over(end):
            return "DATE"
        return OK if ncid in self.people else "UNKNOWN_PERSON"

    def grant(self, by, npi, ncid, role, rights, begin, end):
        refusal = self.may_grant(by, npi, ncid, role, rights, begin, end)
        if refusal != OK:
            return refusal
        if self.given_by_two(role):
            return "SECOND_PERSON"
        self.tell_given(npi, ncid)
        self.give(npi, ncid, Grant(role, rights, begin, end, by))
        self.used(by, npi)
        return OK

    def new_grant(self, *terms):
        return Grant(*terms)

    def unnamable(self, ncid):
        return BAD_NCIDS.get(ncid)

    def add(self, by, npi, ncid, role, rights, tag):
        if role not in ROLE_CHOICES or rights & ~ALL_RIGHTS:
            return PROBLEMS
        refusal = self.allotment(by, npi, ncid, role, rights)
        if refusal != OK:
            return refusal
        if self.grant_of(npi, ncid):
            return "ALREADY_GRANTED"
        if self.given_by_two(role):
            return "SECOND_PERSON"
        if self.taken(ncid):
            return "NCID_TAKEN"
        self.enter(npi, ncid, Grant(role, rights, 0, 0, by), tag)
        self.used(by, npi)
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
        self.tell_person(ncid, "access.ended")
        self.take_away(npi, ncid)
        self.used(by, npi)
        return OK

    def leave(self, ncid, npi):
        """Access given up by its holder; whoever administers there is told."""
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        provider, grant = self.providers.get(npi), self.grant_of(npi, ncid)
        if grant is None:
            return "NOT_FOUND"
        if grant.role == OA:
            return "OFFICE_ADMINISTRATOR"
        readers = [ncid, provider.oa] + [name for name, other in provider.grants.items() if other.role == BACKUP]
        told = set().union(*map(self.addresses_of, readers))
        self.outgoing += [f"access.left:{ncid}:{address}" for address in told]
        self.take_away(npi, ncid)
        return OK

    def check(self, ncid, npi, right):
        return self.decide(ncid, npi, right, by_record=False)

    def explain(self, ncid, npi, right):
        return self.decide(ncid, npi, right)

    def can(self, ncid, npi, right):
        return self.decide(ncid, npi, right, by_record=False)

    def authenticate(self, person, password, asks_access=True):
        """Whether the password is right. Of somebody without access it is not even tried."""
        if asks_access and not self.in_force(person):
            return False
        return person.password_tries.attempt(self.now, person.password is not None and password == person.password)

    def prove(self, ncid, password, pin):
        """DENIED, or None for who has all three components."""
        person = self.people.get(ncid)
        if person is None or not self.authenticate(person, password):
            return DENIED
        return self.prove_pin(person, pin)

    def prove_pin(self, person, pin):
        if self.pin_state(person) != PIN_ACTIVE or not person.pin_tries.attempt(self.now, pin == person.serial):
            return DENIED
        return None

    def signed_by(self, ncid, npi, kind):
        role, right = ROLE_NAMES[self.grant_of(npi, ncid).role], RIGHT_NAMES[self.rules.needs[kind]]
        self.used(ncid, npi)
        self.tell_person(ncid, "signature.made")
        self.providers[npi].signatures.append(f"{ncid}:{SUBMISSIONS[kind]}:{role}:{right}:{self.now}")

    def sign(self, ncid, password, pin, npi, kind):
        refusal = self.prove(ncid, password, pin)
        if refusal is None:
            self.begin_period(ncid)
            refusal = self.may_sign(ncid, npi, kind)
        if refusal == OK:
            self.signed_by(ncid, npi, kind)
        return refusal

    def may_sign(self, ncid, npi, kind):
        refusal = self.decide(ncid, npi, self.rules.needs[kind])
        return "AGREEMENT" if refusal == OK and self.agreement_lacks(ncid) else refusal

    def signatures(self, npi):
        """How many there are of a provider, and a sum over what they say."""
        provider = self.providers.get(npi)
        lines = provider.signatures if provider else ()
        return f"{len(lines)}:{sum(map(fnv, lines)) & 0xFFFFFFFF:x}"

    def signed(self, ncid):
        ncid = self.left.get(ncid, ncid)
        if ncid not in self.people:
            return "UNKNOWN_PERSON"
        names = {ncid, *(name for name, now in self.left.items() if now == ncid)}
        lines = [line for provider in self.providers.values() for line in provider.signatures
                 if line.split(":")[0] in names]
        return f"{len(lines)}:{sum(map(fnv, lines)) & 0xFFFFFFFF:x}"

    def reset(self, ncid, password):
        person = self.people.get(ncid)
        if person is None or not self.authenticate(person, password) or not self.in_force(person):
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
        if not self.manages(self.grant_of(npi, by).role, theirs.role):
            return "NOT_MANAGED"
        return OK if self.people[ncid].providers == {npi} else "ELSEWHERE"  # in force or not

    def reset_by(self, by, npi, ncid):
        refusal = self.may_reset(by, npi, ncid)
        if refusal == OK:
            self.issue(ncid, "pin.reset")
        return refusal

    def reset_by_operator(self, ncid):
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        if not self.in_force(person):
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
            self.warn(ncid, "pin.lost")
        person.pin, person.pin_tries = PIN_LOST, Tries()
        self.end_period(ncid)
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
        self.end_period(ncid)
        self.outgoing.append(f"password.changed:{ncid}:{person.address}")
        self.warn(ncid, "password.changed")
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
        backup = [ncid for ncid, grant in provider.grants.items() if grant.role == BACKUP] or ["-"]
        state = "terminated" if provider.terminated else "registered" if provider.registered else "enrolled"
        return f"{state}:{provider.oa or '-'}:{backup[0]}"

    def listed(self, name, grant, npi):
        return f"{name}:{grant.role}:{self.rights_of(grant, npi):x}:{grant.begin}:{grant.end}:{grant.by}"

    def users(self, npi):
        provider = self.providers.get(npi)
        grants = sorted(provider.grants.items()) if provider else ()
        return ",".join(self.listed(name, grant, npi) for name, grant in grants) or "-"

    @staticmethod
    def masked(address):
        mailbox, domain = address.split("@")
        return f"{mailbox[0]}{'*' * (len(mailbox) - 1)}@{domain}"

    def look(self, by, npi, ncid):
        """Oneself whole; masked whoever has access where one administers."""
        if by != ncid:
            refusal = "ARGUMENT" if npi == "-" else self.actor(by, npi, ADMINISTRATION)
            if refusal != OK:
                return refusal
            if self.grant_of(npi, ncid) is None:
                return "NOT_FOUND"
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        address, phone = person.address, person.phone
        if by != ncid:
            address, phone = self.masked(address), "*" * 6 + phone[-4:]
        return f"{ncid}:{address}:{phone}:{self.pin_state(person)}"

    def find(self, way, text):
        """By the beginning of the NCID, e-mail address or phone: people go by their present ones."""
        way = int(way)
        if len(text) < (6 if way == PHONE_WAY else 3):
            return "TOO_SHORT"
        of = {NCID_WAY: lambda ncid, _: ncid, EMAIL_WAY: lambda _, person: person.address.lower(),
              PHONE_WAY: lambda _, person: person.phone}[way]
        return ",".join(sorted(ncid for ncid, person in self.people.items() if of(ncid, person).startswith(text.lower()))) or "-"

    def people_at(self, by, npi):
        refusal = self.actor(by, npi, ADMINISTRATION)
        if refusal != OK:
            return refusal
        names = self.providers[npi].grants
        rows = (f"{ncid}:{self.masked(self.people[ncid].address)}:{self.pin_state(self.people[ncid])}" for ncid in names)
        return ",".join(sorted(rows))

    def serves(self, ncid):
        person = self.people.get(ncid)
        ids = sorted(person.providers) if person else ()
        return ",".join(self.listed(npi, self.providers[npi].grants[ncid], npi) for npi in ids) or "-"

    # Applications.

    def prepared_with(self, kind):
        return PREPARE if kind in ENROLLMENT_TYPE else self.rules.needs[kind]

    def application(self, npi, number):
        """The number-th that was drafted, if it is of this provider."""
        one = self.applications[number - 1] if 0 < number <= len(self.applications) else None
        return one if one and one.npi == npi else None

    def draftable(self, by, npi, kind, date):
        if (kind == FL2) != (date != "-") or date != "-" and day_of(date) is None:
            return PROBLEMS
        return self.decide(by, npi, self.prepared_with(kind))

    def draft(self, by, npi, kind, document, date):
        refusal = self.draftable(by, npi, kind, date)
        if refusal == OK and not self.may_begin(by):
            refusal = "TOO_OFTEN"
        if refusal == OK:
            self.applications.append(Application(npi, kind, document, date, by, self.now))
        return refusal

    def revise(self, by, npi, number, kind, document, date):
        refusal = self.draftable(by, npi, kind, date)
        if refusal != OK:
            return refusal
        one = self.application(npi, number)
        if one is None:
            return "NOT_FOUND"
        if one.kind != kind:
            return PROBLEMS
        if not one.revisable():
            return "ILLEGAL_MOVE"
        one.document, one.date, one.saved = document, date, self.now
        return OK

    def submittable(self, npi, number, kind, document):
        one = self.application(npi, number)
        if one is None:
            return "NOT_FOUND"
        if one.kind != kind or one.document != document:
            return "DOCUMENT"
        if not one.revisable():
            return "ILLEGAL_MOVE"
        age = day_at(self.now) - day_of(one.date) if kind == FL2 else 0
        return OK if 0 <= age <= FL2_DAYS else "DATE"

    def submit(self, ncid, password, pin, npi, kind, document, number):
        refusal = self.prove(ncid, password, pin)
        if refusal is None:
            self.begin_period(ncid)
            refusal = self.may_sign(ncid, npi, kind)
        if refusal == OK:
            refusal = self.submittable(npi, number, kind, document)
        if refusal == OK:
            self.signed_by(ncid, npi, kind)
            self.submitted(self.application(npi, number), ncid)
        return refusal

    def agency(self, npi, number, move):
        one = self.application(npi, number)
        if one is None:
            return "NOT_FOUND"
        if "A" not in one.row(move)[0]:
            return "ILLEGAL_MOVE"
        self.lead(one, move)
        return one.state

    def submitted(self, one, ncid):
        one.signer = ncid
        self.lead(one, "submit" if one.state == "draft" else "resubmit", ncid)

    def lead(self, one, move, by=None):
        """By whom of the provider's; None: the agency, or time."""
        one.move(move, self.now)
        self.tell_of_move(one, move, by)
        self.moved(one)
        if move == "approve" and one.verifies() and not self.providers[one.npi].terminated:
            self.begin_term(one.npi)

    def act(self, by, npi, number, move):
        one = self.application(npi, number)
        if one is None:
            return "NOT_FOUND"
        prepare = self.check(by, npi, self.prepared_with(one.kind))
        submit = self.check(by, npi, self.rules.needs[one.kind])
        if prepare != OK and submit != OK:
            return prepare
        movers = one.row(move)[0]
        if not set(movers) & {"P", "S"}:
            return "ILLEGAL_MOVE"
        lacking = prepare if "P" in movers else submit
        if lacking != OK:
            return lacking
        self.lead(one, move, by)
        return one.state

    def state(self, npi, number):
        one = self.application(npi, number)
        return f"{one.state}:{one.moves}:{one.abandoned_at() or 0}" if one else "NOT_FOUND"

    def all_of(self, npi):
        """How many applications a provider has, and a sum over what they say."""
        lines = [f"{SUBMISSIONS[one.kind]}:{one.state}:{one.by}:{one.when}" for one in self.applications if one.npi == npi]
        return f"{len(lines)}:{sum(map(fnv, lines)) & 0xFFFFFFFF:x}"

    def settle(self):
        """All that is due by now is settled: how many items that were."""
        return str(self.settle_all())

    # Changes of hands.

    def right_code(self, provider, code):
        return provider is not None and code == provider.codes and not provider.code_spent

    def terminate(self, npi):
        provider = self.providers.get(npi)
        if provider is None:
            return "NOT_FOUND"
        if provider.terminated:
            return "TERMINATED"
        provider.terminated = True
        self.end_periods(npi)
        return OK

    def reinstate(self, npi):
        provider = self.providers.get(npi)
        if provider is None:
            return "NOT_FOUND"
        if not provider.terminated and not provider.term.suspended:
            return "ILLEGAL_MOVE"
        provider.terminated = False
        self.end_periods(npi)
        self.begin_term(npi)
        return OK

    def waiting(self, provider):
        """The OA change that waits; one that is not settled in time lapses."""
        request = provider.request if provider else None
        return request if request and self.request_state(provider) == "pending" else None

    def request_state(self, provider):
        request = provider.request
        if request.state == "pending" and lapsed(request.when, self.now):
            return "lapsed"
        return request.state

    def no_place(self, npi, ncid, backup):
        """Why somebody may not have the place that is asked for."""
        provider = self.providers[npi]
        if not backup:
            return "ALREADY_GRANTED" if provider.oa == ncid else OK
        if not any(BACKUP in managed for managed in self.rules.manages.values()):
            return PROBLEMS
        theirs = self.grant_of(npi, ncid)
        return "ALREADY_GRANTED" if theirs and theirs.role == BACKUP else self.conditions(npi, ncid, BACKUP)

    def oa_change(self, ncid, password, npi, code, relationship, place):
        person, provider = self.people.get(ncid), self.providers.get(npi)
        known = person is not None and self.authenticate(person, password, asks_access=False)
        if not self.right_code(provider, code) or not known:
            return DENIED
        if provider.oa is None:
            return "NOT_REGISTERED"
        backup = place == "backup_office_administrator"
        refusal = self.no_place(npi, ncid, backup)
        if refusal != OK:
            return refusal
        if not self.stands(npi, provider.kind, relationship):
            return PROBLEMS
        if self.waiting(provider):
            return "PENDING"
        provider.request = Request(ncid, provider.oa, relationship, code, self.now, backup)
        if self.rules.approved or backup:
            self.tell(f"{provider.request.template}.submitted", npi, provider.request)
            return "pending"
        self.carry_out(npi, provider.request, ncid)
        return "effective"

    def carry_out(self, npi, request, by):
        provider = self.providers[npi]
        if self.rules.approved:
            self.tell(f"{request.template}.made", npi, request)
        if request.backup:
            provider.code_spent, request.state = True, "effective"
            theirs = self.grant_of(npi, request.ncid)
            self.give(npi, request.ncid, Grant(BACKUP, theirs.rights, 0, 0, by))
            return
        if self.open_payment(npi):
            self.end_payment(npi, "void")
        self.take_away(npi, provider.oa)
        for grant in provider.grants.values():
            grant.left |= grant.by == provider.oa
        provider.ended[provider.oa] = self.now
        provider.oa, provider.code_spent, request.state = request.ncid, True, "effective"
        self.give(npi, request.ncid, Grant(OA, ALL_RIGHTS, 0, 0, by))
        self.stated(npi, request.ncid, request.relationship)

    def oa_approve(self, operator, npi):
        provider = self.providers.get(npi)
        request = provider.request if provider else None
        if request is None or request.state != "pending":
            return "NOT_FOUND"
        if operator == request.ncid:
            return "SECOND_PERSON"
        if self.request_state(provider) == "lapsed":
            request.state = "lapsed"
            self.tell(f"{request.template}.ended", npi, request)
            return "LAPSED"
        if request.code != provider.codes:
            request.state = "void"
            self.tell(f"{request.template}.ended", npi, request)
            return "PROVIDER_OR_CODE"
        refusal = self.conditions(npi, request.ncid, BACKUP) if request.backup else OK
        if refusal != OK:
            request.state = "void"
            self.tell(f"{request.template}.ended", npi, request)
            return refusal
        self.carry_out(npi, request, "-")
        return OK

    def oa_deny(self, npi):
        provider = self.providers.get(npi)
        request = provider.request if provider else None
        if request is None or request.state != "pending":
            return "NOT_FOUND"
        request.state = "refused"
        self.tell(f"{request.template}.ended", npi, request)
        return OK

    def oa_request(self, npi):
        provider = self.providers.get(npi)
        request = provider.request if provider else None
        return f"{self.request_state(provider)}:{request.ncid}:{request.previous}" if request else "NOT_FOUND"

    def to_review(self, npi):
        """What somebody granted as OA who is it no longer, and nobody granted anew since."""
        provider = self.providers.get(npi)
        grants = sorted(provider.grants.items()) if provider else ()
        return ",".join(ncid for ncid, grant in grants
                        if grant.left and grant.by != provider.oa) or "-"

    def tell(self, template, npi, request):
        """Existing OA, new OA, provider, officers, backup: at what was on file before, each address once."""
        provider = self.providers[npi]
        officers = [ncid for ncid in provider.standing if self.stands_now(npi, ncid) & OFFICERS]
        backups = [ncid for ncid, grant in provider.grants.items() if grant.role == BACKUP]
        addresses = {"office@clinic.example.org"}
        for ncid in [request.ncid, provider.oa] + officers + backups:
            known = ncid in self.people
            addresses |= self.addresses_of(ncid) if known else {"as.entered@people.example.org"}
        self.outgoing += [f"{template}:{request.ncid}:{address}" for address in addresses]

    # Where a provider is paid.

    def payment_parties(self, npi):
        """The addresses of those who are told of an EFT change; nobody gives a pay-to contact here."""
        provider = self.providers[npi]
        backups = [ncid for ncid, grant in provider.grants.items() if grant.role == BACKUP]
        told = set().union(*map(self.addresses_of, [provider.oa, *backups])) | {"office@clinic.example.org"}
        return told

    def end_payment(self, npi, state):
        """It is settled: those told when it was asked for, and those there are now, are told how."""
        payment = self.providers[npi].payment
        payment.state = state
        template = "eft_change.made" if state == "effective" else "eft_change.ended"
        told = payment.told | self.payment_parties(npi)
        self.outgoing += [f"{template}:{payment.ncid}:{address}" for address in told]

    def open_payment(self, npi):
        provider = self.providers.get(npi)
        return provider.payment if provider and provider.payment and provider.payment.state == "pending" else None

    def eft_change(self, ncid, password, npi):
        person = self.people.get(ncid)
        if person is None or not self.authenticate(person, password):
            return DENIED
        refusal = self.decide(ncid, npi, EFT)
        if refusal != OK:
            return refusal
        waiting = self.open_payment(npi)
        if waiting and waiting.state_at(self.now) == "pending":
            return "PENDING"
        if waiting:
            self.end_payment(npi, "lapsed")
        payment = self.providers[npi].payment = Payment(ncid, self.now, self.payment_parties(npi))
        self.outgoing += [f"eft_change.requested:{ncid}:{address}" for address in payment.told]
        return "pending"

    def eft_confirm(self, operator, npi):
        payment = self.open_payment(npi)
        if payment is None:
            return "NOT_FOUND"
        if operator == payment.ncid:
            return "SECOND_PERSON"
        if payment.state_at(self.now) == "lapsed":
            self.end_payment(npi, "lapsed")
            return "LAPSED"
        refusal = self.decide(payment.ncid, npi, EFT)
        if refusal != "TERMINATED":
            self.end_payment(npi, "effective" if refusal == OK else "void")
        return refusal

    def eft_refuse(self, npi):
        if self.open_payment(npi) is None:
            return "NOT_FOUND"
        self.end_payment(npi, "refused")
        return OK

    def eft_withdraw(self, by, npi):
        payment = self.open_payment(npi)
        if payment is None:
            return "NOT_FOUND"
        refusal = OK if by == payment.ncid else self.decide(by, npi, ADMINISTRATION)
        if refusal == OK:
            self.end_payment(npi, "withdrawn")
        return refusal

    def eft_request(self, npi):
        provider = self.providers.get(npi)
        payment = provider.payment if provider else None
        return f"{payment.state_at(self.now)}:{payment.ncid}" if payment else "NOT_FOUND"

    # People on the record.

    def put(self, npi, ncid, relationships, begin, end):
        if begin < 0 or end < 0 or end and end <= begin:
            return "ARGUMENT"
        provider = self.providers.get(npi)
        if provider is None:
            return "NOT_FOUND" if relationships else PROBLEMS
        if not relationships or provider.kind == "organization" and relationships >> RELATIONSHIPS["provider"] & 1:
            return PROBLEMS
        if self.taken(ncid):
            return "NCID_TAKEN"
        provider.standing[ncid] = (relationships, begin, end)
        self.end_period(ncid)
        return OK

    def remove(self, npi, ncid):
        provider = self.providers.get(npi)
        if not provider or not provider.standing.pop(ncid, None):
            return "NOT_FOUND"
        self.end_period(ncid)
        return OK

    def stands_as(self, ncid, npi):
        return f"{mask:x}" if (mask := self.stands_now(npi, ncid)) else "NOT_ON_RECORD"

    def standing(self, npi):
        provider = self.providers.get(npi)
        return ",".join(f"{ncid}:{mask:x}:{begin}:{end}"
                        for ncid, (mask, begin, end) in sorted(provider.standing.items() if provider else ())) or "-"

    def stands_where(self, ncid):
        return ",".join(f"{npi}:{mask:x}:{begin}:{end}" for npi, (mask, begin, end) in
                        sorted((npi, provider.standing[ncid]) for npi, provider in self.providers.items()
                               if ncid in provider.standing)) or "-"

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
        had = self.rights_of(was, npi) if was else 0
        has = ALL_RIGHTS if role in rules.every else rights
        could = rules.authorities.get(was.role, set()) if was else set()
        can = rules.authorities.get(role, set())
        masks = (has & ~had, had & ~has, sum(1 << a - 64 for a in can - could), sum(1 << a - 64 for a in could - can))
        last = not role and self.in_force(self.people[ncid]) == {npi}
        return ":".join((str(was.role if was else 0), str(role), *(f"{mask:x}" for mask in masks), str(int(last))))

    def preview_grant(self, by, npi, ncid, role, rights, begin, end):
        verdict = self.may_grant(by, npi, ncid, role, rights, begin, end)
        if verdict == OK and self.given_by_two(role):
            verdict = "SECOND_PERSON"
        return self.preview(verdict, npi, ncid, role, rights)

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
    "leave": ("ncid 0", "npi 1"), "look": ("ncid 0", "ncid 2", "npi 1"), "people_at": ("ncid 0", "npi 1"),
    "check": ("ncid 0", "npi 1"), "explain": ("ncid 0", "npi 1"), "can": (), "all_rights": ("ncid 0", "npi 1"),
    "sign": ("ncid 0", "npi 3"), "reset": ("ncid 0",), "reset_by": ("ncid 0", "npi 1", "ncid 2"),
    "reset_by_operator": ("ncid 0",), "lost": ("ncid 0", "ncid 2", "npi 1"), "lost_by_operator": ("ncid 0",),
    "password": ("ncid 0",), "pin": ("ncid 0",), "users": ("npi 0",), "serves": ("ncid 0",), "who_can": ("npi 0",),
    "put": ("npi 0", "ncid 1"), "remove": ("npi 0", "ncid 1"), "stands_as": ("ncid 0", "npi 1"),
    "signatures": ("npi 0",), "signed": ("ncid 0",), "standing": ("npi 0",), "stands_where": ("ncid 0",),
    "terminate": ("npi 0",), "reinstate": ("npi 0",), "oa_change": ("ncid 0", "npi 2"), "oa_approve": ("npi 1",),
    "oa_deny": ("npi 0",), "oa_request": ("npi 0",), "to_review": ("npi 0",),
    "draft": ("ncid 0", "npi 1"), "revise": ("ncid 0", "npi 1"), "submit": ("ncid 0", "npi 3"), "agency": ("npi 0",),
    "act": ("ncid 0", "npi 1"), "state": ("npi 0",), "all_of": ("npi 0",),
    "eft_change": ("ncid 0", "npi 2"), "eft_confirm": ("npi 1",), "eft_refuse": ("npi 0",),
    "eft_withdraw": ("ncid 0", "npi 1"), "eft_request": ("npi 0",),
    "calendar": ("npi 0",), "extend": ("npi 0",), "due_restore": ("npi 0",),
    "where_can": ("ncid 0",), "preview_grant": ("ncid 0", "npi 1", "ncid 2"), "preview_revoke": ("ncid 0", "npi 1", "ncid 2"),
}
NAMES.update(rules_identity.NAMES)
NAMES.update(rules_invitation.NAMES)
NAMES.update(rules_names.NAMES)
NAMES.update(rules_period.NAMES)
NAMES.update(rules_person.NAMES)
NAMES.update(rules_shared.NAMES)
NAMES.update(rules_work.NAMES)
NAMES = {name: [(place.split()[0], int(place.split()[1])) for place in places] for name, places in NAMES.items()}
IN_FORMS = {**rules_invitation.IN_FORMS, "sign_with": (0, 3), "enroll": (0, 2), "register": (0, 2, 3), "add": (2,), "sign": (0, 3), "put": (1,), "oa_change": (0, 2), "eft_change": (0, 2), "draft": (1,), "revise": (1,),
            "submit": (0, 3)}  # where a bad one is a problem


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
        if operation[0] in ("lost", "look") and kind == "npi" and operation[1].lower() == operation[3].lower():
            continue  # who reports their own needs no provider
        why = (BAD_NCIDS if kind == "ncid" else BAD_NPIS).get(operation[place + 1])
        if why:
            return PROBLEMS if place in IN_FORMS.get(operation[0], ()) else why
    return None


def verdict(model, operation):
    if operation[0] in ("check", "explain", "can", "who_can", "where_can") and not known_right(operation[-1]):
        return "ARGUMENT"
    if operation[0] == "put" and operation[5] and operation[5] <= operation[4]:
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


class Generator(ContactMaker, SharedMaker, PeriodMaker, IdentityMaker, NameMaker, WorkMaker, InvitationMaker):
    """Random operations with a liking for what is nearly allowed, and for what just was."""

    def __init__(self, model, rng):
        self.model, self.rng = model, rng
        crowd = rng.choice((6, 12, 25, 60))
        self.ncids = [f"person{number:03d}" for number in range(crowd)]
        self.ncids[0], self.ncids[1] = "office_administrator", "user.admin"  # people named like roles
        self.npis = [npi_of(number) for number in range(rng.choice((2, 4, 8, 20)))]
        self.npis += ["ATYP1", "ATYP12"]  # one begins like the other
        self.slow = self.likely(30)  # years pass
        self.back = self.likely(40)  # the clock goes back now and then
        self.victim = None  # whose password or PIN is being guessed
        self.favourites = [npi for npi in self.npis if self.likely(30)]
        self.moments = [START]
        self.table = (
            (2, self.enroll), (1, self.renew), (4, self.register), (8, self.add), (14, self.grant), (8, self.revoke), (1, self.leave),
            (12, self.check), (3, self.explain), (3, self.can), (14, self.sign), (8, self.hammer), (2, self.reset), (3, self.reset_by),
            (1, self.reset_by_operator), (2, self.lost), (1, self.lost_by_operator), (3, self.password), (9, self.clock),
            (3, self.pin), (3, self.look), (1, self.people_at), (1, self.find), (1, self.record), (2, self.users), (1, self.serves), (2, self.all_rights), (1, self.who_can),
            (6, self.put), (2, self.remove), (2, self.stands_as), (1, self.standing), (1, self.stands_where),
            (5, self.draft), (2, self.revise), (7, self.submit), (7, self.agency), (3, self.act), (2, self.state), (1, self.settle),
            (0.5, self.terminate), (1.5, self.reinstate), (3, self.oa_change), (2, self.oa_approve), (0.4, self.oa_deny),
            (3, self.eft_change), (2, self.eft_confirm), (0.4, self.eft_refuse), (0.6, self.eft_withdraw), (1, self.eft_request),
            (1, self.calendar), (1 + 2 * self.slow, self.due_work), (0.3, self.due_restore), (0.3, self.extend), (1, self.oa_request), (1, self.to_review), (1, self.where_can), (3, self.preview_grant), (2, self.preview_revoke))
        self.table += self.contact_table() + self.shared_table() + self.period_table() + self.identity_table()
        self.table += self.name_table() + self.work_table() + self.invitation_table()
        self.weights = [weight for weight, _ in self.table]
        self.makers = [maker for _, maker in self.table]

    # Choosing.

    def likely(self, percent):
        return self.rng.random() * 100 < percent

    def any_npi(self):
        if self.favourites and self.likely(60):
            return self.rng.choice(self.favourites)  # much happens at few providers
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
        if self.likely(92):
            mask &= within
        if self.likely(1):
            mask |= 1 << self.rng.choice((12, 33, 63))  # without a name
        return mask

    def little(self, npi, by):
        """Rights as often as not more than their own, where somebody has not all of them."""
        return self.rights(self.own(npi, by) if self.likely(70) else ALL_RIGHTS)

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
        if self.back and self.likely(3):  # it goes back: two hosts, or somebody who set it
            return "clock", now - self.rng.choice((1, 1000, 30_000, 3_600_000, 86_400_000, 40 * 86_400_000))
        if self.victim and self.likely(60):
            return "clock", max(now, self.tries_of_victim().wait_until() + self.rng.choice((0, 0, 0, -1)))
        if self.likely(45):
            due = [moment for moment in self.moments[-40:] if moment >= now]
            waits = [tries.wait_until() for person in self.model.people.values()
                     for tries in (person.password_tries, person.pin_tries)]
            due += [moment for moment in waits if moment >= now]
            due += [provider.request.when + REQUEST_LASTS for provider in self.model.providers.values()
                    if self.likely(5) and self.model.waiting(provider)]
            due += [payment.when + REQUEST_LASTS for payment in map(self.model.open_payment, self.npis)
                    if payment and self.likely(5)]
            due += [one.abandoned_at() for one in self.model.applications[-12:] if one.abandoned_at() and self.likely(4)]
            due = [moment for moment in due if moment >= now]
            due = [moment for moment in due if moment >= now]
            if due:
                return "clock", max(now, min(due) + self.rng.choice((-1, 0, 0, 1)))
        return "clock", now + self.rng.choice((0, 1, 5, 1000, 29_999, 30_000, 60_000, 600_000, 3_600_000, 86_400_000,
                                                    5 * 86_400_000))

    def tag(self):
        return f"t{self.rng.randrange(3)}"

    def tag_of(self, ncid):
        """One that makes the address on file: another would be contested, which the model does not know."""
        person = self.model.people.get(ncid.lower())
        if person is None:
            return self.tag()
        own = person.address.startswith(ncid.lower() + ".")  # not of somebody who went by another NCID
        return person.address.split("@")[0][len(ncid) + 1:] if own else person.address

    def relationship(self):
        return self.rng.choice(("owner", "managing_employee", "managing_employee", "provider", "managing_relationship"))

    def enroll(self):
        npi, kind = self.any_npi(), self.rng.choice(("individual", "organization"))
        if self.likely(40):
            ncid = self.any_ncid()
            return "enroll", npi, kind, ncid, self.relationship(), self.tag_of(ncid)
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
        oa = self.any_ncid()
        return "register", npi, code, registrant, oa, self.relationship(), self.tag_of(oa), *users

    def add(self):
        npi = self.any_npi()
        by = self.administrator(npi)
        role = self.rng.choice((UA, USER, USER, USER))
        return "add", by, npi, self.any_ncid(), role, self.little(npi, by) & ALL_RIGHTS, self.tag()

    def ladder(self, npi):
        """A step towards a role that builds on others, somewhere on the way."""
        npi = self.favourites[0] if self.favourites and self.likely(60) else npi
        provider = self.model.providers.get(npi)
        by = provider.oa if provider and provider.oa and self.likely(80) else self.administrator(npi)
        rules = self.model.rules
        below = {low for high, roles in rules.builds.items() for low in roles if low != high}
        if self.likely(40):  # a step towards a role of which there is one
            below = {low for high in rules.most for low in rules.builds.get(high, ()) if low != high} or below
        climbing = [ncid for ncid, grant in provider.grants.items() if grant.role in below] if provider else []
        ncid = self.rng.choice(climbing) if climbing and self.likely(75) else self.holder(npi)
        grant = self.model.grant_of(npi, ncid)
        steps = [role for role, below in rules.builds.items() if grant and grant.role in below - {role}]
        role = self.rng.choice(steps or [UA])
        if rules.standing.get(role, 0) & ~self.model.stands_now(npi, ncid) and self.likely(60):
            return "put", npi, ncid, self.rng.choice((16, 16, 2, 8)), 0, self.moment() if self.likely(20) else 0
        return "grant", by, npi, ncid, role, self.little(npi, by), 0, 0

    def role(self):
        if self.likely(4):
            return self.rng.choice((0, 7, OA))
        return self.rng.choice((UA, UA, USER, USER, BACKUP, BACKUP, MR, MR, ES))

    def grant(self):
        npi = self.any_npi()
        if self.model.rules.builds and self.likely(50):
            return self.ladder(npi)
        by = self.administrator(npi)
        ncid = self.holder(npi) if self.likely(75) else self.any_ncid()
        begin = self.moment() if self.likely(15) else 0
        end = self.moment() if self.likely(25) else 0
        return "grant", by, npi, ncid, self.role(), self.little(npi, by), begin, end

    def revoke(self):
        npi = self.any_npi()
        return "revoke", self.administrator(npi), npi, self.holder(npi)

    def leave(self):
        npi = self.any_npi()
        return "leave", self.holder(npi), npi

    def date(self, kind):
        if (kind == FL2) != self.likely(3):
            if self.likely(3):
                return self.rng.choice(("2026-02-30", "2026-13-01", "0000-00-00"))
            day = day_at(self.model.now) - self.rng.choice((-1, 0, 0, 1, 10, 29, 30, 30, 31))
            return (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).isoformat()
        return "-"

    def draft(self):
        npi, kind = self.any_npi(), self.rng.randint(1, 8)
        by = self.administrator(npi) if self.likely(50) else self.holder(npi)
        return "draft", by, npi, kind, self.rng.randint(1, 3), self.date(kind)

    def some_application(self):
        """A number and the application, perhaps none."""
        applications = self.model.applications
        if not applications or self.likely(2):
            return 0, None
        first = max(0, len(applications) - 12) if self.likely(80) else 0
        number = self.rng.randrange(first, len(applications)) + 1
        return number, applications[number - 1]

    def revise(self):
        number, one = self.some_application()
        npi = one.npi if one and self.likely(95) else self.any_npi()
        kind = one.kind if one and self.likely(90) else self.rng.randint(1, 8)
        return "revise", self.administrator(npi), npi, number, kind, self.rng.randint(1, 3), self.date(kind)

    def submit(self):
        number, one = self.some_application()
        npi = one.npi if one and self.likely(95) else self.any_npi()
        ncid = self.administrator(npi)
        person = self.model.people.get(ncid)
        if person and self.model.pin_state(person) in (PIN_DISABLED, PIN_LOST):
            return "reset_by_operator", ncid
        if person and (person.password is None or person.password_tries.disabled()):
            return "password", ncid, f"open-sesames-{self.rng.randrange(4)}"
        kind = one.kind if one and self.likely(95) else self.rng.randint(1, 8)
        document = one.document if one and self.likely(93) else self.rng.randint(1, 3)
        return "submit", ncid, self.their_password(ncid), self.their_pin(ncid), npi, kind, document, number

    def move(self, one, mover):
        possible = [move for move in MOVES if one and mover in one.row(move)[0]]
        return self.rng.choice(possible) if possible and self.likely(75) else self.rng.choice(MOVES)

    def agency(self):
        number, one = self.some_application()
        npi = one.npi if one and self.likely(95) else self.any_npi()
        return "agency", npi, number, self.move(one, "A")

    def act(self):
        number, one = self.some_application()
        npi = one.npi if one and self.likely(95) else self.any_npi()
        return "act", self.administrator(npi), npi, number, self.move(one, self.rng.choice("PS"))

    def state(self):
        number, one = self.some_application()
        return "state", one.npi if one and self.likely(95) else self.any_npi(), number

    def settle(self):
        return ("settle",)

    def calendar(self):
        return "calendar", self.any_npi()

    def due_work(self):
        """A step towards what the calendar asks next of some provider."""
        if not self.slow:
            return self.settle()
        steps = [provider.term.next() for provider in self.model.providers.values()
                 if not provider.terminated and provider.term.next()]
        if not steps or min(steps) <= self.model.now:
            return self.settle()
        late = self.rng.choice((-1, 0, 0, 0, 1, 86_400_000, 20 * 86_400_000, 400 * 86_400_000))
        return "clock", max(self.model.now, min(steps) + late)

    def extend(self):
        npi = self.any_npi()
        days = self.rng.choice((0, 1, 10, 29, 30, 31))
        return "extend", npi, self.model.due_date(npi, days) if npi in self.model.providers else "2031-01-01"

    def due_restore(self):
        return "due_restore", self.any_npi()

    def terminate(self):
        return "terminate", self.any_npi()

    def reinstate(self):
        closed = [npi for npi, provider in self.model.providers.items() if provider.terminated]
        return "reinstate", self.rng.choice(closed) if closed and self.likely(85) else self.any_npi()

    def oa_change(self):
        npi = self.any_npi()
        provider = self.model.providers.get(npi)
        if provider and provider.code_spent and self.likely(60):
            return "renew", npi
        ncid = self.holder(npi)
        person = self.model.people.get(ncid)
        if person and person.password is None and self.likely(70):
            return "password", ncid, f"open-sesames-{self.rng.randrange(4)}"
        code = provider.codes if provider and self.likely(88) else 0
        place = self.rng.choice(("office_administrator", "backup_office_administrator"))
        return "oa_change", ncid, self.their_password(ncid), npi, code, self.relationship(), place

    def oa_approve(self):
        waiting = [npi for npi, provider in self.model.providers.items() if self.model.waiting(provider)]
        npi = self.rng.choice(waiting) if waiting and self.likely(85) else self.any_npi()
        provider = self.model.providers.get(npi)
        request = provider.request if provider else None
        return "oa_approve", request.ncid if request and self.likely(10) else "mona.model", npi

    def eft_change(self):
        npi = self.any_npi()
        ncid = self.administrator(npi)
        person = self.model.people.get(ncid)
        if person and (person.password is None or person.password_tries.disabled()) and self.likely(70):
            return "password", ncid, f"open-sesames-{self.rng.randrange(4)}"
        return "eft_change", ncid, self.their_password(ncid), npi

    def paid_anew(self):
        """A provider at which an EFT change waits, if there is one."""
        waiting = [npi for npi in self.npis if self.model.open_payment(npi)]
        npi = self.rng.choice(waiting) if waiting and self.likely(85) else self.any_npi()
        return npi, self.model.open_payment(npi)

    def eft_confirm(self):
        npi, payment = self.paid_anew()
        return "eft_confirm", payment.ncid if payment and self.likely(10) else "mona.model", npi

    def eft_refuse(self):
        return "eft_refuse", self.paid_anew()[0]

    def eft_withdraw(self):
        npi, payment = self.paid_anew()
        return "eft_withdraw", payment.ncid if payment and self.likely(40) else self.holder(npi), npi

    def eft_request(self):
        return "eft_request", self.any_npi()

    def oa_deny(self):
        return "oa_deny", self.any_npi()

    def oa_request(self):
        return "oa_request", self.any_npi()

    def to_review(self):
        return "to_review" if not self.back else "oa_request", self.any_npi()

    def stander(self, npi):
        provider = self.model.providers.get(npi)
        if provider and provider.standing and self.likely(70):
            return self.rng.choice(list(provider.standing))
        return self.holder(npi)

    def places(self, name):
        return NAMES.get(name, ())

    def put(self):
        npi = self.any_npi()
        mask = self.rng.choice((0, 2, 4, 4, 4, 8, 16, 16, 20, 6, 30)) if self.likely(95) else 0
        begin = self.moment() if self.likely(15) else 0
        end = self.moment() if self.likely(30) else 0
        return "put", npi, self.stander(npi), mask, begin, end

    def remove(self):
        npi = self.any_npi()
        return "remove", npi, self.stander(npi)

    def stands_as(self):
        npi = self.any_npi()
        return "stands_as", self.stander(npi), npi

    def standing(self):
        return "standing", self.any_npi()

    def stands_where(self):
        return "stands_where", self.any_ncid()

    def preview_grant(self):
        operation = self.grant()
        return ("preview_grant", *operation[1:]) if operation[0] == "grant" else operation

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
        return "password", self.any_ncid(), f"open-sesames-{self.rng.randrange(4)}"

    def their_password(self, ncid):
        person = self.model.people.get(ncid)
        if person and person.password and self.likely(94):
            return person.password
        return f"open-sesames-{self.rng.randrange(4)}"

    def their_pin(self, ncid):
        person = self.model.people.get(ncid)
        if person and self.likely(90):
            return person.serial
        return self.rng.randrange(person.serial + 1) if person else 0

    def tries_of_victim(self):
        person = self.model.people[self.victim]
        return person.pin_tries if self.guess_pin else person.password_tries

    def hammer(self):
        """Wrong tries in a row, until nothing but a reset helps; then a right one."""
        if self.victim not in self.model.people or self.likely(4):
            able = [ncid for ncid, person in self.model.people.items() if person.password]
            self.victim, self.guess_pin = self.rng.choice(able) if able else None, self.likely(70)
            if not able:
                return self.password()
        person = self.model.people[self.victim]
        password = person.password if self.guess_pin else "a-guess"
        wait = self.tries_of_victim().wait_until()
        if self.model.now < wait and self.likely(70):
            return "clock", wait
        if self.likely(6):
            return "sign", self.victim, person.password, person.serial, self.any_npi(), self.rng.randint(1, 8)
        return "sign", self.victim, password, 0, self.any_npi(), self.rng.randint(1, 8)

    def sign(self):
        npi = self.any_npi()
        ncid = self.administrator(npi) if self.likely(40) else self.holder(npi) if self.likely(85) else self.any_ncid()
        person = self.model.people.get(ncid)
        if person and self.model.pin_state(person) in (PIN_DISABLED, PIN_LOST) and self.likely(60):
            return "reset_by_operator", ncid
        locked = person and (person.password is None or person.password_tries.disabled())
        if locked and self.likely(80):
            return "password", ncid, f"open-sesames-{self.rng.randrange(4)}"
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

    def look(self):
        npi = self.any_npi()
        ncid = self.holder(npi)
        if self.likely(40):
            return "look", ncid, "-", ncid
        return "look", self.administrator(npi), npi, ncid if self.likely(70) else self.any_ncid()

    def find(self):
        way = self.rng.choice((NCID_WAY, EMAIL_WAY, PHONE_WAY))
        person = self.model.people.get(self.any_ncid())
        whole = {NCID_WAY: self.any_ncid(), EMAIL_WAY: person.address if person else "nobody", PHONE_WAY: "9195550101"}[way]
        text = whole[:self.rng.randrange(2, len(whole))]
        return "find", way, text.upper() if self.likely(30) else text

    def people_at(self):
        npi = self.any_npi()
        return "people_at", self.administrator(npi), npi

    def users(self):
        return "users", self.any_npi()

    def serves(self):
        return "serves", self.any_ncid()

    def next(self):
        if self.victim not in self.model.people:
            self.victim = None
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
            yield "standing", npi
            yield "signatures", npi
            yield "oa_request", npi
            yield "eft_request", npi
            yield "calendar", npi
            yield "all_of", npi
            yield "invitations", npi
            if not self.back:
                yield "to_review", npi
        yield "work_check",
        yield "work", 0, 0
        yield "work", rules_work.DRAFT, 0
        for ncid in self.ncids:
            yield "pin", ncid
            yield "who", ncid
            yield "contact_pending", ncid
            yield "serves", ncid
            yield "stands_where", ncid
            yield "signed", ncid
            yield "invited", ncid
            yield "agreed", ncid
            npi = self.any_npi()
            yield "all_rights", ncid, npi
            yield "check", ncid, npi, self.right()
            yield "explain", ncid, npi, self.right()


def tables():
    for role in ROLES:
        for other in ROLES:
            yield "manages_role", role, other
        for authority in AUTHORITIES:
            yield "carries", role, authority
    for kind in NEEDS:
        yield "needs", kind


# --- Lines -------------------------------------------------------------------------------------------------------

HEXADECIMAL = {**rules_shared.HEXADECIMAL, **rules_invitation.HEXADECIMAL, "grant": 4, "add": 4, "preview_grant": 4, "put": 2}  # which argument is a mask of rights


TEXTS = {**rules_invitation.TEXTS, "can": {1}, "contact": {4}, "contact_by_operator": {2}, "move_house": {1, 2, 3, 4, 5}, "find_name": {0}}  # which arguments are no numbers, however they look


def line(operation, expected):
    name, arguments = operation[0], list(operation[1:])
    if name in HEXADECIMAL:
        place = HEXADECIMAL[name]
        arguments[place] = f"{arguments[place]:x}"
    return " ".join((name, expected, *map(str, arguments)))


def parsed(text):
    """The operation of a line; what it said was expected is forgotten."""
    name, _, *arguments = text.split()
    identifiers = {place for _, place in NAMES.get(name, ())} | TEXTS.get(name, set())
    for i, argument in enumerate(arguments):
        if i == HEXADECIMAL.get(name):
            arguments[i] = int(argument, 16)
        elif i not in identifiers and argument.isdigit():
            arguments[i] = int(argument)
    return name, *arguments


def world(name, seed, most, write):
    """One portal from its beginning to its end; how many operations that was."""
    rng = random.Random(f"{name} {seed}")
    profile = name + ("+two" if rng.random() < 0.3 else "") + ("+period" if rng.random() < 0.5 else "")
    profile += "+agreement" if rng.random() < 0.3 else ""
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
    parser.add_argument("--profile", required=True, help=f"{', '.join(PROFILES)}; for --from also with +two")
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
