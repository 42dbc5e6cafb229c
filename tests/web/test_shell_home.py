"""The home page: the map by layer and year, the latest documents, files, the number of queries."""

from datetime import date

import pytest
from django.test import Client
from django.utils import translation
from tests.loaded_registry import loaded_registry  # noqa: F401 (a fixture)

from merida.foundation.registry.figures import participation_at, parties_at
from merida.foundation.registry.models import State
from merida.interfaces.web.views.home_map import Layer, asked_layer, layer_map

TODAY = date(2030, 6, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.mark.parametrize(
    ("query", "name", "at"),
    [
        ({}, "parties", TODAY),
        ({"year": "2019"}, "parties", date(2019, 12, 31)),
        ({"year": "2030"}, "parties", TODAY),
        ({"year": "2031"}, "parties", TODAY),
        ({"year": "1999"}, "parties", TODAY),
        ({"year": "٢٠١٩", "layer": "borders"}, "parties", TODAY),
        ({"year": "9" * 5000}, "parties", TODAY),
        ({"layer": "mechanisms", "year": "2021"}, "mechanisms", date(2021, 12, 31)),
    ],
)
def test_the_address_chooses_layer_and_year_and_nonsense_chooses_today(query, name, at):
    assert asked_layer(query, TODAY) == Layer(name, at)


@pytest.mark.usefixtures("loaded_registry")
def test_every_state_has_one_tile_and_the_parties_are_those_of_the_registry():
    at = date(2019, 12, 31)
    picture = layer_map(Layer("parties", at))
    tiles = [tile for group in picture.groups for tile in group.tiles]

    assert sorted(tile.code for tile in tiles) == sorted(State.objects.values_list("iso3", flat=True))
    assert {tile.code for tile in tiles if tile.level != "0"} == parties_at("UNCAC", at)
    assert sum(entry.count for entry in picture.legend) == len(tiles) == len(picture.table.rows)


@pytest.mark.usefixtures("loaded_registry")
def test_the_union_stands_apart_from_the_regional_groups():
    picture = layer_map(Layer("parties", TODAY))

    assert [tile.code for tile in picture.groups[-1].tiles] == ["EUE"]
    assert len(picture.groups) >= 6


@pytest.mark.usefixtures("loaded_registry")
def test_the_map_of_mechanisms_agrees_with_the_figures():
    at = date(2021, 3, 29)
    found = participation_at(at)
    picture = layer_map(Layer("mechanisms", at))

    assert {entry.level: entry.count for entry in picture.legend if entry.level != "0"} == {
        str(count): len(states) for count, states in found.by_number.items()
    }


@pytest.mark.usefixtures("loaded_registry")
def test_a_party_whose_date_is_only_recalled_says_so():
    with translation.override("en"):
        picture = layer_map(Layer("parties", TODAY))
    words = {tile.words for group in picture.groups for tile in group.tiles if tile.level == "unverified"}

    assert words
    assert all("unverified" in each for each in words)


@pytest.mark.usefixtures("loaded_registry")
def test_the_map_is_a_file_too(reader):
    answer = reader.get("/fr/?year=2019&format=csv")
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert len(lines) == State.objects.count() + 1
    row = next(row for row in reader.get("/fr/?format=json").json()["rows"] if row["iso3"] == "NAM")
    assert row == {
        "iso3": "NAM",
        "name": "Namibie",
        "regional_group": "États d'Afrique",
        "on_the_map": "partie depuis le 3 août 2004",
        "confidence": "SOURCED",
    }


def test_an_empty_installation_says_how_to_begin(reader):
    page = reader.get("/en/")

    assert page.status_code == 200
    assert "python -m merida ingest FILE" in page.text


@pytest.mark.usefixtures("loaded_registry")
@pytest.mark.parametrize(("layer", "count"), [("parties", 8), ("mechanisms", 13)])
def test_the_number_of_queries_is_known(reader, layer, count, django_assert_num_queries):
    reader.get("/en/")
    with django_assert_num_queries(count):
        reader.get(f"/en/?layer={layer}&year=2019")


@pytest.mark.usefixtures("loaded_registry")
@pytest.mark.parametrize("code", ["ar", "zh", "en", "fr", "ru", "es"])
def test_states_are_named_in_the_readers_language(reader, code):
    name = State.objects.get(iso3="NAM").names[code]

    assert f">{name}: " in reader.get(f"/{code}/").text
