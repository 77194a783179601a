"""Change one word, and only what depends on it is made again."""

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import pytest

from berg.service import Request, Service
from tests.service.film import Said, made_here, ran, write_brief

FIRST = ("Icy water.", "Hot coffee.", "", "Sit down.")
"""Three shots; the empty line begins a paragraph, and so the last comes in by a dissolve."""
WHOLE_FILM = ["short/en/film", "short/en/sound", "short/en/subtitles", "short/en/timeline"]
"""What sees the whole film, and is cheap."""


@dataclass
class Studio:
    """A home with a film in it, and the making of variants."""

    folder: Path
    options: dict[str, Any] = field(default_factory=dict)
    made: int = 0

    def write(self, **options: Any) -> Path:
        return write_brief(self.folder, **{**self.options, **options})

    def make(self, **options: Any) -> Said:
        """Make a variant into a folder of its own."""
        self.made += 1
        return self.make_in(f"out{self.made}", **options)

    def make_in(self, out: str, **options: Any) -> Said:
        """Make a variant into a folder."""
        return made_here(self.folder / "home", self.write(**options), self.folder / out)

    def made_again(self, out: str | None = None, **options: Any) -> list[str]:
        """What a variant runs."""
        foreseen = self.foreseen(**options)
        said = self.make_in(out, **options) if out else self.make(**options)
        with Service(self.folder / "home").store as store:
            run = store.run(said.json["run"])
        assert run is not None
        names = {name for name, _, state in run.steps if state == "ran"}
        assert names <= foreseen, "nothing runs that the plan did not name"
        return ran(self.folder / "home", said)

    def foreseen(self, **options: Any) -> set[str]:
        service = Service(self.folder / "home")
        plan = service.plan(Request(brief=self.write(**options)))
        return {step.name for step in plan.steps if step.state != "cached"}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """Three shots and a dissolve, a real voice; 12 s are far from where its tempo would change."""
    options = {"script": FIRST, "voice": "af_heart", "seconds": 12, "captions": "sentence"}
    options["provenance"] = {"region": "world"}  # else a language more may be another law more
    studio = Studio(tmp_path_factory.mktemp("studio"), options)
    studio.make()
    return studio


def test_a_second_make_runs_no_step_and_touches_no_file(studio: Studio) -> None:
    film = studio.folder / "out1" / "short.en.mp4"
    before = film.stat().st_mtime_ns
    said = studio.make_in("out1")
    assert said.json["steps"]["ran"] == 0
    assert said.json["steps"]["cached"] == said.json["steps"]["total"]
    assert film.stat().st_mtime_ns == before


def test_another_folder_and_a_touched_photograph_make_nothing_a_new_title_what_shows_it(
    studio: Studio,
) -> None:
    photo = studio.folder / "photos" / "cup.png"
    os.utime(photo, (time.time(), time.time()))
    brief = studio.write()
    said = made_here(studio.folder / "home", brief, studio.folder / "elsewhere")
    assert said.ran == 0
    brief.write_text(brief.read_text().replace("Small film", "Another title"))
    said = made_here(studio.folder / "home", brief, studio.folder / "retitled")
    shown = ["short/en/film", "short/en/poster", "short/en/shot/film", "short/en/title"]
    assert ran(studio.folder / "home", said) == shown


def test_one_sentence_changed_makes_only_what_depends_on_it(studio: Studio) -> None:
    again = studio.made_again(script=("Icy water.", "Our new red coffee.", "", "Sit down."))
    shot = ["short/en/shot/captions", "short/en/shot/film", "short/en/shot/voice"]
    # the second shot gives way to the third in a dissolve, which is a strip of its own
    assert again == sorted([*WHOLE_FILM, *shot, "short/en/shot/dissolve", "short/storyboard"])


