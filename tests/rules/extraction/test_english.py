"""The same shapes in English: activities, figures and requests."""

import pytest
from tests.rules.extraction.telling import rows, told, when


def english(*texts: str) -> list[tuple[str, str, str]]:
    return rows(*texts, language="en")


def test_places_stand_before_or_behind_their_dates() -> None:
    assert english("The Office held training courses in Ghana in March 2021 and in Peru and Chile in April 2021.") == [
        ("2021-03", "GHA", "training"),
        ("2021-04", "PER", "training"),
        ("2021-04", "CHL", "training"),
    ]
    assert english("In March 2021, the Office held a workshop in Ghana.") == [("2021-03", "GHA", "workshop")]
    assert english("In Kenya, in May 2021, the Office organized a seminar for auditors.") == [
        ("2021-05", "KEN", "seminar")
    ]


def test_a_city_before_a_state_does_not_hide_it() -> None:
    (activity,) = told(
        "An expert meeting took place in Arusha, United Republic of Tanzania, in June 2021.", language="en"
    ).activities
    assert (when(activity), activity.country, activity.basis, activity.city) == ("2021-06", "TZA", "PLACE", "Arusha")


def test_and_also_begins_another_activity() -> None:
    assert english(
        "In June 2021, the Office participated in a forum held in Denmark, and presented the manual to the police of Iceland."
    ) == [("2021-06", "DNK", "conference"), ("2021-06", "ISL", "presentation")]


def test_two_sentences_in_one_with_two_dates() -> None:
    assert english(
        "The Office delivered a training course in Algeria in October 2021, and participated in a seminar, held in Sweden in December 2021."
    ) == [("2021-10", "DZA", "training"), ("2021-12", "SWE", "seminar")]


def test_counterparts_and_participants() -> None:
    assert english("In May 2021, the Office provided advice to the audit court of Uganda.") == [
        ("2021-05", "UGA", "technical_assistance")
    ]
    here = told(
        "In May 2021, the Office held a workshop in Peru for prosecutors from Chile and Brazil.", language="en"
    ).activities
    assert [(a.country, set(a.participants)) for a in here] == [("PER", {"CHL", "BRA"})]


def test_the_same_month_day_and_named_days() -> None:
    here = told(
        "In March 2021, the Office held a workshop in Ghana. In the same month, a seminar was held in Togo.",
        "On International Anti-Corruption Day, the Office launched a tool in Mongolia. On the same day, it held a workshop in Nepal.",
        language="en",
    ).activities
    assert [(when(a), a.precision, a.country) for a in here] == [
        ("2021-03", "MONTH", "GHA"),
        ("2021-03", "INHERITED", "TGO"),
        ("2020-12-09", "NAMED_DAY", "MNG"),
        ("2020-12-09", "NAMED_DAY", "NPL"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "As of March 2021, the directory listed 70 authorities.",
        "The arrangement runs until June 2021.",
        "The present report covers the period from November 2020 to February 2021.",
        "The 2021 workplan was adopted.",
        "A handbook is expected in 2022.",
    ],
)
def test_dates_that_only_bound_something_are_no_activities(text: str) -> None:
    assert english(text) == []


