"""A short form of the siege by one client that wants everything."""

from tests.siege.fairness import compare


def test_others_are_answered_beside_a_client_of_many_slow_queries(
    target: tuple[int, int],
) -> None:
    assert compare(target[0], 3, [6], slow=1.5) == []
