//! Copies that lie on the lines below: equal lines, chains of overlapping pieces, tilings over a line break.

use super::find::{Cuts, Find, MAX_GLYPHS, Manner, Span, fold, is_mark};
use super::lines::Gaps;
use super::tiling::{SURE_RUN, Setting, cut_copies, han, read_glyphs, tile};
use crate::text::width::is_han;
use std::ops::Range;

/// Lines of the longest chain of overlapping pieces: glyph by glyph, a headline of 40 glyphs.
const MAX_PIECES: usize = 40;

/// Han of a line from which its mere repetition as the next line needs no witness (安全第一⏎安全第一 is a
/// pair of slogans), if it does not stand among lines of its own length, as a refrain does.
const SURE_LINE: usize = 6;

/// Lines whose copies lie over the line breaks: `寒潮来袭寒潮来袭 最低⏎最低-19-19` or `同同比比增⏎增长长`. Together they
/// must tile, and each break must stand between the two copies of a tile.
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
    // Equal lines prove less than copies that overlap: they are judged as such.
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

/// Whether the line below begins with what the line above ends in.
fn overlaps(text: &str, above: Span, below: Span) -> bool {
    let (a, b) = (&text[above.start..above.end], &text[below.start..below.end]);
    let Some(c) = b.chars().next() else { return false };
    let first = &b.as_bytes()[..c.len_utf8()];
    let (a, b) = (a.as_bytes(), b.as_bytes());
    // The character may come more than once in what is repeated.
    memchr::memrchr_iter(first[first.len() - 1], a)
        .filter(|&k| a[..=k].ends_with(first))
        .take(4)
        .any(|k| b.starts_with(&a[k + 1 - first.len()..]))
}

/// A chain of pieces from line `i` on: each line begins with what the line above ended in, until nothing is
/// left over. Two equal lines are the shortest chain.
/// `marked` says whether a mark may stand doubled in line `i`.
pub(super) fn chain(text: &str, lines: &[Span], i: usize, marked: bool, gaps: &Gaps, cuts: &mut Cuts) -> Option<Find> {
    let next = *lines.get(i + 1)?;
    let line = lines[i];
    if line.end - line.start > MAX_GLYPHS * 3 {
        return None;
    }
    // The quick look: both begin alike, but for marks that were painted once.
    if head(&text[line.start..line.end]) == head(&text[next.start..next.end])
        && let Some(find) = pieces(text, lines, i, line, None, gaps, cuts)
    {
        return Some(find);
    }
    // Only the last word of the line comes again: behind a doubled mark, ““双增⏎双增””.
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
    // Or behind a space: 寒潮来袭 最低气温将降至⏎最低气温将降至…
    let unit = Span { start: line.start + memchr::memrchr(b' ', body.as_bytes())? + 1, end: line.end };
    if head(&text[unit.start..unit.end]) != head(&text[next.start..next.end]) || han_in(&text[unit.start..unit.end]) < 4
    {
        return None;
    }
    pieces(text, lines, i, unit, None, gaps, cuts)
}

/// The first character that is no mark, or the first mark where there is nothing else.
fn head(s: &str) -> Option<char> {
    s.chars().find(|&c| !is_mark(c)).or_else(|| s.chars().next())
}

fn han_in(s: &str) -> usize {
    s.chars().filter(|&c| is_han(c) || !is_mark(c) && c.is_alphanumeric()).count()
}

