//! Measures the lines of a page in one walk over its characters. Runs of Han between two places of the
//! [`NonHanIndex`] are counted by their length.

use super::class::{Class, Glyph, class_of};
use super::cue::{cue_of, item_of, tail_of};
use super::line::{Line, MAX_COUNT, first_word_width, has_short_tail, read_last_word, read_through_spacing};
use super::non_han_index::NonHanIndex;
use crate::text::ends::{first_of, last_of};
use crate::vocabulary::cues::Cue;
use wide::u32x4;

/// A mark of a pair, and where it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct PairMark {
    /// Number of the line.
    pub line: u32,
    /// 0 quotes, 1 brackets, 2 book title marks.
    pub kind: u8,
    pub opens: bool,
}

/// The kind of pair that a mark belongs to and whether it opens one; for marks whose pair a line may leave open.
const fn pair_of(c: char) -> Option<(u8, bool)> {
    Some(match c {
        '“' | '「' => (0, true),
        '”' | '」' => (0, false),
        '（' | '(' | '【' | '〔' => (1, true),
        '）' | ')' | '】' | '〕' => (1, false),
        '《' => (2, true),
        '》' => (2, false),
        _ => return None,
    })
}

/// The place of a mark in [`PAIR_MARKS`]. Marks that share a place mean the same.
const fn pair_place(code: u32) -> usize {
    ((code ^ code >> 8) % PAIR_MARKS.len() as u32) as usize
}

static PAIR_MARKS: [Option<(u8, bool)>; 1 << 8] = {
    let mut marks = [None; 1 << 8];
    let mut code = 0;
    while code < 0x1_0000 {
        if let Some(c) = char::from_u32(code)
            && let Some(mark) = pair_of(c)
        {
            marks[pair_place(code)] = Some(mark);
        }
        code += 1;
    }
    marks
};

const HAN: u8 = Class::Han as u8;
const DIGIT: u8 = Class::Digit as u8;

/// Marks of running text.
const MARKS: u32 = Class::set(&[Class::Stop, Class::Comma, Class::Enumeration, Class::Semicolon]);

/// What a glyph adds to the [sums](GlyphCounts) of its line, and what it is to the glyph after it.
static SUMS: [([u32; 4], u32); 1 << 8] = {
    let mut sums = [([0; 4], 0); 1 << 8];
    let mut number = 0;
    while number < sums.len() {
        let glyph = Glyph::numbered(number as u8);
        let class = glyph.number();
        let (digit, latin) = (class == DIGIT, class == Class::Latin as u8);
        let after = if digit { AFTER_DIGIT } else { (class == HAN) as u32 * AFTER_HAN };
        sums[number] = ([glyph.width(), MARKS >> class & 1, digit as u32, latin as u32], after);
        number += 1;
    }
    sums
};

/// Counts of a line's glyphs. They are kept without branches, see [`scan`](crate::text::scan).
#[derive(Debug, Clone, Copy)]
struct GlyphCounts {
    /// Bytes of Han from U+4E00 to U+9FFF.
    han: usize,
    /// Other glyphs.
    others: u32,
    /// Sums over the other glyphs: half-widths, marks (including a last one), digits, Latin letters.
    sums: u32x4,
    /// How often Han meets a digit and how often a digit meets Han, with or without a space between.
    sides: [u32; 2],
    /// What the last glyph was: [`AFTER_HAN`], [`AFTER_DIGIT`] or neither.
    last: u32,
}

const AFTER_HAN: u32 = 1;
const AFTER_DIGIT: u32 = 2;

impl GlyphCounts {
    const NOTHING: GlyphCounts = GlyphCounts { han: 0, others: 0, sums: u32x4::ZERO, sides: [0; 2], last: 0 };

    #[inline]
    fn glyphs(&self) -> u32 {
        (self.han / 3) as u32 + self.others
    }

    #[inline]
    fn is_nothing(&self) -> bool {
        (self.han == 0) & (self.others == 0)
    }

