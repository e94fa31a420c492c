//! Days, weeks and dates of the civil and the lunar calendar.

/// How the name of a day of the week begins: 星期五, 禮拜五.
pub(super) const WEEK: &[&str] = &["星期", "礼拜", "禮拜"];
/// The short form. Many names and words begin so too: 周一平, 周刊.
pub const SHORT_WEEK: [char; 2] = ['周', '週'];
/// The last character of a day of the week.
pub const DAYS: &str = "一二三四五六日天";

/// Names of the lunar calendar.
pub(super) const LUNAR: &[&str] = &["农历", "農曆", "夏历", "夏曆", "阴历", "陰曆"];
/// The first characters of the names of lunar years.
pub const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
/// Their second characters.
pub const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
/// Months of the lunar calendar.
pub const LUNAR_MONTHS: &str = "正一二三四五六七八九十冬腊臘";
/// Days of the lunar calendar.
pub const LUNAR_DAYS: &str = "初一二三四五六七八九十廿卅";

/// Characters of dates of both calendars, besides digits and noughts.
pub(crate) const DATED: &str = "年月日一二三四五六七八九十初廿卅冬腊臘正";

/// Words before the day on which a paper was founded.
pub(super) const FOUNDED: &[&str] = &["创刊", "創刊"];
