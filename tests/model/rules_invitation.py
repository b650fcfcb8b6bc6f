"""Invitations and the signature agreement (C8, C10 of the domain), from nctracks/invitation.h and nctracks/agreement.h."""

OK = "OK"
DAY = 86_400_000
LASTS = 7 * DAY  # after it was sent last
MOST, SENDS, MOST_A_DAY = 5, 2, 8  # of a provider at once; of one; of a provider in a day: few, so that they are reached
TOLD = ("SELF_GRANT", "ALREADY_GRANTED", "NCID_TAKEN", "TOO_OFTEN")  # to whoever accepts; the rest is INVITATION


class Invitation:
    """Access that is offered, to somebody known or to whoever has the code that went to an address."""

    def __init__(self, number, npi, ncid, email, terms):
        self.number, self.npi, self.ncid, self.email, self.terms = number, npi, ncid, email, terms
        self.by, self.at, self.times, self.code, self.basis = None, 0, 0, 0, 0

    def waits(self, now):
        """How long it waited cannot be told where the clock went back."""
        return self.at <= now < self.at + LASTS


class Invitations:
    def find_invitation(self, npi, wanted):
        return next((one for one in self.invited_ones if one.npi == npi and wanted(one)), None)

    def may_invite(self, by, npi, ncid, role, rights, begin, end):
        """The rules of a grant, for somebody without access."""
        refusal = self.allotment(by, npi, ncid, role, rights)
        if refusal == OK:
            refusal = self.conditions(npi, ncid, role)
        if refusal != OK:
            return refusal
        if self.over(end):
            return "DATE"
        if ncid != "-" and ncid not in self.people:
            return "UNKNOWN_PERSON"
        if self.grant_of(npi, ncid):
            return "ALREADY_GRANTED"
        return "SECOND_PERSON" if self.given_by_two(role) else OK

    def may_send(self, npi):
        """Whether a provider sends another one today; a day begins with the first and lasts 24 hours."""
        provider = self.providers[npi]
        over = self.now - provider.sent_since >= DAY
        count = 0 if over else provider.sent
        if count >= MOST_A_DAY:
            return False
        if over or self.now < provider.sent_since:
            provider.sent_since = self.now
        provider.sent = count + 1
        return True

    def send(self, one, by):
        one.by, one.at, one.times = by, self.now, one.times + 1
        one.basis = self.providers[one.npi].changes.get(one.ncid, 0)
        if one.email == "-":
            self.tell_person(one.ncid, "invitation.offered")
        else:
            self.codes_mailed += 1
            one.code = self.codes_mailed
            self.outgoing.append(f"invitation.code::{one.email}")
        self.used(by, one.npi)

    def invite(self, by, npi, ncid, email, role, rights, begin, end):
        wrong = self.malformed(role, rights, begin, end)
        refusal = wrong or self.may_invite(by, npi, ncid, role, rights, begin, end)
        if refusal != OK:
            return refusal
        before = self.find_invitation(npi, lambda one: (one.ncid, one.email) == (ncid, email))
        if before and before.waits(self.now):
            return "PENDING"
        if not before and sum(one.npi == npi for one in self.invited_ones) >= MOST:
            return "LIMIT"
        if not self.may_send(npi):
            return "TOO_OFTEN"
        if before:
            self.invited_ones.remove(before)
        self.invitations_made += 1
        one = Invitation(self.invitations_made, npi, ncid, email, (role, rights, begin, end))
        self.invited_ones.append(one)
        self.send(one, by)
        return OK

    def invitation(self, by, npi, number):
        """Why not, and the one there is: nothing is said of any to who does not administer there."""
        refusal = self.actor(by, npi, self.ADMINISTRATION)
        one = self.find_invitation(npi, lambda one: one.number == number)
        return (refusal, None) if refusal != OK else (OK, one) if one else ("NOT_FOUND", None)

    def invite_again(self, by, npi, number):
        refusal, one = self.invitation(by, npi, number)
        if refusal == OK:
            refusal = self.may_invite(by, npi, one.ncid, *one.terms)
        if refusal != OK:
            return refusal
        if one.times >= SENDS or not self.may_send(npi):
            return "TOO_OFTEN"
        self.send(one, by)
        return OK

    def invite_back(self, by, npi, number):
        refusal, one = self.invitation(by, npi, number)
        if one:
            self.invited_ones.remove(one)
        return refusal

    def out_of_date(self, one, ncid):
        """It is for access as it was; of who was invited by e-mail only the time tells."""
        provider = self.providers[one.npi]
        if one.email == "-":
            return provider.changes.get(ncid, 0) != one.basis
        return provider.changed_at.get(ncid, -1) >= one.at

    def may_accept(self, one, ncid):
        if not one.waits(self.now) or self.over(one.terms[-1]):
            return "LAPSED"
        role, rights, _, _ = one.terms
        refusal = self.allotment(one.by, one.npi, ncid, role, rights)
        if refusal == OK:
            refusal = self.conditions(one.npi, ncid, role)
        if refusal != OK:
            return refusal
        if self.grant_of(one.npi, ncid):
            return "ALREADY_GRANTED"
        if self.out_of_date(one, ncid):
            return "LAPSED"
        return "SECOND_PERSON" if self.given_by_two(role) else OK

    def invite_accept(self, npi, ncid, password, code):
        person = self.people.get(ncid)
        if person is None or not self.authenticate(person, password, asks_access=False):
            return "DENIED"
        if code == "-":
            one = self.find_invitation(npi, lambda one: one.ncid == ncid)
        else:
            one = self.find_invitation(npi, lambda one: one.email != "-" and one.code == code)
        if one is None:
            return "INVITATION"
        refusal = self.may_accept(one, ncid)
        if refusal != OK:
            return refusal if refusal in TOLD else "INVITATION"
        self.invited_ones.remove(one)
        self.give(npi, ncid, self.new_grant(*one.terms, one.by))
        self.used(one.by, npi)  # in whose name it is given
        self.issue_first(ncid)
        self.tell_inviter(one, "accepted", ncid)
        return OK

    def tell_inviter(self, one, answer, ncid):
        self.outgoing += [f"invitation.{answer}:{ncid}:{address}" for address in self.addresses_of(one.by)]

    def invite_decline(self, ncid, npi):
        if ncid not in self.people:
            return "UNKNOWN_PERSON"
        return self.declined(self.find_invitation(npi, lambda one: one.ncid == ncid), ncid)

    def invite_decline_code(self, npi, code):
        return self.declined(self.find_invitation(npi, lambda one: one.email != "-" and one.code == code), "")

    def declined(self, one, ncid):
        if one is None:
            return "NOT_FOUND"
        self.invited_ones.remove(one)
        self.tell_inviter(one, "declined", ncid)
        return OK

    @staticmethod
    def described(ones):
        return ",".join(sorted(
            f"{one.number}:{one.npi}:{one.ncid}:{one.email}:{one.by}:{role}:{rights:x}:{begin}:{end}:{one.at}:{one.times}"
            for one in ones for role, rights, begin, end in (one.terms,))) or "-"

    def invitations(self, npi):
        return self.described(one for one in self.invited_ones if one.npi == npi)

    def invited(self, ncid):
        return self.described(one for one in self.invited_ones if one.ncid == ncid and one.waits(self.now))

    def rename_in_invitations(self, old, new):
        for one in self.invited_ones:
            one.ncid = new if one.ncid == old else one.ncid
            one.by = new if one.by == old else one.by

    def drop_invitations(self, ncid):
        """Of a duplicate: they are about access that is no longer theirs."""
        self.invited_ones = [one for one in self.invited_ones if one.ncid != ncid]


