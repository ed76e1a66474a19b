import pytest

from kg.errors import BudgetSpent
from web.budget import Budget


def test_who_has_spent_its_budget_waits_and_others_do_not() -> None:
    budget = Budget(10)
    budget.spend("a", 9)
    budget.check("a")
    budget.spend("a", 3)
    with pytest.raises(BudgetSpent) as found:
        budget.check("a")
    assert 11 < found.value.seconds <= 12
    budget.check("b")


def test_no_budget_is_no_bound() -> None:
    budget = Budget(0)
    budget.spend("a", 1e9)
    budget.check("a")


def test_it_does_not_remember_everybody() -> None:
    budget = Budget(1)
    for client in range(20_000):
        budget.spend(str(client), 100)
    assert len(budget._spent) == 10_000
    budget.check("0")
