"""The agency's work list and drafts (C13, C17 of the domain), from doc/guide-applications.md."""

OK = "OK"
APPLICATION, OA_CHANGE, EFT_CHANGE, CONTESTED, DRAFT = 1, 2, 3, 4, 16
KINDS = {APPLICATION: "application", OA_CHANGE: "oa_change", EFT_CHANGE: "eft_change", CONTESTED: "contested_address",
         DRAFT: "draft"}
ASSIGNED_FOR = 3 * 86_400_000
DAY = 86_400_000
MOST_DRAFTS = 6  # a person begins in a day; few, so that it is reached
WITH_AGENCY = ("in_process", "in_review", "suspended", "pending")


def fnv(text):
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in text.encode("ascii"):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


class Work:
    """What waits for the agency over all providers, who there has it; the drafts nobody goes on with."""

    def may_begin(self, ncid):
        """Whether somebody may begin another draft today; a day begins with the first and lasts 24 hours."""
        person = self.people[ncid]
        over = self.now - person.drafts_since >= DAY
        count = 0 if over else person.drafts
        if count >= MOST_DRAFTS:
            return False
        if over or self.now < person.drafts_since:
            person.drafts_since = self.now
        person.drafts = count + 1
        return True

    def application_item(self, number, one):
        if one.state in WITH_AGENCY:
            return APPLICATION, one.npi, number, one.since, one.state, "-", one
        if one.state == "draft":
            return DRAFT, one.npi, number, one.saved, one.state, one.by, one
        return None

    def items(self):
        """(kind, provider, number, since when, state, NCID, what was asked for)"""
        for number, one in enumerate(self.applications, 1):
            item = self.application_item(number, one)
            if item:
                yield item
        for npi, provider in self.providers.items():
            if self.waiting(provider):
                yield OA_CHANGE, npi, 0, provider.request.when, "-", "-", provider.request
            if provider.payment and provider.payment.state_at(self.now) == "pending":
                yield EFT_CHANGE, npi, 0, provider.payment.when, "-", "-", provider.payment

    def holder_of(self, asked):
        """Who at the agency has it. An assignment lapses, and counts for nothing where the clock went back behind it."""
        name, since = getattr(asked, "assigned", ("", 0))
        return name if name and since <= self.now < since + ASSIGNED_FOR else ""

    def work(self, kind, until):
        """How many items of a kind, or of all that waits for the agency, and a sum over what they say."""
        if kind not in KINDS and kind != 0:
            return "ARGUMENT"
        lines = [f"{KINDS[of]}:{npi}:{number}:{since}:{state}:{ncid}:{self.holder_of(asked)}"
                 for of, npi, number, since, state, ncid, asked in self.items()
                 if (of == kind or kind == 0 and of != DRAFT) and (until == 0 or since <= until)]
        return f"{len(lines)}:{sum(map(fnv, lines)) & 0xFFFFFFFF:x}"

    def item(self, kind, npi, number):
        for of, at, which, _, _, _, asked in self.items():
            if (of, at, which) == (kind, npi, number):
                return asked
        return None

    def assign(self, name, kind, npi, number):
        if kind == DRAFT:
            return "FORMAT"  # which is nobody's
        asked = self.item(kind, npi, number)
        if asked is None:
            return "NOT_FOUND"
        if self.holder_of(asked) not in ("", name):
            return "ASSIGNED"
        asked.assigned = (name, self.now)
        return OK

    def release(self, kind, npi, number):
        if kind == DRAFT:
            return "FORMAT"
        asked = self.item(kind, npi, number)
        if asked is None:
            return "NOT_FOUND"
        asked.assigned = ("", 0)
        return OK

    def work_check(self):
        """Nobody touches the index here."""
        return OK


NAMES = {}  # an item has an id, not a name


class WorkMaker:
    """Makes operations on the work list up."""

    def work_table(self):
        return ((1.5, self.work), (2, self.assign), (0.8, self.release), (1, self.discard_old))

    def work(self):
        kind = self.rng.choice((0, 0, APPLICATION, OA_CHANGE, EFT_CHANGE, DRAFT, DRAFT)) if self.likely(97) else 5
        until = self.model.now - self.rng.choice((0, 1, 60_000, 86_400_000)) if self.likely(30) else 0
        return "work", kind, until

    def some_item(self):
        items = list(self.model.items())
        if items and self.likely(85):
            kind, npi, number = self.rng.choice(items)[:3]
            return kind, npi, number
        number, one = self.some_application()
        if one is None or self.likely(40):
            return self.rng.choice((OA_CHANGE, EFT_CHANGE)), self.any_npi(), 0
        return APPLICATION, one.npi, number

    def assign(self):
        return "assign", self.rng.choice(("agnes", "agnes", "ben")), *self.some_item()

    def release(self):
        return "release", *self.some_item()

    def discard_old(self):
        drafts = [(number, one) for number, one in enumerate(self.model.applications, 1) if one.state == "draft"]
        if not drafts:
            return self.work()
        number, one = self.rng.choice(drafts)
        return "agency", one.npi, number, "discard"
