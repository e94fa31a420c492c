//! Words of jump lines 转版.

/// Words that point on, inside a unit.
pub(crate) const PART_ON: &[&str] = &["下转", "下轉"];
/// Words that point back, inside a unit.
pub(crate) const PART_BACK: &[&str] = &["上接", "紧接", "緊接"];

/// Words that point on and back. The short ones count only right behind a bracket.
pub(crate) const ON: &[&str] = &["下转", "下轉", "接转"];
pub(crate) const BACK: &[&str] = &["上接", "紧接", "緊接", "续接"];
pub(crate) const ON_IN_BRACKETS: &[&str] = &["转", "轉"];
pub(crate) const BACK_IN_BRACKETS: &[&str] = &["接", "续"];

/// What a page is called behind its number.
pub(crate) const PAGE: &[&str] = &["版", "页", "頁", "面"];

/// Signs that point to another page, or open the line that does.
pub(crate) const ARROWS: &str = "▶►▷◀◄➤→←↓▲▼●■>＞<";
