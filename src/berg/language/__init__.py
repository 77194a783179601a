"""Reading and cutting texts by language, for voices, captions, scripts and posters alike."""
