//! The facts of a unit: what its own text shows, how it was set, and what is around it.

use crate::document::LineAnchor;
use crate::measure::furniture;
use crate::measure::{Class, Cue, Layout, Line, Place, Tail};
use crate::plan::{LineRole, Plan};
use crate::text::width::is_han;
use crate::vocabulary::notices::{OFFICES, TITLES, ends_as_title};
use crate::vocabulary::numbers::is_numeral;
use crate::vocabulary::surnames::is_surname;
use crate::vocabulary::{Vocabulary, WordList};

/// The typeset lines that a page's units were made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Typeset<'a> {
    /// The lines as measured.
    pub layout: &'a Layout,
    /// What was decided about them.
    pub plan: &'a Plan,
    /// Where they are in the decoded text and in the clean text.
    pub anchors: &'a [LineAnchor],
    /// Where they stand on the page; none for a text without places.
    pub places: &'a [Option<Place>],
}

/// The kinds of units that the model tells apart, in the order of their weights. The names are those of the gold.
pub const KINDS: [&str; KIND_COUNT] = [
    "para",
    "headline",
    "kicker",
    "deck",
    "subhead",
    "byline",
    "sign",
    "caption",
    "verse",
    "row",
    "short",
    "contents",
    "jump",
    "resume",
    "furniture",
];
/// How many kinds there are.
pub const KIND_COUNT: usize = 15;

/// A score of each kind of unit, in log-odds.
pub type Row = [f32; KIND_COUNT];

/// The number of a kind.
pub(crate) const fn kind(name: &str) -> usize {
    let mut k = 0;
    while !is_same(KINDS[k], name) {
        k += 1;
    }
    k
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut k = 0;
    while k < a.len() && k < b.len() && a[k] == b[k] {
        k += 1;
    }
    k == a.len() && k == b.len()
}

/// How many ways there are in which a unit can look at a glance.
pub(super) const LOOKS: usize = 10;

/// A unit with its facts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fact {
    pub line: Line,
    pub looks: usize,
    /// Role of its first typeset line.
    pub role: LineRole,
    /// Typeset lines, four at the most.
    pub lines: usize,
    /// Empty lines before its first typeset line.
    pub blanks: u8,
    pub doubled: bool,
    /// Width of its first typeset line beside the column around it, in fifths.
    pub breadth: usize,
    pub sign: usize,
    pub office: usize,
    pub name: usize,
    pub credit: usize,
    pub page: usize,
    pub reach: usize,
    pub quotes: usize,
    pub colon: usize,
    pub cells: usize,
    pub notice: usize,
    /// Different words of a caption, two at the most.
    pub picture: usize,
    /// It has no mark and ends as the title of a notice does.
    pub titled: bool,
    /// How it is enclosed, see [`frame`].
    pub frame: usize,
    pub one_sentence: bool,
    /// It is alone between two paragraphs.
    pub isolated: bool,
    /// How many display lines nearby are isolated, too, and as long: 0 none, 1 one, 2 several.
    pub alike: usize,
    /// A picture was announced since the last display line.
    pub pictured: bool,
    /// Short units around it that hold digits: none, one, a few, many.
    pub figures: usize,
}

/// The facts of a page's units.
#[derive(Debug, Default)]
pub struct Facts {
    pub(super) units: Vec<Fact>,
    /// Share of units that are long paragraphs, in quarters.
    pub(super) long: usize,
    /// Whether the page printed a display line twice.
    pub(super) prints_twice: bool,
}

/// Maximum distance, in units, of two subheads of one text.
const SUBHEADS_APART: usize = 12;
/// Units of the longest report whose headline is looked for behind it.
const LONGEST_REPORT: usize = 12;
/// How far off the other figures of a table may be, in units.
const FIGURES_NEAR: usize = 4;

impl Facts {
    /// Measures the units of a clean text, with the memory of `page`.
    pub(crate) fn measure(
        text: &str,
        set: &Typeset<'_>,
        first_lines: &[Option<(usize, usize)>],
        page: &mut Layout,
    ) -> Facts {
        page.use_vocabulary(set.layout.added_vocabulary());
        page.measure_units(text);
        let mut units: Vec<Fact> = page
            .lines
            .iter()
            .zip(first_lines)
            .map(|(line, lines)| Fact::of(&text[line.start as usize..line.end as usize], line, *lines, set))
            .collect();
        compare(&mut units);
        let long = units.iter().filter(|f| f.looks == 0).count() * 4 / units.len().max(1);
        let prints_twice = units.iter().any(|f| f.doubled);
        Facts { units, long: long.min(3), prints_twice }
    }

