"""Contact data, from doc/guide-people.md; new NCIDs and duplicates, from doc/guide-office.md."""

OK = "OK"
LASTS = 30 * 86_400_000
TOLD_FOR = 30 * 86_400_000
MOST_BY_PERSON, MOST_BY_OPERATOR = 4, 8  # former addresses
PHONE = "9195550101"  # what the forms say


class Waiting:
    """A change of contact data that waits."""

    def __init__(self, address, phone, by, when, token):
        self.address, self.phone, self.by, self.when, self.token = address, phone, by, when, token

    def lapsed(self, now):
        """How long it waited cannot be told where the clock went back."""
        return now < self.when or now >= self.when + LASTS


class Contact:
    """Changes of a person's address and phone."""

    def differing(self, person, address, phone):
        return (address if address not in ("-", person.address) else None, phone if phone not in ("-", person.phone) else None)

    def ask(self, ncid, address, phone, by):
        """The change waits, in place of what waited; told at the address on file, with a token."""
        person = self.people[ncid]
        replaces = person.waiting and not person.waiting.lapsed(self.now)
        person.tokens += 1
        person.waiting = Waiting(address, phone, by, self.now, person.tokens)
        self.outgoing.append(f"contact.{'replaced' if replaces else 'requested'}:{ncid}:{person.address}")
        self.warn(ncid, "contact.notice")

    def withdraw(self, ncid):
        person = self.people[ncid]
        person.waiting = None
        self.outgoing.append(f"contact.withdrawn:{ncid}:{person.address}")
        self.warn(ncid, "contact.withdrawn")

    def take(self, ncid, address, phone):
        """New data take effect: told at the address before, a new address is welcomed."""
        person = self.people[ncid]
        self.outgoing.append(f"contact.changed:{ncid}:{person.address}")
        self.warn(ncid, "contact.changed")
        person.phone = phone or person.phone
        if address:
            self.move_address(ncid, address)
            self.outgoing.append(f"contact.welcome:{ncid}:{address}")

    def former(self, ncid):
        """Addresses that were on file within the last days: told of all a thief of the present one would be after."""
        person = self.people[ncid]
        return [address for address, until in person.former if self.now < until + TOLD_FOR and address != person.address]

    def addresses_of(self, ncid):
        return {self.people[ncid].address, *self.former(ncid)}

    def warn(self, ncid, template):
        """The former addresses are told as well."""
        self.outgoing += [f"{template}:{ncid}:{address}" for address in self.former(ncid)]

    def move_address(self, ncid, address):
        person = self.people[ncid]
        # what was left later than now was left by a clock that went back: its days begin anew
        kept = [(one, min(until, self.now)) for one, until in person.former
                if self.now < until + TOLD_FOR and one not in (person.address, address)]
        person.former = kept + [(person.address, self.now)]
        person.address = address

    def too_often(self, ncid, address, most):
        """Whether more former addresses would have to be told than are kept; none is forgotten before its time."""
        return len(self.addresses_of(ncid) - {address}) > most

    def own_contact(self, ncid, address, phone):
        """Their phone at once, their address when it is confirmed; the one on file withdraws what waits."""
        person = self.people[ncid]
        new_address, new_phone = self.differing(person, address, phone)
        if new_phone:
            self.take(ncid, None, new_phone)
        if new_address:
            self.ask(ncid, new_address, None, ncid)
        elif address == person.address and person.waiting:
            self.withdraw(ncid)
        if new_phone or new_address:
            self.end_period(ncid)

    def contact(self, by, npi, ncid, address, phone):
        if by != ncid and npi == "-":
            return "ARGUMENT"
        if address == "-" and phone == "-":
            return "PROBLEMS"
        if by != ncid:
            refusal = self.may_contact(by, npi, ncid)
            if refusal != OK:
                return refusal
        if ncid not in self.people:
            return "UNKNOWN_PERSON"
        if by == ncid:
            self.own_contact(ncid, address, phone)
            return OK
        new_address, new_phone = self.differing(self.people[ncid], address, phone)
        if new_address or new_phone:
            self.ask(ncid, new_address, new_phone, by)
            self.end_period(ncid)
        return OK

    def may_contact(self, by, npi, ncid):
        refusal = self.actor(by, npi, self.ADMINISTRATION)
        if refusal != OK:
            return refusal
        theirs = self.grant_of(npi, ncid)
        if theirs is None:
            return "NOT_FOUND"
        if not self.manages(self.grant_of(npi, by).role, theirs.role):
            return "NOT_MANAGED"
        return OK if self.people[ncid].providers == {npi} else "ELSEWHERE"

    def contact_by_operator(self, ncid, address, phone):
        if address == "-" and phone == "-":
            return "PROBLEMS"
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        new_address, new_phone = self.differing(person, address, phone)
        if new_address and self.too_often(ncid, new_address, MOST_BY_OPERATOR):
            return "TOO_OFTEN"
        if address != "-" and person.waiting:
            self.withdraw(ncid)
        if new_address or new_phone:
            self.take(ncid, new_address, new_phone)
            self.end_period(ncid)
        return OK

    def carry(self, ncid, most):
        waiting = self.people[ncid].waiting
        if waiting.address and self.too_often(ncid, waiting.address, most):
            return "TOO_OFTEN"
        self.people[ncid].waiting = None
        self.take(ncid, waiting.address, waiting.phone)
        self.end_period(ncid)
        return OK

    def contact_confirm(self, ncid, token):
        person = self.people.get(ncid)
        if person is None or person.waiting is None or person.waiting.token != token:
            return "DENIED"
        return "LAPSED" if person.waiting.lapsed(self.now) else self.carry(ncid, MOST_BY_PERSON)

    def contact_confirm_by_operator(self, ncid, address):
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        waiting = person.waiting
        if waiting is None or (waiting.address or "-") != address:
            return "NOT_FOUND"
        return "LAPSED" if waiting.lapsed(self.now) else self.carry(ncid, MOST_BY_OPERATOR)

    def contact_withdraw(self, ncid):
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        if person.waiting is None:
            return "NOT_FOUND"
        self.withdraw(ncid)
        self.end_period(ncid)
        return OK

    def contact_pending(self, ncid):
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        waiting = person.waiting
        return f"{waiting.address or '-'}:{waiting.phone or '-'}:{waiting.by}" if waiting else "NOT_FOUND"


