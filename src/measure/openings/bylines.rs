//! Who reports: the byline above a text, the dateline that begins it, the credit and the source below it.

use super::around::{Around, OPEN_ENDS, STOPS};
use crate::measure::class::Class;
use crate::measure::line::Line;
use crate::text::width::is_han;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::cues::{Cue, Tail};
use crate::vocabulary::senders::SENT;
use crate::vocabulary::surnames::is_whole_name;

/// Whether a line may be a dateline by itself: by its cue, or as 本报清水9月12日讯（记者 何苗） is.
#[inline]
pub(super) fn may_be_dateline(line: &Line) -> bool {
    let sent = (line.cue as u8 == Cue::News as u8) | (line.cue as u8 == Cue::Wire as u8);
    let placed = (line.first_char == '本') & (line.last == Class::CloseBracket);
    (sent | placed) & (line.glyphs <= DATELINE)
}

/// Glyphs of the longest dateline.
pub(super) const DATELINE: u16 = 26;

/// Whether a line may be the credit of the report above it, in brackets by itself.
#[inline]
pub(super) fn may_be_credit(above: &Line, line: &Line) -> bool {
    above.last.is_in(STOPS)
        & (line.first == Class::OpenBracket)
        & (line.last == Class::CloseBracket)
        & (line.glyphs <= CREDIT)
}

/// Glyphs of the longest credit in brackets.
const CREDIT: u16 = 24;

/// Whether a line may name who reports and nothing else.
#[inline]
pub(super) fn may_be_byline(line: &Line) -> bool {
    let cue = line.cue as u8;
    let named = (cue == Cue::Byline as u8) | (cue == Cue::Wire as u8) | (cue == Cue::News as u8);
    named & (line.marks == 0) & (line.last == Class::Han) & (line.glyphs <= BYLINE)
}

/// Glyphs of the longest byline.
const BYLINE: u16 = 24;

/// Whether a line is nothing but a dateline with its reporters in brackets.
pub(super) fn is_dateline(body: &str) -> bool {
    match body.strip_suffix(['）', ')']) {
        Some(inner) => inner.rsplit_once(['（', '(']).is_some_and(|(before, _)| before.ends_with(SENT)),
        None => false,
    }
}

/// Whether a line is nothing but a bracket that names who reports.
pub(super) fn is_credit(around: &Around<'_>) -> bool {
    let inner = around.body(around.line).strip_prefix(['（', '(']).and_then(|s| s.strip_suffix(['）', ')']));
    inner.is_some_and(|inner| !inner.contains(['（', '(', '。', '，']) && around.words.opens_with_reporter(inner))
}

/// Whether a line is nothing but the source of the report above it, or its beginning: （新华社桥头2月18日电）.
pub(super) fn is_source(around: &Around<'_>) -> bool {
    let line = around.line;
    let Some(inner) = around.body(line).strip_prefix(['（', '(']) else { return false };
    let sent = inner.trim_end_matches(['）', ')']);
    let is_dated = |c: char| c == '日' || SENT.contains(&c);
    line.glyphs <= DATELINE
        && sent.chars().next_back().is_some_and(is_dated)
        && around.words.sender_at_start(sent).is_some()
        && !sent.contains(['，', '。', '：', '（', '('])
}

/// Whether a line names reporters and nothing else: 新华社记者 何苗 石磊.
pub(super) fn is_byline(body: &str, words: &Vocabulary) -> bool {
    const LONGEST: usize = 4; // characters of a name
    let body = words.agencies.prefix_of(body).map_or(body, |agency| &body[agency.len()..]);
    let mut fields = body.split(' ').filter(|field| !field.is_empty());
    let is_post = |field: &str| words.opens_with_post(field) || words.own.opens(field);
    let is_name = |field: &str| field.chars().all(is_han) && field.chars().count() <= LONGEST;
    // Strewn spaces part the words of a sentence: 记者 今天 从县里 获悉.
    let is_named = fields.clone().next().is_some_and(|first| words.ends_with_name(first))
        || fields.clone().find(|field| !is_post(field)).is_some_and(is_whole_name);
    is_named
        && words.opens_with_reporter(body)
        && body.contains(' ')
        && fields.all(|field| is_post(field) || is_name(field))
}

/// Whether a line names reporters below a headline, or below the end of a text. One byline may have two lines.
pub(super) fn begins_byline(around: &Around<'_>) -> bool {
    let Around { above, line, words, .. } = *around;
    may_be_byline(line)
        && !may_be_byline(above)
        && !above.last.is_in(OPEN_ENDS)
        && line.tail == Tail::None
        && is_byline(around.body(line), words)
}

