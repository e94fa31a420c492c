//! Rows: lines with the same fields as a neighbour, rosters, entries of contents.

use super::around::{Around, OPEN_ENDS, begins_below};
use super::continuations::{LEAST_DIGITS, ends_in_telephone};
use crate::measure::class::{Class, class_of};
use crate::measure::line::Line;
use crate::measure::opening::Opening;
use crate::text::width::is_han;
use crate::vocabulary::cues::Cue;
use crate::vocabulary::surnames::is_whole_name;

/// The opening of a line that is a row, or stands below one.
pub(super) fn opening(around: &Around<'_>) -> Option<Opening> {
    let Around { above, line, below, words, .. } = *around;
    if above.contents && !matches!(line.first_char, '版' | '页' | '頁') {
        return Some(Opening::AfterRow);
    }
    if may_follow_telephone(above, line) && ends_in_telephone(around.body(above), words) {
        return Some(Opening::AfterValue);
    }
    if !line.parted {
        return None;
    }
    let head = |b: &Line| above.marks == 0 && !above.last.is_in(OPEN_ENDS) && same_units(around, line, b);
    let first = |b: &Line| begins_below(above, line) && alike(around, line, b) || head(b);
    (alike(around, above, line) || below.is_some_and(first)).then_some(Opening::Row)
}

/// Marks the lines below the page numbers of a table of contents that stand alone in brackets: 渠首⏎(1)⏎渡口⏎(5). Three at least grow down
/// the page, and not by one each as the numbers of items do, each below a line without marks.
pub(super) fn find_page_numbers(lines: &mut [Line]) {
    const FEWEST: usize = 3;
    let is_number = |line: &Line| {
        let alone = (line.digits > 0) & (line.digits + 2 == line.glyphs) & (line.last == Class::CloseBracket);
        (line.cue == Cue::BracketNumber) & alone
    };
    let found: Vec<usize> = (1..lines.len()).filter(|&i| is_number(&lines[i]) && lines[i - 1].marks == 0).collect();
    let number = |at: usize| lines[found[at]].item_number;
    if found.len() < FEWEST || !(1..found.len()).all(|at| number(at - 1) < number(at)) {
        return;
    }
    if usize::from(number(found.len() - 1) - number(0)) >= found.len() {
        found
            .iter()
            .for_each(|i| lines.iter_mut().skip(i + 1).take(1).for_each(|below| below.opening = Opening::AfterRow));
    }
}

/// Whether the line above may end in a telephone number.
#[inline]
pub(super) fn may_follow_telephone(above: &Line, line: &Line) -> bool {
    (above.last == Class::Digit) & (line.first == Class::Han) & (above.digits >= LEAST_DIGITS)
}

/// What a sentence or one of its clauses ends in.
const ENDS: u32 = Class::set(&[Class::Stop, Class::ClosedStop, Class::Semicolon]);

/// What two lines have in common that rows of one table have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Common {
    /// Fields, or titles in brackets.
    fields: bool,
    /// Codes at their beginnings, and fields.
    codes: bool,
    /// Asides.
    asides: bool,
    /// Spaces beside numbers, and the same last character.
    units: bool,
    /// As many gaps, more than a line of text has, and no marks but those of numbers.
    cells: bool,
}

impl Common {
    /// Of two lines that follow each other. Without branches: it is asked of all lines.
    #[inline]
    pub fn of(a: &Line, b: &Line) -> Common {
        let (gaps_a, gaps_b) = (a.gaps.saturating_add(a.quarters), b.gaps.saturating_add(b.quarters));
        let gapped = (a.gaps >= 1) & (b.gaps >= 1) & (gaps_b >= 2) & (gaps_a.abs_diff(gaps_b) <= 1) & (a.open == 0);
        let titles = (b.first == Class::OpenBracket) & (a.first_char == b.first_char);
        let unmarked = a.marks + b.marks == 0;
        let coded = b.first.is_in(Class::set(&[Class::Digit, Class::Latin])) & (a.first == b.first) & (b.digits > 0);
        let parted = a.parted & b.parted;
        Common {
            fields: parted & (gapped | titles),
            codes: parted & unmarked & coded & (gaps_b >= 2) & (gaps_a == gaps_b),
            asides: parted & unmarked & a.bracketed & b.bracketed,
            units: parted
                & (a.last_chars[0] == b.last_chars[0])
                & (gaps_a == gaps_b)
                & (gaps_b >= 1)
                & (a.marks.max(b.marks) <= 2),
            cells: parted
                & (unmarked | (a.digits.max(b.digits) >= MANY_DIGITS))
                & (a.gaps.min(b.gaps) >= 2)
                & (gaps_a >= MANY_GAPS)
                & (gaps_a == gaps_b)
                & (a.spaced + b.spaced == 0),
        }
    }

