//! The page itself: figures, places to look at, legend, and the rows.

use super::align::{Aligned, align};
use super::collect::{Figures, Gather, Gathered, Kept};
use super::index::{page_path, way_up};
use super::sides::Sides;
use super::{SHOWN, html, marks};
use crate::cli::args::Run;
use crate::cli::settings::Setting;
use crate::output::file as files;
use crate::output::file::Output;
use crate::output::sidecars::CERTAIN;
use crate::signals;
use anyhow::{Context, Result};
use qingyang::Rule;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::Path;

/// Uncertain places that the list on top names; the rest is reached from one to the next.
const LISTED: usize = 200;

/// Rows that a browser lays out together, when they come into view: about a newspaper page.
const LEAF: usize = 40;

/// Inputs that one report names one by one.
const INPUTS: usize = 10_000;

/// The figures of a page stand in its head, within so many bytes, where a later run finds them.
const HEAD: usize = 4096;

const FIGURES: &str = "<meta name=qingyang-figures content=\"";

/// What all pages of this build begin with.
pub fn head(title: &str, figures: &Value) -> String {
    format!(
        "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n\
         {FIGURES}{}\">\n<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; \
         style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\n<meta name=color-scheme content=\"light dark\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        html::of(&figures.to_string()),
        html::of(title),
        include_str!("report.css"),
    )
}

/// What all pages end with.
pub fn foot() -> String {
    format!(
        "<footer>qingyang {}</footer>\n<script>\n{}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION"),
        include_str!("report.js"),
    )
}

fn compact(f: &Figures) -> Value {
    json!({
        "version": env!("CARGO_PKG_VERSION"), "encoding": f.encoding, "edits": f.edits(), "uncertain": f.uncertain,
        "breaks": f.breaks, "least": f.least, "doubled": f.counts.of(Rule::Doubled), "units": f.units,
        "lines": f.lines, "malformed": f.malformed, "threshold": f.threshold,
    })
}

/// The figures that stand in the head of a page which this version wrote, with this threshold where one is asked for;
/// `None` where there is none.
pub fn figures_of(page: &Path, threshold: Option<f32>) -> Option<Value> {
    let mut head = Vec::new();
    std::fs::File::open(page).ok()?.take(HEAD as u64).read_to_end(&mut head).ok()?;
    let head = String::from_utf8_lossy(&head);
    let body = head.split_once(FIGURES)?.1.split_once("\">")?.0.replace("&quot;", "\"");
    serde_json::from_str(&body).ok().filter(|v: &Value| {
        v["version"] == env!("CARGO_PKG_VERSION") && threshold.is_none_or(|t| v["threshold"] == json!(t))
    })
}

/// Writes the page of one file of a batch; returns the figures for the index.
pub fn write_page(folder: &Path, below: &Path, gathered: &Gathered) -> Result<Value> {
    let figures = compact(&gathered.figures);
    let (target, up, name) = (page_path(folder, below), way_up(below), below.to_string_lossy());
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder).map_err(|e| files::explain(e, "make the report folder"))?;
    }
    let mut output = Output::create(&target)?;
    let mut page = head(&format!("{name} – qingyang report"), &figures);
    let _ = write!(page, "<nav class=up aria-label=Batch><a href=\"{up}\">All files of this batch</a></nav>\n<main>\n");
    let _ = writeln!(page, "<h1>{}</h1>", html::of(&name));
    section(&mut page, gathered, "");
    page.push_str("</main>\n");
    page.push_str(&foot());
    output.write_all(page.as_bytes()).map_err(files::unwritten)?;
    output.commit()?;
    Ok(figures)
}

/// Figures, list of places and rows of one input.
fn section(out: &mut String, g: &Gathered, prefix: &str) {
    let a = align(g);
    figures(out, &g.figures);
    places(out, g, &a, prefix);
    legend(out);
    let level = if prefix.is_empty() { 2 } else { 3 };
    let _ = writeln!(out, "<h{level} id={prefix}text>Source and clean text</h{level}>");
    if g.cut {
        let _ = writeln!(
            out,
            "<p class=note>Shown up to byte {} of {}: a report shows {} bytes at most. The figures are of the whole input.</p>",
            html::number(g.map.source(a.source_end)),
            html::number(g.figures.bytes),
            html::number(SHOWN as u64)
        );
    }
    if a.rows.is_empty() {
        out.push_str("<p class=note>No text to show.</p>\n");
        return;
    }
    out.push_str("<div class=\"row top\" aria-hidden=true><p>Source</p><p>Clean text</p><p>Unit</p></div>\n");
    let sides = Sides { g, a: &a, prefix };
    let mut line = 1;
    let mut before = 0;
    for (n, row) in a.rows.iter().enumerate() {
        if n.is_multiple_of(LEAF) {
            out.push_str(if n > 0 { "</div>\n<div class=leaf>\n" } else { "<div class=leaf>\n" });
        }
        out.push_str("<div class=row><div class=src lang=zh>");
        for part in &row.sources {
            // Units may stand in another order than their lines.
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
            marks::roles(&g.units[n], out);
        }
        out.push_str("</p></div>\n");
    }
    out.push_str("</div>\n");
}

