"""From records to a draft: headings by theme, under each a paragraph a month, each sentence with its records."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from merida.rules.drafting.chinese import CHINESE
from merida.rules.drafting.english import ENGLISH
from merida.rules.drafting.headings import above, place, scheme
from merida.rules.drafting.records import Asked, Done, Part, Records, Sentence
from merida.rules.drafting.wording import Names, Period, Wording

WORDINGS: Final[Mapping[str, Wording]] = {"en": ENGLISH, "zh": CHINESE}
UNDATED = "undated"
KINDS_TOLD = 6  # types of activity counted in the overview, the most frequent first
_Thing = TypeVar("_Thing")


class LanguageError(ValueError):
    """A draft is made in English and Chinese only."""


def draft(records: Records, *, period: Period, language: str, names: Names) -> tuple[Part, ...]:
    """The parts of a report in order. The same records give the same parts, whatever their order.

    Activities without a date are told as done during the period; those dated outside it are left out.
    Raises LanguageError.
    """
    wording = WORDINGS.get(language)
    if wording is None:
        raise LanguageError(f"a report is drafted in {' or '.join(sorted(WORDINGS))}, not in {language!r}")
    told = sorted((one for one in records.activities if _within(one, period)), key=_order)
    bodies: dict[str, list[Part]] = defaultdict(list)
    bodies["INTRODUCTION"] += _introduction(records, period, wording)
    for code, month, done in _gathered(told):
        sentences = tuple(_sentences(done, wording, names))
        bodies[code].append(Part(f"{code}/{month}", code, 0, sentences))
    bodies["FRAMEWORK"] += _overview(told, records, wording)
    bodies["CONCLUSIONS"] += _conclusions(records.requests, wording)
    return tuple(_in_order(bodies, language))


def _within(one: Done, period: Period) -> bool:
    return one.first is None or one.last is None or (one.first <= period.last and one.last >= period.first)


def _order(one: Done) -> tuple[str, str, str, str]:
    return (one.first.isoformat() if one.first else "9", one.type, one.states[0] if one.states else "", one.key)


def _gathered(told: Sequence[Done]) -> Iterator[tuple[str, str, list[Done]]]:
    """Activities by heading and month, months in order, those without a date last."""
    found: dict[tuple[str, str], list[Done]] = defaultdict(list)
    for one in told:
        dated = one.first is not None and one.precision not in ("PERIOD", "NONE")
        found[place(one)[0], f"{one.first:%Y-%m}" if one.first and dated else UNDATED].append(one)
    for (code, month), done in sorted(found.items(), key=lambda pair: pair[0][1]):
        yield code, month, done


def _sentences(done: Sequence[Done], wording: Wording, names: Names) -> Iterator[Sentence]:
    def together(one: Done) -> Hashable:
        abroad = one.town if names.is_abroad(one) else ""
        about = (one.organisations, one.participants, one.provisions, one.resolution)
        return (one.type, one.first, one.last, abroad, *about)

    for same in _alike(done, together):
        yield Sentence(wording.activities(same, names), tuple(one.key for one in same))


def _alike(things: Iterable[_Thing], key: Callable[[_Thing], Hashable]) -> list[list[_Thing]]:
    """Things with the same key together, in the order in which the first of each stands."""
    found: dict[Hashable, list[_Thing]] = {}
    for one in things:
        found.setdefault(key(one), []).append(one)
    return list(found.values())


def _introduction(records: Records, period: Period, wording: Wording) -> Iterator[Part]:
    yield Part("INTRODUCTION/period", "INTRODUCTION", 0, (Sentence(wording.period(period)),))
    asked = _alike(records.requests, lambda one: (one.resolution, one.addressee, one.condition, one.due))
    if asked:
        said = tuple(Sentence(wording.requests(same), tuple(one.key for one in same)) for same in asked)
        yield Part("INTRODUCTION/requests", "INTRODUCTION", 0, said)


def _overview(told: Sequence[Done], records: Records, wording: Wording) -> Iterator[Part]:
    if not told:
        yield Part("FRAMEWORK/total", "FRAMEWORK", 0, (Sentence(wording.nothing),))
    else:
        states = {code for one in told for code in one.states}
        said = [Sentence(wording.total(len(told), len(states)), tuple(one.key for one in told))]
        counts = Counter(one.type for one in told)
        for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:KINDS_TOLD]:
            said.append(Sentence(wording.kind(code, count), tuple(one.key for one in told if one.type == code)))
        yield Part("FRAMEWORK/total", "FRAMEWORK", 0, tuple(said))
    if records.figures:
        counted = tuple(Sentence(wording.figure(one), (one.key,)) for one in records.figures)
        yield Part("FRAMEWORK/figures", "FRAMEWORK", 0, counted)


def _conclusions(requests: Sequence[Asked], wording: Wording) -> Iterator[Part]:
    said = []
    for same in _alike(requests, lambda one: (one.resolution, bool(one.evidence))):
        linked = tuple(key for one in same for key in (one.key, *one.evidence))
        words = wording.reported(same) if same[0].evidence else wording.unreported(same)
        said.append(Sentence(words, tuple(dict.fromkeys(linked))))
    if said:
        yield Part("CONCLUSIONS/requests", "CONCLUSIONS", 0, tuple(said))


def _in_order(bodies: Mapping[str, Sequence[Part]], language: str) -> Iterator[Part]:
    """Headings that hold something, in the order of the scheme, each with its paragraphs."""
    wanted = {higher for code, parts in bodies.items() if parts for higher in above(code)}
    for code in scheme():
        if code in wanted:
            yield heading_part(code, language)
            yield from bodies.get(code, ())


def heading_part(code: str, language: str) -> Part:
    """The heading of the scheme as a part of a draft."""
    one = scheme()[code]
    return Part(code, code, one.level, (Sentence(one.titles[language]),))
