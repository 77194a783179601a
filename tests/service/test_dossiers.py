"""What is told of each deliverable is true: what a model made, what the user brought, which steps
it hangs on; and nothing of it is told of a file that does not hold it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import pytest

from berg.brief import read_brief
from berg.carriers.aigc import AigcLabel, write_label
from berg.carriers.watermark.payload import identifier_of
from berg.digest import bytes_sha256, file_sha256
from berg.engine.interface import JobSpec
from berg.engine.promise import Running
from berg.lines.kinds import built_in
from berg.provenance.finish import Dossier
from berg.provenance.keys import KeyRing
from berg.provenance.manifest import ManifestClaim, StepUsed, read_credential, sign_file
from berg.schema.brief import Brief
from berg.schema.step import Out
from berg.service._dossiers import Dossiers
from berg.service._marking import marked
from berg.store import Store
from berg.weights import Weights
from tests.brief.test_producer import GOOD
from tests.lines.doubles import small_home, walk
from tests.lines.short.test_short import line_of, otherwise
from tests.provenance.finish.desk import content
from tests.service.film import ENGLISH, give_keys, photograph, write_brief

FILM, SRT, VTT, POSTER = "short.en.mp4", "short.en.srt", "short.en.vtt", "short.en.jpg"
PICTURES = ("harbour.png", "cup.png")


@dataclass
class Told:
    """A line that was walked, and what is told of its deliverables."""

    brief: Brief
    home: Path
    dossiers: Mapping[str, Dossier]
    steps: Mapping[str, Running]

    def __getitem__(self, path: str) -> ManifestClaim:
        return self.dossiers[path].claim

    def label(self, path: str) -> AigcLabel | None:
        return self.dossiers[path].aigc


def told(folder: Path, **options: Any) -> Told:
    """Walk a short whose steps answer at once, and write its dossiers."""
    home = folder / "home"
    if not home.exists():
        small_home(home)
        give_keys(home)
    path = write_brief(folder, **options)
    with Store(home) as store:
        keys = KeyRing.open(home / "keys")
        brief = marked(read_brief(path, kinds=built_in(), adopt=store.adopt), keys)
    driver = walk(home, line_of(brief), answer).driver
    with Store(home) as store:
        dossiers = Dossiers(brief, store, Weights(home))
        told = {item.path: dossiers.of(item) for item in driver.promised}
        return Told(brief, home, told, driver.steps)


def answer(spec: JobSpec, store: Store) -> Out:
    """What a step gives, with the watermark that was asked for."""
    out: Out = otherwise(1)(spec, store)
    if spec.params.get("mark") is None:
        return out
    return out.model_copy(update={"mark": identifier_of(spec.name)})


def named(claim: ManifestClaim) -> tuple[StepUsed, ...]:
    """The steps that a manifest names."""
    assert claim.lineage is not None
    return claim.lineage.named


def types(claim: ManifestClaim) -> dict[str, str]:
    """Source types of the parts, by what they are."""
    return {part.what: part.source_type for part in claim.parts}


@pytest.fixture(scope="module")
def narrated(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A narrated film of two photographs and music."""
    return told(tmp_path_factory.mktemp("narrated"), voice="af_heart", music=True)


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A film of two photographs, without a voice."""
    return told(tmp_path_factory.mktemp("silent"))


def test_a_voice_is_a_models_and_type_is_computed(narrated: Told) -> None:
    assert types(narrated[FILM]) == {
        "voice": "trainedAlgorithmicMedia",
        "captions": "algorithmicMedia",
        "end card": "algorithmicMedia",
        "label": "algorithmicMedia",
        "title": "algorithmicMedia",
    }


def test_the_model_is_named_with_the_digest_of_its_weights(narrated: Told) -> None:
    entries = {entry.name: entry for entry in Weights(narrated.home).entries()}
    assert {model.capability for model in narrated[FILM].models} == {"voice"}
    for model in narrated[FILM].models:
        assert model.sha256 == entries[model.name].sha256
        assert model.licence == entries[model.name].licence
        assert entries[model.name].kind in ("model", "voice")
    (part,) = (part for part in narrated[FILM].parts if part.model)
    assert part.model in {model.name for model in narrated[FILM].models}


def test_a_narrated_film_of_own_photographs_is_a_composite_with_a_models_work(
    narrated: Told,
) -> None:
    film = narrated[FILM]
    assert film.source_type == "compositeWithTrainedAlgorithmicMedia"
    assert film.generated == ("voice",)
    assert film.label_text == narrated.brief.marks.profile.voice_texts["en"]


def test_a_film_without_a_model_is_a_composite_and_carries_no_label(silent: Told) -> None:
    for path in (FILM, POSTER):
        assert silent[path].source_type == "composite"
        assert silent[path].generated == ()
        assert silent[path].models == ()
        assert silent[path].label_text is None
        assert silent.label(path) is None
    assert silent[SRT].source_type == "algorithmicMedia"


def test_what_the_user_brought_is_named_with_its_digest_and_its_use(narrated: Told) -> None:
    folder = narrated.home.parent
    used = {source.title: source for source in narrated[FILM].sources}
    assert set(used) == {*PICTURES, "music.wav"}
    for name in PICTURES:
        assert used[name].sha256 == file_sha256(folder / "photos" / name)
        assert (used[name].kind, used[name].used_as) == ("digitalCapture", "picture")
    assert used["music.wav"].used_as == "music"


def test_a_picture_holds_no_voice_no_music_and_only_what_it_shows(narrated: Told) -> None:
    """The poster frame hangs on the voice for its captions' times alone."""
    poster = narrated[POSTER]
    assert "voice" not in types(poster)
    assert (poster.generated, poster.models) == ((), ())
    assert poster.source_type == "composite"
    assert len(poster.sources) == 1
    assert narrated.label(POSTER) is None
    assert any(step.capability == "speech.synthesize" for step in named(poster)), "its lineage"


