//! Decodes bytes to text: detects the encoding, decodes strictly, and maps each character to its bytes.
//!
//! Detection takes the first of these that fits: a byte order mark; strict UTF-8; our own test for UTF-16 without a mark;
//! GB18030 or Big5, in the order that `chardetng` suggests. The encoding must decode every byte.

use crate::error::{Error, ErrorKind};
use crate::names::names;
use std::borrow::Cow;

/// The supported encodings.
///
/// ```
/// use qingyang::Encoding;
/// assert_eq!(Encoding::Gb18030.name(), "GB18030");
/// assert_eq!("Big5".parse::<Encoding>().unwrap(), Encoding::Big5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// GB18030, which includes GBK and GB2312.
    Gb18030,
    /// Big5 with the Hong Kong supplement.
    Big5,
}

names! {
    Encoding, "encoding",
    Utf8 = "UTF-8", Utf16Le = "UTF-16LE", Utf16Be = "UTF-16BE", Gb18030 = "GB18030", Big5 = "Big5",
}

impl Encoding {
    /// The encoding with this label, in upper or lower case. More labels are known than [`name`](Encoding::name) returns.
    ///
    /// ```
    /// use qingyang::decode::Encoding;
    /// assert_eq!(Encoding::from_label("GBK").unwrap(), Encoding::Gb18030);
    /// ```
    ///
    /// # Errors
    /// If no supported encoding has this label.
    pub fn from_label(label: &str) -> Result<Encoding, Error> {
        let lower = label.trim().to_ascii_lowercase();
        Ok(match lower.as_str() {
            "utf-8" | "utf8" | "ascii" | "us-ascii" => Encoding::Utf8,
            "utf-16" | "utf16" | "utf-16le" | "utf16le" => Encoding::Utf16Le,
            "utf-16be" | "utf16be" => Encoding::Utf16Be,
            _ => match encoding_rs::Encoding::for_label(lower.as_bytes()) {
                Some(e) if e == encoding_rs::GBK || e == encoding_rs::GB18030 => Encoding::Gb18030,
                Some(e) if e == encoding_rs::BIG5 => Encoding::Big5,
                _ if matches!(lower.as_str(), "cp936" | "ms936" | "gb18030-2005" | "gb18030-2022" | "euc-cn") => {
                    Encoding::Gb18030
                }
                _ if matches!(lower.as_str(), "cp950" | "big5hkscs") => Encoding::Big5,
                _ => return Err(ErrorKind::UnknownEncoding { name: label.to_string() }.into()),
            },
        })
    }

    pub(crate) fn table(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Gb18030 => encoding_rs::GB18030,
            Encoding::Big5 => encoding_rs::BIG5,
        }
    }

    /// Decodes a piece of a file, from between two characters to between two characters. `None` if bytes are malformed.
    pub(crate) fn decode_piece(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        self.table().decode_without_bom_handling_and_without_replacement(bytes)
    }

    /// The byte order mark, as bytes of this encoding.
    fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 => b"\xEF\xBB\xBF",
            Encoding::Utf16Le => b"\xFF\xFE",
            Encoding::Utf16Be => b"\xFE\xFF",
            Encoding::Gb18030 => b"\x84\x31\x95\x33",
            Encoding::Big5 => b"",
        }
    }
}