    /// Counts a run of Han, which may be empty.
    #[inline]
    fn han(&mut self, bytes: usize) {
        let some = u32::from(bytes > 0);
        self.han += bytes;
        self.sides[1] += some & (self.last / AFTER_DIGIT);
        self.last = if some == 1 { AFTER_HAN } else { self.last };
    }

    /// Counts another glyph.
    #[inline]
    fn glyph(&mut self, glyph: Glyph) {
        let (sums, after) = &SUMS[usize::from(glyph.byte())];
        self.others += 1;
        self.sums += u32x4::new(*sums);
        self.sides[0] += (after / AFTER_DIGIT) & self.last;
        self.sides[1] += after & (self.last / AFTER_DIGIT);
        self.last = *after;
    }
}

/// Counts of a line's spaces.
#[derive(Debug)]
struct SpaceCounts {
    gaps: u32,
    /// Gaps of one space between single Han. Then single spaces between other Han.
    spaced: u32,
    loose: u32,
    /// Wide gaps after a single glyph, and their spaces.
    wide: (u32, u32),
    /// Half-widths of the gaps that count.
    white: u32,
    /// How often Han meets a digit and how often a digit meets Han with one space between.
    sides: [u32; 2],
    /// Glyphs before the current token, and glyphs of the token before it.
    before_token: u32,
    last_token: u32,
    /// Spaces since the last glyph.
    open: u32,
    /// Gaps behind the first [`LATE`] glyphs.
    late: u32,
    /// Whether any gap was between two glyphs.
    parted: bool,
}

/// Glyphs at the beginning of a line among which a gap sets off what opens a story or an item: a dateline, 本报讯（记者 何苗
/// 通讯员 王芳）, 第十二条.
const LATE: u32 = 20;

impl SpaceCounts {
    const NOTHING: SpaceCounts = SpaceCounts {
        gaps: 0,
        spaced: 0,
        loose: 0,
        wide: (0, 0),
        white: 0,
        sides: [0; 2],
        before_token: 0,
        last_token: 0,
        open: 0,
        late: 0,
        parted: false,
    };

    /// Counts a space after so many glyphs.
    #[inline]
    fn space(&mut self, glyphs: u32) {
        if self.open == 0 {
            self.last_token = glyphs - self.before_token;
            self.before_token = glyphs;
        }
        self.open += 1;
    }

    /// Counts the gap before a glyph of this class. A space beside a mark, or one between single glyphs, takes no
    /// room in the line's width.
    #[inline(never)] // rare, and its variables would take registers from the walk
    fn close(&mut self, last: u32, class: u8) {
        let beside = (last == AFTER_HAN, class == HAN);
        let inner = beside == (true, true);
        if inner && self.last_token == 1 && self.open > 1 {
            // A wide gap after a single glyph is letter-spacing if the whole line is spaced so, else the edge of a
            // field.
            self.wide.0 += 1;
            self.wide.1 += self.open;
        } else if inner && self.last_token == 1 {
            self.spaced += 1;
        } else if self.open == 1 && beside.0 != beside.1 {
            // A quarter em between Han and digits or Latin.
            self.sides[0] += u32::from(class == DIGIT);
            self.sides[1] += u32::from(last == AFTER_DIGIT);
        } else {
            self.loose += u32::from(inner && self.open == 1);
            self.gaps += 1;
            self.late += u32::from(self.before_token > LATE);
            self.white += self.open;
        }
        self.open = 0;
        self.parted = true;
    }
}

