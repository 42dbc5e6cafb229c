"""Sentences in the shapes of English reports, each with what a careful reader takes from it."""

import pytest
from tests.rules.extraction.telling import rows, told, when

CORRUPTION = "United Nations Convention against Corruption"
Row = tuple[str, str, str]


def english(*texts: str) -> list[Row]:
    return rows(*texts, language="en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Expert advice on conflict-of-interest rules was given to Armenia (December 2022) and Georgia (May 2023).",
            [("2022-12", "ARM", "technical_assistance"), ("2023-05", "GEO", "technical_assistance")],
        ),
        (
            "In Nigeria, the Office trained 60 procurement officers in Abuja in November 2022.",
            [("2022-11", "NGA", "training")],
        ),
        (
            "The country visit took place in Maseru from 8 to 10 May 2022.",
            [("2022-05-08/2022-05-10", "LSO", "peer_review")],
        ),
        (
            "In February 2021, the Office donated equipment to the police of Togo.",
            [("2021-02", "TGO", "technical_assistance")],
        ),
        (
            "With the deposit of its instrument of accession by Suriname on 18 May 2021, there were more parties.",
            [("2021-05-18", "SUR", "treaty_action")],
        ),
        ("A mission to Nauru was carried out in March 2021.", [("2021-03", "NRU", "mission")]),
        ("On 12 May 2023, a public hearing was held in Skopje.", [("2023-05-12", "MKD", "meeting")]),
        (
            "Prosecutors from Ghana and Togo met in Victoria, Seychelles, from 19 to 20 May 2021.",
            [("2021-05-19/2021-05-20", "SYC", "meeting")],
        ),
        (
            "A guide was issued in February 2023 and translated into Portuguese in May 2023.",
            [("2023-02", "", "publication"), ("2023-05", "", "publication")],
        ),
    ],
)
def test_deeds_and_events_in_the_words_of_reports(text: str, expected: list[Row]) -> None:
    assert english(text) == expected


def test_two_dates_of_one_clause_part_where_the_second_deed_begins() -> None:
    text = "A manual was finalized in Bogotá in March 2021 and was subsequently presented at a webinar on 6 April 2021."
    assert english(text) == [("2021-03", "COL", "publication"), ("2021-04-06", "", "presentation")]


def test_the_state_that_leads_a_sentence_holds_for_all_its_dates() -> None:
    text = (
        "In Timor-Leste, support was given to the drafting of a law: a first round of consultations took place in Dili "
        "on 17 May 2021, a second in July 2021."
    )
    assert english(text) == [("2021-05-17", "TLS", "meeting"), ("2021-07", "TLS", "meeting")]
    elsewhere = "In Kenya, a workshop was held in May 2021, and another in Lagos in June 2021."
    assert english(elsewhere) == [("2021-05", "KEN", "workshop"), ("2021-06", "NGA", "workshop")]


@pytest.mark.parametrize("mark", [".", ":", " –"])
def test_a_state_that_opens_a_paragraph_as_a_heading_is_where_all_was_done(mark: str) -> None:
    text = (
        f"Bhutan{mark} A seminar on reporting was given in March 2023; a follow-up meeting, online, on 17 April 2023."
    )
    assert english(text) == [("2023-03", "BTN", "seminar"), ("2023-04-17", "BTN", "meeting")]


def test_places_listed_after_the_reporting_period() -> None:
    period = "The present report covers the period from July 2022 to May 2023."
    text = (
        "During the reporting period, workshops were held: in Nadi, Fiji, for island States (October 2022) and in Lima "
        "for the Andes (April 2023)."
    )
    assert english(period, text) == [("2022-10", "FJI", "workshop"), ("2023-04", "PER", "workshop")]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Ms. Lucía Sample (Uruguay) opened the meeting on 6 June 2023.", ""),
        ("Under the presidency of Italy, the Group held a meeting in March 2021.", ""),
        ("A study visit to Italy for prosecutors of Côte d'Ivoire was organized in June 2021.", "ITA"),
        ("A virtual round table with prosecutors from Cambodia was held on 14 April 2021.", "KHM"),
        ("Judges took part in a peer exchange hosted by Slovenia on 9 June 2023.", "SVN"),
        (
            "Under the Regional Programme for Afghanistan, a course for officers of Turkmenistan was held in May 2020.",
            "TKM",
        ),
        ("A workshop was held in Port of Spain on 22 September 2021.", "TTO"),
    ],
)
def test_which_state_it_was(text: str, country: str) -> None:
    assert [row[1] for row in english(text)] == [country]


