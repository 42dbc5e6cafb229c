"""Pictures of pages to look at before merging: each in three languages, wide and narrow.

python tests/e2e/screenshots.py --site http://localhost:8000 --into DIRECTORY [PLACE…]
A place is an address without its language: ``states/NAM/``; without any, home and styleguide.
"""

import argparse
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.e2e.conftest import ARGUMENTS

LANGUAGES = ("en", "ar", "zh")
WIDTHS = (1440, 390)
PLACES = ("", "styleguide/")


def main() -> int:
    """Take the pictures; return 1 where a page answered with an error."""
    arguments = parser().parse_args()
    arguments.into.mkdir(parents=True, exist_ok=True)

    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for width in arguments.widths:
            tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=arguments.scheme)
            for language in arguments.languages:
                for place in arguments.places or PLACES:
                    answer = tab.goto(f"{arguments.site}/{language}/{place}")
                    target = arguments.into / f"{file_name(place)}.{language}.{width}.png"
                    tab.screenshot(path=target, full_page=arguments.whole)
                    failed += not answer or answer.status >= 400
                    print(answer.status if answer else "?", target)  # noqa: T201
        browser.close()
    return 1 if failed else 0


def file_name(place: str) -> str:
    """Return a file name for a place."""
    return re.sub(r"[^A-Za-z0-9]+", "-", place).strip("-") or "home"


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command."""
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("--site", default="http://localhost:8000")
    made.add_argument("--into", type=Path, required=True)
    made.add_argument("--languages", nargs="+", default=LANGUAGES)
    made.add_argument("--widths", nargs="+", type=int, default=WIDTHS)
    made.add_argument("--scheme", default="light", choices=("light", "dark"))
    made.add_argument("--whole", action="store_true", help="the whole page, not the first screen")
    made.add_argument("places", nargs="*")
    return made


if __name__ == "__main__":
    sys.exit(main())
