"""The formats that a reference is written in: by the name that an address ends with."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kg.references.bibtex import write_bibtex
from kg.references.csl_json import write_csl
from kg.references.plain_text import write_plain
from kg.references.reference import Reference
from kg.references.ris import write_ris


class ReferenceFormat(NamedTuple):
    """A format: its media type, what people call it, and the function that writes it."""

    media_type: str
    label: str
    write: Callable[[Reference], bytes]


# None of the first three is registered with IANA; these are what clients ask for
# (https://citation.crosscite.org/docs.html).
REFERENCE_FORMATS = {
    "bib": ReferenceFormat("application/x-bibtex", "BibTeX", write_bibtex),
    "ris": ReferenceFormat("application/x-research-info-systems", "RIS", write_ris),
    "csl": ReferenceFormat("application/vnd.citationstyles.csl+json", "CSL-JSON", write_csl),
    "txt": ReferenceFormat("text/plain", "Text", write_plain),
}
