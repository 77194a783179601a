"""Signing a file: its manifest goes inside where the format has room, else beside it.

The target appears whole or not at all. Bytes are streamed; no file is read whole into memory.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import c2pa

from berg.digest import bytes_sha256
from berg.errors import MediaError
from berg.provenance.keys import Signer
from berg.provenance.manifest import library, stamping
from berg.provenance.manifest.aside import written_aside
from berg.provenance.manifest.claim import ManifestClaim
from berg.provenance.manifest.definition import definition_of
from berg.provenance.manifest.formats import UNKNOWN, embeds
from berg.provenance.manifest.ingredients import Ingredients, ingredients_of
from berg.provenance.manifest.read import read_credential
from berg.provenance.manifest.signing import native_signer
from berg.provenance.sidecars import MANIFEST, beside


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed:
    """What signing came to."""

    embedded: bool
    manifest: bytes
    """The manifest store (JUMBF)."""
    manifest_sha256: str
    sidecar: Path | None
    time_stamped: bool
    notice: str | None = None
    """What the user should hear, such as that the time-stamp service was down; the same words for
    every file that it holds for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Job:
    source: Path
    target: Path
    claim: ManifestClaim
    signer: Signer
    anchors: bytes
    sync: bool
    ingredients: Ingredients


def sign_file(
    source: Path,
    target: Path,
    *,
    claim: ManifestClaim,
    signer: Signer,
    anchors: bytes = b"",
    sync: bool = True,
) -> Signed:
    """Write `source` with a manifest of `claim` to `target`.

    Where the format has no room, `target` is a copy and the manifest lies beside it, named as the
    file with `.c2pa` after it. A manifest that `source` has already becomes the parent's. With
    `anchors` (PEM) the ingredients' own manifests are judged against them. `target` may be
    `source`. When the time-stamp service fails, the file is signed without a time stamp, and
    `notice` says so. Without `sync` the target is whole, but may not outlive a power cut.

    Raises MediaError: the file is damaged. KeysError: the signer failed. StoreError: the disk.
    """
    job = _Job(
        source=source,
        target=target,
        claim=claim,
        signer=signer,
        anchors=anchors,
        sync=sync,
        ingredients=_opened(source, claim),
    )
    url = signer.time_stamp_url
    if url is None:
        return _signed(job, None)
    failed = stamping.why_not(url)
    if failed is not None:
        return _signed(job, None, notice=stamping.unstamped(url, failed))
    return _stamped(job, url)


def _stamped(job: _Job, url: str) -> Signed:
    """With a time stamp if the service gives one that readers accept, else without."""
    try:
        signed = _signed(job, url)
    except MediaError as error:
        why = stamping.reason_in(error.message)
        signed = _signed(job, None, notice=stamping.unstamped(url, why))
        stamping.note_failure(url, why)  # only now: without a time stamp signing worked
        return signed
    stamping.note_success(url)
    return signed


def _prove(job: _Job, url: str | None, out: BinaryIO) -> None:
    """Raise MediaError if readers wouldn't accept the first file that `url` stamped."""
    if url is None or stamping.is_proven(url):
        return
    out.flush()
    credential = read_credential(Path(out.name), anchors=job.anchors)
    if credential.state == "Invalid":
        raise MediaError("; ".join(credential.problems))


def _opened(source: Path, claim: ManifestClaim) -> Ingredients:
    try:
        with source.open("rb"):
            return ingredients_of(claim, source)
    except OSError as error:
        raise MediaError(f"can't read {source}: {error.strerror}", where=str(source)) from None


def _signed(job: _Job, url: str | None, *, notice: str | None = None) -> Signed:
    embedded = embeds(job.claim.media_type) is not None
    with job.source.open("rb") as file, written_aside(job.target, sync=job.sync) as out:
        manifest = _sign(job, url, file, out)
        if embedded:
            _prove(job, url, out)
        else:
            _copy(file, out)
    sidecar = None if embedded else _put_beside(job, manifest)
    return Signed(
        embedded=embedded,
        manifest=manifest,
        manifest_sha256=bytes_sha256(manifest),
        sidecar=sidecar,
        time_stamped=url is not None,
        notice=notice,
    )


def _sign(job: _Job, url: str | None, file: BinaryIO, out: BinaryIO) -> bytes:
    format_inside = embeds(job.claim.media_type)
    try:
        with native_signer(job.signer, time_stamp_url=url) as native, _builder(job) as builder:
            if format_inside is None:
                builder.set_no_embed()
            manifest: bytes = builder.sign(native, format_inside or UNKNOWN, file, out)
    except c2pa.C2paError as error:
        raise MediaError(
            f"{job.source.name} can't be signed as {job.claim.media_type}: {str(error)[:300]}",
            where=str(job.source),
        ) from None
    return manifest


def _builder(job: _Job) -> c2pa.Builder:
    definition = definition_of(job.claim, opened=job.ingredients.opened)
    definition["ingredients"] = list(job.ingredients.told)
    builder = c2pa.Builder(definition, context=library.context(job.anchors))
    for one in job.ingredients.carried:
        with one.path.open("rb") as file:
            builder.add_ingredient(one.definition, embeds(one.media_type), file)
    return builder


def _copy(file: BinaryIO, out: BinaryIO) -> None:
    file.seek(0)
    out.seek(0)
    out.truncate()
    shutil.copyfileobj(file, out, 1 << 20)


def _put_beside(job: _Job, manifest: bytes) -> Path:
    sidecar = beside(job.target, MANIFEST)
    with written_aside(sidecar, sync=job.sync) as out:
        out.write(manifest)
    return sidecar
