//! What speaks for a date: the weekday and the lunar date that are printed with it.

use icu_calendar::Date;
use icu_calendar::cal::ChineseTraditional;

/// Whether a printed fact agrees with a date; `None` if it is not known.
pub(super) type Agrees = Option<bool>;

/// The last characters of the names of the days, from Monday on; 天 is another name of 日.
const WEEK: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

/// A date in ISO 8601.
fn parsed(iso: &str) -> Option<Date<icu_calendar::Iso>> {
    let mut parts = iso.split('-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Date::try_new_iso(year, month, day).ok()
}

/// Whether the weekday as printed is that of the date.
pub(super) fn weekday_agrees(iso: &str, printed: Option<&str>) -> Agrees {
    let named = printed?.chars().next_back()?;
    let named = if named == '天' { '日' } else { named };
    let day = WEEK.iter().position(|&c| c == named)?;
    Some(parsed(iso)?.weekday() as usize == day + 1)
}

/// Whether the lunar date as printed is that of the date. Months and days are compared, not the name of the year.
pub(super) fn lunar_agrees(iso: &str, printed: Option<&str>) -> Agrees {
    let (leap, month, day) = lunar(printed?)?;
    let date = parsed(iso)?.to_calendar(ChineseTraditional::new());
    let found = date.month().to_input();
    Some(found.is_leap() == leap && found.number() == month && date.day_of_month().0 == day)
}

/// Leap month, month and day of a lunar date: 农历癸卯年闰二月廿一.
fn lunar(printed: &str) -> Option<(bool, u8, u8)> {
    let (before, day) = printed.rsplit_once('月')?;
    let month: Vec<char> = before.chars().rev().take_while(|c| "正一二三四五六七八九十冬腊臘".contains(*c)).collect();
    let month: String = month.into_iter().rev().collect();
    let leap = before.trim_end_matches(month.as_str()).ends_with(['闰', '閏']);
    let day = day.trim_start_matches(['大', '小', '初']);
    Some((leap, month_number(&month)?, day_number(day)?))
}

fn month_number(month: &str) -> Option<u8> {
    match month {
        "正" => Some(1),
        "冬" => Some(11),
        "腊" | "臘" => Some(12),
        other => day_number(other),
    }
}

/// 三, 十, 十五, 廿三, 二十, 三十, 卅.
fn day_number(day: &str) -> Option<u8> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|n| n as u8 + 1);
    let chars: Vec<char> = day.chars().collect();
    match chars[..] {
        ['十'] => Some(10),
        ['廿'] => Some(20),
        ['卅'] => Some(30),
        [c] => digit(c),
        ['十', c] => Some(10 + digit(c)?),
        ['廿', c] => Some(20 + digit(c)?),
        [tens, '十'] => Some(10 * digit(tens)?),
        [tens, '十', c] => Some(10 * digit(tens)? + digit(c)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_is_compared_with_the_calendar() {
        assert_eq!(weekday_agrees("2023-08-18", Some("星期五")), Some(true));
        assert_eq!(weekday_agrees("2023-08-20", Some("禮拜天")), Some(true));
        assert_eq!(weekday_agrees("2023-08-18", Some("周四")), Some(false));
        assert_eq!(weekday_agrees("2023-08-18", None), None);
    }

    #[test]
    fn a_lunar_date_is_compared_with_the_calendar() {
        for (iso, printed, agrees) in [
            ("2023-08-18", "农历癸卯年七月初三", Some(true)),
            ("2023-08-19", "农历癸卯年七月初三", Some(false)),
            ("2023-04-01", "癸卯年闰二月十一", Some(true)),
            ("2023-04-01", "癸卯年二月十一", Some(false)),
            ("1985-01-01", "农历甲子年十一月十一", Some(true)),
            ("2024-02-09", "农历腊月三十", Some(true)),
            ("2024-02-10", "农历正月初一", Some(true)),
            ("2023-08-18", "农历", None),
        ] {
            assert_eq!(lunar_agrees(iso, Some(printed)), agrees, "{iso} {printed}");
        }
    }
}
