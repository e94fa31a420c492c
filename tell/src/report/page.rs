//! The page: figures, uncertain places, legend, rows.

use super::align::{Aligned, align};
use super::boxes::boxes;
use super::collect::{Collected, Collector};
use super::decisions;
use super::figures::{Figures, MAX_SHOWN_BYTES, Summary, content};
use super::frame::{Assets, fact_list, foot, head, note};
use super::html;
use super::offers::offers;
use super::rows::rows;
use crate::catalogue::PageWords;
use crate::chars::around;
use crate::language::Language;
use crate::numbers::{number, percent};
use crate::words;
use qingyang::Rule;
use qingyang::rules::CustomRules;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The file beside the index that tells the script of a page which pages are before and behind it.
pub const ORDER_FILE: &str = "order.js";

/// The list of uncertain places names at most this many; the others are reached from place to place.
const MAX_LISTED: usize = 200;

/// The list of uncertain places is open if it has at most this many.
const OPEN_LIST: usize = 12;

/// A report names at most this many inputs.
const MAX_INPUTS: usize = 10_000;

/// Characters of the text shown on each side of an uncertain place.
const CONTEXT: usize = 10;

/// The page of one file of a batch. `up` is the relative path to the folder of the index. Returns the page and its summary.
pub fn file_page(name: &str, up: &str, input: &Collected) -> (String, Summary) {
    let (summary, language) = (input.figures.summary(), input.figures.language);
    let (words, assets) = (words::page(language), Assets::Shared(up));
    let mut page = head(words, &(words.title)(name), &content(&summary), language, assets);
    let (batch, all_files) = (words.batch, words.all_files);
    let _ = write!(page, "<nav class=up aria-label={batch}><a href=\"{up}index.html\">{all_files}</a> ");
    // The order of the pages is known when the last one is done, so a script follows it.
    let _ = writeln!(
        page,
        "<a class=prev hidden>{}</a> <a class=next hidden>{}</a></nav>\n<main>",
        words.previous, words.next
    );
    let _ = writeln!(page, "<h1>{}</h1>", html::words(name));
    section(&mut page, input, "", true);
    bar(&mut page, words);
    let _ = write!(page, "</main>\n<script src=\"{up}{ORDER_FILE}\"></script>\n");
    page.push_str(&foot(assets));
    (page, summary)
}

/// What a person decides with. The script shows it.
fn bar(out: &mut String, words: &PageWords) {
    let d = &words.deciding;
    let said = serde_json::json!({ "none": d.none, "states": d.states, "count": d.count }).to_string();
    let _ = write!(
        out,
        "<div class=bar hidden role=group aria-label=\"{}\" data-words=\"{}\">",
        d.label,
        html::words(&said)
    );
    out.push_str("<output></output>");
    for (act, name, key) in
        [("confirm", d.confirm, "c"), ("flip", d.flip, "x"), ("undo", d.undo, "u"), ("save", d.save, "s")]
    {
        let _ = write!(out, "<button type=button data-do={act}>{name} <kbd>{key}</kbd></button>");
    }
    out.push_str("</div>\n");
}

/// Figures, uncertain places and rows of one input. All ids begin with `prefix`.
fn section(out: &mut String, g: &Collected, prefix: &str, brief: bool) {
    let (mut a, words) = (align(g), words::page(g.figures.language));
    let list = g.list.as_ref().map(|list| (list, offers(g, &mut a, &list.flips)));
    let _ = writeln!(out, "<section>");
    figures(out, words, &g.figures);
    places(out, words, (g, &a), prefix);
    boxes(out, words, g, prefix);
    legend(out, words);
    let level = if prefix.is_empty() { 2 } else { 3 };
    let _ = writeln!(out, "<h{level} id={prefix}text>{}</h{level}>", words.texts);
    if g.cut {
        note(out, &(words.cut)(g.map.source(a.source_end), g.figures.bytes, MAX_SHOWN_BYTES as u64));
    }
    match a.rows.is_empty() {
        true => note(out, words.no_text),
        false => rows(out, words, (g, &a), (prefix, brief)),
    }
    if let Some((list, offers)) = list {
        let _ = writeln!(out, "<script type=\"application/json\">{}</script>", decisions::data(g, list, &offers));
    }
    let _ = writeln!(out, "</section>");
}

