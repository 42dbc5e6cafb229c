"""The search for treaties and bodies passes over places where no row can begin: no row may be missed for that."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merida.rules.citations import bodies, treaties
from merida.rules.citations.treaties import all_named, compile_named

TABLES = {
    "treaties zh": (treaties._ZH, treaties._FIRST_ZH),
    "treaties en": (treaties._EN, treaties._FIRST_EN),
    "bodies zh": (bodies._ZH, bodies._FIRST["zh"]),
    "bodies en": (bodies._EN, bodies._FIRST["en"]),
    "bodies fr": (bodies._FR, bodies._FIRST["fr"]),
    "bodies es": (bodies._ES, bodies._FIRST["es"]),
    "bodies ru": (bodies._RU, bodies._FIRST["ru"]),
    "bodies ar": (bodies._AR, bodies._FIRST["ar"]),
}
ROWS = [(table, number) for table, (rows, _) in TABLES.items() for number in range(len(rows))]


@pytest.mark.parametrize(("table", "number"), ROWS, ids=[f"{t} {TABLES[t][0][n][0]} {n}" for t, n in ROWS])
@settings(max_examples=15)
@given(data=st.data())
def test_every_row_is_found_as_without_the_leap(table: str, number: int, data: st.DataObject) -> None:
    rows, first = TABLES[table]
    word = r"\b" if table.endswith("en") else ""  # English names begin where words begin
    text = data.draw(st.from_regex(re.compile(rf" {rows[number][1]}")))
    assert all_named(text, compile_named(rows, first=first)) == all_named(text, compile_named(rows, first=word))
