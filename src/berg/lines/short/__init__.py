"""The short: a narrated film from a script and the user's own footage."""
