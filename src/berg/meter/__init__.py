"""Measuring what work took."""
