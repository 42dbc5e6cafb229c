"""Both back ends find the same: what each query of this list must find, on whatever database the tests run."""

import os
import random
import sqlite3

import psycopg
import pytest
from benchmarks.corpus import paragraphs
from django.db import connection

from merida.exchange.search import fts5, postgresql
from merida.exchange.search.analysis import row
from merida.exchange.search.backend import backend
from merida.exchange.search.entry import DOCUMENT, PARAGRAPH, STATE, EntryData
from merida.exchange.search.index import delete_entries, put_entries
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import search
from merida.exchange.search.query import Filters
from merida.rules.languages.words import is_indexed, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def paragraph(key, language, text, **more):
    return EntryData(f"paragraph:{key}", PARAGRAPH, language, f"sample, {key}", text, **more)


ENTRIES = [
    paragraph(
        "en1", "en", "The State's whistle-blowers were protected.", states=("GHA",), provisions=("UNCAC 33",), year=2019
    ),
    paragraph("en2", "en", "Protecting witnesses and victims; asset recovery.", states=("KEN", "GHA"), year=2020),
    paragraph("en3", "en", "Organised crime and the recovery of assets.", provisions=("UNCAC 13(1)(c)",), year=2021),
    paragraph("en4", "en", "A sealed draft on asset recovery.", visibility="R7", states=("GHA",)),
    paragraph("fr1", "fr", "L’intégrité des juges et la mise en œuvre.", states=("FRA",), year=2020, document="d1"),
    paragraph("es1", "es", "Las declaraciones de bienes de los países.", year=2020, document="d1"),
    paragraph("ru1", "ru", "Государства-участники улучшили учёт; органы работают.", year=2021),
    paragraph("ar1", "ar", "المبلِّغون عن الفساد ومُكافحته في الإجراءات.", year=2021),
    paragraph("zh1", "zh", "缔约国会议通过了第8/8号决议,要求加强资产申报。", provisions=("UNCAC 8",), year=2019),
    paragraph("zh2", "zh", "反腐败机构与UNODC合作，依法采购。", year=2020),
    paragraph("zh3", "zh", "国会审议了预算法", states=("GHA",)),
    EntryData("state:GHA", STATE, "en", "Ghana", "Republic of Ghana", states=("GHA",)),
    EntryData("state:GHA", STATE, "zh", "加纳", "加纳共和国", states=("GHA",)),
    EntryData("document:d1", DOCUMENT, "en", "Report of the O'Neill panel \\ 2020", "CAC/COSP/2020/4", year=2020),
]

