//! Copies on the lines below: equal lines, chains of overlapping pieces, tilings across line breaks.

use super::find::{Cuts, Find, MAX_GLYPHS, Manner, Span, is_mark, to_half_width};
use super::lines::Gaps;
use super::tiling::{SURE_RUN, Setting, cut_copies, han, read_glyphs, tile};
use crate::text::latin::puts_space;
use crate::text::width::is_han;
use std::ops::Range;

/// Maximum number of lines in a chain of overlapping pieces: a headline of 40 glyphs, glyph by glyph.
const MAX_PIECES: usize = 40;

/// A line with so many Han that is repeated as the next line needs no witness, unless it is among lines of its own
/// length, as a refrain is. A pair of slogans such as 安全第一⏎安全第一 has fewer.
const SURE_LINE: usize = 6;

/// Lines whose copies cross the line breaks: `寒潮来袭寒潮来袭 最低⏎最低-19-19` or `同同比比增⏎增长长`. Copies must tile all of the
/// lines, and each break must be between the two copies of a tile.
pub(super) fn joined_tiling(text: &str, lines: &[Span], i: usize, set: &mut Setting, cuts: &mut Cuts) -> Option<Find> {
    let mut last = i;
    while last - i < MAX_PIECES && last + 1 < lines.len() && overlaps(text, lines[last], lines[last + 1]) {
        last += 1;
    }
    if last == i {
        return None;
    }
    set.glyphs.clear();
    let mut breaks = Vec::new();
    for line in &lines[i..=last] {
        breaks.push(set.glyphs.len());
        read_glyphs(text, *line, &mut set.glyphs);
    }
    let breaks = &breaks[1..];
    if set.glyphs.len() > MAX_GLYPHS || !tile::<2>(set) {
        return None;
    }
    // Two equal lines prove less than copies that overlap. They are judged as a chain.
    if last == i + 1 && set.tiles.len() == 1 {
        return None;
    }
    let doubled = || set.tiles.iter().filter(|t| t.copies == 2);
    let covered = doubled().filter(|t| breaks.contains(&(t.at + t.len))).count();
    let ink: usize = doubled().map(|t| han(&set.glyphs[t.at..t.at + t.len])).sum();
    if covered < breaks.len() || ink < 3 {
        return None;
    }
    let from = cuts.len();
    for t in doubled() {
        cut_copies(text, &set.glyphs, t, cuts);
    }
    let cuts = from..cuts.len();
    Some(Find { lines: i..last + 1, cuts, manner: Manner::Lines, sure: true, needs: 0, whole: true })
}

/// Whether the line below begins with the end of the line above, in either width.
fn overlaps(text: &str, above: Span, below: Span) -> bool {
    let (a, b) = (&text[above.start..above.end], &text[below.start..below.end]);
    let Some(first) = b.chars().next().map(to_half_width) else { return false };
    // The repeated text may have the character more than once.
    let ends = a.char_indices().rev().filter(|&(_, c)| to_half_width(c) == first).take(4);
    ends.map(|(at, _)| &a[at..]).any(|end| {
        let mut beginning = b.chars().map(to_half_width);
        end.chars().map(to_half_width).all(|c| beginning.next() == Some(c))
    })
}

/// A chain of pieces from line `i` on: each line begins with the end of the line above, until nothing is left over.
/// The shortest chain is two equal lines. `marked` says whether line `i` may have a doubled mark.
pub(super) fn chain(text: &str, lines: &[Span], i: usize, marked: bool, gaps: &Gaps, cuts: &mut Cuts) -> Option<Find> {
    let next = *lines.get(i + 1)?;
    let line = lines[i];
    if line.end - line.start > MAX_GLYPHS * 3 {
        return None;
    }
    // A quick test: both begin alike, except for marks that were printed once.
    if head(&text[line.start..line.end]) == head(&text[next.start..next.end])
        && let Some(find) = pieces(text, lines, i, line, None, gaps, cuts)
    {
        return Some(find);
    }
    // Only the last word of the line is repeated, after a doubled mark: ““双增⏎双增””.
    let body = &text[line.start..line.end];
    let mut before = None;
    for (at, c) in body.char_indices().take_while(|_| marked) {
        if before == Some(c) && matches!(c, '“' | '”' | '《' | '》' | '（' | '「' | '·') {
            let from = line.start + at;
            let unit = Span { start: from + c.len_utf8(), end: line.end };
            let again = unit.start < unit.end && head(&text[unit.start..unit.end]) == head(&text[next.start..next.end]);
            let mark = Some(from..from + c.len_utf8());
            return if again { pieces(text, lines, i, unit, mark, gaps, cuts) } else { None };
        }
        before = Some(c);
    }
    // Or after a space: 寒潮来袭 最低气温将降至⏎最低气温将降至…
    let space = memchr::memrchr(b' ', body.as_bytes())?;
    let unit = Span { start: line.start + space + 1, end: line.end };
    // A space between Han and a number separates no words: an option puts it there.
    if puts_space(&body[..space], &body[space + 1..])
        || head(&text[unit.start..unit.end]) != head(&text[next.start..next.end])
        || han_in(&text[unit.start..unit.end]) < 4
    {
        return None;
    }
    pieces(text, lines, i, unit, None, gaps, cuts)
}

