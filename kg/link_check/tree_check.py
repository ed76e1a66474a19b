"""Check the links of a tree and write the report into it, all or nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from kg.link_check.run import LinkCheck
from kg.link_check.run_notes import RunNotes
from kg.link_check.table_links import read_table_links
from kg.model.source_texts import LINK_CHECK_FILE
from kg.model.text_files import source
from kg.outside.client import OutsideClient
from kg.pipeline.inputs.checked_links import LinkReport, format_link_report, parse_link_report
from kg.store.store import Store

NOTES = "check.rows.tsv"


def check_tree(
    root: Path,
    store: Store,
    client: OutsideClient,
    folder: Path,
    datasets: Collection[str],
    day: str,
    progress: Callable[[str, str], None] = lambda *_: None,
) -> LinkReport:
    """Check the links of a tree to some datasets, and write `kg/links/check.tsv`.

    `store` is a build with the things of ours; working files stand in `folder`. Nothing changes in
    the tree unless the check is complete. NoNetwork if no dataset can be reached.
    """
    links = [each.link for each in read_table_links(root)]
    notes = RunNotes(folder / NOTES)
    with notes.alone():
        check = LinkCheck(client, store, notes, read_link_report(root), day, progress)
        report = check.run(links, datasets)
        text = format_link_report(report.day, report.links)
        _write(root / LINK_CHECK_FILE, text)
        notes.remove()
    return parse_link_report(text)


def read_link_report(root: Path) -> LinkReport | None:
    """Return the last report of a tree, None if there is none; SourceError if it is damaged."""
    path = root / LINK_CHECK_FILE
    return parse_link_report(source(path, LINK_CHECK_FILE)) if path.exists() else None


def _write(path: Path, text: str) -> None:
    # Beside the folder of links: a build that runs meanwhile would stop at a file it cannot name.
    handle, name = tempfile.mkstemp(dir=path.parents[1], prefix=".link-check-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
