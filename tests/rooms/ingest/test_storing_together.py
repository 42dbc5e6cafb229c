"""Two hands taking in the same files at the same moment: each document once, nothing lost, no error."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from merida.exchange.ingest.actions import ingest_file
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.models import Change
from merida.knowledge.documents.models import Document, Paragraph, Version

TEXT = """CAC/COSP/SAMPLE/2021/{number}

United Nations Convention against Corruption Conference of the States Parties

Distr.: General
1 March 2021
{language}
Original: English

1. Text {number} names Tonga.

2. It ends here.
"""


def take_in(content: bytes) -> str:
    try:
        return str(ingest_file(SYSTEM, content, "sample.txt").result)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_same_files_taken_in_twice_at_once_are_held_once(settings: Any) -> None:
    settings.SEAL_AFTER_COMMIT = False
    files = [TEXT.format(number=number, language="English").encode() for number in range(1, 9)]
    with ThreadPoolExecutor(4) as hands:
        results = sorted(hands.map(take_in, [*files, *reversed(files)]))
    assert results == ["READ"] * 8 + ["UNCHANGED"] * 8
    assert (Document.objects.count(), Version.objects.count()) == (8, 8)
    assert Change.objects.count() == 16  # each document, and what it proposes
    assert Paragraph.objects.filter(kind="PARAGRAPH").count() == 16


@pytest.mark.django_db(transaction=True)
def test_two_language_versions_arriving_at_once_are_one_document(settings: Any) -> None:
    settings.SEAL_AFTER_COMMIT = False
    files = [
        TEXT.format(number=number, language=language).encode()
        for number in range(1, 7)
        for language in ("English", "French")
    ]
    with ThreadPoolExecutor(4) as hands:
        results = list(hands.map(take_in, files))
    assert results == ["READ"] * 12
    assert (Document.objects.count(), Version.objects.count()) == (6, 12)
