"""HTML pages are read as they are shown; what is hidden or hostile is no text, and nothing is fetched."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.ingest.sample_reading import texts

from merida.exchange.ingest.decoding import decode
from merida.exchange.ingest.reading import read
from merida.exchange.ingest.unreadable import UnreadableDocument


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def text(body: str) -> str:
    return decode(page(body), "a.html").text.strip()


def left_out(body: str) -> list[tuple[str, str]]:
    return [(entry.reason, entry.text) for entry in decode(page(body), "a.html").left_out]


def test_paragraphs_items_and_notes_of_a_page() -> None:
    body = (
        "<p>CAC/COSP/WG.4/2034/4</p><h1>Sample report</h1><ol><li>Fiji was visited<sup><a href='#fn1'>1</a></sup>.</li>"
        "<li>The group was:<ol type=a><li>To advise;</li><li>To report.</li></ol></li></ol>"
        "<ol><li id=fn1>See www.example.org/a.</li></ol>"
    )
    record = read(page(body), "a.html")
    found = texts(record.structure)
    assert {place: found[place] for place in ("1", "2", "2(a)", "2(b)")} == {
        "1": "Fiji was visited.",
        "2": "The group was:",
        "2(a)": "To advise;",
        "2(b)": "To report.",
    }
    assert [(note.number, note.text) for note in record.structure.footnotes] == [("1", "See www.example.org/a.")]
    assert record.structure.masthead.symbol == "CAC/COSP/WG.4/2034/4"


def test_a_list_goes_on_from_the_number_that_is_printed() -> None:
    assert text("<ol start=7><li>A<li value=12>B<li>C</ol>").split("\n\n") == ["7. A", "12. B", "13. C"]


def test_rows_of_a_table_stay_rows() -> None:
    assert text("<table><tr><th>State<th>Year<tr><td>Fiji<td>2008</table>").split("\n") == [
        "\ufdd2State | Year",
        "\ufdd2Fiji | 2008",
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert('x')</script>",
        "<style>p{}</style>",
        "<iframe src='https://example.org'></iframe>",
        "<svg><script>x</script><text>x</text></svg>",
        "<object data='file:///etc/passwd'>x</object>",
        "<img src=x onerror=alert(1)>",
        "<p onclick='alert(1)'></p>",
        "<textarea>x</textarea><template><p>x</p></template><noscript>x</noscript>",
        "<math><mtext>x</mtext></math>",
    ],
)
def test_nothing_but_text_is_read(hostile: str) -> None:
    assert text(f"<p>Before.</p>{hostile}<p>After.</p>").split("\n\n") == ["Before.", "After."]


def test_what_is_hidden_or_around_the_text_is_listed_not_read() -> None:
    body = (
        "<nav>Menu</nav><p hidden>One</p><p style='DISPLAY : none'>Two</p><p aria-hidden=true>Three</p>"
        "<p>See <a href='javascript:alert(1)'>here</a>.</p><img alt='A map'><footer>Foot</footer>"
    )
    assert text(body) == "See here."
    assert left_out(body) == [
        ("PAGE_FURNITURE", "Menu"),
        ("HIDDEN", "One"),
        ("HIDDEN", "Two"),
        ("HIDDEN", "Three"),
        ("LINK_TARGET", "javascript:alert(1)"),
        ("PICTURE", "A map"),
        ("PAGE_FURNITURE", "Foot"),
    ]


def test_the_main_part_alone_is_read_where_a_page_names_it() -> None:
    body = "<div>Other reports</div><div><main><p>The text.</p></main><p>Share</p></div>"
    assert text(body) == "The text."
    assert left_out(body) == [("OUTSIDE_MAIN_PART", "Other reports"), ("OUTSIDE_MAIN_PART", "Share")]


def test_markup_that_is_shown_as_text_stays_text() -> None:
    assert text("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>") == "<script>alert(1)</script> & more"


def test_marks_of_the_reading_cannot_be_brought_in_from_outside() -> None:
    assert text("<p>&#xfdd2;A &#xfdd0;1&#xfdd1; B</p>") == "A 1 B"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (page("<div>" * 100_000 + "deep"), "TOO_DEEP"),
        (page("<table><tr><td>a<td>" * 5_000), "TOO_DEEP"),
        (page(""), "EMPTY"),
        (b"<html>", "EMPTY"),
        (page("<p>a\x00b</p>"), "NUL"),
        (b"<html><body><p>a \xff\xfe\x81 b</p>", "UNKNOWN_ENCODING"),
    ],
)
def test_what_cannot_be_read_is_named(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableDocument) as error:
        decode(content, "a.html")
    assert error.value.code == code


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<html><head><meta charset=windows-1251></head><body><p>Отчёт</p>".encode("cp1251"), ("Отчёт", "html cp1251")),
        ("<html><head><meta charset=gb2312></head><body><p>报告</p>".encode("gbk"), ("报告", "html gb18030")),
        ("<html><body><p>Bericht über</p>".encode("utf-16"), ("Bericht über", "html utf-16")),
        # A page names no codec of ours: one that unpacks or computes is never called.
        (b"<html><meta charset=zlib_codec><body><p>x</p>", ("x", "html utf-8")),
        (b"<html><meta charset=unicode_escape><body><p>\\u0041</p>", ("\\u0041", "html utf-8")),
    ],
)
def test_what_a_page_says_of_its_encoding(content: bytes, found: tuple[str, str]) -> None:
    source = decode(content, "a.html")
    assert (source.text.strip(), source.encoding) == found


def test_plain_text_that_speaks_of_markup_is_plain_text() -> None:
    assert decode(b"1. The tag <p> opens a paragraph.", "a.txt").encoding == "utf-8"


@given(st.text(alphabet="<>/&;#x'\" =abpdivtrolsh\n", max_size=200))
def test_any_markup_gives_text_or_a_clear_error(markup: str) -> None:
    with contextlib.suppress(UnreadableDocument):
        source = decode(page(f"<p>Known.</p>{markup}"), "a.html")
        assert source.encoding == "html utf-8"


def test_a_heading_of_a_page_that_counts_as_paragraphs_do_is_one() -> None:
    body = "<h2>I. Records</h2><h3>1. Keeping</h3><p>1. Records were kept.</p><h3>2. Use</h3><p>2. They were used.</p>"
    structure = read(page(body), "a.html").structure
    assert [(h.level, h.number, h.title) for h in structure.headings] == [
        (1, "I", "Records"),
        (3, "1", "Keeping"),
        (3, "2", "Use"),
    ]
    assert texts(structure) == {"1": "Records were kept.", "2": "They were used."}


def test_typed_deleted_and_embedded_words_are_listed_not_lost() -> None:
    content = page(
        '<p>1. The text <del>was</del><ins>is</ins> here.</p><form><input value="Sample State"><textarea>Typed.</textarea>'
        "<select><option>one</option><option selected>two</option></select><input type=password value=secret></form>"
        '<svg><text>In a drawing</text></svg><p style="font-size:0">unseen</p><p style="font-size:0.9em">2. Seen.</p>'
    )
    found = decode(content, "a.html")
    assert [line for line in found.text.splitlines() if line] == ["1. The text is here.", "2. Seen."]
    assert [(one.reason, one.text) for one in found.left_out] == [
        ("TRACKED_DELETION", "was"),
        ("FORM_FIELD", "Sample State"),
        ("FORM_FIELD", "Typed."),
        ("FORM_FIELD", "two"),
        ("EMBEDDED", "In a drawing"),
        ("HIDDEN", "unseen"),
    ]


def test_a_page_that_says_latin_and_is_written_in_utf8_is_read_as_utf8() -> None:
    content = (
        '<html><head><meta charset="iso-8859-1"></head><body><p>Déjà vu à l\u2019école.</p></body></html>'.encode()
    )
    found = decode(content, "a.html")
    assert (found.text.strip(), found.encoding) == ("Déjà vu à l\u2019école.", "html utf-8")
    assert [notice.code for notice in found.notices] == ["ENCODING"]


def test_a_tag_of_very_many_attributes_is_refused_at_once() -> None:
    attributes = " ".join(f"a{n}=1" for n in range(100_000))
    with pytest.raises(UnreadableDocument, match="more than 2,000 attributes"):
        decode(page(f"<p {attributes}>1. text</p>"), "a.html")
