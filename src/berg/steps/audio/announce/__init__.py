"""audio.announce: the audible label, put before a sound that stands alone."""