fn figures(out: &mut String, words: &PageWords, f: &Figures) {
    let mut facts = vec![(words.uncertain_breaks, (words.of)(f.uncertain, f.breaks))];
    if f.decided > 0 {
        facts.push((words.decided, number(f.decided)));
    }
    if let Some(least) = f.least {
        facts.push((words.least, percent(least)));
    }
    facts.push((words.lines_units, format!("{} → {}", number(f.lines), number(f.units))));
    facts.push((words.joined, number(f.joined)));
    facts.push((words.copies_removed, (words.copies)(f.counts.of(Rule::Doubled), f.doubled)));
    facts.push((words.edits, number(f.edits())));
    facts.push((words.encoding, f.encoding.unwrap_or(words.no_encoding).to_string()));
    facts.push((words.bytes, number(f.bytes)));
    if f.malformed > 0 {
        facts.push((words.malformed, number(f.malformed)));
    }
    if let Some(sha256) = &f.sha256 {
        facts.push(("SHA-256", format!("<code>{sha256}</code>")));
    }
    if !f.options.is_empty() {
        facts.push((words.options, format!("<code>{}</code>", html::words(&f.options))));
    }
    out.push_str(&fact_list(&facts));
    for suspicion in &f.suspicions {
        let _ = writeln!(out, "<p class=failed><strong>{}</strong> {}</p>", words.suspicious, html::words(suspicion));
    }
    if f.counts.is_empty() {
        return note(out, words.no_edits);
    }
    let _ = write!(out, "<details class=rules><summary>{}</summary><table><thead><tr>", words.edits_by_rule);
    for column in [words.rule, words.edits, words.reason] {
        let _ = write!(out, "<th scope=col>{column}</th>");
    }
    out.push_str("</tr></thead><tbody>\n");
    let rules = f
        .counts
        .iter()
        .filter(|(rule, _)| *rule != Rule::Custom)
        .map(|(r, n)| (r.name(), words::rule(r, f.language), n));
    for (name, why, times) in rules.chain(f.counts.custom().map(|(name, n)| (name, f.reasons.get(name), n))) {
        let (name, why) = (html::words(name), html::words(why));
        let _ = writeln!(out, "<tr><th scope=row>{name}</th><td class=n>{}</td><td>{why}</td></tr>", number(times));
    }
    out.push_str("</tbody></table></details>\n");
}

/// The uncertain places, each with the text around it.
fn places(out: &mut String, words: &PageWords, (g, a): (&Collected, &Aligned), prefix: &str) {
    let count = a.places.len();
    if count == 0 {
        return;
    }
    let open = if count <= OPEN_LIST { " open" } else { "" };
    let _ = write!(out, "<details class=places{open}><summary>{}</summary>\n<ol>\n", (words.places)(count));
    for (n, place) in a.places.iter().enumerate().take(MAX_LISTED) {
        let (before, after) = around(&g.proof, place.at, CONTEXT);
        let _ = writeln!(
            out,
            "<li><a href=\"#{prefix}u{n}\"><span lang={}>{}<b>{}</b>{}</span> <small>{}</small></a></li>",
            g.script,
            html::words(&before),
            if place.kept { "⏎" } else { "⁀" },
            html::words(&after),
            (words.break_state)(place.kept, place.decided, place.certainty)
        );
    }
    out.push_str("</ol>\n");
    if count > MAX_LISTED {
        note(out, &(words.first_places)(MAX_LISTED, count));
    }
    out.push_str("</details>\n");
}

