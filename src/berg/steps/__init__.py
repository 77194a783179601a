"""One folder for each family of capabilities: a light declaration, and thin work."""