def test_figures() -> None:
    facts = told(
        "More than 1,250 teachers and nine schools took part in three courses. Costs rose by 12.5 per cent.",
        language="en",
    ).figures
    assert [(f.value, f.qualifier, f.unit, f.counted) for f in facts] == [
        ("1250", "MORE_THAN", "", "teachers"),
        ("9", "", "", "schools"),
        ("3", "", "", "courses"),
        ("12.5", "", "%", "Costs rose by"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 and resolution 8/2 were discussed in the third session.",
        "The two secretariats met, and these three States agreed.",
        "The Working Group should hold at least two meetings.",
        "On 5 March 2021, the meeting began.",
        "Work went on for two years.",
        "Speakers raised two technical questions.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert [f.value for f in told(text, language="en").figures] == []


def test_requests_by_who_asks() -> None:
    def asked(text: str, heading: str = "") -> list[tuple[str, str]]:
        return [(r.kind, r.addressee) for r in told(text, language="en", heading=heading).requests]

    assert asked("In that resolution, the Conference requested the Secretariat to compile the experience.") == [
        ("MANDATE_RECALLED", "Secretariat")
    ]
    assert asked(
        "The Working Group encouraged States parties to publish their budgets.", "Conclusions and recommendations"
    ) == [("RECOMMENDATION", "States parties")]
    assert asked("The Working Group took note of the progress made.", "Conclusions and recommendations") == [
        ("CONCLUSION", "")
    ]
    assert asked("The Commission may wish to invite Member States to train auditors.") == [
        ("RECOMMENDATION", "Member States")
    ]
    assert asked("One speaker called upon States parties to publish budgets.") == []


def test_places_beside_dates_in_brackets() -> None:
    assert english(
        "Workshops were organized in Doha (April 2021), Seoul (June 2021) and Florence, Italy (July 2021)."
    ) == [
        ("2021-04", "QAT", "workshop"),
        ("2021-06", "KOR", "workshop"),
        ("2021-07", "ITA", "workshop"),
    ]


def test_what_is_told_one_by_one_is_not_counted_once_more_as_a_sum() -> None:
    assert english(
        "In 2021, the Office held three audit workshops. The first was held in Quito in May, the second in Dakar in "
        "June and the third in Suva in July."
    ) == [("2021-05", "ECU", "workshop"), ("2021-06", "SEN", "workshop"), ("2021-07", "FJI", "workshop")]


def test_the_state_of_the_sentence_before() -> None:
    text = "The Office wrote a manual with the police of Ghana. In January 2021, a first seminar was held on it."
    assert english(text) == [("2021-01", "GHA", "seminar")]


def test_several_partners_do_not_hide_the_city() -> None:
    (here,) = told(
        "With Chile, Peru and Kenya, the Office held in Vienna in June 2021 a workshop.", language="en"
    ).activities
    assert (here.country, here.basis, set(here.participants)) == ("AUT", "CITY", {"CHL", "PER", "KEN"})


def test_telling_the_same_meeting_something_is_no_second_activity() -> None:
    text = "The Office attended the plenary meetings held in October 2021 and March 2022, and briefed the Group on its work."
    assert english(text) == [("2021-10", "", "meeting"), ("2022-03", "", "meeting")]


def test_sums_of_money_before_and_behind_their_sign() -> None:
    facts = told(
        "Contributions of more than $1,250,000, including $9,500 in 2021, were received.", language="en"
    ).figures
    assert [(f.value, f.unit, f.qualifier, f.counted) for f in facts] == [
        ("1250000", "dollars", "MORE_THAN", "Contributions of more than"),
        ("9500", "dollars", "", "Contributions of more than"),
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("States parties may wish to consider publishing budgets.", ("RECOMMENDATION", "States parties")),
        ("The Conference may wish to consider a new plan.", ("RECOMMENDATION", "Conference")),
        ("The Office is encouraged to continue that work.", ("RECOMMENDATION", "Office")),
        ("The Conference decided that the Group should hold two meetings.", ("MANDATE_RECALLED", "Group")),
    ],
)
def test_who_may_wish_and_who_was_told(text: str, asked: tuple[str, str]) -> None:
    assert [(r.kind, r.addressee) for r in told(text, language="en").requests] == [asked]


def test_both_ends_of_between_only_bound_something() -> None:
    assert english("The note covers what was held between August 2021, when the last was written, and May 2022.") == []


def test_a_year_at_the_end_of_what_was_done() -> None:
    assert english("Chile acceded to the Protocol in 2021.") == [("2021", "CHL", "treaty_action")]
    assert english("The evaluation looks at measures for 2021.") == []


def test_numbers_in_two_words() -> None:
    facts = told("Twenty-five participants met thirty-one officials.", language="en").figures
    assert [(f.value, f.counted) for f in facts] == [
        ("25", "participants met thirty-one officials"),
        ("31", "officials"),
    ]


def test_what_states_should_do_is_asked_only_in_recommendations() -> None:
    def asked(heading: str) -> list[tuple[str, str]]:
        text = "In this regard, States parties should train auditors."
        return [(r.kind, r.addressee) for r in told(text, language="en", heading=heading).requests]

    assert asked("Recommendations adopted by the Working Group") == [("RECOMMENDATION", "States parties")]
    assert asked("Summary of deliberations") == []


def test_a_session_of_the_conference_is_a_meeting() -> None:
    text = "At its second session, held in Doha in March 2021, the Conference adopted resolution 2/1."
    assert english(text) == [("2021-03", "QAT", "meeting")]


def test_dates_and_places_told_respectively_pair_up() -> None:
    assert english("The Office held workshops in Ghana and Peru in March and May 2021, respectively.") == [
        ("2021-03", "GHA", "workshop"),
        ("2021-05", "PER", "workshop"),
    ]
    assert english("In June and October 2021, briefings were held in Vienna and New York, respectively.") == [
        ("2021-06", "AUT", "meeting"),
        ("2021-10", "USA", "meeting"),
    ]


def test_a_mission_to_a_city_that_followed() -> None:
    text = "Following a request by Malawi, a legal review was made in May 2021, with a follow-up mission to Lilongwe in July 2021."
    assert english(text) == [("2021-05", "MWI", "legislative_assistance"), ("2021-07", "MWI", "mission")]


def test_what_the_group_requests_as_it() -> None:
    text = "The Group welcomed the report. It requested the Secretariat to go on."
    asked = told(text, language="en", heading="Conclusions and recommendations").requests
    assert [(r.kind, r.addressee) for r in asked] == [("RECOMMENDATION", "Secretariat")]


def test_figures_by_year_and_in_millions() -> None:
    facts = told(
        "Of 90 States, 35 had named an authority. Cases rose from 120 in 2019 to 310 in 2021; 3.5 million people came.",
        language="en",
    ).figures
    assert [f.value for f in facts] == ["90", "35", "120", "310", "3500000"]
    assert facts[-1].counted == "people came"


def test_the_date_of_a_law_or_letter_is_not_that_of_an_activity() -> None:
    assert english("Law No. 12 of 15 April 2021 was presented in a seminar in Quito in July 2021.") == [
        ("2021-07", "ECU", "presentation")
    ]
    assert english("In its resolution 7/1 of 3 May 2021, the Conference agreed on a workshop.") == []


@pytest.mark.parametrize(
    "condition",
    [
        "subject to the availability of extrabudgetary resources",
        "subject to extrabudgetary contributions",
        "within the existing overall resources",
        "upon request",
    ],
)
def test_conditions_are_kept_as_printed(condition: str) -> None:
    text = f"The Working Group requested the Secretariat, {condition}, to prepare a guide."
    (request,) = told(text, language="en", heading="Conclusions and recommendations").requests
    assert request.condition == condition


@pytest.mark.parametrize(
    ("language", "heading", "text", "condition"),
    [
        (
            "en",
            "Conclusions and recommendations",
            "The Group encouraged the Secretariat, upon request and subject to available resources, to train judges.",
            "upon request; subject to available resources",
        ),
        (
            "zh",
            "结论和建议",
            "工作组鼓励秘书处根据请求并在有预算外资源可供利用的前提下，培训法官。",
            "根据请求；在有预算外资源可供利用的前提下",
        ),
    ],
)
def test_every_condition_of_a_request_is_kept(language: str, heading: str, text: str, condition: str) -> None:
    (request,) = told(text, language=language, heading=heading).requests
    assert request.condition == condition


def test_a_condition_of_the_introduction_holds_for_its_items() -> None:
    text = "The Working Group requested the Secretariat, subject to the availability of resources:"
    items = ("To prepare a guide;", "To train officers, upon request.")
    found = told(text, language="en", heading="Conclusions and recommendations", items=items).requests
    assert [(one.at, one.condition) for one in found] == [
        ("1(a)", "subject to the availability of resources"),
        ("1(b)", "upon request"),
    ]
