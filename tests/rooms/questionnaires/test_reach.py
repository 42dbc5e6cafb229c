"""How far a person or a ministry is with what is entrusted: each question counts once."""

from hypothesis import given
from hypothesis import strategies as st

from merida.review.questionnaires.reach import Progress, Reach, summed

SECTION_OF = {f"{section}{number}": section for section in "ABC" for number in range(3)}
STANDING = {"A0": (True, True), "A1": (True, False), "B0": (False, False), "B1": (True, True), "C2": (True, False)}


def reach_over(sections: dict[str, Progress]) -> Reach:
    return Reach(sections, STANDING, SECTION_OF)


def sections() -> dict[str, Progress]:
    """Count what STANDING says of each section."""
    rows = {
        section: [standing for each, standing in STANDING.items() if SECTION_OF[each] == section] for section in "ABC"
    }
    return {
        section: Progress(len(held), sum(one for one, _ in held), sum(one for _, one in held))
        for section, held in rows.items()
    }


def test_a_question_within_an_entrusted_section_counts_once() -> None:
    reach = reach_over(sections())
    assert reach.of(["A", "A0", "B1"]) == Progress(3, 3, 2)
    assert reach.of(["A0", "A0"]) == Progress(1, 1, 1)


def test_nothing_that_is_asked_is_no_progress_and_not_a_hundred_per_cent() -> None:
    reach = reach_over(sections())
    assert reach.of(["C0", "unknown"]) is None
    assert reach.of_each([("Justice", ["A"]), ("Interior", ["C0"])]) == {"Justice": Progress(2, 2, 1)}


def test_two_people_of_one_ministry_are_one_and_what_they_share_counts_once() -> None:
    held = [("Justice", ["A0", "B"]), ("Audit", ["C"]), ("Justice", ["A"])]
    assert reach_over(sections()).of_each(held) == {"Justice": Progress(4, 3, 2), "Audit": Progress(1, 1, 0)}


@given(st.sets(st.sampled_from([*"ABC", *SECTION_OF])))
def test_any_parts_together_are_what_their_questions_are(scopes: set[str]) -> None:
    told = reach_over(sections()).of(scopes)
    among = [one for each, one in STANDING.items() if each in scopes or SECTION_OF[each] in scopes]
    expected = Progress(len(among), sum(one for one, _ in among), sum(one for _, one in among))
    assert (told or Progress(0, 0, 0)) == expected


def test_all_sections_together() -> None:
    assert summed(sections().values()) == Progress(5, 4, 2)
    assert summed([]) == Progress(0, 0, 0)
