"""text.liken_pictures: what each picture is worth to each shot by meaning, in any language."""
