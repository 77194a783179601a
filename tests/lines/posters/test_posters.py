"""The posters' line: what is shared is made once, what comes out broken is replaced and told."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from berg.digest import bytes_sha256
from berg.engine.interface import JobSpec
from berg.engine.rehearsal import Line
from berg.errors import StepError
from berg.lines.posters import steps as poster
from berg.lines.posters.ask import PostersAsk
from berg.lines.posters.line import posters
from berg.lines.posters.nouns import Layout, Size
from berg.schema.asset import Asset
from berg.schema.brief import Brand, Brief
from berg.schema.do import Do
from berg.schema.media import MediaFacts, Source
from berg.schema.step import Out, StepKind
from berg.service._dossiers import value_of
from berg.store import Store
from tests.lines.doubles import Walked, rehearse, walk

KINDS = {kind.runner: kind for kind in vars(poster).values() if isinstance(kind, StepKind)}
SQUARE = Size(name="540x540", width=540, height=540)
TALL = Size(name="540x675", width=540, height=675)
A6 = Size(name="A6", width=1240, height=1748, paper_mm=(105, 148))
Found = Callable[[JobSpec, Out], dict[str, Any]]
"""What an answer says otherwise than foreseen."""


def photo(name: str) -> Source:
    asset = Asset(sha256=bytes_sha256(name.encode()), size=1000, media_type="image/png")
    facts = MediaFacts(kind="image", width=900, height=900, frames=1)
    return Source(name=name, asset=asset, facts=facts)


def ask_of(**more: Any) -> PostersAsk:
    told: dict[str, Any] = {
        "headlines": {"en": ("One", "Two"), "zh": ("一", "二")},
        "pictures": (photo("a.png"), photo("b.png")),
        "sizes": (SQUARE, TALL),
        "layouts": tuple(Layout(name=name) for name in ("hero", "badge", "split")),
        "schemes": ("dark", "light"),
        "variants": 6,
    }
    return PostersAsk(**(told | more))


def line_of(ask: PostersAsk, languages: tuple[str, ...] = ("en", "zh")) -> Line:
    brief = Brief(
        title="Any", slug="any", languages=languages, brand=Brand(name="Tidewater"), make=(ask,)
    )

    async def line(do: Do) -> None:
        await posters(do, ask, brief)

    return line


def answering(found: Found = lambda spec, out: {}) -> Callable[[JobSpec, Store], Out | None]:
    """All but tables as foreseen, with bytes of their own and a hash unlike any other."""

    def answer(spec: JobSpec, store: Store) -> Out | None:
        kind = KINDS[spec.runner]
        if kind is poster.TABLE:
            return None
        call = kind.calls.read(spec.params, spec.inputs)
        out = kind.predict(call)
        told: dict[str, Any] = {
            key: store.put_bytes(f"{key} {spec.name}".encode(), value.media_type)
            for key, value in out
            if isinstance(value, Asset)
        }
        if "phash" in type(out).model_fields:
            told["phash"] = bytes_sha256(spec.name.encode())[:16]
        changed: Out = out.model_copy(update=told | found(spec, out))
        return changed

    return answer


def is_poster(spec: JobSpec) -> bool:
    return spec.runner == poster.COMPOSE.runner


def made(home: Path, ask: PostersAsk, found: Found = lambda spec, out: {}) -> Walked:
    return walk(home, line_of(ask), answering(found))


def table(home: Path, walked: Walked, path: str) -> list[dict[str, str]]:
    (promised,) = [p for p in walked.driver.promised if p.path == path]
    with Store(home) as store:
        text = store.path(value_of(promised.asset)).read_text()
    return list(csv.DictReader(io.StringIO(text)))


def test_posters_sheets_and_the_table_are_delivered_for_each_language(tmp_path: Path) -> None:
    walked = made(tmp_path, ask_of())
    rows = table(tmp_path, walked, "posters/variants.csv")
    assert [row["language"] for row in rows] == ["en"] * 6 + ["zh"] * 6
    assert len({row["file"] for row in rows}) == 12
    others = {"posters/sheet-en.jpg", "posters/sheet-zh.jpg", "posters/variants.csv"}
    assert set(walked.delivered) == {row["file"] for row in rows} | others


def test_a_picture_is_prepared_once_a_shape_for_all_languages_and_layouts_of_that_shape(
    tmp_path: Path,
) -> None:
    walked = made(tmp_path, ask_of(variants=24))
    grounds = {name for name in walked.names if "/ground/" in name}
    full, split = ("540x540", "540x675"), ("540x324", "540x405")
    assert grounds == {f"posters/ground/{p}.png@{s}" for p in "ab" for s in (*full, *split)}
    subjects = {name for name in walked.names if "/subject/" in name}
    assert subjects == {f"posters/subject/{p}.png" for p in "ab"}, "found once, for all shapes"


def test_a_text_is_set_once_whatever_picture_lies_under_it(tmp_path: Path) -> None:
    walked = made(
        tmp_path,
        ask_of(
            headlines={"en": ("One",), "zh": ("一",)},
            sizes=(SQUARE,),
            layouts=(Layout(name="grid"),),
            schemes=("dark",),
            variants=2,
        ),
    )
    assert sum(name.startswith("posters/en/type/") for name in walked.names) == 1
    assert sum(path.startswith("posters/en/") for path in walked.delivered) == 2


def test_what_is_foreseen_is_what_runs(tmp_path: Path) -> None:
    ask = ask_of(formats=("png", "webp"), sizes=(SQUARE, A6))
    foreseen = rehearse(tmp_path, line_of(ask))
    walked = made(tmp_path, ask)
    assert [step.name for step in foreseen.steps] == list(walked.driver.steps)
    assert foreseen.deliver_paths == walked.delivered


def test_every_format_is_delivered_and_paper_is_a_pdf_with_a_preview(tmp_path: Path) -> None:
    walked = made(tmp_path, ask_of(formats=("png", "webp"), sizes=(SQUARE, A6), variants=4))
    rows = table(tmp_path, walked, "posters/variants.csv")
    for row in rows:
        stem, _, suffix = row["file"].rpartition(".")
        assert suffix == ("pdf" if row["size"] == "A6" else "png")
        assert f"{stem}.{'jpg' if row['size'] == 'A6' else 'webp'}" in walked.delivered


def test_a_poster_with_a_problem_is_replaced_and_told(tmp_path: Path) -> None:
    bad: list[str] = []

    def found(spec: JobSpec, out: Out) -> dict[str, Any]:
        if not is_poster(spec) or len(bad) >= 2:
            return {}
        bad.append(f"{spec.name}.jpg")
        return {"problems": ("the headline covers a face",)}

    walked = made(tmp_path, ask_of(), found)
    left = table(tmp_path, walked, "posters/left-out.csv")
    assert sorted(row["file"] for row in left) == sorted(bad)
    assert {row["reason"] for row in left} == {"the headline covers a face"}
    assert not {*bad} & {*walked.delivered}
    assert len(table(tmp_path, walked, "posters/variants.csv")) == 12


def test_a_photograph_washed_out_by_a_light_veil_is_replaced_where_that_helps(
    tmp_path: Path,
) -> None:
    def found(spec: JobSpec, out: Out) -> dict[str, Any]:
        return {"scrim": 700} if is_poster(spec) else {}

    def once(spec: JobSpec, out: Out) -> dict[str, Any]:
        if not is_poster(spec) or (veiled and veiled != [spec.name]):
            return {}
        veiled[:] = [spec.name]
        return {"scrim": 700}

    veiled: list[str] = []
    light = ask_of(schemes=("light",))
    walked = made(tmp_path / "once", light, once)
    (left,) = table(tmp_path / "once", walked, "posters/left-out.csv")
    assert left["file"] == f"{veiled[0]}.jpg"
    assert "light veil of 70 %" in left["reason"]

    all_the_same = made(tmp_path / "all", light, found)
    assert "posters/left-out.csv" not in all_the_same.delivered
    assert len(table(tmp_path / "all", all_the_same, "posters/variants.csv")) == 12


def test_two_that_look_alike_in_the_same_words_are_one(tmp_path: Path) -> None:
    same = ask_of(
        headlines={"en": ("One",), "zh": ("一",)}, sizes=(SQUARE,), pictures=(), variants=3
    )
    walked = made(tmp_path, same, lambda spec, out: {"phash": "f" * 16} if is_poster(spec) else {})
    left = table(tmp_path, walked, "posters/left-out.csv")
    assert all(row["reason"].startswith("looks like ") for row in left)
    assert len(table(tmp_path, walked, "posters/variants.csv")) == 2, "one of each language"


def test_a_soft_photograph_is_a_warning_in_the_table(tmp_path: Path) -> None:
    def found(spec: JobSpec, out: Out) -> dict[str, Any]:
        soft = spec.runner == poster.GROUND.runner and "a.png" in spec.name
        return {"problems": ("it looks soft",)} if soft else {}

    walked = made(tmp_path, ask_of(), found)
    for row in table(tmp_path, walked, "posters/variants.csv"):
        assert row["warnings"] == ("it looks soft" if row["picture"] == "a.png" else "")


def test_no_sound_poster_at_all_is_an_error_that_says_why(tmp_path: Path) -> None:
    with pytest.raises(StepError, match=r"no poster in en .* \(\w+, \w+: the cta covers a face\)"):
        made(
            tmp_path,
            ask_of(),
            lambda spec, out: {"problems": ("the cta covers a face",)} if is_poster(spec) else {},
        )


def test_a_row_with_one_poster_is_one_file_without_tables(tmp_path: Path) -> None:
    ask = ask_of(row="anna", variants=1, headlines={"en": ("Anna",), "zh": ("安娜",)})
    walked = made(tmp_path, ask)
    assert walked.delivered == ["posters.en.jpg", "posters.zh.jpg"]
