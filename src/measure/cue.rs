//! Cues and tails: what the first and the last characters of a line announce, by the phrases of the trade.

use crate::text::han_set::HanSet;
use crate::text::width::is_han;
use crate::vocabulary::calendar::DATED;
use crate::vocabulary::credits;
use crate::vocabulary::cues::{Cue, PHRASES, TAIL_PHRASES, Tail};
use crate::vocabulary::numbers::{is_numeral, is_zero};
use crate::vocabulary::senders::SENT;
use crate::vocabulary::word_list::last_char;
use crate::vocabulary::{BUILT_IN, Vocabulary};
use std::str::Chars;

/// For each hash of a head (the first six bytes) the number, from 1, of the first phrase with that head; and for each
/// phrase the number of the next one. Most lines have no phrase with their head, so that one lookup is enough.
static FIRST_PHRASE: [u8; HEADS] = PHRASE_CHAINS.0;
static NEXT_PHRASE: [u8; PHRASES.len()] = PHRASE_CHAINS.1;

/// The first eight bytes of each phrase as a number, and a mask of the bytes that it has.
static KEYS: [(u64, u64); PHRASES.len()] = {
    let mut keys = [(0, 0); PHRASES.len()];
    let mut k = 0;
    while k < keys.len() {
        keys[k] = key_of(PHRASES[k].0.as_bytes());
        k += 1;
    }
    keys
};

/// The phrases shorter than a head: their keys, masks and cues.
static SHORT: [(u64, u64, Cue); SHORT_COUNT] = {
    let mut short = [(0, 0, Cue::None); SHORT_COUNT];
    let (mut k, mut n) = (0, 0);
    while k < PHRASES.len() {
        let (phrase, cue) = PHRASES[k];
        if phrase.len() < HEAD {
            let (key, mask) = key_of(phrase.as_bytes());
            short[n] = (key, mask, cue);
            n += 1;
        }
        k += 1;
    }
    short
};

const SHORT_COUNT: usize = {
    let (mut k, mut n) = (0, 0);
    while k < PHRASES.len() {
        n += (PHRASES[k].0.len() < HEAD) as usize;
        k += 1;
    }
    n
};

/// Bytes of the head by which phrases are found.
const HEAD: usize = 6;

const HEADS: usize = 4096;

const _: () = assert!(PHRASES.len() <= u8::MAX as usize, "a phrase has its number in a byte");

const PHRASE_CHAINS: ([u8; HEADS], [u8; PHRASES.len()]) = {
    let (mut first, mut next) = ([0u8; HEADS], [0u8; PHRASES.len()]);
    let mut k = PHRASES.len();
    while k > 0 {
        k -= 1;
        let head = head_hash(key_of(PHRASES[k].0.as_bytes()).0);
        next[k] = first[head];
        first[head] = k as u8 + 1;
    }
    (first, next)
};

/// The first eight bytes as a number, and the mask of those that exist.
const fn key_of(b: &[u8]) -> (u64, u64) {
    let (mut key, mut mask, mut k) = (0, 0, 0);
    while k < 8 && k < b.len() {
        key |= (b[k] as u64) << (8 * k);
        mask |= 0xFF << (8 * k);
        k += 1;
    }
    (key, mask)
}

const fn head_hash(key: u64) -> usize {
    ((key << 16).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52) as usize % HEADS
}

/// Han of the longest name of a speaker.
const SPEAKER: usize = 5;

/// The cue that a trimmed line begins with. The caller knows that it begins with `han` Han without a space between them.
#[inline]
pub fn cue_of(line: &str, han: usize) -> Cue {
    match line.as_bytes().first_chunk::<8>() {
        Some(first) if !may_have_cue(line.as_bytes(), u64::from_le_bytes(*first), han) => Cue::None,
        _ => read_cue(line, han),
    }
}

