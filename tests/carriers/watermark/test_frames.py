import hashlib

import numpy as np
import pytest

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.frames import FrameMarker, find_in_film
from berg.carriers.watermark.picture import find_in_picture
from berg.errors import MediaError
from tests.carriers.watermark.films import HEIGHT, WIDTH, coded_again, film, moving
from tests.carriers.watermark.pictures import psnr

KEY, OTHER = MarkKey.of(b"k" * 32), MarkKey.of(b"o" * 32)
ONE, TWO = "1111111111", "2222222222"


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "marked.mp4"
    return film(path, [(1, ONE), (2, TWO), (3, None)], key=KEY)


def marker(identifier=ONE):
    return FrameMarker(identifier=identifier, key=KEY, width=WIDTH, height=HEIGHT)


def test_every_shot_gives_its_own_identifier_and_when_it_was_seen(marked):
    first, second = find_in_film(marked, keys=[OTHER, KEY])
    assert [first.identifier, second.identifier] == [ONE, TWO]
    assert {first.key, second.key} == {KEY.id}
    assert first.start_s == pytest.approx(0, abs=0.3)
    assert second.start_s == pytest.approx(2, abs=0.3)
    assert second.end_s < 4.3


def test_another_key_sees_nothing(marked):
    assert find_in_film(marked, keys=[OTHER]) == ()


def test_nothing_is_found_in_an_unmarked_film(tmp_path):
    path = film(tmp_path / "plain.mp4", [(1, None), (2, None)], key=KEY)
    assert find_in_film(path, keys=[KEY]) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"crf": 28, "width": WIDTH},
        {"crf": 23, "width": 360},
        {"crf": 23, "width": 440, "crop": 30},
    ],
    ids=["coded again at CRF 28", "at two thirds of the size", "cropped and scaled"],
)
def test_the_identifiers_survive(marked, tmp_path, change):
    again = coded_again(marked, tmp_path / "again.mp4", **change)
    found = find_in_film(again, keys=[KEY], limit_s=1000)
    assert {f.identifier for f in found} == {ONE, TWO}


def test_a_frame_alone_is_found_as_a_picture():
    planes = moving(1, 1)[0]
    marker().mark(planes)
    found = find_in_picture(np.repeat(planes.y[..., None], 3, axis=2), keys=[KEY])
    assert found is not None
    assert found.identifier == ONE


def test_frames_stay_as_they_look_and_keep_their_chroma():
    plain, planes = moving(1, 1)[0], moving(1, 1)[0]
    marker().mark(planes)
    assert psnr(plain.y, planes.y) > 40
    assert (plain.u == planes.u).all()
    assert (plain.v == planes.v).all()


def test_marking_is_the_same_every_time_and_everywhere():
    luma = (np.arange(200 * 180, dtype=np.int64) ** 2 // 7 % 256).astype(np.uint8)
    made = luma.reshape(200, 180)
    one = FrameMarker(identifier=ONE, key=KEY, width=180, height=200)
    one.look(made)
    one.mark_luma(made, onto=made)
    assert hashlib.sha256(made.tobytes()).hexdigest()[:16] == "be352d12b0e12bec"


def test_progress_reaches_the_end(marked):
    shares = []
    find_in_film(marked, keys=[KEY], progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] > 0.9


def test_no_time_means_no_answer_but_no_error(marked):
    assert {f.identifier for f in find_in_film(marked, keys=[KEY], limit_s=0)} <= {ONE}


@pytest.mark.parametrize(
    "content", [b"", b"no film", b"\0\0\0\x18ftypmp42" + bytes(400)], ids=["empty", "text", "cut"]
)
def test_what_is_no_film_is_refused(tmp_path, content):
    path = tmp_path / "hostile.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaError, match=r"hostile\.mp4"):
        find_in_film(path, keys=[KEY])


def test_a_film_without_its_index_is_refused(marked, tmp_path):
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(marked.read_bytes()[:-20_000])
    with pytest.raises(MediaError, match=r"cut\.mp4"):
        find_in_film(cut, keys=[KEY])


def test_damage_in_the_middle_costs_one_shot_at_most(marked, tmp_path):
    content = bytearray(marked.read_bytes())
    middle = len(content) // 3
    content[middle : middle + 200] = bytes(200)
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(content)
    found = {f.identifier for f in find_in_film(damaged, keys=[KEY])}
    assert found <= {ONE, TWO}
    assert found


def test_a_wrong_identifier_is_refused():
    with pytest.raises(ValueError, match="10 hexadecimal"):
        marker("xyz")
