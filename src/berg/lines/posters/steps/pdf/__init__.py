"""poster.pdf: a poster for paper."""
