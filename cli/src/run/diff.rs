//! `--diff`: a unified diff that is read off the ledger, not searched for: so the lines of a paragraph always face the
//! one line that they became, and the marks inside them are what was really changed. Linear in the text.

use std::io::{self, Write};
use std::ops::Range;

/// Lines around a change, as in other diffs.
const CONTEXT: usize = 3;

/// A change of the decoded text: its bytes there, and what stands there now.
pub struct Change<'a> {
    pub range: Range<usize>,
    pub after: &'a str,
}

/// A line without its line feed, and which bytes of it are marked.
#[derive(Default)]
struct Line {
    text: String,
    marks: Vec<Range<usize>>,
    /// Whether a line feed ends it.
    ended: bool,
}

/// Lines that belong together: one that is the same on both sides, or what was changed against what it became.
enum Block {
    Same(Line),
    Changed { old: Vec<Line>, new: Vec<Line> },
}

/// One side of the block at hand.
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

    fn change(&mut self, gone: &str, put: &str) {
        self.old.push(gone, true);
        self.new.push(put, true);
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

/// The two sides as blocks. What stands on both sides of a change is no change.
fn blocks(before: &str, changes: &[Change<'_>]) -> Vec<Block> {
    let mut pairing = Pairing::default();
    let same = |a: Option<char>, b: Option<char>| a.filter(|_| a == b).map(char::len_utf8);
    let mut at = 0;
    for change in changes {
        let (mut from, mut to) = (change.range.start, change.range.end);
        let (Some(mut gone), mut put) = (before.get(from..to), change.after) else { continue };
        while let Some(len) = same(gone.chars().next(), put.chars().next()) {
            (gone, put, from) = (&gone[len..], &put[len..], from + len);
        }
        while let Some(len) = same(gone.chars().next_back(), put.chars().next_back()) {
            (gone, put, to) = (&gone[..gone.len() - len], &put[..put.len() - len], to - len);
        }
        if gone.is_empty() && put.is_empty() {
            continue;
        }
        pairing.keep(before.get(at..from).unwrap_or_default());
        pairing.change(gone, put);
        at = to;
    }
    pairing.keep(before.get(at..).unwrap_or_default());
    pairing.close();
    pairing.blocks
}

impl Block {
    fn gone(&self) -> usize {
        match self {
            Block::Same(_) => 1,
            Block::Changed { old, .. } => old.len(),
        }
    }

    fn put(&self) -> usize {
        match self {
            Block::Same(_) => 1,
            Block::Changed { new, .. } => new.len(),
        }
    }
}

/// Writes the hunks.
pub fn write(before: &str, changes: &[Change<'_>], name: &str, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let blocks = blocks(before, changes);
    let changed: Vec<usize> = (0..blocks.len()).filter(|&i| matches!(blocks[i], Block::Changed { .. })).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let (bold, off) = if color { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    writeln!(out, "{bold}--- {name}{off}\n{bold}+++ {name} (clean){off}")?;
    let (mut done, mut old, mut new) = (0, 0, 0); // blocks, and lines of both sides, that are behind us
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
            (old, new) = (old + block.gone(), new + block.put());
        }
        let hunk = &blocks[from..to];
        let (gone, put): (usize, usize) = (hunk.iter().map(Block::gone).sum(), hunk.iter().map(Block::put).sum());
        // An empty side is named by the line before it.
        let start = |line: usize, len: usize| if len == 0 { line } else { line + 1 };
        let (cyan, off) = if color { ("\x1b[36m", "\x1b[0m") } else { ("", "") };
        writeln!(out, "{cyan}@@ -{},{gone} +{},{put} @@{off}", start(old, gone), start(new, put))?;
        for block in hunk {
            match block {
                Block::Same(line) => write_line(line, ' ', "", color, out)?,
                Block::Changed { old, new } => {
                    old.iter().try_for_each(|l| write_line(l, '-', "\x1b[31m", color, out))?;
                    new.iter().try_for_each(|l| write_line(l, '+', "\x1b[32m", color, out))?;
                }
            }
        }
        (old, new, done) = (old + gone, new + put, to);
    }
    Ok(())
}

fn write_line(line: &Line, sign: char, paint: &str, color: bool, out: &mut dyn Write) -> io::Result<()> {
    if color {
        write!(out, "{paint}{sign}")?;
        let mut at = 0;
        for mark in &line.marks {
            write!(out, "{}\x1b[7m{}\x1b[27m", &line.text[at..mark.start], shown(&line.text[mark.clone()]))?;
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

/// What was changed, with signs for what nobody would see.
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('⏎'),
            '\r' => out.push('␍'),
            '\x0c' => out.push('␌'),
            '\t' => out.push('␉'),
            '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{AD}' => {
                out.push_str(&format!("<U+{:04X}>", c as u32));
            }
            c if c.is_control() => out.push_str(&format!("<U+{:04X}>", c as u32)),
            c => out.push(c),
        }
    }
    out
}