/// Whether a line may begin with a phrase, a number or a speaker. Most lines begin with Han or a quotation mark and have
/// none. All conditions are evaluated without branches, because none of them is predictable.
#[inline]
fn may_have_cue(line: &[u8], key: u64, han: usize) -> bool {
    let first = key & FIRST;
    let known = (han > 0) | (first == key_of("“".as_bytes()).0);
    let phrase = (FIRST_PHRASE[head_hash(key)] != 0) | (key >> 24 & 0xFF == b'/' as u64);
    !known | phrase | (first == key_of("第".as_bytes()).0) | may_be_numbered(line, han)
}

/// A mask of the bytes of one Han.
const FIRST: u64 = 0xFF_FFFF;

#[inline(never)] // called for one line in four
fn read_cue(line: &str, han: usize) -> Cue {
    let b = line.as_bytes();
    if b.len() < 2 {
        return if b.first().is_some_and(u8::is_ascii_digit) { Cue::Digits } else { Cue::None };
    }
    let key = b.first_chunk::<8>().map_or_else(|| key_of(b).0, |first| u64::from_le_bytes(*first));
    let mut best = (0, Cue::None);
    let mut at = FIRST_PHRASE[head_hash(key)];
    while let Some(k) = usize::from(at).checked_sub(1) {
        let ((phrase, cue), (head, mask)) = (PHRASES[k], KEYS[k]);
        if key & mask == head && phrase.len() > best.0 && (phrase.len() <= 8 || line.starts_with(phrase)) {
            best = (phrase.len(), cue);
        }
        at = NEXT_PHRASE[k];
    }
    if best.0 > 0 {
        return best.1;
    }
    if han < 2
        && let Some(&(.., cue)) = SHORT.iter().find(|(head, mask, _)| key & mask == *head)
    {
        return cue;
    }
    if han == 0 || key & FIRST == key_of("第".as_bytes()).0 || may_be_numbered(b, han) {
        numbered_cue(line, han)
    } else {
        Cue::None
    }
}

/// Whether the first `han` Han of a line may be a number or a speaker, by the character after them. The first of them is
/// not 第.
#[inline]
fn may_be_numbered(line: &[u8], han: usize) -> bool {
    // Near the end of a line its last three bytes serve: they are a Han or a part of one, and no mark.
    let at = (3 * han.min(SPEAKER)).min(line.len().saturating_sub(3));
    let [a, b, c] = line.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default();
    let after = u32::from(a) << 16 | u32::from(b) << 8 | u32::from(c);
    let within = |first: u32, last: u32| after.wrapping_sub(first) <= last - first;
    // 、 and ：, and all characters that may be Han outside the common block: radicals, 〇 々 〆, extensions.
    let mark = (after == 0xE3_80_81) | (after == 0xEF_BC_9A);
    let han_beyond = within(0xE2_BA_80, 0xE2_BF_9F)
        | within(0xE3_80_85, 0xE3_80_87)
        | within(0xE3_90_80, 0xE4_B6_BF)
        | within(0xEF_A4_80, 0xEF_AB_BF);
    (han <= SPEAKER) & (mark | han_beyond | (after >= 0xF0_00_00))
}

/// The cue of a line by its first character. The caller knows that the first `han` characters are Han.
fn numbered_cue(line: &str, han: usize) -> Cue {
    let mut chars = line.chars();
    match chars.next() {
        Some('0'..='9') => digit_cue(line),
        Some('A'..='H') => match (chars.next(), chars.next()) {
            (Some('.' | '．' | '、'), Some(c)) if is_han(c) => Cue::Number,
            _ => Cue::None,
        },
        Some('第') => ordinal_cue(chars),
        Some('（' | '(' | '〔' | '［' | '[' | '【') if BUILT_IN.opens_with_jump(line) => Cue::Jump,
        Some('（' | '(') => bracket_cue(chars),
        Some('①'..='⑳' | '●' | '■' | '◆' | '★' | '◇' | '○' | '※' | '►' | '▼' | '◎' | '☆' | '•' | '·') => {
            Cue::Bullet
        }
        Some(c) if is_numeral(c) => numeral_cue(chars),
        Some(c) if is_han(c) => speaker_cue(line.get(han * 3..).filter(|_| han > 1).unwrap_or(chars.as_str()), han),
        _ => Cue::None,
    }
}

