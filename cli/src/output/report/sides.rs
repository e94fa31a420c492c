//! The two sides of a row: typeset lines of the source on the left, clean text on the right.
//!
//! The text between the tags is the text itself, character by character: signs for line breaks and joins come from the
//! style sheet, so that what is copied or searched is what stands there.

use super::align::{Aligned, Stretch};
use super::collect::Gathered;
use super::html;
use super::marks::{self, Kind};
use qingyang::Entry;
use std::fmt::Write;
use std::ops::Range;

/// Kept characters between two spaces that are told of as one.
const BESIDE: usize = 2;

/// Writes sides from the top of the page to its end.
pub struct Sides<'a> {
    pub g: &'a Gathered,
    pub a: &'a Aligned,
    /// Names of places in this input begin so.
    pub prefix: &'a str,
}

impl Sides<'_> {
    fn entry(&self, s: &Stretch) -> Option<&Entry> {
        s.entry.map(|n| &self.g.ledger[n])
    }

    fn kind(&self, s: &Stretch) -> Option<Kind> {
        self.entry(s).map(Kind::of)
    }

    /// How many stretches from `k` on are one edit for the reader, all ending at or before `end`.
    fn group(&self, k: usize, end: impl Fn(&Stretch) -> bool) -> usize {
        let all = &self.a.stretches;
        let (Some(kind), Some(first)) = (self.kind(&all[k]), self.entry(&all[k])) else { return 1 };
        if first.before.contains(ends_line) {
            return 1;
        }
        let mut last = k;
        for (n, s) in all.iter().enumerate().skip(k + 1) {
            if !end(s) {
                break;
            }
            match self.entry(s) {
                Some(e) if e.before.contains(ends_line) => break,
                Some(e) if e.rule == first.rule && Kind::of(e) == kind && s.place.is_none() => last = n,
                Some(_) => break,
                None => {
                    let kept = self.g.source.get(s.source.clone()).unwrap_or("");
                    if kind != Kind::Space || kept.chars().count() > BESIDE || kept.contains(ends_line) {
                        break;
                    }
                }
            }
        }
        last - k + 1
    }

    fn said(&self, stretches: &[Stretch]) -> String {
        let entries: Vec<&Entry> = stretches.iter().filter_map(|s| self.entry(s)).collect();
        marks::said(&entries)
    }

    /// Appends this part of the source. `line` is the number of its first line, and then of the line behind it.
    pub fn source(&self, out: &mut String, part: Range<usize>, line: &mut u64) {
        let all = &self.a.stretches;
        let mut k = all.partition_point(|s| s.source.end <= part.start);
        let mut lines = Lines { out, source: &self.g.source, line, open: false };
        let clip = |s: &Stretch| s.source.start.max(part.start)..s.source.end.min(part.end);
        while k < all.len() && all[k].source.start < part.end {
            let s = &all[k];
            match self.kind(s) {
                None | Some(Kind::Quiet) => {
                    lines.put(clip(s), None);
                    k += 1;
                }
                // A join is told of on the right, where it is.
                Some(kind @ (Kind::Joined | Kind::Changed)) => {
                    let class = if s.place.is_some() { "j u" } else { kind.class() };
                    let tag =
                        format!("<del class=\"{class}\" data-t=\"{}\">", html::of(&self.said(std::slice::from_ref(s))));
                    lines.put(clip(s), Some((&tag, "</del>")));
                    k += 1;
                }
                Some(kind) => {
                    let n = self.group(k, |s| s.source.end <= part.end);
                    let said = html::of(&self.said(&all[k..k + n]));
                    if n == 1 {
                        let (class, bare) = (kind.class(), format!("<del class={}>", kind.class()));
                        let tag = format!("<del class={class} tabindex=0 aria-description=\"{said}\">");
                        // Cut by the end of a line or of the part, it takes the focus once.
                        let first = s.source.start >= part.start;
                        lines.put_marked(clip(s), if first { &tag } else { &bare }, &bare, "</del>");
                    } else {
                        let tag = format!("<span class=g tabindex=0 aria-description=\"{said}\">");
                        lines.open(s.source.start);
                        lines.out.push_str(&tag);
                        for s in &all[k..k + n] {
                            match self.kind(s) {
                                None => lines.put(clip(s), None),
                                Some(_) if s.source.is_empty() => {}
                                Some(kind) => {
                                    let bare = format!("<del class={}>", kind.class());
                                    lines.put(clip(s), Some((&bare, "</del>")));
                                }
                            }
                        }
                        lines.out.push_str("</span>");
                    }
                    k += n;
                }
            }
        }
        lines.close();
    }

    /// Appends this part of the proof.
    pub fn proof(&self, out: &mut String, part: Range<usize>) {
        let all = &self.a.stretches;
        let mut k = all.partition_point(|s| s.proof.end <= part.start && s.proof.start < part.start);
        let clip = |s: &Stretch| s.proof.start.max(part.start)..s.proof.end.min(part.end);
        let end = part.end;
        while k < all.len() && all[k].proof.start < end {
            let s = &all[k];
            let kind = self.kind(s);
            if let Some(n) = s.place {
                let said = marks::doubt(&self.a.places[n], self.entry(s));
                self.place(out, n, "u j", &said, clip(s));
                k += 1;
                continue;
            }
            match kind {
                Some(Kind::Joined) => {
                    let said = html::of(&self.said(std::slice::from_ref(s)));
                    let _ = write!(out, "<ins class=j tabindex=0 aria-description=\"{said}\">");
                    html::text(out, &self.g.proof[clip(s)]);
                    out.push_str("</ins>");
                    k += 1;
                }
                Some(Kind::Changed) => {
                    let n = self.group(k, |s| s.proof.end <= end);
                    let said = html::of(&self.said(&all[k..k + n]));
                    let _ = write!(out, "<ins class=x tabindex=0 aria-description=\"{said}\">");
                    all[k..k + n].iter().for_each(|s| self.plain(out, clip(s)));
                    out.push_str("</ins>");
                    k += n;
                }
                _ => {
                    self.plain(out, clip(s));
                    k += 1;
                }
            }
        }
    }

    /// Text of the proof, with the uncertain breaks that were kept in it.
    fn plain(&self, out: &mut String, part: Range<usize>) {
        let mut from = part.start;
        let first = self.a.anchors.partition_point(|&(at, _)| at < part.start);
        for &(at, n) in self.a.anchors[first..].iter().take_while(|&&(at, _)| at < part.end) {
            html::text(out, &self.g.proof[from..at]);
            self.place(out, n, "u k", &marks::doubt(&self.a.places[n], None), at..at);
            from = at;
        }
        html::text(out, &self.g.proof[from..part.end.max(from)]);
    }

    /// An uncertain place is a link to the next one.
    fn place(&self, out: &mut String, n: usize, class: &str, said: &str, part: Range<usize>) {
        let last = n + 1 == self.a.places.len();
        let (next, where_to) = if last { (0, "the first") } else { (n + 1, "the next") };
        let (prefix, said) = (self.prefix, html::of(said));
        let _ = write!(
            out,
            "<a class=\"{class}\" id={prefix}u{n} href=\"#{prefix}u{next}\" aria-label=\"uncertain place {}\" \
             aria-description=\"{said} Enter goes to {where_to}.\">",
            n + 1
        );
        html::text(out, &self.g.proof[part]);
        out.push_str("</a>");
    }
}

/// Characters behind which a line of the source ends; a carriage return before a line feed is not one.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0b' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Writes lines of the source, each a block of its own.
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

    /// Text of the source inside `first` … `end`, on each later line inside `later` … `end`.
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
