"""Rows filled into an ask: every value is text, and what is wrong with one is its row's fault."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.brief.asks import row_faults, shape_of
from berg.language.columns import BracesError, columns_of, fill, pieces_of
from berg.lines.posters.ask import PostersAsk
from berg.lines.rows import MAX_VALUE, RowError, filled
from berg.lines.short.ask import ShortAsk
from berg.schema.asset import Asset
from berg.schema.brief import Table
from tests.brief.parts import faults, read, short_with

TABLE = Table(
    source=Asset(sha256="0" * 64, size=1, media_type="text/csv"),
    name="people.csv",
    format="csv",
    columns=("id", "name", "city"),
)
HOSTILE = (
    "{name}",
    "{{name}}",
    "{other}",
    "../../etc/passwd",
    '#image("/etc/passwd")',
    "#{while true {}}",
    "</script><b>&amp;",
    "*: !!python/object [a, {b: c}] # comment",
    "%s %(name)s $name \\n",
    "שלום עולם",
    "名前 🎉",
    "-- '; DROP TABLE people",
    "=HYPERLINK(1)",
)


def short(script: str, end: str | None = None) -> ShortAsk:
    ends = None if end is None else {"en": end}
    return ShortAsk(script={"en": script}, voice={"en": "none"}, end=ends, each=TABLE)


def test_every_text_of_a_short_and_of_posters_is_filled() -> None:
    ask = filled(short("Hi {name}. {{ok}}", "{city}"), {"name": "Anna", "city": "Kiel"})
    assert (ask.script, ask.end) == ({"en": "Hi Anna. {ok}"}, {"en": "Kiel"})
    posters = PostersAsk(
        headlines={"en": ("{name}!", "Go, {name}")},
        body={"en": "in {city}"},
        cta={"en": "{ city }"},
        sizes=(),
        layouts=(),
        each=TABLE,
    )
    done = filled(posters, {"name": "Anna", "city": "Kiel"})
    assert done.headlines == {"en": ("Anna!", "Go, Anna")}
    assert (done.body, done.cta, done.each) == ({"en": "in Kiel"}, {"en": "Kiel"}, TABLE)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_text_whatever_it_looks_like(value: str) -> None:
    ask = filled(short("Hi {name}, {city}."), {"name": value, "city": "Kiel"})
    assert ask.script["en"] == f"Hi {value}, Kiel."


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "name is missing"),
        ("", "name is empty"),
        (" \n\t ", "name is empty"),
        ("x" * (MAX_VALUE + 1), "501 characters"),
        ("a\x07b", "control character U+0007"),
        ("a\u202eb", "direction override U+202E"),
    ],
)
def test_a_value_that_cant_be_set_is_its_rows_fault(value: str | None, said: str) -> None:
    with pytest.raises(RowError, match=said.replace("+", r"\+")):
        filled(short("Hi {name}."), {} if value is None else {"name": value})


def test_line_breaks_in_a_value_are_spaces_and_cut_no_shots() -> None:
    ask = filled(short("Hi {name}."), {"name": "Anna\r\n\r\nMaria\tLee"})
    assert ask.script["en"] == "Hi Anna Maria Lee."


def test_a_filled_text_has_the_limits_that_a_written_one_has() -> None:
    ask = filled(short("Hi {name}.", "{name}"), {"name": "x" * 450})
    assert {fault.path for fault in row_faults(ask)} == {"script", "end.en"}
    assert row_faults(filled(short("Hi {name}."), {"name": "Anna"})) == []


def test_the_shape_of_an_ask_is_as_short_as_any_row_makes_it() -> None:
    assert shape_of(short("Hi {name}, {{ok}}.")).script["en"] == "Hi x, {ok}."
    plain = short("Hi {name}.").model_copy(update={"each": None})
    assert shape_of(plain) is plain


@given(st.text(max_size=80))
def test_a_doubled_brace_is_a_brace_in_any_text(text: str) -> None:
    written = text.replace("{", "{{").replace("}", "}}")
    assert fill(written, lambda name: "?") == text
    assert columns_of(written) == ()


@given(st.text(max_size=60))
def test_any_template_is_read_or_refused(text: str) -> None:
    try:
        names = columns_of(text)
    except BracesError:
        return
    assert all(name and "{" not in name for name in names)


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_filled_in_is_never_read_again(first: str, second: str) -> None:
    pieces_of.cache_clear()
    values = {"a": first, "b": second}
    assert fill("<{a}|{b}>", values.__getitem__) == f"<{first}|{second}>"


def brief(folder: Path, *lines: str) -> list[str]:
    (folder / "people.csv").write_text("id,name\n1,Anna\n")
    return faults(folder, short_with(*lines).replace("      script: We roast before dawn.\n", ""))


def test_a_brief_reads_its_table_and_keeps_its_texts_as_written(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name\n1,Anna\n")
    text = short_with("script: 'Hi {name}, {{welcome}}.'", "each: people.csv")
    (ask,) = read(tmp_path, text.replace("      script: We roast before dawn.\n", "")).make
    assert isinstance(ask, ShortAsk)
    assert ask.each is not None
    assert ask.each.columns == ("id", "name")
    assert ask.script["en"] == "Hi {name}, {{welcome}}."


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("Hi {nmae}.", '5:15: make[0].short.script: people.csv has no column "nmae"; did you mean'),
        ("Hi {zzz}.", "its columns are id or name"),
        ("Hi {name.", "a { without its column"),
        ("Hi name}.", "a } without its {"),
        ("Hi {}.", "a { without its column"),
        ("Hi you.", "no text has a column of it; write {id}"),
    ],
)
def test_an_unknown_column_is_a_fault_of_the_brief(tmp_path: Path, script: str, said: str) -> None:
    found = brief(tmp_path, f"script: '{script}'", "each: people.csv")
    assert len(found) == 1
    assert said in found[0]


def test_braces_mean_nothing_without_a_table(tmp_path: Path) -> None:
    text = short_with("script: 'Hi {name}.'").replace("      script: We roast before dawn.\n", "")
    (ask,) = read(tmp_path, text).make
    assert isinstance(ask, ShortAsk)
    assert ask.script["en"] == "Hi {name}."
