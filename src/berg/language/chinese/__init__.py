"""Chinese: from text as written to Kokoro's phonemes."""
