"""The draw on the screen of the meeting room: the urn, pick by pick."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from merida.interfaces.web.pieces import Fact, Link
from merida.interfaces.web.templatetags.words import moment, number
from merida.interfaces.web.views.draw_pieces import (
    REASONS,
    Names,
    ShownGroup,
    ShownLot,
    grouped,
    names_now,
    numbers_in_words,
    record_links,
    title_of,
    walks_facts,
)
from merida.interfaces.web.views.draws import asked_draw
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import reading_order
from merida.interfaces.web.views.naming import isolated
from merida.review.draws.queries import record_numbered, records_of
from merida.review.draws.reading import Drawn, Pick, Walks, read_record


@dataclass(frozen=True, slots=True)
class ShownPick:
    """A pick in words."""

    state: str
    year: str
    task: str
    reviewer: str
    why: str
    refused: Sequence[Link]


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source of the seed with its numbers."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One screen. ``number`` 0 is before the first pick, ``last`` + 1 the end.

    Where all was drawn ``at_once`` there is one screen: ``pairs`` holds who reviews whom, or the States of each year.
    """

    number: int
    last: int
    pick: ShownPick | None
    urn: Sequence[ShownGroup]
    sources: Sequence[ShownSource]
    pairs: Sequence[Link]
    at_once: bool = False
    walks: Sequence[Fact] = ()
    table: str = ""

    @property
    def closing(self) -> bool:
        """Whether all picks were shown; there is nothing before the end where all were drawn at once."""
        return self.at_once or self.number > self.last

    @property
    def previous(self) -> int:
        """Return the screen before."""
        return max(0, self.number - 1)

    @property
    def next(self) -> int:
        """Return the screen after."""
        return min(self.end, self.number + 1)

    @property
    def end(self) -> int:
        """Return the last screen."""
        return self.last + 1


