"""Postcards for berg: a line, a step with a model, and the model's entry in the catalogue."""
