"""The records that a report is made of: public ones only, whoever drafts, so that no draft can tell what is closed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from merida.cooperation.mandates.models import Mandate, Placement, Report
from merida.cooperation.mandates.queries import mandates
from merida.foundation.access.visibility import ANYBODY, Actor
from merida.foundation.changes.actions import reference_to
from merida.foundation.registry.models import Organisation
from merida.foundation.registry.models.organisations import OrganisationKind
from merida.foundation.registry.queries import organisations_list, states_in_brief
from merida.foundation.sources.languages import text_in
from merida.knowledge.documents.citing import title_of
from merida.knowledge.documents.models import Document, Heading, Version
from merida.knowledge.observatory import queries as observatory
from merida.knowledge.observatory.models import Activity, Figure
from merida.rules.drafting.records import Asked, Counted, Done, Records
from merida.rules.drafting.wording import Names, Period
from merida.rules.extraction.word_lists import rows_of

HEAVY = ("version__masthead", "version__notices", "version__left_out")


def period_of(report: Report) -> Period:
    """The days that a report covers."""
    return Period(report.first_date, report.last_date)


def records_of(report: Report) -> Records:
    """Public activities of the period and public mandates of the resolutions, with figures linked to these."""
    asked = list(mandates(ANYBODY).filter(resolution__in=report.resolutions.all()).exclude(addressee=""))
    figures = {link.figure.pk: link.figure for one in asked for link in one.shown_evidence if link.figure}  # type: ignore[attr-defined]
    return Records(
        tuple(_activities(report)),
        tuple(_counted(one) for one in figures.values()),
        tuple(_asked(one) for one in asked),
    )


def _activities(report: Report) -> Iterable[Done]:
    found = observatory.activities(ANYBODY).filter(from_date__lte=report.last_date, to_date__gte=report.first_date)
    undated = observatory.activities(ANYBODY).filter(from_date__isnull=True, resolution__in=_keys(report))
    rows = [*_plain(found), *_plain(undated)]
    paths = _titles({one.version_id for one in rows})
    placed = dict(Placement.objects.filter(activity__in=[one.pk for one in rows]).values_list("activity_id", "heading"))
    for one in rows:
        heading = one.paragraph.heading_id if one.paragraph else None
        yield _done(one, paths.get(heading, ()), placed.get(one.pk, ""))


def _keys(report: Report) -> list[str]:
    return [one.key for one in report.resolutions.all()]


def _plain(found: Any) -> Any:
    return found.select_related("version__document", "paragraph").defer(*HEAVY, "paragraph__text")


def _titles(versions: Iterable[int]) -> dict[int | None, tuple[str, ...]]:
    """The titles above the paragraphs of each heading, the highest first."""
    found: dict[int | None, tuple[str, ...]] = {}
    path: dict[int, str] = {}
    before = None
    for one in Heading.objects.filter(version__in=versions).order_by("version_id", "position"):
        if one.version_id != before:
            path, before = {}, one.version_id
        path = {level: title for level, title in path.items() if level < one.level} | {one.level: one.title}
        found[one.pk] = tuple(path.values())
    return found


def _done(one: Activity, titles: Sequence[str], heading: str) -> Done:
    return Done(
        key=reference_to(one),
        type=one.type,
        first=one.from_date,
        last=one.to_date,
        precision=one.precision,
        town=one.town,
        states=tuple(sorted(state.iso3 for state in one.states.all())),
        participants=tuple(sorted(state.iso3 for state in one.participants.all())),
        organisations=tuple(sorted(each.code for each in one.organisations.all())),
        provisions=tuple(one.provisions),
        resolution=one.resolution,
        words=one.words,
        titles=tuple(titles),
        heading=heading,
    )


def _counted(one: Figure) -> Counted:
    return Counted(reference_to(one), one.value, one.counted, one.unit, one.as_of)


def _asked(one: Any) -> Asked:
    linked = (link.activity or link.figure or link.document for link in one.shown_evidence)
    return Asked(
        key=reference_to(one),
        resolution=one.resolution.key,
        number=one.number,
        addressee=one.addressee,
        condition=one.condition,
        due=one.due_date,
        evidence=tuple(reference_to(each) for each in linked if each is not None),
    )


def names_in(language: str) -> Names:
    """What States, organisations and towns are called in a language. 2 queries."""
    return Names(
        states={one.iso3: text_in(one.names, language).text or one.iso3 for one in states_in_brief()},
        organisations={one.code: _short(one, language) for one in organisations_list()},
        towns={row["en"]: row["zh"] for row in _towns() if row["zh"]} if language == "zh" else {},
        towns_in={row["en"]: row["state"] for row in _towns()},
    )


def _short(one: Organisation, language: str) -> str:
    """The name as it stands in a sentence: in English the acronym, else with its article."""
    name = text_in(one.names, language).text or one.code
    if language != "en":
        return name
    plain = one.kind == OrganisationKind.CIVIL_SOCIETY or name.startswith("the ")
    return one.acronym or (name if plain else f"the {name}")


@cache
def _towns() -> Sequence[Mapping[str, str]]:
    return rows_of("cities.csv")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: the name of its document, the paragraph ("" for all of it), and the way there."""

    name: str
    place: str = ""
    slug: str = ""
    language: str = ""
    words: str = ""


def places_of(actor: Actor, keys: Iterable[str], *, language: str) -> dict[str, Place]:
    """Where the records with these keys (``kind:uuid``) stand, as far as ``actor`` may see them; at most 12 queries."""
    wanted: dict[str, list[str]] = {}
    for key in keys:
        kind, _colon, uuid = key.partition(":")
        wanted.setdefault(kind, []).append(uuid)
    found: dict[str, Place] = {}
    sources: list[tuple[str, Any]] = [
        ("activity", observatory.activities(actor).prefetch_related(None)),
        ("figure", observatory.figures(actor)),
    ]
    for kind, rows in sources:
        for one in rows.filter(uuid__in=wanted.get(kind, [])).defer(*HEAVY) if kind in wanted else ():
            found[f"{kind}:{one.uuid}"] = _place(one.version, one.place, one.words, language)
    for one in mandates(actor).filter(uuid__in=wanted["mandate"]) if "mandate" in wanted else ():
        found[reference_to(one)] = _place_of_mandate(one, language)
    for one in Document.objects.visible_to(actor).filter(uuid__in=wanted.get("document", [])):
        found[reference_to(one)] = Place(one.symbol or title_of(one, language) or one.slug, slug=one.slug)
    return found


def _place(version: Version, place: str, words: str, language: str) -> Place:
    document = version.document
    name = document.symbol or title_of(document, language) or document.slug
    return Place(name, place, document.slug, version.language, words)


def _place_of_mandate(one: Mandate, language: str) -> Place:
    if one.version is not None:
        return _place(one.version, one.place, one.text, language)
    return Place(one.resolution.key.replace("_", " "), one.number, words=one.text, language=one.language)
