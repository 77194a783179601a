import io
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from berg.errors import StepError
from berg.lines.posters.design.compose import lettering_of
from berg.lines.posters.design.flat_png import from_png
from berg.lines.posters.design.inks import inks_of
from berg.lines.posters.design.parts import Overlay
from berg.lines.posters.design.places import LAYOUTS, places_of
from berg.lines.posters.design.press import Press, press
from berg.lines.posters.design.specimen import pieces_of, specimens
from berg.lines.posters.design.typeset import Type, data_of, least_of, pdf_of, set_poster
from berg.media.type.colour import READABLE, contrast
from berg.schema.layer import Clear

from .type_samples import LOGO, PALETTE, SIZES, TEXTS, copy

GOLDEN = Path(__file__).parent / "golden"
LONG = {
    "en": "Before the harbour wakes we have already roasted the coffee that you will drink with "
    "your very first look at the grey sea tomorrow",
    "zh": "港口醒来之前，我们已经烘好了你明天看海时要喝的第一杯咖啡，焦糖、橙皮，还有海风的味道",
}


@pytest.fixture(scope="module")
def ready(weights: Callable[[str], Path]) -> Press:
    return press((weights("inter"), weights("noto-sans-cjk-sc")))


@pytest.fixture(scope="module")
def logo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("logo") / "logo.svg"
    path.write_text(LOGO)
    return path


def alpha(made: Type) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(made.png)).convert("RGBA"))[..., 3]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", SIZES)
def test_every_layout_fits_at_every_size(
    ready: Press, logo: Path, layout: str, size: tuple[int, int]
) -> None:
    for language, with_picture in product(TEXTS, (True, False)):
        for place in places_of(layout, *size, with_picture=with_picture):
            made = set_poster(
                copy(layout, size, language=language, with_picture=with_picture, place=place,
                     logo=logo),
                ready,
            )  # fmt: skip
            assert made.problems == ()
            assert {t.kind for t in made.drawn.texts} >= {"headline", "body", "cta"}
            assert made.box.right <= size[0]
            assert made.box.bottom <= size[1]
            assert alpha(made).shape == (made.box.height, made.box.width)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_long_headline_fits_too(ready: Press, layout: str, language: str) -> None:
    for size in SIZES[:5]:
        made = set_poster(copy(layout, size, headline=LONG[language], language=language), ready)
        assert made.problems == ()


@settings(max_examples=40, deadline=None)
@given(
    layout=st.sampled_from(LAYOUTS),
    size=st.sampled_from(SIZES),
    language=st.sampled_from(["en", "zh"]),
    with_picture=st.booleans(),
    scheme=st.sampled_from(["dark", "light", "accent"]),
    headline=st.text(st.sampled_from("Aaeiorstln .,É'“”&$#@\\[]*_`<>咖啡港口，。！"), max_size=140),
    body=st.none() | st.text(st.sampled_from("abcdefgh ij,.早晨咖啡"), max_size=300),
    cta=st.none() | st.text(st.sampled_from("Order now立即预订 "), max_size=40),
)  # fmt: skip
def test_no_text_overflows_or_overlaps_or_crashes(
    ready: Press, layout: str, size: tuple[int, int], language: str, with_picture: bool,
    scheme: str, headline: str, body: str | None, cta: str | None,
) -> None:  # fmt: skip
    asked = copy(
        layout, size, language=language, with_picture=with_picture, scheme=scheme,
        headline=f"A{headline}", body=body, cta=cta,
    )  # fmt: skip
    made = set_poster(asked, ready)
    # What can't be set large enough may be said; nothing else may be wrong.
    assert all("legible" in problem for problem in made.problems)
    assert made.drawn.smallest > 0
    for text in made.drawn.texts:
        assert text.plate is None or contrast(text.ink, text.plate) >= 3


@pytest.mark.parametrize(
    "text",
    ["#panic()", "$x$ @ref <label>", '"; #read("/etc/passwd")', "*bold* _it_ `raw`", "\\u{41} //x"],
)
def test_texts_are_never_source(ready: Press, text: str) -> None:
    made = set_poster(copy("hero", headline=text, body=text, cta=text[:20]), ready)
    (headline,) = [t for t in made.drawn.texts if t.kind == "headline"]
    assert headline.lines >= 1
    assert made.problems == ()


