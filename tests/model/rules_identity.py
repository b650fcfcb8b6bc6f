"""A person's new NCID, and a duplicate merged, from doc/guide-office.md. A person is one object, an NCID a name for it."""

OK = "OK"
OA, BACKUP = 1, 4


def united(dup, own, now):
    """What a duplicate's standing on a record adds to somebody's: (relationships, begin, end), or None."""
    def stands(one):
        return one is not None and now >= one[1] and (not one[2] or now < one[2])
    if not stands(dup) or not stands(own):
        return dup if stands(dup) or own is None else own
    if not dup[0] & ~own[0]:
        return own
    ends = [end for _, _, end in (dup, own) if end]
    return dup[0] | own[0], max(dup[1], own[1]), min(ends) if ends else 0


class Identity:
    """Names that change and people that turn out to be one."""

    def taken(self, ncid):
        """An NCID that its person no longer goes by."""
        return ncid in self.left

    def name_everywhere(self, old, new):
        """What hung on one name hangs on another."""
        for provider in self.providers.values():
            for table in (provider.ended, provider.changes, provider.changed_at):
                if old in table:
                    table[new] = max(table.pop(old), table.get(new, 0))
            for grant in provider.grants.values():
                grant.by = new if grant.by == old else grant.by
            for proposal in provider.proposals.values():
                proposal.by = new if proposal.by == old else proposal.by
            for request in (provider.request, provider.payment):
                if request and request.ncid == old:
                    request.ncid = new
            if provider.request and provider.request.previous == old:
                provider.request.previous = new
            provider.oa = new if provider.oa == old else provider.oa
        for one in self.applications:
            one.by = new if one.by == old else one.by
            one.signer = new if one.signer == old else one.signer
        self.rename_in_invitations(old, new)
        self.left[old] = new
        for name, now in self.left.items():
            self.left[name] = new if now == old else now

    def unite_standing(self, old, new):
        for provider in self.providers.values():
            theirs = provider.standing.pop(old, None)
            if theirs is not None:
                self.set_standing(provider, new, united(theirs, provider.standing.get(new), self.now))

    def set_standing(self, provider, ncid, standing):
        if standing is None:
            provider.standing.pop(ncid, None)
        else:
            provider.standing[ncid] = standing

    def rekey(self, old, new):
        if old not in self.people:
            return "UNKNOWN_PERSON"
        if new in self.people or self.taken(new):
            return "NCID_TAKEN"
        person = self.people[new] = self.people.pop(old)
        person.password, person.password_tries = None, type(person.password_tries)()
        person.period = None
        if person.waiting:
            person.waiting.token = None  # it was mailed under the name before; an operator may still confirm
        self.outgoing.append(f"ncid.changed:{new}:{person.address}")
        for provider in self.providers.values():
            if new in provider.standing or old in provider.standing:
                mine = provider.standing.pop(old, None)
                other = provider.standing.pop(new, None)
                self.set_standing(provider, new, united(other, mine, self.now) if mine and other else mine or other)
            for table in (provider.grants, provider.proposals):
                if old in table:
                    table[new] = table.pop(old)
        self.name_everywhere(old, new)
        return OK

    def merge(self, dup, survivor):
        if dup == survivor:
            return "DUPLICATE"
        if dup in self.merged and self.merged[dup] is self.people.get(survivor):
            return OK  # called again, it finds nothing left to do
        if dup not in self.people or survivor not in self.people:
            return "UNKNOWN_PERSON"
        gone, stays = self.people.pop(dup), self.people[survivor]
        names = {dup, *(name for name, now in self.left.items() if now == dup)}
        self.merged.update({name: stays for name in names if name not in self.merged})
        self.outgoing += [f"ncid.merged:{survivor}:{gone.address}", f"ncid.merged:{survivor}:{stays.address}"]
        for npi, provider in self.providers.items():
            self.merge_grants(npi, provider, dup, survivor)
            provider.proposals.pop(dup, None)
            for table in (provider.changes, provider.changed_at):
                table.pop(dup, None)  # what becomes of the survivor's access counts
        self.drop_invitations(dup)
        self.unite_standing(dup, survivor)
        self.name_everywhere(dup, survivor)
        stays.period = None
        return OK

    def merge_grants(self, npi, provider, dup, survivor):
        theirs, own = provider.grants.pop(dup, None), provider.grants.get(survivor)
        if theirs is None:
            return
        moves = own is None or theirs.role == OA or theirs.role == BACKUP and own.role != OA
        if moves:
            provider.grants[survivor] = theirs
            theirs.by, theirs.made, theirs.left = "-", self.now, False  # by the operator
            self.people[survivor].providers.add(npi)
            self.changed(npi, survivor)


NAMES = {"rekey": ("ncid 0", "ncid 1"), "merge": ("ncid 0", "ncid 1")}


class IdentityMaker:
    def identity_table(self):
        return ((0.6, self.rekey), (0.4, self.merge), (0.8, self.by_a_former_name))

    def by_a_former_name(self):
        """Something tried under an NCID its person no longer goes by."""
        operation = self.rng.choices(self.makers, self.weights)[0]()
        places = [place for kind, place in self.places(operation[0]) if kind == "ncid" and operation[place + 1] != "-"]
        if not self.model.left or not places or operation[0] == "lost":
            return operation
        written = list(operation)
        written[self.rng.choice(places) + 1] = self.rng.choice(list(self.model.left))
        return tuple(written)

    def rekey(self):
        old = self.holder(self.any_npi())
        fresh = f"person{self.rng.randrange(1000):03d}"
        new = fresh if self.likely(85) else self.any_ncid()
        if new == fresh and fresh not in self.ncids:
            self.ncids.append(fresh)
        return "rekey", old, new

    def merge(self):
        npi = self.any_npi()
        return "merge", self.holder(npi), self.holder(npi if self.likely(60) else self.any_npi())
