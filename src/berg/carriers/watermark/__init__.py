"""The watermark: an identifier hidden in pictures, film and sound, found again with its key."""
