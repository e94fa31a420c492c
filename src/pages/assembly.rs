//! Assembles the proof of one text from its clean pages, with form feeds between them.

use super::across::{Across, Edges, Leaf};
use super::arrangement::Placed;
use super::origin::Origin;
use crate::document::Document;
use crate::ledger::Entry;
use crate::ledger::Ledger;
use crate::options::{CustomNames, Options};
use crate::pipeline::CleanPage;
use crate::proof::{Article, Break, DroppedFurniture, Proof, Unit};
use crate::rule::Rule;
use crate::text::ends::count_line_feeds;
use std::borrow::Cow;

/// A form feed that stays if something follows it.
#[derive(Debug)]
struct Feed {
    /// The ledger entry if it goes.
    dropped: Entry,
    /// The place of that entry in the ledger.
    place: usize,
}

/// A clean page of a text, and the form feed behind it.
#[derive(Debug)]
struct WaitingPage<'a> {
    /// Its input text.
    raw: Cow<'a, str>,
    leaf: Leaf,
    origin: Origin<'a>,
    feed: Option<Origin<'a>>,
}

impl AsRef<Leaf> for WaitingPage<'_> {
    fn as_ref(&self) -> &Leaf {
        &self.leaf
    }
}

impl AsMut<Leaf> for WaitingPage<'_> {
    fn as_mut(&mut self) -> &mut Leaf {
        &mut self.leaf
    }
}

/// Assembles pages whose paragraphs may go on over the page's end.
#[derive(Debug)]
pub(crate) struct JoinedPages<'a> {
    whole: Assembly,
    across: Across<WaitingPage<'a>>,
    ledger: bool,
}

impl<'a> JoinedPages<'a> {
    pub fn new(options: &Options) -> JoinedPages<'a> {
        JoinedPages { whole: Assembly::new(options), across: Across::new(options), ledger: options.ledger }
    }

    /// Takes the next page, or a piece of one with these edges.
    pub fn take(&mut self, raw: Cow<'a, str>, page: CleanPage<'_>, edges: Edges, origin: Origin<'a>) {
        if !self.across.is_asked() {
            let placed = origin.place(page.breaks, page.document.take_units());
            let changed = *raw != *page.document.text();
            return self.whole.take(&raw, changed, page.document, placed, page.articles, origin);
        }
        let sheet = WaitingPage { raw, leaf: Leaf::of(page, origin, self.ledger), origin, feed: None };
        let done = self.across.take(sheet, edges);
        self.put(done);
    }

    /// Takes the next page, which was cleaned before.
    #[cfg(feature = "layout")]
    pub fn take_leaf(&mut self, raw: Cow<'a, str>, leaf: Leaf, edges: Edges, origin: Origin<'a>) {
        if !self.across.is_asked() {
            return self.whole.take_leaf(&raw, leaf, origin);
        }
        let done = self.across.take(WaitingPage { raw, leaf, origin, feed: None }, edges);
        self.put(done);
    }

    /// Ends the page at the form feed at `origin`.
    pub fn feed(&mut self, origin: Origin<'a>) {
        match self.across.waiting().last_mut() {
            Some(last) => last.feed = Some(origin),
            None => self.whole.feed(origin),
        }
    }

    /// The proof of all pages.
    pub fn proof(mut self) -> Proof {
        let done = self.across.release();
        self.put(done);
        self.whole.proof()
    }

    fn put(&mut self, sheets: Vec<WaitingPage<'_>>) {
        for WaitingPage { raw, leaf, origin, feed } in sheets {
            self.whole.take_leaf(&raw, leaf, origin);
            if let Some(feed) = feed {
                self.whole.feed(feed);
            }
        }
    }
}

/// A proof that grows page by page.
#[derive(Debug)]
pub(crate) struct Assembly {
    proof: Proof,
    ledger: Option<Ledger>,
    /// Whether the caller asked for units. They may also exist because another option needed them.
    units: bool,
    /// The form feed after a page with text, until something follows it. One at the very end opens no page and goes.
    feed: Option<Feed>,
    /// Form feeds of the input so far.
    feeds: usize,
    /// Whether the current page has text so far.
    has_text: bool,
    names: CustomNames,
}

impl Assembly {
    /// A proof without pages.
    pub fn new(options: &Options) -> Assembly {
        let ledger = options.ledger.then(Ledger::new);
        let names = options.custom_names();
        Assembly { proof: Proof::default(), ledger, units: options.units, feed: None, feeds: 0, has_text: false, names }
    }

    /// Takes the next page: its input text (only the ledger reads it), whether its clean text differs (edits that cancel each
    /// other are no edits), its clean text, and its breaks and units in places of the input.
    pub fn take(
        &mut self,
        raw: &str,
        changed: bool,
        document: &Document,
        (breaks, units): (Vec<Break>, Vec<Unit>),
        articles: Vec<Article>,
        origin: Origin<'_>,
    ) {
        if !document.text().is_empty() {
            self.has_text = true;
            if self.feed.take().is_some() {
                self.proof.text.push('\x0c');
            }
        }
        self.enter_changes(raw, changed, document, &breaks, origin);
        if self.units {
            self.add_units(document, units, articles);
        }
        let proof = &mut self.proof;
        let base = proof.text.len();
        proof.certainty.merge(document.certainty());
        proof.breaks.extend(breaks.into_iter().map(|b| Break { at: b.at + base, ..b }));
        // One byte more for the form feed that a stream inserts before the page.
        proof.text.reserve(document.text().len() + 1);
        proof.text.push_str(document.text());
        if changed {
            proof.counts.merge(document.counts());
        }
        if let Some(arrangement) = origin.arrangement {
            proof.counts.add(Rule::Order, arrangement.moved);
            proof.counts.add(Rule::Rejoin, arrangement.joints());
        }
        for (name, &times) in
            self.names.iter().zip(document.custom_counts()).filter(|(_, times)| changed && **times > 0)
        {
            proof.counts.name_custom(name, times);
        }
    }

