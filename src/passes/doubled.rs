//! Display lines that the page painted twice or more: run by run (`ABAB`), glyph by glyph (`AABB`), as
//! neighbouring lines, or as overlapping pieces (`A⏎AB⏎BC⏎C`).
//!
//! Only whole lines that tile into copies are folded, one level only, and only what no writer could have
//! meant: short lines need the page's other display lines as witnesses. Copies are compared without spaces
//! and under width folding.

use crate::edit::Edits;
use crate::rule::Rule;
use crate::width::is_han;
use crate::words;
use std::ops::Range;

/// Glyphs of the longest line that is looked at: a display line of 60 em, painted four times.
const MOST_GLYPHS: usize = 240;
/// Lines of the longest chain of overlapping pieces: glyph by glyph, a headline of 40 glyphs.
const MOST_PIECES: usize = 40;
/// Han of one copy from which a run-wise doubled line needs no witness. Shorter whole-line repetition is
/// natural (加油加油, 来来往往来来往往, 不等不靠不等不靠); no trap or page holds a natural one of five.
const SURE_RUN: usize = 5;
/// Pairs from which a glyph-wise doubled line needs no witness, if it is not made of AABB words.
const SURE_PAIRS: usize = 5;
/// Han of a line from which its mere repetition as the next line needs no witness (安全第一⏎安全第一 is a
/// pair of slogans), if it does not stand among lines of its own length, as a refrain does.
const SURE_LINE: usize = 6;

/// Bytes of the longest lead-in that is looked at, both copies: one of sixteen glyphs.
const MOST_LEAD_IN: usize = 96;

/// One glyph of a line.
#[derive(Debug, Clone, Copy)]
struct Glyph {
    start: usize,
    end: usize,
    folded: char,
    kept: char,
}

/// A line as the fold sees it: its bytes, and whether it is blank.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
}

/// A whole line that tiles.
#[derive(Debug)]
struct Tiling {
    copies: usize,
    /// Units as glyph ranges of their first copy; an undoubled run of marks has one copy only.
    tiles: Vec<Tile>,
}

#[derive(Debug, Clone, Copy)]
struct Tile {
    at: usize,
    len: usize,
    copies: usize,
}

/// Proposes the folding of `text`'s doubled lines. `folded` receives the starts of the lines (in `text`)
/// that were painted twice.
pub fn propose(text: &str, edits: &mut Edits, folded: &mut Vec<usize>) {
    folded.clear();
    let mut lines: Vec<Span> = Vec::new();
    let bytes = text.as_bytes();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let body = text[start..end].trim_matches(' ');
        if !body.is_empty() {
            let at = start + (text[start..end].len() - text[start..end].trim_start_matches(' ').len());
            lines.push(Span { start: at, end: at + body.len() });
        }
        start = end + 1;
    }
    // First what needs no witness; its number is the witness for the rest.
    let mut finds: Vec<Find> = Vec::new();
    let mut doubtful: Vec<Find> = Vec::new();
    let mut glyphs = Vec::new();
    let gaps = Gaps::of(text, &lines);
    // What most pages have nowhere is looked for once.
    let holds = |marks: &[&str]| marks.iter().any(|m| memchr::memmem::find(bytes, m.as_bytes()).is_some());
    let (colons, quotes) = (holds(&["：：", "::"]), holds(&DOUBLED_QUOTES));
    let mut i = 0;
    while i < lines.len() {
        if let Some(find) = chain(text, &lines, i, &gaps) {
            i = find.lines.end;
            if find.sure {
                finds.push(find)
            } else {
                doubtful.push(find)
            }
            continue;
        }
        if let Some(find) = joined_tiling(text, &lines, i, &mut glyphs) {
            i = find.lines.end;
            finds.push(find);
            continue;
        }
        if may_tile(&text[lines[i].start..lines[i].end])
            && let Some(find) = tiled_line(text, lines[i], i, &mut glyphs)
        {
            if find.sure { finds.push(find) } else { doubtful.push(find) }
        } else if colons && let Some(find) = doubled_lead_in(text, lines[i], i, &mut glyphs) {
            finds.push(find);
        } else if quotes && let Some(find) = doubled_quotes(text, lines[i], i) {
            finds.push(find);
        }
        i += 1;
    }
    if !doubtful.is_empty() {
        // Two different pairs of equal lines are witnesses of each other; so are other sure finds.
        let lines_found = doubtful.iter().filter(|f| f.manner == Manner::Lines).count();
        let sure = finds.len();
        for find in doubtful {
            let kin = finds[..sure].iter().filter(|f| f.manner == find.manner).count();
            let witnesses = if find.manner == Manner::Lines { sure + lines_found - 1 } else { kin.max(sure / 2) };
            if witnesses >= find.needs {
                finds.push(find);
            }
        }
        finds.sort_by_key(|f| f.lines.start);
    }
    for find in &finds {
        if find.whole {
            folded.push(lines[find.lines.start].start);
        }
        for cut in &find.cuts {
            edits.replace_with(cut.clone(), "", Rule::Doubled, if find.sure { 0.999 } else { 0.97 });
        }
    }
}

