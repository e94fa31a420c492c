//! One typeset line, measured.

use super::class::{Class, Glyph, class_of};
use super::cue::{added_cue, added_tail, cue_of, item_of, may_announce, tail_of};
use super::folio::is_all_folio;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::cues::{Cue, Tail};

/// How a line comes again on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Recurrence {
    /// Not, or only close by.
    #[default]
    No,
    /// The same words with whatever number: a running head.
    Words,
    /// The next number or the one before: a folio.
    Number,
}

/// How many ways there are.
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
    /// Set width in half-widths; the gaps of letter-spacing do not count.
    pub width: u16,
    /// Width of its first word that cannot be broken, with the marks that cling to it: what would have had to
    /// fit on the line above.
    pub first_word_width: u16,
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
    pub recurrence: Recurrence,
    /// Places with one space where Han meets a digit or a digit Han.
    pub quarters: u16,
    /// Places where Han meets a digit, those of them with a space, where a digit meets Han, and those with a space.
    pub quarter_sides: (u16, u16, u16, u16),
    /// Class of the first character.
    pub first: Class,
    /// Class of the last character, or [`Class::ClosedStop`].
    pub last: Class,
    /// First character.
    pub first_char: char,
    /// The last character; and the one before it where the last may be a mark inside a word or a number (ASCII, ．).
    pub last_chars: [char; 2],
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
    /// It holds a space.
    pub parted: bool,
    /// It holds a bracket.
    pub bracketed: bool,
    /// Several fields, all of them furniture's: a folio or date line.
    pub folio: bool,
    /// Its last word is a web or mail address.
    pub address: bool,
    /// Number of the list item that it begins (1 for an unnumbered bullet or speaker), or 0.
    pub item_number: u16,
    /// Its place in a list: 0 none, 1 an item of its kind stands shortly above, 2 shortly below, 3 both, 4 neither.
    pub list_position: u8,
    /// Narrower than the next line or its column by an indent of two em.
    pub narrow: bool,
    /// Wider than any column, and hardly a neighbour as wide: a paragraph that was never broken.
    pub unbroken: bool,
    /// Lines in a row, itself among them, that stay well short of the column around them (255 at most).
    pub short_run: u8,
}

impl Line {
    /// Reads what only words that a caller added announce. The tables of phrases know the built-in words.
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
        cue: Cue::None,
        tail: Tail::None,
        open: 0,
        doubled: false,
        address: false,
        folio: false,
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

    /// Whether the line is Latin text with Han in it at most.
    pub fn mostly_latin(&self) -> bool {
        u32::from(self.latin) * 2 > u32::from(self.glyphs)
    }

    /// Takes over what was counted, each of which stops at `cap`.
    #[inline]
    pub(super) fn count(&mut self, counts: [u32; 8], quarters: u32, sides: [u32; 4], cap: impl Fn(u32) -> u16) {
        let [width, glyphs, marks, gaps, spaced, loose, digits, latin] = counts.map(&cap);
        (self.width, self.glyphs, self.marks, self.gaps) = (width, glyphs, marks, gaps);
        (self.spaced, self.loose, self.digits, self.latin) = (spaced, loose, digits, latin);
        self.quarters = cap(quarters);
        self.quarter_sides = sides.map(cap).into();
    }
}

/// What is counted of a line stops here, so that the double of a count, or a sum of three, still fits its sixteen bits:
/// a line of 16,383 glyphs, where the longest paragraph of the bench has 140.
pub(crate) const MAX_COUNT: u16 = u16::MAX / 4;

/// Width of the first unbreakable word: one Han or a whole run of Latin and digits, with closing marks behind it, or
/// with what an opening mark opens.
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
pub(super) fn read_through_spacing(line: &mut Line, body: &str, spare: &mut String) {
    const PHRASE: usize = 8; // characters, more than any phrase of the tables has
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

/// What the last word is, beyond the class of its last character.
pub(super) fn read_last_word(line: &mut Line, body: &str) {
    let second = body.chars().rev().filter(|&c| c != ' ').nth(1);
    if line.last_chars[0].is_ascii() || line.last_chars[0] == '．' {
        line.last_chars[1] = second.unwrap_or_default();
    }
    let before = second.map_or(Class::Other, class_of);
    let last = line.last;
    // A full point behind Han is the stop of a page set with half-width marks.
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
    // Nearly all are numbers.
    let held = |mark: u8| word.as_bytes().contains(&mark);
    held(b'@') || held(b':') && word.contains("://") || held(b'w') && word.contains("www.")
}
