"""The other side: one bare FFmpeg filtergraph that does the same in one pass."""

import subprocess
from pathlib import Path

import imageio_ffmpeg

from bench.composing.materials import FPS, HEIGHT, WIDTH, Materials, Shot

_COLOR = "colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"


def command(materials: Materials) -> list[str]:
    """Inputs: first the shots, then the captions, the voices, the music."""
    call = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"]
    files = [shot.file for shot in materials.shots]
    files += [c.sheet for shot in materials.shots for c in shot.captions]
    files += [shot.voice for shot in materials.shots] + [materials.music]
    for file in files:
        call += ["-i", str(file)]
    return call


def picture_graph(materials: Materials) -> str:
    """Motion, concatenation, captions; its output is [v]."""
    parts = [_shot(index, shot) for index, shot in enumerate(materials.shots)]
    joined = "".join(f"[s{i}]" for i in range(len(materials.shots)))
    parts.append(f"{joined}concat=n={len(materials.shots)}:v=1:a=0[c0]")
    number, start = 0, 0
    for shot in materials.shots:
        for caption in shot.captions:
            first, end = start + caption.first, start + caption.end
            seen = f"between(n,{first},{end - 1})"
            source = len(materials.shots) + number
            parts.append(
                f"[c{number}][{source}:v]overlay={caption.left}:{caption.top}:"
                f"format=yuv420:enable='{seen}'[c{number + 1}]"
            )
            number += 1
        start += shot.frames
    parts.append(
        f"[c{number}]setparams={_COLOR.replace('colorspace=bt709:', '')}:colorspace=bt709[v]"
    )
    return ";".join(parts)


def _shot(index: int, shot: Shot) -> str:
    wide, tall = shot.size
    if shot.moving:
        crop = f"crop={tall * WIDTH // HEIGHT // 2 * 2}:{tall}," if wide > tall else ""
        scale = f"scale={WIDTH}:{HEIGHT}," if wide > tall else ""
        return f"[{index}:v]{crop}{scale}setsar=1,format=yuv420p[s{index}]"
    return (
        f"[{index}:v]scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,"
        f"zoompan=z='1+0.0005*on':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d={shot.frames}:"
        f"s={WIDTH}x{HEIGHT}:fps={FPS},setsar=1[s{index}]"
    )


def sound_graph(materials: Materials) -> str:
    """Voices in their places, over the music; its output is [a]."""
    count = len(materials.shots)
    base = count + sum(len(shot.captions) for shot in materials.shots)
    parts, start = [], 0
    for n, shot in enumerate(materials.shots):
        delay = int((start + 3) * 1000 / FPS)
        parts.append(f"[{base + n}:a]adelay={delay}[v{n}]")
        start += shot.frames
    mixed = "".join(f"[v{n}]" for n in range(count)) + f"[{base + count}:a]"
    parts.append(f"{mixed}amix=inputs={count + 1}:normalize=0,aresample=48000[a]")
    return ";".join(parts)


def make(materials: Materials, out: Path) -> None:
    """The whole film, with FFmpeg's own choice of threads."""
    graph = picture_graph(materials) + ";" + sound_graph(materials)
    encode = [
        "-c:v",
        "libx264",
        "-preset",
        "medium",
        "-crf",
        "23",
        "-profile:v",
        "high",
        "-pix_fmt",
        "yuv420p",
    ]
    encode += ["-c:a", "aac", "-b:a", "192k", "-ac", "2", "-movflags", "+faststart"]
    maps = ["-filter_complex", graph, "-map", "[v]", "-map", "[a]", "-r", str(FPS)]
    subprocess.run([*command(materials), *maps, *encode, str(out)], check=True)


def ssim_command(materials: Materials, film: Path) -> list[str]:
    """Compares a film made by `make` with the filtergraph's frames before encoding."""
    call = command(materials)
    film_index = call.count("-i")
    graph = f"{picture_graph(materials)};[v][{film_index}:v]ssim"
    call[call.index("-v") + 1] = "info"
    return [*call, "-i", str(film), "-filter_complex", graph, "-f", "null", "-"]
