//! An endless stream of bytes, cleaned page by page in bounded memory.
//!
//! Form feeds part pages. Where none come, a window of [`WINDOW`] bytes of text counts as a page and is cut where a unit
//! most likely ends; a page that fits the window comes out exactly as if it had been cleaned whole.

use super::Cleaner;
use super::cleaner::Ask;
use super::decisions::Decisions;
use super::origin::Origin;
use crate::error::Error;
use crate::ledger::Ledger;
use crate::options::{Options, Split};
use crate::passes::sentences;
use crate::proof::{Decision, Entry, Proof};
use crate::rule::Rule;
use crate::text::decode::{Decoder, Encoding, SourceMap, detect, likeliest};
use crate::vocabulary::invisible::{LINE_ENDS, is_invisible};

/// Bytes of decoded text that count as a page where no form feed comes: about fifty newspaper pages.
pub const WINDOW: usize = 1 << 20;

/// Bytes by which the encoding is found out: just so many, however they come in.
const SNIFF: usize = 1 << 16;

/// Bytes of the longest character in any encoding.
const LONGEST: usize = 4;

/// What a sink returns: nothing, or whether it succeeded.
pub trait Outcome {
    /// The error of the sink, which also carries the errors of the stream.
    type Error: From<Error>;

    /// The outcome as a result.
    ///
    /// # Errors
    /// If the sink failed.
    fn into_result(self) -> Result<(), Self::Error>;
}

impl Outcome for () {
    type Error = Error;

    fn into_result(self) -> Result<(), Error> {
        Ok(())
    }
}

impl<E: From<Error>> Outcome for Result<(), E> {
    type Error = E;

    fn into_result(self) -> Result<(), E> {
        self
    }
}

/// Where clean pages go.
type Sink<'a, E> = &'a mut dyn FnMut(Proof) -> Result<(), E>;

/// Cleans a stream. Feed it with [`push`](Stream::push), end it with [`finish`](Stream::finish).
///
/// ```
/// use qingyang::{Options, Stream};
/// let mut stream = Stream::new(Options::default(), None, false);
/// let mut out = String::new();
/// stream.push("渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。\n\x0c号外\n".as_bytes(), &mut |p| out.push_str(&p.text)).unwrap();
/// stream.finish(&mut |p| out.push_str(&p.text)).unwrap();
/// assert_eq!(out, "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n\x0c号外\n");
/// ```
#[derive(Debug)]
pub struct Stream {
    cleaner: Cleaner,
    window: usize,
    given: Option<Encoding>,
    lossy: bool,
    decoder: Option<Decoder>,
    /// Bytes that are not decoded yet.
    bytes: Vec<u8>,
    /// Text that is not cleaned yet, and where it stood.
    text: String,
    map: SourceMap,
    traced: bool,
    /// How far the text has been searched for a form feed.
    searched: usize,
    /// Line feeds of the source before `text`.
    lines: u64,
    /// Whether a page with text has gone out, and whether a form feed came since.
    written: bool,
    feed: Option<Feed>,
    /// The piece before ended inside a line: its proof's last line feed is still owed.
    inside_line: bool,
    decisions: Option<Decisions>,
    /// The piece at hand was cut inside a line, behind a sentence that is to have a line of its own.
    whole_sentence: bool,
}

/// A form feed that waits for text behind it: only then does it stay.
#[derive(Debug)]
struct Feed {
    /// What the ledger says if it is dropped.
    dropped: Entry,
    /// What was changed behind it while it waits.
    since: Ledger,
}

impl Stream {
    /// A stream with these options; without an encoding it is found out from the first bytes.
    pub fn new(options: Options, encoding: Option<Encoding>, lossy: bool) -> Stream {
        Stream::with_window(WINDOW, options, encoding, lossy)
    }

    /// The same with a window of another size: for tests, which would need megabytes otherwise.
    #[doc(hidden)]
    pub fn with_window(window: usize, options: Options, encoding: Option<Encoding>, lossy: bool) -> Stream {
        let traced = options.ledger || options.confidence || options.units;
        Stream {
            cleaner: Cleaner::new(options),
            window: window.max(16),
            given: encoding,
            lossy,
            decoder: None,
            bytes: Vec::new(),
            text: String::new(),
            map: SourceMap::default(),
            traced,
            searched: 0,
            lines: 0,
            written: false,
            feed: None,
            inside_line: false,
            decisions: None,
            whole_sentence: false,
        }
    }

