"""berg: from a brief to finished, labelled, provable media, on whatever compute you have."""

__version__ = "0.1.0"
