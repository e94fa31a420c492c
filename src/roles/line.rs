//! One typeset line, measured.

use super::again::Again;
use super::class::{Class, Glyph};
use super::cue::{Cue, Tail, cue_of, item_of, may_announce, tail_of};
use super::landmarks::Landmarks;

/// One typeset line, measured.
#[derive(Debug, Clone, Copy, Default)]
pub struct Line {
    /// First byte of its text (indent left out) in the page.
    pub start: u32,
    /// End of its text (spaces at the end left out).
    pub end: u32,
    /// Spaces before its text, in half-widths.
    pub indent: u16,
    /// Empty lines before it.
    pub blanks: u8,
    /// Set width in half-widths; the gaps of letter-spacing do not count.
    pub width: u16,
    /// Width of its first word that cannot be broken, with the marks that cling to it: what would have had to
    /// fit on the line above.
    pub lead: u16,
    /// Characters that are not space.
    pub glyphs: u16,
    /// Digits among them.
    pub digits: u16,
    /// Latin letters among them.
    pub latin: u16,
    /// Stops, commas, semicolons and 、 before the last character.
    pub marks: u16,
    /// Gaps between words or fields: runs of spaces that are not letter-spacing.
    pub gaps: u16,
    /// Gaps between single glyphs: letter-spacing.
    pub spaced: u16,
    /// Single spaces between Han that are neither letter-spacing nor beside a single glyph.
    pub loose: u16,
    /// How the line comes again further off, as running heads and folios do.
    pub again: Again,
    /// Places with one space where Han meets a digit or a digit Han.
    pub quarters: u16,
    /// Places where Han meets a digit, those of them with a space, where a digit meets Han, and those with a space.
    pub quarter_sides: (u16, u16, u16, u16),
    /// Class of the first character.
    pub first: Class,
    /// Class of the last character, or [`Class::ClosedStop`].
    pub last: Class,
    /// First character.
    pub head: char,
    /// The last character; and the one before it where the last may be a mark inside a word or a number (ASCII, ．).
    pub foot: [char; 2],
    /// How firmly words bind its last Han to the first of the next line: 0 where one of them is no Han, 1 (not at all) to
    /// 4 (words that are frequent).
    pub bond: u8,
    /// What its beginning announces.
    pub cue: Cue,
    /// What its end announces.
    pub tail: Tail,
    /// The pair of marks that is open at its end and closes within a few lines: 1 quotes, 2 brackets,
    /// 3 book title marks; 4 a mark that opened here and never closes; 0 none.
    pub open: u8,
    /// Its text was painted twice and is single now.
    pub doubled: bool,
    /// Nothing but Han, and no space between them.
    pub plain: bool,
    /// It holds a bracket.
    pub bracketed: bool,
    /// Several fields, all of them furniture's: a folio or date line.
    pub folio: bool,
    /// Its last word is a web or mail address.
    pub address: bool,
    /// Number of the list item that it begins (1 for an unnumbered bullet or speaker), or 0.
    pub item: u16,
    /// Its place in a list: 0 none, 1 an item of its kind stands shortly above, 2 shortly below, 3 both, 4 neither.
    pub list: u8,
    /// Narrower than the next line or its column by an indent of two em.
    pub narrow: bool,
    /// Wider than any column, and hardly a neighbour as wide: a paragraph that was never broken.
    pub unbroken: bool,
    /// Lines in a row, itself among them, that stay well short of the column around them (255 at most).
    pub short_run: u8,
}

impl Line {
    #[inline]
    fn count(&mut self, counts: [u32; 8], quarters: u32, sides: [u32; 4], cap: impl Fn(u32) -> u16) {
        let [width, glyphs, marks, gaps, spaced, loose, digits, latin] = counts.map(&cap);
        (self.width, self.glyphs, self.marks, self.gaps) = (width, glyphs, marks, gaps);
        (self.spaced, self.loose, self.digits, self.latin) = (spaced, loose, digits, latin);
        self.quarters = cap(quarters);
        self.quarter_sides = sides.map(cap).into();
    }
}

