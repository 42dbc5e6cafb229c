"""Parts of pages that are made once per language."""

from django.template import Context, Template
from django.utils import translation


def test_a_part_is_made_once_in_each_language():
    page = Template("{% load unchanging %}{% unchanging %}{{ language }}{% endunchanging %}")
    made = []
    for code in ("en", "zh-hans", "en"):
        with translation.override(code):
            made.append(page.render(Context({})))

    assert made == ["en", "zh", "en"]


def test_nothing_of_one_reader_can_stand_in_a_part_that_others_are_given():
    page = Template("{% load unchanging %}{% unchanging %}<b>{{ user }}{{ page }}</b>{% endunchanging %}")

    assert page.render(Context({"user": "Sample Person", "page": "sample"})) == "<b></b>"
