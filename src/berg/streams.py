"""Standard output, taken by the one who answers on it, so that nothing else comes between."""

import os


def take_output() -> int:
    """A descriptor of what standard output was. From then on descriptor 1 is standard error, so
    that what libraries, plugins and children print is no answer. Raises OSError: one is closed."""
    taken = os.dup(1)
    try:
        os.dup2(2, 1)
    except OSError:
        os.close(taken)
        raise
    return taken
