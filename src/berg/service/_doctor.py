"""What this machine can and cannot do, and how to mend it."""

import os
import shutil
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from av.codec import codecs_available

from berg.errors import CheckFailed
from berg.lines.kinds import Kinds
from berg.plugins import LeftOut
from berg.schema.node import Node
from berg.store import Store
from berg.units import GIB, MIB
from berg.weights import Weights

TOOLS = ("av", "onnxruntime", "typst", "opencv-contrib-python-headless", "pillow", "numpy")
ROOM_WANTED = 2 * GIB
"""Free disk below which a film may not fit."""


def examine(
    store: Store, weights: Weights, node: Node, *, kinds: Kinds, left_out: Sequence[LeftOut]
) -> dict[str, Any]:
    """Findings, each `{what, ok, detail, mend}`; with an `error` unless all of them are `ok`."""
    checks = [
        _finding("python", True, sys.version.split()[0]),
        _finding("processor", True, f"{node.cpu}, {node.cores} slots"),
        _memory(node),
        _disk(store.home),
        *(_tool(name) for name in TOOLS),
        _encoder(),
        *_weights(weights),
        _finding("lines", True, ", ".join(kind.key for kind in kinds.lines)),
        *(_plugin(found) for found in left_out),
    ]
    document = {"home": str(store.home), "checks": checks, "ok": all(c["ok"] for c in checks)}
    if not document["ok"]:
        bad = ", ".join(c["what"] for c in checks if not c["ok"])
        document |= CheckFailed(f"not in order: {bad}; each says how to mend it").to_json()
    return document


def _finding(what: str, ok: bool, detail: str, mend: str | None = None) -> dict[str, Any]:
    return {"what": what, "ok": ok, "detail": detail, "mend": None if ok else mend}


def _memory(node: Node) -> dict[str, Any]:
    ok = node.memory_bytes >= GIB
    return _finding(
        "memory",
        ok,
        f"{node.memory_bytes // MIB} MiB for steps",
        "close other programs, or run with BERG_SLOTS=1",
    )


def _disk(home: Path) -> dict[str, Any]:
    free = shutil.disk_usage(home).free
    writable = os.access(home, os.W_OK)
    detail = f"{free // MIB} MiB free in {home}" + ("" if writable else ", not writable")
    mend = "run `berg gc`, or set BERG_HOME to a folder on a larger disk"
    return _finding("disk", writable and free >= ROOM_WANTED, detail, mend)


def _tool(name: str) -> dict[str, Any]:
    try:
        return _finding(name, True, version(name))
    except PackageNotFoundError:
        return _finding(name, False, "not installed", "run `make setup`")


def _plugin(found: LeftOut) -> dict[str, Any]:
    detail = f"{found.what} is left out: {found.why}"
    return _finding("plugin", False, detail, "mend it, or take it away; berg goes on without it")


def _encoder() -> dict[str, Any]:
    if "libx264" in codecs_available:
        return _finding("encoder", True, "libx264, GPL, from PyAV's wheel; see NOTICE")
    return _finding("encoder", False, "PyAV has no libx264", "install PyAV from its wheel")


def _weights(weights: Weights) -> list[dict[str, Any]]:
    missing = weights.missing(weights.default_names())
    if not missing:
        return [_finding("weights", True, "all that the example needs")]
    mend = f"berg models pull {' '.join(missing)}"
    return [_finding("weights", False, f"{len(missing)} of the example's are missing", mend)]
