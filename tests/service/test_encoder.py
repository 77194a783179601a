"""The path without x264."""

import json
from pathlib import Path

import av

from tests.service.film import made_here, write_brief


def test_a_brief_can_ask_for_av1_and_the_film_plays_to_its_last_frame(tmp_path: Path) -> None:
    brief = write_brief(tmp_path, script=("Cold water.", "", "Warm coffee at last."))
    document = json.loads(brief.read_text())
    document["make"][0]["short"]["encoder"] = "av1"
    brief.write_text(json.dumps(document))

    made_here(tmp_path / "home", brief, tmp_path / "out")

    with av.open(str(tmp_path / "out" / "short.en.mp4")) as film:
        assert film.streams.video[0].codec.canonical_name == "av1"
        assert sum(1 for _ in film.decode(video=0)) == film.streams.video[0].frames == 180