/// How copies lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Runs,
    Glyphs,
    Lines,
}

/// A place that is, or may be, doubled.
#[derive(Debug)]
struct Find {
    lines: Range<usize>,
    cuts: Vec<Range<usize>>,
    manner: Manner,
    sure: bool,
    /// Sure finds of the same manner that it takes, where it is not sure itself.
    needs: usize,
    /// All of it was doubled, so that it is a display line and nothing of running text.
    whole: bool,
}

/// A quick look: in a line that tiles, the first Han comes again.
fn may_tile(line: &str) -> bool {
    if line.len() >= MOST_GLYPHS * 6 {
        return false;
    }
    let Some((at, c)) = line.char_indices().find(|&(_, c)| !is_mark(c)) else { return false };
    let bytes = line.as_bytes();
    let from = at + c.len_utf8();
    let code = &bytes[at..from];
    // By its last byte, which few other characters of a line share.
    let last = code[code.len() - 1];
    memchr::memchr_iter(last, &bytes[from..]).any(|k| bytes[..from + k + 1].ends_with(code) && k + 1 >= code.len())
}

fn is_mark(c: char) -> bool {
    match c {
        '\u{3400}'..='\u{9FFF}' => false,
        c if c.is_ascii() => !c.is_ascii_alphanumeric(),
        '\u{2000}'..='\u{206F}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{FF00}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}' => true,
        c => !(c.is_alphanumeric() || is_han(c)),
    }
}

fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

fn read_glyphs(text: &str, span: Span, glyphs: &mut Vec<Glyph>) {
    glyphs.clear();
    for (at, c) in text[span.start..span.end].char_indices() {
        if c != ' ' {
            let start = span.start + at;
            glyphs.push(Glyph { start, end: start + c.len_utf8(), folded: fold(c), kept: c });
        }
    }
}

fn han(glyphs: &[Glyph]) -> usize {
    glyphs.iter().filter(|g| is_han(g.kept)).count()
}

