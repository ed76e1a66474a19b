"""A short form of the attacks on the edge: all together, and the one that takes connections."""

import pytest

from tests.siege import streams
from tests.siege.edge import besiege

# Enough to take every thread and every connection of a server that lends them.
_SHARE = {"idle": 1, "all": 0.3}


@pytest.mark.parametrize("attack", _SHARE)
def test_honest_clients_are_answered_meanwhile_and_calm_returns(
    target: tuple[int, int], names: list[str], attack: str
) -> None:
    assert besiege(target, names, attack, 1.5, _SHARE[attack], around=0.5) == []


def test_frames_are_those_of_the_specification() -> None:
    # RFC 9113, sections 3.4 and 6.5; RFC 7541, appendix C.2.2.
    assert streams.opening(window=0)[24:].hex() == "000006040000000000000400000000"
    assert b"\x04\x0c/sample/path" in streams.get(1, "/sample/path")
    assert streams.is_spoken(streams.frame(streams.SETTINGS, 0, 0))
    assert not streams.is_spoken(b"HTTP/1.1 400 Bad Request\r\n\r\n")
