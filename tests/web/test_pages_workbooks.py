"""Answering in a workbook: taken along, filled in elsewhere, rehearsed, taken in; other programs read it too."""

import io
import re
import zipfile

import pytest
from tests.answering_world import FILE, Answering, make_answering
from tests.web.test_answers_leak_nothing import browser

from merida.exchange.ingest import sheets_read
from merida.exchange.ingest.returned_answers import identity_of, returned_rows
from merida.exchange.ingest.sheets_read import read_workbook
from merida.exchange.ingest.unreadable import UnreadableDocument
from merida.exchange.outputs.sheets import Cell, Sheet, Style, sheets_workbook
from merida.interfaces.web.answers_book import answers_workbook
from merida.knowledge.library.actions import register_law
from merida.review.questionnaires.answering import clear, save_answer
from merida.review.questionnaires.models import Answer, Delegation, Revision
from merida.review.questionnaires.queries import kept_aside
from merida.review.questionnaires.submitting import submit

pytestmark = pytest.mark.django_db
MORE = """
- id: help
  title: {en: Help, ar: المساعدة}
  questions:
  - {id: help.which, kind: ASSISTANCE, text: {en: Which help?}, choices: level, required: no}
  - {id: help.since, kind: DAY, text: {en: Since when?}, required: no}
  - {id: help.count, kind: NUMBER, text: {en: How many?}, required: no}
  - id: help.list
    kind: SET
    required: no
    text: {en: Programmes}
    columns: [{id: name, text: {en: Name}}, {id: year, text: {en: Year}, kind: NUMBER}]
"""


@pytest.fixture
def world() -> Answering:
    return make_answering(file=FILE.rstrip() + MORE)


def save(world, question, seen=0, language="en", **value):
    return save_answer(world.actor("focal_point"), world.response, question, value, language=language, seen=seen)


def place(world):
    return f"/en/desk/{world.response.uuid}/workbook/"


def downloaded(world, who="focal_point", language="en"):
    answered = browser(world, who).get(f"/en/desk/{world.response.uuid}/paper/xlsx/", {"language": language})
    assert answered.status_code == 200
    return answered.content


