"""Known patches come out as BT.709 limited within 3 of 255, whatever they were coded as."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from berg.media.video.color import to_bt709
from berg.media.video.read import upright_frames
from tests.media.awkward import PATCHES, card, fill, to_rgb, to_yuv, write_clip, yuv_frame
from tests.media.video.test_read import corners, near

LOSSLESS = {"qp": "0"}
HEVC = {"x265-params": "lossless=1:log-level=none"}
CARD = card(64, 48)


def patches(path: Path, size: tuple[int, int] = (64, 48)) -> list[tuple[int, ...]]:
    made = upright_frames(
        path, start=Fraction(0), fps=Fraction(30), count=1, crop=None, size=size, backdrop=False
    )
    return corners(next(made))


def rgb_frame(picture: np.ndarray, fmt: str) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(picture, "rgba" if picture.shape[2] == 4 else "rgb24")
    frame = frame.reformat(format=fmt)
    frame.colorspace, frame.color_range = 0, 2
    return frame


@pytest.mark.parametrize("size", [(64, 48), (40, 90)], ids=["same size", "scaled"])
@pytest.mark.parametrize(
    ("fmt", "codec", "options", "kind"),
    [
        ("yuv420p", "libx264", LOSSLESS, {}),
        ("yuv420p", "libx264", LOSSLESS, {"matrix": "smpte170m"}),
        ("yuv420p", "libx264", LOSSLESS, {"matrix": "smpte170m", "tagged": False}),
        ("yuvj420p", "libx264", LOSSLESS, {"full": True}),
        ("yuvj420p", "libx264", LOSSLESS, {"full": True, "matrix": "smpte170m"}),
        ("yuv422p", "ffv1", {}, {}),
        ("yuv444p", "ffv1", {}, {"matrix": "smpte170m"}),
        ("yuv420p10le", "libx265", HEVC, {}),
        ("yuv420p10le", "ffv1", {}, {"matrix": "smpte170m"}),
        ("yuv422p10le", "ffv1", {}, {}),
        ("yuv444p12le", "ffv1", {}, {}),
    ],
)
def test_luma_and_chroma_of_every_kind(
    tmp_path: Path,
    fmt: str,
    codec: str,
    options: dict[str, str],
    kind: dict[str, Any],
    size: tuple[int, int],
) -> None:
    path = write_clip(
        tmp_path / "a.mkv", [yuv_frame(CARD, fmt, **kind)] * 2, codec=codec, options=options
    )
    assert near(patches(path, size), PATCHES)


@pytest.mark.parametrize(
    ("fmt", "codec", "suffix"),
    [("rgb24", "libx264rgb", "mp4"), ("gbrp", "utvideo", "avi"), ("rgb24", "png", "mov")],
)
def test_clips_in_rgb(tmp_path: Path, fmt: str, codec: str, suffix: str) -> None:
    options = LOSSLESS if codec == "libx264rgb" else {}
    frames = [rgb_frame(CARD, fmt)] * 2
    path = write_clip(tmp_path / f"a.{suffix}", frames, codec=codec, options=options)
    assert near(patches(path), PATCHES)


def test_grey_stays_grey(tmp_path: Path) -> None:
    luma = np.rint(CARD @ np.array([0.2126, 0.7152, 0.0722]))
    frame = av.VideoFrame(64, 48, "gray")
    fill(frame.planes[0], luma)
    frame.color_range = 2
    path = write_clip(tmp_path / "a.mkv", [frame] * 2, codec="ffv1")
    wanted = [[luma[y, x]] * 3 for y, x in ((12, 16), (12, 48), (36, 16), (36, 48))]
    assert near(patches(path), wanted)


def test_untagged_high_definition_is_taken_as_bt709(tmp_path: Path) -> None:
    frame = yuv_frame(card(1280, 720), "yuv420p", tagged=False)
    path = write_clip(tmp_path / "a.mp4", [frame], options=LOSSLESS)
    assert near(patches(path, (1280, 720)), PATCHES)


def alpha_frame(fmt: str, opacity: float) -> av.VideoFrame:
    frame = av.VideoFrame(64, 48, fmt)
    bits = frame.format.components[0].bits
    opaque = np.full((48, 64), opacity * (2**bits - 1))
    for plane, values in zip(
        frame.planes, (*to_yuv(CARD, "bt709", bits=bits), opaque), strict=True
    ):
        fill(plane, values, bits)
    frame.colorspace, frame.color_range = 1, 1
    return frame


@pytest.mark.parametrize(
    ("fmt", "codec", "suffix", "options", "by"),
    [
        ("yuva420p", "libvpx-vp9", "webm", {"lossless": "1"}, 3),
        ("yuva444p10le", "prores_ks", "mov", {"profile": "4444"}, 6),
        ("yuva420p", "ffv1", "mkv", {}, 3),
    ],
)
def test_transparency_lies_over_black(
    tmp_path: Path, fmt: str, codec: str, suffix: str, options: dict[str, str], by: int
) -> None:
    path = write_clip(
        tmp_path / f"a.{suffix}", [alpha_frame(fmt, 0.5)] * 2, codec=codec, options=options
    )
    assert near(patches(path), np.array(PATCHES) / 2, by)


def test_transparency_in_rgb_lies_over_black(tmp_path: Path) -> None:
    picture = np.dstack([CARD, np.full(CARD.shape[:2], 128, np.uint8)])
    path = write_clip(tmp_path / "a.mov", [rgb_frame(picture, "rgba")] * 2, codec="png")
    assert near(patches(path), np.array(PATCHES) / 2)


# BT.709 to BT.2020, linear (ITU-R BT.2087-0).
TO_2020 = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])


def in_2020(picture: np.ndarray) -> np.ndarray:
    """Linear BT.2020 light (1 = reference white) of BT.709 values on a display of gamma 2.4."""
    return np.asarray((picture / 255.0) ** 2.4 @ TO_2020.T)


def wide_clip(path: Path, coded: np.ndarray, transfer: int) -> Path:
    frame = av.VideoFrame(64, 48, "yuv420p10le")
    for plane, values in zip(frame.planes, to_yuv(coded * 255, "bt2020", bits=10), strict=True):
        fill(plane, values, 10)
    frame.colorspace, frame.color_range = 9, 1
    return write_clip(path, [frame] * 2, codec="ffv1", tone=(9, transfer, 9))


def test_wide_gamut_at_standard_range_keeps_its_colours(tmp_path: Path) -> None:
    path = wide_clip(tmp_path / "a.mkv", in_2020(CARD) ** (1 / 2.4), 1)
    assert near(patches(path), PATCHES)


def pq(light: np.ndarray) -> np.ndarray:
    power = (light * 203 / 10_000) ** 0.1593017578125
    return np.asarray(((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375)


def hlg(light: np.ndarray) -> np.ndarray:
    shown = light * 203 / 1000
    luma = shown @ np.array([0.2627, 0.6780, 0.0593])
    scene = shown * np.maximum(luma, 1e-9)[..., None] ** (1 / 1.2 - 1)
    low, high = np.sqrt(3 * scene), 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9))
    return np.asarray(np.where(scene <= 1 / 12, low, high + 0.55991073))


@pytest.mark.parametrize(("encode", "transfer"), [(pq, 16), (hlg, 18)], ids=["PQ", "HLG"])
def test_high_dynamic_range_keeps_hue_and_loses_little_brightness(
    tmp_path: Path, encode: Any, transfer: int
) -> None:
    path = wide_clip(tmp_path / "a.mkv", encode(in_2020(CARD)), transfer)
    for found, wanted in zip(patches(path), PATCHES, strict=True):
        seen, meant = (np.clip(np.array(v), 1, 255) / 255.0 for v in (found, wanted))
        assert np.abs(seen / seen.max() - meant / meant.max()).max() < 0.06
        assert 0.8 < seen.max() / meant.max() < 1.05


@pytest.mark.parametrize("transfer", ["pq", "hlg"])
def test_tone_mapping_never_turns_back_and_keeps_grey_grey(transfer: Any) -> None:
    greys = np.repeat(np.linspace(0, 1, 200)[:, None], 3, axis=1)
    shown = to_bt709(greys, transfer, "bt2020")
    assert (np.diff(shown[:, 1]) >= -1e-9).all()
    assert np.ptp(shown, axis=1).max() < 0.004
    assert shown[0].max() == 0
    assert shown[-1].min() > 0.99


def test_the_card_really_differs_between_matrices() -> None:
    wrong = np.array([to_rgb(*(c[0, 0] for c in to_yuv(CARD, "smpte170m")))])
    assert np.abs(wrong - PATCHES[0]).max() > 10
