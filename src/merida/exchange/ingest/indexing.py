"""What the search is told about the registry, in six languages; and the whole index anew."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from django.db import transaction

from merida.exchange.ingest.entries import texts_and_mentions, version_entries
from merida.exchange.ingest.published import AT_ONCE, index_numbered, published_numbers, withdraw_left_over
from merida.exchange.search.entry import (
    ANSWER,
    INSTRUMENT,
    LANGUAGES,
    MECHANISM,
    ORGANISATION,
    PROVISION,
    RESOLUTION,
    STATE,
    EntryData,
)
from merida.exchange.search.index import delete_entries, differing, note_told, put_entries, told_about
from merida.exchange.search.models import Entry
from merida.foundation.access.visibility import ANYBODY
from merida.foundation.registry.models import (
    Instrument,
    Mechanism,
    Organisation,
    Provision,
    Resolution,
    State,
)
from merida.knowledge.documents.models import Version
from merida.knowledge.documents.queries import resolutions_known_to
from merida.rules.citations.numerals import chapter_counted

ARTICLE_WORDS: Mapping[str, str] = {
    "ar": "المادة {0}",
    "zh": "第{0}条",
    "en": "article {0}",
    "fr": "article {0}",
    "ru": "статья {0}",
    "es": "artículo {0}",
}
CHAPTER_WORDS: Mapping[str, str] = {
    "ar": "الفصل {0}",
    "zh": "第{0}章",
    "en": "chapter {0}",
    "fr": "chapitre {0}",
    "ru": "глава {0}",
    "es": "capítulo {0}",
}
# Changes whenever the registry or published answers are told to the search otherwise than before: what an index made
# earlier lacks is then put into it by itself.
CONTENTS: Final = "2026-11-29 b"
NEVER: Callable[[], bool] = lambda: False  # noqa: E731
REGISTRY_KINDS = (STATE, PROVISION, INSTRUMENT, MECHANISM, RESOLUTION, ORGANISATION)


def index_registry() -> int:
    """Tell the search about everything in the registry; return how many entries are new or changed."""
    with transaction.atomic():  # a name that changes its languages is taken out and put in again: nobody misses it
        wanted = list(registry_entries())
        _withdraw_others(wanted, REGISTRY_KINDS)
        return put_entries(wanted)


def index_resolutions(keys: Iterable[str]) -> int:
    """Tell the search about these resolutions; return how many entries are new or changed.

    Those that only closed documents name are taken out: everybody may see the entry of a resolution.
    """
    asked = set(keys)
    known = list(resolutions_known_to(ANYBODY).filter(key__in=asked))
    delete_entries(f"resolution:{key}" for key in asked - {one.key for one in known})
    return put_entries(chain.from_iterable(map(_resolution, known)))


def reindex(progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Make every entry anew from registry, documents and published answers; return how many were new or changed.

    ``progress`` hears after each version how many of all are done.
    """
    changed = index_registry()
    numbers = list(Version.objects.filter(is_current=True).order_by("pk").values_list("pk", flat=True))
    kept: set[str] = set()
    for done, number in enumerate(numbers, 1):
        entries = _entries_of_version(number)
        kept.update(entry.ref for entry in entries)
        changed += put_entries(entries)
        progress(done, len(numbers))
    changed += _index_published(NEVER)
    withdraw_left_over()
    held = Entry.objects.exclude(kind__in=(*REGISTRY_KINDS, ANSWER)).values_list("ref", flat=True).distinct()
    delete_entries([ref for ref in held.iterator() if ref not in kept])
    return changed


def index_what_is_missing(stopping: Callable[[], bool] = NEVER) -> int:
    """Put what an older version of merida never told the search into it, once; return how many entries that were.

    One query where nothing is missing. ``stopping`` is asked after each short transaction and may wait, so that others
    come to write; where it says yes, the rest is put in next time.
    """
    if told_about(CONTENTS):
        return 0
    changed = index_registry() if registry_is_indexed() else 0
    return changed + _index_published(stopping)


def _index_published(stopping: Callable[[], bool]) -> int:
    changed, numbers = 0, published_numbers()  # what is published from now on is told by itself
    for start in range(0, len(numbers), AT_ONCE):
        changed += index_numbered(numbers[start : start + AT_ONCE])
        if stopping():
            return changed
    with transaction.atomic():
        note_told(CONTENTS)
    return changed


def entries_that_differ() -> Iterator[str]:
    """Yield what the search holds otherwise than registry and documents say it now, or not at all.

    Both keep the text of a paragraph; whoever changes one of them behind merida's back is found.
    """
    yield from differing(registry_entries()) if registry_is_indexed() else ()
    for number in Version.objects.filter(is_current=True).order_by("pk").values_list("pk", flat=True):
        yield from differing(_entries_of_version(number))


def _entries_of_version(number: int) -> list[EntryData]:
    version = Version.objects.select_related("document").get(pk=number)
    return list(version_entries(version.document, version, *texts_and_mentions(version)))


