//! Columns that were read across: each line has a line of the left column and one of the right column, or the lines of two
//! and more columns take turns, as the boxes of a tool for OCR do if they are sorted from the top.
//!
//! In running text four words of ten span any place between two characters, and so they span the end of a line and the
//! beginning of the next one. Where two columns were read across, a word goes on from the left half of a line to the left half
//! of the next one, and from right to right; hardly any spans the seam, or the end of a line.

use crate::lexicon::parted;
use crate::text::width::is_han;
use std::collections::HashSet;

/// Han of a column in one line. Narrower columns of newspapers have about as many.
const MIN_COLUMN: usize = 6;
/// Pairs of lines that must be compared; fewer prove nothing.
const MIN_PAIRS: usize = 8;
/// Lines that are compared, from the beginning.
const MAX_LINES: usize = 80;
/// Share of the words that may go on across the seam and the ends of lines. Of running text it is 0.35 to 0.45.
const FEW: f64 = 0.12;
/// Share of the words that must go on in the columns.
const MANY: f64 = 0.22;
/// Ends of sentences.
const STOPS: [char; 6] = ['。', '！', '？', '；', '”', '」'];
/// What parts two columns in a line.
const GAP: [char; 3] = [' ', '\t', '\u{3000}'];

/// Pairs of lines that must be compared where columns take turns: a few words go on by chance on a page of short lines.
const MIN_TURNS: usize = 30;
/// Columns that take turns, at most.
const MAX_COLUMNS: usize = 6;

/// Whether the columns of a text were read across.
pub fn is_read_across(text: &str) -> bool {
    // A text of few lines proves nothing, however they read.
    let lines = 1 + memchr::memchr_iter(b'\n', text.as_bytes()).count();
    lines >= MIN_TURNS + 2 && takes_turns(text) || lines > MIN_PAIRS && has_seam(text)
}

/// The lines with so many Han, and between how many of them a word goes on to the next one; `None` if these are many, as in
/// running text, of which a third is read. Lines that a page repeats prove once what they prove.
fn lines(text: &str, han: usize) -> Option<(Vec<&str>, usize)> {
    let most = |lines: usize| FEW * lines.saturating_sub(1) as f64;
    let (mut lines, mut wraps): (Vec<&str>, _) = (Vec::new(), 0);
    for line in text.lines().map(str::trim).filter(|line| has_han(line, han)) {
        if lines.contains(&line) {
            continue;
        }
        wraps += usize::from(lines.last().is_some_and(|last| parted(last, line)));
        lines.push(line);
        if wraps as f64 > most(MAX_LINES) {
            return None;
        }
        if lines.len() == MAX_LINES {
            break;
        }
    }
    (lines.len() > MIN_PAIRS && wraps as f64 <= most(lines.len())).then_some((lines, wraps))
}

fn has_han(text: &str, han: usize) -> bool {
    text.chars().filter(|c| is_han(*c)).take(han).count() == han
}

/// The characters between which a word goes on from one text to the other.
fn goes_on(above: &str, below: &str) -> Option<(char, char)> {
    Some((above.chars().last()?, below.chars().next()?)).filter(|_| parted(above, below))
}

/// Whether words go on to the second line behind their own, or to the third, and not to the next one.
fn takes_turns(text: &str) -> bool {
    let Some((lines, _)) = lines(text, MIN_COLUMN) else { return false };
    (2..=MAX_COLUMNS).any(|columns| {
        let pairs = lines.len().saturating_sub(columns);
        let down: HashSet<_> = lines.iter().zip(&lines[columns..]).filter_map(|(a, b)| goes_on(a, b)).collect();
        pairs >= MIN_TURNS && down.len() as f64 >= MANY * pairs as f64
    })
}

/// Whether the lines have a seam.
fn has_seam(text: &str) -> bool {
    let Some((lines, wraps)) = lines(text, 2 * MIN_COLUMN) else { return false };
    // Paragraphs, one a line. The lines of a column end anywhere.
    if lines.iter().filter(|line| line.ends_with(STOPS)).count() * 2 > lines.len() {
        return false;
    }
    let gaps: Vec<Option<usize>> = lines.iter().map(|line| widest_gap(line)).collect();
    let by_gaps = seam(&lines, |n, _| gaps[n], wraps);
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    by_gaps
        || (MIN_COLUMN..longest.saturating_sub(MIN_COLUMN)).any(|column| {
            let at = |_, line: &str| line.char_indices().nth(column).map(|(at, _)| at);
            seam(&lines, at, wraps)
        })
}

/// Whether words go on in the columns that `at` parts, and not across the seam. `at` gives the byte of the seam in a line.
fn seam(lines: &[&str], at: impl Fn(usize, &str) -> Option<usize>, wraps: usize) -> bool {
    let halves: Vec<Option<(&str, &str)>> = lines
        .iter()
        .enumerate()
        .map(|(n, line)| {
            let (left, right) = line.split_at(at(n, line)?);
            Some((left.trim_end(), right.trim_start())).filter(|(left, right)| is_column(left) && is_column(right))
        })
        .collect();
    let (mut pairs, mut across) = (0, 0);
    // Rows of a table begin and end alike; each pair of characters counts once.
    let mut down = HashSet::new();
    for pair in halves.windows(2) {
        let [Some((left, right)), Some((next_left, next_right))] = *pair else { continue };
        pairs += 1;
        across += usize::from(parted(left, right));
        down.extend(goes_on(left, next_left));
        down.extend(goes_on(right, next_right));
    }
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    pairs >= MIN_PAIRS
        && pairs * 2 > lines.len()
        && share(across + wraps, pairs + lines.len() - 1) <= FEW
        && share(down.len(), 2 * pairs) >= MANY
}

fn is_column(text: &str) -> bool {
    has_han(text, MIN_COLUMN)
}

/// Where the widest gap of a line begins.
fn widest_gap(line: &str) -> Option<usize> {
    let mut widest: Option<(usize, usize)> = None; // its length and its place
    let mut at = 0;
    while let Some(start) = line[at..].find(GAP).map(|n| at + n) {
        let end = line[start..].find(|c| !GAP.contains(&c)).map_or(line.len(), |n| start + n);
        if widest.is_none_or(|(length, _)| end - start > length) {
            widest = Some((end - start, start));
        }
        at = end;
    }
    widest.map(|(_, start)| start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Lines of two columns in turns or side by side, which are read across where there are enough of them.
        #[test]
        fn the_count_of_lines_excludes_nothing(lines in 0_usize..50, seam: bool, first in 0_usize..20) {
            let words = ["昨日上午横跨渠", "水的新桥正式通", "车两岸群众不用", "再绕行十二公里", "这座桥是去年的", "民生工程桥面铺"];
            let column = |from: usize, n: usize| format!("{}{}", words[(from + n) % 6], ["一", "二", "三", "四", "五", "六", "七"][n % 7]);
            let text: String = (0..lines)
                .map(|n| match seam {
                    true => format!("{} {}\n", column(first, n), column(first + 3, n)),
                    false => format!("{}\n", column(first + 3 * (n % 2), n / 2)),
                })
                .collect();
            prop_assert_eq!(is_read_across(&text), takes_turns(&text) || has_seam(&text));
        }
    }
}
