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
use wide::{CmpEq, i8x16, i16x16};

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
    mark: bool,
}

/// A line as the fold sees it: its bytes, or some of them.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
}

/// A stretch of a line and how often it comes. The tiles of a line make it up; of several copies `at` is the first, and
/// an undoubled run of marks has one copy only.
#[derive(Debug, Clone, Copy)]
struct Tile {
    at: usize,
    len: usize,
    copies: usize,
}

/// Memory that goes from page to page.
#[derive(Debug, Default)]
pub struct Memory {
    lines: Lines,
    finds: Vec<Find>,
    doubtful: Vec<Find>,
    /// What finds take away.
    cuts: Cuts,
    set: Setting,
}

/// A page's lines.
#[derive(Debug, Default)]
struct Lines {
    /// Where line feeds stand, and the end of the text.
    ends: Vec<usize>,
    /// The lines that hold text.
    lines: Vec<Span>,
    /// Where a mark stands twice that no writer doubles.
    marks: Vec<usize>,
    /// Lines that the first look did not turn away.
    looked: Vec<usize>,
}

/// A line, or lines that lie over each other, while they are tiled.
#[derive(Debug, Default)]
struct Setting {
    glyphs: Vec<Glyph>,
    tiles: Vec<Tile>,
    /// The best tiling from each glyph on.
    best: Vec<Best>,
    /// Glyphs from which on the line tiles, the last ones first.
    heads: Vec<usize>,
}

/// Tiles, marks left single, length of the first tile (0 for a single mark).
type Best = (u32, u32, usize);

/// Byte ranges that go.
type Cuts = Vec<Range<usize>>;

/// Proposes the folding of `text`'s doubled lines. `folded` receives the starts of the lines (in `text`)
/// that were painted twice.
pub fn propose(text: &str, memory: &mut Memory, edits: &mut Edits, folded: &mut Vec<usize>) {
    folded.clear();
    let Memory { lines, finds, doubtful, cuts, set } = memory;
    finds.clear();
    doubtful.clear();
    cuts.clear();
    let gaps = read_lines(text, lines);
    look(text.as_bytes(), lines);
    let Lines { lines, marks, looked, .. } = lines;
    let mut marks = marks.iter().copied().peekable();
    let mut next = 0; // the first line behind what was found
    // First what needs no witness; its number is the witness for the rest.
    for &i in looked.iter() {
        if i < next {
            continue;
        }
        let line = lines[i];
        let mut find = None;
        if may_overlap(text, lines, i) {
            find = chain(text, lines, i, &gaps, cuts).or_else(|| joined_tiling(text, lines, i, set, cuts));
        }
        if find.is_none() && may_tile(text, line) {
            find = tiled_line(text, line, i, set, cuts);
        }
        while marks.next_if(|&m| m < line.start).is_some() {}
        if find.is_none() && marks.peek().is_some_and(|&m| m < line.end) {
            find = doubled_lead_in(text, line, i, set, cuts).or_else(|| doubled_quotes(text, line, i, cuts));
        }
        if let Some(find) = find {
            next = find.lines.end;
            if find.sure { finds.push(find) } else { doubtful.push(find) }
        }
    }
    if !doubtful.is_empty() {
        // Two different pairs of equal lines are witnesses of each other; so are other sure finds.
        let lines_found = doubtful.iter().filter(|f| f.manner == Manner::Lines).count();
        let sure = finds.len();
        let kin = [Manner::Runs, Manner::Glyphs, Manner::Lines].map(|m| finds.iter().filter(|f| f.manner == m).count());
        for find in doubtful.drain(..) {
            let kin = kin[find.manner as usize];
            let witnesses = if find.manner == Manner::Lines { sure + lines_found - 1 } else { kin.max(sure / 2) };
            if witnesses >= find.needs {
                finds.push(find);
            }
        }
        finds.sort_by_key(|f| f.lines.start);
    }
    for find in finds.iter() {
        if find.whole {
            folded.push(lines[find.lines.start].start);
        }
        for cut in &cuts[find.cuts.clone()] {
            edits.replace_with(cut.clone(), "", Rule::Doubled, if find.sure { 0.999 } else { 0.97 });
        }
    }
}

/// Bytes that are read at a time: a bit of a word for each.
const BLOCK: usize = 64;
/// Bytes that a machine looks at at once.
const LANES: usize = 16;

