"""A page's data as CSV, workbook and JSON."""

import csv
import datetime as dt
import io
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from django.test import RequestFactory
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merida.exchange.outputs.tables import as_cell
from merida.exchange.outputs.workbook import workbook
from merida.interfaces.web.exports import Table, as_csv, as_document, export


def table(*rows):
    return Table(name="sample", columns=("name", "value"), rows=lambda: rows)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "|", "%"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(start):
    assert as_cell(f"{start}cmd|'/c calc'!A1") == f"'{start}cmd|'/c calc'!A1"


def test_numbers_stay_numbers_also_below_zero():
    assert [as_cell(-3), as_cell(2.5), as_cell(True)] == [-3, 2.5, "true"]


def test_dates_are_iso_lists_are_joined_and_unknown_is_empty():
    assert as_cell(dt.date(2003, 12, 9)) == "2003-12-09"
    assert as_cell(["a", "b"]) == "a; b"
    assert as_cell(None) == ""


def test_csv_carries_a_mark_so_that_spreadsheets_read_six_scripts():
    text = as_csv(table({"name": "汤加", "value": 1}, {"name": "تونغا", "value": None}))
    assert text.startswith("\ufeffname,value\r\n")
    assert list(csv.reader(io.StringIO(text[1:]))) == [["name", "value"], ["汤加", "1"], ["تونغا", ""]]


def test_csv_survives_quotes_commas_and_line_ends():
    text = as_csv(table({"name": 'a "b", c\nd', "value": "x"}))
    assert list(csv.reader(io.StringIO(text[1:], newline="")))[1] == ['a "b", c\nd', "x"]


def test_json_says_where_it_comes_from_and_keeps_unknown_as_null():
    with translation.override("en"):
        found = as_document(table({"name": "Tonga", "value": None}), address="/en/x/")
    assert found == {
        "address": "/en/x/",
        "language": "en",
        "columns": ("name", "value"),
        "count": 1,
        "rows": [{"name": "Tonga", "value": None}],
    }


def test_rows_are_not_asked_for_when_the_page_itself_is_wanted():
    def rows():
        raise AssertionError("rows were read for a page")

    request = RequestFactory().get("/en/states/")
    assert export(request, Table(name="x", columns=("a",), rows=rows)) is None


def test_an_unknown_format_shows_the_page():
    assert export(RequestFactory().get("/en/states/?format=exe"), table()) is None


def sheet_of(made):
    archive = ZipFile(io.BytesIO(made))
    assert archive.testzip() is None
    return ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 (written by this test)


def cells_of(made):
    """The cells of a workbook, read as the standard says: type, value."""
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    found = []
    for row in sheet_of(made).iter(f"{name}row"):
        cells = []
        for cell in row:
            value = "".join(each.text or "" for each in cell.iter() if each.tag in {f"{name}v", f"{name}t"})
            assert not list(cell.iter(f"{name}f"))
            cells.append((cell.get("t", "n"), value))
        found.append(cells)
    return found


def test_a_workbook_holds_numbers_days_and_text_and_no_formula():
    made = workbook(
        "Sample: [plan]",
        ("first", "second", "third"),
        [
            {"first": "=1+1", "second": -3, "third": dt.date(2027, 3, 1)},
            {"first": "تونغا 汤加 <&>", "second": 2.5, "third": True},
            {"first": ["a", "b"], "second": 10**20, "third": dt.date(1899, 1, 1)},
            {"first": "x" * 40_000, "second": "bell\x07", "third": None},
        ],
    )

    head, *rows = cells_of(made)
    assert [value for _type, value in head] == ["first", "second", "third"]
    assert rows[0] == [("inlineStr", "=1+1"), ("n", "-3"), ("n", "46447")]
    assert rows[1] == [("inlineStr", "تونغا 汤加 <&>"), ("n", "2.5"), ("b", "1")]
    assert rows[2] == [("inlineStr", "a; b"), ("inlineStr", str(10**20)), ("inlineStr", "1899-01-01")]
    assert len(rows[3][0][1]) == 32_767
    assert rows[3][1:] == [("inlineStr", "bell"), ("n", "")]


@pytest.mark.parametrize("rows", [[], [{"name": "汤加", "value": 1}]])
def test_the_same_table_gives_the_same_workbook(rows):
    assert workbook("sample", ("name", "value"), rows) == workbook("sample", ("name", "value"), rows)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.fixed_dictionaries({"name": st.text(), "value": st.integers() | st.floats() | st.dates()}), max_size=5)
)
def test_any_table_is_a_workbook_with_as_many_rows(rows):
    assert len(cells_of(workbook("sample", ("name", "value"), rows))) == len(rows) + 1


def test_the_first_column_of_an_arabic_workbook_stands_on_the_right():
    with translation.override("ar"):
        answer = export(RequestFactory().get("/ar/", {"format": "xlsx"}), table({"name": "تونغا", "value": 1}))
    assert answer["Content-Disposition"] == 'attachment; filename="sample.xlsx"'
    assert b'rightToLeft="1"' in ET.tostring(sheet_of(answer.content))