/// Detects the encoding of `bytes`. `last` states that no bytes follow; otherwise the end may cut a character in two.
///
/// ```
/// use qingyang::decode::{Encoding, detect};
/// assert_eq!(detect("渠水".as_bytes(), true).unwrap(), Encoding::Utf8);
/// ```
///
/// # Errors
/// If no supported encoding decodes every byte.
pub fn detect(bytes: &[u8], last: bool) -> Result<Encoding, Error> {
    for e in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030] {
        if bytes.starts_with(e.mark()) {
            return Ok(e);
        }
    }
    let zeros = || memchr::memchr(0, bytes).is_some();
    let utf8_until = match simdutf8::compat::from_utf8(bytes) {
        Ok(_) if !zeros() => return Ok(Encoding::Utf8),
        Ok(_) => bytes.len(),
        // A character that the end of the piece cuts in two is not malformed.
        Err(e) if e.error_len().is_none() && !last => {
            if !zeros() {
                return Ok(Encoding::Utf8);
            }
            bytes.len()
        }
        Err(e) => e.valid_up_to(),
    };
    if let Some(e) = utf16_without_mark(bytes) {
        return Ok(e);
    }
    if utf8_until == bytes.len() {
        return Ok(Encoding::Utf8); // with NUL among its characters
    }
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(bytes, last);
    let guess = detector.guess(None, false);
    let order = if guess == encoding_rs::BIG5 || guess != encoding_rs::GBK && looks_big5(bytes) {
        [Encoding::Big5, Encoding::Gb18030]
    } else {
        [Encoding::Gb18030, Encoding::Big5]
    };
    let mut farthest = (utf8_until as u64, Encoding::Utf8);
    for e in order {
        match first_bad(e, bytes, last) {
            None => return Ok(e),
            Some(at) if at > farthest.0 => farthest = (at, e),
            Some(_) => {}
        }
    }
    // Text that is UTF-8 up to a few malformed bytes is reported as UTF-8, so that the error names these bytes.
    let (offset, likeliest) = if utf8_until > 64 { (utf8_until as u64, Encoding::Utf8) } else { farthest };
    Err(ErrorKind::Undetected { offset, likeliest: likeliest.name() }.into())
}

/// Whether the trail bytes look like Big5: more than a fifth are in 0x40–0x7E, which GBK text of newspapers rarely uses.
fn looks_big5(bytes: &[u8]) -> bool {
    let (mut low, mut pairs) = (0usize, 0usize);
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] >= 0xA1 {
            pairs += 1;
            low += usize::from((0x40..=0x7E).contains(&bytes[at + 1]));
            at += 2;
        } else {
            at += 1;
        }
    }
    low * 5 > pairs
}

fn first_bad(e: Encoding, bytes: &[u8], last: bool) -> Option<u64> {
    let mut decoder = e.table().new_decoder_without_bom_handling();
    let mut out = [0u8; 8192];
    let mut read = 0;
    loop {
        let (result, used, _) = decoder.decode_to_utf8_without_replacement(&bytes[read..], &mut out, last);
        read += used;
        match result {
            encoding_rs::DecoderResult::InputEmpty => return None,
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(bad, extra) => {
                return Some((read.saturating_sub(usize::from(bad) + usize::from(extra))) as u64);
            }
        }
    }
}

/// Detects UTF-16 without a byte order mark. Of the first 4,096 pairs at least nine in ten must be ASCII or have a high
/// byte that is common in Chinese text, and one must be ASCII, so that GBK and ASCII text never passes. If both byte
/// orders fit, the one with more such pairs wins.
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    if bytes.len() < 4 {
        return None;
    }
    let share = |high: usize| {
        let (mut good, mut all, mut zero) = (0usize, 0usize, 0usize);
        for pair in bytes.chunks_exact(2).take(4096) {
            let (h, l) = (pair[high], pair[1 - high]);
            all += 1;
            match h {
                0x00 if (0x20..0x7F).contains(&l) || matches!(l, b'\n' | b'\r' | b'\t' | 0x0C) => {
                    good += 1;
                    zero += 1;
                }
                0x20 | 0x30 | 0xFF => good += 1,
                0x4E..=0x9F => good += 1,
                _ => {}
            }
        }
        (good, all, zero)
    };
    let le = share(1);
    let be = share(0);
    let good = |(good, all, _): (usize, usize, usize)| good * 10 >= all * 9;
    // ASCII and GBK have no zero bytes. Chinese UTF-16 has one in each line feed and digit.
    match (good(le) && le.2 > 0, good(be) && be.2 > 0) {
        (true, false) => Some(Encoding::Utf16Le),
        (false, true) => Some(Encoding::Utf16Be),
        (true, true) => Some(if le.0 >= be.0 { Encoding::Utf16Le } else { Encoding::Utf16Be }),
        (false, false) => None,
    }
}

/// Maps the characters of a decoded text to their bytes in the source, as runs of characters that have the same number of
/// bytes in the text and the same number in the source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceMap {
    runs: Vec<Run>,
    /// Malformed sequences that became U+FFFD, in order.
    pub replaced: Vec<Replaced>,
    base: u64,
    text_len: usize,
    source_len: u64,
}

