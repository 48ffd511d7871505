"""Files as strangers send them, made here: plain, odd and hostile."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

HEIC = (Path(__file__).parent / "data" / "phone.heic").read_bytes()  # 160 × 120, red in the upper left, with GPS
SCRIPT = b"<script>alert(document.domain)</script>"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
XMP = b"<x:xmpmeta><exif:GPSLatitude>28.2282</exif:GPSLatitude>CANARY-COMMENT</x:xmpmeta>"


def photo(size=(640, 480), mode="RGB"):
    image = Image.new("RGB", size, "#eee")
    draw = ImageDraw.Draw(image)
    for at in range(0, size[0], 16):
        draw.line((at, 0, size[0] - at, size[1]), fill=(at % 255, 80, 160))
    return image.convert(mode)


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def jpeg(size=(640, 480), **options):
    return saved(photo(size), "JPEG", **options)


def png(size=(640, 480), **options):
    return saved(photo(size), "PNG", **options)


def exif(orientation=None):
    made = Image.Exif()
    made[0x010F], made[0x9286] = "CanaryPhone", "CANARY-COMMENT"
    place = made.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (28.0, 13.0, 41.52), "E", (112.0, 56.0, 20.0)
    if orientation:
        made[0x0112] = orientation
    return made


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunk(data, kind, body):
    return data[:33] + chunk(kind, body) + data[33:]


def png_claiming(width, height, rows):
    packer = zlib.compressobj(9)
    row = b"\0" * ((width + 7) // 8 + 1)
    body = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def heic_claiming(width, height):
    at = HEIC.index(b"ispe") + 8
    return HEIC[:at] + struct.pack(">II", width, height) + HEIC[at + 8 :]


def zipped(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def animated(form):
    frames = [photo((64, 64)).rotate(at * 7) for at in range(5)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:])


def drawing(strokes=((40, 60, 300, 120), (60, 150, 280, 40)), ink="black", paper=(0, 0, 0, 0)):
    canvas = Image.new("RGBA", (800, 400), paper)
    draw = ImageDraw.Draw(canvas)
    for stroke in strokes:
        draw.line(stroke, fill=ink, width=6)
    return saved(canvas, "PNG")


def pdf(pages=1, change=None):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 300)
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def action(kind, **more):
    made = DictionaryObject({NameObject("/S"): NameObject(kind)})
    for name, value in more.items():
        made[NameObject(f"/{name}")] = TextStringObject(value)
    return made


def note(writer, subtype, **entries):
    made = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(subtype)})
    for name, value in entries.items():
        made[NameObject(f"/{name}")] = value
    page = writer.pages[0]
    page.setdefault(NameObject("/Annots"), ArrayObject()).append(writer._add_object(made))


def picture_in(writer, data):
    stream = StreamObject()
    stream._data = data
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Image")
    stream[NameObject("/Filter")] = NameObject("/DCTDecode")
    place = writer._add_object(stream)
    objects = DictionaryObject({NameObject("/Im0"): place})
    writer.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})


PNG_SMALL = png((64, 48))
