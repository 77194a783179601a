"""Where berg keeps its state. Nothing here creates or reads it."""

import os
from pathlib import Path

VARIABLE = "BERG_HOME"
"""Environment variable that names the home."""


def default_home() -> Path:
    """`$BERG_HOME`, or the platform's folder for user data; absolute, perhaps not yet there."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path  # rarely needed by tests and servers, and slow

    return user_data_path("berg", appauthor=False)
