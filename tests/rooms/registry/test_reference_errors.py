"""What somebody sees who made a mistake in a reference file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from merida.foundation.registry.reference import DATA, ReferenceDataError, load_reference

Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def edit(folder: Path) -> Edit:
    def _edit(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old, text.count(old))
        path.write_text(text.replace(old, new), encoding="utf-8")

    return _edit


def line_of(folder: Path, file: str, text: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def problems(folder: Path) -> list[str]:
    with pytest.raises(ReferenceDataError) as caught:
        load_reference(folder)
    return [str(problem) for problem in caught.value.problems]


def test_a_day_that_does_not_exist_is_named_with_file_line_and_field(folder: Path, edit: Edit) -> None:
    edit("treaty_actions.csv", "UNCAC,FRA,RATIFICATION,2005-07-11", "UNCAC,FRA,RATIFICATION,2005-02-30")
    line = line_of(folder, "treaty_actions.csv", "2005-02-30")
    assert problems(folder) == [f"treaty_actions.csv:{line}: date: there is no day 2005-02-30"]


def test_a_date_in_another_shape_is_refused_with_the_shapes_that_are_read(folder: Path, edit: Edit) -> None:
    edit("treaty_actions.csv", "UNCAC,FRA,RATIFICATION,2005-07-11", "UNCAC,FRA,RATIFICATION,11.7.2005")
    line = line_of(folder, "treaty_actions.csv", "11.7.2005")
    expected = "'11.7.2005' is not a date (write 2019, 2019-11 or 2019-11-30)"
    assert problems(folder) == [f"treaty_actions.csv:{line}: date: {expected}"]


def test_a_month_is_not_taken_for_a_day_where_only_days_are_kept(folder: Path, edit: Edit) -> None:
    edit("printed_figures.csv", "2020-02-29,187,", "2020-02,187,")
    line = line_of(folder, "printed_figures.csv", "2020-02,187,")
    assert problems(folder) == [f"printed_figures.csv:{line}: at_date: 2020-02 is not a whole date (write 2019-11-30)"]


def test_an_unknown_state_is_named(folder: Path, edit: Edit) -> None:
    edit("memberships.csv", "GRECO,ITA,", "GRECO,ITL,")
    line = line_of(folder, "memberships.csv", "GRECO,ITL,")
    assert problems(folder) == [f"memberships.csv:{line}: state: unknown State 'ITL'"]


def test_all_errors_of_all_files_come_at_once_in_order(folder: Path, edit: Edit) -> None:
    edit("states.csv", "FRA,FR,250,", "FRA,FR,25,")
    edit("printed_figures.csv", "2020-02-29,187,", "2020-02-29,about 187,")
    edit("mechanisms/greco.yaml", "organisation: COE", "organisation: COEE")
    assert [problem.split(":")[0] for problem in problems(folder)] == [
        "mechanisms/greco.yaml",
        "printed_figures.csv",
        "states.csv",
    ]


def test_a_recalled_fact_cannot_be_marked_sourced(folder: Path, edit: Edit) -> None:
    edit("resolutions.csv", "2009-11-13,MEMORY,RECALLED\nCOSP,3/2", "2009-11-13,MEMORY,SOURCED\nCOSP,3/2")
    assert problems(folder) == ["resolutions.csv:2: confidence: a recalled fact cannot be SOURCED"]


def test_an_unknown_source_is_named(folder: Path, edit: Edit) -> None:
    edit("printed_figures.csv", "187,WG4_2020_3", "187,WG4_2020_4")
    line = line_of(folder, "printed_figures.csv", "WG4_2020_4")
    assert problems(folder) == [f"printed_figures.csv:{line}: source: unknown source 'WG4_2020_4'"]


def test_the_same_key_twice_points_to_the_first_line(folder: Path) -> None:
    path = folder / "regional_groups.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    assert problems(folder) == ["regional_groups.csv:7: code: AFRICAN stands in line 2 already"]


def test_an_end_before_the_start_is_refused(folder: Path, edit: Edit) -> None:
    edit("memberships.csv", "2007-02-01,ACCESSION,2023-07-01", "2007-02-01,ACCESSION,2003-07-01")
    line = line_of(folder, "memberships.csv", "2003-07-01")
    assert problems(folder) == [f"memberships.csv:{line}: until: 2003-07-01 is not after 2007-02-01"]


def test_two_short_names_on_the_same_day_are_refused(folder: Path, edit: Edit) -> None:
    edit("state_names.csv", "SWZ,en,SHORT,Swaziland,,2018-04-19", "SWZ,en,SHORT,Swaziland,,2019-04-19")
    (problem,) = problems(folder)
    assert problem.endswith("since: 'Swaziland' and 'Eswatini' are valid at the same time")


def test_a_missing_language_is_named(folder: Path, edit: Edit) -> None:
    edit("organisations.csv", ",国际反腐败学院,", ",,")
    line = line_of(folder, "organisations.csv", "IACA,")
    assert problems(folder) == [f"organisations.csv:{line}: name_zh: is empty"]


def test_a_line_with_too_few_fields_is_counted(folder: Path) -> None:
    with (folder / "territories.csv").open("a", encoding="utf-8") as file:
        file.write("QQQ,QQ\n")
    (problem,) = problems(folder)
    assert problem.endswith("line: 2 fields where the first line names 6")


def test_a_file_in_another_encoding_names_the_first_wrong_byte(folder: Path) -> None:
    path = folder / "territories.csv"
    path.write_bytes(path.read_bytes() + "ABX,AB,999,Île,MEMORY,RECALLED\n".encode("latin-1"))
    lines = path.read_bytes().count(b"\n")
    assert f"territories.csv:{lines}: line: byte 0xce is not UTF-8" in problems(folder)


def test_a_missing_file_and_a_misspelt_column_are_named(folder: Path, edit: Edit) -> None:
    (folder / "resolutions.csv").unlink()
    edit("bodies.csv", "symbol_stem", "symbol_stm")
    found = problems(folder)
    assert "resolutions.csv:0: file: cannot be read: No such file or directory" in found
    assert "bodies.csv:1: symbol_stem: column is missing" in found
    assert "bodies.csv:1: symbol_stm: column is not known" in found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('until: "2015"', 'until: "2009"', "versions[1].cycles[1].until: 2009 is not after 2010-07"),
        ('until: "2015"', 'until: "later"', "versions[1].cycles[1].until: 'later' is not a date"),
        ("[UNCAC chapter III, UNCAC chapter IV]", "[UNCAC chapter IX]", "cycles[1].provisions[1]: unknown provision"),
        ("term: CYCLE", "term: YEAR", "versions[1].term: Input should be 'CYCLE', 'ROUND', 'PHASE' or 'CLUSTER'"),
        ("short_name:", "shortname:", "short_name: Field required"),
        ("  rule: PARTIES", "  rule: EVERYBODY", "participation.rule: Input should be 'PARTIES' or 'MEMBERS'"),
    ],
)  # fmt: skip
def test_a_mechanism_file_says_which_field_is_wrong(
    folder: Path, edit: Edit, old: str, new: str, expected: str
) -> None:
    edit("mechanisms/uncac_irm.yaml", old, new)
    assert any(expected in problem for problem in problems(folder)), problems(folder)


def test_a_wrong_field_in_a_mechanism_file_is_found_by_its_line(folder: Path, edit: Edit) -> None:
    edit("mechanisms/uncac_irm.yaml", 'until: "2015"', 'until: "2009"')
    line = line_of(folder, "mechanisms/uncac_irm.yaml", '"2009"')
    assert [p.split(":")[1] for p in problems(folder) if p.startswith("mechanisms/uncac")] == [str(line)]


def test_yaml_that_cannot_be_read_names_the_line(folder: Path, edit: Edit) -> None:
    edit("mechanisms/greco.yaml", "code: GRECO\n", "code: [GRECO\n")
    assert any(p.startswith("mechanisms/greco.yaml:2: file: cannot be read as YAML") for p in problems(folder))


def test_a_field_given_twice_is_not_silently_taken(folder: Path, edit: Edit) -> None:
    edit("mechanisms/greco.yaml", "organisation: COE\n", "organisation: COE\norganisation: OAS\n")
    assert "mechanisms/greco.yaml:4: organisation: stands twice" in problems(folder)