    /// What a person decided of the line breaks of this input, by its bytes; to be said before the first of them.
    /// [`finish`](Stream::finish) fails where a decision was of no line break: whoever must not write half of what was
    /// decided keeps the proofs until then.
    ///
    /// ```
    /// use qingyang::{Decision, Options, Stream};
    /// let raw = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄。\n";
    /// let mut stream = Stream::new(Options::default(), None, false);
    /// stream.decide(&[Decision::new(36, true)]).unwrap();
    /// let mut out = String::new();
    /// stream.push(raw.as_bytes(), &mut |p| out.push_str(&p.text)).unwrap();
    /// stream.finish(&mut |p| out.push_str(&p.text)).unwrap();
    /// assert_eq!(out, raw);
    /// ```
    ///
    /// # Errors
    /// If two decisions contradict each other.
    pub fn decide(&mut self, decisions: &[Decision]) -> Result<(), Error> {
        self.decisions = Some(Decisions::new(decisions)?);
        self.traced = true;
        Ok(())
    }

    /// The encoding, once it is known.
    pub fn encoding(&self) -> Option<Encoding> {
        self.decoder.as_ref().map(Decoder::encoding)
    }

    /// Malformed sequences that were replaced so far.
    pub fn malformed(&self) -> u64 {
        self.decoder.as_ref().map_or(0, |d| d.malformed)
    }

    /// Takes the next bytes. Each page that is complete goes to `sink`, which returns `()` or a `Result`.
    ///
    /// # Errors
    /// If the bytes are malformed; the pages before them have gone to `sink`. If `sink` fails; the stream is of no use
    /// after that.
    pub fn push<R: Outcome>(&mut self, bytes: &[u8], sink: &mut dyn FnMut(Proof) -> R) -> Result<(), R::Error> {
        // In blocks of a window's quarter, so that a huge push needs no huge memory.
        for block in bytes.chunks(self.window / 4) {
            if self.decoder.is_none() && self.given.is_none() && self.bytes.len() + block.len() < SNIFF {
                self.bytes.extend_from_slice(block);
                continue;
            }
            self.take(block, false, &mut |proof| sink(proof).into_result())?;
        }
        Ok(())
    }

    /// Ends the stream. The rest goes to `sink`.
    ///
    /// # Errors
    /// As for [`push`](Stream::push), and if a decision names no line break; the pages have gone to `sink` then.
    pub fn finish<R: Outcome>(&mut self, sink: &mut dyn FnMut(Proof) -> R) -> Result<(), R::Error> {
        self.take(&[], true, &mut |proof| sink(proof).into_result())?;
        self.decisions.as_ref().map_or(Ok(()), |decisions| Ok(decisions.all_met()?))
    }

    fn take<E: From<Error>>(&mut self, block: &[u8], last: bool, sink: Sink<'_, E>) -> Result<(), E> {
        let mut block = block;
        if self.decoder.is_none() {
            self.bytes.extend_from_slice(std::mem::take(&mut block));
            let decoder = match self.given {
                Some(e) => Decoder::new(e, self.lossy),
                None => {
                    let head = &self.bytes[..self.bytes.len().min(SNIFF)];
                    match detect(head, last && head.len() == self.bytes.len()) {
                        Ok(e) => Decoder::new(e, self.lossy).found(),
                        Err(_) if self.lossy => Decoder::new(likeliest(head), true),
                        Err(error) => return Err(error.into()),
                    }
                }
            };
            self.decoder = Some(decoder);
        }
        if let Err(error) = self.decode(block, last) {
            self.bytes.clear();
            // Pages that ended before the bad bytes stand; the page that holds them does not.
            self.pages(false, sink)?;
            return Err(error.into());
        }
        self.pages(last, sink)
    }

    /// Decodes a block where it stands, all but a character that its end cuts in two: that waits for the next one.
    fn decode(&mut self, mut block: &[u8], last: bool) -> Result<(), Error> {
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        let mut map = self.traced.then_some(&mut self.map);
        while !self.bytes.is_empty() {
            let waiting = self.bytes.len();
            let (head, rest) = block.split_at(block.len().min(LONGEST));
            self.bytes.extend_from_slice(head);
            let used = decoder.decode(&self.bytes, last && rest.is_empty(), &mut self.text, map.as_deref_mut())?;
            if used >= waiting {
                self.bytes.clear();
                block = &block[used - waiting..];
            } else {
                self.bytes.drain(..used);
                block = rest;
                if block.is_empty() {
                    return Ok(());
                }
            }
        }
        let used = decoder.decode(block, last, &mut self.text, map)?;
        self.bytes.extend_from_slice(&block[used..]);
        Ok(())
    }

