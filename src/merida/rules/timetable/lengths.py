"""Lengths of stages between their least and their most, as choices with costs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from merida.rules.timetable.instance import FORMS, MOST_COST, VISIT, Mode, TimetableError

HASTE = 2  # cost of a week less than usual: a stage done in a hurry
DRAWN_OUT = 1  # of a week more than usual: everybody waits, but nobody hurries
STEPS = 3  # lengths of a stage below the usual one, and as many above; all of them where there are no more


@dataclass(frozen=True, slots=True)
class Length:
    """Weeks that a stage takes at least, usually and at most."""

    least: int
    usual: int
    most: int


@dataclass(frozen=True, slots=True)
class Form:
    """A way to hold the dialogue: further weeks with sessions after the first, and what it costs to choose it."""

    kind: str = VISIT
    later: tuple[int, ...] = ()
    cost: int = 0


def modes_between(
    desk: Length,
    report: Length,
    *,
    forms: Sequence[Form] = (Form(),),
    haste: int = HASTE,
    drawn_out: int = DRAWN_OUT,
    steps: int = STEPS,
) -> tuple[Mode, ...]:
    """Return the choices of stage lengths of a review: each length of desk review with each of reporting, in each form.

    A week less than usual costs ``haste``, a week more ``drawn_out``. Where a span holds more than ``steps`` lengths on
    a side, as many are taken, evenly, its end always among them. Raises TimetableError naming the stage whose lengths
    are no lengths, or the form that is none.
    """
    for name, length in (("desk", desk), ("report", report)):
        if not 0 <= length.least <= length.usual <= length.most:
            raise TimetableError(
                "{name}: least {least}, usual {usual}, most {most} do not rise from 0 on",
                name=name,
                least=length.least,
                usual=length.usual,
                most=length.most,
            )
    if haste < 0 or drawn_out < 0 or steps < 1:
        raise TimetableError(
            "haste {haste}, drawn out {drawn_out}, steps {steps}: costs from 0 on, steps from 1 on",
            haste=haste,
            drawn_out=drawn_out,
            steps=steps,
        )
    made = [
        Mode(at_desk, reporting, form.cost + paid_at_desk + paid_reporting, form.kind, form.later)
        for form in forms
        for at_desk, paid_at_desk in _lengths(desk, haste, drawn_out, steps)
        for reporting, paid_reporting in _lengths(report, haste, drawn_out, steps)
        if all(later <= reporting for later in form.later)
    ]
    _check(made, forms)
    return tuple(made)


def _lengths(length: Length, haste: int, drawn_out: int, steps: int) -> list[tuple[int, int]]:
    below = _spread(length.usual - length.least, steps)
    above = _spread(length.most - length.usual, steps)
    return [
        *((length.usual - less, haste * less) for less in reversed(below)),
        (length.usual, 0),
        *((length.usual + more, drawn_out * more) for more in above),
    ]


def _spread(span: int, steps: int) -> list[int]:
    """Return at most ``steps`` numbers from 1 to ``span``, evenly and with the last."""
    if span <= steps:
        return list(range(1, span + 1))
    return sorted({-(-span * step // steps) for step in range(1, steps + 1)})


def _check(made: Sequence[Mode], forms: Sequence[Form]) -> None:
    for form in forms:
        if form.kind not in FORMS:
            raise TimetableError("'{form}' is no form of dialogue; {known} are", form=form.kind, known=", ".join(FORMS))
        if not any(mode.form == form.kind and mode.later == form.later for mode in made):
            raise TimetableError(
                "{form}: a session {weeks} weeks later lies after every reporting stage",
                form=form.kind,
                weeks=max(form.later),
            )
    dear = max((mode.cost for mode in made), default=0)
    if dear > MOST_COST:
        raise TimetableError("stage lengths: a cost of {cost}, above {most}", cost=dear, most=MOST_COST)
