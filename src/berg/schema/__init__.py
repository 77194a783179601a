"""The nouns: frozen, versioned, without I/O. Opening this folder is reading the architecture."""
