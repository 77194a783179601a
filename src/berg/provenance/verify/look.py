"""Looking at one file: every layer, with nothing judged. Runs in the checking process."""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from berg.carriers.aigc import FoundLabel, Scan, scan_labels
from berg.digest import file_sha256
from berg.errors import BergError, MediaError
from berg.media.probe.limits import MAX_CLIP_BYTES
from berg.provenance.lint import Clause, check_scan
from berg.provenance.sidecars import SIDECARS, beside
from berg.provenance.verify.marks import see_marks
from berg.provenance.verify.orders import Orders, StoredManifest
from berg.provenance.verify.proofs import see_proof
from berg.provenance.verify.report import (
    LabelLayer,
    LabelSeen,
    LogLayer,
    MarkLayer,
    ProofSeen,
    Seen,
    SignatureSeen,
)
from berg.provenance.verify.signatures import ignores_sidecar, see_manifest, see_signatures
from berg.provenance.verify.words import plain

_MOST = 16
_LENGTH = 2000


def look(path: Path, orders: Orders, *, quick: bool) -> Seen:
    """Everything that can be seen of a file.

    Raises:
        MediaError: it can't be opened, is no plain file, or is too large.
    """
    size = _plain_file(path)
    for ending in SIDECARS:
        _plain_or_absent(beside(path, ending))
    sha256 = file_sha256(path)
    scan = scan_labels(path)
    signatures, elsewhere = see_signatures(path, anchors=orders.anchors.encode())
    mark = MarkLayer(looked="quick")
    if not quick:
        mark = see_marks(path, keys=orders.keys(), limit_s=orders.mark_limit_s)
    proof = see_proof(
        path, sha256=sha256, log_keys=orders.log_keys, witness_keys=orders.witness_keys
    )
    return Seen(
        size=size,
        sha256=sha256,
        format=scan.kind,
        label=see_labels(
            scan, visible=_visible(signatures), layers=_layers(signatures, mark, proof)
        ),
        signatures=signatures,
        elsewhere=elsewhere,
        ignored_sidecar=ignores_sidecar(path, signatures),
        mark=mark,
        log=LogLayer(proof=proof),
    )


def _plain_or_absent(sidecar: Path) -> None:
    """A pipe would hold its reader up, and a link might lead to what is nobody's business."""
    try:
        mode = os.lstat(sidecar).st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # so there is none
            return
        raise MediaError(f"{sidecar.name} can't be looked at: {error.strerror}") from error
    if not stat.S_ISREG(mode):
        raise MediaError(f"{sidecar.name} beside it is no plain file; take it away")


def _visible(signatures: tuple[SignatureSeen, ...]) -> str | None:
    """What a trusted signer says that the visible or audible label says."""
    trusted = [s.label_text for s in signatures if s.state == "Trusted" and s.label_text]
    return trusted[0] if trusted else None


def _layers(
    signatures: tuple[SignatureSeen, ...], mark: MarkLayer, proof: ProofSeen | None
) -> dict[str, bool]:
    """Which layers were looked for, and found to hold."""
    layers = {"c2pa": any(signature.state != "Invalid" for signature in signatures)}
    if mark.looked == "looked":
        layers["watermark"] = bool(mark.seen)
    if proof is not None:
        layers["log"] = proof.state == "proved"
    return layers


def told(path: Path) -> StoredManifest:
    """What a stored manifest says of itself; nothing if it can't be read."""
    try:
        title, issuer = see_manifest(path)
    except (BergError, OSError):
        return StoredManifest()
    return StoredManifest(title=title, issuer=issuer)


def _plain_file(path: Path) -> int:
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        raise MediaError(f"it can't be opened: {error}") from error
    if not stat.S_ISREG(status.st_mode):
        raise MediaError("it is a pipe, a device or a folder, and only plain files are checked")
    if status.st_size > MAX_CLIP_BYTES:
        raise MediaError(f"it has {status.st_size} bytes, and at most {MAX_CLIP_BYTES} are read")
    return status.st_size


def see_labels(scan: Scan, *, visible: str | None, layers: Mapping[str, bool]) -> LabelLayer:
    """The labels of a scanned file, and what the linter says; arguments as `check_scan` has."""
    checked = check_scan(scan, path="", visible=visible, layers=layers)
    return LabelLayer(
        seen=tuple(_seen(found) for found in scan.labels[:_MOST]),
        met=checked.met,
        broken=tuple(_clause(clause) for clause in checked.broken),
        open=tuple(_clause(clause) for clause in checked.open),
        problem=scan.damage or "",
    )


def _clause(clause: Clause) -> str:
    return plain(f"{clause.source}, {clause.asks}: {clause.says}", most=_LENGTH)


def _seen(found: FoundLabel) -> LabelSeen:
    label = found.label
    return LabelSeen(
        carrier=found.carrier[:100],
        label=label.label if label else "",
        producer=plain(label.content_producer, most=200) if label else "",
        produce_id=plain(label.produce_id, most=256) if label else "",
        text=plain(found.text, most=_LENGTH),
        faults=tuple(plain(fault, most=300) for fault in found.faults[:_MOST]),
    )
