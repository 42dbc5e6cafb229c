"""A text taken in fills the inbox; read again, it proposes nothing twice and leaves what a person decided."""

import pytest

from merida.exchange.curation.actions import accept, reject
from merida.exchange.curation.models import Proposal
from merida.exchange.ingest.actions import ingest_file
from merida.exchange.ingest.again import held_versions, read_again
from merida.exchange.ingest.outcome import Result
from merida.foundation.access.models import Audience, Workspace
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.actions import load_reference_data
from merida.knowledge.documents.models import Version
from merida.knowledge.observatory.models import Activity

TEXT = """联合国
CAC/COSP/SAMPLE/2021/9
Distr.: General
1 March 2021
Chinese
Original: English

样例会议

秘书处的报告

一. 引言

1. 2019年11月，秘书处在斐济举办了一次关于采购的讲习班。

2. 秘书处开展了以下活动：
(a) 2019年12月，在加纳举办了一次培训；
(b) 2020年2月31日，在肯尼亚举办了一次会议。
"""


@pytest.fixture
def taken_in(db):
    return ingest_file(SYSTEM, TEXT.encode(), "sample.txt")


def activities():
    return Proposal.objects.filter(kind="ACTIVITY").order_by("position", "start")


def test_what_a_text_tells_waits_at_its_place_items_too(taken_in):
    workshop, training = activities()[:2]
    assert taken_in.counts["proposals"] == Proposal.objects.count() >= 2
    assert (workshop.values["type"], workshop.values["date_from"], workshop.values["states"]) == (
        "WORKSHOP",
        "2019-11",
        ["FJI"],
    )
    assert (training.values["type"], training.values["date_from"], training.place) == ("TRAINING", "2019-12", "2(a)")
    for one in Proposal.objects.select_related("paragraph"):
        assert one.paragraph.text[one.start : one.end] == one.words
        assert one.rule
    assert not any(one.values["date_from"].startswith("2020-02") for one in activities())  # no 31 February


def test_taken_in_again_nothing_is_proposed_twice(taken_in):
    before = list(Proposal.objects.values())
    assert ingest_file(SYSTEM, TEXT.encode(), "sample.txt").result is Result.UNCHANGED
    assert list(Proposal.objects.values()) == before


def test_read_again_decisions_stay_and_paragraphs_come_back(taken_in):
    load_reference_data(SYSTEM)
    workshop, training = activities()[:2]
    accept(SYSTEM, workshop.uuid, revision=0)
    reject(SYSTEM, training.uuid, revision=0)
    fields = ("uuid", "state", "values", "decided_values", "revision", "withdrawn_at", "start", "words")
    before = list(Proposal.objects.order_by("pk").values(*fields))
    (number,) = held_versions(outdated=False)
    outcome = read_again(SYSTEM, number)

    assert outcome.counts["proposals"] == 0
    assert list(Proposal.objects.order_by("pk").values(*fields)) == before
    assert not Proposal.objects.filter(paragraph=None).exists()
    assert Activity.objects.get().paragraph.place == "1"


def test_a_superseded_text_proposes_nothing(taken_in):
    before = Proposal.objects.count()
    earlier = TEXT.replace("1 March 2021", "1 March 2019").replace("斐济", "汤加")
    ingest_file(SYSTEM, earlier.encode(), "earlier.txt")
    assert Version.objects.count() == 2
    assert Proposal.objects.count() == before


def test_what_a_restricted_text_tells_is_as_restricted(db):
    room = Workspace.objects.create(code="room", title="Room")
    ingest_file(SYSTEM, TEXT.encode(), "sample.txt", audience=Audience.RESTRICTED, workspace=room)
    assert set(Proposal.objects.values_list("version__document__audience", flat=True)) == {"RESTRICTED"}
