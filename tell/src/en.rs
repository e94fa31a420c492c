//! The views in English.

use crate::catalogue::{Catalogue, MENTIONED, PageWords, quoted};
use crate::chars::code_point;
use crate::facts::{BlankChange, Certainty, Excerpt, Fact, LineEnd, Note, Seam};
use crate::why::Why;
use qingyang::rules::{CustomRule, RuleAction};
use qingyang::suspicion::Suspicion;
use qingyang::{Followed, Reason, Role, Rule};
use std::fmt::{self, Display, Formatter};

mod evidence;
mod report;

/// English.
#[derive(Debug)]
pub(crate) struct English;

impl Catalogue for English {
    fn rules(&self) -> &'static str {
        "Rules:"
    }

    fn head(&self, name: &str, changes: usize) -> String {
        match changes {
            0 => format!("{name}: nothing to change"),
            n => format!("{name}: {}", count(n, "change")),
        }
    }

    fn followed(&self, followed: Followed) -> &'static str {
        match followed {
            Followed::Yes => "followed",
            Followed::Several => "not followed: several jump lines answer it, and no headline decides between them",
            Followed::Nothing => "not followed: its text is already here, or there is none",
            _ => "not followed: no jump line of the issue answers it",
        }
    }

    fn jump(&self, byte: u64, text: &str, followed: Followed) -> String {
        format!("byte {byte}: {text} {}", self.followed(followed))
    }

    fn rule(&self, rule: Rule) -> &'static str {
        rule.reason()
    }

    fn suspicion(&self, of: Suspicion) -> String {
        match of {
            Suspicion::LostCharacters => "it has 锟斤拷: characters were lost before; go back to the source".into(),
            Suspicion::ReplacementCharacters => {
                "it has U+FFFD: characters were lost before; go back to the source".into()
            }
            Suspicion::Misread(how) => format!("read in a wrong encoding before ({how}); go back to the source"),
            Suspicion::BrokenFont => "private characters of a font: read the page by OCR".into(),
            Suspicion::Japanese => "it is Japanese".into(),
            Suspicion::FewHan => "few Han: another language, a table of figures, or a broken font".into(),
            Suspicion::RareHan => "rare Han: the font may lack its table of Unicode; read the page by OCR".into(),
            Suspicion::ReadAcross => {
                "columns were read across: extract the page in the order of its columns, or with places".into()
            }
            Suspicion::UnlikeTheModel => {
                "many uncertain line breaks: the page is unlike those that the model knows; check them".into()
            }
            _ => of.name().into(),
        }
    }

    fn reason(&self, name: &str, reason: &str) -> String {
        format!("{name}: {reason}")
    }

    fn custom_rule(&self, rule: &CustomRule) -> String {
        custom_rule(rule)
    }

    fn role(&self, role: Role) -> String {
        format!("<span lang=zh>{}</span> {}", role.chinese(), role.name())
    }

    fn evidence(&self, reason: &Reason) -> String {
        evidence::said(reason)
    }

    fn why(&self, why: &Why) -> Vec<String> {
        evidence::why(why)
    }

    fn fact(&self, fact: &Fact, f: &mut Formatter<'_>) -> fmt::Result {
        write_fact(fact, f)
    }

    fn note(&self, note: &Note, f: &mut Formatter<'_>) -> fmt::Result {
        report::note(self, note, f)
    }

    fn page(&self) -> &'static PageWords {
        &report::WORDS
    }
}

/// What a rule of the user does.
fn custom_rule(rule: &CustomRule) -> String {
    match rule.action() {
        RuleAction::Furniture { line, role: Some(role) } => {
            format!("A line that matches {line} is furniture ({}).", role.name())
        }
        RuleAction::Furniture { line, role: None } => format!("A line that matches {line} is furniture."),
        RuleAction::Break { line, keep: true } => format!("The line break after a line that matches {line} is kept."),
        RuleAction::Break { line, keep: false } => {
            format!("A line that matches {line} is joined with the next line.")
        }
        RuleAction::Replace { find, put } if put.is_empty() => format!("Text that matches {find} is removed."),
        RuleAction::Replace { find, put } => format!("Text that matches {find} becomes {put}."),
        _ => String::new(),
    }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn list(texts: &[String]) -> String {
    texts.iter().map(|t| quoted(t)).collect::<Vec<_>>().join(", ")
}

/// How certain an edit is, as far as a sentence mentions it.
struct Sure(Certainty);

impl Display for Sure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Certainty::Decided(p) => write!(f, " (as decided; the model: {:.0} %)", p * 100.0),
            Certainty::Custom => f.write_str(" (by your rule)"),
            Certainty::Of(p) if p >= MENTIONED => Ok(()),
            Certainty::Of(p) if p >= crate::CERTAIN => write!(f, " ({:.0} % certain)", p * 100.0),
            Certainty::Of(p) => write!(f, " ({:.0} % certain: please check)", p * 100.0),
        }
    }
}