/// Stores the counts in their line.
#[inline]
fn write(counts: &GlyphCounts, all: &SpaceCounts, line: &mut Line) {
    let glyphs = counts.glyphs();
    let [width, marks, digits, latin] = counts.sums.to_array();
    let &SpaceCounts { mut gaps, mut spaced, mut white, wide, sides, .. } = all;
    if wide.0 >= 3 && wide.0 * 10 >= (glyphs - 1) * 6 {
        // Letter-spaced throughout, at marks, too.
        spaced += wide.0;
        (gaps, white) = (0, 0);
    } else if gaps == 0 && wide.0 + 1 >= glyphs {
        spaced += wide.0;
    } else {
        gaps += wide.0;
        white += wide.1;
    }
    let quarters = sides[0] + sides[1];
    // A quarter em is half a half-width, so two of them count as one.
    let width = width + 2 * (counts.han / 3) as u32 + white + quarters / 2;
    let marks = marks - u32::from(line.last.is_in(MARKS));
    let all_counts = [width, glyphs, marks, gaps, spaced, all.loose, digits, latin];
    let sides = [counts.sides[0], sides[0], counts.sides[1], sides[1]];
    // Width and glyphs are the largest of the counts.
    if width.max(glyphs) <= u32::from(MAX_COUNT) {
        line.count(all_counts, quarters, sides, |n| n as u16);
    } else {
        line.count(all_counts, quarters, sides, |n| n.min(u32::from(MAX_COUNT)) as u16);
    }
}

/// The state of the walk along a page's lines.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    text: &'a str,
    lines: &'a mut Vec<Line>,
    pairs: &'a mut Vec<PairMark>,
    spare: &'a mut String,
    spaces: SpaceCounts,
    /// Where the current line begins, and where its text begins after the indent.
    begin: usize,
    from: usize,
    bracketed: bool,
    /// Empty lines before it.
    blanks: u8,
    stray: StraySpaces,
}

/// Totals of all lines that tell whether spaces are strewn over the page's words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StraySpaces {
    /// Lines of running text, and those of them with single spaces between Han.
    pub marked: u32,
    pub noisy: u32,
    /// Letter-spaces, and glyphs, of all lines.
    pub spaced: u32,
    pub glyphs: u32,
}

