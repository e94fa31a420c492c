//! `--explain`: the ledger in sentences. What one rule did in one line is one sentence; what is alike all over a page
//! (line ends, empty lines) is said once.

use crate::output::sidecars::{CERTAIN, around};
use crate::run::diff::shown;
use crate::run::issues::reason;
use qingyang::{Break, Entry, Proof, Rule};
use qingyang::{Followed, Jump};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Pairs, or lines, that a sentence names before it only counts.
const NAMED: usize = 6;
/// Characters of a paragraph's beginning and end that a sentence quotes.
const ENDS: usize = 12;
/// Characters of a text that a sentence quotes.
const QUOTED: usize = 40;

/// A sentence and where it belongs.
struct Sentence {
    line: u64,
    text: String,
}

/// What is known of one input.
#[derive(Default)]
pub struct Input {
    pub entries: Vec<Entry>,
    pub breaks: Vec<Break>,
    pub jumps: Vec<Jump>,
    /// The clean text.
    pub text: String,
}

impl Input {
    /// Takes a proof of a part of it.
    pub fn take(&mut self, proof: Proof) {
        let base = self.text.len();
        self.text.push_str(&proof.text);
        self.entries.extend(proof.ledger.into_iter().flatten());
        self.jumps.extend(proof.jumps);
        self.breaks.extend(proof.breaks.into_iter().map(|mut b| {
            b.at += base;
            b
        }));
    }
}

/// Tells what was done to one input; `rules` collects what is to be explained at the end.
pub fn write(
    name: &str,
    input: &Input,
    threshold: f32,
    rules: &mut BTreeSet<Rule>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Input { entries, breaks, jumps, text } = input;
    let open: Vec<&Break> = breaks.iter().filter(|b| b.kept && (b.decided || b.probability < threshold)).collect();
    match entries.len() {
        0 => writeln!(out, "{name}: nothing to change")?,
        1 => writeln!(out, "{name}: 1 change")?,
        n => writeln!(out, "{name}: {n} changes")?,
    }
    let mut all = sentences(entries, breaks, text);
    for b in open {
        let (left, right) = around(text, b.at);
        let text = format!(
            "the line break below line {} stays{}: 「{left}」 ⏎ 「{right}」",
            b.line,
            if b.decided { " (as decided)".into() } else { certainty(b.probability) }
        );
        all.push(Sentence { line: b.line, text });
    }
    all.sort_by_key(|s| s.line);
    for sentence in all {
        writeln!(out, "  {}", sentence.text)?;
    }
    for jump in jumps.iter().filter(|j| j.followed != Followed::Yes) {
        writeln!(out, "  byte {}: {} {}", jump.source, jump.text, reason(jump.followed))?;
    }
    rules.extend(entries.iter().map(|e| e.rule));
    Ok(())
}

/// Why, for each rule that did something.
pub fn write_reasons(rules: &BTreeSet<Rule>, out: &mut dyn Write) -> io::Result<()> {
    if rules.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nThe rules:")?;
    for rule in Rule::ALL.into_iter().filter(|r| rules.contains(r)) {
        writeln!(out, "  {}: {}", rule.name(), rule.reason())?;
    }
    Ok(())
}

fn certainty(p: f32) -> String {
    match p {
        p if p >= 0.995 => String::new(),
        p if p >= CERTAIN => format!(" ({:.0} % certain)", p * 100.0),
        p => format!(" ({:.0} % certain: worth a look)", p * 100.0),
    }
}