fn write_fact(fact: &Fact, f: &mut Formatter<'_>) -> fmt::Result {
    match fact {
        Fact::BreakKept { line, certainty, seam: (left, right) } => {
            write!(
                f,
                "the line break after line {line} was kept{sure}: 「{left}」 ⏎ 「{right}」",
                sure = Sure(*certainty)
            )
        }
        Fact::CopyRemoved { line, texts, certainty } => {
            write!(f, "line {line}: {} removed: the page repeats it{}", list(texts), Sure(*certainty))
        }
        Fact::FurnitureRemoved { line, texts, certainty } => {
            write!(f, "line {line}: {} removed: it belongs to the page, not to a text{}", list(texts), Sure(*certainty))
        }
        Fact::LineRemoved { line, texts } => write!(f, "line {line}: {} removed", list(texts)),
        Fact::UnseenRemoved { line, count: n, kinds } => {
            let kinds: Vec<String> = kinds.iter().map(|&c| code_point(c)).collect();
            write!(f, "line {line}: {} removed ({})", count(*n, "invisible character"), kinds.join(", "))
        }
        Fact::SentencesSplit { line, count: 1 } => write!(f, "line {line}: 1 sentence put on a line of its own"),
        Fact::SentencesSplit { line, count } => {
            write!(f, "line {line}: {count} sentences put on lines of their own")
        }
        Fact::LineEnds { first, last, count, kinds } => line_ends(f, (*first, *last), *count, kinds.iter().copied()),
        Fact::BlankLines { lines, more, change } => blank_lines(f, lines, *more, *change),
        Fact::Paragraph { from, to, breaks, least, text } => paragraph(f, (*from, *to), *breaks, *least, text.as_ref()),
        Fact::Joined { line, next, space, hyphen, certainty, seam } => {
            joined(f, (*line, *next), (*space, *hyphen), *certainty, seam.as_ref())
        }
        Fact::Spaces { line, closed, narrowed, ordinary, added, certainty } => {
            let parts = [
                (*closed, "gap", "closed up"),
                (*ordinary, "other space", "replaced by ordinary ones"),
                (*narrowed, "gap", "replaced by one space"),
                (*added, "space", "added"),
            ];
            let parts: Vec<String> = parts
                .into_iter()
                .filter(|(n, ..)| *n > 0)
                .map(|(n, what, did)| format!("{} {did}", count(n, what)))
                .collect();
            write!(f, "line {line}: {}{}", parts.join(", "), Sure(*certainty))
        }
        Fact::Refused { line, before, after } => {
            write!(f, "line {line}: {} stays as decided, and is not made {}", quoted(before), quoted(after))
        }
        Fact::Replaced { line, pairs, more, certainty } => replaced(f, *line, pairs, *more, *certainty),
        other => moved_fact(f, other),
    }
}

/// The facts about text that was moved, and the others after them.
fn moved_fact(f: &mut Formatter<'_>, fact: &Fact) -> fmt::Result {
    match fact {
        Fact::HeadlineLeft { line, text } => {
            write!(f, "line {line}: the headline {} was moved to the front of its text", quoted(text))
        }
        Fact::HeadlineCame { line, text } => {
            write!(f, "line {line}: the headline {} was put here, in front of its text", quoted(text))
        }
        Fact::LinesMoved { first, count: 1 } => {
            write!(f, "line {first} is read at another place than that of the file")
        }
        Fact::LinesMoved { first, count } => {
            write!(f, "{count} lines are read at other places than those of the file, line {first} the first of them")
        }
        Fact::TextLeft { line, text } => {
            write!(f, "line {line}: {} was moved to the page that it continues", quoted(text))
        }
        Fact::TextCame { line, text } => {
            write!(f, "line {line}: {} was put here, where the text continues", quoted(text))
        }
        layout => layout_fact(f, layout),
    }
}

