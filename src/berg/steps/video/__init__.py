"""video.*: shots, dissolves, the end card, the join."""
