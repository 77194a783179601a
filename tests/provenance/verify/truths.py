"""Files to which something befell, each under a name that says what. All made by real parts."""

import shutil
from pathlib import Path

from berg.carriers.aigc import AigcLabel, write_label
from berg.carriers.watermark.payload import identifier_of
from berg.carriers.watermark.sound import mark_sound
from berg.provenance.log import Log
from tests.carriers.watermark.films import coded_again, film
from tests.provenance.verify import foreign
from tests.provenance.verify.material import (
    PRODUCER,
    RATE,
    SUBTITLES,
    Studio,
    captured,
    picture,
    pixels_of,
    produce_id,
    save,
    save_sound,
    sound,
)

SMALL = {"width": 60, "height": 60}
"""Too small for a watermark to be looked for: for files whose fate has nothing to do with one."""
LABEL = AigcLabel(label="1", content_producer=PRODUCER, produce_id="berg-a")


def make_truths(ours: Studio, theirs: Studio, folder: Path) -> None:
    """`folder` as it might be handed to `ours`, who checks it; `theirs` is unknown to them."""
    scratch = folder.with_name("scratch")
    scratch.mkdir()
    _delivered(ours, folder, scratch)
    _changed(folder)
    _signed_by_others(theirs, folder, scratch)
    _labels(ours, folder, scratch)
    _logs(ours, folder, scratch)
    _film(ours, folder, scratch)
    _sound(ours, folder, scratch)
    save(ours.mark(picture(30), "never logged"), folder / "marked and never logged.png")
    save(picture(31), folder / "nothing.jpg")
    (folder / "nothing.srt").write_text(SUBTITLES.replace("tide", "boat"))


def _delivered(ours: Studio, folder: Path, scratch: Path) -> None:
    ours.deliver_picture(folder / "as delivered.jpg", title="Spring tide", seed=1)
    (scratch / "a.srt").write_text(SUBTITLES)
    ours.deliver(scratch / "a.srt", folder / "as delivered.srt", title="Spring tide, subtitles")
    ours.deliver_picture(folder / "as delivered, no proof.png", title="Neap", seed=2, proof=False)


def _changed(folder: Path) -> None:
    delivered = folder / "as delivered.jpg"
    data = bytearray(delivered.read_bytes())
    data[-900] ^= 1
    (folder / "one byte changed.jpg").write_bytes(data)
    save(pixels_of(delivered), folder / "saved again.jpg", quality=80)
    save(pixels_of(delivered)[50:420, 60:580], folder / "screenshot, cropped.png")
    subtitles = folder / "as delivered.srt"
    text = subtitles.read_text().replace("comes in", "goes out")
    (folder / "one word changed.srt").write_text(text)
    shutil.copy(f"{subtitles}.c2pa", folder / "one word changed.srt.c2pa")
    foreign.paste_manifest(
        delivered,
        save(picture(20, **SMALL), folder / "x.jpg"),
        folder / "another's manifest inside.jpg",
    )
    (folder / "x.jpg").unlink()
    (folder / "another's manifest beside.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nNo.\n")
    shutil.copy(f"{subtitles}.c2pa", folder / "another's manifest beside.srt.c2pa")


def _signed_by_others(theirs: Studio, folder: Path, scratch: Path) -> None:
    plain = save(picture(21, **SMALL), scratch / "plain.jpg")
    theirs.sign(plain, folder / "signed by somebody unknown.jpg", title="Harbour")
    foreign.other_tools(plain, folder / "by another tool.jpg", signer=theirs.keys.signer())
    foreign.expired(plain, folder / "certificate expired.jpg")
    theirs.sign(
        folder / "saved again.jpg", folder / "signed again without history.jpg", title="Mine"
    )
    delivered = folder / "as delivered.jpg"
    theirs.sign(
        delivered,
        folder / "signed again with history.jpg",
        title="Mine",
        produce_id="theirs-1",
        source_type="humanEdits",
        generated=(),
        parts=(),
        models=(),
        sources=(captured("Spring tide", delivered).model_copy(update={"role": "parent"}),),
    )


