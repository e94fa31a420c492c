//! Where a story, a notice or the source of a quotation begins.

use super::around::{Around, OPEN_ENDS};
use crate::measure::class::Class;
use crate::measure::line::Line;
use crate::measure::opening::Opening;
use crate::text::width::is_han;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::cues::Cue;
use crate::vocabulary::senders::SENT;

/// The opening of a line that begins a text of its own.
pub(super) fn opening(around: &Around<'_>) -> Option<Opening> {
    let Around { above, line, words, .. } = *around;
    if above.last.is_in(OPEN_ENDS) {
        return None;
    }
    if may_open_story(line) && opens_story(around.body(line), words) {
        return Some(Opening::Story);
    }
    let notice = || NOTICES.iter().any(|word| around.body(line).ends_with(word));
    if line.plain && line.glyphs <= NOTICE && notice() {
        return Some(Opening::Story);
    }
    let source = line.cue == Cue::Deck && above.last.is_in(Class::set(&[Class::Stop, Class::ClosedStop]));
    source.then_some(Opening::Source)
}

/// Whether a line may open a story: by its cue, or as 本报清水9月12日讯 does.
#[inline]
fn may_open_story(line: &Line) -> bool {
    matches!(line.cue, Cue::News | Cue::Wire) | matches!(line.first_char, '本' | '据' | '據')
}

/// What the title of a small notice ends in, and no line of a sentence.
const NOTICES: [&str; 3] = ["启事", "啟事", "啓事"];

/// Glyphs of the longest title of a notice.
const NOTICE: u16 = 8;

/// Whether a line opens a story in the name of the paper: 本报讯, 本报清水9月12日讯（…, 新华社北京8月17日电.
pub(super) fn opens_story(body: &str, words: &Vocabulary) -> bool {
    const PLACE: usize = 20; // characters between the sender and its 讯
    // 据新华社电; a paper has no need to quote itself.
    let body = body.strip_prefix(['据', '據']).filter(|rest| !words.own.opens(rest)).unwrap_or(body);
    let Some(sender) = words.sender_at_start(body) else { return false };
    let rest = &body[sender..];
    let end = rest.char_indices().take(PLACE).find(|(_, c)| SENT.contains(c));
    let Some((at, _)) = end else { return false };
    let place = &rest[..at];
    let after = rest[at..].chars().nth(1);
    let parted = after.is_none_or(|c| matches!(c, ' ' | '（' | '('));
    let dated = place.is_empty() || place.ends_with(['日', '专', '專']);
    // 本报桥头讯 （…; 本报通讯员 and 本报资讯中心 open no story.
    let placed = words.own.opens(body) && place.chars().count() <= 4 && parted;
    (dated && (parted || after.is_some_and(is_han)) || placed) && !place.contains(['，', '。', '、', '：'])
}
