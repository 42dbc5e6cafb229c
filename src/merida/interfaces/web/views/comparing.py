"""States' good practices side by side: two to four States in the order of names, a row a theme or an article.

Nothing is ranked and nothing is scored: a cell holds the passages that tell of a practice. An empty one says that
nothing was read yet, for nobody can know that there is none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Citation, Link
from merida.interfaces.web.views.activities import told_citation
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.left_out import leave_out
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.lists import Choice, choice
from merida.interfaces.web.views.observatory_choices import PROVISION, names_in_branches, state_names
from merida.interfaces.web.views.observatory_choices import theme_name as name_of
from merida.interfaces.web.views.observatory_pieces import COLUMNS, cut, practice_as_row
from merida.interfaces.web.views.ways import way_to
from merida.knowledge.documents.places import article_of
from merida.knowledge.observatory import narrowing
from merida.knowledge.observatory.models import GoodPractice, Theme

LEAST, MOST = 2, 4  # States beside each other
MOST_IN_CELL = 12  # passages of a cell on the page; files hold all
MOST_ROWS = 200
BY: Final = ("theme", "provision")
OTHERS = ""  # the row of passages that carry no theme, or name no article


@dataclass(frozen=True, slots=True)
class Passage:
    """A practice in the words of its paragraph."""

    words: str
    language: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A theme or an article, and for each State its passages with how many more there are."""

    title: str
    url: str
    cells: tuple[tuple[tuple[Passage, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader chose: States by code in the order of their names, the rows, what narrows them; what is wrong."""

    states: tuple[str, ...]
    by: str
    theme: Theme | None
    provision: str
    wrong: str


@public_page
def compare(request: HttpRequest) -> HttpResponse:
    """Show the practices of the States chosen side by side."""
    scheme = narrowing.themes_known()
    names = state_names(language())
    asked = _chosen(request, scheme, names)
    ready = len(asked.states) >= LEAST and not asked.wrong
    practices = _practices(request, asked, scheme) if ready else {}
    keys = _keys(asked, scheme, practices) if ready else []
    context = {
        "asked": asked,
        "ready": ready,
        "columns": [Link(names[code], way_to("STATE", code)) for code in asked.states],
        "rows": [_row(key, asked, scheme, practices) for key in keys[:MOST_ROWS]],
        "state_choices": _state_choices(asked, names),
        "selects": [
            choice(request, "by", _("Rows"), {"theme": _("Themes"), "provision": _("Articles")}),
            choice(request, "theme", _("Theme"), names_in_branches(scheme)),
        ],
        "breadcrumbs": [Link(_("Observatory"), reverse("observatory")), Link(_("Practices side by side"))],
    }
    data = exports.Table(
        name="practices-compared",
        columns=("state", "row", *COLUMNS),
        rows=lambda: _data(request, asked, keys, practices),
        about={"states": asked.states},
        formats=exports.MORE_FORMATS,
    )
    return answer(request, "pages/compare.html", context, data=data)


def way_to_comparison(**chosen: str) -> str:
    """Return the address of the page with something chosen: ``state``, ``theme``, ``by``, ``provision``."""
    return f"{reverse('compare')}?{urlencode(chosen)}"


def _chosen(request: HttpRequest, scheme: Sequence[Theme], names: Mapping[str, str]) -> Chosen:
    codes = list(dict.fromkeys(code[:10].upper() for code in request.GET.getlist("state") if code))
    known = [code for code in names if code in codes]  # ``names`` is in the reader's order
    provision = " ".join(request.GET.get("provision", "")[:80].split())
    wrong = ""
    if len(known) < len(codes):
        unknown = next(code for code in codes if code not in names)
        wrong = _("There is no State with the code %(code)s.") % {"code": unknown}
    elif len(known) > MOST:
        wrong = _("At most %(most)s States stand side by side; take fewer.") % {"most": MOST}
    elif provision and not PROVISION.fullmatch(provision):
        wrong = _("%(words)s is not written as an article is, such as UNCAC 13.") % {"words": provision}
    by = request.GET.get("by", "")
    theme = next((one for one in scheme if one.code == request.GET.get("theme")), None)
    if theme is None:
        leave_out(request, "theme")
    asked_by = by if by in BY else "provision" if provision else "theme"
    return Chosen(tuple(known), asked_by, theme, provision, wrong)


def _state_choices(asked: Chosen, names: Mapping[str, str]) -> list[Choice]:
    chosen = [*asked.states[:MOST], *[""] * MOST][:MOST]
    return [
        Choice(
            "state",
            _("State %(number)s") % {"number": at},
            [Link(name, code, current=code == held) for code, name in names.items()],
        )
        for at, held in enumerate(chosen, start=1)
    ]


def _practices(request: HttpRequest, asked: Chosen, scheme: Sequence[Theme]) -> dict[str, list[GoodPractice]]:
    """Return the practices that each State told of, newest documents first."""
    actor = actor_of(request.user)
    wanted = narrowing.Narrowing(
        themes=narrowing.branch_of(asked.theme, scheme) if asked.theme else (),
        provisions=(asked.provision,) if asked.provision else (),
    )
    found: dict[str, list[GoodPractice]] = {code: [] for code in asked.states}
    for one in narrowing.narrowed_practices(actor, wanted).filter(states__iso3__in=asked.states).distinct():
        for state in one.states.all():
            if state.iso3 in found:
                found[state.iso3].append(one)
    return found


def _keys_of(one: GoodPractice, asked: Chosen, inside: frozenset[str]) -> list[str]:
    if asked.by == "provision":
        keys = list(dict.fromkeys(article_of(name) for name in one.provisions))
        keys = [key for key in keys if not asked.provision or key == article_of(asked.provision)]
    else:
        keys = [theme.code for theme in one.themes.all() if not inside or theme.code in inside]
    return keys or [OTHERS]


def _inside(asked: Chosen, scheme: Sequence[Theme]) -> frozenset[str]:
    return frozenset(narrowing.branch_of(asked.theme, scheme)) if asked.theme else frozenset()


def _keys(asked: Chosen, scheme: Sequence[Theme], practices: Mapping[str, list[GoodPractice]]) -> list[str]:
    """Return the rows in the order of the scheme or of the articles; what was chosen stands even where it is empty."""
    inside = _inside(asked, scheme)
    told = {key for listed in practices.values() for one in listed for key in _keys_of(one, asked, inside)}
    if asked.by == "theme":
        ordered = [one.code for one in scheme if one.code in told or (asked.theme and one.pk == asked.theme.pk)]
    else:
        told |= {article_of(asked.provision)} if asked.provision else set()
        ordered = sorted(told - {OTHERS}, key=_in_order)
    return ordered + ([OTHERS] if OTHERS in told else [])


def _in_order(key: str) -> tuple[str, int, str]:
    instrument, _space, article = key.partition(" ")
    return instrument, int(article) if article.isdecimal() else 0, article


def _row(key: str, asked: Chosen, scheme: Sequence[Theme], practices: Mapping[str, list[GoodPractice]]) -> ComparedRow:
    inside = _inside(asked, scheme)
    title, url = _title(key, asked, scheme)
    cells = []
    for code in asked.states:
        listed = [one for one in practices[code] if key in _keys_of(one, asked, inside)]
        shown = tuple(
            Passage(cut(" ".join(one.words.split())), one.version.language, told_citation(one))
            for one in listed[:MOST_IN_CELL]
        )
        cells.append((shown, len(listed) - len(shown)))
    return ComparedRow(title, url, tuple(cells))


def _title(key: str, asked: Chosen, scheme: Sequence[Theme]) -> tuple[str, str]:
    if asked.by == "provision":
        return (
            (key.replace(" ", "\N{NO-BREAK SPACE}"), way_to("PROVISION", key)) if key else (_("No article named"), "")
        )
    found = next((one for one in scheme if one.code == key), None)
    return (name_of(found), reverse("theme", args=[found.slug])) if found else (_("Without a theme"), "")


def _data(
    request: HttpRequest, asked: Chosen, keys: Sequence[str], practices: Mapping[str, list[GoodPractice]]
) -> Iterator[dict[str, Any]]:
    """Return a row a passage; for each empty cell one without words, except where every row must be a thing."""
    inside = _inside(asked, narrowing.themes_known())
    for key in keys:
        for code in asked.states:
            listed = [one for one in practices[code] if key in _keys_of(one, asked, inside)]
            for one in listed:
                yield {"state": code, "row": key, **practice_as_row(one)}
            if not listed and request.GET.get("format") != "jsonld":
                yield {"state": code, "row": key, "kind": "NOTHING_READ_YET"}
