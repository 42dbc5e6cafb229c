"""What is filled in at the crosswalk: a mapping, a review, a dispute and its answer, a file."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from merida.interfaces.web.languages import LANGUAGES
from merida.interfaces.web.views.crosswalk_words import KINDS
from merida.interfaces.web.views.visit_forms import DAY
from merida.knowledge.crosswalk import models
from merida.knowledge.crosswalk.actions import LONGEST_REASON
from merida.knowledge.crosswalk.checking import MappingValues
from merida.knowledge.crosswalk.files import keys_of

WORDS: Final = forms.Textarea(attrs={"rows": 4})
LONGEST_DIFFERENCE: Final = 2000


class DisputeForm(forms.Form):
    """Why a mapping is wrong. ``website`` is a trap: people do not see it, programs fill it in."""

    reason = forms.CharField(
        label=_("Why is it wrong?"), widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST_REASON
    )
    website = forms.CharField(required=False, max_length=200)


class DecideForm(forms.Form):
    """The answer to a dispute."""

    decision = forms.CharField(label=_("Answer"), widget=WORDS, max_length=LONGEST_REASON)


class SeenForm(forms.Form):
    """Which revision its reader had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ReviewForm(SeenForm):
    """Whether a mapping is right."""

    verdict = forms.ChoiceField(label=_("This mapping"), choices=models.Verdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), widget=WORDS, max_length=LONGEST_REASON, required=False)


class RetireForm(SeenForm):
    """Why a mapping goes out of use."""

    reason = forms.CharField(label=_("Reason"), widget=WORDS, max_length=LONGEST_REASON)


class FileForm(forms.Form):
    """An SSSOM file. Without ``take`` it is only tried."""

    file = forms.FileField(label=_("SSSOM file"), help_text=_("tab-separated, UTF-8, at most 8 MB"))
    take = forms.BooleanField(
        label=_("Take it in where nothing stands in the way"),
        required=False,
        help_text=_("without the mark the file is only tried"),
    )


class MappingForm(forms.Form):
    """What a mapping says."""

    left = forms.CharField(
        label=_("First"),
        max_length=2000,
        help_text=_("with a semicolon between them, as UNCAC 5(1); UNCAC 5(2)"),
    )
    relation = forms.ChoiceField(label=_("How the first relates to the second"), choices=models.RelationKind.choices)
    right = forms.CharField(label=_("Second"), max_length=2000)
    strength = forms.ChoiceField(label=_("How sure"), choices=models.StrengthKind.choices, initial="MEDIUM")
    rationale = forms.ChoiceField(label=_("Rests on"), choices=models.Rationale.choices, initial="SEMANTIC")
    kinds = forms.MultipleChoiceField(
        label=_("Holds for questions about"),
        choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("none: for all"),
    )
    reuse_forward = forms.ChoiceField(
        label=_("From an answer about the first, at the second"), choices=models.ReuseKind.choices, initial="SUGGEST"
    )
    reuse_backward = forms.ChoiceField(
        label=_("From an answer about the second, at the first"), choices=models.ReuseKind.choices, initial="SUGGEST"
    )
    from_date = forms.DateField(label=_("Holds from"), widget=DAY, required=False)
    until_date = forms.DateField(label=_("Holds until"), widget=DAY, required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for each in LANGUAGES:
            self.fields[f"differs_{each.code}"] = forms.CharField(
                label=_("What differs, in %(language)s") % {"language": each.name},
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
                required=False,
                max_length=LONGEST_DIFFERENCE,
            )

    def values(self) -> MappingValues:
        """Return what was said; the form must be valid."""
        said = self.cleaned_data
        differs = {each.code: said[f"differs_{each.code}"].strip() for each in LANGUAGES}
        plain = ("relation", "strength", "rationale", "reuse_forward", "reuse_backward", "from_date", "until_date")
        return MappingValues(
            left=keys_of(said["left"]),
            right=keys_of(said["right"]),
            kinds=tuple(said["kinds"]),
            differs={code: text for code, text in differs.items() if text},
            **{name: said[name] for name in plain},
        )


class CorrectForm(SeenForm, MappingForm):
    """Another wording of a mapping, and why."""

    reason = forms.CharField(label=_("Reason"), widget=WORDS, max_length=LONGEST_REASON, required=False)


def initial_of(values: MappingValues) -> dict[str, Any]:
    """Return the values of a mapping as a form shows them."""
    shown = {name: getattr(values, name) for name in MappingValues.__slots__ if name != "differs"}
    shown |= {"left": "; ".join(values.left), "right": "; ".join(values.right), "kinds": list(values.kinds)}
    return shown | {f"differs_{code}": text for code, text in values.differs.items()}