fn legend(out: &mut String, words: &PageWords) {
    let (join, kept) = (words.uncertain_join, words.uncertain_break);
    let uncertain = format!(
        "<a class=\"u j\" role=img aria-label=\"{join}\"></a> <a class=\"u k\" role=img aria-label=\"{kept}\"></a>"
    );
    let marks = [
        "<span class=demo><del class=j></del> <ins class=j></ins></span>",
        &format!("<span class=demo>{uncertain}</span>"),
        "<span class=demo lang=zh-Hans><del class=d>新桥</del></span>",
        "<span class=demo lang=zh-Hans>渠<del class=s> </del>水</span>",
        "<span class=demo lang=zh-Hans><del class=x>２</del> <ins class=x>2</ins></span>",
        "<span class=demo lang=zh-Hans><del class=r>水</del></span>",
    ];
    let _ = write!(out, "<div class=legend><h2 class=vh>{}</h2><ul>", words.marks);
    for (mark, meaning) in marks.into_iter().zip(words.legend) {
        let _ = write!(out, "<li>{mark} {meaning}");
    }
    let (read, keys) = (words.pointing, words.keys);
    let _ = writeln!(
        out,
        "</ul><p class=keys>{read} <label><input type=checkbox id=keys checked> {keys}</label></p></div>"
    );
}

/// The report of a pipe or of files: one page for all inputs.
pub struct Inputs {
    language: Language,
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

impl Inputs {
    /// A report in a language.
    pub fn new(language: Language) -> Inputs {
        Inputs { language, inputs: Vec::new(), total: Figures::default(), room: MAX_SHOWN_BYTES, more: 0 }
    }

    /// How many bytes of the next input are shown at most: [`Collector::finish`] wants as many.
    pub fn room(&self) -> usize {
        self.room
    }

    /// The collector of the next input.
    pub fn collector(&self, threshold: f32, rules: Option<&CustomRules>) -> Collector {
        Collector::new(self.language, threshold, self.room, rules)
    }

    /// Adds an input that was cleaned.
    pub fn add(&mut self, name: &str, input: &Collected) {
        let figures = &input.figures;
        let mut body = String::new();
        if self.inputs.len() < MAX_INPUTS {
            section(&mut body, input, &format!("i{}", self.inputs.len()), false);
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
        let (many, words) = (self.inputs.len() > 1, words::page(self.language));
        let title = match self.inputs.first() {
            Some(_) if many => (words.inputs)(self.inputs.len()),
            Some(input) => input.name.clone(),
            None => words.no_input.to_string(),
        };
        let summary = content(&self.total.summary());
        let mut page = head(words, &(words.title)(&title), &summary, self.language, Assets::Own);
        let _ = write!(page, "<main>\n<h1>{}</h1>\n", html::words(&title));
        if many {
            self.list(words, &mut page);
        }
        if self.more > 0 {
            note(&mut page, &(words.more_inputs)(self.more, MAX_INPUTS));
        }
        for (n, input) in self.inputs.iter().enumerate() {
            if many {
                let _ = writeln!(page, "<h2 id=i{n}>{}</h2>", html::words(&input.name));
            }
            match &input.body {
                Ok(body) => page.push_str(body),
                Err(reason) => {
                    let (failed, colon, reason) = (words.failed, words.colon.trim_end(), html::words(reason));
                    let _ = writeln!(page, "<p class=failed><strong>{failed}{colon}</strong> {reason}</p>");
                }
            }
            out.write_all(page.as_bytes())?;
            page.clear();
        }
        bar(&mut page, words);
        page.push_str("</main>\n");
        page.push_str(&foot(Assets::Own));
        out.write_all(page.as_bytes())
    }

    /// The list of the inputs.
    fn list(&self, words: &PageWords, page: &mut String) {
        let _ = writeln!(page, "<nav aria-label={}><ul class=inputs>", words.inputs_list);
        for (n, input) in self.inputs.iter().enumerate() {
            let what = match &input.body {
                Ok(_) => (words.input_figures)(input.edits, input.uncertain),
                Err(_) => words.failed_input.to_string(),
            };
            let _ = writeln!(page, "<li><a href=\"#i{n}\">{}</a>{}{what}</li>", html::words(&input.name), words.colon);
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
        let page = head(
            words::page(Language::English),
            "a \"page\"",
            &content(&figures.summary()),
            Language::English,
            Assets::Own,
        );
        assert_eq!(Summary::of_page(&page), Some(figures.summary()));
        let older = page.replace(env!("CARGO_PKG_VERSION"), "0.0.9");
        assert_eq!(Summary::of_page(&older), None, "a page of another version is written again");
    }
}
