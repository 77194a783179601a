"""poster.compose: ground, type and label made one picture."""
