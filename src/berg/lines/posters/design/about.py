"""What each built-in layout is, in a line."""

ABOUT = {
    "hero": "the picture fills the poster, a big headline stands where it is calm",
    "split": "picture and type side by side, or one above the other",
    "type": "the headline fills the poster, line by line; the picture is small",
    "badge": "headline on strips of colour, the call in a round badge",
    "grid": "columns and rules, as the Swiss set posters",
    "frame": "the picture in a passe-partout, quiet type in the margin",
}
