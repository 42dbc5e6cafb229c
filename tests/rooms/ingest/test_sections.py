"""Country summaries: headings 1, 2, 2.1 above paragraphs without numbers, and a table of contents that is set aside."""

from tests.rooms.ingest.sample_reading import headings, sample, texts

from merida.exchange.ingest.reading import structure_of

LONG_TITLE = (
    "Opening: the laws and offices of Sample State that keep records in good order and the history of how they came "
    "about in that country over the last hundred years"
)
TOPICS = (
    "Staff who keep records; rules of conduct for them; measures for reading rooms where records are shown "
    "(arts. 7, 8 and 11)"
)


def test_headings_numbered_in_tens_and_topics_with_their_articles() -> None:
    assert headings(sample("en_country_summary")) == [
        (1, "II", "Executive summary", "u1"),
        (2, "", "Sample State", "u1"),
        (
            2,
            "1",
            LONG_TITLE,
            "u1",
        ),
        (2, "2", "Chapter II: keeping records", "u3"),
        (3, "2.1", "What the visitors saw", "u3"),
        (
            4,
            "",
            "Policies on keeping and cataloguing; offices that keep records and those that lend them (arts. 5 and 6)",
            "u3",
        ),
        (
            4,
            "",
            TOPICS,
            "u4",
        ),
        (3, "2.2", "What went well", "u5"),
        (3, "2.3", "What remains to be done", "u6"),
        (2, "3", "Chapter V: returning records", "u7"),
        (3, "3.1", "What the visitors saw", "u7"),
    ]


def test_places_of_such_headings_are_named_once_each() -> None:
    assert [h.at for h in sample("en_country_summary").headings] == [
        "h:II", "h:II(u1)", "h:II.1", "h:II.2", "h:II.2.1", "h:II.2.1(u1)", "h:II.2.1(u2)", "h:II.2.2", "h:II.2.3",
        "h:II.3", "h:II.3.1",
    ]  # fmt: skip


def test_paragraphs_below_such_headings_are_whole() -> None:
    found = texts(sample("en_country_summary"))

    assert found["u3"] == (
        "Sample State has a register of its measures (art. 5, para. 1). It is kept in a room of 2.5 metres by 3 metres."
    )
    assert found["u6"].split("\n") == [
        "It is suggested that Sample State:",
        "- Extend its rules to advisers (art. 8 (2));",
        "- Publish the lists of records.",
    ]


def test_the_table_of_contents_is_set_aside_with_its_reason() -> None:
    left_out = [
        entry.text.split(" ..")[0] for entry in sample("en_country_summary").left_out if entry.reason == "CONTENTS"
    ]

    assert left_out == ["Contents", "Page", "II. Executive summary", "Sample State"]


def test_a_sentence_that_opens_with_a_decimal_is_no_heading() -> None:
    text = "1. The room is small\n\nIt measures\n\n2.1 metres by\n\n2. The hall\n\nThe hall is large.\n"

    assert [h.number for h in structure_of(text).headings if "." in h.number] == []


def test_two_dotted_lines_in_a_form_are_no_contents_after_the_body_began() -> None:
    text = "I. Introduction\n\n1. The form has a line for the name.\n\n2. It reads as follows: Name ......... 4\n"

    assert [p.number for p in structure_of(text).paragraphs] == ["1", "2"]
