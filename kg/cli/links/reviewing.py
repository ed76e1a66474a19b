"""`kg link --review`: proposals of links accepted or rejected by single keys."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator

import click

from kg.cli.table import terminal_width
from kg.linking.review import CLOSE, LinkReview, ProposedLink, Reviewer, reviewed_address
from kg.linking.sides import proposal_sides
from kg.linking.wording import score_line
from kg.model.text import without_controls
from kg.store.store import Store

KEYS = {
    "a": "accept: it is the same",
    "c": "close: it is not the same, but close to it",
    "r": "reject: it is not this, and will not be proposed again",
    "s": "skip: leave it for another time",
    "o": "open its page in a browser",
    "u": "undo the last decision",
    "q": "quit",
    "?": "show the keys",
}
_NARROW = 72
_HEADING = 12


def reviewer_named(who: str | None) -> Reviewer:
    """Return who reviews: as said, else whoever git says that works here; KGError if neither."""
    git = shutil.which("git")
    if who is None and git:
        asked = subprocess.run(  # noqa: S603 - git, asked for its own setting
            [git, "config", "user.name"], capture_output=True, text=True, check=False
        )
        who = asked.stdout
    return Reviewer.of(who or "")


def review_proposals(store: Store, review: LinkReview) -> None:
    """Show one proposal after the other and do what the keys say, until none is left."""
    proposal = review.current()
    while proposal:
        _show(store, review, proposal)
        if not _decide(review, proposal):
            break
        proposal = review.current()
    left = review.left()
    click.echo(f"{left} left to review" if left else "there is nothing left to review")


def _decide(review: LinkReview, proposal: ProposedLink) -> bool:
    """Do what one key says; tell whether to go on."""
    click.echo(f"{' '.join(KEYS)} > ", nl=False)
    key = _key()
    click.echo(key)
    if key == "a":
        review.accept(proposal)
    elif key == "c":
        review.accept(proposal, CLOSE)
    elif key == "r":
        review.reject(proposal, _reason())
    elif key == "s":
        review.skip(proposal)
    elif key == "u":
        click.echo("" if review.undo() else "there is nothing to undo")
    elif key == "o":
        _open_page(reviewed_address(proposal, review.dataset))
    elif key in ("q", ""):
        return False
    else:
        click.echo("\n".join(f"{name}  {meaning}" for name, meaning in KEYS.items()))
    return True


def _open_page(address: str) -> None:
    # An endpoint may name any IRI as a candidate, such as one of a file.
    if address.startswith(("https://", "http://")):
        click.launch(address)
    else:
        click.echo("its address is none of the web")


def _key() -> str:
    """Read one key; from a pipe the next character that is no space, "" at its end."""
    if sys.stdin.isatty():
        return click.getchar().lower()
    key = " "
    while key.isspace():
        key = sys.stdin.read(1)
    return key.lower()


def _reason() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("why (may be empty)", default="", show_default=False))
    return sys.stdin.readline().strip()


def _show(store: Store, review: LinkReview, proposal: ProposedLink) -> None:
    width = max(_NARROW, min(shutil.get_terminal_size().columns, 2 * _NARROW))
    side = (width - _HEADING - 4) // 2
    click.echo(f"\n{review.left()} left · score {proposal.score.value:.2f}")
    names = ("", "Aide-Mémoire", review.dataset.name)
    for row in (names, *proposal_sides(store, proposal)):
        # What another dataset says must not be able to draw over our side.
        name, ours, theirs = map(without_controls, row)
        for line in _lines((name, ours, theirs), side):
            click.echo(line)
    click.echo(f"{'features':<{_HEADING}}  {score_line(proposal.score)}")
    click.echo(f"{'page':<{_HEADING}}  {reviewed_address(proposal, review.dataset)}")


def _lines(row: tuple[str, str, str], side: int) -> Iterator[str]:
    """Set a row in three columns, with as many lines as its longer side needs."""
    name, ours, theirs = row
    left, right = (_wrapped(text, side) or [""] for text in (ours, theirs))
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else ""
        other = right[number] if number < len(right) else ""
        gap = " " * (side - terminal_width(one))
        yield f"{'' if number else name:<{_HEADING}}  {one}{gap}  {other}".rstrip()


def _wrapped(text: str, side: int) -> list[str]:
    """Cut a text into lines that fit, where letters may be two columns wide."""
    wide = max(terminal_width(text), 1)
    return textwrap.wrap(text, max(8, side * len(text) // wide)) if wide > side else [text]
