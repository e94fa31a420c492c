//! The page: figures, uncertain places, legend, rows.

use super::align::{Aligned, align};
use super::collect::{Collected, Collector};
use super::figures::{Figures, MAX_SHOWN_BYTES, SUMMARY_TAG, Summary, content};
use super::html;
use super::sides::Sides;
use crate::chars::around;
use crate::en::report as en;
use crate::numbers::{number, percent};
use qingyang::Rule;
use qingyang::rules::CustomRules;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The list of uncertain places names at most this many; the others are reached from place to place.
const MAX_LISTED: usize = 200;

/// The list of uncertain places is open if it has at most this many.
const OPEN_LIST: usize = 12;

/// Rows that a browser lays out together when they scroll into view: about a newspaper page.
const LEAF_ROWS: usize = 40;

/// A report names at most this many inputs.
const MAX_INPUTS: usize = 10_000;

/// Characters of the text shown on each side of an uncertain place.
const CONTEXT: usize = 10;

/// The beginning of every page.
pub(super) fn head(title: &str, summary: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n\
         {SUMMARY_TAG}{}\">\n<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; \
         style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\n<meta name=color-scheme content=\"light dark\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        html::words(summary),
        html::words(title),
        include_str!("report.css"),
    )
}

/// The end of every page.
pub(super) fn foot() -> String {
    format!(
        "<footer>qingyang {}</footer>\n<script>\n{}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION"),
        include_str!("report.js"),
    )
}

/// The page of one file of a batch. `index` is the relative link to the index. Returns the page and its summary.
pub fn file_page(name: &str, index: &str, input: &Collected) -> (String, Summary) {
    let summary = input.figures.summary();
    let mut page = head(&en::title(name), &content(&summary));
    let (batch, all_files) = (en::BATCH, en::ALL_FILES);
    let _ = write!(page, "<nav class=up aria-label={batch}><a href=\"{index}\">{all_files}</a></nav>\n<main>\n");
    let _ = writeln!(page, "<h1>{}</h1>", html::words(name));
    section(&mut page, input, "");
    page.push_str("</main>\n");
    page.push_str(&foot());
    (page, summary)
}

fn note(out: &mut String, words: &str) {
    let _ = writeln!(out, "<p class=note>{words}</p>");
}

/// Figures, uncertain places and rows of one input. All ids begin with `prefix`.
fn section(out: &mut String, g: &Collected, prefix: &str) {
    let a = align(g);
    figures(out, &g.figures);
    places(out, g, &a, prefix);
    legend(out);
    let level = if prefix.is_empty() { 2 } else { 3 };
    let _ = writeln!(out, "<h{level} id={prefix}text>{}</h{level}>", en::TEXTS);
    if g.cut {
        note(out, &en::cut(g.map.source(a.source_end), g.figures.bytes, MAX_SHOWN_BYTES as u64));
    }
    if a.rows.is_empty() {
        return note(out, en::NO_TEXT);
    }
    rows(out, g, &a, prefix);
}

fn rows(out: &mut String, g: &Collected, a: &Aligned, prefix: &str) {
    let (source, clean, unit) = (en::SOURCE, en::CLEAN, en::UNIT);
    let _ = writeln!(out, "<div class=\"row top\" aria-hidden=true><p>{source}</p><p>{clean}</p><p>{unit}</p></div>");
    let sides = Sides { g, a, prefix };
    let (mut line, mut before) = (1, 0);
    for (n, row) in a.rows.iter().enumerate() {
        if n.is_multiple_of(LEAF_ROWS) {
            out.push_str(if n > 0 { "</div>\n<div class=leaf>\n" } else { "<div class=leaf>\n" });
        }
        out.push_str("<div class=row><div class=src lang=zh>");
        for part in &row.sources {
            // Units may be in another order than their lines.
            if part.start != before {
                line = 1 + line_feeds(&g.source[..part.start]);
            }
            sides.source(out, part.clone(), &mut line);
            before = part.end;
        }
        out.push_str("</div><div class=prf lang=zh>");
        sides.proof(out, row.proof.clone());
        out.push_str("</div><p class=role>");
        if let Some(n) = row.unit {
            roles(out, g, n);
        }
        out.push_str("</p></div>\n");
    }
    out.push_str("</div>\n");
}

fn line_feeds(text: &str) -> u64 {
    text.bytes().filter(|&b| b == b'\n').count() as u64
}

