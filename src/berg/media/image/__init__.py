"""Photographs: read, framed round their subject, made ready for the screen."""
