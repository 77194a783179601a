"""speech.*: texts spoken, or timed as if read in silence."""
