//! A unified diff, read off the ledger instead of searched for: the lines of a paragraph always stand opposite the one
//! line that they became, and the marks inside a line are exactly what changed. The time is linear in the text, and
//! memory holds a hunk at a time.

use crate::chars::{escaped, visible};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, Write};
use std::ops::Range;

/// Unchanged lines shown around a change, as in other diffs.
const CONTEXT: usize = 3;

/// Bytes of text after which a hunk ends although the next change is near: memory does not grow with the text.
const LONG_HUNK: usize = 1 << 20;

/// How a diff is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Colours, and marks on what changed inside a line.
    pub color: bool,
    /// Control characters of the text are escaped, because a terminal would obey them.
    pub escaped: bool,
}

/// A diff in the making. Its text comes from the beginning to the end, in pieces that stayed and pieces that changed.
///
/// ```
/// use qingyang_tell::diff::{Diff, Style};
/// let (mut diff, mut out) = (Diff::new("page.txt", Style::default()), Vec::new());
/// diff.keep("渠", &mut out)?;
/// diff.change(" ", "", &mut out)?;
/// diff.keep("水\n", &mut out)?;
/// diff.finish(&mut out)?;
/// assert_eq!(String::from_utf8_lossy(&out), "--- page.txt\n+++ page.txt (clean)\n@@ -1,1 +1,1 @@\n-渠 水\n+渠水\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Diff {
    pairing: Pairing,
    hunks: Hunks,
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

/// Collects the lines of the block at hand.
#[derive(Default)]
struct Pairing {
    old: Side,
    new: Side,
    dirty: bool,
}

impl Pairing {
    fn at_line_start(&self) -> bool {
        self.old.at_line_start() && self.new.at_line_start()
    }

    /// The block that is complete.
    fn close(&mut self) -> impl Iterator<Item = Block> + use<> {
        let (old, new) = (std::mem::take(&mut self.old.0), std::mem::take(&mut self.new.0));
        let (changed, same) = match std::mem::take(&mut self.dirty) {
            true => (Some(Block::Changed { old, new }), Vec::new()),
            false => (None, old),
        };
        changed.into_iter().chain(same.into_iter().map(Block::Same))
    }
}

impl Diff {
    /// Of an input of this name.
    pub fn new(name: &str, style: Style) -> Diff {
        let hunks = Hunks {
            name: escaped(name).into_owned(),
            style,
            before: VecDeque::new(),
            hunk: Vec::new(),
            same: 0,
            bytes: 0,
            line: [0; 2],
            written: false,
        };
        Diff { pairing: Pairing::default(), hunks }
    }

    /// Adds text that stayed.
    ///
    /// # Errors
    /// If the writer fails.
    pub fn keep(&mut self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        for part in text.split_inclusive('\n') {
            self.pairing.old.push(part, false);
            self.pairing.new.push(part, false);
            if part.ends_with('\n') {
                self.close(out)?;
            }
        }
        Ok(())
    }

    /// Adds text that was replaced. Characters that both sides have at the same end are not part of the change.
    ///
    /// # Errors
    /// If the writer fails.
    pub fn change(&mut self, old: &str, new: &str, out: &mut dyn Write) -> io::Result<()> {
        let same = |a: Option<char>, b: Option<char>| a.filter(|_| a == b).map_or(0, char::len_utf8);
        let shared = |(a, b): (&mut dyn Iterator<Item = char>, &mut dyn Iterator<Item = char>)| {
            std::iter::from_fn(|| Some(same(a.next(), b.next())).filter(|&len| len > 0)).sum::<usize>()
        };
        let head = shared((&mut old.chars(), &mut new.chars()));
        let (kept, old, new) = (&old[..head], &old[head..], &new[head..]);
        let tail = shared((&mut old.chars().rev(), &mut new.chars().rev()));
        let (old, end) = old.split_at(old.len() - tail);
        let new = &new[..new.len() - tail];
        self.keep(kept, out)?;
        if !old.is_empty() || !new.is_empty() {
            self.pairing.old.push(old, true);
            self.pairing.new.push(new, true);
            self.pairing.dirty = true;
            if self.pairing.at_line_start() {
                self.close(out)?;
            }
        }
        self.keep(end, out)
    }

    /// Ends the text. Nothing is written if no change came.
    ///
    /// # Errors
    /// If the writer fails.
    pub fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.close(out)?;
        self.hunks.end(out)
    }

    fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.pairing.close().try_for_each(|block| self.hunks.add(block, out))
    }
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

    fn bytes(&self) -> usize {
        match self {
            Block::Same(line) => line.text.len(),
            Block::Changed { old, new } => old.iter().chain(new).map(|line| line.text.len()).sum(),
        }
    }
}

