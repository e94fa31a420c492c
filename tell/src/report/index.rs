//! The index of a batch: one line per file, failed files first, then the most uncertain.

use super::figures::{Summary, content};
use super::frame::{Assets, fact_list, foot, head};
use super::html;
use crate::catalogue::PageWords;
use crate::language::Language;
use crate::numbers::{number, percent};
use crate::words;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The index names at most this many files: as many as a browser opens without a noticeable pause.
const MAX_LISTED: usize = 5000;

/// It names at most this many files that were not taken.
const MAX_SKIPPED: usize = 500;

/// Width and height of the plot, in its own units.
const PLOT: (f32, f32) = (1000.0, 80.0);

/// A file of a batch: its name, the relative links to its page and to its output, and its summary (if it is known) or the
/// reason why it failed.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its path below the folder that was given.
    pub name: String,
    /// The link to its page.
    pub page: String,
    /// The link to its output.
    pub output: Option<String>,
    /// Its figures, where they are known, or the reason why it failed.
    pub outcome: Result<Option<Summary>, String>,
}

/// A file with its number in the walk.
struct Line {
    number: u64,
    file: Listed,
}

impl Line {
    fn summary(&self) -> Option<&Summary> {
        self.file.outcome.as_ref().ok().and_then(Option::as_ref)
    }

    /// Failed files first, then the most uncertain places, then the least certain place.
    fn rank(&self) -> (u8, Reverse<u64>, u64, &str) {
        match &self.file.outcome {
            Err(_) => (0, Reverse(0), 0, &self.file.name),
            Ok(summary) => {
                let least = summary.as_ref().and_then(|s| s.least).map_or(1.0, f64::from);
                let uncertain = summary.as_ref().map_or(0, |s| s.uncertain);
                (1, Reverse(uncertain), (least * 1e6) as u64, &self.file.name)
            }
        }
    }

    /// The kinds of trouble, as the filters name them.
    fn kinds(&self) -> Vec<&'static str> {
        let Some(s) = self.summary() else {
            return if self.file.outcome.is_err() { vec!["failed"] } else { Vec::new() };
        };
        let all = [
            (s.uncertain > 0, "uncertain"),
            (!s.suspicions.is_empty(), "suspicious"),
            (s.malformed > 0, "malformed"),
            (s.doubled > 0, "copies"),
        ];
        all.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect()
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
    suspicious: u64,
    options: BTreeSet<String>,
    skipped: Vec<String>,
    more_skipped: u64,
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

    /// Takes the next file.
    pub fn add(&mut self, file: Listed) {
        match &file.outcome {
            Err(_) => self.failed += 1,
            Ok(summary) => {
                if let Some(s) = summary {
                    self.uncertain += s.uncertain;
                    self.edits += s.edits;
                    self.suspicious += u64::from(!s.suspicions.is_empty());
                    self.options.insert(s.options.clone());
                }
            }
        }
        self.lines.push(Line { number: self.files, file });
        self.files += 1;
        // Only the worst are kept, so that memory does not grow with the number of files.
        if self.lines.len() >= 4 * MAX_LISTED {
            self.keep_worst();
        }
    }

    /// Takes a file that was not cleaned, because it is no text by its name or a link.
    pub fn skip(&mut self, name: &str) {
        if self.skipped.len() < MAX_SKIPPED {
            self.skipped.push(name.to_string());
        } else {
            self.more_skipped += 1;
        }
    }

    fn keep_worst(&mut self) {
        self.lines.sort_by(|a, b| a.rank().cmp(&b.rank()));
        self.lines.truncate(MAX_LISTED);
    }

    /// What the script of a page needs to find its neighbours: the links of the pages, in the order of the walk.
    pub fn order(&self) -> String {
        let mut pages: Vec<(u64, &str)> =
            self.lines.iter().filter(|l| l.file.outcome.is_ok()).map(|l| (l.number, &*l.file.page)).collect();
        pages.sort_unstable();
        let links: Vec<&str> = pages.into_iter().map(|(_, link)| link).collect();
        format!("document.order = {};\n", serde_json::to_string(&links).unwrap_or_default())
    }

    /// The page.
    pub fn html(mut self) -> String {
        self.keep_worst();
        let words = words::page(self.language);
        let summary = content(&Head { version: env!("CARGO_PKG_VERSION") });
        let assets = Assets::Shared("");
        let mut page = head(words, &(words.title)(words.batch), &summary, self.language, assets);
        let _ = write!(page, "<main>\n<h1>{}</h1>\n", words.batch);
        let mut facts = vec![
            (words.files, number(self.files)),
            (words.failed, number(self.failed)),
            (words.suspicious_files, number(self.suspicious)),
            (words.uncertain_breaks, number(self.uncertain)),
            (words.edits, number(self.edits)),
        ];
        for options in self.options.iter().filter(|options| !options.is_empty()) {
            facts.push((words.options, format!("<code>{}</code>", html::words(options))));
        }
        page.push_str(&fact_list(&facts));
        if self.files > self.lines.len() as u64 {
            let _ = writeln!(page, "<p class=note>{}</p>", (words.worst_files)(MAX_LISTED, self.files));
        }
        self.plot(words, &mut page);
        tools(words, &mut page);
        self.table(words, &mut page);
        self.skipped_list(words, &mut page);
        page.push_str("</main>\n");
        page.push_str(&foot(assets));
        page
    }

