"""Models on chips, resident in a worker; no steps, no store."""