    /// Whether they have anything in common.
    #[inline]
    pub fn any(self) -> bool {
        self.fields | self.codes | self.asides | self.units | self.cells
    }
}

/// Whether two lines are rows of one table.
fn alike(around: &Around<'_>, a: &Line, b: &Line) -> bool {
    let common = Common::of(a, b);
    if !common.any() {
        return false;
    }
    let (above, below) = (around.body(a), around.body(b));
    let plain = || matches!(b.cue, Cue::None | Cue::Date | Cue::Digits) && !b.last.is_in(ENDS);
    common.fields && same_fields(above, a, below, b)
        || common.codes && plain() && same_codes(above, below)
        || common.units && same_units(around, a, b)
        || common.asides && is_roster(above) && is_roster(below)
        || common.cells && !is_latin(a) && !is_latin(b) && !a.last.is_in(ENDS | OPEN_ENDS) && !b.last.is_in(ENDS)
}

/// Gaps of a row of a table, at least, and digits of one whose numbers have marks.
const MANY_GAPS: u16 = 4;
const MANY_DIGITS: u16 = 6;

/// Whether a line is Latin for the most part, and its spaces part words.
fn is_latin(line: &Line) -> bool {
    u32::from(line.latin) * 4 > u32::from(line.glyphs)
}

/// Whether a line ends like a row of contents: at least three dots of a leader, perhaps a name, and a page number; or an arrow and
/// the number.
pub(crate) fn ends_contents_row(body: &str) -> bool {
    const NUMBER: usize = 4; // digits
    const NAME: usize = 12; // characters
    const SHORT: usize = 2; // digits of a page of a newspaper
    let inner = body.trim_end_matches(['）', ')', '］', ']']);
    let row = inner.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = inner.len() - row.len();
    if digits == 0 || digits > NUMBER {
        return false;
    }
    if digits <= SHORT && row.ends_with(['▶', '►', '▸']) {
        return true;
    }
    let row = row.trim_end_matches([' ', '（', '(', '［', '[', '/', '／']);
    let (mut name, mut dots, mut ellipses, mut marked) = (0, 0, 0, false);
    for c in row.chars().rev() {
        if matches!(c, '…' | '⋯') {
            // Only those behind which no other dots stand count twice.
            ellipses += usize::from(ellipses == dots);
            dots += 1;
        } else if matches!(c, '.' | '·' | '．' | '・') {
            dots += 1;
        } else if dots > 0 || name == NAME {
            break;
        } else {
            name += 1;
            marked |= matches!(c, '，' | '。' | '、');
        }
    }
    (dots >= 6 || ellipses >= 2) && !marked
}

/// Whether two lines have the same fields, so that they are rows: no running text, no Latin, no names of a byline.
fn same_fields(above: &str, line_above: &Line, body: &str, line: &Line) -> bool {
    let byline = |l: &Line| matches!(l.cue, Cue::Byline | Cue::News | Cue::Wire);
    let running = |l: &Line| l.last.is_in(ENDS) || l.last.is_in(OPEN_ENDS);
    if byline(line)
        || byline(line_above)
        || is_latin(line)
        || is_latin(line_above)
        || running(line_above)
        || line.last.is_in(OPEN_ENDS)
    {
        return false;
    }
    let (a, b) = (FirstFields::of(above), FirstFields::of(body));
    let alike = a.glyphs.abs_diff(b.glyphs) <= 2 && a.glyphs <= MOST_FIRST && line.first == line_above.first;
    // Names alone may be a list that goes on from line to line.
    alike && a.second == b.second && a.second.is_some() && a.varied && b.varied
}