@public_page
def draw_ceremony(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the screen that ``?pick=`` asks for, of the record that ``?record=`` names; the first of each otherwise."""
    found = asked_draw(request, slug)
    records = records_of(found)
    if not records:
        raise Http404(
            _("This draw has not been held yet. It is to be held on %(moment)s.") % {"moment": moment(found.moment_at)}
        )
    record = record_numbered(found, _number(request, "record", most=len(records))) or records[0]
    drawn, names = read_record(record.text), names_now()
    asked = _number(request, "pick", most=len(drawn.picks) + 1)
    opening = _("%(states)s States are under review, %(picks)s picks will be made. The sources of the seed are known.")
    context = {
        "draw": found,
        "title": title_of(found),
        "record": record,
        "records": list(zip(records, record_links(found, records), strict=True)),
        "stage": stage_of(drawn, asked, names, year=str(found.year or "")),
        "opening": opening
        % {"states": number(len(drawn.announcement.under_review)), "picks": number(len(drawn.picks))},
    }
    return render(request, "pages/ceremony.html", context)


def _number(request: HttpRequest, name: str, *, most: int) -> int:
    text = request.GET.get(name, "0")
    plain = text.isascii() and text.isdigit() and len(text) <= len("999999")
    return min(int(text), most) if plain else 0


def stage_of(drawn: Drawn, asked: int, names: Names, *, year: str) -> Stage:
    """Return the screen after ``asked`` picks; the only one where all were drawn at once."""
    if drawn.walks:
        return _at_once(drawn, drawn.walks, names)
    if drawn.announcement.method == "YEARS":
        return _years(drawn, names, first=year)
    past = drawn.picks[:asked]
    pick = past[-1] if past and asked <= len(drawn.picks) else None
    return Stage(
        number=asked,
        last=len(drawn.picks),
        pick=_pick(pick, names, drawn, year=_year_of(drawn, pick, year)) if pick else None,
        urn=grouped(drawn.announcement.lots, names, _tones(drawn, Counter(one.reviewer for one in past), pick, names)),
        sources=_sources(drawn),
        pairs=[Link(names.of(one.state), detail=names.of(one.reviewer)) for one in reversed(past)],
    )


def _at_once(drawn: Drawn, walks: Walks, names: Names) -> Stage:
    reviewers: dict[str, list[str]] = {}
    for state, _place, reviewer in drawn.drawn:
        reviewers.setdefault(state, []).append(names.of(reviewer))
    order = sorted(reviewers, key=lambda code: reading_order(names.of(code)))
    duties = Counter(reviewer for _state, _place, reviewer in drawn.drawn)
    return Stage(
        number=0,
        last=0,
        pick=None,
        urn=grouped(drawn.announcement.lots, names, _tones(drawn, duties, None, names)),
        sources=_sources(drawn),
        pairs=[Link(names.of(code), detail=" · ".join(reviewers[code])) for code in order],
        at_once=True,
        walks=walks_facts(walks),
        table=_("Who reviews whom"),
    )


def _years(drawn: Drawn, names: Names, *, first: str) -> Stage:
    """Return the screen of years: the States of each."""
    by_year: dict[int, list[str]] = {}
    for code, place in drawn.years.items():
        by_year.setdefault(place, []).append(names.of(code))
    return Stage(
        number=0,
        last=0,
        pick=None,
        urn=grouped(drawn.announcement.lots, names, _tones(drawn, {}, None, names)),
        sources=_sources(drawn),
        pairs=[
            Link(
                str(int(first) + place - 1) if first else number(place),
                detail=" · ".join(sorted(each, key=reading_order)),
            )
            for place, each in sorted(by_year.items())
        ],
        at_once=True,
        table=_("The year of each review"),
    )


def _sources(drawn: Drawn) -> list[ShownSource]:
    return [ShownSource(one.name, isolated(numbers_in_words(one))) for one in drawn.sources]


def _year_of(drawn: Drawn, pick: Pick, first: str) -> str:
    return str(int(first) + drawn.years.get(pick.state, 1) - 1) if first else ""


def _system(pick: Pick, drawn: Drawn) -> str:
    """Return what became of the preference for a similar legal system; nothing is guessed where none is known."""
    if not pick.same_group or not drawn.announcement.wants_similar_system:
        return ""
    if pick.preference:
        return _("They have the same legal system as the State under review, as the rules prefer.")
    if pick.state in drawn.announcement.systems:
        return _("None of them is known to have its legal system.")
    return _("Its legal system is not known: whether one is similar cannot be checked.")


def _pick(pick: Pick, names: Names, drawn: Drawn, *, year: str) -> ShownPick:
    task = (
        _("Reviewer %(place)s, of the same regional group")
        if pick.same_group
        else _("Reviewer %(place)s, of all States")
    )
    why = ngettext(
        "Ball %(ball)s of %(balls)s: one State could be drawn so that the draw can still be completed.",
        "Ball %(ball)s of %(balls)s: %(count)s States could be drawn so that the draw can still be completed.",
        len(pick.admitted),
    )
    refused = [
        Link(names.of(code), detail=str(REASONS.get(reason, reason)))
        for reason, codes in pick.refused.items()
        if reason != "OTHER_GROUP"
        for code in codes
    ]
    counts = {"ball": number(pick.ball), "balls": number(pick.balls), "count": number(len(pick.admitted))}
    return ShownPick(
        state=names.of(pick.state),
        year=year,
        task=task % {"place": number(pick.place)},
        reviewer=names.of(pick.reviewer),
        why=" ".join(filter(None, (why % counts, _system(pick, drawn)))),
        refused=refused,
    )


def _tones(drawn: Drawn, duties: Mapping[str, int], pick: Pick | None, names: Names) -> dict[str, ShownLot]:
    """Return how each tile looks."""
    refused = {code: reason for reason, codes in pick.refused.items() for code in codes} if pick else {}
    admitted = set(pick.admitted) if pick else set()

    def tone(code: str, excluded: str) -> str:
        if pick and code == pick.state:
            return "lot-state"
        if pick and code == pick.reviewer:
            return "lot-drawn"
        if code in admitted:
            return "lot-candidate"
        return "lot-out" if excluded else ""

    return {
        one.code: ShownLot(
            one.code,
            names.of(one.code),
            tone(one.code, one.excluded),
            one.excluded or str(REASONS.get(refused.get(one.code, ""), "")),
            number(duties[one.code]) if one.code in duties else "",
        )
        for one in drawn.announcement.lots
    }
