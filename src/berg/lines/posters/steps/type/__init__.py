"""poster.type: a poster's type, set once for each text, size and layout."""
