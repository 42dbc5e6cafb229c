"""A list without end is no citation: what is kept of it stays in proportion to the text."""

import pytest
from tests.rules.citations.reading_aids import read


@pytest.mark.parametrize(
    ("language", "opening", "join", "closing"),
    [
        ("zh", "《联合国反腐败公约》第", "、", "条"),
        ("zh", "《联合国反腐败公约》第9条第", "、", "款"),
        ("en", "The Convention against Corruption; articles ", ", ", "."),
        ("en", "The Convention against Corruption; article 9, paragraphs ", ", ", "."),
        ("fr", "La Convention contre la corruption; articles ", ", ", "."),
        ("ar", "اتفاقية الأمم المتحدة لمكافحة الفساد، المواد ", "، ", "."),
    ],
)
def test_mentions_of_a_list_without_end_are_not_each_as_long_as_the_list(language, opening, join, closing):
    text = opening + join.join(str(number % 60 + 1) for number in range(3000)) + closing
    printed = sum(len(mention.surface) for mention in read(text, language=language))

    assert printed < 5 * len(text)
