"""The address of the owner: `KG_CONTACT`, a mail address or the address of a form."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from kg.model.errors import KGError

_TITLE, _BODY = "{title}", "{body}"


def contact_address(setting: object) -> str:
    """Read the setting of the owner's address; KGError if it is neither of mail nor of a page.

    >>> contact_address(" graph@example.org "), contact_address("")
    ('mailto:graph@example.org', '')
    >>> contact_address("https://example.org/new?title={title}&text={body}")
    'https://example.org/new?title={title}&text={body}'
    """
    text = str(setting).strip().removeprefix("mailto:")
    page = text.startswith(("https://", "http://")) and urlsplit(text).hostname
    user, _, host = text.partition("@")
    if not page and user and host and not set(text) & set("/:?<> "):
        return f"mailto:{text}"
    if text and not page:
        raise KGError(
            f"KG_CONTACT: “{text}” is neither a mail address nor the address of a page; write it "
            "like graph@example.org or https://example.org/new?title={title}&text={body}"
        )
    return text


def filled_contact(address: str, title: str, body: str) -> str:
    """Return the owner's address with the title and text of a message in it.

    >>> filled_contact("mailto:graph@example.org", "A fault", "It says 5 & 6.")
    'mailto:graph@example.org?subject=A%20fault&body=It%20says%205%20%26%206.'
    >>> filled_contact("https://example.org/new?title={title}", "A fault", "It says 5.")
    'https://example.org/new?title=A%20fault'
    """
    written, text = quote(title, safe=""), quote(body, safe="")
    if address.startswith("mailto:"):
        return f"{address}?subject={written}&body={text}"
    return address.replace(_TITLE, written).replace(_BODY, text)
