//! The two sides of a row: typeset lines of the source on the left, clean text on the right.
//!
//! The text between the tags is the text itself, character by character: the signs for line breaks and joins come from
//! the style sheet, so that copying and searching find what the texts say.

use super::align::{Aligned, Stretch};
use super::collect::Collected;
use super::html;
use super::marks::{self, Kind};
use crate::facts::Note;
use crate::words::{self, Said};
use qingyang::Entry;
use std::fmt::Write;
use std::ops::Range;

/// Two changed spaces with at most this many kept characters between them are marked as one edit.
const MAX_BETWEEN: usize = 2;

/// Writes the sides, from the top of the page to its end.
pub struct Sides<'a> {
    pub g: &'a Collected,
    pub a: &'a Aligned,
    /// The ids of places in this input begin with this.
    pub prefix: &'a str,
    /// Whether the script of the page says what the rules do.
    pub brief: bool,
}

impl Sides<'_> {
    fn entry(&self, s: &Stretch) -> Option<&Entry> {
        s.entry.map(|n| &self.g.ledger[n])
    }

    fn kind(&self, s: &Stretch) -> Option<Kind> {
        self.entry(s).map(Kind::of)
    }

    /// How many stretches from `k` on are marked as one edit. All of them fit `pred`.
    fn group(&self, k: usize, pred: impl Fn(&Stretch) -> bool) -> usize {
        group(self.g, &self.a.stretches, k, pred)
    }

    /// The attribute `name` with what a note says. A brief page names the rule, and its script says what the rule does.
    fn said(&self, name: &str, note: Option<Note>, more: &str) -> String {
        let Some(mut note) = note else { return String::new() };
        let rule = if self.brief { note.take_rule() } else { None };
        let rule = rule.map_or_else(String::new, |rule| format!(" data-r={}", rule.name()));
        format!(" {name}=\"{}{more}\"{rule}", html::words(&Said(&note, self.g.figures.language).to_string()))
    }

    /// The same of what these stretches say.
    fn note(&self, name: &str, stretches: &[Stretch]) -> String {
        let entries: Vec<&Entry> = stretches.iter().filter_map(|s| self.entry(s)).collect();
        self.said(name, marks::edits(&entries, &self.g.figures.reasons), "")
    }

    /// Appends a part of the source. `line` is the number of its first line, and afterwards of the next line.
    pub fn source(&self, out: &mut String, part: Range<usize>, line: &mut u64) {
        let all = &self.a.stretches;
        let mut k = all.partition_point(|s| s.source.end <= part.start);
        let ids = (!self.g.sheets.is_empty()).then_some(self.prefix);
        let mut lines = Lines { out, source: &self.g.source, line, open: false, ids };
        while k < all.len() && all[k].source.start < part.end {
            let s = &all[k];
            let clip = clip(&s.source, &part);
            k += match self.kind(s) {
                None | Some(Kind::Quiet) => {
                    lines.put(clip, None);
                    1
                }
                // The note of a join is on the right, where the join is.
                Some(kind @ (Kind::Joined | Kind::Changed)) => {
                    let class = match s.place.map(|n| self.a.places[n].decided) {
                        None => kind.class(),
                        Some(false) => "j u",
                        Some(true) => "j u ok",
                    };
                    let (note, offer) = (self.note("data-t", std::slice::from_ref(s)), offered(s));
                    lines.put(clip, Some((&format!("<del class=\"{class}\"{note}{offer}>"), "</del>")));
                    1
                }
                Some(kind) => {
                    let n = self.group(k, |s| s.source.end <= part.end);
                    let note = self.note("aria-description", &all[k..k + n]);
                    if n == 1 {
                        let (class, bare) = (kind.class(), format!("<del class={}>", kind.class()));
                        let offer = offered(s);
                        let tag = format!("<del class={class} tabindex=0{note}{offer}>");
                        // An edit that the end of a line or of the part cuts takes the focus only once.
                        let first = s.source.start >= part.start;
                        lines.put_marked(clip, if first { &tag } else { &bare }, &bare, "</del>");
                    } else {
                        self.source_group(&mut lines, &all[k..k + n], &part, &note);
                    }
                    n
                }
            };
        }
        lines.close();
    }

    /// Several stretches with one note.
    fn source_group(&self, lines: &mut Lines<'_>, group: &[Stretch], part: &Range<usize>, note: &str) {
        lines.open(group[0].source.start);
        let offer = offered(&group[0]);
        let _ = write!(lines.out, "<span class=g tabindex=0{note}{offer}>");
        for s in group {
            match self.kind(s) {
                None => lines.put(clip(&s.source, part), None),
                Some(_) if s.source.is_empty() => {}
                Some(kind) => {
                    let bare = format!("<del class={}>", kind.class());
                    lines.put(clip(&s.source, part), Some((&bare, "</del>")));
                }
            }
        }
        lines.out.push_str("</span>");
    }

    /// Appends a part of the clean text.
    pub fn proof(&self, out: &mut String, part: Range<usize>) {
        let all = &self.a.stretches;
        let mut k = all.partition_point(|s| s.proof.end <= part.start && s.proof.start < part.start);
        // What was removed at the end of the text stands behind its last part.
        let last = part.end == self.a.proof_end;
        while k < all.len() && (all[k].proof.start < part.end || last && all[k].proof.start == part.end) {
            let s = &all[k];
            let text = clip(&s.proof, &part);
            if let Some(n) = s.place {
                let note = marks::line_break(&self.a.places[n], self.entry(s), &self.g.figures.reasons);
                self.place(out, n, 'j', note, Some((s, text)));
                k += 1;
                continue;
            }
            match self.kind(s) {
                Some(Kind::Joined) => {
                    let (note, offer) = (self.note("aria-description", std::slice::from_ref(s)), offered(s));
                    let _ = write!(out, "<ins class=j tabindex=0{note}{offer}>");
                    self.edited(out, s, text);
                    out.push_str("</ins>");
                    k += 1;
                }
                Some(Kind::Changed) => {
                    let n = self.group(k, |s| s.proof.end <= part.end);
                    let (note, offer) = (self.note("aria-description", &all[k..k + n]), offered(s));
                    let _ = write!(out, "<ins class=x tabindex=0{note}{offer}>");
                    all[k..k + n].iter().for_each(|s| self.edited(out, s, clip(&s.proof, &part)));
                    out.push_str("</ins>");
                    k += n;
                }
                // What was put in has no place in the source.
                Some(Kind::Space) if s.source.is_empty() => {
                    let (note, offer) = (self.note("aria-description", std::slice::from_ref(s)), offered(s));
                    let _ = write!(out, "<ins class=s tabindex=0{note}{offer}>");
                    self.edited(out, s, text);
                    out.push_str("</ins>");
                    k += 1;
                }
                _ => {
                    self.edited(out, s, text);
                    k += 1;
                }
            }
        }
    }

    /// The text of a stretch, which may be decided otherwise.
    fn edited(&self, out: &mut String, s: &Stretch, text: Range<usize>) {
        match &s.offer {
            // What is cut from it is nothing of its own.
            Some((n, other)) => {
                let other = if text.start == s.proof.start { html::attribute(other) } else { String::new() };
                let _ = write!(out, "<i data-e={n} data-o=\"{other}\">");
                self.plain(out, text);
                out.push_str("</i>");
            }
            None => self.plain(out, text),
        }
    }

    /// Clean text, with the breaks in it that were kept and may be decided otherwise.
    fn plain(&self, out: &mut String, part: Range<usize>) {
        let mut from = part.start;
        let first = self.a.kept.partition_point(|(range, ..)| range.end <= part.start);
        for (range, n, other) in self.a.kept[first..].iter().take_while(|(range, ..)| range.start < part.end) {
            let here = clip(range, &part);
            self.anchored(out, from..here.start);
            let other = if here.start == range.start { html::attribute(other) } else { String::new() };
            // The sign of an uncertain break stands in front of it.
            self.signs(out, here.start..here.start + 1);
            let _ = write!(out, "<i data-e={n} data-o=\"{other}\">");
            html::text(out, &self.g.proof[here.clone()]);
            out.push_str("</i>");
            self.signs(out, here.start + 1..here.end);
            from = here.end;
        }
        self.anchored(out, from..part.end.max(from));
    }

    /// Clean text, with the signs of the uncertain breaks that were kept in it.
    fn anchored(&self, out: &mut String, part: Range<usize>) {
        let mut from = part.start;
        for &(at, _) in self.signs_within(&part) {
            html::text(out, &self.g.proof[from..at]);
            self.signs(out, at..at + 1);
            from = at;
        }
        html::text(out, &self.g.proof[from..part.end]);
    }

    fn signs_within(&self, part: &Range<usize>) -> &[(usize, usize)] {
        let first = self.a.anchors.partition_point(|&(at, _)| at < part.start);
        let count = self.a.anchors[first..].iter().take_while(|&&(at, _)| at < part.end).count();
        &self.a.anchors[first..first + count]
    }

    /// The signs of the uncertain breaks that were kept in a part.
    fn signs(&self, out: &mut String, part: Range<usize>) {
        for &(_, n) in self.signs_within(&part) {
            let note = marks::line_break(&self.a.places[n], None, &self.g.figures.reasons);
            self.place(out, n, 'k', note, None);
        }
    }

    /// A place is a link to the next one. `shape` is its class: a join, or a break that was kept.
    fn place(&self, out: &mut String, n: usize, shape: char, note: Note, text: Option<(&Stretch, Range<usize>)>) {
        let words = words::page(self.g.figures.language);
        let last = n + 1 == self.a.places.len();
        let next = if last { 0 } else { n + 1 };
        let decided = self.a.places[n].decided;
        let class = if decided { "u ok" } else { "u" };
        let prefix = self.prefix;
        let note = self.said("aria-description", Some(note), &format!(" {}", (words.link)(last)));
        let label = (words.place)(n + 1, decided);
        let offer = match (&text, self.a.places[n].offer) {
            (Some((s, _)), _) => offered(s),
            (None, Some(offer)) => format!(" data-d={offer}"),
            (None, None) => String::new(),
        };
        let _ = write!(
            out,
            "<a class=\"{class} {shape}\" id={prefix}u{n} href=\"#{prefix}u{next}\" aria-label=\"{label}\"\
             {note}{offer}>"
        );
        if let Some((s, text)) = text {
            self.edited(out, s, text);
        }
        out.push_str("</a>");
    }
}