@pytest.mark.parametrize(
    ("profile", "heard"),
    [
        ("cn", "the rhythm short-long-short-short"),
        ("eu", "This recording was generated by AI."),
        ("both", "the rhythm short-long-short-short; This recording was generated by AI."),
        ("none", None),
    ],
)
def test_a_sound_tells_the_label_that_is_heard_in_it_and_not_the_one_that_is_seen(
    tmp_path: Path, profile: str, heard: str | None
) -> None:
    one = told(tmp_path, voice="af_heart", also=["sound"], provenance={"label": profile})
    assert one["short.en.m4a"].label_text == heard
    assert one["short.en.m4a"].generated == ("voice",)


def test_a_still_tells_the_label_that_is_drawn_in_it_and_says_that_no_model_made_it(
    narrated: Told,
) -> None:
    """Its frame is the film's, and so is the label on it; the voice that it names is not here."""
    assert narrated[POSTER].label_text == narrated[FILM].label_text
    assert narrated[POSTER].generated == ()


@pytest.mark.parametrize("path", [SRT, VTT])
def test_subtitles_hold_what_wrote_them_and_nothing_that_is_heard_or_seen(
    narrated: Told, path: str
) -> None:
    subtitles = narrated[path]
    assert types(subtitles) == {"subtitles": "algorithmicMedia"}
    assert subtitles.source_type == "algorithmicMedia"
    assert (subtitles.generated, subtitles.models, subtitles.sources) == ((), (), ())
    assert narrated.label(path) is None
    assert subtitles.label_text == narrated[FILM].label_text, "the line in it"


def test_the_steps_named_are_those_of_the_files_own_lineage_that_made_something_and_its_last(
    narrated: Told,
) -> None:
    steps = narrated.steps
    whole = walked(steps["short/en/film"])
    assert not {"short/en/poster", "short/en/subtitles"} & set(whole)
    makers = [name for name in whole if steps[name].step.kind.origin is not None]
    names = [step.name for step in named(narrated[FILM])]
    assert names == [*makers, "short/en/film"]
    assert len(set(names)) == len(names)
    assert all(len(step.key) == 64 for step in named(narrated[FILM]))
    lineage = narrated[FILM].lineage
    assert lineage is not None
    assert (lineage.steps, lineage.made) == (len(whole), len(makers))


def walked(step: Running) -> list[str]:
    """Names of the steps that one hangs on and its own, those it takes before it."""
    found: dict[str, None] = {}
    for need in step.needs:
        found.update(dict.fromkeys(walked(need)))
    return [*found, step.name]


def test_every_watermark_is_listed_once_and_the_poster_has_its_own(
    narrated: Told,
) -> None:
    film, poster = narrated[FILM], narrated[POSTER]
    assert len(film.marks) == len(set(film.marks)) == 4  # two shots, the end card, the sound
    (own,) = poster.marks
    assert own not in film.marks, "a picture's, and no film's"
    assert film.mark_key == poster.mark_key == narrated.brief.marks.key
    assert (narrated[SRT].marks, narrated[SRT].mark_key) == ((), None)


def test_a_script_is_told_by_digest_and_disclosed_only_where_that_is_asked_for(
    tmp_path: Path, narrated: Told
) -> None:
    script = "\n".join(ENGLISH)
    assert narrated[FILM].disclosed == {}
    assert narrated[FILM].digests == {"script": bytes_sha256(script.encode())}
    assert ENGLISH[0] not in narrated.dossiers[FILM].model_dump_json()
    open_ = told(tmp_path, provenance={"disclose": ["script"]})
    assert open_[FILM].disclosed == {"script": script}