    /// Whether a unit opens as a report does, with a dateline.
    pub(crate) fn opens_report(&self, i: usize) -> bool {
        self.units.get(i).is_some_and(|unit| matches!(unit.line.cue, Cue::News | Cue::Wire))
    }

    /// Whether a unit is a display line: without marks, and Han at its end.
    pub(crate) fn is_display(&self, i: usize) -> bool {
        self.units.get(i).is_some_and(|unit| unit.line.marks == 0 && unit.line.last == Class::Han)
    }

    /// For each unit, whether it is a display line at the end of a report that has none above it, with nothing or another report
    /// below.
    pub(crate) fn headlines_behind(&self) -> Vec<bool> {
        let mut behind = vec![false; self.units.len()];
        for i in 0..self.units.len() {
            if !self.is_display(i) || i + 1 < self.units.len() && !self.opens_report(i + 1) {
                continue;
            }
            let paragraphs = (0..i).rev().take_while(|&k| !self.is_display(k)).take(LONGEST_REPORT);
            let opening = paragraphs.filter(|&k| self.opens_report(k)).last();
            let is_bare = |first: usize| first == 0 || !self.is_display(first - 1) || behind[first - 1];
            behind[i] = opening.is_some_and(is_bare);
        }
        behind
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }
}

/// Computes what depends on the units around.
fn compare(units: &mut [Fact]) {
    let n = units.len();
    let text = |f: &Fact| f.looks <= 3;
    for i in 0..n {
        let display = !text(&units[i]) && units[i].line.glyphs > 1;
        units[i].isolated = display && i > 0 && i + 1 < n && text(&units[i - 1]) && text(&units[i + 1]);
    }
    let mut pictured = false;
    for i in 0..n {
        let around = i.saturating_sub(SUBHEADS_APART)..(i + SUBHEADS_APART + 1).min(n);
        let alike = |k: usize| k != i && units[k].isolated && units[k].line.glyphs.abs_diff(units[i].line.glyphs) <= 2;
        let alike = if units[i].isolated { around.filter(|&k| alike(k)).take(2).count() } else { 0 };
        let near = i.saturating_sub(FIGURES_NEAR)..(i + FIGURES_NEAR + 1).min(n);
        let figure = |k: usize| k != i && units[k].line.digits > 0 && units[k].line.glyphs < 16 && !text(&units[k]);
        units[i].figures = match near.filter(|&k| figure(k)).count() {
            0 => 0,
            1 => 1,
            2..=3 => 2,
            _ => 3,
        };
        units[i].alike = alike;
        units[i].pictured = pictured;
        if units[i].credit >= 3 && units[i].line.cue == Cue::Byline {
            pictured = true;
        } else if units[i].doubled || !text(&units[i]) && !units[i].isolated {
            pictured = false;
        }
    }
}

impl Fact {
    /// Measures a unit alone. `lines` is the number of its first line and how many it has.
    fn of(body: &str, line: &Line, lines: Option<(usize, usize)>, set: &Typeset<'_>) -> Fact {
        let words = set.layout.vocabulary();
        let end = last_mark4(line.last);
        let (first, count) = lines.unwrap_or((usize::MAX, 1));
        let typeset = set.layout.lines.get(first);
        let column = set.layout.column_around.get(first).copied().unwrap_or(0).max(1);
        let marks = Marks::of(body, words);
        Fact {
            line: *line,
            looks: looks_of(line, end),
            role: set.plan.lines.get(first).map_or(LineRole::Single, |line| line.role),
            lines: count.clamp(1, 4) - 1,
            blanks: typeset.map_or(0, |t| t.blanks),
            doubled: (first..first.saturating_add(count)).any(|k| set.layout.lines.get(k).is_some_and(|l| l.doubled)),
            breadth: typeset.map_or(4, |t| usize::from(t.width) * 4 / usize::from(column)).min(4),
            sign: furniture::weight(body, line, words),
            office: office_of(body, line, end),
            name: match name_like(body) {
                true if line.is_byline() || line.gaps > 0 => 2,
                true => 1,
                false if signed(body) => 3,
                false => 0,
            },
            credit: credit_of(line, marks.names_reporter),
            page: match marks.names_page {
                false => 0,
                true if line.glyphs < 40 && end > 1 => 2,
                true => 1,
            },
            reach: match marks.tells_reach {
                false => 0,
                true if line.digits >= 7 => 2,
                true => 1,
            },
            quotes: match (marks.quotes, marks.titles) {
                (true, _) => 1,
                (_, true) => 2,
                _ => 0,
            },
            colon: match marks.colon {
                None => 0,
                Some(at) if at < 24 => 1,
                Some(_) => 2,
            },
            cells: match (line.gaps, marks.longest_field) {
                (0, _) => 0,
                (1, _) if line.digits == 0 => 1,
                (_, 0..=9) => 3,
                _ => 2,
            },
            notice: marks.notices,
            picture: marks.pictures,
            titled: line.marks == 0 && TITLES.contains(line.last_chars[0]) && ends_as_title(body),
            frame: frame(body, line),
            one_sentence: marks.stops == 1 && end == 0,
            isolated: false,
            alike: 0,
            pictured: false,
            figures: 0,
        }
    }
}

