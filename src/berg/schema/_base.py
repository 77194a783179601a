"""The base of every noun that crosses a room or a process: frozen, closed, plain data."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Immutable record; unknown fields are refused; tuples rather than lists."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