def registry_is_indexed() -> bool:
    """Whether the search knows the registry at all."""
    return Entry.objects.filter(kind=STATE).exists()


def registry_entries() -> Iterator[EntryData]:
    """Yield the entries of all States, provisions, instruments, mechanisms, resolutions and organisations."""
    yield from _states()
    for instrument in Instrument.objects.order_by("pk"):
        link = ("instrument", instrument.slug)
        known_as = _each_once(instrument.code, instrument.short_name)
        yield from _in_each(f"instrument:{instrument.code}", INSTRUMENT, instrument.names, link, known_as)
    for provision in Provision.objects.select_related("instrument").order_by("pk"):
        yield from _provision(provision)
    for mechanism in Mechanism.objects.order_by("pk"):
        link, known_as = ("mechanism", mechanism.slug), _each_once(mechanism.code, mechanism.short_name)
        yield from _in_each(f"mechanism:{mechanism.code}", MECHANISM, mechanism.names, link, known_as)
    for resolution in resolutions_known_to(ANYBODY):
        yield from _resolution(resolution)
    for organisation in Organisation.objects.prefetch_related("surfaces").order_by("pk"):
        yield from _organisation(organisation)


def _states() -> Iterator[EntryData]:
    for state in State.objects.prefetch_related("dated_names").order_by("pk"):
        names = [(each.language, each.name) for each in state.dated_names.all()]
        for language in LANGUAGES:
            others = dict.fromkeys(name for code, name in names if code == language)
            formal = state.formal_names.get(language, "")
            yield EntryData(
                ref=f"state:{state.iso3}",
                kind=STATE,
                language=language,
                title=state.names.get(language) or str(state),
                text=_each_once(state.iso3, formal, *others),
                link=("state", state.slug),
                states=(state.iso3,),
            )


def _provision(provision: Provision) -> Iterator[EntryData]:
    """Yield a provision's entries: in each language that has a title for it, else one under its key."""
    for language, title in _titles(provision.titles):
        words = _cited(provision, language) if language else ""
        yield EntryData(
            ref=f"provision:{provision.key}",
            kind=PROVISION,
            language=language,
            title=title or provision.key,
            text=_each_once(provision.key, words),
            link=("provision", *provision.slug.split("/", 1)),
            provisions=(provision.key,) if provision.kind != "CHAPTER" else (),
        )


def _titles(titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each language with its title; one without language or title where there is none."""
    return [(language, titles[language]) for language in LANGUAGES if titles.get(language)] or [("", "")]


def _cited(provision: Provision, language: str) -> str:
    """Return an article or chapter as texts in a language cite it, "" for what lies within them."""
    if provision.kind == "CHAPTER":
        return CHAPTER_WORDS[language].format(chapter_counted(provision.number, language))
    return ARTICLE_WORDS[language].format(provision.number) if provision.kind == "ARTICLE" else ""


def _resolution_ref(resolution: Resolution) -> str:
    return f"resolution:{resolution.key}"


def _resolution(resolution: Resolution) -> Iterator[EntryData]:
    year = resolution.adopted_date.year if resolution.adopted_date else None
    for language, title in _titles(resolution.titles):
        yield EntryData(
            ref=_resolution_ref(resolution),
            kind=RESOLUTION,
            language=language,
            title=f"{resolution.key} {title}".strip(),
            text=resolution.number,
            link=("resolution", resolution.slug),
            year=year,
        )


def _organisation(organisation: Organisation) -> Iterator[EntryData]:
    surfaces = [(each.language, each.surface) for each in organisation.surfaces.all()]
    for language in LANGUAGES:
        others = dict.fromkeys(surface for code, surface in surfaces if code == language)
        yield EntryData(
            ref=f"organisation:{organisation.code}",
            kind=ORGANISATION,
            language=language,
            title=organisation.names.get(language) or str(organisation),
            text=_each_once(organisation.acronym, *others),
            link=("organisation", organisation.slug),
        )


def _in_each(
    ref: str, kind: str, names: Mapping[str, str], link: tuple[str, ...], known_as: str
) -> Iterator[EntryData]:
    for language in LANGUAGES:
        title = names.get(language) or names.get("en") or known_as
        yield EntryData(ref=ref, kind=kind, language=language, title=title, text=known_as, link=link)


def _each_once(*called: str) -> str:
    """Return what a thing is called besides, one after the other: many have their code for a short name."""
    return " · ".join(dict.fromkeys(filter(None, called)))


def _withdraw_others(wanted: Iterable[EntryData], kinds: Iterable[str]) -> None:
    """Take out of the index what is no longer there, or no longer in one of its languages."""
    keep = {(entry.ref, entry.language) for entry in wanted}
    held = set(Entry.objects.filter(kind__in=kinds).values_list("ref", "language"))
    delete_entries({ref for ref, _language in held - keep})
