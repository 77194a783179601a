"""A source: where a file of the catalogue can be had. Text taken apart, nothing fetched.

`file:/path`, `pypi:NAME==VERSION#path/in/archive`, `npm:NAME@VERSION#path/in/archive`,
`hf:org/repo@revision#path`.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast

Scheme = Literal["file", "pypi", "npm", "hf"]

_FORMS = {
    "file": re.compile(r"(?P<path>.+)"),
    "pypi": re.compile(r"(?P<package>\w[\w.-]*)==(?P<version>\w[\w.!+-]*)#(?P<path>.+)", re.ASCII),
    "npm": re.compile(
        r"(?P<package>(@\w[\w.-]*/)?\w[\w.-]*)@(?P<version>\w[\w.+-]*)#(?P<path>.+)", re.ASCII
    ),
    "hf": re.compile(
        r"(?P<package>\w[\w.-]*/\w[\w.-]*)@(?P<version>\w[\w./-]*)#(?P<path>.+)", re.ASCII
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One place where bytes lie."""

    scheme: Scheme
    package: str = ""
    """Package or repository; empty for a file."""
    version: str = ""
    """Exact version or revision."""
    path: str
    """Path in the archive or repository, or in the file system."""

    @property
    def archive(self) -> str:
        """What is fetched as one; sources with the same archive share a download."""
        return f"{self.scheme}:{self.package}@{self.version}"

    @property
    def in_archive(self) -> bool:
        """Whether the file must be taken out of a package."""
        return self.scheme in ("pypi", "npm")

    @property
    def unbuilt(self) -> bool:
        """Whether the file lies in a Python source archive, whose paths begin `name-version/`."""
        top = re.sub(r"[-_.]+", "-", self.path.partition("/")[0]).lower()
        plain = re.sub(r"[-_.]+", "-", f"{self.package}-{self.version}").lower()
        return self.scheme == "pypi" and top == plain


def parse_source(text: str) -> Source:
    """Take a source apart. Raises ValueError when it has none of the forms above."""
    scheme, _, rest = text.partition(":")
    form = _FORMS.get(scheme)
    match = form.fullmatch(rest) if form else None
    if match is None:
        raise ValueError(f"{text!r} is no source: file:, pypi:, npm: or hf: is expected")
    found = match.groupdict()
    return Source(
        scheme=cast(Scheme, scheme),
        package=found.get("package") or "",
        version=found.get("version") or "",
        path=found["path"],
    )
