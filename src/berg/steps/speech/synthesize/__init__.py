"""speech.synthesize: a text spoken by a model."""
