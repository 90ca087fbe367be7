"""Passwords out of every text that leaves the program: messages, notes, manifests, tracebacks."""

from __future__ import annotations

import re
from typing import Any

HIDDEN = "***"
LOGIN = re.compile(r"""(?P<scheme>\b[A-Za-z][A-Za-z0-9+.-]*://)(?P<user>[^\s:/?#@"'<>]*):(?P<secret>\S*)@""")
WHOLE_LOGIN = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?P<user>[^:/?#@]*):(?P<secret>.*)@", re.DOTALL)
"""A text that is one URL: a password in it may hold blanks and quotes."""
SETTING = re.compile(
    r"(?P<name>\b\w*(?:password|passwd|passphrase|pwd|secret|token|api_?key|credentials?)\w*\s*=\s*)"
    r"(?P<secret>'[^']*'|\"[^\"]*\"|[^\s&;,'\"()]+)",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"\$\{\w+\}")
"""A secret that is named and not written; names may be seen."""
SUSPECT = re.compile(r"://|=")


def redacted(text: str, secrets: tuple[str, ...] = ()) -> str:
    """Replace the passwords of URLs, settings such as ``password=`` and the given secrets by ``***``.

    A reference to the environment such as ``${CALLS_PASSWORD}`` stays, so that a stored config can be used again.

    >>> redacted("postgresql://planner:s3cret@db/calls?sslpassword=x"), redacted("mysql://u:${PW}@db/calls")
    ('postgresql://planner:***@db/calls?sslpassword=***', 'mysql://u:${PW}@db/calls')
    """
    for secret in secrets:
        text = text.replace(secret, HIDDEN) if secret else text
    if not SUSPECT.search(text):
        return text
    login = WHOLE_LOGIN if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text) else LOGIN
    text = login.sub(lambda match: f"{match['scheme']}{match['user']}:{_hidden(match['secret'])}@", text)
    return SETTING.sub(lambda match: f"{match['name']}{_hidden(match['secret'])}", text)


def _hidden(secret: str) -> str:
    return secret if REFERENCE.fullmatch(secret) else HIDDEN


def redacted_settings(raw: Any) -> Any:  # noqa: ANN401 - whatever stands in a config
    """Return a copy of settings whose URLs are redacted, and nothing else: only a URL holds a password."""
    if isinstance(raw, dict):
        return {key: redacted_settings(value) for key, value in raw.items()}
    if isinstance(raw, (list, tuple)):
        return [redacted_settings(value) for value in raw]
    return redacted(raw) if isinstance(raw, str) and "://" in raw else raw
