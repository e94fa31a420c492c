//! A page seen as numbers: every line measured once, its neighbourhood and the page's own habits beside it.
//! What is measured here says nothing of what is decided; the decoder's weights do.

use crate::width::{half_widths, is_han};
use crate::words;

/// Kind of a character at a line's edge.
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
    /// A stop behind which a quotation or bracket closes: 。” ！）
    ClosedStop,
}

/// How many classes there are.
pub const CLASSES: usize = 18;

/// The class of a character by itself.
#[inline]
pub fn class_of(c: char) -> Class {
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

/// What a line's beginning announces, as far as a newspaper's own phrases go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Cue {
    /// Nothing known.
    #[default]
    None,
    /// 本报讯, 本報訊: a story begins.
    News,
    /// 新华社…: a wire story begins.
    Wire,
    /// 本报记者, □: a byline.
    Byline,
    /// ——: a deck.
    Deck,
    /// 一、
    HanNumber,
    /// （一）
    BracketNumber,
    /// 1. 1、 A.
    Number,
    /// 第一条
    Article,
    /// 一是, 首先
    Ordinal,
    /// ● ▲ ①
    Bullet,
    /// 问： 答： 记者：
    Question,
    /// A short name and a colon.
    Speaker,
    /// 据了解, 目前, 会议指出
    Opener,
    /// 图为, 上图
    Caption,
    /// 责任编辑, 国内统一刊号, 第3版 …
    Furniture,
    /// （下转 （上接
    Jump,
    /// 编者按, 导读
    Label,
    /// A date or a time.
    Date,
    /// Digits only.
    Digits,
    /// 公告, 通知, 声明
    Notice,
    /// （据新华社 （完）
    Source,
}

/// How many cues there are.
pub const CUES: usize = 22;

/// Phrases that open a line, all of the trade and none of a page. The longest that fits counts.
static PHRASES: &[(&str, Cue)] = &[
    ("本报讯", Cue::News),
    ("本刊讯", Cue::News),
    ("本网讯", Cue::News),
    ("本報訊", Cue::News),
    ("【本報", Cue::News),
    ("【本报", Cue::News),
    ("〔記者", Cue::News),
    ("［記者", Cue::News),
    ("【記者", Cue::News),
    ("（記者", Cue::News),
    ("記者", Cue::Byline),
    ("新华社", Cue::Wire),
    ("新華社", Cue::Wire),
    ("中新社", Cue::Wire),
    ("中新网", Cue::Wire),
    ("据新华社", Cue::Wire),
    ("中央社", Cue::Wire),
    ("【中央社", Cue::Wire),
    ("本报记者", Cue::Byline),
    ("本報記者", Cue::Byline),
    ("本刊记者", Cue::Byline),
    ("记者 ", Cue::Byline),
    ("通讯员 ", Cue::Byline),
    ("特约记者", Cue::Byline),
    ("文/", Cue::Byline),
    ("文／", Cue::Byline),
    ("撰文", Cue::Byline),
    ("□ ", Cue::Byline),
    ("——", Cue::Deck),
    ("一是", Cue::Ordinal),
    ("二是", Cue::Ordinal),
    ("三是", Cue::Ordinal),
    ("四是", Cue::Ordinal),
    ("首先", Cue::Ordinal),
    ("其次", Cue::Ordinal),
    ("问：", Cue::Question),
    ("答：", Cue::Question),
    ("問：", Cue::Question),
    ("问 ：", Cue::Question),
    ("答 ：", Cue::Question),
    ("记者：", Cue::Question),
    ("記者：", Cue::Question),
    ("据了解", Cue::Opener),
    ("据介绍", Cue::Opener),
    ("据悉", Cue::Opener),
    ("目前", Cue::Opener),
    ("同时", Cue::Opener),
    ("此外", Cue::Opener),
    ("近年来", Cue::Opener),
    ("近日", Cue::Opener),
    ("会议指出", Cue::Opener),
    ("会议强调", Cue::Opener),
    ("会议认为", Cue::Opener),
    ("会议要求", Cue::Opener),
    ("日前", Cue::Opener),
    ("下一步", Cue::Opener),
    ("随后", Cue::Opener),
    ("昨日", Cue::Opener),
    ("昨天", Cue::Opener),
    ("如今", Cue::Opener),
    ("當局", Cue::Opener),
    ("據了解", Cue::Opener),
    ("图为", Cue::Caption),
    ("图①", Cue::Caption),
    ("图②", Cue::Caption),
    ("图③", Cue::Caption),
    ("上图", Cue::Caption),
    ("下图", Cue::Caption),
    ("左图", Cue::Caption),
    ("右图", Cue::Caption),
    ("圖為", Cue::Caption),
    ("圖：", Cue::Caption),
    ("▲", Cue::Caption),
    ("责任编辑", Cue::Furniture),
    ("責任編輯", Cue::Furniture),
    ("责编", Cue::Furniture),
    ("编辑", Cue::Furniture),
    ("编辑同志", Cue::Speaker),
    ("编辑：", Cue::Speaker),
    ("编后", Cue::Label),
    ("单位：", Cue::Source),
    ("（单位：", Cue::Source),
    ("（注：", Cue::Source),
    ("美编", Cue::Furniture),
    ("校对", Cue::Furniture),
    ("版式", Cue::Furniture),
    ("邮发代号", Cue::Furniture),
    ("国内统一", Cue::Furniture),
    ("农历", Cue::Furniture),
    ("農曆", Cue::Furniture),
    ("星期", Cue::Furniture),
    ("今日", Cue::Furniture),
    ("本版", Cue::Furniture),
    ("要闻", Cue::Furniture),
    ("副刊", Cue::Furniture),
    ("广告", Cue::Furniture),
    ("中共", Cue::Furniture),
    ("（下转", Cue::Jump),
    ("（上接", Cue::Jump),
    ("(下转", Cue::Jump),
    ("(上接", Cue::Jump),
    ("［上接", Cue::Jump),
    ("[上接", Cue::Jump),
    ("（下轉", Cue::Jump),
    ("（上接", Cue::Jump),
    ("上接", Cue::Jump),
    ("下转", Cue::Jump),
    ("编者按", Cue::Label),
    ("编者的话", Cue::Label),
    ("开栏的话", Cue::Label),
    ("导读", Cue::Label),
    ("本版导读", Cue::Label),
    ("今日导读", Cue::Label),
    ("相关链接", Cue::Label),
    ("新闻背景", Cue::Label),
    ("短评", Cue::Label),
    ("公告", Cue::Notice),
    ("通知", Cue::Notice),
    ("通告", Cue::Notice),
    ("声明", Cue::Notice),
    ("遗失", Cue::Notice),
    ("启事", Cue::Notice),
    ("招聘", Cue::Notice),
    ("上联", Cue::Label),
    ("下联", Cue::Label),
    ("（据", Cue::Source),
    ("（新华社", Cue::Source),
    ("（完", Cue::Source),
    ("（原载", Cue::Source),
    ("（作者", Cue::Source),
    ("（本报", Cue::Source),
];

