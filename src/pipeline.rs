//! The front door: options go in by value, pages go through, proofs come out.

use crate::document::Document;
use crate::document::edit::Edits;
use crate::document::trace::Side;
use crate::error::Error;
use crate::measure::Layout;
use crate::model::lines::LineRole;
use crate::model::lines::decoder::{Decoder, Scores, settle};
use crate::model::lines::keep_clean;
use crate::model::lines::templates::{Features, Weights};
use crate::model::lines::weights;
use crate::model::units::facts::{self, Typeset};
use crate::options::{Furniture, Options, Order, Split};
use crate::pages::assembly::{Assembly, Part};
use crate::pages::decisions::Decisions;
use crate::passes::suspect_chars::SuspectChars;
use crate::passes::typeset::{rejoin, tokens};
use crate::passes::{controls, doubled, glyphs, order, punctuation, sentences};
use crate::proof::{Article, Break, Decision, Proof, Unit};
use crate::rule::Rule;
use crate::structure::repeated::Repeated;
use crate::structure::{articles, furniture, units};

/// Cleans a text with the default options.
///
/// ```
/// assert_eq!(qingyang::clean(""), "");
/// ```
pub fn clean(text: &str) -> String {
    Cleaner::new(Options::default()).page(text).text
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
    page: Document,
    work: Work,
    /// Furniture that an issue knows by its repetition.
    repeated: Option<Repeated>,
}

/// A page of an issue that is clean: breaks, units and articles in places of the page.
#[derive(Debug)]
pub(crate) struct PageOfIssue {
    pub page: Document,
    pub breaks: Vec<Break>,
    pub units: Vec<Unit>,
    pub articles: Vec<Article>,
    /// Lines that may print its number, dropped or not.
    pub folios: Vec<String>,
}

/// Memory that goes from page to page.
#[derive(Debug, Default)]
struct Work {
    edits: Edits,
    before: Before,
    lines: Layout,
    scores: Scores,
    decoder: Decoder,
    roles: Vec<LineRole>,
    kept: Vec<f32>,
    /// Breaks that a person decided.
    decided: Vec<bool>,
    /// Roles as the page alone says.
    typeset: Vec<LineRole>,
    /// As `kept`, with certainty where a person decided.
    certain: Vec<f32>,
    /// Lines of furniture that go.
    dropped: Vec<bool>,
    /// Where each line ends: in the page's decoded text, and in the text as it goes through the last passes.
    ends: Vec<(usize, usize)>,
    /// The same for where each line begins.
    starts: Vec<(usize, usize)>,
    tokens: tokens::Tokens,
    units: Vec<Unit>,
    articles: Vec<Article>,
    /// Lines that are furniture by repetition.
    repeated: Vec<bool>,
    /// Lines of an issue's page that may print its number.
    folios: Vec<String>,
}

/// Memory of the passes that come before the roles.
#[derive(Debug, Default)]
struct Before {
    suspects: SuspectChars,
    doubled: doubled::Memory,
    /// Starts of lines painted twice.
    folded: Vec<usize>,
}

