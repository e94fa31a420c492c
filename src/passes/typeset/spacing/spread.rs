//! Letter-spacing of a line and of its page.

use crate::lexicon;
use crate::measure::{Habits, Line, NOISE};
use crate::passes::typeset::tokens::{Token, Tokens};
use crate::text::width::is_han;

/// Letter-spacing of a line and of its page.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spread {
    /// Whether most tokens of the line are single glyphs: the line is justified by letter-spacing.
    pub line: bool,
    /// Whether the page has spaces between glyphs everywhere, as the output of tesseract has.
    pub page: bool,
    /// Width of the narrowest gap, in spaces. In letter-spacing this is the letter-space; wider gaps separate words.
    pub gap: usize,
    /// Whether the line is Latin text with Han among its words.
    pub latin: bool,
    /// Whether each Latin word of a Chinese line has a single space on its sides: 1.7 ALE 和 Euler 算法.
    pub words_apart: bool,
    /// On a page with stray spaces: whether the line has several gaps and all of them are between words.
    pub fielded: bool,
    /// Whether the line is the head of a table of numbers: 代表团 金 银 铜.
    pub heads_numbers: bool,
}

impl Spread {
    pub fn of(text: &str, tokens: &Tokens, line: &Line, habits: &Habits) -> Spread {
        let &Tokens { all: ref tokens, single, gap, .. } = tokens;
        let page = habits.spaced > 0.2;
        if tokens.len() < 3 {
            return Spread { page, gap, ..Spread::default() };
        }
        // Single Han next to single Han: 8 月 17 日 has none, in spite of its spaces.
        let lone = |t: &Token| t.glyphs == 1 && is_han(t.first(text));
        let pairs = || {
            let pairs = tokens.windows(2).filter(|w| w[0].glyphs == 1 && lone(&w[1]) && lone(&w[0]));
            pairs.take(LONE_PAIRS).count()
        };
        let whole = |w: &[Token]| w.iter().all(|t| t.glyphs >= 2) && !lexicon::parted(w[0].of(text), w[1].of(text));
        let between_words = |w: &&[Token]| w[0].last(text).is_ascii() && w[1].first(text).is_ascii_alphabetic();
        let spread = single * 2 > tokens.len() && pairs() >= LONE_PAIRS;
        let heads_numbers = spread && heads_numbers(text, tokens, line);
        Spread {
            heads_numbers,
            fielded: habits.noise > NOISE
                && line.marks == 0
                && tokens.iter().map(|t| t.glyphs as usize).sum::<usize>() >= FIELD * tokens.len()
                && tokens.windows(2).all(whole),
            line: spread && !heads_numbers,
            words_apart: line.latin > 0 && are_words_apart(text, tokens),
            latin: line.mostly_latin() && tokens.windows(2).filter(between_words).count() >= LATIN_GAPS,
            page,
            gap,
        }
    }
}

/// Mean glyphs of the fields of a line among stray spaces, at least. Shorter pieces may be words that stray spaces part.
const FIELD: usize = 3;

/// Pairs of single Han that a letter-spaced line has, at least.
const LONE_PAIRS: usize = 2;

/// Whether the next line has as many fields, and all but the first are numbers.
fn heads_numbers(text: &str, tokens: &[Token], line: &Line) -> bool {
    let below = text.get(line.end as usize..).unwrap_or_default().trim_start().lines().next().unwrap_or_default();
    let mut fields = below.split(' ').filter(|field| !field.is_empty());
    let first_is_name = fields.next().is_some_and(|name| name.chars().all(is_han));
    let numbers = fields.clone().count();
    first_is_name
        && numbers + 1 == tokens.len()
        && fields.all(|field| field.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// Spaces between Han and Latin that show a habit. Two may set off a field: 渠水 GPS 民生.
const WORD_GAPS: usize = 3;

/// Whether Han and Latin meet at several single spaces of a line, and nowhere else.
fn are_words_apart(text: &str, tokens: &[Token]) -> bool {
    let meet = |a: char, b: char| is_han(a) && b.is_ascii_alphabetic() || a.is_ascii_alphabetic() && is_han(b);
    let gaps = || tokens.windows(2).filter(|w| meet(w[0].last(text), w[1].first(text)));
    let beside = |t: &Token| {
        let mut chars = t.of(text).chars();
        let mut before = chars.next().unwrap_or(' ');
        chars.any(|c| meet(std::mem::replace(&mut before, c), c))
    };
    gaps().count() >= WORD_GAPS && gaps().all(|w| w[1].start - w[0].end == 1) && !tokens.iter().any(beside)
}

/// Spaces between Latin words that a line of Latin text has, at least.
const LATIN_GAPS: usize = 3;
