"""Pictures and clips made ready; declarations are light to import."""
