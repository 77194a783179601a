"""A package index in a folder, of which pip can install the whole lock in seconds.

What the lock names is there as stand-ins: the real name, version and requirements, and no code.
What set-up itself works with (pip, setuptools, hatchling) is real, packed anew from where it is
installed. Everything has a newer release besides, which is no package: whoever opens it fails.
"""

import hashlib
import io
import tarfile
import zipfile
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.setup.scripts import ROOT, locked

NEWER = "9999"
"""The version of the releases that must never be taken."""
SOURCE_ONLY = {"jieba"}
"""Packages of which there are no built ones; they are built by the setuptools of the lock."""
LOCKS = tuple(sorted(path.name for path in ROOT.glob("requirements*.lock")))


@dataclass(kw_only=True)
class Shelf:
    """An index in a folder, with the locks that name what lies in it."""

    folder: Path
    yanked: frozenset[str]
    hashes: dict[str, str] = field(default_factory=dict)
    """Normalised name → the digest of the one file that a lock allows."""
    versions: dict[str, str] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """What pip is told."""
        return self.folder.as_uri()

    def fill(self) -> None:
        """Put in what any of the project's locks names, and a newer release of each."""
        real = {canonicalize_name(pin.name) for lock in ("pip", "build") for pin in pins_of(lock)}
        for lock in LOCKS:
            for pin in locked.read_lock((ROOT / lock).read_text()):
                name = canonicalize_name(pin.name)
                if name not in self.hashes:
                    self._put(name, locked.version_of(pin), real=name in real)
        for name, links in self.pages.items():
            (self.folder / name / "index.html").write_text("<!DOCTYPE html>\n" + "\n".join(links))

    def lock(self, name: str) -> str:
        """The lock of that file name, with the digests of what lies here."""
        lines = []
        for pin in locked.read_lock((ROOT / name).read_text()):
            key = canonicalize_name(pin.name)
            marker = f" ; {pin.marker}" if pin.marker else ""
            digest = self.hashes[key]
            lines.append(f"{pin.name}=={self.versions[key]}{marker} --hash=sha256:{digest}\n")
        return "".join(lines)

    def _put(self, name: str, version: str, *, real: bool) -> None:
        folder = self.folder / name
        folder.mkdir(parents=True)
        stem = name.replace("-", "_")
        if real:
            version = metadata.version(name)
        ending = ".tar.gz" if name in SOURCE_ONLY else "-py3-none-any.whl"
        if name in SOURCE_ONLY:
            data = source_archive(name, version)
        else:
            data = packed_anew(name) if real else stand_in(name, version)
        mark = ' data-yanked="withdrawn"' if name in self.yanked else ""
        self.pages[name] = []
        for release, content, attribute in ((version, data, mark), (NEWER, b"never opened", "")):
            file = f"{stem}-{release}{ending}"
            (folder / file).write_bytes(content)
            self.pages[name].append(f'<a href="{file}"{attribute}>{file}</a><br>')
        self.versions[name] = version
        self.hashes[name] = hashlib.sha256(data).hexdigest()


def pins_of(lock: str) -> list[Requirement]:
    """The pins of one of the project's locks, by the middle of its name."""
    return locked.read_lock((ROOT / f"requirements.{lock}.lock").read_text())


def stand_in(name: str, version: str) -> bytes:
    """A wheel without code, requiring what the real one requires."""
    facts = locked.installed(name) or locked.Facts(version=version)
    stem = name.replace("-", "_")
    info = f"{stem}-{version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Python: {facts.python}"] if facts.python else []
    lines += [f"Requires-Dist: {text}" for text in facts.requires]
    return wheel(
        {
            f"{stem}_stand_in.py": f"VERSION = {version!r}\n".encode(),
            f"{info}/METADATA": "\n".join([*lines, "", ""]).encode(),
            f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/RECORD": b"",
        }
    )


def packed_anew(name: str) -> bytes:
    """The wheel of an installed package of Python alone."""
    files = metadata.distribution(name).files or []
    inside = [file for file in files if ".." not in file.parts and file.suffix != ".pyc"]
    kept = {
        str(file): file.read_binary() for file in inside if not file.match("*.dist-info/RECORD")
    }
    record = next(str(file) for file in inside if file.match("*.dist-info/RECORD"))
    return wheel({**kept, record: b""})


def wheel(files: dict[str, bytes]) -> bytes:
    """A wheel of these files; the same bytes whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def source_archive(name: str, version: str) -> bytes:
    """A source archive whose set-up code is run to build it."""
    top = f"{name}-{version}"
    setup = (
        "from setuptools import setup\n"
        f"setup(name={name!r}, version={version!r}, py_modules=['{name}_stand_in'])\n"
    )
    files = {
        "PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        "setup.py": setup,
        f"{name}_stand_in.py": f"VERSION = {version!r}\n",
    }
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for file, text in files.items():
            info = tarfile.TarInfo(f"{top}/{file}")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()
