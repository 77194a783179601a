"""What every `Effects` must do: a suite that each implementation's tests run."""

from pathlib import Path

import pytest

from berg.store.interface import Effects


class EffectsConformance:
    """Subclass it as `Test…`. Two views: of two processes."""

    @pytest.fixture
    def mine(self, home: Path) -> Effects:
        raise NotImplementedError

    @pytest.fixture
    def theirs(self, home: Path) -> Effects:
        raise NotImplementedError

    def test_what_was_done_is_known_to_all(self, mine: Effects, theirs: Effects) -> None:
        assert mine.get("e") is None
        mine.keep("e", '{"log": 7}')
        assert mine.get("e") == theirs.get("e") == '{"log": 7}'
        assert theirs.get("other") is None

    def test_the_latest_record_counts(self, mine: Effects, theirs: Effects) -> None:
        mine.keep("e", "1")
        theirs.keep("e", "2")
        assert mine.get("e") == theirs.get("e") == "2"

    def test_any_text_is_kept_as_it_is(self, mine: Effects, theirs: Effects) -> None:
        record = '{"title": "港口 \\n \\" \u0000"}' * 1000
        mine.keep("", record)
        assert theirs.get("") == record