fn line_feeds(text: &str) -> u64 {
    text.bytes().filter(|&b| b == b'\n').count() as u64
}

fn figures(out: &mut String, f: &Figures) {
    let n = html::number;
    let mut facts = vec![("Uncertain breaks", format!("{} <small>of {}</small>", n(f.uncertain), n(f.breaks)))];
    if let Some(least) = f.least {
        facts.push(("Least certain", html::percent(least)));
    }
    let doubled = f.counts.of(Rule::Doubled);
    facts.push(("Lines → units", format!("{} → {}", n(f.lines), n(f.units))));
    facts.push(("Breaks closed up", n(f.joined)));
    facts.push(("Doubles removed", format!("{} <small>{} characters</small>", n(doubled), n(f.doubled))));
    facts.push(("Edits", n(f.edits())));
    facts.push(("Encoding", f.encoding.unwrap_or("none").to_string()));
    facts.push(("Bytes", n(f.bytes)));
    if f.malformed > 0 {
        facts.push(("Malformed, replaced", n(f.malformed)));
    }
    out.push_str("<dl class=facts>\n");
    for (name, value) in facts {
        let _ = writeln!(out, "<div><dt>{name}</dt><dd>{value}</dd></div>");
    }
    out.push_str("</dl>\n");
    if f.counts.is_empty() {
        out.push_str("<p class=note>No rule changed anything.</p>\n");
        return;
    }
    out.push_str("<details class=rules><summary>Edits by rule</summary><table><thead><tr><th scope=col>Rule</th>");
    out.push_str("<th scope=col>Edits</th><th scope=col>What and why</th></tr></thead><tbody>\n");
    for (rule, times) in f.counts.iter() {
        let (name, why) = (rule.name(), html::of(rule.reason()));
        let _ = writeln!(out, "<tr><th scope=row>{name}</th><td class=n>{}</td><td>{why}</td></tr>", n(times));
    }
    out.push_str("</tbody></table></details>\n");
}

/// The uncertain places, each with a few characters around it.
fn places(out: &mut String, g: &Gathered, a: &Aligned, prefix: &str) {
    if a.places.is_empty() {
        return;
    }
    let open = if a.places.len() <= 12 { " open" } else { "" };
    let count = a.places.len();
    let _ = write!(out, "<details class=places{open}><summary>Uncertain places ({count})</summary>\n<ol>\n");
    for (n, place) in a.places.iter().enumerate().take(LISTED) {
        let (before, after) = around(&g.proof, place.at);
        let (what, sign) = if place.kept { ("kept", "⏎") } else { ("closed up", "⁀") };
        let _ = writeln!(
            out,
            "<li><a href=\"#{prefix}u{n}\"><span lang=zh>{}<b>{sign}</b>{}</span> <small>{what}, {}</small></a></li>",
            html::of(&before),
            html::of(&after),
            html::percent(place.sure)
        );
    }
    out.push_str("</ol>\n");
    if count > LISTED {
        let _ = writeln!(out, "<p class=note>The first {LISTED} of {count}; each place leads to the next.</p>");
    }
    out.push_str("</details>\n");
}

/// A few characters on both sides of a place.
fn around(text: &str, at: usize) -> (String, String) {
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    let before: Vec<char> = head.chars().rev().take_while(|&c| c != '\n').take(10).collect();
    let after = tail.trim_start_matches(['\n', '\x0c', ' ']).chars().take_while(|&c| c != '\n').take(10).collect();
    (before.into_iter().rev().collect(), after)
}

fn legend(out: &mut String) {
    out.push_str(
        "<div class=legend><h2 class=vh>Marks</h2><ul>\
         <li><span class=demo><del class=j></del> <ins class=j></ins></span> line break closed up\
         <li><span class=demo><a class=\"u j\" role=img aria-label=\"uncertain join\"></a> <a class=\"u k\" role=img aria-label=\"uncertain break\"></a></span> uncertain place\
         <li><span class=demo lang=zh><del class=d>新桥</del></span> painted twice, removed\
         <li><span class=demo lang=zh>渠<del class=s> </del>水</span> space closed up\
         <li><span class=demo lang=zh><del class=x>２</del> <ins class=x>2</ins></span> changed\
         <li><span class=demo lang=zh><del class=r>水</del></span> removed</ul>\
         <p class=keys>Point at a mark or move to it with <kbd>Tab</kbd> to read what was done and why; <kbd>Esc</kbd> hides it. \
         <label><input type=checkbox id=keys checked> <kbd>n</kbd> and <kbd>p</kbd> move to the next and previous uncertain place</label></p></div>\n",
    );
}

