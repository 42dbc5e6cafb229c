"""``merida read FILE…``: what a document says, on stdout; nothing is stored and no database is needed."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from merida.exchange.ingest.decoding import LARGEST_FILE, UnreadableDocument
from merida.exchange.ingest.reading import read
from merida.exchange.ingest.record import Notice, Record

WRONG_USE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .txt, .docx, .pdf or .html document")
    parser.add_argument(
        "--json", action="store_true", help="print the whole record; a list where several are asked for"
    )


def run(arguments: argparse.Namespace) -> int:
    """Read and print; 1 when a file was refused, 2 when one does not exist."""
    missing = [path for path in arguments.files if not path.is_file()]
    for path in missing:
        print(f"merida read: {path}: there is no such file.", file=sys.stderr)
    if missing:
        return WRONG_USE
    records = [record for path in arguments.files if (record := _read(path)) is not None]
    if arguments.json:
        values = [record.as_json() for record in records]
        whole = values if len(arguments.files) > 1 else (values[0] if values else None)
        if whole is not None:
            print(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(map(summary, records)))
    return 0 if len(records) == len(arguments.files) else 1


def _read(path: Path) -> Record | None:
    try:
        if path.stat().st_size > LARGEST_FILE:
            print(f"merida read: {path}: a document may have {LARGEST_FILE // 2**20} MB; not read.", file=sys.stderr)
            return None
        return read(path.read_bytes(), path.name)
    except (UnreadableDocument, OSError) as error:
        print(f"merida read: {error}", file=sys.stderr)
        return None


def summary(record: Record) -> str:
    """Return what a record holds, for people."""
    masthead = record.structure.masthead
    facts = {
        "symbol": masthead.symbol or "not printed",
        "body": masthead.body or masthead.parent_body or "unknown",
        "date": masthead.date or "unknown",
        "language": masthead.language or "unknown",
        "title": masthead.title or "unknown",
        "text": _counted(record),
        "names": _mentions(record),
    }
    lines = [record.name, *(f"  {name:<9} {value}" for name, value in facts.items())]
    lines += [f"  {'notice':<9} {_where(each.line)}{each.message}" for each in _notices(record)]
    return "\n".join(lines)


def _counted(record: Record) -> str:
    structure = record.structure
    parts = {"headings": structure.headings, "paragraphs": structure.paragraphs, "footnotes": structure.footnotes}
    return ", ".join(f"{len(values)} {name if len(values) != 1 else name[:-1]}" for name, values in parts.items())


def _mentions(record: Record) -> str:
    counts = Counter(mention.kind for mention in record.mentions)
    return ", ".join(f"{count} {kind.lower()}" for kind, count in sorted(counts.items())) or "none recognized"


def _notices(record: Record) -> list[Notice]:
    return list(dict.fromkeys((*record.structure.notices, *record.notices)))


def _where(line: int) -> str:
    return f"line {line}: " if line else ""
