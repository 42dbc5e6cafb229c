"""The one error of reading: a file that is no document, with what is wrong and where."""


class UnreadableDocument(ValueError):  # noqa: N818 (a document is unreadable; the word says more than Error)
    """A file that cannot be read: ``what`` is wrong in plain words, ``where`` names the file and the place in it.

    ``code`` is stable: EMPTY, TOO_LARGE, BINARY, NUL, MIXED_ENCODING, AMBIGUOUS_ENCODING, UNKNOWN_ENCODING,
    CUT_SHORT, BROKEN_ARCHIVE, ZIP_BOMB, NOT_A_DOCUMENT, ENCRYPTED, BROKEN_PDF, TOO_LONG, SCAN, NO_LETTERS,
    MACROS, NOT_ANSWERS.
    """

    def __init__(self, code: str, what: str, where: str) -> None:
        super().__init__(f"{where}: {what}")
        self.code, self.what, self.where = code, what, where


def at_offset(name: str, content: bytes, offset: int) -> str:
    """A place in a file as people look it up: ``report.txt, line 12, byte 1034`` (lines from 1, bytes from 0)."""
    line = content.count(b"\n", 0, offset) + 1
    return f"{name}, line {line}, byte {offset}"
