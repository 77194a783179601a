"""Why a source gives nothing; the next one is tried."""


class Refused(Exception):  # noqa: N818 - said of a source, as in "the source was refused"
    """A source can't be used, or gave something wrong. The text says which and why."""
