//! A unified diff, read off the ledger instead of searched for: the lines of a paragraph always stand opposite the one
//! line that they became, and the marks inside a line are exactly what changed. The time is linear in the text.

use crate::chars::visible;
use std::io::{self, Write};
use std::ops::Range;

/// Unchanged lines shown around a change, as in other diffs.
const CONTEXT: usize = 3;

/// A change of the decoded text.
pub struct Change<'a> {
    /// Bytes of the decoded text.
    pub range: Range<usize>,
    /// The text that replaced them.
    pub after: &'a str,
}

/// A line without its line feed, and the bytes of it that changed.
#[derive(Default)]
struct Line {
    text: String,
    marks: Vec<Range<usize>>,
    /// Whether it ends with a line feed.
    ended: bool,
}

/// Lines that belong together: a line that did not change, or old lines and the new lines that replaced them.
enum Block {
    Same(Line),
    Changed { old: Vec<Line>, new: Vec<Line> },
}

/// One side of the block that is being collected.
#[derive(Default)]
struct Side(Vec<Line>);

impl Side {
    fn push(&mut self, text: &str, marked: bool) {
        for part in text.split_inclusive('\n') {
            if self.at_line_start() {
                self.0.push(Line::default());
            }
            let Some(line) = self.0.last_mut() else { return };
            let body = part.strip_suffix('\n').unwrap_or(part);
            if marked && !body.is_empty() {
                let from = line.text.len();
                match line.marks.last_mut() {
                    Some(last) if last.end == from => last.end += body.len(),
                    _ => line.marks.push(from..from + body.len()),
                }
            }
            line.text.push_str(body);
            line.ended = body.len() < part.len();
        }
    }

    fn at_line_start(&self) -> bool {
        self.0.last().is_none_or(|l| l.ended)
    }
}

/// Collects the blocks.
#[derive(Default)]
struct Pairing {
    blocks: Vec<Block>,
    old: Side,
    new: Side,
    dirty: bool,
}

impl Pairing {
    fn keep(&mut self, text: &str) {
        for part in text.split_inclusive('\n') {
            self.old.push(part, false);
            self.new.push(part, false);
            if part.ends_with('\n') {
                self.close();
            }
        }
    }

    fn change(&mut self, old: &str, new: &str) {
        self.old.push(old, true);
        self.new.push(new, true);
        self.dirty = true;
        if self.old.at_line_start() && self.new.at_line_start() {
            self.close();
        }
    }

    fn close(&mut self) {
        let (old, new) = (std::mem::take(&mut self.old.0), std::mem::take(&mut self.new.0));
        if std::mem::take(&mut self.dirty) {
            self.blocks.push(Block::Changed { old, new });
        } else {
            self.blocks.extend(old.into_iter().map(Block::Same));
        }
    }
}

/// The two texts as blocks. Characters that a change has at the same end of both sides are not part of the change.
fn blocks(before: &str, changes: &[Change<'_>]) -> Vec<Block> {
    let mut pairing = Pairing::default();
    let same = |a: Option<char>, b: Option<char>| a.filter(|_| a == b).map(char::len_utf8);
    let mut at = 0;
    for change in changes {
        let (mut from, mut to) = (change.range.start, change.range.end);
        let (Some(mut old), mut new) = (before.get(from..to), change.after) else { continue };
        while let Some(len) = same(old.chars().next(), new.chars().next()) {
            (old, new, from) = (&old[len..], &new[len..], from + len);
        }
        while let Some(len) = same(old.chars().next_back(), new.chars().next_back()) {
            (old, new, to) = (&old[..old.len() - len], &new[..new.len() - len], to - len);
        }
        if old.is_empty() && new.is_empty() {
            continue;
        }
        pairing.keep(before.get(at..from).unwrap_or_default());
        pairing.change(old, new);
        at = to;
    }
    pairing.keep(before.get(at..).unwrap_or_default());
    pairing.close();
    pairing.blocks
}

impl Block {
    fn old_lines(&self) -> usize {
        match self {
            Block::Same(_) => 1,
            Block::Changed { old, .. } => old.len(),
        }
    }

    fn new_lines(&self) -> usize {
        match self {
            Block::Same(_) => 1,
            Block::Changed { new, .. } => new.len(),
        }
    }
}

/// Writes the hunks between a decoded text and its clean text; nothing if no change is left.
///
/// # Errors
/// If the writer fails.
pub fn write(before: &str, changes: &[Change<'_>], name: &str, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let blocks = blocks(before, changes);
    let changed: Vec<usize> = (0..blocks.len()).filter(|&i| matches!(blocks[i], Block::Changed { .. })).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let (bold, off) = if color { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    writeln!(out, "{bold}--- {name}{off}\n{bold}+++ {name} (clean){off}")?;
    let mut done = 0;
    let (mut old_line, mut new_line) = (0, 0); // lines of each side before the hunk
    let mut next = changed.iter().copied().peekable();
    while let Some(first) = next.next() {
        let from = first.saturating_sub(CONTEXT).max(done);
        let mut last = first;
        while let Some(&i) = next.peek()
            && i - last <= 2 * CONTEXT + 1
        {
            last = i;
            next.next();
        }
        let to = (last + CONTEXT + 1).min(blocks.len());
        for block in &blocks[done..from] {
            (old_line, new_line) = (old_line + block.old_lines(), new_line + block.new_lines());
        }
        let (old, new) = write_hunk(&blocks[from..to], (old_line, new_line), color, out)?;
        (old_line, new_line, done) = (old_line + old, new_line + new, to);
    }
    Ok(())
}

/// Writes one hunk; returns how many lines it has on each side.
fn write_hunk(
    hunk: &[Block],
    (old_line, new_line): (usize, usize),
    color: bool,
    out: &mut dyn Write,
) -> io::Result<(usize, usize)> {
    let old: usize = hunk.iter().map(Block::old_lines).sum();
    let new: usize = hunk.iter().map(Block::new_lines).sum();
    // A side without lines has the number of the line before it.
    let start = |line: usize, len: usize| if len == 0 { line } else { line + 1 };
    let (cyan, off) = if color { ("\x1b[36m", "\x1b[0m") } else { ("", "") };
    writeln!(out, "{cyan}@@ -{},{old} +{},{new} @@{off}", start(old_line, old), start(new_line, new))?;
    for block in hunk {
        match block {
            Block::Same(line) => write_line(line, ' ', "", color, out)?,
            Block::Changed { old, new } => {
                old.iter().try_for_each(|l| write_line(l, '-', "\x1b[31m", color, out))?;
                new.iter().try_for_each(|l| write_line(l, '+', "\x1b[32m", color, out))?;
            }
        }
    }
    Ok((old, new))
}

fn write_line(line: &Line, sign: char, paint: &str, color: bool, out: &mut dyn Write) -> io::Result<()> {
    if color {
        write!(out, "{paint}{sign}")?;
        let mut at = 0;
        for mark in &line.marks {
            write!(out, "{}\x1b[7m{}\x1b[27m", &line.text[at..mark.start], visible(&line.text[mark.clone()]))?;
            at = mark.end;
        }
        writeln!(out, "{}{}", &line.text[at..], if paint.is_empty() { "" } else { "\x1b[0m" })?;
    } else {
        writeln!(out, "{sign}{}", line.text)?;
    }
    if !line.ended {
        writeln!(out, "\\ No newline at end of file")?;
    }
    Ok(())
}
