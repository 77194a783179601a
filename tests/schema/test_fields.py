"""What counts in a key: a field at its default doesn't, and nothing is taken for something else."""

from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from berg.schema._base import Frozen
from berg.schema.asset import Asset
from berg.schema.call import Call, Each, Given, Params
from berg.schema.fields import content_of
from berg.schema.handle import Handle
from berg.schema.keys import key_of, recipe_of
from berg.schema.step import Out, Step, StepKind, Work
from berg.units import Rational
from tests.kinds import all_kinds

ASSET = Asset(sha256="a" * 64, size=3, media_type="text/plain")


class Inner(Frozen):
    depth: int = 0
    words: tuple[str, ...] = ()


class Told(Params):
    text: str
    rate: Rational = Fraction(30)
    loud: bool | int = True
    tags: tuple[int | bool, ...] = (1,)
    notes: dict[str, str] = Field(default_factory=dict)
    inner: Inner = Inner()
    maybe: Inner | None = None
    file: Asset | None = None


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, {}),
        ({"rate": Fraction(30), "loud": True, "tags": (1,), "inner": Inner(depth=0)}, {}),
        ({"rate": 25}, {"rate": "25/1"}),
        ({"loud": 1}, {"loud": 1}),
        ({"tags": (True,)}, {"tags": [True]}),
        ({"notes": {"a": "b"}}, {"notes": {"a": "b"}}),
        ({"inner": Inner(words=("x",))}, {"inner": {"words": ["x"]}}),
        ({"maybe": Inner()}, {"maybe": {}}),
        ({"file": ASSET}, {"file": {"asset": "a" * 64, "media_type": "text/plain"}}),
    ],
)
def test_fields_at_their_defaults_do_not_count(
    values: dict[str, Any], counts: dict[str, Any]
) -> None:
    content = content_of(Told(text="t", **values))
    assert content == {"text": "t", **counts}
    assert repr(content["loud"]) == "1" if "loud" in counts else "loud" not in content


def test_a_default_within_another_is_told_from_the_models_own() -> None:
    class Outer(Params):
        inner: Inner = Inner(depth=5)

    assert content_of(Outer()) == {}
    assert content_of(Outer(inner=Inner())) == {"inner": {}}
    assert content_of(Outer(inner=Inner(depth=5))) == {}


class One(Frozen):
    kind: Literal["one"] = "one"
    size: int = 1


class Two(Frozen):
    kind: Literal["two"] = "two"
    size: int = 2


class Sized(Frozen):
    size: int


class Plain(Frozen):
    size: int = 3


class Plainer(Frozen):
    size: int = 4


def test_models_that_may_stand_for_each_other_keep_their_names() -> None:
    class Either(Params):
        shape: One | Two | Sized
        more: tuple[One | Two, ...] = ()

    assert content_of(Either(shape=One())) == {"shape": {"kind": "one"}}
    assert content_of(Either(shape=Two(), more=(One(), Two(size=5)))) == {
        "shape": {"kind": "two"},
        "more": [{"kind": "one"}, {"kind": "two", "size": 5}],
    }


@pytest.mark.parametrize(
    "annotation",
    [
        Plain | Plainer,
        Plain | Plainer | None,
        tuple[Plain | Plainer, ...],
        dict[str, Plain | Plainer],
        tuple[int, Plain | Plainer],
        Annotated[Plain | Plainer, "with a note"],
        Plain | dict[str, int],
    ],
)
def test_what_could_be_taken_for_each_other_is_refused(annotation: Any) -> None:
    unsound = type("Unsound", (Params,), {"__annotations__": {"shape": annotation}, "shape": None})
    with pytest.raises(TypeError, match=r"Unsound.shape: a key can't tell Plain from"):
        content_of(unsound())


def test_where_no_type_is_declared_there_may_be_data_but_no_model() -> None:
    class Open(Params):
        data: Any = None
        by_name: dict[str, Any] = Field(default_factory=dict)

    assert content_of(Open(data={"b": [1], "a": ASSET}, by_name={"x": "y"})) == {
        "data": {"a": {"asset": "a" * 64, "media_type": "text/plain"}, "b": [1]},
        "by_name": {"x": "y"},
    }
    for values in ({"data": Plain()}, {"by_name": {"x": [Plain()]}}):
        with pytest.raises(TypeError, match="Plain can't be part of a key where it isn't declared"):
            content_of(Open.model_validate(values))


class Made(Out):
    size: int = 1
    extra: int = 0


class Asked(Call):
    text: str
    shape: Given[Plain] = Given(Plain())
    count: Given[int] = Given(0)
    rest: Each[int] = Each(())


KIND = StepKind(
    capability="test.fields",
    version=1,
    call=Asked,
    out=Made,
    predict=lambda call: Made(),
    work=lambda call: Work(amount=1, unit=""),
    seconds_per_unit=1.0,
)


def _step(**inputs: Any) -> Step[Made]:
    return KIND(text="", **inputs)


class _Promise:
    recipe = "r" * 64

    def __init__(self, out: Any) -> None:
        self.out = out


def _handle(out: Any) -> Handle[Any]:
    return Handle(_Promise(out))  # type: ignore[arg-type]


def _key(**inputs: Any) -> str:
    return key_of("i", _step(**inputs), lambda handle: handle.promise.out)


def test_an_input_at_its_default_is_the_same_as_none_at_all() -> None:
    assert _key() == _key(count=0, rest=[], shape=Plain()) == _key(shape={"size": 3})
    assert _key() == _key(count=_handle(0), shape=_handle(Plain(size=3)))
    assert len({_key(), _key(count=1), _key(rest=[0]), _key(shape=Plain(size=4))}) == 4


def test_a_result_of_another_type_counts_as_what_it_will_be_read_as() -> None:
    assert _key(shape=_handle(Plainer(size=3))) == _key()
    assert _key(shape=_handle(Plainer())) == _key(shape=Plain(size=4)) != _key()


def test_an_input_to_come_counts_in_a_recipe_whatever_it_will_be() -> None:
    def recipe(**inputs: Any) -> str:
        return recipe_of("i", _step(**inputs), lambda promise: promise.recipe)

    assert recipe(count=_handle(0)) != recipe() == recipe(count=0)


class Area(NamedTuple):
    left: int
    top: int


def test_a_named_tuple_counts_as_a_tuple() -> None:
    assert content_of((Area(1, 2),)) == [[1, 2]]


def test_no_kind_of_step_can_be_taken_for_something_else() -> None:
    for kind in all_kinds().values():
        for model in (kind.params, kind.inputs, kind.out):
            content_of(model.model_construct(**dict.fromkeys(model.model_fields)))


@given(st.integers(), st.booleans(), st.lists(st.integers() | st.booleans(), max_size=2))
def test_two_values_have_the_same_content_only_if_they_are_the_same(
    size: int, loud: bool, tags: list[int | bool]
) -> None:
    told = Told(text="", loud=loud, tags=tuple(tags), inner=Inner(depth=size))
    content = content_of(told)
    assert Told.model_validate(content).model_dump_json() == told.model_dump_json()