/// What is counted of a line stops here, so that the double of a count, or a sum of three, still fits its sixteen bits:
/// a line of 16,383 glyphs, where the longest paragraph of the bench has 140.
pub(super) const MOST_COUNTED: u16 = u16::MAX / 4;

/// Width of the first unbreakable word: one Han or a whole run of Latin and digits, with closing marks behind it, or
/// with what an opening mark opens.
fn lead_width(body: &str) -> u16 {
    const CLINGS: u32 = Class::set(&[
        Class::Stop,
        Class::Comma,
        Class::Enumeration,
        Class::Semicolon,
        Class::Colon,
        Class::CloseQuote,
        Class::CloseBracket,
        Class::Unit,
    ]);
    const OPENS: u32 = Class::set(&[Class::OpenBracket, Class::OpenQuote]);
    const GLYPHS: usize = 40; // no column is wider
    let latin = body.starts_with(|c: char| c.is_ascii_graphic());
    let mut width = 0;
    let mut word = false;
    for c in body.chars().take(GLYPHS) {
        let glyph = Glyph::of(c);
        if !word {
            word = OPENS >> glyph.number() & 1 == 0;
        } else if CLINGS >> glyph.number() & 1 == 0 && !(latin && c.is_ascii_graphic() && width < 2 * GLYPHS as u32) {
            break;
        }
        width += glyph.width();
    }
    width as u16
}

/// Letter-spacing hides no phrase: 本 报 讯 opens a story as 本报讯 does.
fn read_through_spacing(line: &mut Line, body: &str, spare: &mut String) {
    const PHRASE: usize = 8; // characters, more than any phrase of the tables has
    if line.cue == Cue::None {
        spare.clear();
        spare.extend(body.chars().filter(|&c| c != ' ').take(PHRASE));
        line.cue = cue_of(spare, 0);
        line.item = item_of(line.cue, spare);
    }
    if line.tail == Tail::None && may_announce(line.foot[0]) {
        let foot = body.char_indices().rev().filter(|&(_, c)| c != ' ').take(PHRASE).last();
        spare.clear();
        spare.extend(body[foot.map_or(0, |(at, _)| at)..].chars().filter(|&c| c != ' '));
        line.tail = tail_of(spare, line.foot[0]);
    }
}

/// A mark of a pair, where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct PairMark {
    /// Number of the line.
    pub line: u32,
    /// 0 quotes, 1 brackets, 2 book title marks.
    pub kind: u8,
    pub opens: bool,
}

