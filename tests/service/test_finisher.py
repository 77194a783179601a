"""The service's finisher: what holds for every file of a run is said once."""

from pathlib import Path

import pytest

from berg.delivery.write import write_files
from berg.provenance.keys.ring import TIME_STAMP_VARIABLE
from berg.service import Service
from tests.provenance.finish.desk import Desk
from tests.service.film import Notices


def test_a_time_stamp_service_that_is_down_is_said_once_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TIME_STAMP_VARIABLE, "http://127.0.0.1:9/")
    desk, heard = Desk(tmp_path), Notices()
    items = [desk.item(f"{name}.jpg") for name in ("a", "b", "c")]
    with Service(desk.home, heard) as service:
        for run in (1, 2):
            files = write_files(
                items,
                tmp_path / f"out{run}",
                object_path=service.store.path,
                finisher=service.finisher(),
            )
            assert [file.credentials and file.credentials.time_stamped for file in files] == (
                [False] * 3
            )
            assert len(heard.said) == run
    assert heard.said[0] == heard.said[1]
    assert heard.said[0].startswith("files are delivered without a time stamp: http://127.0.0.1:9/")
