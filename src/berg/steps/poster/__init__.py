"""poster.*: pictures made ready, type set, both composed and checked; see `declare`."""
