"""What people wrote and the text does not hold is counted; what belongs to the layout of pages is not."""

from tests.rooms.ingest.word_files import NAMESPACES, paragraph, word_file

from merida.exchange.ingest.left_out import MOST_SHOWN, notices_of, words_left_out
from merida.exchange.ingest.reading import read
from merida.exchange.ingest.record import LeftOut, Notice


def test_each_reason_is_counted_without_its_words() -> None:
    entries = [LeftOut("COMMENT", "A: Sure?", 0), LeftOut("PAGE_HEADER", "1/5", 0), LeftOut("COMMENT", "B:  Yes.", 0)]
    assert notices_of(entries) == [Notice("COMMENT", "Left out of the text: comments (2).")]


def test_words_of_a_reason_are_shortened() -> None:
    stored = [{"reason": "HIDDEN", "text": "x " * 500}, {"reason": "COMMENT", "text": "A:  Sure?"}]
    assert words_left_out("COMMENT", stored) == ["A: Sure?"]
    assert words_left_out("HIDDEN", stored) == ["x " * 80 + "…"]
    assert len(words_left_out("HIDDEN", stored * 50)) == MOST_SHOWN
    assert words_left_out("DIRECTION_OVERRIDE", [{"reason": "DIRECTION_OVERRIDE", "text": "\u202e"}]) == []


def test_a_comment_of_a_word_file_is_among_the_notices_of_its_record() -> None:
    comment = f'<w:comments {NAMESPACES}><w:comment w:id="0" w:author="A">{paragraph("Sure?")}</w:comment></w:comments>'
    content = word_file(paragraph("1. A paragraph."), extra={"word/comments.xml": comment.encode()})
    assert ("COMMENT", "Left out of the text: comments (1).") in [
        (notice.code, notice.message) for notice in read(content, "a.docx").notices
    ]
