"""Which addresses of the internet may be fetched from: only what is public.

A URL from outside must never reach this machine or its neighbours (SSRF).
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence

from feeds.errors import Forbidden, Unavailable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

# Ranges that carry an IPv4 address inside, or that lead to a translator which may stand
# in our own network: RFC 6052, 8215 (NAT64), 3056 (6to4), 4380 (Teredo), 4291 §2.5.5.
_WRAPPED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "::/96",
        "::ffff:0:0/96",
        "::ffff:0:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
    )
)
# What `is_global` lets through in one Python or another.
_CLOSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",  # a cloud's own services, on a public number
        "192.0.0.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "100::/64",
        "2001:2::/48",
        "2001:10::/28",
        "2001:20::/28",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
    )
)


def is_public(text: str) -> bool:
    """Say whether an IP address is one of the open internet."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not any(address in network for network in (*_WRAPPED, *_CLOSED))
    )


def resolve(host: str, port: int) -> list[str]:
    """Return every address of a host, in the resolver's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def checked(host: str, port: int, *, allow_private: bool, resolve: Resolve) -> str:
    """Return the one address to connect to.

    A name with even one private address is refused: an answer that differs from
    question to question is how a name gets past such a check. Raises Forbidden, and
    Unavailable for a name without an address.
    """
    try:
        found = list(resolve(host, port))
    except (OSError, UnicodeError) as exc:
        raise Unavailable(f"The name '{host}' has no address.") from exc
    if not found:
        raise Unavailable(f"The name '{host}' has no address.")
    closed = [address for address in found if not is_public(address)]
    if closed and not allow_private:
        raise Forbidden(f"'{host}' is at {closed[0]}, which is not a public address.")
    return found[0]
