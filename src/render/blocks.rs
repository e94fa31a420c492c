//! The lines of a layout in the order of its proof, in blocks: one for each unit on each page. The writers of hOCR and ALTO
//! share it.

use crate::Proof;
use crate::layout::{Layout, Line, Rect};
use crate::proof::Role;
use std::collections::HashSet;
use std::ops::Range;

/// Lines of one unit on one page, or lines that are in no unit because cleaning removed them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// The number of the unit in the proof, from 0.
    pub unit: Option<usize>,
    pub role: Option<Role>,
    /// The number of its article in the proof, from 0.
    pub article: Option<usize>,
    /// Numbers of its lines on the page, from 0.
    pub lines: Vec<usize>,
}

/// The blocks of each page. A line that two units share belongs to the first; a line that no unit has stands behind the line
/// before it in the file.
pub(super) fn of(layout: &Layout, proof: &Proof) -> Vec<Vec<Block>> {
    let places = Places::of(layout);
    let mut article_of = vec![None; proof.units.len()];
    for (n, article) in proof.articles.iter().enumerate() {
        article.headline.iter().chain(&article.body).for_each(|&unit| {
            if let Some(of) = article_of.get_mut(unit) {
                *of = Some(n);
            }
        });
    }
    let mut pages: Vec<Vec<Block>> = vec![Vec::new(); layout.pages.len()];
    let mut block_of: Vec<Vec<Option<usize>>> = layout.pages.iter().map(|page| vec![None; page.lines.len()]).collect();
    for (n, unit) in proof.units.iter().enumerate() {
        for (page, line) in unit.sources.iter().flat_map(|source| places.lines(source)) {
            if block_of[page][line].is_some() {
                continue;
            }
            let blocks = &mut pages[page];
            if blocks.last().is_none_or(|last| last.unit != Some(n)) {
                let (role, article) = (Some(unit.role), article_of[n]);
                blocks.push(Block { unit: Some(n), role, article, lines: Vec::new() });
            }
            let at = blocks.len() - 1;
            blocks[at].lines.push(line);
            block_of[page][line] = Some(at);
        }
    }
    pages.into_iter().zip(&block_of).map(|(blocks, block_of)| with_rest(blocks, block_of)).collect()
}

/// The blocks of a page, with the lines that are in none behind the block of the line before them.
fn with_rest(blocks: Vec<Block>, block_of: &[Option<usize>]) -> Vec<Block> {
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); blocks.len() + 1];
    let mut last = 0; // one more than the block of the line before
    for (line, block) in block_of.iter().enumerate() {
        match block {
            Some(block) => last = block + 1,
            None => behind[last].push(line),
        }
    }
    let rest =
        |lines: Vec<usize>| (!lines.is_empty()).then_some(Block { unit: None, role: None, article: None, lines });
    let mut behind = behind.into_iter().map(rest);
    let first = behind.next().flatten();
    first
        .into_iter()
        .chain(blocks.into_iter().zip(behind).flat_map(|(block, rest)| [Some(block), rest]).flatten())
        .collect()
}

/// Where lines begin in the text of a layout.
struct Places {
    /// First byte, page and number of each line.
    lines: Vec<(u64, usize, usize)>,
}

impl Places {
    fn of(layout: &Layout) -> Places {
        let mut lines = Vec::new();
        let mut at = 0;
        for (n, page) in layout.pages.iter().enumerate() {
            at += u64::from(n > 0);
            for (k, line) in page.lines.iter().enumerate() {
                lines.push((at, n, k));
                at += line.printed().map(char::len_utf8).sum::<usize>() as u64 + 1;
            }
        }
        Places { lines }
    }

    /// The pages and numbers of the lines with these bytes.
    fn lines(&self, source: &Range<u64>) -> impl Iterator<Item = (usize, usize)> + '_ {
        let first = self.lines.partition_point(|line| line.0 <= source.start).saturating_sub(1);
        let end = source.end;
        self.lines[first..].iter().take_while(move |line| line.0 < end).map(|&(_, page, line)| (page, line))
    }
}

/// The rectangle around some lines of a page, as far as they have places.
pub(super) fn bounds<'a>(places: impl Iterator<Item = &'a Line>) -> Option<Rect> {
    places.map(|line| line.quad.bounds()).filter(Rect::has_area).reduce(|a, b| a.union(&b))
}

/// Names for elements: those of the file as far as they can be ids and are not taken, else ones that are made.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
    /// Ids of the lines of the file.
    kept: HashSet<String>,
}

impl Ids {
    /// Ids of the lines of a file are kept, so none that is made may be one of them.
    pub fn keep(&mut self, layout: &Layout) {
        let names = layout.pages.iter().flat_map(|page| &page.lines).map(|line| &line.element);
        self.kept.extend(names.filter(|name| is_id(name)).cloned());
    }

    /// The id of a line.
    pub fn of_line(&mut self, element: &str, made: String) -> String {
        if is_id(element) && self.taken.insert(element.to_string()) { element.to_string() } else { self.made(made) }
    }

    /// An id that is made, with a number behind it where it is taken.
    pub fn made(&mut self, id: String) -> String {
        let free = |id: &String| !self.taken.contains(id) && !self.kept.contains(id);
        let numbered = (2..).map(|n: u32| format!("{id}_{n}"));
        let id = std::iter::once(id.clone()).chain(numbered).find(free).unwrap_or(id);
        self.taken.insert(id.clone());
        id
    }
}

/// Whether a name may be an id in XML.
fn is_id(name: &str) -> bool {
    let first = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    first && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Writes a text with the characters escaped that XML reads as markup. Control characters, which XML cannot express, become
/// U+FFFD.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c if c.is_control() && c < '\u{80}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
}
