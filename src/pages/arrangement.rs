//! A page of a layout as its lines are read, and as they stand in the file: translates places of the one text to places of
//! the other, and tells what was moved.

use crate::document::trace::Change;
use crate::ledger::Element;
use crate::rule::{Author, Rule};
use std::ops::Range;

/// The lines of a page in the order in which they are read.
#[derive(Debug, Default)]
pub(crate) struct Arrangement {
    /// The text of the page in the order of the file.
    pub raw: String,
    /// First bytes of the lines of the file.
    starts: Vec<usize>,
    /// First bytes of the parts of the lines.
    pub parts: Vec<usize>,
    /// All line feeds of `raw`: a line that was built by hand may hold some.
    feeds: Vec<usize>,
    /// In the order in which they are read.
    chunks: Vec<Chunk>,
    /// Names of the lines of the file; none if nobody asks for them.
    pub names: Vec<String>,
    /// Number of the page in the file, from 1.
    pub page: u32,
    /// Lines that are read at another place than that of the file.
    pub moved: u64,
}

/// A piece of the text that is whole in both orders.
#[derive(Debug, Clone, PartialEq)]
struct Chunk {
    /// First byte in the text that is read.
    read: usize,
    /// Its bytes in the text of the file.
    file: Range<usize>,
    kind: Kind,
    /// Whether it is not moved.
    stays: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A line, or the text of one whose line end is the next chunk.
    Line,
    /// A line end that became a space.
    Spaced,
    /// A line end that was closed up.
    Closed,
    /// A line end that was put between two parts of a line, in the place of the blank between them.
    Parted,
}

/// What joins a line to the one that is read before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Join {
    /// Nothing joins them.
    None,
    Space,
    Close,
}

/// A change of the text of the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Placed<'a> {
    pub change: Change<'a>,
    /// Where its characters stand in the file: the place of the change, or for text that moved here its old place.
    pub from: Range<usize>,
}

impl<'a> Placed<'a> {
    /// A change of a text that is read as it stands.
    pub fn here(change: Change<'a>) -> Placed<'a> {
        Placed { from: change.start..change.end, change }
    }
}

impl Arrangement {
    /// Of a page with these lines, whose parts are read in this order; each part is named once. Without parts each line is one.
    ///
    /// Returns the text that is read, too.
    pub fn new<L>(
        lines: impl Iterator<Item = L>,
        parts: Option<&[(u32, Range<usize>)]>,
        order: &[(u32, Join)],
    ) -> (Arrangement, String)
    where
        L: Iterator<Item = char>,
    {
        let mut raw = String::new();
        let mut starts = Vec::new();
        for line in lines {
            starts.push(raw.len());
            raw.extend(line);
            raw.push('\n');
        }
        let end_of = |line: usize| starts.get(line + 1).copied().unwrap_or(raw.len());
        let parts: Vec<Range<usize>> = match parts {
            None => (0..starts.len()).map(|line| starts[line]..end_of(line)).collect(),
            Some(parts) => {
                // The last part of a line has its line feed.
                let is_last = |n: usize| parts.get(n + 1).is_none_or(|next| next.0 != parts[n].0);
                let of = |(n, (line, range)): (usize, &(u32, Range<usize>))| {
                    let start = starts[*line as usize];
                    start + range.start..start + range.end + usize::from(is_last(n))
                };
                parts.iter().enumerate().map(of).collect()
            }
        };
        let stays = longest_rising(order.iter().map(|(line, _)| *line));
        let moved = stays.iter().filter(|stays| !**stays).count() as u64;
        let mut text = String::with_capacity(raw.len());
        let mut chunks: Vec<Chunk> = Vec::with_capacity(order.len());
        for (&(line, join), &stays) in order.iter().zip(&stays) {
            if let Some(above) = chunks.last_mut().filter(|_| join != Join::None) {
                text.truncate(text.len() - 1);
                let kind = if join == Join::Space { Kind::Spaced } else { Kind::Closed };
                if above.kind == Kind::Parted {
                    above.kind = kind;
                } else {
                    above.file.end -= 1;
                    let (end, stays) = (above.file.end, above.stays);
                    chunks.push(Chunk { read: text.len(), file: end..end + 1, kind, stays });
                }
                if join == Join::Space {
                    text.push(' ');
                }
            }
            let file = parts[line as usize].clone();
            chunks.push(Chunk { read: text.len(), file: file.clone(), kind: Kind::Line, stays });
            text.push_str(&raw[file.clone()]);
            let next = parts.get(line as usize + 1).map_or(raw.len(), |next| next.start);
            if !raw[..file.end].ends_with('\n') || file.is_empty() {
                chunks.push(Chunk { read: text.len(), file: file.end..next, kind: Kind::Parted, stays });
                text.push('\n');
            }
        }
        let parts = parts.into_iter().map(|part| part.start).collect();
        let feeds = memchr::memchr_iter(b'\n', raw.as_bytes()).collect();
        (Arrangement { raw, starts, parts, feeds, chunks, moved, ..Arrangement::default() }, text)
    }

