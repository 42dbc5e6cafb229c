"""What a reader of a document chose in the address: window, marks, only certain paragraphs, a language beside."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from merida.foundation.access.visibility import Actor
from merida.interfaces.web.pieces import MENTION_CLASSES, FacetOption
from merida.interfaces.web.views.naming import Names, name_of_key
from merida.knowledge.documents.models import MentionKind
from merida.knowledge.documents.queries import paragraphs_naming

MARKED = ("STATE", "PROVISION", "RESOLUTION", "ORGANISATION", "DATE", "SYMBOL")
OFFERED = ("STATE", "PROVISION", "RESOLUTION", "ORGANISATION")
ALONG = {"PROVISION": ("CHAPTER",), "SYMBOL": ("LINK",), "STATE": ("TERRITORY",)}
MOST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind of mention that can be shown or not."""

    kind: str
    name: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class OnlyGroup:
    """The things of one kind that a document names, each with the number of its paragraphs."""

    label: str
    options: list[FacetOption]


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices, all with a value; ``only_places`` is None where all paragraphs are wanted."""

    version: int | None
    start: int
    at: str
    beside: str
    shown: frozenset[str]
    only: str
    only_places: frozenset[str] | None

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of mention that are marked."""
        return self.shown | {along for kind in self.shown for along in ALONG.get(kind, ())}

    def kind_choices(self) -> list[KindChoice]:
        """Return the boxes to tick."""
        return [
            KindChoice(kind, MENTION_CLASSES[kind], str(MentionKind(kind).label), kind in self.shown) for kind in MARKED
        ]

    def only_choices(self, keys: Iterable[tuple[str, str, int]], names: Names) -> list[OnlyGroup]:
        """Return the things a document names, for choosing "only paragraphs that mention"; most named first."""
        groups: dict[str, list[FacetOption]] = {kind: [] for kind in OFFERED}
        for kind, key, count in (one for one in keys if one[0] in OFFERED):
            value = f"{kind}:{key}"
            groups[kind].append(
                FacetOption(names.get((kind, key)) or name_of_key(key), count, value, selected=value == self.only)
            )
        return [OnlyGroup(str(MentionKind(kind).label), options) for kind, options in groups.items() if options]


def whole_number(text: str) -> int:
    """Return a number of the address, 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def choices_of(request: HttpRequest, slug: str, actor: Actor) -> Choices:
    """Return what the address chooses; what it cannot mean counts as not chosen."""
    asked = request.GET
    only = asked.get("only", "")
    kind, _, key = only.partition(":")
    known = kind in OFFERED and 0 < len(key) <= 300 and "\x00" not in key  # noqa: PLR2004 (length of the column)
    return Choices(
        version=whole_number(asked.get("version", "")) or None,
        start=whole_number(asked.get("start", "")),
        at=asked.get("at", "")[:60].replace("\x00", ""),
        beside=asked.get("beside", "")[:2],
        shown=frozenset(MARKED) & frozenset(asked.getlist("show")) if "marks" in asked else frozenset(MARKED),
        only=only if known else "",
        only_places=frozenset(paragraphs_naming(actor, slug, [(kind, key)])) if known else None,
    )
