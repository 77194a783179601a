"""Plain English words: those that a headline may use although the brief does not.

They speak of time of day, light, feeling, going and coming, and promise nothing: no number, date,
price, material, origin, speed, rank or proof is among them. A word is left out when in doubt.
"""

from berg.language.bag import bag
from berg.language.words import stem

WORDS = bag(
    """
    a about above across after again against ahead air along aloud already am among an and
    another are around arrive as ask at awake away back be because become been before begin
    beginning behind being believe belong below bend beside between beyond big bit blue both
    breath breathe breeze bright bring but by call calm came can care carry catch chase choice
    choose clear clearly close closer cloud cold colour color come comes common corner could
    country crowd curious curve dance dare dark dawn day daylight dear deep deeper did
    different dim discover do does done door down draw dream drift drop dusk each early earth
    ease easily easy edge either else embrace end enjoy enough enter even evening ever every
    everyday everything everywhere explore eye face fall familiar far farther feel feeling
    felt few fill find finger flow fly follow for forget forward found friend from front
    fun further gather gave gentle gently get give given glad gleam glow go goes going gone
    good got grow grown had happen happily happy hard has have head hear heart heat held
    hello here hi high hold home hope horizon how hum hush i idea if imagine in
    inside instead into invite is it its itself join journey joy jump just keep kind knew know
    known late later laugh lead learn let letter life lift light like line linger listen little
    live long longer look love loved low many map mark matter may maybe me mean
    meant meet memory might mind mine mist moment mood moon more morning move much music
    must my narrow near nearly need next night nod noise now of often on onto
    open or other our ours out outside over own part pass past path pause peace people perhaps
    pick picture piece place plain play pleasure point poem possible pour push put quiet
    quietly quite reach read ready reason remember rest return ride right ring rise roam
    room round run rush said same sang saw say see seek seem seen sense set settle shade
    shadow shape share shine short should show side sight silence simple simply sing sip
    sit sky slow slowly small smell smile snow so soft softly some someone something sometimes
    somewhere song soon soul sound space spark speak spend spirit spot stand star start stay
    steady step still stood stop story stretch sun sunlight sunrise sunset surprise sway sweet
    swing take tale talk taste tell than that the their them then there these they thing think
    this those though thought through till time tiny to together told too touch toward towards
     travel try tune turn twilight under unfold until up upon us use very view visit
    voice wait wake walk wander want warm warmth was watch wave way we weather welcome well
    went were what when where wherever whether which while whisper who whole whose why wide
    will wind window wish with within wonder word world would write yes yet you your
    yours yourself
    """
)
"""As written; compared by their stems."""

STEMS = frozenset(map(stem, WORDS))
"""What plain words come down to."""
