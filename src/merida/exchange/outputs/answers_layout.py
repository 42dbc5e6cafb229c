"""Where things stand in a workbook of answers: written by ``answers_book``, read by ``ingest.returned_answers``. Pure.

Every sheet names itself in its first cell, so that renaming or moving it does no harm. Row 1 is hidden, row 2 holds
the heads, data begin in row 3. ``identity`` is hidden: which response, which version, which language.
"""

from typing import Final

from merida.foundation.sources.languages import text_in
from merida.review.questionnaires.form import Part, Question

FORMAT: Final = "merida-answers/1"
MARK: Final = "merida:"
IDENTITY, ANSWERS, CHOICES, TABLES = "identity", "answers", "choices", "tables"
LAWS, AUTHORITIES = "laws", "authorities"
FIRST_ROW: Final = 3
NOT_HERE: Final = "-"  # in place of a revision: the answer is too long for a cell and not in the file

# Columns of each sheet, from 1.
IDENTIFIER, REVISION, PLACE, NUMBER, KIND, QUESTION, GUIDANCE, ENTERED, TEXT, CHOSEN_KEYS, STAGE = range(1, 12)
CHOICE_CODE, CHOICE_NUMBER, CHOICE_QUESTION, CHOICE_TEXT, CHOICE_MARK = range(2, 7)
ROW_KEY, ROW_LABEL, FIRST_CELL = 2, 3, 4
CHOSEN_KEY = 2  # of a law or an authority, beside its identifier
HEAD_ROW: Final = "#"  # the key of a row that holds the heads of a table
MARKED: Final = "x"
ENTERED_PARTS: Final = (Part.CHOICE, Part.NUMBER, Part.DAY)


def choice_labels(question: Question, language: str) -> dict[str, str]:
    """Return the words of each choice by its code; where two are the same, the code stands behind them."""
    words = {one.code: text_in(one.text, language).text or one.code for one in question.choices}
    said = list(words.values())
    return {code: f"{text} ({code})" if said.count(text) > 1 else text for code, text in words.items()}


def entered_part(question: Question) -> Part | None:
    """Return what the column of choices, figures and days holds for a question, if anything."""
    return next((part for part in ENTERED_PARTS if part in question.parts), None)
