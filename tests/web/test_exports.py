"""A page's data as CSV and JSON."""

import csv
import datetime as dt
import io

import pytest
from django.test import RequestFactory
from django.utils import translation

from merida.exchange.outputs.tables import as_cell
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