impl<'a> Walk<'a> {
    /// A walk along `text`. It fills `lines` with the lines that have text, and `pairs` with the marks of pairs.
    pub fn new(
        text: &'a str,
        lines: &'a mut Vec<Line>,
        pairs: &'a mut Vec<PairMark>,
        spare: &'a mut String,
    ) -> Walk<'a> {
        lines.clear();
        pairs.clear();
        Walk {
            text,
            lines,
            pairs,
            spare,
            spaces: SpaceCounts::NOTHING,
            begin: 0,
            from: 0,
            bracketed: false,
            blanks: 0,
            stray: StraySpaces::default(),
        }
    }

    /// Measures all lines.
    pub fn run(mut self, non_han: &NonHanIndex) -> StraySpaces {
        let bytes = self.text.as_bytes();
        let mut done = 0;
        // Locals, so that they stay in registers. `head_end` is where the Han at the line's beginning end.
        let (mut counts, mut head_end) = (GlyphCounts::NOTHING, usize::MAX);
        non_han.each(|at| {
            let han = at - done;
            if self.spaces.open > 0 && han > 0 {
                self.spaces.close(counts.last, HAN);
            }
            counts.han(han);
            head_end = head_end.min(at);
            done = at + 1;
            match bytes.get(at) {
                Some(b'\n') | None => {
                    self.end_line(at, head_end, &counts);
                    counts = GlyphCounts::NOTHING;
                    (self.begin, self.from, head_end) = (done, done, usize::MAX);
                }
                Some(b' ') => {
                    if counts.is_nothing() {
                        (self.from, head_end) = (done, usize::MAX);
                    } else {
                        self.spaces.space(counts.glyphs());
                    }
                }
                Some(_) => {
                    let (code, len) = code_at(self.text, at);
                    done = at + len;
                    let glyph = Glyph::of_code(code);
                    if self.spaces.open > 0 {
                        self.spaces.close(counts.last, glyph.number());
                    }
                    counts.glyph(glyph);
                    self.note_pair(code, glyph);
                }
            }
        });
        self.stray
    }

    #[inline]
    fn note_pair(&mut self, code: u32, glyph: Glyph) {
        const PAIRS: u32 = Class::set(&[Class::OpenQuote, Class::CloseQuote, Class::OpenBracket, Class::CloseBracket]);
        if PAIRS >> glyph.number() & 1 == 1
            && let Some((kind, opens)) = PAIR_MARKS[pair_place(code)]
        {
            self.bracketed |= kind == 1;
            self.pairs.push(PairMark { line: self.lines.len() as u32, kind, opens });
        }
    }

    /// Ends the current line.
    fn end_line(&mut self, end: usize, head_end: usize, counts: &GlyphCounts) {
        if counts.is_nothing() {
            self.blanks = self.blanks.saturating_add(u8::from(!self.lines.is_empty()));
            return;
        }
        let (from, to) = (self.from, end - self.spaces.open as usize);
        let head = head_end - from;
        // Filled in place: a line is large, and a copy would cost more than measuring it.
        self.lines.push(Line::default());
        let Some(line) = self.lines.last_mut() else { return };
        let body = &self.text[from..to];
        line.start = from as u32;
        line.end = to as u32;
        line.indent = (from - self.begin).min(usize::from(MAX_COUNT)) as u16;
        line.blanks = std::mem::take(&mut self.blanks);
        line.plain = body.len() == head;
        (line.parted, line.bracketed) = (self.spaces.parted, self.bracketed);
        line.first_char = first_of(body).unwrap_or_default();
        line.last_chars[0] = last_of(body).unwrap_or_default();
        (line.first, line.last) = (class_of(line.first_char), class_of(line.last_chars[0]));
        write(counts, &self.spaces, line);
        let closed = line.last.is_in(Class::set(&[Class::CloseQuote, Class::CloseBracket]));
        if line.last_chars[0].is_ascii() | matches!(line.last_chars[0], '．' | '·') | closed {
            read_last_word(line, body);
        }
        line.short_tail = has_short_tail(line, body);
        self.stray.spaced += u32::from(line.spaced);
        self.stray.glyphs += u32::from(line.glyphs);
        let running = (line.marks > 0) & (line.glyphs >= 10);
        self.stray.marked += u32::from(running);
        self.stray.noisy += u32::from(running & (line.loose > 0));
        line.folio = (line.digits > 0) & (line.glyphs < 48) & self.spaces.parted && super::folio::is_folio(body);
        line.first_word_width = if head > 3 { 2 } else { first_word_width(body) };
        line.label = (head.wrapping_sub(6) <= 21) & ends_label(self.text.as_bytes(), head_end);
        line.speaker = (head == 3) & is_colon(self.text.as_bytes(), head_end);
        line.late_gaps = self.spaces.late.min(u32::from(MAX_COUNT)) as u16;
        line.cue = cue_of(body, head / 3);
        if line.cue != Cue::None {
            line.item_number = item_of(line.cue, body);
        }
        line.tail = tail_of(body, line.last_chars[0]);
        if line.spaced > 0 {
            read_through_spacing(line, body, self.spare);
        }
        self.spaces = SpaceCounts::NOTHING;
        self.bracketed = false;
    }
}

/// Whether a colon of either width is at `at`, or the bracket of an aside. Without branches: nothing predicts it.
#[inline]
fn ends_label(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at).copied().unwrap_or_default();
    let bracket = bytes.get(at..).and_then(|rest| rest.first_chunk()) == Some(&[0xEF, 0xBC, 0x88]);
    is_colon(bytes, at) | bracket | (next == b'(')
}

/// Whether a colon of either width is at `at`.
#[inline]
fn is_colon(bytes: &[u8], at: usize) -> bool {
    let wide = bytes.get(at..).and_then(|rest| rest.first_chunk()) == Some(&[0xEF, 0xBC, 0x9A]);
    wide | (bytes.get(at) == Some(&b':'))
}

