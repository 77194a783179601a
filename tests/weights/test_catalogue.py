import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from berg.errors import WeightsError
from berg.schema.model import WeightsEntry
from berg.weights.catalogue import CATALOGUE, entry, read_catalogue
from berg.weights.source import parse_source

EVERY = pytest.mark.parametrize("name", CATALOGUE)


@EVERY
def test_every_entry_can_be_had_and_says_its_licence(name: str) -> None:
    item = CATALOGUE[name]
    assert re.fullmatch(r"[0-9a-f]{64}", item.sha256)
    assert item.size > 0
    assert item.licence
    assert item.credit
    assert "/" not in item.file
    for source in item.sources:
        for part in (source,) if isinstance(source, str) else source:
            parse_source(part)


def test_no_two_entries_are_the_same_file() -> None:
    assert len({item.sha256 for item in CATALOGUE.values()}) == len(CATALOGUE)


def test_all_english_and_chinese_voices_are_there() -> None:
    voices = {name for name, item in CATALOGUE.items() if item.kind == "voice"}
    assert len(voices) == 36
    assert {name.removeprefix("kokoro-")[0] for name in voices} == {"a", "b", "z"}
    assert {CATALOGUE[name].size for name in voices} == {510 * 256 * 4}


def test_licences_are_ones_that_a_client_can_live_with() -> None:
    allowed = {"Apache-2.0", "MIT", "OFL-1.1", "CC0-1.0", "LicenseRef-PublicDomain"}
    assert {item.licence for item in CATALOGUE.values()} <= allowed


def test_families_are_found_by_their_names_and_weigh_on_nobody_else() -> None:
    families = {item.family: item for item in CATALOGUE.values() if item.family}
    assert len(families) >= 10
    for family, item in families.items():
        assert (item.kind, item.name) == ("font", family.lower().replace(" ", "-"))
        assert item.licence == "OFL-1.1"
    assert {f for f, item in families.items() if item.example} == {"Inter", "Noto Sans CJK SC"}


def test_an_unknown_name_is_told_with_the_next_action() -> None:
    with pytest.raises(WeightsError, match=r"no weights named 'kokoro'.*berg models list"):
        entry("kokoro")


def test_a_name_given_twice_is_refused() -> None:
    one = (
        '[[entry]]\nname = "a"\nkind = "font"\nsha256 = "0"\nsize = 1\nfile = "a"\n'
        'licence = "MIT"\nsources = ["file:/a"]\n'
    )
    assert list(read_catalogue(one)) == ["a"]
    with pytest.raises(ValueError, match="twice"):
        read_catalogue(one + one)


def test_the_home_can_be_named_without_reading_the_catalogue() -> None:
    code = "import sys, berg.home; sys.exit('berg.weights.catalogue' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_page_on_adding_a_model_shows_an_entry_that_is_accepted() -> None:
    page = (Path(__file__).parents[2] / "docs" / "add-a-model.md").read_text("utf-8")
    example = textwrap.dedent(page.split("```toml")[1].split("```")[0])
    added = read_catalogue(example)["my-voice"]
    assert added.kind == "voice"
    assert set(WeightsEntry.model_fields) - {"family"} == added.model_fields_set
    assert parse_source(str(added.sources[0])).package == "my-voice-pack"
