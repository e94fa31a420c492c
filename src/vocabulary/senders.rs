//! Who sends a report, and how a dateline 电头 says so: 本报讯, 新华社桥头8月17日电.

use super::{Vocabulary, word_list};

/// The paper itself.
pub(super) const OWN: &[&str] = &["本报", "本報", "本刊", "本网", "本網", "本台", "本臺", "本社"];
/// Agencies and their sites.
pub(super) const AGENCIES: &[&str] =
    &["新华社", "新華社", "新华网", "新華網", "中新社", "中新网", "中新網", "中央社", "人民网", "人民網"];
/// All senders.
pub(super) const ALL: [&str; OWN.len() + AGENCIES.len()] = word_list::joined(&[OWN, AGENCIES]);

/// The last character of a dateline, before the names in brackets.
pub const SENT: [char; 4] = ['讯', '訊', '电', '電'];

/// How a dateline with a date ends.
pub(super) const DATED: &[&str] = &["日电", "日電", "日讯", "日訊", "专电", "專電", "综合", "綜合"];

/// What opens a report that the paper put together from those of others.
pub(super) const DIGESTS: &[&str] = &["外电报道", "外電報道", "综合报道", "綜合報道", "综合消息", "綜合消息"];

/// The names for itself that a paper may have anywhere in a line. The others of [`OWN`] are also found inside longer words
/// (日本社会, 基本网络).
pub(super) const PAPER: &[&str] = &["本报", "本報"];

impl Vocabulary {
    /// Whether a line names a reporter or the paper.
    pub fn names_reporter(&self, text: &str) -> bool {
        self.reporters.is_in(text) || self.paper.is_in(text)
    }

    /// Whether a note in brackets names who sent the report.
    pub fn names_sender(&self, brackets: &str) -> bool {
        let inner = brackets.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.names_reporter(inner) || self.own.opens(inner) || self.agencies.is_in(inner)
    }

    /// Whether the words before a gap name where a report comes from: 本报讯, 据渠首电, 综合外电报道.
    pub fn is_origin(&self, text: &str) -> bool {
        const LONGEST: usize = 12; // characters
        let short = |most: usize| text.chars().nth(most).is_none();
        text.ends_with(['讯', '訊']) && short(4)
            || text.starts_with(['据', '據']) && text.ends_with(SENT) && short(LONGEST)
            || self.digests.ends(text) && short(LONGEST)
    }

    /// The length of the sender that `text` begins with, 据 before an agency included.
    pub fn sender_at_start(&self, text: &str) -> Option<usize> {
        if let Some(sender) = self.senders.prefix_of(text) {
            return Some(sender.len());
        }
        let after = text.strip_prefix(['据', '據'])?;
        let sender = self.agencies.prefix_of(after)?;
        Some(text.len() - after.len() + sender.len())
    }
}