/// Whether the line above ends inside the post that this one goes on with: 本报⏎记者 何苗.
pub(super) fn is_cut_post(around: &Around<'_>) -> bool {
    let Around { above, line, words, .. } = *around;
    line.cue == Cue::Byline && words.is_inside_post(around.body(above), around.body(line))
}

/// Whether a line is the rest of the last name of the byline above, or one more name: 本报记者 何苗 石⏎磊.
pub(super) fn is_rest_of_byline(around: &Around<'_>) -> bool {
    const NAME: u16 = 3; // glyphs
    let Around { above, line, .. } = *around;
    if !may_be_byline(above) || line.glyphs > NAME || line.first != Class::Han || line.last != Class::Han {
        return false;
    }
    let (byline, rest) = (around.body(above), around.body(line));
    let last = byline.rsplit(' ').next().unwrap_or_default().chars().count();
    let names = byline.split(' ').filter(|field| is_whole_name(field)).count();
    // Below one name a glyph may be a drop cap, and a name one more byline.
    let is_rest = last == 1 || names >= 2 && (line.glyphs == 1 || is_whole_name(rest));
    is_rest && above.tail == Tail::None && is_byline(byline, around.words)
}

#[cfg(test)]
mod tests {
    use crate::measure::{Layout, Opening};

    const TEXT: &str = "渠水流过桥头镇，两岸的稻田一片金黄，";

    /// What the second line of a page says of the break above it.
    fn second(text: &str) -> Opening {
        let mut page = Layout::default();
        page.measure(text, &[]);
        page.lines[1].opening
    }

    #[test]
    fn text_begins_below_a_byline_and_a_cut_name_goes_on() {
        let below = |byline: &str, line: &str| second(&format!("{byline}\n{line}\n{TEXT}\n"));
        assert_eq!(below("新华社记者 何苗 石磊", TEXT), Opening::Apart);
        assert_eq!(below("首席记者 何苗 实习生 石磊", TEXT), Opening::Apart);
        assert_eq!(below("本报记者何苗从县里获悉", TEXT), Opening::None, "a sentence");
        assert_eq!(below("本报记者 何苗 石磊", "渠首的早晨"), Opening::None, "a headline");
        for (byline, rest) in [("本报记者 何苗 石", "磊"), ("本报记者 何苗 石", "大河"), ("本报记者 何苗 石磊", "王洋")]
        {
            assert_eq!(below(byline, rest), Opening::Rest, "{byline} {rest}");
        }
        assert_eq!(below("本报记者 何苗", "渠"), Opening::None, "a drop cap");
        assert_eq!(below("本报记者 何苗", "石磊"), Opening::None, "one more byline");
        assert_eq!(below("本报记者 何苗 石磊", "引子"), Opening::None, "no name");
    }

    #[test]
    fn a_byline_begins_below_a_headline() {
        let below = |above: &str, byline: &str| second(&format!("{above}\n{byline}\n"));
        assert_eq!(below("渠首的早晨", "本报记者 何苗 石磊"), Opening::Apart);
        assert_eq!(below("渠首的早晨", "首席记者 何苗 发自渠首"), Opening::Apart);
        assert_eq!(below("渠首的早晨，", "本报记者 何苗 石磊"), Opening::None, "inside a sentence");
        assert_eq!(below("本报记者 何苗 石磊", "通讯员 王洋"), Opening::None, "its second line");
        assert_eq!(below("渠首的早晨", "本报记者 何苗从县里获悉"), Opening::None, "a sentence");
        assert_eq!(below("渠首的早晨", "本报记者 今天 从县里 获悉"), Opening::None, "strewn spaces");
    }

    #[test]
    fn a_post_that_the_line_cuts_goes_on() {
        let below = |above: &str, post: &str| second(&format!("{above}\n{post}\n"));
        assert_eq!(below("渠水流过桥头镇。本报", "记者 何苗 摄"), Opening::Rest);
        assert_eq!(below("渠水流过桥头镇。特约", "通讯员 何苗 摄"), Opening::Rest);
        assert_eq!(below("渠水流过桥头镇", "记者 何苗 摄"), Opening::None, "a whole post");
    }

    #[test]
    fn the_source_of_a_report_stands_alone_below_it() {
        let below = |source: &str| second(&format!("{TEXT}人们忙着修堤\n{source}\n"));
        for source in ["（新华社桥头2月18日电）", "（新华社桥头2月18日", "（据新华社电）"] {
            assert_eq!(below(source), Opening::Apart, "{source}");
        }
        assert_eq!(below("（图为桥头2月18日"), Opening::None, "no sender");
        assert_eq!(below("（新华社桥头的记者）"), Opening::None, "no date");
        assert_eq!(below("（新华社桥头2月18日电，记者何苗）"), Opening::None, "a sentence");
    }
}
