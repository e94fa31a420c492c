//! Spaces beside numbers: inside one expression they go, between fields they stay.

use super::gap::Gap;
use crate::measure::{Class, Habits};
use crate::text::han_set::HanSet;
use crate::text::width::is_han;
use crate::vocabulary::{BUILT_IN, numbers};

/// Words behind which a number stands, so that no field ends in them: 至 2023年, 约 30公里.
static ASKS_FOR_NUMBER: HanSet = HanSet::of("有至到于於约約近达達超逾");

pub(super) static UNITS: HanSet = HanSet::of(numbers::UNITS);

/// Whether a token is the number of a section: 1.1, 3.2.1.
pub(super) fn is_section_number(token: &str) -> bool {
    token.len() <= 9
        && token.contains('.')
        && token.split('.').all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Share of the places on the other side of numbers that have a space too, at least, where an extractor writes quarter ems. A table of
/// prizes (一等奖 6注 7,031,258元) has none there. Set by hand.
const OTHER_SIDE: f32 = 0.2;

/// Digits of a code that begins with a nought, at least.
const LEAST_CODE: usize = 4;

pub(super) fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㈠'..='㈩' | '⑴'..='⒇')
}

/// Whether a token is nothing but a sign, a number, a time or a date. It may hold the spaces that an option puts.
pub(super) fn is_head(token: &str) -> bool {
    token
        .chars()
        .all(|c| !is_han(c) || matches!(c, '年' | '月' | '日' | '上' | '下' | '中' | '午' | '晚' | '凌' | '晨'))
}

/// Whether a space between Han and a number in a display line or row is kept: no inside one expression, yes between fields.
pub(super) fn keeps_beside_number(gap: &Gap<'_>, habits: &Habits) -> bool {
    let (a, b) = gap.edges;
    let (left, right) = (gap.left(), gap.right());
    // If the extractor writes a space for every quarter em, a single space means nothing. It does so on both sides of a number; where
    // one side has none, the spaces of the other part fields.
    let (to_digit, to_han) = habits.quarter;
    let habit = if is_han(b) { to_han } else { to_digit };
    // The sign of a unit is as wide as a Han and has no quarter em.
    if habit > 0.5 && to_digit.min(to_han) > OTHER_SIDE && gap.width() == 1 && gap.classes.0 != Class::Unit {
        return false;
    }
    if is_han(b) {
        // 3 版, 8 月, 10 万元: a number and its unit.
        let unit = b == '℃' || UNITS.has(b);
        let alone = left.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '—' | '-' | '～'));
        if alone && left.starts_with('0') && left.len() >= LEAST_CODE && !left.contains('.') {
            return true; // 0501178 米线: a code counts nothing
        }
        let time = left.contains(':'); // 05:52 日落
        let counted =
            unit && !time && (gap.b.glyphs <= 3 || alone || right.chars().nth(1).is_some_and(|c| c.is_ascii_digit()));
        let year = b == '年' && alone && left.len() == 4;
        return !(year || counted && gap.width() == 1);
    }
    if BUILT_IN.counted.has(left) || ASKS_FOR_NUMBER.has(a) {
        return false;
    }
    // 第 3, 年 8, 月 12
    if a == '第'
        || matches!(a, '年' | '月' | '日' | '时')
            && (gap.a.glyphs == 1 || left.chars().any(|c| c.is_ascii_digit()))
            && b.is_ascii_digit()
            && gap.width() == 1
    {
        let date = right.chars().find(|c| !c.is_ascii_digit());
        return !(a == '第' || matches!(date, Some('月' | '日' | '时' | '年' | '—' | '至') | None));
    }
    if matches!(a, '年' | '月') && gap.a.glyphs == 1 {
        return false;
    }
    true
}
