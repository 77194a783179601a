"""Studios: homes with real keys and logs, which deliver real files."""

import datetime
import wave
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from berg.carriers.aigc import AigcLabel, write_label
from berg.carriers.watermark.payload import identifier_of
from berg.carriers.watermark.picture import mark_picture
from berg.digest import bytes_sha256, file_sha256
from berg.provenance.keys import KeyRing, Signer
from berg.provenance.keys.signer import sign_with
from berg.provenance.log import Entry, Log, Witness
from berg.provenance.log.note import parse_signatures
from berg.provenance.log.witness import CosignRequest
from berg.provenance.manifest import ManifestClaim, ModelUsed, Part, SourceUsed, sign_file
from tests.provenance.certificates import Made
from tests.provenance.log.making import key_of

Picture = npt.NDArray[np.uint8]
Sound = npt.NDArray[np.float32]
"""(samples, 2)."""
RATE = 48_000
TIME = "2026-11-22T10:00:00Z"
PRODUCER = "001191310000MA1TIDEW4X00001"
MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".srt": "application/x-subrip",
}
SUBTITLES = "1\n00:00:00,000 --> 00:00:02,000\nThe tide comes in.\n"


def picture(seed: int = 1, *, width: int = 640, height: int = 480) -> Picture:
    """Soft colours with detail, different for each seed."""
    noise = np.random.default_rng(seed)
    coarse = noise.integers(40, 215, (9, 12, 3)).astype(np.uint8)
    soft = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    detail = noise.normal(0, 9, (height, width, 1))
    return np.clip(soft + detail, 0, 255).astype(np.uint8)


def save(pixels: Picture, path: Path, *, quality: int = 92) -> Path:
    if path.suffix == ".jpg":
        Image.fromarray(pixels).save(path, quality=quality)
    else:
        Image.fromarray(pixels).save(path)
    return path


def sound(*, seconds: int = 9) -> Sound:
    """A chord that swells, over a breath of noise: stereo, as read from a file."""
    at = np.arange(seconds * RATE) / RATE
    chord = sum(np.sin(2 * np.pi * pitch * at) for pitch in (196.0, 293.7, 440.0, 1174.7))
    swell = 0.12 * (1.2 + np.sin(2 * np.pi * 0.5 * at))
    noise = np.random.default_rng(5).normal(0, 0.03, (len(at), 2))
    return (noise + (chord * swell)[:, None]).astype(np.float32)


def save_sound(samples: Sound, path: Path) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def pixels_of(path: Path) -> Picture:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def claim_of(title: str, media_type: str, **given: object) -> ManifestClaim:
    """A poster whose picture a model made, unless told otherwise."""
    said: dict[str, object] = {
        "title": title,
        "media_type": media_type,
        "profile": "both",
        "label_text": "AI-generated",
        "generated": ("picture",),
        "source_type": "compositeWithTrainedAlgorithmicMedia",
        "parts": (
            Part(what="picture", source_type="trainedAlgorithmicMedia", model="Painter-1"),
            Part(what="type", source_type="algorithmicMedia"),
        ),
        "models": (
            ModelUsed(name="Painter-1", sha256="1" * 64, licence="MIT", capability="image"),
        ),
        "receipt_sha256": bytes_sha256(title.encode()),
        "produce_id": produce_id(title),
    }
    return ManifestClaim.model_validate(said | given)


def produce_id(title: str) -> str:
    return "berg-" + bytes_sha256(title.encode())[:12]


def captured(title: str, path: Path) -> SourceUsed:
    """A photograph of the user's."""
    return SourceUsed(
        title=title,
        media_type=MEDIA_TYPES[path.suffix],
        sha256=file_sha256(path),
        path=str(path),
        kind="digitalCapture",
        used_as="picture",
    )


def signer_of(leaf: Made, *above: Made, url: str | None = None) -> Signer:
    """A signer from certificates of a test's own."""
    return Signer(
        alg="es256",
        chain_pem=leaf.pem + b"".join(one.pem for one in above),
        sign=lambda data: sign_with(leaf.key, "es256", data),
        time_stamp_url=url,
        id="0" * 16,
        name="a test's",
    )


