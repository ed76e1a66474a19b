"""Query time by client, counted in a table that processes share."""

from pathlib import Path

from kg.workers.budget import ClientBudgets


def test_time_used_in_one_process_counts_in_all(tmp_path: Path) -> None:
    first, second = (ClientBudgets(60, tmp_path / "budgets") for _ in range(2))
    first.charge("192.0.2.1", 50)
    assert second.seconds_over("192.0.2.1") == 0
    second.charge("192.0.2.1", 40)
    assert 0 < first.seconds_over("192.0.2.1") <= 30
    assert second.seconds_over("192.0.2.2") == 0


def test_a_budget_is_restored_as_time_passes() -> None:
    # Of a budget of 6,000 s a minute, 100 s are restored each second.
    budgets = ClientBudgets(6000)
    budgets.charge("192.0.2.1", 6100)
    over = budgets.seconds_over("192.0.2.1")
    assert 0 < over <= 1
    while budgets.seconds_over("192.0.2.1") > 0:
        assert budgets.seconds_over("192.0.2.1") <= over


def test_a_budget_is_exceeded_only_while_others_wait(tmp_path: Path) -> None:
    budgets = ClientBudgets(10, tmp_path / "budgets")
    budgets.charge("192.0.2.1", 300)
    assert not budgets.is_exceeded("192.0.2.1")
    budgets.note_contention()
    assert budgets.is_exceeded("192.0.2.1")
    assert not budgets.is_exceeded("192.0.2.2")


def test_0_is_no_bound_where_any_other_number_is() -> None:
    for seconds, exceeded in ((0, False), (1e6, True)):
        budgets = ClientBudgets(seconds)
        budgets.charge("192.0.2.1", 1e9)
        budgets.note_contention()
        assert budgets.is_exceeded("192.0.2.1") is exceeded


def test_few_of_many_clients_are_mistaken_for_another() -> None:
    budgets = ClientBudgets(10)
    for number in range(500):
        budgets.charge(f"a client {number}", 300)
    charged = sum(budgets.seconds_over(f"a client {number}") > 0 for number in range(500))
    mistaken = sum(budgets.seconds_over(f"another {number}") > 0 for number in range(1000))
    # One cell in eight is used in each of the two rows.
    assert charged == 500
    assert mistaken < 50
