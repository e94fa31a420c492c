//! One line as copies of its parts: run by run, glyph by glyph, or only its lead-in or its quotation marks.

use super::find::{Cuts, Find, MAX_GLYPHS, Manner, Span, is_mark, to_half_width};
use crate::lexicon;
use crate::text::width::is_han;
use std::ops::Range;

/// A line that is doubled run by run with so many Han in one copy needs no witness. Shorter repetitions of a whole
/// line are natural (加油加油, 来来往往来来往往, 不等不靠不等不靠); none of five Han occurs on any page or in any trap of the bench.
pub(super) const SURE_RUN: usize = 5;

/// A line that is doubled glyph by glyph with so many pairs needs no witness, unless it consists of AABB words.
pub(super) const SURE_PAIRS: usize = 5;

/// Maximum length of a lead-in, in bytes of both copies: sixteen glyphs.
const MOST_LEAD_IN: usize = 96;

/// One glyph of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub start: usize,
    pub end: usize,
    pub folded: char,
    pub kept: char,
    pub mark: bool,
    pub han: bool,
    /// A digit or Latin letter that may have been printed once among copies, see [`free_words`].
    pub free: bool,
}

/// A stretch of a line and its copies. The tiles of a line cover it. `at` is where the first copy begins. An
/// undoubled run of marks has one copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tile {
    pub at: usize,
    pub len: usize,
    pub copies: usize,
}

/// A line, or lines with common copies, while tiles are searched for.
#[derive(Debug, Default)]
pub(super) struct Setting {
    pub glyphs: Vec<Glyph>,
    pub tiles: Vec<Tile>,
    /// The best tiling from each glyph on.
    pub best: Vec<Best>,
    /// Glyphs from which on the line can be tiled, the last ones first.
    pub heads: Vec<usize>,
}

/// Number of tiles, of marks left single, and length of the first tile (0 for a single mark).
pub(super) type Best = (u32, u32, usize);

/// Appends the glyphs of a line.
pub(super) fn read_glyphs(text: &str, span: Span, glyphs: &mut Vec<Glyph>) {
    let mut at = span.start;
    for c in text[span.start..span.end].chars() {
        let start = at;
        let (end, folded, mark, han) = match c {
            '\u{4E00}'..='\u{9FFF}' => (start + 3, c, false, true), // Han are no marks and have one width
            c => (start + c.len_utf8(), to_half_width(c), is_mark(c), is_han(c)),
        };
        at = end;
        if c != ' ' {
            glyphs.push(Glyph { start, end, folded, kept: c, mark, han, free: false });
        }
    }
}

pub(super) fn han(glyphs: &[Glyph]) -> usize {
    glyphs.iter().map(|g| usize::from(g.han)).sum()
}

/// A whole line as copies, with what supports that.
pub(super) fn tiled_line(text: &str, span: Span, line: usize, set: &mut Setting, cuts: &mut Cuts) -> Option<Find> {
    set.glyphs.clear();
    read_glyphs(text, span, &mut set.glyphs);
    if set.glyphs.len() < 4 || set.glyphs.len() > MAX_GLYPHS {
        return None;
    }
    let (copies, beside_words) = match copies_of(set) {
        Some(copies) => (copies, false),
        None if free_words(&mut set.glyphs) => (copies_of(set)?, true),
        None => return None,
    };
    let tally = Tally::of(&set.glyphs, &set.tiles);
    if tally.han < 2 || tally.has_one_han {
        // Numbers, leaders and cries (啊啊啊啊) are never folded by themselves. Letters need other doubled lines.
        return doubled_letters(text, line, set, cuts);
    }
    if half_folded(&set.glyphs, &set.tiles) {
        return None;
    }
    let (sure, manner) = tally.verdict(set, copies, beside_words)?;
    let from = cuts.len();
    for t in set.tiles.iter().filter(|t| t.copies > 1) {
        cut_copies(text, &set.glyphs, t, cuts);
    }
    // A doubled word of two Han (加油加油) needs more witnesses than a doubled line of three or four.
    let needs = if tally.han <= 2 && tally.ink <= 2 && copies < 4 { 2 } else { 1 };
    Some(Find { lines: line..line + 1, cuts: from..cuts.len(), manner, sure, needs, whole: true })
}