/// Whether two lines begin with codes of one shape: K101 and K103, 08 and 12.
fn same_codes(above: &str, body: &str) -> bool {
    const LONGEST: usize = 8;
    let code = |line: &str| line.split(' ').next().unwrap_or_default().to_string();
    let (a, b) = (code(above), code(body));
    let alike = |(a, b): (char, char)| class_of(a) == class_of(b) && a.is_ascii();
    a.len() == b.len() && a.len() <= LONGEST && a != b && a.chars().zip(b.chars()).all(alike)
}

/// Whether two lines have fields of the same shapes: as many, that begin with the same classes, and at least two of which end
/// in the same Han: 一等奖 6注 7,031元, 二等奖 118注 165元. Two fields have the same beginning, too: 榆湾—柘溪 8元.
fn same_units(around: &Around<'_>, a: &Line, b: &Line) -> bool {
    if !Common::of(a, b).units || a.last.is_in(ENDS) || b.last.is_in(ENDS) {
        return false;
    }
    let (above, below) = (around.body(a), around.body(b));
    let of = |line| str::split(line, ' ').filter(|f: &&str| !f.is_empty());
    let n = of(above).count();
    if n != of(below).count() || n < 2 || above == below {
        return false;
    }
    let first = |f: &str| f.chars().next().map(class_of);
    let last = |f: &str| f.chars().next_back().filter(|&c| is_han(c));
    let digits = |f: &str| f.bytes().any(|b| b.is_ascii_digit());
    let (mut ends, mut numbers) = (0, 0);
    for (a, b) in of(above).zip(of(below)) {
        if first(a) != first(b) {
            return false;
        }
        ends += usize::from(last(a).is_some() && last(a) == last(b));
        numbers += usize::from(digits(a) && digits(b));
    }
    let same_start = || above.chars().zip(below.chars()).take_while(|(a, b)| a == b).count() >= 3;
    numbers >= 1 && if n == 2 { ends >= 1 && same_start() } else { ends >= 2 }
}

/// Glyphs of the longest first field of a row.
const MOST_FIRST: usize = 10;

/// What the fields of a line are.
#[derive(Debug)]
struct FirstFields {
    /// Glyphs of the first one.
    glyphs: usize,
    /// The class that the second one begins with, if no quarter em but a gap parts them.
    second: Option<Class>,
    /// Whether one is no name: longer, or with a digit.
    varied: bool,
}

impl FirstFields {
    fn of(body: &str) -> FirstFields {
        const NAME: usize = 4;
        let mut fields = body.split(' ').filter(|f| !f.is_empty());
        let first = fields.next().unwrap_or_default();
        let second = fields.next().and_then(|f| f.chars().next());
        let last = first.chars().next_back().unwrap_or(' ');
        let quarter =
            |a: char, b: char| is_han(a) && b.is_ascii_alphanumeric() || a.is_ascii_alphanumeric() && is_han(b);
        let other = |f: &str| f.chars().count() > NAME || f.bytes().any(|b| b.is_ascii_digit());
        FirstFields {
            glyphs: first.chars().count(),
            second: second.filter(|&c| !quarter(last, c)).map(class_of),
            varied: body.split(' ').any(other) || first.chars().count() > 1 && !is_whole_name(first),
        }
    }
}

/// Whether each field of a line is a name with an aside: 马明（桥头小学） 孙建国（清水一中）.
fn is_roster(body: &str) -> bool {
    // A name of two characters may be spread.
    let fields: Vec<&str> =
        body.split_inclusive(['）', ')']).map(|f| f.trim_matches(' ')).filter(|f| !f.is_empty()).collect();
    let named = |field: &&str| {
        let name: String = field.split(['（', '(']).next().unwrap_or_default().chars().filter(|&c| c != ' ').collect();
        is_whole_name(&name) && field.ends_with(['）', ')'])
    };
    fields.len() >= 2 && fields.iter().all(named)
}
