"""Groups, reviews and approval by two, from doc/guide-access.md and nctracks/group.h, review.h, approval.h."""

OK = "OK"
USER_ADMINISTRATOR, USER = 2, 3
BY_TWO = {USER_ADMINISTRATOR, USER}  # where a world gives roles by two
GROUPS, MEMBERSHIPS = 32, 8
LASTS = 30 * 86_400_000
DAY = 86_400_000


class Group:
    """One group; another one made later under its name is another one."""

    def __init__(self, rights):
        self.rights = rights


class Groups:
    """Rights that many people have at once."""

    def rights_by_groups(self, npi, grant):
        groups = self.providers[npi].groups.values()
        rights = 0
        for group in grant.groups:
            rights |= group.rights if any(group is one for one in groups) else 0
        return rights

    def may_share(self, by, npi):
        """Why somebody may not decide on groups, or OK."""
        refusal = self.actor(by, npi, self.ADMINISTRATION)
        if refusal != OK:
            return refusal
        return OK if self.manages(self.grant_of(npi, by).role, USER) else "NOT_MANAGED"

    def given_by_two(self, role):
        return self.by_two and role in BY_TWO

    def group_set(self, by, npi, name, rights):
        if rights & ~self.ALL_RIGHTS:
            return "UNKNOWN_VALUE"
        refusal = self.may_share(by, npi)
        if refusal != OK:
            return refusal
        groups = self.providers[npi].groups
        had = groups[name].rights if name in groups else 0
        if rights & ~self.rights_of(self.grant_of(npi, by)):
            return "EXCEEDS_OWN"
        if self.given_by_two(USER) and rights & ~had:
            return "SECOND_PERSON"
        if name not in groups and len(groups) >= GROUPS:
            return "LIMIT"
        if name in groups:
            groups[name].rights = rights
        else:
            groups[name] = Group(rights)
        self.used(by, npi)
        return OK

    def group_remove(self, by, npi, name):
        refusal = self.may_share(by, npi)
        if refusal != OK:
            return refusal
        if self.providers[npi].groups.pop(name, None) is None:
            return "NOT_FOUND"
        self.used(by, npi)
        return OK

    def may_move_member(self, by, npi, name, ncid):
        refusal = self.actor(by, npi, self.ADMINISTRATION)
        if refusal != OK:
            return refusal
        if by == ncid:
            return "SELF_GRANT"
        theirs = self.grant_of(npi, ncid)
        if theirs is not None and not self.manages(self.grant_of(npi, by).role, theirs.role):
            return "NOT_MANAGED"
        return OK if name in self.providers[npi].groups else "NOT_FOUND"

    def granted_by(self, by, npi, ncid):
        """Whoever moves somebody in or out has decided on their access anew."""
        grant = self.grant_of(npi, ncid)
        grant.by = by
        self.tell_given(npi, ncid)
        self.give(npi, ncid, grant)

    def group_join(self, by, npi, name, ncid):
        refusal = self.may_move_member(by, npi, name, ncid)
        if refusal != OK:
            return refusal
        theirs, group = self.grant_of(npi, ncid), self.providers[npi].groups[name]
        if group.rights & ~self.rights_of(self.grant_of(npi, by)):
            return "EXCEEDS_OWN"
        if theirs is None:
            return "NOT_FOUND"
        if theirs.role != USER:
            return "STATE"
        if self.given_by_two(USER):
            return "SECOND_PERSON"
        if group in theirs.groups:
            return OK
        living = [one for one in theirs.groups if one in self.providers[npi].groups.values()]
        if len(living) >= MEMBERSHIPS:
            return "LIMIT"
        theirs.groups = living + [group]
        self.granted_by(by, npi, ncid)
        self.used(by, npi)
        return OK

    def group_leave(self, by, npi, name, ncid):
        refusal = self.may_move_member(by, npi, name, ncid)
        if refusal != OK:
            return refusal
        theirs, group = self.grant_of(npi, ncid), self.providers[npi].groups[name]
        if theirs is None:
            return "NOT_FOUND"
        if theirs.role != USER:
            return "STATE"
        if group not in theirs.groups:
            return "NOT_FOUND"
        theirs.groups.remove(group)
        self.granted_by(by, npi, ncid)
        self.used(by, npi)
        return OK

    def groups(self, npi):
        provider = self.providers.get(npi)
        groups = provider.groups.items() if provider else ()
        return ",".join(sorted(f"{name}:{group.rights:x}" for name, group in groups)) or "-"

    def members(self, npi, name):
        provider = self.providers.get(npi)
        if provider is None or name not in provider.groups:
            return "NOT_FOUND"
        group = provider.groups[name]
        return ",".join(ncid for ncid, grant in sorted(provider.grants.items()) if group in grant.groups) or "-"


