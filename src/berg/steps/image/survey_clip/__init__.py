"""image.survey_clip: how a clip is best shown, and from where."""
