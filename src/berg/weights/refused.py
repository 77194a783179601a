"""Why a source gives nothing; the next one is tried."""


class Refused(Exception):  # noqa: N818 - said of a source, as in "the source was refused"
    """A source can't be used. The text says which and why."""


class Wrong(Refused):
    """A source gave something that is damaged or not what it should be; it must not be reused."""