def test_the_same_day_of_a_sentence_and_the_month_that_followed() -> None:
    assert english(
        "Chad signed the Convention on 16 May 2005 and deposited its instrument of ratification on the same day."
    ) == [
        ("2005-05-16", "TCD", "treaty_action"),
        ("2005-05-16", "TCD", "treaty_action"),
    ]
    assert english("Kenya hosted a meeting in December 2021. In the following month, a seminar was held in Togo.") == [
        ("2021-12", "KEN", "meeting"),
        ("2022-01", "TGO", "seminar"),
    ]


def test_a_named_day_with_its_year() -> None:
    first = "A meeting was held in Quito in March 2021."
    text = "On International Anti-Corruption Day 2022, the Office launched a hotline in Nepal."
    assert english(first, text)[1] == ("2022-12-09", "NPL", "launch")


@pytest.mark.parametrize(
    "text",
    [
        "As at 28 February 2023, voluntary contributions had been received.",
        "Prices rose from $280 in 2009 to $425 in 2012, which has provided a reason.",
    ],
)
def test_what_only_bounds_a_sum_is_no_activity(text: str) -> None:
    assert english(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Of the parties, 142 (75 per cent) had replied and at least 15 asked for more.", ["142", "75", "15"]),
        ("Some 212 out of 318 States, and 61 of 77 parties, agreed.", ["212", "318", "61", "77"]),
        ("Roughly two thirds of respondents agreed.", []),
        ("Contributions of €350,000 were made, and US$ 280 were spent.", ["350000", "280"]),
    ],
)
def test_figures(text: str, values: list[str]) -> None:
    assert [figure.value for figure in told(text, language="en").figures] == values


def asked(*texts: str, heading: str = "", items: tuple[str, ...] = ()) -> list[tuple[str, str, str, str]]:
    found = told(*texts, language="en", heading=heading, items=items).requests
    return [(r.at, r.kind, r.addressee, r.rule) for r in found]


def test_states_are_asked_by_their_names() -> None:
    assert asked("It is recommended that Lesotho adopt a strategy.") == [
        ("1", "RECOMMENDATION", "Lesotho", "request.state")
    ]
    assert asked("Lesotho is encouraged to publish plans.") == [("1", "RECOMMENDATION", "Lesotho", "request.state")]
    assert asked("It is recommended that Lesotho:", items=("Adopt a strategy;", "Train judges.")) == [
        ("1(a)", "RECOMMENDATION", "Lesotho", "request.item"),
        ("1(b)", "RECOMMENDATION", "Lesotho", "request.item"),
    ]
    assert asked("One speaker said that Lesotho was encouraged to publish plans.") == []


def test_several_are_asked_in_one_sentence() -> None:
    text = (
        "The Group encouraged States parties to reply, requested the Secretariat to write, and invited donors to give."
    )
    assert [row[2] for row in asked(text)] == ["States parties", "Secretariat", "donors"]
    text = "The Group recommended that States parties appoint staff, and that the Secretariat should update the list."
    assert [row[2:] for row in asked(text, heading="Recommendations")] == [
        ("States parties", "request.body"),
        ("Secretariat", "request.and_that"),
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("States parties that had not yet replied were requested to do so.", "States parties that had not yet replied"),
        ("It was recommended that the Secretariat compile statistics.", "Secretariat"),
        ("The Group called on law enforcement authorities to join.", "law enforcement authorities"),
        ("The Group invited relevant international organizations to help.", "relevant international organizations"),
        ("The Group urged those States that had not yet done so to accede.", "States"),
        ("States parties are encouraged to publish budgets.", "States parties"),
    ],
)
def test_who_is_asked(text: str, who: str) -> None:
    assert [row[2] for row in asked(text, heading="Recommendations")] == [who]


@pytest.mark.parametrize(
    "condition",
    [
        "where permitted by domestic law",
        "in accordance with their domestic law",
        "upon their request",
        "subject to the availability of funding",
    ],
)
def test_conditions(condition: str) -> None:
    (request,) = told(
        f"The Group urged States parties, {condition}, to reply.", language="en", heading="Conclusions"
    ).requests
    assert request.condition == condition


