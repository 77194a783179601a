"""poster.*: grounds, type layers, posters, and what is made of them."""
