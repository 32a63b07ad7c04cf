import pytest

from feeds.errors import Forbidden, Unavailable
from feeds.importing import addresses

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1
127.255.255.254 169.254.0.1 169.254.169.254 168.63.129.16 172.16.0.1 172.31.255.255
192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1
198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255
:: ::1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8
::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::a00:1 100::1 2001::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1
2002:7f00:1:: 2002:a00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1
fd00::1 fd12:3456:789a::1 fe80::1 fe80::1%eth0 febf::1 fec0::1 ff02::1 ff0e::1 4000::1
not-an-address 127.1 2130706433 0x7f000001
"""
PUBLIC = """
1.1.1.1 8.8.8.8 9.9.9.9 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1
172.15.255.255 172.32.0.1 192.167.255.255 192.169.0.1 223.255.255.255
2606:4700:4700::1111 2a00:1450:4001::200e 2003::1 2620:fe::fe
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_address_of_this_machine_and_its_neighbours_is_closed(address: str) -> None:
    assert addresses.is_public(address) is False


@pytest.mark.parametrize("address", PUBLIC.split())
def test_address_of_the_internet_is_open(address: str) -> None:
    assert addresses.is_public(address) is True


def test_the_first_address_of_a_public_name_is_taken() -> None:
    found = addresses.checked(
        "example.org",
        443,
        allow_private=False,
        resolve=lambda _host, _port: ["8.8.8.8", "2606:4700:4700::1111"],
    )
    assert found == "8.8.8.8"


@pytest.mark.parametrize("private", ["127.0.0.1", "::1", "169.254.169.254"])
def test_name_with_one_private_address_is_refused(private: str) -> None:
    with pytest.raises(Forbidden) as caught:
        addresses.checked(
            "example.org",
            443,
            allow_private=False,
            resolve=lambda _host, _port: ["8.8.8.8", private],
        )
    sentence = f"'example.org' is at {private}, which is not a public address."
    assert str(caught.value) == sentence


# What the machine's own resolver makes of spellings that mean the same address.
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "localhost",
        "::1",
    ],
)
def test_every_spelling_of_this_machine_is_refused(host: str) -> None:
    with pytest.raises((Forbidden, Unavailable)):
        addresses.checked(host, 80, allow_private=False, resolve=addresses.resolve)


def test_name_without_an_address_is_unavailable() -> None:
    for resolve in (lambda _host, _port: [], addresses.resolve):
        with pytest.raises(Unavailable, match=r"'no\.invalid' has no address"):
            addresses.checked("no.invalid", 80, allow_private=True, resolve=resolve)
