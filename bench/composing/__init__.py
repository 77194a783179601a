"""What bench/compose.py compares: the same film made by berg and by one bare filtergraph."""
