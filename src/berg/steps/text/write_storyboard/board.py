"""Making the storyboard of a script: shots, seeds, pictures, transitions, tempo. Pure."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from berg.errors import RequestError
from berg.language.shots import Draft, Uneven, shot_id, shots_of
from berg.language.words import hash32, lasting_hash
from berg.schema.storyboard import Shot, Show, Storyboard
from berg.steps.text.write_storyboard.pictures import Candidate, Wish, choose
from berg.steps.text.write_storyboard.script import Paced, WriteStoryboard
from berg.steps.text.write_storyboard.tempo import Said, choose_speed, said_of, shot_seconds

PORTRAIT = 80
"""Per mille of a picture from which on a face is what it shows."""


def make_board(told: WriteStoryboard) -> Storyboard:
    """The storyboard of a script. The first language names the shots and gives their seeds.

    Raises RequestError if the languages fall into different numbers of shots.
    """
    languages = told.languages
    drafts = shots_of({language: told.script[language] for language in languages})
    if isinstance(drafts, Uneven):
        raise RequestError(f"{told.name}: script: {drafts.explain(repr)}")
    firsts = [draft.text[languages[0]] for draft in drafts]
    seeds = seeds_of(firsts, seed=told.seed)
    shows = _shows(drafts, seeds, told)
    board = Storyboard(
        languages=languages,
        shots=tuple(
            Shot(
                id=name,
                seed=shot_seed,
                text=draft.text,
                show=show,
                transition="dissolve" if draft.opens and index else "cut",
                seconds={},
            )
            for index, (name, shot_seed, draft, show) in enumerate(
                zip(ids_of(firsts), seeds, drafts, shows, strict=True)
            )
        ),
        speed={
            language: choose_speed(
                said_of([d.text[language] for d in drafts], [d.opens for d in drafts]),
                language=language,
                ask=told,
            )
            for language in languages
        },
    )
    return foresee(board, told)


def foresee(board: Storyboard, ask: Paced) -> Storyboard:
    """The board with every shot's foreseen seconds reckoned anew, to the hundredth."""
    opens = [shot.transition != "cut" for shot in board.shots]
    ends = [*opens[1:], False]
    return board.model_copy(
        update={
            "shots": tuple(
                _timed(shot, board, ask, ends_paragraph=end)
                for shot, end in zip(board.shots, ends, strict=True)
            )
        }
    )


def _timed(shot: Shot, board: Storyboard, ask: Paced, *, ends_paragraph: bool) -> Shot:
    def seconds(language: str, text: str) -> Fraction:
        said = Said(text=text, ends_paragraph=ends_paragraph)
        return shot_seconds(said, language=language, ask=ask, speed=board.speed[language])

    rounded = {k: Fraction(round(100 * seconds(k, text)), 100) for k, text in shot.text.items()}
    return shot.model_copy(update={"seconds": rounded})


def ids_of(texts: Sequence[str]) -> list[str]:
    """The ids of shots with these texts in the first language."""
    count: Counter[str] = Counter()
    found = []
    for text in texts:
        found.append(shot_id(text, count[text]))
        count[text] += 1
    return found


def seeds_of(texts: Sequence[str], *, seed: int) -> list[int]:
    """The seeds of shots: 32 bits each, the same after most edits of one word, told apart."""
    count: Counter[int] = Counter()
    found = []
    for text in texts:
        base = lasting_hash(text)
        found.append(hash32("shot seed", seed, base, count[base]))
        count[base] += 1
    return found


def _shows(drafts: Sequence[Draft], seeds: Sequence[int], told: WriteStoryboard) -> list[Show]:
    footage = told.footage
    names = [piece.name for piece in footage]
    likes = [dict(zip(names, row, strict=True)) for row in told.likes] or [{} for _ in drafts]
    unseen = (0,) * len(footage)
    pictures = [
        Candidate(
            name=piece.name,
            words=piece.words,
            content=piece.content,
            portrait=face >= PORTRAIT,
            striking=striking,
        )
        for piece, face, striking in zip(
            footage, told.faces or unseen, told.striking or unseen, strict=True
        )
    ]
    wishes = [
        Wish(seed=seed, texts=tuple(draft.text.values()), likes=liked)
        for seed, draft, liked in zip(seeds, drafts, likes, strict=True)
    ]
    clips = {f.name for f in footage if f.kind == "video"}
    return [
        Show(kind="clip" if name in clips else "photo", source=name) if name else Show(kind="card")
        for name in choose(wishes, pictures)
    ]
