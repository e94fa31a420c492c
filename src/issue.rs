//! Cleans the pages of one issue together, with knowledge that a single page does not have.
//!
//! Running heads and folios that repeat over the pages are recognized as furniture. With
//! [`Options::follow_jumps`](crate::Options::follow_jumps) a text that continues on another page is joined: the text after
//! `（上接第1版）` is moved to after `（下转第2版）`. Both jump lines are kept and show where the text was cut. The
//! headline of the continuation stays with its jump line, where readers of that page look for it. A paragraph that the
//! jump cut in two stays in two unless [`Options::join_across`](crate::Options::join_across) is set.
//!
//! An issue keeps all its pages in memory until it ends.

mod issue_page;
mod jumps;
mod pairs;
mod stitch;

use crate::options::Options;
use crate::pages::Cleaner;
use crate::pages::across::{Across, Edges, Leaf};
use crate::pages::assembly::Assembly;
use crate::pages::cut::{WINDOW, cut_place, floor};
use crate::pages::origin::{Origin, tell_mark};
use crate::proof::Proof;
use crate::rule::Rule;
use crate::structure::repeated::Sightings;
use crate::text::decode::{Decoded, SourceMap};
use crate::text::ends::count_line_feeds;
use crate::vocabulary::Vocabulary;
use issue_page::IssuePage;
use pairs::Found;

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

/// The clean pages of an issue, with their jump lines.
#[derive(Debug, Default)]
struct Sheets {
    list: Vec<IssuePage>,
    found: Vec<Found>,
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
        let Issue { options, mut inputs } = self;
        let follow = options.follow_jumps && !options.skip.contains(Rule::Jumps);
        // Jump lines are identified by their sources, and only units have sources.
        let mut inner = options.clone();
        inner.units |= follow;
        let mut cleaner = Cleaner::new(inner);
        let mut sheets = clean_pages(&mut inputs, &mut cleaner, &options, follow);
        if follow {
            jumps::follow(&mut sheets.list, &mut sheets.found, &options, cleaner.pipeline().vocabulary());
        }
        if !options.units {
            sheets.list.iter_mut().for_each(|sheet| (sheet.clean.units, sheet.clean.articles) = Default::default());
        }
        drop(cleaner);
        let mut sheets = sheets.list.into_iter().peekable();
        let proof = |(n, input): (usize, &Input)| {
            let own = std::iter::from_fn(|| sheets.next_if(|sheet| sheet.input == n));
            assemble(input, own, &options)
        };
        inputs.iter().enumerate().map(proof).collect()
    }
}

/// Finds the furniture that repeats over the pages, and cleans each page with this knowledge. An input's text is dropped
/// when its pages are clean, unless the ledger needs it.
fn clean_pages(inputs: &mut [Input], cleaner: &mut Cleaner, options: &Options, follow: bool) -> Sheets {
    let places = places(inputs);
    let mut sightings = Sightings::default();
    for place in &places {
        let (text, lines) = cleaner.pipeline().layout_of(&inputs[place.input].text[place.at..place.end]);
        sightings.page(text, lines);
    }
    cleaner.pipeline().know_repeated(sightings.repeated());
    let mut sheets = Sheets { list: Vec::with_capacity(places.len()), found: Vec::new() };
    let mut across: Across<IssuePage> = Across::new(options);
    let mut counted = (0, 0); // line feeds of the input up to a byte
    for Place { input, leaf, at, end } in places {
        if at == 0 {
            counted = (0, 0);
            sheets.keep(across.release(), options, follow.then(|| cleaner.pipeline().vocabulary()));
        }
        let Input { text, map, .. } = &inputs[input];
        counted = (counted.0 + count_line_feeds(&text[counted.1..at]), at);
        let lines = counted.0;
        let origin = Origin::as_it_stands(at, lines, map.as_ref());
        let mut page = cleaner.page_of_issue(&text[at..end]);
        let changed = page.document.text() != &text[at..end];
        let folios = std::mem::take(&mut page.folios);
        let clean = Leaf::of(page, origin, options.ledger);
        let edges = Edges::of(text, at..end);
        let feed = text.as_bytes().get(end) == Some(&b'\x0c');
        let sheet =
            IssuePage { input, leaf, at, end, lines, changed, feed, clean, folios, label: None, jumps: Vec::new() };
        let is_last = end == text.len();
        sheets.keep(across.take(sheet, edges), options, follow.then(|| cleaner.pipeline().vocabulary()));
        if is_last && !options.ledger {
            inputs[input].text = String::new();
        }
    }
    sheets.keep(across.release(), options, follow.then(|| cleaner.pipeline().vocabulary()));
    sheets
}

impl Sheets {
    /// Adds clean pages, and finds their jump lines with the vocabulary, if they are followed. All pages stay to the end of
    /// the issue, so only what is needed of them is kept.
    fn keep(&mut self, sheets: Vec<IssuePage>, options: &Options, vocabulary: Option<&Vocabulary>) {
        for mut sheet in sheets {
            let first = self.found.len();
            if let Some(vocabulary) = vocabulary {
                sheet.label = pairs::printed(&sheet);
                pairs::find(self.list.len(), &sheet, vocabulary, &mut self.found);
            }
            let found = &self.found[first..];
            if !(options.units || options.confidence || options.ledger) {
                sheet.clean.breaks = Vec::new();
            }
            if !options.units {
                if found.is_empty() {
                    (sheet.clean.units, sheet.clean.articles, sheet.folios) = Default::default();
                }
                for (n, unit) in sheet.clean.units.iter_mut().enumerate() {
                    unit.parts = Vec::new();
                    if found.iter().all(|f| f.unit != n) {
                        unit.sources = Vec::new();
                    }
                }
            }
            for unit in &mut sheet.clean.units {
                unit.sources.shrink_to_fit();
                unit.parts.shrink_to_fit();
            }
            sheet.clean.units.shrink_to_fit();
            self.list.push(sheet);
        }
    }
}

/// The proof of one input from its sheets.
fn assemble(input: &Input, sheets: impl Iterator<Item = IssuePage>, options: &Options) -> Proof {
    let mut whole = Assembly::new(options);
    let mut jumps = Vec::new();
    for sheet in sheets {
        let IssuePage { at, end, lines, changed, feed, clean, .. } = sheet;
        let Leaf { page, breaks, units, articles } = clean;
        // Only the ledger reads it.
        let raw = input.text.get(at..end).unwrap_or_default();
        let origin = Origin::as_it_stands(at, lines, input.map.as_ref());
        // Text that moved left one page and came to another.
        let changed = changed || page.counts().of(Rule::Jumps) > 0;
        whole.take(raw, changed, &page, (breaks, units), articles, origin);
        if feed {
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
