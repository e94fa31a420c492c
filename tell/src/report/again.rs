//! An input that can be cleaned again, page by page, with line breaks decided otherwise.

use qingyang::layout::Layout;
use qingyang::{Cleaner, Decision, EditDecision, EditDecisions, Encoding, Ledger, Options, Proof, Stream};
use std::ops::Range;

/// Where the text of an input is.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// Its bytes, in this encoding.
    Text(&'a [u8], Encoding),
    /// Its layout, and [the text](Layout::text) of that.
    Layout(&'a Layout, &'a str),
}

/// An input, and how it was cleaned.
pub struct Again<'a> {
    source: Source<'a>,
    options: Options,
    /// The form feeds in the text of a layout.
    feeds: Vec<u64>,
    /// What a person decided before.
    breaks: Vec<Decision>,
    edits: Vec<EditDecision>,
    /// Its memory is used from page to page.
    stream: Stream,
}

impl<'a> Again<'a> {
    /// An input that was cleaned with these options. If `lossy` is set, malformed bytes became U+FFFD.
    pub fn new(source: Source<'a>, options: &Options, lossy: bool) -> Again<'a> {
        let options = options.clone().with_ledger(true).with_why(false).with_units(false).with_confidence(false);
        let stream = Stream::new(options.clone(), Some(source.encoding()), lossy);
        let feeds = match source {
            Source::Layout(_, text) => text.match_indices('\x0c').map(|(n, _)| n as u64).collect(),
            Source::Text(..) => Vec::new(),
        };
        Again { source, options, feeds, breaks: Vec::new(), edits: Vec::new(), stream }
    }

    /// Sets what a person had decided when it was cleaned. Each break must have been found.
    pub fn decided(&mut self, mut breaks: Vec<Decision>, edits: Vec<EditDecision>) {
        breaks.sort_by_key(|b| b.source);
        (self.breaks, self.edits) = (breaks, edits);
    }

    /// Whether its pages need their neighbours.
    pub(super) fn is_joined_across(&self) -> bool {
        self.options.join_across
    }

    /// Cleans bytes of the input that are whole pages with these line breaks decided otherwise. Places in the ledger are places
    /// of the input. `None` if the breaks are none of the page.
    pub(super) fn clean(&mut self, bytes: Range<u64>, flips: &[Decision]) -> Option<(String, Ledger)> {
        let breaks = self.breaks_of(&bytes, flips);
        let mut proofs = Vec::new();
        match self.source {
            Source::Text(all, _) => {
                let page = all.get(usize::try_from(bytes.start).ok()?..usize::try_from(bytes.end).ok()?)?;
                self.stream.begin_again();
                self.stream.decide(&breaks).ok()?;
                self.stream.push(page, &mut |proof| proofs.push(proof)).ok()?;
                self.stream.finish(&mut |proof| proofs.push(proof)).ok()?;
            }
            Source::Layout(layout, _) => {
                let before = |place: u64| self.feeds.partition_point(|&feed| feed < place);
                let pages = layout.pages.get(before(bytes.start)..=before(bytes.end))?.to_vec();
                proofs.push(Cleaner::new(self.options.clone()).layout_with(&Layout { pages }, &breaks).ok()?);
            }
        }
        self.carry_out(&bytes, &mut proofs)?;
        let text = proofs.iter().map(|proof| proof.text.as_str()).collect();
        let of_input = |mut e: qingyang::Entry| {
            (e.start, e.end) = (e.start + bytes.start, e.end + bytes.start);
            e
        };
        Some((text, proofs.into_iter().filter_map(|proof| proof.ledger).flatten().map(of_input).collect()))
    }

    /// The decisions about breaks among these bytes, in places of the page.
    fn breaks_of(&self, bytes: &Range<u64>, flips: &[Decision]) -> Vec<Decision> {
        let first = self.breaks.partition_point(|b| b.source < bytes.start);
        let known = self.breaks[first..].iter().take_while(|b| b.source < bytes.end);
        let known = known.filter(|b| flips.iter().all(|flip| flip.source != b.source));
        known.chain(flips).map(|b| Decision::new(b.source - bytes.start, b.keep)).collect()
    }

    /// Carries out the decisions about other edits.
    fn carry_out(&self, bytes: &Range<u64>, proofs: &mut [Proof]) -> Option<()> {
        let here = self.edits.iter().filter(|e| bytes.start <= e.start && e.end <= bytes.end);
        let of_page = |e: &EditDecision| EditDecision::new(e.start - bytes.start..e.end - bytes.start, &e.rule, e.keep);
        let here: Vec<EditDecision> = here.map(of_page).collect();
        if here.is_empty() {
            return Some(());
        }
        let mut edits = EditDecisions::new(here, self.source.encoding());
        proofs.iter_mut().try_for_each(|proof| edits.carry_out(proof)).ok()
    }
}

impl Source<'_> {
    fn encoding(&self) -> Encoding {
        match self {
            Source::Text(_, encoding) => *encoding,
            Source::Layout(..) => Encoding::Utf8,
        }
    }
}
