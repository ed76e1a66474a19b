"""What a new thing may be the same as, and which event it may be part of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pyoxigraph import NamedNode
from rapidfuzz import fuzz, process

from kg.authoring.profiles import Profile, read_profiles, shared_labels
from kg.authoring.source_check import source_slugs
from kg.index.folding import fold_name
from kg.model.errors import NotFound
from kg.model.named_graphs import ENTITIES
from kg.model.prefixes import THING, node
from kg.pipeline.load import SourceTree, load

# Percent of rapidfuzz: one or two letters of a usual name, or a word of a long one, may differ.
_SAME_NAME = 86
_MOST = 5
_DAY = timedelta(days=1)
# What lasts longer than a month shares days with too much for that to mean anything.
_MONTH = timedelta(days=31)
_EVENT, _PROSPECT = node("dip:Event").value, node("dip:Prospect").value
SAME, PART, WHOLE = "may be the same as", "may be part of", "may have as a part"
REALISES = "may realise, or be realised by,"


@dataclass(frozen=True)
class LikelyMatch:
    """A thing of the graph, how a new one may relate to it, and the reasons in words."""

    relation: str
    slug: str
    label: str
    reasons: tuple[str, ...]


def suggest(root: Path, name: str) -> dict[str, list[LikelyMatch]]:
    """Return the suggestions for each new thing of a source, or for one thing, by its slug.

    Any other name is that of a thing that nothing in the tree under `root` has yet, of any kind.
    Nothing may be called like it; NotFound then if a source or a slug reads almost the same.
    """
    tree = load(root)
    profiles = read_profiles(tree)
    if name in source_slugs(root):
        new = _declared(tree, name)
        others = {slug: one for slug, one in profiles.items() if slug not in new}
    elif name in profiles:
        new, others = [name], {slug: one for slug, one in profiles.items() if slug != name}
    else:
        return _called(name, profiles, source_slugs(root))
    return {slug: _suggestions(profiles[slug], others) for slug in new if slug in profiles}


def _called(
    name: str, profiles: dict[str, Profile], sources: Sequence[str]
) -> dict[str, list[LikelyMatch]]:
    folded, matches = fold_name(name), []
    for profile in profiles.values():
        match = process.extractOne(folded, profile.names.keys(), scorer=fuzz.token_set_ratio)
        if match and match[1] >= _SAME_NAME:
            reason = f"called “{profile.names[match[0]]}”"
            exact = fuzz.token_sort_ratio(folded, match[0])
            matches.append((exact, LikelyMatch(SAME, profile.slug, profile.label, (reason,))))
    if not matches:
        similar = process.extract(name, [*sources, *profiles], limit=3, score_cutoff=_SAME_NAME)
        if similar:
            raise NotFound(f"source or thing called {name}", [slug for slug, _, _ in similar])
    best = sorted(matches, key=lambda one: (-one[0], one[1].slug))
    return {name: [match for _, match in best[: 2 * _MOST]]}


def _declared(tree: SourceTree, source: str) -> list[str]:
    """Return the slugs of the things that a source declares, in the order of its files."""
    slugs = [
        quad.subject.value.removeprefix(THING)
        for quad, path in tree.origin.items()
        if quad.graph_name == ENTITIES
        and isinstance(quad.subject, NamedNode)
        and path.match(f"kg/sources/{source}/*")
    ]
    return list(dict.fromkeys(slugs))


def _suggestions(new: Profile, others: dict[str, Profile]) -> list[LikelyMatch]:
    weighed = [(_weigh(new, other, others), other) for other in others.values()]
    fitting = [(weight, reasons, other) for (weight, reasons), other in weighed if weight]
    best = sorted(fitting, key=lambda one: (-one[0], one[2].slug))[:_MOST]
    return [
        LikelyMatch(_relation(new, other), other.slug, other.label, tuple(reasons))
        for _, reasons, other in best
    ]


def _weigh(
    new: Profile, other: Profile, profiles: dict[str, Profile]
) -> tuple[float, Sequence[str]]:
    """Return how well two things fit, 0 if they do not, and the reasons."""
    if THING + other.slug in new.tied:
        return 0, ()
    happenings = {_EVENT, _PROSPECT}
    if not (new.kinds & other.kinds or (happenings & new.kinds and happenings & other.kinds)):
        return 0, ()
    name, score = _closest_name(new, other)
    named = score >= _SAME_NAME
    reasons = [f"called “{name}”"] if named else []
    days = _days_apart(new, other) if happenings & new.kinds else None
    if days is None:
        return (score / 100, reasons) if named else (0, ())
    shared = list(_shared(new, other, profiles))
    if not (named or shared):
        return 0, ()
    reasons += ["on the same day" if days == 0 else "a day apart", *shared]
    return score / 100 + 1 - days / 2 + len(shared), reasons


def _closest_name(new: Profile, other: Profile) -> tuple[str, float]:
    best, name = 0.0, ""
    for mine in new.names:
        match = process.extractOne(mine, other.names.keys(), scorer=fuzz.token_sort_ratio)
        if match and match[1] > best:
            best, name = match[1], other.names[match[0]]
    return name, best


def _days_apart(new: Profile, other: Profile) -> int | None:
    """Return 0 if they share a day, 1 if a day lies between; None if more, or it is unclear."""
    if not (new.first and new.last and other.first and other.last):
        return None
    if min(new.last - new.first, other.last - other.first) > _MONTH:
        return None
    apart = max(new.first, other.first) - min(new.last, other.last)
    return max(apart.days, 0) if apart <= _DAY else None


def _shared(new: Profile, other: Profile, profiles: dict[str, Profile]) -> Iterator[str]:
    for words, both in (
        ("both with", new.parties & other.parties),
        ("both in", new.places & other.places),
    ):
        if both:
            yield f"{words} {shared_labels(profiles, both)}"


def _relation(new: Profile, other: Profile) -> str:
    if (_PROSPECT in new.kinds) != (_PROSPECT in other.kinds):
        return REALISES
    if _lies_within(new, other):
        return PART
    return WHOLE if _lies_within(other, new) else SAME


def _lies_within(short: Profile, long: Profile) -> bool:
    # A month may be the other's day, less finely stated; several days hold it.
    if not (short.first and short.last and long.first and long.last and long.is_exact):
        return False
    longer = long.last - long.first > short.last - short.first
    return longer and long.first <= short.first and short.last <= long.last
