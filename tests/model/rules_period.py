"""Periods of signing, from doc/guide-signing.md and nct_signature_period()."""

DENIED = "DENIED"
IDLE, LONGEST = 900_000, 43_200_000


class Period:
    """An open period: its token's number, or 0 for one whose token nobody kept."""

    def __init__(self, number, begun):
        self.number, self.begun, self.used = number, begun, begun


class Periods:
    """A password once, then the PIN alone for a while."""

    def begin_period(self, ncid):
        """Three right components begin one, and end the one before, also where the signature is refused then."""
        if self.periods:
            self.people[ncid].period = Period(0, self.now)

    def end_period(self, ncid):
        if ncid in self.people:
            self.people[ncid].period = None

    def end_periods(self, npi):
        """Of everybody with access to a provider."""
        for ncid in self.providers[npi].grants:
            self.end_period(ncid)

    def period_holds(self, person, number):
        period = person.period
        return (period is not None and number > 0 and period.number == number
                and period.used <= self.now < period.used + IDLE and self.now < period.begun + LONGEST)

    def sign_with(self, ncid, password, pin, npi, kind, document, review, key, number):
        person = self.people.get(ncid)
        if number == "-":
            refusal = self.prove(ncid, password, pin)
        elif person is None or not self.in_force(person) or not self.period_holds(person, number):
            refusal = DENIED
        else:
            refusal = self.prove_pin(person, pin)
        if refusal is None and number == "-":
            self.begin_period(ncid)
        elif refusal is None:
            person.period.used = self.now
        refusal = refusal or self.may_sign(ncid, npi, kind)
        if refusal != "OK":
            return refusal
        self.signed_by(ncid, npi, kind)
        if number == "-" and self.periods:
            person.periods += 1
            person.period.number = person.periods  # the token is told
        return f"OK:{self.count_of_signatures()}"

    def count_of_signatures(self):
        return sum(len(provider.signatures) for provider in self.providers.values())


NAMES = {"sign_with": ("ncid 0", "npi 3")}


class PeriodMaker:
    def period_table(self):
        return ((8 if self.model.periods else 0.5, self.sign_with),)

    def sign_with(self):
        operation = self.sign()
        if operation[0] != "sign":
            return operation
        _, ncid, password, pin, npi, kind = operation
        person = self.model.people.get(ncid)
        some = [name for name, one in self.model.people.items() if one.period and one.period.number]
        if some and self.likely(60):
            ncid = self.rng.choice(some)
            person = self.model.people[ncid]
            if self.likely(40):
                bound = self.rng.choice((person.period.used + IDLE, person.period.begun + LONGEST))
                if bound + 1 >= self.model.now:
                    return "clock", max(self.model.now, bound + self.rng.choice((-1, -1, 0)))
            where = [name for name, provider in self.model.providers.items() if ncid in provider.grants]
            npi = self.rng.choice(where) if where and self.likely(85) else npi
            number = person.period.number if self.likely(90) else self.rng.randrange(person.periods + 1)
            return "sign_with", ncid, "-", self.their_pin(ncid), npi, kind, 0, "-", "-", number
        return "sign_with", ncid, password, pin, npi, kind, 0, "-", "-", "-"