/// The code of the character at `at`, and its length. Nearly all have one byte or three; both are decoded and one is
/// selected.
#[inline]
fn code_at(text: &str, at: usize) -> (u32, usize) {
    match text.as_bytes().get(at..).and_then(|rest| rest.first_chunk()) {
        Some(&four) if (four[0] < 0x80) | (four[0] >> 4 == 0xE) => {
            let [short, is_long] = [u32::from(four[0]), (i32::from(four[0] as i8) >> 7) as u32];
            let four = u32::from_le_bytes(four);
            let long = four << 12 & 0xF000 | four >> 2 & 0xFC0 | four >> 16 & 0x3F;
            (short ^ (short ^ long) & is_long, 1 + (is_long & 2) as usize)
        }
        _ => seldom(text, at),
    }
}

/// The same for characters of two or four bytes, and near the end of the text.
#[cold]
fn seldom(text: &str, at: usize) -> (u32, usize) {
    let c = text[at..].chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
    (c.into(), c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_of_pairs_says_what_the_rule_says() {
        let pairs = [Class::OpenQuote, Class::CloseQuote, Class::OpenBracket, Class::CloseBracket];
        for c in ('\0'..=char::MAX).filter(|&c| pairs.contains(&class_of(c))) {
            assert_eq!(PAIR_MARKS[pair_place(c.into())], pair_of(c), "{c:?}");
        }
    }

    proptest! {
        /// Compared with a count that goes character by character.
        #[test]
        fn lines_are_measured_as_their_characters_say(text in "(渠{0,30}|[水，。“（）12１aB 〇䷀䶵𠀀é\n]{1,3}){0,30}") {
            let (mut lines, mut pairs, mut spare) = (Vec::new(), Vec::new(), String::new());
            let mut non_han = NonHanIndex::default();
            non_han.read(&text);
            Walk::new(&text, &mut lines, &mut pairs, &mut spare).run(&non_han);
            let bodies: Vec<&str> = text.split('\n').map(|line| line.trim_matches(' ')).filter(|b| !b.is_empty()).collect();
            prop_assert_eq!(lines.len(), bodies.len());
            for (line, body) in lines.iter().zip(bodies) {
                prop_assert_eq!(&text[line.start as usize..line.end as usize], body);
                let glyphs: Vec<char> = body.chars().filter(|&c| c != ' ').collect();
                let of = |class: Class| glyphs.iter().filter(|&&c| class_of(c) == class).count();
                let meet = |a: Class, b: Class| glyphs.windows(2).filter(|w| (class_of(w[0]), class_of(w[1])) == (a, b)).count();
                let is_mark = |c: char| class_of(c).is_in(MARKS);
                let (last, rest) = (glyphs.last(), &glyphs[..glyphs.len() - 1]);
                prop_assert_eq!(usize::from(line.glyphs), glyphs.len());
                prop_assert_eq!((usize::from(line.digits), usize::from(line.latin)), (of(Class::Digit), of(Class::Latin)));
                prop_assert_eq!(usize::from(line.marks), rest.iter().filter(|&&c| is_mark(c)).count());
                let (to_digit, _, to_han, _) = line.quarter_sides;
                prop_assert_eq!(usize::from(to_digit), meet(Class::Han, Class::Digit));
                prop_assert_eq!(usize::from(to_han), meet(Class::Digit, Class::Han));
                prop_assert_eq!((line.first_char, Some(&line.last_chars[0])), (glyphs[0], last));
                prop_assert_eq!((line.first, line.parted), (class_of(glyphs[0]), body.contains(' ')));
                prop_assert_eq!(line.plain, body.chars().all(|c| matches!(c, '渠' | '水' | '䶵')));
                prop_assert_eq!(line.bracketed, body.contains(['（', '）']));
                if !body.contains(' ') {
                    prop_assert_eq!(u32::from(line.width), glyphs.iter().map(|&c| Glyph::of(c).width()).sum::<u32>());
                }
            }
        }
    }
}
