//! The index of a batch: one line per file, failed files first, then the most uncertain.

use super::figures::{Summary, content};
use super::html;
use super::page::{fact_list, foot, head};
use crate::catalogue::PageWords;
use crate::language::Language;
use crate::numbers::{number, percent};
use crate::words;
use serde::Serialize;
use std::cmp::Reverse;
use std::fmt::Write as _;

/// The index names at most this many files: as many as a browser opens without a noticeable pause.
const MAX_LISTED: usize = 5000;

/// A file of the batch.
struct Line {
    name: String,
    /// The relative link to its page.
    link: String,
    /// Its figures, where they are known, or the reason why it failed.
    outcome: Result<Option<Summary>, String>,
}

impl Line {
    /// Failed files first, then the most uncertain places, then the least certain place.
    fn rank(&self) -> (u8, Reverse<u64>, u64, &str) {
        match &self.outcome {
            Err(_) => (0, Reverse(0), 0, &self.name),
            Ok(summary) => {
                let least = summary.as_ref().and_then(|s| s.least).map_or(1.0, f64::from);
                let uncertain = summary.as_ref().map_or(0, |s| s.uncertain);
                (1, Reverse(uncertain), (least * 1e6) as u64, &self.name)
            }
        }
    }
}

/// Takes the files of a batch as they are done.
#[derive(Default)]
pub struct Index {
    language: Language,
    lines: Vec<Line>,
    files: u64,
    failed: u64,
    uncertain: u64,
    edits: u64,
}

/// The head of the index has no figures of its own.
#[derive(Serialize)]
struct Head {
    version: &'static str,
}

impl Index {
    /// An index in a language.
    pub fn new(language: Language) -> Index {
        Index { language, ..Index::default() }
    }

    /// Takes a file: its name, the relative link to its page, and its summary (if it is known) or the reason why it
    /// failed.
    pub fn add(&mut self, name: &str, link: &str, outcome: Result<Option<Summary>, String>) {
        self.files += 1;
        match &outcome {
            Err(_) => self.failed += 1,
            Ok(summary) => {
                self.uncertain += summary.as_ref().map_or(0, |s| s.uncertain);
                self.edits += summary.as_ref().map_or(0, |s| s.edits);
            }
        }
        self.lines.push(Line { name: name.to_string(), link: link.to_string(), outcome });
        // Only the worst are kept, so that memory does not grow with the number of files.
        if self.lines.len() >= 4 * MAX_LISTED {
            self.keep_worst();
        }
    }

    fn keep_worst(&mut self) {
        self.lines.sort_by(|a, b| a.rank().cmp(&b.rank()));
        self.lines.truncate(MAX_LISTED);
    }

    /// The page.
    pub fn html(mut self) -> String {
        self.keep_worst();
        let words = words::page(self.language);
        let mut page = head(words, &(words.title)(words.batch), &content(&Head { version: env!("CARGO_PKG_VERSION") }));
        let _ = write!(page, "<main>\n<h1>{}</h1>\n", words.batch);
        page.push_str(&fact_list(&[
            (words.files, number(self.files)),
            (words.failed, number(self.failed)),
            (words.uncertain_breaks, number(self.uncertain)),
            (words.edits, number(self.edits)),
        ]));
        if self.files > self.lines.len() as u64 {
            let _ = writeln!(page, "<p class=note>{}</p>", (words.worst_files)(MAX_LISTED, self.files));
        }
        let _ = write!(page, "<p>{}</p>\n<table class=files><thead><tr>", words.batch_order);
        let _ = write!(page, "<th scope=col>{}</th>", words.file);
        for name in [words.uncertain, words.least, words.edits, words.copies_short, words.lines_units] {
            let _ = write!(page, "<th scope=col class=n>{name}</th>");
        }
        let _ = write!(page, "<th scope=col>{}</th>", words.encoding);
        page.push_str("</tr></thead><tbody>\n");
        self.lines.iter().for_each(|line| row(words, line, &mut page));
        page.push_str("</tbody></table>\n</main>\n");
        page.push_str(&foot());
        page
    }
}

fn row(words: &PageWords, line: &Line, page: &mut String) {
    let name = html::words(if line.name.is_empty() { words.folder } else { &line.name });
    let summary = match &line.outcome {
        Ok(summary) => summary.as_ref(),
        Err(reason) => {
            let (failed, colon, reason) = (words.failed, words.colon.trim_end(), html::words(reason));
            let _ = writeln!(
                page,
                "<tr class=failed><th scope=row>{name}</th><td colspan=6><strong>{failed}{colon}</strong> {reason}</td></tr>"
            );
            return;
        }
    };
    let figure = |of: fn(&Summary) -> u64| number(summary.map_or(0, of));
    let least = summary.and_then(|s| s.least).map_or("–".to_string(), percent);
    let _ = write!(page, "<tr><th scope=row><a href=\"{}\">{name}</a></th>", line.link);
    for (column, value) in [
        (words.uncertain, figure(|s| s.uncertain)),
        (words.least, least),
        (words.edits, figure(|s| s.edits)),
        (words.copies_short, figure(|s| s.doubled)),
        (words.lines_units, format!("{} → {}", figure(|s| s.lines), figure(|s| s.units))),
    ] {
        let _ = write!(page, "<td class=n data-h=\"{column}\">{value}</td>");
    }
    let encoding = summary.and_then(|s| s.encoding.as_deref()).unwrap_or("–");
    let _ = writeln!(page, "<td data-h=\"{}\">{}</td></tr>", words.encoding, html::words(encoding));
}
