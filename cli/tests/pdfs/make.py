#!/usr/bin/env python3
"""Writes the PDFs of the tests beside itself; nothing but Python's standard library. The texts are invented.

    python3 cli/tests/pdfs/make.py

Strings are hexadecimal and streams are not packed, so that the files can be read. No font is embedded.
"""
import hashlib
import pathlib

HERE = pathlib.Path(__file__).resolve().parent

HEADLINE = "桥头镇引水渠昨日通水"
LEFT = [
    "渠水流过桥头镇，沿岸的稻",
    "田渐渐泛黄。老闸工赵守渠说，",
    "今年的水比往年早到十二天，足",
    "够浇完下游的三千亩晚稻。",
]
RIGHT = [
    "镇水务站在渠首装了新的量",
    "水尺，每天早晚各记一次，数字",
    "写在闸房门口的黑板上，谁家几",
    "时放水，一看便知。",
]
# Size of the page, of the body type and of the headline, in points.
WIDTH, HEIGHT, BODY, HEAD = 420, 300, 10, 20
COLUMNS = [(40, LEFT), (220, RIGHT)]
LEADING = 16


class File:
    """Objects of a PDF by number, and the way they are written."""

    def __init__(self):
        self.objects = []

    def add(self, body):
        self.objects.append(body if isinstance(body, bytes) else body.encode())
        return len(self.objects)

    def stream(self, content, entries=""):
        content = content if isinstance(content, bytes) else content.encode()
        return self.add(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries.encode(), len(content), content))

    def write(self, name, root, trailer=""):
        out, places = b"%PDF-1.6\n", []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
        (HERE / f"{name}.pdf").write_bytes(out)


def cid_font(file, encoding, ordering="GB1", to_unicode=None):
    """A font for CIDs that is not embedded."""
    info = f"<< /Registry (Adobe) /Ordering ({ordering}) /Supplement 2 >>"
    look = file.add(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    below = file.add(
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo {info} /DW 1000 "
        f"/FontDescriptor {look} 0 R >>"
    )
    unicode = f"/ToUnicode {to_unicode} 0 R" if to_unicode else ""
    return file.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{encoding} "
        f"/DescendantFonts [{below} 0 R] {unicode} >>"
    )


def show(x, y, size, codes, before=""):
    return f"BT {before} /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{codes.hex().upper()}> Tj ET\n"


def page_of(encode, before=""):
    """The headline over two columns."""
    content = show(40, 250, HEAD, encode(HEADLINE), before)
    for x, lines in COLUMNS:
        for n, line in enumerate(lines):
            indent = 2 * BODY if n == 0 else 0
            content += show(x + indent, 220 - n * LEADING, BODY, encode(line), before)
    return content


def document(name, contents, font=None, extra="", page="", xobjects=None):
    """A file of a page for each content. `font` and `xobjects` add their objects to the file."""
    file = File()
    fonts = f"/Font << /F1 {font(file)} 0 R >>" if font else ""
    objects = xobjects(file, fonts) if xobjects else ""
    resources = f"/Resources << {fonts} {objects} >>"
    pages = len(file.objects) + 2 * len(contents) + 1
    kids = []
    for content in contents:
        stream = file.stream(content)
        box = f"/MediaBox [0 0 {WIDTH} {HEIGHT}] {page}"
        kids.append(file.add(f"<< /Type /Page /Parent {pages} 0 R {box} {resources} /Contents {stream} 0 R >>"))
    numbers = " ".join(f"{kid} 0 R" for kid in kids)
    assert file.add(f"<< /Type /Pages /Kids [{numbers}] /Count {len(kids)} >>") == pages
    root = file.add(f"<< /Type /Catalog /Pages {pages} 0 R >>")
    file.write(name, root, extra)


def predefined():
    """Predefined CMaps without ToUnicode."""
    cmaps = {
        "UniGB-UCS2-H": "utf-16-be",
        "UniGB-UTF16-H": "utf-16-be",
        "GBK-EUC-H": "gbk",
        "GBKp-EUC-H": "gbk",
        "GBK2K-H": "gb18030",
        "GB-EUC-H": "gb2312",
    }
    for cmap, codec in cmaps.items():
        document(cmap.lower(), [page_of(lambda text: text.encode(codec))], lambda file: cid_font(file, cmap))
    # The standard of Taiwan, which has no simplified characters.
    traditional = show(40, 220, BODY, "渠水流過橋頭鎮，沿岸的稻田漸漸泛黃。".encode("big5"))
    document("eten-b5-h", [traditional], lambda file: cid_font(file, "ETen-B5-H", "CNS1"))


