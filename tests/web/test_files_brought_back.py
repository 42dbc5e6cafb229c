"""A workbook and an offline package bring the same answers back by the same rule: one table of cases, both ways in."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from tests.answering_world import Answering, make_answering
from tests.offline_copy import PASSPHRASE, Copy
from tests.web.test_pages_workbooks import downloaded, edited

from merida.exchange.offline.packing import take_along
from merida.exchange.offline.returning import bring_back
from merida.exchange.offline.returning import judged as judged_package
from merida.exchange.offline.returning import take_in as take_package
from merida.interfaces.web.views.answer_workbooks import taken
from merida.interfaces.web.views.offline_words import page_words
from merida.review.questionnaires.answering import clear, save_answer
from merida.review.questionnaires.asking import end_delegation
from merida.review.questionnaires.judging import Around, Became, Returned, Standing, Trust, judge
from merida.review.questionnaires.models import Answer, Delegation, Response, Revision
from merida.review.questionnaires.queries import kept_aside
from merida.review.questionnaires.submitting import submit

pytestmark = pytest.mark.django_db
QUESTION, TEXT = "money.practice", "typed far away"


@pytest.fixture(autouse=True)
def _few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("merida.exchange.offline.packing.ITERATIONS", 1000)


@pytest.fixture
def world() -> Answering:
    return make_answering()


@dataclass
class Workbook:
    """Answers taken along and brought back as .xlsx."""

    world: Answering
    content: bytes = b""

    def take(self) -> None:
        self.content = downloaded(self.world, "delegate")

    def type(self, question: str, text: str) -> None:
        self.content = edited(self.content, ("answers", question, "I", text))

    def bring(self) -> list[tuple[str, str, str]]:
        actor, response = self.world.actor("delegate"), Response.objects.get(pk=self.world.response.pk)
        rehearsed = taken(actor, response, self.content, dry_run=True)
        done = taken(actor, response, self.content, dry_run=False)
        assert done == rehearsed
        return told(done)


@dataclass
class Package:
    """Answers taken along and brought back as one encrypted page."""

    world: Answering
    copy: Copy | None = None

    def take(self) -> None:
        actor, desk = self.world.actor("delegate"), self.world.desk("delegate")
        self.copy = Copy(take_along(actor, desk, PASSPHRASE, language="en", words=page_words("en")).page)

    def type(self, question: str, text: str) -> None:
        self.copy.type(question, text=text)

    def bring(self) -> list[tuple[str, str, str]]:
        actor = self.world.actor("delegate")
        returned = bring_back(actor, self.copy.export(), PASSPHRASE)
        rehearsed = judged_package(actor, returned)
        done = take_package(actor, returned.uuid)
        assert done == rehearsed
        return told(done)


def told(outcomes) -> list[tuple[str, str, str]]:
    """Return what was told of the question typed in: other rows of a workbook are unchanged."""
    assert {one.became for one in outcomes if one.row.question != QUESTION} <= {Became.UNCHANGED, Became.REFUSED}
    return [
        (one.became.value, one.aside, one.template.format(**one.values))
        for one in outcomes
        if one.row.question == QUESTION
    ]


def write(world: Answering, text: str, seen: int) -> None:
    save_answer(world.actor("focal_point"), world.response, QUESTION, {"text": text}, seen=seen)


def nothing(world: Answering) -> None:
    pass


def somebody_wrote(world: Answering) -> None:
    write(world, "typed on the site", 1)


def somebody_wrote_the_same(world: Answering) -> None:
    write(world, TEXT, 1)


def submitted(world: Answering) -> None:
    write(world, "one", 0)
    actor = world.actor("focal_point")
    save_answer(actor, world.response, "bribery.level", {"choice": "NO"}, seen=0)
    save_answer(actor, world.response, "bribery.plan", {"text": "plan"}, seen=0)
    for question in ("bribery.level", "bribery.plan", QUESTION):
        clear(actor, world.desk("focal_point"), question)
    submit(actor, world.desk("focal_point"))


def too_late(world: Answering) -> None:
    type(world.version).objects.update(takes_late=False)
    Response.objects.update(due_date="2020-01-01")


def taken_away(world: Answering) -> None:
    end_delegation(world.actor("focal_point"), Delegation.objects.get(user=world.delegate))


def never_his(world: Answering) -> None:
    Delegation.objects.filter(user=world.delegate).update(scopes=["bribery"])


CASES = {
    "as it was": (nothing, ("CHANGED", "", ""), TEXT),
    "clash": (somebody_wrote, ("ASIDE", "BOTH_WROTE", ""), "typed on the site"),
    "same words": (somebody_wrote_the_same, ("UNCHANGED", "", ""), TEXT),
    "submitted": (submitted, ("ASIDE", "SUBMITTED", ""), "one"),
    "too late": (too_late, ("ASIDE", "TOO_LATE", ""), "one"),
    "no longer entrusted": (taken_away, ("ASIDE", "NO_LONGER_ENTRUSTED", ""), "one"),
    "never entrusted": (
        never_his,
        ("REFUSED", "", "money.practice: no question of this name is entrusted to you"),
        "one",
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", [Workbook, Package])
@pytest.mark.parametrize("case", CASES)
def test_both_ways_in_judge_alike_and_lose_nothing(world, way, case):
    happens, expected, stands = CASES[case]
    write(world, "one", 0)
    file = way(world)
    file.take()
    file.type(QUESTION, TEXT)
    happens(world)
    assert file.bring() == [expected]
    assert Answer.objects.get(question=QUESTION, language="en").value == {"text": stands}
    aside = [one.value["text"] for one in kept_aside(world.desk("focal_point"), QUESTION, "en")]
    assert aside == ([TEXT] if expected[0] == "ASIDE" else [])
    count = Revision.objects.count()
    again = file.bring()
    assert again == [expected if expected[0] == "REFUSED" else ("UNCHANGED", "", "")]
    assert Revision.objects.count() == count


@pytest.mark.parametrize("way", [Workbook, Package])
def test_what_comes_in_is_a_new_revision_that_says_whence(world, way):
    file = way(world)
    file.take()
    file.type(QUESTION, TEXT)
    assert file.bring() == [("NEW", "", "")]
    assert [(one.number, one.verb, one.made_by) for one in Revision.objects.all()] == [(1, "IMPORT", world.delegate)]


@pytest.mark.parametrize(
    ("row", "standing", "expected"),
    [
        ({}, {}, ("UNCHANGED", "")),
        ({"seen": 9}, {}, ("UNCHANGED", "")),
        ({"value": {"text": "x"}, "seen": 9}, {}, ("NEW", "")),
        ({"value": {"text": "x"}, "seen": 9}, {"revision": 3, "value": {"text": "y"}}, ("ASIDE", "BOTH_WROTE")),
        ({"seen": 1}, {"revision": 1, "value": {"text": "y"}}, ("EMPTIED", "")),
        ({"value": {"text": "b"}, "seen": 1}, {"revision": 2, "value": {"text": "y"}, "base": {"text": "b"}},
         ("UNCHANGED", "")),
    ],
)  # fmt: skip
def test_a_row_is_judged_by_what_it_was_made_from(world, row, standing, expected):
    question = world.desk("focal_point").form.by_identifier[QUESTION]
    around = Around(UUID(int=1), question, Trust.NOW)
    found = judge(Returned(QUESTION, "en", **row), Standing(**standing), around)
    assert (found.became.value, found.aside) == expected


def test_a_copy_that_goes_on_from_its_own_text_may_go_back_to_what_it_began_with(world):
    question = world.desk("focal_point").form.by_identifier[QUESTION]
    mine = uuid4()
    row = Returned(QUESTION, "en", 1, {"text": "began"}, key=uuid4(), earlier=frozenset([mine]))
    standing = Standing(2, {"text": "then"}, {"text": "began"}, key=mine, keys=frozenset([mine]))
    assert judge(row, standing, Around(UUID(int=1), question, Trust.NOW)).became is Became.CHANGED
    later = Standing(3, {"text": "hers"}, {"text": "began"}, key=uuid4(), keys=frozenset([mine]))
    assert judge(row, later, Around(UUID(int=1), question, Trust.NOW)).became is Became.UNCHANGED