/// The pair that a mark opens or closes, of those that a line may leave open.
fn pair_of(c: char) -> Option<(u8, bool)> {
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

const HAN: u8 = Class::Han as u8;
const DIGIT: u8 = Class::Digit as u8;
const OTHER: u8 = Class::Other as u8;

/// What a glyph of each class adds to the kinds that are counted.
static KINDS: [u64; 32] = {
    let mut kinds = [0; 32];
    kinds[DIGIT as usize] = 1;
    kinds[Class::Latin as usize] = 1 << 32;
    kinds
};

/// Marks that running text has.
const MARKS: u32 = Class::set(&[Class::Stop, Class::Comma, Class::Enumeration, Class::Semicolon]);

/// What is counted on the way along a line.
#[derive(Debug)]
struct Tally {
    glyphs: u32,
    /// Digits in the low half, Latin letters in the high one.
    kinds: u64,
    /// Marks, the last character among them.
    marks: u32,
    gaps: u32,
    /// Gaps between single Han, of one space; and single spaces between Han that are no such gaps.
    spaced: u32,
    loose: u32,
    /// Wide gaps behind a single glyph, and their spaces.
    wide: (u32, u32),
    /// Half-widths of the glyphs, and of the gaps that count.
    ink: u32,
    white: u32,
    /// Where Han meets a digit; the same with a space; where a digit meets Han; the same with a space.
    sides: [u32; 4],
    /// Classes, by their numbers.
    first: u8,
    before: u8,
    last: u8,
    /// Glyphs before the token at hand, and of the one before it.
    before_token: u32,
    last_token: u32,
    /// Spaces since the last glyph.
    gap: u32,
    /// Whether there was a space between two glyphs.
    parted: bool,
}

impl Tally {
    const NOTHING: Tally = Tally {
        glyphs: 0,
        kinds: 0,
        marks: 0,
        gaps: 0,
        spaced: 0,
        loose: 0,
        wide: (0, 0),
        ink: 0,
        white: 0,
        sides: [0; 4],
        first: OTHER,
        before: OTHER,
        last: OTHER,
        before_token: 0,
        last_token: 0,
        gap: 0,
        parted: false,
    };

    #[inline]
    fn space(&mut self) {
        if self.glyphs == 0 {
            return; // an indent
        }
        if self.gap == 0 {
            self.last_token = self.glyphs - self.before_token;
            self.before_token = self.glyphs;
        }
        self.gap += 1;
    }

    /// `n` Han of the bulk that follow each other without a space, and something else behind them.
    #[inline]
    fn han(&mut self, n: u32) {
        self.meet(HAN);
        self.sides[2] += u32::from(self.last == DIGIT);
        self.glyphs += n;
        self.ink += 2 * n;
        self.last = HAN;
    }

    /// A glyph of ASCII.
    #[inline]
    fn ascii(&mut self, glyph: Glyph) {
        let class = glyph.number();
        self.meet(class);
        self.sides[0] += u32::from(class == DIGIT && self.last == HAN);
        self.kinds += KINDS[usize::from(class) % KINDS.len()];
        self.take(glyph);
    }

    /// Any other glyph: a mark nearly always, of which the less is asked.
    #[inline]
    fn wide(&mut self, glyph: Glyph) {
        const WORDS: u32 = Class::set(&[Class::Han, Class::Digit, Class::Latin]);
        let class = glyph.number();
        if WORDS >> class & 1 == 1 {
            return self.word(glyph);
        }
        self.meet(class);
        self.take(glyph);
    }

    /// A full-width digit or letter, or a Han beyond the bulk.
    #[cold]
    fn word(&mut self, glyph: Glyph) {
        if glyph.number() == HAN {
            let before = self.last;
            self.han(1);
            self.before = before;
        } else {
            self.ascii(glyph);
        }
    }

    #[inline]
    fn take(&mut self, glyph: Glyph) {
        let class = glyph.number();
        self.marks += MARKS >> class & 1;
        self.glyphs += 1;
        self.ink += glyph.width();
        self.before = self.last;
        self.last = class;
    }

    /// A glyph of this class comes behind the last.
    #[inline]
    fn meet(&mut self, class: u8) {
        if self.gap > 0 {
            self.close_gap(class);
        }
    }

    /// What was counted, into its line.
    fn write(&self, line: &mut Line) {
        let &Tally { glyphs, wide, sides, .. } = self;
        let (mut spaced, mut gaps, mut white) = (self.spaced, self.gaps, self.white);
        if wide.0 >= 3 && wide.0 * 10 >= (glyphs - 1) * 6 {
            // Letter-spaced throughout, marks too.
            spaced += wide.0;
            (gaps, white) = (0, 0);
        } else if gaps == 0 && wide.0 + 1 >= glyphs {
            spaced += wide.0;
        } else {
            gaps += wide.0;
            white += wide.1;
        }
        let quarters = sides[1] + sides[3];
        // A quarter em is half a half-width; two of them are worth one.
        let width = self.ink + white + quarters / 2;
        let marks = self.marks - (MARKS >> self.last & 1);
        let counts = [width, glyphs, marks, gaps, spaced, self.loose, self.kinds as u32, (self.kinds >> 32) as u32];
        // No count but the width is larger than that of the glyphs.
        if width.max(glyphs) <= u32::from(MOST_COUNTED) {
            line.count(counts, quarters, sides, |n| n as u16);
        } else {
            line.count(counts, quarters, sides, |n| n.min(u32::from(MOST_COUNTED)) as u16);
        }
        (line.first, line.last) = (Class::numbered(self.first), Class::numbered(self.last));
    }

    /// A space beside a mark, or one between single glyphs, takes no room of its own in the measure.
    fn close_gap(&mut self, class: u8) {
        let inner = self.last == HAN && class == HAN;
        if inner && self.last_token == 1 && self.gap > 1 {
            // A wide gap behind a single glyph: letter-spacing if all the line is so, else a field's edge.
            self.wide.0 += 1;
            self.wide.1 += self.gap;
        } else if inner && self.last_token == 1 {
            self.spaced += 1;
        } else if self.gap == 1 && (self.last == HAN) != (class == HAN) {
            // A quarter em beside digits and Latin.
            self.sides[1] += u32::from(class == DIGIT);
            self.sides[3] += u32::from(self.last == DIGIT);
        } else {
            self.loose += u32::from(inner && self.gap == 1);
            self.gaps += 1;
            self.white += self.gap;
        }
        self.gap = 0;
        self.parted = true;
    }
}

/// The walk along a page's lines, from one landmark to the next.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    text: &'a str,
    lines: &'a mut Vec<Line>,
    pairs: &'a mut Vec<PairMark>,
    spare: &'a mut String,
    tally: Tally,
    /// Where the line at hand begins, and its text, and where that ends so far.
    begin: usize,
    from: usize,
    to: usize,
    /// Bytes of Han in it before anything else.
    head: usize,
    /// Its last character so far, if that is no such Han.
    last: Option<char>,
    bracketed: bool,
    /// Empty lines before it.
    blanks: u8,
    strewn: Strewn,
}