/// What the parts of a line that have copies consist of, each part counted once.
#[derive(Debug, Clone, Copy)]
struct Tally {
    /// Han, and glyphs that are no marks.
    han: usize,
    ink: usize,
    /// Whether all Han are the same one.
    has_one_han: bool,
    /// Glyphs that are no marks of the longest part with two Han.
    longest: usize,
    /// Whether a part has marks only.
    marks_doubled: bool,
    /// Parts, those of one glyph, and those with Han.
    parts: usize,
    of_one: usize,
    with_han: usize,
    /// Whether no part has more than two glyphs.
    short: bool,
}

impl Tally {
    fn of(glyphs: &[Glyph], tiles: &[Tile]) -> Tally {
        let (mut han, mut ink, mut longest, mut marks_doubled) = (0, 0, 0, false);
        let (mut parts, mut of_one, mut with_han, mut short) = (0, 0, 0, true);
        let part = |t: &Tile| &glyphs[t.at..t.at + t.len];
        let copied = || tiles.iter().filter(|t| t.copies > 1);
        for t in copied() {
            let (mut its_han, mut its_ink) = (0, 0);
            for glyph in part(t) {
                its_han += usize::from(glyph.han);
                its_ink += usize::from(!glyph.mark);
            }
            han += its_han;
            ink += its_ink;
            // Digits and Latin count if the part has Han.
            longest = if its_han >= 2 { its_ink.max(longest) } else { longest };
            marks_doubled |= its_ink == 0;
            parts += 1;
            of_one += usize::from(t.len == 1);
            with_han += usize::from(its_han > 0);
            short &= t.len <= 2;
        }
        let mut seen = copied().flat_map(part).filter(|g| g.han).map(|g| g.folded);
        let first = seen.next();
        let has_one_han = seen.all(|c| Some(c) == first);
        Tally { han, ink, has_one_han, longest, marks_doubled, parts, of_one, with_han, short }
    }

    /// Whether the line alone proves that it is doubled, and in which manner; `None` if it is not. `copies` is the number of its
    /// copies, and `beside_words` tells whether it has digits or Latin that were printed once.
    fn verdict(&self, set: &Setting, copies: usize, beside_words: bool) -> Option<(bool, Manner)> {
        let &Tally { han, ink, longest, marks_doubled, parts, of_one, with_han, short, .. } = self;
        let glyphs = &set.glyphs;
        let copied = || set.tiles.iter().filter(|t| t.copies > 1);
        let by_glyph = short && of_one * 2 >= parts && !(beside_words && copies > 2);
        let sure = if by_glyph {
            if natural_pairs(glyphs, &set.tiles) {
                return None;
            }
            // 目目目目录录录录
            let part = |t: &Tile| &glyphs[t.at..t.at + t.len];
            let word = || lexicon::is_word(&copied().flat_map(part).map(|g| g.kept).collect::<Vec<_>>());
            let fourfold = copies >= 4 && parts == 2 && word();
            parts >= SURE_PAIRS || marks_doubled && parts >= 4 || fourfold
        } else {
            const CRIES: [char; 8] = ['！', '。', '？', '，', '!', '?', '、', ','];
            let cried = copied().any(|t| t.len > 1 && CRIES.contains(&glyphs[t.at + t.len - 1].kept));
            let long = longest >= SURE_RUN || longest >= 3 && ink > SURE_RUN;
            !cried && (long || longest >= 2 && han > SURE_RUN && marks_doubled)
        };
        // Three copies of a short call (加油加油加油) are meant by the writer, those of a headline are not.
        let sure = match beside_words {
            // Two parts of a line that are both printed so often were never meant.
            true => with_han >= 2 && longest >= 2 && (han > SURE_RUN || copies > 2 && han >= 3),
            false => sure && (copies == 2 || han >= SURE_RUN || copies >= 4 && by_glyph),
        };
        Some((sure, if by_glyph { Manner::Glyphs } else { Manner::Runs }))
    }
}

