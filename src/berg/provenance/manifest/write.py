"""Signing a file: its manifest goes inside where the format has room, else beside it.

The target appears whole or not at all. Bytes are streamed; no file is read whole into memory.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import c2pa

from berg.digest import bytes_sha256
from berg.errors import BergError, MediaError
from berg.provenance.keys import Signer
from berg.provenance.manifest import library
from berg.provenance.manifest.claim import Claim
from berg.provenance.manifest.definition import definition_of
from berg.provenance.manifest.formats import SIDECAR, embeds


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
    """What the user should hear, such as that the time-stamp service was down."""


def sign_file(
    source: Path, target: Path, *, claim: Claim, signer: Signer, anchors: bytes = b""
) -> Signed:
    """Write `source` with a manifest of `claim` to `target`.

    Where the format has no room, `target` is a copy and the manifest lies beside it, named as the
    file with `.c2pa` after it. A manifest that `source` has already becomes the parent's. With
    `anchors` the ingredients' own manifests are judged against them. `target` may be `source`.

    Raises MediaError: the file is damaged. KeysError: the signer failed. BergError: the disk.
    """
    with _native_signer(signer) as native:
        return _sign(source, target, claim, native, anchors)


def _sign(source: Path, target: Path, claim: Claim, native: c2pa.Signer, anchors: bytes) -> Signed:
    format_inside = embeds(claim.media_type)
    with c2pa.Builder(
        definition_of(claim, edited=None), context=library.context(anchors)
    ) as builder:
        if format_inside is None:
            builder.set_no_embed()
        with _aside(target) as out, source.open("rb") as file:
            try:
                manifest = builder.sign(
                    native, format_inside or "application/octet-stream", file, out
                )
            except c2pa.C2paError as error:
                raise MediaError(
                    f"{source.name} can't be signed: {error}", where=str(source)
                ) from None
            if format_inside is None:
                out.seek(0)
                out.truncate()
                file.seek(0)
                shutil.copyfileobj(file, out)
    sidecar = None
    if format_inside is None:
        sidecar = target.with_name(target.name + SIDECAR)
        with _aside(sidecar) as out:
            out.write(manifest)
    return Signed(
        embedded=format_inside is not None,
        manifest=manifest,
        manifest_sha256=bytes_sha256(manifest),
        sidecar=sidecar,
        time_stamped=False,
    )


@contextmanager
def _native_signer(signer: Signer) -> Iterator[c2pa.Signer]:
    failed: list[Exception] = []

    def sign(data: bytes) -> bytes:
        try:
            return signer.sign(data)
        except Exception as error:  # the library would swallow it
            failed.append(error)
            return b""

    algorithm = c2pa.C2paSigningAlg[signer.alg.upper()]
    with c2pa.Signer.from_callback(
        sign, algorithm, signer.chain_pem.decode("ascii"), signer.time_stamp_url
    ) as native:
        try:
            yield native
        except BergError:
            if failed:
                raise failed[0] from None
            raise


@contextmanager
def _aside(target: Path) -> Iterator[BinaryIO]:
    """A file that takes `target`'s place when the block ends well, and goes when it doesn't."""
    aside = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    try:
        with aside.open("x+b") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(aside, target)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise
