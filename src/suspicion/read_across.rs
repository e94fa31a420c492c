//! Columns that were read across: each line has a line of the left column and one of the right column, or the lines of two
//! and more columns take turns, as the boxes of a tool for OCR do if they are sorted from the top.
//!
//! In running text words bind four of ten pairs of neighbours, and so they bind the end of a line to the beginning of the next
//! one. Where two columns were read across, a word goes on from the left half of a line to the left half of the next one, and
//! from right to right; hardly any spans the seam, or the end of a line.

use super::counts;
use crate::lexicon::is_bound;
use crate::text::width::is_han;
use std::collections::HashSet;

/// Han of a column in one line. Narrower columns of newspapers have about as many.
const MIN_COLUMN: usize = 6;
/// Pairs of lines that must be compared; fewer prove nothing.
const MIN_PAIRS: usize = 8;
/// Lines that are compared, from the beginning.
const MAX_LINES: usize = 80;
/// Share of the words that may go on across the seam and the ends of lines.
const FEW: f64 = 0.12;
/// Share of the words that must go on in the columns.
const MANY: f64 = 0.2;
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
    let mut text = Text::new(text);
    lines >= MIN_TURNS + 2 && takes_turns(&mut text) || lines > MIN_PAIRS && has_seam(&mut text)
}

/// The lines of a text with the Han of a column, each different line once, read as far as they are asked for. Lines that a page
/// repeats prove once what they prove.
struct Text<'a> {
    rest: std::str::Lines<'a>,
    read: Vec<Read<'a>>,
    /// The edges of each line that was read.
    edges: Vec<u64>,
}

/// A line that was read.
struct Read<'a> {
    line: &'a str,
    /// Whether it has the Han of two columns.
    is_wide: bool,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Text<'a> {
        Text { rest: text.lines(), read: Vec::new(), edges: Vec::new() }
    }

    /// The line with this number.
    fn at(&mut self, number: usize) -> Option<&Read<'a>> {
        while self.read.len() <= number {
            let line = self.rest.next()?.trim();
            let han = han_of(line);
            if han < MIN_COLUMN {
                continue;
            }
            // Lines with other edges are other lines.
            let edges = edges_of(line);
            if !self.edges.contains(&edges) || self.read.iter().all(|read| read.line != line) {
                self.edges.push(edges);
                self.read.push(Read { line, is_wide: han >= 2 * MIN_COLUMN });
            }
        }
        self.read.get(number)
    }

    /// The lines, or the wide ones only, and between how many of them a word goes on to the next one; `None` if these are many,
    /// as in running text, of which a third is read.
    fn lines(&mut self, wide: bool) -> Option<(Vec<&'a str>, usize)> {
        let most = |lines: usize| FEW * lines.saturating_sub(1) as f64;
        let (mut lines, mut wraps) = (Vec::<&str>::new(), 0);
        for number in 0.. {
            let Some(&Read { line, is_wide }) = self.at(number) else { break };
            if wide && !is_wide {
                continue;
            }
            wraps += usize::from(lines.last().is_some_and(|last| go_on(last, line)));
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
}

/// A number out of the first and the last eight bytes of a line.
fn edges_of(line: &str) -> u64 {
    let bytes = line.as_bytes();
    let (first, last) = (bytes.first_chunk().copied(), bytes.last_chunk().copied());
    let [first, last] = [first, last].map(|eight| u64::from_le_bytes(eight.unwrap_or_default()));
    first.rotate_left(32) ^ last
}

/// The Han of a line, counted up to those of two columns. Nearly all begin with one of five bytes, and these are counted faster.
fn han_of(line: &str) -> usize {
    const USUAL: std::ops::RangeInclusive<u8> = 0xE5..=0xE9;
    const ENOUGH: usize = 2 * MIN_COLUMN;
    match counts::bytes(line.as_bytes(), |b| USUAL.contains(&b)) {
        ENOUGH.. => ENOUGH,
        _ => line.chars().filter(|c| is_han(*c)).take(ENOUGH).count(),
    }
}

/// The characters between which a word goes on from one text to the other.
fn bound_ends(above: &str, below: &str) -> Option<(char, char)> {
    above.chars().next_back().zip(below.chars().next()).filter(|&(last, first)| is_bound(last, first))
}

/// Whether a word goes on from one text to the other.
fn go_on(above: &str, below: &str) -> bool {
    bound_ends(above, below).is_some()
}

/// Whether a word goes on between so many pairs of texts that it is `enough`. The same two characters count once: rows of a table
/// begin and end alike.
fn many_go_on<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>, enough: impl Fn(usize) -> bool) -> bool {
    let mut down = HashSet::new();
    texts.filter_map(|(above, below)| bound_ends(above, below)).any(|ends| down.insert(ends) && enough(down.len()))
}