    /// Line ends inside rows.
    pub fn joints(&self) -> u64 {
        self.chunks.iter().filter(|chunk| matches!(chunk.kind, Kind::Spaced | Kind::Closed)).count() as u64
    }

    /// The byte of the file for a byte of the text that is read at which something ends.
    pub fn end(&self, at: usize) -> usize {
        let n = self.chunks.partition_point(|chunk| chunk.read < at);
        let Some(chunk) = n.checked_sub(1).and_then(|n| self.chunks.get(n)) else { return 0 };
        (chunk.file.start + (at - chunk.read)).min(chunk.file.end)
    }

    /// Number of the line of the file, from 0, with this byte of the file.
    pub fn line(&self, at: usize) -> u64 {
        self.feeds.partition_point(|&feed| feed < at) as u64
    }

    /// The bytes of the file for bytes of the text that is read, in the order in which they are read.
    pub fn ranges(&self, read: Range<usize>) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (chunk, part) in self.parts(read) {
            match ranges.last_mut() {
                Some(last) if last.end == part.start => last.end = part.end,
                _ if chunk.kind == Kind::Line && !part.is_empty() => ranges.push(part),
                _ => {}
            }
        }
        ranges
    }

    /// The chunks of bytes of the text that is read, each with those of its bytes of the file that are meant.
    fn parts(&self, read: Range<usize>) -> impl Iterator<Item = (&Chunk, Range<usize>)> {
        let first = self.chunks.partition_point(|chunk| chunk.read <= read.start).saturating_sub(1);
        self.chunks[first..].iter().take_while(move |chunk| chunk.read < read.end).map(move |chunk| {
            let part = match chunk.kind {
                Kind::Line => {
                    let of_file = |at: usize| (chunk.file.start + at.saturating_sub(chunk.read)).min(chunk.file.end);
                    of_file(read.start)..of_file(read.end)
                }
                _ => chunk.file.clone(),
            };
            (chunk, part)
        })
    }

