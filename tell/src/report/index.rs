//! The index of a batch: one line per file, failed files first, then the most uncertain.

use super::figures::{Summary, content};
use super::html;
use super::page::{fact_list, foot, head};
use crate::en::report as en;
use crate::numbers::{number, percent};
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
        let mut page = head(&en::title(en::BATCH), &content(&Head { version: env!("CARGO_PKG_VERSION") }));
        let _ = write!(page, "<main>\n<h1>{}</h1>\n", en::BATCH);
        page.push_str(&fact_list(&[
            (en::FILES, number(self.files)),
            (en::FAILED, number(self.failed)),
            (en::UNCERTAIN_BREAKS, number(self.uncertain)),
            (en::EDITS, number(self.edits)),
        ]));
        if self.files > self.lines.len() as u64 {
            let _ = writeln!(page, "<p class=note>{}</p>", en::worst_files(MAX_LISTED, self.files));
        }
        let _ = write!(page, "<p>{}</p>\n<table class=files><thead><tr>", en::BATCH_ORDER);
        for name in COLUMNS {
            let class = if matches!(name, en::FILE | en::ENCODING) { "" } else { " class=n" };
            let _ = write!(page, "<th scope=col{class}>{name}</th>");
        }
        page.push_str("</tr></thead><tbody>\n");
        self.lines.iter().for_each(|line| row(line, &mut page));
        page.push_str("</tbody></table>\n</main>\n");
        page.push_str(&foot());
        page
    }
}

const COLUMNS: [&str; 7] =
    [en::FILE, en::UNCERTAIN, en::LEAST, en::EDITS, en::COPIES_SHORT, en::LINES_UNITS, en::ENCODING];

fn row(line: &Line, page: &mut String) {
    let name = html::words(if line.name.is_empty() { en::FOLDER } else { &line.name });
    let summary = match &line.outcome {
        Ok(summary) => summary.as_ref(),
        Err(reason) => {
            let (failed, reason) = (en::FAILED, html::words(reason));
            let _ = writeln!(
                page,
                "<tr class=failed><th scope=row>{name}</th><td colspan=6><strong>{failed}:</strong> {reason}</td></tr>"
            );
            return;
        }
    };
    let figure = |of: fn(&Summary) -> u64| number(summary.map_or(0, of));
    let least = summary.and_then(|s| s.least).map_or("–".to_string(), percent);
    let _ = write!(page, "<tr><th scope=row><a href=\"{}\">{name}</a></th>", line.link);
    for (column, value) in [
        (en::UNCERTAIN, figure(|s| s.uncertain)),
        (en::LEAST, least),
        (en::EDITS, figure(|s| s.edits)),
        (en::COPIES_SHORT, figure(|s| s.doubled)),
        (en::LINES_UNITS, format!("{} → {}", figure(|s| s.lines), figure(|s| s.units))),
    ] {
        let _ = write!(page, "<td class=n data-h=\"{column}\">{value}</td>");
    }
    let encoding = summary.and_then(|s| s.encoding.as_deref()).unwrap_or("–");
    let _ = writeln!(page, "<td data-h=\"{}\">{}</td></tr>", en::ENCODING, html::words(encoding));
}