/// 3.渠水, 12月, 2004
fn digit_cue(line: &str) -> Cue {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut after = line[digits..].chars();
    match after.next() {
        None => Cue::Digits,
        Some('、') => Cue::Number,
        Some('.' | '．') if !after.next().is_some_and(|c| c.is_ascii_digit()) => Cue::Number,
        Some('.' | '．') if is_numbered_section(line) => Cue::Number,
        Some('年' | '月' | '时' | '時' | '日') => Cue::Date,
        Some(':') => Cue::Date,
        Some(' ') if line.bytes().all(|b| b.is_ascii_digit() || b == b' ') => Cue::Digits,
        _ => Cue::None,
    }
}

/// 第三条, 第12版; `rest` is behind 第.
fn ordinal_cue(rest: Chars<'_>) -> Cue {
    let mut n = 0;
    for c in rest {
        match c {
            '0'..='9' | '百' => n += 1,
            c if is_numeral(c) || is_zero(c) => n += 1,
            '条' | '章' | '條' if n > 0 => return Cue::Article,
            '版' | '期' | '号' | '號' if n > 0 => return Cue::Furniture,
            _ => return Cue::None,
        }
    }
    Cue::None
}

/// （三）, (12); `rest` is behind the bracket.
fn bracket_cue(rest: Chars<'_>) -> Cue {
    let mut n = 0;
    for c in rest.take(4) {
        match c {
            '0'..='9' => n += 1,
            c if is_numeral(c) => n += 1,
            '）' | ')' if n > 0 => return Cue::BracketNumber,
            _ => return Cue::None,
        }
    }
    Cue::None
}

/// 十二、; `rest` is behind the first numeral.
fn numeral_cue(rest: Chars<'_>) -> Cue {
    for c in rest.take(3) {
        match c {
            '、' => return Cue::HanNumber,
            c if is_numeral(c) => {}
            _ => return Cue::None,
        }
    }
    Cue::None
}

/// 老裴：; `rest` is behind the first `han` Han of the line, at least one.
fn speaker_cue(rest: &str, han: usize) -> Cue {
    for (k, c) in (han.max(1)..=SPEAKER).zip(rest.chars()) {
        match c {
            '：' if k >= 2 => return Cue::Speaker,
            c if is_han(c) => {}
            _ => return Cue::None,
        }
    }
    Cue::None
}

/// Whether the line begins like a numbered section: 1.2.3, or 1.2 and a space. 1.2亿 is an amount.
fn is_numbered_section(line: &str) -> bool {
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
        Cue::Number if is_range(line) => 0,
        Cue::Number | Cue::BracketNumber | Cue::HanNumber | Cue::Article | Cue::Ordinal => number_in(line),
        Cue::Bullet | Cue::Caption => match line.chars().next() {
            Some(c @ '①'..='⑳') => c as u16 - '①' as u16 + 1,
            _ => 1,
        },
        Cue::Question | Cue::Speaker => 1,
        _ => 0,
    }
}

/// Whether a line begins with two numbers that count the same: 3、4月份, 1、2号井. The first one is no number of an item.
fn is_range(line: &str) -> bool {
    let Some((_, rest)) = line.split_once('、') else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits)
        && rest[digits..].starts_with(['、', '月', '号', '號', '日', '路', '班', '名', '组', '組', '线', '線'])
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

/// The tail of a trimmed line whose last character is `last`.
#[inline]
pub fn tail_of(line: &str, last: char) -> Tail {
    if may_announce(last) { announced(line, last) } else { Tail::None }
}

/// Whether a phrase of [`TAIL_PHRASES`], a date or a credit may end in this character. Most lines end in another one. The
/// check has one branch, because the last character of a line is unpredictable.
#[inline]
pub(super) fn may_announce(last: char) -> bool {
    LAST[place_of_last(last, FACTOR)] == last
}

