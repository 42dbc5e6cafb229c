"""Finding what a reader means: floors for recall and precision in six languages."""

import pytest
import yaml
from tests.rooms.search.quality import HERE, index, labelled, measured

from merida.exchange.search.entry import PARAGRAPH, EntryData
from merida.exchange.search.index import put_entries
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import search

pytestmark = pytest.mark.django_db

# The promise is made for the five languages together: 0.94 for terms of the Convention, 0.88 for other words.
# First measurement of this set, before anything was tuned: terms ar 1.00, en 1.00, es 1.00, fr 0.87, ru 0.93, together 0.96;
# other words 0.97 to 1.00. French came to 0.93 by the verb ending -ent. What is still missed was not looked at.
TOGETHER = {"THESAURUS": 0.94, "OTHER": 0.88}
EACH = {"THESAURUS": 0.93, "OTHER": 0.94}


def test_five_languages_reach_the_promised_recall_on_the_held_out_queries():
    queries = labelled("heldout.yaml")
    index(queries)
    scores = measured(queries)
    for kind, floor in TOGETHER.items():
        of_kind = [score for (_, one), score in scores.items() if one == kind]
        assert len(of_kind) == 5
        assert sum(score.found for score in of_kind) / sum(score.wanted for score in of_kind) >= floor
    short = {place for place, score in scores.items() if score.recall < EACH[place[1]]}
    assert short == set()
    assert {place for place, score in scores.items() if score.precision < 0.95} == set()


def test_the_held_out_set_is_complete():
    queries = labelled("heldout.yaml")
    assert {language: len(listed) for language, listed in queries.items()} == dict.fromkeys(
        ("en", "fr", "es", "ru", "ar"), 22
    )
    assert all(len(query["hits"]) == 3 and query["misses"] for listed in queries.values() for query in listed)


# The second set was written and kept before anything was asked with it. Then it found 0.777 (0.73 to 0.83 by language);
# the thesaurus was made larger by somebody who had not read it, and it found 0.96. What is still missed was not looked at.


def test_the_second_held_out_set_is_found_in_every_language():
    queries = labelled("heldout_second.yaml")
    assert all(len(listed) == 30 and all(len(query["hits"]) == 2 for query in listed) for listed in queries.values())
    index(queries)
    scores = measured(queries)
    assert {language for language, _ in scores} == {"ar", "en", "es", "fr", "ru"}
    assert {language for (language, _), score in scores.items() if score.recall < TOGETHER["THESAURUS"]} == set()
    assert {language for (language, _), score in scores.items() if score.precision < 0.95} == set()


def chinese_truth(word, sentence, artefacts):
    """Whether a plain scan finds a word in a sentence outside the kept artefacts."""
    for longer in artefacts.get(word, ()):
        sentence = sentence.replace(longer, "〇" * len(longer))
    return word in sentence


def test_every_chinese_word_is_found_and_next_to_nothing_else():
    given = yaml.safe_load((HERE / "chinese.yaml").read_text(encoding="utf-8"))
    put_entries(EntryData(f"paragraph:{at}", PARAGRAPH, "zh", "", text) for at, text in enumerate(given["sentences"]))
    wanted, found, wrong = 0, 0, 0
    for word in given["words"]:
        truth = {
            f"paragraph:{at}"
            for at, text in enumerate(given["sentences"])
            if chinese_truth(word, text, given["artefacts"])
        }
        hits = {hit.ref for hit in search(parse_query(word, "zh", expand=False), top=500).hits}
        assert truth - hits == set(), word
        wanted, found, wrong = wanted + len(truth), found + len(truth & hits), wrong + len(hits - truth)
    assert wanted > 200
    assert found == wanted
    assert found / (found + wrong) >= 0.99