/// In how many copies a line can be tiled.
fn copies_of(set: &mut Setting) -> Option<usize> {
    let times = times_of_first(&set.glyphs);
    if times.is_multiple_of(4) && tile::<4>(set) {
        Some(4)
    } else if times.is_multiple_of(3) && tile::<3>(set) {
        Some(3)
    } else if times.is_multiple_of(2) && tile::<2>(set) {
        Some(2)
    } else {
        None
    }
}

/// Parts the tiles of a line doubled glyph by glyph that are pairs themselves: 22002200年年 is 2020年, although 2200 stands there twice.
fn part_pairs(glyphs: &[Glyph], tiles: &mut Vec<Tile>) {
    let doubled = tiles.iter().filter(|t| t.copies == 2).count();
    let pairs = tiles.iter().filter(|t| t.copies == 2 && t.len == 1).count();
    let is_paired = |t: &Tile| {
        t.copies == 2
            && t.len > 1
            && !glyphs[t.at].mark
            && glyphs[t.at..t.at + 2 * t.len].chunks(2).all(|pair| pair[0].folded == pair[1].folded)
    };
    if pairs * 2 < doubled || !tiles.iter().any(is_paired) {
        return;
    }
    let mut parted = Vec::with_capacity(glyphs.len() / 2);
    for t in &*tiles {
        if is_paired(t) {
            parted.extend((0..t.len).map(|k| Tile { at: t.at + 2 * k, len: 1, copies: 2 }));
        } else {
            parted.push(*t);
        }
    }
    *tiles = parted;
}

/// Frees digits and Latin letters from having copies: another font printed them, and printed them once. Returns whether
/// the line has any, and Han beside them.
fn free_words(glyphs: &mut [Glyph]) -> bool {
    let (mut words, mut han) = (false, false);
    for glyph in glyphs {
        let free = glyph.kept.is_ascii_alphanumeric();
        (glyph.free, glyph.mark) = (free, glyph.mark || free);
        words |= free;
        han |= glyph.han;
    }
    words && han
}

/// Whether copies would be left: 二、备料二、备料|备料备料 is no line in two copies.
fn half_folded(glyphs: &[Glyph], tiles: &[Tile]) -> bool {
    let unit = |t: &Tile| glyphs[t.at..t.at + t.len].iter().map(|g| g.folded);
    let both = |a: &Tile, b: &Tile| a.copies > 1 && b.copies > 1 && a.len.min(b.len) > 1 && a.len != b.len;
    tiles.windows(2).any(|pair| {
        let [a, b] = pair else { return false };
        let shared = a.len.min(b.len);
        both(a, b) && (unit(a).skip(a.len - shared).eq(unit(b).take(shared)))
    })
}

/// A line of Latin letters, each of them twice: `AABBCC`. Only other lines doubled glyph by glyph prove it.
fn doubled_letters(text: &str, line: usize, set: &Setting, cuts: &mut Cuts) -> Option<Find> {
    const PAIRS: usize = 3;
    let letters = set.glyphs.iter().all(|g| g.kept.is_ascii_alphabetic());
    // ccoocckk, and cccc for the two letters of occur
    let is_pair = |t: &Tile| {
        let unit = &set.glyphs[t.at..t.at + t.len];
        t.copies == 2 && unit.iter().all(|g| g.folded == unit[0].folded)
    };
    if !letters || set.tiles.len() < PAIRS || !set.tiles.iter().all(is_pair) {
        return None;
    }
    let from = cuts.len();
    set.tiles.iter().for_each(|t| cut_copies(text, &set.glyphs, t, cuts));
    let cuts = from..cuts.len();
    Some(Find { lines: line..line + 1, cuts, manner: Manner::Glyphs, sure: false, needs: 1, whole: true })
}