/// The first characters of all phrases, as a bloom of their low bits: most lines are turned away here.
static PHRASE_HEADS: [u64; 16] = phrase_heads();

const fn phrase_heads() -> [u64; 16] {
    let mut heads = [0u64; 16];
    let mut i = 0;
    while i < PHRASES.len() {
        let b = PHRASES[i].0.as_bytes();
        let h = head_hash(b[0], b[1], b[2]);
        heads[h >> 6] |= 1 << (h & 63);
        i += 1;
    }
    heads
}

const fn head_hash(a: u8, b: u8, c: u8) -> usize {
    ((a as usize) * 31 + (b as usize) * 7 + (c as usize)) & 1023
}

/// The cue that a trimmed line begins with.
pub fn cue_of(line: &str) -> Cue {
    let b = line.as_bytes();
    if b.len() < 2 {
        return if b.first().is_some_and(u8::is_ascii_digit) { Cue::Digits } else { Cue::None };
    }
    let third = *b.get(2).unwrap_or(&0);
    let h = head_hash(b[0], b[1], third);
    if PHRASE_HEADS[h >> 6] >> (h & 63) & 1 == 1 {
        let mut best = (0, Cue::None);
        for (phrase, cue) in PHRASES {
            if phrase.as_bytes()[0] == b[0] && phrase.len() > best.0 && line.starts_with(phrase) {
                best = (phrase.len(), *cue);
            }
        }
        if best.0 > 0 {
            return best.1;
        }
    }
    numbered_cue(line)
}

fn numbered_cue(line: &str) -> Cue {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return Cue::None };
    const NUMERALS: &str = "一二三四五六七八九十";
    match first {
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &line[digits..];
            let mut after = rest.chars();
            match after.next() {
                None => Cue::Digits,
                Some('、') => Cue::Number,
                Some('.' | '．') if !after.next().is_some_and(|c| c.is_ascii_digit()) => Cue::Number,
                Some('.' | '．') if is_section(line) => Cue::Number,
                Some('年' | '月' | '时' | '時' | '日') => Cue::Date,
                Some(':') => Cue::Date,
                Some(' ') if line.bytes().all(|b| b.is_ascii_digit() || b == b' ') => Cue::Digits,
                _ => Cue::None,
            }
        }
        'A'..='H' => match (chars.next(), chars.next()) {
            (Some('.' | '．' | '、'), Some(c)) if is_han(c) => Cue::Number,
            _ => Cue::None,
        },
        '第' => {
            let mut n = 0;
            for c in chars {
                match c {
                    '0'..='9' | '百' | '零' | '〇' => n += 1,
                    c if NUMERALS.contains(c) => n += 1,
                    '条' | '章' | '條' if n > 0 => return Cue::Article,
                    '版' | '期' | '号' if n > 0 => return Cue::Furniture,
                    _ => return Cue::None,
                }
            }
            Cue::None
        }
        '（' | '(' => {
            let mut n = 0;
            for c in chars.take(4) {
                match c {
                    '0'..='9' => n += 1,
                    c if NUMERALS.contains(c) => n += 1,
                    '）' | ')' if n > 0 => return Cue::BracketNumber,
                    _ => return Cue::None,
                }
            }
            Cue::None
        }
        '①'..='⑳' | '●' | '■' | '◆' | '★' | '◇' | '○' | '※' | '►' | '▼' | '◎' | '☆' | '•' | '·' => {
            Cue::Bullet
        }
        c if NUMERALS.contains(c) => {
            for c in chars.take(3) {
                match c {
                    '、' => return Cue::HanNumber,
                    c if NUMERALS.contains(c) => {}
                    _ => return Cue::None,
                }
            }
            Cue::None
        }
        c if is_han(c) => {
            for (k, c) in chars.take(5).enumerate() {
                match c {
                    '：' if k >= 1 => return Cue::Speaker,
                    c if is_han(c) => {}
                    _ => return Cue::None,
                }
            }
            Cue::None
        }
        _ => Cue::None,
    }
}

