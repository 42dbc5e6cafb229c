"""A file of answers, whatever somebody with the passphrase put into it: read as texts, or refused as a whole."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.offline_copy import signed_by

from merida.exchange.offline.answers_file import Row, read_answers, rows_as_text, rows_from
from merida.exchange.offline.package_file import ANSWERS, manifest_text
from merida.exchange.offline.sealing import NotOpenedError

KEY = derive_private_key(4711, SECP256R1())
MANIFEST = manifest_text({"package": "p"}, {"q": {"en": 3}}, KEY)
FIRST, SECOND = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)


def read(answers: Any, *, package: str = "p") -> tuple[Row, ...]:
    body = json.dumps({"format": ANSWERS, "package": package, "answers": answers})
    return read_answers(signed_by(KEY, MANIFEST, "", body), package="p").rows


def row(**changed: object) -> dict[str, object]:
    return {"question": "q", "language": "en", "value": {"text": "x"}, "key": FIRST, "earlier": [SECOND], **changed}


def test_the_base_is_that_of_the_signed_manifest() -> None:
    (one,) = read([row(base=99)])
    assert (one.base, str(one.key), [str(each) for each in one.earlier]) == (3, FIRST, [SECOND])
    assert [each.base for each in read([row(language="fr"), row(question="other")])] == [0, 0]


def test_rows_wait_as_they_came() -> None:
    rows = read([row(), row(language="fr", value={"rows": [{"row": "a", "y": "\u202b1"}]})])
    assert rows_from(rows_as_text(rows)) == rows


def test_half_characters_become_question_marks() -> None:
    assert read([row(value={"text": "a\ud800b"})])[0].value == {"text": "a?b"}


@pytest.mark.parametrize(
    "strange",
    [
        row(value={"rows": [{"row": []}]}),
        row(value={"text": 3}),
        row(value=[]),
        row(key="no key"),
        row(earlier="x"),
        row(question=None),
        row(),  # the same answer twice
        {},
        "text",
    ],
)
def test_shapes_that_no_page_makes_are_refused_as_a_whole(strange: object) -> None:
    with pytest.raises(NotOpenedError, match="CHANGED"):
        read([row(), strange])


@given(ANYTHING)
@settings(deadline=None)
def test_nothing_that_is_signed_makes_it_fail_otherwise(answers: object) -> None:
    try:
        found: object = read(answers)
    except NotOpenedError as error:
        found = error.reason
    assert found in {(), "CHANGED"}


def test_answers_of_another_package_are_refused() -> None:
    with pytest.raises(NotOpenedError, match="CHANGED"):
        read([], package="another")


def test_answers_signed_with_another_key_are_refused() -> None:
    body = json.dumps({"format": ANSWERS, "package": "p", "answers": []})
    text = signed_by(derive_private_key(12, SECP256R1()), MANIFEST, "", body)
    with pytest.raises(NotOpenedError, match="CHANGED"):
        read_answers(text, package="p")
