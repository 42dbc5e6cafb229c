"""A1: review mechanisms with cycles are data, none is built in."""

import shutil
from pathlib import Path

import pytest

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.actions import load_reference_data
from merida.foundation.registry.figures import cycles_of, mechanism_by_slug, mechanisms_list
from merida.foundation.registry.reference import DATA, ReferenceDataError

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_eight_mechanisms_are_configured_with_names_in_six_languages() -> None:
    load_reference_data(SYSTEM)
    mechanisms = {m.code: sorted(m.names) for m in mechanisms_list()}
    six = ["ar", "en", "es", "fr", "ru", "zh"]
    codes = ["ACN_IAP", "ARAB_REVIEW", "AU_REVIEW", "GRECO", "MESICIC", "OECD_WGB", "UNCAC_IRM", "UNTOC_REVIEW"]
    assert mechanisms == dict.fromkeys(codes, six)


def test_the_two_cycles_of_the_implementation_review_cover_their_chapters() -> None:
    load_reference_data(SYSTEM)
    mechanism = mechanism_by_slug("uncac-irm")
    assert mechanism is not None
    assert [(c.number, sorted(p.key for p in c.provisions.all())) for c in cycles_of(mechanism)] == [
        (1, ["UNCAC chapter III", "UNCAC chapter IV"]),
        (2, ["UNCAC chapter II", "UNCAC chapter V"]),
    ]


def test_a_mechanism_that_nobody_programmed_works_from_its_file_alone(folder: Path) -> None:
    text = (folder / "mechanisms" / "greco.yaml").read_text(encoding="utf-8")
    text = text.replace("code: GRECO", "code: SAMPLE_REVIEW").replace('short_name: "GRECO"', 'short_name: "Sample"')
    (folder / "mechanisms" / "sample_review.yaml").write_text(text, encoding="utf-8")
    with (folder / "memberships.csv").open("a", encoding="utf-8") as file:
        file.write("SAMPLE_REVIEW,NAM,2020-01-01,JOINED,,,MEMORY,RECALLED,\n")
    load_reference_data(SYSTEM, directory=folder)
    mechanism = mechanism_by_slug("sample-review")
    assert mechanism is not None
    assert (mechanism.short_name, [c.number for c in cycles_of(mechanism)]) == ("Sample", [1, 2, 3, 4, 5, 6])
    assert [m.state.iso3 for m in mechanism.memberships.all()] == ["NAM"]


def test_a_bad_file_is_refused_with_file_line_and_field(folder: Path) -> None:
    path = folder / "mechanisms" / "mesicic.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("term: ROUND", "term: LAP"), encoding="utf-8")
    line = path.read_text(encoding="utf-8").splitlines().index("    term: LAP") + 1
    with pytest.raises(ReferenceDataError) as caught:
        load_reference_data(SYSTEM, directory=folder)
    expected = "versions[1].term: Input should be 'CYCLE', 'ROUND', 'PHASE' or 'CLUSTER'"
    assert str(caught.value) == f"mechanisms/mesicic.yaml:{line}: {expected}"
