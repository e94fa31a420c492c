//! Lines that go on with what stands above them, whatever their shape says.

use super::around::Around;
use super::hints::is_number_alone;
use crate::measure::class::{Class, class_of};
use crate::measure::line::{Line, Recurrence};
use crate::measure::opening::Opening;
use crate::text::han_set::HanSet;
use crate::vocabulary::cues::Cue;
use crate::vocabulary::{Vocabulary, numbers};

/// The opening of a line that goes on with the line above.
pub(super) fn opening(around: &Around<'_>) -> Option<Opening> {
    let Around { before, above, line, below, words, .. } = *around;
    let noted = (line.first == Class::Bullet) | matches!(line.first_char, '[' | '［' | '〔');
    // The mark may stand alone: ③⏎，
    let alone = line.glyphs <= 4
        && below.is_some_and(|b| b.first.is_in(Class::set(&[Class::Comma, Class::Enumeration, Class::Stop])));
    if noted && (is_note_mark(around.body(line)) || alone && is_lone_mark(around.body(line))) {
        return Some(Opening::NoteMark);
    }
    let quoted = (above.last == Class::ClosedStop) | (above.last == Class::CloseQuote);
    let clause = quoted & (line.last == Class::Stop) & (line.glyphs <= SPEECH);
    let full = || before.is_none_or(|b| above.width.saturating_add(FULL_EM) >= b.width);
    if clause && full() && is_speech(around.body(line), words) {
        return Some(Opening::Speech);
    }
    if above.glyphs == 1 && above.last == Class::Han && is_drop_cap(before, line, below) {
        return Some(Opening::DropCap);
    }
    // （一） stands alone above a stanza, too.
    let is_text = above.digits > 0 || line.glyphs >= FULL_ROW;
    if is_number_alone(above)
        && is_text
        && line.first.is_in(Class::set(&[Class::Han, Class::OpenQuote]))
        && line.blanks == 0
    {
        return Some(Opening::Rest);
    }
    if may_be_value(above, line) && (ends_open_row(around) || asks_for_value(around)) {
        return Some(Opening::Value);
    }
    // An entry of contents that takes two lines: nothing of a row is on its first one, and it is no short heading.
    let beside = before.is_some_and(|b| b.contents) || above.glyphs >= ENTRY && below.is_some_and(|b| b.contents);
    let entry = line.contents && above.last == Class::Han && beside;
    if entry && u32::from(above.width) * 10 >= 6 * u32::from(line.width) {
        return Some(Opening::RestOfRow);
    }
    None
}

/// Marks the numbers of a sentence that a tool set on lines of their own, and the lines below, which begin with what they count:
/// 稿件⏎1286⏎篇.
pub(super) fn find_numbers(text: &str, lines: &mut [Line], hinted: &[usize]) {
    const SLACK: u16 = 4; // half-widths
    const WIDE: u16 = 80;
    for &i in hinted {
        let (above, number) = (&lines[i - 1], &lines[i]);
        let alone = (number.cue == Cue::Digits) & (number.digits == number.glyphs);
        let Some(below) = lines.get(i + 1).filter(|_| alone) else { continue };
        let inside = (above.last == Class::Han) & (above.marks > 0) & (number.recurrence == Recurrence::No);
        // Between two rows of one width, or between wide ones, it is a folio.
        let (least, most) = (above.width.min(below.width), above.width.max(below.width));
        let counts = inside && UNITS.has(below.first_char) && most - least > SLACK && most < WIDE;
        if counts && !text[number.start as usize..number.end as usize].starts_with('0') {
            lines[i..=i + 1].iter_mut().for_each(|line| line.opening = Opening::Rest);
        }
    }
}

/// What a number counts: units, and the words by which things are counted.
static UNITS: HanSet = HanSet::of(numbers::UNITS)
    .with("篇首幅件座间間棵株头頭只隻匹辆輛架艘条條张張封册冊章节節段处處所名位项項种種类類份批");

/// Whether a line may begin with the number that the line above asks for.
#[inline]
pub(super) fn may_be_value(above: &Line, line: &Line) -> bool {
    let asked = above.last.is_in(Class::set(&[Class::Colon, Class::Digit, Class::Dash]))
        | (above.last == Class::Han) & (line.digits >= LEAST_DIGITS - MOST_HYPHENS)
        | (above.last_chars[0] == '-');
    let called = (line.first == Class::Latin) & (above.last == Class::Colon);
    (line.first == Class::Digit) & (asked | (above.cue as u8 == Cue::Number as u8)) | called
}

