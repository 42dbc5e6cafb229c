"""What curators fill in about resolutions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from merida.cooperation.mandates.models import Addressee, Condition
from merida.cooperation.mandates.operative import LONGEST_TEXT

LANGUAGES = (("en", gettext_lazy("English")), ("zh", gettext_lazy("Chinese")))
NOBODY = ("", gettext_lazy("nobody in particular"))
NONE = ("", gettext_lazy("none"))
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class ReadForm(forms.Form):
    """The text of a resolution, pasted, or a document that holds it."""

    text = forms.CharField(
        label=gettext_lazy("Text of the resolution"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=_area(8),
        help_text=gettext_lazy("one paragraph a line, each with its number"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=LANGUAGES)
    document = forms.CharField(
        label=gettext_lazy("Or a document here that is the resolution"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("its symbol or address"),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a form with neither."""
        said = super().clean() or {}
        if not said.get("text", "").strip() and not said.get("document", "").strip():
            raise forms.ValidationError(_("Give a text or name a document."))
        return said


class MandateForm(forms.Form):
    """An operative paragraph and what it asks."""

    number = forms.CharField(label=gettext_lazy("Number of the paragraph"), max_length=20)
    text = forms.CharField(label=gettext_lazy("What the paragraph says"), max_length=20_000, widget=_area(4))
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=LANGUAGES)
    addressee = forms.ChoiceField(
        label=gettext_lazy("Who is asked"), required=False, choices=[NOBODY, *Addressee.choices]
    )
    condition = forms.ChoiceField(label=gettext_lazy("Condition"), required=False, choices=[NONE, *Condition.choices])
    due_date = forms.DateField(label=gettext_lazy("By when"), required=False, input_formats=["%Y-%m-%d"], widget=DAY)
    due_words = forms.CharField(
        label=gettext_lazy("By when, in words"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("such as a session without a date"),
    )


class ConfirmForm(MandateForm):
    """The same for a paragraph that is here already, as its reader saw it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class LinkForm(forms.Form):
    """A record to link."""

    record = forms.CharField(
        label=gettext_lazy("Record"),
        max_length=200,
        help_text=gettext_lazy("identifier of an activity or figure, symbol or address of a document"),
    )


class FollowForm(forms.Form):
    """A resolution that came before."""

    earlier = forms.CharField(
        label=gettext_lazy("It takes up the subject of"), max_length=80, help_text=gettext_lazy("such as COSP 7/6")
    )


def refusal(code: str, words: str) -> str:
    """Return why something was refused, in the reader's language."""
    said = {
        "UNKNOWN_RESOLUTION": _("No resolution here has this name."),
        "UNKNOWN_DOCUMENT": _("No document here has this symbol or address."),
        "NO_LANGUAGE": _("The document is here neither in English nor in Chinese."),
        "UNKNOWN_RECORD": _("No record here has this name."),
        "UNKNOWN_HEADING": _("No activity can stand under this heading."),
        "LINKED_ALREADY": _("This is recorded already."),
        "SAME": _("A resolution does not follow itself."),
        "ORDER": _("The earlier comes after the later."),
        "EMPTY": _("There is no text."),
        "TOO_LONG": _("This is too long."),
        "NO_NUMBERS": _("No line begins with a number, as operative paragraphs do."),
        "LANGUAGE": _("Only English and Chinese can be read and drafted."),
        "MISSING": _("This must not be empty."),
        "CHANGED": _("Somebody else changed this while you were typing. Nothing was overwritten."),
    }
    return said.get(code, words)
