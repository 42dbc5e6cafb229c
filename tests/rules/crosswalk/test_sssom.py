"""SSSOM files: what goes out comes in again, and what cannot be read is named by its line."""

from contextlib import suppress

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from merida.rules.crosswalk.relations import Relation
from merida.rules.crosswalk.sssom import Shared, SssomError, identifier, key_of, read, written

KEYS = st.builds("{} {}".format, st.sampled_from(["UNCAC", "FATF", "EU_ACD"]), st.text("0123456789().-:Ré%/ ", min_size=1).map(str.strip).filter(bool))  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=40).map(
    lambda text: " ".join(text.split())
)
MAPPINGS = st.builds(
    Shared,
    code=st.from_regex(r"[A-Z][0-9]{1,4}", fullmatch=True),
    left=st.lists(KEYS, min_size=1, max_size=3, unique=True).map(tuple),
    relation=st.sampled_from([one.value for one in Relation]),
    right=st.lists(KEYS, min_size=1, max_size=3, unique=True).map(tuple),
    strength=st.sampled_from(["HIGH", "MEDIUM", "LOW"]),
    kinds=st.sampled_from([(), ("LAW",), ("LAW", "MEASURES")]),
    differs=WORDS,
    reuse_forward=st.just("SUGGEST"),
    reuse_backward=st.just("NONE"),
    from_date=st.sampled_from(["", "2021-11-26"]),
)


def text_of(mappings: list[Shared]) -> str:
    return "".join(written(mappings, base="https://w3id.org/sample/", title="Sample", version="2026-11-27"))


@settings(deadline=None)  # a slow machine is no error
@given(st.lists(MAPPINGS, max_size=5, unique_by=lambda one: one.code))
def test_what_is_written_reads_back_the_same(mappings: list[Shared]) -> None:
    found, refused = read(text_of(mappings))
    assert refused == []
    plain = [{name: getattr(one, name) for name in Shared.__slots__ if name not in {"line", "labels"}} for one in found]
    assert plain == [
        {name: getattr(one, name) for name in Shared.__slots__ if name not in {"line", "labels"}} for one in mappings
    ]


@settings(deadline=None)  # a slow machine is no error
@given(KEYS)
def test_an_identifier_leads_back_to_its_key(key: str) -> None:
    assert key_of(identifier(key)) == key


def test_the_header_declares_every_prefix_and_every_extension_in_use() -> None:
    lines = text_of([Shared(code="X1", left=("UNCAC 5(1)",), relation="SUBSET", right=("UNTOC 31",))]).splitlines()
    head = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    columns = next(line for line in lines if not line.startswith("#")).split("\t")
    assert {"mapping_set_id", "license", "curie_map"} <= head.keys()
    assert {one["slot_name"] for one in head["extension_definitions"]} == {c for c in columns if c.startswith("ext_")}
    row = dict(zip(columns, lines[-1].split("\t"), strict=True))
    used = [row[name] for name in ("subject_id", "object_id", "predicate_id", "mapping_justification")]
    used += [one["property"] for one in head["extension_definitions"]]
    assert {value.partition(":")[0] for value in used} <= head["curie_map"].keys()
    assert (row["predicate_id"], row["ext_relation"]) == ("skos:broadMatch", "SUBSET")


def test_a_false_friend_is_written_as_not_related() -> None:
    row = text_of([Shared(code="X1", left=("A 1",), relation="NONE", right=("B 1",))]).splitlines()[-1].split("\t")
    assert row[2:4] == ["skos:relatedMatch", "Not"]


HEAD = "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tconfidence\n"


def test_a_foreign_file_is_understood_as_weakly_as_it_means() -> None:
    found, refused = read(
        HEAD
        + "x:UNCAC/5\tskos:closeMatch\t\tx:UNTOC/31\tsemapv:LexicalMatching\t0.95\n"
        + "x:UNCAC/6\tskos:relatedMatch\tNot\tx:UNTOC/31\tsemapv:ManualMappingCuration\t\n"
    )
    assert refused == []
    assert [(one.relation, one.strength, one.automatic, one.reuse_forward) for one in found] == [
        ("INTERSECTS", "HIGH", True, "SUGGEST"),
        ("NONE", "MEDIUM", False, "NONE"),
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("x:UNCAC/5\tskos:exactMatch\t\t\tsemapv:ManualMappingCuration\t", "object_id is empty"),
        ("x:UNCAC/5\towl:sameAs\t\tx:UNTOC/3\tsemapv:ManualMappingCuration\t", "owl:sameAs"),
        ("x:UNCAC/5\tskos:exactMatch\t\tx:UNTOC/3\tsemapv:ManualMappingCuration\thigh", "confidence"),
        ("UNCAC\tskos:exactMatch\t\tx:UNTOC/3\tsemapv:ManualMappingCuration\t", "subject_id"),
        ("a\tb\tc\td\te\tf\tg", "7 cells under 6 columns"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, words: str) -> None:
    found, refused = read(HEAD + line + "\n")
    assert found == []
    assert [one.line for one in refused] == [2]
    assert words in refused[0].what


@pytest.mark.parametrize(
    "text", ["", "#curie_map: [", "#- a\n#- b\nsubject_id\n", "a\tb\n", "subject_id,predicate_id\n"]
)
def test_what_is_no_such_file_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(SssomError):
        read(text)


@settings(deadline=None)  # a slow machine is no error
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(SssomError):
        found, refused = read(text)
        assert len(found) + len(refused) <= len(text.splitlines())