/// A malformed sequence that became U+FFFD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replaced {
    /// Byte of the text at which the U+FFFD stands.
    pub text: usize,
    /// First byte of the sequence in the source.
    pub start: u64,
    bytes: [u8; LONGEST],
    len: u8,
}

/// Bytes of the longest sequence that one U+FFFD replaces.
const LONGEST: usize = 4;

impl Replaced {
    fn new(text: usize, start: u64, sequence: &[u8]) -> Replaced {
        let len = sequence.len().min(LONGEST);
        let mut bytes = [0; LONGEST];
        bytes[..len].copy_from_slice(&sequence[..len]);
        Replaced { text, start, bytes, len: len as u8 }
    }

    /// The bytes of the sequence.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    text: usize,
    source: u64,
    text_step: u32,
    source_step: u32,
}

impl SourceMap {
    /// The map of a text of `len` bytes that are the same as those of the source from byte `base` on.
    pub fn identity(base: u64, len: usize) -> SourceMap {
        SourceMap { base, text_len: len, source_len: base + len as u64, ..SourceMap::default() }
    }

    fn push(&mut self, text_step: usize, source_step: usize) {
        let (text_step, source_step) = (text_step as u32, source_step as u32);
        let fits = self.runs.last().is_some_and(|r| r.text_step == text_step && r.source_step == source_step);
        if !fits {
            self.runs.push(Run { text: self.text_len, source: self.source_len, text_step, source_step });
        }
        self.text_len += text_step as usize;
        self.source_len += u64::from(source_step);
    }

    /// Adds text that has the same bytes as the source: one run, whatever its characters.
    fn push_same(&mut self, len: usize) {
        if len > 0 {
            self.push(1, 1);
            self.text_len += len - 1;
            self.source_len += len as u64 - 1;
        }
    }

    /// Translates byte `text` of the text to the byte of the source at which that character begins.
    ///
    /// ```
    /// use qingyang::decode::decode;
    /// let d = decode(b"\xC7\xFE\xCB\xAE", None, false).unwrap();
    /// assert_eq!((&*d.text, d.map.source(3)), ("渠水", 2));
    /// ```
    pub fn source(&self, text: usize) -> u64 {
        if self.runs.is_empty() {
            return self.base + text.min(self.text_len) as u64;
        }
        if text >= self.text_len {
            return self.source_len;
        }
        let k = self.runs.partition_point(|r| r.text <= text).saturating_sub(1);
        let run = &self.runs[k];
        let step = run.text_step.max(1) as usize;
        run.source + ((text - run.text) / step) as u64 * u64::from(run.source_step)
    }

    /// Translates byte `source` of the source to the byte of the text at which that character begins.
    ///
    /// ```
    /// use qingyang::decode::decode;
    /// let d = decode(b"\xC7\xFE\xCB\xAE", None, false).unwrap();
    /// assert_eq!((d.map.text(2), d.map.text(4)), (3, 6));
    /// ```
    pub fn text(&self, source: u64) -> usize {
        if self.runs.is_empty() {
            return usize::try_from(source.saturating_sub(self.base)).map_or(self.text_len, |n| n.min(self.text_len));
        }
        if source >= self.source_len {
            return self.text_len;
        }
        let k = self.runs.partition_point(|r| r.source <= source).saturating_sub(1);
        let run = &self.runs[k];
        let step = u64::from(run.source_step.max(1));
        run.text + (source.saturating_sub(run.source) / step) as usize * run.text_step as usize
    }
}

impl SourceMap {
    /// Removes the first `text` bytes of the text. The rest moves to the beginning.
    pub(crate) fn forget(&mut self, text: usize) {
        let source = self.source(text);
        let first = self.runs.partition_point(|r| r.text <= text).saturating_sub(1);
        self.runs.drain(..first.min(self.runs.len()));
        for run in &mut self.runs {
            if run.text <= text {
                run.source = source;
                run.text = 0;
            } else {
                run.text -= text;
            }
        }
        self.replaced.retain_mut(|r| {
            let kept = r.text >= text;
            if kept {
                r.text -= text;
            }
            kept
        });
        if self.runs.is_empty() {
            self.base = source;
        }
        self.text_len -= text.min(self.text_len);
    }
}

