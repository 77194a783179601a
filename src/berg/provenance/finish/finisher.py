"""Finisher: signs and logs files, each once. It writes aside; delivery puts files in their place.

The order is the one that works: AIGC label, C2PA manifest, everything read back, log. Each signed
file is remembered before it is logged, so that a killed delivery goes on with the same file, and
an unchanged deliverable keeps its own.
"""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from berg import faults
from berg.carriers.aigc import read_labels, write_label
from berg.digest import file_sha256
from berg.errors import BergError, MediaError, ProvenanceError
from berg.provenance.finish.dossier import Dossier
from berg.provenance.finish.record import (
    FileToFinish,
    SignedFile,
    aside,
    is_there,
)
from berg.provenance.keys import KeyRing
from berg.provenance.log import Entry, Log, ask_witnesses, check_proof, entry_in
from berg.provenance.manifest import read_credential, sign_file
from berg.provenance.sidecars import LABEL, MANIFEST, SIDECARS, beside
from berg.schema.delivery import Credentials
from berg.store.interface import Effects

WITNESS_S = 5.0
"""Seconds for which a delivery waits for witnesses at most."""


class Finisher:
    """Finishes files with one home's keys, into one home's log."""

    def __init__(
        self,
        *,
        keys: KeyRing,
        log: Log,
        effects: Effects,
        manifests: Path,
        notice: Callable[[str], None] = lambda message: None,
    ) -> None:
        """`manifests` is the folder in which every manifest is kept, by its digest; `notice`
        hears what went otherwise than asked, such as a time-stamp service that is down."""
        self._keys, self._log, self._effects, self._manifests = keys, log, effects, manifests
        self._signer, self._anchors, self._notice = keys.signer(), keys.anchors(), notice

    def sign(self, work: FileToFinish) -> SignedFile:
        """The signed file: in its place already, or aside (`aside(work.target)`), as before.

        Raises:
            ProvenanceError: what was written does not read back as it should.
            OSError: the folder can't be written.
        """
        key = self._key(work)
        known = self._known(key)
        if known is not None and is_there(work.target, known):
            return known
        signed = self._sign_anew(work)
        self._effects.keep(key, signed.model_dump_json())
        faults.point("finish.signed")
        return signed

    def log(
        self, works: Sequence[FileToFinish], signed: Sequence[SignedFile]
    ) -> tuple[Credentials, ...]:
        """Enter files in the log, each once, and write their proofs aside."""
        entries = [_entry(work, made) for work, made in zip(works, signed, strict=True)]
        indices = self._log.append(entries)  # an entry that is there already gives its index
        faults.point("finish.logged")
        self._have_witnessed()
        return tuple(
            self._credentials(work, made, index)
            for work, made, index in zip(works, signed, indices, strict=True)
        )

    def _have_witnessed(self) -> None:
        """Ask the witnesses that there are; a delivery never waits long or fails for one."""
        try:
            answers = ask_witnesses(self._log, timeout_s=WITNESS_S)
        except BergError as error:
            self._notice(f"no witness was asked: {error.message}")
            return
        for answer in answers:
            if answer.problem is not None:
                self._notice(f"{answer.url} did not cosign the log: {answer.problem}")

    def proof(self, index: int) -> str:
        """The text of a file's proof."""
        return self._log.proof(index)

    def proves(self, text: str, made: SignedFile, *, index: int) -> bool:
        """Whether a proof, by this log as it is or as it was, says that a file is at `index`."""
        result = check_proof(text, log_key=self._log.vkey())
        return result.included and result.index == index and entry_in(text).sha256 == made.sha256

    def _known(self, key: str) -> SignedFile | None:
        record = self._effects.get(key)
        try:
            return None if record is None else SignedFile.model_validate_json(record)
        except ValidationError:  # of another version of berg
            return None

    def _key(self, work: FileToFinish) -> str:
        return work.dossier.identity(
            work.content_sha256,
            signer=f"{self._signer.id} {self._signer.time_stamp_url or ''}",
            place=str(work.target.absolute()),
        )

    def _sign_anew(self, work: FileToFinish) -> SignedFile:
        target, dossier = aside(work.target), work.dossier
        _clear(target)
        labelled = target.with_name(target.name + ".labelled")
        carrier, source = None, work.content
        try:
            if dossier.aigc is not None:
                written = write_label(
                    source, labelled, media_type=dossier.claim.media_type, label=dossier.aigc
                )
                carrier, source = written.carrier, labelled
                if written.sidecar is not None:
                    written.sidecar.replace(beside(target, LABEL))
            made = sign_file(
                source,
                target,
                claim=dossier.claim,
                signer=self._signer,
                anchors=self._anchors,
                sync=False,  # whoever puts it in its place syncs
            )
        except MediaError as error:
            raise ProvenanceError(f"{work.target.name}: {error.message}") from error
        finally:
            labelled.unlink(missing_ok=True)
        if made.notice is not None:
            self._notice(made.notice)
        self._read_back(target, dossier)
        self._keep_manifest(made.manifest, made.manifest_sha256)
        return SignedFile(
            sha256=file_sha256(target),
            content_sha256=work.content_sha256,
            size=target.stat().st_size,
            beside=_beside(target),
            aigc=carrier,
            produce_id=dossier.claim.produce_id,
            manifest_sha256=made.manifest_sha256,
            embedded=made.embedded,
            receipt_sha256=dossier.claim.receipt_sha256,
            signer=self._signer.name,
            time_stamped=made.time_stamped,
            time=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )

    def _read_back(self, path: Path, dossier: Dossier) -> None:
        labels = [found.label for found in read_labels(path)]
        if labels != ([] if dossier.aigc is None else [dossier.aigc]):
            raise ProvenanceError(
                f"{path.name}: its AIGC label does not read back as written ({len(labels)} found)"
            )
        manifest = beside(path, MANIFEST)
        sidecar = manifest if manifest.exists() else None
        credential = read_credential(path, anchors=self._anchors, sidecar=sidecar)
        if credential.state not in ("Valid", "Trusted"):
            raise ProvenanceError(
                f"{path.name}: its manifest does not read back ({'; '.join(credential.problems)})"
            )

    def _keep_manifest(self, manifest: bytes, digest: str) -> None:
        path = self._manifests / f"{digest}{MANIFEST}"
        if not path.exists():
            self._manifests.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.{os.getpid()}")
            with part.open("wb") as file:
                file.write(manifest)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)

    def _credentials(self, work: FileToFinish, made: SignedFile, index: int) -> Credentials:
        claim = work.dossier.claim
        return Credentials(
            profile=claim.profile,
            label=claim.label_text,
            aigc=made.aigc,
            produce_id=made.produce_id,
            manifest_sha256=made.manifest_sha256,
            embedded=made.embedded,
            signer=made.signer,
            time_stamped=made.time_stamped,
            mark_key=claim.mark_key,
            marks=claim.marks,
            receipt_sha256=made.receipt_sha256,
            log=self._keys.log_origin(),
            index=index,
        )


def _entry(work: FileToFinish, made: SignedFile) -> Entry:
    claim = work.dossier.claim
    return Entry(
        content_sha256=work.content_sha256,
        sha256=made.sha256,
        manifest_sha256=made.manifest_sha256,
        produce_id=made.produce_id,
        marks=claim.marks,
        receipt_sha256=made.receipt_sha256,
        media_type=claim.media_type,
        time=made.time,
    )


def _beside(target: Path) -> dict[str, str]:
    places = {ending: beside(target, ending) for ending in (LABEL, MANIFEST)}
    return {ending: file_sha256(path) for ending, path in places.items() if path.exists()}


def _clear(target: Path) -> None:
    for path in (target, *(beside(target, ending) for ending in SIDECARS)):
        path.unlink(missing_ok=True)
