"""The urn and the rules as a table of who may review whom."""

from merida.rules.lots.procedure.chance import Json, bits


class Table:
    """Participants by place in the order of their codes; sets of participants are numbers, one bit a participant."""

    def __init__(self, announcement: Json) -> None:
        rules, urn = announcement["rules"], sorted(announcement["urn"], key=lambda one: one["code"])
        self.rules, self.urn, self.size = rules, urn, len(urn)
        self.first_format = "format" not in announcement
        self.start: list[list[str]] = announcement.get("start", [])  # where the walks begin, where that was announced
        self.codes: list[str] = [one["code"] for one in urn]
        self.place = {code: place for place, code in enumerate(self.codes)}
        self.subjects = [self.place[code] for code in announcement["subjects"]]
        self.weight: list[int] = [one["weight"] for one in urn]
        self.need = [0] * self.size
        for subject in self.subjects:
            self.need[subject] = rules["reviewers_per_review"]
        self.kept = [0] * self.size  # per subject: reviewers that this draw leaves in place
        for pair in announcement["kept"]:
            self.kept[self.place[pair["subject"]]] |= 1 << self.place[pair["reviewer"]]
        self.why = self.reasons(announcement)
        under_review = sum(1 << subject for subject in self.subjects)
        self.may = [under_review & ~self.barred(reviewer) for reviewer in range(self.size)]
        self.close = [
            self.same_group(place) for place in range(self.size)
        ]  # reviewers that count as of the subject's group
        self.near = [sum(1 << s for s in self.subjects if self.close[s] >> r & 1) for r in range(self.size)]
        self.least, self.most = self.bounds(announcement)

    def reasons(self, announcement: Json) -> dict[tuple[int, int], str]:
        """Return, for pairs that no draw may make, subject first, the reason."""
        rules, place, why = self.rules, self.place, dict[tuple[int, int], str]()
        for pair in announcement["conflicts"]:
            why[place[pair["subject"]], place[pair["reviewer"]]] = "CONFLICT"
        if rules["no_mutual"]:
            for pair in [*announcement["earlier"], *announcement["kept"]]:
                why[place[pair["reviewer"]], place[pair["subject"]]] = "MUTUAL"
        self.out = {place[one["code"]]: "EXCLUDED" for one in announcement["excluded"]}
        self.out |= {spot: "DECLINES" for spot, one in enumerate(self.urn) if one["declines"]}
        why |= {(subject, spot): reason for spot, reason in self.out.items() for subject in self.subjects}
        if rules["no_self"]:
            why |= {(subject, subject): "SELF" for subject in self.subjects}
        return why

    def barred(self, reviewer: int) -> int:
        """Return the subjects that this participant may never review."""
        return sum(1 << subject for subject in self.subjects if (subject, reviewer) in self.why)

    def same_group(self, subject: int) -> int:
        """Return who counts as of the subject's regional group; everyone where the subject has none."""
        group = self.urn[subject]["group"]
        return sum(1 << place for place, one in enumerate(self.urn) if not group or one["group"] == group)

    def bounds(self, announcement: Json) -> tuple[list[int], list[int]]:
        """Return how many duties each participant must and may get in this draw, those kept included."""
        least, most = [0] * self.size, [0] * self.size
        for place, one in enumerate(self.urn):
            kept = sum(mask >> place & 1 for mask in self.kept)
            most[place] = max(kept, self.rules["duties_max"] - one["duties_done"])
            if announcement["minimum_due"] and place not in self.out:
                least[place] = max(0, self.rules["duties_min"] - one["duties_done"])
        return least, most

    def masks(self, pairs: list[list[str]]) -> list[int]:
        """Return a table given as pairs as masks."""
        masks = [0] * self.size
        for subject, reviewer in pairs:
            masks[self.place[subject]] |= 1 << self.place[reviewer]
        return masks

    def pairs(self, masks: list[int]) -> list[list[str]]:
        """Return pairs [subject, reviewer] of a table given as masks."""
        return [[self.codes[s], self.codes[r]] for s, mask in enumerate(masks) for r in bits(mask)]