/// Whether the line begins as a numbered section does: 1.2.3, or 1.2 and a space; 1.2亿 is an amount.
fn is_section(line: &str) -> bool {
    let number = line.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let (number, rest) = line.split_at(number);
    let dots = number.trim_end_matches('.').bytes().filter(|&b| b == b'.').count();
    let spaced = rest.starts_with(' ') || number.ends_with('.');
    let title = rest.trim_start().chars().next().is_some_and(is_han);
    number.len() <= 9 && title && (dots >= 2 || spaced && number.split('.').all(|n| n.len() <= 2))
}

/// The number of the list item that a line with this cue begins.
fn item_of(cue: Cue, line: &str) -> u16 {
    match cue {
        Cue::Number if line.as_bytes().first().is_some_and(u8::is_ascii_uppercase) => {
            line.as_bytes().first().map_or(0, |b| u16::from(b - b'A') + 1)
        }
        Cue::Number | Cue::BracketNumber | Cue::HanNumber | Cue::Article | Cue::Ordinal => number_in(line),
        Cue::Bullet | Cue::Caption => match line.chars().next() {
            Some(c @ '①'..='⑳') => c as u16 - '①' as u16 + 1,
            _ => 1,
        },
        Cue::Question | Cue::Speaker => 1,
        _ => 0,
    }
}

fn number_in(line: &str) -> u16 {
    let mut value = 0u16;
    let mut ten = false;
    for c in line.chars().take(6) {
        let digit = match c {
            '0'..='9' => {
                value = value.saturating_mul(10).saturating_add(c as u16 - '0' as u16);
                continue;
            }
            '一' => 1,
            '二' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => {
                value = value.max(1).saturating_mul(10);
                ten = true;
                continue;
            }
            '第' | '（' | '(' => continue,
            _ => break,
        };
        value = if ten { value.saturating_add(digit) } else { digit };
    }
    value
}

/// What a line's end announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Tail {
    /// Nothing known.
    #[default]
    None,
    /// 摄
    Credit,
    /// 文/图
    TextAndPicture,
    /// 版）
    Jump,
    /// 版
    PageNumber,
    /// 整理） 报道
    Report,
    /// 日, with digits only and 年 月 before it.
    Date,
    /// ……
    Leaders,
}

/// How many tails there are.
pub const TAILS: usize = 8;

/// The tail that a trimmed line ends with.
pub fn tail_of(line: &str) -> Tail {
    const TAILS: &[(&str, Tail)] = &[
        ("摄", Tail::Credit),
        ("攝", Tail::Credit),
        ("摄）", Tail::Credit),
        ("摄影报道", Tail::Credit),
        (" 文", Tail::Credit),
        (" 图", Tail::Credit),
        (" 绘", Tail::Credit),
        ("文/图", Tail::TextAndPicture),
        ("文/摄", Tail::TextAndPicture),
        ("图/文", Tail::TextAndPicture),
        ("文／图", Tail::TextAndPicture),
        ("版）", Tail::Jump),
        ("版)", Tail::Jump),
        ("版", Tail::PageNumber),
        ("整理）", Tail::Report),
        ("报道", Tail::Report),
        ("供稿", Tail::Report),
        ("……", Tail::Leaders),
        ("…", Tail::Leaders),
    ];
    let mut best = (0, Tail::None);
    let Some(last) = line.chars().next_back() else { return Tail::None };
    if last == '日' {
        return date_tail(line);
    }
    // The last characters of all the tails.
    if !matches!(last, '摄' | '攝' | '）' | ')' | '道' | '文' | '图' | '绘' | '版' | '稿' | '…' | '／') {
        return Tail::None;
    }
    for (end, tail) in TAILS {
        if end.len() > best.0 && line.ends_with(end) {
            best = (end.len(), *tail);
        }
    }
    best.1
}

/// 2023年8月1日, and nothing else.
fn date_tail(line: &str) -> Tail {
    let date = |c: char| c.is_ascii_digit() || "年月日一二三四五六七八九十〇○ ".contains(c);
    if line.len() < 40 && line.chars().all(date) && line.contains('月') { Tail::Date } else { Tail::None }
}

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
    /// Places where Han meets a digit and a digit Han, and how many of them have one space.
    pub quarters: (u16, u16),
    /// Those that have a space before the digit, and behind it.
    pub quarter_sides: (u16, u16, u16, u16),
    /// Class of the first character.
    pub first: Class,
    /// Class of the last character, or [`Class::ClosedStop`].
    pub last: Class,
    /// First characters.
    pub head: [char; 4],
    /// Last characters, the very last first.
    pub foot: [char; 4],
    /// What its beginning announces.
    pub cue: Cue,
    /// What its end announces.
    pub tail: Tail,
    /// The pair of marks that is open at its end and closes within a few lines: 1 quotes, 2 brackets,
    /// 3 book title marks; 4 a mark that opened here and never closes; 0 none.
    pub open: u8,
    /// Its text was painted twice and is single now.
    pub doubled: bool,
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

