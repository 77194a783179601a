from berg.language.words import content_words, lasting_hash, name_words, stem


def test_forms_of_a_word_have_one_stem() -> None:
    assert {stem(w) for w in ("roast", "roasts", "roasted", "roasting")} == {"roast"}
    assert stem("berries") == stem("berry")
    assert stem("bake") == stem("baking") == stem("baked")
    assert stem("running") == stem("run")


def test_file_names_speak_of_what_they_show_and_not_of_the_camera() -> None:
    assert name_words("photos/IMG_2041-final.JPG") == frozenset()
    assert name_words("photos/OldHarbour_dawn2.jpg") == {"old", "harbour", "dawn"}
    assert name_words("照片/港口.jpg") == {"照片", "港口"}


def test_content_words_leave_out_what_says_nothing() -> None:
    assert content_words("We are at the harbours") == {"harbour"}
    assert content_words("我们的港口") == {"港口"}


def test_the_lasting_hash_survives_most_edits_of_one_word() -> None:
    text = [
        "Every",
        "morning",
        "fishing",
        "boats",
        "bring",
        "small",
        "silver",
        "mackerel",
        "past",
        "the",
        "quiet",
        "harbour",
    ]
    before = lasting_hash(" ".join(text))
    edited = [" ".join([*text[:i], "changed", *text[i + 1 :]]) for i in range(len(text))]
    same = sum(lasting_hash(e) == before for e in edited)
    assert same > len(text) * 2 / 3
