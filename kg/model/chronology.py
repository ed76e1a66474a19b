"""Where a thing stands in an order of time: the key by which lists, panels and the index sort.

First what happened, by the first day that it can have been; what has only a last day, at that day;
then what has no day. What did not happen (planned, proposed, hypothetical) follows, set apart, in
the same order.
"""

from __future__ import annotations

_HAPPENED, _APART = "0", "1"
# After every day, as text.
_NO_DAY = "~"


def moment(earliest: str, latest: str, apart: bool = False) -> str:
    """Return the key of a thing with these first and last days, each empty if there is none.

    >>> moment("", "1945-12-31") < moment("2018-04-22", "2018-04-24") < moment("2018-04-22", "")
    True
    >>> moment("2018-05-01", "2018-05-31", apart=True) > moment("", "")
    True
    """
    group = _APART if apart else _HAPPENED
    return f"{group} {earliest or latest or _NO_DAY} {latest or _NO_DAY}"


def is_apart(key: str) -> bool:
    """Tell whether a thing with this key did not happen, and is listed apart.

    >>> is_apart(moment("2018-05-26", "2018-05-26", apart=True)), is_apart(NO_MOMENT)
    (True, False)
    """
    return key.startswith(_APART)


NO_MOMENT = moment("", "")
