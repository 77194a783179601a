"""Posters: the line, its steps (`steps/`) and its design room (`design/`)."""