/// How a line comes again on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Again {
    /// Not, or only close by.
    #[default]
    No,
    /// The same words with whatever number: a running head.
    Words,
    /// The next number or the one before: a folio.
    Number,
}

/// How many ways there are.
pub const AGAINS: usize = 3;

/// Lines between two running heads at the least: a printed page has more, a table or a refrain less.
const AGAIN_LINES: usize = 9;

/// Hash of no words (FNV-1a's offset basis).
const NO_WORDS: u64 = 0xCBF2_9CE4_8422_2325;

/// Glyphs of the longest running head that is looked at.
const AGAIN_GLYPHS: u16 = 24;

/// What is counted of a line stops here, so that the double of a count, or a sum of three, still fits its sixteen bits:
/// a line of 16,383 glyphs, where the longest paragraph of the bench has 140.
const MOST_COUNTED: u16 = u16::MAX / 4;

/// How many lines an open quotation or bracket may stay open: longer ones are misprints or new paragraphs
/// of one quotation (each opens anew, none closes). Longest closed pair on the bench: 11 lines.
const OPEN_LINES: usize = 14;

/// How much a page's blank lines, indents, widths and spaces mean: measured on the page itself.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Habits {
    /// Share of breaks in the middle of a sentence that have an empty line.
    pub blank_mid: f32,
    /// Share of breaks after a stop that have an empty line.
    pub blank_stop: f32,
    /// Share of lines that are indented although the line above ends inside a sentence.
    pub indent_mid: f32,
    /// Share of lines that are indented below a line that ends in a stop.
    pub indent_stop: f32,
    /// Share of lines of running text that end inside a sentence: wrapped text has many.
    pub mid_ends: f32,
    /// Share of lines whose width is that of their neighbourhood.
    pub even: f32,
    /// Share of neighbouring Han with a space between them: tesseract sets it at nearly all.
    pub spaced: f32,
    /// Share of lines that were painted twice.
    pub doubled: f32,
    /// Share of marked lines that have single spaces inside their running text: there a space is an accident of the
    /// text layer, and parts nothing.
    pub noise: f32,
    /// Of lines that surely begin a paragraph, the share that are narrower than the next line by the indent that the
    /// text layer lost; where there are a few such lines.
    pub lost_indent: Option<f32>,
    /// Share of places where Han meets a digit, and a digit Han, that have a space: some extractors turn the
    /// quarter em there into one, everywhere.
    pub quarter: (f32, f32),
}

/// A page's lines, measured.
#[derive(Debug, Clone, Default)]
pub struct PageLines {
    /// The lines that hold text.
    pub lines: Vec<Line>,
    /// Width of the column up to each line, in half-widths.
    pub column_above: Vec<u16>,
    /// Width of the column from each line on.
    pub column_below: Vec<u16>,
    /// Width of the widest column within [`AROUND`] lines of each line.
    pub column_around: Vec<u16>,
    /// What the page's habits are.
    pub habits: Habits,
    /// Lines that may come again: their words' hash, the number in them, their place.
    seen: Vec<(u64, u32, u32)>,
}