def test_direction_marks_and_pictographs_are_left_out(ready: Press) -> None:
    plain = set_poster(copy("hero", headline="Hi there"), ready)
    odd = set_poster(copy("hero", headline="\u202eHi \U0001f600there\u200f"), ready)
    assert odd.png == plain.png


def test_a_headline_of_nothing_but_pictographs_is_an_error(ready: Press) -> None:
    with pytest.raises(StepError, match="nothing of the headline"):
        set_poster(copy("hero", headline="\U0001f600"), ready)


def test_a_letter_that_no_font_has_is_an_error(ready: Press) -> None:
    with pytest.raises(StepError, match="no font"):
        set_poster(copy("grid", body="𓀀"), ready)


def test_a_word_too_long_for_its_line_is_said(ready: Press) -> None:
    made = set_poster(copy("hero", headline="W" * 140, body=None, cta=None), ready)
    assert any("headline fits only at" in problem for problem in made.problems)


def test_type_keeps_clear_of_a_label(ready: Press) -> None:
    for layout in LAYOUTS:
        free = set_poster(copy(layout), ready)
        kept = set_poster(copy(layout, clear=Clear(top=90)), ready)
        assert min(t.top for t in kept.drawn.texts) >= 90 + 1350 * 0.08 - 12
        assert min(t.top for t in free.drawn.texts) <= min(t.top for t in kept.drawn.texts)


def test_the_same_copy_gives_the_same_bytes(ready: Press) -> None:
    assert set_poster(copy("split"), ready).png == set_poster(copy("split"), ready).png


def test_paper_has_vectors_of_the_same_page(ready: Press) -> None:
    asked = copy("frame", (1240, 1754), paper=True)
    assert pdf_of(set_poster(asked, ready), asked, ready).startswith(b"%PDF-")
    assert least_of(asked) == 25


@settings(max_examples=60, deadline=None)
@given(
    palette=st.lists(st.from_regex(r"\A#[0-9A-F]{6}\Z"), min_size=1, max_size=5),
    scheme=st.sampled_from(["dark", "light", "accent"]),
    layout=st.sampled_from(LAYOUTS),
    with_picture=st.booleans(),
)
def test_every_palette_gives_inks_that_read(
    palette: list[str], scheme: str, layout: str, with_picture: bool
) -> None:
    inks = inks_of(palette, scheme, layout=layout, with_picture=with_picture)
    assert min(contrast(c, inks.ground) for c in (inks.ink, inks.head, inks.accent_ink)) >= READABLE
    assert contrast(inks.on_accent, inks.accent) >= READABLE


def test_what_a_template_is_handed_is_what_the_document_says(ready: Press) -> None:
    inks = inks_of(PALETTE, "dark", layout="hero", with_picture=True)
    told = set(data_of(copy("hero"), inks, ready))
    page = (Path(__file__).parents[4] / "docs" / "layouts.md").read_text()
    assert not [key for key in told if f"`{key}`" not in page]


def test_the_layouts_look_as_they_did(ready: Press) -> None:
    """Golden pictures, small; a mean difference of 4 of 255 is what other machines may cost."""
    shown = ((540, 675, "dark", "en", True), (540, 540, "light", "zh", False))
    for specimen in specimens(ready, shown=shown):
        small = Image.fromarray(specimen.pixels).resize((90, 112), Image.Resampling.BOX)
        kept = np.asarray(Image.open(GOLDEN / f"{specimen.name}.png").convert("RGB"), float)
        off = np.abs(np.asarray(small, float) - kept)
        assert off.mean() < 4, specimen.name
        assert np.quantile(off, 0.99) < 60, specimen.name


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", [(540, 675), (540, 540), (960, 540), (720, 900)])
def test_small_type_keeps_to_its_box_though_small_letters_are_wider(
    ready: Press, layout: str, size: tuple[int, int]
) -> None:
    asked = copy(
        layout,
        size,
        body="Small batches, roasted by the sea, for all who rise before the boats do.",
        cta="Order at tidewater.example",
    )
    made = set_poster(asked, ready)
    assert made.problems == ()
    overlay = Overlay(pixels=from_png(made.png), left=made.box.left, top=made.box.top)
    assert lettering_of(overlay, pieces_of(made)).problems == ()
