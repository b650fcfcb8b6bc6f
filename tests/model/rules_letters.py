"""Letters about applications and access (C4 of the domain), from doc/guide-applications.md, "Letters", and guide-access.md."""

DAY = 86_400_000
REMINDED_BEFORE = 7 * DAY
LETTERS = {
    "submit": "received", "resubmit": "received", "review": "in_review", "endorse": "in_review", "pay": "in_review",
    "pend": "in_review", "return": "returned", "request_information": "information", "request_payment": "payment",
    "request_endorsement": "endorsement", "approve": "approved", "modify": "modified", "reduce": "modified",
    "deny": "denied", "withdraw": "withdrawn", "abandon": "abandoned", "terminate": "ended", "void": "ended",
}


class Letters:
    """Who is told what; each address once."""

    def has_access(self, npi, ncid):
        grant = self.grant_of(npi, ncid)
        return grant is not None and not (grant.end and self.now >= grant.end)

    def tell_of_application(self, one, letter):
        """The OA and the backup OA; who signed and who began it while they have access."""
        provider = self.providers[one.npi]
        readers = {provider.oa} | {ncid for ncid, grant in provider.grants.items() if grant.role == self.BACKUP}
        readers |= {ncid for ncid in (one.signer, one.by) if ncid and self.has_access(one.npi, ncid)}
        told = set().union(*map(self.addresses_of, readers - {None}))
        self.outgoing += [f"application.{letter}::{address}" for address in told]

    def tell_of_move(self, one, move, by):
        """Of a draft that somebody else discards whoever began it is told alone."""
        if move != "discard":
            self.tell_of_application(one, LETTERS[move])
        elif by != one.by:
            self.tell_person(one.by, "draft.discarded")

    def tell_person(self, ncid, letter):
        self.outgoing += [f"{letter}:{ncid}:{address}" for address in self.addresses_of(ncid)]

    def tell_given(self, npi, ncid):
        """Whom the portal knows is told where access begins or changes."""
        self.tell_person(ncid, "access.changed" if self.grant_of(npi, ncid) else "access.given")