/// What a page's lines say together of spaces that may be strewn over its words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Strewn {
    /// Lines of running text, and those of them with single spaces between Han.
    pub marked: u32,
    pub noisy: u32,
    /// Letter-spaces, and glyphs, of all lines.
    pub spaced: u32,
    pub glyphs: u32,
}

impl<'a> Walk<'a> {
    /// A walk along `text`: lines with text go to `lines`, marks of pairs to `pairs`.
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
            tally: Tally::NOTHING,
            begin: 0,
            from: 0,
            to: 0,
            head: 0,
            last: None,
            bracketed: false,
            blanks: 0,
            strewn: Strewn::default(),
        }
    }

    /// Measures all lines.
    pub fn run(mut self, landmarks: &Landmarks) -> Strewn {
        let bytes = self.text.as_bytes();
        let mut done = 0;
        landmarks.each(|at| {
            let han = at - done;
            if han > 0 {
                if self.tally.glyphs == 0 {
                    (self.from, self.head, self.tally.first) = (done, han, HAN);
                }
                self.tally.han((han / 3) as u32);
                (self.to, self.last) = (at, None);
            }
            done = at + 1;
            match bytes.get(at) {
                Some(b'\n') | None => {
                    if self.tally.glyphs > 0 {
                        self.end_line();
                    } else {
                        self.blanks = self.blanks.saturating_add(u8::from(!self.lines.is_empty()));
                    }
                    self.begin = done;
                }
                Some(b' ') => self.tally.space(),
                Some(&b) if b.is_ascii() => {
                    let c = char::from(b);
                    let glyph = self.begins_with(c, at);
                    self.tally.ascii(glyph);
                    self.note_pair(c, glyph);
                    (self.to, self.last) = (done, Some(c));
                }
                Some(&b) => {
                    let c = match b {
                        0xE0..=0xEF => three_byte(bytes, at),
                        _ => self.text[at..].chars().next().unwrap_or(char::REPLACEMENT_CHARACTER),
                    };
                    done = at + if b >> 4 == 0xE { 3 } else { c.len_utf8() };
                    let glyph = self.begins_with(c, at);
                    self.tally.wide(glyph);
                    self.note_pair(c, glyph);
                    (self.to, self.last) = (done, Some(c));
                }
            }
        });
        self.strewn
    }

    /// What stands here, with which the line may begin.
    #[inline]
    fn begins_with(&mut self, c: char, at: usize) -> Glyph {
        let glyph = Glyph::of(c);
        if self.tally.glyphs == 0 {
            (self.from, self.head, self.tally.first) = (at, 0, glyph.number());
        }
        glyph
    }

    #[inline]
    fn note_pair(&mut self, c: char, glyph: Glyph) {
        const PAIRS: u32 = Class::set(&[Class::OpenQuote, Class::CloseQuote, Class::OpenBracket, Class::CloseBracket]);
        if PAIRS >> glyph.number() & 1 == 1
            && let Some((kind, opens)) = pair_of(c)
        {
            self.bracketed |= kind == 1;
            self.pairs.push(PairMark { line: self.lines.len() as u32, kind, opens });
        }
    }

    fn end_line(&mut self) {
        // Filled in where it stands: a line is long, and copying it would cost more than measuring it.
        self.lines.push(Line::default());
        let Some(line) = self.lines.last_mut() else { return };
        let body = &self.text[self.from..self.to];
        line.start = self.from as u32;
        line.end = self.to as u32;
        line.indent = (self.from - self.begin).min(usize::from(MOST_COUNTED)) as u16;
        line.blanks = std::mem::take(&mut self.blanks);
        line.plain = body.len() == self.head;
        line.bracketed = self.bracketed;
        self.tally.write(line);
        self.strewn.spaced += u32::from(line.spaced);
        self.strewn.glyphs += u32::from(line.glyphs);
        let running = line.marks > 0 && line.glyphs >= 10;
        self.strewn.marked += u32::from(running);
        self.strewn.noisy += u32::from(running && line.loose > 0);
        line.head = match self.head {
            0 => body.chars().next().unwrap_or_default(),
            _ => three_byte(body.as_bytes(), 0),
        };
        match self.last {
            None => line.foot = [three_byte(body.as_bytes(), body.len() - 3), '\0'],
            Some(c) => {
                line.foot = [c, '\0'];
                if c.is_ascii() || c == '．' {
                    line.foot[1] = body.chars().rev().filter(|&c| c != ' ').nth(1).unwrap_or_default();
                }
                write_last(line, body, self.tally.before);
            }
        }
        line.folio = line.digits > 0 && line.glyphs < 48 && self.tally.parted && super::furniture::is_folio(body);
        line.lead = if self.head > 3 { 2 } else { lead_width(body) };
        line.cue = cue_of(body, self.head / 3);
        if line.cue != Cue::None {
            line.item = item_of(line.cue, body);
        }
        line.tail = tail_of(body, line.foot[0]);
        if line.spaced > 0 {
            read_through_spacing(line, body, self.spare);
        }
        self.tally = Tally::NOTHING;
        self.bracketed = false;
    }
}

