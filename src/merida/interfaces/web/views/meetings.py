"""Meetings: the list, one as its report tells it, and how often reports list each State."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from merida.cooperation.meetings import queries
from merida.cooperation.meetings.actions import confirm_meeting, open_meeting_again
from merida.cooperation.meetings.models import Attendance, Meeting
from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.registry.models import State
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Citation, Fact, Link
from merida.interfaces.web.templatetags.words import iso_date, long_date, number
from merida.interfaces.web.views import meeting_pieces as pieces
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.lists import Head, Listed, by_name, choice, chosen, list_page
from merida.interfaces.web.views.naming import body_names, in_reader_language
from merida.interfaces.web.views.sourcing import COLUMNS
from merida.interfaces.web.views.submission_pieces import submissions_table
from merida.knowledge.observatory.submissions import submissions

YEARS = 10  # the latest, each a column


def body_of(one: Meeting, bodies: dict[str, str]) -> str:
    """Return the body that met: as we name it, else as the report prints it."""
    return bodies.get(one.document.body, "") or one.document.body_printed


@public_page
def meetings(request: HttpRequest) -> HttpResponse:
    """Show all meetings whose reports are here."""
    actor, bodies = actor_of(request.user), body_names()
    every = list(queries.meetings(actor))
    known = {one.document.body: bodies.get(one.document.body, "") for one in every if one.document.body in bodies}
    body = chosen(request, "body", list(known))
    rows = [one for one in every if not body or one.document.body == body]
    heads = [
        Head("when", _("When"), lambda one: Cell(pieces.days(one)), lambda one: one.from_date),
        Head("title", _("Meeting"), pieces.title_cell, lambda one: by_name(pieces.title_of(one))),
        Head("body", _("Body"), lambda one: Cell(body_of(one, bodies)), lambda one: body_of(one, bodies)),
        Head("session", _("Session"), lambda one: Cell(one.session), lambda one: one.session.rjust(4)),
        Head(
            "states",
            _("States listed"),
            lambda one: Cell(number(one.states_count)),
            lambda one: one.states_count,
            numeric=True,
        ),
    ]
    columns = ("meeting", "document", "body", "session", "from_date", "to_date", "town", "states", "confirmed", "title")
    listed = Listed(
        title=_("Meetings"),
        lead=_(
            "Meetings whose reports are here: agenda, who attended, what was concluded, and where the report says so."
        ),
        rows=rows,
        heads=heads,
        data=exports.Table(name="meetings", columns=columns, rows=lambda: (_row(one, bodies) for one in rows)),
        words_of=lambda one: f"{pieces.title_of(one)} {one.town} {one.document.symbol}",
        choices=[choice(request, "body", _("Body"), known)] if known else [],
    )
    return list_page(
        request, listed, context={"other_ways": [Link(_("Attendance of all States"), reverse("attendance"))]}
    )


def _row(one: Any, bodies: dict[str, str]) -> dict[str, Any]:
    return {
        "meeting": one.slug,
        "document": one.document.symbol or one.document.slug,
        "body": body_of(one, bodies),
        "session": one.session,
        "from_date": one.from_date,
        "to_date": one.to_date,
        "town": one.town,
        "states": one.states_count,
        "confirmed": bool(one.confirmed_at),
        "title": pieces.title_of(one),
    }


@public_page
def attendance(request: HttpRequest) -> HttpResponse:
    """Show how often reports list each State, year by year; nothing is ranked."""
    actor = actor_of(request.user)
    met = list(queries.attendances(actor))
    bodies = {code: name for code, name in body_names().items() if code in {a.meeting.document.body for a in met}}
    body = chosen(request, "body", list(bodies))
    met = [one for one in met if not body or one.meeting.document.body == body]
    counts = Counter((one.state_id, one.meeting.from_date.year) for one in met)
    years = sorted({year for _state, year in counts})[-YEARS:]
    which = {"LISTED": _("States that a report lists"), "NOT_LISTED": _("States that no report here lists")}
    asked = chosen(request, "listed", list(which))
    rows = [one for one in _counted_states(actor, body) if not asked or (asked == "LISTED") == bool(one.attended)]
    listed = Listed(
        title=_("Attendance of States"),
        lead=_(
            "How often the reports that are here list each State. A State that is not listed may have attended "
            "a meeting whose report is not here."
        ),
        rows=rows,
        heads=[*_state_heads(), *(_year_head(year, counts) for year in years)],
        data=exports.Table(
            name="attendance",
            columns=("iso3", "name", "meetings", "first_date", "last_date", *(f"meetings_{year}" for year in years)),
            rows=lambda: (_state_row(one, years, counts) for one in rows),
        ),
        words_of=lambda one: f"{_name(one)} {one.iso3}",
        choices=[
            *([choice(request, "body", _("Body"), bodies)] if bodies else []),
            choice(request, "listed", _("States"), which),
        ],
    )
    return list_page(request, listed, context={"other_ways": [Link(_("Meetings"), reverse("meetings"))]})


def _counted_states(actor: Actor, body: str) -> Iterable[Any]:
    """States with the counts that the query adds to them."""
    return queries.states_with_attendance(actor, body=body)


def _name(one: State) -> str:
    return in_reader_language(one.names, one.iso3)


def _state_heads() -> list[Head]:
    return [
        Head(
            "name",
            _("State"),
            lambda one: Cell(_name(one), reverse("state", args=[one.slug])),
            lambda one: by_name(_name(one)),
        ),
        Head("meetings", _("Meetings"), lambda one: Cell(number(one.attended)), lambda one: one.attended, numeric=True),
        Head(
            "first",
            _("First listed"),
            lambda one: Cell(long_date(one.first_attended) if one.first_attended else ""),
            lambda one: iso_date(one.first_attended),
        ),
        Head(
            "last",
            _("Last listed"),
            lambda one: Cell(long_date(one.last_attended) if one.last_attended else ""),
            lambda one: iso_date(one.last_attended),
        ),
    ]


def _year_head(year: int, counts: Counter[tuple[int, int]]) -> Head:
    def shown(one: State) -> Cell:
        count = counts[one.pk, year]
        return Cell(number(count) if count else "")

    return Head(f"y{year}", str(year), shown, lambda one: counts[one.pk, year], numeric=True)


def _state_row(one: Any, years: list[int], counts: Counter[tuple[int, int]]) -> dict[str, Any]:
    return {
        "iso3": one.iso3,
        "name": _name(one),
        "meetings": one.attended,
        "first_date": one.first_attended,
        "last_date": one.last_attended,
        **{f"meetings_{year}": counts[one.pk, year] for year in years},
    }


@public_page
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one meeting as its report tells it."""
    actor = actor_of(request.user)
    found = _seen(request, slug)
    items, came = list(found.items.all()), list(queries.attendances_of(found))
    held = queries.documents_with_symbols(actor, (symbol for item in items for symbol in item.symbols))
    title = pieces.title_of(found)
    tables = {
        "officers": pieces.officers_table(found),
        "attendance": pieces.attendance_table(came),
        "observers": pieces.observers_table(found),
        "conclusions": pieces.conclusions_table(found),
        "topics": pieces.topics_table(found),
    }
    context = {
        "meeting": found,
        "title": title,
        "title_language": "" if language() in found.document.titles else found.version.language,
        "facts": _facts(found, came),
        "agenda": pieces.tree(found, items, held),
        "agenda_place": pieces.citation_of_part(found, items[0]) if items else None,
        "attendance_place": pieces.citation_of_part(found, came[0]) if came else None,
        "submissions": submissions_table(list(submissions(actor, called_in=found.document))),
        "all_submissions": reverse("submissions"),
        "tables": {name: table for name, table in tables.items() if table.rows},
        "contents": _contents(tables, len(items)),
        "may_confirm": may(actor, Deed.CONFIRM),
        "breadcrumbs": [Link(_("Meetings"), reverse("meetings")), Link(title)],
    }
    data = exports.Table(
        name=f"meeting-{found.slug}",
        columns=COLUMNS,
        rows=lambda: _rows(found, came),
        about={"meeting": found.slug, "title": title},
    )
    return answer(request, "pages/meeting.html", context, data=data)