impl PageLines {
    /// Measures a page, into the memory at hand. `doubled` holds the starts of lines that were painted
    /// twice, in order.
    pub fn measure(&mut self, text: &str, doubled: &[usize]) {
        self.lines.clear();
        let mut blanks = 0u8;
        let mut start = 0;
        let bytes = text.as_bytes();
        let mut doubled = doubled.iter().copied().peekable();
        while start < bytes.len() {
            let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |n| start + n);
            if let Some(mut line) = measure_line(text, start, end) {
                line.blanks = blanks;
                blanks = 0;
                while doubled.peek().is_some_and(|&d| d < start) {
                    doubled.next();
                }
                line.doubled = doubled.peek().is_some_and(|&d| d <= end);
                self.lines.push(line);
            } else if !self.lines.is_empty() {
                blanks = blanks.saturating_add(1);
            }
            start = end + 1;
        }
        self.find_open_pairs(text);
        self.find_lists();
        self.find_again(text);
        self.close_noise(text);
        self.compare();
    }

    /// Spaces that the text layer strewed over its words take no room in the measure.
    fn close_noise(&mut self, text: &str) {
        let (mut marked, mut noisy, mut spaced, mut pairs) = (0u32, 0u32, 0u32, 0u32);
        for line in &self.lines {
            spaced += u32::from(line.spaced);
            pairs += u32::from(line.glyphs);
            if line.marks > 0 && line.glyphs >= 10 {
                marked += 1;
                noisy += u32::from(line.loose > 0);
            }
        }
        // Where nearly every glyph has its space the page is judged by that.
        let everywhere = spaced * 5 > pairs;
        self.habits.noise = 0.0;
        if noisy >= 3 && !everywhere {
            // Strewn spaces part words of the lexicon, the writer's do not.
            let (mut gaps, mut inside) = (0u32, 0u32);
            for line in self.lines.iter().filter(|l| l.loose > 0 && l.marks > 0) {
                let body = &text[line.start as usize..line.end as usize];
                for at in memchr::memchr_iter(b' ', body.as_bytes()) {
                    let (left, right) = (&body[..at], &body[at + 1..]);
                    if left.ends_with(is_han) && right.starts_with(is_han) {
                        gaps += 1;
                        inside += u32::from(words::parted(left, right));
                    }
                }
            }
            if inside * 5 >= gaps {
                self.habits.noise = noisy as f32 / marked as f32;
            }
        }
        if self.habits.noise > NOISE {
            for line in self.lines.iter_mut().filter(|l| l.loose > 0) {
                line.width = line.width.saturating_sub(line.loose);
                line.gaps = line.gaps.saturating_sub(line.loose);
            }
        }
    }

    fn find_again(&mut self, text: &str) {
        let seen = &mut self.seen;
        seen.clear();
        for (i, line) in self.lines.iter().enumerate() {
            let ends = matches!(line.last, Class::Stop | Class::ClosedStop | Class::Comma);
            if line.glyphs > AGAIN_GLYPHS || line.marks > 0 || ends || line.digits == 0 && line.glyphs < 3 {
                continue;
            }
            let (mut words, mut number) = (NO_WORDS, 0u32);
            for c in text[line.start as usize..line.end as usize].chars() {
                match c {
                    '0'..='9' => number = number.saturating_mul(10).saturating_add(c as u32 - '0' as u32),
                    ' ' | '-' | '—' | '·' | '•' | '~' | '～' => {}
                    c => words = (words ^ u64::from(c as u32)).wrapping_mul(0x100_0000_01B3),
                }
            }
            seen.push((words, number, i as u32));
        }
        seen.sort_unstable();
        for pair in seen.windows(2) {
            let [(a, m, i), (b, n, k)] = [pair[0], pair[1]];
            if a != b || (i.abs_diff(k) as usize) < AGAIN_LINES {
                continue;
            }
            let (first, second) = (i as usize, k as usize);
            let again = match n - m {
                // The same number again is a value, not a folio.
                0 if a == NO_WORDS => continue,
                1 | 2 if i < k => Again::Number,
                _ if a == NO_WORDS => continue,
                _ => Again::Words,
            };
            self.lines[first].again = again;
            self.lines[second].again = again;
        }
    }

    /// Works out what comes from comparing the lines' widths; again after a caller has changed them.
    pub fn compare(&mut self) {
        self.find_columns();
        self.find_short_runs();
        for i in 0..self.lines.len() {
            self.lines[i].narrow = self.is_narrow(i);
        }
        self.find_habits();
    }

    fn find_open_pairs(&mut self, text: &str) {
        // One place a kind: a second opening of the same kind means that the first never closed.
        let mut open: [Option<usize>; 3] = [None; 3];
        for i in 0..self.lines.len() {
            let line = self.lines[i];
            let bytes = text.as_bytes();
            let mut at = line.start as usize;
            let end = line.end as usize;
            // Opening and closing marks have the lead bytes E2, E3, EF, or are ASCII brackets.
            while at < end {
                let b = bytes[at];
                let step = match b {
                    0..=0x7F => 1,
                    0xC0..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    _ => 4,
                };
                let kind = match b {
                    0xE4..=0xE9 => None,
                    b'(' => Some((1, true)),
                    b')' => Some((1, false)),
                    0xE2 if bytes[at + 1] == 0x80 => match bytes[at + 2] {
                        0x9C => Some((0, true)),
                        0x9D => Some((0, false)),
                        _ => None,
                    },
                    0xE3 if bytes[at + 1] == 0x80 => match bytes[at + 2] {
                        0x8A => Some((2, true)),
                        0x8B => Some((2, false)),
                        0x8C => Some((0, true)),
                        0x8D => Some((0, false)),
                        0x90 | 0x94 => Some((1, true)),
                        0x91 | 0x95 => Some((1, false)),
                        _ => None,
                    },
                    0xEF if bytes[at + 1] == 0xBC => match bytes[at + 2] {
                        0x88 => Some((1, true)),
                        0x89 => Some((1, false)),
                        _ => None,
                    },
                    _ => None,
                };
                if let Some((kind, opens)) = kind {
                    self.lines[i].bracketed |= kind == 1;
                    if opens {
                        if let Some(from) = open[kind].replace(i)
                            && from < i
                        {
                            self.lines[from].open = self.lines[from].open.max(4);
                        }
                    } else if let Some(from) = open[kind].take()
                        && i - from <= OPEN_LINES
                    {
                        for line in &mut self.lines[from..i] {
                            line.open = kind as u8 + 1;
                        }
                    }
                }
                at += step;
            }
        }
    }

    fn find_lists(&mut self) {
        // Where each kind of item was last seen, and its number.
        let mut seen: [Option<(usize, u16)>; CUES] = [None; CUES];
        for i in 0..self.lines.len() {
            let Line { cue, item, .. } = self.lines[i];
            if item == 0 {
                continue;
            }
            self.lines[i].list = 4;
            if let Some((at, number)) = seen[cue as usize]
                && i - at <= LIST_LINES
                && (number.checked_add(1) == Some(item) || item == 1 && number == 1)
            {
                self.lines[i].list = if self.lines[i].list == 2 { 3 } else { 1 };
                let above = &mut self.lines[at].list;
                *above = if *above == 1 { 3 } else { 2 };
            }
            seen[cue as usize] = Some((i, item));
        }
    }

    fn find_short_runs(&mut self) {
        let n = self.lines.len();
        self.column_around.clear();
        // Sliding maximum of the columns that at least three lines share.
        let mut queue: std::collections::VecDeque<(usize, u16)> = std::collections::VecDeque::new();
        let mut next = 0;
        for i in 0..n {
            while next < n && next <= i + AROUND {
                let w = self.column_above[next];
                while queue.back().is_some_and(|&(_, v)| v <= w) {
                    queue.pop_back();
                }
                queue.push_back((next, w));
                next += 1;
            }
            while queue.front().is_some_and(|&(at, _)| at + AROUND < i) {
                queue.pop_front();
            }
            self.column_around.push(queue.front().map_or(0, |&(_, w)| w));
        }
        let mut from = 0;
        for i in 0..=n {
            let short = i < n && u32::from(self.lines[i].width) * 10 <= u32::from(self.column_around[i]) * 8;
            if !short {
                let run = (i - from).min(255) as u8;
                self.lines[from..i].iter_mut().for_each(|l| l.short_run = run);
                from = i + 1;
            }
        }
    }

    fn find_columns(&mut self) {
        let n = self.lines.len();
        self.column_above.clear();
        self.column_below.clear();
        for i in 0..n {
            let above = column_width(&self.lines[i.saturating_sub(COLUMN_LINES - 1)..=i]);
            let below = column_width(&self.lines[i..(i + COLUMN_LINES).min(n)]);
            self.column_above.push(above);
            self.column_below.push(below);
            let width = self.lines[i].width;
            self.lines[i].unbroken = width > WIDEST_COLUMN && {
                let around = &self.lines[i.saturating_sub(COLUMN_LINES)..(i + COLUMN_LINES).min(n)];
                around.iter().filter(|l| l.width.abs_diff(width) <= 3).count() <= 2
            };
        }
    }

    /// A page that is clean already shows no line broken inside a sentence, or most of its text in lines that no
    /// column could hold: there every break is kept. Scores that join are taken down by `CLEAN` where that is so.
    pub fn keep_clean(&self, scores: &mut super::decoder::Scores) {
        let (mut marked, mut mid, mut glyphs, mut unbroken) = (0u32, 0u32, 0u32, 0u32);
        for line in &self.lines {
            glyphs += u32::from(line.glyphs);
            if line.unbroken && line.marks > 0 {
                unbroken += u32::from(line.glyphs);
            }
            // A line with a mark in it is running text; captions and headlines with marks end without a stop.
            if line.marks > 0 && line.tail == Tail::None && line.gaps == 0 {
                marked += 1;
                mid += u32::from(!matches!(
                    line.last,
                    Class::Stop
                        | Class::ClosedStop
                        | Class::Colon
                        | Class::Semicolon
                        | Class::Ellipsis
                        | Class::CloseBracket
                ));
            }
        }
        if marked > 0 && mid * CLEAN_SHARE <= marked || unbroken * 2 > glyphs {
            for scores in &mut scores.breaks {
                scores[..4].iter_mut().for_each(|s| *s -= CLEAN);
            }
        }
    }

    /// Whether line `i` is narrower than the next line or its column by an indent of two em.
    fn is_narrow(&self, i: usize) -> bool {
        let Some((line, next)) = self.lines.get(i).zip(self.lines.get(i + 1)) else { return false };
        let indent = |full: u16| (3..=5).contains(&(i32::from(full) - i32::from(line.width)));
        indent(next.width) || indent(self.column_below[i])
    }

    fn find_habits(&mut self) {
        let mut blank = [[0u32; 2]; 2];
        let mut indent = [[0u32; 2]; 2];
        // The same behind lines that end in a stop and are far from full: paragraphs end there.
        let (mut blank_end, mut indent_end) = ([0u32; 2], [0u32; 2]);
        let (mut mid, mut even, mut running, mut spaced, mut pairs, mut doubled) = (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
        let mut quarters = [0u32; 4];
        let (mut begins, mut narrow) = (0u32, 0u32);
        let n = self.lines.len();
        for i in 0..n {
            let line = &self.lines[i];
            let stop = usize::from(matches!(line.last, Class::Stop | Class::ClosedStop));
            doubled += u32::from(line.doubled);
            if line.width >= 16 {
                running += 1;
                mid += u32::from(stop == 0);
                even += u32::from(line.width.abs_diff(self.column_above[i]) <= 3);
            }
            if line.marks > 0 {
                let (a, b, c, d) = line.quarter_sides;
                for (sum, n) in quarters.iter_mut().zip([a, b, c, d]) {
                    *sum += u32::from(n);
                }
            }
            spaced += u32::from(line.spaced);
            pairs += u32::from(line.glyphs.saturating_sub(1));
            if i + 1 < n && line.width >= 12 {
                let next = &self.lines[i + 1];
                let indented = next.indent > line.indent + 1 || next.indent >= 3 && next.indent >= line.indent;
                blank[stop][usize::from(next.blanks > 0)] += 1;
                indent[stop][usize::from(indented)] += 1;
                if stop == 1 && line.width + 6 <= self.column_above[i] && next.indent <= line.indent && i + 2 < n {
                    let after = &self.lines[i + 2];
                    // Neither must be a paragraph of one line.
                    if next.width >= 16 && after.width + 6 > next.width && mid_sentence(next.last) {
                        begins += 1;
                        narrow += u32::from(next.narrow);
                    }
                }
                if stop == 1 && next.marks > 0 && line.width + 6 <= self.column_above[i] {
                    blank_end[usize::from(next.blanks > 0)] += 1;
                    indent_end[usize::from(indented)] += 1;
                }
            }
        }
        if blank_end[0] + blank_end[1] >= 2 {
            blank[1] = blank_end;
            indent[1] = indent_end;
        }
        let share = |yes: u32, all: u32, prior: f32| (yes as f32 + prior) / (all as f32 + 1.0);
        self.habits = Habits {
            blank_mid: share(blank[0][1], blank[0][0] + blank[0][1], 0.3),
            blank_stop: share(blank[1][1], blank[1][0] + blank[1][1], 0.3),
            indent_mid: share(indent[0][1], indent[0][0] + indent[0][1], 0.1),
            indent_stop: share(indent[1][1], indent[1][0] + indent[1][1], 0.1),
            mid_ends: share(mid, running, 0.6),
            even: share(even, running, 0.6),
            spaced: share(spaced, pairs, 0.0),
            doubled: share(doubled, n as u32, 0.0),
            noise: self.habits.noise,
            lost_indent: (begins >= 2).then(|| narrow as f32 / begins as f32),
            quarter: (share(quarters[1], quarters[0] + 3, 0.0), share(quarters[3], quarters[2] + 3, 0.0)),
        };
    }
}

