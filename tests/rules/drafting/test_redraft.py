"""Drafting again keeps what people wrote."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.rules.drafting.made_up import NAMES, PERIOD, done, records

from merida.rules.drafting.outline import draft
from merida.rules.drafting.records import Sentence
from merida.rules.drafting.redraft import Kept, again, edited, first, seen, taken

SPORT = "SPORT/2019-11"


def parts(*activities):
    return draft(records(*activities), period=PERIOD, language="en", names=NAMES)


def one(kept, key=SPORT):
    return next(part for part in kept if part.key == key)


def written(kept, key=SPORT, text="As a person put it."):
    return tuple(
        replace(part, edited=True, shown=edited(part.shown, [text])) if part.key == key else part for part in kept
    )


def test_a_paragraph_nobody_touched_says_what_is_drafted_now():
    before = first(parts(done("a", titles=("Sport",))))
    now = again(before, parts(done("a", titles=("Sport",)), done("b", states=("KEN",), titles=("Sport",))))

    assert one(now).shown[0].text == "In November 2019, workshops were held in Ghana and Kenya."
    assert not one(now).changed_beneath


def test_an_edited_paragraph_stays_and_says_what_changed_beneath():
    before = written(first(parts(done("a", titles=("Sport",)))))
    now = again(before, parts(done("b", states=("KEN",), titles=("Sport",))))

    assert one(now).shown == (Sentence("As a person put it.", ("a",)),)
    assert one(now).beneath == (Sentence("In November 2019, a workshop was held in Kenya.", ("b",)),)
    assert not one(again((seen(one(now)),), parts(done("b", states=("KEN",), titles=("Sport",))))).changed_beneath
    assert taken(one(now)).shown == one(now).beneath


def test_an_edited_paragraph_whose_records_are_gone_stays_with_its_heading():
    before = written(first(parts(done("a", titles=("Sport",)))))
    now = again(before, parts())

    assert one(now).gone
    assert one(now).shown[0].text == "As a person put it."
    assert [part.key for part in now if part.level] == ["INTRODUCTION", "ACTION", "OTHER_WORK", "SPORT", "FRAMEWORK"]
    assert not one(again(tuple(seen(part) for part in now), parts())).gone
    assert taken(one(now)) is None


def test_a_paragraph_of_a_persons_own_stays_where_it_was_put():
    start = first(parts(done("a", titles=("Sport",)), done("b", "2019-12", titles=("Sport",))))
    own = Kept("own/1", "SPORT", 0, (), (Sentence("A person added this."),), edited=True)
    at = [part.key for part in start].index(SPORT) + 1
    kept = (*start[:at], own, *start[at:])

    keys = [
        part.key for part in again(kept, parts(done("a", titles=("Sport",)), done("b", "2019-12", titles=("Sport",))))
    ]
    assert keys[at - 1 : at + 2] == [SPORT, "own/1", "SPORT/2019-12"]


def test_a_line_that_stands_keeps_its_records_and_a_new_one_rests_on_none():
    before = (Sentence("First.", ("a",)), Sentence("Second.", ("b",)))

    assert edited(before, ["First.", "New.", "Second."]) == (before[0], Sentence("New."), before[1])
    assert edited(before, ["First.", "Other words."]) == (before[0], Sentence("Other words.", ("b",)))
    assert edited(before, []) == ()


def test_drafting_again_without_any_change_changes_nothing_not_even_the_order():
    drafted = parts(done("a", titles=("Introduction",)), done("b", titles=("Sport",)))

    assert [part.key for part in again(first(drafted), drafted)] == [part.key for part in drafted]


KEYS = st.sets(st.sampled_from("abcdef"))


def some(keys):
    return parts(
        *(done(key, f"2019-{11 + ord(key) % 2}", states=("KEN",), titles=("Sport",), town=key) for key in keys)
    )


@given(old=KEYS, new=KEYS, touched=st.sets(st.integers(0, 12)))
def test_no_words_of_a_person_are_ever_lost(old, new, touched):
    start = first(some(old))
    kept = tuple(
        replace(part, edited=True, shown=(Sentence(f"Own {at}"),)) if at in touched and not part.level else part
        for at, part in enumerate(start)
    )
    now = again(kept, some(new))

    assert {part.shown for part in kept if part.edited} == {part.shown for part in now if part.edited}
    untouched = [part for part in now if not part.edited and not part.level]
    fresh = {part.key: part.sentences for part in some(new)}
    assert all(part.shown == fresh[part.key] for part in untouched)
    assert again(now, some(new)) == now
