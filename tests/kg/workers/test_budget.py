"""Query time by client, counted in a table that processes share."""

from pathlib import Path

from kg.workers.budget import Budget


def test_what_a_client_uses_in_one_process_counts_in_all(tmp_path: Path) -> None:
    one, other = (Budget(60, tmp_path / "budget") for _ in range(2))
    one.spend("192.0.2.1", 50)
    other.spend("192.0.2.1", 40)
    assert 29 < one.excess("192.0.2.1") <= 30
    assert other.excess("192.0.2.2") == 0


def test_it_binds_only_while_others_wait(tmp_path: Path) -> None:
    budget = Budget(10, tmp_path / "budget")
    budget.spend("192.0.2.1", 30)
    assert not budget.binds("192.0.2.1")
    budget.press()
    assert budget.binds("192.0.2.1")
    assert not budget.binds("192.0.2.2")


def test_0_is_no_bound() -> None:
    budget = Budget(0)
    budget.spend("192.0.2.1", 1e9)
    budget.press()
    assert not budget.binds("192.0.2.1")


def test_few_of_many_clients_are_taken_for_another() -> None:
    budget = Budget(10)
    for number in range(500):
        budget.spend(f"a client {number}", 30)
    taken = sum(budget.excess(f"another {number}") > 0 for number in range(1000))
    # One cell in eight is used in each of the two rows.
    assert taken < 50