/// Whether a line that ends so breaks off inside a sentence.
fn mid_sentence(last: Class) -> bool {
    !matches!(last, Class::Stop | Class::ClosedStop | Class::Colon | Class::Ellipsis)
}

/// Share of lines with strewn spaces from which on a page's spaces say nothing. Bench pages that keep the typesetter's
/// spaces between words stay below.
pub const NOISE: f32 = 0.12;

/// One marked line in so many may end inside a sentence on a page that is clean already. Wrapped pages of the bench
/// have one in two, its clean ones one in forty.
const CLEAN_SHARE: u32 = 12;

/// Log-odds against any join on such a page.
const CLEAN: f32 = 10.0;

/// Lines between two items of one list at the most: an item of a newspaper's list has rarely more.
const LIST_LINES: usize = 12;

/// Lines on each side in which the widest column is looked for: a poem or a table stands among columns.
pub const AROUND: usize = 24;

/// Half-widths of the widest column that text is wrapped to: e-texts stop at forty em, terminals at a hundred and
/// twenty half-widths and keep to it on every line.
const WIDEST_COLUMN: u16 = 100;

/// Lines that a column's width is read from, on each side: a paragraph of a newspaper has about seven.
const COLUMN_LINES: usize = 8;

/// The width that most of these lines share within a half-width; of two, the larger.
fn column_width(lines: &[Line]) -> u16 {
    let mut widths = [0u16; COLUMN_LINES];
    let n = lines.len().min(COLUMN_LINES);
    for (w, line) in widths.iter_mut().zip(lines) {
        *w = line.width;
    }
    let mut best = (0, 0);
    for &w in &widths[..n] {
        let votes = widths.iter().map(|&v| u16::from(v.abs_diff(w) <= 1)).sum::<u16>();
        best = best.max((votes, w));
    }
    best.1
}

