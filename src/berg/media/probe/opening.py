"""Opening a container file safely: local, of a known format and codec, never a playlist."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.stream import VideoStream

from berg.errors import MediaError
from berg.media.probe.sniff import ALLOWED

_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,mxf,flv,ogg,asf,gif,apng,"
    "nut,dv,ivf,h264,hevc,m4v,obu,wav,w64,mp3,flac,aac,aiff,caf"
)
_CODECS = (
    "h264,hevc,libdav1d,av1,vp8,vp9,libvpx,libvpx-vp9,mpeg4,mpeg2video,mpeg1video,h263,flv,"
    "msmpeg4v1,msmpeg4v2,msmpeg4,wmv1,wmv2,wmv3,vc1,theora,prores,dnxhd,cfhd,mjpeg,dvvideo,ffv1,"
    "huffyuv,ffvhuff,utvideo,magicyuv,qtrle,png,apng,gif,rawvideo,v210,v308,v410,r210,rpza,svq1,"
    "svq3,cinepak,hap,vvc,jpeg2000,tiff,bmp,"
    "aac,aac_fixed,aac_latm,alac,flac,mp3float,mp3,mp2float,mp2,ac3,eac3,opus,libopus,vorbis,"
    "libvorbis,dca,wmav1,wmav2,wmapro,amrnb,amrwb,adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,"
    "pcm_s8,pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,"
    "pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw,pcm_bluray,pcm_dvd"
)
_OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": _FORMATS,
    "codec_whitelist": _CODECS,
}
_PATIENCE_S = 60.0
"""Most seconds that opening, or one read, may block: a local file never comes near."""


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """A container, opened; whatever FFmpeg says against its content becomes a MediaError."""
    try:
        url = "file:" + os.path.abspath(path)
        with av.open(
            url, container_options=_OPTIONS, metadata_errors="replace", timeout=_PATIENCE_S
        ) as container:
            yield container
    except FFmpegError as error:
        raise MediaError(f"{path.name}: {_reason(error)}; {ALLOWED}", where=path.name) from error


def moving_pictures(container: InputContainer) -> list[VideoStream]:
    """The video streams that are not attached pictures, such as an album's cover."""
    return [s for s in container.streams.video if Disposition.attached_pic not in s.disposition]


def _reason(error: FFmpegError) -> str:
    if isinstance(error, av.error.InvalidDataError):
        return "is not a clip or sound that berg reads, is damaged, or is cut short"
    return f"can't be read ({error.strerror})"