/// Glyphs of a row of text, at least, below a number in Han: the lines of a song are shorter.
const FULL_ROW: u16 = 12;

/// Hyphens in a telephone number, at most.
const MOST_HYPHENS: u16 = 3;

/// Glyphs of the first line of an entry that no entry stands above, at least: a heading is shorter.
const ENTRY: u16 = 10;

/// Half-widths by which a full line may be short of the line above it.
const FULL_EM: u16 = 4;

/// Glyphs of the longest clause that only says who spoke.
pub(super) const SPEECH: u16 = 16;

/// Whether a line begins with the mark of a note, or another sign, and goes on in the sentence: ①，
fn is_note_mark(body: &str) -> bool {
    let mut chars = body.chars();
    let mark = match chars.next() {
        Some(c) if class_of(c) == Class::Bullet => true,
        // [12]，
        Some('[' | '［' | '〔') => {
            let rest = chars.as_str().trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = chars.as_str().len() - rest.len();
            chars = rest.chars();
            (1..=3).contains(&digits) && matches!(chars.next(), Some(']' | '］' | '〕'))
        }
        _ => false,
    };
    mark && chars.next().is_some_and(|c| matches!(c, '，' | '。' | '、' | '；' | '：' | '”' | '）'))
}

/// Whether a line is nothing but the mark of a note: ③, [12].
fn is_lone_mark(body: &str) -> bool {
    let number = body.strip_prefix(['[', '［']).and_then(|s| s.strip_suffix([']', '］']));
    number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        || body.chars().count() == 1 && body.starts_with(|c| matches!(c, '①'..='⑳' | '⑴'..='⒇' | '*'))
}

/// Whether a line is only a clause of speech: 村支书何苗说。
fn is_speech(body: &str, words: &Vocabulary) -> bool {
    let clause = body.trim_end_matches(['。', '！']);
    let spoken = words.says.ends(clause) && !words.says_not.ends(clause) || words.tells.ends(clause);
    spoken && !clause.contains(['“', '。', '：', '！', '？'])
}

/// Whether the single glyph above a line is its drop cap: a paragraph begins there, and the line is no single glyph too.
fn is_drop_cap(before: Option<&Line>, line: &Line, below: Option<&Line>) -> bool {
    const FULL: u16 = 8; // glyphs
    let begins = before.is_none_or(|b| {
        b.glyphs > 1
            && (b.last.is_in(Class::set(&[Class::Stop, Class::ClosedStop])) || b.width.saturating_add(4) < line.width)
    });
    let running = line.marks > 0 || below.is_some_and(|b| b.marks > 0);
    begins
        && running
        && !line.parted
        && line.glyphs >= FULL
        && !line.last.is_in(Class::set(&[Class::Stop, Class::ClosedStop]))
        && line.first == Class::Han
        && below.is_none_or(|b| b.glyphs > 1)
}

/// Whether the line ends a row that is open above it: the row before ends in a field that it has not yet.
fn ends_open_row(around: &Around<'_>) -> bool {
    let Around { before, above, line, .. } = *around;
    let open = (above.cue == Cue::Number) & (above.gaps >= 2) & (above.last == Class::Han) & (line.cue == Cue::None);
    open && u32::from(line.glyphs) * 2 < u32::from(above.glyphs)
        && before.is_some_and(|b| b.cue == Cue::Number && b.last == line.last)
}