/// Width of the first unbreakable word: one Han or a whole run of Latin and digits, with closing marks behind it, or
/// with what an opening mark opens.
fn lead_width(body: &str) -> u16 {
    let mut width = 0u16;
    let mut word = false;
    for c in body.chars().take(40) {
        let class = class_of(c);
        let clings = matches!(
            class,
            Class::Stop
                | Class::Comma
                | Class::Enumeration
                | Class::Semicolon
                | Class::Colon
                | Class::CloseQuote
                | Class::CloseBracket
                | Class::Unit
        );
        let latin = c.is_ascii_graphic();
        match (word, clings, latin) {
            (false, _, _) if matches!(class, Class::OpenBracket | Class::OpenQuote) => {}
            (false, _, _) => word = true,
            (true, true, _) => {}
            (true, _, true) if width < 2 * 40 && body.starts_with(|c: char| c.is_ascii_graphic()) => {}
            _ => break,
        }
        width += u16::from(half_widths(c));
    }
    width
}

/// Letter-spacing hides no phrase: 本 报 讯 opens a story as 本报讯 does.
fn read_through_spacing(line: &mut Line, body: &str) {
    const PHRASE: usize = 8; // characters, more than any phrase of the tables has
    let glyphs = || body.chars().filter(|&c| c != ' ');
    if line.cue == Cue::None {
        let head: String = glyphs().take(PHRASE).collect();
        line.cue = cue_of(&head);
        line.item = item_of(line.cue, &head);
    }
    if line.tail == Tail::None {
        let mut foot = ['\0'; PHRASE];
        let mut n = 0;
        for c in body.chars().rev().filter(|&c| c != ' ').take(PHRASE) {
            n += 1;
            foot[PHRASE - n] = c;
        }
        line.tail = tail_of(&foot[PHRASE - n..].iter().collect::<String>());
    }
}

