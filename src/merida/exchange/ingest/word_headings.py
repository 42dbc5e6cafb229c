"""Which paragraphs of a Word file are headings: by an outline level, their own or their style's, or a style's name."""

import re
from dataclasses import dataclass, field

from merida.exchange.ingest.word_archive import Tree
from merida.exchange.ingest.word_numbering import W, value

#: Word's own names of heading styles in six languages, and those of the templates of United Nations documents.
_NAMES = re.compile(
    r"(?:heading|titre|título|заголовок|عنوان|标题)\s?\d|_?\s?H(?:Ch|\d(?:/\d)*|[1-6]{1,2})_?G?", re.IGNORECASE
)
_DEEPEST = 9  # outline level nine is body text


@dataclass(frozen=True, slots=True)
class Headings:
    """The styles that make a paragraph a heading."""

    styles: frozenset[str] = field(default_factory=frozenset)

    def holds(self, paragraph: Tree) -> bool:
        """Whether a paragraph is a heading; an outline level of its own says so before its style does."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if own is not None:
            return _is_outlined(own)
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) in self.styles


def headings_of(styles: Tree | None) -> Headings:
    """The heading styles of a document, with those that are based on them; without a list of styles by their names."""
    if styles is None:
        return Headings()
    found: dict[str, bool] = {}
    parents: dict[str, str] = {}
    for style in styles.iterfind(f"{W}style"):
        name = str(style.get(f"{W}styleId", ""))
        level = style.find(f"{W}pPr/{W}outlineLvl")
        parents[name] = value(style.find(f"{W}basedOn"))
        if level is not None:
            found[name] = _is_outlined(level)
        elif any(_NAMES.fullmatch(said.strip()) for said in (name, value(style.find(f"{W}name")))):
            found[name] = True
    return Headings(frozenset(name for name in parents if _says(name, found, parents)))


def _says(name: str, found: dict[str, bool], parents: dict[str, str]) -> bool:
    """What a style or the nearest one it is based on says; a circle of styles says nothing."""
    seen: set[str] = set()
    while name and name not in seen:
        if name in found:
            return found[name]
        seen.add(name)
        name = parents.get(name, "")
    return False


def _is_outlined(level: Tree) -> bool:
    said = value(level)
    return said.isdecimal() and int(said) < _DEEPEST
