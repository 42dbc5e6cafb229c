"""What a file is, by its bytes and never by its name; and what its name may be. Pure."""

import unicodedata
import zipfile
from typing import IO

TEXT = "text/plain"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEAD = 64 * 1024  # bytes looked at

_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NEVER_IN_TEXT = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1a\x1b")
_NAME_LENGTH = 255
_ENDINGS = {"pdf": PDF, "docx": WORD}
_DIRECTION_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class NotAcceptedError(ValueError):
    """The bytes are none of the kinds of file that merida takes. ``template`` with ``values`` says what they are."""

    def __init__(self, template: str, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values))


def media_type(content: IO[bytes]) -> str:
    """Return the media type of ``content``, one of plain text, .docx and PDF. Raises NotAcceptedError.

    Text may be in any encoding without NUL bytes, or UTF-16 with its mark.
    """
    content.seek(0)
    head = content.read(HEAD)
    if not head:
        raise NotAcceptedError("the file is empty")
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _office_type(content)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotAcceptedError("this is an old Office file (.doc): save it as .docx and hand that in")
    if head.startswith(_MARKS_OF_UTF16):
        return TEXT
    strange = next((offset for offset, byte in enumerate(head) if byte in _NEVER_IN_TEXT), None)
    if strange is not None:
        raise NotAcceptedError(
            "this is no text, .docx or PDF: byte {place} ({byte}) is no text",
            place=strange,
            byte=f"0x{head[strange]:02x}",
        )
    return TEXT


def check_ending(name: str, kind: str) -> None:
    """Raise NotAcceptedError where a name says that the file is a PDF or .docx and ``kind``, its bytes, something else.

    Whoever opens such a file meets an error of their programme only.
    """
    ending = name.rpartition(".")[2].lower()
    if _ENDINGS.get(ending, kind) != kind:
        raise NotAcceptedError("the file is named .{ending} and is something else inside: save it anew", ending=ending)


def _office_type(content: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise NotAcceptedError("this begins like a .docx but is cut short or damaged") from error
    if "word/document.xml" not in names:
        raise NotAcceptedError("this is an archive but not a .docx: it holds no word/document.xml")
    return WORD


def clean_name(name: str) -> str:
    """Return ``name`` without folders, control characters and marks that turn the direction of writing.

    At most 255 characters; the end after the last full stop is kept. A name of nothing else becomes ``unnamed``.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(" " if each in "\t\n\r" else each for each in last if not _hidden(each))
    kept = " ".join(kept.split()).strip(" .") or "unnamed"
    if len(kept) <= _NAME_LENGTH:
        return kept
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 10:  # noqa: PLR2004
        return kept[:_NAME_LENGTH]
    return stem[: _NAME_LENGTH - len(ending) - 1] + dot + ending


def _hidden(character: str) -> bool:
    if character in "\t\n\r":
        return False
    return character in _DIRECTION_CONTROLS or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
