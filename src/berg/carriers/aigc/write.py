"""Writing a label into a copy of a file: metadata alone changes, media stays bit for bit."""

from contextlib import suppress
from pathlib import Path

from berg.carriers.aigc import sidecar
from berg.carriers.aigc.carriers import carrier_for
from berg.carriers.aigc.found import WrittenLabel
from berg.carriers.aigc.kinds import kind_of
from berg.carriers.aigc.label import AigcLabel
from berg.carriers.aigc.read import MOST_BYTES, read_labels
from berg.carriers.aigc.source import SourceFile, copy_pieces
from berg.errors import MediaError, RequestError, StoreError
from berg.media.probe.sniff import regular_file

SIDECAR = sidecar.SUFFIX
MOST_FIELD = 4096
"""Characters of one field: more would be a payload, not a label."""


def write_label(source: Path, target: Path, *, media_type: str, label: AigcLabel) -> WrittenLabel:
    """Copy `source` to `target` with `label` as its only AIGC label.

    Pixels, samples and packets are copied as they are; the same input gives the same bytes. What
    the file is, its first bytes say; `media_type` counts for Markdown (`text/markdown`).
    A format without a carrier is copied, and the label stands in `target`'s name + `.aigc.json`.
    What was written is read back: when this returns, `read_labels` gives exactly this label.

    Raises:
        RequestError: `target` is `source`, or the label is too long.
        MediaError: the file is damaged, or of a kind that can't be written (an encrypted PDF).
        StoreError: the disk doesn't take it.
    """
    if source.resolve() == target.resolve():
        raise RequestError(f"{target.name}: a label is written into a copy; give another target")
    longest = max(len(value) for value in label.model_dump().values())
    if longest > MOST_FIELD:
        raise RequestError(f"a field of the label has {longest} characters; {MOST_FIELD} at most")
    regular_file(source, most=MOST_BYTES)
    try:
        with source.open("rb") as opened:
            file = SourceFile(opened, source.name)
            kind = kind_of(file, media_type=media_type)
            carrier = carrier_for(kind)
            copy_pieces(file, carrier.labelled(file, label.to_json()), target)
    except OSError as error:
        raise MediaError(f"{source.name}: can't be read: {error}", where=source.name) from error
    written = _beside(target, label, carrier.right)
    _read_back(target, label, written)
    return written


def carrier_of(path: Path, *, media_type: str | None = None) -> str:
    """The place in which a file's label belongs, such as `XMP (PNG iTXt)`.

    Raises:
        MediaError: the file can't be read.
    """
    regular_file(path, most=MOST_BYTES)
    try:
        with path.open("rb") as opened:
            return carrier_for(kind_of(SourceFile(opened, path.name), media_type=media_type)).right
    except OSError as error:
        raise MediaError(f"{path.name}: can't be read: {error}", where=path.name) from error


def _read_back(target: Path, label: AigcLabel, written: WrittenLabel) -> None:
    """A label that can't be read is none: a file so damaged that it hides it is refused."""
    if [found.label for found in read_labels(target)] == [label]:
        return
    with suppress(OSError):
        target.unlink()
        if written.sidecar is not None:
            written.sidecar.unlink()
    raise MediaError(
        f"{target.name}: is so damaged that a label in it can't be read; save it again with the "
        "tool that made it",
        where=target.name,
    )


def _beside(target: Path, label: AigcLabel, right: str) -> WrittenLabel:
    """The sidecar where it is the carrier; an old one elsewhere would be a second label."""
    beside = sidecar.sidecar_of(target)
    try:
        if right == sidecar.RIGHT:
            beside.write_bytes(label.to_json().encode() + b"\n")
            return WrittenLabel(carrier=right, sidecar=beside)
        beside.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"can't write {beside.name}: {error}", where=str(beside)) from error
    return WrittenLabel(carrier=right, sidecar=None)
