//! Parts of a unit with a role of their own: the dateline 电头 that opens a paragraph, the jump line that opens or ends it,
//! the credit that ends a caption.

use crate::proof::{Part, Role, Unit};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::jumps::{OPEN, Way, may_end_in_jump};
use crate::vocabulary::senders::SENT;

/// Glyphs of the longest dateline without the names: 新华社, a place and a date have about twenty.
const MAX_DATELINE: usize = 30;
/// Glyphs of the longest brackets after a dateline: four reporters with their posts.
const MAX_BRACKETS: usize = 60;
/// Glyphs of the longest credit.
const MAX_CREDIT: usize = 24;

/// Finds the parts of a unit whose role is decided.
pub(super) fn find(body: &str, unit: &mut Unit, words: &Vocabulary) {
    let from = unit.range.start;
    let mut add = |role, start: usize, end: usize| {
        if end > start && end - start < body.len() {
            unit.parts.push(Part { role, range: from + start..from + end });
        }
    };
    if !matches!(unit.role, Role::Body | Role::Caption | Role::Unknown) {
        return;
    }
    let mut at = 0;
    if let Some(end) = bracketed(body).filter(|&end| whole_jump(&body[..end], words) == Some(Role::Resume)) {
        add(Role::Resume, 0, end);
        at = end;
    }
    if let Some(end) = dateline(&body[at..], words) {
        add(Role::Dateline, at, at + end);
    }
    if unit.role == Role::Caption
        && let Some(start) = credit(body, words)
    {
        add(Role::Credit, start, body.len());
    }
    if may_end_in_jump(body)
        && let Some(start) = body.rfind(OPEN).filter(|&s| whole_jump(&body[s..], words) == Some(Role::Jump))
    {
        add(Role::Jump, start, body.len());
    }
}

/// The role of a text that is a jump line and nothing else.
pub(super) fn whole_jump(text: &str, words: &Vocabulary) -> Option<Role> {
    // Brackets with a jump word may name their page in other ways: （下转中缝）.
    let by_word = || {
        let short = bracketed(text) == Some(text.len()) && text.chars().count() <= MAX_CREDIT;
        short.then(|| words.jump_word(text)).flatten()
    };
    Some(match words.whole_jump(text).or_else(by_word)? {
        Way::On => Role::Jump,
        Way::Back => Role::Resume,
    })
}

/// The end of the brackets that open `text`.
fn bracketed(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let close = match chars.next()?.1 {
        '（' => ['）', ')'],
        '(' => [')', '）'],
        '［' | '[' => ['］', ']'],
        '【' => ['】', '】'],
        '〔' => ['〕', '〕'],
        _ => return None,
    };
    // OCR may read a closing bracket of another shape.
    chars.take(MAX_BRACKETS).find(|(_, c)| close.contains(c) || *c == '）').map(|(at, c)| at + c.len_utf8())
}

/// The end of the dateline that opens `text`.
pub(super) fn dateline(text: &str, words: &Vocabulary) -> Option<usize> {
    if let Some(end) = bracketed(text) {
        let inner = &text[..end];
        let opens = inner.starts_with(['【', '〔', '［']) && words.names_sender(inner);
        return opens.then_some(end);
    }
    let sender = words.sender_at_start(text)?;
    let mut at = None;
    for (n, (k, c)) in text.char_indices().enumerate().skip(text[..sender].chars().count()) {
        if n > MAX_DATELINE || matches!(c, '。' | '，' | '、' | '；' | '：' | '“' | '”' | '！' | '？') {
            break;
        }
        if SENT.contains(&c) {
            at = Some(k + c.len_utf8());
            break;
        }
    }
    let at = at?;
    let rest = text[at..].trim_start_matches(' ');
    let names = text.len() - rest.len();
    Some(bracketed(rest).filter(|&end| names_reporter(&rest[..end], words)).map_or(at, |end| names + end))
}

fn names_reporter(brackets: &str, words: &Vocabulary) -> bool {
    words.reporters.is_in(brackets) || words.qualifiers.is_in(brackets)
}

/// The beginning of the credit that ends `text`.
fn credit(text: &str, words: &Vocabulary) -> Option<usize> {
    if let Some(start) = text.rfind(['（', '('])
        && let Some(inner) = text.strip_suffix(['）', ')'])
        && words.ends_with_credit(inner)
        && text[start..].chars().count() <= MAX_CREDIT
    {
        return Some(start);
    }
    let start = text.rfind(['。', '！', '？', '”', '）']).map_or(0, |at| at + 3);
    let start = start + text[start..].len() - text[start..].trim_start_matches(' ').len();
    is_credit(&text[start..], words).then_some(start)
}

/// Whether the whole text is a credit.
pub(super) fn is_credit(text: &str, words: &Vocabulary) -> bool {
    let text = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    (words.ends_with_credit(text) || words.slashed.opens(text))
        && text.chars().count() <= MAX_CREDIT
        && !text.contains(['。', '，', '！', '？', '；'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::BUILT_IN;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cheap_test_rules_out_no_jump_line(text in "[（【(]?(下转|上接|转|接)第?[2A十]?[版页]?(《渠》)?[渠。 ]{0,2}[）】)]?") {
            prop_assert!(whole_jump(&text, &BUILT_IN).is_none() || may_end_in_jump(&text), "{:?}", text);
        }
    }

    #[test]
    fn a_dateline_ends_after_its_names() {
        for (line, part) in [
            ("本报讯（记者 何苗）昨日上午，新桥通车。", "本报讯（记者 何苗）"),
            ("本报桥头镇9月3日讯 （记者 何苗 通讯员 石头）渠水", "本报桥头镇9月3日讯 （记者 何苗 通讯员 石头）"),
            ("新华社桥头8月17日电 渠水流过", "新华社桥头8月17日电"),
            ("【本報訊】渠水", "【本報訊】"),
            ("本报讯（“桥头杯”）球赛", "本报讯"),
        ] {
            assert_eq!(dateline(line, &BUILT_IN).map(|end| &line[..end]), Some(part));
        }
        for line in ["本报记者昨天见到了他，电话里", "本报近日收到来信。电工老何", "（一）修桥", "渠水"]
        {
            assert_eq!(dateline(line, &BUILT_IN), None, "{line}");
        }
    }

    #[test]
    fn a_text_is_a_jump_line_only_as_a_whole() {
        assert_eq!(whole_jump("（下转第2版）", &BUILT_IN), Some(Role::Jump));
        assert_eq!(whole_jump("［上接第一版］", &BUILT_IN), Some(Role::Resume));
        assert_eq!(whole_jump("（下转第2版）何苗", &BUILT_IN), None);
        assert_eq!(whole_jump("（据新华社电）", &BUILT_IN), None);
    }

    #[test]
    fn a_credit_ends_a_caption() {
        assert_eq!(credit("图为新桥。何苗 摄", &BUILT_IN), Some("图为新桥。".len()));
        assert_eq!(credit("新桥通车（何苗摄）", &BUILT_IN), Some("新桥通车".len()));
        assert_eq!(credit("图为新桥通车的场面。", &BUILT_IN), None);
        assert!(is_credit("本报记者 何苗 摄", &BUILT_IN) && !is_credit("图为新桥，何苗 摄", &BUILT_IN));
    }
}