/// A decoded text.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded<'a> {
    /// The text without its byte order mark; borrowed if the bytes are valid UTF-8.
    pub text: Cow<'a, str>,
    /// The encoding of the bytes.
    pub encoding: Encoding,
    /// Maps the text to the bytes.
    pub map: SourceMap,
    /// Number of malformed sequences that became U+FFFD.
    pub malformed: u64,
}

/// Decodes a whole file. If `encoding` is `None`, it is detected. If `lossy` is set, malformed bytes become U+FFFD and are
/// counted; otherwise they are an error.
///
/// ```
/// use qingyang::decode::{Encoding, decode};
/// let d = decode(b"\xFF\xFE\x20\x6E", None, false).unwrap();
/// assert_eq!((&*d.text, d.encoding), ("渠", Encoding::Utf16Le));
/// ```
///
/// # Errors
/// If `lossy` is off and bytes are malformed, or no encoding fits.
pub fn decode(bytes: &[u8], encoding: Option<Encoding>, lossy: bool) -> Result<Decoded<'_>, Error> {
    let mut decoder = match encoding {
        Some(e) => Decoder::new(e, lossy),
        None => match detect(bytes, true) {
            Ok(e) => Decoder::new(e, lossy).found(),
            Err(_) if lossy => Decoder::new(likeliest(bytes), lossy),
            Err(error) => return Err(error),
        },
    };
    if decoder.encoding == Encoding::Utf8 {
        let body = bytes.strip_prefix(Encoding::Utf8.mark()).unwrap_or(bytes);
        if let Ok(text) = simdutf8::basic::from_utf8(body) {
            let map = SourceMap::identity((bytes.len() - body.len()) as u64, text.len());
            return Ok(Decoded { text: Cow::Borrowed(text), encoding: Encoding::Utf8, map, malformed: 0 });
        }
    }
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut map = SourceMap::default();
    decoder.decode(bytes, true, &mut text, Some(&mut map))?;
    Ok(Decoded { text: Cow::Owned(text), encoding: decoder.encoding, map, malformed: decoder.malformed })
}

/// For bytes that no encoding decodes wholly, the encoding that decodes the longest beginning.
pub(crate) fn likeliest(bytes: &[u8]) -> Encoding {
    match detect(bytes, true) {
        Ok(e) => e,
        Err(e) => match e.kind() {
            ErrorKind::Undetected { likeliest, .. } if *likeliest == Encoding::Gb18030.name() => Encoding::Gb18030,
            ErrorKind::Undetected { likeliest, .. } if *likeliest == Encoding::Big5.name() => Encoding::Big5,
            _ => Encoding::Utf8,
        },
    }
}

/// Decodes a stream piece by piece, and knows the offset of malformed bytes in the stream.
///
/// ```
/// use qingyang::decode::{Decoder, Encoding};
/// let mut decoder = Decoder::new(Encoding::Utf8, false);
/// let mut text = String::new();
/// let bytes = "渠水".as_bytes();
/// assert_eq!(decoder.decode(&bytes[..4], false, &mut text, None).unwrap(), 3);
/// assert_eq!(decoder.decode(&bytes[3..], true, &mut text, None).unwrap(), 3);
/// assert_eq!(text, "渠水");
/// ```
#[derive(Debug, Clone)]
pub struct Decoder {
    encoding: Encoding,
    lossy: bool,
    detected: bool,
    offset: u64,
    /// Number of malformed sequences replaced so far.
    pub malformed: u64,
    /// Bytes of the byte order mark that was taken away.
    mark: u8,
}

impl Decoder {
    /// A decoder at the first byte of a stream. If `lossy` is set, malformed bytes become U+FFFD; otherwise they are an
    /// error.
    pub fn new(encoding: Encoding, lossy: bool) -> Decoder {
        Decoder { encoding, lossy, detected: false, offset: 0, malformed: 0, mark: 0 }
    }

    /// Notes that the encoding was detected, which the error messages mention.
    #[must_use]
    pub fn found(mut self) -> Decoder {
        self.detected = true;
        self
    }

    /// The encoding.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Bytes of the byte order mark at the head of the stream, which is no text.
    pub(crate) fn mark(&self) -> u64 {
        self.mark.into()
    }

    /// A decoder of the same stream at another byte of it, which begins a character.
    pub(crate) fn at(&self, offset: u64) -> Decoder {
        Decoder { offset, malformed: 0, mark: 0, ..self.clone() }
    }

