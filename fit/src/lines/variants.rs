//! Variants of a training page: other habits of blank lines and indents, parts of the page as pages of their own, and
//! lines that scanners and scripts cut anywhere.

use crate::gold::GoldBreak;
use crate::lines::sample::{Sample, Source};
use crate::random::Random;
use qingyang::internals::measure::Layout;

/// How many parts of a page become pages of their own.
const PARTS: usize = 4;

/// The variants of a page; `whole` is the page as it is.
pub fn of(source: &Source<'_>, raw: &str, whole: &Sample) -> Vec<Sample> {
    let mut random = Random::named(source.id);
    let mut texts = vec![with_other_blanks(raw, &mut random)];
    let (text, doubled) = qingyang::internals::fitting::prepare_for_roles(raw);
    let mut page = Layout::default();
    page.measure(&text, &doubled);
    texts.extend(parts(&text, &page, &whole.breaks, &mut random));
    texts.push(with_ragged_cuts(&text, &page, &whole.breaks, &mut random));
    texts.push(raw.to_string());
    let seed = random.below(u64::MAX >> 33);
    let variant = |(k, text): (usize, &String)| {
        let seed = (k % 2 == 0).then_some(seed ^ k as u64);
        let sample = source.sample(format!("{}~{k}", source.id), source.channel, text, seed);
        Sample { variant: true, ..sample }
    };
    texts.iter().enumerate().map(variant).collect()
}

/// The page with no blank lines, with one behind each line, without indents, or with blank lines here and there.
fn with_other_blanks(raw: &str, random: &mut Random) -> String {
    let lines: Vec<&str> = raw.lines().filter(|l| !l.trim().is_empty()).collect();
    match random.below(4) {
        0 => lines.join("\n"),
        1 => lines.join("\n\n"),
        2 => lines.iter().map(|l| l.trim()).collect::<Vec<_>>().join("\n"),
        _ => {
            let end = |random: &mut Random| if random.below(3) == 0 { "\n\n" } else { "\n" };
            lines.iter().flat_map(|l| [l, end(random)]).collect()
        }
    }
}

/// Parts of the page, from the beginning of one unit to the end of another: short pages say little of their habits.
fn parts(text: &str, page: &Layout, breaks: &[GoldBreak], random: &mut Random) -> Vec<String> {
    let begins = |&k: &usize| k == 0 || breaks[k - 1] == GoldBreak::Broken;
    let starts: Vec<usize> = (0..page.lines.len()).filter(begins).collect();
    if starts.len() < 4 {
        return Vec::new();
    }
    let mut part = || {
        let from = random.below(starts.len() as u64 - 1) as usize;
        let to = (from + 1 + random.below(7) as usize).min(starts.len() - 1);
        let (first, last) = (starts[from], starts[to] - 1);
        text[start(page, first)..page.lines[last].end as usize].to_string()
    };
    (0..PARTS).map(|_| part()).collect()
}

/// Where a line begins, its indent included.
fn start(page: &Layout, line: usize) -> usize {
    (page.lines[line].start as usize).saturating_sub(page.lines[line].indent as usize)
}

/// The page as scanners and scripts cut it: a mark at the head of a line or on a line of its own, a number or a word cut
/// anywhere.
fn with_ragged_cuts(text: &str, page: &Layout, breaks: &[GoldBreak], random: &mut Random) -> String {
    let line = |k: usize| text[start(page, k)..page.lines[k].end as usize].to_string();
    let mut lines: Vec<String> = (0..page.lines.len()).map(line).collect();
    for k in 0..lines.len().saturating_sub(1) {
        let joined = breaks[k] == GoldBreak::Joined;
        let mark = lines[k].chars().next_back().filter(|c| "，。、；”）？！".contains(*c));
        match (joined, mark, random.below(12)) {
            (true, Some(mark), 0 | 1) => {
                lines[k].pop();
                lines[k + 1].insert(0, mark);
            }
            (true, _, 2 | 3) => move_up(&mut lines, k, 1 + random.below(3) as usize),
            (true, _, 4 | 5) => move_down(&mut lines, k, 1 + random.below(3) as usize),
            (false, Some(mark), 6) if "。”".contains(mark) && lines[k].chars().count() > 3 => {
                lines[k].pop();
                lines[k].push('\n');
                lines[k].push(mark);
            }
            _ => {}
        }
    }
    lines.join("\n")
}

/// Moves the first `n` characters of the line below line `k` to the end of line `k`.
fn move_up(lines: &mut [String], k: usize, n: usize) {
    let head: String = lines[k + 1].chars().take(n).collect();
    if lines[k + 1].chars().count() > n + 3 && !head.contains(' ') {
        lines[k + 1].drain(..head.len());
        lines[k].push_str(&head);
    }
}

/// Moves the last `n` characters of line `k` to the beginning of the line below.
fn move_down(lines: &mut [String], k: usize, n: usize) {
    let count = lines[k].chars().count();
    let tail: String = lines[k].chars().skip(count.saturating_sub(n)).collect();
    if count > n + 3 && !tail.contains(' ') {
        let cut = lines[k].len() - tail.len();
        lines[k].truncate(cut);
        lines[k + 1].insert_str(0, &tail);
    }
}
