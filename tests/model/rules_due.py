"""The calendar of re-verification, from doc/guide-applications.md, "Due work". Days are those of North Carolina."""

import datetime

DAY = 86_400_000
HOUR = 3_600_000
YEARS = 5
EPOCH = datetime.date(1970, 1, 1)
IN_REVIEW = ("in_process", "in_review", "pending_endorsement", "returned", "pending_payment")
WITH_PROVIDER = ("returned", "pending_payment")


class Terms:
    """What a profile says of it."""

    def __init__(self, notices=(70, 50, 20, 5), suspended=50, hour=16, change=0):
        self.notices, self.suspended, self.hour, self.change = notices, suspended, hour, change


def sunday(year, month, number):
    """The n-th Sunday of a month, as a day since 1970."""
    first = datetime.date(year, month, 1)
    return (first - EPOCH).days + (6 - first.weekday()) % 7 + 7 * (number - 1)


def ahead(clock):
    """How far UTC is ahead of what the clocks show (milliseconds since 1970, never an hour they show twice)."""
    year = (EPOCH + datetime.timedelta(days=clock // DAY)).year
    saving = sunday(year, 3, 2) * DAY + 2 * HOUR <= clock < sunday(year, 11, 1) * DAY + 2 * HOUR
    return 4 * HOUR if saving else 5 * HOUR


def at(day, hour):
    """When it is so late on a day."""
    clock = day * DAY + hour * HOUR
    return clock + ahead(clock)


def day_at(time):
    """The day it is there: before midnight at the latest possible, or not."""
    day = (time - 5 * HOUR) // DAY
    return day + 1 if time >= at(day + 1, 0) else day


def years_on(day, years):
    """The same date so many years later; 29 February becomes 28 February."""
    then = EPOCH + datetime.timedelta(days=day)
    try:
        later = then.replace(year=then.year + years)
    except ValueError:
        later = then.replace(year=then.year + years, day=28)
    return (later - EPOCH).days


class Term:
    """One term of re-verification."""

    def __init__(self, begin, rules):
        self.rules = rules
        self.day = years_on(day_at(begin), YEARS)  # on which it is due
        self.told = 0  # how many of the notices were sent or passed over
        self.held = False  # by an application that was in time
        self.again = 0  # when one that was held is looked at again
        self.suspended = 0  # since when

    @property
    def due(self):
        return at(self.day, self.rules.hour)

    def next(self):
        """When something is to be done next; None while it is held."""
        if self.suspended:
            return at(day_at(self.suspended) + self.rules.suspended, self.rules.hour) + 1
        if self.held:
            return None
        if self.told < len(self.rules.notices):
            return at(self.day - self.rules.notices[self.told], 0)
        return self.again or self.due + 1


class Calendar:
    """What the calendar does to providers."""

    def begin_term(self, npi):
        self.providers[npi].term = Term(self.now, self.rules.terms)

    def told_of_term(self, npi):
        """Provider, OA and backup OA, each address once."""
        provider = self.providers[npi]
        holders = [ncid for ncid, grant in provider.grants.items() if grant.role == self.BACKUP]
        holders += [provider.oa] if provider.oa else []
        return set().union(*map(self.addresses_of, holders)) | {"office@clinic.example.org"}

    def tell_of_term(self, npi, template):
        self.outgoing += [f"{template}::{address}" for address in self.told_of_term(npi)]

    def notice(self, npi, term):
        first = term.told == 0
        if first:  # it names the date
            term.day = max(term.day, day_at(self.now) + term.rules.notices[0])
        term.told += 1
        while not first and term.told < len(term.rules.notices) and term.next() <= self.now:
            term.told += 1  # those missed are not sent in a burst
        self.tell_of_term(npi, "reverification.notice")

    def put_off(self, npi, term, day):
        """To another day; those who were told are told, and reminded."""
        term.day, term.held, term.again = day, False, 0
        if term.told:
            term.told = 1
            while term.told < len(term.rules.notices) and term.next() <= self.now:
                term.told += 1
            self.tell_of_term(npi, "reverification.notice")

    def end_term(self, npi, term):
        mine = [one for one in self.applications if one.npi == npi and one.state in IN_REVIEW and one.complete]
        if any(one.verifies() and one.complete <= term.due for one in mine):
            term.held, term.again, term.told = True, 0, len(term.rules.notices)
        elif term.rules.change and any(one.changes() for one in mine):
            self.put_off(npi, term, max(term.day, day_at(self.now)) + term.rules.change)
        else:
            term.suspended = self.now
            self.tell_of_term(npi, "reverification.suspended")

    def step(self, npi):
        """One step of the calendar, whose time has come."""
        term = self.providers[npi].term
        if term.suspended:
            self.providers[npi].terminated = True
            self.end_periods(npi)
            self.tell_of_term(npi, "reverification.terminated")
        elif term.told < len(term.rules.notices) and (term.told == 0 or self.now <= term.due):
            self.notice(npi, term)
        elif self.now <= term.due:
            term.told = len(term.rules.notices)
        else:
            self.end_term(npi, term)

    def moved(self, one):
        """What a move of an application means to the calendar."""
        provider = self.providers[one.npi]
        if one.state not in WITH_PROVIDER:
            one.complete = one.complete or self.now
        elif self.now <= provider.term.due:
            one.complete = 0
        ended = one.state in ("denied", "withdrawn", "abandoned")
        if ended and one.verifies() and provider.term.held and not provider.terminated:
            provider.term.held, provider.term.again = False, self.now

    def due_items(self):
        """All that is due by now, in the order of the list."""
        terms = [(provider.term.next(), 1, npi, None) for npi, provider in self.providers.items()
                 if provider.term and not provider.terminated and provider.term.next()]
        replies = [(one.step_at(), 2, one.npi, one) for one in self.applications if one.step_at()]
        due = [item for item in terms + replies if item[0] <= self.now]
        return sorted(due, key=lambda item: item[:3])[:20]

    def settle_item(self, time, kind, npi, one):
        """Whether there was still something to do."""
        provider = self.providers[npi]
        if kind == 2:
            current = one.step_at() == time
            if current:
                self.step_of_application(one)
        else:
            current = not provider.terminated and provider.term.next() == time
            if current:
                self.step(npi)
        return current

    def step_of_application(self, one):
        if self.now >= one.abandoned_at():
            self.lead(one, "abandon")
        else:
            one.reminded = True
            self.tell_of_application(one, "reminder")

    def settle_all(self):
        done = 0
        while True:
            items = self.due_items()
            if not items:
                return done
            done += sum(self.settle_item(*item) for item in items)

    def calendar(self, npi):
        provider = self.providers.get(npi)
        if provider is None:
            return "NOT_FOUND"
        held = int(provider.term.held and not provider.terminated)
        return f"{provider.term.due}:{provider.term.suspended}:{held}"

    def due_date(self, npi, days):
        """A date so many days after the one that is named."""
        return (EPOCH + datetime.timedelta(days=self.providers[npi].term.day + days)).isoformat()

    def due_restore(self, npi):
        return "0" if npi in self.providers else "NOT_FOUND"

    def extend(self, npi, date):
        provider = self.providers.get(npi)
        if provider is None:
            return "NOT_FOUND"
        if provider.terminated:
            return "TERMINATED"
        if provider.term.suspended:
            return "ILLEGAL_MOVE"
        day = (datetime.date.fromisoformat(date) - EPOCH).days
        if not provider.term.day < day <= provider.term.day + 30 or day < day_at(self.now):
            return "DATE"
        self.put_off(npi, provider.term, day)
        return "OK"
