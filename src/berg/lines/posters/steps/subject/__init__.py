"""poster.subject: what a photograph is about."""