/// A whole line as copies, with what speaks for it.
fn tiled_line(text: &str, span: Span, line: usize, glyphs: &mut Vec<Glyph>) -> Option<Find> {
    read_glyphs(text, span, glyphs);
    if glyphs.len() < 4 || glyphs.len() > MOST_GLYPHS {
        return None;
    }
    let tiling = [4, 3, 2].into_iter().find_map(|copies| tile(glyphs, copies))?;
    let units: Vec<&Tile> = tiling.tiles.iter().filter(|t| t.copies > 1).collect();
    let single: usize = units.iter().map(|t| han(&glyphs[t.at..t.at + t.len])).sum();
    let mut seen: Vec<char> =
        units.iter().flat_map(|t| &glyphs[t.at..t.at + t.len]).map(|g| g.folded).filter(|&c| is_han(c)).collect();
    seen.sort_unstable();
    seen.dedup();
    if single < 2 || seen.len() < 2 {
        return None; // numbers, leaders and cries (啊啊啊啊) never fire by themselves
    }
    // Digits and Latin count in a unit that has Han.
    let ink = |t: &Tile| glyphs[t.at..t.at + t.len].iter().filter(|g| !is_mark(g.kept)).count();
    let longest = units.iter().filter(|t| han(&glyphs[t.at..t.at + t.len]) >= 2).map(|t| ink(t)).max().unwrap_or(0);
    let single_ink: usize = units.iter().map(|t| ink(t)).sum();
    let marks_doubled = units.iter().any(|t| glyphs[t.at..t.at + t.len].iter().all(|g| is_mark(g.kept)));
    let cried = units.iter().any(|t| {
        t.len > 1 && matches!(glyphs[t.at + t.len - 1].kept, '！' | '。' | '？' | '，' | '!' | '?' | '、' | ',')
    });
    let glyphwise = units.iter().all(|t| t.len <= 2) && units.iter().filter(|t| t.len == 1).count() * 2 >= units.len();
    let (sure, manner) = if glyphwise {
        let natural = natural_pairs(glyphs, &tiling);
        let distinct = units.len();
        let sure = distinct >= SURE_PAIRS && !natural || marks_doubled && distinct >= 4 && !natural;
        (sure, Manner::Glyphs)
    } else {
        let sure = !cried
            && (longest >= SURE_RUN
                || longest >= 3 && single_ink > SURE_RUN
                || longest >= 2 && single > SURE_RUN && marks_doubled);
        (sure, Manner::Runs)
    };
    if !sure && glyphwise && natural_pairs(glyphs, &tiling) {
        return None;
    }
    // Three copies of a short call (加油加油加油) are a writer's; of a headline they are the page's.
    let sure = sure && (tiling.copies == 2 || single >= SURE_RUN);
    let mut cuts = Vec::new();
    for t in &units {
        cut_copies(text, glyphs, t, &mut cuts);
    }
    // A doubled word of two (加油加油) takes more witnesses than a doubled line of three or four.
    let needs = if single <= 2 { 2 } else { 1 };
    Some(Find { lines: line..line + 1, cuts, manner, sure, needs, whole: true })
}

/// Lines whose copies lie over the line breaks: `寒潮来袭寒潮来袭 最低⏎最低-19-19` or `同同比比增⏎增长长`. Together they
/// must tile, and each break must stand between the two copies of a tile.
fn joined_tiling(text: &str, lines: &[Span], i: usize, glyphs: &mut Vec<Glyph>) -> Option<Find> {
    let mut last = i;
    while last - i < MOST_PIECES && last + 1 < lines.len() && overlaps(text, lines[last], lines[last + 1]) {
        last += 1;
    }
    if last == i {
        return None;
    }
    let mut all = Vec::new();
    let mut breaks = Vec::new();
    for line in &lines[i..=last] {
        read_glyphs(text, *line, glyphs);
        all.append(glyphs);
        breaks.push(all.len());
    }
    breaks.pop();
    if all.len() > MOST_GLYPHS {
        return None;
    }
    let tiling = tile(&all, 2)?;
    // Equal lines prove less than copies that overlap: they are judged as such.
    if last == i + 1 && tiling.tiles.len() == 1 {
        return None;
    }
    let between = |t: &Tile| t.copies == 2 && breaks.contains(&(t.at + t.len));
    let covered = tiling.tiles.iter().filter(|t| between(t)).count();
    let ink: usize = tiling.tiles.iter().filter(|t| t.copies == 2).map(|t| han(&all[t.at..t.at + t.len])).sum();
    if covered < breaks.len() || ink < 3 {
        return None;
    }
    let mut cuts = Vec::new();
    for t in tiling.tiles.iter().filter(|t| t.copies == 2) {
        cut_copies(text, &all, t, &mut cuts);
    }
    Some(Find { lines: i..last + 1, cuts, manner: Manner::Lines, sure: true, needs: 0, whole: true })
}

/// Whether the line below begins with what the line above ends in.
fn overlaps(text: &str, above: Span, below: Span) -> bool {
    let (a, b) = (&text[above.start..above.end], &text[below.start..below.end]);
    let Some(first) = b.chars().next() else { return false };
    match a.rfind(first) {
        Some(at) => {
            let tail = &a[at..];
            b.starts_with(tail) || {
                // The character may come more than once in what is repeated.
                let mut from = at;
                (0..3).any(|_| match a[..from].rfind(first) {
                    Some(k) => {
                        from = k;
                        b.starts_with(&a[k..])
                    }
                    None => false,
                })
            }
        }
        None => false,
    }
}

/// Opening marks that no writer sets twice.
const DOUBLED_QUOTES: [&str; 3] = ["““", "《《", "「「"];

