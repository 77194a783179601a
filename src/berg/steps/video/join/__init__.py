"""video.join: strips and sound made one film."""