def test_the_first_sentence_changed_takes_the_poster_with_it(studio: Studio) -> None:
    again = studio.made_again(script=("Raw water.", "Hot coffee.", "", "Sit down."))
    shot = ["short/en/shot/captions", "short/en/shot/film", "short/en/shot/voice"]
    first = ["short/en/poster", "short/en/title", "short/storyboard"]
    assert again == sorted([*WHOLE_FILM, *shot, *first])


def test_the_label_is_made_once_for_a_language_and_never_again(studio: Studio) -> None:
    """Whatever the edit: it hangs on the language, the profile and the size alone."""
    with Service(studio.folder / "home").store as store:
        run = store.run(json.loads((studio.folder / "out1" / "delivery.json").read_text())["run"])
    assert run is not None
    assert [name for name, _, _ in run.steps if name.endswith("/label")] == ["short/en/label"]
    for script in (("Icy tea.", *FIRST[1:]), (*FIRST[:3], "Do sit down.")):
        foreseen = studio.foreseen(script=script)  # nothing runs that is not, as `made_again` sees
        assert "short/storyboard" in foreseen
        assert not [name for name in foreseen if name.endswith("/label")]


def test_an_edit_changes_no_other_shots_watermark(studio: Studio) -> None:
    before = marks_of(studio.make())
    after = marks_of(studio.make(script=("Icy water.", "Our new red coffee.", "", "Sit down.")))
    # three shots, a dissolve, the end card, the sound; of these the second shot, the dissolve
    # out of it and the sound are others now
    assert len(before) == len(after) == 6
    assert [n for n in range(6) if before[n] != after[n]] == [1, 2, 5]


def marks_of(said: Said) -> list[str]:
    """The film's watermarks, in order."""
    (film,) = (item for item in said.json["deliverables"] if item["media_type"] == "video/mp4")
    marks: list[str] = film["credentials"]["marks"]
    return marks


def test_a_change_of_the_end_line_makes_no_shot_again_and_signs_the_film_alone(
    studio: Studio,
) -> None:
    folder = studio.folder / "signed"
    studio.make_in("signed")
    before = {path.name: path.stat().st_ino for path in folder.glob("short.*")}
    again = studio.made_again("signed", end="go.example")
    assert again == ["short/en/end/card", "short/en/end/film", "short/en/film"]
    after = {path.name: path.stat().st_ino for path in folder.glob("short.*")}
    assert set(after) == set(before)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"short.en.mp4", "short.en.mp4.tlog-proof"}


def test_a_second_language_makes_no_picture_again(studio: Studio) -> None:
    chinese = ("冷水。", "热茶。", "", "请坐。")
    again = studio.made_again(
        script={"en": FIRST, "zh": chinese}, voice={"en": "af_heart", "zh": "none"}
    )
    assert "short/zh/film" in again
    assert not [name for name in again if name.startswith(("short/en", "short/picture"))]


def test_a_colour_changed_makes_no_voice_no_picture_and_no_sound_again(studio: Studio) -> None:
    again = studio.made_again(palette=("#0B3954", "#FF6663", "#FFF4E0", "#123456"))
    parts = {name.rpartition("/")[2] for name in again}
    assert "card" in parts
    assert parts <= {"card", "captions", "film", "dissolve", "poster", "title"}


def test_a_photograph_changed_makes_only_the_shots_that_show_it(studio: Studio) -> None:
    photo = studio.folder / "photos" / "harbour.png"
    whole = photo.read_bytes()
    picture = cv2.imread(str(photo))
    cv2.imwrite(str(photo), 255 - picture)
    try:
        again = studio.made_again()
    finally:
        photo.write_bytes(whole)
    assert [name for name in again if "/picture/" in name] == ["short/picture/photos/harbour.png"]
    assert not [name for name in again if name.endswith(("voice", "captions", "sound"))]


def test_what_is_edited_and_what_is_cached_add_up(studio: Studio) -> None:
    """Going back to the first script finds everything of it still there."""
    assert studio.made_again() == []