/// The first character that is no mark; or the first mark, if there is nothing else.
fn head(s: &str) -> Option<char> {
    s.chars().find(|&c| !is_mark(c)).or_else(|| s.chars().next())
}

fn han_in(s: &str) -> usize {
    s.chars().filter(|&c| is_han(c) || !is_mark(c) && c.is_alphanumeric()).count()
}

/// Finds the chain whose first piece is `unit`, the end of line `i`. `mark` is the copy of a doubled mark before it.
fn pieces(
    text: &str,
    lines: &[Span],
    i: usize,
    unit: Span,
    mark: Option<Range<usize>>,
    gaps: &Gaps,
    cuts: &mut Cuts,
) -> Option<Find> {
    let whole = unit.start == lines[i].start;
    let marked = mark.is_some();
    let from = cuts.len();
    let chain = follow(text, lines, i, unit, mark, cuts)?;
    let (at, matched) = (chain.below, chain.matched);
    if at - i == 2 && !chain.has_rest && !marked {
        return equal_lines(text, lines, i, unit, matched, gaps, (from, cuts));
    }
    Some(Find {
        lines: i..at,
        cuts: from..cuts.len(),
        manner: Manner::Lines,
        sure: whole || marked || matched >= 4,
        needs: 1,
        whole: !chain.has_rest,
    })
}

/// A chain of pieces that lines repeat.
struct Followed {
    /// The line below the chain.
    below: usize,
    /// Han that were repeated.
    matched: usize,
    /// Whether single text follows the last copy in its line.
    has_rest: bool,
}

/// Follows a chain from `unit`, the end of line `i`, and cuts the copies.
fn follow(
    text: &str,
    lines: &[Span],
    i: usize,
    mut unit: Span, // what must be repeated
    mark: Option<Range<usize>>,
    cuts: &mut Cuts,
) -> Option<Followed> {
    let from = cuts.len();
    let mut end = match_copy(text, unit, *lines.get(i + 1)?)?;
    cuts.extend(mark);
    let mut chain = Followed { below: i + 1, matched: 0, has_rest: false };
    loop {
        let line = lines[chain.below];
        chain.matched += han_in(&text[unit.start..unit.end]);
        // ““双增⏎双增…: the mark at the unit's beginning was printed twice before the line broke.
        if let Some((mark, again)) = doubled_first_mark(text, unit)
            && text[line.start..].chars().next().is_none_or(|c| to_half_width(c) != mark)
            && cuts[from..].last().is_none_or(|c| c.end <= unit.start)
        {
            cuts.push(again);
        }
        cuts.push(unit.end..end);
        chain.below += 1;
        let rest = text[end..line.end].trim_start_matches(' ');
        if rest.is_empty() {
            break;
        }
        // What follows is the next piece, which the next line repeats …
        let next = Span { start: line.end - rest.len(), end: line.end };
        if let Some(again) = lines.get(chain.below).and_then(|&l| match_copy(text, next, l)) {
            if chain.below - i >= MAX_PIECES {
                break;
            }
            (unit, end) = (next, again);
            continue;
        }
        // … or single text: after a doubled mark, or a mark, or at the end of a long chain.
        chain.has_rest = true;
        if let Some((_, again)) = doubled_first_mark(text, next) {
            cuts.push(again);
        } else if !(rest.chars().all(is_mark) || chain.below - i >= 3 && chain.matched >= SURE_RUN) {
            return None;
        }
        break;
    }
    (chain.matched >= 2).then_some(chain)
}

