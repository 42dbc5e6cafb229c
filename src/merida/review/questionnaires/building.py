"""Building a draft in the browser: every deed on its tree, kept and written down. A published version stays as it is.

What two officers do to different parts of one draft is kept both. Where both changed the same part, the second is told
with MeantimeError, which carries what stands there now; nothing of either is lost before somebody has chosen.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from merida.foundation.access.models import Audience
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.changes.queries import HistoryEntry, last_change
from merida.foundation.registry.models import Provision
from merida.review.questionnaires import tree
from merida.review.questionnaires.editing import allow_writing, mechanism_of
from merida.review.questionnaires.form import Form, Question, Section, Texts
from merida.review.questionnaires.form_file import question_as_data, section_as_data, write_form
from merida.review.questionnaires.forms_kept import digest_of, form_of
from merida.review.questionnaires.models import AskedQuestion, Questionnaire, Version
from merida.review.questionnaires.refusing import RefusedError
from merida.review.questionnaires.tree import Step, question_here, section_here
from merida.review.questionnaires.wellformed import check_heading, check_section

Item = Question | Section | None
_MEANTIME = gettext_noop("{item} was changed by somebody else since you opened it; both are shown, nothing is lost")
_BY_WHOM = gettext_noop("{who} changed {item} on {moment}, since you opened it; both are shown, nothing is lost")


class MeantimeError(RefusedError):
    """Somebody else changed the same part since it was opened. ``theirs`` stands there now, None where it is gone."""

    def __init__(self, item: str, *, theirs: Item | Form) -> None:
        self.theirs, self.item = theirs, item
        super().__init__(_MEANTIME, item=item)

    def told_by(self, last: HistoryEntry | None) -> "MeantimeError":
        """Return it with who made the change and when, where that is known."""
        if last is not None and last.who:
            self.template, self.values = _BY_WHOM, {"item": self.item, "who": last.who, "moment": last.at}
        return self


def state_of(item: Question | Section | Form | None) -> str:
    """Return what tells whether a part has changed: of a section its title and provision, of a form its heading."""
    if isinstance(item, Question):
        data: Any = question_as_data(item)
    elif isinstance(item, Section):
        data = [item.identifier, dict(item.title), item.provision]
    elif isinstance(item, Form):
        data = [dict(item.title), dict(item.introduction), item.mechanism]
    else:
        return ""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:24]


def whole_state_of(section: Section) -> str:
    """Return what tells whether a section or any question in it has changed."""
    return hashlib.sha256(json.dumps(section_as_data(section), sort_keys=True).encode()).hexdigest()[:24]


def start_questionnaire(actor: Actor, form: Form) -> Version:
    """Keep a new questionnaire as a draft: its heading and at least one section. Raises RefusedError."""
    allow_writing(actor)
    check_heading(form)
    for section in form.sections:
        check_section(section)
    mechanism = mechanism_of(form)
    content = write_form(form)
    with transaction.atomic():
        held, is_new = Questionnaire.objects.get_or_create(
            code=form.code, defaults={"titles": dict(form.title), "mechanism": mechanism, "audience": Audience.PUBLIC}
        )
        if not is_new:
            raise RefusedError("the code {code} is taken by another questionnaire", code=form.code)
        made = Version(questionnaire=held, number=1, content=content, digest=digest_of(content))
        made.questions_count = len(form.order)
        made.save()
        after = {"digest": made.digest, "number": 1, "questions": made.questions_count}
        record_change(actor, "START_QUESTIONNAIRE", reference_to(made), before=None, after=after)
    return made


def start_next_version(actor: Actor, questionnaire: Questionnaire) -> Version:
    """Begin the draft after the newest published version, with the same content; a draft already there is returned."""
    allow_writing(actor)
    with transaction.atomic():
        # The questionnaire is locked, so that two officers who press at once get the same draft.
        held = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        newest: Version | None = held.versions.order_by("-number").first()
        if newest is None:
            raise RefusedError("{item} is not in this draft any more", item=held.code)
        if newest.frozen_at is None:
            return newest
        made = Version(questionnaire=held, number=newest.number + 1, content=newest.content, digest=newest.digest)
        made.questions_count = newest.questions_count
        made.save()
        before, after = {"number": newest.number}, {"digest": made.digest, "number": made.number}
        record_change(actor, "START_VERSION", reference_to(made), before=before, after=after)
    return made


def change_heading(actor: Actor, version: Version, form: Form, *, seen: str) -> Version:
    """Change title, introduction and mechanism to those of ``form``. Raises RefusedError, MeantimeError."""

    def change(held: Form) -> Form:
        if seen != state_of(held):
            raise MeantimeError(held.code, theirs=held)
        made = replace(held, title=dict(form.title), introduction=dict(form.introduction), mechanism=form.mechanism)
        check_heading(made)
        mechanism_of(made)
        return made

    return _keep(actor, version, "CHANGE_HEADING", change, item="")


def add_section(actor: Actor, version: Version, section: Section, *, before: str = "") -> Version:
    """Add a section before another, at the end without ``before``. Raises RefusedError."""

    def change(form: Form) -> Form:
        _known({section.provision})
        return tree.insert_section(form, section, before=before)

    return _keep(actor, version, "ADD_SECTION", change, item=section.identifier, after=_data(section))


def change_section(
    actor: Actor, version: Version, identifier: str, *, title: Texts, provision: str, seen: str
) -> Version:
    """Change title and provision of a section. Raises RefusedError, MeantimeError."""

    def change(form: Form) -> Form:
        held = form.section_named.get(identifier)
        if seen != state_of(held):
            raise MeantimeError(identifier, theirs=held)
        _known({provision} - {held.provision if held else ""})
        return tree.change_section(form, identifier, title=title, provision=provision)

    after = {"title": dict(title), "provision": provision}
    return _keep(actor, version, "CHANGE_SECTION", change, item=identifier, after=after)


def move_section(actor: Actor, version: Version, identifier: str, step: Step) -> Version:
    """Move a section one place. Raises RefusedError where a condition would ask about a later question."""
    return _keep(
        actor, version, "MOVE_SECTION", lambda form: tree.move_section(form, identifier, step), item=identifier
    )


def copy_section(actor: Actor, version: Version, identifier: str) -> Version:
    """Copy a section with its questions; the copy stands behind it."""
    return _keep(actor, version, "COPY_SECTION", lambda form: tree.copy_section(form, identifier)[0], item=identifier)


def remove_section(actor: Actor, version: Version, identifier: str, *, seen: str) -> Version:
    """Remove a section as it was seen, with all in it; what was removed stays in the log of changes."""

    def change(form: Form) -> Form:
        held = section_here(form, identifier)
        if seen != whole_state_of(held):
            raise MeantimeError(identifier, theirs=held)
        return tree.remove_section(form, identifier)

    return _keep(actor, version, "REMOVE_SECTION", change, item=identifier)


def rename_section(actor: Actor, version: Version, identifier: str, new: str) -> Version:
    """Give a section another identifier, unless a published version has it already."""

    def change(form: Form) -> Form:
        _not_published(version, identifier, section=True)
        return tree.rename_section(form, identifier, new)

    return _keep(actor, version, "RENAME_SECTION", change, item=identifier, after={"identifier": new})


def add_question(actor: Actor, version: Version, question: Question, *, section: str, before: str = "") -> Version:
    """Add a question to a section, before another one or at its end. Raises RefusedError."""

    def change(form: Form) -> Form:
        _known(set(question.provisions))
        return tree.insert_question(form, question, section=section, before=before)

    return _keep(actor, version, "ADD_QUESTION", change, item=question.identifier, after=_data(question))


def change_question(actor: Actor, version: Version, question: Question, *, seen: str) -> Version:
    """Change a question. ``seen`` is its ``state_of`` when it was opened. Raises RefusedError, MeantimeError."""

    def change(form: Form) -> Form:
        held = form.by_identifier.get(question.identifier)
        if seen != state_of(held):
            raise MeantimeError(question.identifier, theirs=held)
        _known(set(question.provisions) - set(held.provisions if held else ()))
        return tree.change_question(form, question)

    return _keep(actor, version, "CHANGE_QUESTION", change, item=question.identifier, after=_data(question))


def move_question(actor: Actor, version: Version, identifier: str, step: Step) -> Version:
    """Move a question one place, over the edge of its section too. Raises RefusedError."""
    change = lambda form: tree.move_question(form, identifier, step)  # noqa: E731
    return _keep(actor, version, "MOVE_QUESTION", change, item=identifier)


def move_into(actor: Actor, version: Version, identifier: str, section: str) -> Version:
    """Move a question to the end of another section. Raises RefusedError."""
    change = lambda form: tree.move_into(form, identifier, section)  # noqa: E731
    return _keep(actor, version, "MOVE_QUESTION", change, item=identifier, after={"section": section})


def copy_question(actor: Actor, version: Version, identifier: str) -> Version:
    """Copy a question; the copy stands behind it."""
    return _keep(actor, version, "COPY_QUESTION", lambda form: tree.copy_question(form, identifier)[0], item=identifier)


def remove_question(actor: Actor, version: Version, identifier: str, *, seen: str) -> Version:
    """Remove a question as it was seen; what was removed stays in the log of changes."""

    def change(form: Form) -> Form:
        held = question_here(form, identifier)
        if seen != state_of(held):
            raise MeantimeError(identifier, theirs=held)
        return tree.remove_question(form, identifier)

    return _keep(actor, version, "REMOVE_QUESTION", change, item=identifier)


def rename_question(actor: Actor, version: Version, identifier: str, new: str) -> Version:
    """Give a question another identifier, unless a published version has it: answers follow it by that."""

    def change(form: Form) -> Form:
        _not_published(version, identifier)
        return tree.rename_question(form, identifier, new)

    return _keep(actor, version, "RENAME_QUESTION", change, item=identifier, after={"identifier": new})


def _keep(
    actor: Actor,
    version: Version,
    verb: str,
    change: Callable[[Form], Form],
    *,
    item: str,
    after: Mapping[str, Any] | None = None,
) -> Version:
    allow_writing(actor)
    with transaction.atomic():
        held = Version.objects.select_for_update().defer("content").get(pk=version.pk)
        if held.frozen_at is not None:
            raise RefusedError("this version is published and does not change any more; begin the next one from it")
        form = form_of(held)
        before = _data(form.by_identifier.get(item) or form.section_named.get(item))
        try:
            made = change(form)
        except MeantimeError as overtaken:
            raise overtaken.told_by(last_change(reference_to(held), lambda one: _touches(one, item))) from None
        if made == form:
            return held
        content = write_form(made)
        was = held.digest
        held.content, held.digest = content, digest_of(content)
        held.questions_count, held.changed_at = len(made.order), timezone.now()
        held.save(update_fields=["content", "digest", "questions_count", "changed_at"])
        if held.number == 1 and made.title != form.title:
            Questionnaire.objects.filter(pk=held.questionnaire_id).update(titles=dict(made.title))
        record_change(
            actor,
            verb,
            reference_to(held),
            before={"digest": was, "item": item, "was": before},
            after={"digest": held.digest, "item": item, **({"now": dict(after)} if after is not None else {})},
            is_confined=True,  # drafts are seen by those who write them
        )
    return held


def _touches(change: HistoryEntry, item: str) -> bool:
    """Whether a change of a draft was one of a part of it, or of the whole."""
    return change.verb == "WRITE_QUESTIONNAIRE" or (change.after or {}).get("item") == item


def _data(item: Question | Section | None) -> dict[str, Any] | None:
    if isinstance(item, Question):
        return question_as_data(item)
    return section_as_data(item) if isinstance(item, Section) else None


def _known(keys: set[str]) -> None:
    wanted = keys - {""}
    missing = wanted - set(Provision.objects.filter(key__in=wanted).values_list("key", flat=True)) if wanted else set()
    if missing:
        raise RefusedError("provision {key} is not in the registry", key=min(missing))


def _not_published(version: Version, identifier: str, *, section: bool = False) -> None:
    found = AskedQuestion.objects.filter(version__questionnaire=version.questionnaire_id)
    if (found.filter(section=identifier) if section else found.filter(identifier=identifier)).exists():
        raise RefusedError(
            "{item} keeps its identifier: a published version has it, and answers follow it by that", item=identifier
        )
