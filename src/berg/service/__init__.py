"""The service: the only place that wires concrete parts together. Faces call it and show.

A name is imported when it is first asked for (PEP 562): `--help` pays for nothing, and `berg plan`
for no certificates, no manifests and no server.
"""

import importlib
from typing import TYPE_CHECKING, Any

from berg.held import held_signals

if TYPE_CHECKING:
    from berg.service._forecast import Forecast, time_left
    from berg.service._host import Host
    from berg.service._keys import KeysRequest, keys
    from berg.service._label import LabelCheck, check_labels
    from berg.service._log import (
        cosign_log,
        log_checkpoint,
        serve_log,
        serve_witness,
        show_log,
        verify_log,
    )
    from berg.service._request import Request
    from berg.service._service import Service
    from berg.service._verify import Verified, VerifyRequest, verify

_HOMES = {
    "Forecast": "_forecast",
    "time_left": "_forecast",
    "Host": "_host",
    "KeysRequest": "_keys",
    "keys": "_keys",
    "LabelCheck": "_label",
    "check_labels": "_label",
    "cosign_log": "_log",
    "log_checkpoint": "_log",
    "serve_log": "_log",
    "serve_witness": "_log",
    "show_log": "_log",
    "verify_log": "_log",
    "Request": "_request",
    "Service": "_service",
    "Verified": "_verify",
    "VerifyRequest": "_verify",
    "verify": "_verify",
}
"""The service's names, and the module of each."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with held_signals():
        found = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


__all__ = [
    "Forecast",
    "Host",
    "KeysRequest",
    "LabelCheck",
    "Request",
    "Service",
    "Verified",
    "VerifyRequest",
    "check_labels",
    "cosign_log",
    "keys",
    "log_checkpoint",
    "serve_log",
    "serve_witness",
    "show_log",
    "time_left",
    "verify",
    "verify_log",
]
