"""A watermark leads from the delivered film to its entry in the log, and nobody else's key does."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import pytest

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.frames import find_in_film
from berg.carriers.watermark.picture import find_in_picture
from berg.carriers.watermark.sound.find import find_in_sound_file
from berg.provenance.keys import KeyRing
from berg.provenance.log import Log
from berg.service import VerifyRequest, verify
from tests.service.film import made_here, write_brief

SCRIPT = ("The harbour sleeps.", "We roast before dawn.", "Come in.")


@dataclass(frozen=True)
class Film:
    """A delivered film, and the home that made it."""

    folder: Path
    credentials: dict[str, dict[str, Any]]
    """Of each deliverable, by path."""

    @property
    def keys(self) -> KeyRing:
        return KeyRing.open(self.folder / "home" / "keys")

    @property
    def log(self) -> Log:
        ring = self.keys
        return Log(self.folder / "home" / "log", key=ring.log_key(), origin=ring.log_origin())

    def path(self, name: str) -> Path:
        return self.folder / "out" / name


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    """Large enough for a watermark to have room; no voice, but music."""
    folder = tmp_path_factory.mktemp("marks")
    brief = write_brief(folder, script=SCRIPT, size="540x960", seconds=14, music=True)
    said = made_here(folder / "home", brief, folder / "out")
    given = {item["path"]: item["credentials"] for item in said.json["deliverables"]}
    return Film(folder, given)


def test_the_marks_of_its_pictures_are_found_and_lead_to_its_entry(film: Film) -> None:
    name = "short.en.mp4"
    found = find_in_film(film.path(name), keys=film.keys.mark_keys())
    named = film.credentials[name]["marks"]
    assert len({one.identifier for one in found}) >= 2
    assert {one.identifier for one in found} <= set(named)
    for one in found:
        assert one.key == film.credentials[name]["mark_key"]
        indices = film.log.find(mark=one.identifier)
        assert film.credentials[name]["index"] in indices
        assert film.log.entry(indices[-1]).marks


def test_the_mark_of_its_sound_is_found_and_leads_to_its_entry(film: Film) -> None:
    name = "short.en.mp4"
    found = find_in_sound_file(film.path(name), keys=film.keys.mark_keys(), limit_s=60.0)
    assert {one.identifier for one in found} == {film.credentials[name]["marks"][-1]}
    assert film.log.find(mark=found[0].identifier) == (film.credentials[name]["index"],)


def test_the_poster_carries_a_mark_of_its_own_alone(film: Film) -> None:
    poster = cv2.imread(str(film.path("short.en.jpg")))
    assert poster is not None
    found = find_in_picture(poster[:, :, ::-1].copy(), keys=film.keys.mark_keys())
    assert found is not None
    (own,) = film.credentials["short.en.jpg"]["marks"]
    assert found.identifier == own
    assert own not in film.credentials["short.en.mp4"]["marks"]
    assert set(film.log.find(mark=own)) == {film.credentials["short.en.jpg"]["index"]}


def test_with_another_key_nothing_is_found(film: Film) -> None:
    other: tuple[MarkKey, ...] = (MarkKey.of(b"another's key".ljust(32)),)
    assert find_in_film(film.path("short.en.mp4"), keys=other) == ()
    assert find_in_sound_file(film.path("short.en.mp4"), keys=other, limit_s=60.0) == ()


def test_verify_finds_every_delivered_file_sound(film: Film) -> None:
    paths = tuple(film.path(name) for name in film.credentials)
    checked = verify(VerifyRequest(files=paths), home=film.folder / "home")
    assert len(checked.reports) == 4
    assert checked.sound, [(report.path, report.verdict) for report in checked.reports]


def test_after_another_encoding_the_mark_still_leads_to_the_log_and_the_manifest(
    film: Film,
) -> None:
    """A screenshot of the poster: other pixels, no metadata, no signature."""
    poster = cv2.imread(str(film.path("short.en.jpg")))
    assert poster is not None
    shot = film.folder / "screenshot.jpg"
    cv2.imwrite(str(shot), poster, [cv2.IMWRITE_JPEG_QUALITY, 70])
    checked = verify(VerifyRequest(files=(shot,)), home=film.folder / "home")
    (report,) = checked.reports
    assert report.verdict.kind == "traced", report.verdict
