//! The class of a character at the edge of a line.

use crate::text::width::{half_widths, is_han};

/// The class of a character at the edge of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Class {
    /// Han.
    #[default]
    Han,
    /// A digit.
    Digit,
    /// A Latin letter.
    Latin,
    /// 。！？ and their half-width kin.
    Stop,
    /// ，
    Comma,
    /// 、
    Enumeration,
    /// ；
    Semicolon,
    /// ：
    Colon,
    /// ” ’ 」 』
    CloseQuote,
    /// ） 》 】 〕
    CloseBracket,
    /// （ 《 【 〔
    OpenBracket,
    /// “ ‘ 「 『
    OpenQuote,
    /// — － - ～
    Dash,
    /// … ·
    Ellipsis,
    /// ● ■ ▲ □ ① and such.
    Bullet,
    /// ％ ℃ ‰
    Unit,
    /// Anything else.
    Other,
    /// A stop before a closing quote or bracket: 。” ！）
    ClosedStop,
}

/// The number of classes.
pub const CLASSES: usize = 18;

impl Class {
    /// All classes, in the order of their numbers.
    const ALL: [Class; CLASSES] = [
        Class::Han,
        Class::Digit,
        Class::Latin,
        Class::Stop,
        Class::Comma,
        Class::Enumeration,
        Class::Semicolon,
        Class::Colon,
        Class::CloseQuote,
        Class::CloseBracket,
        Class::OpenBracket,
        Class::OpenQuote,
        Class::Dash,
        Class::Ellipsis,
        Class::Bullet,
        Class::Unit,
        Class::Other,
        Class::ClosedStop,
    ];

    /// The class with this number.
    #[inline]
    pub(crate) fn numbered(number: u8) -> Class {
        CLASS_OF_BITS[(number & CLASS_BITS) as usize]
    }

    /// Whether the class is in a [`set`](Class::set).
    #[inline]
    pub const fn is_in(self, set: u32) -> bool {
        set >> self as u32 & 1 == 1
    }

    /// A set of classes, a bit for each.
    pub const fn set(classes: &[Class]) -> u32 {
        let mut set = 0;
        let mut k = 0;
        while k < classes.len() {
            set |= 1 << classes[k] as u32;
            k += 1;
        }
        set
    }
}

/// The class of a character without its neighbours.
#[inline]
pub fn class_of(c: char) -> Class {
    Glyph::of(c).class()
}

/// A character as it is measured: its class and its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glyph(u8);

impl Glyph {
    /// The glyph of a character.
    #[inline]
    pub fn of(c: char) -> Glyph {
        Glyph::of_code(c.into())
    }

    /// The glyph of the character with this code. All common Han share one place of the table: a lookup of each would be
    /// unpredictable, and their part of the table would fill a cache.
    #[inline]
    pub fn of_code(code: u32) -> Glyph {
        const BULK: u32 = '\u{4E00}' as u32;
        let code = if code.wrapping_sub(BULK) <= '\u{9FFF}' as u32 - BULK { BULK } else { code };
        match GLYPHS.get(code as usize) {
            Some(&glyph) => glyph,
            None => char::from_u32(code).map_or(GLYPHS[0], Glyph::read),
        }
    }

    const fn read(c: char) -> Glyph {
        Glyph(read_class(c) as u8 | half_widths(c) << WIDTH_SHIFT)
    }

    #[inline]
    pub fn class(self) -> Class {
        Class::numbered(self.0)
    }

    /// The glyph with this byte.
    pub const fn numbered(byte: u8) -> Glyph {
        Glyph(byte)
    }

    /// Its class and its width in one byte.
    #[inline]
    pub fn byte(self) -> u8 {
        self.0
    }

    /// The number of its class.
    #[inline]
    pub const fn number(self) -> u8 {
        self.0 & CLASS_BITS
    }

    /// Its width in half-widths.
    #[inline]
    pub const fn width(self) -> u32 {
        (self.0 >> WIDTH_SHIFT) as u32
    }
}