    /// Goes back so many bytes, which will be decoded again.
    pub(crate) fn rewind(&mut self, bytes: u64) {
        self.offset -= bytes;
    }

    /// Number of bytes of the stream decoded so far.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Decodes `bytes`, appends the text to `out` and its places to `map`, and returns the number of bytes used.
    ///
    /// If `last` is false, a sequence that the end of `bytes` cuts is not used. The next call must begin with its bytes.
    ///
    /// # Errors
    /// If bytes are malformed and the decoder is not lossy. `out` then has the text before them.
    pub fn decode(
        &mut self,
        bytes: &[u8],
        last: bool,
        out: &mut String,
        mut map: Option<&mut SourceMap>,
    ) -> Result<usize, Error> {
        let mut used = 0;
        if self.offset == 0 && !bytes.is_empty() {
            let mark = self.encoding.mark();
            if !mark.is_empty() && bytes.starts_with(mark) {
                used = mark.len();
                self.mark = used as u8;
            } else if !last && bytes.len() < mark.len() && mark.starts_with(bytes) {
                return Ok(0);
            }
        }
        if let Some(map) = &mut map
            && map.text_len == 0
            && map.runs.is_empty()
        {
            map.source_len = self.offset + used as u64;
            map.base = map.source_len;
        }
        loop {
            let rest = &bytes[used..];
            let (good, bad) = self.whole(rest, last, out, map.as_deref_mut());
            used += good;
            match bad {
                None => break,
                Some(bad) if self.lossy => {
                    if let Some(map) = &mut map {
                        let at = map.source_len;
                        map.replaced.push(Replaced::new(out.len(), at, &rest[good..good + bad]));
                        map.push(3, bad);
                    }
                    out.push('\u{FFFD}');
                    self.malformed += 1;
                    used += bad;
                }
                Some(bad) => {
                    let offset = self.offset + used as u64;
                    let bytes = rest[good..good + bad.min(4)].to_vec();
                    self.offset = offset;
                    return Err(ErrorKind::Malformed {
                        encoding: self.encoding.name(),
                        offset,
                        bytes,
                        detected: self.detected,
                    }
                    .into());
                }
            }
        }
        self.offset += used as u64;
        Ok(used)
    }

    /// Decodes up to the first malformed sequence. Returns the bytes used and the length of that sequence.
    fn whole(&self, bytes: &[u8], last: bool, out: &mut String, map: Option<&mut SourceMap>) -> (usize, Option<usize>) {
        match self.encoding {
            Encoding::Utf8 => {
                // A character that the end of a block cuts in two would send the whole block down the slow path.
                let cut = if last { bytes.len() } else { whole_characters(bytes) };
                let (text, bad) = match simdutf8::basic::from_utf8(&bytes[..cut]) {
                    Ok(text) => (text, None),
                    Err(_) => {
                        let flaw = std::str::from_utf8(bytes).err();
                        let good = flaw.map_or(bytes.len(), |e| e.valid_up_to());
                        let text = simdutf8::basic::from_utf8(&bytes[..good]).unwrap_or("");
                        let cut = || last.then(|| bytes.len() - text.len());
                        (text, flaw.and_then(|e| e.error_len().or_else(cut)))
                    }
                };
                if let Some(map) = map {
                    map.push_same(text.len());
                }
                out.push_str(text);
                (text.len(), bad)
            }
            Encoding::Utf16Le | Encoding::Utf16Be => self.utf16(bytes, last, out, map),
            Encoding::Gb18030 | Encoding::Big5 => self.double_byte(bytes, last, out, map),
        }
    }

