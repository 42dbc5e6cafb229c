"""A finished table is checked rule by rule, with the rows."""

import pytest
from tests.rules.lots.urns import drawn, rules, urn

from merida.rules.lots import Finding, LotsError, check_table, read_table

GROUPS = {"Sample State A": "EAST", "Sample State B": "EAST", "Sample State C": "WEST", "Sample State D": "WEST"}
TABLE = """State under review,Year,Reviewer 1,Reviewer 2
Sample State A,1,Sample State B,Sample State C
Sample State B,1,Sample State A,Sample State D
Sample State C,9,Sample State C,Sample State A
Sample State D,2,Sample State B,
"""


def verdicts(found: list[Finding]) -> dict[str, tuple[str, tuple[int, ...]]]:
    return {one.rule: (one.verdict, one.rows) for one in found}


def test_each_rule_is_kept_broken_or_not_checkable_with_its_rows() -> None:
    found = verdicts(check_table(read_table(TABLE), rules(preferences=["SIMILAR_LEGAL_SYSTEM"]), GROUPS))
    assert found == {
        "each State once": ("KEPT", ()),
        "reviewers_per_review = 2": ("BROKEN", (5,)),
        "two different reviewers": ("KEPT", ()),
        "no_self": ("BROKEN", (4,)),
        "no_mutual": ("BROKEN", (2, 3, 4, 5)),
        "same_group_at_least = 1": ("BROKEN", (5,)),
        "duties_max = 3": ("KEPT", ()),
        "duties_min = 1": ("KEPT", ()),
        "years = 5": ("BROKEN", (4,)),
        "may_decline_in_own_year": ("NOT_CHECKABLE", ()),
        "SIMILAR_LEGAL_SYSTEM": ("NOT_CHECKABLE", ()),
    }


def test_unknown_groups_are_said_not_guessed() -> None:
    found = verdicts(check_table(read_table(TABLE), rules(), {}))
    assert found["same_group_at_least = 1"] == ("NOT_CHECKABLE", (2, 3, 4, 5))


def test_a_name_that_nobody_knows_is_named_with_its_rows_also_where_a_rule_is_broken() -> None:
    [found] = [
        one for one in check_table(read_table(TABLE), rules(), {"Sample State A": "EAST"}) if "names" in one.rule
    ]
    assert (found.verdict, found.rows) == ("NOT_CHECKABLE", (2, 3, 4, 5))
    assert found.message.endswith("Sample State B, Sample State C, Sample State D")


@pytest.mark.parametrize(
    "heading",
    [
        "State under review,Year,Reviewer 1,Reviewer 2",
        "État examiné;Année;Examinateur 1;Examinateur 2",
        "\ufeffEstado examinado\tAño\tEstado examinador 1\tEstado examinador 2",
        "Государство-объект обзора;Год;Проводящее обзор 1;Проводящее обзор 2",
        "被审议国,年份,审议国1,审议国2",
        "الدولة المستعرضة,السنة,الدولة المستعرضة 1,الدولة المستعرضة 2",
    ],
)
def test_tables_are_read_as_offices_write_them(heading: str) -> None:
    between = next(sign for sign in ",;\t" if sign in heading)
    [row] = read_table(f"{heading}\r\n{between.join(['Sample A', '2027', 'Sample B', 'Sample C'])}\r\n")
    assert (row.row, row.subject, row.year, row.reviewers) == (2, "Sample A", "2027", ("Sample B", "Sample C"))


def test_what_the_procedure_draws_breaks_nothing() -> None:
    people = urn({"A": 6, "B": 5})
    pairs = drawn(people, rules())["pairs"]
    lines = [f"{one},{','.join(r for s, r in pairs if s == one)}" for one in people.subjects]
    table = read_table("\n".join(["subject,reviewer 1,reviewer 2", *lines]))
    groups = {one.code: one.group for one in people.participants}
    assert "BROKEN" not in {one.verdict for one in check_table(table, rules(), groups, whole_cycle=True)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "needs the columns"),
        ("State,Year\nSample State,1\n", "needs the columns"),
        ("State,Reviewer 1\n", "no rows"),
        ("State,Reviewer 1\n,Sample State\n", "row 2 names no State"),
        ("State,Reviewer 1\nA,B,C\n", "row 2 has 3 cells"),
        ('State,Reviewer 1\nA,"B', "not CSV"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(text: str, words: str) -> None:
    with pytest.raises(LotsError, match=words):
        read_table(text)
