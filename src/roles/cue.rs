//! Cues and tails: what a line's first and last characters announce, as far as the trade's own phrases go.

use crate::han_set::HanSet;
use crate::width::is_han;

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

/// For each hash of a head (the first three bytes) the number, from 1, of the first phrase that begins so, and for each
/// phrase that of the next: most lines are turned away by the first look.
static FIRST_PHRASE: [u8; HEADS] = PHRASE_CHAINS.0;
static NEXT_PHRASE: [u8; PHRASES.len()] = PHRASE_CHAINS.1;

const HEADS: usize = 1024;

const PHRASE_CHAINS: ([u8; HEADS], [u8; PHRASES.len()]) = {
    let (mut first, mut next) = ([0u8; HEADS], [0u8; PHRASES.len()]);
    let mut k = PHRASES.len();
    while k > 0 {
        k -= 1;
        let b = PHRASES[k].0.as_bytes();
        let head = head_hash(b[0], b[1], b[2]);
        next[k] = first[head];
        first[head] = k as u8 + 1;
    }
    (first, next)
};

const fn head_hash(a: u8, b: u8, c: u8) -> usize {
    ((a as usize) * 31 + (b as usize) * 7 + (c as usize)) % HEADS
}

/// Han of the longest name of a speaker.
const SPEAKER: usize = 5;

/// The cue that a trimmed line begins with; it is known to begin with `han` Han that nothing parts.
pub fn cue_of(line: &str, han: usize) -> Cue {
    let b = line.as_bytes();
    if b.len() < 2 {
        return if b.first().is_some_and(u8::is_ascii_digit) { Cue::Digits } else { Cue::None };
    }
    let third = *b.get(2).unwrap_or(&0);
    let mut best = (0, Cue::None);
    let mut at = FIRST_PHRASE[head_hash(b[0], b[1], third)];
    while let Some(k) = usize::from(at).checked_sub(1) {
        let (phrase, cue) = PHRASES[k];
        if phrase.as_bytes()[..3] == [b[0], b[1], third] && phrase.len() > best.0 && line.starts_with(phrase) {
            best = (phrase.len(), cue);
        }
        at = NEXT_PHRASE[k];
    }
    if best.0 > 0 {
        return best.1;
    }
    // Behind so many Han neither a number's mark nor a speaker's colon is looked for.
    if han > SPEAKER && !line.starts_with('第') { Cue::None } else { numbered_cue(line) }
}

fn numbered_cue(line: &str) -> Cue {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return Cue::None };
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
                    c if is_numeral(c) => n += 1,
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
                    c if is_numeral(c) => n += 1,
                    '）' | ')' if n > 0 => return Cue::BracketNumber,
                    _ => return Cue::None,
                }
            }
            Cue::None
        }
        '①'..='⑳' | '●' | '■' | '◆' | '★' | '◇' | '○' | '※' | '►' | '▼' | '◎' | '☆' | '•' | '·' => {
            Cue::Bullet
        }
        c if is_numeral(c) => {
            for c in chars.take(3) {
                match c {
                    '、' => return Cue::HanNumber,
                    c if is_numeral(c) => {}
                    _ => return Cue::None,
                }
            }
            Cue::None
        }
        c if is_han(c) => {
            for (k, c) in chars.take(SPEAKER).enumerate() {
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

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
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
pub fn item_of(cue: Cue, line: &str) -> u16 {
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

/// The tail that a trimmed line ends with; `last` is its last character.
pub fn tail_of(line: &str, last: char) -> Tail {
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
    // The last characters of all the tails that end in a Han.
    static LAST: HanSet = HanSet::of("摄攝道文图绘版稿");
    if last == '日' {
        return date_tail(line);
    }
    if !LAST.has(last) && !matches!(last, '）' | ')' | '…') {
        return Tail::None;
    }
    let mut best = (0, Tail::None);
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
