from pathlib import Path

import pytest

from berg.weights import inert_backend


def test_it_tells_name_and_version_and_builds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BERG_INERT_NAME", "my-pack")
    monkeypatch.setenv("BERG_INERT_VERSION", "1.0")
    backend = inert_backend.__legacy__
    assert backend.get_requires_for_build_wheel() == []
    folder = tmp_path / backend.prepare_metadata_for_build_wheel(str(tmp_path))
    assert [path.name for path in folder.iterdir()] == ["METADATA"]
    assert "Name: my-pack\nVersion: 1.0\n" in (folder / "METADATA").read_text()
    with pytest.raises(RuntimeError, match="nothing is built"):
        backend.build_wheel(str(tmp_path))