/// The report of a pipe or of files: one page for all inputs.
pub struct Pages {
    output: Output,
    inputs: Vec<Input>,
    total: Figures,
    /// Bytes that may still be shown.
    room: usize,
    many: u64,
}

struct Input {
    name: String,
    /// Its part of the page, or why it failed.
    body: Result<String, String>,
    uncertain: u64,
    edits: u64,
}

impl Pages {
    /// As the arguments ask.
    pub fn new(run: &Run) -> Result<Option<Pages>> {
        let Some(target) = &run.args.report else { return Ok(None) };
        if target.is_dir() {
            let said = "is a folder: without a folder to clean, the report is one file";
            return Err(crate::Failed::Usage(format!("--report {}: {said}", target.display())).into());
        }
        let output = Output::named(target).with_context(|| target.display().to_string())?;
        Ok(Some(Pages { output, inputs: Vec::new(), total: Figures::default(), room: SHOWN, many: 0 }))
    }

    /// What keeps the next input.
    pub fn gather(&self, setting: &Setting) -> (Gather, usize) {
        (Gather::new(setting.args.uncertain.unwrap_or(CERTAIN), self.room), self.room)
    }

    /// Takes an input that went through.
    pub fn take(&mut self, name: &str, gather: Gather, kept: Kept<'_>, read: &crate::run::pipe::Read) {
        let gathered = gather.finish(kept, read);
        let f = &gathered.figures;
        let mut body = String::new();
        if self.inputs.len() < INPUTS {
            section(&mut body, &gathered, &format!("i{}", self.inputs.len()));
        }
        self.room = self.room.saturating_sub(gathered.source.len());
        self.total.uncertain += f.uncertain;
        self.total.breaks += f.breaks;
        self.total.least = self.total.least.into_iter().chain(f.least).reduce(f32::min);
        self.total.units += f.units;
        self.total.lines += f.lines;
        self.total.malformed += f.malformed;
        self.total.encoding = f.encoding;
        self.total.counts.merge(&f.counts);
        self.push(name, Ok(body), f.uncertain, f.edits());
    }

    /// Takes an input that failed.
    pub fn fail(&mut self, name: &str, why: &str) {
        self.push(name, Err(why.to_string()), 0, 0);
    }

    fn push(&mut self, name: &str, body: Result<String, String>, uncertain: u64, edits: u64) {
        if self.inputs.len() < INPUTS {
            self.inputs.push(Input { name: name.to_string(), body, uncertain, edits });
        } else {
            self.many += 1;
        }
    }

    /// Puts the page under its name; where the run was broken off there is none.
    pub fn finish(mut self) -> Result<()> {
        if signals::caught().is_some() {
            return Ok(());
        }
        let first = self.inputs.first().map_or("nothing", |i| &i.name);
        let title = if self.inputs.len() > 1 { format!("{} inputs", self.inputs.len()) } else { first.to_string() };
        let mut page = head(&format!("{title} – qingyang report"), &compact(&self.total));
        let _ = write!(page, "<main>\n<h1>{}</h1>\n", html::of(&title));
        if self.inputs.len() > 1 {
            page.push_str("<nav aria-label=Inputs><ul class=inputs>\n");
            for (n, i) in self.inputs.iter().enumerate() {
                let (name, edits) = (html::of(&i.name), html::number(i.edits));
                let what = match &i.body {
                    Ok(_) => format!("{edits} edits, {} uncertain breaks", html::number(i.uncertain)),
                    Err(_) => "failed".to_string(),
                };
                let _ = writeln!(page, "<li><a href=\"#i{n}\">{name}</a>: {what}</li>");
            }
            page.push_str("</ul></nav>\n");
        }
        if self.many > 0 {
            let more = html::number(self.many);
            let _ = writeln!(page, "<p class=note>{more} more inputs went through; a report names {INPUTS}.</p>");
        }
        let many = self.inputs.len() > 1;
        for (n, i) in self.inputs.iter().enumerate() {
            if many {
                let _ = writeln!(page, "<h2 id=i{n}>{}</h2>", html::of(&i.name));
            }
            match &i.body {
                Ok(body) => page.push_str(body),
                Err(why) => {
                    let _ = writeln!(page, "<p class=failed><strong>Failed:</strong> {}</p>", html::of(why));
                }
            }
            self.output.write_all(page.as_bytes()).map_err(files::unwritten).context("--report")?;
            page.clear();
        }
        page.push_str("</main>\n");
        page.push_str(&foot());
        self.output.write_all(page.as_bytes()).map_err(files::unwritten).context("--report")?;
        self.output.commit().context("--report")?;
        Ok(())
    }
}
