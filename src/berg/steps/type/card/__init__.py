"""type.card: a shot without footage, its sentence word by word."""
