//! Rows of type from characters in the order in which a file paints them. A row ends where the type jumps; the library puts
//! together what is one printed row, and in which order rows are read.

use super::glyph::Glyph;
use super::matrix::Vector;
use qingyang::layout::{Line, Piece, Quad, Rect};

/// A step across the line of more than this many sizes begins another row; a subscript moves less.
const STEP: f64 = 0.3;

/// A gap of more than this many sizes begins another row: another column, or the next cell. MuPDF ends lines at the same gap.
/// On the three PDFs of the bench 0.5 to 1.2 give the same units; 1.6 and more join columns.
const WIDE_GAP: f64 = 0.8;

/// A step back of more than this many sizes begins another row; kerning moves less.
const BACK: f64 = 0.2;

/// A gap of more than this many sizes between two letters is a space that nobody painted.
const LETTER_SPACE: f64 = 0.2;

/// A gap of more than this many sizes parts two Han that stand one below the other.
const GAP_BELOW: f64 = 0.5;

/// So many Han one below the other are a column.
const COLUMN: usize = 3;

/// A copy of a character that makes it bold is shifted by less than this many sizes.
const SHADOW: f64 = 0.25;

/// Sizes of characters of one direction point the same way: the cosine of ten degrees.
const SAME_WAY: f64 = 0.985;

/// A direction of which the row is taken for horizontal: the cosine of 25 degrees. Scans are not skewed so much.
const LEVEL: f64 = 0.9;

/// The rows of a page, in the order of the file.
pub fn lines(glyphs: &[Glyph], page: u64) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut rest = glyphs;
    while !rest.is_empty() {
        let row = Row::first_of(rest);
        let element = format!("page {page} character {}", glyphs.len() - rest.len() + 1);
        lines.extend(line(&row.glyphs, &element));
        // A row that is painted twice, glyph by glyph or run by run, is two rows.
        lines.extend(line(&row.shadow, &element));
        rest = &rest[row.taken..];
    }
    lines
}

/// A row, and the glyphs that were painted over its own once more.
struct Row<'g> {
    glyphs: Vec<&'g Glyph>,
    shadow: Vec<&'g Glyph>,
    /// Glyphs of the page in both.
    taken: usize,
}

impl<'g> Row<'g> {
    /// The row that the first glyph begins.
    fn first_of(glyphs: &'g [Glyph]) -> Row<'g> {
        let column = 1 + glyphs.windows(2).take_while(|pair| is_below(&pair[0], &pair[1])).count();
        if column >= COLUMN {
            return Row { glyphs: glyphs[..column].iter().collect(), shadow: Vec::new(), taken: column };
        }
        let mut row = Row { glyphs: vec![&glyphs[0]], shadow: Vec::new(), taken: 1 };
        for glyph in &glyphs[1..] {
            let last = row.glyphs[row.glyphs.len() - 1];
            if !is_copy(last, glyph) && goes_on(last, glyph) {
                row.glyphs.push(glyph);
            } else if row.glyphs.iter().rev().any(|painted| is_copy(painted, glyph)) {
                row.shadow.push(glyph);
            } else {
                break;
            }
            row.taken += 1;
        }
        row
    }
}

/// Whether a glyph is one that was painted before, painted again.
fn is_copy(painted: &Glyph, glyph: &Glyph) -> bool {
    let shift = (glyph.start - painted.start).length();
    painted.text == glyph.text && shift < SHADOW * glyph.size
}

/// Whether a glyph goes on with the row of the last one.
fn goes_on(last: &Glyph, glyph: &Glyph) -> bool {
    if !last.is_placed() || !glyph.is_placed() {
        return last.is_placed() == glyph.is_placed();
    }
    let (way, size) = (last.direction, last.size.max(glyph.size));
    let along = (glyph.start - last.end).dot(way) / size;
    let across = (glyph.start - last.start).dot(way.turned()) / size;
    way.dot(glyph.direction) > SAME_WAY && across.abs() <= STEP && along > -BACK && along < WIDE_GAP
}

/// Whether a Han that is set to the right stands directly below another.
fn is_below(above: &Glyph, glyph: &Glyph) -> bool {
    let (way, size) = (above.direction, glyph.size);
    let step = glyph.start - above.start;
    let gap = step.dot(way.turned()) / size - 1.0;
    let level = above.direction.x > SAME_WAY && glyph.direction.x > SAME_WAY;
    let same = (above.size - glyph.size).abs() < STEP * size && (step.dot(way) / size).abs() < STEP;
    level && same && gap > -BACK && gap < GAP_BELOW && is_han(above) && is_han(glyph)
}

fn is_han(glyph: &Glyph) -> bool {
    glyph
        .text
        .chars()
        .all(|c| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}'))
}

/// A row as a line; `None` if there is nothing to see in it.
fn line(glyphs: &[&Glyph], element: &str) -> Option<Line> {
    if glyphs.iter().all(|glyph| glyph.is_blank()) {
        return None;
    }
    let mut text = String::new();
    let mut pieces = Vec::new();
    for (n, glyph) in glyphs.iter().enumerate() {
        if n > 0 && is_space(glyphs[n - 1], glyph) {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&glyph.text);
        if glyph.is_placed() {
            pieces.push(Piece { range: start..text.len(), place: glyph.bounds() });
        }
    }
    let mut line = Line::new(text, if glyphs[0].is_placed() { quad(glyphs) } else { Quad::default() });
    line.size = most_frequent(glyphs).filter(|size| *size > 0.0);
    line.pieces = pieces;
    line.element = element.to_string();
    Some(line)
}

/// Whether the gap between two glyphs is a space between words of letters.
fn is_space(last: &Glyph, glyph: &Glyph) -> bool {
    let letters = |glyph: &Glyph| glyph.text.chars().all(|c| c.is_alphanumeric() && c < '\u{2E80}');
    let gap = (glyph.start - last.end).dot(last.direction);
    letters(last) && letters(glyph) && gap > LETTER_SPACE * glyph.size
}

/// The place of a row: turned like its type if that is nearly level, else a rectangle along the page.
fn quad(glyphs: &[&Glyph]) -> Quad {
    let way = glyphs[0].direction;
    let bounds = glyphs.iter().map(|glyph| glyph.bounds()).reduce(|a, b| a.union(&b));
    if way.x < LEVEL || way.y == 0.0 {
        return bounds.map(|bounds: Rect| Quad::from(bounds)).unwrap_or_default();
    }
    let corners = || glyphs.iter().flat_map(|glyph| glyph.corners);
    let range = |axis: Vector| {
        corners().map(|c| c.dot(axis)).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), n| (a.min(n), b.max(n)))
    };
    let down = way.turned();
    let ((left, right), (top, bottom)) = (range(way), range(down));
    let corner = |x: f64, y: f64| ((way.x * x + down.x * y) as f32, (way.y * x + down.y * y) as f32);
    Quad([corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)])
}

/// The size that most characters have.
fn most_frequent(glyphs: &[&Glyph]) -> Option<f32> {
    let mut counts: Vec<(f64, usize)> = Vec::new();
    for glyph in glyphs {
        match counts.iter_mut().find(|(size, _)| (size - glyph.size).abs() < 0.05) {
            Some((_, count)) => *count += 1,
            None => counts.push((glyph.size, 1)),
        }
    }
    counts.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(size, _)| size as f32)
}

#[cfg(test)]
mod tests {
    use super::super::matrix::Matrix;
    use super::*;

    /// Glyphs of ten points at these places, counted from the top.
    fn texts(places: &[(&str, f64, f64)]) -> Vec<String> {
        let glyph = |&(text, x, y): &(&str, f64, f64)| {
            Glyph::new(text.to_string(), 1.0, false, Matrix([10.0, 0.0, 0.0, -10.0, x, y]))
        };
        let glyphs: Vec<Glyph> = places.iter().map(glyph).collect();
        lines(&glyphs, 1).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn rows_end_where_the_type_jumps() {
        type Case<'c> = (&'c [(&'c str, f64, f64)], &'c [&'c str]);
        let cases: [Case<'_>; 6] = [
            (&[("渠", 0.0, 0.0), ("水", 10.0, 0.0), ("流", 0.0, 14.0), ("过", 10.0, 14.0)], &["渠水", "流过"]),
            (&[("渠", 0.0, 0.0), ("水", 17.0, 0.0), ("流", 36.0, 0.0)], &["渠水", "流"]),
            (&[("a", 0.0, 0.0), ("b", 13.0, 0.0), ("渠", 26.0, 0.0)], &["a b渠"]),
            (&[("渠", 0.0, 0.0), ("水", 0.0, 11.0), ("流", 0.0, 22.0), ("过", 30.0, 0.0)], &["渠水流", "过"]),
            (&[("1", 0.0, 0.0), ("2", 0.0, 11.0), ("3", 0.0, 22.0)], &["1", "2", "3"]),
            (&[("渠", 0.0, 0.0), (" ", 0.0, 40.0)], &["渠"]),
        ];
        for (places, rows) in cases {
            assert_eq!(texts(places), rows);
        }
    }

    /// However a file paints its bold type twice: glyph by glyph, run by run, or row by row.
    #[test]
    fn type_that_is_painted_twice_is_two_rows() {
        let painted = [(0, "渠"), (1, "水"), (2, "流")];
        for order in [[0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 1, 2], [0, 1, 2, 0, 1, 2]] {
            let mut seen = [0.0; 3];
            let places = order.map(|n| {
                let (column, text) = painted[n];
                seen[n] += 1.0;
                (text, 10.0 * f64::from(column) + 0.4 * (seen[n] - 1.0), 0.0)
            });
            assert_eq!(texts(&places), ["渠水流", "渠水流"], "{order:?}");
        }
    }

    #[test]
    fn a_turned_row_has_a_turned_place_and_a_glyph_without_size_has_none() {
        let slope = 0.05f64;
        let (x, y) = (10.0 * slope.cos(), 10.0 * slope.sin());
        let at = |n: f64| Matrix([x, y, y, -x, n * x, n * y]);
        let glyph = |text: &str, place| Glyph::new(text.to_string(), 1.0, false, place);
        let glyphs =
            [glyph("渠", at(0.0)), glyph("水", at(1.0)), glyph("流", Matrix([0.0; 6])), glyph("过", Matrix([0.0; 6]))];
        let lines = lines(&glyphs, 1);
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["渠水", "流过"]);
        assert!((f64::from(lines[0].quad.slope()) - slope.tan()).abs() < 1e-4);
        assert!(lines[0].is_placed() && !lines[1].is_placed());
        assert_eq!(lines[0].pieces.len(), 2);
    }
}
