"""The service: the only place that wires concrete parts together. Faces call it and show."""

from berg.service._forecast import Forecast, time_left
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
