"""Documents of our own wording, as files."""

import io
import zipfile
from pathlib import Path

MASTHEAD = """{symbol}

United Nations Convention against Corruption Conference of the States Parties

Distr.: General
1 March 2021
English
Original: English

Sample report

I. Introduction

"""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def text(*paragraphs: str, symbol: str = "CAC/COSP/SAMPLE/2021/3") -> str:
    """A document with a masthead and numbered paragraphs."""
    numbered = (f"{number}. {words}\n\n" for number, words in enumerate(paragraphs, 1))
    return MASTHEAD.format(symbol=symbol) + "".join(numbered)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def word_document(whole: str) -> bytes:
    """A .docx with one paragraph for each line."""
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in whole.splitlines())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return target.getvalue()


def zip_bomb() -> bytes:
    """A .docx whose document unpacks to 300 MB of nothing."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(300):
                member.write(b" " * 1024 * 1024)
    return target.getvalue()
