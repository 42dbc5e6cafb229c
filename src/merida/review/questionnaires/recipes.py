"""Questionnaires that ask the same questions about each provision: a short recipe becomes the whole file. Pure.

A recipe is a questionnaire file whose sections may be ``{each_of: [keys of chapters or articles], ask: [names]}`` or
``{about: identifier, title: …, ask: [names]}``; the questions they name stand once under ``blocks``.
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


def expand(recipe: str, provisions: Sequence[ProvisionToAsk], *, shared: str = "") -> dict[str, Any]:
    """Return the questionnaire file of a recipe, as plain values.

    ``shared`` holds choices and blocks that several recipes name. Raises FormError naming unknown provisions or blocks.
    """
    try:
        given = read_lined(recipe)
        common = read_lined(shared) if shared else Lined()
    except LinedError as error:
        raise FormError([str(error)]) from None
    if not isinstance(given, Lined) or not isinstance(given.get("sections"), list):
        raise FormError(["line 1: sections: a list is expected"])
    blocks = {**common.get("blocks", {}), **given.pop("blocks", {})}
    choices = {**common.get("choices", {}), **given.get("choices", {})}
    known = {each.key: each for each in provisions}
    sections = [made for section in given["sections"] for made in _sections(section, blocks, provisions, known)]
    return {**given, "choices": choices, "sections": sections}


def _sections(
    section: Lined,
    blocks: Mapping[str, Any],
    provisions: Sequence[ProvisionToAsk],
    known: Mapping[str, ProvisionToAsk],
) -> Iterator[Any]:
    if "ask" not in section:
        yield section
        return
    unknown = [name for name in section["ask"] if name not in blocks]
    if unknown:
        raise FormError([f"line {section.line}: no such block: {', '.join(unknown)}"])
    asked = [(name, blocks[name]) for name in section["ask"]]
    if "about" in section:
        topic = ProvisionToAsk("", section["about"], "TOPIC")
        questions = [_question(name, block, topic, topic) for name, block in asked]
        yield {"id": section["about"], "title": section["title"], "questions": questions}
        return
    missing = [key for key in section["each_of"] if key not in known]
    if missing:
        raise FormError([f"line {section.line}: not in the registry: {', '.join(missing)}"])
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
