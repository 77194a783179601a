from pathlib import Path
from typing import cast

import pytest

from berg.errors import RequestError
from berg.schema.context import Context
from berg.steps.text import write_storyboard
from berg.steps.text.write_storyboard.board import foresee
from berg.steps.text.write_storyboard.run import write_storyboard as run_write_storyboard
from tests.steps.text.board_parts import ask_for, board_of, brief_of, clip, photo

SCRIPT = (
    "Before the harbour wakes, fishermen untangle their nets. The roaster hums in the old sail "
    "loft.\n\nEvery farm we buy from has a name. Coffee is mostly patience. "
    "Carry the morning home with you."
)


def test_what_is_predicted_is_what_is_made() -> None:
    ask = ask_for({"en": SCRIPT}, photo("a.jpg"))
    step = write_storyboard(ask, brief_of(ask))
    call = step.kind.call_of(step.params, step.inputs)
    made = run_write_storyboard(call, cast(Context, None))
    assert made == step.kind.predict(call)


def test_a_paragraph_begins_with_a_dissolve_and_all_else_is_cut() -> None:
    board = board_of(ask_for({"en": SCRIPT}))
    assert [s.transition for s in board.shots] == ["cut", "cut", "dissolve", "cut", "cut"]


def test_without_footage_every_shot_is_a_card() -> None:
    assert {s.show.kind for s in board_of(ask_for({"en": SCRIPT})).shots} == {"card"}


def test_a_clip_is_shown_as_a_clip_from_a_moment_that_is_left_open() -> None:
    shots = board_of(ask_for({"en": "The waves come in."}, clip("waves.mp4", 9))).shots
    assert (shots[0].show.kind, shots[0].show.start) == ("clip", None)


def test_a_repeated_sentence_has_its_own_id_and_seed() -> None:
    text = "We roast again tonight. We wait for the tide to turn. We roast again tonight."
    first, _, third = board_of(ask_for({"en": text})).shots
    assert first.text == third.text
    assert first.id != third.id
    assert first.seed != third.seed


def test_an_inserted_sentence_leaves_ids_and_seeds_of_the_others() -> None:
    before = {s.id: s.seed for s in board_of(ask_for({"en": SCRIPT})).shots}
    edited = SCRIPT.replace("Coffee is", "Gulls circle above the quay. Coffee is")
    after = {s.id: s.seed for s in board_of(ask_for({"en": edited})).shots}
    assert before.items() < after.items()


def test_another_seed_is_another_film_of_the_same_shots() -> None:
    one, two = (board_of(ask_for({"en": SCRIPT}), seed=seed) for seed in (1, 2))
    assert [s.id for s in one.shots] == [s.id for s in two.shots]
    assert not {s.seed for s in one.shots} & {s.seed for s in two.shots}


def test_another_language_changes_nothing_of_what_is_shown() -> None:
    zh = (
        "港口醒来之前，渔民解开他们的渔网。烘焙机在老帆布阁楼里嗡嗡作响。\n\n"
        "每一座农场都有自己的名字。咖啡多半是耐心而已。把早晨带回家去吧。"
    )
    footage = (photo("harbour.jpg"), photo("b.jpg"), photo("c.jpg"))
    one = board_of(ask_for({"en": SCRIPT}, *footage))
    two = board_of(ask_for({"en": SCRIPT, "zh": zh}, *footage))
    assert [(s.id, s.seed, s.show) for s in one.shots] == [
        (s.id, s.seed, s.show) for s in two.shots
    ]


def test_uneven_languages_are_refused_though_the_brief_was_not_read_from_a_file() -> None:
    ask = ask_for({"en": "The harbour sleeps. We roast all night.", "zh": "今夜港口睡着了。"})
    with pytest.raises(RequestError, match="2 in en, 1 in zh"):
        board_of(ask)


def test_foreseeing_again_changes_nothing() -> None:
    ask = ask_for({"en": SCRIPT})
    board = board_of(ask)
    assert foresee(board, ask) == board


def test_declaring_loads_no_heavy_package() -> None:
    import subprocess
    import sys

    heavy = ["numpy", "av", "cv2", "typst", "onnxruntime", "PIL", "jieba"]
    code = f"import sys, berg.steps.text; sys.exit(any(name in sys.modules for name in {heavy!r}))"
    root = Path(__file__).parents[3] / "src"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(root)})
