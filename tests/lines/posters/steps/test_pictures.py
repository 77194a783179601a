"""Grounds, composed posters, paper, sheets and tables: what they promise is what they give."""

import csv
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typst
from PIL import Image
from pypdf import PdfReader

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.payload import identifier_of
from berg.carriers.watermark.picture import find_in_picture
from berg.errors import StepError
from berg.lines.posters.design.likeness import distance
from berg.lines.posters.design.places import type_area
from berg.lines.posters.steps import (
    GROUND,
    SUBJECT,
    Ground,
    PhotoSubject,
    TypeLayer,
    bleed_size,
    compose_poster,
    contact_sheet,
    photo_subject,
    poster_ground,
    poster_pdf,
    sheets_of,
    variant_table,
)
from berg.lines.posters.steps.compose.run import compose as run_compose
from berg.lines.posters.steps.ground.declare import best_place
from berg.lines.posters.steps.ground.run import ground as run_ground
from berg.lines.posters.steps.pdf.run import pdf as run_pdf
from berg.lines.posters.steps.sheet.run import sheet as run_sheet
from berg.lines.posters.steps.subject.run import subject as run_subject
from berg.lines.posters.steps.table.run import table as run_table
from berg.lines.posters.steps.type.nouns import Panel, TypeBox
from berg.media.probe import probe
from berg.schema.asset import Asset
from berg.schema.layer import Layer, Sheet
from berg.schema.media import Source
from tests.lines.posters.design.lettered import HEIGHT, WIDTH, texts
from tests.lines.posters.steps.world import World

KEY = MarkKey(id="0123456789abcdef", secret=b"s" * 32)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def given(step: Any) -> Any:
    return step.kind.call_of(step.params, step.inputs)