const WIDTH_SHIFT: u32 = 5;
const CLASS_BITS: u8 = (1 << WIDTH_SHIFT) - 1;

static CLASS_OF_BITS: [Class; 1 << WIDTH_SHIFT] = {
    let mut all = [Class::Other; 1 << WIDTH_SHIFT];
    let mut k = 0;
    while k < CLASSES {
        all[k] = Class::ALL[k];
        k += 1;
    }
    all
};

/// The glyphs of the basic plane. A text touches few cache lines of this table.
static GLYPHS: [Glyph; 0x1_0000] = {
    let mut glyphs = [Glyph::read('\0'); 0x1_0000];
    let mut code = 0;
    while code < glyphs.len() {
        if let Some(c) = char::from_u32(code as u32) {
            glyphs[code] = Glyph::read(c);
        }
        code += 1;
    }
    glyphs
};

const fn read_class(c: char) -> Class {
    match c {
        '\u{4E00}'..='\u{9FFF}' => Class::Han,
        '0'..='9' | '０'..='９' => Class::Digit,
        'a'..='z' | 'A'..='Z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '\u{C0}'..='\u{24F}' => Class::Latin,
        '。' | '！' | '？' | '!' | '?' | '｡' => Class::Stop,
        '，' | ',' => Class::Comma,
        '、' => Class::Enumeration,
        '；' | ';' => Class::Semicolon,
        '：' | ':' | '∶' => Class::Colon,
        '”' | '’' | '」' | '』' => Class::CloseQuote,
        '）' | '》' | '】' | '〉' | '〕' | ')' | ']' | '］' | '〗' => Class::CloseBracket,
        '（' | '《' | '【' | '〈' | '〔' | '(' | '[' | '［' | '〖' => Class::OpenBracket,
        '“' | '‘' | '「' | '『' => Class::OpenQuote,
        '—' | '–' | '－' | '-' | '～' | '~' | '─' | '―' => Class::Dash,
        '…' | '·' | '•' | '・' | '.' | '．' | '⋯' => Class::Ellipsis,
        '●'
        | '■'
        | '▲'
        | '◆'
        | '★'
        | '□'
        | '○'
        | '◇'
        | '▼'
        | '►'
        | '※'
        | '＊'
        | '*'
        | '☆'
        | '△'
        | '▶'
        | '◎'
        | '◀'
        | '▽'
        | '①'..='⑳'
        | '㈠'..='㈩'
        | '⑴'..='⒇'
        | '♦'
        | '\u{E000}'..='\u{F8FF}' => Class::Bullet,
        '％' | '%' | '℃' | '‰' | '㎡' | '㎞' | '°' => Class::Unit,
        c if is_han(c) => Class::Han,
        _ => Class::Other,
    }
}

/// The marks that no line ends in, by the rules of typesetting, unless it was torn there.
pub(crate) const OPENS: u32 = Class::set(&[Class::OpenQuote, Class::OpenBracket]);

/// Whether a line with this last mark breaks off inside a sentence.
pub(crate) fn breaks_off(last: Class) -> bool {
    !last.is_in(Class::set(&[Class::Stop, Class::ClosedStop, Class::Colon, Class::Ellipsis]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::marks::PAIRS;

    #[test]
    fn the_marks_of_a_pair_have_the_classes_of_one() {
        for (open, close) in PAIRS.into_iter().filter(|&(open, _)| open != '"') {
            let classes = (class_of(open), class_of(close));
            let pair =
                matches!(classes, (Class::OpenQuote, Class::CloseQuote) | (Class::OpenBracket, Class::CloseBracket));
            assert!(pair, "{open}{close}: {classes:?}");
        }
    }

    #[test]
    fn every_class_is_at_its_number() {
        for (number, class) in Class::ALL.into_iter().enumerate() {
            assert_eq!(class as usize, number);
        }
    }

    #[test]
    fn the_table_agrees_with_the_rules_for_every_character() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            assert_eq!(class_of(c), read_class(c), "{c:?}");
            assert_eq!(Glyph::of(c).width(), u32::from(half_widths(c)), "{c:?}");
        }
    }
}
