"""A record as rows: which headings, texts, mentions and facts a reading becomes.

Reads: a Record. Writes nothing: the rows are unsaved and belong to no version yet.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from merida.cooperation.meetings.values import MeetingRead
from merida.exchange.ingest import record as read
from merida.exchange.ingest.identity import fitted
from merida.exchange.ingest.meeting_told import meeting_of
from merida.exchange.ingest.placed_facts import PlacedFact, placed
from merida.knowledge.documents.models import Heading, Mention, MentionKind, Paragraph, PassageKind
from merida.knowledge.documents.places import article_of
from merida.rules.citations.mention import Mention as Recognised

UNPLACED = "UNPLACED_MENTION"


@dataclass(frozen=True, slots=True)
class Rows:
    """The unsaved rows of one version. ``texts`` are paragraphs, notes, captions and the title in reading order.

    ``facts`` are told in texts among them, and wait to be proposed once these are saved; ``meeting`` is the one that
    the document reports on.
    """

    headings: list[Heading]
    texts: list[Paragraph]
    mentions: list[Mention]
    notices: list[dict[str, object]]
    facts: list[PlacedFact]
    meeting: MeetingRead | None = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a passage of the reader lies in the rows: a text or heading, and how far its words are moved along."""

    text: Paragraph | None = None
    heading: Heading | None = None
    shift: int = 0

    def holds(self, mention: Recognised) -> bool:
        """Whether the mention's words stand here: a place that is printed twice has two spots."""
        words = self.text.text if self.text else self.heading.title if self.heading else ""
        return words[mention.start + self.shift : mention.end + self.shift] == mention.surface


_Spots = defaultdict[str, list[_Spot]]


def rows_of(record: read.Record) -> Rows:
    """Return the rows of a record. A mention at a place that has no text is dropped with a notice, never guessed."""
    structure = record.structure
    headings = [_heading(position, each) for position, each in enumerate(structure.headings)]
    by_place = {heading.place: heading for heading in reversed(headings)}  # the first of a doubled place
    texts, spots = _texts(record, by_place)
    for heading in headings:
        spots[heading.place].append(_Spot(heading=heading))
    mentions, lost = _mentions(record.mentions, spots)
    notices = [_notice(each) for each in (*structure.notices, *record.notices)]
    if lost:
        notices.append(_notice(read.Notice(UNPLACED, f"{lost} mentions stand at a place without text; left out")))
    told = {at: [(spot.text, spot.shift) for spot in found if spot.text] for at, found in spots.items()}
    return Rows(
        headings,
        texts,
        mentions,
        list({str(each): each for each in notices}.values()),
        placed(record, told),
        meeting_of(record),
    )


def _heading(position: int, heading: read.Heading) -> Heading:
    return Heading(
        position=position,
        level=heading.level,
        number=fitted(heading.number, 40),
        title=heading.title,
        place=fitted(heading.at, 300),
        first_paragraph=fitted(heading.first_paragraph, 60),
        calls=[[call.note, call.start] for call in heading.calls],
    )


def _texts(record: read.Record, headings: Mapping[str, Heading]) -> tuple[list[Paragraph], _Spots]:
    """Return the texts in reading order: title, star notes, paragraphs each with its captions, then footnotes."""
    structure = record.structure
    spots: _Spots = defaultdict(list)
    texts = [*_title(structure.masthead)]
    texts += [_note(note) for note in structure.footnotes if note.at.startswith("fn*")]
    captions = list(structure.captions)
    texts += [_caption(each) for each in captions if each.after in ("", "title")]
    for paragraph in structure.paragraphs:
        text = _paragraph(paragraph, headings, spots)
        text.page = record.page_of(paragraph.line) or None
        texts.append(text)
        inside = {paragraph.at, *(item.at for item in paragraph.items)}
        texts += [_caption(each) for each in captions if each.after in inside]
    placed = {text.place for text in texts}
    texts += [_caption(each) for each in captions if each.at not in placed]
    texts += [_note(note) for note in structure.footnotes if not note.at.startswith("fn*")]
    for position, text in enumerate(texts):
        text.position = position
        spots[text.place].append(_Spot(text=text))
    return _each_place_once(texts), spots


def _title(masthead: read.Masthead) -> Iterator[Paragraph]:
    """Yield the agenda item's words, where they are others than the title's, and the title."""
    if masthead.agenda_title and masthead.agenda_title != masthead.title:
        yield Paragraph(kind=PassageKind.TITLE, place="agenda", text=masthead.agenda_title)
    if masthead.title:
        yield Paragraph(kind=PassageKind.TITLE, place="title", text=masthead.title)


def _note(note: read.Footnote) -> Paragraph:
    kind = PassageKind.STAR_NOTE if note.at.startswith("fn*") else PassageKind.FOOTNOTE
    return Paragraph(kind=kind, place=fitted(note.at, 50), text=note.text, called_in=fitted(note.called_in, 300))


def _caption(caption: read.Caption) -> Paragraph:
    return Paragraph(
        kind=PassageKind.CAPTION, place=fitted(caption.at, 50), text=caption.text, called_in=fitted(caption.after, 300)
    )


def _paragraph(paragraph: read.Paragraph, headings: Mapping[str, Heading], spots: _Spots) -> Paragraph:
    """Return the paragraph whole, its items on lines of their own; note in ``spots`` where each item's words begin."""
    text, items = paragraph.text, []
    calls = [[call.note, call.start] for call in paragraph.calls]
    row = Paragraph(kind=PassageKind.PARAGRAPH, place=fitted(paragraph.at, 50), heading=headings.get(paragraph.heading))
    for item in paragraph.items:
        start = len(text) + 1
        words = start + (len(item.mark) + 1 if item.mark else 0)
        text = f"{text}\n{item.mark} {item.text}" if item.mark else f"{text}\n{item.text}"
        items.append([item.mark, start, len(text), item.at, item.depth])
        calls += [[call.note, words + call.start] for call in item.calls]
        spots[item.at].append(_Spot(text=row, shift=words))
    row.text, row.items, row.calls = text, items, calls
    return row


def _each_place_once(texts: Sequence[Paragraph]) -> list[Paragraph]:
    """Give a place that is printed twice a tail of its own (``fn1-2``): both texts are kept."""
    seen: dict[tuple[str, str], int] = {}
    for text in texts:
        key = (text.kind, text.place)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            text.place = f"{text.place}-{seen[key]}"
    return list(texts)


def _mentions(recognised: Sequence[Recognised], spots: Mapping[str, list[_Spot]]) -> tuple[list[Mention], int]:
    """Return the mentions as rows, and how many had no place to go to."""
    rows = []
    for mention in recognised:
        spot = next((spot for spot in spots.get(mention.at, ()) if spot.holds(mention)), None)
        if spot is not None:
            rows.append(_mention(mention, spot))
    return rows, len(recognised) - len(rows)


def _mention(mention: Recognised, spot: _Spot) -> Mention:
    return Mention(
        paragraph=spot.text,
        heading=spot.heading,
        place=fitted(mention.at, 300),
        kind=mention.kind,
        key=fitted(mention.key, 300),
        start=mention.start + spot.shift,
        end=mention.end + spot.shift,
        surface=mention.surface,
        rule=mention.rule,
        role=fitted(mention.role, 40),
        article=fitted(article_of(mention.key), 80) if mention.kind == MentionKind.PROVISION else "",
    )


def _notice(notice: read.Notice) -> dict[str, object]:
    return {"code": notice.code, "message": notice.message, "line": notice.line}