    fn utf16(
        &self,
        bytes: &[u8],
        last: bool,
        out: &mut String,
        mut map: Option<&mut SourceMap>,
    ) -> (usize, Option<usize>) {
        let unit = |at: usize| {
            let pair = bytes.get(at..at + 2)?;
            Some(if self.encoding == Encoding::Utf16Le {
                u16::from_le_bytes([pair[0], pair[1]])
            } else {
                u16::from_be_bytes([pair[0], pair[1]])
            })
        };
        let mut at = 0;
        while let Some(a) = unit(at) {
            let (c, len) = match a {
                0xD800..=0xDBFF => match unit(at + 2) {
                    Some(b @ 0xDC00..=0xDFFF) => {
                        let code = 0x10000 + ((u32::from(a) - 0xD800) << 10) + (u32::from(b) - 0xDC00);
                        (char::from_u32(code).unwrap_or('\u{FFFD}'), 4)
                    }
                    None if !last => return (at, None),
                    _ => return (at, Some(2)),
                },
                0xDC00..=0xDFFF => return (at, Some(2)),
                a => (char::from_u32(u32::from(a)).unwrap_or('\u{FFFD}'), 2),
            };
            out.push(c);
            if let Some(map) = &mut map {
                map.push(c.len_utf8(), len);
            }
            at += len;
        }
        let rest = bytes.len() - at;
        (at, (last && rest > 0).then_some(rest))
    }

    fn double_byte(
        &self,
        bytes: &[u8],
        last: bool,
        out: &mut String,
        map: Option<&mut SourceMap>,
    ) -> (usize, Option<usize>) {
        // Whole sequences only, so that the decoder keeps no bytes for the next call.
        let end = if last { bytes.len() } else { self.whole_sequences(bytes) };
        let table = self.encoding.table();
        let Some(map) = map else {
            let mut decoder = table.new_decoder_without_bom_handling();
            let mut at = 0;
            loop {
                out.reserve(decoder.max_utf8_buffer_length_without_replacement(end - at).unwrap_or(0).max(16));
                let (result, used) = decoder.decode_to_string_without_replacement(&bytes[at..end], out, true);
                at += used;
                match result {
                    encoding_rs::DecoderResult::InputEmpty => return (at, None),
                    encoding_rs::DecoderResult::OutputFull => {}
                    encoding_rs::DecoderResult::Malformed(bad, extra) => {
                        let bad = usize::from(bad);
                        return (at - bad - usize::from(extra), Some(bad));
                    }
                }
            }
        };
        let mut at = 0;
        while at < end {
            let len = self.sequence(&bytes[at..end]);
            let before = out.len();
            let mut decoder = table.new_decoder_without_bom_handling();
            out.reserve(16);
            let (result, _) = decoder.decode_to_string_without_replacement(&bytes[at..at + len], out, true);
            if let encoding_rs::DecoderResult::Malformed(bad, extra) = result {
                out.truncate(before);
                return (at, Some(usize::from(bad).max(1).min(len - usize::from(extra).min(len - 1))));
            }
            // One code may give two characters. The second has no source of its own.
            let mut source = len;
            for c in out[before..].chars() {
                map.push(c.len_utf8(), source);
                source = 0;
            }
            at += len;
        }
        (end, None)
    }

    /// Length of the sequence that begins here: 1, 2 or, in GB18030, 4, but not more than what is left.
    fn sequence(&self, bytes: &[u8]) -> usize {
        let len = match (self.encoding, bytes) {
            (_, [0..=0x80, ..]) => 1,
            (Encoding::Gb18030, [_, 0x30..=0x39, ..]) => 4,
            (_, [_, _, ..]) => 2,
            _ => 1,
        };
        len.min(bytes.len())
    }

    /// How many of the bytes are whole sequences.
    fn whole_sequences(&self, bytes: &[u8]) -> usize {
        // A line feed is never a trail byte, so a sequence begins after the last one.
        let mut at = memchr::memrchr(b'\n', bytes).map_or(0, |n| n + 1);
        while at < bytes.len() {
            let len = match (self.encoding, &bytes[at..]) {
                (_, [0..=0x80, ..]) => 1,
                (_, [_]) => return at,
                (Encoding::Gb18030, [_, 0x30..=0x39, rest @ ..]) => {
                    if rest.len() < 2 {
                        return at;
                    }
                    4
                }
                _ => 2,
            };
            if at + len > bytes.len() {
                return at;
            }
            at += len;
        }
        at
    }
}

/// Length of the whole characters in `bytes`, if they are UTF-8: without a lead byte near the end whose character is cut.
fn whole_characters(bytes: &[u8]) -> usize {
    let tail = bytes.len().saturating_sub(3);
    let lead = bytes[tail..].iter().rposition(|&b| b >= 0xC0).map(|n| tail + n);
    let wanted = |lead: u8| match lead {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    };
    lead.filter(|&at| at + wanted(bytes[at]) > bytes.len()).unwrap_or(bytes.len())
}
