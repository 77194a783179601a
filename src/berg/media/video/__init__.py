"""Reading, composing, encoding and joining moving pictures."""