/// The certainty of the least certain.
fn least(group: &[Entry]) -> String {
    certainty(group.iter().map(|e| e.confidence).fold(1.0, f32::min))
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// A move is two entries: what is gone here stands there.
fn moved(e: &Entry) -> String {
    let (line, gone) = (e.line, e.after.is_empty());
    match (e.rule, gone) {
        (Rule::Order, true) => {
            format!("line {line}: the headline {} went to the front of its text", quoted(e.before.trim()))
        }
        (Rule::Order, false) => {
            format!("line {line}: the headline {} came here, in front of its text", quoted(e.after.trim()))
        }
        (_, true) => format!("line {line}: {} went to the page that it goes on from", quoted(e.before.trim())),
        (_, false) => format!("line {line}: {} came here, where the text goes on", quoted(e.after.trim())),
    }
}

fn sentences(entries: &[Entry], breaks: &[Break], text: &str) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut line_ends: Vec<&Entry> = Vec::new();
    let mut empty_lines: Vec<&Entry> = Vec::new();
    let mut joins: Vec<&Entry> = Vec::new();
    let mut rest = entries;
    let at = Places { breaks, text };
    while let Some(first) = rest.first() {
        let alike = rest.iter().take_while(|e| e.rule == first.rule && e.line == first.line).count();
        let (group, tail) = rest.split_at(alike);
        rest = tail;
        let mut say = |e: &Entry, said: String| {
            all.push(Sentence { line: e.line, text: format!("{said} [{}]", e.rule.name()) });
        };
        match first.rule {
            Rule::LineEnds => line_ends.extend(group),
            Rule::Rejoin | Rule::Hyphen => {
                for e in group {
                    joins.push(e);
                    if is_told(e, &at) {
                        say(e, joined(e, &at));
                    }
                }
            }
            Rule::Layout => {
                for e in group {
                    if e.before.is_empty() || e.after.is_empty() {
                        say(e, layout(e, entries));
                    } else {
                        empty_lines.push(e);
                    }
                }
            }
            Rule::Doubled | Rule::Furniture => {
                let why = if first.rule == Rule::Doubled {
                    "the page had painted it more than once"
                } else {
                    "it belongs to the page, not to its text"
                };
                let what: Vec<String> = group.iter().map(|e| quoted(e.before.trim())).collect();
                // Furniture goes with the line feed before it.
                let head = first.before.len() - first.before.trim_start().len();
                let line = first.line + first.before[..head].matches('\n').count() as u64;
                say(first, format!("line {line}: {} went: {why}{}", what.join(", "), least(group)));
            }
            Rule::Spacing | Rule::CjkLatinSpace | Rule::SpaceKinds => say(first, spaces(group)),
            Rule::Invisible => {
                let codes: BTreeSet<String> =
                    group.iter().flat_map(|e| e.before.chars()).map(|c| format!("U+{:04X}", c as u32)).collect();
                let codes: Vec<String> = codes.into_iter().collect();
                let n = group.iter().flat_map(|e| e.before.chars()).count();
                let what = counted(n, "invisible character");
                say(first, format!("line {}: {what} went ({})", first.line, codes.join(", ")));
            }
            Rule::Sentences => say(first, format!("{} begin lines of their own", counted(group.len(), "sentence"))),
            Rule::Order | Rule::Jumps => {
                for e in group {
                    say(e, moved(e));
                }
            }
            _ => say(first, pairs(group)),
        }
    }
    all.extend(paragraphs(&joins, &at));
    if let (Some(first), Some(last)) = (line_ends.first(), line_ends.last()) {
        let kinds: BTreeSet<&str> = line_ends
            .iter()
            .map(|e| match (e.before.as_str(), e.after.as_str()) {
                ("\r\n", _) | ("\r", "") => "CRLF",
                ("\r", _) => "CR",
                _ => "another kind",
            })
            .collect();
        let kinds: Vec<&str> = kinds.into_iter().collect();
        let n = line_ends.len();
        let text = format!(
            "lines {}–{}: {n} line ends ({}) became LF [{}]",
            first.line,
            last.line,
            kinds.join(", "),
            Rule::LineEnds.name()
        );
        all.push(Sentence { line: first.line, text });
    }
    if let Some(first) = empty_lines.first() {
        let mut lines: Vec<String> = empty_lines.iter().take(NAMED).map(|e| e.line.to_string()).collect();
        if empty_lines.len() > NAMED {
            lines.push("…".into());
        }
        let what = if empty_lines.len() == 1 { "below line" } else { "below lines" };
        let grew = empty_lines.iter().all(|e| e.after.len() > e.before.len());
        let spaces = empty_lines.iter().any(|e| e.before.contains([' ', '\u{3000}']));
        let did = match (grew, spaces) {
            (true, _) => "an empty line was put in between two units",
            (false, true) => "empty lines and spaces between two units went",
            (false, false) => "empty lines between two units went",
        };
        let text = format!("{what} {}: {did} [{}]", lines.join(", "), Rule::Layout.name());
        all.push(Sentence { line: first.line, text });
    }
    all
}

/// Where the line breaks stand in the proof, for their surroundings.
struct Places<'a> {
    breaks: &'a [Break],
    text: &'a str,
}