CASES = [
    ("protect", "en", {}, "en1 en2"),
    ("whistleblower", "en", {}, "en1"),
    ("whistle-blowers protected", "en", {}, "en1"),
    ("protected victims recovery", "en", {}, "en2"),
    ('"recovery of assets"', "en", {}, "en3"),
    ('"asset recovery"', "en", {}, "en2"),
    ("asset recovery", "en", {}, "en2 en3"),
    ("organized", "en", {}, "en3"),
    ("organi*", "en", {}, "en3"),
    ("recov*", "en", {"years": (2020,)}, "en2"),
    ("", "en", {"states": ("GHA",), "kinds": (PARAGRAPH,)}, "en1 en2 zh3"),
    ("ghana", "en", {"kinds": (PARAGRAPH,)}, ""),
    ("recovery", "en", {"kinds": (PARAGRAPH,)}, "en2 en3"),
    ("recovery", "en", {"kinds": (PARAGRAPH,), "states": ("GHA",)}, "en2"),
    ("2020", "en", {"kinds": (PARAGRAPH, STATE)}, ""),
    ("2020", "en", {"kinds": (PARAGRAPH, DOCUMENT)}, "document:d1"),
    ("", "en", {"states": ("GHA", "FRA"), "years": (2019, 2020)}, "en1 en2 fr1"),
    ("", "en", {"provisions": ("UNCAC 13",)}, "en3"),
    ("", "en", {"provisions": ("UNCAC 13(1)",)}, "en3"),
    ("", "en", {"provisions": ("UNCAC 1",)}, ""),
    ("", "en", {"documents": ("d1",)}, "fr1 es1"),
    ("asset", "en", {"provisions": ("UNCAC 13(1)(c)",), "languages": ("en",)}, "en3"),
    ("integrite", "fr", {}, "fr1"),
    ("oeuvre", "fr", {}, "fr1"),
    ('"mise en œuvre"', "ar", {}, "fr1"),
    ("declaración", "zh", {}, "es1"),
    ("pais", "es", {}, "es1"),
    ("учет", "en", {}, "ru1"),
    ("государство-участник", "ru", {}, "ru1"),
    ("орган", "ru", {}, "ru1"),
    ("مكافحة", "ar", {}, "ar1"),
    ("اجراء", "en", {}, "ar1"),
    ("国会", "zh", {}, "zh3"),
    ("缔约国会议", "en", {}, "zh1"),
    ("法", "zh", {}, "zh2 zh3"),
    ("8/8号", "zh", {}, "zh1"),
    ("第8/8号决议 资产申报", "zh", {}, "zh1"),
    ("腐败", "zh", {}, "zh2"),
    ("UNODC合作", "zh", {}, "zh2"),
    ("unodc", "fr", {}, "zh2"),
    ("ghana", "fr", {}, "state:GHA"),
    ("加纳", "en", {}, "state:GHA"),
    ("o'neill", "en", {}, "document:d1"),
    ("CAC/COSP/2020/4", "en", {}, "document:d1"),
    ('"panel 2020 CAC"', "en", {}, ""),
    ("the", "en", {}, "en1 en3 document:d1"),
    ("nothing written like this", "en", {}, ""),
    ("\\ ' : & | ! <-> ( ) *", "en", {}, ""),
]


def test_words_among_paragraphs_do_not_read_the_list_of_all_paragraphs():
    asked = fts5.match(parse_query("recovery", "en", filters=Filters(kinds=(PARAGRAPH,))), frozenset({"PUBLIC"}))
    assert ("k:paragraph" in asked, "k:document" in asked) == (False, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"all"', ""),
        ('"restricted"', ""),
        ('"all k"', ""),
        ('"all restricted"', ""),
        ("en*", "fr1"),
        ("al*", ""),
        ("restr*", ""),
        ("k*", ""),
    ],
)
def test_what_the_index_keeps_beside_words_is_no_word(text, expected, library):
    """Tags (all, restricted, k:paragraph) and stems (en_asset) lie in the same index; nobody wrote them."""
    assert found(text, "en", {}, None) == refs(expected)


def refs(listed):
    return {one if ":" in one else f"paragraph:{one}" for one in listed.split()}


def found(text, language, filters, visible=frozenset({"PUBLIC"})):
    query = parse_query(text, language, filters=Filters(**filters))
    results = search(query, visible=visible, top=100)
    assert results.total == len(results.hits)
    return {hit.ref for hit in results.hits}


@pytest.fixture
def library():
    assert put_entries(ENTRIES) == len(ENTRIES)


@pytest.mark.parametrize(("text", "language", "filters", "expected"), CASES)
def test_finds_exactly_these_entries(text, language, filters, expected):
    assert found(text, language, filters) == refs(expected)


def test_a_restricted_entry_is_found_by_its_readers_only():
    assert found("asset recovery", "en", {}) == refs("en2 en3")
    assert found("asset recovery", "en", {}, frozenset({"PUBLIC", "R8"})) == refs("en2 en3")
    assert found("asset recovery", "en", {}, frozenset({"PUBLIC", "R7"})) == refs("en2 en3 en4")
    assert found("asset recovery", "en", {}, frozenset({"R7"})) == refs("en4")
    assert found("asset recovery", "en", {}, frozenset()) == set()
    assert found("asset recovery", "en", {}, None) == refs("en2 en3 en4")