@dataclass(frozen=True)
class Studio:
    """A home that delivers. Everything it does is what berg does."""

    home: Path
    keys: KeyRing
    log: Log

    @classmethod
    def at(cls, home: Path, name: str) -> "Studio":
        keys = KeyRing.open(home / "keys")
        keys.init(name=name)
        (home / "log" / "manifests").mkdir(parents=True)
        log = Log(home / "log", key=keys.log_key(), origin=keys.log_origin())
        return cls(home, keys, log)

    def mark(self, pixels: Picture, title: str) -> Picture:
        """The picture with this studio's watermark of a title."""
        identifier = identifier_of(title)
        return mark_picture(pixels, identifier=identifier, key=self.keys.mark_key())

    def sign(self, source: Path, target: Path, **given: object) -> bytes:
        """Sign as it is; returns the manifest. `signer` may be another's."""
        title = str(given.pop("title", target.stem))
        signer = given.pop("signer", None) or self.keys.signer()
        claim = claim_of(title, MEDIA_TYPES[target.suffix], **given)
        assert isinstance(signer, Signer)
        return sign_file(source, target, claim=claim, signer=signer).manifest

    def deliver(
        self, source: Path, target: Path, *, title: str, proof: bool = True, **given: object
    ) -> Path:
        """Label, sign, log, prove: `target` as it would leave."""
        labelled = target.with_name(f".labelled.{target.name}")
        label = AigcLabel(label="1", content_producer=PRODUCER, produce_id=produce_id(title))
        media_type = MEDIA_TYPES[target.suffix]
        written = write_label(source, labelled, media_type=media_type, label=label)
        if written.sidecar is not None:
            written.sidecar.replace(target.with_name(target.name + ".aigc.json"))
        manifest = self.sign(labelled, target, title=title, **given)
        labelled.unlink()
        self.enter(source, target, title=title, manifest=manifest, marks=given.get("marks", ()))
        if proof:
            self.prove(target)
        return target

    def enter(
        self,
        source: Path,
        target: Path,
        *,
        title: str,
        manifest: bytes | None = None,
        marks: object = (),
    ) -> int:
        """Put a file in the log, and its manifest with it."""
        digest = bytes_sha256(manifest) if manifest else None
        if manifest:
            (self.home / "log" / "manifests" / f"{digest}.c2pa").write_bytes(manifest)
        entry = Entry.model_validate(
            {
                "content_sha256": file_sha256(source),
                "sha256": file_sha256(target),
                "manifest_sha256": digest,
                "produce_id": produce_id(title),
                "marks": marks,
                "receipt_sha256": bytes_sha256(title.encode()),
                "media_type": MEDIA_TYPES[target.suffix],
                "time": TIME,
            }
        )
        return self.log.append([entry])[0]

    def prove(self, target: Path) -> None:
        """The proof beside a file that is in the log."""
        (index,) = self.log.find(sha256=file_sha256(target))
        target.with_name(target.name + ".tlog-proof").write_text(self.log.proof(index))

    def deliver_picture(self, target: Path, *, title: str, seed: int = 1, **given: object) -> Path:
        """A marked picture of its own, delivered."""
        source = save(self.mark(picture(seed), title), target.with_name(f".{seed}{target.suffix}"))
        marks = (identifier_of(title),)
        self.deliver(source, target, title=title, marks=marks, **given)  # type: ignore[arg-type]
        source.unlink()
        return target

    def witnessed(self, folder: Path) -> Witness:
        """Have a witness cosign the log as it is now; returns the witness."""
        witness = self._witness(folder)
        published = self.log.published()
        assert published is not None
        checkpoint, note = published
        request = CosignRequest(old=0, path=(), note=note, checkpoint=checkpoint)
        reply = witness.add_checkpoint(request.format().encode())
        assert reply.status == 200, reply.body
        self.log.add_cosignatures(note, parse_signatures(reply.body))
        return witness

    def _witness(self, folder: Path) -> Witness:
        moment = datetime.datetime(2026, 11, 22, 11, tzinfo=datetime.UTC).timestamp()
        return Witness(
            folder,
            key=key_of("witness"),
            name="witness.example",
            logs=[self.log.verifier],
            now=lambda: moment,
        )

    def witness_key(self) -> str:
        return self._witness(self.home).verifier.vkey()
