//! CommonMark: headings, emphasis, quoted captions, verse and rows line by line. Characters that a parser could read as
//! markup are escaped, so that a parser returns each unit exactly as it is in the text. Articles stand in reading order.

use super::{Sheet, feeds_at_end, sheets};
use crate::Proof;
use crate::options::Order;
use crate::passes::order;
use crate::proof::{Article, Role, Unit};
use crate::structure::imprint::Imprint;
use std::fmt::Write;

/// A whole proof as one Markdown document.
///
/// ```
/// use qingyang::{Cleaner, Options, render::markdown};
/// let mut options = Options::default();
/// options.units = true;
/// let proof = Cleaner::new(options).page("渠水流过桥头镇，稻*田*渐黄。\n");
/// assert_eq!(markdown::document(&proof), "渠水流过桥头镇，稻\\*田\\*渐黄。\n");
/// ```
pub fn document(proof: &Proof) -> String {
    let mut out = String::new();
    Markdown::new().put(proof, &mut out);
    out
}

/// The thematic break between two pages, in a form that no parser reads as front matter or as the underline of a heading.
const PAGE_BREAK: &str = "* * *\n";

/// The thematic break at the edge of an article. No parser reads it as something else either, and it is not that of pages.
const ARTICLE_BREAK: &str = "- - -\n";

/// Writes one document from proofs as they come. Front matter is at the beginning of the document only; its fields come
/// from the furniture of the first page.
///
/// ```
/// use qingyang::{Cleaner, Options, render::markdown::Markdown};
/// let mut cleaner = Cleaner::new(Options::default().with_units(true));
/// let (mut markdown, mut out) = (Markdown::new(), String::new());
/// markdown.put(&cleaner.page("渠水流过桥头镇。\n"), &mut out);
/// markdown.part();
/// markdown.put(&cleaner.page("稻田渐渐泛黄。\n"), &mut out);
/// assert_eq!(out, "渠水流过桥头镇。\n\n* * *\n\n稻田渐渐泛黄。\n");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Markdown {
    /// Whether a page with text is written.
    begun: bool,
    /// Whether another input begins.
    parted: bool,
    /// Form feeds before the first page with text, which must wait for the front matter.
    waiting: usize,
    /// Whether a headline that follows its text stays there.
    keeps_order: bool,
    /// The name of the current input.
    input: Option<String>,
}

impl Markdown {
    /// An empty document.
    pub fn new() -> Markdown {
        Markdown::default()
    }

    /// Begins another page without a form feed, for another input.
    pub fn part(&mut self) {
        self.parted = true;
        self.input = None;
    }

    /// Begins another input of this name, which may say the date and the page. With [`Order::Source`] every unit stands where
    /// it is in the text; else a headline that follows its text stands in front of it.
    pub fn input(&mut self, name: Option<&str>, order: Order) {
        self.part();
        self.keeps_order = order == Order::Source;
        self.input = name.map(str::to_string);
    }

    /// Appends the pages of a proof to `out`.
    pub fn put(&mut self, proof: &Proof, out: &mut String) {
        let sheets = sheets(proof);
        for sheet in &sheets {
            if self.begun {
                self.turn(sheet.feeds, out);
                out.push('\n');
            } else {
                let mut imprint = sheet.imprint();
                if let Some(name) = &self.input {
                    imprint.take_name(name);
                }
                front_matter(&imprint, out);
                let breaks = std::mem::take(&mut self.waiting) + sheet.feeds;
                (0..breaks).for_each(|_| out.extend([PAGE_BREAK, "\n"]));
            }
            (self.begun, self.parted) = (true, false);
            page(sheet, self.keeps_order, out);
        }
        self.turn(feeds_at_end(proof, &sheets), out);
    }

    /// Writes a thematic break for each form feed, and one between two inputs.
    fn turn(&mut self, feeds: usize, out: &mut String) {
        if !self.begun {
            self.waiting += feeds;
            return;
        }
        let breaks = feeds + usize::from(std::mem::take(&mut self.parted));
        (0..breaks).for_each(|_| out.extend(["\n", PAGE_BREAK]));
    }
}

