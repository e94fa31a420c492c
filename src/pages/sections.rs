//! A long stream in sections that several threads clean.
//!
//! A section ends before a form feed, or after a line where the window of a long page is cut. If the page before such a place
//! has text, nothing but the place itself is known to the page behind it, so a section can be cleaned before the one above it
//! is. Where that does not hold, the stream of the section above goes on, one section after the other, until it holds again. So
//! the proofs are those of one [`Stream`].

use super::cut::{cut_place, floor};
use super::stream::Stream;
use super::stream::section::{Rest, Start, Template};
use crate::error::Error;
use crate::proof::Proof;
use crate::text::decode::Encoding;
use crate::text::ends::count_line_feeds;

/// Bytes of a section at least, if the input has so many: enough pages that handing them over costs nothing beside them.
const LEAST: usize = 1 << 16;

/// Bytes after which a section ends although no place fits.
const MOST: usize = 1 << 20;

/// Bytes of text that a byte of GB18030 or Big5 becomes at most: two bytes of Big5 may be a letter and its accent.
const MOST_OF_A_BYTE: usize = 2;

/// Bytes of the longest character.
const LONGEST: usize = 4;

/// Where a section ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Before a form feed.
    Feed,
    /// After a line, at the end of a window.
    Window,
    /// Anywhere in a page.
    Open,
    /// At the end of the input.
    Input,
}

/// A part of the input that can be cleaned in another thread. A [`SectionCleaner`] cleans it.
#[derive(Debug)]
pub struct Section {
    start: Start,
    bytes: Vec<u8>,
    end: End,
    /// Whether the section above ends where this one can begin on its own.
    stands_alone: bool,
}

/// A section that was cleaned, or waits for its turn. [`Sections::join`] takes it.
#[derive(Debug)]
pub struct CleanSection {
    section: Section,
    proofs: Vec<Proof>,
    malformed: u64,
    error: Option<Error>,
    /// The stream, where the next section must go on with it.
    stream: Option<Box<Stream>>,
}

impl CleanSection {
    /// The first byte of the section in the input, and its bytes.
    pub fn input(&self) -> (u64, &[u8]) {
        (self.section.start.byte, &self.section.bytes)
    }

    /// Whether it may have malformed bytes: it has, or it waits for its turn.
    pub fn is_faulty(&self) -> bool {
        self.error.is_some() || !self.section.stands_alone
    }
}

/// Makes the cleaners of an input's sections, one for each thread.
#[derive(Debug, Clone)]
pub struct SectionTemplate(Template);

impl SectionTemplate {
    /// A cleaner.
    pub fn cleaner(&self) -> SectionCleaner {
        SectionCleaner { template: self.0.clone(), stream: Stream::of(&self.0) }
    }
}

/// Cleans the sections of one input in one thread, and keeps its memory.
#[derive(Debug)]
pub struct SectionCleaner {
    template: Template,
    stream: Stream,
}

impl SectionCleaner {
    /// Cleans a section.
    pub fn clean(&mut self, section: Section) -> CleanSection {
        let (proofs, malformed, error, stream) = (Vec::new(), 0, None, None);
        let mut clean = CleanSection { section, proofs, malformed, error, stream };
        if !clean.section.stands_alone {
            return clean;
        }
        self.stream.restart(&self.template, clean.section.start);
        let done = clean.section.put_in(&mut self.stream, &mut |proof| clean.proofs.push(proof));
        clean.malformed = self.stream.malformed();
        clean.error = done.err();
        if clean.error.is_none() && clean.section.end != End::Input && !self.stream.is_between_sections() {
            let next = Stream::of(&self.template);
            clean.stream = Some(Box::new(std::mem::replace(&mut self.stream, next)));
        }
        clean
    }
}

impl Section {
    /// Cleans it with a stream that stands at its beginning.
    fn put_in(&self, stream: &mut Stream, take: &mut dyn FnMut(Proof)) -> Result<(), Error> {
        stream.push(&self.bytes, take)?;
        match self.end {
            End::Feed => stream.end_section(true, take),
            End::Window => stream.end_section(false, take),
            End::Open => Ok(()),
            End::Input => stream.finish(take),
        }
    }
}

/// Where a page is cut.
enum Cut {
    At(usize),
    /// It is longer than a window, and not cut behind a line.
    Nowhere,
    /// It is not longer than a window so far.
    None,
}

impl Cut {
    fn of(place: Option<usize>) -> Cut {
        place.map_or(Cut::Nowhere, Cut::At)
    }
}

/// The end of the first window of a text, if it is behind a line.
fn window_end(text: &str, window: usize) -> Option<usize> {
    let window = &text[..floor(text, window)];
    let cut = cut_place(window);
    window[..cut].ends_with('\n').then_some(cut)
}

