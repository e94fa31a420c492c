//! One typeset line, measured.

use super::class::{Class, Glyph, OPENS, class_of};
use super::cue::{added_cue, added_tail, cue_of, item_of, may_announce, tail_of};
use super::folio::is_all_folio;
use super::opening::Opening;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::cues::{Cue, Tail};

/// How a line recurs on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Recurrence {
    /// Not at all, or close by only.
    #[default]
    No,
    /// The same words with any number: a running head.
    Words,
    /// The next number or the one before: a folio.
    Number,
}

/// How many kinds of recurrence there are.
pub const RECURRENCES: usize = 3;

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
    /// Set width in half-widths. Gaps of letter-spacing do not count.
    pub width: u16,
    /// Width of its first unbreakable word with the marks that cling to it: what would have had to fit on the line
    /// above.
    pub first_word_width: u16,
    /// Characters without spaces.
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
    /// Whether the line recurs further off, as running heads and folios do.
    pub recurrence: Recurrence,
    /// Places with one space between Han and a digit, in either order.
    pub quarters: u16,
    /// How often Han meets a digit, how often with a space between; how often a digit meets Han, how often with a
    /// space.
    pub quarter_sides: (u16, u16, u16, u16),
    /// Class of the first character.
    pub first: Class,
    /// Class of the last character, or [`Class::ClosedStop`].
    pub last: Class,
    /// First character.
    pub first_char: char,
    /// The last character. The one before it is set only where the last may be a mark inside a word, a number or a name (ASCII,
    /// ． ·).
    pub last_chars: [char; 2],
    /// How firmly words bind its last Han to the first Han of the next line: from 1 (not at all) to 4 (frequent
    /// words), or 0 if one of the two is no Han.
    pub bond: u8,
    /// How likely a unit ends below it, by the characters above and below the break: a step from 1 (hardly) to 9 (surely),
    /// or 0 where nobody looked: on usual pages, and where the widths say enough.
    pub ending: u8,
    /// Its text goes on below it, because no unit ends as it does, or begins as the next line does; `false` on long usual
    /// pages, where nobody looked.
    pub bound: bool,
    /// Where in its row the break below it is, read from the widths of its pieces; 0 where nobody looked: on usual pages, and where rows
    /// arrived whole.
    pub row_place: u8,
    /// It is a person's name and nothing else; `false` on usual pages, where nobody looked.
    pub name: bool,
    /// The line below begins with the same character.
    pub alike: bool,
    /// What its beginning announces.
    pub cue: Cue,
    /// What its end announces.
    pub tail: Tail,
    /// It begins with some Han and a colon, or an aside: 租金标准：, 招标人（盖章）：.
    pub label: bool,
    /// It begins with one Han and a colon: the short name of a speaker in the record of a talk, 王：.
    pub speaker: bool,
    /// It ends as a row of a table of contents does: dots of a leader and a page number, perhaps a name between them.
    pub contents: bool,
    /// It begins with an item of a list that is set in running text, as 3、 is in 1、…；2、…；3、….
    pub run_in: bool,
    /// Gaps further from its beginning than what opens a story or a list stands there.
    pub late_gaps: u16,
    /// Its first gap sets off the word or number that it begins with, as in other lines near it.
    pub led: bool,
    /// What its text, beside its neighbours', says of the break above it.
    pub opening: Opening,
    /// The kind of pair that is open at the line's end and closes within a few lines: 1 quotes, 2 brackets, 3 book
    /// title marks; 4 if a mark opened here and never closes; else 0.
    pub open: u8,
    /// Its text was printed twice; the copy is removed.
    pub doubled: bool,
    /// Its last one or two Han stand behind a mark, as in 渠水清清，我们: hardly a unit ends so.
    pub short_tail: bool,
    /// It is nothing but Han without spaces.
    pub plain: bool,
    /// It has a space inside.
    pub parted: bool,
    /// It has a bracket.
    pub bracketed: bool,
    /// It is a folio or date line: several fields, all of them furniture.
    pub folio: bool,
    /// Its last word is a web or mail address.
    pub address: bool,
    /// Number of the list item that it begins (1 for a bullet or speaker without a number), or 0.
    pub item_number: u16,
    /// Neighbours in a list: 0 it is no item, 1 an item of its kind is shortly above, 2 shortly below, 3 both, 4
    /// neither.
    pub list_position: u8,
    /// Narrower than the next line or its column by an indent of two em.
    pub narrow: bool,
    /// Wider than any column, and hardly a neighbour is as wide: a paragraph that was never broken.
    pub unbroken: bool,
    /// Length of the run of lines, this one among them, that are well short of the column around them; 255 at most.
    pub short_run: u8,
}

impl Line {
    /// Reads the cues of words that a caller added. The tables of phrases know the built-in words only.
    pub(super) fn read_added(&mut self, text: &str, words: &Vocabulary) {
        let body = &text[self.start as usize..self.end as usize];
        if self.cue == Cue::None {
            self.cue = added_cue(body, words);
        }
        if self.tail == Tail::None {
            self.tail = added_tail(body, words);
        }
        self.folio |= self.digits > 0 && self.parted && is_all_folio(body, words);
    }