/// YAML between two lines of `---`; nothing if the imprint is empty.
fn front_matter(imprint: &Imprint, out: &mut String) {
    if imprint.is_empty() {
        return;
    }
    out.push_str("---\n");
    let mut field = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.push_str(name);
            out.push_str(": ");
            quoted(value, out);
            out.push('\n');
        }
    };
    let issue = imprint.issue.map(|n| n.to_string());
    field("paper", imprint.paper.as_deref());
    field("date", imprint.date.as_deref());
    field("date_from", Some(imprint.date_from.as_str()).filter(|_| !imprint.date_from.is_page()));
    field("date_printed", imprint.date_printed.as_deref());
    field("weekday", imprint.weekday.as_deref());
    field("lunar", imprint.lunar.as_deref());
    field("issue", issue.as_deref());
    field("issue_printed", imprint.issue_printed.as_deref());
    field("page", imprint.page.as_deref());
    field("page_from", Some(imprint.page_from.as_str()).filter(|_| !imprint.page_from.is_page()));
    field("page_printed", imprint.page_printed.as_deref());
    out.push_str("---\n\n");
}

/// A YAML scalar: plain if it is a date or a number, else in double quotes.
fn quoted(value: &str, out: &mut String) {
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        out.push_str(value);
        return;
    }
    out.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}') => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The Markdown block of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Paragraph,
    Heading(&'static str),
    Emphasis,
    Quote,
    /// A line of its own; neighbours with the same role share a paragraph.
    Line(Role),
}

/// The marks of headings, from the largest.
const HEADINGS: [&str; 4] = ["# ", "## ", "### ", "#### "];

/// The level of a headline where sizes of type are not known. A subhead is one level deeper.
const USUAL: usize = 1;

/// Sizes of one level differ by less than this factor: heads of one rank are set in one size, and ranks differ by more.
const ONE_LEVEL: f32 = 0.85;

/// For each unit its place in [`HEADINGS`], as if it were a headline or a subhead. The sizes of the headlines of the page
/// are ranked: those of the largest are first.
fn levels(sheet: &Sheet, articles: &[Option<usize>]) -> Vec<usize> {
    let size = |unit: &Unit| unit.size.filter(|_| unit.role == Role::Headline);
    // The lines of one headline may differ in size, and make one heading.
    let mut of_article = vec![0f32; sheet.articles.len()];
    for (unit, article) in sheet.units.iter().zip(articles) {
        if let (Some(size), Some(article)) = (size(unit), article) {
            of_article[*article] = of_article[*article].max(size);
        }
    }
    let of_unit = |(unit, article): (&Unit, &Option<usize>)| match article {
        Some(article) => Some(of_article[*article]).filter(|size| *size > 0.0),
        None => size(unit),
    };
    let sizes: Vec<Option<f32>> = sheet.units.iter().zip(articles).map(of_unit).collect();
    let mut ranked: Vec<f32> = sizes.iter().flatten().copied().collect();
    ranked.sort_by(|a, b| b.total_cmp(a));
    let mut largest: Vec<f32> = Vec::new(); // of each level
    for size in ranked {
        if largest.last().is_none_or(|last| size < ONE_LEVEL * last) {
            largest.push(size);
        }
    }
    let deepest = HEADINGS.len() - 2; // room for subheads
    let level = |size: f32| (largest.partition_point(|first| *first >= size).saturating_sub(1)).min(deepest);
    let of = |(unit, size): (&Unit, &Option<f32>)| size.map_or(USUAL, level) + usize::from(unit.role == Role::Subhead);
    sheet.units.iter().zip(&sizes).map(of).collect()
}

fn block(role: Role, level: usize) -> Block {
    match role {
        Role::Headline | Role::Subhead => Block::Heading(HEADINGS[level]),
        Role::Kicker | Role::Deck | Role::Byline => Block::Emphasis,
        Role::Caption | Role::Credit => Block::Quote,
        Role::Verse | Role::Row | Role::Index => Block::Line(role),
        _ => Block::Paragraph,
    }
}

