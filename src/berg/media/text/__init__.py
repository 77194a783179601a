"""Text as a medium: sentences, shots, and the words that tell what a text is about."""