    /// The line above a page's first line and below its last one.
    pub(crate) const BEYOND_PAGE: Line = Line {
        start: 0,
        end: 0,
        indent: 0,
        blanks: 0,
        width: 0,
        first_word_width: 0,
        glyphs: 0,
        digits: 0,
        latin: 0,
        marks: 0,
        gaps: 0,
        spaced: 0,
        first: Class::Other,
        last: Class::Other,
        first_char: '\0',
        last_chars: ['\0'; 2],
        bond: 0,
        ending: 0,
        bound: false,
        row_place: 0,
        name: false,
        alike: false,
        cue: Cue::None,
        tail: Tail::None,
        label: false,
        speaker: false,
        run_in: false,
        late_gaps: 0,
        contents: false,
        led: false,
        opening: Opening::None,
        open: 0,
        doubled: false,
        address: false,
        folio: false,
        short_tail: false,
        plain: false,
        parted: false,
        bracketed: false,
        item_number: 0,
        list_position: 0,
        short_run: 0,
        loose: 0,
        recurrence: Recurrence::No,
        unbroken: false,
        narrow: false,
        quarters: 0,
        quarter_sides: (0, 0, 0, 0),
    };

    /// Whether the line is a byline by its cue.
    pub fn is_byline(&self) -> bool {
        self.cue == Cue::Byline
    }

    /// Whether the line is mostly Latin text.
    pub fn mostly_latin(&self) -> bool {
        u32::from(self.latin) * 2 > u32::from(self.glyphs)
    }

    /// Stores the counts, each of them no larger than `cap` allows.
    #[inline]
    pub(super) fn count(&mut self, counts: [u32; 8], quarters: u32, sides: [u32; 4], cap: impl Fn(u32) -> u16) {
        let [width, glyphs, marks, gaps, spaced, loose, digits, latin] = counts.map(&cap);
        (self.width, self.glyphs, self.marks, self.gaps) = (width, glyphs, marks, gaps);
        (self.spaced, self.loose, self.digits, self.latin) = (spaced, loose, digits, latin);
        self.quarters = cap(quarters);
        self.quarter_sides = sides.map(cap).into();
    }
}

/// Maximum of every count of a line. Twice a count, or the sum of three, then still fits 16 bits. A line would need
/// 16,383 glyphs to reach it; the longest paragraph of the bench has 140.
pub(crate) const MAX_COUNT: u16 = u16::MAX / 4;

/// Width of the first unbreakable word: one Han or a run of Latin and digits, with the closing marks after it, or an
/// opening mark with what it opens.
pub(super) fn first_word_width(body: &str) -> u16 {
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

/// Reads cues through letter-spacing: 本 报 讯 opens a story as 本报讯 does.
pub(super) fn read_through_spacing(line: &mut Line, body: &str, spare: &mut String) {
    const PHRASE: usize = 8; // characters; no phrase of the tables has more
    if line.cue == Cue::None {
        spare.clear();
        spare.extend(body.chars().filter(|&c| c != ' ').take(PHRASE));
        line.cue = cue_of(spare, 0);
        line.item_number = item_of(line.cue, spare);
    }
    if line.tail == Tail::None && may_announce(line.last_chars[0]) {
        let foot = body.char_indices().rev().filter(|&(_, c)| c != ' ').take(PHRASE).last();
        spare.clear();
        spare.extend(body[foot.map_or(0, |(at, _)| at)..].chars().filter(|&c| c != ' '));
        line.tail = tail_of(spare, line.last_chars[0]);
    }
}

/// Glyphs of the shortest line whose tail is looked at, of one Han and of two; a shorter one may be a list of names or a cell.
const LEAST_BEFORE_TAIL: [u16; 2] = [10, 12];

/// Whether the last Han of a line of running text, or the last two, stand behind a mark. Two behind 、 or a closing mark may end a
/// headline (“青鸾三号”卫星), two behind a stop may be who signs. A bar parts the fields of a row.
#[inline]
pub(super) fn has_short_tail(line: &Line, body: &str) -> bool {
    const COMMAS: u32 = Class::set(&[Class::Comma, Class::Semicolon]);
    const MARKS: u32 = COMMAS | Class::set(&[Class::Stop, Class::Enumeration, Class::CloseQuote, Class::CloseBracket]);
    let [one, two] = LEAST_BEFORE_TAIL;
    if (line.last != Class::Han) | (line.marks == 0) | (line.glyphs < one) {
        return false;
    }
    let mut before = body.chars().rev().filter(|&c| c != ' ').skip(1).map(class_of);
    let is_short = match before.next() {
        Some(Class::Han) => line.glyphs >= two && before.next().is_some_and(|third| third.is_in(COMMAS)),
        second => second.is_some_and(|second| second.is_in(MARKS)),
    };
    is_short && !body.contains(['|', '｜'])
}

/// Reads from the last word what the class of its last character does not say.
pub(super) fn read_last_word(line: &mut Line, body: &str) {
    let second = body.chars().rev().filter(|&c| c != ' ').nth(1);
    if line.last_chars[0].is_ascii() || matches!(line.last_chars[0], '．' | '·') {
        line.last_chars[1] = second.unwrap_or_default();
    }
    let before = second.map_or(Class::Other, class_of);
    let last = line.last;
    // A full point after Han is the stop of a page with half-width marks.
    if matches!(line.last_chars[0], '.' | '．')
        && matches!(before, Class::Han | Class::CloseBracket | Class::CloseQuote)
    {
        line.last = Class::Stop;
    }
    if matches!(last, Class::CloseQuote | Class::CloseBracket) && before == Class::Stop {
        line.last = Class::ClosedStop;
    }
    if line.last_chars[0].is_ascii_alphanumeric() || matches!(line.last_chars[0], '@' | '/' | '.' | '-' | '~') {
        let word = body.rsplit(|c: char| !c.is_ascii_graphic()).next().unwrap_or_default();
        line.address = is_address(word);
    }
}

/// Whether a word of ASCII is a web or mail address.
fn is_address(word: &str) -> bool {
    // Most are numbers.
    let held = |mark: u8| word.as_bytes().contains(&mark);
    held(b'@') || held(b':') && word.contains("://") || held(b'w') && word.contains("www.")
}
