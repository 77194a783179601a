"""Recipes and keys: golden values. A change here makes all stored results worthless: decide it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.digest import canonical_json, digest_of, digest_of_sorted
from berg.schema.asset import Asset
from berg.schema.handle import Handle, follow
from berg.schema.keys import content_of, identity_of, key_of, recipe_of
from berg.schema.step import Out
from berg.units import Rational, frames_to_hold, frames_to_samples, show_rational
from tests.engine.tiny import BLOB, add, blob

ASSET = Asset(sha256="a" * 64, size=3, media_type="text/plain")


class _Given:
    name = "given"
    recipe = "r" * 64

    def __init__(self, out: object = None) -> None:
        self.out = out


def _identity(step: object) -> str:
    return identity_of(step, tools={}, weights={})  # type: ignore[arg-type]


def _key(step: object, inputs: dict[str, object]) -> str:
    return key_of(_identity(step), replace(step, inputs=inputs), lambda handle: handle.promise.out)


def test_golden_recipe() -> None:
    step = add(1, Handle(_Given()).value)  # type: ignore[arg-type]
    recipe = recipe_of(_identity(step), step, lambda promise: promise.recipe)
    assert recipe == "96413c532e281aadd9f2eb10b3d500cce64cc2479b6b302f7ef8d78ecd46c896"


def test_golden_key() -> None:
    assert (
        _key(blob("text"), {"parts": [ASSET]})
        == "45acddde9a59185c4aa4627709f2524794dc52375afbc7395c91bb0b1224483c"
    )


def test_an_asset_counts_by_its_bytes_and_type_alone() -> None:
    step = blob("text")
    other = ASSET.model_copy(update={"size": 99})
    assert _key(step, {"parts": [ASSET]}) == _key(step, {"parts": [other]})
    retyped = ASSET.model_copy(update={"media_type": "text/html"})
    assert _key(step, {"parts": [ASSET]}) != _key(step, {"parts": [retyped]})


def test_a_handle_counts_by_what_it_came_to() -> None:
    step = add(1)
    given = Handle(_Given(out=7))  # type: ignore[arg-type]
    assert _key(step, {"terms": [given]}) == _key(step, {"terms": [7]})


def test_assets_and_rationals_are_found_inside_results() -> None:
    class Nested(Out):
        pair: tuple[Asset, Rational]

    assert content_of(Nested(pair=(ASSET, Fraction(1, 3)))) == {
        "pair": [{"asset": "a" * 64, "media_type": "text/plain"}, "1/3"]
    }


def test_what_is_not_plain_data_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        content_of({"x": object()})


@pytest.mark.parametrize(
    "other",
    [
        BLOB(text="else"),
        BLOB(text="text").seeded(1),
        replace(BLOB, version=2)(text="text"),
        replace(BLOB, capability="tiny.other")(text="text"),
    ],
    ids=["params", "seed", "version", "capability"],
)
def test_everything_that_shapes_a_result_is_in_its_identity(other: object) -> None:
    assert _identity(BLOB(text="text")) != _identity(other)


def test_versions_of_tools_and_digests_of_weights_are_in_the_identity() -> None:
    step = replace(BLOB, tools=("av",), weights=lambda call: ("font",))(text="")
    seen = {
        identity_of(step, tools={"av": tool}, weights={"font": font})
        for tool in ("1", "2")
        for font in ("a", "b")
    }
    assert len(seen) == 4


def test_recipe_and_key_are_of_different_types() -> None:
    assert digest_of("recipe", {}) != digest_of("key", {})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_the_fast_digest_is_the_canonical_one(value: object) -> None:
    assert digest_of_sorted("t", content_of(value)) == digest_of("t", value)


def test_canonical_json_sorts_keys_and_keeps_letters() -> None:
    assert canonical_json({"b": "港", "a": [1, None]}) == '{"a":[1,null],"b":"港"}'.encode()


def test_handles_name_fields_and_are_frozen() -> None:
    handle = Handle(_Given())  # type: ignore[arg-type]
    assert follow({"k": [1, 2]}, ()) == {"k": [1, 2]}
    assert repr(handle.frames[0]) == "Handle(given.frames.0)"
    with pytest.raises(AttributeError):
        handle.name_of = 1  # type: ignore[attr-defined]


def test_units_are_exact() -> None:
    ntsc = Fraction(30000, 1001)
    assert frames_to_samples(30000, ntsc, 48000) == 1001 * 48000
    assert frames_to_hold(Fraction(1, 3), Fraction(30)) == 10
    assert show_rational(Fraction(30)) == "30/1"