/// Quotation and title marks that were painted twice around single text: no writer opens a quotation twice.
fn doubled_quotes(text: &str, span: Span, line: usize) -> Option<Find> {
    let body = &text[span.start..span.end];
    if !DOUBLED_QUOTES.iter().any(|m| body.contains(m)) {
        return None;
    }
    let mut cuts = Vec::new();
    let mut before = None;
    for (at, c) in body.char_indices() {
        if before == Some(c) && matches!(c, '“' | '”' | '《' | '》' | '「' | '」') {
            cuts.push(span.start + at..span.start + at + c.len_utf8());
            before = None;
        } else {
            before = Some(c);
        }
    }
    (!cuts.is_empty()).then_some(Find {
        lines: line..line + 1,
        cuts,
        manner: Manner::Runs,
        sure: true,
        needs: 0,
        whole: false,
    })
}

/// Which bytes go so that one copy of a tile stays: the copy with the fewest spaces and the most full-width marks.
fn cut_copies(text: &str, glyphs: &[Glyph], t: &Tile, cuts: &mut Vec<Range<usize>>) {
    let copy = |k: usize| &glyphs[t.at + k * t.len..t.at + (k + 1) * t.len];
    let cost = |k: usize| {
        let g = copy(k);
        let spaces = text[g[0].start..g[t.len - 1].end].bytes().filter(|&b| b == b' ').count();
        let narrow = g.iter().filter(|g| g.kept.is_ascii_punctuation()).count();
        (spaces, narrow, k)
    };
    let best = (0..t.copies).min_by_key(|&k| cost(k)).unwrap_or(0);
    let (first, last) = (copy(0), copy(t.copies - 1));
    let kept = copy(best);
    if kept[0].start > first[0].start {
        cuts.push(first[0].start..kept[0].start);
    }
    if last[t.len - 1].end > kept[t.len - 1].end {
        cuts.push(kept[t.len - 1].end..last[t.len - 1].end);
    }
}

/// The tiling of a whole line into the fewest tiles of so many copies; runs of marks may stand single.
fn tile(glyphs: &[Glyph], copies: usize) -> Option<Tiling> {
    let n = glyphs.len();
    if copies == 2 {
        // Every character comes an even number of times, or the line does not tile.
        let odd = glyphs
            .iter()
            .filter(|g| !is_mark(g.kept))
            .fold(0u32, |x, g| x ^ (g.folded as u32).wrapping_mul(0x9E37_79B1));
        if odd != 0 {
            return None;
        }
    }
    let same = |a: usize, b: usize| glyphs[a].folded == glyphs[b].folded;
    // best[i]: (tiles, marks left single, length of the first tile) from glyph i on.
    const NONE: (u32, u32, usize) = (u32::MAX, 0, 0);
    let mut best = vec![NONE; n + 1];
    best[n] = (0, 0, 0);
    for i in (0..n).rev() {
        if is_mark(glyphs[i].kept) && best[i + 1].0 != u32::MAX {
            let (tiles, singles, _) = best[i + 1];
            best[i] = (tiles + 1, singles + 1, 0);
        }
        for len in (1..=(n - i) / copies).rev() {
            let rest = best[i + len * copies];
            if rest.0 == u32::MAX || !same(i, i + len) {
                continue;
            }
            if (i..i + len * (copies - 1)).all(|k| same(k, k + len)) {
                let found = (rest.0 + 1, rest.1, len);
                if (found.0, found.1) < (best[i].0, best[i].1) {
                    best[i] = found;
                }
            }
        }
    }
    if best[0].0 == u32::MAX {
        return None;
    }
    let mut tiles = Vec::new();
    let mut i = 0;
    while i < n {
        let len = best[i].2;
        if len == 0 {
            tiles.push(Tile { at: i, len: 1, copies: 1 });
            i += 1;
        } else {
            tiles.push(Tile { at: i, len, copies });
            i += len * copies;
        }
    }
    // A dash or an ellipsis is two glyphs of its own: alone it is no doubled mark.
    let any = tiles.iter().any(|t| t.copies > 1 && glyphs[t.at..t.at + t.len].iter().any(|g| !is_mark(g.kept)));
    if copies > 2 && tiles.iter().all(|t| t.len == 1) && tiles.iter().filter(|t| t.copies > 1).count() < 2 {
        return None; // 哈哈哈哈
    }
    let tiles = mend_dashes(glyphs, tiles);
    any.then_some(Tiling { copies, tiles })
}

