"""type.overlays: what stands over a shot's picture besides captions."""