/// What is known of a page's breaks beside the page.
enum Told<'a> {
    Nothing,
    /// Which breaks are kept, for all of them.
    All(&'a [bool]),
    /// Asked for each break, by its byte in the text.
    Some(&'a mut dyn FnMut(usize) -> Option<bool>),
}

impl Cleaner {
    /// A cleaner with these options.
    pub fn new(options: Options) -> Cleaner {
        Cleaner { options, page: Document::default(), work: Work::default(), repeated: None }
    }

    /// The options in force.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Cleans one text; form feeds in it part its pages, each a world of its own.
    pub fn page(&mut self, text: &str) -> Proof {
        self.pages(text, None)
    }

    /// The same, with what a person decided of some of its line breaks. Each decision changes its own break and nothing
    /// else; decisions that say what the page says change nothing.
    ///
    /// ```
    /// use qingyang::{Cleaner, Decision, Options};
    /// let raw = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄。\n";
    /// let first = "渠水流过桥头镇，沿岸的稻".len() as u64;
    /// let mut cleaner = Cleaner::new(Options::default());
    /// assert_eq!(cleaner.page(raw).text, "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n");
    /// let proof = cleaner.page_with(raw, &[Decision { source: first, keep: true }]).unwrap();
    /// assert_eq!(proof.text, raw);
    /// assert!(cleaner.page_with(raw, &[Decision { source: 3, keep: true }]).is_err());
    /// ```
    ///
    /// # Errors
    /// If a decision is of no line break of this text, or two of them contradict each other.
    pub fn page_with(&mut self, text: &str, decisions: &[Decision]) -> Result<Proof, Error> {
        let mut decisions = Decisions::new(decisions)?;
        let proof = self.pages(text, Some(&mut |source| decisions.of(source as u64)));
        decisions.all_met()?;
        Ok(proof)
    }

    /// Cleans one text; `ask` is asked for each line break between two lines, by its byte in the text.
    pub(crate) fn pages(&mut self, text: &str, mut ask: Option<&mut dyn FnMut(usize) -> Option<bool>>) -> Proof {
        let mut whole = Assembly::new(&self.options);
        let mut at = 0;
        loop {
            let end = end_of_piece(text, at, MAX_BYTES);
            let raw = &text[at..end];
            match &mut ask {
                Some(ask) => self.clean_part(raw, Told::Some(&mut |source| ask(source + at))),
                None => self.clean_part(raw, Told::Nothing),
            }
            let breaks = self.breaks(raw).collect();
            let (units, articles) = (std::mem::take(&mut self.work.units), std::mem::take(&mut self.work.articles));
            whole.take(Part { raw, at, source: at as u64, page: &self.page, placed: false, breaks, units, articles });
            match text.as_bytes().get(end) {
                Some(b'\x0c') => {
                    whole.feed(raw, end);
                    at = end + 1;
                }
                Some(_) => {
                    whole.go_on(raw);
                    at = end;
                }
                None => break,
            }
        }
        whole.proof()
    }

    /// Cleans a piece of a page whose first or last line is cut: nothing can move over the cut.
    pub(crate) fn piece(&mut self, text: &str, ask: Option<&mut dyn FnMut(usize) -> Option<bool>>) -> Proof {
        let order = std::mem::replace(&mut self.options.order, Order::Source);
        let proof = self.pages(text, ask);
        self.options.order = order;
        proof
    }

    /// Cleans one page of an issue, with what the issue knows.
    pub(crate) fn page_of_issue(&mut self, text: &str) -> PageOfIssue {
        self.clean_part(text, Told::Nothing);
        let breaks = self.breaks(text).collect();
        let Work { units, articles, folios, .. } = &mut self.work;
        let (units, articles, folios) = (std::mem::take(units), std::mem::take(articles), std::mem::take(folios));
        PageOfIssue { page: std::mem::take(&mut self.page), breaks, units, articles, folios }
    }

    /// What an issue knows of its pages from now on.
    pub(crate) fn know(&mut self, repeated: Repeated) {
        self.repeated = Some(repeated);
    }

    /// A page's text and lines as they are before the roles are known.
    pub(crate) fn lines_of(&mut self, text: &str) -> (&str, &Layout) {
        let Work { edits, before, lines, .. } = &mut self.work;
        self.page.reset(text, false);
        prepare(&mut self.page, &self.options, edits, before);
        lines.measure(self.page.text(), &before.folded);
        (self.page.text(), lines)
    }

    fn clean_part(&mut self, text: &str, told: Told<'_>) {
        let Work {
            edits,
            before,
            lines,
            scores,
            decoder,
            roles,
            kept,
            decided,
            typeset,
            certain,
            dropped,
            ends,
            starts,
            tokens,
            units,
            articles,
            repeated,
            folios,
        } = &mut self.work;
        let read_units = self.options.read_units();
        let asked = matches!(told, Told::Some(_));
        let placed = self.options.confidence || read_units || asked;
        let traced = self.options.ledger || self.options.confidence || self.options.units || asked;
        self.page.reset(text, traced);
        prepare(&mut self.page, &self.options, edits, before);
        lines.measure(self.page.text(), &before.folded);
        Features::new(lines).score(weights::FITTED, scores);
        keep_clean(lines, scores);
        decoder.posteriors(scores, kept);
        settle(scores, kept, roles);
        if let Told::All(kept) = told {
            apply_decided(kept, roles);
        }
        if self.options.skip.contains(Rule::Rejoin) {
            roles.iter_mut().for_each(|r| *r = LineRole::Row);
        }
        repeated.clear();
        if let Some(known) = &self.repeated {
            known.find(self.page.text(), lines, repeated, folios);
            furniture::set_apart(repeated, roles);
        }
        dropped.clear();
        if self.options.furniture == Furniture::Drop && !self.options.skip.contains(Rule::Furniture) {
            furniture::find(self.page.text(), lines, roles, dropped);
            dropped.iter_mut().zip(repeated.iter()).for_each(|(d, &r)| *d |= r);
        }
        ends.clear();
        starts.clear();
        if placed {
            place(&self.page, lines.lines.iter().map(|l| l.start as usize), Side::Begins, starts);
            place(&self.page, lines.lines.iter().map(|l| l.end as usize), Side::Ends, ends);
        }
        typeset.clone_from(roles);
        decided.clear();
        certain.clone_from(kept);
        if let Told::Some(ask) = told {
            decide(ask, ends, dropped, roles, decided, certain);
        }
        edits.clear();
        let confidence = if traced { &certain[..] } else { &[] };
        let decided = rejoin::Decided { page: lines, roles, typeset, dropped, confidence };
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
        if read_units {
            let set = Typeset { lines, roles, dropped, starts, ends };
            units::read(self.page.text(), set, units);
            furniture::mark(self.page.text(), repeated, starts, units);
            articles::group(self.page.text(), units, articles);
        }
        if self.options.split == Split::Sentence && !self.options.skip.contains(Rule::Sentences) {
            edits.clear();
            sentences::propose(self.page.text(), units, edits);
            shift(starts.iter_mut().map(|e| &mut e.1), edits);
            // A line feed that is put in where a line ended stands behind its end.
            shift_ends(ends.iter_mut().map(|e| &mut e.1), edits);
            shift_ends(units.iter_mut().flat_map(|u| [&mut u.range.start, &mut u.range.end]), edits);
            shift_parts(units, edits);
            self.page.apply(edits);
        }
        if self.options.order == Order::Reading && !self.options.skip.contains(Rule::Order) {
            edits.clear();
            let between = self.options.between_units();
            if let Some(settled) = order::propose(self.page.text(), units, articles, between, edits) {
                order::renumber(articles, &settled);
                for (_, at) in starts.iter_mut().chain(ends.iter_mut()) {
                    *at = settled.place(0, units, *at).1;
                }
                *units = settled.units.into_iter().next().unwrap_or_default();
                self.page.apply(edits);
            }
        }
    }

    /// The breaks of the page at hand; offsets and lines are of its text.
    fn breaks(&self, text: &str) -> impl Iterator<Item = Break> {
        let work = &self.work;
        let (mut line, mut counted) = (1, 0);
        let dropped = |i: usize| work.dropped.get(i) == Some(&true);
        // Of a page that is not traced nobody knows where its lines stood in the source.
        let ends = if self.page.trace().is_some() { &work.ends[..] } else { &[] };
        let all = ends.iter().zip(&work.kept).zip(&work.roles).enumerate();
        all.filter(move |(i, _)| !dropped(*i) && !dropped(i + 1)).map(
            move |(i, ((&(source, at), &probability), role))| {
                line += memchr::memchr_iter(b'\n', &text.as_bytes()[counted..source]).count() as u64;
                counted = source;
                Break {
                    source: source as u64,
                    line,
                    at,
                    kept: !role.goes_on(),
                    probability,
                    decided: work.decided.get(i) == Some(&true),
                }
            },
        )
    }
}

/// Bytes of the longest page that is cleaned in one piece: places of its lines are numbers of 32 bits.
const MAX_BYTES: usize = 1 << 31;

/// Where the page that begins at `at` ends, or the first piece of one that is too long: behind a line, if it has any.
fn end_of_piece(text: &str, at: usize, most: usize) -> usize {
    let bytes = text.as_bytes();
    let page = memchr::memchr(b'\x0c', &bytes[at..]).map_or(text.len(), |n| at + n);
    if page - at <= most {
        return page;
    }
    let mut cut = at + most;
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    memchr::memrchr(b'\n', &bytes[at..cut]).map_or(cut, |n| at + n + 1)
}

/// The passes that come before the roles.
fn prepare(page: &mut Document, options: &Options, edits: &mut Edits, before: &mut Before) {
    let Before { suspects, doubled: memory, folded } = before;
    folded.clear();
    suspects.find(page.text());
    if !suspects.is_empty() {
        edits.clear();
        controls::propose_at(page.text(), suspects, options, edits);
        if !edits.is_empty() {
            page.apply(edits);
            suspects.find(page.text());
        }
        edits.clear();
        glyphs::propose_at(page.text(), suspects, options, edits);
        page.apply(edits);
    }
    if !options.skip.contains(Rule::Doubled) {
        edits.clear();
        doubled::propose(page.text(), memory, edits, folded);
        if !edits.is_empty() {
            shift(folded.iter_mut(), edits);
            page.apply(edits);
        }
    }
}

/// Places of the text at hand, with where they stood in the decoded text: (then, now).
fn place(page: &Document, places: impl Iterator<Item = usize> + Clone, side: Side, out: &mut Vec<(usize, usize)>) {
    match page.trace() {
        Some(trace) => out.extend(trace.sources(places.clone(), side).zip(places)),
        None => out.extend(places.clone().zip(places)),
    }
}

/// Where places of the text before the edits stand after them; a place inside what an edit takes away stands where
/// that began.
fn shift<'a>(places: impl Iterator<Item = &'a mut usize>, edits: &Edits) {
    let mut list = edits.as_slice().iter().peekable();
    let (mut put, mut gone) = (0, 0);
    for place in places {
        while let Some(edit) = list.next_if(|e| e.end <= *place) {
            put += edits.after(edit).len();
            gone += edit.end - edit.start;
        }
        let stays = list.peek().map_or(*place, |e| e.start.min(*place));
        *place = stays + put - gone;
    }
}

