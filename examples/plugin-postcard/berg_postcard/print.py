"""The work of postcard.print. Only a worker imports it."""

import io

import numpy as np
import onnxruntime
from PIL import Image, ImageDraw, ImageFont, ImageOps

from berg.media.image.photo import read_photo
from berg.schema.context import Context
from berg.steps.marked import marked
from berg_postcard.card import FONT, FOOT, HEIGHT, MODEL, WIDTH, Card, PrintCard


def print_card(call: PrintCard, ctx: Context) -> Card:
    """Fit the photograph, frost its foot, write the greeting, mark, store."""
    photo = Image.fromarray(read_photo(ctx.path(call.picture), least=(WIDTH, HEIGHT)))
    card = np.array(ImageOps.fit(photo, (WIDTH, HEIGHT)))
    card[-FOOT:] = frosted(card, str(ctx.weights[MODEL]))[-FOOT:]
    image = Image.fromarray(card)
    font = ImageFont.truetype(str(ctx.weights[FONT]), 56)
    place = (WIDTH // 2, HEIGHT - FOOT // 2)
    ImageDraw.Draw(image).text(place, call.greeting, fill=call.ink, font=font, anchor="mm")
    rgb, mark = marked(np.array(image), call.mark, ctx)
    data = io.BytesIO()
    Image.fromarray(rgb).save(data, "JPEG", quality=92)
    return Card(image=ctx.put_bytes(data.getvalue(), "image/jpeg"), mark=mark)


def frosted(rgb: np.ndarray, model: str) -> np.ndarray:
    """The picture through the model, and half way to white."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the same bytes on however many cores
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    planes = rgb.astype(np.float32).transpose(2, 0, 1)[None]
    (soft,) = session.run(None, {"picture": planes})
    return (127.5 + soft[0].transpose(1, 2, 0) / 2).clip(0, 255).astype(np.uint8)