/// The last characters of all tails.
const ENDS: [char; 1 + TAIL_PHRASES.len() + credits::ALL.len()] = {
    let mut all = ['日'; 1 + TAIL_PHRASES.len() + credits::ALL.len()];
    let mut k = 0;
    while k < TAIL_PHRASES.len() {
        all[1 + k] = last_char(TAIL_PHRASES[k].0);
        k += 1;
    }
    let mut n = 0;
    while n < credits::ALL.len() {
        all[1 + k + n] = last_char(credits::ALL[n]);
        n += 1;
    }
    all
};

/// Each of [`ENDS`] at its place. An empty place holds NUL, which no phrase ends in.
static LAST: [char; PLACES] = match table_of_ends(FACTOR) {
    Some(table) => table,
    None => panic!("the factor was chosen so that there is a table"),
};

const PLACES: usize = 64;

/// A factor that gives each of [`ENDS`] a place of its own.
const FACTOR: u32 = {
    let mut factor = 0x9E37_79B1u32;
    while table_of_ends(factor).is_none() {
        factor = factor.wrapping_mul(5).wrapping_add(2);
    }
    factor
};

const fn table_of_ends(factor: u32) -> Option<[char; PLACES]> {
    let mut table = ['\0'; PLACES];
    let mut k = 0;
    while k < ENDS.len() {
        let place = place_of_last(ENDS[k], factor);
        if table[place] != '\0' && table[place] != ENDS[k] {
            return None;
        }
        table[place] = ENDS[k];
        k += 1;
    }
    Some(table)
}

/// For the place of each last character the number, from 1, of the first phrase that ends in it; and for each phrase the
/// number of the next one.
static TAIL_CHAINS: ([u8; PLACES], [u8; TAIL_PHRASES.len()]) = {
    let (mut first, mut next) = ([0; PLACES], [0; TAIL_PHRASES.len()]);
    let mut k = TAIL_PHRASES.len();
    while k > 0 {
        k -= 1;
        let place = place_of_last(last_char(TAIL_PHRASES[k].0), FACTOR);
        next[k] = first[place];
        first[place] = k as u8 + 1;
    }
    (first, next)
};

const fn place_of_last(c: char, factor: u32) -> usize {
    ((c as u32).wrapping_mul(factor) >> 26) as usize
}

fn announced(line: &str, last: char) -> Tail {
    if last == '日' {
        return date_tail(line);
    }
    let mut best = (0, Tail::None);
    let mut at = TAIL_CHAINS.0[place_of_last(last, FACTOR)];
    while let Some(k) = usize::from(at).checked_sub(1) {
        let (phrase, tail) = TAIL_PHRASES[k];
        if phrase.len() > best.0 && line.ends_with(phrase) {
            best = (phrase.len(), tail);
        }
        at = TAIL_CHAINS.1[k];
    }
    if best.0 > 0 {
        return best.1;
    }
    let body = line.strip_suffix(['）', ')']).unwrap_or(line);
    if BUILT_IN.ends_with_name_and_credit(body) { Tail::Credit } else { Tail::None }
}

/// The cue of a line that the built-in phrases do not know.
pub(super) fn added_cue(line: &str, words: &Vocabulary) -> Cue {
    let sent = |sender: usize| line[sender..].starts_with(SENT);
    if words.reporters.prefix_of(line).is_some_and(|post| line[post.len()..].starts_with(' ')) {
        Cue::Byline
    } else if words.sender_at_start(line).is_some_and(sent) {
        Cue::News
    } else if words.opens_with_jump(line) {
        Cue::Jump
    } else {
        Cue::None
    }
}

/// The tail of a line that the built-in phrases do not know.
pub(super) fn added_tail(line: &str, words: &Vocabulary) -> Tail {
    let body = line.strip_suffix(['）', ')']).unwrap_or(line);
    if words.ends_with_name_and_credit(body) { Tail::Credit } else { Tail::None }
}

