from fractions import Fraction
from pathlib import Path

import pytest

from berg.brief import read_brief
from berg.brief.read import slug_of
from berg.errors import BriefError, Fault, RequestError
from berg.lines.kinds import built_in
from berg.lines.short.ask import ShortAsk
from berg.schema.brief import Brand
from tests.brief.parts import SMALL, WHOLE, adopt, faults, furnish, read, short_with


def test_the_smallest_brief_is_completed(tmp_path: Path) -> None:
    brief = read(tmp_path, SMALL)
    assert brief.languages == ("en",)
    assert brief.brand == Brand(name="Tidewater")
    assert brief.make == (
        ShortAsk(script={"en": "We roast before dawn."}, voice={"en": "af_heart"}),
    )


def test_a_whole_brief_says_what_was_meant(tmp_path: Path) -> None:
    furnish(tmp_path)
    brief = read(tmp_path, WHOLE)
    (ask,) = brief.make
    assert (brief.slug, brief.seed, brief.languages) == (
        "tidewater-spring-launch",
        7,
        ("en", "zh"),
    )
    assert brief.brand.palette == ("#0B3954", "#FF6666", "#FFF4E0")
    assert brief.brand.logo is not None
    assert (brief.brand.logo.name, brief.brand.logo.facts.width) == ("logo.svg", 40)
    assert (ask.name, ask.seconds, ask.width, ask.height) == ("launch", 12, 1080, 1920)
    assert ask.fps == Fraction(30000, 1001)
    assert ask.voice == {"en": "af_heart", "zh": "zf_xiaoxiao"}
    assert (ask.captions, ask.look) == ("sentence", "plate")
    assert ask.music is not None
    assert ask.music.facts.kind == "audio"
    names = [source.name for source in ask.footage]
    assert names == ["photos/farm.png", "photos/harbour.jpg", "photos/waves.mp4"]
    assert ask.end == {"en": "tidewater.example", "zh": "潮水咖啡"}


def test_every_fault_is_told_at_once_with_line_and_column(tmp_path: Path) -> None:
    text = """\
berg: 2
titel: Tidewater
seed: 1e999
languages: [en, fr]
brand: {palette: [blue], font: Comic Sans}
make:
  - short:
      seconds: long
      aspect: 9x16
      script: 12
      captions: words
      footage: nowhere/
  - posters: {}
"""
    found = faults(tmp_path, text)
    starts = [line.split(": ")[0] for line in found]
    assert starts == [
        *("1:1", "1:7", "2:1", "3:7", "4:17", "5:19", "5:32"),
        *("8:16", "9:15", "11:17", "12:16", "13:14", "13:14"),
    ]


def test_a_brand_shared_between_briefs_lies_in_a_file_of_its_own(tmp_path: Path) -> None:
    furnish(tmp_path)
    within = next(line for line in WHOLE.splitlines() if line.startswith("brand:"))
    text = WHOLE.replace(within, "brand: shared/brand.yaml")
    (shared := tmp_path / "shared").mkdir()
    (tmp_path / "logo.svg").rename(shared / "logo.svg")
    look = 'name: Tidewater\npalette: ["#0B3954"]\nfont: Lora\nlogo: logo.svg\n'
    (shared / "brand.yaml").write_text(look)
    brand = read(tmp_path, text).brand
    assert (brand.name, brand.palette[0], brand.font) == ("Tidewater", "#0B3954", "Lora")
    assert brand.logo
    (shared / "brand.yaml").write_text(look.replace("Lora", "Papyrus"))
    with pytest.raises(BriefError) as error:
        read(tmp_path, text)
    assert error.value.file == str(shared / "brand.yaml")
    assert [(f.line, f.column) for f in error.value.faults] == [(3, 7)]
    assert "does not exist" in faults(tmp_path, WHOLE.replace(within, "brand: other.yaml"))[0]
    (tmp_path / "out.yaml").symlink_to("/etc/hostname")
    assert (
        "leaves the brief's folder" in faults(tmp_path, WHOLE.replace(within, "brand: out.yaml"))[0]
    )