def numbered():
    """CIDs in the order in which they come, as in fonts of which only the used glyphs are embedded."""
    used = sorted(set(HEADLINE + "".join(LEFT + RIGHT)))
    encode = lambda text: b"".join((used.index(c) + 1).to_bytes(2, "big") for c in text)  # noqa: E731
    rows = "\n".join(f"<{n:04X}> <{ord(c):04X}>" for n, c in enumerate(used, 1))
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Numbered def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(used)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    )
    named = lambda file: cid_font(file, "Identity-H", "Identity", file.stream(table))  # noqa: E731
    document("to-unicode", [page_of(encode)], named)
    document("no-unicode", [page_of(encode)], lambda file: cid_font(file, "Identity-H", "Identity"))


def utf16(text):
    return text.encode("utf-16-be")


def unigb(file):
    return cid_font(file, "UniGB-UCS2-H")


def ways_of_setting():
    """Hidden, turned, set downwards, painted twice, in forms."""
    page = page_of(utf16)
    grey = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    picture = lambda file, _: "/XObject << /P %d 0 R >>" % file.stream("x", grey[3:])  # noqa: E731
    paper = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q\n"
    document("hidden", [paper + page_of(utf16, "3 Tr")], unigb, xobjects=picture)
    document("scan", [paper, paper], unigb, xobjects=picture)
    document("first-page-a-scan", [paper, page], unigb, xobjects=picture)
    document("turned", [f"0 1 -1 0 {WIDTH} 0 cm\n" + page], unigb, page="/Rotate 90")
    document("two-pages", [page, show(40, 220, BODY, utf16("第二版只有这一行字。"))], unigb)

    downwards = "BT /F1 10 Tf 1 0 0 1 %d %d Tm <%s> Tj ET\n"
    run = "".join(LEFT)
    columns = [run[at : at + 13] for at in range(0, len(run), 13)]
    content = "".join(downwards % (300 - 16 * n, 250, utf16(line).hex()) for n, line in enumerate(columns))
    document("downwards", [content], lambda file: cid_font(file, "UniGB-UCS2-V"))
    stacked = "".join(show(300, 250 - 22 * n, HEAD, utf16(c)) for n, c in enumerate("引水渠通水"))
    document("stacked", [stacked], unigb)

    twice = show(40, 250, HEAD, utf16(HEADLINE)) + show(40.5, 250, HEAD, utf16(HEADLINE))
    by_glyph = "".join(
        show(40 + HEAD * n + shift, 200, HEAD, utf16(c)) for n, c in enumerate("渠首新装量水尺") for shift in (0, 0.4)
    )
    body = page.split("\n", 1)[1]
    document("painted-twice", [twice + body], unigb)
    document("glyphs-painted-twice", [by_glyph], unigb)

    def form(file, fonts):
        entries = f"/Type /XObject /Subtype /Form /BBox [0 0 {WIDTH} {HEIGHT}] /Matrix [1 0 0 1 0 -20] "
        inner = file.stream(page, entries + f"/Resources << {fonts} >>")
        return f"/XObject << /F {inner} 0 R >>"

    document("form", ["q 1 0 0 1 0 20 cm /F Do Q"], unigb, xobjects=form)

    def crowd(file, fonts):
        """Ten forms, each of which calls the next a hundred times."""
        entries = f"/Type /XObject /Subtype /Form /BBox [0 0 {WIDTH} {HEIGHT}] "
        number = file.stream("0 0 m", entries)
        for _ in range(10):
            number = file.stream("/F Do\n" * 100, entries + f"/Resources << /XObject << /F {number} 0 R >> >>")
        return f"/XObject << /F {number} 0 R >>"

    document("a-crowd-of-forms", [page + "/F Do\n"], unigb, xobjects=crowd)


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key, data):
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def encrypted(name, password):
    """Encryption of PDF 1.3 (version 1, 40 bits); both passwords are the same, or the user's is empty."""
    user, rights, mark = (password + PAD)[:32], -44, b"0123456789abcdef"
    owner = rc4(hashlib.md5((b"press" + PAD)[:32]).digest()[:5], user)
    key = hashlib.md5(user + owner + rights.to_bytes(4, "little", signed=True) + mark).digest()[:5]
    plain = File.stream

    def stream(file, content, entries=""):
        number = (len(file.objects) + 1).to_bytes(3, "little") + b"\0\0"
        return plain(file, rc4(hashlib.md5(key + number).digest()[:10], content.encode()), entries)

    File.stream = stream
    sealed = f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{rc4(key, PAD).hex()}> /P {rights} >>"
    lock = f"/Encrypt {sealed} /ID [<{mark.hex()}> <{mark.hex()}>]"
    # The strings of the font must be encrypted too, so the content sets type in a font of a standard, without strings.
    font = lambda file: file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")  # noqa: E731
    document(name, ["BT /F1 12 Tf 40 220 Td <5175616E20736869> Tj ET"], font, extra=lock)
    File.stream = plain


predefined()
numbered()
ways_of_setting()
encrypted("no-password", b"")
encrypted("password", b"water")