class Agreements:
    """Where one is asked, nobody signs who has not accepted it; it is the person's, for every provider."""

    def agreement_lacks(self, ncid):
        return self.agreement and not self.people[ncid].agreed

    def agree(self, ncid, password, pin, version, text):
        if not self.agreement:
            return "STATE"
        if (version, text) != (1, 1):
            return "PROBLEMS"
        refusal = self.prove(ncid, password, pin)
        if refusal is not None:
            return refusal
        if not self.people[ncid].agreed:
            self.people[ncid].agreed = self.now
            self.tell_person(ncid, "agreement.accepted")
        return OK

    def agreed(self, ncid):
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        return f"{'no' if self.agreement_lacks(ncid) else 'yes'}:{person.agreed}"


NAMES = {"invite": ("ncid 0", "npi 1", "ncid 2"), "invite_again": ("ncid 0", "npi 1"), "invite_back": ("ncid 0", "npi 1"),
         "invite_accept": ("npi 0", "ncid 1"), "invite_decline": ("ncid 0", "npi 1"), "invite_decline_code": ("npi 0",),
         "invitations": ("npi 0",), "invited": ("ncid 0",), "agree": ("ncid 0",), "agreed": ("ncid 0",)}
IN_FORMS = {"invite_accept": (0, 1), "agree": (0,)}
HEXADECIMAL = {"invite": 5}
TEXTS = {"invite": {3}}