    /// Cleans what is whole: pages that a form feed ends, windows that are full, and at the end the rest.
    fn pages<E: From<Error>>(&mut self, last: bool, sink: Sink<'_, E>) -> Result<(), E> {
        let mut done = 0;
        loop {
            let from = self.searched.max(done);
            let feed = memchr::memchr(b'\x0c', &self.text.as_bytes()[from..]).map(|n| from + n);
            let end = feed.unwrap_or(self.text.len());
            if end - done > self.window {
                let window = &self.text[done..done + floor(&self.text[done..], self.window)];
                let mut cut = cut_place(window);
                self.whole_sentence = false;
                if self.sentences()
                    && !window[..cut].ends_with('\n')
                    && let Some(place) = sentence_place(&window[..cut])
                {
                    cut = place;
                    self.whole_sentence = true;
                }
                self.searched = end;
                self.piece(done, done + cut, sink)?;
                done += cut;
                self.searched = self.searched.max(done);
                continue;
            }
            match feed {
                Some(at) => {
                    self.piece(done, at, sink)?;
                    self.close_line(at, sink)?;
                    self.drop_feed(sink)?;
                    self.feed = Some(Feed { dropped: self.origin(at).layout_entry("\x0c", ""), since: Ledger::new() });
                    if !self.written {
                        self.drop_feed(sink)?;
                    }
                    done = at + 1;
                    self.searched = done;
                }
                None => {
                    self.searched = self.text.len();
                    if last {
                        self.piece(done, end, sink)?;
                        self.close_line(end, sink)?;
                        self.drop_feed(sink)?;
                        done = end;
                    }
                    break;
                }
            }
        }
        if done > 0 {
            self.text.drain(..done);
            self.searched -= done;
            if self.traced {
                self.map.forget(done);
            }
        }
        Ok(())
    }

    /// Where the byte `at` of the text at hand was in the input.
    fn origin(&self, at: usize) -> Origin<'_> {
        Origin { at, lines: self.lines, map: self.traced.then_some(&self.map) }
    }

    /// Whether each sentence has a line of its own.
    fn sentences(&self) -> bool {
        let options = self.cleaner.options();
        options.split == Split::Sentence && !options.skip.contains(Rule::Sentences)
    }

    /// Cleans one piece of text and hands it on.
    fn piece<E: From<Error>>(&mut self, from: usize, to: usize, sink: Sink<'_, E>) -> Result<(), E> {
        if from == to {
            return Ok(());
        }
        let any_end = !self.cleaner.options().skip.contains(Rule::LineEnds);
        if self.inside_line && line_end_first(self.text[from..to].chars(), any_end) {
            self.close_line(from, sink)?;
        }
        let text = &self.text[from..to];
        let cut_line =
            to < self.text.len() && self.text.as_bytes()[to] != b'\x0c' && !line_end_first(text.chars().rev(), any_end);
        let map = self.traced.then_some(&self.map);
        let origin = Origin { at: from, lines: self.lines, map };
        let mut decided = self.decisions.as_mut().map(|d| move |at| d.of(origin.byte(at)));
        let ask = decided.as_mut().map(|d| d as Ask<'_>);
        let in_pieces = cut_line || self.inside_line;
        let mut proof =
            if in_pieces { self.cleaner.piece(text, origin, ask) } else { self.cleaner.pages(text, origin, ask) };
        // A line that is cut behind a sentence ends there.
        let cut_line = cut_line && !std::mem::take(&mut self.whole_sentence);
        if self.traced {
            self.lines += memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64;
        }
        if proof.text.is_empty() {
            if let (Some(feed), Some(ledger)) = (&mut self.feed, &mut proof.ledger) {
                feed.since.extend(std::mem::take(ledger));
            }
            if !proof.counts.is_empty() || proof.ledger.is_some() {
                sink(proof)?;
            }
            return Ok(());
        }
        if let Some(feed) = self.feed.take() {
            proof.text.insert(0, '\x0c');
            proof.breaks.iter_mut().for_each(|b| b.at += 1);
            proof.units.iter_mut().for_each(|u| u.advance(1));
            if let Some(ledger) = &mut proof.ledger {
                ledger.entries_mut().splice(0..0, feed.since);
            }
        }
        self.written = true;
        self.inside_line = cut_line;
        if cut_line {
            open_line(&mut proof);
        }
        sink(proof)
    }

    /// A line that was cut into pieces and ended with nothing behind it still has its line feed to come.
    fn close_line<E: From<Error>>(&mut self, at: usize, sink: Sink<'_, E>) -> Result<(), E> {
        if std::mem::take(&mut self.inside_line) {
            let origin = self.origin(at);
            let ledger = self.cleaner.options().ledger.then(|| [origin.layout_entry("", "\n")].into_iter().collect());
            sink(Proof { text: "\n".into(), ledger, ..Proof::default() })?;
        }
        Ok(())
    }

    /// A form feed with no text on both sides goes, and the ledger says so.
    fn drop_feed<E: From<Error>>(&mut self, sink: Sink<'_, E>) -> Result<(), E> {
        if let Some(feed) = self.feed.take()
            && self.cleaner.options().ledger
        {
            let ledger = std::iter::once(feed.dropped).chain(feed.since).collect();
            sink(Proof { ledger: Some(ledger), ..Proof::default() })?;
        }
        Ok(())
    }
}

