"""The catalogue of model files, and fetching them by digest."""

from berg.weights.room import Status, Weights

__all__ = ["Status", "Weights"]