/// The same for places that end something: what is put in there stands behind them.
fn shift_ends<'a>(places: impl Iterator<Item = &'a mut usize>, edits: &Edits) {
    let mut list = edits.as_slice().iter().peekable();
    let (mut put, mut gone) = (0, 0);
    for place in places {
        while let Some(edit) = list.next_if(|e| e.start < *place) {
            put += edits.after(edit).len();
            gone += edit.end - edit.start;
        }
        *place = *place + put - gone;
    }
}

/// The same for the parts of units.
fn shift_parts(units: &mut [Unit], edits: &Edits) {
    let list = edits.as_slice();
    let mut sums = Vec::with_capacity(list.len() + 1);
    sums.push((0, 0));
    for edit in list {
        let (put, gone) = sums.last().copied().unwrap_or_default();
        sums.push((put + edits.after(edit).len(), gone + edit.end - edit.start));
    }
    let moved = |place: usize, n: usize| place + sums[n].0 - sums[n].1;
    for part in units.iter_mut().flat_map(|u| &mut u.parts) {
        let before = list.partition_point(|e| e.end <= part.range.start);
        let inside = list.partition_point(|e| e.start < part.range.end);
        part.range = moved(part.range.start, before)..moved(part.range.end, inside);
    }
}

/// Asks for each break between two lines that stay, and gives the lines the roles that the answers want.
fn decide(
    ask: &mut dyn FnMut(usize) -> Option<bool>,
    ends: &[(usize, usize)],
    dropped: &[bool],
    roles: &mut [LineRole],
    decided: &mut Vec<bool>,
    certain: &mut [f32],
) {
    let dropped = |i: usize| dropped.get(i) == Some(&true);
    let mut keep: Vec<bool> = roles.iter().map(|r| !r.goes_on()).collect();
    decided.resize(roles.len(), false);
    for i in 0..roles.len().saturating_sub(1) {
        if !dropped(i)
            && !dropped(i + 1)
            && let Some(kept) = ask(ends[i].0)
        {
            (keep[i], decided[i]) = (kept, true);
            if let Some(certain) = certain.get_mut(i) {
                *certain = if kept { 1.0 } else { 0.0 };
            }
        }
    }
    apply_decided(&keep, roles);
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
    let mut page = Document::new(raw, false);
    let mut before = Before::default();
    prepare(&mut page, &Options::default(), &mut Edits::new(), &mut before);
    (page.text().to_string(), before.folded)
}

