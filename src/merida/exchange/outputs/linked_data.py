"""Records of the observatory as JSON-LD: things of schema.org, themes as concepts of SKOS. Pure.

A row is one of the observatory's files; its paragraph is the citation of the thing.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

MEDIA_TYPE: Final = "application/ld+json"
CONTEXT: Final = {
    "@vocab": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "url": {"@id": "https://schema.org/url", "@type": "@id"},
}
TYPES: Final = {
    "ACTIVITY": "Event",
    "FIGURE": "Observation",
    "GOOD_PRACTICE": "Quotation",
    "RECOMMENDATION": "Quotation",
}


def dataset(
    rows: Iterable[Mapping[str, Any]], *, name: str, address: str, language: str, themes: str
) -> dict[str, Any]:
    """Return the rows as one dataset. ``address`` is absolute; ``themes`` is that of a theme with ``{}`` for its slug.

    What a row does not say is left out.
    """
    site = "/".join(address.split("/")[:3])
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": address,
        "name": name,
        "inLanguage": language,
        "hasPart": [_thing(row, site=site, themes=themes) for row in rows],
    }


def _thing(row: Mapping[str, Any], *, site: str, themes: str) -> dict[str, Any]:
    kind = row["kind"]
    thing = {
        "@type": TYPES[kind],
        "@id": f"urn:uuid:{row['record']}",
        "additionalType": f"{kind}:{row['what']}" if kind != "FIGURE" and row.get("what") else kind,
        **(_figure(row) if kind == "FIGURE" else _event(row) if kind == "ACTIVITY" else {"text": row["words"]}),
        "spatialCoverage": [{"@type": "Country", "identifier": code} for code in row.get("states") or ()],
        "about": [_concept(code, themes) for code in row.get("themes") or ()],
        "keywords": list(row.get("provisions") or ()),
        "citation": {
            "@type": "Quotation",
            "text": row["words"],
            "inLanguage": row["language"],
            "isPartOf": row["document"],
            "position": row["place"],
            "url": f"{site}{row['address']}",
        },
    }
    return {key: value for key, value in thing.items() if value not in ("", [], None)}


def _event(row: Mapping[str, Any]) -> dict[str, Any]:
    town = row.get("town")
    return {
        "name": row["words"],
        "startDate": row["from"],
        "endDate": row["to"],
        "location": {"@type": "Place", "name": town} if town else None,
    }


def _figure(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "measuredProperty": row["what"],
        "value": row["value"],
        "unitText": row["unit"],
        "measurementQualifier": row["qualifier"],
        "observationDate": row["as_of"],
    }


def _concept(code: str, themes: str) -> dict[str, str]:
    return {
        "@type": "skos:Concept",
        "@id": themes.format(code.lower().replace("_", "-")),
        "skos:notation": code,
    }
