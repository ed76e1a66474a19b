"""The links of a tree, as its tables have them, for a check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.link_check.asking import has_addresses
from kg.model.outside_datasets import dataset_of, outside_datasets
from kg.pipeline.inputs.checked_links import CheckedLink
from kg.pipeline.inputs.sssom import read_mapping_table

_FOLDER = Path("kg") / "links"


@dataclass(frozen=True)
class TableLink:
    """A link that is yet to be checked, and where it stands; without a dataset it cannot be."""

    link: CheckedLink
    place: str


def read_table_links(root: Path) -> list[TableLink]:
    """Read the links of a tree in the order of files and lines; SourceError if one is no table."""
    paths = sorted((root / _FOLDER).glob("*.sssom.tsv"))
    return [link for path in paths for link in _links(root, path)]


def _links(root: Path, path: Path) -> Iterator[TableLink]:
    name = path.relative_to(root).as_posix()
    for row in read_mapping_table(path, name).rows:
        # A rejected link is a row too, and so is the reason why there is none.
        if not row.link:
            continue
        subject, predicate, target = (term.value for term in row.link)
        link = CheckedLink(
            checked_dataset(target),
            subject,
            predicate,
            target,
            row.cells.get("subject_label", ""),
            row.cells.get("object_label", ""),
        )
        yield TableLink(link, f"{name}:{row.line}")


def checked_dataset(target: str) -> str:
    """Return the dataset that can be asked for a target, "" if there is none.

    >>> checked_dataset("http://www.wikidata.org/entity/Q17"), checked_dataset("https://example.org/")
    ('wikidata', '')
    """
    dataset = dataset_of(target)
    return dataset.id if dataset and has_addresses(dataset) else ""


def checked_datasets() -> list[str]:
    """Return the datasets whose records can be asked for, in the order of their table."""
    return [each.id for each in outside_datasets().values() if has_addresses(each)]
