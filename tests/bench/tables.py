"""What a table takes that is added to the graph: `python -m tests.bench.tables`.

Votes of 193 states, one a row, 1,000,000 by default, made for it. Measured are the reading process
alone, the build that it is part of (`kg build --add … --map …`), and a question that joins votes
with who expelled diplomats (`kg query`). Times are of the clock and of the processor; memory is the
largest that a process had.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from string import ascii_uppercase

from kg.pipeline.additions.intake import reading_bounds
from kg.pipeline.additions.reading_task import Task

GRAPH = "http://example.org/votes"
STATES = 193
# Those of ours first, so that they are among the states that vote.
CODES = ("AU", "BE", "CA", "CN", "CZ", "DE", "DK", "ES", "EE", "FI", "FR", "GB", "HU", "IT", "JP")
METADATA = {
    "@context": "http://www.w3.org/ns/csvw",
    "url": "votes.csv",
    "tableSchema": {
        "aboutUrl": "http://example.org/vote/{_row}",
        "columns": [
            {
                "titles": "resolution",
                "propertyUrl": "http://example.org/resolution",
                "valueUrl": "http://example.org/resolution/{resolution}",
            },
            {
                "titles": "day",
                "propertyUrl": "http://example.org/day",
                "datatype": {"base": "date", "format": "dd/MM/yyyy"},
            },
            {"titles": "state", "propertyUrl": "http://example.org/state"},
            {"titles": "choice", "propertyUrl": "http://example.org/choice"},
        ],
    },
}
QUESTION = """# How did the states vote that expelled Russian diplomats after the Skripal attack?
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX ex: <http://example.org/>
PREFIX id: <https://w3id.org/aide-memoire/id/>
SELECT ?code ?choice (COUNT(?vote) AS ?votes) WHERE {
  {
    SELECT DISTINCT ?code WHERE {
      ?expulsion a dip:Expulsion ; dip:inResponseTo id:skripal-attack ; dip:agent ?state .
      ?state dip:isoAlpha2 ?code .
    }
  }
  GRAPH ex:votes { ?vote ex:state ?code ; ex:choice ?choice }
}
GROUP BY ?code ?choice
ORDER BY ?code ?choice
"""
_LINE = "{:<34}{:>10}{:>12}{:>12}   {}"


def main() -> None:
    """Print a row for each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    print(_LINE.format("", "clock", "processor", "memory", ""))
    with tempfile.TemporaryDirectory(prefix="kg-tables-") as name:
        folder = Path(name)
        table, metadata = folder / "votes.csv", folder / "votes.json"
        write_votes(table, rows)
        metadata.write_text(json.dumps(METADATA), "utf-8")
        (folder / "question.rq").write_text(QUESTION, "utf-8")
        size = f"{rows:,} rows, {table.stat().st_size / 1e6:.0f} MB"
        _measure("read the table", _read(table, metadata, folder), folder, size)
        added = ("--add", f"{table}={GRAPH}", "--map", str(metadata))
        _measure("kg build without it", ["-m", "kg.cli", "build"], folder)
        _measure("kg build with it", ["-m", "kg.cli", "build", *added], folder)
        asked = ["-m", "kg.cli", "query", str(folder / "question.rq")]
        _measure("kg query", asked, folder)


def write_votes(path: Path, rows: int) -> None:
    """Write so many votes, the same at each call."""
    dice = random.Random(7)  # noqa: S311
    pairs = ("".join(pair) for pair in product(ascii_uppercase, repeat=2))
    states = list(dict.fromkeys((*CODES, *pairs)))[:STATES]
    with path.open("w", encoding="utf-8") as file:
        file.write("resolution,day,state,choice\n")
        for number in range(rows):
            resolution, state = divmod(number, STATES)
            day = date(1990, 1, 1) + timedelta(days=2 * resolution % 12_000)
            choice = dice.choice(("yes", "yes", "yes", "no", "abstain"))
            file.write(f"R-{resolution},{day:%d/%m/%Y},{states[state]},{choice}\n")


def _read(table: Path, metadata: Path, folder: Path) -> list[str]:
    target, bounds = str(folder / "votes.nt"), reading_bounds(table)
    task = Task(str(table), 0, target, bounds, "votes.csv", "votes.csv", GRAPH, str(metadata))
    return ["-m", "kg.pipeline.additions.addition_reader", task.text()]


def _measure(name: str, arguments: list[str], folder: Path, about: str = "") -> None:
    """Run a program, and print what it took and the last line that it wrote."""
    start = time.perf_counter()
    with (folder / "output").open("w+b") as output, (folder / "errors").open("w+b") as errors:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=output,
            stderr=errors,
            env={**os.environ, "KG_BUILDS": str(folder / "builds")},
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit((folder / "errors").read_text("utf-8"))
    spent = time.perf_counter() - start
    lines = (folder / "output").read_text("utf-8").splitlines()
    words = about or f"{lines[-1]} ({len(lines)} lines)"
    processor, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1000
    print(_LINE.format(name, f"{spent:.1f} s", f"{processor:.1f} s", f"{memory:,.0f} MB", words))


if __name__ == "__main__":
    main()