def photo(world: World, size: tuple[int, int] = (600, 700)) -> Source:
    fall = np.linspace(60, 250, size[1]).astype(np.uint8)[:, None, None]
    pixels = np.broadcast_to(fall, (size[1], size[0], 3)).copy()
    pixels[size[1] // 2 :: 9] = 90
    path = world.scratch / "photo.png"
    Image.fromarray(pixels).save(path)
    return Source(name="photo.png", asset=world.put(path, "image/png"), facts=probe(path))


def subject(world: World, source: Source) -> PhotoSubject:
    step = photo_subject(source)
    return run_subject(given(step), world)


def ground(world: World, width: int = WIDTH, height: int = HEIGHT, **more: Any) -> Ground:
    source = photo(world)
    step = poster_ground(source, subject(world, source), width=width, height=height, **more)
    return run_ground(given(step), world)


def layer(world: World, ink: str = "#FFFFFF", panel: Panel | None = None) -> TypeLayer:
    overlay, pieces = texts(("headline", "Cold water.", 60, (40, 480), ink))
    data = io.BytesIO()
    Image.fromarray(overlay.pixels).save(data, "PNG")
    boxes = [
        TypeBox(
            kind="headline", x=p.box.left, y=p.box.top, width=p.box.width, height=p.box.height,
            ink=ink, em=p.em,
        )
        for p in pieces
    ]  # fmt: skip
    return TypeLayer(
        sheet=world.put_bytes(data.getvalue(), "image/png"),
        left=0,
        top=0,
        width=WIDTH,
        height=HEIGHT,
        boxes=tuple(boxes),
        ground=("#0B3954",),
        panel=panel or Panel(x=0, y=0, width=WIDTH, height=HEIGHT),
        scrim="#0B3954",
        smallest=60,
        scale=1000,
        problems=(),
    )


def composed(world: World, ground: Any, layer: Any, **more: Any) -> Any:
    asked: dict[str, Any] = {"width": WIDTH, "height": HEIGHT, "format": "jpeg"} | more
    step = compose_poster(ground, layer, **asked)
    return run_compose(given(step), world)


def pixels(world: World, asset: Asset) -> np.ndarray:
    with Image.open(world.path(asset)) as image:
        return np.asarray(image.convert("RGB"))


def test_a_subject_is_plain_data_that_was_foreseen_in_kind(world: World) -> None:
    step = photo_subject(photo(world))
    foreseen = SUBJECT.predict(given(step))
    for one in (foreseen, subject(world, photo(world))):
        assert PhotoSubject.model_validate_json(one.model_dump_json()) == one
        assert len({len(bytes.fromhex(row)) for row in one.matters}) == 1
        assert len(one.model_dump_json()) < 30_000


def test_one_subject_serves_crops_of_all_shapes(world: World) -> None:
    source = photo(world, (600, 300))
    with Image.open(world.path(source.asset)) as image:
        pixels_of = np.asarray(image).copy()
    pixels_of[:] = 128
    pixels_of[60:140, 440:520] = (250, 60, 20)
    Image.fromarray(pixels_of).save(world.path(source.asset))
    about = subject(world, source)
    for width, height in ((200, 250), (100, 400), (400, 200)):
        step = poster_ground(source, about, width=width, height=height)
        made = run_ground(given(step), world)
        red = pixels(world, made.raster)[..., 0] > 220
        assert red.any(axis=0).sum() > 20, "the spot is in every crop"
        assert abs(made.focus_x - 1000 * red.any(axis=0).nonzero()[0].mean() / width) < 120


def test_a_ground_is_what_was_foreseen(world: World) -> None:
    source = photo(world)
    step = poster_ground(source, subject(world, source), width=WIDTH, height=HEIGHT)
    foreseen = GROUND.predict(given(step))
    made = ground(world)
    assert (made.width, made.height) == (foreseen.width, foreseen.height)
    assert made.raster.size == foreseen.raster.size
    assert len(made.detail) == len(foreseen.detail)
    assert made.problems == ()
    assert pixels(world, made.raster).shape == (HEIGHT, WIDTH, 3)


def test_a_photograph_that_is_far_too_small_is_told(world: World) -> None:
    made = ground(world, 1800, 2100)
    assert "600x700 is enlarged 3.0 times for 1800x2100" in made.problems[0]


def test_a_line_chooses_a_place_from_a_ground(world: World) -> None:
    areas = {place: type_area("hero", place) for place in ("bottom", "top")}
    assert best_place(ground(world), areas) == "top"


@pytest.mark.parametrize(("form", "kind"), [("jpeg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_a_poster_is_delivered_sound_in_each_format(world: World, form: str, kind: str) -> None:
    made = composed(world, ground(world), layer(world), format=form)
    assert made.problems == ()
    assert made.contrast >= 3000  # 60 pixels on 540 are large type
    assert 0 < made.scrim < 1000
    assert made.image.media_type == f"image/{form}"
    with Image.open(world.path(made.image)) as image:
        assert (image.format, image.size) == (kind, (WIDTH, HEIGHT))


def test_the_same_poster_has_the_same_bytes(world: World) -> None:
    parts = (ground(world), layer(world))
    assert composed(world, *parts) == composed(world, *parts)


def test_a_poster_without_picture_stands_on_its_ground(world: World) -> None:
    made = composed(world, None, layer(world), format="png")
    assert made.problems == ()
    assert tuple(pixels(world, made.image)[5, 5]) == (0x0B, 0x39, 0x54)
    assert made.scrim == 0


def test_a_picture_stays_in_its_panel(world: World) -> None:
    panel = Panel(x=0, y=0, width=WIDTH, height=300)
    seen = pixels(
        world, composed(world, ground(world), layer(world, panel=panel), format="png").image
    )
    assert (seen[301:470] == (0x0B, 0x39, 0x54)).all()
    assert (seen[:300] != (0x0B, 0x39, 0x54)).any(axis=-1).all()


def test_a_poster_carries_the_steps_own_watermark(world: World) -> None:
    world.secrets = {KEY.id: KEY.secret}
    big = ground(world)
    made = composed(world, big, layer(world), mark=KEY.id)
    found = find_in_picture(pixels(world, made.image), keys=[KEY], thorough=False)
    assert made.mark == identifier_of(world.identity)
    assert found is not None
    assert found.identifier == made.mark


def test_a_label_is_seen_on_top(world: World) -> None:
    sheet = np.zeros((40, 200, 4), np.uint8)
    sheet[:, :160] = (11, 15, 20, 255)
    data = io.BytesIO()
    Image.fromarray(sheet).save(data, "PNG")
    label = Sheet(
        image=world.put_bytes(data.getvalue(), "image/png"),
        layers=(Layer(x=0, y=0, width=160, height=40, left=30, top=24),),
    )
    made = composed(world, ground(world), layer(world), label=label, format="png")
    assert made.problems == ()
    assert (pixels(world, made.image)[24:64, 30:190] == (11, 15, 20)).all()


def test_posters_that_look_alike_have_near_hashes(world: World) -> None:
    one, other = (
        composed(world, ground(world), layer(world, ink)) for ink in ("#FFFFFF", "#FFF4E0")
    )
    assert distance(one.phash, other.phash) <= 6


PAPER = (54, 67)
"""Millimetres: as many as the layer has tens of pixels, nearly."""


def type_page(world: World) -> Asset:
    source = (
        f"#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt, fill: none)\n"
        "#place(dx: 40pt, dy: 480pt, text(60pt, fill: white)[Cold water.])"
    )
    made = typst.compile(source.encode(), format="pdf")
    assert isinstance(made, bytes)
    return world.put_bytes(made, "application/pdf")


def paper(world: World, layer: TypeLayer) -> Any:
    size = bleed_size(WIDTH, HEIGHT, paper_mm=PAPER)
    step = poster_pdf(
        ground(world, *size, enlarge=False), layer, type_page(world),
        width=WIDTH, height=HEIGHT, paper_mm=PAPER, title="潮 & tide",
    )  # fmt: skip
    return run_pdf(given(step), world)


def test_a_pdf_has_bleed_trim_marks_fonts_and_a_title(world: World) -> None:
    made = paper(world, layer(world))
    assert made.problems == ()
    page = PdfReader(world.path(made.pdf)).pages[0]
    trim, bleed, media = page.trimbox, page.bleedbox, page.mediabox
    mm = 72 / 25.4
    assert float(trim.width) == pytest.approx(PAPER[0] * mm, abs=0.01)
    assert float(trim.height) == pytest.approx(PAPER[1] * mm, abs=0.01)
    for outer, inner, least in ((bleed, trim, 3 * mm), (media, bleed, 5 * mm)):
        assert float(inner.left - outer.left) >= least - 0.01
        assert float(outer.top - inner.top) >= least - 0.01
    assert page.extract_text().strip() == "Cold water."
    fonts = page["/Resources"]["/Font"].get_object().values()  # type: ignore[index]
    for font in fonts:
        inner_font = font.get_object()["/DescendantFonts"][0].get_object()
        assert any(
            key.startswith("/FontFile") for key in inner_font["/FontDescriptor"].get_object()
        )
    assert page.images[0].image is not None
    assert PdfReader(world.path(made.pdf)).metadata.title == "潮 & tide"  # type: ignore[union-attr]


def test_the_picture_of_a_pdf_covers_the_bleed(world: World) -> None:
    made = paper(world, layer(world))
    image = PdfReader(world.path(made.pdf)).pages[0].images[0].image
    assert image is not None
    assert image.size == bleed_size(WIDTH, HEIGHT, paper_mm=PAPER)
    edge = np.asarray(image.convert("RGB"), np.int16)
    assert np.abs(edge[200, 0] - edge[200, 40]).max() < 40


def test_a_pdf_has_the_same_bytes_every_time(world: World) -> None:
    assert paper(world, layer(world)).pdf == paper(world, layer(world)).pdf


def test_a_type_page_that_is_no_pdf_is_one_clear_error(world: World) -> None:
    step = poster_pdf(
        None, layer(world), world.put_bytes(b"no pdf", "application/pdf"),
        width=WIDTH, height=HEIGHT, paper_mm=PAPER, title="a",
    )  # fmt: skip
    with pytest.raises(StepError, match="the type's page is no PDF"):
        run_pdf(given(step), world)


def test_a_contact_sheet_shows_pictures_of_all_shapes(world: World) -> None:
    images = []
    for index, size in enumerate([(200, 250), (250, 250), (400, 225)] * 5):
        data = io.BytesIO()
        Image.new("RGB", size, (index * 15, 90, 30)).save(data, "JPEG")
        images.append(world.put_bytes(data.getvalue(), "image/jpeg"))
    names = [f"en-{i:03d}-a-rather-long-name-of-a-poster" for i in range(len(images))]
    step = contact_sheet(images, names=names)
    first, again = (run_sheet(given(step), world) for _ in range(2))
    assert first == again
    seen = pixels(world, first.image)
    assert seen.shape[1] == 2400
    reds = {
        round(int(r) / 15)
        for r in seen[::7, ::7][(abs(seen[::7, ::7, 1].astype(int) - 90) < 6)][:, 0]
    }
    assert set(range(len(images))) <= reds


def test_a_contact_sheet_says_which_picture_it_cannot_show(world: World) -> None:
    step = contact_sheet([world.put_bytes(b"x", "image/jpeg")], names=["a"])  # type: ignore[list-item]
    with pytest.raises(StepError, match="can't be put on a contact sheet"):
        run_sheet(given(step), world)


def test_a_table_is_read_back_whatever_its_cells_hold(world: World) -> None:
    rows = [("a,b", 'say "hi"', "line\nbreak"), ("潮", "", "=1+1")]
    step = variant_table(("one", "two", "three"), rows)
    made = run_table(given(step), world)
    text = world.path(made.csv).read_text("utf-8")
    assert [tuple(r) for r in csv.reader(io.StringIO(text, newline=""))][1:] == rows


def test_long_series_are_cut_into_even_sheets() -> None:
    assert [len(part) for part in sheets_of(500)] == [100] * 5
    assert sheets_of(0) == (range(0),)
    assert sum(len(part) for part in sheets_of(241)) == 241


def test_declarations_are_light_to_import() -> None:
    code = (
        "import sys, berg.lines.posters.steps;"
        "print([m for m in ('numpy','cv2','typst','PIL','av','jieba','pypdf') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
