"""poster.sheet: a set of posters at a glance."""