/// Adds the ranges to remove so that one copy of a tile stays: the one with the fewest spaces and the most full-width
/// marks.
pub(super) fn cut_copies(text: &str, glyphs: &[Glyph], t: &Tile, cuts: &mut Cuts) {
    let all = glyphs[t.at].start..glyphs[t.at + t.copies * t.len - 1].end;
    if !text.as_bytes()[all.clone()].iter().any(u8::is_ascii) {
        cuts.push(glyphs[t.at + t.len - 1].end..all.end); // copies that cost nothing
        return;
    }
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

/// Covers all glyphs by the fewest tiles of so many copies. Runs of marks may stay single.
pub(super) fn tile<const COPIES: usize>(set: &mut Setting) -> bool {
    let Setting { glyphs, tiles, best, heads } = set;
    tiles.clear();
    let n = glyphs.len();
    if glyphs.iter().all(|g| g.mark) {
        return false;
    }
    // Each character occurs a multiple of the number of copies. If that is even, the codes of all characters cancel
    // out under XOR.
    let even = COPIES.is_multiple_of(2);
    let code = |g: &Glyph| if even && !g.mark { (g.folded as u32).wrapping_mul(0x9E37_79B1) } else { 0 };
    if glyphs.iter().fold(0, |x, g| x ^ code(g)) != 0 {
        return false;
    }
    // Most lines that can be tiled are one tile.
    let whole = n / COPIES;
    if n == whole * COPIES && repeats(glyphs, 0, whole, COPIES) {
        tiles.push(Tile { at: 0, len: whole, copies: COPIES });
    } else if !search::<COPIES>(glyphs, tiles, best, heads, code) {
        return false;
    }
    if COPIES > 2 && tiles.iter().all(|t| t.len == 1) && tiles.iter().filter(|t| t.copies > 1).count() < 2 {
        return false; // 哈哈哈哈
    }
    if COPIES == 2 {
        part_pairs(glyphs, tiles);
        mend_dashes(glyphs, tiles);
    }
    true
}

/// How often the first character that is no mark occurs: the number of copies, or a multiple of it.
fn times_of_first(glyphs: &[Glyph]) -> usize {
    glyphs.iter().find(|g| !g.mark).map_or(0, |first| glyphs.iter().filter(|g| g.folded == first.folded).count())
}

/// Whether `len` glyphs from `at` on occur so many times in a row.
fn repeats(glyphs: &[Glyph], at: usize, len: usize, copies: usize) -> bool {
    let all = &glyphs[at..at + len * copies];
    all.iter().zip(&all[len..]).all(|(a, b)| a.folded == b.folded)
}

/// Searches for the fewest tiles, from the end on. A tile can begin only where the codes of all glyphs after it
/// cancel out.
fn search<const COPIES: usize>(
    glyphs: &[Glyph],
    tiles: &mut Vec<Tile>,
    best: &mut Vec<Best>,
    heads: &mut Vec<usize>,
    code: impl Fn(&Glyph) -> u32,
) -> bool {
    let n = glyphs.len();
    const NONE: Best = (u32::MAX, 0, 0);
    best.clear();
    best.resize(n + 1, NONE);
    best[n] = (0, 0, 0);
    heads.clear();
    heads.push(n);
    let mut odd = 0;
    for i in (0..n).rev() {
        odd ^= code(&glyphs[i]);
        if odd != 0 {
            continue;
        }
        let mut found = NONE;
        if glyphs[i].mark && best[i + 1].0 != u32::MAX {
            let (tiles, singles, _) = best[i + 1];
            found = (tiles + 1, singles + 1, 0);
        }
        for &next in heads.iter() {
            let len = (next - i) / COPIES;
            if len == 0 || i + len * COPIES != next || glyphs[i].folded != glyphs[i + len].folded {
                continue;
            }
            let (tiles, singles, _) = best[next];
            if (tiles + 1, singles) < (found.0, found.1)
                && repeats(glyphs, i, len, COPIES)
                && !(glyphs[i].free && cuts_word(glyphs, i, len, COPIES))
            {
                found = (tiles + 1, singles, len);
            }
        }
        if found.0 != u32::MAX {
            best[i] = found;
            heads.push(i);
        }
    }
    if best[0].0 == u32::MAX {
        return false;
    }
    let mut i = 0;
    while i < n {
        let len = best[i].2;
        if len == 0 {
            tiles.push(Tile { at: i, len: 1, copies: 1 });
            i += 1;
        } else {
            tiles.push(Tile { at: i, len, copies: COPIES });
            i += len * COPIES;
        }
    }
    true
}

/// Whether copies would begin or end inside a word that may be single, or be no more than one of its letters: APP.
fn cuts_word(glyphs: &[Glyph], at: usize, len: usize, copies: usize) -> bool {
    let free = |k: usize| glyphs.get(k).is_some_and(|g| g.free);
    let end = at + len * copies;
    let inside = at > 0 && free(at - 1) || free(end - 1) && free(end);
    inside || glyphs[at..at + len].iter().all(|g| g.free && g.folded == glyphs[at].folded)
}

/// `——` and `……` have two glyphs each, so a tile of two single ones is one mark and not a double.
fn mend_dashes(glyphs: &[Glyph], tiles: &mut [Tile]) {
    for t in tiles.iter_mut().filter(|t| t.copies == 2 && t.len == 1) {
        if matches!(glyphs[t.at].kept, '—' | '…' | '─' | '―' | '⋯') {
            (t.len, t.copies) = (2, 1);
        }
    }
}

/// Whether the pairs are words of the form AABB (高高兴兴, 点点滴滴) or names of kin (爸爸妈妈).
fn natural_pairs(glyphs: &[Glyph], tiles: &[Tile]) -> bool {
    let mut pairs = tiles.iter().filter(|t| t.copies > 1 && t.len == 1).map(|t| glyphs[t.at].kept);
    let count = pairs.clone().count();
    if count < 2 || !count.is_multiple_of(2) || !pairs.clone().all(is_han) {
        return false;
    }
    while let (Some(a), Some(b)) = (pairs.next(), pairs.next()) {
        let natural =
            lexicon::spanning(&[a, a], &[b, b]).longest >= 4 || lexicon::is_word(&[a, a]) && lexicon::is_word(&[b, b]);
        if !natural {
            return false;
        }
    }
    true
}

/// A bold lead-in that was printed twice, glyph by glyph or run by run, with a doubled mark at its end and single text
/// after that: `项项目目：：…`, `项目项目：：…`, `一一、、项项目目。。…`. No writer sets two colons, which may differ in width; other marks
/// need a second one beside them.
pub(super) fn doubled_lead_in(text: &str, span: Span, line: usize, set: &mut Setting, cuts: &mut Cuts) -> Option<Find> {
    let body = &text[span.start..span.end];
    let ends = |(at, c): (usize, char)| at + c.len_utf8();
    let marks = || body.char_indices().filter(|&(_, c)| LEAD_IN_ENDS.contains(&to_half_width(c)));
    let doubled =
        marks().zip(marks().skip(1)).filter(|&(a, b)| ends(a) == b.0 && to_half_width(a.1) == to_half_width(b.1));
    let near = doubled.take_while(|(a, _)| a.0 <= MOST_LEAD_IN).filter(|(a, _)| a.0 > 0);
    let mut found = None;
    for (_, again) in near {
        set.glyphs.clear();
        read_glyphs(text, Span { start: span.start, end: span.start + ends(again) }, &mut set.glyphs);
        if tile::<2>(set) && is_lead_in(set) {
            found = Some(ends(again));
        }
        if to_half_width(again.1) == ':' {
            break;
        }
    }
    set.glyphs.clear();
    read_glyphs(text, Span { start: span.start, end: span.start + found? }, &mut set.glyphs);
    tile::<2>(set);
    let from = cuts.len();
    for t in set.tiles.iter().filter(|t| t.copies == 2) {
        cut_copies(text, &set.glyphs, t, cuts);
    }
    let manner = if set.tiles.iter().all(|t| t.len == 1) { Manner::Glyphs } else { Manner::Runs };
    Some(Find { lines: line..line + 1, cuts: from..cuts.len(), manner, sure: true, needs: 0, whole: false })
}

/// The marks that a lead-in ends in, of either width.
const LEAD_IN_ENDS: [char; 4] = [':', '。', '、', ','];

/// Whether the tiles are those of a lead-in: a doubled mark at its end, and doubled Han before it.
fn is_lead_in(set: &Setting) -> bool {
    let Some((last, lead)) = set.tiles.split_last() else { return false };
    let doubled = || lead.iter().filter(|t| t.copies == 2);
    let ink: usize = doubled().map(|t| han(&set.glyphs[t.at..t.at + t.len])).sum();
    let is_mark = |t: &&Tile| set.glyphs[t.at..t.at + t.len].iter().all(|glyph| glyph.mark);
    let sure = set.glyphs[last.at].folded == ':' || doubled().any(|t| is_mark(&t));
    last.copies == 2 && last.len == 1 && ink >= 2 && sure
}

/// Quotation and title marks that were printed twice around single text of a display line: `渠水““流过””桥头镇`. Where only
/// one of two marks is doubled, or one is there three times, a writer set one too many, and all stay.
pub(super) fn doubled_quotes(text: &str, span: Span, line: usize, cuts: &mut Cuts) -> Option<Find> {
    let body = &text[span.start..span.end];
    if !["““", "《《", "「「"].iter().any(|m| body.contains(m)) || body.contains(['。', '，', '；', '！', '？'])
    {
        return None;
    }
    let from = cuts.len();
    let mut open = None; // the mark that must be doubled next
    for run in runs_of_marks(body) {
        let mark = &body[run.clone()];
        let c = mark.chars().next()?;
        let twice = mark.len() == 2 * c.len_utf8();
        let closing = match c {
            '“' => Some('”'),
            '《' => Some('》'),
            '「' => Some('」'),
            _ => None,
        };
        match (open, closing) {
            (None, Some(closing)) if twice => open = Some(closing),
            (Some(awaited), None) if twice && awaited == c => open = None,
            _ if mark.len() == c.len_utf8() && open.is_none() => continue,
            _ => {
                cuts.truncate(from);
                return None;
            }
        }
        cuts.push(span.start + run.start + c.len_utf8()..span.start + run.end);
    }
    if open.is_some() || cuts.len() == from {
        cuts.truncate(from);
        return None;
    }
    Some(Find {
        lines: line..line + 1,
        cuts: from..cuts.len(),
        manner: Manner::Runs,
        sure: true,
        needs: 0,
        whole: false,
    })
}

/// The runs of equal quotation and title marks.
fn runs_of_marks(body: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, c) in body.char_indices().filter(|(_, c)| matches!(c, '“' | '”' | '《' | '》' | '「' | '」')) {
        match runs.last_mut() {
            Some(run) if run.end == at && body[run.start..].starts_with(c) => run.end += c.len_utf8(),
            _ => runs.push(at..at + c.len_utf8()),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_is_read_as_the_rules_have_it_whatever_it_is() {
        for c in ('\0'..=char::MAX).filter(|&c| c != ' ') {
            let text = String::from(c);
            let mut glyphs = Vec::new();
            read_glyphs(&text, Span { start: 0, end: text.len() }, &mut glyphs);
            let read: Vec<_> =
                glyphs.iter().filter(|g| !g.free).map(|g| (g.start, g.end, g.folded, g.kept, g.mark, g.han)).collect();
            assert_eq!(read, [(0, text.len(), to_half_width(c), c, is_mark(c), is_han(c))], "{c:?}");
        }
    }
}
