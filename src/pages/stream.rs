//! Cleans an endless stream of bytes page by page, in bounded memory.
//!
//! Form feeds separate pages. If none comes within [`WINDOW`] bytes of text, the window counts as a page and is cut where
//! a unit most likely ends. A page that fits the window comes out exactly as if it had been cleaned whole.

use super::Cleaner;
pub(super) mod section;

use super::across::{Across, Edges, Leaf};
use super::assembly::Assembly;
use super::cleaner::Ask;
use super::cut::{WINDOW, cut_place, floor, sentence_place};
use super::decisions::Decisions;
use super::origin::{Origin, tell_mark};
use super::seams::{close_line, form_feed, line_end_first, open_line, put_before};
use super::sink::{Outcome, Sink};
use crate::error::Error;
use crate::ledger::Entry;
use crate::ledger::Ledger;
use crate::options::Options;
use crate::proof::{Counts, Decision, Proof};
use crate::rule::Rule;
use crate::text::decode::{Decoder, Encoding, SourceMap, detect, likeliest};
use crate::text::ends::count_line_feeds;

/// Bytes from which the encoding is detected. The number is exact, so that the size of the pushes does not matter.
const SNIFF: usize = 1 << 16;

/// Bytes of UTF-8 beyond ASCII that are no chance: of pairs of bytes in GB18030, one in thirty fits by chance.
const SURE: usize = 24;

/// Bytes of the longest character in any supported encoding.
const LONGEST: usize = 4;

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
    /// Text that is not cleaned yet.
    text: String,
    /// Maps `text` to the input.
    map: SourceMap,
    traced: bool,
    /// Bytes of `text` that have been cleaned and are kept for pages that wait.
    kept: usize,
    across: Across<Waiting>,
    /// Whether a piece of the current page has been cleaned.
    begun: bool,
    /// Bytes of `text` that have been searched for a form feed.
    searched: usize,
    /// Line feeds of the source before `text`.
    lines: u64,
    /// Whether text of the current page has been handed to the sink.
    has_text: bool,
    /// The form feed after a page with text, until something follows it.
    feed: Option<Feed>,
    /// Whether the last piece ended inside a line. The line feed after it has not been written yet.
    inside_line: bool,
    decisions: Option<Decisions>,
    /// Whether the current piece was cut inside a line, after a sentence that gets a line of its own.
    whole_sentence: bool,
    /// Whether the byte order mark has been told, if there is one.
    told_mark: bool,
    /// Malformed sequences that have been counted in a proof.
    told_malformed: u64,
}

/// A clean page that waits for the page behind it.
#[derive(Debug)]
struct Waiting {
    /// Its place in the text of the stream.
    from: usize,
    to: usize,
    lines: u64,
    leaf: Leaf,
    /// The ledger entry of the form feed behind it, if that is dropped.
    feed: Option<Entry>,
}

impl AsRef<Leaf> for Waiting {
    fn as_ref(&self) -> &Leaf {
        &self.leaf
    }
}

impl AsMut<Leaf> for Waiting {
    fn as_mut(&mut self) -> &mut Leaf {
        &mut self.leaf
    }
}

/// A form feed that is removed if no page follows.
#[derive(Debug)]
struct Feed {
    /// The ledger entry if it is dropped.
    dropped: Entry,
    /// Changes after it, up to now.
    since: Ledger,
}

impl Stream {
    /// Bytes of decoded text that count as a page if no form feed comes: about a dozen newspaper pages.
    pub const WINDOW: usize = WINDOW;

    /// A stream with these options. If `encoding` is `None`, it is detected from the first 64 KiB. If `lossy` is set,
    /// malformed bytes become U+FFFD and are [counted](Stream::malformed); otherwise they are an error.
    pub fn new(options: Options, encoding: Option<Encoding>, lossy: bool) -> Stream {
        Stream::with_window(WINDOW, options, encoding, lossy)
    }