fn share(n: usize, of: usize) -> f64 {
    n as f64 / of.max(1) as f64
}

/// Whether words go on to the second line behind their own, or to the third, and not to the next one.
fn takes_turns(text: &mut Text<'_>) -> bool {
    let Some((lines, _)) = text.lines(false) else { return false };
    (2..=MAX_COLUMNS).any(|columns| {
        let pairs = lines.len().saturating_sub(columns);
        let down = || lines.iter().copied().zip(lines[columns..].iter().copied());
        pairs >= MIN_TURNS && many_go_on(down(), |n| n as f64 >= MANY * pairs as f64)
    })
}

/// Whether the lines have a seam.
fn has_seam(text: &mut Text<'_>) -> bool {
    let Some((lines, wraps)) = text.lines(true) else { return false };
    // Paragraphs, one a line. The lines of a column end anywhere.
    if lines.iter().filter(|line| line.ends_with(STOPS)).count() * 2 > lines.len() {
        return false;
    }
    let lines: Vec<Line> = lines.into_iter().map(Line::of).collect();
    let gaps: Vec<Option<usize>> = lines.iter().map(|line| line.column_of(widest_gap(line.text)?)).collect();
    let by_gaps = seam(&lines, |n| gaps[n], wraps);
    let longest = lines.iter().map(|line| line.starts.len()).max().unwrap_or(0);
    by_gaps || (MIN_COLUMN..longest.saturating_sub(MIN_COLUMN)).any(|column| seam(&lines, |_| Some(column), wraps))
}

/// A line, and where it may be parted into two columns.
struct Line<'a> {
    text: &'a str,
    /// Where its characters begin.
    starts: Vec<usize>,
    /// The characters before which it has the Han of a column on both sides.
    seams: std::ops::Range<usize>,
}

