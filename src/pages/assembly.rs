//! Assembles the proof of one text from its clean pages, with form feeds between them.

use super::origin::Origin;
use crate::document::Document;
use crate::ledger::Entry;
use crate::ledger::Ledger;
use crate::options::{CustomNames, Options};
use crate::proof::{Article, Break, Proof, Unit};
use crate::text::ends::count_line_feeds;

/// A proof that grows page by page.
#[derive(Debug)]
pub(crate) struct Assembly {
    proof: Proof,
    ledger: Option<Ledger>,
    /// Whether the caller asked for units. They may also exist because another option needed them.
    units: bool,
    /// The ledger entry of the last form feed, used if no page with text follows it.
    dropped_feed: Option<Entry>,
    names: CustomNames,
}

impl Assembly {
    /// A proof without pages.
    pub fn new(options: &Options) -> Assembly {
        let ledger = options.ledger.then(Ledger::new);
        let names = options.custom_names();
        Assembly { proof: Proof::default(), ledger, units: options.units, dropped_feed: None, names }
    }

    /// Takes the next page: its input text, its clean text, and its breaks and units in places of the input.
    pub fn take(
        &mut self,
        raw: &str,
        document: &Document,
        (breaks, units): (Vec<Break>, Vec<Unit>),
        articles: Vec<Article>,
        origin: Origin<'_>,
    ) {
        let proof = &mut self.proof;
        if let Some(feed) = self.dropped_feed.take() {
            if !document.text().is_empty() && !proof.text.is_empty() {
                proof.text.push('\x0c');
            } else if let Some(ledger) = &mut self.ledger {
                ledger.push(feed);
            }
        }
        if let Some(ledger) = &mut self.ledger {
            enter(raw, document, origin, &self.names, ledger);
        }
        let base = proof.text.len();
        proof.breaks.extend(breaks.into_iter().map(|b| Break { at: b.at + base, ..b }));
        if self.units {
            let first = proof.units.len();
            proof.units.extend(units.into_iter().map(|mut unit| {
                unit.advance(base);
                unit
            }));
            proof.articles.extend(articles.into_iter().map(|article| article.moved(first)));
        }
        // One byte more for the form feed that a stream inserts before the page.
        proof.text.reserve(document.text().len() + 1);
        proof.text.push_str(document.text());
        proof.counts.merge(document.counts());
        for (name, &times) in self.names.iter().zip(document.custom_counts()).filter(|(_, times)| **times > 0) {
            proof.counts.name_custom(name, times);
        }
    }

    /// Notes that a form feed follows the page, at `origin`.
    pub fn feed(&mut self, origin: Origin<'_>) {
        self.dropped_feed = Some(origin.layout_entry("\x0c", ""));
    }

    /// The proof of all pages.
    pub fn proof(self) -> Proof {
        Proof { ledger: self.ledger, ..self.proof }
    }
}

/// Enters the changes of a page into the ledger.
fn enter(raw: &str, document: &Document, origin: Origin<'_>, names: &CustomNames, ledger: &mut Ledger) {
    let Some(trace) = document.trace() else { return };
    let (mut line, mut counted) = (0, 0);
    for change in trace.changes() {
        line += count_line_feeds(&raw[counted..change.start]);
        counted = change.start;
        let custom = change.author.custom().and_then(|id| names.get(id).cloned());
        ledger.push(Entry { custom, ..origin.entry(&change, raw, line) });
    }
}
