"""Addresses of time-stamp services: http or https, nothing else."""

from urllib.parse import urlsplit

from berg.errors import RequestError

_LONGEST = 2000


def checked_url(url: str, *, where: str) -> str:
    """`url`, if a time-stamp service may be there. Raises RequestError."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    printable = url.isascii() and all(33 <= ord(c) <= 126 for c in url)
    if not sound or not printable or len(url) > _LONGEST:
        raise RequestError(
            f"{where}: {url[:100]!r} is no address of a time-stamp service;"
            " give one that begins with http:// or https://"
        )
    return url
