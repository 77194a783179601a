"""poster.ground: a photograph cropped for a poster, and where on it type is read best."""
