"""Sizes that a record keeps to, so that a file of nonsense is refused at once and not drawn from."""

from merida.rules.lots.procedure.chance import DrawError, Json

MOST = 1000  # participants, and the most that any number of a rule or of a participant may be
LONGEST = {"urn": MOST, "subjects": MOST, "excluded": MOST, "conflicts": MOST**2, "kept": MOST**2, "earlier": MOST**2}
MOST_DIGITS = 400  # of a number that a source gave


def check_sizes(announcement: Json, values: list[list[int]]) -> None:
    """Raise DrawError naming the first field of an announcement, or of the numbers given, that is past any use."""
    for name, most in LONGEST.items():
        if len(announcement[name]) > most:
            raise DrawError(f"{name}: {len(announcement[name])} entries, at most {most} are read")
    for name, number in announcement["rules"].items():
        if isinstance(number, int):
            check_number(f"rules.{name}", number, least=int(name == "years"))
    for place, one in enumerate(announcement["urn"], 1):
        check_number(f"urn.{place}.weight", one["weight"], least=1)
        check_number(f"urn.{place}.duties_done", one["duties_done"], least=0)
    if sum(map(len, values)) > MOST:
        raise DrawError(f"values: {sum(map(len, values))} numbers, at most {MOST} are read")
    for place, number in enumerate((number for given in values for number in given), 1):
        if type(number) is not int or not 0 <= number < 10**MOST_DIGITS:
            raise DrawError(f"values: number {place} is no whole number from 0 of at most {MOST_DIGITS} digits")


def check_number(where: str, number: object, *, least: int) -> None:
    """Raise DrawError unless this is a whole number in the range."""
    if not isinstance(number, int) or not least <= number <= MOST:
        said = repr(number) if not isinstance(number, int) or abs(number) < MOST**3 else "a number far larger"
        raise DrawError(f"{where}: must be a whole number from {least} to {MOST}, not {said}")
