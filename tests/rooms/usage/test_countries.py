"""The operator's table: the narrowest network decides, a wrong line is named, an invented header decides nothing."""

from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.exchange.usage.countries import TableError, read_countries, reader_address

TABLE = """network,country
192.0.2.0/24,GHA
192.0.2.128/25,FJ

2001:db8::/32,PER
"""


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("192.0.2.5", "GHA"),
        ("192.0.2.200", "FJ"),
        ("198.51.100.1", ""),
        ("2001:db8::1", "PER"),
        ("::ffff:192.0.2.5", "GHA"),
        ("unknown", ""),
        ("", ""),
        ("192.0.2.5:443", ""),
    ],
)
def test_an_address_lies_in_the_narrowest_network(address, country):
    assert read_countries(TABLE.splitlines()).of(address) == country


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the columns must be network,country, found nothing"),
        ("a,b\n", "line 1: the columns must be network,country, found a,b"),
        ("network,country\n192.0.2.1/24,GHA", "line 2: 192.0.2.1/24 has host bits set"),
        ("network,country\nhere,GHA", "line 2: 'here' does not appear to be an IPv4 or IPv6 network"),
        ("network,country\n192.0.2.0/24,Ghana", "line 2: 'Ghana' is no country code of two or three capital letters"),
        ("network,country\n192.0.2.0/24", "line 2: 1 cells where a network and a country must stand"),
        (
            "network,country\n192.0.2.0/24,GHA\n192.0.2.0/24,PER",
            "line 3: 192.0.2.0/24 stands with another country on an earlier line",
        ),
    ],
)
def test_a_wrong_line_is_named(text, said):
    with pytest.raises(TableError) as refused:
        read_countries(text.splitlines())
    assert str(refused.value) == said


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 32)).map(lambda one: IPv4Network(one, strict=False)),
        st.sampled_from(["GHA", "PER", "FJI"]),
        max_size=12,
    ),
    st.data(),
)
def test_the_table_agrees_with_looking_at_every_network(known, data):
    starts = [int(one.network_address) for one in known]
    number = data.draw(st.sampled_from(starts) if starts else st.integers(0, 2**32 - 1))
    address = IPv4Address(number)
    around = [one for one in known if address in one]
    expected = known[max(around, key=lambda one: one.prefixlen)] if around else ""
    table = ["network,country", *(f"{one},{code}" for one, code in known.items())]
    assert read_countries(table).of(str(address)) == expected


def test_only_the_operators_proxies_say_who_asked():
    forwarded = "203.0.113.9, 192.0.2.5"
    assert reader_address(forwarded, "10.0.0.1", proxies=0) == "10.0.0.1"
    assert reader_address(forwarded, "10.0.0.1", proxies=1) == "192.0.2.5"
    assert reader_address("", "10.0.0.1", proxies=1) == ""
