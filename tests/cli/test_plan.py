"""Plans: readable for people however long they are, complete for programs."""

from pathlib import Path

import pytest

from berg.cli.commands.plan import plan_document, plan_text
from berg.service import Forecast
from berg.service._forecast import LastTime
from tests.cli.conftest import Film
from tests.cli.plans import plan, step
from tests.cli.talk import fresh_home, talk
from tests.service.film import write_brief

FORECAST = Forecast(
    seconds=41.0, store_bytes=10_000_000, deliver_bytes=2_000_000, download_bytes=0, last=None
)


def _seventy_one() -> list[str]:
    voices = [step(f"v{n}", capability="speech.synthesize") for n in range(20)]
    shots = [step(f"f{n}", state="depends", needs=(f"v{n}",), seconds=2) for n in range(20)]
    old = [step(f"c{n}", state="cached") for n in range(31)]
    return plan_text(plan(*old, *voices, *shots), FORECAST).splitlines()


def test_71_steps_fit_on_a_screen() -> None:
    assert _seventy_one() == [
        "= cached: 31 steps",
        "+ will run: 20 steps",
        "    speech.synthesize  × 20  20.0 s  20.0 MB",
        "~ depends on what will run: 20 steps",
        "    video.render_shot  × 20  40.0 s  20.0 MB",
        "should take about 41 s (60 s of work)",
        "10.0 MB in the store, 2.0 MB delivered in 1 file",
    ]


def test_a_few_steps_are_named() -> None:
    text = plan_text(plan(step("voice"), step("film", state="depends", needs=("voice",))), FORECAST)
    assert "    voice  1.0 s  1.0 MB\n" in text
    assert "    film  1.0 s  1.0 MB\n" in text


def test_the_last_error_is_told() -> None:
    last = LastTime(run="r-1", predicted_s=41.0, wall_s=43.2)
    forecast = Forecast(
        seconds=41.0, store_bytes=1, deliver_bytes=1, download_bytes=150_000_000, last=last
    )
    text = plan_text(plan(step("a")), forecast)
    assert "last time: foreseen 41 s, took 43 s (−5 %)" in text
    assert "150.0 MB to download" in text
    assert plan_document(plan(step("a")), forecast)["last"] == {
        "run": "r-1",
        "predicted_s": 41.0,
        "wall_s": 43.2,
        "error": -0.051,
    }


def test_a_fresh_home_foresees_time_room_and_downloads_and_fetches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = fresh_home(tmp_path, monkeypatch, weights=False)
    brief = write_brief(tmp_path, voice="af_heart")
    said = talk("plan", brief, "--json")
    assert said.status == 0, said.err
    document = said.json
    assert document["counts"]["cached"] == 0
    assert document["counts"]["total"] == len(document["steps"]) > 10
    assert document["download_bytes"] > 90_000_000  # the voice's model
    assert document["store_bytes"] == sum(item["out_bytes"] for item in document["steps"])
    assert 0 < document["deliver_bytes"] < document["store_bytes"]
    assert document["disk_bytes"] > document["download_bytes"]
    assert document["seconds"] > 1
    assert "short.en.mp4" in document["deliver"]
    assert not (home / "weights").exists()
    assert talk("show", "--json").json == {"runs": []}


def test_after_a_run_nothing_is_left_and_its_error_is_shown(
    film: Film, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BERG_HOME", str(film.home))
    document = talk("plan", film.brief, "--json").json
    assert document["counts"]["cached"] == document["counts"]["total"]
    assert document["last"]["run"] == film.said.json["run"]
    assert document["last"]["wall_s"] == pytest.approx(film.said.json["wall_s"], abs=0.5)
    assert "nothing will run" in talk("plan", film.brief).out
