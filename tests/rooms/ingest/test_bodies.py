"""Which body a document is of: by its symbol, its printed name, or the title of the report of a meeting."""

import pytest

from merida.exchange.ingest.bodies import body_of, is_part
from merida.exchange.ingest.record import Masthead
from merida.foundation.registry.models import Body
from merida.foundation.sources.models import Source

pytestmark = pytest.mark.django_db
DAYS = ("2031-03-04", "2031-03-06")
CONFERENCE, GROUP = "Sample Conference", "Sample Group on Harbours"
REPORT = f"Report on the meeting of the {GROUP} held in Vienna"


@pytest.fixture(autouse=True)
def bodies() -> None:
    source = Source.objects.create(code="SAMPLE", kind="RECOLLECTION", citation="Sample")
    given = {"source": source, "confidence": "RECALLED"}
    above = None
    for code, stem, name in (("CONF", "X/CONF", CONFERENCE), ("GROUP", "X/CONF/WG.1", GROUP)):
        above = Body.objects.create(
            code=code, slug=code.lower(), symbol_stem=stem, names={"en": name}, parent=above, **given
        )
    Body.objects.create(code="OTHER", slug="other", symbol_stem="Y", names={"en": "Assembly"}, **given)


@pytest.mark.parametrize(
    ("symbol", "masthead", "found"),
    [
        ("X/CONF/WG.1/2031/2", Masthead(body=CONFERENCE), "GROUP"),
        ("", Masthead(body=CONFERENCE), "CONF"),
        ("", Masthead(body=CONFERENCE, title=REPORT, meeting_dates=DAYS), "GROUP"),
        ("", Masthead(title=REPORT, meeting_dates=DAYS), "GROUP"),
        ("X/CONF/2031/1", Masthead(body=CONFERENCE, title=REPORT, meeting_dates=DAYS), "CONF"),
        ("", Masthead(body=CONFERENCE, title=f"What the {GROUP} costs"), "CONF"),
        ("", Masthead(body="Assembly", title=REPORT, meeting_dates=DAYS), "OTHER"),
        ("", Masthead(title="Report on the meeting of the Assembly", meeting_dates=DAYS), ""),
    ],
    ids=["symbol", "printed", "met", "met, nothing printed", "symbol wins", "no meeting", "of another", "no part"],
)
def test_a_document_is_of_the_body_that_its_symbol_name_or_title_tells(symbol, masthead, found):
    assert body_of(symbol, masthead) == found


def test_a_body_is_part_of_the_one_that_set_it_up():
    assert [is_part("GROUP", "CONF"), is_part("CONF", "GROUP"), is_part("GROUP", "OTHER")] == [True, False, False]
