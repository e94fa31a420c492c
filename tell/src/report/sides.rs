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
        let all = &self.a.stretches;
        let (Some(kind), Some(first)) = (self.kind(&all[k]), self.entry(&all[k])) else { return 1 };
        if first.before.contains(ends_line) {
            return 1;
        }
        let mut last = k;
        for (n, s) in all.iter().enumerate().skip(k + 1) {
            if !pred(s) {
                break;
            }
            match self.entry(s) {
                Some(e) if e.before.contains(ends_line) => break,
                Some(e) if e.rule_name() == first.rule_name() && Kind::of(e) == kind && s.place.is_none() => last = n,
                Some(_) => break,
                None => {
                    let kept = self.g.source.get(s.source.clone()).unwrap_or("");
                    if kind != Kind::Space || kept.chars().count() > MAX_BETWEEN || kept.contains(ends_line) {
                        break;
                    }
                }
            }
        }
        last - k + 1
    }

    fn said(&self, note: &Note) -> String {
        Said(note, self.g.figures.language).to_string()
    }

    /// What these stretches say, escaped.
    fn note(&self, stretches: &[Stretch]) -> String {
        let entries: Vec<&Entry> = stretches.iter().filter_map(|s| self.entry(s)).collect();
        marks::edits(&entries, &self.g.figures.reasons).map_or_else(String::new, |note| html::words(&self.said(&note)))
    }

    /// Appends a part of the source. `line` is the number of its first line, and afterwards of the next line.
    pub fn source(&self, out: &mut String, part: Range<usize>, line: &mut u64) {
        let all = &self.a.stretches;
        let mut k = all.partition_point(|s| s.source.end <= part.start);
        let mut lines = Lines { out, source: &self.g.source, line, open: false };
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
                    let class = if s.place.is_some() { "j u" } else { kind.class() };
                    let note = self.note(std::slice::from_ref(s));
                    lines.put(clip, Some((&format!("<del class=\"{class}\" data-t=\"{note}\">"), "</del>")));
                    1
                }
                Some(kind) => {
                    let n = self.group(k, |s| s.source.end <= part.end);
                    let note = self.note(&all[k..k + n]);
                    if n == 1 {
                        let (class, bare) = (kind.class(), format!("<del class={}>", kind.class()));
                        let tag = format!("<del class={class} tabindex=0 aria-description=\"{note}\">");
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
        let _ = write!(lines.out, "<span class=g tabindex=0 aria-description=\"{note}\">");
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
        while k < all.len() && all[k].proof.start < part.end {
            let s = &all[k];
            let text = clip(&s.proof, &part);
            if let Some(n) = s.place {
                let note = marks::uncertain(&self.a.places[n], self.entry(s), &self.g.figures.reasons);
                self.place(out, n, "u j", &self.said(&note), text);
                k += 1;
                continue;
            }
            match self.kind(s) {
                Some(Kind::Joined) => {
                    let note = self.note(std::slice::from_ref(s));
                    let _ = write!(out, "<ins class=j tabindex=0 aria-description=\"{note}\">");
                    html::text(out, &self.g.proof[text]);
                    out.push_str("</ins>");
                    k += 1;
                }
                Some(Kind::Changed) => {
                    let n = self.group(k, |s| s.proof.end <= part.end);
                    let note = self.note(&all[k..k + n]);
                    let _ = write!(out, "<ins class=x tabindex=0 aria-description=\"{note}\">");
                    all[k..k + n].iter().for_each(|s| self.plain(out, clip(&s.proof, &part)));
                    out.push_str("</ins>");
                    k += n;
                }
                _ => {
                    self.plain(out, text);
                    k += 1;
                }
            }
        }
    }

    /// Clean text, with the uncertain breaks that were kept in it.
    fn plain(&self, out: &mut String, part: Range<usize>) {
        let mut from = part.start;
        let first = self.a.anchors.partition_point(|&(at, _)| at < part.start);
        for &(at, n) in self.a.anchors[first..].iter().take_while(|&&(at, _)| at < part.end) {
            html::text(out, &self.g.proof[from..at]);
            let note = marks::uncertain(&self.a.places[n], None, &self.g.figures.reasons);
            self.place(out, n, "u k", &self.said(&note), at..at);
            from = at;
        }
        html::text(out, &self.g.proof[from..part.end.max(from)]);
    }

    /// An uncertain place is a link to the next one.
    fn place(&self, out: &mut String, n: usize, class: &str, note: &str, text: Range<usize>) {
        let words = words::page(self.g.figures.language);
        let last = n + 1 == self.a.places.len();
        let next = if last { 0 } else { n + 1 };
        let (prefix, label, note, link) = (self.prefix, (words.place)(n + 1), html::words(note), (words.link)(last));
        let _ = write!(
            out,
            "<a class=\"{class}\" id={prefix}u{n} href=\"#{prefix}u{next}\" aria-label=\"{label}\" \
             aria-description=\"{note} {link}\">"
        );
        html::text(out, &self.g.proof[text]);
        out.push_str("</a>");
    }
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
        let _ = write!(self.out, "<div class=\"l{blank}\" data-n={}>", *self.line);
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