/// Cuts the rest of a stream into sections, and joins their proofs.
///
/// ```
/// use qingyang::{Encoding, Options, Sections, Stream};
/// let mut stream = Stream::new(Options::default(), Some(Encoding::Utf8), false);
/// let mut out = String::new();
/// stream.push("渠 水 流 过 桥 头 镇\n\x0c".as_bytes(), &mut |p| out.push_str(&p.text)).unwrap();
/// let mut sections = Sections::of(stream).ok().unwrap();
/// let mut cleaner = sections.template().cleaner(); // one for each thread
/// let mut cut = Vec::new();
/// sections.push("号 外\n".as_bytes(), &mut |section| cut.push(section));
/// sections.finish(&mut |section| cut.push(section));
/// for section in cut {
///     let clean = cleaner.clean(section); // in any order
///     sections.join(clean, &mut |p| out.push_str(&p.text)).unwrap(); // in the order of the input
/// }
/// assert_eq!(out, "渠水流过桥头镇\n\x0c号外\n");
/// ```
#[derive(Debug)]
pub struct Sections {
    template: Template,
    window: usize,
    /// The stream that goes on with the next section that is joined.
    stream: Option<Box<Stream>>,
    malformed: u64,
    start: Start,
    bytes: Vec<u8>,
    /// Where the page in `bytes`, or its piece, begins; `None` if that is not known, or if it cannot be cut at a line.
    page: Option<usize>,
    /// What the stream holds of that page before `bytes`: text, and the bytes of a character that has more.
    held: (String, Vec<u8>),
    /// The last form feed in `bytes`.
    feed: Option<usize>,
    searched: usize,
    /// Whether the next section stands alone.
    stands_alone: bool,
}

impl Sections {
    /// Goes on with a stream in sections. The stream is given back if it cannot be cut: while its encoding is not known, in
    /// UTF-16, with decisions, and where paragraphs are joined across pages.
    ///
    /// # Errors
    /// The stream itself, as it was.
    pub fn of(mut stream: Stream) -> Result<Sections, Box<Stream>> {
        let Some((template, start, rest)) = stream.can_be_cut().then(|| stream.cut()).flatten() else {
            return Err(Box::new(stream));
        };
        let (page, held, bytes) = match rest {
            Rest::Bytes(bytes) => (Some(0), Default::default(), bytes),
            Rest::Kept(text, begun) => (Some(0), (text, begun), Vec::new()),
            Rest::Unknown => (None, Default::default(), Vec::new()),
        };
        Ok(Sections {
            window: template.window(),
            template,
            stream: Some(Box::new(stream)),
            malformed: 0,
            start,
            bytes,
            page,
            held,
            feed: None,
            searched: 0,
            stands_alone: false,
        })
    }

    /// What makes cleaners for other threads.
    pub fn template(&self) -> SectionTemplate {
        SectionTemplate(self.template.clone())
    }

    /// Number of malformed sequences in the sections joined so far, and before them.
    pub fn malformed(&self) -> u64 {
        self.malformed + self.stream.as_ref().map_or(0, |stream| stream.malformed())
    }

    /// Takes the next bytes and hands on each section that is now complete.
    pub fn push(&mut self, bytes: &[u8], take: &mut dyn FnMut(Section)) {
        self.bytes.extend_from_slice(bytes);
        loop {
            let feed = memchr::memchr(b'\x0c', &self.bytes[self.searched..]).map(|n| self.searched + n);
            let end = feed.unwrap_or(self.bytes.len());
            match self.page.map_or(Cut::None, |page| self.cut(page, end)) {
                Cut::At(at) => {
                    self.hand_on(at, End::Window, take);
                    self.page = Some(0);
                    continue;
                }
                Cut::Nowhere => self.page = None,
                Cut::None => {}
            }
            let Some(at) = feed else { break };
            self.searched = at + 1;
            self.feed = Some(at);
            (self.page, self.held) = (Some(at + 1), Default::default());
            if at >= LEAST {
                self.hand_on(at, End::Feed, take);
            }
        }
        self.searched = self.bytes.len();
        if self.bytes.len() > MOST.max(2 * self.window) {
            self.hand_on(self.bytes.len(), End::Open, take);
        }
    }

    /// Hands on the pages that are complete, because the input pauses.
    pub fn pause(&mut self, take: &mut dyn FnMut(Section)) {
        if let Some(at) = self.feed.filter(|at| *at > 0) {
            self.hand_on(at, End::Feed, take);
        }
    }

    /// Ends the input and hands on the rest.
    pub fn finish(&mut self, take: &mut dyn FnMut(Section)) {
        self.hand_on(self.bytes.len(), End::Input, take);
    }