/// For `examples/fit.rs`: the clean page where these breaks are kept.
#[doc(hidden)]
pub fn finish_with_breaks(raw: &str, kept: &[bool]) -> String {
    let mut cleaner = Cleaner::new(Options::default());
    cleaner.clean_part(raw, Told::All(kept));
    cleaner.page.text().to_string()
}

/// For `examples/fit_units.rs`: a clean page, its units, and the bins of what is measured of them.
#[doc(hidden)]
pub fn measured_units(raw: &str) -> (String, Vec<Unit>, Vec<[u16; facts::COUNT]>) {
    let mut cleaner = Cleaner::new(Options { units: true, ..Options::default() });
    cleaner.clean_part(raw, Told::Nothing);
    let Work { lines, roles, dropped, starts, ends, .. } = &cleaner.work;
    let set = Typeset { lines, roles, dropped, starts, ends };
    let facts = units::cut(cleaner.page.text(), set, &mut Vec::new());
    let bins = |i| {
        let mut bins = [0; facts::COUNT];
        facts.of(i, &mut bins);
        bins
    };
    let bins = (0..facts.len()).map(bins).collect();
    (cleaner.page.text().to_string(), cleaner.work.units, bins)
}

/// For `examples/fit.rs` and tests: the weights in force.
#[doc(hidden)]
pub fn fitted() -> Weights<'static> {
    weights::FITTED
}

#[cfg(test)]
mod tests {
    use super::end_of_piece;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_page_that_is_too_long_is_cut_behind_a_line_or_between_characters(
            text in "(?s)[渠水a\n\x0c]{0,60}", most in 4usize..40
        ) {
            let mut at = 0;
            loop {
                let end = end_of_piece(&text, at, most);
                let page = text[at..].find('\x0c').map_or(text.len(), |n| at + n);
                prop_assert!(end - at <= most && end <= page && text.is_char_boundary(end));
                if end < page {
                    prop_assert!(end > at && (text[..end].ends_with('\n') || !text[at..end].contains('\n')));
                    at = end;
                } else if page < text.len() {
                    at = page + 1;
                } else {
                    break;
                }
            }
        }
    }
}