class Reviews:
    """Who used what they may, and whether they still need it."""

    def used(self, ncid, npi):
        """Noted once a day at most."""
        grant = self.grant_of(npi, ncid)
        if grant and self.now >= grant.used + DAY:
            grant.used = self.now

    def use(self, ncid, npi):
        self.used(ncid, npi)
        return OK

    def unused(self, npi, since):
        provider = self.providers.get(npi)
        return ",".join(ncid for ncid, grant in sorted(provider.grants.items() if provider else ())
                        if max(grant.made, grant.used) < since) or "-"

    def uncertified(self, npi, since):
        provider = self.providers.get(npi)
        return ",".join(ncid for ncid, grant in sorted(provider.grants.items() if provider else ())
                        if max(grant.made, grant.certified) < since) or "-"

    def may_certify(self, by, npi, ncid):
        theirs = self.grant_of(npi, ncid)
        refusal = self.change(by, npi, ncid, theirs.role if theirs else 0)
        if refusal != OK:
            return refusal
        if theirs is None:
            return "NOT_FOUND"
        if self.rights_of(theirs, npi) & ~self.rights_of(self.grant_of(npi, by)):
            return "EXCEEDS_OWN"
        return self.conditions(npi, ncid, theirs.role)

    def certify(self, by, npi, *ncids):
        answers = []
        for ncid in ncids:
            answers.append(self.unnamable(ncid) or self.may_certify(by, npi, ncid))
            if answers[-1] == OK:
                theirs = self.grant_of(npi, ncid)
                theirs.certified = self.now
                theirs.left = self.providers[npi].ended.get(theirs.by, -1) >= self.now  # as in give()
        return ",".join(answers)  # which is no change of access, and no use

    def revoke_many(self, by, npi, *ncids):
        return ",".join(self.unnamable(ncid) or self.revoke(by, npi, ncid) for ncid in ncids)


class Proposal:
    def __init__(self, by, role, rights, begin, end, when, changes):
        self.by, self.role, self.rights, self.begin, self.end, self.when = by, role, rights, begin, end, when
        self.changes = changes  # how often the subject's access had changed


class ByTwo:
    """What one person proposes and another confirms."""

    def proposal_is_late(self, npi, ncid):
        proposal = self.providers[npi].proposals[ncid]
        return self.now < proposal.when or self.now >= proposal.when + LASTS or self.over(proposal.end)

    def proposal_lapsed(self, npi, ncid):
        proposal = self.providers[npi].proposals[ncid]
        changed = proposal.changes != self.providers[npi].changes.get(ncid, 0)
        return changed or self.proposal_is_late(npi, ncid)

    def waiting_proposal(self, npi, ncid):
        provider = self.providers.get(npi)
        return provider.proposals.get(ncid) if provider else None

    def propose(self, by, npi, ncid, role, rights, begin, end):
        refusal = self.may_grant(by, npi, ncid, role, rights, begin, end)
        if refusal != OK:
            return refusal
        if not self.given_by_two(role):
            return "STATE"
        if self.waiting_proposal(npi, ncid) and not self.proposal_is_late(npi, ncid):
            return "PENDING"
        changes = self.providers[npi].changes.get(ncid, 0)
        self.providers[npi].proposals[ncid] = Proposal(by, role, rights, begin, end, self.now, changes)
        return OK

    def settle_proposal(self, npi, ncid):
        """What is checked whoever confirms."""
        if self.proposal_lapsed(npi, ncid):
            return "LAPSED"
        proposal = self.providers[npi].proposals[ncid]
        terms = (proposal.role, proposal.rights, proposal.begin, proposal.end)
        refusal = self.may_grant(proposal.by, npi, ncid, *terms)
        if refusal == OK:
            del self.providers[npi].proposals[ncid]
            self.tell_given(npi, ncid)
            self.give(npi, ncid, self.new_grant(*terms, proposal.by))
            self.used(proposal.by, npi)  # in whose name it is given
        return refusal

    def confirm(self, by, npi, ncid):
        refusal = self.actor(by, npi, self.ADMINISTRATION)
        if refusal != OK:
            return refusal
        proposal = self.waiting_proposal(npi, ncid)
        if proposal is None:
            return "NOT_FOUND"
        if by == ncid:
            return "SELF_GRANT"
        if by == proposal.by:
            return "SECOND_PERSON"
        return self.settle_proposal(npi, ncid)

    def confirm_by_operator(self, operator, npi, ncid):
        if self.waiting_proposal(npi, ncid) is None:
            return "NOT_FOUND"
        return self.settle_proposal(npi, ncid)

    def reject(self, by, npi, ncid):
        refusal = self.actor(by, npi, self.ADMINISTRATION)
        if refusal != OK:
            return refusal
        if self.waiting_proposal(npi, ncid) is None:
            return "NOT_FOUND"
        del self.providers[npi].proposals[ncid]
        return OK

    def proposals(self, npi):
        provider = self.providers.get(npi)
        return ",".join(f"{ncid}:{one.by}:{one.role}:{one.rights:x}:{one.when}"
                        for ncid, one in sorted(provider.proposals.items() if provider else ())
                        if not self.proposal_is_late(npi, ncid)) or "-"