/// What a unit looks like, by the kind of its last mark and its length.
fn looks_of(line: &Line, end: usize) -> usize {
    match (end, line.glyphs) {
        (0, 25..) => 0,
        (0, _) => 1,
        (1, 25..) => 2,
        (1, _) => 3,
        (_, 0..=5) => 4,
        (_, _) if line.gaps >= 2 => 5,
        (_, 6..=14) => 6,
        (_, 15..=28) => 7,
        _ => 8,
    }
}

/// Whether a unit is the date (1) or the office (2) that signs a notice.
fn office_of(body: &str, line: &Line, end: usize) -> usize {
    match line.glyphs {
        4..=24 if end > 1 && body.chars().next_back().is_some_and(|c| OFFICES.contains(c)) => 2,
        _ if line.tail == Tail::Date => 1,
        _ => 0,
    }
}

/// How a unit credits somebody: by a reporter's post inside (1), as a byline (2), at the end of a report (3), for a picture (4, with a
/// post 5).
fn credit_of(line: &Line, names_reporter: bool) -> usize {
    match (line.tail, names_reporter) {
        (Tail::Credit | Tail::TextAndPicture, true) => 5,
        (Tail::Credit | Tail::TextAndPicture, false) => 4,
        (Tail::Report, _) => 3,
        (_, true) if line.cue == Cue::Byline => 2,
        (_, true) => 1,
        _ => 0,
    }
}

/// How many ways of [`frame`] there are.
pub(super) const FRAMES: usize = 7;

/// How a unit is enclosed: in round brackets (1), in others (2), behind a dash (3), before one (4), before a colon (5), behind a sign (6).
fn frame(body: &str, line: &Line) -> usize {
    let within = |open: [char; 2], close: [char; 2]| {
        let rest = body.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        rest.is_some_and(|inside| !inside.contains(close))
    };
    match (line.first, line.last) {
        _ if within(['（', '('], ['）', ')']) => 1,
        _ if within(['【', '['], ['】', ']']) || within(['〔', '［'], ['〕', '］']) => 2,
        (Class::Dash, _) => 3,
        (_, Class::Dash) => 4,
        (_, Class::Colon) => 5,
        (Class::Bullet, _) => 6,
        _ => 0,
    }
}

/// 读者 何苗: a word for who somebody is, and the name.
fn signed(body: &str) -> bool {
    const WHO: usize = 6; // glyphs of the longest word
    let end = body.char_indices().take(WHO + 1).find(|&(_, c)| !is_han(c));
    let Some((end, ' ')) = end else { return false };
    let name = &body[end + 1..];
    end >= 2 * '渠'.len_utf8() && name.chars().nth(5).is_none() && name_like(name)
}

/// What one walk over a text finds.
#[derive(Default)]
struct Marks {
    /// Characters of its longest field between spaces.
    longest_field: usize,
    /// Marks that end a sentence.
    stops: usize,
    /// The place of the first colon.
    colon: Option<usize>,
    quotes: bool,
    /// Names of works.
    titles: bool,
    /// A page of the issue is named: 第3版, 3版, 见四版.
    names_page: bool,
    /// A reporter or the paper is named.
    names_reporter: bool,
    /// It says how to reach somebody.
    tells_reach: bool,
    /// Different words of a notice, two at the most.
    notices: usize,
    /// Different words of a caption, two at the most.
    pictures: usize,
}

/// The first word that was found of each list of which different words count: notices and captions.
type FirstWords<'a> = [Option<&'a str>; 2];

