//! Numbers in Han, and what they count.

/// What a number counts or measures, in a display line.
pub(crate) const UNITS_SPACED: &str =
    "年月日时時分秒点點万億亿千百元吨米公里斤克亩户人名个只头项次届期版号號条起辆台套倍层岁周天家所座处位度";

/// What stands before a count of pages.
pub(crate) const COUNTED: &[&str] = &["今日", "本期", "今天", "共", "总"];

/// What a number counts or measures, cut by a line break.
pub(crate) const UNITS_CUT: &str =
    "年月日时分秒万亿千百元吨米公里斤克亩户人名个只头项次届期版号条起辆台套时點时度倍层岁周天家所座处件位";
