//! Cleans the pages of one issue together, with knowledge that a single page does not have.
//!
//! Running heads and folios that repeat over the pages are recognized as furniture. With
//! [`Options::follow_jumps`](crate::Options::follow_jumps) a text that continues on another page is joined: the text after
//! `（上接第1版）` is moved to after `（下转第2版）`. Both jump lines are kept and show where the text was cut. The
//! headline of the continuation stays with its jump line, where readers of that page look for it. A paragraph that the
//! jump cut in two stays in two unless [`Options::join_across`](crate::Options::join_across) is set.
//!
//! An issue keeps all its pages in memory until it ends.

mod jumps;
mod pairs;
mod stitch;

use crate::document::Document;
use crate::options::Options;
use crate::pages::Cleaner;
use crate::pages::assembly::Assembly;
use crate::pages::origin::{Origin, tell_mark};
use crate::pages::stream::{WINDOW, cut_place, floor};
use crate::pipeline::CleanPage;
use crate::proof::{Article, Break, Jump, Proof, Unit};
use crate::rule::Rule;
use crate::structure::repeated::Sightings;
use crate::text::decode::{Decoded, SourceMap};
use crate::text::ends::count_line_feeds;

/// Cleans the pages of one issue together. Inputs must come in the order of the pages. An input is one page, or several
/// that form feeds separate.
///
/// Running heads and folios that repeat over the pages are recognized as furniture. With
/// [`Options::follow_jumps`](crate::Options::follow_jumps) texts that continue on another page are joined. An issue keeps
/// all its pages in memory until [`finish`](Issue::finish).
///
/// ```
/// use qingyang::{Issue, Options};
/// let mut options = Options::default();
/// options.follow_jumps = true;
/// let mut issue = Issue::new(options);
/// issue.page("守渠人\n渠水流过桥头镇。\n（下转第2版）\n");
/// issue.page("守渠人的三十年\n（上接第1版）\n他把渠守了三十年。\n");
/// let proofs = issue.finish();
/// assert_eq!(proofs[0].text, "守渠人\n渠水流过桥头镇。\n（下转第2版）\n他把渠守了三十年。\n");
/// assert_eq!(proofs[1].text, "守渠人的三十年\n（上接第1版）\n");
/// ```
#[derive(Debug)]
pub struct Issue {
    options: Options,
    inputs: Vec<Input>,
}

/// One input text.
#[derive(Debug)]
struct Input {
    text: String,
    map: Option<SourceMap>,
    /// Malformed sequences that became U+FFFD.
    malformed: u64,
}

/// A clean page of the issue, or a piece of a long one.
#[derive(Debug)]
struct Sheet {
    /// Number of its input.
    input: usize,
    /// Number of its page in the issue. A page longer than a window is cut into several sheets.
    leaf: usize,
    /// Its first byte in the input.
    at: usize,
    /// Its end in the input.
    end: usize,
    /// Line feeds of the input before it.
    lines: u64,
    page: Document,
    /// Breaks and units, with sources in the input.
    breaks: Vec<Break>,
    units: Vec<Unit>,
    articles: Vec<Article>,
    /// Lines that may print the number of the page.
    folios: Vec<String>,
    /// The jump lines of the page.
    jumps: Vec<Jump>,
}

impl Issue {
    /// An issue without pages.
    pub fn new(options: Options) -> Issue {
        Issue { options, inputs: Vec::new() }
    }

    /// Adds the next input. Sources in its proof are bytes of this text.
    pub fn page(&mut self, text: &str) {
        self.inputs.push(Input { text: text.to_string(), map: None, malformed: 0 });
    }

    /// Adds the next input after it was [decoded](crate::decode::decode). Sources in its proof are the bytes that were
    /// decoded.
    ///
    /// ```
    /// use qingyang::{Issue, Options, decode::decode};
    /// let mut issue = Issue::new(Options::default().with_ledger(true));
    /// issue.decoded(decode(b"\xC7\xFE \xCB\xAE\n", None, false).unwrap());
    /// let ledger = issue.finish().remove(0).ledger.unwrap();
    /// assert_eq!((ledger[0].start, ledger[0].end), (2, 3));
    /// ```
    pub fn decoded(&mut self, decoded: Decoded<'_>) {
        let Decoded { text, map, malformed, .. } = decoded;
        self.inputs.push(Input { text: text.into_owned(), map: Some(map), malformed });
    }

