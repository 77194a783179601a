"""Recipes and keys: golden values. A change here makes every home's results worthless: decide it."""

from fractions import Fraction

import pytest

from berg.digest import canonical_json, digest_of
from berg.schema.asset import Asset
from berg.schema.handle import Handle, follow
from berg.schema.keys import content_of, handles_in, identity_of, key_of, recipe_of
from berg.schema.step import Out
from berg.units import frames_to_hold, frames_to_samples, show_rational
from tests.engine.tiny import BLOB, BlobParams, add, blob

ASSET = Asset(sha256="a" * 64, size=3, media_type="text/plain")


class _Given:
    name = "given"
    recipe = "r" * 64


def _identity(step: object) -> dict[str, object]:
    return identity_of(step, tools={}, weights={})  # type: ignore[arg-type]


def test_golden_recipe() -> None:
    step = add(1, Handle(_Given()).value)  # type: ignore[arg-type]
    recipe = recipe_of(step, _identity(step), recipe_of_handle=lambda p: p.recipe)
    assert recipe == "5cc9dbc8a19a82eaa13189adf044d3bceb2abeced1a6607d867f686822281358"


def test_golden_key() -> None:
    step = blob("text")
    assert key_of(_identity(step), {"parts": [ASSET]}) == "fba65e868586b93c67c1a317f7e34aa4b4279018d0815255722cafc30e85ff56"


def test_an_asset_counts_by_its_bytes_and_type_alone() -> None:
    other = ASSET.model_copy(update={"size": 99})
    identity = _identity(blob("text"))
    assert key_of(identity, {"parts": [ASSET]}) == key_of(identity, {"parts": [other]})
    retyped = ASSET.model_copy(update={"media_type": "text/html"})
    assert key_of(identity, {"parts": [ASSET]}) != key_of(identity, {"parts": [retyped]})


def test_assets_are_found_inside_results() -> None:
    class Nested(Out):
        pair: tuple[Asset, int]

    assert content_of(Nested(pair=(ASSET, 1))) == {
        "pair": [{"asset": "a" * 64, "media_type": "text/plain"}, 1]
    }


@pytest.mark.parametrize("change", [{"seed": 1}, {"version": 2}, {"params": {"text": "else"}}])
def test_everything_that_shapes_a_result_is_in_its_key(change: dict[str, object]) -> None:
    identity = _identity(blob("text"))
    assert key_of(identity, {}) != key_of({**identity, **change}, {})


def test_versions_of_tools_and_digests_of_weights_are_in_the_identity() -> None:
    step = BLOB.step(params=BlobParams(text=""), weights=("font",))
    assert identity_of(step, tools={}, weights={"font": "f" * 64})["weights"] == {"font": "f" * 64}


def test_recipe_and_key_are_of_different_types() -> None:
    assert digest_of("recipe", {}) != digest_of("key", {})


def test_canonical_json_sorts_keys_and_keeps_letters() -> None:
    assert canonical_json({"b": "港", "a": [1, None]}) == '{"a":[1,null],"b":"港"}'.encode()


def test_handles_are_found_in_order_and_fields_followed() -> None:
    handle = Handle(_Given())  # type: ignore[arg-type]
    assert handles_in({"a": [handle.x], "b": (handle,)}) [0].path == ("x",)
    assert follow({"k": [1, 2]}, ()) == {"k": [1, 2]}
    assert repr(handle.frames[0]) == "Handle(given.frames.0)"
    with pytest.raises(AttributeError):
        handle.name_of = 1  # type: ignore[attr-defined]


def test_units_are_exact() -> None:
    ntsc = Fraction(30000, 1001)
    assert frames_to_samples(30000, ntsc, 48000) == 1001 * 48000
    assert frames_to_hold(Fraction(1, 3), Fraction(30)) == 10
    assert show_rational(Fraction(30)) == "30/1"
