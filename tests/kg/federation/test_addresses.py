"""The table of addresses that are not public: each row to its edges, and what lies beside it."""

from ipaddress import ip_address

import pytest

from kg.federation.addresses import EMBEDDING, IPV4, IPV6, Block, non_public_block

# The public addresses next to blocks; where one is missing, another block begins.
BESIDE = """
1.0.0.0 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.1.255
192.0.3.0 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0
198.51.99.255 198.51.101.0 203.0.112.255 203.0.114.0 223.255.255.255
2000:: 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff 2001:200:: 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff
2001:db9:: 2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff 2003:: 3ffd:ffff:ffff:ffff:ffff:ffff:ffff:ffff
3fff:1000:: 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
"""


@pytest.mark.parametrize("block", IPV4 + IPV6, ids=lambda block: str(block.network))
def test_a_block_is_special_from_its_first_address_to_its_last(block: Block) -> None:
    for edge in (block.network[0], block.network[-1]):
        assert non_public_block(str(edge)) is not None
    assert block.rfc.startswith("RFC ")


@pytest.mark.parametrize("address", BESIDE.split())
def test_what_lies_beside_a_block_is_public(address: str) -> None:
    assert non_public_block(address) is None


def test_each_edge_of_a_block_borders_on_a_public_address_or_on_another_block() -> None:
    for blocks, size in ((IPV4, 2**32), (IPV6, 2**128)):
        for block in blocks:
            first, last = int(block.network[0]), int(block.network[-1])
            kind = type(block.network[0])
            beside = [str(kind(at)) for at in (first - 1, last + 1) if 0 <= at < size]
            assert all(
                non_public_block(one) or one in BESIDE.split() or _embeds(one) for one in beside
            ), block


def _embeds(address: str) -> bool:
    return any(ip_address(address) in block.network for block in EMBEDDING)


@pytest.mark.parametrize("block", IPV4, ids=lambda block: str(block.network))
@pytest.mark.parametrize(
    "prefix",
    ["::ffff:", "64:ff9b::", "2606:4700::5efe:", "2606:4700::200:5efe:", "::", "fe80::5efe:"],
)
def test_an_embedded_address_is_no_more_public_than_by_itself(block: Block, prefix: str) -> None:
    for edge in (block.network[0], block.network[-1]):
        assert non_public_block(f"{prefix}{edge}") is not None


@pytest.mark.parametrize("prefix", ["::ffff:", "64:ff9b::", "2606:4700::5efe:"])
def test_a_public_address_stays_so_when_embedded(prefix: str) -> None:
    assert non_public_block(f"{prefix}8.8.8.8") is None


# Python's own table, by its patch level, lets some of these pass, and the code before did.
@pytest.mark.parametrize(
    ("address", "purpose"),
    [
        ("64:ff9b:1::8.8.8.8", "translation within a network"),
        ("::127.0.0.1", "unspecified, or compatible with IPv4"),
        ("fec0::1", "site-local"),
        ("192.0.0.8", "protocol assignments"),
        ("192.0.0.9", "protocol assignments"),
        ("192.88.99.1", "relays of 6to4"),
        ("2002:808:808::", "6to4"),
        ("2001:0:808:808::f7f7:f7f7", "Teredo"),
        ("3fff::1", "documentation"),
        ("5f00::1", "segment routing"),
        ("::ffff:0:127.0.0.1", "not given out"),
        ("fe80::1%eth0", "link-local"),
        ("169.254.169.254", "link-local"),
        ("::ffff:169.254.169.254", "link-local"),
        ("100.64.0.1", "shared by the clients of a carrier"),
        ("0.0.0.0", "this network"),  # noqa: S104
        ("::", "unspecified, or compatible with IPv4"),
        ("::1", "loopback"),
    ],
)
def test_the_reason_is_named(address: str, purpose: str) -> None:
    block = non_public_block(address)
    assert block is not None
    assert block.purpose == purpose