NAMES = {"contact": ("ncid 0", "ncid 2", "npi 1"), "contact_by_operator": ("ncid 0",), "contact_confirm": ("ncid 0",),
         "contact_confirm_by_operator": ("ncid 0",), "contact_withdraw": ("ncid 0",), "contact_pending": ("ncid 0",)}


class ContactMaker:
    """Makes operations on contact data up."""

    def contact_table(self):
        return ((3, self.contact), (1, self.contact_by_operator), (2, self.contact_confirm),
                (0.7, self.contact_confirm_by_operator), (0.4, self.contact_withdraw), (1, self.contact_pending))

    def some_address(self, ncid):
        person = self.model.people.get(ncid)
        if person and self.likely(15):
            return person.address
        return f"{ncid}.{self.rng.choice(('t0', 't1', 'new', 'newer', *map(str, range(9))))}@people.example.org" if self.likely(85) else "-"

    def some_phone(self):
        return self.rng.choice(("-", "-", "9195550101", "9195550102", "9195550103"))

    def wanting(self):
        """Somebody of whom a change waits, if there is one."""
        some = [ncid for ncid, person in self.model.people.items() if person.waiting]
        return self.rng.choice(some) if some and self.likely(80) else self.any_ncid()

    def contact(self):
        npi = self.any_npi()
        ncid = self.holder(npi)
        by = ncid if self.likely(45) else self.administrator(npi)
        return "contact", by, "-" if by == ncid else npi, ncid, self.some_address(ncid), self.some_phone()

    def contact_by_operator(self):
        ncid = self.wanting()
        return "contact_by_operator", ncid, self.some_address(ncid), self.some_phone()

    def contact_confirm(self):
        ncid = self.wanting()
        person = self.model.people.get(ncid)
        last = person.tokens if person else 0
        return "contact_confirm", ncid, last if self.likely(85) else self.rng.randrange(last + 1)

    def contact_confirm_by_operator(self):
        ncid = self.wanting()
        person = self.model.people.get(ncid)
        if person and person.waiting and self.likely(85):
            return "contact_confirm_by_operator", ncid, person.waiting.address or "-"
        return "contact_confirm_by_operator", ncid, self.some_address(ncid)

    def contact_withdraw(self):
        return "contact_withdraw", self.wanting()

    def contact_pending(self):
        return "contact_pending", self.wanting()