/// Whether the line is a date and nothing else: 2023年8月1日.
fn date_tail(line: &str) -> Tail {
    static DATE: HanSet = HanSet::of(DATED);
    let date = |c: char| c.is_ascii_digit() || DATE.has(c) || is_zero(c) || c == ' ';
    if line.len() < 40 && line.chars().all(date) && line.contains('月') { Tail::Date } else { Tail::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_of_the_last_character_misses_no_tail() {
        let before = ["", " ", "何苗 ", "何苗 整", "何苗 摄", "何苗 作", "8月1"];
        let phrases = TAIL_PHRASES.iter().map(|(phrase, _)| phrase.strip_suffix(last_char(phrase)).unwrap_or_default());
        let before: Vec<&str> = before.into_iter().chain(phrases).collect();
        for last in '\0'..='\u{FFFF}' {
            for before in &before {
                let line = format!("{before}{last}");
                assert_eq!(tail_of(&line, last), announced(&line, last), "{line:?}");
            }
        }
    }

    #[test]
    fn the_longest_phrase_decides_the_tail() {
        for (phrase, _) in TAIL_PHRASES {
            for before in ["", "澜江", "澜江 ", "图", "摄影"] {
                let line = format!("{before}{phrase}");
                let fits = TAIL_PHRASES.iter().filter(|(phrase, _)| line.ends_with(phrase));
                let longest = fits.max_by_key(|(phrase, _)| phrase.len()).map(|(_, tail)| *tail);
                assert_eq!(Some(tail_of(&line, last_char(phrase))), longest, "{line}");
            }
        }
    }

    #[test]
    fn the_quick_check_misses_no_number_and_no_speaker() {
        for han in ["一", "十二", "第三", "第", "何苗", "何", "何苗小民", "何苗小民记", "何苗小民记者"]
        {
            let beyond = ["⺀：", "⼈：", "〇：", "〇、", "々：", "㐀：", "䶵：", "\u{F900}：", "𠀀："];
            let others = ["、", "：", "，", "。", "〇", "条", "”", "1", ":", " ", ""];
            for after in beyond.iter().chain(&others) {
                let line = format!("{han}{after}澜江");
                for line in [line.as_str(), &line[..han.len() + after.len()]] {
                    let known = line.chars().take_while(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')).count();
                    assert_eq!(cue_of(line, known), cue_of(line, 0), "{line:?}");
                }
            }
        }
    }

    #[test]
    fn a_wrong_number_of_han_does_not_panic() {
        for han in [0, 1, 6, usize::MAX / 3 + 1, usize::MAX] {
            for line in ["", "渠", "渠水", "渠水流过桥头镇"] {
                assert_eq!(cue_of(line, han), Cue::None, "{line:?} after {han} Han");
            }
        }
    }

    #[test]
    fn the_lookup_by_head_finds_the_same_phrase_as_a_search_of_the_list() {
        let more = ["何苗：好", "文艺", "▲", "□ 何苗", "“一、澜江桥头", "“何苗：好", "“1.澜江桥头", "“（一）澜江"];
        let mut lines = more.map(String::from).to_vec();
        for (phrase, _) in PHRASES {
            for (at, _) in phrase.char_indices() {
                lines.push(format!("{}澜", &phrase[..at]));
                lines.push(phrase[..at].into());
            }
            lines.extend(["", "桥头镇", " ", "：", "/"].map(|more| format!("{phrase}{more}")));
        }
        for line in lines.iter().filter(|line| line.len() > 1) {
            let fits = PHRASES.iter().filter(|(phrase, _)| line.starts_with(phrase)).map(|(p, cue)| (p.len(), *cue));
            let han = line.chars().take_while(|&c| is_han(c)).count();
            let longest = fits.max_by_key(|(n, _)| *n);
            for han in [0, han] {
                let wanted = longest.map_or_else(|| numbered_cue(line, 0), |(_, cue)| cue);
                assert_eq!(cue_of(line, han), wanted, "{line:?} after {han} Han");
            }
        }
    }
}