fn page(sheet: &Sheet, keeps_order: bool, out: &mut String) {
    let articles = articles(sheet);
    let levels = levels(sheet, &articles);
    let mut above: Option<(Block, Option<usize>)> = None;
    let order = (!keeps_order).then(|| reading_order(sheet)).flatten();
    for n in 0..sheet.units.len() {
        let k = order.as_ref().map_or(n, |order| order[n]);
        let unit = &sheet.units[k];
        let text = sheet.text_of(unit);
        if text.chars().all(char::is_whitespace) {
            continue;
        }
        let here = (block(unit.role, levels[k]), articles[k]);
        if above.is_some_and(|(_, article)| article.is_some() && article != here.1) {
            out.extend(["\n", ARTICLE_BREAK]);
        }
        // A headline of two lines is one heading; lines of verse are one paragraph.
        let goes_on = above == Some(here)
            && match here.0 {
                Block::Line(_) => true,
                Block::Heading(_) => unit.role == Role::Headline && here.1.is_some(),
                _ => false,
            };
        let lines = text.split('\n');
        match here.0 {
            Block::Heading(marks) => {
                if goes_on {
                    out.pop();
                    out.push(' ');
                } else {
                    blank_line(above.is_some(), out);
                    out.push_str(marks);
                }
                join(lines, " ", out);
            }
            Block::Line(_) if goes_on => {
                out.pop();
                out.push_str("\\\n");
                join(lines, "\\\n", out);
            }
            block => {
                blank_line(above.is_some(), out);
                match block {
                    Block::Quote => {
                        out.push_str("> ");
                        join(lines, "\\\n> ", out);
                    }
                    Block::Emphasis => {
                        out.push('*');
                        join(lines, "\\\n", out);
                        out.push('*');
                    }
                    _ => join(lines, "\\\n", out),
                }
            }
        }
        out.push('\n');
        above = Some(here);
    }
}

/// The units of the sheet with each headline in front of its text; `None` if they stand so.
fn reading_order(sheet: &Sheet) -> Option<Vec<usize>> {
    let own = |n: &usize| n.checked_sub(sheet.first).filter(|n| *n < sheet.units.len());
    let on_sheet = |list: &[usize]| list.iter().filter_map(own).collect();
    let articles = sheet.articles.iter();
    let articles: Vec<Article> =
        articles.map(|a| Article { headline: on_sheet(&a.headline), body: on_sheet(&a.body) }).collect();
    order::reading(&articles, &sheet.units)
}

/// For each unit of the sheet, the number of its article.
fn articles(sheet: &Sheet) -> Vec<Option<usize>> {
    let mut of = vec![None; sheet.units.len()];
    for (n, article) in sheet.articles.iter().enumerate() {
        for &unit in article.headline.iter().chain(&article.body) {
            if let Some(place) = unit.checked_sub(sheet.first).and_then(|k| of.get_mut(k)) {
                *place = Some(n);
            }
        }
    }
    of
}

fn blank_line(needed: bool, out: &mut String) {
    if needed {
        out.push('\n');
    }
}

fn join<'a>(lines: impl Iterator<Item = &'a str>, between: &str, out: &mut String) {
    for (k, line) in lines.filter(|l| !l.is_empty()).enumerate() {
        if k > 0 {
            out.push_str(between);
        }
        escape(line, out);
    }
}

/// Appends a line of text so that parsers of CommonMark and of the extensions in common use return exactly this text. The
/// one exception is NUL, which Markdown cannot express: parsers return U+FFFD for it.
fn escape(line: &str, out: &mut String) {
    let ink_end = line.trim_end().len();
    let marker = list_marker(line);
    for (at, c) in line.char_indices() {
        let rest = &line[at..];
        match c {
            // A parser drops white space at both ends of a line, and a carriage return anywhere.
            '\r' => entity(c, out),
            c if (at == 0 || at >= ink_end) && (c.is_whitespace() || c == '\u{FEFF}') => entity(c, out),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' | '|' | '~' | '$' | '^' | '{' | '}' => {
                out.extend(['\\', c]);
            }
            '&' if rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#') => out.push_str("\\&"),
            '>' | '+' | '-' | '=' | ':' | '%' if at == 0 => out.extend(['\\', c]),
            '.' | ')' if Some(at) == marker => out.extend(['\\', c]),
            // GitHub turns bare addresses into links.
            '@' => out.push_str("\\@"),
            ':' if rest.starts_with("://") => out.push_str("\\:"),
            '.' if ends_in_www(&line.as_bytes()[..at]) => out.push_str("\\."),
            c => out.push(c),
        }
    }
}

/// The place of the mark that makes a list of `1. 修桥` and `1) 修桥`; none in `3.5米`. CommonMark requires a space after
/// the mark, other parsers do not.
fn list_marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let next = line.as_bytes().get(digits + 1);
    let marked = (1..=9).contains(&digits) && matches!(line.as_bytes().get(digits), Some(b'.' | b')'));
    (marked && !next.is_some_and(u8::is_ascii_digit)).then_some(digits)
}

fn ends_in_www(bytes: &[u8]) -> bool {
    bytes.last_chunk::<3>().is_some_and(|tail| tail.eq_ignore_ascii_case(b"www"))
}

fn entity(c: char, out: &mut String) {
    let _ = write!(out, "&#{};", u32::from(c));
}