def edited(content, *changes):
    """Write texts into cells, as a program would: (name of a mark, identifier in column A, column, text)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for mark, identifier, column, text in changes:
        name = next(each for each, xml in parts.items() if f">merida:{mark}<" in xml)
        rows = re.findall(r"<row .*?</row>", parts[name], re.DOTALL)
        row = next(each for each in rows if all(f">{one}<" in each.partition('r="C')[0] for one in identifier.split()))
        number = re.search(r'r="(\d+)"', row)[1]
        cell = rf'<c r="{column}{number}" s="(\d+)"(?:/>|.*?</c>)'
        held = f'<c r="{column}{number}" s="\\1" t="inlineStr"><is><t>{text}</t></is></c>'
        if text.startswith("<"):
            held = f'<c r="{column}{number}" s="\\1">{text}</c>'
        changed, count = re.subn(cell, held, row, flags=re.DOTALL)
        assert count == 1
        parts[name] = parts[name].replace(row, changed)
    return packed(parts)


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return file.getvalue()


def handed_in(client, world, content, name="answers.xlsx"):
    file = io.BytesIO(content)
    file.name = name
    return client.post(place(world), {"file": file})


def token_of(page):
    return re.search(r'name="token" value="([^"]+)"', page.text)[1]


def values():
    return dict(Answer.objects.values_list("question", "value"))


def filled(world):
    save(world, "bribery.level", choice="YES", text="=HYPERLINK(1) and +1")
    save(world, "money.practice", text="one\ntwo & <three>\u200f🙂 _x0041_")
    save(world, "money.cases", rows=[{"row": "opened", "y2024": "7"}], text="note")
    save(world, "help.which", choices=["NO"])
    save(world, "help.since", day="2024-05-01")
    save(world, "help.count", number="12.50")
    save(world, "help.list", rows=[{"name": "A", "year": "2020"}, {"name": "B"}])
    law = register_law(
        world.actor("focal_point"), world.response.state, {"en": "The Act"}, workspace=world.response.workspace
    )
    save(world, "bribery.law", laws=[str(law.uuid)], text="Section 1")


def test_what_goes_out_comes_back_unchanged(world):
    filled(world)
    before, count = values(), Revision.objects.count()
    content = downloaded(world)
    client = browser(world, "focal_point")
    page = handed_in(client, world, content)
    assert page.status_code == 200
    assert "There is nothing to take in." in page.text
    sheets = read_workbook(content)
    rows = returned_rows(world.desk("focal_point").form, sheets, "en")
    assert {row.question: row.value for row in rows if row.value} == before
    assert {row.seen for row in rows if row.value} == {1}
    assert Revision.objects.count() == count
    assert identity_of(sheets).response == world.response.uuid


def test_filled_in_elsewhere_rehearsed_and_taken_in(world):
    filled(world)
    count = Revision.objects.count()
    content = edited(
        downloaded(world),
        ("answers", "bribery.level", "H", "No"),
        ("answers", "money.practice", "I", "changed at home"),
        ("answers", "help.since", "H", "<v>45000</v>"),
        ("answers", "help.count", "H", ""),
        ("tables", "money.cases opened", "D", "<v>8</v>"),
    )  # fmt: skip
    client = browser(world, "focal_point")
    page = handed_in(client, world, content)
    assert Revision.objects.count() == count  # a rehearsal
    told = re.findall(r"<li>([^<]+) <b>(\d+)</b></li>", page.text)
    assert told == [("changed", "4"), ("emptied", "1"), ("unchanged", "4")]
    token = token_of(page)
    assert client.post(place(world), {"token": token}).status_code == 302
    now = values()
    assert now["bribery.level"] == {"choice": "NO", "text": "=HYPERLINK(1) and +1"}
    assert now["money.practice"] == {"text": "changed at home"}
    assert now["help.since"] == {"day": "2023-03-15"}
    assert now["help.count"] == {}
    assert now["money.cases"] == {"rows": [{"row": "opened", "y2024": "8"}], "text": "note"}
    again = client.post(place(world), {"token": token})
    assert again.status_code == 422
    assert "no longer here" in again.text
    count = Revision.objects.count()
    assert "There is nothing to take in." in handed_in(client, world, content).text
    assert Revision.objects.count() == count


def test_two_who_wrote_keep_both_texts(world):
    save(world, "money.practice", text="one")
    content = edited(downloaded(world, "delegate"), ("answers", "money.practice", "I", "at home"))
    save(world, "money.practice", seen=1, text="meanwhile")
    client = browser(world, "delegate")
    page = handed_in(client, world, content)
    assert "kept beside the answer: Somebody else had changed the answer" in page.text
    client.post(place(world), {"token": token_of(page)})
    assert values()["money.practice"] == {"text": "meanwhile"}
    assert kept_aside(world.desk("delegate"), "money.practice", "en")[0].value == {"text": "at home"}


def test_a_delegate_takes_the_own_part_along_and_brings_no_other_back(world):
    save(world, "bribery.level", choice="YES", text="secret of others")
    content = downloaded(world, "delegate")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        everything = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "secret of others" not in everything
    assert "bribery." not in everything
    foreign = edited(downloaded(world), ("answers", "bribery.law", "I", "not mine"))
    page = handed_in(browser(world, "delegate"), world, foreign)
    assert "refused: bribery.law: no question of this name is entrusted to you" in page.text
    for stranger in ("reader", "other_focal_point", "secretariat", "anybody"):
        assert browser(world, stranger).get(place(world)).status_code == 404
        assert handed_in(browser(world, stranger), world, foreign).status_code == 404


def test_who_lost_access_is_told_and_the_answers_are_kept(world):
    content = edited(downloaded(world, "delegate"), ("answers", "money.practice", "I", "typed on the train"))
    Delegation.objects.filter(user=world.delegate).update(ended_at=world.response.asked_at)
    client = browser(world, "delegate")
    page = handed_in(client, world, content)
    assert "The writer was no longer entrusted with the question" in page.text
    assert client.post(place(world), {"token": token_of(page)})["Location"] == "/en/desk/"
    (beside,) = kept_aside(world.desk("focal_point"), "money.practice", "en")
    assert beside.value == {"text": "typed on the train"}


def test_rows_that_cannot_be_taken_say_why_and_the_others_come_in(world):
    content = edited(
        downloaded(world),
        ("answers", "money.practice", "I", "kept"),
        ("answers", "bribery.level", "H", "Perhaps"),
        ("answers", "bribery.law", "J", "L9"),
        ("answers", "bribery.plan", "I", "<f>1+1</f><v>2</v>"),
        ("answers", "help.count", "H", "many"),
        ("answers", "help.since", "A", "help.count"),
        ("answers", "money.cases", "B", "77"),
        ("answers", "help.list", "A", ""),
        ("answers", "help.which", "A", "help.gold"),
    )
    content = edited(content, ("answers", "money.cases", "I", "x"), ("answers", "help.gold", "I", "y"))
    page = handed_in(browser(world, "focal_point"), world, content)
    for words in (
        "bribery.level: Perhaps is no choice",
        "bribery.law: L9 is not in the list of laws",
        "a formula is no answer, put its value there",
        "help.count stands in the file more than once",
        "help.gold: no question of this name is entrusted to you",
    ):
        assert f"refused: {words}" in page.text or words in page.text, words
    browser(world, "focal_point").post(place(world), {"token": token_of(page)})
    assert values() == {"money.practice": {"text": "kept"}, "money.cases": {"text": "x"}}


def test_other_files_are_refused_with_a_reason(world):
    client = browser(world, "focal_point")
    content = downloaded(world)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    other = {
        **parts,
        **{
            name: xml.replace(str(world.response.uuid), "0" * 8 + "-0000-4000-8000-" + "0" * 12)
            for name, xml in parts.items()
        },
    }
    old = {name: xml.replace(world.version.digest, "f" * 64) for name, xml in parts.items()}
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (60 * 1024 * 1024))
    entities = {
        **parts,
        "xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]>' + parts["xl/workbook.xml"].partition("?>")[2],
    }
    for bad, words in (
        (b"%PDF-1.7", "no .xlsx workbook"),
        (b"\xd0\xcf\x11\xe0old", "without a password"),
        (content[: len(content) // 2], "broken or cut short"),
        (packed({**parts, "xl/vbaProject.bin": "macro"}), "has macros in it"),
        (packed({"word/document.xml": "<x/>"}), "no .xlsx workbook"),
        (packed(entities), "no .xlsx workbook"),
        (bomb.getvalue(), "unpacks to more"),
        (sheets_workbook([Sheet("x", (9,), ((Cell("a"),),))]), "holds no answers"),
        (packed(other), "made for other answers"),
        (packed(old), "another version of the questionnaire"),
        (b"", "choose a file first"),
    ):
        page = handed_in(client, world, bad)
        assert page.status_code == 422, words
        assert words in page.text
    assert not Answer.objects.exists()


def test_what_was_submitted_is_locked_and_what_no_cell_holds_stays_out(world):
    save(world, "bribery.level", choice="NO")
    save(world, "bribery.plan", text="x" * 40_000)
    save(world, "money.practice", text="Checks")
    for question in ("bribery.level", "bribery.plan", "money.practice"):
        clear(world.actor("focal_point"), world.desk("focal_point"), question)
    sheets = {sheet.text(1, 1): sheet for sheet in read_workbook(downloaded(world))}
    rows = {sheets["merida:answers"].text(row, 1): row for row in sheets["merida:answers"].rows}
    assert sheets["merida:answers"].text(rows["bribery.plan"], 2) == "-"
    assert "bribery.plan" not in [
        row.question for row in returned_rows(world.desk("focal_point").form, sheets.values(), "en")
    ]
    submit(world.actor("focal_point"), world.desk("focal_point"))
    content = downloaded(world)
    xml = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet2.xml").decode()
    row = rows["money.practice"]
    assert re.search(rf'<c r="I{row}" s="(\d)"', xml)[1] == str(int(Style.FIXED))
    page = handed_in(browser(world, "focal_point"), world, edited(content, ("answers", "money.practice", "I", "other")))
    assert "The answers had been submitted" in page.text


def test_the_file_is_a_form_in_the_language_of_its_answers(world):
    save(world, "money.practice", language="ar", text="نص")
    content = downloaded(world, language="ar")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert 'rightToLeft="1"' in xml
    assert '<sheetProtection sheet="1"' in xml
    assert '<dataValidation type="list"' in xml
    assert '<col min="1" max="1" width="1" customWidth="1" hidden="1"/>' in xml
    assert "نص" in xml
    assert 'quotePrefix="1"' in styles
    assert "السؤال" in xml
    save(world, "bribery.plan", text="=1+1")
    assert f's="{int(Style.FILL_QUOTED)}" t="inlineStr"><is><t xml:space="preserve">=1+1' in (
        zipfile.ZipFile(io.BytesIO(downloaded(world))).read("xl/worksheets/sheet2.xml").decode()
    )
    assert "<f>" not in xml


def test_shared_strings_and_numbers_of_other_programs_are_read():
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"><v>7.5</v></c><c t="str"><f>1</f><v>x</v></c></row>'
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    made = packed(
        {
            "xl/workbook.xml": f'<workbook {main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="/xl/s.xml"/></Relationships>',
            "xl/s.xml": f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst {main}><si><r><t>one </t></r><r><t>two</t></r><rPh><t>zz</t></rPh></si></sst>",
        }
    )
    (sheet,) = read_workbook(made)
    assert sheet.rows == {1: {1: ("one two", False, False), 3: ("7.5", True, False), 4: ("x", False, True)}}


def test_a_workbook_with_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(sheets_read, "MOST_CELLS", 3)
    with pytest.raises(UnreadableDocument, match="more than 3 cells"):
        read_workbook(sheets_workbook([Sheet("x", (9, 9), ((Cell("a"), Cell("b")), (Cell("c"), Cell("d"))))]))


def test_few_queries_make_the_file_however_many_answers(world, django_assert_max_num_queries):
    filled(world)
    desk = world.desk("focal_point")
    with django_assert_max_num_queries(5):
        answers_workbook(desk, "en")
