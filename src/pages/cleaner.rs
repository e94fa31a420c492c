//! The main entry of the library: cleans texts with one set of options and returns proofs.

use super::across::{Edges, Leaf};
use super::assembly::JoinedPages;
use super::decisions::Decisions;
use super::origin::Origin;
use crate::error::Error;
use crate::model::Model;
use crate::options::{Options, Order};
use crate::pipeline::{BreakOverrides, CleanPage, Pipeline};
use crate::proof::{Decision, Proof};
use crate::text::decode::decode;
use crate::text::ends::count_line_feeds;
use std::borrow::Cow;

/// Cleans a text with the default options. Form feeds separate its pages.
///
/// ```
/// let raw = "渠水流过桥头镇，沿岸的稻\n\n田渐渐泛黄。\n";
/// assert_eq!(qingyang::clean(raw), "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n");
/// assert_eq!(qingyang::clean(""), "");
/// ```
pub fn clean(text: &str) -> String {
    Cleaner::new(Options::default()).page(text).text
}

/// Cleans the bytes of a text with the default options. The encoding is detected.
///
/// ```
/// assert_eq!(qingyang::clean_bytes("渠 水 流 过 桥 头 镇\n".as_bytes()).unwrap(), "渠水流过桥头镇\n");
/// ```
///
/// # Errors
/// If no supported encoding decodes every byte.
pub fn clean_bytes(bytes: &[u8]) -> Result<String, Error> {
    let decoded = decode(bytes, None, false)?;
    Ok(clean(&decoded.text))
}

/// Cleans pages with one set of options, and reuses its memory from page to page.
///
/// ```
/// use qingyang::{Cleaner, Options};
/// let mut cleaner = Cleaner::new(Options::default());
/// assert_eq!(cleaner.page("号外\n").text, "号外\n");
/// ```
#[derive(Debug)]
pub struct Cleaner {
    pipeline: Pipeline,
}

/// Returns what a person decided about the line break at a byte of the decoded text.
pub(crate) type Ask<'a> = &'a mut dyn FnMut(usize) -> Option<bool>;

impl Cleaner {
    /// A cleaner with these options and the built-in model.
    pub fn new(options: Options) -> Cleaner {
        Cleaner { pipeline: Pipeline::new(options, Model::newspaper()) }
    }

    /// A cleaner with these options and this model.
    #[cfg(feature = "internals")]
    pub fn with_model(options: Options, model: Model) -> Cleaner {
        Cleaner { pipeline: Pipeline::new(options, model) }
    }

    /// The options of this cleaner.
    pub fn options(&self) -> &Options {
        self.pipeline.options()
    }

    /// Cleans one text. Form feeds separate its pages, and each page is cleaned on its own. A page without text stays a page;
    /// a form feed at the very end opens none.
    ///
    /// ```
    /// use qingyang::{Cleaner, Options, Rule};
    /// let proof = Cleaner::new(Options::default().with_ledger(true)).page("渠 水 流 过 桥 头 镇\n");
    /// assert_eq!(proof.text, "渠水流过桥头镇\n");
    /// assert_eq!(proof.counts.of(Rule::Spacing), 6);
    /// assert_eq!(proof.ledger.unwrap()[0].start, 3);
    /// ```
    pub fn page(&mut self, text: &str) -> Proof {
        self.pages(text, Origin::default(), None)
    }

    /// Cleans one text and applies what a person decided about some of its line breaks. Each decision changes its own
    /// break and nothing else. A decision that agrees with the model changes no text.
    ///
    /// ```
    /// use qingyang::{Cleaner, Decision, Options};
    /// let raw = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄。\n";
    /// let first = "渠水流过桥头镇，沿岸的稻".len() as u64;
    /// let mut cleaner = Cleaner::new(Options::default());
    /// assert_eq!(cleaner.page(raw).text, "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n");
    /// let proof = cleaner.page_with(raw, &[Decision::new(first, true)]).unwrap();
    /// assert_eq!(proof.text, raw);
    /// assert!(cleaner.page_with(raw, &[Decision::new(3, true)]).is_err());
    /// ```
    ///
    /// # Errors
    /// If a decision names no line break of this text, or two of them contradict each other.
    pub fn page_with(&mut self, text: &str, decisions: &[Decision]) -> Result<Proof, Error> {
        let mut decisions = Decisions::new(decisions)?;
        let proof = self.pages(text, Origin::default(), Some(&mut |source| decisions.of(source as u64)));
        decisions.all_met()?;
        Ok(proof)
    }

    /// Cleans a text. `origin` translates its places to the input. `ask` is called for each break between two lines.
    pub(crate) fn pages(&mut self, text: &str, origin: Origin<'_>, mut ask: Option<Ask<'_>>) -> Proof {
        let mut pages = JoinedPages::new(self.pipeline.options());
        let mut at = 0;
        let mut lines = 0;
        loop {
            let end = end_of_piece(text, at, MAX_BYTES);
            let raw = &text[at..end];
            let page = match &mut ask {
                Some(ask) => self.pipeline.clean(raw, BreakOverrides::Ask(&mut |source| ask(source + at))),
                None => self.pipeline.clean(raw, BreakOverrides::None),
            };
            let here = origin.after(at, lines);
            pages.take(Cow::Borrowed(raw), page, Edges::of(text, at..end), here);
            let Some(&next) = text.as_bytes().get(end) else { break };
            lines += count_line_feeds(raw);
            at = end;
            if next == b'\x0c' {
                pages.feed(origin.after(end, lines));
                at += 1;
            }
        }
        pages.proof()
    }

    /// Cleans the page at `origin`, which waits for the page behind it.
    pub(crate) fn leaf(&mut self, text: &str, origin: Origin<'_>, ask: Option<Ask<'_>>) -> Leaf {
        let overrides = ask.map_or(BreakOverrides::None, BreakOverrides::Ask);
        let ledger = self.options().ledger;
        Leaf::of(self.pipeline.clean(text, overrides), origin, ledger)
    }

    /// Cleans a piece of a page whose first or last line is cut. The order stays as in the source, because a headline could
    /// not move across the cut.
    pub(crate) fn piece(&mut self, text: &str, origin: Origin<'_>, ask: Option<Ask<'_>>) -> Proof {
        let order = std::mem::replace(&mut self.pipeline.options_mut().order, Order::Source);
        let proof = self.pages(text, origin, ask);
        self.pipeline.options_mut().order = order;
        proof
    }

    /// Cleans one page of an issue.
    pub(crate) fn page_of_issue(&mut self, text: &str) -> CleanPage<'_> {
        self.pipeline.clean(text, BreakOverrides::None)
    }

    /// The pipeline, with which an issue measures its pages before it cleans any.
    pub(crate) fn pipeline(&mut self) -> &mut Pipeline {
        &mut self.pipeline
    }
}

/// Maximum bytes of a page that is cleaned in one piece, because a layout stores positions of lines in 32 bits.
const MAX_BYTES: usize = 1 << 31;

/// The end of the page that begins at `at`. A page longer than `most` bytes is cut after a line, or between two characters
/// if it has no line end.
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

#[cfg(test)]
mod tests {
    use super::end_of_piece;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_page_that_is_too_long_is_cut_after_a_line_or_between_characters(
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