/// Judges two equal lines, `i` and the one below: slogans, refrains and names in a list are meant by the writer. `first` is the text
/// of line `i`, `matched` its Han; `cuts` ends in the second line.
fn equal_lines(
    text: &str,
    lines: &[Span],
    i: usize,
    first: Span,
    matched: usize,
    gaps: &Gaps,
    (from, cuts): (usize, &mut Cuts),
) -> Option<Find> {
    let below = i + 2;
    let line = &text[first.start..first.end];
    let find = |lines, cuts, sure, needs| Find { lines, cuts, manner: Manner::Lines, sure, needs, whole: true };
    if let Some(copies) = repeated_headline_lines(text, lines, i)
        && let Some(cut) = cuts.last_mut()
    {
        *cut = first.end..lines[i + copies - 1].end;
        return Some(find(i..i + copies, from..cuts.len(), true, 1));
    }
    let same = |k: usize| lines.get(k).is_some_and(|l| are_copies(&text[l.start..l.end], line));
    let ends_in_mark = line.chars().next_back().is_some_and(is_mark);
    if same(below)
        || i > 0 && same(i - 1)
        || ends_in_mark && !line.ends_with(['”', '》', '）', ')', '—', '」', '%', '℃'])
    {
        return None;
    }
    // On a page with an empty line after every line, copies on one base line have none between them.
    let one_base = || !Gaps::blank(text, lines, i) && Gaps::blank(text, lines, i + 1) && gaps.every_line(text, lines);
    let like = |k: Option<usize>| {
        let beside = k.and_then(|k| lines.get(k)).map_or("", |l| &text[l.start..l.end]);
        !beside.is_empty() && han_in(beside).abs_diff(matched) <= 3
    };
    let refrain = || {
        let (above, under) = (like(i.checked_sub(1)), like(Some(below)));
        above && (under || like(i.checked_sub(2))) || under && like(Some(below + 1))
    };
    let whole = first.start == lines[i].start;
    let sure = whole && (matched >= SURE_LINE + 2 || matched >= 2 && one_base() || matched >= SURE_LINE && !refrain());
    Some(find(i..below, from..cuts.len(), sure, if matched >= 3 { 1 } else { 2 }))
}

/// The mark that a text begins with, folded, and the place of its copy, if it is doubled. No writer doubles it; dashes and
/// ellipses have two glyphs.
fn doubled_first_mark(text: &str, span: Span) -> Option<(char, Range<usize>)> {
    let mut ink = text[span.start..span.end].char_indices().filter(|&(_, c)| c != ' ');
    let ((_, a), (at, b)) = (ink.next()?, ink.next()?);
    let from = span.start + at;
    let doubled = to_half_width(a) == to_half_width(b) && is_mark(a) && !matches!(a, '—' | '…');
    doubled.then(|| (to_half_width(a), from..from + b.len_utf8()))
}

/// Whether two lines are equal. Marks are set later, so neither their width nor a space beside them tells lines apart.
fn are_copies(a: &str, b: &str) -> bool {
    fn ink(line: &str) -> impl Iterator<Item = char> {
        line.chars().filter(|&c| c != ' ').map(to_half_width)
    }
    a == b || ink(a).eq(ink(b))
}

/// How often a line is repeated, if that is three or four times, and its neighbour is another line with as many copies: the
/// lines of a headline that was printed so often.
fn repeated_headline_lines(text: &str, lines: &[Span], i: usize) -> Option<usize> {
    let body = |k: usize| lines.get(k).map(|l| &text[l.start..l.end]);
    let line = body(i)?;
    let copies = |a: usize, b: usize| body(a).zip(body(b)).is_some_and(|(a, b)| are_copies(a, b));
    let from = (i..lines.len()).take(MOST_COPIES + 1).take_while(|&k| copies(k, i)).count();
    if !(3..=MOST_COPIES).contains(&from) || i > 0 && copies(i - 1, i) || han_in(line) < 2 {
        return None;
    }
    let run = |first: usize| {
        let printed = (first..first + from).all(|k| copies(k, first)) && !copies(first + from, first);
        printed && body(first).is_some_and(|l| !are_copies(l, line) && han_in(l) >= 2)
    };
    let above = i.checked_sub(from).is_some_and(|first| run(first) && (first == 0 || !copies(first - 1, first)));
    (run(i + from) || above).then_some(from)
}

/// Copies of a printed line, at most.
const MOST_COPIES: usize = 4;

/// The end of the copy of `unit` with which `line` begins, if it does. Marks at the unit's beginning or end may have
/// been printed once.
fn match_copy(text: &str, unit: Span, line: Span) -> Option<usize> {
    let ink =
        |s: Span| text[s.start..s.end].char_indices().filter(|&(_, c)| c != ' ').map(move |(k, c)| (s.start + k, c));
    let body = &text[unit.start..unit.end];
    if !body.is_empty() && text[line.start..line.end].starts_with(body) {
        return Some(line.start + body.len());
    }
    let mut want = ink(unit).peekable();
    let mut have = ink(line).peekable();
    // A mark before the unit that is not repeated.
    let begin = have.peek()?.1;
    if !is_mark(begin) {
        while want.peek().is_some_and(|&(_, c)| is_mark(c)) {
            want.next();
        }
    }
    let mut end = None;
    for (_, c) in want {
        match have.peek() {
            Some(&(at, d)) if to_half_width(c) == to_half_width(d) => {
                end = Some(at + d.len_utf8());
                have.next();
            }
            _ => return None,
        }
    }
    end
}