impl<'a> Line<'a> {
    fn of(text: &'a str) -> Line<'a> {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let last_han = |chars: &mut dyn Iterator<Item = char>| {
            chars.enumerate().filter(|(_, c)| is_han(*c)).map(|(k, _)| k + 1).nth(MIN_COLUMN - 1)
        };
        let (left, right) = (last_han(&mut text.chars()), last_han(&mut text.chars().rev()));
        let seams = left.zip(right).map_or(0..0, |(left, right)| left..starts.len() + 1 - right);
        Line { text, starts, seams }
    }

    /// The number of the character that begins with this byte.
    fn column_of(&self, at: usize) -> Option<usize> {
        self.starts.binary_search(&at).ok()
    }

    /// What is on both sides of the seam before a character.
    fn halves(&self, column: usize) -> (&'a str, &'a str) {
        let (left, right) = self.text.split_at(self.starts[column]);
        (left.trim_end(), right.trim_start())
    }
}

/// Whether words go on in the columns that `at` parts, and not across the seam. `at` gives the character behind the seam in a line.
/// What is asked first is asked of all, and clears nearly all.
fn seam(lines: &[Line<'_>], at: impl Fn(usize) -> Option<usize>, wraps: usize) -> bool {
    let columns: Vec<Option<usize>> =
        lines.iter().enumerate().map(|(n, line)| at(n).filter(|column| line.seams.contains(column))).collect();
    let of_pair = |n: usize| Some((n, columns[n]?, columns[n + 1]?));
    let pairs: Vec<(usize, usize, usize)> = (0..lines.len().saturating_sub(1)).filter_map(of_pair).collect();
    if pairs.len() < MIN_PAIRS || pairs.len() * 2 <= lines.len() {
        return false;
    }
    let mut across = wraps;
    for &(n, column, _) in &pairs {
        let (left, right) = lines[n].halves(column);
        across += usize::from(go_on(left, right));
        if share(across, pairs.len() + lines.len() - 1) > FEW {
            return false;
        }
    }
    let down = pairs.iter().flat_map(|&(n, column, next)| {
        let ((left, right), (next_left, next_right)) = (lines[n].halves(column), lines[n + 1].halves(next));
        [(left, next_left), (right, next_right)]
    });
    many_go_on(down, |n| share(n, 2 * pairs.len()) >= MANY)
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

    /// As [`seam`], without its shortcuts. `at` gives the byte of the seam in a line.
    fn plain_seam(lines: &[&str], at: impl Fn(usize, &str) -> Option<usize>, wraps: usize) -> bool {
        let is_column = |text: &str| text.chars().filter(|c| is_han(*c)).count() >= MIN_COLUMN;
        let halves = |n: usize| {
            let (left, right) = lines[n].split_at(at(n, lines[n])?);
            Some((left.trim_end(), right.trim_start())).filter(|(left, right)| is_column(left) && is_column(right))
        };
        let (mut pairs, mut across, mut down) = (0, 0, HashSet::new());
        for n in 1..lines.len() {
            let (Some((left, right)), Some((next_left, next_right))) = (halves(n - 1), halves(n)) else { continue };
            pairs += 1;
            across += usize::from(go_on(left, right));
            down.extend(bound_ends(left, next_left));
            down.extend(bound_ends(right, next_right));
        }
        pairs >= MIN_PAIRS
            && pairs * 2 > lines.len()
            && share(across + wraps, pairs + lines.len() - 1) <= FEW
            && share(down.len(), 2 * pairs) >= MANY
    }

    /// Lines that most seams part into columns.
    fn lines_of_columns() -> impl Strategy<Value = Vec<String>> {
        let word = prop::sample::select(vec![
            "新桥", "通车", "渠水", "群众", "里", "的", "，", "1", " ", "\u{3000}", "𠀀", "〇",
        ]);
        let column = || prop::collection::vec(word.clone(), 5..9).prop_map(|words| words.concat());
        let line =
            (column(), "[ \u{3000}]{0,2}", column()).prop_map(|(left, gap, right)| format!("{left}{gap}{right}"));
        prop::collection::vec(line.prop_map(|line| line.trim().to_string()), 9..20)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_seam_is_found_where_the_plain_search_finds_it(made in lines_of_columns(), wraps in 0_usize..3) {
            let plain: Vec<&str> = made.iter().map(String::as_str).collect();
            let lines: Vec<Line> = plain.iter().map(|line| Line::of(line)).collect();
            for column in 0..20 {
                let at = |_, line: &str| line.char_indices().nth(column).map(|(at, _)| at);
                prop_assert_eq!(seam(&lines, |_| Some(column), wraps), plain_seam(&plain, at, wraps));
            }
            let gaps: Vec<Option<usize>> = plain.iter().map(|line| widest_gap(line)).collect();
            let columns: Vec<Option<usize>> = lines.iter().zip(&gaps).map(|(line, gap)| line.column_of((*gap)?)).collect();
            prop_assert_eq!(seam(&lines, |n| columns[n], wraps), plain_seam(&plain, |n, _| gaps[n], wraps));
        }

        #[test]
        fn the_lines_are_those_of_a_plain_search(
            made in prop::collection::vec(prop_oneof![lines_of_columns(), Just(vec!["何苗 ".to_string(), "渠水流过桥头镇".into()])], 0..4)
        ) {
            let text = made.concat().join("\n");
            let mut read = Text::new(&text);
            for (wide, han) in [(false, MIN_COLUMN), (true, 2 * MIN_COLUMN)] {
                let mut plain: Vec<&str> = Vec::new();
                for line in text.lines().map(str::trim).filter(|line| han_of(line) >= han) {
                    if !plain.contains(&line) && plain.len() < MAX_LINES {
                        plain.push(line);
                    }
                }
                let wraps = plain.windows(2).filter(|pair| go_on(pair[0], pair[1])).count();
                let few = wraps as f64 <= FEW * plain.len().saturating_sub(1) as f64 && plain.len() > MIN_PAIRS;
                prop_assert_eq!(read.lines(wide), few.then_some((plain, wraps)));
            }
        }

        #[test]
        fn the_han_of_a_line_are_counted_as_one_by_one(text in "[渠一〇㐀豈𠀀 a，䷀]{0,20}") {
            prop_assert_eq!(han_of(&text), text.chars().filter(|c| is_han(*c)).count().min(2 * MIN_COLUMN));
        }
    }

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
            prop_assert_eq!(is_read_across(&text), takes_turns(&mut Text::new(&text)) || has_seam(&mut Text::new(&text)));
        }
    }
}