/// `——` and `……` are two glyphs each, so a tile of two single ones is one mark and no double.
fn mend_dashes(glyphs: &[Glyph], tiles: Vec<Tile>) -> Vec<Tile> {
    tiles
        .into_iter()
        .map(|t| {
            let pair = t.copies == 2 && t.len == 1 && matches!(glyphs[t.at].kept, '—' | '…' | '─' | '―' | '⋯');
            if pair { Tile { at: t.at, len: 2, copies: 1 } } else { t }
        })
        .collect()
}

/// Whether the pairs are words of the form AABB (高高兴兴, 点点滴滴) or kin (爸爸妈妈).
fn natural_pairs(glyphs: &[Glyph], tiling: &Tiling) -> bool {
    let pairs: Vec<char> =
        tiling.tiles.iter().filter(|t| t.copies > 1 && t.len == 1).map(|t| glyphs[t.at].kept).collect();
    if pairs.len() < 2 || !pairs.len().is_multiple_of(2) || !pairs.iter().all(|&c| is_han(c)) {
        return false;
    }
    let natural = pairs
        .chunks(2)
        .filter(|p| {
            words::spanning(&[p[0], p[0]], &[p[1], p[1]]).longest >= 4
                || words::is_word(&[p[0], p[0]]) && words::is_word(&[p[1], p[1]])
        })
        .count();
    natural == pairs.len() / 2
}

/// A bold lead-in painted twice, glyph by glyph or run by run, closed by a doubled colon, before single text:
/// `项项目目：：…`, `项目项目：：…`. No writer sets two colons.
fn doubled_lead_in(text: &str, span: Span, line: usize, glyphs: &mut Vec<Glyph>) -> Option<Find> {
    let body = &text[span.start..span.end];
    if !(body.contains("：：") || body.contains("::")) {
        return None;
    }
    let colon = [body.find("：："), body.find("::")].into_iter().flatten().min()?;
    if colon > MOST_LEAD_IN || colon == 0 {
        return None;
    }
    let end = colon + if body[colon..].starts_with(':') { 2 } else { 6 };
    read_glyphs(text, Span { start: span.start, end: span.start + end }, glyphs);
    let tiling = tile(glyphs, 2)?;
    let (last, lead) = tiling.tiles.split_last()?;
    let ink: usize = lead.iter().filter(|t| t.copies == 2).map(|t| han(&glyphs[t.at..t.at + t.len])).sum();
    if last.copies != 2 || last.len != 1 || ink < 2 {
        return None;
    }
    let mut cuts = Vec::new();
    for t in tiling.tiles.iter().filter(|t| t.copies == 2) {
        cut_copies(text, glyphs, t, &mut cuts);
    }
    let manner = if lead.iter().all(|t| t.len == 1) { Manner::Glyphs } else { Manner::Runs };
    Some(Find { lines: line..line + 1, cuts, manner, sure: true, needs: 0, whole: false })
}

/// A chain of pieces from line `i` on: each line begins with what the line above ended in, until nothing is
/// left over. Two equal lines are the shortest chain.
fn chain(text: &str, lines: &[Span], i: usize, gaps: &Gaps) -> Option<Find> {
    let next = *lines.get(i + 1)?;
    let line = lines[i];
    if line.end - line.start > MOST_GLYPHS * 3 {
        return None;
    }
    // The quick look: both begin alike, but for marks that were painted once.
    if head(&text[line.start..line.end]) == head(&text[next.start..next.end])
        && let Some(find) = pieces(text, lines, i, line, Vec::new(), gaps)
    {
        return Some(find);
    }
    // Only the last word of the line comes again: behind a doubled mark, ““双增⏎双增””.
    let body = &text[line.start..line.end];
    let mut before = None;
    for (at, c) in body.char_indices() {
        if before == Some(c) && matches!(c, '“' | '”' | '《' | '》' | '（' | '「' | '·') {
            let from = line.start + at;
            let unit = Span { start: from + c.len_utf8(), end: line.end };
            let again = unit.start < unit.end && head(&text[unit.start..unit.end]) == head(&text[next.start..next.end]);
            let mark = std::iter::once(from..from + c.len_utf8()).collect();
            return again.then(|| pieces(text, lines, i, unit, mark, gaps)).flatten();
        }
        before = Some(c);
    }
    // Or behind a space: 寒潮来袭 最低气温将降至⏎最低气温将降至…
    let unit = Span { start: line.start + body.rfind(' ')? + 1, end: line.end };
    if head(&text[unit.start..unit.end]) != head(&text[next.start..next.end]) || han_in(&text[unit.start..unit.end]) < 4
    {
        return None;
    }
    pieces(text, lines, i, unit, Vec::new(), gaps)
}