def test_a_changed_text_is_found_by_its_new_words_only():
    assert put_entries([paragraph("en1", "en", "Customs officers were trained.")]) == 1
    assert found("whistleblower", "en", {}) == set()
    assert found("", "en", {"provisions": ("UNCAC 33",)}) == set()
    assert found("customs", "en", {}) == refs("en1")


def test_a_withdrawn_entry_is_gone_in_all_its_languages():
    assert delete_entries(["state:GHA", "paragraph:zh3"]) == 3
    assert found("ghana", "en", {}) == set()
    assert found("国会", "zh", {}) == set()


def other_server():
    """A connection to the PostgreSQL of DATABASE_URL or MERIDA_TEST_DATABASE; None when there is none."""
    address = os.environ.get("MERIDA_TEST_DATABASE") or os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        return None
    return psycopg.connect(address, autocommit=True)


def drawn_queries(entries, number):
    """Words, pairs, stretches and beginnings taken from the paragraphs themselves, seeded."""
    chance = random.Random(3)  # noqa: S311
    for entry in chance.choices(entries, k=number):
        found = [word for word in words(entry.language, entry.text) if is_indexed(word)]
        one, two = (entry.text[word.start : word.end] for word in chance.choices(found, k=2))
        start = chance.randrange(max(1, len(entry.text) - 12))
        stretch = entry.text[start : start + 12]
        for text in (one, f"{one} {two}", f'"{stretch}"', f"{one[:3]}*", stretch, one[0]):
            yield parse_query(text, entry.language)
            yield parse_query(text, "en", filters=Filters(states=entry.states, years=(entry.year,)))


@pytest.mark.postgresql
@pytest.mark.parametrize("corpus", ["listed", "drawn"])
def test_the_two_back_ends_find_the_same_sets(corpus):
    """Both asked directly with the same rows: FTS5 in memory, PostgreSQL in a temporary table."""
    server = other_server()
    if server is None:
        pytest.skip("no PostgreSQL given by DATABASE_URL or MERIDA_TEST_DATABASE")
    if corpus == "listed":
        entries, queries = ENTRIES, [parse_query(text, page, filters=Filters(**more)) for text, page, more, _ in CASES]
    else:
        entries = list(paragraphs(400))
        queries = list(drawn_queries(entries, 30))
    rows = [row(number, entry) for number, entry in enumerate(entries, start=1)]
    memory, some = in_memory(rows), 0
    with server, server.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE both_entries (id int, tokens tsvector)")
        cursor.executemany(
            "INSERT INTO both_entries VALUES (%s, %s::tsvector)", [(one.number, postgresql.vector(one)) for one in rows]
        )
        for query in queries:
            for visible in (None, frozenset({"PUBLIC"}), frozenset({"PUBLIC", "R7"}), frozenset({"R7"})):
                asked = fts5.match(query, visible)
                embedded = memory.execute("SELECT rowid FROM search_tokens WHERE search_tokens MATCH ?", [asked])
                hits = {number for (number,) in embedded}
                asked = postgresql.match(query, visible)
                cursor.execute("SELECT id FROM both_entries WHERE tokens @@ %s::tsquery", [asked])
                assert hits == {number for (number,) in cursor.fetchall()}, query.text
                some += bool(hits)
    assert some > len(queries)


def in_memory(rows):
    memory = sqlite3.connect(":memory:")
    memory.execute(fts5.CREATE)
    memory.executemany(
        "INSERT INTO search_tokens(rowid, surface, stems, tags) VALUES (?, ?, ?, ?)",
        [(one.number, " ".join(one.surfaces), " ".join(one.stems), " ".join(one.tags)) for one in rows],
    )
    return memory


def test_the_back_end_is_that_of_the_database():
    assert backend() is {"sqlite": fts5, "postgresql": postgresql}[connection.vendor]
