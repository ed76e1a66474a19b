"""The texts of a tree that a build carries beside its graph, and that a server reads from there.

They are the prefix map, the headers of sources (whose slugs are prefixes too), the rules (which
explain what was derived), the named queries, the tables of links, and the last check of them, if
there is one. What the code itself asks, in `kg/queries/pages`, `index` and `description`, is part
of the code, as its templates are: it is shipped with the package and changes with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from kg.model.prefixes import ROOT, PrefixMap, parse_prefixes, with_sources
from kg.model.text_files import source

PREFIXES_FILE, RULES_FOLDER, QUERIES_FOLDER, SOURCES_FOLDER, LINKS_FOLDER, LINK_CHECK_FILE = (
    "ontology/prefixes.ttl",
    "ontology/rules/",
    "kg/queries/",
    "kg/sources/",
    "kg/links/",
    "kg/links/check.tsv",
)
# Apart from the named queries, which our graph answers alone.
FEDERATED_FOLDER = f"{QUERIES_FOLDER}federated/"


@dataclass(frozen=True, eq=False)
class SourceTexts:
    """Texts by their path in the tree; compared by identity, so that it may be a key of caches."""

    files: Mapping[str, str]

    @classmethod
    def of_tree(cls, root: Path) -> SourceTexts:
        """Read those of a tree; SourceError if one is not text."""
        paths = [root / PREFIXES_FILE, *(root / RULES_FOLDER).rglob("*.rq")]
        paths += (root / QUERIES_FOLDER).glob("*.rq")
        paths += (root / FEDERATED_FOLDER).glob("*.rq")
        paths += (root / SOURCES_FOLDER).glob("*/source.ttl")
        paths += (root / LINKS_FOLDER).glob("*.sssom.tsv")
        paths += root.glob(LINK_CHECK_FILE)
        names = {path.relative_to(root).as_posix(): path for path in sorted(paths)}
        return cls({name: source(path, name) for name, path in names.items()})

    @classmethod
    def of_json(cls, body: bytes) -> SourceTexts:
        """Read those of a build; ValueError or AttributeError if the body is not such texts."""
        return cls({str(name): str(text) for name, text in json.loads(body).items()})

    def json(self) -> bytes:
        """Return them as the file that a build holds: equal texts are equal bytes."""
        return json.dumps(self.files, ensure_ascii=False, indent=0, sort_keys=True).encode()

    @cached_property
    def prefixes(self) -> PrefixMap:
        """The prefix map, with a prefix for each source."""
        declared = parse_prefixes(self.files[PREFIXES_FILE], PREFIXES_FILE)
        folders = (Path(name).parent for name in self.files if name.startswith(SOURCES_FOLDER))
        return with_sources(declared, (folder.name for folder in folders))

    def rules(self) -> list[str]:
        """Return the text of each rule, in the order of paths."""
        return [self.files[name] for name in sorted(self.files) if name.startswith(RULES_FOLDER)]

    def queries(self) -> dict[str, str]:
        """Return the text of each named query by its name, in the order of names."""
        return self._queries(QUERIES_FOLDER)

    def federated_queries(self) -> dict[str, str]:
        """Return the text of each named query that calls other endpoints, by its name."""
        return self._queries(FEDERATED_FOLDER)

    def _queries(self, folder: str) -> dict[str, str]:
        paths = [Path(name) for name in sorted(self.files)]
        return {
            path.stem: self.files[path.as_posix()] for path in paths if path.parent == Path(folder)
        }


def link_table_name(dataset: str) -> str:
    """Return the path of the SSSOM table of the links to a dataset.

    >>> link_table_name("wikidata")
    'kg/links/wikidata.sssom.tsv'
    """
    return f"{LINKS_FOLDER}{dataset}.sssom.tsv"


@cache
def tree_texts() -> SourceTexts:
    """Return the texts of the tree that this code is in: for the command line and for tests."""
    return SourceTexts.of_tree(ROOT)