impl Marks {
    fn of(body: &str, words: &Vocabulary) -> Marks {
        let mut marks = Marks::default();
        let mut first = FirstWords::default();
        let (mut field, mut last, mut last_at) = (0, ' ', 0);
        for (at, c) in body.char_indices() {
            let lists = words.unit_words(last, c);
            if lists != 0 {
                marks.read_words(&body[last_at..], lists, words, &mut first);
            }
            (field, last_at) = (field + 1, at);
            match c {
                ' ' => {
                    marks.longest_field = marks.longest_field.max(field - 1);
                    field = 0;
                }
                '。' | '！' | '？' => marks.stops += 1,
                '：' | ':' => marks.colon = marks.colon.or(Some(at)),
                '“' | '「' | '『' => marks.quotes = true,
                '《' => marks.titles = true,
                '版' => marks.names_page |= last.is_ascii_digit() || is_numeral(last),
                _ => {}
            }
            last = c;
        }
        marks.read_words(&body[last_at..], words.unit_words(last, '\0'), words, &mut first);
        marks.longest_field = marks.longest_field.max(field);
        marks
    }

    /// Notes the words of these lists that the text begins with. `first` has the first words so far.
    #[inline(never)] // few pairs of characters come so far
    fn read_words<'a>(&mut self, text: &str, lists: u8, words: &'a Vocabulary, first: &mut FirstWords<'a>) {
        let [reporters, paper, reach, notices, pictured] = words.unit_lists();
        let opens = |list: &WordList, number: u8| lists >> number & 1 == 1 && list.opens(text);
        self.names_reporter |= opens(reporters, 0) || opens(paper, 1);
        self.tells_reach |= opens(reach, 2);
        if lists >> 3 & 1 == 1 {
            count_different(notices, text, &mut first[0], &mut self.notices);
        }
        if lists >> 4 & 1 == 1 {
            count_different(pictured, text, &mut first[1], &mut self.pictures);
        }
    }
}

/// Counts the words of a list that the text begins with, up to two different ones. `first` is the first word so far.
fn count_different<'a>(list: &'a WordList, text: &str, first: &mut Option<&'a str>, count: &mut usize) {
    for word in list.prefixes_of(text) {
        *count = if *first.get_or_insert(word) == word { (*count).max(1) } else { 2 };
    }
}

/// Whether the text is a name of two to four Han that begins with a surname, or several such names with spaces
/// between them.
fn name_like(body: &str) -> bool {
    let (mut names, mut name, mut held) = (0, ['\0'; 4], 0);
    let whole = |n: &[char]| (2..=4).contains(&n.len()) && (is_surname(&n[..1]) || is_surname(&n[..2]));
    for c in body.chars() {
        match c {
            ' ' if held >= 2 => {
                if !whole(&name[..held]) {
                    return false;
                }
                names += 1;
                held = 0;
            }
            ' ' => {}
            c if is_han(c) && held < name.len() => {
                name[held] = c;
                held += 1;
            }
            _ => return false,
        }
    }
    whole(&name[..held]) && names < 8
}

/// A stop (0), a comma of any kind (1), a closing mark (2), anything else (3).
pub(super) fn last_mark4(c: Class) -> usize {
    match c {
        Class::Stop | Class::ClosedStop => 0,
        Class::Comma | Class::Enumeration | Class::Semicolon | Class::Colon | Class::Ellipsis => 1,
        Class::CloseQuote | Class::CloseBracket => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::BUILT_IN;

    #[test]
    fn brackets_dashes_colons_and_signs_enclose_a_unit() {
        let of = |text: &str| {
            let mut page = Layout::default();
            page.measure_units(text);
            frame(text, &page.lines[0])
        };
        let cases = [
            ("渠水治理", 0),
            ("（4月10日）", 1),
            ("(何苗)", 1),
            ("（何苗）渠水", 0),
            ("（上接第1版）渠水流过桥头镇（下转第3版）", 0),
            ("【读者来信】", 2),
            ("——写在新桥通车之前", 3),
            ("上下联动，周密部署——", 4),
            ("编后：", 5),
            ("▲渠水流过桥头镇", 6),
        ];
        for (text, expected) in cases {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn different_words_of_a_caption_count_twice_at_most() {
        let cases = [
            ("渠水流过桥头镇。", 0),
            ("图为新桥。", 1),
            ("图为新桥，下面的图为旧桥。", 1),
            ("图为何苗（左）在渠边。", 2),
            ("圖為何苗與鄉親合影，前排左二。", 2),
        ];
        for (text, expected) in cases {
            assert_eq!(Marks::of(text, &BUILT_IN).pictures, expected, "{text}");
        }
    }
}