/// The attribute of a mark that may be decided otherwise.
fn offered(s: &Stretch) -> String {
    s.offer.as_ref().map_or_else(String::new, |(n, _)| format!(" data-d={n}"))
}

/// How many stretches from `k` on are marked as one edit. All of them fit `pred`.
pub fn group(g: &Collected, all: &[Stretch], k: usize, pred: impl Fn(&Stretch) -> bool) -> usize {
    let entry = |s: &Stretch| s.entry.map(|n| &g.ledger[n]);
    let Some(first) = entry(&all[k]) else { return 1 };
    let kind = Kind::of(first);
    if first.before.contains(ends_line) {
        return 1;
    }
    let mut last = k;
    for (n, s) in all.iter().enumerate().skip(k + 1) {
        if !pred(s) {
            break;
        }
        match entry(s) {
            Some(e) if e.before.contains(ends_line) || e.decided != first.decided => break,
            Some(e) if e.rule_name() == first.rule_name() && Kind::of(e) == kind && s.place.is_none() => last = n,
            Some(_) => break,
            None => {
                let kept = g.source.get(s.source.clone()).unwrap_or("");
                if kind != Kind::Space || kept.chars().count() > MAX_BETWEEN || kept.contains(ends_line) {
                    break;
                }
            }
        }
    }
    last - k + 1
}

