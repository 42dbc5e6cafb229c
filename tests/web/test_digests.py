"""News by e-mail: only to those who agreed, once, in their language, of what they may see, ended without a sign-in."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.inboxes import WORKSHOP, read_in, tell
from tests.worlds import make_document

from merida.exchange.curation.actions import accept
from merida.exchange.curation.models import Proposal
from merida.exchange.curation.proposing import propose
from merida.exchange.digests.models import Digest
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.models import Change
from merida.interfaces.commands import main

pytestmark = pytest.mark.usefixtures("themes")
NEWS, ASK = "/en/observatory/news/", {"rhythm": "DAILY", "language": "en"}


def told(slug, *, published=True, **values):
    document = make_document(slug, text="Beginning", published=published)
    (paragraph,) = tell(document, f"{WORKSHOP}, it is told.")
    propose(SYSTEM, document.versions.get(), [read_in(paragraph, words=WORKSHOP, **values)])
    accept(SYSTEM, Proposal.objects.get(version__document=document).uuid, revision=0)


def link_in(message, part):
    return re.search(rf"http://[^/\s]+(/\w+/observatory/news/{part}/\S+)", message.body).group(1)


def follow(client, query="", **changed):
    """Ask and confirm; return the digest, a day and more after everything before was told."""
    client.post(f"{NEWS}{query}", ASK | changed)
    client.post(link_in(mail.outbox[-1], "confirm"))
    mail.outbox.clear()
    made = Digest.objects.latest("pk")
    Digest.objects.filter(pk=made.pk).update(told_until_at=timezone.now() - timedelta(days=8))
    return made


def test_nothing_is_sent_before_the_reader_of_the_address_agrees(sign_in_as):
    reader = sign_in_as("reader")
    reader.post(f"{NEWS}?theme=YOUTH", ASK)
    (asked,) = mail.outbox
    Digest.objects.update(told_until_at=timezone.now() - timedelta(days=2))
    told("one", themes=["YOUTH"])
    assert (main(["digest"]), len(mail.outbox)) == (0, 1)
    confirm = link_in(asked, "confirm")
    assert (reader.get(confirm).status_code, Digest.objects.get().confirmed_at) == (
        200,
        None,
    )  # looking is not agreeing
    reader.post(confirm)
    assert Digest.objects.get().confirmed_at is not None


def test_what_is_new_among_the_choices_is_told_once(sign_in_as):
    follow(sign_in_as("reader"), "?theme=YOUTH")
    told("one", themes=["YOUTH"])
    told("other", themes=["MEDIA"])
    assert [main(["digest", "--site", "https://reviews.example.org"]) for _ in range(2)] == [0, 0]
    (sent,) = mail.outbox
    assert "https://reviews.example.org/en/documents/one/en/" in sent.body
    assert ("/documents/other/" in sent.body, sent.to) == (False, [Digest.objects.get().user.email])
    html = sent.alternatives[0][0]
    assert ('lang="en" dir="ltr"' in html, "/documents/one/" in html, "style=" in html) == (True, True, False)
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"<https://reviews.example.org{link_in_address(sent)}>" == sent.extra_headers["List-Unsubscribe"]


def link_in_address(message):
    return re.search(r"https://[^/\s]+(/\w+/observatory/news/end/\S+)", message.body).group(1)


def test_where_nothing_is_new_nothing_is_sent_and_old_things_are_not_told_later(sign_in_as, capsys):
    follow(sign_in_as("reader"))
    assert (main(["digest"]), mail.outbox) == (0, [])
    assert "sent: 0, nothing new: 1, failed: 0" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "seen"), [("reader", False), ("curator", True)])
def test_a_message_tells_what_the_person_may_see(sign_in_as, name, seen):
    follow(sign_in_as(name))
    told("kept-back", published=False)
    told("open")
    main(["digest"])
    assert ("/documents/open/" in mail.outbox[0].body, "/documents/kept-back/" in mail.outbox[0].body) == (True, seen)


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("zh", "ltr"), ("fr", "ltr"), ("ru", "ltr"), ("es", "ltr")]
)
def test_a_message_is_in_the_language_asked_for(sign_in_as, language, direction):
    follow(sign_in_as("reader"), language=language)
    told("one")
    main(["digest"])
    html = mail.outbox[0].alternatives[0][0]
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert (f"/{language}/documents/one/en/" in html, "New in the observatory" in html) == (True, False)
    assert '<blockquote lang="en" dir="ltr">' in html


def test_it_is_ended_without_a_sign_in_and_looking_does_not_end_it(sign_in_as):
    made = follow(sign_in_as("reader"))
    told("one")
    main(["digest"])
    end = link_in(mail.outbox[0], "end")
    program = Client(enforce_csrf_checks=True)  # a mail program has no cookie of ours
    assert ("<button>End it</button>" in program.get(end).text, Digest.objects.get().ended_at) == (True, None)
    assert program.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Digest.objects.get(pk=made.pk).ended_at is not None
    told("two")
    Digest.objects.update(told_until_at=timezone.now() - timedelta(days=2))
    main(["digest"])
    assert len(mail.outbox) == 1


def test_a_false_address_ends_and_confirms_nothing(sign_in_as):
    made = follow(sign_in_as("reader"))
    told("one")
    main(["digest"])
    end = link_in(mail.outbox[0], "end")
    token = end.rstrip("/").rpartition("/")[2]
    visitor = Client()
    assert visitor.post(f"/en/observatory/news/end/{token[:-2]}/").status_code == 404
    assert visitor.post(f"/en/observatory/news/confirm/{token}/").status_code == 410
    assert Digest.objects.get(pk=made.pk).ended_at is None


def test_one_message_that_fails_stops_no_other_and_is_tried_again(sign_in_as, monkeypatch, capsys):
    from django.core.mail import EmailMultiAlternatives

    follow(sign_in_as("reader"))
    follow(sign_in_as("curator"))
    first = Digest.objects.earliest("pk").user.email
    told("one")
    sending = EmailMultiAlternatives.send

    def send(message, *given, **named):
        if message.to == [first]:
            raise OSError("the mailbox is away")
        return sending(message, *given, **named)

    with monkeypatch.context() as away:
        away.setattr(EmailMultiAlternatives, "send", send)
        assert main(["digest"]) == 1
    assert ([one.to != [first] for one in mail.outbox], "sent: 1" in capsys.readouterr().out) == ([True], True)
    assert main(["digest"]) == 0
    assert [one.to == [first] for one in mail.outbox] == [False, True]


def test_hostile_words_are_told_as_text(sign_in_as):
    follow(sign_in_as("reader"))
    told("f", kind="FIGURE", value="3", counted='<script>alert("x")</script>')
    main(["digest"])
    html = mail.outbox[0].alternatives[0][0]
    assert ("<script>" in html, "&lt;script&gt;" in html) == (False, True)


def test_a_visitor_is_led_to_sign_in_and_a_person_sees_and_ends_the_own_ones(sign_in_as):
    asked = Client().get(f"{NEWS}?theme=YOUTH")
    assert (asked.status_code, "observatory/news/%3Ftheme%3DYOUTH" in asked["Location"]) == (302, True)
    made = follow(sign_in_as("reader"), "?state=TON")
    assert "State TON" in sign_in_as("reader").get(NEWS).text
    sign_in_as("curator").post(f"{NEWS}end/", {"digest": str(made.uuid)})
    assert Digest.objects.get(pk=made.pk).ended_at is None
    sign_in_as("reader").post(f"{NEWS}end/", {"digest": str(made.uuid)})
    assert Digest.objects.get(pk=made.pk).ended_at is not None


def test_the_change_log_tells_neither_address_nor_choices(sign_in_as):
    follow(sign_in_as("reader"), "?theme=YOUTH")
    logged = str(list(Change.objects.filter(verb__in=["ASK_FOR_DIGEST", "CONFIRM_DIGEST"]).values()))
    assert ("ASK_FOR_DIGEST" in logged, "CONFIRM_DIGEST" in logged) == (True, True)
    assert ("YOUTH" in logged, Digest.objects.get().user.email in logged) == (False, False)


def test_a_theme_that_is_gone_does_not_widen_what_is_told(sign_in_as):
    made = follow(sign_in_as("reader"), "?theme=YOUTH")
    Digest.objects.filter(pk=made.pk).update(choices={"theme": "GONE"})
    told("one")
    main(["digest"])
    assert mail.outbox == []


def test_an_address_that_is_none_is_refused(capsys):
    assert main(["digest", "--site", "javascript:alert(1)"]) == 2
    assert "is no address" in capsys.readouterr().err
