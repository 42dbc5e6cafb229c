"""The questionnaires that come with merida: published when they are new or have changed, otherwise left unread."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from merida.foundation.access.visibility import SYSTEM, Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.changes.queries import last_change
from merida.foundation.registry.models import LoadedFile
from merida.review.questionnaires.editing import (
    DATA,
    SHARED,
    allow_writing,
    expanded_recipe,
    keep_form,
    provisions_to_ask,
    publish_version,
)
from merida.review.questionnaires.form import Form
from merida.review.questionnaires.form_file import read_form, write_form
from merida.review.questionnaires.forms_kept import digest_of
from merida.review.questionnaires.models import Version

LOG: Final = "file:questionnaires"  # what the change log knows the files by


@dataclass(frozen=True, slots=True)
class Shipped:
    """What became of the files: the versions published now, and the codes left as they were changed here."""

    published: tuple[Version, ...] = ()
    kept: tuple[str, ...] = ()


def load_questionnaires(actor: Actor, *, folder: Path = DATA) -> Shipped:
    """Take in and publish the questionnaires of ``folder``: all of them or, when anything is wrong, none.

    They are not even read while the files, the registry and the code that reads them are what they were the last time,
    and all are still there. A questionnaire that was changed here since merida published it stays as it is. Raises
    FormError, RefusedError (a provision is not in the registry), PermissionDenied.
    """
    allow_writing(actor)
    release = release_of(folder)
    with transaction.atomic():
        noted = _noted()
        if noted.get("release") == release and not _missing(noted["versions"]):
            return Shipped()
        return _load(actor, folder, release, noted)


def release_of(folder: Path) -> str:
    """Return a digest over all that decides what is published: the files, this room's code, the registry's files."""
    digest = hashlib.sha256()
    for path in [*sorted(folder.glob("*.yaml")), *sorted(Path(__file__).parent.glob("*.py"))]:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    for file, loaded in LoadedFile.objects.order_by("file").values_list("file", "digest"):
        digest.update(f"{file}\0{loaded}\n".encode())
    return digest.hexdigest()


def _load(actor: Actor, folder: Path, release: str, noted: Mapping[str, Any]) -> Shipped:
    before: Mapping[str, str] = noted.get("versions", {})
    published, kept, versions = list[Version](), list[str](), dict[str, str]()
    for form in _forms(folder):
        wanted = digest_of(write_form(form))
        if _is_changed_here(form.code, wanted, before):
            kept.append(form.code)
            versions[form.code] = before.get(form.code, "")
            continue
        versions[form.code] = wanted
        version = keep_form(actor, form)
        if version.frozen_at is None:
            published.append(publish_version(actor, version))
    after = {"release": release, "versions": versions}
    record_change(actor, "LOAD_QUESTIONNAIRES", LOG, before=noted or None, after=after)
    return Shipped(tuple(published), tuple(kept))


def _forms(folder: Path) -> list[Form]:
    provisions = provisions_to_ask()
    recipes = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml")) if path.name != SHARED)
    return [read_form(expanded_recipe(recipe, provisions, folder=folder)) for recipe in recipes]


def _is_changed_here(code: str, wanted: str, before: Mapping[str, str]) -> bool:
    """Whether the newest version is neither what merida published last nor what it would publish now.

    Where it is not noted what that was (the first start that notes it), and of a draft that is still the same, who last
    changed the version tells.
    """
    newest = Version.objects.filter(questionnaire__code=code).defer("content").order_by("-number").first()
    if newest is None or newest.digest == wanted:
        return False
    is_same = newest.digest == before.get(code)
    if is_same and newest.frozen_at is not None:
        return False
    last = last_change(reference_to(newest), lambda _one: True)
    return (code in before and not is_same) or (last is not None and last.who != SYSTEM.name)


def _noted() -> Mapping[str, Any]:
    last = last_change(LOG, lambda _one: True)
    return (last.after or {}) if last else {}


def _missing(codes: Mapping[str, str]) -> set[str]:
    held = Version.objects.filter(questionnaire__code__in=codes)
    return codes.keys() - set(held.values_list("questionnaire__code", flat=True))