/// Puts blocks into hunks and writes each hunk when it ends.
struct Hunks {
    name: String,
    style: Style,
    /// The last unchanged lines, if no hunk is open.
    before: VecDeque<Block>,
    /// The hunk that is open.
    hunk: Vec<Block>,
    /// Unchanged lines at its end.
    same: usize,
    /// Bytes of its text.
    bytes: usize,
    /// Lines before the hunk, or before the unchanged lines that are kept for it.
    line: [usize; 2],
    /// Whether the names have been written.
    written: bool,
}

impl Hunks {
    fn add(&mut self, block: Block, out: &mut dyn Write) -> io::Result<()> {
        let changed = matches!(block, Block::Changed { .. });
        if self.hunk.is_empty() && !changed {
            self.remember(block);
            return Ok(());
        }
        if self.hunk.is_empty() {
            self.hunk.extend(self.before.drain(..));
        }
        self.bytes += block.bytes();
        self.hunk.push(block);
        self.same = if changed { 0 } else { self.same + 1 };
        // One more, and the unchanged lines after this change and before the next would not touch.
        if self.same > 2 * CONTEXT || self.bytes > LONG_HUNK { self.end(out) } else { Ok(()) }
    }

    /// Keeps an unchanged line for the hunk that may follow.
    fn remember(&mut self, block: Block) {
        self.before.push_back(block);
        if self.before.len() > CONTEXT {
            self.before.pop_front();
            self.line = self.line.map(|n| n + 1);
        }
    }

    /// Writes the open hunk, if there is one.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.hunk.is_empty() {
            return Ok(());
        }
        let rest = self.hunk.split_off(self.hunk.len() - self.same.saturating_sub(CONTEXT));
        if !std::mem::replace(&mut self.written, true) {
            let (bold, off) = if self.style.color { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
            let name = &self.name;
            writeln!(out, "{bold}--- {name}{off}\n{bold}+++ {name} (clean){off}")?;
        }
        let [old, new] = write_hunk(&self.hunk, self.line, self.style, out)?;
        self.line = [self.line[0] + old, self.line[1] + new];
        (self.hunk, self.same, self.bytes) = (Vec::new(), 0, 0);
        rest.into_iter().for_each(|block| self.remember(block));
        Ok(())
    }
}

/// Writes one hunk; returns how many lines it has on each side.
fn write_hunk(
    hunk: &[Block],
    [old_line, new_line]: [usize; 2],
    style: Style,
    out: &mut dyn Write,
) -> io::Result<[usize; 2]> {
    let old: usize = hunk.iter().map(Block::old_lines).sum();
    let new: usize = hunk.iter().map(Block::new_lines).sum();
    // A side without lines has the number of the line before it.
    let start = |line: usize, len: usize| if len == 0 { line } else { line + 1 };
    let (cyan, off) = if style.color { ("\x1b[36m", "\x1b[0m") } else { ("", "") };
    writeln!(out, "{cyan}@@ -{},{old} +{},{new} @@{off}", start(old_line, old), start(new_line, new))?;
    for block in hunk {
        match block {
            Block::Same(line) => write_line(line, ' ', "", style, out)?,
            Block::Changed { old, new } => {
                old.iter().try_for_each(|l| write_line(l, '-', "\x1b[31m", style, out))?;
                new.iter().try_for_each(|l| write_line(l, '+', "\x1b[32m", style, out))?;
            }
        }
    }
    Ok([old, new])
}

fn write_line(line: &Line, sign: char, paint: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let shown = |text| if style.escaped { escaped(text) } else { Cow::Borrowed(text) };
    if style.color {
        write!(out, "{paint}{sign}")?;
        let mut at = 0;
        for mark in &line.marks {
            let (kept, marked) = (shown(&line.text[at..mark.start]), visible(&line.text[mark.clone()]));
            write!(out, "{kept}\x1b[7m{marked}\x1b[27m")?;
            at = mark.end;
        }
        writeln!(out, "{}{}", shown(&line.text[at..]), if paint.is_empty() { "" } else { "\x1b[0m" })?;
    } else {
        writeln!(out, "{sign}{}", shown(&line.text))?;
    }
    if !line.ended {
        writeln!(out, "\\ No newline at end of file")?;
    }
    Ok(())
}