    /// Enters what has changed on a page into the ledger, if there is one.
    fn enter_changes(&mut self, raw: &str, changed: bool, document: &Document, breaks: &[Break], origin: Origin<'_>) {
        if let Some(ledger) = &mut self.ledger {
            let first = ledger.len();
            let changes = document.trace().filter(|_| changed).map(|trace| trace.net_changes(raw)).unwrap_or_default();
            match origin.arrangement {
                None => enter(raw, changes.into_iter().map(Placed::here), origin, &self.names, ledger),
                // Lines that changed places with their like leave the text as it is.
                Some(arrangement) if arrangement.raw == document.text() => {}
                Some(arrangement) => {
                    let changes = arrangement.changes(raw, &changes);
                    enter(&arrangement.raw, changes.into_iter(), origin, &self.names, ledger);
                }
            }
            mark_decided(breaks, &mut ledger.entries_mut()[first..]);
        }
    }

    /// Adds the units of a page, its articles and the furniture that was dropped.
    fn add_units(&mut self, document: &Document, units: Vec<Unit>, articles: Vec<Article>) {
        let proof = &mut self.proof;
        let base = proof.text.len();
        let first = proof.units.len();
        proof.units.extend(units.into_iter().map(|mut unit| {
            unit.advance(base);
            unit
        }));
        proof.articles.extend(articles.into_iter().map(|article| article.moved(first)));
        // A form feed that waits stands before this page, too.
        let page = self.feeds;
        let lines = document.furniture().iter().cloned();
        proof.furniture.extend(lines.map(|text| DroppedFurniture { page, text }));
    }

    /// Takes the next page as a leaf.
    pub fn take_leaf(&mut self, raw: &str, leaf: Leaf, origin: Origin<'_>) {
        let Leaf { page, breaks, units, articles } = leaf;
        self.take(raw, raw != page.text(), &page, (breaks, units), articles, origin);
    }

    /// Ends the page at the form feed at `origin`.
    pub fn feed(&mut self, origin: Origin<'_>) {
        self.feeds += 1;
        if self.feed.take().is_some() {
            self.proof.text.push('\x0c');
        }
        if std::mem::take(&mut self.has_text) {
            let place = self.ledger.as_ref().map_or(0, |ledger| ledger.len());
            self.feed = Some(Feed { dropped: origin.layout_entry("\x0c", ""), place });
        } else {
            self.proof.text.push('\x0c'); // a page without text is a page
        }
    }

    /// The proof of all pages.
    pub fn proof(mut self) -> Proof {
        // Text that moved up a page brought its breaks along.
        self.proof.breaks.sort_by_key(|b| b.source);
        if let Some(feed) = self.feed {
            self.proof.counts.add(Rule::Layout, 1);
            if let Some(ledger) = &mut self.ledger {
                ledger.entries_mut().insert(feed.place, feed.dropped);
            }
        }
        Proof { ledger: self.ledger, ..self.proof }
    }
}

/// Enters the changes of a page, and its malformed sequences, into the ledger.
fn enter<'a>(
    raw: &str,
    changes: impl Iterator<Item = Placed<'a>>,
    origin: Origin<'_>,
    names: &CustomNames,
    ledger: &mut Ledger,
) {
    let (mut line, mut counted) = (0, 0);
    let mut line_at = |at: usize| {
        line += count_line_feeds(&raw[counted..at]);
        counted = at;
        line
    };
    let mut malformed = origin.malformed(raw.len()).peekable();
    for Placed { change, from } in changes {
        while let Some((at, sequence)) = malformed.next_if(|(at, _)| *at < change.start) {
            ledger.push(origin.malformed_entry(sequence, line_at(at)));
        }
        let custom = change.author.custom().and_then(|id| names.get(id).cloned());
        let mut entry = Entry { custom, ..origin.entry(&change, raw, line_at(change.start)) };
        entry.elements = origin.arrangement.map(|arrangement| arrangement.elements(&from)).unwrap_or_default();
        while let Some((_, sequence)) = malformed.next_if(|(at, _)| *at < change.end) {
            entry.malformed.push(sequence);
        }
        ledger.push(entry);
    }
    for (at, sequence) in malformed {
        ledger.push(origin.malformed_entry(sequence, line_at(at)));
    }
}

/// Marks the entries that carry out what a person decided about a line break. Both lists are in the order of the input.
fn mark_decided(breaks: &[Break], entries: &mut [Entry]) {
    for b in breaks.iter().filter(|b| b.decided) {
        let first = entries.partition_point(|e| e.end < b.source);
        let here = entries[first..].iter_mut().take_while(|e| e.start <= b.source);
        here.filter(|e| matches!(e.rule, Rule::Rejoin | Rule::Hyphen | Rule::Layout)).for_each(|e| e.decided = true);
    }
}
