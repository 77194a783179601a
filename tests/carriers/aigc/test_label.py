"""The label itself: its JSON, reading it from any text, and what becomes of inputs' labels."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from berg.carriers.aigc import AigcLabel, parse_label, propagate
from berg.carriers.aigc.propagate import produce_ids
from berg.carriers.aigc.study import FIELDS

OURS = AigcLabel(label="1", content_producer="us", produce_id="ours", reserved_code2="r")
THEIRS = AigcLabel(
    label="2",
    content_producer="them",
    produce_id="theirs",
    reserved_code1="seal",
    content_propagator="platform",
    propagate_id="p1",
    reserved_code2="old",
)


def test_it_is_plain_json_of_seven_strings() -> None:
    assert OURS.to_json() == (
        '{"Label":"1","ContentProducer":"us","ProduceID":"ours","ReservedCode1":"",'
        '"ContentPropagator":"","PropagateID":"","ReservedCode2":"r"}'
    )


def test_other_values_than_one_to_three_are_no_label() -> None:
    with pytest.raises(ValidationError):
        AigcLabel.model_validate({"label": "4"})


@given(st.text(), st.text(), st.sampled_from(["1", "2", "3"]))
def test_what_is_written_is_read(producer: str, number: str, value: str) -> None:
    label = AigcLabel.model_validate(
        {"label": value, "content_producer": producer, "produce_id": number}
    )

    assert parse_label(label.to_json()) == (label, ())


@given(st.text(max_size=300))
def test_any_text_may_be_read(text: str) -> None:
    label, faults = parse_label(text)

    assert faults or label


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*FIELDS, "AIGC", "x"]), inner, max_size=5)
        ),
        max_leaves=12,
    ),
    st.integers(0, 3),
)
def test_any_json_may_be_read_however_often_it_is_quoted(value: object, times: int) -> None:
    text = json.dumps(value)
    for _ in range(times):
        text = json.dumps(text)

    label, faults = parse_label(text)

    assert faults or label


def test_who_generates_labels_and_is_the_first_to_pass_it_on() -> None:
    made = propagate([THEIRS], OURS)

    assert made is not None
    assert (made.label, made.content_producer, made.produce_id) == ("1", "us", "ours")
    assert (made.content_propagator, made.propagate_id) == ("us", "ours")
    assert produce_ids([THEIRS, THEIRS]) == ("theirs",)


def test_who_only_passes_on_keeps_the_label_and_names_themselves() -> None:
    passing = OURS.model_copy(update={"label": "3"})

    made = propagate([THEIRS], passing)

    assert made == THEIRS.model_copy(
        update={"content_propagator": "us", "propagate_id": "ours", "reserved_code2": "r"}
    )


def test_without_anybody_configured_a_label_stays_as_it_is() -> None:
    assert propagate([THEIRS], None) == THEIRS


def test_of_several_inputs_the_surest_label_counts() -> None:
    sure = THEIRS.model_copy(update={"label": "1", "produce_id": "sure"})

    assert propagate([THEIRS, sure], None) == sure


def test_what_nobody_generated_needs_no_label() -> None:
    assert propagate([], None) is None
    assert propagate([], OURS.model_copy(update={"label": "2"})) is None