/// Takes back the line feed that ends a proof: its line goes on.
fn open_line(proof: &mut Proof) {
    proof.text.pop();
    let Some(ledger) = proof.ledger.as_mut().map(Ledger::entries_mut) else { return };
    // Behind the entry that put it in, only removals may stand.
    if let Some(k) = ledger.iter().rposition(|e| !e.after.is_empty())
        && ledger[k].after.pop().is_some()
        && ledger[k].after == ledger[k].before
    {
        ledger.remove(k);
    }
}

/// Whether a line ends before anything is seen.
fn line_end_first(chars: impl Iterator<Item = char>, any: bool) -> bool {
    for c in chars {
        match c {
            '\n' => return true,
            c if any && LINE_ENDS.contains(&c) => return true,
            c if is_invisible(c) => {}
            c if c.is_whitespace() || c.is_control() => {}
            _ => return false,
        }
    }
    false
}

/// Where a line that fills the window is cut if it is to have a sentence a line: behind the last sentence that ends in
/// its last quarter.
fn sentence_place(window: &str) -> Option<usize> {
    let tail = floor(window, window.len() - window.len() / 4);
    let mut gaps = Vec::new();
    sentences::find(&window[tail..], &mut gaps);
    gaps.last().map(|gap| tail + gap.end)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where a window is cut: in its last quarter, behind an empty line after a stop, else behind a line that ends in a
/// stop, else behind any line; a line that fills the window is cut where it stands.
fn cut_place(window: &str) -> usize {
    let tail = floor(window, window.len() - window.len() / 4);
    let bytes = window.as_bytes();
    // Where the text before a place ends, and whether in a stop; the same for all places down to that end, so that a
    // sea of empty lines is crossed once.
    let mut known = (usize::MAX, false);
    let mut stops = |at: usize| {
        if at < known.0 {
            let before = window[..at].trim_end_matches([' ', '\r', '\n']);
            let stop = before.ends_with(['。', '！', '？']) || before.ends_with("。”") || before.ends_with("！”");
            known = (before.len(), stop);
        }
        known.1
    };
    let (mut stopped, mut any) = (None, None);
    for at in memchr::memrchr_iter(b'\n', &bytes[tail..]).map(|n| tail + n) {
        any = any.or(Some(at + 1));
        if bytes.get(at + 1) == Some(&b'\n') && stops(at) {
            return at + 1;
        }
        if stopped.is_none() && stops(at) {
            stopped = Some(at + 1);
        }
    }
    stopped.or(any).unwrap_or(window.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of these bytes, pushed so many at a time, where it stood, and the malformed sequences among them.
    fn cleaned(bytes: &[u8], encoding: Encoding, at_a_time: usize) -> (String, Vec<Entry>, u64) {
        let options = Options { ledger: true, ..Options::default() };
        let mut stream = Stream::new(options, Some(encoding), true);
        let (mut out, mut entries) = (String::new(), Vec::new());
        let mut sink = |proof: Proof| {
            out.push_str(&proof.text);
            entries.extend(proof.ledger.into_iter().flatten());
        };
        for piece in bytes.chunks(at_a_time) {
            stream.push(piece, &mut sink).expect("lossy");
        }
        stream.finish(&mut sink).expect("lossy");
        (out, entries, stream.malformed())
    }

    #[test]
    fn a_character_that_is_pushed_in_pieces_is_one() {
        let text = "\u{feff}渠水流过桥头镇，é€𠀀岸\n\n号外\n";
        let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
        let broken = b"\xE6\xB8\xA0\xE6\xB8\n\n\xF0\xA0\x80\xE6\xB0\xB4\xFF\n\xE6\xB8".to_vec();
        let four_bytes = b"\xC7\xFE\xCB\xAE\x81\x30\x8B\x33\n\n\xC7\xFE\xCB\n".to_vec();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (utf16(u16::to_le_bytes), Encoding::Utf16Le),
            (utf16(u16::to_be_bytes), Encoding::Utf16Be),
            (broken, Encoding::Utf8),
            (four_bytes, Encoding::Gb18030),
        ] {
            let whole = cleaned(&bytes, encoding, bytes.len());
            assert!(!whole.1.is_empty(), "{encoding:?}");
            for at_a_time in 1..=9 {
                assert_eq!(cleaned(&bytes, encoding, at_a_time), whole, "{encoding:?}, {at_a_time} bytes");
            }
        }
    }
}
