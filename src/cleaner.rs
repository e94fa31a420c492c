//! The front door: options go in by value, pages go through, proofs come out.

use crate::articles;
use crate::edit::Edits;
use crate::ledger::{Entry, Ledger};
use crate::options::{Furniture, Options};
use crate::page::{Counts, Page};
use crate::passes::{controls, doubled, glyphs, punctuation, rejoin, spacing};
use crate::roles::LineRole;
use crate::roles::decoder::{Decoder, Scores};
use crate::roles::evidence::PageLines;
use crate::roles::features::{Features, Weights};
use crate::roles::furniture;
use crate::roles::weights;
use crate::rule::Rule;
use crate::units::{self, Article, Typeset, Unit};

/// Cleans a text with the default options.
///
/// ```
/// assert_eq!(qingyang::clean(""), "");
/// ```
pub fn clean(text: &str) -> String {
    Cleaner::new(Options::default()).page(text).text
}

/// A line break of the source and what became of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Break {
    /// Byte of the input at which the line before the break ends.
    pub source: u64,
    /// Byte of the proof's text at which the break stands, or stood.
    pub at: usize,
    /// Whether it was kept.
    pub kept: bool,
    /// Probability that it parts two units.
    pub probability: f32,
}

/// A clean page and what was done to it.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Proof {
    /// The clean text: one unit a line, LF, one line feed at its end; empty where there is nothing.
    pub text: String,
    /// How often each rule changed something.
    pub counts: Counts,
    /// Every difference from the input, where the options ask for it.
    pub ledger: Option<Ledger>,
    /// The line breaks between lines that hold text, where the options ask for it.
    pub breaks: Vec<Break>,
    /// The units of the text, in its order, where the options ask for them.
    pub units: Vec<Unit>,
    /// The articles that the units make up.
    pub articles: Vec<Article>,
}

/// Cleans pages with one set of options, reusing its memory from page to page.
///
/// ```
/// use qingyang::{Cleaner, Options};
/// let mut cleaner = Cleaner::new(Options::default());
/// assert_eq!(cleaner.page("号外\n").text, "号外\n");
/// ```
#[derive(Debug)]
pub struct Cleaner {
    options: Options,
    page: Page,
    work: Work,
}

/// Memory that goes from page to page.
#[derive(Debug, Default)]
struct Work {
    edits: Edits,
    folded: Vec<usize>,
    lines: PageLines,
    scores: Scores,
    decoder: Decoder,
    roles: Vec<LineRole>,
    kept: Vec<f32>,
    /// Lines of furniture that go.
    dropped: Vec<bool>,
    /// Where each line ends: in the page's decoded text, and in the text as it goes through the last passes.
    ends: Vec<(usize, usize)>,
    /// The same for where each line begins.
    starts: Vec<(usize, usize)>,
    tokens: spacing::Tokens,
    units: Vec<Unit>,
    articles: Vec<Article>,
}

impl Cleaner {
    /// A cleaner with these options.
    pub fn new(options: Options) -> Cleaner {
        Cleaner { options, page: Page::default(), work: Work::default() }
    }

    /// The options in force.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Cleans one text; form feeds in it part its pages, each a world of its own.
    pub fn page(&mut self, text: &str) -> Proof {
        let mut proof = Proof::default();
        let mut ledger = self.options.ledger.then(Vec::new);
        let mut at = 0;
        let mut pending: Option<usize> = None; // a form feed that waits for a page with text behind it
        let mut lines = 0;
        loop {
            let end = memchr::memchr(b'\x0c', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n);
            let part = &text[at..end];
            self.clean_part(part, None);
            let clean = self.page.text();
            if !clean.is_empty() {
                if let Some(feed) = pending.take() {
                    if !proof.text.is_empty() {
                        proof.text.push('\x0c');
                    } else if let Some(ledger) = &mut ledger {
                        ledger.push(feed_entry(feed, lines));
                    }
                }
            } else if let (Some(feed), Some(ledger)) = (pending.take(), &mut ledger) {
                ledger.push(feed_entry(feed, lines));
            }
            if let Some(ledger) = &mut ledger {
                self.enter(part, at, lines, ledger);
            }
            let base = proof.text.len();
            for b in self.breaks() {
                proof.breaks.push(Break { source: b.source + at as u64, at: b.at + base, ..b });
            }
            let number = proof.units.len();
            proof.units.extend(self.work.units.drain(..).map(|u| u.moved(base, at as u64)));
            proof.articles.extend(self.work.articles.drain(..).map(|a| a.moved(number)));
            proof.text.push_str(self.page.text());
            proof.counts.merge(self.page.counts());
            if end == text.len() {
                break;
            }
            lines += memchr::memchr_iter(b'\n', part.as_bytes()).count() as u64;
            pending = Some(end);
            at = end + 1;
        }
        proof.ledger = ledger;
        proof
    }