@pytest.mark.parametrize("family", ["Source Serif 4", "noto serif sc", "JetBrains Mono"])
def test_a_brand_is_set_in_a_family_of_the_catalogue(tmp_path: Path, family: str) -> None:
    furnish(tmp_path)
    brief = read(tmp_path, WHOLE.replace("font: Inter", f"font: {family}"))
    assert brief.brand.font.casefold() == family.casefold()
    near = faults(tmp_path, WHOLE.replace("font: Inter", "font: Source Serif"))
    assert near[0].endswith("did you mean Source Serif 4?")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("secnods: 30", '6:7: make[0].short: unknown key "secnods"; did you mean seconds?'),
        ("zzz: 1", '6:7: make[0].short: unknown key "zzz"; allowed are name, seconds, '),
        (
            "seconds: 1",
            '6:16: make[0].short.seconds: "1" is not allowed here; write a whole number',
        ),
        ("seconds: 601", "a whole number from 2 to 600"),
        ("seconds: '30'", "without quotes"),
        ("seconds: 30.5", "a whole number"),
        ("seconds: .inf", "a whole number"),
        ("seconds: .nan", "a whole number"),
        ("seconds: 1e999", "a whole number"),
        ("seconds: " + "9" * 5000, "a whole number"),
        ("seconds: [30]", "a list is not allowed here"),
        ("seconds:", "nothing is not allowed here"),
        ("aspect: 1080x1921", "even numbers"),
        ("aspect: 62x64", "64 to 4096"),
        ("aspect: 4096x4096", "at most 4096x2304"),
        ("aspect: 16:10", "9:16, 1:1 or 16:9, or WxH such as 1080x1350"),
        ("aspect: 9x16", "write 9:16 for that shape"),
        ("fps: 29.97", "did you mean 30000/1001?"),
        ("fps: 31", "24, 25, 30, 50, 60, 30000/1001 or 24000/1001"),
        ("captions: no", "none, sentence or word"),
        ("captions: {en: word}", "a map is not allowed here"),
        ("look: outlined", "did you mean outline?"),
        ("cuts: beat", "beat is not in this version; use sentence"),
        ("music: compose", "compose is not in this version; use a path, or none"),
        ("topic: coffee", "topic is not in this version; use script:"),
        ("pictures: paint", "pictures is not in this version; use footage:"),
        ("voice: me.wav", "a recording is not in this version; use a catalogue voice"),
        ("voice: af_hart", "did you mean af_heart?"),
        ("voice: zf_xiaoxiao", "voice zf_xiaoxiao speaks zh, not en"),
        ("voice: jf_alpha", "none or a en voice of `berg models`"),
        ("name: My Film", "small letters, digits and hyphens"),
        ("end: true", "if you mean the word, put it in quotes"),
        ("qr: tidewater.example", "a web address that begins with https:// or http://"),
        ("qr: https://" + "x" * 200, "208 characters; at most 200"),
        ("end: " + "x" * 81, "81 characters; at most 80"),
        ("'end': \"a\\u202eb\"", "direction override U+202E"),
        ('"end": "a\\0b"', "control character U+0000"),
        ('"end": "a\\nb"', "on one line"),
    ],
)
def test_a_fault_says_what_is_wrong_and_what_to_do(tmp_path: Path, line: str, message: str) -> None:
    found = faults(tmp_path, short_with(line))
    assert len(found) == 1
    assert message in found[0]
    assert len(found[0]) < 400


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("berg: 1\ntitle: x\n", "1:1: make is missing; add `make:`"),
        ("berg: 1\nmake: []\ntitle: x\n", "2:7: make: 0 given; write 1 to 20"),
        ("[1, 2]", "write a map that begins with berg: 1"),
        (SMALL.replace("Tidewater", "[a]"), "2:8: title: a list is not allowed here"),
        (SMALL.replace("Tidewater", "''"), "it is blank"),
        (SMALL.replace("We roast before dawn.", "'...'"), "at least one word"),
        (SMALL + "languages: [en, zh]\n", "for each language: {en: …, zh: …}"),
        (SMALL + "languages: [en, en]\n", "en is given twice"),
        (SMALL + "languages: zh-CN\n", "did you mean zh?"),
        (SMALL + "seed: -1\n", "a whole number from 0 to 4294967295"),
        (SMALL + "brand: Tidewater\n", "write a map: {name: …, palette: […]}"),
        (SMALL + "brand: {palette: [#0B3954]}\n", "a comment begins here"),
        (SMALL + "brand: {palette: ['0B3954']}\n", 'a colour with its #, in quotes: "#0B3954"'),
        (SMALL + "brand: {palette: []}\n", "0 given; write 1 to 6"),
        (
            SMALL.replace("short", "presenter"),
            "presenter is not in this version; use short or posters",
        ),
        (SMALL.replace("short", "shrot"), "did you mean short?"),
        (SMALL + SMALL[SMALL.index("  - ") :], "a second short; give it another name:"),
    ],
)
def test_a_fault_of_the_whole_says_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    found = faults(tmp_path, text)
    assert any(message in fault for fault in found), found