class InvitationMaker:
    """Makes operations on invitations and agreements up."""

    def invitation_table(self):
        return ((5, self.invite), (1, self.invite_again), (0.7, self.invite_back), (5, self.invite_accept),
                (0.7, self.invite_decline), (0.5, self.invite_decline_code), (0.7, self.invitations), (0.7, self.invited),
                (4 if self.model.agreement else 0.3, self.agree), (0.5, self.agreed))

    def invite(self):
        npi = self.any_npi()
        by = self.administrator(npi)
        ncid, email = self.any_ncid(), "-"
        if self.likely(35):
            ncid, email = "-", f"guest{self.rng.randrange(4)}@people.example.org"
        begin = self.moment() if self.likely(10) else 0
        end = self.moment() if self.likely(20) else 0
        return "invite", by, npi, ncid, email, self.role(), self.little(npi, by), begin, end

    def some_invitation(self):
        ones = self.model.invited_ones
        return self.rng.choice(ones) if ones and self.likely(90) else None

    def about_one(self, name):
        one = self.some_invitation()
        npi = one.npi if one and self.likely(95) else self.any_npi()
        number = one.number if one else self.rng.randrange(self.model.invitations_made + 1)
        return name, self.administrator(npi), npi, number

    def invite_again(self):
        return self.about_one("invite_again")

    def invite_back(self):
        return self.about_one("invite_back")

    def some_code(self, one):
        return one.code if one and self.likely(92) else self.rng.randrange(self.model.codes_mailed + 1)

    def invite_accept(self):
        one = self.some_invitation()
        npi = one.npi if one and self.likely(95) else self.any_npi()
        by_email = one is not None and one.email != "-"
        ncid = one.ncid if one and not by_email and self.likely(93) else self.any_ncid()
        person = self.model.people.get(ncid)
        if person and (person.password is None or person.password_tries.disabled()) and self.likely(85):
            return "password", ncid, f"open-sesames-{self.rng.randrange(4)}"
        code = self.some_code(one) if by_email != self.likely(4) else "-"
        return "invite_accept", npi, ncid, self.their_password(ncid), code

    def invite_decline(self):
        one = self.some_invitation()
        npi = one.npi if one else self.any_npi()
        ncid = one.ncid if one and one.ncid != "-" and self.likely(90) else self.any_ncid()
        return "invite_decline", ncid, npi

    def invite_decline_code(self):
        one = self.some_invitation()
        return "invite_decline_code", one.npi if one else self.any_npi(), self.some_code(one)

    def invitations(self):
        return "invitations", self.any_npi()

    def invited(self):
        one = self.some_invitation()
        return "invited", one.ncid if one and one.ncid != "-" else self.any_ncid()

    def agree(self):
        npi = self.any_npi()
        ncid = self.holder(npi)
        version, text = (1, 1) if self.likely(92) else self.rng.choice(((1, 2), (2, 1)))
        return "agree", ncid, self.their_password(ncid), self.their_pin(ncid), version, text

    def agreed(self):
        return "agreed", self.any_ncid()
