//! Lines from single glyphs that a file gives one after the other, without saying where lines are.

use super::words::Words;
use crate::layout::{Line, Rect};
use crate::text::width::is_han;

/// A glyph with its place.
pub struct Glyph<'a> {
    pub text: &'a str,
    pub place: Option<Rect>,
    pub size: Option<f32>,
}

/// A step up or down of more than this share of a glyph's height begins another line (a subscript moves less).
const STEP: f32 = 0.3;

/// A gap of more than this many heights begins another line: another column, or the next cell.
const WIDE_GAP: f32 = 2.5;

/// A step back of more than this many heights begins another line; kerning moves less.
const BACK: f32 = 0.2;

/// A gap of more than this many heights between two Latin letters is a space.
const LATIN_SPACE: f32 = 0.2;

/// A gap of more than this many heights between two Han characters is a space.
const HAN_SPACE: f32 = 0.8;

/// The lines of glyphs in the order of the file.
pub fn lines(glyphs: &[Glyph<'_>]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut rest = glyphs;
    while !rest.is_empty() {
        let downwards = is_downwards(rest);
        let follows =
            |pair: &[Glyph<'_>]| if downwards { is_below(&pair[0], &pair[1]) } else { is_beside(&pair[0], &pair[1]) };
        let n = 1 + rest.windows(2).take_while(|pair| follows(pair)).count();
        let (line, after) = rest.split_at(n);
        lines.push(line_of(line, downwards));
        rest = after;
    }
    lines
}

/// Whether the first glyphs stand one below the other: three of them, or two with nothing behind.
fn is_downwards(glyphs: &[Glyph<'_>]) -> bool {
    let pair = |n: usize| glyphs.get(n).zip(glyphs.get(n + 1));
    pair(0).is_some_and(|(a, b)| is_below(a, b)) && pair(1).is_none_or(|(a, b)| is_below(a, b) || !is_beside(a, b))
}

/// Whether the second glyph stands directly below the first.
fn is_below(a: &Glyph<'_>, b: &Glyph<'_>) -> bool {
    let (Some(a), Some(b)) = (a.place, b.place) else { return false };
    let height = a.height().max(b.height());
    let gap = b.top - a.bottom;
    (a.left - b.left).abs() < STEP * height && gap > -STEP * height && gap < WIDE_GAP * height / 2.0
}

/// Whether the second glyph goes on with the line of the first. One without a place goes on with any line.
fn is_beside(a: &Glyph<'_>, b: &Glyph<'_>) -> bool {
    let (Some(a), Some(b)) = (a.place, b.place) else { return true };
    let height = b.height();
    (b.top - a.top).abs() <= STEP * height && b.left > a.left - BACK * height && b.left < a.right + WIDE_GAP * height
}

fn line_of(glyphs: &[Glyph<'_>], downwards: bool) -> Line {
    let mut words = Words::default();
    let mut last: Option<&Glyph<'_>> = None;
    for glyph in glyphs {
        let blank = !downwards && last.is_some_and(|last| is_space(last, glyph));
        words.add(glyph.text, glyph.place, blank);
        last = Some(glyph);
    }
    let mut line = words.line(None);
    line.size = most_frequent(glyphs.iter().filter_map(|g| Some((g.size?, g.text.chars().count()))));
    line
}

/// Whether the gap between two glyphs is a space that nobody painted.
fn is_space(a: &Glyph<'_>, b: &Glyph<'_>) -> bool {
    let (Some(left), Some(right)) = (a.place, b.place) else { return false };
    let gap = (right.left - left.right) / right.height();
    let letter = |text: &str| text.chars().all(|c| c.is_alphanumeric() && !is_han(c));
    let han = |text: &str| text.chars().all(is_han);
    (letter(a.text) && letter(b.text) && gap > LATIN_SPACE) || (han(a.text) && han(b.text) && gap > HAN_SPACE)
}

/// The size that most characters have.
pub fn most_frequent(sizes: impl Iterator<Item = (f32, usize)>) -> Option<f32> {
    let mut counts: Vec<(f32, usize)> = Vec::new();
    for (size, n) in sizes {
        match counts.iter_mut().find(|(known, _)| (*known - size).abs() < 0.05) {
            Some((_, count)) => *count += n,
            None => counts.push((size, n)),
        }
    }
    counts.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(size, _)| size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs<'a>(places: &[(&'a str, f32, f32)]) -> Vec<Glyph<'a>> {
        let glyph = |&(text, left, top): &(&'a str, f32, f32)| {
            let place = Some(Rect::new(left, top, left + 10.0, top + 10.0));
            Glyph { text, place, size: Some(10.0) }
        };
        places.iter().map(glyph).collect()
    }

    #[test]
    fn lines_end_where_the_glyphs_jump() {
        type Case<'c> = (&'c [(&'c str, f32, f32)], &'c [&'c str]);
        let cases: [Case<'_>; 4] = [
            (&[("渠", 0.0, 0.0), ("水", 10.0, 0.0), ("流", 0.0, 14.0), ("过", 10.0, 14.0)], &["渠水", "流过"]),
            (&[("渠", 0.0, 0.0), ("水", 60.0, 0.0), ("流", 79.0, 0.0)], &["渠", "水 流"]),
            (&[("渠", 0.0, 0.0), ("水", 0.0, 11.0), ("流", 0.0, 22.0), ("过", 30.0, 0.0)], &["渠水流", "过"]),
            (&[("渠", 0.0, 0.0), ("水", 0.0, 14.0), ("流", 10.0, 14.0)], &["渠", "水流"]),
        ];
        for (places, texts) in cases {
            let lines = lines(&glyphs(places));
            let found: Vec<&str> = lines.iter().map(|l| l.text.as_str()).collect();
            assert_eq!(found, texts);
        }
    }
}