/// The roles of a unit and its parts.
fn roles(out: &mut String, g: &Collected, unit: usize) {
    let unit = &g.units[unit];
    let _ = write!(out, "{} <span class=sure>{}</span>", en::role(unit.role), percent(unit.confidence));
    for part in &unit.parts {
        let _ = write!(out, " + {}", en::role(*part));
    }
}

fn figures(out: &mut String, f: &Figures) {
    let mut facts = vec![(en::UNCERTAIN_BREAKS, en::of(f.uncertain, f.breaks))];
    if let Some(least) = f.least {
        facts.push((en::LEAST, percent(least)));
    }
    facts.push((en::LINES_UNITS, format!("{} → {}", number(f.lines), number(f.units))));
    facts.push((en::JOINED, number(f.joined)));
    facts.push((en::COPIES, en::copies(f.counts.of(Rule::Doubled), f.doubled)));
    facts.push((en::EDITS, number(f.edits())));
    facts.push((en::ENCODING, f.encoding.unwrap_or(en::NO_ENCODING).to_string()));
    facts.push((en::BYTES, number(f.bytes)));
    if f.malformed > 0 {
        facts.push((en::MALFORMED, number(f.malformed)));
    }
    out.push_str(&fact_list(&facts));
    if f.counts.is_empty() {
        return note(out, en::NO_EDITS);
    }
    let _ = write!(out, "<details class=rules><summary>{}</summary><table><thead><tr>", en::EDITS_BY_RULE);
    for column in [en::RULE, en::EDITS, en::REASON] {
        let _ = write!(out, "<th scope=col>{column}</th>");
    }
    out.push_str("</tr></thead><tbody>\n");
    let rules = f.counts.iter().filter(|(rule, _)| *rule != Rule::Custom).map(|(r, n)| (r.name(), r.reason(), n));
    for (name, why, times) in rules.chain(f.counts.custom().map(|(name, n)| (name, f.reasons.get(name), n))) {
        let (name, why) = (html::words(name), html::words(why));
        let _ = writeln!(out, "<tr><th scope=row>{name}</th><td class=n>{}</td><td>{why}</td></tr>", number(times));
    }
    out.push_str("</tbody></table></details>\n");
}

/// Names and values. The values are HTML.
pub(super) fn fact_list(facts: &[(&str, String)]) -> String {
    let mut out = String::from("<dl class=facts>\n");
    for (name, value) in facts {
        let _ = writeln!(out, "<div><dt>{name}</dt><dd>{value}</dd></div>");
    }
    out.push_str("</dl>\n");
    out
}

/// The uncertain places, each with the text around it.
fn places(out: &mut String, g: &Collected, a: &Aligned, prefix: &str) {
    let count = a.places.len();
    if count == 0 {
        return;
    }
    let open = if count <= OPEN_LIST { " open" } else { "" };
    let _ = write!(out, "<details class=places{open}><summary>{}</summary>\n<ol>\n", en::uncertain_places(count));
    for (n, place) in a.places.iter().enumerate().take(MAX_LISTED) {
        let (before, after) = around(&g.proof, place.at, CONTEXT);
        let _ = writeln!(
            out,
            "<li><a href=\"#{prefix}u{n}\"><span lang=zh>{}<b>{}</b>{}</span> <small>{}, {}</small></a></li>",
            html::words(&before),
            if place.kept { "⏎" } else { "⁀" },
            html::words(&after),
            en::break_state(place.kept),
            percent(place.certainty)
        );
    }
    out.push_str("</ol>\n");
    if count > MAX_LISTED {
        note(out, &en::first_places(MAX_LISTED, count));
    }
    out.push_str("</details>\n");
}

fn legend(out: &mut String) {
    let (join, kept) = (en::UNCERTAIN_JOIN, en::UNCERTAIN_BREAK);
    let uncertain = format!(
        "<a class=\"u j\" role=img aria-label=\"{join}\"></a> <a class=\"u k\" role=img aria-label=\"{kept}\"></a>"
    );
    let marks = [
        "<span class=demo><del class=j></del> <ins class=j></ins></span>",
        &format!("<span class=demo>{uncertain}</span>"),
        "<span class=demo lang=zh><del class=d>新桥</del></span>",
        "<span class=demo lang=zh>渠<del class=s> </del>水</span>",
        "<span class=demo lang=zh><del class=x>２</del> <ins class=x>2</ins></span>",
        "<span class=demo lang=zh><del class=r>水</del></span>",
    ];
    let _ = write!(out, "<div class=legend><h2 class=vh>{}</h2><ul>", en::MARKS);
    for (mark, meaning) in marks.into_iter().zip(en::LEGEND) {
        let _ = write!(out, "<li>{mark} {meaning}");
    }
    let (read, keys) = en::KEYS;
    let _ = writeln!(
        out,
        "</ul><p class=keys>{read} <label><input type=checkbox id=keys checked> {keys}</label></p></div>"
    );
}

