"""type.title: a title over a film's first picture."""
