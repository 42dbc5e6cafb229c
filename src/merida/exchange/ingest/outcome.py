"""What became of one file."""

import enum
from dataclasses import asdict, dataclass, field


class Result(enum.StrEnum):
    """What ingesting a file came to."""

    READ = "READ"
    UNCHANGED = "UNCHANGED"
    NEW_VERSION = "NEW_VERSION"
    READ_AGAIN = "READ_AGAIN"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file and what became of it.

    ``reason`` says why a file was refused, in words, and ``code`` as ``UnreadableDocument`` has it; ``notices`` what
    the reader could not do or had to decide, in words.
    """

    name: str
    result: Result
    reason: str = ""
    digest: str = ""
    slug: str = ""
    symbol: str = ""
    language: str = ""
    number: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    code: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the outcome as plain values."""
        return asdict(self)