/// Measures the line `text[start..end]`; `None` where it holds no text.
fn measure_line(text: &str, start: usize, end: usize) -> Option<Line> {
    let whole = &text[start..end];
    let trimmed = whole.trim_end_matches(' ');
    let body = trimmed.trim_start_matches(' ');
    if body.is_empty() {
        return None;
    }
    let indent = trimmed.len() - body.len();
    let mut line = Line {
        start: (start + indent) as u32,
        end: (start + trimmed.len()) as u32,
        indent: indent.min(usize::from(MOST_COUNTED)) as u16,
        head: ['\0'; 4],
        foot: ['\0'; 4],
        ..Line::default()
    };
    let mut width = 0u32;
    let (mut glyphs, mut digits, mut latin, mut marks, mut gaps, mut spaced) = (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
    let mut last = Class::Other;
    let mut before = Class::Other;
    let mut token = 0u32; // glyphs since the last gap
    let mut loose = 0u32;
    let mut gap = 0u32; // spaces since the last glyph
    let mut quarters = (0u32, 0u32);
    let mut sides = [0u16; 4];
    let mut wide = (0u32, 0u32);
    let mut last_token = 0u32; // length of the token before the gap
    for c in body.chars() {
        if c == ' ' {
            if gap == 0 {
                last_token = token;
                token = 0;
            }
            gap += 1;
            continue;
        }
        let class = class_of(c);
        if gap > 0 {
            // A space beside a mark, or one between single glyphs, takes no room of its own in the measure.
            let inner = last == Class::Han && class == Class::Han;
            if inner && last_token == 1 && gap > 1 {
                // A wide gap behind a single glyph: letter-spacing if all the line is so, else a field's edge.
                wide.0 += 1;
                wide.1 += gap;
            } else if inner && last_token == 1 {
                spaced += 1;
            } else if gap == 1 && (last == Class::Han) != (class == Class::Han) {
                // A quarter em beside digits and Latin.
                quarters.1 += u32::from(last == Class::Digit || class == Class::Digit);
                sides[1] = sides[1].saturating_add(u16::from(class == Class::Digit));
                sides[3] = sides[3].saturating_add(u16::from(last == Class::Digit));
            } else {
                loose += u32::from(inner && gap == 1);
                gaps += 1;
                width += gap;
            }
            gap = 0;
        }
        sides[0] = sides[0].saturating_add(u16::from((last, class) == (Class::Han, Class::Digit)));
        sides[2] = sides[2].saturating_add(u16::from((last, class) == (Class::Digit, Class::Han)));
        quarters.0 += u32::from(matches!((last, class), (Class::Han, Class::Digit) | (Class::Digit, Class::Han)));
        if (glyphs as usize) < 4 {
            line.head[glyphs as usize] = c;
        }
        line.foot = [c, line.foot[0], line.foot[1], line.foot[2]];
        glyphs += 1;
        token += 1;
        width += u32::from(half_widths(c));
        match class {
            Class::Digit => digits += 1,
            Class::Latin => latin += 1,
            _ => {}
        }
        marks +=
            u32::from(matches!(last, Class::Stop | Class::Comma | Class::Enumeration | Class::Semicolon) && glyphs > 1);
        before = last;
        last = class;
        if glyphs == 1 {
            line.first = class;
        }
    }
    if wide.0 >= 3 && wide.0 * 10 >= (glyphs - 1) * 6 {
        // Letter-spaced throughout, marks too.
        spaced += wide.0;
        width = body.chars().filter(|&c| c != ' ').map(|c| u32::from(half_widths(c))).sum();
        gaps = 0;
    } else if gaps == 0 && wide.0 + 1 >= glyphs {
        spaced += wide.0;
    } else {
        gaps += wide.0;
        width += wide.1;
    }
    let cap = |n: u32| n.min(u32::from(MOST_COUNTED)) as u16;
    // A quarter em is half a half-width; two of them are worth one.
    line.width = cap(width + quarters.1 / 2);
    line.lead = lead_width(body);
    line.glyphs = cap(glyphs);
    line.digits = cap(digits);
    line.latin = cap(latin);
    line.marks = cap(marks);
    line.gaps = cap(gaps);
    line.spaced = cap(spaced);
    line.loose = cap(loose);
    line.quarters = (cap(quarters.0), cap(quarters.1));
    line.quarter_sides = (sides[0], sides[1], sides[2], sides[3]);
    line.last = last;
    // A full point behind Han is the stop of a page set with half-width marks.
    if body.ends_with(['.', '．']) && matches!(before, Class::Han | Class::CloseBracket | Class::CloseQuote) {
        line.last = Class::Stop;
    }
    if matches!(last, Class::CloseQuote | Class::CloseBracket) && before == Class::Stop {
        line.last = Class::ClosedStop;
    }
    if matches!(last, Class::Latin | Class::Digit | Class::Ellipsis | Class::Dash) || body.ends_with(['@', '/']) {
        let from = body
            .rfind(|c: char| !c.is_ascii_graphic())
            .map_or(0, |k| k + body[k..].chars().next().map_or(1, char::len_utf8));
        let word = &body[from..];
        line.address = word.contains("www.") || word.contains("://") || word.contains('@');
    }
    line.folio = line.digits > 0 && line.glyphs < 48 && body.contains(' ') && super::furniture::is_folio(body);
    line.cue = cue_of(body);
    line.item = item_of(line.cue, body);
    line.tail = tail_of(body);
    if line.spaced > 0 {
        read_through_spacing(&mut line, body);
    }
    Some(line)
}