/// Follows a chain whose first piece is `unit`, at the end of line `i`, behind a mark that was painted twice or not.
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
    let first = unit;
    let mut unit = unit; // what must come again
    let mut at = i + 1;
    let mut end = match_copy(text, unit, *lines.get(at)?)?;
    let mut matched = 0; // Han that came again
    let mut rest_single = false;
    let from = cuts.len();
    cuts.extend(mark);
    loop {
        matched += han_in(&text[unit.start..unit.end]);
        // ““双增⏎双增…: the mark at the unit's head was painted twice before the line broke.
        let mut marks = text[unit.start..unit.end].chars();
        if let (Some(a), Some(b)) = (marks.next(), marks.next())
            && a == b
            && is_mark(a)
            && !matches!(a, '—' | '…')
            && !text[lines[at].start..].starts_with(a)
            && cuts[from..].last().is_none_or(|c| c.end <= unit.start)
        {
            cuts.push(unit.start + a.len_utf8()..unit.start + 2 * a.len_utf8());
        }
        cuts.push(unit.end..end);
        let rest = &text[end..lines[at].end];
        at += 1;
        if rest.trim_start_matches(' ').is_empty() {
            break;
        }
        // What follows: the next piece, to come again on the next line …
        let next = Span { start: end + (rest.len() - rest.trim_start_matches(' ').len()), end: lines[at - 1].end };
        if let Some(again) = lines.get(at).and_then(|&l| match_copy(text, next, l)) {
            if at - i >= MAX_PIECES {
                break;
            }
            (unit, end) = (next, again);
            continue;
        }
        // … or single text: behind a doubled mark, or a mark, or at the end of a long chain.
        let mut marks = text[next.start..next.end].char_indices();
        let (a, b) = (marks.next(), marks.next());
        rest_single = true;
        if let (Some((_, a)), Some((b_at, b))) = (a, b)
            && a == b
            && is_mark(a)
            && !matches!(a, '—' | '…')
        {
            cuts.push(next.start + b_at..next.start + b_at + b.len_utf8());
        } else if !(text[next.start..next.end].chars().all(is_mark) || at - i >= 3 && matched >= SURE_RUN) {
            return None;
        }
        break;
    }
    if matched < 2 {
        return None;
    }
    let pair = at - i == 2 && !rest_single && !marked;
    if !pair {
        return Some(Find {
            lines: i..at,
            cuts: from..cuts.len(),
            manner: Manner::Lines,
            sure: whole || marked || matched >= 4,
            needs: 1,
            whole: !rest_single,
        });
    }
    // Two equal lines: slogans, refrains, names in a list are a writer's.
    let line = &text[first.start..first.end];
    let same = |k: usize| lines.get(k).is_some_and(|l| text[l.start..l.end] == *line);
    let ends_in_mark = line.chars().next_back().is_some_and(is_mark);
    if same(at) || i > 0 && same(i - 1) || ends_in_mark && !line.ends_with(['”', '》', '）', '—', '」', '%', '℃'])
    {
        return None;
    }
    // On a page that parts every line by an empty one, copies on one base line have none between them.
    let one_base = || !Gaps::blank(text, lines, i) && Gaps::blank(text, lines, i + 1) && gaps.every_line(text, lines);
    let like = |k: Option<usize>| {
        let beside = k.and_then(|k| lines.get(k)).map_or("", |l| &text[l.start..l.end]);
        !beside.is_empty() && han_in(beside).abs_diff(matched) <= 3
    };
    let refrain = || {
        let (above, below) = (like(i.checked_sub(1)), like(Some(at)));
        above && (below || like(i.checked_sub(2))) || below && like(Some(at + 1))
    };
    let sure = whole && (matched >= SURE_LINE + 2 || matched >= 2 && one_base() || matched >= SURE_LINE && !refrain());
    let needs = if matched >= 3 { 1 } else { 2 };
    Some(Find { lines: i..at, cuts: from..cuts.len(), manner: Manner::Lines, sure, needs, whole: true })
}

/// The end of the copy of `unit` with which `line` begins, if it does. Marks at the unit's head or end may
/// have been painted once.
fn match_copy(text: &str, unit: Span, line: Span) -> Option<usize> {
    let ink =
        |s: Span| text[s.start..s.end].char_indices().filter(|&(_, c)| c != ' ').map(move |(k, c)| (s.start + k, c));
    let body = &text[unit.start..unit.end];
    if !body.is_empty() && text[line.start..line.end].starts_with(body) {
        return Some(line.start + body.len());
    }
    let mut want = ink(unit).peekable();
    let mut have = ink(line).peekable();
    // A mark before the unit that is not there again.
    let begin = have.peek()?.1;
    if !is_mark(begin) {
        while want.peek().is_some_and(|&(_, c)| is_mark(c)) {
            want.next();
        }
    }
    let mut end = None;
    for (_, c) in want {
        match have.peek() {
            Some(&(at, d)) if fold(c) == fold(d) => {
                end = Some(at + d.len_utf8());
                have.next();
            }
            _ => return None,
        }
    }
    end
}