/// The bytes that are in both ranges.
fn clip(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.max(b.start)..a.end.min(b.end)
}

/// Characters that end a line of the source; a carriage return before a line feed does not.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0b' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Writes lines of the source, each as a block.
struct Lines<'a> {
    out: &'a mut String,
    source: &'a str,
    line: &'a mut u64,
    open: bool,
    /// What the ids of lines begin with, if the sheets of a layout lead to them.
    ids: Option<&'a str>,
}

impl Lines<'_> {
    fn open(&mut self, at: usize) {
        if self.open {
            return;
        }
        self.open = true;
        let rest = &self.source[at..];
        let body = &rest[..rest.find(ends_line).unwrap_or(rest.len())];
        let blank = if body.trim_start().is_empty() { " e" } else { "" };
        let _ = write!(self.out, "<div class=\"l{blank}\" data-n={}", *self.line);
        // A line of which a part went to another unit has its id once.
        if let Some(prefix) = self.ids.filter(|_| at == 0 || self.source[..at].ends_with('\n')) {
            let _ = write!(self.out, " id={prefix}l{}", *self.line);
        }
        self.out.push('>');
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.open) {
            self.out.push_str("</div>");
        }
    }

    fn put(&mut self, part: Range<usize>, tags: Option<(&str, &str)>) {
        let (tag, end) = tags.unwrap_or_default();
        self.put_marked(part, tag, tag, end);
    }

    /// Text of the source between the tags `first` and `end`, on each later line between `later` and `end`.
    fn put_marked(&mut self, part: Range<usize>, first: &str, later: &str, end: &str) {
        let mut from = part.start;
        while from < part.end {
            let text = &self.source[from..part.end];
            let stop = text.char_indices().find(|&(n, c)| {
                ends_line(c) && !(c == '\r' && self.source.as_bytes().get(from + n + 1) == Some(&b'\n'))
            });
            let to = stop.map_or(part.end, |(n, c)| from + n + c.len_utf8());
            self.open(from);
            self.out.push_str(if from == part.start { first } else { later });
            html::text(self.out, &self.source[from..to]);
            self.out.push_str(end);
            if let Some((_, c)) = stop {
                self.close();
                *self.line += u64::from(c == '\n');
            }
            from = to;
        }
    }
}
