"""The RDMO side of ``answers_rdmo.py``: run by the Python of an environment that has RDMO 2.5, never by merida's own.

Makes a catalogue and a project in a folder, then does what standard input names: ``NAME NUMBER`` a line, for each a
line of JSON with the wall and the processor time in ms. Imports nothing of merida.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

WORDS = " ".join(f"word{number % 97}" for number in range(300))
URI = "https://example.org/terms"
SETTINGS = """
from rdmo.core.settings import *
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parents[1]
SECRET_KEY = "only for measuring"
ALLOWED_HOSTS = ["localhost"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "rdmo.sqlite3"}}
STATIC_URL, STATIC_ROOT = "/static/", BASE_DIR / "static_root"
MEDIA_URL, MEDIA_ROOT = "/media/", BASE_DIR / "media_root"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = False
DEFAULT_URI_PREFIX = "https://example.org/terms"
"""
URLS = """
from django.contrib import admin
from django.urls import include, path
from rdmo.core.views import about, home
urlpatterns = [
    path("", home, name="home"), path("about/", about, name="about"),
    path("", include("rdmo.core.urls")), path("api/v1/", include("rdmo.core.urls.v1")),
    path("admin/", admin.site.urls),
]
"""


def set_up(folder: Path) -> None:
    """Make a site of its own in a folder."""
    config = folder / "config"
    config.mkdir(parents=True, exist_ok=True)
    for name, text in (("__init__", ""), ("settings", SETTINGS), ("urls", URLS)):
        (config / f"{name}.py").write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("setup_groups")


def fill(provisions: int, answers: int) -> dict[str, Any]:
    """Fill the database; return the project and its pages, values and attributes."""
    from django.contrib.auth import get_user_model
    from django.contrib.sites.models import Site
    from django.utils import timezone
    from rdmo.domain.models import Attribute
    from rdmo.projects.models import Membership, Project, Value
    from rdmo.questions.models import (
        Catalog,
        CatalogSection,
        Page,
        PageQuestion,
        Question,
        Section,
        SectionPage,
    )

    now = timezone.now()
    user = get_user_model().objects.create_user("focal", "focal@example.org", "only for measuring", is_staff=True)
    site = Site.objects.get_current()
    catalog = Catalog(uri_prefix=URI, uri_path="large", title_lang1="Large", order=1, available=True)
    catalog.save()
    catalog.sites.add(site)
    pages, attributes = [], []
    for number in range(provisions):
        section = Section(uri_prefix=URI, uri_path=f"s{number}", title_lang1=f"Article {number}")
        section.save()
        page = Page(uri_prefix=URI, uri_path=f"p{number}", title_lang1=f"Provision {number}")
        page.save()
        CatalogSection(catalog=catalog, section=section, order=number).save()
        SectionPage(section=section, page=page, order=1).save()
        pages.append(page.pk)
        for place in range(7):
            attribute = Attribute(uri_prefix=URI, key=f"a{number}-{place}")
            attribute.save()
            question = Question(
                uri_prefix=URI, uri_path=f"q{number}-{place}", attribute=attribute, text_lang1=f"{place} of {number}?",
                widget_type="textarea", value_type="text",
            )  # fmt: skip
            question.save()
            PageQuestion(page=page, question=question, order=place).save()
            attributes.append(attribute.pk)
    project = Project(title="Ghana", catalog=catalog, site=site)
    project.save()
    Membership(project=project, user=user, role="owner").save()
    Value.objects.bulk_create(
        [Value(project=project, attribute_id=pk, text=WORDS, created=now, updated=now) for pk in attributes[:answers]],
        batch_size=500,
    )
    values = list(Value.objects.filter(project=project).order_by("pk").values_list("pk", "attribute_id"))
    return {"user": user, "project": project.pk, "pages": pages, "values": values, "attributes": attributes}


class Site:
    """What a person does there: each as the site's own pages ask for it."""

    def __init__(self, made: dict[str, Any]) -> None:
        from django.test import Client

        self.made, self.count = made, 0
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(made["user"], backend="django.contrib.auth.backends.ModelBackend")
        self.api = f"/api/v1/projects/projects/{made['project']}/"
        self.pages = f"/projects/{made['project']}/"

    def get(self, address: str) -> int:
        """Ask for a page; return how long it is."""
        said = self.client.get(address)
        if said.status_code != 200:
            raise SystemExit(f"{address}: {said.status_code} {said.content[:300]!r}")
        return len(b"".join(said.streaming_content) if said.streaming else said.content)

    def project(self, _number: int) -> int:
        """The project's page."""
        return self.get(self.pages)

    def navigation(self, _number: int) -> int:
        """All sections with how much of each is answered."""
        return self.get(f"{self.api}navigation/")

    def question(self, number: int) -> int:
        """One provision with its seven questions and their answers."""
        place = number * 37 % len(self.made["pages"])
        asked = "&".join(f"attribute={pk}" for pk in self.made["attributes"][place * 7 : place * 7 + 7])
        return self.get(f"{self.api}pages/{self.made['pages'][place]}/") + self.get(f"{self.api}values/?{asked}")

    def save(self, number: int) -> int:
        """One answer, and the progress that the site asks for after each."""
        self.count += 1
        value, attribute = self.made["values"][number * 7 % len(self.made["values"])]
        body = {"attribute": attribute, "text": f"{WORDS} {self.count}", "set_prefix": "", "set_index": 0,
                "collection_index": 0, "value_type": "text", "unit": "", "external_id": "", "option": None}  # fmt: skip
        said = self.client.put(f"{self.api}values/{value}/", json.dumps(body), content_type="application/json")
        if said.status_code != 200:
            raise SystemExit(f"save: {said.status_code} {said.content[:300]!r}")
        after = self.client.post(f"{self.api}progress/")
        if after.status_code != 200:
            raise SystemExit(f"progress: {after.status_code} {after.content[:300]!r}")
        return len(said.content)

    def answers(self, _number: int) -> int:
        """All answers on one page."""
        return self.get(f"{self.pages}answers/")

    def docx(self, _number: int) -> int:
        """All answers as .docx, through pandoc."""
        return self.get(f"{self.pages}answers/export/docx/")

    def xml(self, _number: int) -> int:
        """The project as XML, its quickest export."""
        return self.get(f"{self.pages}export/xml/")


def main() -> int:
    """Fill, say so, and do what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where its database and files go")
    parser.add_argument("provisions", type=int)
    parser.add_argument("answers", type=int)
    given = parser.parse_args()
    set_up(given.folder)
    site = Site(fill(given.provisions, given.answers))
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        name, number = line.split()
        begun, idle = time.perf_counter(), time.process_time() + sum(os.times()[2:4])
        try:
            length = getattr(site, name)(int(number))
        except Exception as error:  # noqa: BLE001 (said beside the figures)
            print(json.dumps({"error": f"{type(error).__name__}: {error}"[:300]}), flush=True)
            continue
        wall = (time.perf_counter() - begun) * 1000
        worked = (time.process_time() + sum(os.times()[2:4]) - idle) * 1000
        print(json.dumps({"wall": wall, "processor": worked, "length": length}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