@pytest.mark.parametrize(
    ("profile", "metadata"), [("cn", True), ("both", True), ("eu", False), ("none", False)]
)
def test_metadata_is_written_where_a_profile_asks_for_it(
    tmp_path: Path, profile: str, metadata: bool
) -> None:
    one = told(tmp_path, voice="af_heart", provenance={"label": profile})
    label = one.label(FILM)
    assert (label is not None) == metadata
    assert one[FILM].profile == profile
    assert (one[FILM].label_text is None) == (profile == "none")
    if label is not None:
        assert (label.label, label.produce_id) == ("1", one[FILM].produce_id)


def test_a_logo_is_told_of_the_film_that_shows_it_and_not_of_the_poster(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "logo.png"), photograph(7))
    one = told(tmp_path, logo="logo.png")
    of_film = {source.title: source for source in one[FILM].sources}
    assert of_film["logo.png"].used_as == "logo"
    assert of_film["logo.png"].kind == "digitalCreation"
    assert "logo.png" not in {source.title for source in one[POSTER].sources}


PASSED_ON = AigcLabel(label="1", content_producer="Somebody", produce_id="theirs-7")


def labelled(folder: Path, name: str) -> None:
    """A photograph that says that it was generated by somebody else."""
    plain, path = folder / "plain.png", folder / "photos" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(plain), photograph(0))
    write_label(plain, path, media_type="image/png", label=PASSED_ON)


def test_a_source_that_was_generated_is_told_as_such_and_its_label_is_passed_on(
    tmp_path: Path,
) -> None:
    labelled(tmp_path, "harbour.png")
    one = told(tmp_path, provenance={"producer": GOOD, "region": "world"})
    of_film = {source.title: source for source in one[FILM].sources}
    assert of_film["harbour.png"].kind == "trainedAlgorithmicMedia"
    assert json.loads(of_film["harbour.png"].aigc or "{}")["ProduceID"] == "theirs-7"
    assert of_film["cup.png"].kind == "digitalCapture"
    assert one[FILM].generated == ("picture",)
    assert one[FILM].source_type == "compositeWithTrainedAlgorithmicMedia"
    label = one.label(FILM)
    assert label is not None
    assert (label.label, label.content_producer, label.produce_id) == ("1", "Somebody", "theirs-7")
    assert label.content_propagator == GOOD
    assert label.propagate_id == one[FILM].produce_id


def test_with_a_voice_of_ours_the_label_is_ours_and_the_source_keeps_its_own(
    tmp_path: Path,
) -> None:
    labelled(tmp_path, "harbour.png")
    one = told(tmp_path, voice="af_heart", provenance={"producer": GOOD, "region": "world"})
    label = one.label(FILM)
    assert label is not None
    assert (label.content_producer, label.produce_id) == (GOOD, one[FILM].produce_id)
    assert one[FILM].generated == ("voice", "picture")
    shows = {source.title for source in one[POSTER].sources}
    assert (one[POSTER].generated == ("picture",)) == (shows == {"harbour.png"})
    assert (one.label(POSTER) is not None) == (shows == {"harbour.png"})


def test_nobody_is_named_as_passing_on_where_no_producer_is_configured(tmp_path: Path) -> None:
    labelled(tmp_path, "harbour.png")
    assert told(tmp_path).label(FILM) == PASSED_ON


def test_a_source_carries_its_own_manifest_along(tmp_path: Path) -> None:
    """A photograph that was signed before is an ingredient with its history."""
    photo = tmp_path / "photos" / "harbour.png"
    photo.parent.mkdir()
    cv2.imwrite(str(tmp_path / "plain.png"), photograph(0))
    small_home(tmp_path / "home")
    give_keys(tmp_path / "home")
    keys = KeyRing.open(tmp_path / "home" / "keys")
    taken = ManifestClaim(
        title="The harbour at dawn",
        media_type="image/png",
        profile="none",
        source_type="digitalCapture",
        receipt_sha256="0" * 64,
        produce_id="photo-1",
    )
    sign_file(tmp_path / "plain.png", photo, claim=taken, signer=keys.signer())
    one = told(tmp_path)
    film, signed = tmp_path / "film.mp4", tmp_path / "signed.mp4"
    film.write_bytes(content("mp4"))
    sign_file(film, signed, claim=one[FILM], signer=keys.signer())
    credential = read_credential(signed, anchors=keys.anchors())
    history = {ancestor.title: ancestor for ancestor in credential.history}
    assert set(history) == set(PICTURES)
    assert history["harbour.png"].source_types == ("digitalCapture",)
    assert history["harbour.png"].generator.startswith("berg")
    assert not history["cup.png"].generator
