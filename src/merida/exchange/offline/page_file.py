"""The one file: page, style and script joined, and a policy that lets nothing else run and nothing leave. Pure."""

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

SOURCES: Final = Path(__file__).parent / "page"
SCRIPTS: Final = ("sealing.js", "keeping.js", "values.js", "fields.js", "questions.js", "opening.js")
RIGHT_TO_LEFT: Final = frozenset({"ar"})


def page_file(envelope: str, *, language: str, words: Mapping[str, str]) -> str:
    """Return the page with a sealed package in it, in ``language``. What is outside the envelope names no State."""
    template, style, script = _sources()
    told = {
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "title": html.escape(words["title"]),
        "no_script": html.escape(words["no_script"]),
        "policy": _policy(style, script),
        "style": style,
        "script": script,
        "words": _as_data(words),
        "envelope": envelope,
    }
    for name, value in told.items():  # the envelope last: nothing in it is looked at again
        template = template.replace(f"[[{name}]]", value, 1)
    return template


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; connect-src 'none'; "
        "form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _as_data(words: Mapping[str, str]) -> str:
    """Return words as JSON that no parser of HTML mistakes for an end of the element."""
    return json.dumps(dict(words), ensure_ascii=False).replace("<", "\\u003c")


@cache
def _sources() -> tuple[str, str, str]:
    read = {each: (SOURCES / each).read_text(encoding="utf-8") for each in ("page.html", "page.css", *SCRIPTS)}
    return read["page.html"], read["page.css"], "\n".join(read[each] for each in SCRIPTS)
