"""Who asks: basic authentication, or digest where an engine demands it, as Virtuoso does.

https://www.rfc-editor.org/rfc/rfc7617 and https://www.rfc-editor.org/rfc/rfc7616
"""

from __future__ import annotations

import hashlib
import os
from base64 import b64encode
from threading import Lock
from urllib.parse import urlsplit
from urllib.request import parse_http_list, parse_keqv_list


class Authentication:
    """The credentials for an engine; nothing of them is written anywhere but in a request."""

    def __init__(self, user: str = "", password: str = "") -> None:
        """Take the user's name and password; without a name nothing is sent."""
        self._user, self._password = user, password
        self._challenge: dict[str, str] = {}
        self._sent, self._lock = 0, Lock()

    def accept(self, challenge: str) -> bool:
        """Take what a 401 demands; tell whether the request is worth sending again."""
        scheme, _, parameters = challenge.partition(" ")
        if not self._user or scheme.lower() != "digest":
            return False
        values = parse_keqv_list(parse_http_list(parameters))
        is_new = values.get("nonce") != self._challenge.get("nonce")
        with self._lock:
            self._challenge, self._sent = values, 0
        return is_new

    def headers(self, method: str, url: str) -> dict[str, str]:
        """Return the headers that say who sends a request."""
        if not self._user:
            return {}
        if self._challenge:
            return {"Authorization": self._digest(method, url)}
        pair = b64encode(f"{self._user}:{self._password}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}

    def _digest(self, method: str, url: str) -> str:
        with self._lock:
            self._sent += 1
            challenge, number = self._challenge, f"{self._sent:08x}"
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        algorithm = challenge.get("algorithm", "MD5")
        realm, nonce = challenge.get("realm", ""), challenge.get("nonce", "")
        first = _hash(algorithm, f"{self._user}:{realm}:{self._password}")
        second = _hash(algorithm, f"{method}:{path}")
        fields = {"username": self._user, "realm": realm, "nonce": nonce, "uri": path}
        plain = {"algorithm": algorithm}
        if "auth" in challenge.get("qop", "").split(","):
            ours = os.urandom(8).hex()
            digest = _hash(algorithm, f"{first}:{nonce}:{number}:{ours}:auth:{second}")
            fields["cnonce"] = ours
            plain |= {"qop": "auth", "nc": number}
        else:
            digest = _hash(algorithm, f"{first}:{nonce}:{second}")
        fields["response"] = digest
        if "opaque" in challenge:
            fields["opaque"] = challenge["opaque"]
        quoted = [f'{name}="{value}"' for name, value in fields.items()]
        return "Digest " + ", ".join([*quoted, *(f"{n}={v}" for n, v in plain.items())])


def _hash(algorithm: str, text: str) -> str:
    # The protocol has these two; MD5 is what Virtuoso offers.
    if algorithm.upper() == "SHA-256":
        return hashlib.sha256(text.encode()).hexdigest()
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
