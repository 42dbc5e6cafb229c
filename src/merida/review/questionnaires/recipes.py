"""Questionnaires that ask the same questions about each provision: a short recipe becomes the whole file. Pure.

A recipe is a questionnaire file whose sections may be ``{each_of: [keys of chapters or articles], ask: [names]}``; the
questions it names stand once under ``blocks``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from merida.review.questionnaires.form_file import FormError
from merida.review.questionnaires.lined import Lined, LinedError, read_lined


@dataclass(frozen=True, slots=True)
class ProvisionToAsk:
    """A provision of the registry with what a questionnaire needs of it."""

    key: str  # "UNCAC 15(a)"
    slug: str
    kind: str
    parent: str = ""  # key
    titles: Mapping[str, str] = field(default_factory=dict)
    obligation: str = ""


def expand(recipe: str, provisions: Sequence[ProvisionToAsk]) -> dict[str, Any]:
    """Return the questionnaire file of a recipe, as plain values. Raises FormError naming unknown provisions."""
    try:
        given = read_lined(recipe)
    except LinedError as error:
        raise FormError([str(error)]) from None
    blocks = given.pop("blocks", {})
    sections = [made for section in given.get("sections", []) for made in _sections(section, blocks, provisions)]
    return {**given, "sections": sections}


def _sections(section: Lined, blocks: Mapping[str, Any], provisions: Sequence[ProvisionToAsk]) -> Iterator[Any]:
    if "each_of" not in section:
        yield section
        return
    known = {each.key: each for each in provisions}
    missing = [key for key in section["each_of"] if key not in known]
    if missing:
        raise FormError([f"line {section.line}: not in the registry: {', '.join(missing)}"])
    asked = [(name, blocks[name]) for name in section["ask"]]
    for article in _articles([known[key] for key in section["each_of"]], provisions):
        parts = [each for each in provisions if each.parent == article.key] or [article]
        questions = [_question(name, block, part, article) for part in parts for name, block in asked]
        title = {language: text for language, text in article.titles.items() if text} or {"en": article.key}
        yield {"id": _identifier(article), "title": title, "provision": article.key, "questions": questions}


def _articles(chosen: Iterable[ProvisionToAsk], provisions: Sequence[ProvisionToAsk]) -> Iterator[ProvisionToAsk]:
    for one in chosen:
        if one.kind == "CHAPTER":
            yield from (each for each in provisions if each.parent == one.key)
        else:
            yield one


def _question(name: str, block: Mapping[str, Any], part: ProvisionToAsk, article: ProvisionToAsk) -> dict[str, Any]:
    obligation = part.obligation or article.obligation
    when = [{**each, "question": f"{_identifier(part)}.{each['question']}"} for each in block.get("when", [])]
    made = {"id": f"{_identifier(part)}.{name}", **block, "provision": part.key, "obligation": obligation, "when": when}
    return {key: value for key, value in made.items() if value not in ("", [])}


def _identifier(provision: ProvisionToAsk) -> str:
    return provision.slug.replace("/", "-")