def _labels(ours: Studio, folder: Path, scratch: Path) -> None:
    plain, two = save(picture(22, **SMALL), scratch / "plain.png"), scratch / "two.png"
    other = LABEL.model_copy(update={"label": "2"})
    foreign.two_labels(plain, two, first=LABEL, second=other)
    ours.sign(two, folder / "two labels.png", title="Two")
    foreign.two_labels(plain, two, first=LABEL, second=LABEL)
    ours.sign(two, folder / "the same label twice.png", title="Twice", produce_id="berg-a")
    write_label(plain, folder / "label alone.png", media_type="image/png", label=LABEL)
    ours.sign(folder / "label alone.png", folder / "label of another.png", title="Another")
    ours.sign(
        folder / "label alone.png",
        folder / "label against credentials.png",
        title="Boats",
        produce_id="berg-a",
        source_type="digitalCapture",
        generated=(),
        parts=(),
        models=(),
    )
    known = LABEL.model_copy(update={"produce_id": produce_id("Spring tide")})
    write_label(plain, folder / "label of a delivery.png", media_type="image/png", label=known)


def _logs(ours: Studio, folder: Path, scratch: Path) -> None:
    plain = scratch / "plain.srt"
    plain.write_text(SUBTITLES + "\n")
    logged = Path(shutil.copy(plain, folder / "logged alone.srt"))
    ours.enter(plain, logged, title="Logged")
    ours.prove(logged)
    signed = folder / "proof of another.jpg"
    ours.sign(save(picture(23, **SMALL), scratch / "p.jpg"), signed, title="Proof")
    shutil.copy(f"{logged}.tlog-proof", f"{signed}.tlog-proof")
    (folder / "unsigned with another's proof.srt").write_text(SUBTITLES + "\n\n")
    shutil.copy(f"{logged}.tlog-proof", folder / "unsigned with another's proof.srt.tlog-proof")
    broken = Path(shutil.copy(folder / "as delivered.jpg", folder / "proof broken.jpg"))
    proof = (folder / "as delivered.jpg.tlog-proof").read_text()
    index = proof.index("\nindex ") + 7
    Path(f"{broken}.tlog-proof").write_text(f"{proof[:index]}1{proof[index + 1 :]}")
    unreadable = folder / "proof unreadable.srt"
    unreadable.write_text(SUBTITLES.replace("tide", "ship"))
    Path(f"{unreadable}.tlog-proof").write_bytes(b"\xff" * 100)


def _film(ours: Studio, folder: Path, scratch: Path) -> None:
    shots = ("Storm, shot 1", "Storm, shot 2")
    marks = tuple(identifier_of(shot) for shot in shots)
    key = ours.keys.mark_key()
    made = film(scratch / "storm.mp4", [(1, marks[0]), (2, marks[1])], key=key, count=12)
    delivered = folder / "film as delivered.mp4"
    ours.deliver(made, delivered, title="Storm", marks=marks)
    coded_again(delivered, folder / "film coded again.mp4", crf=26, width=480)
    data = bytearray(delivered.read_bytes())
    data[len(data) // 2] ^= 64
    (folder / "film, one bit changed.mp4").write_bytes(data)


def _sound(ours: Studio, folder: Path, scratch: Path) -> None:
    mark = identifier_of("Foghorn")
    key = ours.keys.mark_key()
    heard = mark_sound(sound(), rate=RATE, identifier=mark, key=key)
    made = save_sound(heard, scratch / "foghorn.wav")
    ours.deliver(made, folder / "sound as delivered.wav", title="Foghorn", marks=(mark,))
    save_sound(heard[RATE:] * 0.6, folder / "sound recorded again.wav")


def rewrite_log(studio: Studio, folder: Path) -> Path:
    """A file with its proof, and a log that its owner began anew without it."""
    target = studio.deliver_picture(folder / "rewritten.jpg", title="Ebb", seed=40)
    shutil.rmtree(studio.home / "log")
    (studio.home / "log" / "manifests").mkdir(parents=True)
    anew = Studio(
        studio.home,
        studio.keys,
        Log(studio.home / "log", key=studio.keys.log_key(), origin=studio.keys.log_origin()),
    )
    anew.deliver_picture(folder / "instead.jpg", title="Flood", seed=41)
    return target
