"""image.look_at_photo: how much of a photograph a person's face covers, how much it strikes."""