/// The character of three bytes that stands here.
#[inline]
fn three_byte(bytes: &[u8], at: usize) -> char {
    let [a, b, c] = bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default();
    let code = u32::from(a & 0xF) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F);
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// What a line's last word is, beyond the class of its last character.
fn write_last(line: &mut Line, body: &str, before: u8) {
    let before = Class::numbered(before);
    let last = line.last;
    // A full point behind Han is the stop of a page set with half-width marks.
    if matches!(line.foot[0], '.' | '．') && matches!(before, Class::Han | Class::CloseBracket | Class::CloseQuote) {
        line.last = Class::Stop;
    }
    if matches!(last, Class::CloseQuote | Class::CloseBracket) && before == Class::Stop {
        line.last = Class::ClosedStop;
    }
    if line.foot[0].is_ascii_alphanumeric() || matches!(line.foot[0], '@' | '/' | '.' | '-' | '~') {
        let word = body.rsplit(|c: char| !c.is_ascii_graphic()).next().unwrap_or_default();
        line.address = is_address(word);
    }
}

/// Whether a word of ASCII is a web or mail address.
fn is_address(word: &str) -> bool {
    // Nearly all are numbers.
    let held = |mark: u8| word.as_bytes().contains(&mark);
    held(b'@') || held(b':') && word.contains("://") || held(b'w') && word.contains("www.")
}