/// The first character that is no mark, or the first mark where there is nothing else.
fn head(s: &str) -> Option<char> {
    s.chars().find(|&c| !is_mark(c)).or_else(|| s.chars().next())
}

fn han_in(s: &str) -> usize {
    s.chars().filter(|&c| is_han(c) || c.is_alphanumeric()).count()
}

/// Follows a chain whose first piece is `unit`, at the end of line `i`.
fn pieces(text: &str, lines: &[Span], i: usize, unit: Span, mut cuts: Vec<Range<usize>>, gaps: &Gaps) -> Option<Find> {
    let whole = unit.start == lines[i].start;
    let marked = !cuts.is_empty();
    let first = unit;
    let mut unit = unit; // what must come again
    let mut at = i + 1;
    let mut matched = 0; // Han that came again
    let mut rest_single = false;
    while at < lines.len() && at - i < MOST_PIECES {
        let end = match_copy(text, unit, lines[at])?;
        matched += han_in(&text[unit.start..unit.end]);
        // ““双增⏎双增…: the mark at the unit's head was painted twice before the line broke.
        let mut marks = text[unit.start..unit.end].chars();
        if let (Some(a), Some(b)) = (marks.next(), marks.next())
            && a == b
            && is_mark(a)
            && !matches!(a, '—' | '…')
            && !text[lines[at].start..].starts_with(a)
            && cuts.last().is_none_or(|c| c.end <= unit.start)
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
        if lines.get(at).is_some_and(|&l| match_copy(text, next, l).is_some()) {
            unit = next;
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
            cuts,
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
    let one_base = gaps.every_line && !gaps.blank(text, lines, i) && gaps.blank(text, lines, i + 1);
    let like = |k: Option<usize>| {
        let beside = k.and_then(|k| lines.get(k)).map_or("", |l| &text[l.start..l.end]);
        !beside.is_empty() && han_in(beside).abs_diff(matched) <= 3
    };
    let (above, below) = (like(i.checked_sub(1)), like(Some(at)));
    let refrain = above && (below || like(i.checked_sub(2))) || below && like(Some(at + 1));
    let sure = whole && (matched >= SURE_LINE + 2 || matched >= SURE_LINE && !refrain || one_base && matched >= 2);
    Some(Find { lines: i..at, cuts, manner: Manner::Lines, sure, needs: if matched >= 3 { 1 } else { 2 }, whole: true })
}

/// What empty lines mean on this page.
struct Gaps {
    every_line: bool,
}

impl Gaps {
    fn of(text: &str, lines: &[Span]) -> Gaps {
        let gaps = Gaps { every_line: false };
        let blank = (0..lines.len().saturating_sub(1)).filter(|&i| gaps.blank(text, lines, i)).count();
        Gaps { every_line: lines.len() >= 8 && blank * 10 >= lines.len() * 7 }
    }

    /// Whether an empty line follows line `i`.
    fn blank(&self, text: &str, lines: &[Span], i: usize) -> bool {
        match lines.get(i + 1) {
            Some(next) => text.as_bytes()[lines[i].end..next.start].iter().filter(|&&b| b == b'\n').count() > 1,
            None => true,
        }
    }
}

/// The end of the copy of `unit` with which `line` begins, if it does. Marks at the unit's head or end may
/// have been painted once.
fn match_copy(text: &str, unit: Span, line: Span) -> Option<usize> {
    let ink =
        |s: Span| text[s.start..s.end].char_indices().filter(|&(_, c)| c != ' ').map(move |(k, c)| (s.start + k, c));
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
