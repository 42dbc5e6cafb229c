"""What the files of the shell may not contain: inline style or script, physical directions, weight, other hosts."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "src" / "merida" / "interfaces" / "web"
TEMPLATES = sorted(WEB.rglob("*.html"))
SCRIPTS = sorted((WEB / "static").rglob("*.js"))
STYLESHEET = WEB / "static" / "merida" / "merida.css"
PHYSICAL = re.compile(
    r"(?<![\w-])(?:left|right|top|bottom|float|clear"
    r"|(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)(?:-\w+)*"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|text-align\s*:\s*(?:left|right)|(?<![\w-])(?:width|height|min-width|max-width|min-height|max-height)\s*:"
)
# The square code of the second factor is an image that the server itself draws.
DRAWN_HERE = {"activate_form.html": ["{{ totp_svg|safe }}"]}
MEDIA = re.compile(r"@media[^{]*\{")


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(WEB).as_posix() for path in paths]


def test_the_pattern_of_physical_properties_catches_them():
    wrong = (
        "a { margin-left: 0 } b { text-align:right } c{ float: left } d { width: 2px } e { border-top-left-radius: 0 }"
    )

    assert len(PHYSICAL.findall(wrong)) == 5
    assert PHYSICAL.findall("a { margin-inline-start: 0; inset-block: 0; text-align: end; border-inline: 0 }") == []


def test_the_stylesheet_knows_no_left_or_right():
    text = MEDIA.sub("", re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text("utf-8"), flags=re.DOTALL))

    assert PHYSICAL.findall(text) == []


def test_the_stylesheet_is_light_and_complete_in_itself():
    text = STYLESHEET.read_text("utf-8")

    assert len(text.encode()) <= 40 * 1024
    assert "url(" not in text
    assert "@import" not in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_a_template_holds_no_style_script_or_handler(path):
    text = path.read_text("utf-8")

    assert re.findall(r"<style|\sstyle\s*=|\son\w+\s*=\s*[\"']|javascript:|hx-on|<script(?![^>]*\ssrc=)", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_a_template_is_short_and_translated_tidily(path):
    text = path.read_text("utf-8")

    assert len(text.splitlines()) <= 120
    assert re.findall(r"{%\s*blocktrans(?:late)?(?![^%]*\btrimmed\b)[^%]*%}", text) == []
    assert re.findall(r"{{[^}]*\|safe\b[^}]*}}|autoescape off", text) == DRAWN_HERE.get(path.name, [])


def scripts_of(template):
    """Names of the scripts that a template loads, with those that they import."""
    by_name = {path.name: path for path in SCRIPTS}
    found, new = set(), set(re.findall(r"merida/(\w+\.js)", template.read_text("utf-8")))
    while new:
        found |= new
        new = {
            one
            for name in new
            for one in re.findall(r"""from ["']\./(\w+\.js)["']""", by_name[name].read_text("utf-8"))
        }
        new -= found
    return found


def test_scripts_are_few_and_ask_no_other_host():
    text = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    everywhere = scripts_of(WEB / "templates" / "base.html")
    only_here = {name for template in TEMPLATES for name in scripts_of(template)} - everywhere
    sizes = {path.name: path.stat().st_size for path in SCRIPTS}

    assert everywhere
    # A script that another one names without importing it is fetched when somebody presses a button.
    fetched = set(re.findall(r"""= ["']\./(\w+\.js)["']""", text))
    assert set(sizes) == everywhere | only_here | fetched
    assert all(sizes[name] < 12 * 1024 for name in fetched)
    # A page loads those of every page and, at the desk of a special task, one or two more.
    assert sum(sizes[name] for name in everywhere) < 6 * 1024
    for template in TEMPLATES:
        assert sum(sizes[name] for name in everywhere | scripts_of(template)) < 12 * 1024, template.name
    assert re.findall(r"https?://|eval\(|innerHTML|new Function", text) == []


def test_every_component_is_shown_or_listed():
    components = sorted(path.name for path in (WEB / "templates" / "components").glob("*.html"))
    listed = (WEB / "templates" / "components" / "README.md").read_text("utf-8")

    assert [name for name in components if f"`{name}`" not in listed] == []