def _seen(request: HttpRequest, slug: str) -> Meeting:
    found = queries.meeting_by_slug(actor_of(request.user), slug)
    if found is None:
        raise Http404(_("No report of such a meeting is here."))
    return found


def _facts(found: Meeting, came: list[Attendance]) -> list[Fact]:
    facts = [Fact("", pieces.days(found)), Fact(_("Body"), body_of(found, body_names()))]
    if found.session:
        facts.append(Fact(_("Session"), found.session))
    if found.town:
        facts.append(Fact(_("Place"), found.town))
    report = reverse("document", args=[found.document.slug])
    facts.append(Fact(_("States listed"), number(len(came))))
    facts.append(Fact(_("Report"), found.document.symbol or _("the report"), report, citation=_whole(found)))
    return [fact for fact in facts if fact.value]


def _whole(found: Meeting) -> Citation:
    return Citation(
        symbol=found.document.symbol or pieces.title_of(found),
        language=found.version.language,
        url=reverse("document", args=[found.document.slug]),
        confidence=pieces.CONFIRMED if found.confirmed_at else pieces.RECOGNISED,
    )


def _contents(tables: dict[str, Any], items: int) -> list[Link]:
    labels = {
        "officers": _("Officers"),
        "attendance": _("States"),
        "observers": _("Organizations"),
        "conclusions": _("Conclusions and recommendations"),
        "topics": _("Plan of work"),
    }
    agenda = [Link(_("Agenda"), "#agenda", detail=str(items))] if items else []
    parts = [
        Link(labels[name], f"#{name}", detail=str(len(table.rows))) for name, table in tables.items() if table.rows
    ]
    return agenda + parts


