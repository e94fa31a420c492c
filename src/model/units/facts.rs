//! The facts of a unit: what its own text shows, how it was set, and what is around it.

use crate::document::LineAnchor;
use crate::measure::furniture;
use crate::measure::{CLASSES, CUES, Class, Cue, Layout, Line, TAILS, Tail};
use crate::model::lines::bins::part3;
use crate::plan::{LineRole, Plan};
use crate::text::width::is_han;
use crate::vocabulary::BUILT_IN;
use crate::vocabulary::notices::OFFICES;
use crate::vocabulary::numbers::is_numeral;
use crate::vocabulary::surnames::is_surname;

/// The typeset lines that a page's units were made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Typeset<'a> {
    /// The lines as measured.
    pub layout: &'a Layout,
    /// What was decided about them.
    pub plan: &'a Plan,
    /// Where they are in the decoded text and in the clean text.
    pub anchors: &'a [LineAnchor],
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

/// A template: its name, and its number of bins.
pub type Template = (&'static str, usize);

/// What a unit looks like at a glance.
const LOOKS: usize = 10;

/// The templates, in the order of their bins.
pub const TEMPLATES: &[Template] = &[
    ("kind", 1),
    ("length and last mark", 12 * CLASSES),
    ("first mark", CLASSES),
    ("cue", CUES),
    ("tail", TAILS),
    ("marks and length", 5 * 6),
    ("fields", 5 * 3 * 3),
    ("digits and Latin", 3 * 3 * 4),
    ("line role", LineRole::COUNT * 4),
    ("painted twice", 3),
    ("looks", LOOKS),
    ("looks around", LOOKS * LOOKS),
    ("looks and above", LOOKS * LOOKS),
    ("looks and below", LOOKS * LOOKS),
    ("looks and below next", LOOKS * LOOKS),
    ("cue above", CUES),
    ("cue below", CUES),
    ("tail above", TAILS),
    ("tail below", TAILS),
    ("cue and looks", CUES * LOOKS),
    ("place from the top", 6 * LOOKS),
    ("place from the foot", 6 * LOOKS),
    ("empty lines", 3 * 3 * 3),
    ("even neighbours", 5 * 4 * 3),
    ("short run", 6 * 4),
    ("list", 5 * 2),
    ("furniture sign", 3 * 3),
    ("sign of an office", 3 * 3),
    ("a name alone", 4 * 3),
    ("words of credit", 6),
    ("page named", 3),
    ("way to reach", 3),
    ("quotes", 3),
    ("set in a column", 5 * 4),
    ("length and length below", 8 * 8),
    ("length and length above", 8 * 8),
    ("name and neighbour", 4 * LOOKS),
    ("item and length", 4 * 6),
    ("row above and below", 4 * 4),
    ("colon inside", 3 * 4),
    ("row cells alike", 4 * 3),
    ("share of long units", 4 * LOOKS),
    ("display lines of its length", 4 * 3),
    ("alone among paragraphs", 3 * 3 * 2),
    ("picture announced above", 2 * LOOKS),
    ("digits around", 4 * LOOKS),
    ("words of a notice", 3 * 3 * 3),
    ("last of a text with a picture", 2 * 2 * 6 * 2),
];

/// How many templates there are.
pub const COUNT: usize = TEMPLATES.len();

const OFFSETS: [u16; COUNT] = {
    let mut offsets = [0; COUNT];
    let (mut i, mut n) = (0, 0);
    while i < COUNT {
        offsets[i] = n as u16;
        n += TEMPLATES[i].1;
        i += 1;
    }
    offsets
};

/// How many bins they have altogether.
pub const BINS: usize = OFFSETS[COUNT - 1] as usize + TEMPLATES[COUNT - 1].1;

/// A unit with its facts.
#[derive(Debug, Clone, Copy)]
struct Fact {
    line: Line,
    looks: usize,
    /// Role of its first typeset line.
    role: LineRole,
    /// Typeset lines, four at the most.
    lines: usize,
    /// Empty lines before its first typeset line.
    blanks: u8,
    doubled: bool,
    /// Width of its first typeset line beside the column around it, in fifths.
    breadth: usize,
    sign: usize,
    office: usize,
    name: usize,
    credit: usize,
    page: usize,
    reach: usize,
    quotes: usize,
    colon: usize,
    cells: usize,
    notice: usize,
    one_sentence: bool,
    /// It is alone between two paragraphs.
    isolated: bool,
    /// How many display lines nearby are isolated, too, and as long: 0 none, 1 one, 2 several.
    alike: usize,
    /// A picture was announced since the last display line.
    pictured: bool,
    /// Short units around it that hold digits: none, one, a few, many.
    figures: usize,
}

/// The facts of a page's units.
#[derive(Debug, Default)]
pub struct Facts {
    units: Vec<Fact>,
    /// Share of units that are long paragraphs, in quarters.
    long: usize,
    /// Whether the page printed a display line twice.
    paints_twice: bool,
}

/// Maximum distance, in units, of two subheads of one text.
const SUBHEADS_APART: usize = 12;
/// How far off the other figures of a table may be, in units.
const FIGURES_NEAR: usize = 4;

impl Facts {
    /// Measures the units of a clean text.
    pub(crate) fn measure(text: &str, set: &Typeset<'_>, first_lines: &[Option<(usize, usize)>]) -> Facts {
        let mut page = Layout::default();
        page.use_vocabulary(set.layout.added_vocabulary());
        page.measure(text, &[]);
        let mut units: Vec<Fact> = page
            .lines
            .iter()
            .zip(first_lines)
            .map(|(line, lines)| fact(&text[line.start as usize..line.end as usize], line, *lines, set))
            .collect();
        compare(&mut units);
        let long = units.iter().filter(|f| f.looks == 0).count() * 4 / units.len().max(1);
        let paints_twice = units.iter().any(|f| f.doubled);
        Facts { units, long: long.min(3), paints_twice }
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The bins of unit `i`, one for each template, numbered through all templates.
    pub fn bins(&self, i: usize) -> [u16; COUNT] {
        let f = &self.units[i];
        let l = &f.line;
        let n = self.units.len();
        let near = |d: isize| i.checked_add_signed(d).and_then(|k| self.units.get(k));
        let (above, below, next) = (near(-1), near(1), near(2));
        let looks = |f: Option<&Fact>| f.map_or(LOOKS - 1, |f| f.looks);
        let end = last_mark4(l.last);
        let even = |o: Option<&Fact>| usize::from(o.is_some_and(|o| o.line.glyphs.abs_diff(l.glyphs) <= 1));
        let evens = even(above) + even(below) + even(near(-2)) + even(next);
        let blank = |b: u8| usize::from(b.min(2));
        let around = above.map_or(0, |a| blank(a.blanks));
        let rows = |f: Option<&Fact>| f.map_or(0, |f| f.cells);
        let bins: [usize; COUNT] = [
            0,
            length12(l.glyphs) * CLASSES + l.last as usize,
            l.first as usize,
            l.cue as usize,
            l.tail as usize,
            usize::from(l.marks.min(4)) * 6 + length6(l.glyphs),
            usize::from(l.gaps.min(4)) * 9
                + usize::from(part3(l.digits, l.glyphs)) * 3
                + usize::from(part3(l.latin, l.glyphs)),
            (usize::from(part3(l.digits, l.glyphs)) * 3 + usize::from(part3(l.latin, l.glyphs))) * 4 + end,
            f.role as usize * 4 + f.lines,
            usize::from(f.doubled) * 2 + usize::from(!f.doubled && above.or(below).is_some_and(|o| o.doubled)),
            f.looks,
            looks(above) * LOOKS + looks(below),
            f.looks * LOOKS + looks(above),
            f.looks * LOOKS + looks(below),
            looks(below) * LOOKS + looks(next),
            above.map_or(0, |o| o.line.cue as usize),
            below.map_or(0, |o| o.line.cue as usize),
            above.map_or(0, |o| o.line.tail as usize),
            below.map_or(0, |o| o.line.tail as usize),
            l.cue as usize * LOOKS + f.looks,
            i.min(5) * LOOKS + f.looks,
            (n - 1 - i).min(5) * LOOKS + f.looks,
            (blank(f.blanks) * 3 + below.map_or(0, |o| blank(o.blanks))) * 3 + around,
            evens * 12 + end * 3 + length6(l.glyphs).min(2),
            usize::from(l.short_run).min(5) * 4 + end,
            usize::from(l.list_position).min(4) * 2 + usize::from(end == 0),
            f.sign * 3 + above.map_or(0, |o| o.sign),
            f.office * 3 + below.map_or(0, |o| if o.line.tail == Tail::Date { 2 } else { o.office.min(1) }),
            f.name * 3 + below.map_or(0, |o| if last_mark4(o.line.last) == 0 && o.line.glyphs > 24 { 2 } else { 1 }),
            f.credit,
            f.page,
            f.reach,
            f.quotes,
            f.breadth * 4 + end,
            length8(l.glyphs) * 8 + below.map_or(0, |o| length8(o.line.glyphs)),
            length8(l.glyphs) * 8 + above.map_or(0, |o| length8(o.line.glyphs)),
            f.name * LOOKS + looks(above),
            usize::from(l.item_number.min(3)) * 6 + length6(l.glyphs),
            rows(above) * 4 + rows(below),
            f.colon * 4 + end,
            f.cells * 3
                + usize::from(above.is_some_and(|o| o.line.gaps == l.gaps && l.gaps > 0))
                + usize::from(below.is_some_and(|o| o.line.gaps == l.gaps && l.gaps > 0)),
            self.long * LOOKS + f.looks,
            (f.alike + usize::from(f.isolated)) * 3 + length6(l.glyphs).saturating_sub(1).min(2),
            (usize::from(f.isolated) + usize::from(f.isolated && f.alike > 0)) * 6
                + (usize::from(self.paints_twice) + usize::from(f.doubled)) * 2
                + usize::from(below.is_some_and(|o| matches!(o.line.cue, Cue::News | Cue::Wire | Cue::Byline))),
            usize::from(f.pictured) * LOOKS + f.looks,
            f.figures * LOOKS + f.looks,
            (f.notice * 3 + above.map_or(0, |o| o.notice)) * 3 + below.map_or(0, |o| o.notice),
            ((usize::from(f.pictured) * 2 + usize::from(below.is_none_or(|o| o.looks > 3 && !o.isolated))) * 6
                + length6(l.glyphs))
                * 2
                + usize::from(f.one_sentence),
        ];
        std::array::from_fn(|template| {
            let (bin, size) = (bins[template], TEMPLATES[template].1);
            debug_assert!(bin < size);
            OFFSETS[template] + bin.min(size - 1) as u16
        })
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

fn fact(body: &str, line: &Line, lines: Option<(usize, usize)>, set: &Typeset<'_>) -> Fact {
    let end = last_mark4(line.last);
    let (first, count) = lines.unwrap_or((usize::MAX, 1));
    let typeset = set.layout.lines.get(first);
    let role = set.plan.lines.get(first).map_or(LineRole::Single, |line| line.role);
    let column = set.layout.column_around.get(first).copied().unwrap_or(0).max(1);
    let breadth = typeset.map_or(4, |t| usize::from(t.width) * 4 / usize::from(column)).min(4);
    let fields = body.split(' ').filter(|f| !f.is_empty());
    let longest = fields.map(|f| f.chars().count()).max().unwrap_or(0);
    let name = match name_like(body) {
        true if line.is_byline() || line.gaps > 0 => 2,
        true => 1,
        false if signed(body) => 3,
        false => 0,
    };
    let quotes = match (body.contains(['“', '「', '『']), body.contains('《')) {
        (true, _) => 1,
        (_, true) => 2,
        _ => 0,
    };
    let colon = match body.find(['：', ':']) {
        None => 0,
        Some(at) if at < 24 => 1,
        Some(_) => 2,
    };
    let cells = match (line.gaps, longest) {
        (0, _) => 0,
        (1, _) if line.digits == 0 => 1,
        (_, 0..=9) => 3,
        _ => 2,
    };
    let looks = match (end, line.glyphs) {
        (0, 25..) => 0,
        (0, _) => 1,
        (1, 25..) => 2,
        (1, _) => 3,
        (_, 0..=5) => 4,
        (_, _) if line.gaps >= 2 => 5,
        (_, 6..=14) => 6,
        (_, 15..=28) => 7,
        _ => 8,
    };
    Fact {
        line: *line,
        looks,
        role,
        lines: count.clamp(1, 4) - 1,
        blanks: typeset.map_or(0, |t| t.blanks),
        doubled: (first..first.saturating_add(count)).any(|k| set.layout.lines.get(k).is_some_and(|l| l.doubled)),
        breadth,
        sign: furniture::weight(body, line, set.layout.vocabulary()),
        office: match line.glyphs {
            4..=24 if end > 1 && body.chars().next_back().is_some_and(|c| OFFICES.contains(c)) => 2,
            _ if line.tail == Tail::Date => 1,
            _ => 0,
        },
        name,
        credit: match (line.tail, set.layout.vocabulary().names_reporter(body)) {
            (Tail::Credit | Tail::TextAndPicture, true) => 5,
            (Tail::Credit | Tail::TextAndPicture, false) => 4,
            (Tail::Report, _) => 3,
            (_, true) if line.cue == Cue::Byline => 2,
            (_, true) => 1,
            _ => 0,
        },
        page: match page_named(body) {
            false => 0,
            true if line.glyphs < 40 && end > 1 => 2,
            true => 1,
        },
        reach: match BUILT_IN.reach.count_in(body) {
            0 => 0,
            _ if line.digits >= 7 => 2,
            _ => 1,
        },
        quotes,
        colon,
        cells,
        notice: BUILT_IN.notices.count_in(body).min(2),
        one_sentence: body.matches(['。', '！', '？']).count() == 1 && end == 0,
        isolated: false,
        alike: 0,
        pictured: false,
        figures: 0,
    }
}

/// 读者 何苗: a word for who somebody is, and the name.
fn signed(body: &str) -> bool {
    body.split_once(' ').is_some_and(|(who, name)| {
        (2..=6).contains(&who.chars().count())
            && who.chars().all(is_han)
            && name.chars().count() <= 5
            && name_like(name)
    })
}

/// Whether a page of the issue is named: 第3版, 3版, 见四版.
fn page_named(body: &str) -> bool {
    body.match_indices('版')
        .any(|(at, _)| body[..at].chars().next_back().is_some_and(|c| c.is_ascii_digit() || is_numeral(c)))
}

/// Whether the text is a name of two to four Han that begins with a surname, or several such names with spaces
/// between them.
fn name_like(body: &str) -> bool {
    let mut names = 0;
    let mut name: Vec<char> = Vec::with_capacity(4);
    let whole = |n: &[char]| (2..=4).contains(&n.len()) && (is_surname(&n[..1]) || is_surname(&n[..2]));
    for c in body.chars() {
        match c {
            ' ' if name.len() >= 2 => {
                if !whole(&name) {
                    return false;
                }
                names += 1;
                name.clear();
            }
            ' ' => {}
            c if is_han(c) && name.len() < 4 => name.push(c),
            _ => return false,
        }
    }
    whole(&name) && names < 8
}

/// A stop (0), a comma of any kind (1), a closing mark (2), anything else (3).
fn last_mark4(c: Class) -> usize {
    match c {
        Class::Stop | Class::ClosedStop => 0,
        Class::Comma | Class::Enumeration | Class::Semicolon | Class::Colon | Class::Ellipsis => 1,
        Class::CloseQuote | Class::CloseBracket => 2,
        _ => 3,
    }
}

fn length6(glyphs: u16) -> usize {
    match glyphs {
        0..=5 => 0,
        6..=12 => 1,
        13..=20 => 2,
        21..=32 => 3,
        33..=60 => 4,
        _ => 5,
    }
}

fn length8(glyphs: u16) -> usize {
    match glyphs {
        0..=3 => 0,
        4..=6 => 1,
        7..=9 => 2,
        10..=13 => 3,
        14..=18 => 4,
        19..=26 => 5,
        27..=45 => 6,
        _ => 7,
    }
}

fn length12(glyphs: u16) -> usize {
    match glyphs {
        0..=2 => 0,
        3 => 1,
        4 => 2,
        5..=6 => 3,
        7..=8 => 4,
        9..=11 => 5,
        12..=14 => 6,
        15..=18 => 7,
        19..=24 => 8,
        25..=32 => 9,
        33..=60 => 10,
        _ => 11,
    }
}
