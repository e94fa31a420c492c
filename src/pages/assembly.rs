//! Pages put together into the proof of one text: form feeds between them, everything told in its places.

use crate::document::Document;
use crate::options::Options;
use crate::proof::{Article, Unit};
use crate::proof::{Break, Proof};
use crate::proof::{Entry, Ledger};
use crate::rule::Rule;

/// A page that is clean.
pub(crate) struct Part<'a> {
    /// Its text as it came.
    pub raw: &'a str,
    /// Where that began in the input.
    pub at: usize,
    /// What is to be added to the sources of its breaks and units.
    pub source: u64,
    /// Its clean text, and how it became that.
    pub page: &'a Document,
    /// Whether the lines of its breaks are those of the input already.
    pub placed: bool,
    /// Its breaks, in places of the page.
    pub breaks: Vec<Break>,
    /// Its units, in places of the page.
    pub units: Vec<Unit>,
    /// Its articles, by the numbers of its units.
    pub articles: Vec<Article>,
}

/// A proof that grows page by page.
pub(crate) struct Assembly {
    proof: Proof,
    ledger: Option<Ledger>,
    /// Whether units are told, or only were needed.
    units: bool,
    /// A form feed that waits for a page with text behind it.
    pending: Option<usize>,
    /// Line feeds before the page.
    lines: u64,
}

impl Assembly {
    /// Nothing yet.
    pub fn new(options: &Options) -> Assembly {
        let ledger = options.ledger.then(Vec::new);
        Assembly { proof: Proof::default(), ledger, units: options.units, pending: None, lines: 0 }
    }

    /// Takes the next page.
    pub fn take(&mut self, part: Part<'_>) {
        let proof = &mut self.proof;
        if let Some(feed) = self.pending.take() {
            if !part.page.text().is_empty() && !proof.text.is_empty() {
                proof.text.push('\x0c');
            } else if let Some(ledger) = &mut self.ledger {
                ledger.push(feed_entry(feed, self.lines));
            }
        }
        if let Some(ledger) = &mut self.ledger {
            enter(&part, self.lines, ledger);
        }
        let base = proof.text.len();
        let lines = self.lines;
        proof.breaks.extend(part.breaks.into_iter().map(|b| Break {
            source: b.source + part.source,
            line: if part.placed { b.line } else { b.line + lines },
            at: b.at + base,
            ..b
        }));
        if self.units {
            let number = proof.units.len();
            proof.units.extend(part.units.into_iter().map(|u| u.moved(base, part.source)));
            proof.articles.extend(part.articles.into_iter().map(|a| a.moved(number)));
        }
        // With room for the form feed that a stream puts in front.
        proof.text.reserve(part.page.text().len() + 1);
        proof.text.push_str(part.page.text());
        proof.counts.merge(part.page.counts());
    }

    /// Behind the page `raw` a form feed stands, at byte `at` of the input.
    pub fn feed(&mut self, raw: &str, at: usize) {
        self.go_on(raw);
        self.pending = Some(at);
    }

    /// Behind the piece `raw` its page goes on.
    pub fn go_on(&mut self, raw: &str) {
        self.lines += memchr::memchr_iter(b'\n', raw.as_bytes()).count() as u64;
    }

    /// What came of it.
    pub fn proof(self) -> Proof {
        Proof { ledger: self.ledger, ..self.proof }
    }
}

fn enter(part: &Part<'_>, lines: u64, ledger: &mut Ledger) {
    let Some(trace) = part.page.trace() else { return };
    let mut line = lines + 1;
    let mut counted = 0;
    for change in trace.changes() {
        line += memchr::memchr_iter(b'\n', &part.raw.as_bytes()[counted..change.start]).count() as u64;
        counted = change.start;
        ledger.push(Entry {
            rule: change.rule,
            start: (part.at + change.start) as u64,
            end: (part.at + change.end) as u64,
            line,
            before: part.raw[change.start..change.end].to_string(),
            after: change.after.to_string(),
            confidence: change.confidence,
        });
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
