# ruff: noqa: INP001, T201
"""Gather the texts of the site into the message catalogues; needs no GNU gettext.

python tools/messages.py update    put new texts into each catalogue, drop those no longer used
python tools/messages.py missing   name the texts without translation; exit 1 where there are any
"""

import io
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

CLONE = Path(__file__).resolve().parents[1]
SOURCES = CLONE / "src" / "merida"
LOCALE = SOURCES / "interfaces" / "web" / "locale"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "DrawError": (1,),
    "LotsError": (1,),
    "PlanError": (1,),  # templates of refusals, translated where a page shows them
    "PlanChangedError": (1,),
    "TimetableError": (1,),
    "_LateError": (1,),
    "VisitError": (2,),
    "RefusedError": (1,),
    "ValueProblem": (1,),
    "DifferenceError": (1,),
    "NotAcceptedError": (1,),
    "TooLargeError": (1,),
    "LawError": (2,),
    "AuthorityError": (2,),
}
# Forms as Django's own catalogues count them: Arabic zero, one, two, few (3-10), many (11-99), other.
PLURALS = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"),
    "zh_Hans": "nplurals=1; plural=0;",
}
FIRST_MADE = datetime(2026, 11, 21, tzinfo=UTC)  # fixed, so that an update without new texts changes nothing


def gather(sources: Path = SOURCES) -> Catalog:
    """Return every text of the Python files and templates, with the files that use it."""
    template = Catalog(project="merida", charset="utf-8")
    for path in sorted([*sources.rglob("*.py"), *sources.rglob("*.html"), *sources.rglob("mail/*.txt")]):
        place = path.relative_to(sources).as_posix()
        if "/commands/" in place:  # commands speak English
            continue
        for message, comments, context in _texts(path):
            template.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return template


def _texts(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    """Yield each text of a file with the translators' comments and its context."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize  # noqa: PLC0415 needs Django for templates only

        source = templatize(source, origin=str(path))
    read = io.BytesIO(source.encode())
    for _line, message, comments, context in extract("python", read, KEYWORDS, ["Translators:"]):
        yield message, list(comments), context


def catalogue(language: str, locale: Path = LOCALE) -> Catalog:
    """Return a language's catalogue as it stands; an empty one where there is none."""
    path = locale / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as stored:
        return read_po(stored, locale=language, abort_invalid=True)


def updated(language: str, template: Catalog, before: Catalog) -> Catalog:
    """Return the catalogue with the texts of ``template`` and what ``before`` translates of them."""
    made = Catalog(
        locale=language, project="merida", version="1", msgid_bugs_address="merida", charset="utf-8", fuzzy=False
    )
    made.creation_date = made.revision_date = FIRST_MADE
    made.last_translator = made.language_team = "merida"
    made.header_comment = "# Texts of merida's pages; terms as the organisations' documents use them."
    made.mime_headers = [("Plural-Forms", PLURALS[language])]
    for message in template:
        if message.id:
            old = before.get(message.id, message.context)
            text = old.string if old and not old.fuzzy and _same_shape(old, message) else ""
            made.add(
                message.id,
                text,
                locations=message.locations,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return made


def _same_shape(old: Message, new: Message) -> bool:
    return isinstance(old.id, tuple) == isinstance(new.id, tuple)


def missing(language: str, template: Catalog, locale: Path = LOCALE) -> list[str]:
    """Return the texts without a finished translation into ``language``, every plural form counted."""
    stored = catalogue(language, locale)
    return [
        _first(each.id) for each in template if each.id and not _finished(stored.get(each.id, each.context), stored)
    ]


def _first(identifier: str | Iterable[str]) -> str:
    return identifier if isinstance(identifier, str) else next(iter(identifier))


def _finished(message: Message | None, stored: Catalog) -> bool:
    if message is None or message.fuzzy:
        return False
    if isinstance(message.id, str):
        return bool(message.string)
    forms = tuple(message.string or ())
    return len(forms) == stored.num_plurals and all(forms)


def update(locale: Path = LOCALE) -> None:
    """Write each catalogue anew."""
    template = gather()
    for language in PLURALS:
        path = locale / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        made = updated(language, template, catalogue(language, locale))
        with path.open("wb") as target:
            write_po(target, made, width=120, include_lineno=False, sort_output=True)


def main(words: list[str]) -> int:
    """Run one of the two commands; return the exit code."""
    if words == ["update"]:
        update()
        return 0
    if words != ["missing"]:
        print(__doc__)
        return 2
    template = gather()
    lacking = {language: missing(language, template) for language in PLURALS}
    for language, texts in lacking.items():
        print(f"{language}: {len(texts)} of {len(template)} texts to translate", *texts, sep="\n  ")
    return 1 if any(lacking.values()) else 0


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    sys.exit(main(sys.argv[1:]))
