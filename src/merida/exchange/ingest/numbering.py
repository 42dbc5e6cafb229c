"""Which of the lines that open with an arabic number are paragraphs: those that carry the next expected number.

Headings and agenda items use the same digits; they restart at 1, so a paragraph number that comes once more before its
successor shows that the first one was not the paragraph.
"""

from collections.abc import Sequence

#: A gap in the printed numbers up to this size is believed (with a notice); a larger jump is not a paragraph.
LARGEST_GAP = 3


def list_run(numbers: Sequence[int], expected: int, *, limit: int) -> int:
    """How many of the coming numbers belong to a list 1, 2, 3 … that stands inside a paragraph.

    ``numbers`` are all coming digit marks in order, ``expected`` the next paragraph's number, ``limit`` how many of the
    marks stand before the next heading. The list ends where the paragraphs go on; of two possible ends the later is
    right, for the paragraphs after it are without a gap.
    """
    if not numbers or numbers[0] != 1:
        return 0
    run = 0
    best = None
    while run < min(limit, len(numbers)) and numbers[run] == run + 1:
        run += 1
        if run < len(numbers) and numbers[run] == expected and (run >= 2 or expected != run + 1):  # noqa: PLR2004
            best = run
    if best is not None:
        return best
    return 0 if expected == 1 else run


def comes_again(numbers: Sequence[int], expected: int) -> bool:
    """Whether ``expected`` is printed again before its successor; ``numbers`` are the digit marks after this one."""
    for number in numbers:
        if number == expected:
            return True
        if number == expected + 1:
            return False
    return False


def believable_gap(number: int, expected: int, numbers: Sequence[int]) -> bool:
    """Whether a number above the expected one is a paragraph all the same: its predecessor is nowhere to come."""
    return 0 < number - expected <= LARGEST_GAP and expected not in numbers