    /// A stream with a window of another size, for tests, which would otherwise need megabytes.
    #[doc(hidden)]
    pub fn with_window(window: usize, options: Options, encoding: Option<Encoding>, lossy: bool) -> Stream {
        let traced = options.needs_trace();
        let across = Across::new(&options);
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
            kept: 0,
            across,
            begun: false,
            searched: 0,
            lines: 0,
            has_text: false,
            feed: None,
            inside_line: false,
            decisions: None,
            whole_sentence: false,
            told_mark: false,
            told_malformed: 0,
        }
    }

    /// Sets what a person decided about the line breaks of this input. Call it before the first [`push`](Stream::push).
    ///
    /// [`finish`](Stream::finish) fails if a decision names no line break. A caller that must not write a text with only
    /// some of the decisions applied has to keep the proofs until then.
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

    /// Begins another input with the same options, without decisions. The memory of the last one is used again.
    ///
    /// ```
    /// use qingyang::{Options, Stream};
    /// let mut stream = Stream::new(Options::default(), None, false);
    /// for raw in ["渠 水 流 过\n", "桥 头 镇\n"] {
    ///     stream.begin_again();
    ///     let mut out = String::new();
    ///     stream.push(raw.as_bytes(), &mut |p| out.push_str(&p.text)).unwrap();
    ///     stream.finish(&mut |p| out.push_str(&p.text)).unwrap();
    ///     assert_eq!(out, raw.replace(' ', ""));
    /// }
    /// ```
    pub fn begin_again(&mut self) {
        let options = self.cleaner.options();
        self.traced = options.needs_trace();
        self.across = Across::new(options);
        self.decisions = None;
        self.decoder = None;
        self.begin(0);
        (self.has_text, self.told_mark) = (false, false);
    }

    /// The encoding; `None` until it is known.
    pub fn encoding(&self) -> Option<Encoding> {
        self.decoder.as_ref().map(Decoder::encoding)
    }

    /// Number of malformed sequences replaced so far.
    pub fn malformed(&self) -> u64 {
        self.decoder.as_ref().map_or(0, |d| d.malformed)
    }

    /// Takes the next bytes and hands each page that is now complete to `sink`, which returns `()` or a `Result`.
    ///
    /// # Errors
    /// If no encoding fits, or if the bytes are malformed and the stream is not lossy. `sink` has then received the pages
    /// that ended before the malformed bytes. Also if `sink` fails; the stream must not be used after that.
    pub fn push<R: Outcome>(&mut self, bytes: &[u8], sink: &mut dyn FnMut(Proof) -> R) -> Result<(), R::Error> {
        // Blocks of a quarter window, so that a huge push does not need huge memory.
        for block in bytes.chunks(self.window / 4) {
            if self.decoder.is_none() && self.given.is_none() && self.bytes.len() + block.len() < SNIFF {
                self.bytes.extend_from_slice(block);
                continue;
            }
            self.take(block, false, &mut |proof| sink(proof).into_result())?;
        }
        Ok(())
    }

    /// Ends the stream and hands the rest to `sink`.
    ///
    /// # Errors
    /// As for [`push`](Stream::push). Also if a decision names no line break; `sink` has then received all pages.
    pub fn finish<R: Outcome>(&mut self, sink: &mut dyn FnMut(Proof) -> R) -> Result<(), R::Error> {
        self.take(&[], true, &mut |proof| sink(proof).into_result())?;
        self.decisions.as_ref().map_or(Ok(()), |decisions| Ok(decisions.all_met()?))
    }

    /// Says that the input pauses. If the encoding is not known yet, it is taken from the bytes so far, provided that they
    /// have a page that is complete and are UTF-8 beyond doubt. All other complete pages have been handed to the sink.
    ///
    /// # Errors
    /// As for [`push`](Stream::push).
    ///
    /// ```
    /// use qingyang::{Options, Stream};
    /// let mut stream = Stream::new(Options::default(), None, false);
    /// let mut out = String::new();
    /// stream.push("渠 水 流 过 桥 头 镇，沿岸的稻田渐渐泛黄\n\x0c".as_bytes(), &mut |p| out.push_str(&p.text)).unwrap();
    /// assert_eq!(out, ""); // the encoding is not known yet
    /// stream.pause(&mut |p| out.push_str(&p.text)).unwrap();
    /// assert_eq!(out, "渠水流过桥头镇，沿岸的稻田渐渐泛黄\n");
    /// ```
    pub fn pause<R: Outcome>(&mut self, sink: &mut dyn FnMut(Proof) -> R) -> Result<(), R::Error> {
        let is_waiting = self.decoder.is_none() && self.given.is_none() && self.bytes.contains(&b'\x0c');
        if is_waiting && is_surely_utf8(&self.bytes) {
            self.take(&[], false, &mut |proof| sink(proof).into_result())?;
        }
        Ok(())
    }

    /// Forgets what came before this line.
    fn begin(&mut self, lines: u64) {
        self.bytes.clear();
        self.text.clear();
        self.map = SourceMap::default();
        self.lines = lines;
        (self.kept, self.searched) = (0, 0);
        (self.feed, self.inside_line, self.whole_sentence, self.begun) = (None, false, false, false);
        self.told_malformed = 0;
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
            // Pages that ended before the malformed bytes are handed on; the page that has them is not.
            self.pages(false, sink)?;
            self.release(sink)?;
            return Err(error.into());
        }
        self.pages(last, sink)
    }

    /// Decodes a block without copying it. A character that the end of the block cuts in two waits for the next block.
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

    /// Cleans all pages that a form feed ends, all full windows, and at the end of the stream the rest.
    fn pages<E: From<Error>>(&mut self, last: bool, sink: Sink<'_, E>) -> Result<(), E> {
        let mut done = self.kept;
        loop {
            let from = self.searched.max(done);
            let feed = memchr::memchr(b'\x0c', &self.text.as_bytes()[from..]).map(|n| from + n);
            let end = feed.unwrap_or(self.text.len());
            if end - done > self.window {
                let (cut, whole_sentence) = self.cut_window(done);
                self.whole_sentence = whole_sentence;
                self.searched = end;
                self.begin_long_page(done, cut, sink)?;
                done = cut;
                self.searched = self.searched.max(done);
                continue;
            }
            match feed {
                Some(at) => {
                    self.end_page(done, at, sink)?;
                    self.put_feed(at, sink)?;
                    done = at + 1;
                    self.searched = done;
                }
                None => {
                    self.searched = self.text.len();
                    if last {
                        self.end_page(done, end, sink)?;
                        self.release(sink)?;
                        self.drop_feed(sink)?;
                        self.tell_rest(sink)?;
                        done = end;
                    }
                    break;
                }
            }
        }
        self.forget(done);
        Ok(())
    }

    /// Tells what the decoder did if no proof has told it: the input may have nothing but a byte order mark.
    fn tell_rest<E: From<Error>>(&mut self, sink: Sink<'_, E>) -> Result<(), E> {
        let mark = self.decoder.as_ref().map_or(0, Decoder::mark);
        if mark > 0 && !self.told_mark {
            self.hand(Proof { ledger: Some(Ledger::new()), ..Proof::default() }, sink)?;
        }
        Ok(())
    }

    /// Hands a proof to the sink. It also tells what the decoder did: a byte order mark, malformed sequences.
    fn hand<E: From<Error>>(&mut self, mut proof: Proof, sink: Sink<'_, E>) -> Result<(), E> {
        if !self.cleaner.options().ledger {
            proof.ledger = None;
        }
        if let Some(decoder) = &self.decoder {
            proof.counts.add(Rule::Malformed, decoder.malformed - self.told_malformed);
            self.told_malformed = decoder.malformed;
            if !std::mem::replace(&mut self.told_mark, true) && decoder.mark() > 0 {
                tell_mark(&mut proof, decoder.mark());
            }
        }
        sink(proof)
    }

    /// The end of the window that begins at `from`, and whether it cuts a line after a whole sentence.
    fn cut_window(&self, from: usize) -> (usize, bool) {
        let text = &self.text[from..];
        let window = &text[..floor(text, self.window)];
        let cut = cut_place(window);
        if self.cleaner.options().parts_sentences()
            && !window[..cut].ends_with('\n')
            && let Some(place) = sentence_place(&window[..cut])
        {
            return (from + place, true);
        }
        (from + cut, false)
    }

    /// Cleans the last piece of a page and ends the page.
    fn end_page<E: From<Error>>(&mut self, from: usize, to: usize, sink: Sink<'_, E>) -> Result<(), E> {
        let edges = Edges { begins: !std::mem::take(&mut self.begun), ends: true };
        if self.across.is_asked() && !self.inside_line && from < to {
            return self.wait(from, to, edges, sink);
        }
        self.release(sink)?;
        self.piece(from, to, sink)?;
        self.close_line(to, sink)
    }

    /// Cleans a window of a page that is longer.
    fn begin_long_page<E: From<Error>>(&mut self, from: usize, to: usize, sink: Sink<'_, E>) -> Result<(), E> {
        let edges = Edges { begins: !std::mem::replace(&mut self.begun, true), ends: false };
        if edges.begins && self.text[..to].ends_with('\n') && !self.across.waiting().is_empty() {
            return self.wait(from, to, edges, sink);
        }
        self.release(sink)?;
        self.piece(from, to, sink)
    }

    /// Cleans a page, or a piece of a long one, whose last paragraph may go on below or whose first one may begin above.
    fn wait<E: From<Error>>(&mut self, from: usize, to: usize, edges: Edges, sink: Sink<'_, E>) -> Result<(), E> {
        let map = self.traced.then_some(&self.map);
        let origin = Origin::as_it_stands(from, self.lines, map);
        let mut decided = self.decisions.as_mut().map(|d| move |at| d.of(origin.byte(at)));
        let leaf = self.cleaner.leaf(&self.text[from..to], origin, decided.as_mut().map(|d| d as Ask<'_>));
        let page = Waiting { from, to, lines: self.lines, leaf, feed: None };
        if self.traced {
            self.lines += count_line_feeds(&self.text[from..to]);
        }
        let done = self.across.take(page, edges);
        self.hand_pages(done, sink)
    }

    /// Hands the pages that wait to the sink.
    fn release<E: From<Error>>(&mut self, sink: Sink<'_, E>) -> Result<(), E> {
        let done = self.across.release();
        self.hand_pages(done, sink)
    }

    fn hand_pages<E: From<Error>>(&mut self, pages: Vec<Waiting>, sink: Sink<'_, E>) -> Result<(), E> {
        for Waiting { from, to, lines, leaf, feed } in pages {
            let origin = Origin::as_it_stands(from, lines, self.traced.then_some(&self.map));
            let mut whole = Assembly::new(self.cleaner.options());
            whole.take_leaf(&self.text[from..to], leaf, origin);
            self.put(whole.proof(), sink)?;
            if let Some(feed) = feed {
                self.end_at_feed(feed, sink)?;
            }
        }
        Ok(())
    }

    /// Ends the page at the form feed at `at`. A page without text is a page: the form feeds on both sides stay.
    fn put_feed<E: From<Error>>(&mut self, at: usize, sink: Sink<'_, E>) -> Result<(), E> {
        let dropped = self.origin(at).layout_entry("\x0c", "");
        if let Some(last) = self.across.waiting().last_mut() {
            last.feed = Some(dropped);
            return Ok(());
        }
        self.end_at_feed(dropped, sink)
    }

    /// The same with the ledger entry of the form feed, if it is dropped.
    fn end_at_feed<E: From<Error>>(&mut self, dropped: Entry, sink: Sink<'_, E>) -> Result<(), E> {
        if let Some(feed) = self.feed.take() {
            self.hand(form_feed(feed.since), sink)?;
        }
        if std::mem::take(&mut self.has_text) {
            self.feed = Some(Feed { dropped, since: Ledger::new() });
            return Ok(());
        }
        self.hand(form_feed(Ledger::new()), sink)
    }

    /// Removes the first `done` bytes of the text, which have been cleaned, but for those of pages that wait.
    fn forget(&mut self, done: usize) {
        let gone = self.across.waiting().first().map_or(done, |first| first.from);
        self.kept = done - gone;
        if gone > 0 {
            self.text.drain(..gone);
            self.searched -= gone;
            if self.traced {
                self.map.forget(gone);
            }
            for page in self.across.waiting() {
                (page.from, page.to) = (page.from - gone, page.to - gone);
            }
        }
    }

    /// The place in the input of byte `at` of the text.
    fn origin(&self, at: usize) -> Origin<'_> {
        Origin::as_it_stands(at, self.lines, self.traced.then_some(&self.map))
    }

    /// Cleans one piece of the text and hands its proof to the sink.
    fn piece<E: From<Error>>(&mut self, from: usize, to: usize, sink: Sink<'_, E>) -> Result<(), E> {
        if from == to {
            return Ok(());
        }
        let any_end = !self.cleaner.options().skip.contains(Rule::LineEnds);
        let text = &self.text[from..to];
        let closes_line = self.inside_line && line_end_first(text.chars(), any_end);
        let cut_line =
            to < self.text.len() && self.text.as_bytes()[to] != b'\x0c' && !line_end_first(text.chars().rev(), any_end);
        let map = self.traced.then_some(&self.map);
        let origin = Origin::as_it_stands(from, self.lines, map);
        let mut decided = self.decisions.as_mut().map(|d| move |at| d.of(origin.byte(at)));
        let ask = decided.as_mut().map(|d| d as Ask<'_>);
        let in_pieces = cut_line || self.inside_line && !closes_line;
        let mut proof =
            if in_pieces { self.cleaner.piece(text, origin, ask) } else { self.cleaner.pages(text, origin, ask) };
        // A line that is cut after a whole sentence ends there.
        let cut_line = cut_line && !std::mem::take(&mut self.whole_sentence);
        if self.traced {
            self.lines += count_line_feeds(text);
        }
        if closes_line {
            self.inside_line = false;
            close_line(&mut proof, text, origin);
        }
        if !proof.text.is_empty() {
            self.inside_line = cut_line;
            if cut_line {
                open_line(&mut proof, &self.text[from..to]);
            }
        }
        self.put(proof, sink)
    }

    /// Hands the proof of a piece to the sink, behind the form feed that waited for text.
    fn put<E: From<Error>>(&mut self, mut proof: Proof, sink: Sink<'_, E>) -> Result<(), E> {
        if proof.text.is_empty() {
            if let (Some(feed), Some(ledger)) = (&mut self.feed, &mut proof.ledger) {
                feed.since.extend(std::mem::take(ledger));
            }
            // The form feed that waits stands before this page, too.
            let waits = usize::from(self.feed.is_some());
            proof.furniture.iter_mut().for_each(|line| line.page += waits);
            if !proof.counts.is_empty() || proof.ledger.is_some() {
                self.hand(proof, sink)?;
            }
            return Ok(());
        }
        if let Some(feed) = self.feed.take() {
            put_before(&mut proof, '\x0c');
            if let Some(ledger) = &mut proof.ledger {
                ledger.entries_mut().splice(0..0, feed.since);
            }
        }
        self.has_text = true;
        self.hand(proof, sink)
    }

    /// Writes the line feed of a line that was cut into pieces, if it is still missing.
    fn close_line<E: From<Error>>(&mut self, at: usize, sink: Sink<'_, E>) -> Result<(), E> {
        if std::mem::take(&mut self.inside_line) {
            let origin = self.origin(at);
            let ledger = Some([origin.layout_entry("", "\n")].into_iter().collect());
            let counts = Counts::one(Rule::Layout);
            self.hand(Proof { text: "\n".into(), ledger, counts, ..Proof::default() }, sink)?;
        }
        Ok(())
    }

    /// Drops the form feed at the very end, which opens no page.
    fn drop_feed<E: From<Error>>(&mut self, sink: Sink<'_, E>) -> Result<(), E> {
        if let Some(feed) = self.feed.take() {
            let ledger = Some(std::iter::once(feed.dropped).chain(feed.since).collect());
            self.hand(Proof { ledger, counts: Counts::one(Rule::Layout), ..Proof::default() }, sink)?;
        }
        Ok(())
    }
}

/// Whether bytes are UTF-8 beyond doubt: no other encoding gives so many bytes that fit. The last character may be cut.
fn is_surely_utf8(bytes: &[u8]) -> bool {
    let is_utf8 = std::str::from_utf8(bytes).map_or_else(|e| e.error_len().is_none(), |_| true);
    is_utf8 && !bytes.contains(&0) && bytes.iter().filter(|b| !b.is_ascii()).count() >= SURE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The clean text, the ledger and the number of malformed sequences of these bytes, pushed `at_a_time`.
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
    fn a_character_that_is_pushed_in_pieces_stays_whole() {
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
