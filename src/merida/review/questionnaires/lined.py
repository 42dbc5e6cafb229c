"""YAML (and JSON, which is YAML) as plain values that know their line. Pure.

Every scalar is a text, so that ``NO`` stays ``NO``. Aliases and anchors are refused: a small file could otherwise
grow without end.
"""

from collections.abc import Iterator
from typing import Any

import yaml


class LinedError(ValueError):
    """The text is no YAML; the message names the line."""


class Lined(dict[str, Any]):
    """A mapping and the line on which it begins."""

    line: int = 0


def read_lined(text: str) -> Any:
    """Return what the text holds. Raises LinedError."""
    try:
        events = (each for each in yaml.parse(text, Loader=yaml.CSafeLoader) if not isinstance(each, _FRAMES))
        return _value(next(events), events)
    except StopIteration:
        raise LinedError("line 1: the file is empty") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise LinedError(f"line {mark.line + 1 if mark else 1}: {error.problem or 'this is no YAML'}") from None
    except yaml.YAMLError as error:
        raise LinedError(f"line 1: {str(error).splitlines()[0]}") from None
    except RecursionError:
        raise LinedError("line 1: lists lie in lists too deep") from None


_FRAMES = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


def _value(event: Any, events: Iterator[Any]) -> Any:
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        raise LinedError(f"line {line}: anchors and aliases are not taken; write the words out")
    if isinstance(event, yaml.ScalarEvent):
        return "" if event.implicit[0] and event.value in {"null", "~"} else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return list(_items(events))
    return _mapping(line, events)


def _items(events: Iterator[Any]) -> Iterator[Any]:
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        yield _value(event, events)


def _mapping(line: int, events: Iterator[Any]) -> Lined:
    found = Lined()
    found.line = line
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _value(event, events)
        if not isinstance(key, str):
            raise LinedError(f"line {event.start_mark.line + 1}: a name is a text")
        if key in found:
            raise LinedError(f"line {event.start_mark.line + 1}: {key} stands here twice")
        found[key] = _value(next(events), events)
    return found