NAMES = {"group_set": ("ncid 0", "npi 1"), "group_remove": ("ncid 0", "npi 1"),
         "group_join": ("ncid 0", "npi 1", "ncid 3"), "group_leave": ("ncid 0", "npi 1", "ncid 3"), "groups": ("npi 0",),
         "members": ("npi 0",), "use": ("ncid 0", "npi 1"), "unused": ("npi 0",), "uncertified": ("npi 0",),
         "certify": ("ncid 0", "npi 1"), "revoke_many": ("ncid 0", "npi 1"), "propose": ("ncid 0", "npi 1", "ncid 2"),
         "confirm": ("ncid 0", "npi 1", "ncid 2"), "confirm_by_operator": ("npi 1", "ncid 2"),
         "reject": ("ncid 0", "npi 1", "ncid 2"), "proposals": ("npi 0",)}
HEXADECIMAL = {"group_set": 3, "propose": 4}


class SharedMaker:
    """Makes operations on groups, reviews and proposals up."""

    def shared_table(self):
        rows = [(2, self.group_set), (0.5, self.group_remove), (4, self.group_join), (1, self.group_leave),
                (1, self.groups), (1, self.members), (1, self.use), (1, self.unused), (1, self.uncertified),
                (2, self.certify), (0.7, self.revoke_many)]
        if self.model.by_two:
            rows += [(12, self.propose), (5, self.confirm), (4, self.confirm_by_operator), (1, self.reject),
                     (1, self.proposals)]
        return tuple(rows)

    def group_name(self, npi):
        provider = self.model.providers.get(npi)
        if provider and provider.groups and self.likely(70):
            return self.rng.choice(list(provider.groups))
        return self.rng.choice(("billing", "front.desk", "prior_auth", *(f"g{n}" for n in range(40))))

    def group_set(self):
        npi = self.any_npi()
        by = self.administrator(npi)
        return "group_set", by, npi, self.group_name(npi), self.little(npi, by)

    def group_remove(self):
        npi = self.any_npi()
        return "group_remove", self.administrator(npi), npi, self.group_name(npi)

    def group_join(self):
        npi = self.any_npi()
        provider = self.model.providers.get(npi)
        users = [ncid for ncid, grant in provider.grants.items() if grant.role == USER] if provider else []
        ncid = self.rng.choice(users) if users and self.likely(80) else self.holder(npi)
        return "group_join", self.administrator(npi), npi, self.group_name(npi), ncid

    def group_leave(self):
        npi = self.any_npi()
        provider = self.model.providers.get(npi)
        some = [ncid for ncid, grant in provider.grants.items() if grant.groups] if provider else []
        ncid = self.rng.choice(some) if some and self.likely(80) else self.holder(npi)
        return "group_leave", self.administrator(npi), npi, self.group_name(npi), ncid

    def groups(self):
        return "groups", self.any_npi()

    def members(self):
        npi = self.any_npi()
        return "members", npi, self.group_name(npi)

    def use(self):
        npi = self.any_npi()
        return "use", self.holder(npi), npi

    def since(self):
        """A time at which a grant was made, used or certified, or near it."""
        grants = [grant for provider in self.model.providers.values() for grant in provider.grants.values()]
        if not grants or self.likely(10):
            return max(0, self.moment())
        grant = self.rng.choice(grants)
        return max(0, self.rng.choice((grant.made, grant.used, grant.certified)) + self.rng.choice((-1, 0, 1)))

    def unused(self):
        return "unused", self.any_npi(), self.since()

    def uncertified(self):
        return "uncertified", self.any_npi(), self.since()

    def some_holders(self, npi):
        return [self.holder(npi) for _ in range(self.rng.choice((1, 1, 2, 3, 5)))]

    def certify(self):
        npi = self.any_npi()
        return "certify", self.administrator(npi), npi, *self.some_holders(npi)

    def revoke_many(self):
        npi = self.any_npi()
        return "revoke_many", self.administrator(npi), npi, *self.some_holders(npi)[:2]

    def propose(self):
        operation = self.grant()
        return ("propose", *operation[1:]) if operation[0] == "grant" else operation

    def proposed(self):
        """Where something waits, and about whom."""
        some = [(npi, ncid) for npi, provider in self.model.providers.items() for ncid in provider.proposals]
        if some and self.likely(85):
            return self.rng.choice(some)
        npi = self.any_npi()
        return npi, self.holder(npi)

    def confirm(self):
        npi, ncid = self.proposed()
        return "confirm", self.administrator(npi), npi, ncid

    def confirm_by_operator(self):
        return "confirm_by_operator", "mona.model", *self.proposed()

    def reject(self):
        npi, ncid = self.proposed()
        return "reject", self.administrator(npi), npi, ncid

    def proposals(self):
        return "proposals", self.any_npi()
