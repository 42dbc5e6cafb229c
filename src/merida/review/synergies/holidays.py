"""Days of rest of a State: public holidays by name and the days of its weekend. Pure; computed, not confirmed.

The dates come from the package ``holidays``, which computes them from the laws of each country. Where a sighting of
the moon decides, the day is an estimate. What the package does not know is said to be unknown, never empty.
"""

import re
import warnings
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Any

from merida.review.synergies.clashes import WESTERN_WEEKEND, Holiday

BETWEEN_NAMES = "; "  # two holidays of one day
# How the package names the languages of this site; any other variant of the language (``ar_EG``) serves as well.
VARIANTS = {"zh": "zh_CN", "en": "en_US"}
LABELS = ("observed_estimated_label", "estimated_label")


@dataclass(frozen=True, slots=True)
class DaysOfRest:
    """The holidays of the years asked for, by day, and the weekend as ``date.weekday()`` counts it.

    ``unknown_years`` are those for which no day is known: all of them for a country that nobody has described, whose
    weekend is then the Western one. ``language`` is that of the names, ``""`` where there are none.
    """

    holidays: tuple[Holiday, ...] = ()
    weekend: frozenset[int] = WESTERN_WEEKEND
    weekend_known: bool = False
    unknown_years: tuple[int, ...] = ()
    language: str = ""

    def between(self, first: date, last: date) -> tuple[Holiday, ...]:
        """Return the holidays from ``first`` to ``last``, both included."""
        return tuple(one for one in self.holidays if first <= one.day <= last)


@lru_cache(1024)
def days_of_rest(iso2: str, years: tuple[int, ...], language: str = "en") -> DaysOfRest:
    """Return the days of rest of the State with this ISO code of two letters.

    Names are in ``language`` where the package has them, else in English, else in the State's own. The first call
    loads the package (0.2 s), later ones take it from memory.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about years that the package does not know: unknown_years says which
        return _computed(iso2, years, language)


def _computed(iso2: str, years: tuple[int, ...], language: str) -> DaysOfRest:
    package = import_module("holidays")  # late: it would lengthen the start of every command
    try:
        # Two letters: some codes of three are other things of the package (MAR is a month).
        entity = package.country_holidays(iso2, years=years, language=None)
    except NotImplementedError:
        return DaysOfRest(unknown_years=years)
    spoken = _language_of(entity.supported_languages, entity.default_language, language)
    if spoken:
        entity = package.country_holidays(iso2, years=years, language=spoken)
    found = tuple(sorted(_holidays(entity, years), key=lambda one: (one.day, one.name)))
    known = {one.day.year for one in found}
    return DaysOfRest(
        holidays=found,
        weekend=frozenset(entity.weekend),
        weekend_known=True,
        unknown_years=tuple(year for year in years if year not in known),
        language=(spoken or "en")[:2] if found else "",
    )


def holidays_of(entity_codes: Mapping[str, str], years: Collection[int]) -> dict[str, DaysOfRest]:
    """Return the days of rest of several States: ``entity_codes`` gives the two letters of each key."""
    wanted = tuple(sorted(set(years)))
    return {key: days_of_rest(iso2, wanted) for key, iso2 in entity_codes.items()}


def _language_of(supported: Collection[str], own: str | None, wanted: str) -> str:
    """Return the best of the languages that a country's names exist in, ``""`` where there is no choice."""
    for code in (wanted, "en"):
        exact = [one for one in (VARIANTS.get(code, code), code) if one in supported]
        if found := exact or sorted(one for one in supported if one.partition("_")[0] == code):
            return found[0]
    return own or ""


def _holidays(entity: Any, years: Collection[int]) -> Iterator[Holiday]:
    labels = _Labels.of(entity)
    for day, names in entity.items():
        if day.year in years:
            for name in dict.fromkeys(names.split(BETWEEN_NAMES)):
                plain = labels.plain(name)
                yield Holiday(day, plain or name, estimated=plain is not None)


@dataclass(frozen=True, slots=True)
class _Labels:
    """The words with which a country's names say that a day is an estimate, and those for a day moved."""

    estimated: tuple[tuple[re.Pattern[str], str], ...] = field(default=())

    @classmethod
    def of(cls, entity: Any) -> "_Labels":
        found = []
        for attribute in LABELS:
            label = getattr(entity, attribute, "")
            if label:
                before, _sign, after = entity.tr(label).partition("%s")
                kept = "%s" if attribute == "estimated_label" else getattr(entity, "observed_label", "%s")
                pattern = re.compile(f"{re.escape(before)}(.+){re.escape(after)}")
                found.append((pattern, entity.tr(kept) if kept != "%s" else kept))
        return cls(tuple(found))

    def plain(self, name: str) -> str | None:
        """Return the name without the word for an estimate; None where it is none."""
        for pattern, kept in self.estimated:
            if match := pattern.fullmatch(name):
                return kept.replace("%s", match[1])
        return None
