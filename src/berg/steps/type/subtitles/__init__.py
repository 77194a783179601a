"""type.subtitles: a film's cues as files."""