impl Places<'_> {
    /// The break that this entry closed up: its number.
    fn number(&self, e: &Entry) -> Option<usize> {
        let k = self.breaks.partition_point(|b| b.source < e.start);
        let near = self.breaks[k..].iter().take_while(|b| b.source <= e.end);
        near.enumerate().find(|(_, b)| !b.kept).map(|(n, _)| k + n)
    }

    fn of(&self, e: &Entry) -> Option<&Break> {
        self.number(e).map(|k| &self.breaks[k])
    }

    /// The unit of the proof that these places are in.
    fn unit(&self, from: usize, to: usize) -> &str {
        let (head, tail) = (self.text.get(..from).unwrap_or_default(), self.text.get(to..).unwrap_or_default());
        let start = head.rfind(['\n', '\x0c']).map_or(0, |n| n + 1);
        let end = tail.find(['\n', '\x0c']).map_or(self.text.len(), |n| to + n);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// Lines that became one paragraph, a sentence each.
fn paragraphs(joins: &[&Entry], at: &Places<'_>) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut rest = joins;
    while let Some(first) = rest.first() {
        // No break that stays is between them.
        let goes_on = |w: &[&Entry]| at.number(w[0]).zip(at.number(w[1])).is_some_and(|(a, b)| a + 1 == b);
        let n = 1 + rest.windows(2).take_while(|w| goes_on(w)).count();
        let (chain, tail) = rest.split_at(n);
        rest = tail;
        let last = chain[n - 1];
        if n == 1 && is_told(first, at) {
            continue;
        }
        let ends = at.of(first).zip(at.of(last)).map(|(a, b)| {
            let unit = at.unit(a.at, b.at);
            let head: String = unit.chars().take(ENDS).collect();
            let tail: Vec<char> = unit.chars().rev().take(ENDS).collect();
            let whole = unit.chars().count() <= 2 * ENDS;
            if whole {
                format!(": 「{unit}」")
            } else {
                format!(": 「{head}…{}」", tail.iter().rev().collect::<String>())
            }
        });
        let breaks = counted(n, "line break");
        let sure = chain.iter().map(|e| e.confidence).fold(1.0, f32::min);
        let sure = match sure {
            p if p >= 0.995 => String::new(),
            p if n == 1 => format!(" ({:.0} % certain)", p * 100.0),
            p => format!(" (the least certain of them {:.0} %)", p * 100.0),
        };
        let (from, to) = (first.line, below(last));
        let ends = ends.unwrap_or_default();
        let lines = if from == to { format!("line {from} holds") } else { format!("lines {from}–{to} are") };
        let text = format!("{lines} one paragraph: {breaks} closed up{sure}{ends} [{}]", Rule::Rejoin.name());
        all.push(Sentence { line: first.line, text });
    }
    all
}

/// The line below the break that an entry closed up.
fn below(e: &Entry) -> u64 {
    e.line + e.before.matches('\n').count() as u64
}

/// Whether a closed line break has a sentence of its own.
fn is_told(e: &Entry, at: &Places<'_>) -> bool {
    e.confidence < CERTAIN || e.rule == Rule::Hyphen || e.after == " " || at.of(e).is_some_and(|b| b.decided)
}

/// Two lines that became one.
fn joined(e: &Entry, at: &Places<'_>) -> String {
    let (this, next) = (e.line, below(e));
    let found = at.of(e);
    let seam = found
        .map(|b| around(at.text, b.at))
        .map_or_else(String::new, |(left, right)| format!(": 「{left}」 + 「{right}」"));
    let space = if e.after == " " { " behind a space" } else { "" };
    let hyphen = if e.rule == Rule::Hyphen { " and the hyphen of the broken word went" } else { "" };
    let sure = if found.is_some_and(|b| b.decided) { " (as decided)".into() } else { certainty(e.confidence) };
    format!("line {this} goes on in line {next}{space}{hyphen}{sure}{seam}")
}

/// What was done between two units, at the top, or at the end.
fn layout(e: &Entry, entries: &[Entry]) -> String {
    let last = entries.last().is_some_and(|l| l == e);
    match (e.before.as_str(), e.after.as_str()) {
        ("", "\n") if last => format!("line {}: a line feed was put at its end", e.line),
        ("\x0c", _) => format!("line {}: a form feed with no text behind it went", e.line),
        (_, "") if e.start == 0 || e.line == 1 => {
            format!("line {}: empty lines and spaces above the text went", e.line)
        }
        (gone, "") if gone.trim().is_empty() => format!("below line {}: an empty line went", e.line),
        (_, "") => format!("below line {}: what stood there, {}, went", e.line, quoted(&e.before)),
        _ => format!("line {}: {} became {}", e.line, quoted(&e.before), quoted(&e.after)),
    }
}

fn spaces(group: &[Entry]) -> String {
    let line = group[0].line;
    let gone = group.iter().filter(|e| e.after.is_empty()).count();
    let put = group.iter().filter(|e| e.before.is_empty()).count();
    let one = group.len() - gone - put;
    let mut said = Vec::new();
    if gone > 0 {
        said.push(format!("{} closed up", counted(gone, "gap")));
    }
    if one > 0 && group[0].rule == Rule::SpaceKinds {
        said.push(format!("{} of another kind became ordinary", counted(one, "space")));
    } else if one > 0 {
        said.push(format!("{} became one space", counted(one, "gap")));
    }
    if put > 0 {
        said.push(format!("{} put in", counted(put, "space")));
    }
    format!("line {line}: {}{}", said.join(", "), least(group))
}

/// Characters that became others, neighbours together.
fn pairs(group: &[Entry]) -> String {
    let mut all: Vec<(u64, String, String)> = Vec::new();
    for e in group {
        match all.last_mut() {
            Some((end, before, after)) if *end == e.start => {
                *end = e.end;
                before.push_str(&e.before);
                after.push_str(&e.after);
            }
            _ => all.push((e.end, e.before.clone(), e.after.clone())),
        }
    }
    let mut said: Vec<String> = all
        .iter()
        .take(NAMED)
        .map(|(_, before, after)| match after.is_empty() {
            true => format!("{} went", quoted(before)),
            false if before.is_empty() => format!("{} was put in", quoted(after)),
            false => format!("{} became {}", quoted(before), quoted(after)),
        })
        .collect();
    if all.len() > NAMED {
        said.push(format!("and {} more", all.len() - NAMED));
    }
    let sure = least(group);
    format!("line {}: {}{sure}", group[0].line, said.join(", "))
}

fn quoted(text: &str) -> String {
    let short: String = text.chars().take(QUOTED).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("「{}{more}」", shown(&short))
}
