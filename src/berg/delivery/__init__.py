"""Delivery: finished files in the user's folder, with their digests and a page to look at them."""