/// Reads the lines that hold text, without the spaces around it, and where marks stand that no writer sets twice:
/// ““ 《《 「「 ：： ::
fn read_lines(text: &str, memory: &mut Lines) -> Gaps {
    let Lines { ends, lines, marks, .. } = memory;
    let bytes = text.as_bytes();
    marks.clear();
    let mut held = 0;
    let mut before = 0; // where the block before held marks
    let (blocks, rest) = bytes.as_chunks();
    let mut read = |from: usize, block: &[u8; BLOCK]| {
        let places = Places::of(block);
        places.put_feeds(from, ends, &mut held);
        // A mark of three bytes behind another one, or a colon behind a colon.
        let marks_here = places.marks;
        let mut again =
            marks_here & (marks_here << 3 | before >> (BLOCK - 3) | marks_here << 1 | before >> (BLOCK - 1));
        while again != 0 {
            let at = from + again.trailing_zeros() as usize;
            marks.extend(doubled_mark(bytes, at));
            again &= again - 1;
        }
        before = marks_here;
    };
    for (k, block) in blocks.iter().enumerate() {
        read(k * BLOCK, block);
    }
    let mut last = [0; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    read(blocks.len() * BLOCK, &last);
    ends.truncate(held);
    ends.push(bytes.len());
    find_ink(bytes, ends, lines)
}

/// The text between line feeds, or text's end, without the spaces around it.
fn find_ink(bytes: &[u8], ends: &[usize], lines: &mut Vec<Span>) -> Gaps {
    // Lines with text and empty ones come in no order that could be foretold, so each is put down and the empty ones
    // are written over.
    lines.clear();
    lines.resize(ends.len(), Span { start: 0, end: 0 });
    let (mut from, mut apart, mut blank, mut held) = (0, false, 0, 0);
    for &at in ends {
        let (mut start, mut end) = (from, at);
        from = at + 1;
        while start < end && bytes[start] == b' ' {
            start += 1;
        }
        while start < end && bytes[end - 1] == b' ' {
            end -= 1;
        }
        lines[held] = Span { start, end };
        blank += usize::from(apart & (start < end) & (held > 0));
        held += usize::from(start < end);
        apart = start == end;
    }
    lines.truncate(held);
    Gaps { every_line: held >= 8 && blank * 10 >= held * 7 }
}

/// What stands in a block, a bit for each byte.
struct Places {
    feeds: u64,
    /// First bytes of marks that may be doubled, and of some that are not.
    marks: u64,
}

impl Places {
    #[inline]
    fn of(block: &[u8; BLOCK]) -> Places {
        let (mut feeds, mut marks) = (0, 0);
        for (k, part) in block.as_chunks::<LANES>().0.iter().enumerate() {
            let part = lanes(part);
            let is = |byte: u8| part.cmp_eq(i8x16::splat(byte as i8));
            // E2 and E3 differ in the last bit only.
            let quotes = (part & i8x16::splat(0xFE_u8 as i8)).cmp_eq(i8x16::splat(0xE2_u8 as i8));
            feeds |= u64::from(is(b'\n').move_mask() as u16) << (k * LANES);
            marks |= u64::from((quotes | is(0xEF) | is(b':')).move_mask() as u16) << (k * LANES);
        }
        Places { feeds, marks }
    }

    /// Puts down the places of the line feeds of a block that begins at `from`, behind those that are held.
    #[inline]
    fn put_feeds(&self, from: usize, ends: &mut Vec<usize>, held: &mut usize) {
        if ends.len() < *held + BLOCK {
            ends.resize(2 * (*held + BLOCK), 0);
        }
        // A block seldom has more than four, so four are always put down and those that are none are not counted.
        let mut feeds = self.feeds;
        for _ in 0..4 {
            ends[*held] = from + feeds.trailing_zeros() as usize;
            *held += usize::from(feeds != 0);
            feeds &= feeds.wrapping_sub(1);
        }
        while feeds != 0 {
            ends[*held] = from + feeds.trailing_zeros() as usize;
            *held += 1;
            feeds &= feeds - 1;
        }
    }
}

#[inline]
fn lanes(bytes: &[u8; LANES]) -> i8x16 {
    i8x16::new(bytes.map(|b| b as i8))
}

/// Where a mark stands that no writer sets twice, if its double begins at `at`.
fn doubled_mark(bytes: &[u8], at: usize) -> Option<usize> {
    let wide = at.checked_sub(3).filter(|&from| {
        matches!(
            bytes[from..],
            [0xE2, 0x80, 0x9C, 0xE2, 0x80, 0x9C, ..]
                | [0xE3, 0x80, 0x8A, 0xE3, 0x80, 0x8A, ..]
                | [0xE3, 0x80, 0x8C, 0xE3, 0x80, 0x8C, ..]
                | [0xEF, 0xBC, 0x9A, 0xEF, 0xBC, 0x9A, ..]
        )
    });
    wide.or_else(|| at.checked_sub(1).filter(|&from| bytes[from..].starts_with(b"::")))
}

/// Takes the first look at each line.
fn look(bytes: &[u8], lines: &mut Lines) {
    let Lines { lines, marks, looked, .. } = lines;
    let mut marks = marks.iter().copied();
    let mut mark = marks.next().unwrap_or(usize::MAX);
    // As with empty lines: each is put down.
    looked.clear();
    looked.resize(lines.len(), 0);
    let mut held = 0;
    for (i, &line) in lines.iter().enumerate() {
        let marked = mark < line.end;
        while mark < line.end {
            mark = marks.next().unwrap_or(usize::MAX);
        }
        looked[held] = i;
        held += usize::from(marked | lines.get(i + 1).is_none_or(|&below| may_repeat(bytes, line, below)));
    }
    looked.truncate(held);
}

/// The first look, which turns most lines away: whether the first character of line `i` comes again in it, or that of
/// the line below, and so whether line `i` may tile or overlap.
#[inline]
fn may_repeat(bytes: &[u8], line: Span, below: Span) -> bool {
    // A Han, so that no mark stands before it; and a character of one width only.
    let (&[a, own_a, own_b], &[b, below_a, below_b]) = (three(bytes, line.start), three(bytes, below.start));
    if !matches!((a, b), (0xE4..=0xE9, 0xE2..=0xE9)) {
        return true;
    }
    let (own, below) = ([own_a, own_b], [below_a, below_b]);
    own == below || one_in(bytes, line.start + 3, line.end, own, below)
}

/// The first three bytes of a character and what follows, of which there may be less at the end of the text.
#[inline]
fn three(bytes: &[u8], at: usize) -> &[u8; 3] {
    bytes[at..].first_chunk().unwrap_or(&[0; 3])
}

/// Whether the line below may begin with what line `i` ends in, as every chain and every tiling over a line break wants
/// it: then its first character stands in line `i`, and the last one of line `i` stands in it.
fn may_overlap(text: &str, lines: &[Span], i: usize) -> bool {
    let Some(&next) = lines.get(i + 1) else { return false };
    let bytes = text.as_bytes();
    let (above, below) = (&bytes[lines[i].start..lines[i].end], &bytes[next.start..next.end]);
    may_hold(bytes, lines[i], first_char(below)) && may_hold(bytes, next, last_char(above))
}

fn first_char(line: &[u8]) -> &[u8] {
    let len = match line[0] {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    };
    &line[..len]
}

fn last_char(line: &[u8]) -> &[u8] {
    let mut at = line.len() - 1;
    while line[at] & 0xC0 == 0x80 {
        at -= 1;
    }
    &line[at..]
}

/// Whether a character may stand in a part of a line, in either width: by its last two bytes, which hardly another one
/// shares.
fn may_hold(bytes: &[u8], part: Span, c: &[u8]) -> bool {
    const WIDER: u32 = 0xFEE0;
    let pair_in = |pair: [u8; 2]| one_in(bytes, part.start, part.end, pair, pair);
    let byte_in = |byte: u8| memchr::memchr(byte, &bytes[part.start..part.end]).is_some();
    match *c {
        [narrow] => {
            let wide = u32::from(narrow) + WIDER;
            byte_in(narrow) || pair_in([0x80 | (wide >> 6 & 0x3F) as u8, 0x80 | (wide & 0x3F) as u8])
        }
        [0xEF, a, b] => {
            let narrow = (0xF000 | u32::from(a & 0x3F) << 6 | u32::from(b & 0x3F)).wrapping_sub(WIDER);
            pair_in([a, b]) || narrow < 0x7F && byte_in(narrow as u8)
        }
        [.., a, b] => pair_in([a, b]),
        [] => false,
    }
}

/// Whether one of two pairs of bytes stands in a line, from byte `from` of the text on to byte `to`.
#[inline]
fn one_in(bytes: &[u8], mut from: usize, to: usize, a: [u8; 2], b: [u8; 2]) -> bool {
    let [a, b] = [a, b].map(|pair| i16x16::splat(i16::from_le_bytes(pair)));
    // Most lines fit one block, and what follows them is looked at and left out.
    while from + 1 < to {
        let pairs = match bytes[from..].first_chunk() {
            Some(block) => pairs_of(block, a, b),
            None => pairs_at_end(&bytes[from..], a, b),
        };
        let kept = u32::MAX >> (BLOCK / 2 - (to - from).div_ceil(2).min(BLOCK / 2));
        if pairs & kept != 0 {
            return true;
        }
        from += BLOCK;
    }
    false
}

/// The same as [`pairs_of`] for what is left of the text.
#[cold]
fn pairs_at_end(rest: &[u8], a: i16x16, b: i16x16) -> u32 {
    let mut block = [0; BLOCK + 1];
    block[..rest.len()].copy_from_slice(rest);
    pairs_of(&block, a, b)
}

/// A bit for each two places of the block at one of which one of two pairs stands.
#[inline]
fn pairs_of(block: &[u8; BLOCK + 1], a: i16x16, b: i16x16) -> u32 {
    let half = |from: usize| {
        let pairs = |from: usize| {
            let at = |k: usize| i16::from_le_bytes([block[from + 2 * k], block[from + 2 * k + 1]]);
            i16x16::new(std::array::from_fn(at))
        };
        let (even, odd) = (pairs(from), pairs(from + 1));
        let hits = even.cmp_eq(a) | even.cmp_eq(b) | odd.cmp_eq(a) | odd.cmp_eq(b);
        i8x16::from_i16x16_saturate(hits).move_mask() as u16
    };
    u32::from(half(0)) | u32::from(half(BLOCK / 2)) << LANES
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
    /// Where what it takes away stands in the list of cuts.
    cuts: Range<usize>,
    manner: Manner,
    sure: bool,
    /// Sure finds of the same manner that it takes, where it is not sure itself.
    needs: usize,
    /// All of it was doubled, so that it is a display line and nothing of running text.
    whole: bool,
}

/// A quick look: in a line that tiles, the first glyphs and the last one that are no marks come twice.
fn may_tile(text: &str, span: Span) -> bool {
    const LOOKED_AT: usize = 3; // what running text has by chance it has not three times
    let Span { start, end } = span;
    let line = &text[start..end];
    if line.len() >= MOST_GLYPHS * 6 {
        return false;
    }
    let held = |part: Span, c: &[u8]| may_hold(text.as_bytes(), part, c);
    let ink = line.trim_end_matches(is_mark).as_bytes();
    if ink.is_empty() {
        return false;
    }
    let last = last_char(ink);
    if !held(Span { start, end: start + ink.len() - last.len() }, last) {
        return false;
    }
    let mut glyphs = line.char_indices().filter(|&(_, c)| !is_mark(c)).take(LOOKED_AT);
    glyphs.all(|(at, c)| {
        let (from, to) = (start + at, start + at + c.len_utf8());
        let c = &text.as_bytes()[from..to];
        held(Span { start: to, end }, c) || held(Span { start, end: from }, c)
    })
}

#[inline]
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

/// Appends the glyphs of a line.
fn read_glyphs(text: &str, span: Span, glyphs: &mut Vec<Glyph>) {
    for (at, c) in text[span.start..span.end].char_indices() {
        if c != ' ' {
            let start = span.start + at;
            glyphs.push(Glyph { start, end: start + c.len_utf8(), folded: fold(c), kept: c, mark: is_mark(c) });
        }
    }
}

fn han(glyphs: &[Glyph]) -> usize {
    glyphs.iter().filter(|g| is_han(g.kept)).count()
}

/// A whole line as copies, with what speaks for it.
fn tiled_line(text: &str, span: Span, line: usize, set: &mut Setting, cuts: &mut Cuts) -> Option<Find> {
    set.glyphs.clear();
    read_glyphs(text, span, &mut set.glyphs);
    if set.glyphs.len() < 4 || set.glyphs.len() > MOST_GLYPHS {
        return None;
    }
    let copies = if tile::<4>(set) {
        4
    } else if tile::<3>(set) {
        3
    } else if tile::<2>(set) {
        2
    } else {
        return None;
    };
    let glyphs = &set.glyphs;
    let units = || set.tiles.iter().filter(|t| t.copies > 1);
    let unit = |t: &Tile| &glyphs[t.at..t.at + t.len];
    let single: usize = units().map(|t| han(unit(t))).sum();
    let mut seen = units().flat_map(unit).map(|g| g.folded).filter(|&c| is_han(c));
    let first = seen.next();
    if single < 2 || seen.all(|c| Some(c) == first) {
        return None; // numbers, leaders and cries (啊啊啊啊) never fire by themselves
    }
    let marks_doubled = units().any(|t| unit(t).iter().all(|g| g.mark));
    let distinct = units().count();
    let glyphwise = units().all(|t| t.len <= 2) && units().filter(|t| t.len == 1).count() * 2 >= distinct;
    let (sure, manner) = if glyphwise {
        if natural_pairs(glyphs, &set.tiles) {
            return None;
        }
        (distinct >= SURE_PAIRS || marks_doubled && distinct >= 4, Manner::Glyphs)
    } else {
        // Digits and Latin count in a unit that has Han.
        let ink = |t: &Tile| unit(t).iter().filter(|g| !g.mark).count();
        let longest = units().filter(|t| han(unit(t)) >= 2).map(ink).max().unwrap_or(0);
        let single_ink: usize = units().map(ink).sum();
        let cried = units().any(|t| {
            t.len > 1 && matches!(glyphs[t.at + t.len - 1].kept, '！' | '。' | '？' | '，' | '!' | '?' | '、' | ',')
        });
        let sure = !cried
            && (longest >= SURE_RUN
                || longest >= 3 && single_ink > SURE_RUN
                || longest >= 2 && single > SURE_RUN && marks_doubled);
        (sure, Manner::Runs)
    };
    // Three copies of a short call (加油加油加油) are a writer's; of a headline they are the page's.
    let sure = sure && (copies == 2 || single >= SURE_RUN);
    let from = cuts.len();
    for t in units() {
        cut_copies(text, glyphs, t, cuts);
    }
    // A doubled word of two (加油加油) takes more witnesses than a doubled line of three or four.
    let needs = if single <= 2 { 2 } else { 1 };
    Some(Find { lines: line..line + 1, cuts: from..cuts.len(), manner, sure, needs, whole: true })
}

/// Lines whose copies lie over the line breaks: `寒潮来袭寒潮来袭 最低⏎最低-19-19` or `同同比比增⏎增长长`. Together they
/// must tile, and each break must stand between the two copies of a tile.
fn joined_tiling(text: &str, lines: &[Span], i: usize, set: &mut Setting, cuts: &mut Cuts) -> Option<Find> {
    let mut last = i;
    while last - i < MOST_PIECES && last + 1 < lines.len() && overlaps(text, lines[last], lines[last + 1]) {
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
    if set.glyphs.len() > MOST_GLYPHS || !tile::<2>(set) {
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

/// Quotation and title marks that were painted twice around single text: no writer opens a quotation twice.
fn doubled_quotes(text: &str, span: Span, line: usize, cuts: &mut Cuts) -> Option<Find> {
    let body = &text[span.start..span.end];
    if !["““", "《《", "「「"].iter().any(|m| body.contains(m)) {
        return None;
    }
    let from = cuts.len();
    let mut before = None;
    for (at, c) in body.char_indices() {
        if before == Some(c) && matches!(c, '“' | '”' | '《' | '》' | '「' | '」') {
            cuts.push(span.start + at..span.start + at + c.len_utf8());
            before = None;
        } else {
            before = Some(c);
        }
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

/// Which bytes go so that one copy of a tile stays: the copy with the fewest spaces and the most full-width marks.
fn cut_copies(text: &str, glyphs: &[Glyph], t: &Tile, cuts: &mut Cuts) {
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

/// Tiles all glyphs into the fewest tiles of so many copies; runs of marks may stand single.
fn tile<const COPIES: usize>(set: &mut Setting) -> bool {
    let Setting { glyphs, tiles, best, heads } = set;
    tiles.clear();
    let n = glyphs.len();
    let Some(first) = glyphs.iter().find(|g| !g.mark) else { return false };
    // The first character comes so many times, or several times so many.
    if !glyphs.iter().filter(|g| g.folded == first.folded).count().is_multiple_of(COPIES) {
        return false;
    }
    // So does every other: copies of an even number cancel each other out.
    let even = COPIES.is_multiple_of(2);
    let code = |g: &Glyph| if even && !g.mark { (g.folded as u32).wrapping_mul(0x9E37_79B1) } else { 0 };
    if glyphs.iter().fold(0, |x, g| x ^ code(g)) != 0 {
        return false;
    }
    let same = |a: usize, b: usize| glyphs[a].folded == glyphs[b].folded;
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
            if len == 0 || i + len * COPIES != next || !same(i, i + len) {
                continue;
            }
            let (tiles, singles, _) = best[next];
            if (tiles + 1, singles) < (found.0, found.1) && (i..next - len).all(|k| same(k, k + len)) {
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
    if COPIES > 2 && tiles.iter().all(|t| t.len == 1) && tiles.iter().filter(|t| t.copies > 1).count() < 2 {
        return false; // 哈哈哈哈
    }
    if COPIES == 2 {
        mend_dashes(glyphs, tiles);
    }
    true
}

/// `——` and `……` are two glyphs each, so a tile of two single ones is one mark and no double.
fn mend_dashes(glyphs: &[Glyph], tiles: &mut [Tile]) {
    for t in tiles.iter_mut().filter(|t| t.copies == 2 && t.len == 1) {
        if matches!(glyphs[t.at].kept, '—' | '…' | '─' | '―' | '⋯') {
            (t.len, t.copies) = (2, 1);
        }
    }
}

/// Whether the pairs are words of the form AABB (高高兴兴, 点点滴滴) or kin (爸爸妈妈).
fn natural_pairs(glyphs: &[Glyph], tiles: &[Tile]) -> bool {
    let mut pairs = tiles.iter().filter(|t| t.copies > 1 && t.len == 1).map(|t| glyphs[t.at].kept);
    let count = pairs.clone().count();
    if count < 2 || !count.is_multiple_of(2) || !pairs.clone().all(is_han) {
        return false;
    }
    while let (Some(a), Some(b)) = (pairs.next(), pairs.next()) {
        let natural =
            words::spanning(&[a, a], &[b, b]).longest >= 4 || words::is_word(&[a, a]) && words::is_word(&[b, b]);
        if !natural {
            return false;
        }
    }
    true
}

/// A bold lead-in painted twice, glyph by glyph or run by run, closed by a doubled colon, before single text:
/// `项项目目：：…`, `项目项目：：…`. No writer sets two colons.
fn doubled_lead_in(text: &str, span: Span, line: usize, set: &mut Setting, cuts: &mut Cuts) -> Option<Find> {
    let body = &text[span.start..span.end];
    let colon = [body.find("：："), body.find("::")].into_iter().flatten().min()?;
    if colon > MOST_LEAD_IN || colon == 0 {
        return None;
    }
    let end = colon + if body[colon..].starts_with(':') { 2 } else { 6 };
    set.glyphs.clear();
    read_glyphs(text, Span { start: span.start, end: span.start + end }, &mut set.glyphs);
    if !tile::<2>(set) {
        return None;
    }
    let (last, lead) = set.tiles.split_last()?;
    let ink: usize = lead.iter().filter(|t| t.copies == 2).map(|t| han(&set.glyphs[t.at..t.at + t.len])).sum();
    if last.copies != 2 || last.len != 1 || ink < 2 {
        return None;
    }
    let from = cuts.len();
    for t in set.tiles.iter().filter(|t| t.copies == 2) {
        cut_copies(text, &set.glyphs, t, cuts);
    }
    let manner = if lead.iter().all(|t| t.len == 1) { Manner::Glyphs } else { Manner::Runs };
    Some(Find { lines: line..line + 1, cuts: from..cuts.len(), manner, sure: true, needs: 0, whole: false })
}

/// A chain of pieces from line `i` on: each line begins with what the line above ended in, until nothing is
/// left over. Two equal lines are the shortest chain.
fn chain(text: &str, lines: &[Span], i: usize, gaps: &Gaps, cuts: &mut Cuts) -> Option<Find> {
    let next = *lines.get(i + 1)?;
    let line = lines[i];
    if line.end - line.start > MOST_GLYPHS * 3 {
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
    for (at, c) in body.char_indices() {
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
            if at - i >= MOST_PIECES {
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
    let one_base = gaps.every_line && !gaps.blank(text, lines, i) && gaps.blank(text, lines, i + 1);
    let like = |k: Option<usize>| {
        let beside = k.and_then(|k| lines.get(k)).map_or("", |l| &text[l.start..l.end]);
        !beside.is_empty() && han_in(beside).abs_diff(matched) <= 3
    };
    let (above, below) = (like(i.checked_sub(1)), like(Some(at)));
    let refrain = above && (below || like(i.checked_sub(2))) || below && like(Some(at + 1));
    let sure = whole && (matched >= SURE_LINE + 2 || matched >= SURE_LINE && !refrain || one_base && matched >= 2);
    let needs = if matched >= 3 { 1 } else { 2 };
    Some(Find { lines: i..at, cuts: from..cuts.len(), manner: Manner::Lines, sure, needs, whole: true })
}

/// What empty lines mean on this page.
struct Gaps {
    every_line: bool,
}

impl Gaps {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pages of lines that are doubled in every manner, and damaged.
    fn page() -> impl Strategy<Value = String> {
        let unit = "[澜江桥头镇A12%％：:“《—，·（é𠀀]{1,6}";
        let line = (unit, "[澜江桥 ：“1]{0,3}", 0..6).prop_map(|(unit, rest, manner)| match manner {
            0 => format!("{unit}{unit}{rest}"),
            1 => unit.chars().flat_map(|c| [c, c]).chain(rest.chars()).collect(),
            2 => format!("{unit}\n{unit}{rest}\n{rest}"),
            3 => format!("{rest}{unit} \n\n {}", unit.replace(':', "：").replace('％', "%")),
            4 => format!("{rest} {unit}\n{unit}{unit}{unit}{rest}"),
            _ => format!("{rest}{unit}"),
        });
        prop::collection::vec(line, 1..6).prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_quick_looks_turn_away_nothing_that_the_full_look_would_find(text in page()) {
            let (mut memory, mut set, mut cuts) = (Lines::default(), Setting::default(), Vec::new());
            let gaps = read_lines(&text, &mut memory);
            look(text.as_bytes(), &mut memory);
            let lines = &memory.lines;
            let first_look = |i: usize| memory.looked.contains(&i);
            for i in 0..lines.len() {
                let chained = chain(&text, lines, i, &gaps, &mut cuts).is_some();
                if chained || joined_tiling(&text, lines, i, &mut set, &mut cuts).is_some() {
                    prop_assert!(first_look(i) && may_overlap(&text, lines, i), "line {i} of {text:?}");
                }
                let line = &text[lines[i].start..lines[i].end];
                if tiled_line(&text, lines[i], i, &mut set, &mut cuts).is_some() {
                    prop_assert!(first_look(i) && may_tile(&text, lines[i]), "{line:?}");
                }
            }
        }

        #[test]
        fn lines_and_doubled_marks_are_found_wherever_they_stand(text in "(?s)[澜江\n\n ：:“”《「—a]{0,200}") {
            let mut memory = Lines::default();
            read_lines(&text, &mut memory);
            let found: Vec<&str> = memory.lines.iter().map(|l| &text[l.start..l.end]).collect();
            let held: Vec<&str> = text.split('\n').map(|l| l.trim_matches(' ')).filter(|l| !l.is_empty()).collect();
            prop_assert_eq!(found, held);
            let doubled = ["““", "《《", "「「", "：：", "::"];
            let all = text.char_indices().map(|(k, _)| k).filter(|&k| doubled.iter().any(|d| text[k..].starts_with(d)));
            prop_assert_eq!(memory.marks, all.collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_character_is_held_in_either_width() {
        for c in ('!'..='~').chain(['渠', '“', 'é', '𠀀', '豈']) {
            let wide = if c.is_ascii() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c };
            for (want, have) in [(c, wide), (wide, c), (c, c), (wide, wide)] {
                for line in [format!("{have}"), format!("渠水流过{have}桥头镇，沿岸的稻")] {
                    let whole = Span { start: 0, end: line.len() };
                    assert!(may_hold(line.as_bytes(), whole, want.to_string().as_bytes()), "{want} in {line}");
                }
            }
        }
    }
}
