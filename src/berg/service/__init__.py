"""The service: the only place that wires concrete parts together. Faces call it and show."""

from berg.service._forecast import Forecast, time_left
from berg.service._request import Request
from berg.service._service import Service

__all__ = ["Forecast", "Request", "Service", "time_left"]
