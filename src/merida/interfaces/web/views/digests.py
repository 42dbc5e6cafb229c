"""What is new by e-mail: ask for it, agree to it, end it without a sign-in."""

import logging
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from merida.exchange.digests import actions
from merida.exchange.digests.models import Digest, Rhythm
from merida.exchange.digests.queries import digests_of
from merida.foundation.access.actors import actor_of
from merida.interfaces.web.digest_mail import confirmation_message
from merida.interfaces.web.languages import LANGUAGES, internal_language
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.templatetags.words import query_of
from merida.interfaces.web.views.left_out import say_no_more
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.observatory_choices import Asked, asked, asked_in, choices_of, in_words, not_offered
from merida.knowledge.observatory.narrowing import themes_known

log = logging.getLogger(__name__)


class DigestForm(forms.Form):
    """How often, and in which language."""

    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=Rhythm.choices, initial=Rhythm.WEEKLY)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the message"), choices=[(one.code, one.name) for one in LANGUAGES]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def digests(request: HttpRequest) -> HttpResponse:
    """Show a person's digests; ask for one with the choices of the address."""
    actor = actor_of(request.user)
    if actor.user_id is None:
        return redirect_to_login(request.get_full_path())
    if request.method != "POST":
        return _page(request, DigestForm(initial={"language": language()}))
    form = DigestForm(request.POST)
    if form.is_valid():
        wanted = asked(request, themes_known())
        choices = choices_of(wanted)
        if refused := not_offered(request, wanted):
            form.add_error(None, " ".join(refused))
            say_no_more(request)  # the form says it
            return _page(request, form, wanted=wanted, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            made = actions.ask_for_digest(actor, choices=choices, **form.cleaned_data)
        except actions.DigestError as error:
            form.add_error(None, _refused(error))
        else:
            _asked(request, made)
            return redirect("digests")
    return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _refused(error: actions.DigestError) -> str:
    if error.code == "TOO_MANY":
        return _("You have as many as one person may have; end one first.")
    return _("This cannot be followed by e-mail.")


def _asked(request: HttpRequest, made: Digest) -> None:
    """Send the question whether it is wanted, and say so; a mail server that is away loses nothing."""
    if made.confirmed_at is not None:
        messages.success(request, _("You are told of these choices already."))
        return
    site = request.build_absolute_uri("/").rstrip("/")
    try:
        with translation.override(internal_language(made.language)):
            confirmation_message(made, asked_in(made.choices, themes_known()), site=site).send()
    except Exception:
        log.exception("A confirmation could not be sent.")
        messages.error(request, _("The message could not be sent now. Ask again later."))
    else:
        messages.success(request, _("A message is on its way to your address; it begins once you confirm it there."))


def _page(
    request: HttpRequest, form: DigestForm, *, wanted: Asked | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    scheme = themes_known()
    chosen = wanted or asked(request, scheme)
    context = {
        "form": form,
        "chosen": in_words(chosen),
        "observatory": reverse("observatory") + query_of(choices_of(chosen)),
        "own": [
            (one, in_words(asked_in(one.choices, scheme)), one.get_rhythm_display())
            for one in digests_of(actor_of(request.user))
        ],
        "breadcrumbs": [Link(_("Observatory"), reverse("observatory")), Link(_("News by e-mail"))],
    }
    return render(request, "pages/digests.html", context, status=status)


@require_POST
def digest_end_own(request: HttpRequest) -> HttpResponse:
    """End one of the reader's own digests."""
    actor = actor_of(request.user)
    if actor.user_id is None:
        return redirect_to_login(reverse("digests"))
    if actions.end_own_digest(actor, request.POST.get("digest", "")):
        messages.success(request, _("It is ended: no message follows."))
    else:
        messages.warning(request, _("There is no such digest of yours, or it has ended."))
    return redirect("digests")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def digest_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then begin: programs that look at every link of a message must not agree for its reader."""
    if request.method != "POST":
        return _deed(request, _("News by e-mail"), button=_("Yes, send it"))
    if actions.confirm_digest(token) is None:
        said = _("This address does not hold any more. Ask again in the observatory.")
        return _deed(request, _("News by e-mail"), said=said, status=HTTPStatus.GONE)
    return _deed(
        request, _("News by e-mail"), said=_("It is confirmed. The first message comes when something is new.")
    )


@csrf_exempt  # a mail program ends it by one press (RFC 8058); the signed address is the permission
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def digest_end(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then end; nobody needs to be signed in."""
    found = actions.digest_to_end(token)
    title = _("End news by e-mail")
    if found is None:
        said = _("This address is not one of ours, or it was cut. Take it whole from the message.")
        return _deed(request, title, said=said, status=HTTPStatus.NOT_FOUND)
    if request.method == "POST":
        actions.end_digest(token)
    if request.method == "POST" or found.ended_at is not None:
        return _deed(request, title, said=_("It is ended: no message follows."))
    return _deed(request, title, button=_("End it"), about=in_words(asked_in(found.choices, themes_known())))


def _deed(
    request: HttpRequest, title: str, *, said: str = "", button: str = "", about: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"title": title, "said": said, "button": button, "about": about, "breadcrumbs": [Link(title)]}
    response = render(request, "pages/digest_deed.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
