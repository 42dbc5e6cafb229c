"""Languages compared over HTTP: who may look, what is shown, what a person finds is kept and can be taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.worlds import SEEN

from merida.exchange.alignment.actions import compare_languages
from merida.exchange.alignment.models import LanguageDifference
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.models import Change
from merida.knowledge.documents.models import Mention, Paragraph, Version

CODES = ("ar", "zh", "en", "fr", "ru", "es")
LIST = "/en/curation/languages/"


@pytest.fixture
def differing(site, db):
    """Take a State from the Chinese version of the sample: what is named in English alone is a difference."""
    gone = Mention.objects.filter(version__document=site.sample, version__language="zh", kind="STATE").first()
    place = gone.paragraph.place
    Mention.objects.filter(paragraph=gone.paragraph, kind="STATE", key=gone.key).delete()
    compare_languages(SYSTEM, site.sample)
    return LanguageDifference.objects.get(document=site.sample, kind="STATE", place=place)


def page_of(one: LanguageDifference, code: str = "en") -> str:
    return f"/{code}/curation/languages/{one.document.slug}/"


def settle_address(one: LanguageDifference) -> str:
    return f"/en/curation/languages/settle/{one.uuid}/"


def test_versions_that_name_the_same_do_not_differ_in_what_they_name(site, db):
    compare_languages(SYSTEM, site.sample)

    named = LanguageDifference.objects.filter(document=site.sample).exclude(kind__in=("ACTIVITY", "FIGURE"))
    assert not named.exists()


@pytest.mark.parametrize("code", CODES)
def test_both_texts_stand_beside_each_other_in_every_language(sign_in, differing, code):
    curator = sign_in("curator")
    page = curator.get(page_of(differing, code))
    texts = Paragraph.objects.filter(
        version__document=differing.document, version__language__in=("en", "zh"), place=differing.place
    )

    assert page.status_code == 200
    assert 'lang="zh" dir="ltr"' in page.text
    for text in texts.values_list("text", flat=True):
        assert text[:20] in page.text
    assert curator.get(f"/{code}/curation/languages/").status_code == 200


def test_what_was_found_is_kept_through_another_comparison_and_can_be_taken_back(sign_in, differing, site):
    curator = sign_in("curator")
    answer = curator.post(settle_address(differing), {"finding": "READ_WRONGLY", "note": "short name"})
    compare_languages(SYSTEM, site.sample)
    differing.refresh_from_db()

    assert answer.headers["Location"].endswith(f"#d-{differing.uuid}")
    assert (differing.finding, differing.note, differing.settled_by.email) == (
        "READ_WRONGLY", "short name", "curator@example.org",
    )  # fmt: skip
    assert Change.objects.filter(verb="SETTLE_DIFFERENCE").exists()
    assert "short name" in curator.get(page_of(differing)).text

    curator.post(settle_address(differing), {"finding": ""})
    differing.refresh_from_db()
    assert (differing.finding, differing.settled_at) == ("", None)


def test_a_difference_that_is_gone_is_listed_no_more_but_kept_where_somebody_had_looked(sign_in, differing, site):
    curator = sign_in("curator")
    curator.post(settle_address(differing), {"finding": "TEXTS_DIFFER"})
    english = Version.objects.get(document=site.sample, language="en", is_current=True)
    Mention.objects.filter(version=english, paragraph__place=differing.place, kind="STATE").delete()
    Mention.objects.filter(
        version__document=site.sample, version__language="zh", paragraph__place=differing.place, kind="STATE"
    ).delete()
    compare_languages(SYSTEM, site.sample)
    differing.refresh_from_db()

    assert differing.gone_at is not None
    assert differing.finding == "TEXTS_DIFFER"
    assert str(differing.uuid) not in curator.get(page_of(differing)).text


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, None),
        ({"finding": "MAYBE"}, "Choose what you found."),
        ({"finding": "TEXTS_DIFFER", "note": "x" * 501}, "The note is too long: 500 characters at most."),
    ],
)
def test_bad_input_is_said_and_nothing_is_recorded(sign_in, differing, posted, said):
    answer = sign_in("curator").post(settle_address(differing), posted)
    differing.refresh_from_db()

    assert differing.finding == ""
    if said:
        assert answer.status_code == 422
        assert said in answer.text
        assert posted.get("note", "") in answer.text


@pytest.mark.parametrize("name", sorted(SEEN))
def test_only_those_who_may_confirm_look_at_differences(sign_in, differing, name):
    visitor = sign_in(name)
    allowed = name in ("curator", "secretariat", "administrator")
    for address in (LIST, page_of(differing)):
        assert (visitor.get(address).status_code == 200) is allowed
    visitor.post(settle_address(differing), {"finding": "TEXTS_DIFFER"})
    differing.refresh_from_db()
    assert bool(differing.finding) is allowed


def test_a_restricted_document_is_not_even_named_to_a_curator_outside(sign_in, site):
    hidden = site.world.restricted
    one = LanguageDifference.objects.create(
        document=hidden, position=0, place="1", places={"en": "1", "fr": "1"}, kind="STATE", told={}, digest="0" * 64
    )
    curator = sign_in("curator")

    assert hidden.symbol not in curator.get(LIST).text
    assert curator.get(page_of(one)).status_code == 404
    assert curator.post(settle_address(one), {"finding": "TEXTS_DIFFER"}).status_code == 404


def test_hostile_text_is_shown_as_text(sign_in, differing):
    Paragraph.objects.filter(version__document=differing.document, place=differing.place).update(
        text="<script>alert(1)</script>"
    )
    page = sign_in("curator").get(page_of(differing)).text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_more_differences_take_no_more_queries(sign_in, differing):
    curator = sign_in("curator")
    counts = []
    for more in (0, 2):
        for number in range(more):
            LanguageDifference.objects.create(
                document=differing.document,
                position=number,
                place="4",
                places={"en": "4", "zh": "4"},
                kind="DATE",
                told={"en": ["2020-01-01"], "zh": []},
                digest=f"{number:064d}",
            )
        curator.get(page_of(differing))
        with CaptureQueriesContext(connection) as queries:
            curator.get(page_of(differing))
        counts.append(len(queries))

    assert counts[0] == counts[1]
