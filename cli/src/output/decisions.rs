//! Lists of decisions: the uncertain line breaks of each input, written for a person to edit.
//!
//! JSON Lines: a head for each input, then a record for each place. A person edits `keep`, or sets `seen` where `keep` is
//! right already; a record that was not touched decides nothing:
//!
//! ```text
//! {"qingyang":"0.1.0","input":"page.txt","bytes":412,"sha256":"9f…","uncertain":0.9}
//! {"place":1,"kind":"break","source":120,"line":4,"keep":true,"proposed":true,"seen":false,"probability":0.618,"before":"…","after":"…"}
//! ```

use super::spool::Spool;
use crate::failure::{Failure, unwritten};
use qingyang::{Break, Entry};
use qingyang_tell::decisions::{Edit, Head};
use qingyang_tell::rounded;
use serde::Serialize;
use std::io::Write;

/// An uncertain line break.
#[derive(Serialize)]
struct Place<'a> {
    place: u64,
    kind: &'a str,
    source: u64,
    line: u64,
    keep: bool,
    /// What the tool does if nobody decides.
    proposed: bool,
    /// Whether a person decided it.
    seen: bool,
    probability: f64,
    before: &'a str,
    after: &'a str,
}

/// The places of one input, collected until the digest of the input is known.
#[derive(Default)]
pub struct Places {
    text: Spool,
    count: u64,
}

impl Places {
    /// Adds a line break.
    pub fn add(&mut self, b: &Break, before: &str, after: &str) -> Result<(), Failure> {
        self.count += 1;
        let place = Place {
            place: self.count,
            kind: "break",
            source: b.source,
            line: b.line,
            keep: b.kept,
            proposed: if b.decided { b.probability > 0.5 } else { b.kept },
            seen: b.decided,
            probability: rounded(f64::from(b.probability)),
            before,
            after,
        };
        writeln!(self.text, "{}", serde_json::to_string(&place).unwrap_or_default()).map_err(unwritten)
    }

    /// Adds an edit that a person decided: `keep` is whether the text of the input was kept.
    pub fn add_edit(&mut self, e: &Entry, keep: bool) -> Result<(), Failure> {
        self.count += 1;
        let edit = Edit::new(Some(self.count), e, keep);
        writeln!(self.text, "{}", serde_json::to_string(&edit).unwrap_or_default()).map_err(unwritten)
    }

    /// The head and the places.
    pub fn finish(mut self, input: &str, bytes: u64, sha256: &str, uncertain: f32) -> Result<Spool, Failure> {
        let head = Head::new(input, bytes, sha256, uncertain);
        let mut whole = Spool::default();
        writeln!(whole, "{}", serde_json::to_string(&head).unwrap_or_default()).map_err(unwritten)?;
        self.text.move_to(&mut whole)?;
        Ok(whole)
    }
}