    fn clean_part(&mut self, text: &str, decided: Option<&[bool]>) {
        let Work { edits, folded, lines, scores, decoder, roles, kept, dropped, ends, starts, tokens, units, articles } =
            &mut self.work;
        let traced = self.options.ledger || self.options.confidence || self.options.units;
        self.page.reset(text, traced);
        prepare(&mut self.page, &self.options, edits, folded);
        lines.measure(self.page.text(), folded);
        Features::new(lines).score(weights::FITTED, scores);
        lines.keep_clean(scores);
        decoder.posteriors(scores, kept);
        decoder.settle(scores, kept, roles);
        if let Some(decided) = decided {
            apply_decided(decided, roles);
        }
        if self.options.skip.contains(Rule::Rejoin) {
            roles.iter_mut().for_each(|r| *r = LineRole::Row);
        }
        dropped.clear();
        if self.options.furniture == Furniture::Drop && !self.options.skip.contains(Rule::Furniture) {
            furniture::find(self.page.text(), lines, roles, dropped);
        }
        ends.clear();
        starts.clear();
        if self.options.confidence || self.options.units {
            place(&self.page, lines.lines.iter().map(|l| l.start as usize), starts);
            place(&self.page, lines.lines.iter().map(|l| l.end as usize), ends);
        }
        edits.clear();
        let decided = rejoin::Decided { page: lines, roles, dropped, confidence: kept };
        rejoin::propose(self.page.text(), decided, &self.options, tokens, edits);
        shift(starts.iter_mut().map(|e| &mut e.1), edits);
        shift(ends.iter_mut().map(|e| &mut e.1), edits);
        self.page.apply(edits);
        edits.clear();
        punctuation::propose(self.page.text(), &self.options, edits);
        shift(starts.iter_mut().map(|e| &mut e.1), edits);
        shift(ends.iter_mut().map(|e| &mut e.1), edits);
        self.page.apply(edits);
        units.clear();
        articles.clear();
        if self.options.units {
            let set = Typeset { lines, roles, dropped, starts, ends };
            units::read(self.page.text(), set, units);
            articles::group(self.page.text(), units, articles);
        }
    }

    /// The breaks of the page at hand; offsets are of the part.
    fn breaks(&self) -> impl Iterator<Item = Break> {
        let work = &self.work;
        work.ends.iter().zip(&work.kept).zip(&work.roles).map(|((&(source, at), &probability), role)| Break {
            source: source as u64,
            at,
            kept: !role.goes_on(),
            probability,
        })
    }

    fn enter(&self, part: &str, base: usize, lines: u64, ledger: &mut Ledger) {
        let Some(trace) = self.page.trace() else { return };
        let mut line = lines + 1;
        let mut counted = 0;
        for change in trace.changes() {
            line += memchr::memchr_iter(b'\n', &part.as_bytes()[counted..change.start]).count() as u64;
            counted = change.start;
            ledger.push(Entry {
                rule: change.rule,
                start: (base + change.start) as u64,
                end: (base + change.end) as u64,
                line,
                before: part[change.start..change.end].to_string(),
                after: change.after.to_string(),
                confidence: change.confidence,
            });
        }
    }
}

fn feed_entry(at: usize, lines: u64) -> Entry {
    Entry {
        rule: Rule::Layout,
        start: at as u64,
        end: at as u64 + 1,
        line: lines + 1,
        before: "\x0c".into(),
        after: String::new(),
        confidence: 1.0,
    }
}

/// The passes that come before the roles. `folded` receives the starts of lines painted twice.
fn prepare(page: &mut Page, options: &Options, edits: &mut Edits, folded: &mut Vec<usize>) {
    folded.clear();
    edits.clear();
    controls::propose(page.text(), options, edits);
    page.apply(edits);
    edits.clear();
    glyphs::propose(page.text(), options, edits);
    page.apply(edits);
    if !options.skip.contains(Rule::Doubled) {
        edits.clear();
        doubled::propose(page.text(), edits, folded);
        if !edits.is_empty() {
            shift(folded.iter_mut(), edits);
            page.apply(edits);
        }
    }
}

/// Places of the text at hand, with where they stood in the decoded text: (then, now).
fn place(page: &Page, places: impl Iterator<Item = usize> + Clone, out: &mut Vec<(usize, usize)>) {
    match page.trace() {
        Some(trace) => out.extend(trace.sources(places.clone()).zip(places)),
        None => out.extend(places.clone().zip(places)),
    }
}

/// Where places of the text before the edits stand after them.
fn shift<'a>(places: impl Iterator<Item = &'a mut usize>, edits: &Edits) {
    let mut list = edits.as_slice().iter().peekable();
    let (mut put, mut gone) = (0, 0);
    for place in places {
        while let Some(edit) = list.next_if(|e| e.end <= *place) {
            put += edits.after(edit).len();
            gone += edit.end - edit.start;
        }
        *place = *place + put - gone;
    }
}

/// Roles that keep just these breaks.
fn apply_decided(decided: &[bool], roles: &mut [LineRole]) {
    let n = roles.len();
    for (i, role) in roles.iter_mut().enumerate() {
        let above = i > 0 && !decided.get(i - 1).copied().unwrap_or(true);
        let below = i + 1 < n && !decided.get(i).copied().unwrap_or(true);
        *role = match (above, below) {
            (false, true) => LineRole::Start,
            (true, true) => LineRole::Middle,
            (true, false) => LineRole::End,
            (false, false) if role.goes_on() || role.continues() => LineRole::Single,
            (false, false) => *role,
        };
    }
}

/// For `examples/fit.rs`: a page's text as the role decoder sees it, with the starts of lines painted twice.
#[doc(hidden)]
pub fn prepare_for_roles(raw: &str) -> (String, Vec<usize>) {
    let mut page = Page::new(raw, false);
    let (mut edits, mut folded) = (Edits::new(), Vec::new());
    prepare(&mut page, &Options::default(), &mut edits, &mut folded);
    (page.text().to_string(), folded)
}

/// For `examples/fit.rs`: the clean page where these breaks are kept.
#[doc(hidden)]
pub fn finish_with_breaks(raw: &str, kept: &[bool]) -> String {
    let mut cleaner = Cleaner::new(Options::default());
    cleaner.clean_part(raw, Some(kept));
    cleaner.page.text().to_string()
}

/// For `examples/fit.rs` and tests: the weights in force.
#[doc(hidden)]
pub fn fitted() -> Weights<'static> {
    weights::FITTED
}