def test_a_missing_and_a_foreign_language_are_both_told(tmp_path: Path) -> None:
    text = SMALL.replace("We roast before dawn.", "{en: We roast., fr: Nous.}")
    found = faults(tmp_path, text + "languages: [en, zh]\n")
    assert any('"fr" is not one of this brief\'s languages' in fault for fault in found)
    assert any("zh is missing; add `zh:`" in fault for fault in found)


def test_uneven_languages_are_told_at_the_script(tmp_path: Path) -> None:
    text = SMALL.replace("We roast before dawn.", "{en: We roast all night. Come., zh: 来吧。}")
    (found,) = faults(tmp_path, text.replace("Come.", "Come and see us.") + "languages: [en, zh]\n")
    assert found.startswith("5:15: make[0].short.script: the languages fall into different")
    assert "2 in en, 1 in zh" in found


def test_one_voice_none_serves_all_languages(tmp_path: Path) -> None:
    script = "{en: We roast before dawn., zh: 我们在黎明前烘焙。}"
    text = short_with("voice: none").replace("We roast before dawn.", script)
    (ask,) = read(tmp_path, text + "languages: [en, zh]\n").make
    assert ask.voice == {"en": "none", "zh": "none"}


@pytest.mark.parametrize("aspect", ["9:16", '"9:16"', "'9:16'"])
def test_an_aspect_needs_no_quotes(tmp_path: Path, aspect: str) -> None:
    (ask,) = read(tmp_path, short_with(f"aspect: {aspect}")).make
    assert (ask.width, ask.height) == (1080, 1920)


def test_words_that_other_readers_take_for_numbers_or_answers_stay_words(tmp_path: Path) -> None:
    brief = read(tmp_path, SMALL.replace("Tidewater", "012").replace("We roast", "no we roast"))
    assert brief.title == "012"
    assert read(tmp_path, SMALL.replace("Tidewater", "on")).title == "on"


def test_texts_are_composed_to_one_form(tmp_path: Path) -> None:
    assert read(tmp_path, SMALL.replace("Tidewater", "Cafe\u0301")).title == "Caf\u00e9"


def test_right_to_left_text_and_emoji_are_texts(tmp_path: Path) -> None:
    assert read(tmp_path, SMALL.replace("Tidewater", "שלום 👩‍👩‍👧 😀")).title == "שלום 👩‍👩‍👧 😀"


def test_several_shorts_have_names_of_their_own(tmp_path: Path) -> None:
    more = SMALL[SMALL.index("  - ") :] + "      name: teaser\n"
    assert [ask.name for ask in read(tmp_path, SMALL + more).make] == ["short", "teaser"]


def test_further_checks_are_told_at_their_place(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(SMALL)

    def check(ask: ShortAsk) -> list[Fault]:
        message = f"{ask.seconds} s is wrong"
        return [Fault(message=message, line=0, column=0, path="script.en")]

    with pytest.raises(BriefError) as caught:
        read_brief(tmp_path / "b.yaml", kinds=built_in(), adopt=adopt, checks=(check,))
    (fault,) = caught.value.faults
    assert (fault.line, fault.column, fault.path) == (5, 15, "make[0].short.script.en")


def test_a_brief_that_is_no_file_is_a_wrong_request(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml", Path("/dev/zero"), tmp_path / ("x" * 300)):
        with pytest.raises(RequestError):
            read_brief(path, kinds=built_in(), adopt=adopt)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Tidewater, spring launch", "tidewater-spring-launch"),
        ("Café Ünder", "cafe-under"),
        ("潮水咖啡", "潮水咖啡"),
        ("../../etc", "etc"),
        ("!!!", "film"),
        ("港" * 100, "港" * 26),
    ],
)
def test_a_slug_is_a_file_name(title: str, slug: str) -> None:
    assert slug_of(title) == slug
