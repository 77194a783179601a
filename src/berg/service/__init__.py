"""The service: the only place that wires concrete parts together. Faces call it and show.

What only some commands need is imported when it is first asked for (PEP 562): `berg plan` pays
for no certificates, no manifests and no server.
"""

import importlib
from typing import TYPE_CHECKING, Any

from berg.held import held_signals
from berg.service._forecast import Forecast, time_left
from berg.service._request import Request
from berg.service._service import Service

if TYPE_CHECKING:
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
    from berg.service._verify import Verified, VerifyRequest, verify

_LATER = {
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
    "Verified": "_verify",
    "VerifyRequest": "_verify",
    "verify": "_verify",
}
"""Names that are imported when they are first asked for, and where from."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with held_signals():
        found = getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = found
    return found


__all__ = [
    "Forecast",
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