    /// Cleans all pages and returns one proof for each input.
    pub fn finish(self) -> Vec<Proof> {
        let Issue { options, inputs } = self;
        let follow = options.follow_jumps && !options.skip.contains(Rule::Jumps);
        // Jump lines are identified by their sources, and only units have sources.
        let mut inner = options.clone();
        inner.units |= follow;
        let mut cleaner = Cleaner::new(inner);
        let mut sheets = clean_pages(&inputs, &mut cleaner, options.ledger);
        if follow {
            jumps::follow(&mut sheets, &options, cleaner.pipeline().vocabulary());
        }
        let mut sheets = sheets.into_iter().peekable();
        let proof = |(n, input): (usize, &Input)| {
            let own = std::iter::from_fn(|| sheets.next_if(|sheet| sheet.input == n));
            assemble(input, own, &options)
        };
        inputs.iter().enumerate().map(proof).collect()
    }
}

/// Finds the furniture that repeats over the pages, and cleans each page with this knowledge.
fn clean_pages(inputs: &[Input], cleaner: &mut Cleaner, traced: bool) -> Vec<Sheet> {
    let places = places(inputs);
    let mut sightings = Sightings::default();
    for place in &places {
        let (text, lines) = cleaner.pipeline().layout_of(&inputs[place.input].text[place.at..place.end]);
        sightings.page(text, lines);
    }
    cleaner.pipeline().know_repeated(sightings.repeated());
    let mut sheets: Vec<Sheet> = Vec::with_capacity(places.len());
    let mut counted = (0, 0); // line feeds of the input up to a byte
    for Place { input, leaf, at, end } in places {
        if at == 0 {
            counted = (0, 0);
        }
        let text = &inputs[input].text;
        counted = (counted.0 + count_line_feeds(&text[counted.1..at]), at);
        let lines = counted.0;
        let origin = Origin { at, lines, map: inputs[input].map.as_ref() };
        let CleanPage { document, breaks, articles, folios } = cleaner.page_of_issue(&text[at..end]);
        let mut page = document.take_clean(traced);
        let (breaks, mut units) = origin.place(breaks, page.take_units());
        // They stay to the end of the issue.
        for unit in &mut units {
            unit.sources.shrink_to_fit();
            unit.parts.shrink_to_fit();
        }
        sheets.push(Sheet { input, leaf, at, end, lines, page, breaks, units, articles, folios, jumps: Vec::new() });
    }
    sheets
}

/// The proof of one input from its sheets.
fn assemble(input: &Input, sheets: impl Iterator<Item = Sheet>, options: &Options) -> Proof {
    let mut whole = Assembly::new(options);
    let mut jumps = Vec::new();
    for sheet in sheets {
        let Sheet { at, end, lines, page, breaks, units, articles, .. } = sheet;
        let raw = &input.text[at..end];
        let origin = Origin { at, lines, map: input.map.as_ref() };
        whole.take(raw, &page, (breaks, units), articles, origin);
        if input.text[end..].starts_with('\x0c') {
            whole.feed(origin.after(end - at, count_line_feeds(raw)));
        }
        jumps.extend(sheet.jumps);
    }
    let mut proof = whole.proof();
    proof.counts.add(Rule::Malformed, input.malformed);
    // Text that begins after byte 0 begins after a byte order mark.
    let mark = input.map.as_ref().map_or(0, |map| map.source(0));
    if mark > 0 {
        tell_mark(&mut proof, mark);
    }
    // Units that moved brought their breaks along.
    proof.breaks.sort_by_key(|b| b.source);
    proof.jumps = jumps;
    proof
}

/// Where a sheet is: the number of its input, the number of its page in the issue, its first byte and its end.
struct Place {
    input: usize,
    leaf: usize,
    at: usize,
    end: usize,
}

/// The places of all sheets. Form feeds separate pages; a page longer than a window is cut after a line, where a unit most
/// likely ends, so that no page needs much memory.
fn places(inputs: &[Input]) -> Vec<Place> {
    let mut all = Vec::new();
    let mut leaf = 0;
    for (input, Input { text, .. }) in inputs.iter().enumerate() {
        let feeds = memchr::memchr_iter(b'\x0c', text.as_bytes());
        let mut at = 0;
        for page in feeds.chain(std::iter::once(text.len())) {
            loop {
                let end = at + sheet_len(&text[at..page]);
                all.push(Place { input, leaf, at, end });
                at = end;
                if at == page {
                    break;
                }
            }
            at = page + 1;
            leaf += 1;
        }
    }
    all
}

/// Bytes of the next sheet of a page.
fn sheet_len(page: &str) -> usize {
    if page.len() <= WINDOW {
        return page.len();
    }
    let cut = cut_place(&page[..floor(page, WINDOW)]);
    if page[..cut].ends_with('\n') {
        return cut;
    }
    // A line longer than a window stays whole.
    memchr::memchr(b'\n', &page.as_bytes()[cut..]).map_or(page.len(), |n| cut + n + 1)
}