@pytest.mark.parametrize(
    ("text", "officers"),
    [
        (
            "The meetings were chaired by Ana Sample (Ghana) and, in her absence, by Ben Sample (Sweden), Vice-Chair.",
            [("Ana Sample", "GHA", "CHAIR"), ("Ben Sample", "SWE", "VICE_CHAIR")],
        ),
        (
            "The Group elected by acclamation Pavel Sample (Czechia) Vice-Chair and Mei Sample (Japan) Rapporteur.",
            [("Pavel Sample", "CZE", "VICE_CHAIR"), ("Mei Sample", "JPN", "RAPPORTEUR")],
        ),
        (
            "The Chair of the Working Group, Ms. Ana Sample (Peru), opened the meeting.",
            [("Ms. Ana Sample", "PER", "CHAIR")],
        ),
        ("Six meetings were held under the chairmanship of Ida Sample (Norway).", [("Ida Sample", "NOR", "CHAIR")]),
        ("The Chair of the Group of African States, Mr. Al Sample (Chad), made a statement.", []),
    ],
)
def test_officers(text: str, officers: list[tuple[str, str, str]]) -> None:
    assert [(o.name, o.country, o.role) for o in told(text, language="en").officers] == officers


def test_a_known_name_is_not_parted_at_its_and() -> None:
    text = (
        "The following intergovernmental organizations were represented by observers: Council of Europe and Organization "
        "for Security and Cooperation in Europe."
    )
    assert [o.name for o in told(text, language="en").observers] == [
        "Council of Europe",
        "Organization for Security and Cooperation in Europe",
    ]


def test_states_tell_their_practices_in_writing() -> None:
    heading = f"Boards (article 7 of the {CORRUPTION})"
    text = "Bulgaria reported that a register had been established, and Fiji mentioned a similar measure."
    (practice,) = told(text, language="en", heading=heading).practices
    assert (practice.states, practice.rule) == (("BGR", "FJI"), "practice.state")
    assert told("Bulgaria reported that it was raining.", language="en", heading=heading).practices == ()


def test_the_words_before_a_list_are_no_practice() -> None:
    text = "The following good practices were identified:"
    found = told(text, language="en", heading="Good practices", items=("A portal;", "An award.")).practices
    assert [practice.at for practice in found] == ["1(a)", "1(b)"]


def test_dates_keep_the_precision_that_reports_print() -> None:
    (first, second) = told(
        "The Office trained judges in Togo in December 2021 and held a seminar in the following month.", language="en"
    ).activities
    assert [(when(a), a.precision) for a in (first, second)] == [("2021-12", "MONTH"), ("2022-01", "INHERITED")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Staff told of a dialogue that took place in Gaborone on 16 April 2024 and of a course that began in May 2024.",
            [("2024-04-16", "BWA", "meeting"), ("2024-05", "", "training")],
        ),
        (
            "Lesotho signed the Convention on 16 May 2005 and ratified it on 5 June 2006.",
            [
                ("2005-05-16", "LSO", "treaty_action"),
                ("2006-06-05", "LSO", "treaty_action"),
            ],
        ),
        ("A panel on competition manipulation was held in Paris on 1 May 2024.", [("2024-05-01", "FRA", "meeting")]),
        ("The tenth session of the Conference was held in Atlanta in May 2023.", [("2023-05", "USA", "meeting")]),
        (
            "A mock trial was staged in Tirana on 30 April and 1 May 2023.",
            [("2023-04-30/2023-05-01", "ALB", "training")],
        ),
    ],
)
def test_what_goes_on_in_a_sentence(text: str, expected: list[Row]) -> None:
    assert english(text) == expected


def test_help_goes_on_until_something_else_is_told() -> None:
    text = (
        "Legislative advice was given to Liberia in May 2023 and to Sierra Leone in June 2023, and a meeting was held in "
        "Freetown in July 2023."
    )
    assert english(text) == [
        ("2023-05", "LBR", "legislative_assistance"),
        ("2023-06", "SLE", "legislative_assistance"),
        ("2023-07", "SLE", "meeting"),
    ]


def test_another_is_of_the_kind_told_before() -> None:
    text = "A webinar on open contracting was held on 5 May 2024. Another was held on 19 May."
    assert english(text) == [("2024-05-05", "", "seminar"), ("2024-05-19", "", "seminar")]


def test_the_state_whose_review_a_summary_opens() -> None:
    heading = (
        f"Introduction: overview of the legal framework of Chad in the context of implementation of the {CORRUPTION}"
    )
    (activity,) = told("The review was finalized on 20 May 2025.", language="en", heading=heading).activities
    assert (activity.country, activity.basis) == ("TCD", "HEADING")


def test_challenges_say_what_the_state_reviewed_should_do() -> None:
    heading = "Challenges in implementation"
    assert asked("Fiji should strengthen its appeals.", heading=heading)[0][1:3] == ("RECOMMENDATION", "Fiji")
    assert asked("Fiji may wish to conclude agreements.", heading=heading)[0][1:3] == ("RECOMMENDATION", "Fiji")
    assert asked("Fiji should strengthen its appeals.", heading="Observations") == []