    /// Where a page that begins at `page` and goes to `end` or beyond is cut, if it is longer than a window.
    fn cut(&self, page: usize, end: usize) -> Cut {
        if self.template.is_utf8() {
            if end - page > self.window { Cut::of(self.cut_utf8(page)) } else { Cut::None }
        } else if self.held.0.len() + (end - page) * MOST_OF_A_BYTE > self.window {
            self.cut_decoded(page, end)
        } else {
            Cut::None
        }
    }

    fn cut_utf8(&self, page: usize) -> Option<usize> {
        let bytes = &self.bytes[page..];
        // A character may begin before the end of the window and end behind it.
        let text = match std::str::from_utf8(&bytes[..bytes.len().min(self.window + 4)]) {
            Ok(text) => text,
            Err(e) if e.valid_up_to() >= self.window => std::str::from_utf8(&bytes[..e.valid_up_to()]).ok()?,
            Err(_) => return None,
        };
        Some(page + window_end(text, self.window)?)
    }

    /// The same in GB18030 and Big5, in which the byte of a line feed is part of no character.
    fn cut_decoded(&self, page: usize, end: usize) -> Cut {
        let (mut text, begun) = self.held.clone();
        let before = count_line_feeds(&text);
        let held = text.len();
        // A window has no more bytes of the input than of text.
        let bytes = &self.bytes[page..end.min(page + self.window + LONGEST)];
        if self.template.decode(&[&begun, bytes].concat(), &mut text).is_none() {
            return Cut::Nowhere;
        }
        if text.len() <= self.window {
            return Cut::None;
        }
        let Some(cut) = window_end(&text, self.window).filter(|cut| *cut > held) else { return Cut::Nowhere };
        let lines = count_line_feeds(&text[..cut]) - before;
        let last = memchr::memchr_iter(b'\n', bytes).nth(lines.saturating_sub(1) as usize);
        Cut::of(last.map(|at| page + at + 1))
    }

    /// Hands on the first bytes as a section.
    fn hand_on(&mut self, at: usize, end: End, take: &mut dyn FnMut(Section)) {
        let rest = self.bytes.split_off(at);
        let bytes = std::mem::replace(&mut self.bytes, rest);
        self.searched = self.searched.saturating_sub(at);
        self.page = self.page.and_then(|page| page.checked_sub(at));
        self.held = Default::default();
        self.feed = self.feed.and_then(|feed| feed.checked_sub(at));
        if end == End::Open {
            self.page = None;
        }
        let start = self.start;
        self.start.byte += bytes.len() as u64;
        if self.template.is_traced() {
            self.start.lines += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        }
        let stands_alone = std::mem::replace(&mut self.stands_alone, end != End::Open);
        take(Section { start, bytes, end, stands_alone });
    }

    /// Hands the proofs of a section to `sink`. Sections must come in the order in which they were handed on.
    ///
    /// # Errors
    /// As for [`Stream::push`]; of a [`Section`] that has the error nothing behind it is handed on.
    pub fn join(&mut self, clean: CleanSection, sink: &mut dyn FnMut(Proof)) -> Result<(), Error> {
        let CleanSection { section, proofs, malformed, error, stream } = clean;
        if let Some(mut stream) = self.stream.take() {
            let done = section.put_in(&mut stream, sink);
            if done.is_err() || section.end == End::Input || stream.is_between_sections() {
                self.malformed += stream.malformed();
            } else {
                self.stream = Some(stream);
            }
            return done;
        }
        proofs.into_iter().for_each(sink);
        match stream {
            Some(stream) => self.stream = Some(stream),
            None => self.malformed += malformed,
        }
        error.map_or(Ok(()), Err)
    }