/// Whether the line above asks for the number that the line begins with: behind a label or a hyphen, or because the break
/// cuts a telephone number.
fn asks_for_value(around: &Around<'_>) -> bool {
    let Around { above: line_above, words, .. } = *around;
    let (above, below) = (around.body(line_above), around.body(around.line));
    let of_number = |b: &u8| b.is_ascii_digit() || *b == b'-';
    let number = below.bytes().take_while(of_number).count();
    let last = line_above.last;
    if last == Class::Colon {
        // 电话：⏎0351-1234567. A label that is a row by itself may stand above a list.
        let inside = line_above.glyphs > 8 || line_above.marks > 0;
        return inside && (number >= 5 || is_address_or_code(below) && asks_how_to_reach(above, words));
    }
    if last == Class::Han {
        return number >= HOTLINE && line_above.glyphs > 8 && words.reach.ends(above);
    }
    let cut = above.bytes().rev().take_while(of_number).count();
    if let Some(stem) = above.strip_suffix('-') {
        return stem.ends_with(|c: char| c.is_ascii_alphanumeric()); // 0351-⏎1234567, PE-⏎100
    }
    let digits = |s: &[u8]| s.iter().filter(|b| b.is_ascii_digit()).count();
    let label = &above[..above.len() - cut];
    // 电话：, 電何生：
    let called = |label: &str| {
        words.reach.ends(label) || label.chars().rev().take(5).any(|c| matches!(c, '电' | '電' | '话' | '話'))
    };
    let labelled = label.ends_with(['：', ':', ' ']) && called(label.trim_end_matches(['：', ':', ' ']));
    let whole = digits(&above.as_bytes()[above.len() - cut..]) + digits(&below.as_bytes()[..number]);
    labelled && cut >= 3 && TELEPHONE.contains(&whole)
}

/// Whether a line ends in a label that says how to reach somebody: 微信号：, 微 信 号 ：.
fn asks_how_to_reach(line: &str, words: &Vocabulary) -> bool {
    let label: String = line.trim_end_matches(['：', ':', ' ']).chars().filter(|&c| c != ' ').collect();
    words.reach.ends(&label)
}

/// Whether a line ends in a whole telephone number behind its label.
pub(super) fn ends_in_telephone(line: &str, words: &Vocabulary) -> bool {
    let number = line.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'-').count();
    let (label, number) = line.split_at(line.len() - number);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    TELEPHONE.contains(&digits) && words.reach.ends(label.trim_end_matches(['：', ':', ' ']))
}

/// Whether a line ends in a telephone number that only a stop or a space sets off, as advertisements do: …面议。13900001111.
/// Letters in it hide digits: 138XX4417XX.
pub(super) fn ends_in_bare_telephone(line: &str) -> bool {
    let hidden = |c: char| matches!(c, 'X' | 'x' | '×' | '*');
    let number = line.trim_end_matches(|c: char| c.is_ascii_digit() || hidden(c) || c == '-').len();
    let (before, number) = line.split_at(number);
    let digits = number.chars().filter(|&c| c != '-').count();
    let masked = number.contains(hidden) && number.bytes().filter(u8::is_ascii_digit).count() >= 3;
    let mobile = digits == 11 && number.starts_with('1');
    let whole = mobile || masked && TELEPHONE.contains(&(digits + usize::from(digits == 6)));
    whole && before.ends_with(['。', ' ', '！', '：', ':', '；', '，', '话', '話', '机', '機'])
}

/// Whether a line is nothing but a telephone number of a private person, perhaps with a name or in brackets: 138XX4417XX（何）.
pub(super) fn is_telephone(line: &str) -> bool {
    const NAME: usize = 5; // characters behind it
    let end =
        line.find(|c: char| !c.is_ascii_digit() && !matches!(c, 'X' | 'x' | '×' | '*' | '-')).unwrap_or(line.len());
    let (number, name) = line.split_at(end);
    let digits = number.chars().filter(|&c| c != '-').count();
    let masked = number.contains(['X', 'x', '×', '*']);
    (digits == 11 && number.starts_with('1') || masked && TELEPHONE.contains(&digits)) && name.chars().count() <= NAME
}

/// Whether a line begins with an address, a code or an amount: Latin or at least five digits.
pub(super) fn is_address_or_code(line: &str) -> bool {
    let inner = line.trim_start_matches(['（', '(', '《', '〈']);
    let code = inner.bytes().take_while(|b| b.is_ascii_graphic() && *b != b',' && *b != b';');
    let (digits, others) = code.fold((0, 0), |(d, o), b| if b.is_ascii_digit() { (d + 1, o) } else { (d, o + 1) });
    digits + others >= 6 && (digits >= 5 || others >= 2)
}

/// Digits of the telephone number of a service, which has no area. A year has fewer.
const HOTLINE: usize = 5;

/// Digits of the shortest telephone number of a person.
pub(super) const LEAST_DIGITS: u16 = 7;

/// How many digits a telephone number has, with or without its area.
const TELEPHONE: std::ops::RangeInclusive<usize> = LEAST_DIGITS as usize..=12;
