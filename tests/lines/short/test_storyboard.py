from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from berg.errors import BriefError
from berg.lines.short.ask import ShortAsk
from berg.lines.short.storyboard_read import read_storyboard
from berg.lines.short.storyboard_write import storyboard_to_yaml
from berg.schema.asset import Asset
from berg.schema.brief import Brand, Brief
from berg.schema.media import MediaFacts, Source
from berg.schema.overlay import NO_OVERLAYS, Chart, Overlays, Point, Strap
from berg.schema.storyboard import Shot, Show, Storyboard


def source(name: str, seconds: int | None = None) -> Source:
    duration = None if seconds is None else Fraction(seconds)
    kind = "image" if seconds is None else "video"
    facts = MediaFacts.model_validate({"kind": kind, "duration": duration})
    return Source(name=name, asset=Asset(sha256=name, size=1, media_type="x/y"), facts=facts)


FOOTAGE = (source("photos/harbour.jpg"), source("photos/q: \"'#.png"), source("waves.mp4", 9))
ASK = ShortAsk(script={"en": "x", "zh": "x"}, voice={"en": "none", "zh": "none"}, footage=FOOTAGE)
BRIEF = Brief(
    title='A "b": #c', slug="a", languages=("en", "zh"), brand=Brand(name="A"), make=(ASK,)
)

SAID = (
    st.text(st.characters(exclude_categories=("C", "Z", "M", "Sk")), min_size=1, max_size=12)
    .map(lambda text: f"«{text}» no: 1 # x, 12")
    .filter(str.isprintable)
)
SECONDS = st.fractions(0, 600, max_denominator=1000)
SHOWS = st.one_of(
    st.just(Show(kind="card")),
    st.sampled_from(FOOTAGE[:2]).map(lambda s: Show(kind="photo", source=s.name)),
    st.none().map(lambda _: Show(kind="clip", source="waves.mp4")),
    st.fractions(0, 8, max_denominator=1001).map(
        lambda start: Show(kind="clip", source="waves.mp4", start=start)
    ),
)
BOTH = st.fixed_dictionaries({"en": SAID, "zh": SAID})
NUMBERS = st.integers(1, 99_999).map(lambda cents: Fraction(cents, 100))
NAMES = st.lists(st.sampled_from("ABCDEFGH"), min_size=2, max_size=8, unique=True)


def chart(kind: Literal["bar", "line"], names: list[str], number: Fraction, unit: str) -> Chart:
    points = (
        Point(name={"en": name, "zh": f"{name}: 年"}, value=number + place)
        for place, name in enumerate(names)
    )
    return Chart(kind=kind, values=tuple(points), unit=unit)


OVERLAYS = st.builds(
    Overlays,
    strap=st.none() | st.builds(Strap, who=BOTH, role=st.none() | BOTH),
    callout=st.none() | BOTH,
    items=st.none()
    | st.integers(2, 6).flatmap(
        lambda n: st.fixed_dictionaries({key: st.tuples(*[SAID] * n) for key in ("en", "zh")})
    ),
    chart=st.none()
    | st.builds(
        chart, st.sampled_from(["bar", "line"]), NAMES, NUMBERS, st.sampled_from(["", "%"])
    ),
)


def only_on_pictures(shot: Shot) -> Shot:
    bare = {"overlays": NO_OVERLAYS} if shot.show.kind == "card" else {}
    return shot.model_copy(update=bare)


SHOTS = st.builds(
    Shot,
    overlays=OVERLAYS,
    id=st.integers(0, 2**32 - 1).map(lambda n: f"{n:08x}"),
    seed=st.integers(0, 2**32 - 1),
    text=st.fixed_dictionaries({"en": SAID, "zh": SAID}),
    show=SHOWS,
    transition=st.sampled_from(["cut", "dissolve"]),
    seconds=st.fixed_dictionaries({"en": SECONDS, "zh": SECONDS}),
).map(only_on_pictures)
SPEED = st.fractions(Fraction(9, 10), Fraction(23, 20), max_denominator=100)


def first_is_cut(shots: list[Shot]) -> tuple[Shot, ...]:
    return (shots[0].model_copy(update={"transition": "cut"}), *shots[1:])


BOARDS = st.builds(
    Storyboard,
    languages=st.just(("en", "zh")),
    shots=st.lists(SHOTS, min_size=1, max_size=6, unique_by=lambda s: s.id).map(first_is_cut),
    speed=st.fixed_dictionaries({"en": SPEED, "zh": SPEED}),
)
BOARD = Storyboard(
    languages=("en", "zh"),
    speed={"en": Fraction(1), "zh": Fraction(21, 20)},
    shots=(
        Shot(
            id="00000001",
            seed=1,
            text={"en": "One.", "zh": "一。"},
            show=Show(kind="card"),
            seconds={"en": Fraction(2), "zh": Fraction(7, 2)},
        ),
        Shot(
            id="12345678",
            seed=2,
            text={"en": "Two.", "zh": "二。"},
            show=Show(kind="clip", source="waves.mp4", start=Fraction(7, 2)),
            transition="dissolve",
            seconds={"en": Fraction(2), "zh": Fraction(7, 2)},
        ),
    ),
)
YAML = storyboard_to_yaml(BOARD, BRIEF)


def read(folder: Path, text: str) -> Storyboard:
    path = folder / "board.yaml"
    path.write_text(text)
    return read_storyboard(path, BRIEF, ASK)


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(BriefError) as caught:
        read(folder, text)
    return [f"{fault.line}:{fault.column}: {fault.message}" for fault in caught.value.faults]


@settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(board=BOARDS)
def test_what_is_written_is_read_back_the_same(tmp_path: Path, board: Storyboard) -> None:
    normal = board.model_validate_json(_nfc(board.model_dump_json()))
    assert read(tmp_path, storyboard_to_yaml(normal, BRIEF)) == normal


def _nfc(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", text)


def test_the_document_is_for_people() -> None:
    assert 'show: "waves.mp4 @ 3.5s"' in YAML
    assert "speed: {en: 1, zh: 1.05}" in YAML
    assert '      zh: "一。"' in YAML


def test_texts_pictures_and_order_may_be_edited(tmp_path: Path) -> None:
    edited = YAML.replace('"One."', "No. 5, at 9:16").replace("show: card", "show: harbour.jpg")
    first = read(tmp_path, edited).shots[0]
    assert (first.id, first.seed) == ("00000001", 1)
    assert first.text["en"] == "No. 5, at 9:16"
    assert first.show == Show(kind="photo", source="photos/harbour.jpg")


def test_a_clip_may_begin_at_a_moment(tmp_path: Path) -> None:
    for written, start in [("waves.mp4@2", 2), ("waves.mp4 @ 1/3s", Fraction(1, 3))]:
        shot = read(tmp_path, YAML.replace("show: card", f"show: {written}")).shots[0]
        assert shot.show == Show(kind="clip", source="waves.mp4", start=Fraction(start))


def test_a_shot_may_be_deleted_and_the_next_then_begins_the_film(tmp_path: Path) -> None:
    head, _, rest = YAML.partition('  - id: "00000001"')
    board = read(tmp_path, head + rest[rest.index("  - id:") :])
    assert [(s.id, s.transition) for s in board.shots] == [("12345678", "cut")]


def test_a_new_shot_gets_an_id_that_no_other_has(tmp_path: Path) -> None:
    new = "  - {text: {en: New., zh: 新。}, show: card}\n"
    board = read(tmp_path, YAML + new + new)
    assert len({shot.id for shot in board.shots}) == 4
    assert board.shots[2].seconds == {}
    assert board.shots[2].seed != board.shots[3].seed
    assert read(tmp_path, YAML + new + new) == board


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("show: card", "show: harbor.jpg", '24:11: shots[0].show: "harbor.jpg"'),
        ("show: card", "show: photos/harbor.jpg", "did you mean photos/harbour.jpg?"),
        ("show: card", "show: photos/harbour.jpg @ 2s", "a photograph has no moment"),
        ('@ 3.5s"', '@ 9s"', "waves.mp4 is 9.00 s long; begin earlier"),
        ("show: card", "shwo: card", "did you mean show?"),
        ("show: card", "show: [card]", "a list is not allowed here"),
        ("transition: dissolve", "transition: fade", "cut or dissolve"),
        ("seed: 2", "strap: {role: Roaster}", "who is missing; add `who:`"),
        ("seed: 2", "strap: Mara", "write a map: {who: …, role: …}"),
        ("seed: 2", "callout: {en: A}", "shots[1].callout: zh is missing"),
        ("seed: 2", f"callout: {'9' * 33}", "33 characters; at most 32 are allowed"),
        ("seed: 2", "list: [one]", "1 given; write 2 to 6"),
        ("seed: 2", "list: {en: [a, b], zh: [a, b, c]}", "as many items in each language"),
        ("seed: 2", "chart: {values: {a: 1, b: -2}}", "35:31: shots[1].chart.values.b"),
        ("seed: 2", "chart: {values: {a: 0, b: 0}}", "one number at least must be more than 0"),
        ("seed: 2", "chart: {kind: pie, values: {a: 1, b: 2}}", "bar or line"),
        ("seed: 2", "chart: {values: {en: {a: 1, b: 2}, zh: {a: 1, b: 3}}}", "the same numbers"),
        ("seed: 1", "callout: Now", "a card is type itself"),
        ("seed: 1", "seed: -1", "a whole number from 0"),
        ('id: "12345678"', 'id: "00000001"', "id 00000001 is given twice"),
        ('id: "12345678"', "id: xyz", "eight of the digits"),
        ('en: "One."', 'en: ""', "it is blank"),
        ('en: "One."', 'en: "a\\u202eb"', "direction override"),
        ('en: "One."', f'en: "{"x" * 401}"', "at most 400"),
        ('      en: "One."\n', "", "en is missing"),
        ("speed: {en: 1, ", "speed: {en: 2, ", "a number from 0.9 to 1.15"),
        ("speed: {en: 1, ", "speed: {en: 1e9, ", "a number from 0.9 to 1.15"),
        ("{en: 2, zh: 3.5}", "{en: 2, zh: 1/0}", "a number from 0 to 600"),
        ("languages: [en, zh]", "languages: [zh, en]", "the brief's languages, in its order"),
        ("berg-storyboard: 1", "berg-storyboard: 2", "a whole number from 1 to 1"),
    ],
)
def test_an_edit_is_checked_as_strictly_as_a_brief(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in YAML
    found = faults(tmp_path, YAML.replace(old, new, 1))
    assert any(message in fault for fault in found), found


def test_all_faults_of_a_storyboard_are_told_at_once(tmp_path: Path) -> None:
    text = YAML.replace("cut", "fade").replace("seed: 2", "seed: two").replace("card", "no.jpg")
    assert len(faults(tmp_path, text)) == 3


def test_a_storyboard_without_shots_is_refused(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, "berg-storyboard: 1\nshots: []\n")
    assert found == "2:8: shots: 0 given; write 1 to 400"
