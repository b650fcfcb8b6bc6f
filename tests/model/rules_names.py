"""Legal names and postal addresses of people (C7 of the domain), from doc/guide-people.md."""

OK = "OK"
PROBLEMS = "PROBLEMS"
SUFFIXES = ("jr", "sr", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
FIRST, LAST = "Made", "Up"  # what the forms of others say


class Names:
    """The name is first, middle, last name and suffix; the address line 1 and 2, city, state and ZIP code."""

    @staticmethod
    def whole_name(wanted, before):
        """What a form makes of a name; None for one that is none. A name given whole ends what it lacks."""
        first, middle, last, suffix, one = wanted
        if one == "yes" and (first or middle):
            return None
        if one not in ("", "yes") or suffix and suffix not in SUFFIXES:
            return None
        drops = {0, 1} if one else set()
        if last and (one or first):
            drops |= {1, 3}
        return tuple(new or ("" if place in drops else old)
                     for place, (new, old) in enumerate(zip((first, middle, last, suffix), before)))

    def named(self, ncid, wanted, by_person):
        wanted = ["" if word == "-" else word for word in wanted]
        if not any(wanted) or self.whole_name(wanted, ("",) * 4) is None:
            return PROBLEMS
        if ncid not in self.people:
            return "UNKNOWN_PERSON"
        person = self.people[ncid]
        name = self.whole_name(wanted, person.name)
        if name != person.name:
            self.take(ncid, None, None)
            person.name = name
            self.end_period(ncid)
        return OK

    def rename(self, ncid, *wanted):
        return self.named(ncid, wanted, True)

    def rename_by_operator(self, ncid, *wanted):
        return self.named(ncid, wanted, False)

    def move_house(self, ncid, line1, line2, city, state, code):
        """An address is given whole; one that is has nothing of the one before."""
        given = tuple("" if word == "-" else word for word in (line1, line2, city, state, code))
        if not any(given) or not all((given[0], given[2], given[3], given[4])):
            return PROBLEMS
        if len(given[4]) not in (5, 9) or not given[4].isdigit() or given[3] != given[3].upper():
            return PROBLEMS
        if ncid not in self.people:
            return "UNKNOWN_PERSON"
        person = self.people[ncid]
        if given != person.postal:
            self.take(ncid, None, None)
            person.postal = given
            self.end_period(ncid)
        return OK

    def who(self, ncid):
        """A person's own name, as it is printed, and address."""
        person = self.people.get(ncid)
        if person is None:
            return "UNKNOWN_PERSON"
        first, middle, last, suffix = person.name
        printed = {"jr": "Jr.", "sr": "Sr."}.get(suffix, suffix.upper())
        whole = "_".join(word for word in (first, middle, last, printed) if word)
        return ":".join((*person.name, whole, *person.postal))

    @staticmethod
    def sought_name(person):
        first, middle, last, _ = person.name
        return " ".join(word for word in (last, first, middle) if word).lower() + " "

    def find_name(self, text):
        """By the beginning of last, first and middle name; of a last name of two letters, by all of it."""
        text = text.lower().replace("_", " ")
        if len(text) < 3 and text.strip() and not text.endswith(" "):
            text += " "
        if len(text) < 3:
            return "TOO_SHORT"
        found = (ncid for ncid, person in self.people.items() if self.sought_name(person).startswith(text))
        return ",".join(sorted(found)) or "-"


NAMES = {"rename": ("ncid 0",), "rename_by_operator": ("ncid 0",), "move_house": ("ncid 0",), "who": ("ncid 0",)}


class NameMaker:
    """Makes operations on names up."""

    def name_table(self):
        return ((1.5, self.rename), (0.5, self.rename_by_operator), (0.8, self.move_house), (1.2, self.who),
                (0.8, self.find_name))

    def somebody(self):
        return self.rng.choice(list(self.model.people)) if self.model.people and self.likely(90) else self.any_ncid()

    def name(self):
        word = self.rng.choice
        first = word(("Made", "Ann", "Bea")) if self.likely(50) else "-"
        middle = word(("Marie", "Lou")) if self.likely(40) else "-"
        last = word(("Up", "Li", "Farmer", "Garcia")) if self.likely(60) else "-"
        suffix = word(("jr", "sr", "iii", "Junior")) if self.likely(25) else "-"
        one = word(("yes", "yes", "yes", "no")) if self.likely(20) else "-"
        if one == "yes" and self.likely(80):
            first = middle = "-"
        return first, middle, last, suffix, one

    def rename(self):
        return "rename", self.somebody(), *self.name()

    def rename_by_operator(self):
        return "rename_by_operator", self.somebody(), *self.name()

    def move_house(self):
        line1 = self.rng.choice(("1-Elm-St", "2-Oak-St", "PO-Box-7"))
        line2 = self.rng.choice(("-", "-", "Suite-2"))
        city, code = self.rng.choice((("Raleigh", "27601"), ("Durham", "277011234")))
        whole = [line1, line2, city, "NC", code]
        if self.likely(15):
            whole[self.rng.randrange(5)] = "-"
        if self.likely(5):
            whole[4] = "2770"
        return "move_house", self.somebody(), *whole

    def who(self):
        return "who", self.somebody()

    def find_name(self):
        person = self.model.people.get(self.somebody())
        whole = self.model.sought_name(person) if person else "up made "
        return "find_name", (whole[:self.rng.randrange(1, len(whole) + 1)]).replace(" ", "_")
