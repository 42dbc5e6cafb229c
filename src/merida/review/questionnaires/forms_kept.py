"""The form of a version, read once a process and content: a frozen version is the same for ever."""

import hashlib
import json
from functools import lru_cache
from typing import Any

from merida.review.questionnaires.form import Choice, Column, ColumnKind, Condition, Form, Kind, Question, Row, Section
from merida.review.questionnaires.models import Version


def digest_of(content: str) -> str:
    """Return the SHA-256 of a file's text."""
    return hashlib.sha256(content.encode()).hexdigest()


def form_of(version: Version) -> Form:
    """Return the questionnaire of a version. Its ``content`` may be deferred: it is fetched only when it is new."""
    return _form(version.digest, version.pk)


@lru_cache(maxsize=32)
def _form(_digest: str, pk: int) -> Form:
    return form_from(Version.objects.values_list("content", flat=True).get(pk=pk))


def form_from(content: str) -> Form:
    """Return the questionnaire of a content that ``write_form`` wrote. It is not checked again."""
    given = json.loads(content)
    shared = {name: tuple(_choice(each) for each in choices) for name, choices in given.get("choices", {}).items()}
    return Form(
        code=given["code"],
        title=given["title"],
        mechanism=given.get("mechanism", ""),
        introduction=given.get("introduction", {}),
        sections=tuple(
            Section(
                identifier=each["id"],
                title=each["title"],
                provision=each.get("provision", ""),
                questions=tuple(_question(one, shared) for one in each.get("questions", ())),
            )
            for each in given["sections"]
        ),
    )


def _question(given: dict[str, Any], shared: dict[str, tuple[Choice, ...]]) -> Question:
    read: dict[str, Any] = {
        "identifier": given["id"],
        "kind": Kind(str(given["kind"])),
        "text": given["text"],
        "required": given.get("required") != "no",
        "choices": shared[str(given["choices"])] if given.get("choices") else (),
        "columns": tuple(_column(each) for each in _list(given, "columns")),
        "rows": tuple(Row(each["id"], each["text"]) for each in _list(given, "rows")),
        "conditions": tuple(Condition(each["question"], tuple(each["is"])) for each in _list(given, "when")),
    }
    read |= {name: given[name] for name in ("guidance", "provision", "obligation") if name in given}
    provisions = tuple(given.get("provisions", ()))
    if provisions:
        read |= {"provision": provisions[0], "further": provisions[1:]}
    return Question(**read)


def _list(given: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = given.get(name, [])
    return found


def _choice(given: dict[str, Any]) -> Choice:
    return Choice(str(given["code"]), given.get("text", {}))


def _column(given: dict[str, Any]) -> Column:
    year = given.get("year")
    return Column(
        identifier=str(given["id"]),
        text=given["text"],
        kind=ColumnKind(str(given.get("kind", "TEXT"))),
        unit=str(given.get("unit", "")),
        year=None if year is None else int(str(year)),
    )
