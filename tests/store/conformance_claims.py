"""What every `Claims` must do: a suite that each implementation's tests run."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from berg.store.interface import Claim, Claims
from tests.patience import PATIENCE_S

Scene = Callable[[Claims, Claims], Awaitable[None]]


async def one(claims: Claims, key: str) -> Claim | None:
    (claim,) = await claims.take([key])
    return claim


async def had(claims: Claims, key: str) -> Claim:
    """A claim, asked for until it is free: releasing needs a moment."""
    while (claim := await one(claims, key)) is None:
        await asyncio.sleep(0)
    return claim


class ClaimsConformance:
    """Subclass it as `Test…`."""

    def open_claims(self, home: Path) -> AbstractAsyncContextManager[Claims]:
        """One process's view of the claims; each call gives another."""
        raise NotImplementedError

    def play(self, home: Path, scene: Scene) -> None:
        async def go() -> None:
            async with (
                self.open_claims(home) as mine,
                self.open_claims(home) as theirs,
                asyncio.timeout(PATIENCE_S),
            ):
                await scene(mine, theirs)

        asyncio.run(go())

    def test_a_claim_keeps_everybody_out_until_it_is_released(self, home: Path) -> None:
        async def scene(mine: Claims, theirs: Claims) -> None:
            claim = await one(mine, "k")
            assert claim is not None
            assert claim.key == "k"
            assert await one(mine, "k") is None
            assert await one(theirs, "k") is None
            claim.release()
            again = await had(theirs, "k")
            claim.release()
            assert await one(mine, "k") is None, "a second release gives nothing away"
            again.release()

        self.play(home, scene)

    def test_many_are_taken_in_one_go_each_by_itself(self, home: Path) -> None:
        async def scene(mine: Claims, theirs: Claims) -> None:
            held = await one(theirs, "k1")
            taken = await mine.take(["k0", "k1", "k2", "k2"])
            assert held is not None
            assert [claim is not None for claim in taken] == [True, False, True, False]
            assert await mine.take([]) == []

        self.play(home, scene)

    def test_any_text_can_be_claimed(self, home: Path) -> None:
        async def scene(mine: Claims, theirs: Claims) -> None:
            for key in ("session/kokoro", "../../etc", "港口", "x" * 500, ""):
                assert await one(mine, key) is not None
                assert await one(theirs, key) is None

        self.play(home, scene)

    def test_what_a_closed_view_held_is_free(self, home: Path) -> None:
        async def scene(mine: Claims, theirs: Claims) -> None:
            async with self.open_claims(home) as gone:
                claim = await one(gone, "k")
                assert claim is not None
                claim.release()
            assert await one(mine, "k") is not None

        self.play(home, scene)

    def test_no_two_ever_hold_one_claim(self, home: Path) -> None:
        async def scene(mine: Claims, theirs: Claims) -> None:
            holders = 0

            async def take(claims: Claims) -> None:
                nonlocal holders
                for _ in range(30):
                    claim = await had(claims, "k")
                    holders += 1
                    assert holders == 1
                    await asyncio.sleep(0)
                    holders -= 1
                    claim.release()

            await asyncio.gather(take(mine), take(theirs), take(mine))

        self.play(home, scene)
