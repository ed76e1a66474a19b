"""No query of the size that is let pass fills the stack; it would kill the process, not raise.

So the queries are asked in a process of their own. The shapes in SLOW take the engine longer than a
test may last: a recursion needs stack in proportion, so a part of the size on the same part of
the stack shows the same.
"""

import subprocess
import sys
import threading

import pytest

from kg.endpoint.guard import LARGEST, guard
from kg.model.errors import QueryError
from kg.store.embedded.deep_stack import STACK
from kg.store.store import Store

PART = 128
# The beginning, what is repeated, the middle, what is repeated to close it, the end.
FAST = {
    "groups": ("ASK", "{", "", "}", ""),
    "brackets": ("ASK{FILTER", "(", "1", ")", "}"),
    "not": ("ASK{FILTER(", "!", "1", "", ")}"),
    "union": ("ASK{{}", "UNION{}", "", "", "}"),
    "optional": ("ASK{", "OPTIONAL{}", "", "", "}"),
    "optional in optional": ("ASK{", "OPTIONAL{", "", "}", "}"),
    "minus": ("ASK{", "MINUS{}", "", "", "}"),
    "lateral": ("ASK{", "LATERAL{}", "", "", "}"),
    "graph in graph": ("ASK{", "GRAPH?g{", "", "}", "}"),
    "select in select": ("ASK", "{SELECT*", "{}", "}", ""),
    "exists": ("ASK{", "FILTER EXISTS{", "", "}", "}"),
    "filters": ("ASK{", "FILTER(1)", "", "", "}"),
    "if": ("ASK{FILTER(", "IF(1,1,", "1", ")", ")}"),
    "function": ("ASK{FILTER(", "STR(", "1", ")", ")}"),
    "coalesce": ("ASK{FILTER(", "COALESCE(", "1", ")", ")}"),
    "in": ("ASK{FILTER(1 IN(1", ",1", "", "", "))}"),
    "values": ("ASK{", "VALUES?x{}", "", "", "}"),
    "path": ("ASK{?s", "(", "<a:b>", ")*", "?o}"),
    "alternatives": ("ASK{?s<a:b>", "|<a:b>", "", "", "?o}"),
    "negated path": ("ASK{?s!(<a:b>", "|<a:b>", "", "", ")?o}"),
}
SLOW = {
    "sum": ("SELECT(1", "+1", "", "", "AS?x){}"),
    "product": ("SELECT(1", "*1", "", "", "AS?x){}"),
    "and": ("ASK{FILTER(1", "&&1", "", "", ")}"),
    "or in or": ("ASK{FILTER(1", "||(1", "", ")", ")}"),
    "order": ("SELECT*{}ORDER BY", "(1)", "", "", ""),
    "group": ("SELECT(1 AS?x){}GROUP BY", "(1)", "", "", ""),
    "having": ("SELECT*{}HAVING", "(1)", "", "", ""),
    "describe": ("DESCRIBE", "<a:b>", "", "", ""),
    "triples": ("ASK{", "?s?p?o.", "", "", "}"),
    "sequence": ("ASK{?s<a:b>", "/<a:b>", "", "", "?o}"),
    "list": ("ASK{?s?p(", " 1", "", "", ")}"),
    "list in list": ("ASK{?s?p", "(", "1", ")", "}"),
    "node in node": ("ASK{?s?p", "[?p ", "1", "]", "}"),
    "template": ("CONSTRUCT{?s?p", "[?p ", "1", "]", "}{}"),
    "graphs": ("ASK{", "GRAPH?g{?s?p?o}", "", "", "}"),
    "triple in triple": ("ASK{", "<<", "?s?p?o", ">>?p?o", "}"),
}


def query(shape: tuple[str, ...], size: int) -> str:
    head, opening, middle, closing, tail = shape
    times = (size - len(head + middle + tail)) // len(opening + closing)
    return head + opening * times + middle + closing * times + tail


def ask(*how: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, __file__, *how], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("how", ["whole", "part"])
def test_largest_query_leaves_the_process_alive(how: str) -> None:
    ran = ask(how)
    last = ran.stdout.splitlines()[-1:]
    assert ran.returncode == 0, f"{last} ends the process: {ran.stderr}"
    assert last == ["done"]


def test_larger_query_is_refused() -> None:
    guard("ASK{}" + " " * (LARGEST - 5))
    with pytest.raises(QueryError, match=f"this query has {LARGEST + 1} bytes; at most {LARGEST}"):
        guard("ASK{}" + " " * (LARGEST - 6) + "é")


def test_stack_of_other_threads_stays_as_it_was() -> None:
    before = threading.stack_size()
    Store.of([]).execute("ASK {}", lambda _: "text/csv")
    assert threading.stack_size() == before


def answered(text: str) -> None:
    try:
        Store.of([]).execute(text, lambda graph: "text/turtle" if graph else "text/csv")
    except QueryError as error:
        raise SystemExit(f"{text[:40]}…: {error}") from error


def in_part(text: str) -> None:
    # Our own questions are asked in the thread that asks, here one with a part of the stack.
    store, wrong = Store.of([]), []
    graph = text.startswith(("CONSTRUCT", "DESCRIBE"))
    ask = store.construct if graph else store.select if text.startswith("SELECT") else store.ask

    def run() -> None:
        try:
            ask(text)
        except QueryError as error:
            wrong.append(error)

    threading.stack_size(STACK // PART)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if wrong:
        raise SystemExit(f"{text[:40]}…: {wrong[0]}")


def main(how: str) -> None:
    for name, shape in (FAST if how == "whole" else FAST | SLOW).items():
        print(name, flush=True)
        if how == "whole":
            answered(query(shape, LARGEST))
        else:
            in_part(query(shape, LARGEST // PART))
    print("done")


if __name__ == "__main__":
    main(sys.argv[1])
