"""One set of files with their fates, made and checked once for all tests of this folder."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from berg.provenance.verify import Report
from berg.service import VerifyRequest, verify
from tests.provenance.verify.material import Studio
from tests.provenance.verify.truths import make_truths


@dataclass(frozen=True)
class Truths:
    """The files, who made them, and what the one who checks was told of each."""

    folder: Path
    ours: Studio
    theirs: Studio
    reports: dict[str, Report]


@pytest.fixture(scope="session")
def truths(tmp_path_factory: pytest.TempPathFactory) -> Truths:
    top = tmp_path_factory.mktemp("truths")
    ours = Studio.at(top / "ours", "Tidewater Studio")
    theirs = Studio.at(top / "theirs", "Harbour Films")
    folder = top / "files"
    folder.mkdir()
    make_truths(ours, theirs, folder)
    verified = verify(VerifyRequest(files=(folder,)), home=ours.home)
    reports = {Path(report.path).name: report for report in verified.reports}
    return Truths(folder, ours, theirs, reports)
