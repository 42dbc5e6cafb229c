"""Whether a finished table of pairings keeps the rules, whoever made it. Counts only; no code of the procedure."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from merida.rules.lots.rule_set import LotsError, RuleSet

KEPT, BROKEN, NOT_CHECKABLE = "KEPT", "BROKEN", "NOT_CHECKABLE"
# Headings in English, French, Spanish, Russian, Chinese and Arabic; those of reviewers by how they begin.
SUBJECT_HEADINGS = (
    *("state under review", "state", "subject", "reviewed state", "case"),
    *("état examiné", "état partie examiné", "état", "estado examinado", "estado parte examinado", "estado"),
    *("государство-объект обзора", "государство", "受审议国", "被审议国", "受审议缔约国", "国家"),
    *("الدولة المستعرضة", "الدولة قيد الاستعراض", "الدولة"),
)
YEAR_HEADINGS = ("year", "year of review", "année", "año", "год", "年份", "年", "السنة")
REVIEWER_HEADINGS = (
    *("review", "examinateur", "état examinateur", "examinador", "estado examinador", "проводящее обзор"),
    *("государство, проводящее обзор", "审议国", "审议缔约国", "الدولة المستعرضة", "الدولة المستعرِضة", "المستعرض"),
)
SEPARATORS = ",;\t"
Groups = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table of pairings; ``row`` counts as a spreadsheet does, the heading is 1."""

    row: int
    subject: str
    year: str
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule came to: KEPT, BROKEN or NOT_CHECKABLE, the rows concerned, and the reason in words."""

    rule: str
    verdict: str
    rows: tuple[int, ...]
    message: str


Broken = Iterator[tuple[tuple[int, ...], str]]


def read_table(text: str) -> list[TableRow]:
    """Return the rows of a CSV table: State under review, reviewer 1, reviewer 2 and more, perhaps the year.

    Cells stand between commas, semicolons or tabs, whichever the heading has most of. Raises LotsError for a table
    without these columns, without rows, or with a row that does not fit, naming it.
    """
    text = text.lstrip("\ufeff")
    between = max(SEPARATORS, key=text.partition("\n")[0].count)
    try:
        read = csv.reader(io.StringIO(text), strict=True, delimiter=between)
        lines = [[cell.strip() for cell in line] for line in read]
    except csv.Error as error:
        raise LotsError(f"the table is not CSV: {error}") from error
    headings = [heading.casefold().replace("_", " ") for heading in lines[0]] if lines else []
    subject = next((place for place, one in enumerate(headings) if one in SUBJECT_HEADINGS), None)
    year = next((place for place, one in enumerate(headings) if one in YEAR_HEADINGS), None)
    reviewers = [
        place
        for place, one in enumerate(headings)
        if one.startswith(REVIEWER_HEADINGS) and place not in (subject, year)
    ]
    if subject is None or not reviewers:
        raise LotsError("the table needs the columns 'State under review', 'reviewer 1', 'reviewer 2' (and 'year')")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if not any(line):
            continue
        if len(line) > len(headings):
            raise LotsError(f"row {number} has {len(line)} cells, the heading {len(headings)}")
        cells = line + [""] * (len(headings) - len(line))
        if not cells[subject]:
            raise LotsError(f"row {number} names no State under review")
        names = tuple(cells[place] for place in reviewers if cells[place])
        rows.append(TableRow(number, cells[subject], "" if year is None else cells[year], names))
    if not rows:
        raise LotsError("the table has a heading and no rows")
    return rows


def check_table(
    rows: Sequence[TableRow], rules: RuleSet, groups: Groups | None = None, *, whole_cycle: bool = False
) -> list[Finding]:
    """Return one finding a rule.

    ``groups`` maps a State, as spelled in the table, to its regional group (empty: none). ``whole_cycle`` says that the
    table holds all reviews of a cycle, so that a State with too few duties breaks a rule.
    """
    found = [
        finding("each State once", once(rows)),
        finding(f"reviewers_per_review = {rules.reviewers_per_review}", numbers(rows, rules)),
        finding("two different reviewers", twice(rows)),
    ]
    if rules.no_self:
        found.append(finding("no_self", itself(rows)))
    if rules.no_mutual:
        found.append(finding("no_mutual", mutual(rows)))
    found += named(rows, groups or {})
    found += [same_group(rows, rules, groups or {}), finding(f"duties_max = {rules.duties_max}", too_many(rows, rules))]
    found += [too_few(rows, rules, whole_cycle=whole_cycle), finding(f"years = {rules.years}", years(rows, rules))]
    if rules.may_decline_in_own_year:
        found.append(Finding("may_decline_in_own_year", NOT_CHECKABLE, (), "the table does not say who declined"))
    found += [
        Finding(one, NOT_CHECKABLE, (), "a preference; the table names no legal systems") for one in rules.preferences
    ]
    return found


def finding(rule: str, broken: Broken) -> Finding:
    """Return what a rule came to from the places where it is broken."""
    places = list(broken)
    rows = tuple(sorted({row for numbers_, _ in places for row in numbers_}))
    return Finding(rule, BROKEN if places else KEPT, rows, "; ".join(message for _, message in places))


def once(rows: Sequence[TableRow]) -> Broken:
    """Yield States that stand under review more than once."""
    seen = defaultdict[str, list[int]](list)
    for one in rows:
        seen[one.subject].append(one.row)
    yield from (
        (tuple(where), f"{state} is under review {len(where)} times") for state, where in seen.items() if where[1:]
    )


def numbers(rows: Sequence[TableRow], rules: RuleSet) -> Broken:
    """Yield rows with another number of reviewers."""
    for one in rows:
        if len(one.reviewers) != rules.reviewers_per_review:
            yield (one.row,), f"{one.subject} has {len(one.reviewers)} reviewers"


def twice(rows: Sequence[TableRow]) -> Broken:
    """Yield rows that name a reviewer twice."""
    for one in rows:
        if len(set(one.reviewers)) < len(one.reviewers):
            yield (one.row,), f"{one.subject} has the same reviewer twice"


def itself(rows: Sequence[TableRow]) -> Broken:
    """Yield States that review themselves."""
    yield from (((one.row,), f"{one.subject} reviews itself") for one in rows if one.subject in one.reviewers)


def mutual(rows: Sequence[TableRow]) -> Broken:
    """Yield pairs that review each other, each once."""
    where = {(one.subject, reviewer): one.row for one in rows for reviewer in one.reviewers}
    for (subject, reviewer), row in where.items():
        if subject < reviewer and (reviewer, subject) in where:
            yield (row, where[reviewer, subject]), f"{subject} and {reviewer} review each other"


def named(rows: Sequence[TableRow], groups: Groups) -> list[Finding]:
    """Return which names are not known, where some are: two spellings of one State would count as two."""
    where = defaultdict[str, list[int]](list)
    for one in rows:
        for state in (one.subject, *one.reviewers):
            if groups and state not in groups:
                where[state].append(one.row)
    if not where:
        return []
    told = tuple(sorted({row for numbers_ in where.values() for row in numbers_}))
    return [Finding("names known", NOT_CHECKABLE, told, f"taken as they are written: {', '.join(where)}")]


def same_group(rows: Sequence[TableRow], rules: RuleSet, groups: Groups) -> Finding:
    """Return what the rule on the regional group came to; States without a known group are named as not checkable."""
    rule, broken, unknown = f"same_group_at_least = {rules.same_group_at_least}", [], []
    for one in rows:
        missing = [state for state in (one.subject, *one.reviewers) if state not in groups]
        group = groups.get(one.subject, "")
        inside = sum(1 for state in one.reviewers if groups.get(state, "") == group)
        if one.subject in groups and (not group or inside >= rules.same_group_at_least):
            continue
        if missing:
            unknown.append(((one.row,), f"the group of {', '.join(missing)} is not known"))
        else:
            broken.append(((one.row,), f"{one.subject} ({group}) has {inside} reviewers of its group"))
    if rules.same_group_at_least == 0 or broken or not unknown:
        return finding(rule, iter(broken if rules.same_group_at_least else []))
    left = finding(rule, iter(unknown))
    return Finding(rule, NOT_CHECKABLE, left.rows, left.message)


def too_many(rows: Sequence[TableRow], rules: RuleSet) -> Broken:
    """Yield reviewers with more duties than allowed."""
    where = defaultdict[str, list[int]](list)
    for one in rows:
        for reviewer in one.reviewers:
            where[reviewer].append(one.row)
    for state, numbers_ in where.items():
        if len(numbers_) > rules.duties_max:
            yield tuple(numbers_), f"{state} has {len(numbers_)} duties"


def too_few(rows: Sequence[TableRow], rules: RuleSet, *, whole_cycle: bool) -> Finding:
    """Return whether every State under review has its least number of duties, where that can be said."""
    duties = Counter(reviewer for one in rows for reviewer in one.reviewers)
    where = {one.subject: one.row for one in rows}
    few = [state for state in where if duties[state] < rules.duties_min]
    rule = f"duties_min = {rules.duties_min}"
    if few and not whole_cycle:
        names = ", ".join(few)
        told = tuple(where[state] for state in few)
        return Finding(rule, NOT_CHECKABLE, told, f"fewer in this table: {names}; duties in other tables are not known")
    return finding(rule, iter([((where[state],), f"{state} has {duties[state]} duties") for state in few]))


def years(rows: Sequence[TableRow], rules: RuleSet) -> Broken:
    """Yield rows whose year is no number or outside the cycle (counted 1, 2, … or as calendar years)."""
    numbers_ = {one.row: int(one.year) for one in rows if one.year.isdecimal()}
    first = min(numbers_.values(), default=0)
    for one in rows:
        if one.year and one.row not in numbers_:
            yield (one.row,), f"{one.year!r} is no year"
        elif one.year and numbers_[one.row] - min(first, numbers_[one.row]) >= rules.years:
            yield (one.row,), f"{one.year} is more than {rules.years} years after the first, {first}"
