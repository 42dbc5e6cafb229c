"""A PDF and an HTML page are taken in as any document: found by their words, the file kept as it came."""

import pytest
from tests.rooms.ingest.pdf_files import pdf_file
from tests.rooms.ingest.test_html import page
from tests.rooms.ingest.test_pdf import REPORT

from merida.exchange.ingest.actions import ingest_file
from merida.exchange.ingest.outcome import Result
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import search
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.files.models import StoredFile
from merida.knowledge.documents.models import Version

pytestmark = pytest.mark.django_db


def test_a_pdf_is_stored_and_found_by_its_words() -> None:
    outcome = ingest_file(SYSTEM, REPORT, "report.pdf")
    assert (outcome.result, outcome.symbol) == (Result.READ, "CAC/COSP/WG.4/2034/4")
    version = Version.objects.get()
    assert (version.encoding, version.paragraph_count) == ("pdf", 3)
    assert StoredFile.objects.get().media_type == "application/pdf"
    assert search(parse_query("asset recovery", "en")).total == 1


def test_an_html_page_is_stored_as_text_that_no_browser_runs() -> None:
    body = "<p>CAC/COSP/WG.4/2034/5</p><p>1. Fiji returned assets.</p><script>alert('nothing')</script>"
    assert ingest_file(SYSTEM, page(body), "report.html").result is Result.READ
    assert StoredFile.objects.get().media_type == "text/plain"
    assert search(parse_query("asset recovery", "en")).total == 1
    assert search(parse_query("alert", "en")).total == 0


def test_a_scan_is_refused_and_nothing_is_stored() -> None:
    outcome = ingest_file(SYSTEM, pdf_file([], scans=(0,)), "scan.pdf")
    assert (outcome.result, StoredFile.objects.count(), Version.objects.count()) == (Result.REFUSED, 0, 0)
    assert "this is a scan" in outcome.reason
