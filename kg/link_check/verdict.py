"""The verdict on a link: its target as it is now, compared with the link and the thing of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.link_check.kinds import Kinds
from kg.link_check.linked_thing import LinkedThing
from kg.link_check.target_answer import TargetAnswer
from kg.link_check.target_record import TargetRecord
from kg.matching.name_features import name_features, name_value
from kg.model.outside_datasets import OutsideDataset
from kg.model.prefixes import TERM, expand
from kg.pipeline.inputs.checked_links import CheckedLink

# Links that say “the same”: of others, names and kinds may differ.
IDENTITY = frozenset(map(expand, ("owl:sameAs", "skos:exactMatch")))
# As sure as that a candidate is the one sought would be too much: a target may have one old name.
_ALIKE = 0.8
_GONE = {404, 410}
_NAMES_SHOWN = 3
# How catalogues of libraries tell persons of one name apart: Abe, Shinzō, 1954-2022.
_LIFE = re.compile(r",? \d{4}-(\d{4})?\.?$")


def link_verdict(
    link: CheckedLink,
    answer: TargetAnswer,
    thing: LinkedThing,
    kinds: Kinds,
    dataset: OutsideDataset,
    day: str,
) -> CheckedLink:
    """Return a link with the verdict that an answer leads to."""
    checked = replace(link, day=day, status=str(answer.status or ""), verdict="fine")
    if answer.failure:
        return replace(checked, verdict="unreachable", reason=answer.failure)
    if answer.status in _GONE:
        reason = f"{dataset.name} has no such record (HTTP {answer.status})"
        return replace(checked, verdict="dead", reason=reason, compared="status")
    record = answer.record or TargetRecord()
    successor = answer.successor or record.successor
    if successor:
        reason = f"{dataset.name} has moved or merged the record"
        moved = replace(checked, moved_to=dataset.iri(successor), compared="status")
        return replace(moved, verdict="moved", reason=reason)
    if answer.elsewhere:
        reason = f"its address leads to {answer.elsewhere[:300]}, which is no record"
        return replace(checked, verdict="doubtful", reason=reason, compared="status")
    return _compared(checked, record, thing, kinds)


def _compared(
    link: CheckedLink, record: TargetRecord, thing: LinkedThing, kinds: Kinds
) -> CheckedLink:
    compared, reasons = ["status"], [*record.doubts]
    names = _names_to_expect(link, thing)
    if names and record.names:
        compared.append("label")
        if not names_agree(names, record.names):
            reasons.append(f"it is called {_listed(record.names)} there")
    if link.predicate in IDENTITY and thing.classes and kinds.meant(record.classes):
        compared.append("kind")
        pair = kinds.conflict(thing.classes, record.classes)
        if pair:
            here, there = (iri.removeprefix(TERM) for iri in pair)
            reasons.append(f"it is of the kind {there} there, which no {here} can be")
    verdict = "doubtful" if reasons else "fine"
    return replace(link, verdict=verdict, reason="; ".join(reasons), compared=" ".join(compared))


def _names_to_expect(link: CheckedLink, thing: LinkedThing) -> tuple[str, ...]:
    """Return the names of which the target should have one.

    They are the name that it had when the link was made and, if it is the same, those of ours.
    """
    ours = (*thing.names, link.subject_label) if link.predicate in IDENTITY else ()
    return tuple(filter(None, dict.fromkeys((link.target_label, *ours))))


def names_agree(names: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether a name of one thing is alike one of another, in whatever language.

    >>> names_agree(["Shinzō Abe", "安倍晋三"], ["Abe, Shinzo, 1954-2022"])
    True
    >>> names_agree(["Japan", "日本"], ["France", "フランス"])
    False
    """
    bare = [_LIFE.sub("", name) for name in others]
    return name_value(name_features(names, bare, by_surname=False)) >= _ALIKE


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name[:100]}”" for name in names[:_NAMES_SHOWN])
    return f"{shown} and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else shown
