"""type.label: the visible label, set once for all that show it."""
