//! The ledger as JSON Lines: a head for each input, then its entries. `docs/format.md` describes the fields.

mod line;

use super::spool::Spool;
use crate::failure::{Failure, unwritten};
use crate::input::origin::Origin;
use line::Record;
use qingyang::decode::Encoding;
use qingyang::layout::Layout;
use qingyang::render::json::{GENERATOR, SCHEMA};
use qingyang::{Entry, Ledger, Malformed, Options};
use qingyang_tell::rounded;
use serde::Serialize;
use std::io::Write;

/// The head of an input's entries.
#[derive(Serialize)]
struct Head<'a> {
    schema: &'a str,
    generator: &'a str,
    input: &'a str,
    encoding: Option<&'a str>,
    /// The text of a layout in its own order, of which the places are.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    options: &'a serde_json::Value,
}

/// The ledger of one input, in the making.
pub struct LedgerText {
    input: String,
    options: serde_json::Value,
    text: Spool,
    begun: bool,
    /// What each entry begins with.
    beginning: Vec<u8>,
    /// The lines of a proof.
    lines: Vec<u8>,
}

impl LedgerText {
    /// Of the input of this name, cleaned with these options.
    pub fn new(input: &str, options: &Options) -> LedgerText {
        let options = options_of_text(options);
        let beginning = line::beginning(input);
        LedgerText {
            input: input.to_string(),
            options,
            text: Spool::default(),
            begun: false,
            beginning,
            lines: Vec::new(),
        }
    }

    /// Adds entries. The first call also writes the head, so it must come even if there are no entries.
    pub fn add(&mut self, ledger: &Ledger, origin: Origin<'_>) -> Result<(), Failure> {
        if !std::mem::replace(&mut self.begun, true) {
            let encoding = origin.encoding.map(Encoding::name);
            let text = origin.layout.map(Layout::text);
            let (input, options) = (&*self.input, &self.options);
            let head = Head { schema: SCHEMA, generator: GENERATOR, input, encoding, text, options };
            line::json(&head, &mut self.lines);
            self.lines.push(b'\n');
        }
        for entry in ledger.iter() {
            line::write(&self.beginning, &record(&self.input, entry), &mut self.lines);
        }
        let written = self.text.write_all(&self.lines).map_err(unwritten);
        self.lines.clear();
        written
    }

    /// Moves what was added to a writer.
    pub fn move_to(&mut self, out: &mut dyn Write) -> Result<(), Failure> {
        self.text.move_to(out)
    }
}

/// The options that an input was cleaned with, as JSON. What is told besides the text changes no edit and is not among them.
pub fn options_of_text(options: &Options) -> serde_json::Value {
    let options = options.clone().with_ledger(false).with_units(false).with_confidence(false).with_why(false);
    serde_json::to_value(options).unwrap_or_default()
}

fn record<'a>(input: &'a str, e: &'a Entry) -> Record<'a> {
    let hex = |m: &Malformed| (m.start, m.bytes.iter().map(|b| format!("{b:02x}")).collect());
    Record {
        input,
        rule: e.rule_name(),
        start: e.start,
        end: e.end,
        line: e.line,
        before: &e.before,
        after: &e.after,
        confidence: rounded(f64::from(e.confidence)),
        decided: e.decided,
        malformed: e.malformed.iter().map(hex).collect(),
        elements: e.elements.iter().map(|e| (e.page, &*e.name, e.start, e.end)).collect(),
    }
}