def _rows(found: Meeting, came: list[Attendance]) -> Iterator[dict[str, Any]]:
    """The whole meeting in the columns of facts."""
    for item in found.items.all():
        yield _fact(found, item, "AGENDA", item.number, item.title, ", ".join(item.symbols))
    for state in came:
        yield _fact(found, state, "ATTENDANCE", state.capacity, state.state.iso3)
    for observer in found.observers.all():
        code = observer.organisation.code if observer.organisation else ""
        yield _fact(found, observer, "OBSERVER", code, observer.name)
    for officer in found.officers.all():
        yield _fact(
            found, officer, "OFFICER", officer.office, officer.name, officer.state.iso3 if officer.state else ""
        )
    for said in found.conclusions.all():
        yield _fact(found, said, said.told.kind, said.told.addressee, said.words, said.told.condition)
    for topic in found.topics.all():
        yield _fact(found, topic, "TOPIC", str(topic.year), topic.words, ", ".join(topic.provisions))


def _fact(found: Meeting, part: Any, *said: str) -> dict[str, Any]:
    section, what, value, note = (*said, "")[:4]
    cited = pieces.citation_of_part(found, part)
    return {
        "section": section,
        "what": what,
        "value": value,
        "from": iso_date(found.from_date),
        "to": iso_date(found.to_date),
        "text": "",
        "source": f"{cited.symbol}, {part.place}",
        "address": cited.url,
        "confidence": cited.confidence,
        "note": note,
    }


@require_POST
def meeting_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that the person compared the meeting with its report, or take that back."""
    actor = actor_of(request.user)
    if not may(actor, Deed.CONFIRM):
        raise PermissionDenied(_("Only curators confirm what was recognized."))
    found = _seen(request, slug)
    deed = open_meeting_again if request.POST.get("open") else confirm_meeting
    deed(actor, found)
    return redirect("meeting", slug=found.slug)