/// The facts about the layout between units.
fn layout_fact(f: &mut Formatter<'_>, fact: &Fact) -> fmt::Result {
    match fact {
        Fact::EndAdded { line } => write!(f, "line {line}: a line feed was added at the end"),
        Fact::FormFeedRemoved { line } => write!(f, "line {line}: a form feed without text after it was removed"),
        Fact::TopRemoved { line } => write!(f, "line {line}: blank lines and spaces above the text were removed"),
        Fact::BlankLineRemoved { line } => write!(f, "after line {line}: a blank line was removed"),
        Fact::GapRemoved { line, text } => write!(f, "after line {line}: {} was removed", quoted(text)),
        Fact::GapReplaced { line, before, after } => {
            write!(f, "line {line}: {} became {}", quoted(before), quoted(after))
        }
        _ => Ok(()),
    }
}

fn line_ends(
    f: &mut Formatter<'_>,
    (first, last): (u64, u64),
    count: usize,
    kinds: impl Iterator<Item = LineEnd>,
) -> fmt::Result {
    let name = |kind| match kind {
        LineEnd::Cr => "CR",
        LineEnd::CrLf => "CRLF",
        LineEnd::Other => "others",
    };
    let kinds: Vec<&str> = kinds.map(name).collect();
    write!(f, "lines {first}–{last}: {count} line ends ({}) became LF", kinds.join(", "))
}

fn blank_lines(f: &mut Formatter<'_>, lines: &[u64], more: usize, change: BlankChange) -> fmt::Result {
    let mut named: Vec<String> = lines.iter().map(u64::to_string).collect();
    if more > 0 {
        named.push(format!("and {more} more"));
    }
    let what = if lines.len() + more == 1 { "line" } else { "lines" };
    let did = match change {
        BlankChange::Added => "a blank line was added between two units",
        BlankChange::Removed => "blank lines between two units were removed",
        BlankChange::RemovedWithSpaces => "blank lines and spaces between two units were removed",
    };
    write!(f, "after {what} {}: {did}", named.join(", "))
}

fn paragraph(
    f: &mut Formatter<'_>,
    (from, to): (u64, u64),
    breaks: usize,
    least: f32,
    text: Option<&Excerpt>,
) -> fmt::Result {
    match from == to {
        true => write!(f, "line {from} holds one paragraph: ")?,
        false => write!(f, "lines {from}–{to} are one paragraph: ")?,
    }
    write!(f, "{} closed up", count(breaks, "line break"))?;
    match least {
        p if p >= MENTIONED => {}
        p if breaks == 1 => write!(f, " ({:.0} % certain)", p * 100.0)?,
        p => write!(f, " (the least certain of them {:.0} %)", p * 100.0)?,
    }
    match text {
        None => Ok(()),
        Some(Excerpt::Whole(text)) => write!(f, ": 「{text}」"),
        Some(Excerpt::Ends(head, tail)) => write!(f, ": 「{head}…{tail}」"),
    }
}

fn joined(
    f: &mut Formatter<'_>,
    (line, next): (u64, u64),
    (space, hyphen): (bool, bool),
    certainty: Certainty,
    seam: Option<&Seam>,
) -> fmt::Result {
    write!(f, "line {line} continues in line {next}")?;
    if space {
        f.write_str(" after a space")?;
    }
    if hyphen {
        f.write_str("; the hyphen of the broken word was removed")?;
    }
    write!(f, "{}", Sure(certainty))?;
    match seam {
        Some((left, right)) => write!(f, ": 「{left}」 + 「{right}」"),
        None => Ok(()),
    }
}

fn replaced(
    f: &mut Formatter<'_>,
    line: u64,
    pairs: &[(String, String)],
    more: usize,
    certainty: Certainty,
) -> fmt::Result {
    let mut parts: Vec<String> = pairs
        .iter()
        .map(|(before, after)| match (before.is_empty(), after.is_empty()) {
            (_, true) => format!("{} removed", quoted(before)),
            (true, false) => format!("{} added", quoted(after)),
            (false, false) => format!("{} became {}", quoted(before), quoted(after)),
        })
        .collect();
    if more > 0 {
        parts.push(format!("and {more} more"));
    }
    write!(f, "line {line}: {}{}", parts.join(", "), Sure(certainty))
}