    /// The changes of the text of the file that give the clean text: `changes` are those of the text that is read.
    pub fn changes<'a>(&self, read: &'a str, changes: &[Change<'a>]) -> Vec<Placed<'a>> {
        let mut out = Changes { arrangement: self, read, list: Vec::new(), point: 0 };
        let mut at = 0;
        for change in changes {
            out.keep(at..change.start);
            out.replace(change);
            at = change.end;
        }
        out.keep(at..read.len());
        for chunk in self.chunks.iter().filter(|chunk| chunk.kind == Kind::Closed) {
            out.push(chunk.file.clone(), "", Rule::Rejoin.into(), 1.0, chunk.file.clone());
        }
        out.list.sort_by_key(|placed| (placed.change.start, placed.change.end > placed.change.start));
        out.list
    }

    /// The elements of the file with these bytes.
    pub fn elements(&self, from: &Range<usize>) -> Vec<Element> {
        let first = self.starts.partition_point(|&start| start <= from.start).saturating_sub(1);
        let touched = (first..self.starts.len()).take_while(|&line| line == first || self.starts[line] < from.end);
        touched.map(|line| self.element(line, from)).collect()
    }

    /// The characters of a line among these bytes of the file.
    fn element(&self, line: usize, from: &Range<usize>) -> Element {
        let start = self.starts[line];
        let end = self.starts.get(line + 1).map_or(self.raw.len(), |next| *next) - 1;
        let characters = |at: usize| self.raw[start..at.clamp(start, end)].chars().count() as u32;
        let name = self.names.get(line).filter(|name| !name.is_empty()).cloned();
        let name = name.unwrap_or_else(|| format!("line {}", line + 1));
        Element { page: self.page, name, start: characters(from.start), end: characters(from.end) }
    }
}

/// The changes of the text of the file, in the making.
struct Changes<'s, 'a> {
    arrangement: &'s Arrangement,
    read: &'a str,
    list: Vec<Placed<'a>>,
    /// Where text goes that moves: behind the last text that stays.
    point: usize,
}

impl<'a> Changes<'_, 'a> {
    fn push(&mut self, place: Range<usize>, after: &'a str, author: Author, confidence: f32, from: Range<usize>) {
        if !place.is_empty() || !after.is_empty() {
            let change = Change { start: place.start, end: place.end, after, author, confidence };
            self.list.push(Placed { change, from });
        }
    }

    /// Takes text at one place and puts another at the point.
    fn move_here(&mut self, part: Range<usize>, after: &'a str, author: Author, confidence: f32) {
        self.push(part.clone(), "", author, confidence, part.clone());
        self.push(self.point..self.point, after, author, confidence, part);
    }

    /// Text that no pass changed.
    fn keep(&mut self, read: Range<usize>) {
        let mut at = read.start;
        for (chunk, part) in self.arrangement.parts(read) {
            let (text, rule) = match chunk.kind {
                Kind::Closed => continue,
                Kind::Line => (&self.read[at..at + part.len()], Rule::Order),
                Kind::Spaced => (&self.read[at..at + 1], Rule::Rejoin),
                Kind::Parted => (&self.read[at..at + 1], Rule::Order),
            };
            at += text.len();
            if !chunk.stays {
                self.move_here(part, text, rule.into(), 1.0);
                continue;
            }
            self.point = part.end;
            if chunk.kind != Kind::Line && self.arrangement.raw[part.clone()] != *text {
                self.push(part.clone(), text, rule.into(), 1.0, part);
            }
        }
    }

    /// Text that a pass changed. What goes is told where it stood, line by line where lines moved.
    fn replace(&mut self, change: &Change<'a>) {
        let Change { start, end, mut after, author, confidence } = *change;
        let mut whole = false;
        for (chunk, part) in self.arrangement.parts(start..end).filter(|(chunk, _)| chunk.kind != Kind::Closed) {
            let after = std::mem::take(&mut after);
            if !chunk.stays {
                self.move_here(part, after, author, confidence);
                whole = false;
                continue;
            }
            self.point = part.end;
            match self.list.last_mut() {
                Some(last) if whole && last.change.end == part.start => {
                    (last.change.end, last.from.end) = (part.end, part.end);
                }
                _ => self.push(part.clone(), after, author, confidence, part),
            }
            whole = true;
        }
        self.push(self.point..self.point, after, author, confidence, self.point..self.point);
    }
}

