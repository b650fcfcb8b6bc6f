"""The calendar of re-verification, from doc/guide-applications.md, "Due work"."""

import datetime

DAY = 86_400_000
NOTICES = (70, 50, 20, 5)  # days before
SUSPENDED = 50 * DAY
YEARS = 5
EPOCH = datetime.datetime(1970, 1, 1)


def years_on(milliseconds, years):
    """The same date and time of day so many years later, UTC; 29 February becomes 28 February."""
    then = EPOCH + datetime.timedelta(milliseconds=milliseconds)
    try:
        later = then.replace(year=then.year + years)
    except ValueError:
        later = then.replace(year=then.year + years, day=28)
    return (later - EPOCH) // datetime.timedelta(milliseconds=1)


class Term:
    """One term of re-verification."""

    def __init__(self, begin):
        self.due = years_on(begin, YEARS)
        self.told = 0  # how many of the notices were sent or passed over
        self.suspension = self.due  # when it may be suspended
        self.suspended = 0  # since when

    def next(self):
        """When something is to be done next."""
        if self.suspended:
            return self.suspended + SUSPENDED
        if self.told < len(NOTICES):
            return self.due - NOTICES[self.told] * DAY
        return self.suspension


class Calendar:
    """What the calendar does to providers."""

    def begin_term(self, npi):
        self.providers[npi].term = Term(self.now)

    def told_of_term(self, npi):
        """Provider, OA and backup OA, each address once."""
        provider = self.providers[npi]
        holders = [ncid for ncid, grant in provider.grants.items() if grant.role == self.BACKUP]
        holders += [provider.oa] if provider.oa else []
        return set().union(*map(self.addresses_of, holders)) | {"office@clinic.example.org"}

    def tell_of_term(self, npi, template):
        self.outgoing += [f"{template}::{address}" for address in self.told_of_term(npi)]

    def step(self, npi):
        """One step of the calendar, whose time has come."""
        term = self.providers[npi].term
        if term.suspended:
            self.providers[npi].terminated = True
            self.end_periods(npi)
            self.tell_of_term(npi, "reverification.terminated")
        elif term.told < len(NOTICES):
            passed = [place for place, days in enumerate(NOTICES) if self.now >= term.due - days * DAY]
            term.told = passed[-1] + 1  # those missed are not sent in a burst
            if term.told == len(NOTICES) and self.now >= term.due:
                term.suspension = self.now + NOTICES[-1] * DAY  # nobody is suspended untold
            self.tell_of_term(npi, "reverification.notice")
        else:
            term.suspended = self.now
            self.tell_of_term(npi, "reverification.suspended")

    def settle_terms(self):
        done = 0
        for npi, provider in self.providers.items():
            while provider.term and not provider.terminated and provider.term.next() <= self.now:
                self.step(npi)
                done += 1
        return done

    def calendar(self, npi):
        provider = self.providers.get(npi)
        if provider is None:
            return "NOT_FOUND"
        return f"{provider.term.due}:{provider.term.suspended}"

    def due_restore(self, npi):
        return "0" if npi in self.providers else "NOT_FOUND"