/// The report of a pipe or of files: one page for all inputs.
pub struct Inputs {
    inputs: Vec<Input>,
    total: Figures,
    /// Bytes that may still be shown.
    room: usize,
    /// Inputs that are not named.
    more: u64,
}

struct Input {
    name: String,
    /// Its part of the page, or the reason why it failed.
    body: Result<String, String>,
    uncertain: u64,
    edits: u64,
}

impl Default for Inputs {
    fn default() -> Inputs {
        Inputs { inputs: Vec::new(), total: Figures::default(), room: MAX_SHOWN_BYTES, more: 0 }
    }
}

impl Inputs {
    /// How many bytes of the next input are shown at most: [`Collector::finish`] wants as many.
    pub fn room(&self) -> usize {
        self.room
    }

    /// The collector of the next input.
    pub fn collector(&self, threshold: f32, rules: Option<&CustomRules>) -> Collector {
        Collector::new(threshold, self.room, rules)
    }

    /// Adds an input that was cleaned.
    pub fn add(&mut self, name: &str, input: &Collected) {
        let figures = &input.figures;
        let mut body = String::new();
        if self.inputs.len() < MAX_INPUTS {
            section(&mut body, input, &format!("i{}", self.inputs.len()));
        }
        self.room = self.room.saturating_sub(input.source.len());
        self.total.merge(figures);
        self.push(name, Ok(body), figures.uncertain, figures.edits());
    }

    /// Adds an input that failed.
    pub fn fail(&mut self, name: &str, reason: &str) {
        self.push(name, Err(reason.to_string()), 0, 0);
    }

    fn push(&mut self, name: &str, body: Result<String, String>, uncertain: u64, edits: u64) {
        if self.inputs.len() < MAX_INPUTS {
            self.inputs.push(Input { name: name.to_string(), body, uncertain, edits });
        } else {
            self.more += 1;
        }
    }

    /// Writes the page, input by input.
    ///
    /// # Errors
    /// If the writer fails.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let many = self.inputs.len() > 1;
        let title = match self.inputs.first() {
            Some(_) if many => en::inputs(self.inputs.len()),
            Some(input) => input.name.clone(),
            None => en::NO_INPUT.to_string(),
        };
        let mut page = head(&en::title(&title), &content(&self.total.summary()));
        let _ = write!(page, "<main>\n<h1>{}</h1>\n", html::words(&title));
        if many {
            self.list(&mut page);
        }
        if self.more > 0 {
            note(&mut page, &en::more_inputs(self.more, MAX_INPUTS));
        }
        for (n, input) in self.inputs.iter().enumerate() {
            if many {
                let _ = writeln!(page, "<h2 id=i{n}>{}</h2>", html::words(&input.name));
            }
            match &input.body {
                Ok(body) => page.push_str(body),
                Err(reason) => {
                    let (failed, reason) = (en::FAILED, html::words(reason));
                    let _ = writeln!(page, "<p class=failed><strong>{failed}:</strong> {reason}</p>");
                }
            }
            out.write_all(page.as_bytes())?;
            page.clear();
        }
        page.push_str("</main>\n");
        page.push_str(&foot());
        out.write_all(page.as_bytes())
    }

    /// The list of the inputs.
    fn list(&self, page: &mut String) {
        let _ = writeln!(page, "<nav aria-label={}><ul class=inputs>", en::INPUTS);
        for (n, input) in self.inputs.iter().enumerate() {
            let what = match &input.body {
                Ok(_) => en::input_figures(input.edits, input.uncertain),
                Err(_) => en::FAILED_INPUT.to_string(),
            };
            let _ = writeln!(page, "<li><a href=\"#i{n}\">{}</a>: {what}</li>", html::words(&input.name));
        }
        page.push_str("</ul></nav>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_is_read_back_from_the_head_of_its_page() {
        let figures = Figures { threshold: 0.9, uncertain: 3, least: Some(0.51), ..Figures::default() };
        let page = head("a \"page\"", &content(&figures.summary()));
        assert_eq!(Summary::of_page(&page), Some(figures.summary()));
        let older = page.replace(env!("CARGO_PKG_VERSION"), "0.0.9");
        assert_eq!(Summary::of_page(&older), None, "a page of another version is written again");
    }
}