/// Which members of a list are in its longest rising sequence.
fn longest_rising(list: impl Iterator<Item = u32>) -> Vec<bool> {
    let list: Vec<u32> = list.collect();
    // For each length, where the sequence of that length with the least end ends; for each member, the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(list.len());
    for (n, value) in list.iter().enumerate() {
        let length = ends.partition_point(|&end| list[end] < *value);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        match ends.get_mut(length) {
            Some(end) => *end = n,
            None => ends.push(n),
        }
    }
    let mut rising = vec![false; list.len()];
    let mut at = ends.last().copied();
    while let Some(n) = at {
        rising[n] = true;
        at = before[n];
    }
    rising
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::edit::Edits;
    use crate::document::trace::Trace;
    use proptest::prelude::*;

    #[test]
    fn the_longest_rising_sequence_stays() {
        let of = |list: &[u32]| longest_rising(list.iter().copied());
        assert_eq!(of(&[]), [] as [bool; 0]);
        assert_eq!(of(&[0, 3, 1, 2]), [true, false, true, true]);
        assert_eq!(of(&[2, 0, 1]), [false, true, true]);
    }

    fn replayed(raw: &str, changes: &[Placed<'_>]) -> String {
        let (mut out, mut at) = (String::new(), 0);
        for Placed { change, .. } in changes {
            out.push_str(&raw[at..change.start]);
            out.push_str(change.after);
            at = change.end;
        }
        out + &raw[at..]
    }

    #[test]
    fn a_moved_line_goes_and_comes_and_what_a_rule_took_of_it_stays_with_the_rule() {
        let order = [(1, Join::None), (2, Join::None), (0, Join::None)];
        let (arrangement, read) = Arrangement::new(["丙 丙", "甲", "乙"].into_iter().map(str::chars), None, &order);
        assert_eq!((read.as_str(), arrangement.raw.as_str()), ("甲\n乙\n丙 丙\n", "丙 丙\n甲\n乙\n"));
        let space = Change { start: 11, end: 12, after: "", author: Rule::Spacing.into(), confidence: 1.0 };
        let changes = arrangement.changes(&read, &[space]);
        assert_eq!(replayed(&arrangement.raw, &changes), "甲\n乙\n丙丙\n");
        let told: Vec<_> = changes.iter().map(|p| (p.change.start, p.change.end, p.change.after)).collect();
        assert_eq!(told, [(0, 3, ""), (3, 4, ""), (4, 8, ""), (16, 16, "丙"), (16, 16, "丙\n")]);
        assert_eq!(changes[1].change.author.rule(), Rule::Spacing);
        assert_eq!(changes[3].from, 0..3);
    }

    proptest! {
        #[test]
        fn changes_of_the_text_that_is_read_are_changes_of_the_file(
            lines in prop::collection::vec(("[渠水a ]{0,4}", any::<u32>(), 0u8..3), 1..12),
            passes in prop::collection::vec(prop::collection::vec((0usize..5, 0usize..8, "[桥\n]{0,2}"), 0..5), 0..4),
        ) {
            let mut order: Vec<(u32, u32, u8)> = lines.iter().enumerate().map(|(n, l)| (l.1, n as u32, l.2)).collect();
            order.sort_unstable();
            let join = |n: u8| [Join::None, Join::Space, Join::Close][n as usize];
            let order: Vec<(u32, Join)> = order.into_iter().map(|(_, n, kind)| (n, join(kind))).collect();
            let (arrangement, read) = Arrangement::new(lines.iter().map(|l| l.0.chars()), None, &order);
            let mut trace = Trace::new(read.len());
            let mut text = read.clone();
            for pass in &passes {
                let mut edits = Edits::new();
                let chars: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                let mut at = 0;
                for (gap, removed, after) in pass {
                    let start = (at + gap).min(chars.len() - 1);
                    at = (start + removed).min(chars.len() - 1);
                    edits.replace(chars[start]..chars[at], after, Rule::Spacing);
                }
                trace.compose(&edits);
                text = edits.rewrite(&text);
            }
            let changes = trace.net_changes(&read);
            let placed = arrangement.changes(&read, &changes);
            prop_assert!(placed.windows(2).all(|pair| pair[0].change.end <= pair[1].change.start));
            prop_assert_eq!(replayed(&arrangement.raw, &placed), text);
            // Moves take nothing and add nothing.
            let chars = |of: &dyn Fn(&Placed<'_>) -> String| {
                let moves = placed.iter().filter(|p| p.change.author.rule() == Rule::Order);
                let mut chars: Vec<char> = moves.flat_map(|p| of(p).chars().collect::<Vec<_>>()).collect();
                chars.sort_unstable();
                chars
            };
            let gone = chars(&|p| arrangement.raw[p.change.start..p.change.end].to_string());
            prop_assert_eq!(gone, chars(&|p| p.change.after.to_string()));
        }
    }
}