    /// The encoding.
    pub fn encoding(&self) -> Encoding {
        self.template.encoding()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{Options, Split};
    use crate::rule::Rule;
    use proptest::prelude::*;

    /// What one stream makes of the bytes: proofs, malformed sequences, error.
    type Made = (Vec<Proof>, u64, Option<Error>);

    const WINDOW: usize = 120;

    /// The proofs, but for their counts of malformed sequences: the decoder runs ahead of the pages, so it depends on the
    /// pushes which page tells them.
    fn told(proofs: &[Proof]) -> Vec<String> {
        let counts = |p: &Proof| p.counts.iter().filter(|(rule, _)| *rule != Rule::Malformed).collect::<Vec<_>>();
        let told = |p: &Proof| {
            let counts = counts(p);
            format!("{:?}", (&p.text, counts, &p.ledger, &p.breaks, &p.units, &p.articles, &p.furniture))
        };
        // Where nothing but the count was told, there is no proof elsewhere.
        proofs.iter().filter(|p| !p.text.is_empty() || p.ledger.is_some() || !counts(p).is_empty()).map(told).collect()
    }

    fn alone(bytes: &[u8], options: &Options, lossy: bool, encoding: Encoding) -> Made {
        let mut stream = Stream::with_window(WINDOW, options.clone(), Some(encoding), lossy);
        let mut proofs = Vec::new();
        let done = stream.push(bytes, &mut |p| proofs.push(p)).and_then(|()| stream.finish(&mut |p| proofs.push(p)));
        (proofs, stream.malformed(), done.err())
    }

    fn shared(
        bytes: &[u8],
        options: &Options,
        lossy: bool,
        encoding: Encoding,
        first: usize,
        at_a_time: usize,
    ) -> Made {
        let mut stream = Stream::with_window(WINDOW, options.clone(), Some(encoding), lossy);
        let mut proofs = Vec::new();
        let (head, rest) = bytes.split_at(first.min(bytes.len()));
        if let Err(error) = stream.push(head, &mut |p| proofs.push(p)) {
            return (proofs, stream.malformed(), Some(error));
        }
        // Without a byte the stream has not begun.
        let Ok(mut sections) = Sections::of(stream) else { return alone(bytes, options, lossy, encoding) };
        let mut cut = Vec::new();
        for piece in rest.chunks(at_a_time) {
            sections.push(piece, &mut |section| cut.push(section));
            sections.pause(&mut |section| cut.push(section));
        }
        sections.finish(&mut |section| cut.push(section));
        let mut cleaner = sections.template().cleaner();
        // In another order than that of the input.
        let mut cleaned: Vec<CleanSection> = cut.into_iter().rev().map(|section| cleaner.clean(section)).collect();
        while let Some(clean) = cleaned.pop() {
            if let Err(error) = sections.join(clean, &mut |p| proofs.push(p)) {
                return (proofs, sections.malformed(), Some(error));
            }
        }
        (proofs, sections.malformed(), None)
    }

    /// The bytes of a text in an encoding of bytes.
    fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
        let of = match encoding {
            Encoding::Gb18030 => encoding_rs::GB18030,
            Encoding::Big5 => encoding_rs::BIG5,
            _ => encoding_rs::UTF_8,
        };
        of.encode(text).0.into_owned()
    }

    #[test]
    fn a_long_page_is_cut_into_sections_that_stand_alone_in_any_encoding() {
        let page = "渠水流過橋頭鎮，沿岸的稻\n田漸漸泛黃。\n".repeat(40);
        let of = |encoding: Encoding, at_a_time: usize| {
            let bytes = encoded(&page, encoding);
            let mut stream = Stream::with_window(WINDOW, Options::default(), Some(encoding), false);
            let (first, rest) = bytes.split_at(25);
            stream.push(first, &mut |_| ()).expect("a text");
            let mut sections = Sections::of(stream).expect("a stream that can be cut");
            let mut alone = 0;
            rest.chunks(at_a_time)
                .for_each(|piece| sections.push(piece, &mut |s| alone += usize::from(s.stands_alone)));
            alone
        };
        for at_a_time in [7, 64, 1000] {
            let utf8 = of(Encoding::Utf8, at_a_time);
            assert!(utf8 > 15, "{utf8}");
            assert_eq!([of(Encoding::Gb18030, at_a_time), of(Encoding::Big5, at_a_time)], [utf8; 2], "{at_a_time}");
        }
    }

    proptest! {
        #[test]
        fn sections_give_the_proofs_of_one_stream(
            text in prop::collection::vec(
                prop_oneof![
                    6 => Just("渠水流过桥头镇，沿岸的稻\n"), 3 => Just("田渐渐泛黄。\n"), 3 => Just("\u{c}"), 1 => Just("\n"),
                    1 => Just("渠 水 流 过 "), 1 => Just("\u{feff}"), 1 => Just(" \n\u{c} "), 1 => Just("\r\n"), 1 => Just("BAD"), 1 => Just("é𠀀"),
                ],
                0..60,
            ),
            gb in any::<bool>(), lossy in any::<bool>(), sentences in any::<bool>(), traced in any::<bool>(),
            first in 0usize..400, at_a_time in 1usize..300,
        ) {
            let encoding = if gb { Encoding::Gb18030 } else { Encoding::Utf8 };
            let mut bytes = Vec::new();
            for piece in text {
                match piece {
                    "BAD" => bytes.push(0x81),
                    piece => bytes.extend(encoded(piece, encoding)),
                }
            }
            let mut options = Options { ledger: traced, confidence: traced, units: traced, ..Options::default() };
            options.split = if sentences { Split::Sentence } else { Split::Unit };
            let one = alone(&bytes, &options, lossy, encoding);
            let many = shared(&bytes, &options, lossy, encoding, first, at_a_time);
            prop_assert_eq!(told(&one.0), told(&many.0));
            prop_assert_eq!((one.1, &one.2), (many.1, &many.2));
        }
    }
}
