"""Reads that are remembered until the change log moves."""

import pytest
from django.db import transaction

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.actions import record_change
from merida.foundation.changes.remembering import Memory, remembered, remembered_each


class Asked:
    """A read that counts how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, name: str = "") -> str:
        self.times += 1
        return f"{name} {self.times}".strip()


def change() -> None:
    with transaction.atomic():
        record_change(SYSTEM, "RENAME", "sample:1", before=None, after=None)


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.mark.django_db(transaction=True)
def test_the_same_question_is_asked_once_until_something_changes(asked):
    read = remembered(asked)
    before = [read("a"), read("a"), read("b"), read(name="b")]
    change()

    assert [*before, read("a"), read("a")] == ["a 1", "a 1", "b 2", "b 3", "a 4", "a 4"]


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_sees_is_remembered_for_nobody(asked):
    read = remembered(asked)
    with transaction.atomic():
        inside = [read(), read()]

    assert [*inside, read(), read()] == ["1", "2", "3", "3"]


@pytest.mark.django_db(transaction=True)
def test_an_answer_of_nothing_is_remembered_too():
    calls = []
    read = remembered(lambda: calls.append(1))
    read()
    read()

    assert calls == [1]


class AskedForMany:
    """A read of things by key that notes which keys it was asked for; there is nothing under ``x``."""

    def __init__(self) -> None:
        self.keys: list[list[str]] = []

    def __call__(self, keys: list[str]) -> dict[str, str]:
        self.keys.append(keys)
        return {key: f"{key} {len(self.keys)}" for key in keys if key != "x"}


@pytest.mark.django_db(transaction=True)
def test_of_many_things_only_those_not_met_since_the_last_change_are_read():
    asked = AskedForMany()
    read = remembered_each(asked)
    found = [read(["a", "x", "a"]), read(["x", "b", "a"]), read(["a", "b", "x"])]
    change()

    assert [*found, read(["b"])] == [{"a": "a 1"}, {"b": "b 2", "a": "a 1"}, {"a": "a 1", "b": "b 2"}, {"b": "b 3"}]
    assert asked.keys == [["a", "x"], ["b"], ["b"]]


@pytest.mark.django_db(transaction=True)
def test_things_that_a_transaction_sees_are_remembered_for_nobody():
    asked = AskedForMany()
    read = remembered_each(asked)
    with transaction.atomic():
        inside = [read(["a"]), read(["a"])]

    assert [*inside, read(["a"])] == [{"a": "a 1"}, {"a": "a 2"}, {"a": "a 3"}]


@pytest.mark.django_db(transaction=True)
def test_whoever_is_asked_for_nothing_asks_nobody(django_assert_num_queries):
    asked = AskedForMany()
    with django_assert_num_queries(0):
        assert remembered_each(asked)([]) == {}
    assert asked.keys == []


def test_the_oldest_answers_go_when_there_is_no_room():
    memory = Memory(room=2)
    answers = memory.at(1)
    for name in "abc":
        memory.keep(answers, name, name)

    assert list(memory.at(1)) == ["b", "c"]
    assert memory.at(2) == {}


def test_an_answer_read_before_a_change_is_not_given_after_it():
    memory = Memory()
    before = memory.at(1)
    memory.at(2)
    memory.keep(before, "a", "old")

    assert memory.at(2) == {}
