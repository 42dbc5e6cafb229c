"""Why a deed was refused."""


class RefusedError(ValueError):
    """It cannot be done so. ``template`` with ``values`` says why; nothing was stored."""

    def __init__(self, template: str, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values))


class NothingHereError(LookupError):
    """There is nothing of this name for this person. Whether it exists is not told."""
