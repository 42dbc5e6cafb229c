"""Provisions as a tree, and how they are named on pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from merida.foundation.registry.models import Provision
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import in_reader_language, isolated
from merida.interfaces.web.views.ways import way_to_page
from merida.rules.citations.numerals import chapter_counted


@dataclass(slots=True)
class Node:
    """A provision with what lies in it."""

    provision: Provision
    label: str
    title: str
    url: str
    parts: list["Node"] = field(default_factory=list)


def number_in_words(provision: Provision) -> str:
    """Return ``Article 13, paragraph 1 (c)`` as short as readers write it: ``Article 13(1)(c)``, ``Chapter II``."""
    if provision.kind == "CHAPTER":
        counted = chapter_counted(provision.number, language())
        return _("Chapter %(number)s") % {"number": isolated(counted) if counted.isascii() else counted}
    return _("Article %(number)s") % {"number": isolated(provision.number)}


def way(provision: Provision) -> str:
    """Return the address of a provision's page."""
    instrument, _slash, number = provision.slug.partition("/")
    return way_to_page("provision", instrument, number)


def node_of(provision: Provision) -> Node:
    """Return a provision as a line of a tree."""
    return Node(provision, number_in_words(provision), in_reader_language(provision.titles), way(provision))


def tree_of(provisions: Iterable[Provision]) -> list[Node]:
    """Return the provisions as trees; one whose parent is not among them stands at the top."""
    nodes: dict[int, Node] = {}
    roots: list[Node] = []
    for provision in provisions:
        node = nodes[provision.pk] = node_of(provision)
        above = nodes.get(provision.parent_id or 0)
        (above.parts if above else roots).append(node)
    return roots
