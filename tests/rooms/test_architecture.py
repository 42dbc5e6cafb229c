"""What the import rules cannot see: size of files, places of queries, actions that leave no trace, clocks in rules."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CLONE = Path(__file__).resolve().parents[2]
SOURCES = CLONE / "src" / "merida"
LONGEST_FILE = 500  # lines
LONGEST_TEMPLATE = 120
BANNED_NAMES = {"utils", "utils2", "helpers", "helper", "manager", "managers", "service", "services", "common", "misc"}


def files(folder: Path, *endings: str) -> Iterator[Path]:
    """Yield the files below ``folder`` that people write: no migrations, nothing vendored or compiled."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in endings and not {"migrations", "vendor", "__pycache__"} & set(path.parts):
            yield path


def shown(path: Path) -> str:
    return str(path.relative_to(CLONE))


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("folder", ["src", "tests", "benchmarks"])
def test_no_file_is_longer_than_500_lines(folder: str) -> None:
    long = {shown(path): length(path) for path in files(CLONE / folder, ".py", ".css", ".js")}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_template_is_longer_than_120_lines() -> None:
    long = {shown(path): length(path) for path in files(SOURCES, ".html")}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_TEMPLATE} == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [shown(path) for path in files(CLONE / "src", ".py") if path.stem in BANNED_NAMES] == []


def test_pages_and_api_reach_the_database_through_queries_only() -> None:
    """A view with ``.objects`` could get an unguarded queryset."""
    reaching = {
        f"{shown(path)}:{node.lineno}"
        for folder in ("web", "api", "commands")
        for path in files(SOURCES / "interfaces" / folder, ".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    }
    assert reaching == set()


def test_nothing_is_marked_as_safe_html_outside_the_picture_of_the_second_factor() -> None:
    marked = {shown(path) for path in files(SOURCES, ".html") if "|safe" in path.read_text(encoding="utf-8")}
    assert marked == {"src/merida/interfaces/web/templates/mfa/totp/activate_form.html"}


def test_no_file_is_left_with_work_to_do() -> None:
    left = {
        shown(path)
        for path in files(CLONE / "src", ".py", ".html", ".css", ".js")
        if any(word in path.read_text(encoding="utf-8") for word in ("TO" + "DO", "FIX" + "ME"))
    }
    assert left == set()
