"""Documents inside documents: country summaries numbered 1, 2, 2.1, tables of contents, texts of resolutions."""

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


def test_the_numbers_of_a_report_go_on_after_the_resolutions_that_it_quotes() -> None:
    structure = sample("en_resolutions")

    assert [(p.at, p.number) for p in structure.paragraphs if p.number] == [
        ("1", "1"), ("12/1:1", "1"), ("12/1:2", "2"), ("12/2:1", "1"), ("2", "2"), ("3", "3"), ("4", "4"),
    ]  # fmt: skip
    assert [(h.at, h.title, h.first_paragraph) for h in structure.headings] == [
        ("h:I", "Resolutions and decisions", "1"),
        ("h:I.A", "Resolutions", "1"),
        ("h:12/1", "Resolution 12/1 Open records", "u1"),
        ("h:12/2", "Resolution 12/2 Lost records", "u2"),
        ("h:I.B", "Decisions", "2"),
        ("h:12/1(2)", "Decision 12/1 Place of the thirteenth session", "u3"),
        ("h:II", "Introduction", "3"),
        ("h:III", "Attendance", "4"),
    ]


def test_a_resolution_of_its_own_begins_with_the_body_that_speaks() -> None:
    text = (
        "General Assembly                    Distr.: General\n                    14 February 2037\n\n"
        "Ninety-first session\nAgenda item 109\n\nResolution adopted by the General Assembly on 17 December 2036\n\n"
        "[on the report of the Third Committee (A/91/590)]\n\n91/191. Open records\n\nThe General Assembly,\n\n"
        "Welcoming the offer made by Fiji,\n\n1. Decides to hold a meeting;\n\n2. Thanks Fiji.\n"
    )
    structure = structure_of(text)

    assert (structure.masthead.title, structure.masthead.date) == ("91/191. Open records", "2037-02-14")
    assert [(p.at, p.text) for p in structure.paragraphs] == [
        ("u1", "The General Assembly, Welcoming the offer made by Fiji,"),
        ("1", "Decides to hold a meeting;"),
        ("2", "Thanks Fiji."),
    ]
