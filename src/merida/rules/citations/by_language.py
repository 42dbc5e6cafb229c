"""What a language needs to be read, made when its first text comes: a start waits for no language."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Made = TypeVar("Made")


class ByLanguage(dict[str, Made]):
    """Things by language, each made when it is first asked for and kept; ``languages`` are those there are."""

    def __init__(self, languages: Iterable[str], make: Callable[[str], Made]) -> None:
        super().__init__()
        self.languages, self.make = frozenset(languages), make

    def __missing__(self, language: str) -> Made:
        """Make it."""
        if language not in self.languages:
            raise KeyError(language)
        made = self[language] = self.make(language)
        return made
