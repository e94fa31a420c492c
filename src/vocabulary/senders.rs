//! Who sends a report, and how a dateline says so.

/// Who sends a report: what a dateline begins with.
pub(crate) const SENDERS: &[&str] =
    &["本报", "本報", "本刊", "本网", "本台", "新华社", "新華社", "据新华社", "據新華社", "中新社", "中新网", "中央社"];

/// What ends the dateline proper, before the names in brackets.
pub(crate) const SENT: [char; 4] = ['讯', '訊', '电', '電'];

/// Words that make brackets a dateline.
pub(crate) const IN_BRACKETS: &[&str] = &["记者", "記者", "本报", "本報", "新华社", "新華社", "中央社", "通讯员"];

/// How a dateline ends.
pub(crate) const DATED: &[&str] = &["日电", "日電", "日讯", "专电", "综合"];

/// Who sends what a label opens: 本报讯.
pub(crate) const LABEL: &[&str] = &["本报", "新华社", "据新华社", "中新社", "中新网", "人民网", "本報"];
