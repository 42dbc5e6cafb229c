"""Every field of every model is classified, and foreign keys point the way that the imports do."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Field, Model

from merida.foundation.access.models import Guarded

CLASSES = {"public", "parties", "secret"}
GUARDED_FIELDS = {field.name for field in Guarded._meta.get_fields()}

# design.md, section 2, from the top down; rooms of one line do not know each other.
LAYERS: list[set[str]] = [
    {"interfaces.web"},
    {"exchange.deliveries"},
    {"exchange.ingest"},
    {"exchange.alignment"},
    {"exchange.curation"},
    {"exchange.outputs"},
    {"exchange.offline"},
    {"exchange.search", "exchange.usage", "exchange.digests"},
    {"cooperation.meetings", "cooperation.mandates"},
    {"review.synergies"},
    {"review.questionnaires", "review.draws"},
    {"knowledge.observatory", "knowledge.library", "knowledge.directory"},
    {"knowledge.crosswalk"},
    {"knowledge.documents"},
    {"foundation.access", "foundation.files"},
    {"foundation.registry"},
    {"foundation.sources"},
    {"foundation.changes"},
    {"foundation.people"},
]


def models() -> list[type[Model]]:
    """Return every model of merida, those that Django makes between two of them included."""
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("merida.")]


def room(model: type[Model]) -> str:
    return apps.get_app_config(model._meta.app_label).name.removeprefix("merida.")


def classified_fields(model: type[Model]) -> dict[str, str]:
    """Return the class of each field: its own, else that of the access fields, else the model's."""
    owner = model._meta.auto_created or model  # a table that Django makes between two models counts with its owner
    default, own = getattr(owner, "classified", ""), getattr(model, "classified_fields", {})
    guarded = dict.fromkeys(GUARDED_FIELDS, "parties") if issubclass(model, Guarded) else {}
    return {field.name: own.get(field.name, guarded.get(field.name, default)) for field in own_fields(model)}


def own_fields(model: type[Model]) -> Iterator[Field]:
    yield from (field for field in model._meta.get_fields() if not field.auto_created or field.concrete)


def named(model: type[Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", models(), ids=named)
def test_every_field_is_classified_public_parties_or_secret(model: type[Model]) -> None:
    unclassified = {name for name, level in classified_fields(model).items() if level not in CLASSES}
    assert unclassified == set()


@pytest.mark.parametrize("model", models(), ids=named)
def test_no_classification_speaks_of_a_field_that_is_gone(model: type[Model]) -> None:
    known = {field.name for field in own_fields(model)}
    assert set(getattr(model, "classified_fields", {})) - known == set()


def test_what_is_known_to_be_secret_is_classified_so() -> None:
    user = apps.get_model("people", "User")
    secrets = {name for name, level in classified_fields(user).items() if level == "secret"}
    assert {"email", "password", "full_name"} - secrets == set()
    assert classified_fields(apps.get_model("changes", "ErasableValue"))["value"] == "secret"
    assert classified_fields(apps.get_model("documents", "Document"))["audience"] == "parties"


def test_every_room_with_models_has_a_place_in_the_layers() -> None:
    assert {room(model) for model in models()} - set().union(*LAYERS) == set()


@pytest.mark.parametrize("model", models(), ids=named)
def test_foreign_keys_point_down_the_layers_or_stay_in_the_room(model: type[Model]) -> None:
    level = {name: number for number, names in enumerate(LAYERS) for name in names}
    upward = {
        f"{field.name} -> {room(field.related_model)}"
        for field in own_fields(model)
        if field.is_relation and field.related_model and field.related_model in models()
        if room(field.related_model) != room(model) and level[room(field.related_model)] <= level[room(model)]
    }
    assert upward == set()