    /// The share of uncertain breaks of each page, in the order of the walk.
    fn plot(&self, words: &PageWords, page: &mut String) {
        let mut shares: Vec<(u64, f32)> =
            self.lines.iter().filter_map(|l| Some((l.number, share(l.summary()?)))).collect();
        if shares.len() < 2 {
            return;
        }
        shares.sort_by_key(|(number, _)| *number);
        let most = shares.iter().map(|(_, share)| *share).fold(0.0, f32::max);
        let (width, height) = PLOT;
        let step = width / shares.len() as f32;
        let label = (words.plot)(&percent(most));
        let _ = write!(
            page,
            "<figure><svg class=plot viewBox=\"0 0 {width} {height}\" preserveAspectRatio=none role=img aria-label=\"{label}\"><path d=\""
        );
        for (n, (_, share)) in shares.iter().enumerate().filter(|(_, (_, share))| *share > 0.0) {
            let bar = height * share / most.max(f32::MIN_POSITIVE);
            let _ = write!(page, "M{:.1} {height}v-{bar:.1}", (n as f32 + 0.5) * step);
        }
        let _ = writeln!(
            page,
            "\" stroke-width=\"{:.2}\"/></svg><figcaption>{label}</figcaption></figure>",
            (step * 0.8).max(0.5)
        );
    }

    fn table(&self, words: &PageWords, page: &mut String) {
        let _ = write!(page, "<p>{}</p>\n<table class=files><thead><tr>", words.batch_order);
        let _ = write!(page, "<th scope=col>{}</th>", words.file);
        for name in [words.uncertain, words.least, words.edits, words.copies_short, words.lines_units] {
            let _ = write!(page, "<th scope=col class=n>{name}</th>");
        }
        for name in [words.encoding, words.output, words.trouble] {
            let _ = write!(page, "<th scope=col>{name}</th>");
        }
        page.push_str("</tr></thead><tbody>\n");
        self.lines.iter().for_each(|line| row(words, line, page));
        page.push_str("</tbody></table>\n");
    }

    /// The files that were not taken.
    fn skipped_list(&self, words: &PageWords, page: &mut String) {
        if self.skipped.is_empty() {
            return;
        }
        let all = self.skipped.len() as u64 + self.more_skipped;
        let _ = write!(page, "<details class=skipped><summary>{}</summary><ul>", (words.skipped)(all));
        for name in &self.skipped {
            let _ = writeln!(page, "<li>{}", html::words(name));
        }
        if self.more_skipped > 0 {
            page.push_str("<li>…");
        }
        page.push_str("</ul></details>\n");
    }
}

fn share(s: &Summary) -> f32 {
    s.uncertain as f32 / (s.breaks.max(1)) as f32
}

/// Search and filters. The script shows them.
fn tools(words: &PageWords, page: &mut String) {
    let found = words.found;
    let _ = write!(page, "<div class=tools hidden role=search><label>{} <input type=search></label>", words.search);
    let kinds = ["failed", "uncertain", "suspicious", "malformed", "copies"];
    for (kind, name) in kinds.into_iter().zip(words.kinds) {
        let _ = write!(page, "<label><input type=checkbox value={kind}> {name}</label>");
    }
    let _ = writeln!(page, "<output data-words=\"{found}\"></output></div>");
}

fn row(words: &PageWords, line: &Line, page: &mut String) {
    let name = html::words(if line.file.name.is_empty() { words.folder } else { &line.file.name });
    let (kinds, number_of_file) = (line.kinds().join(" "), line.number);
    let summary = match &line.file.outcome {
        Ok(summary) => summary.as_ref(),
        Err(reason) => {
            let (failed, colon, reason) = (words.failed, words.colon.trim_end(), html::words(reason));
            let _ = writeln!(
                page,
                "<tr class=failed data-k=failed><th scope=row>{name}</th><td colspan=8><strong>{failed}{colon}</strong> {reason}</td></tr>"
            );
            return;
        }
    };
    let figure = |of: fn(&Summary) -> u64| number(summary.map_or(0, of));
    let least = summary.and_then(|s| s.least).map_or("–".to_string(), percent);
    let _ = write!(
        page,
        "<tr data-n={number_of_file} data-k=\"{kinds}\"><th scope=row><a href=\"{}\">{name}</a></th>",
        line.file.page
    );
    let lines_units = format!("{} → {}", figure(|s| s.lines), figure(|s| s.units));
    for value in [figure(|s| s.uncertain), least, figure(|s| s.edits), figure(|s| s.doubled), lines_units] {
        let _ = write!(page, "<td class=n>{value}</td>");
    }
    let encoding = summary.and_then(|s| s.encoding.as_deref()).unwrap_or("–");
    let output =
        line.file.output.as_ref().map_or_else(String::new, |link| format!("<a href=\"{link}\">{}</a>", words.open));
    let suspicions: Vec<String> = summary.iter().flat_map(|s| &s.suspicions).map(|s| html::words(s)).collect();
    let _ =
        writeln!(page, "<td>{}</td><td>{output}</td><td>{}</td></tr>", html::words(encoding), suspicions.join("<br>"));
}
