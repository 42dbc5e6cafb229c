"""``docs/reference/commands.md`` names every command and argument there is, and no other."""

import argparse
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from merida.foundation.people.models import Role
from merida.interfaces.commands import COMMANDS, STOPPED, WRONG_USE

EXIT_CODES = {"0", "1", str(WRONG_USE), str(STOPPED)}


@pytest.fixture
def page(clone: Path) -> str:
    return (clone / "docs/reference/commands.md").read_text(encoding="utf-8")


def documented(page: str) -> dict[str, str]:
    """The text below each heading that names a command."""
    parts = re.split(r"^#{2,3} merida (.+)$", page, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command, and every verb of a command, with its parser."""
    for name, command in COMMANDS.items():
        parser = argparse.ArgumentParser()
        importlib.import_module(f"merida.interfaces.commands.{command.module}").add_arguments(parser)
        yield name, parser
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                yield from ((f"{name} {verb}", inside) for verb, inside in action.choices.items())


def written(action: argparse.Action) -> str:
    """How the page writes an argument: ``--port PORT``, ``FILE …``."""
    value = "" if action.nargs == 0 else action.metavar or action.dest.upper()
    many = " …" if action.nargs in ("+", "*") else ""
    return " ".join([*action.option_strings, str(value)]).strip() + many


def arguments(parser: argparse.ArgumentParser) -> list[str]:
    plain = (argparse._HelpAction, argparse._SubParsersAction)
    return [written(action) for action in parser._actions if not isinstance(action, plain)]


def test_every_command_has_its_section_and_no_section_is_about_another(page: str) -> None:
    assert list(documented(page)) == [name for name, _ in parsers()]


@pytest.mark.parametrize(("name", "parser"), list(parsers()), ids=[name for name, _ in parsers()])
def test_the_arguments_are_those_of_the_parser(page: str, name: str, parser: argparse.ArgumentParser) -> None:
    section = documented(page)[name]
    rows = re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE)
    assert sorted(rows) == sorted(arguments(parser))
    assert set(re.findall(r"--[a-z][a-z-]*", section)) == {
        option for row in rows for option in re.findall(r"--[a-z][a-z-]*", row)
    }


def test_every_section_says_its_exit_codes_and_the_table_explains_them(page: str) -> None:
    assert set(re.findall(r"^\| (\d+) \|", page, flags=re.MULTILINE)) == EXIT_CODES
    for name, section in documented(page).items():
        said = re.findall(r"^Exit codes: (.+?)\.$", section, flags=re.DOTALL | re.MULTILINE)
        assert len(said) == (" " not in name), name  # a verb has those of its command
        codes = re.sub(r"\([^)]*\)", "", "".join(said))
        assert set(re.findall(r"\d+", codes)) <= EXIT_CODES, name


def test_the_roles_are_all_named(page: str) -> None:
    row = re.search(r"^\| `--role ROLE` \|(.+)$", page, flags=re.MULTILINE)
    assert row is not None
    assert re.findall(r"`([A-Z]+)`", row[1]) == list(Role.values)
