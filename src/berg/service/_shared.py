"""How much of a plan's work is shared: by films, posters, languages, rows."""

from collections.abc import Iterable, Mapping, Sequence

from berg.schema.plan import PlannedStep, Shared


def shared_in(steps: Sequence[PlannedStep], delivers: Iterable[tuple[str, str]]) -> Shared:
    """What would be asked for if each deliverable were made by itself, against what is.

    `delivers` are paths and the steps that give them; files that differ in their ending alone, as
    a film and its subtitles, are one deliverable.
    """
    by_name = {step.name: step for step in steps}
    wanted: dict[str, set[str]] = {}
    for path, step in delivers:
        wanted.setdefault(path.rpartition(".")[0] or path, set()).add(step)
    recipes = {step.recipe: step for step in steps}
    return Shared(
        asked=sum(len(_lineage(names, by_name)) for names in wanted.values()),
        distinct=len(recipes),
        cached=sum(step.state == "cached" for step in recipes.values()),
    )


def _lineage(names: set[str], steps: Mapping[str, PlannedStep]) -> set[str]:
    """Recipes of all steps that these hang on."""
    found: set[str] = set()
    ahead = list(names)
    seen: set[str] = set()
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            found.add(steps[name].recipe)
            ahead.extend(steps[name].needs)
    return found
