//! The pages of one issue, cleaned together: what a page alone cannot know.
//!
//! Headers and folios that repeat over the pages are known as furniture. With
//! [`Options::follow_jumps`](crate::Options) a text that goes on on another page is put together: what stands behind
//! `（上接第1版）` is moved behind `（下转第2版）`. Both jump lines stay, and say where the text was cut; the headline
//! of the continuation stays with its jump line, where readers of that page look for it. A paragraph that was cut by
//! the jump stays in two unless [`Options::join_across`](crate::Options) is set.
//!
//! An issue keeps all its pages in memory until its end.

mod jumps;
mod pairs;
mod stitch;

use crate::document::Document;
use crate::options::Options;
use crate::pages::Cleaner;
use crate::pages::assembly::Assembly;
use crate::pages::origin::Origin;
use crate::pipeline::CleanPage;
use crate::proof::{Article, Break, Jump, Proof, Unit};
use crate::rule::Rule;
use crate::structure::repeated::Sightings;
use crate::text::decode::{Decoded, SourceMap};

/// Cleans the pages of one issue together. Its inputs go in by the order of the pages; each is a page, or pages parted
/// by form feeds.
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

/// One text that came in.
#[derive(Debug)]
struct Input {
    text: String,
    map: Option<SourceMap>,
}

/// A page of the issue that is clean.
#[derive(Debug)]
struct Sheet {
    /// Which input it is of, and where it begins there.
    input: usize,
    at: usize,
    end: usize,
    /// Line feeds of the input before it.
    lines: u64,
    page: Document,
    /// Breaks and units, with sources of the whole input.
    breaks: Vec<Break>,
    units: Vec<Unit>,
    articles: Vec<Article>,
    /// Lines that may print its number.
    folios: Vec<String>,
    /// Its jump lines.
    jumps: Vec<Jump>,
}

impl Issue {
    /// An issue without pages.
    pub fn new(options: Options) -> Issue {
        Issue { options, inputs: Vec::new() }
    }

    /// Takes the next page, or several that form feeds part. Places are told in bytes of this text.
    pub fn page(&mut self, text: &str) {
        self.inputs.push(Input { text: text.to_string(), map: None });
    }

    /// The same, with places told in bytes of what was decoded.
    pub fn decoded(&mut self, decoded: Decoded<'_>) {
        self.inputs.push(Input { text: decoded.text.into_owned(), map: Some(decoded.map) });
    }

    /// The proofs, one for each input.
    pub fn finish(self) -> Vec<Proof> {
        let Issue { options, inputs } = self;
        let follow = options.follow_jumps && !options.skip.contains(Rule::Jumps);
        // Jump lines are named by their place, so the sources must be known.
        let mut inner = options.clone();
        inner.units |= follow;
        let mut cleaner = Cleaner::new(inner);
        let pages: Vec<(usize, usize, usize)> =
            inputs.iter().enumerate().flat_map(|(n, i)| pages(n, &i.text)).collect();
        let mut sightings = Sightings::default();
        for &(input, at, end) in &pages {
            let (text, lines) = cleaner.pipeline().layout_of(&inputs[input].text[at..end]);
            sightings.page(text, lines);
        }
        cleaner.pipeline().know_repeated(sightings.repeated());
        let mut sheets: Vec<Sheet> = Vec::with_capacity(pages.len());
        let mut lines = (0, 0); // line feeds of the input up to a byte
        for (input, at, end) in pages {
            if at == 0 {
                lines = (0, 0);
            }
            let text = &inputs[input].text;
            lines = (lines.0 + count_lines(&text[lines.1..at]), at);
            let origin = Origin { at, lines: lines.0, map: inputs[input].map.as_ref() };
            let CleanPage { document, breaks, articles, folios } = cleaner.page_of_issue(&text[at..end]);
            let mut page = std::mem::take(document);
            let (breaks, units) = origin.place(breaks, page.take_units());
            let lines = lines.0;
            sheets.push(Sheet { input, at, end, lines, page, breaks, units, articles, folios, jumps: Vec::new() });
        }
        if follow {
            jumps::follow(&mut sheets, &options, cleaner.pipeline().vocabulary());
        }
        let mut proofs = Vec::with_capacity(inputs.len());
        let mut sheets = sheets.into_iter().peekable();
        for (n, input) in inputs.iter().enumerate() {
            let mut whole = Assembly::new(&options);
            let mut jumps = Vec::new();
            while let Some(sheet) = sheets.next_if(|s| s.input == n) {
                let Sheet { at, end, lines, page, breaks, units, articles, .. } = sheet;
                let raw = &input.text[at..end];
                let origin = Origin { at, lines, map: input.map.as_ref() };
                whole.take(raw, &page, (breaks, units), articles, origin);
                if end < input.text.len() {
                    whole.feed(origin.after(end - at, count_lines(raw)));
                }
                jumps.extend(sheet.jumps);
            }
            let mut proof = whole.proof();
            // What moved took its breaks along.
            proof.breaks.sort_by_key(|b| b.source);
            proof.jumps = jumps;
            proofs.push(proof);
        }
        proofs
    }
}

fn count_lines(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

/// The pages of an input: its number, and where each begins and ends.
fn pages(input: usize, text: &str) -> Vec<(usize, usize, usize)> {
    let feeds = memchr::memchr_iter(b'\x0c', text.as_bytes());
    let mut at = 0;
    let mut all = Vec::new();
    for end in feeds.chain(std::iter::once(text.len())) {
        all.push((input, at, end));
        at = end + 1;
    }
    all
}
