"""type.end_card: the card at a film's end."""
