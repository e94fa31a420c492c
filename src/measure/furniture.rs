//! How much a line suggests page furniture 版面要素: by phrases of the trade and by the fields of a folio.

use super::class::Class;
use super::folio::{is_date, is_folio_with, is_foot_number, is_page, is_paper, is_paper_section};
use super::line::Line;
use crate::text::width::is_han;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::cues::{Cue, Tail};

/// Em of the longest line of furniture. The imprint line of a masthead has about forty.
pub(crate) const MAX_EMS: u16 = 48;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sign {
    None,
    Weak,
    Strong,
}

/// The line as it will be set, where the page has spaces around numbers, 第 3 版 民生, 2024 年 4 月 27 日, or inside the labels
/// of fields: 责 编：何苗.
pub(crate) fn closed(body: &str) -> Option<String> {
    let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let han = |c: Option<char>| c.is_some_and(is_han);
    let mut fields = body.split(' ').filter(|f| !f.is_empty()).rev();
    let mut out = String::from(fields.next()?);
    let mut joined = false;
    for left in fields {
        let (a, b) = (left.chars().next_back(), out.chars().next());
        let spread = left.len() == 3 && han(a) && opens_label(&out);
        let closes = spread || han(a) && number(b) || number(a) && han(b);
        joined |= closes;
        out.insert_str(0, if closes { "" } else { " " });
        out.insert_str(0, left);
    }
    joined.then_some(out)
}

/// Whether a text begins with a label of at most four Han and its colon.
fn opens_label(text: &str) -> bool {
    let label = text.trim_start_matches(is_han);
    (1..=4 * 3).contains(&(text.len() - label.len())) && label.starts_with(['：', ':'])
}

/// How much a line looks like furniture by itself: 0 not, 1 weakly, 2 strongly.
pub fn weight(body: &str, line: &Line, words: &Vocabulary) -> usize {
    sign(body, line, words) as usize
}

pub(crate) fn sign(body: &str, line: &Line, words: &Vocabulary) -> Sign {
    if line.width > MAX_EMS * 2 || matches!(line.last, Class::Stop | Class::ClosedStop | Class::Comma) {
        return Sign::None;
    }
    // - 12 -, 第12页. A number alone may be anything.
    let number = line.digits < line.glyphs && line.glyphs <= 12 && is_foot_number(body);
    if number || words.furniture.is_in(body) {
        return Sign::Strong;
    }
    // 第3版 要闻 2023年9月12日 星期二: every field is furniture, and one of them is nothing else.
    if is_folio_with(body, words) {
        return Sign::Strong;
    }
    let all = |f: &dyn Fn(&str) -> bool| body.split(' ').filter(|w| !w.is_empty()).all(f);
    if all(&|w| is_date(w) || is_paper_section(w, words) || is_page(w) || is_paper(w, words))
        || line.cue == Cue::Digits
        || line.tail == Tail::Date
    {
        return Sign::Weak;
    }
    let capitals = line.latin >= 6 && body.bytes().all(|b| b.is_ascii_uppercase() || b == b' ');
    if capitals || body.starts_with("CN") && line.digits >= 4 && line.glyphs < 14 { Sign::Weak } else { Sign::None }
}
