"""image.prepare_photo: a photograph cropped round its subject, ready for a film."""
