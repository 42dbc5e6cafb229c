"""``merida read PATH…``: what documents say, on stdout or as lines of a file; no database is needed."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from merida.exchange.ingest.decoding import LARGEST_FILE, UnreadableDocument
from merida.exchange.ingest.reading import read
from merida.exchange.ingest.record import Notice, Record
from merida.interfaces.commands.read_many import Lines, files_of, listed, share_of

WRONG_USE = 2
STOPPED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="PATH", help="a .txt, .docx, .pdf or .html document, or a folder of them"
    )
    parser.add_argument("--list", type=Path, metavar="FILE", help="read the documents that this file names, one a line")
    parser.add_argument(
        "--json", action="store_true", help="print the whole record; a list where several are asked for"
    )
    parser.add_argument(
        "--lines", type=Path, metavar="FILE", help="add each record to this file as one line; run again, it goes on"
    )
    parser.add_argument("--shard", metavar="I/N", default="1/1", help="only the I-th of N shares of the documents")


def run(arguments: argparse.Namespace) -> int:
    """Read and print; 1 when a file was refused, 2 when one does not exist or the shares make no sense."""
    try:
        paths = [*arguments.files, *(listed(arguments.list) if arguments.list else ())]
        share = share_of(arguments.shard)
    except (OSError, ValueError) as error:
        print(f"merida read: {error}", file=sys.stderr)
        return WRONG_USE
    missing = [f"{path}: there is no such file." for path in paths if not path.exists()]
    if not paths:
        missing = ["name documents, folders or a --list of them."]
    for problem in missing:
        print(f"merida read: {problem}", file=sys.stderr)
    if missing:
        return WRONG_USE
    files = ((name, path) for name, path in files_of(paths) if share.holds(name))
    if arguments.lines:
        return _add_lines(files, arguments.lines)
    many = len(paths) > 1 or any(path.is_dir() for path in paths)
    return _print(files, as_json=arguments.json, many=many)


def _print(files: Iterable[tuple[str, Path]], *, as_json: bool, many: bool) -> int:
    """Print one document after the other; none is kept."""
    refused, printed = False, 0
    for _name, path in files:
        record = _read(path)
        if record is None:
            refused = True
            continue
        if as_json:
            lead = ("[\n" if not printed else ",\n") if many else ""
            print(lead + json.dumps(record.as_json(), ensure_ascii=False, indent=1), end="" if many else "\n")
        else:
            print(("\n\n" if printed else "") + summary(record), end="")
        printed += 1
    if many and as_json:
        print("\n]" if printed else "[]")
    elif printed and not as_json:
        print()
    return int(refused)


def _add_lines(files: Iterable[tuple[str, Path]], path: Path) -> int:
    """Add a line for each document that the file does not hold yet; say how many at the end."""
    try:
        lines = Lines(path)
    except (OSError, ValueError) as error:
        print(f"merida read: {error}", file=sys.stderr)
        return WRONG_USE
    held, added, refused = len(lines.done), 0, 0
    try:
        for name, file in files:
            if name in lines.done:
                continue
            record = _read(file)
            if record is None:
                refused += 1
                continue
            lines.add(name, record.as_json())
            added += 1
    except KeyboardInterrupt:
        print("Stopped. What was read stays; run it again to go on.", file=sys.stderr)
        return STOPPED
    finally:
        lines.close()
    print(f"{path}: {added} added, {held} held before, {refused} refused", file=sys.stderr)
    return int(bool(refused))


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
