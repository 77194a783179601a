"""Tables: every form that people save, and every way in which a file can be wrong or hostile."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.brief import yaml_tree
from berg.brief.faults import Faults
from berg.brief.fields import Field
from berg.brief.paths import Folder
from berg.brief.row_id import MAX_BYTES, safe_id
from berg.brief.sources import Sources
from berg.brief.table import Row, read_table, rows_of
from berg.brief.table_lines import MAX_ROW
from berg.errors import BriefError
from berg.schema.brief import Table
from tests.brief.parts import adopt

PEOPLE = "id,name,city\na1,Anna,Kiel\nb2,Bo,Oslo\n"


def read(folder: Path, data: str | bytes, name: str = "people.csv") -> Table:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    faults = Faults("brief.yaml")
    root = yaml_tree.parse(json.dumps(name).encode(), faults)
    assert root is not None
    field = Field(root, "make[0].short.each", faults)
    table = read_table(field, Sources(Folder(folder.resolve()), adopt))
    if table is None:
        raise faults.error()
    return table


def rows(folder: Path, data: str | bytes, name: str = "people.csv") -> list[Row]:
    table = read(folder, data, name)
    return list(rows_of(folder / name, table))


def fault(folder: Path, data: str | bytes, name: str = "people.csv") -> str:
    with pytest.raises(BriefError) as caught:
        read(folder, data, name)
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "with BOM"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_the_forms_in_which_spreadsheets_save_are_read_alike(
    tmp_path: Path, delimiter: str, bom: bytes, end: str
) -> None:
    text = PEOPLE.replace(",", delimiter).replace("\n", end)
    found = rows(tmp_path, bom + text.encode())
    assert [(row.number, row.id, row.values) for row in found] == [
        (1, "a1", {"id": "a1", "name": "Anna", "city": "Kiel"}),
        (2, "b2", {"id": "b2", "name": "Bo", "city": "Oslo"}),
    ]


def test_quotes_hold_delimiters_quotes_and_new_lines(tmp_path: Path) -> None:
    (row, last) = rows(tmp_path, 'id,said\n1,"a, ""b""\nand c"\n\n2,d\n')
    assert row.values["said"] == 'a, "b"\nand c'
    assert (last.number, last.line) == (2, 5)


def test_json_lines_give_texts_as_they_are_written(tmp_path: Path) -> None:
    lines = '{"id": 7, "sum": 1.50, "on": true, "gone": null}\n\n{"id": "x", "extra": "y"}\n'
    table = read(tmp_path, lines, "people.jsonl")
    assert table.columns == ("id", "sum", "on", "gone")
    first, second = rows_of(tmp_path / "people.jsonl", table)
    assert first.values == {"id": "7", "sum": "1.50", "on": "true"}
    assert second.values == {"id": "x"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no rows"),
        ("id,name\n", "no rows"),
        ("id,,name\n1,2,3\n", "column 2 of the heading has no name"),
        ("id,name,name\n1,2,3\n", '"name" is twice'),
        ("id,na{me\n1,2\n", "braces"),
        ("id,na\x07me\n1,2\n", "control characters"),
        (",".join(f"c{n}" for n in range(300)) + "\n1\n", "300 columns"),
        ("n" * 65 + "\n1\n", "more than 64 characters"),
        ('"id,name\n1,2\n', "never closed"),
        ("x" * (MAX_ROW + 1), "longer than"),
        ("id\n1\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_table_without_a_sound_heading_is_a_fault(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    assert said in fault(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "empty"), ("[1]\n", "no JSON object"), ("{\n", "no JSON"), ('{"": 1}', "has no name")],
)
def test_json_lines_without_a_sound_first_row_are_a_fault(
    tmp_path: Path, text: str, said: str
) -> None:
    assert said in fault(tmp_path, text, "people.jsonl")


def test_a_table_must_lie_in_the_briefs_folder_and_be_a_table(tmp_path: Path) -> None:
    folder = tmp_path / "brief"
    folder.mkdir()
    (tmp_path / "people.csv").write_text(PEOPLE)
    (folder / "link.csv").symlink_to(tmp_path / "people.csv")
    faults = Faults("brief.yaml")
    sources = Sources(Folder(folder.resolve()), adopt)
    for name in ("link.csv", "../people.csv", "/etc/passwd", "missing.csv", "people.xlsx"):
        root = yaml_tree.parse(json.dumps(name).encode(), faults)
        assert root is not None
        assert read_table(Field(root, "each", faults), sources) is None
    assert len(faults) == 5


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("2,B,o", "3 cells, but 2 columns"),
        ('2,"B"o', "behind a closing quote"),
        ("2,B\udcff", "UTF-8"),
        (",B", "id is empty"),
        ("2," + "B" * (MAX_ROW + 1), "longer than"),
        ("2," + "B" * 200_000, "field limit"),
    ],
)
def test_what_is_wrong_with_a_row_is_its_own_fault(tmp_path: Path, bad: str, said: str) -> None:
    data = f"id,name\n1,Anna\n{bad}\n3,Cy\n".encode(errors="surrogateescape")
    first, second, third = rows(tmp_path, data)
    assert first.fault is None
    assert said in (second.fault or "")
    assert (third.number, third.values["name"], third.fault) == (3, "Cy", None)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{nope}", "no JSON"),
        ("[1]", "no JSON object"),
        ('{"id": 1, "id": 2}', "same key twice"),
        ('{"id": [1]}', "a list or an object"),
        ("[" * 100_000, "no JSON"),
        ('"' + "x" * MAX_ROW + '"', "longer than"),
    ],
)
def test_what_is_wrong_with_a_line_is_its_own_fault(tmp_path: Path, bad: str, said: str) -> None:
    first, second, third = rows(tmp_path, f'{{"id": 1}}\n{bad}\n{{"id": 3}}\n', "a.jsonl")
    assert said in (second.fault or "")
    assert (first.id, third.id, first.fault, third.fault) == ("1", "3", None, None)


def test_a_row_without_an_id_is_called_by_its_number_and_what_it_says(tmp_path: Path) -> None:
    one, two = rows(tmp_path, "name\nAnna\nBo\n")
    assert one.id.startswith("1-")
    changed, same = rows(tmp_path, "name\nAnne\nBo\n")
    assert changed.id != one.id
    assert same.id == two.id


def test_an_unclosed_quote_costs_its_rows_and_no_more(tmp_path: Path) -> None:
    found = rows(tmp_path, 'id,name\n1,"Anna\n2,"Bo"\n3,Cy\n')
    assert found[0].fault is not None
    assert found[-1].values == {"id": "3", "name": "Cy"}


@given(st.text())
def test_an_id_is_always_a_safe_name_and_never_anothers(raw: str) -> None:
    name = safe_id(raw)
    assert 0 < len(name.encode()) <= MAX_BYTES
    assert not set(name) & set('/\\:*?"<>| \n\0')
    assert name[0] not in ".-"
    assert ".." not in name
    assert name == raw or safe_id(f"{raw}!") != name


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([("one", "two"), *pairs])
    found = rows(tmp_path_factory.mktemp("table"), out.getvalue())
    assert [tuple(row.values.values()) for row in found] == pairs


@given(st.binary(max_size=200), st.sampled_from(["t.csv", "t.jsonl"]))
def test_any_bytes_are_read_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    folder = tmp_path_factory.mktemp("table")
    try:
        found = rows(folder, data, name)
    except BriefError:
        return
    assert [row.number for row in found] == list(range(1, len(found) + 1))
