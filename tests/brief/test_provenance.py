import os
from collections.abc import Callable
from pathlib import Path

import pytest

from berg.brief import read_brief
from berg.brief.profiles import own_profile
from berg.errors import BriefError
from berg.lines.kinds import built_in
from berg.schema.marking import Marks
from tests.brief.parts import SMALL, adopt, faults, read
from tests.brief.test_producer import GOOD as CODE
from tests.brief.test_profiles import GOOD as PROFILE


def with_provenance(text: str, *, before: str = "") -> str:
    """`SMALL` with `provenance:` on its last line but those before."""
    return f"{SMALL}{before}provenance: {text}\n"


def test_a_brief_that_says_nothing_gets_the_laws_of_its_languages_and_a_watermark(
    tmp_path: Path,
) -> None:
    marks = read(tmp_path, SMALL).marks
    assert marks == Marks(profile=own_profile("eu"), watermark=True, producer=None, disclose=())
    chinese = SMALL.replace("make:", "languages: [zh]\nmake:").replace("We roast.", "我们烘焙。")
    assert read(tmp_path, chinese).marks.profile == own_profile("both")


@pytest.mark.parametrize(("region", "label"), [("eu", "eu"), ("china", "cn"), ("world", "both")])
def test_a_brief_says_where_it_will_be_seen(tmp_path: Path, region: str, label: str) -> None:
    marks = read(tmp_path, with_provenance(f"{{region: {region}}}")).marks
    assert marks.profile == own_profile(label)


def test_a_brief_says_all_of_it(tmp_path: Path) -> None:
    text = f"{{label: cn, watermark: false, producer: '{CODE}', disclose: [script]}}"
    assert read(tmp_path, with_provenance(text)).marks == Marks(
        profile=own_profile("cn"), watermark=False, producer=CODE, disclose=("script",)
    )


def test_a_label_can_be_refused(tmp_path: Path) -> None:
    marks = read(tmp_path, with_provenance("{label: none, disclose: []}")).marks
    assert (marks.profile.name, marks.profile.visible, marks.disclose) == ("none", False, ())


def test_a_users_profile_lies_beside_the_brief(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(PROFILE)
    marks = read(tmp_path, with_provenance("{label: house.toml}")).marks
    assert (marks.profile.name, marks.profile.texts) == ("house", {"en": "Made with AI"})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("yes", '6:13: provenance: "yes" is not allowed here; write a map'),
        ("{lable: cn}", '6:14: provenance: unknown key "lable"; did you mean label?'),
        ("{label: bot}", "6:21: provenance.label: \"bot\" is not allowed here; write cn, eu, both"),
        ("{region: europe}", "6:22: provenance.region: \"europe\" is not allowed here; write eu"),
        ("{region: eu, label: cn}", "6:33: provenance: region says which label it is"),
        ("{label: [cn]}", "6:21: provenance.label: a list is not allowed here"),
        ("{label: }", "6:21: provenance.label: nothing is not allowed here"),
        ("{label: ../mine.toml}", "6:21: provenance.label: \"../mine.toml\" has .."),
        ("{label: /etc/mine.toml}", "6:21: provenance.label: \"/etc/mine.toml\" is absolute"),
        ("{label: gone.toml}", "6:21: provenance.label: \"gone.toml\" does not exist"),
        ("{label: folder.toml}", "6:21: provenance.label: folder.toml is no plain file"),
        ("{label: link.toml}", "is a link that leaves the brief's folder"),
        ("{label: pipe.toml}", "6:21: provenance.label: pipe.toml is no plain file"),
        ("{label: bad.toml}", "6:21: provenance.label: bad.toml: height: \"500\" is not allowed"),
        ("{watermark: maybe}", "6:25: provenance.watermark: \"maybe\" is not allowed here"),
        ("{producer: 12}", "6:24: provenance.producer: 2 characters; a producer code has 27"),
        ("{producer: []}", "6:24: provenance.producer: a list is not allowed here"),
        ("{disclose: script}", "6:24: provenance.disclose: \"script\" is not allowed here"),
        ("{disclose: [prompt]}", "6:25: provenance.disclose[0]: \"prompt\" is not allowed here"),
        ("{disclose: [script, script]}", "6:24: provenance.disclose: 2 given; write 0 to 1"),
    ],
)  # fmt: skip
def test_each_fault_is_told_at_its_place(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "bad.toml").write_text("height = 500")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "link.toml").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.toml")
    (told,) = faults(tmp_path, with_provenance(text))
    assert says in told


def test_faults_of_a_profile_and_of_the_rest_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('height = 500\nsound = "loud"')
    told = faults(tmp_path, with_provenance("{label: bad.toml, watermark: 3, producer: x}"))
    assert len(told) == 4


def test_a_profile_must_know_the_briefs_languages(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(PROFILE)
    text = SMALL.replace("make:", "languages: [zh]\nprovenance: {label: house.toml}\nmake:")
    assert faults(tmp_path, text) == [
        f"4:21: provenance.label: house.toml: {key}: zh is missing; this brief has that language"
        for key in ("texts", "spoken")
    ]


def test_a_label_that_no_font_can_set_is_told(
    tmp_path: Path, weights: Callable[[str], Path]
) -> None:
    (tmp_path / "house.toml").write_text('[texts]\nen = "AI 生成"')
    path = tmp_path / "brief.yaml"
    path.write_text(with_provenance("{label: house.toml}"))
    with pytest.raises(BriefError) as caught:
        read_brief(path, kinds=built_in(), adopt=adopt, fonts=[weights("inter")])
    (fault,) = caught.value.faults
    assert 'house.toml: texts: no font has "生成"' in fault.message
    assert read_brief(
        path, kinds=built_in(), adopt=adopt, fonts=[weights("inter"), weights("noto-sans-cjk-sc")]
    )
