"""The operator's table of networks and countries: a CSV file with the columns ``network`` and ``country``. Pure.

It is read into memory; an address is looked up there and forgotten.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

COLUMNS = ["network", "country"]
CODE = re.compile(r"[A-Z]{2,3}")
WIDTHS = {4: 32, 6: 128}  # bits of an address


class TableError(ValueError):
    """The table cannot be used; the message names the line."""


@dataclass(frozen=True, slots=True)
class Countries:
    """Networks by version and length of their prefix, the longest first: the narrowest network decides."""

    networks: tuple[tuple[int, int, dict[int, str]], ...] = ()  # version, bits after the prefix, prefix -> country

    def of(self, address: str) -> str:
        """Return the country of an address, ``""`` where the table has none or the text is no address."""
        try:
            found = ip_address(address.strip())
        except ValueError:
            return ""
        mapped = getattr(found, "ipv4_mapped", None)
        found = mapped or found
        number, version = int(found), found.version
        for kind, bits, known in self.networks:
            if kind == version and (country := known.get(number >> bits)):
                return country
        return ""


def read_countries(lines: Iterable[str]) -> Countries:
    """Read the table. Raises TableError where a line is no network with a country code of two or three letters."""
    rows = csv.reader(lines)
    header = [name.strip().lower() for name in next(rows, [])]
    if header != COLUMNS:
        raise TableError(f"line 1: the columns must be {','.join(COLUMNS)}, found {','.join(header) or 'nothing'}")
    found: dict[tuple[int, int], dict[int, str]] = {}
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(COLUMNS):
            raise TableError(f"line {rows.line_num}: {len(row)} cells where a network and a country must stand")
        text, code = (cell.strip() for cell in row)
        try:
            network = ip_network(text)
        except ValueError as error:
            raise TableError(f"line {rows.line_num}: {error}") from None
        if not CODE.fullmatch(code):
            raise TableError(f"line {rows.line_num}: {code!r} is no country code of two or three capital letters")
        bits = WIDTHS[network.version] - network.prefixlen
        prefix = int(network.network_address) >> bits
        if found.setdefault((network.version, bits), {}).setdefault(prefix, code) != code:
            raise TableError(f"line {rows.line_num}: {text} stands with another country on an earlier line")
    return Countries(tuple((version, bits, found[version, bits]) for version, bits in sorted(found)))


def reader_address(forwarded: str, direct: str, *, proxies: int) -> str:
    """Return the address that asked: what the outermost of the operator's ``proxies`` saw, without one the sender's.

    ``forwarded`` is the header X-Forwarded-For, whose last entries those proxies wrote; what stands before them
    anybody can have made up.
    """
    if proxies < 1:
        return direct
    entries = [entry.strip() for entry in forwarded.split(",") if entry.strip()]
    return entries[-proxies] if len(entries) >= proxies else ""
