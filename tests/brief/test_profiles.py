from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.brief.profiles import MAX_BYTES, OWN, own_profile, parse_profile, read_profile
from berg.media.type.coverage import missing_glyphs
from berg.media.type.label_room import fits
from berg.schema.choices import LANGUAGES
from berg.schema.marking import NO_PROFILE, Profile

GOOD = """\
name = "house"
place = "top-right"
height = 60
sound = "spoken"
metadata = true
[texts]
en = "Made with AI"
[spoken]
en = "This was made with AI."
"""


def parsed(text: str) -> Profile | list[str]:
    return parse_profile(text.encode(), stem="mine")


def wrong_with(text: str) -> str:
    found = parsed(text)
    assert isinstance(found, list)
    return "\n".join(found)


def has_chinas_words(text: str) -> bool:
    """GB 45438-2025: 人工智能 or AI, and 生成 or 合成."""
    return any(w in text for w in ("人工智能", "AI")) and any(w in text for w in ("生成", "合成"))


def says_it_in_english(text: str) -> bool:
    return "AI" in text and any(word in text for word in ("generated", "voice"))


@pytest.mark.parametrize("name", ["cn", "both"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_chinas_words_are_in_every_text_that_is_seen(name: str, language: str) -> None:
    profile = own_profile(name)
    assert has_chinas_words(profile.texts[language])
    assert has_chinas_words(profile.voice_texts[language])
    assert profile.height >= 50


@pytest.mark.parametrize("name", ["eu", "both"])
def test_an_english_film_says_it_in_english(name: str) -> None:
    profile = own_profile(name)
    assert says_it_in_english(profile.texts["en"])
    assert says_it_in_english(profile.voice_texts["en"])
    assert "AI" in profile.spoken["en"]


@pytest.mark.parametrize("name", ["cn", "both"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_sound_has_chinas_words_or_its_rhythm(name: str, language: str) -> None:
    profile = own_profile(name)
    assert profile.sound in ("rhythm", "both") or has_chinas_words(profile.spoken[language])


def test_a_voice_alone_is_not_called_generated_as_a_whole() -> None:
    for name in ("cn", "eu", "both"):
        profile = own_profile(name)
        assert "voice" in profile.voice_texts["en"]
        assert "语音" in profile.voice_texts["zh"]


def test_none_is_a_profile_that_marks_nothing() -> None:
    assert own_profile("none") == NO_PROFILE
    assert not own_profile("none").visible


@pytest.mark.parametrize("name", OWN)
def test_bergs_own_can_be_set_and_fit(name: str, weights: Callable[[str], Path]) -> None:
    profile = own_profile(name)
    assert profile.name == name
    fonts = [weights("inter"), weights("noto-sans-cjk-sc")]
    for texts in (profile.texts, profile.voice_texts):
        assert not missing_glyphs("".join(texts.values()), fonts)
        assert all(fits(text, height=profile.height) for text in texts.values())


def test_a_users_file_is_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(GOOD)
    assert read_profile(path) == Profile(
        name="house", place="top-right", height=60, sound="spoken", metadata=True,
        texts={"en": "Made with AI"}, spoken={"en": "This was made with AI."},
    )  # fmt: skip


def test_a_file_without_a_name_is_named_like_the_file(tmp_path: Path) -> None:
    path = tmp_path / "Mine.toml"
    path.write_text('[texts]\nzh = "AI 生成"\n')
    found = read_profile(path)
    assert isinstance(found, Profile)
    assert (found.name, found.sound, found.metadata) == ("mine", "none", False)


def test_a_users_file_cant_pass_for_bergs_own(tmp_path: Path) -> None:
    path = tmp_path / "cn.toml"
    path.write_text('[texts]\nen = "Trust me"\n')
    assert read_profile(path) == ["name: cn is berg's own; give yours another name"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = ", "not TOML in UTF-8"),
        ('texts = "AI"', "a table by language"),
        ('txts = {en = "AI"}', 'unknown key "txts"; did you mean texts?'),
        ('[texts]\nfr = "IA"', '"fr" is no language; use en or zh'),
        ("[texts]\nen = 3", '"3" is not allowed here; write a text in quotes'),
        ('[texts]\nen = ""', "with at least one word"),
        ('[texts]\nen = "·—·"', "with at least one word"),
        ('[texts]\nen = "AI\\nmade"', "a line break or tab can't stand"),
        ('[texts]\nen = "\\u202Edetareneg-IA"', "direction override U+202E"),
        ('[texts]\nen = "\\u0007AI"', "control character U+0007"),
        (f'[texts]\nen = "AI{"x" * 60}"', "62 characters; at most 40"),
        (f'[texts]\nen = "AI {"WM" * 15}"', "wider than a picture"),
        ('height = 120\n[texts]\nen = "AI-generated"', "wider than a picture"),
        ('height = "50"', "a whole number from 20 to 120"),
        ("height = true", "a whole number from 20 to 120"),
        ("height = 19", "a whole number from 20 to 120"),
        ('place = "middle"', "top-left, top-right, bottom-left or bottom-right"),
        ('place = ["top-left"]', "a list is not allowed"),
        ('metadata = "yes"', "true or false"),
        ('sound = "loud"', "spoken, rhythm, both or none"),
        ('sound = "spoken"', "what is said is missing"),
        ('[voice_texts]\nen = "AI voice"', "texts is missing"),
        ('name = "../../etc"', "a short name"),
        ("a = " + "[" * 9000, "not TOML in UTF-8"),
        ("a = " + "9" * 9000, "not TOML in UTF-8"),
        ("# " + "x" * MAX_BYTES, "larger than 16 KiB"),
    ],
)
def test_what_is_wrong_with_a_profile_is_named(text: str, says: str) -> None:
    assert says in wrong_with(text)


def test_all_that_is_wrong_is_told_at_once() -> None:
    told = wrong_with('height = 1\nplace = "up"\nfoo = 1\n[texts]\nfr = "IA"').splitlines()
    assert len(told) == 4


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=6),
    )
)
def test_a_hostile_file_is_a_profile_or_a_list_of_faults(junk: bytes | list) -> None:  # type: ignore
    data = bytearray(GOOD.encode())
    if isinstance(junk, bytes):
        data = bytearray(junk)
    else:
        for at, value in junk:
            data[at] = value
    found = parse_profile(bytes(data), stem="mine")
    if isinstance(found, list):
        assert found
        assert all(0 < len(message) < 400 and message.isprintable() for message in found)
    else:
        assert all(isinstance(part, Mapping) for part in (found.texts, found.spoken))


def test_what_a_profile_leaves_out_is_as_the_page_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "brief.md").read_text(encoding="utf-8")
    found = parse_profile(b"", stem="house")
    assert isinstance(found, Profile)
    assert (found.name, found.visible) == ("house", False)
    assert (found.texts, found.voice_texts, found.spoken) == ({}, {}, {})
    for key in ("place", "height", "sound", "metadata"):
        value = getattr(found, key)
        told = str(value).lower() if isinstance(value, bool) else str(value)
        assert f"\n| `{key}` | `{told}`" in page
    for key in Profile.model_fields:
        assert f"\n| `{key}` |" in page or f"\n| `[{key}]` |" in page
