"""Which addresses of the Internet are not public: the registries of IANA as a table.

Python's `ipaddress.is_global` follows the registries as they were when it was released, and lets
whatever they do not name pass. Here a row is missing until somebody adds it, on every Python.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple


class Block(NamedTuple):
    """Addresses that no endpoint of the public Internet has: which, what they are for, by whom."""

    network: IPv4Network | IPv6Network
    purpose: str
    rfc: str


def _blocks(*rows: tuple[str, str, str]) -> tuple[Block, ...]:
    return tuple(Block(ip_network(network), purpose, rfc) for network, purpose, rfc in rows)


# https://www.iana.org/assignments/iana-ipv4-special-registry and …/multicast-addresses. Of blocks
# that hold services only (192.0.0.0/24, 2001::/23) all counts as special.
IPV4 = _blocks(
    ("0.0.0.0/8", "this network", "RFC 791"),
    ("10.0.0.0/8", "private use", "RFC 1918"),
    ("100.64.0.0/10", "shared by the clients of a carrier", "RFC 6598"),
    ("127.0.0.0/8", "loopback", "RFC 1122"),
    ("169.254.0.0/16", "link-local", "RFC 3927"),
    ("172.16.0.0/12", "private use", "RFC 1918"),
    ("192.0.0.0/24", "protocol assignments", "RFC 6890"),
    ("192.0.2.0/24", "documentation", "RFC 5737"),
    ("192.88.99.0/24", "relays of 6to4", "RFC 7526"),
    ("192.168.0.0/16", "private use", "RFC 1918"),
    ("198.18.0.0/15", "benchmarking", "RFC 2544"),
    ("198.51.100.0/24", "documentation", "RFC 5737"),
    ("203.0.113.0/24", "documentation", "RFC 5737"),
    ("224.0.0.0/4", "multicast", "RFC 5771"),
    ("240.0.0.0/4", "reserved, and broadcast", "RFC 1112"),
)

# https://www.iana.org/assignments/iana-ipv6-special-registry, and …/ipv6-address-space for the
# last three: only 2000::/3 is allocated. The first block that fits gives the reason.
IPV6 = _blocks(
    ("::1/128", "loopback", "RFC 4291"),
    ("::/96", "unspecified, or compatible with IPv4", "RFC 4291"),
    ("64:ff9b:1::/48", "translation within a network", "RFC 8215"),
    ("100::/64", "discard", "RFC 6666"),
    ("100:0:0:1::/64", "dummy prefix", "RFC 9780"),
    ("2001::/32", "Teredo", "RFC 4380"),
    ("2001:2::/48", "benchmarking", "RFC 5180"),
    ("2001::/23", "protocol assignments", "RFC 2928"),
    ("2001:db8::/32", "documentation", "RFC 3849"),
    ("2002::/16", "6to4", "RFC 3056"),
    ("3ffe::/16", "6bone, given back", "RFC 3701"),
    ("3fff::/20", "documentation", "RFC 9637"),
    ("5f00::/16", "segment routing", "RFC 9602"),
    ("fc00::/7", "unique local", "RFC 4193"),
    ("fe80::/10", "link-local", "RFC 4291"),
    ("fec0::/10", "site-local", "RFC 3879"),
    ("ff00::/8", "multicast", "RFC 4291"),
    ("::/3", "not given out", "RFC 4291"),
    ("4000::/2", "not given out", "RFC 4291"),
    ("8000::/1", "not given out", "RFC 4291"),
)

# An address of these is as public as the IPv4 address in its last 32 bits.
EMBEDDING = _blocks(
    ("::ffff:0:0/96", "mapped from IPv4", "RFC 4291"),
    ("64:ff9b::/96", "translated from IPv4", "RFC 6052"),
)
_LOW = 0xFFFF_FFFF
# The 32 bits before, in an address of ISATAP (RFC 5214, 6.1), but for the bit "universal".
_ISATAP, _UNIVERSAL = 0x0000_5EFE, 0x0200_0000


def non_public_block(address: str) -> Block | None:
    """Return the block because of which an address is not public; None if it is public.

    >>> non_public_block("8.8.8.8"), non_public_block("2606:4700::1111")
    (None, None)
    >>> non_public_block("::ffff:10.0.0.1").purpose, non_public_block("fec0::1").rfc
    ('private use', 'RFC 3879')
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return _first(IPV4, ip)
    inner = IPv4Address(int(ip) & _LOW)
    if _first(EMBEDDING, ip):
        return _first(IPV4, inner)
    before = int(ip) >> 32 & _LOW & ~_UNIVERSAL
    return _first(IPV6, ip) or (_first(IPV4, inner) if before == _ISATAP else None)


def _first(blocks: tuple[Block, ...], ip: IPv4Address | IPv6Address) -> Block | None:
    return next((block for block in blocks if ip in block.network), None)
