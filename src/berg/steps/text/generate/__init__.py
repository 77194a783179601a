"""text.generate: headlines that a language model writes."""
