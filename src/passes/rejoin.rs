//! Carries out what the roles say: a line break inside a unit is closed up, with a space only where two
//! words or two names meet; between units stands one line feed; empty lines go.

use super::spacing::{self, Context, Tokens};
use crate::edit::Edits;
use crate::options::{CjkLatinSpace, Options};
use crate::roles::LineRole;
use crate::roles::evidence::{Class, Line, PageLines, class_of};
use crate::rule::Rule;
use crate::width::is_han;
use crate::words;

/// What is decided of a page's lines.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    /// The lines.
    pub page: &'a PageLines,
    /// Their roles: where lines join.
    pub roles: &'a [LineRole],
    /// Their roles as the page alone says, which is what spaces hang on: the same, where no person decided.
    pub typeset: &'a [LineRole],
    /// Which of them go as furniture; empty where none does.
    pub dropped: &'a [bool],
    /// For each break the probability that it parts two units; empty where that was not asked for.
    pub confidence: &'a [f32],
}

/// Proposes the spaces inside lines and what stands between them.
#[inline(never)] // a loop of its own registers, once a page
pub fn propose(text: &str, decided: Decided<'_>, options: &Options, tokens: &mut Tokens, edits: &mut Edits) {
    let Decided { page, roles, typeset, dropped, confidence } = decided;
    let lines = &page.lines[..];
    let (roles, typeset) = (&roles[..lines.len()], &typeset[..lines.len()]);
    let spacing = !options.skip.contains(Rule::Spacing);
    let between = if options.blank_lines { "\n\n" } else { "\n" };
    let mut at = 0;
    let mut byline = false;
    let mut first = true;
    let mut above = Above { line: None, goes_on: false, flows: false };
    let mut cut = None; // the line before furniture that goes
    for (i, line) in lines.iter().enumerate() {
        let (start, end) = (line.start as usize, line.end as usize);
        let here = Above { line: Some(line), goes_on: roles[i].goes_on(), flows: typeset[i].goes_on() };
        if dropped.get(i) == Some(&true) {
            // The line goes with what stands before it: one entry for its text, so that nothing goes unsaid.
            edits.replace(at..end, "", Rule::Furniture);
            at = end;
            if !first {
                cut = cut.or(above.line);
                // Nothing joins what is no longer there.
                above = Above { goes_on: false, ..here };
            }
            continue;
        }
        let Above { line: above, goes_on: joined, flows } = std::mem::replace(&mut above, here);
        let sure = || confidence.get(i - 1).map_or(1.0, |&p| if joined { 1.0 - p } else { p });
        let cut = cut.take();
        // Furniture that goes may have stood in the middle of a sentence.
        let across = || cut.filter(|above| options.join_across && cut_in_two(text, above, line));
        if let Some(above) = if joined { above } else { across() } {
            match seam(text, above, line, byline) {
                Seam::Space if spacing => edits.replace_with(at..start, " ", Rule::Rejoin, sure()),
                Seam::Hyphen if spacing && !options.skip.contains(Rule::Hyphen) => {
                    edits.replace_with(at - 1..start, "", Rule::Hyphen, sure());
                }
                _ => edits.replace_with(at..start, "", Rule::Rejoin, sure()),
            }
            byline &= flows || !joined;
        } else if std::mem::take(&mut first) {
            if start > at {
                edits.remove(at..start, Rule::Layout);
            }
        } else {
            byline &= flows;
            // One byte between two lines is a line feed, and stands nearly everywhere.
            let stands = if start - at == 1 { between.len() == 1 } else { text[at..start] == *between };
            if !stands {
                edits.replace_with(at..start, between, Rule::Layout, sure());
            }
        }
        at = end;
        if spacing {
            byline |= spacing::is_byline(line) && !flows;
            let mut names = false;
            if spacing::has_space(text, line) {
                let context = Context {
                    running: spacing::is_running(typeset[i], line),
                    opens: !flows,
                    byline,
                    keep_latin: options.cjk_latin_space == CjkLatinSpace::Keep,
                };
                names = spacing::propose(text, line, context, &page.habits, tokens, edits);
            }
            // What no line goes on from is not asked.
            let asked = here.goes_on || here.flows || !dropped.is_empty();
            let open = |byline| if line.bracketed { spacing::byline_open(text, start..end, byline) } else { byline };
            byline = asked && (names || open(byline));
        }
    }
    if first {
        if text.len() > at {
            edits.remove(at..text.len(), Rule::Layout);
        }
    } else if text[at..] != *"\n" {
        edits.replace(at..text.len(), "\n", Rule::Layout);
    }
}

/// What stands above a line.
#[derive(Debug, Clone, Copy)]
struct Above<'a> {
    /// It; `None` above the first line.
    line: Option<&'a Line>,
    /// Whether it goes on below, as is decided.
    goes_on: bool,
    /// The same as the page alone says.
    flows: bool,
}

/// Whether the text alone proves that one sentence was cut between these lines: no stop above, and a mark or quotation
/// that is open, or a word cut in two.
fn cut_in_two(text: &str, above: &Line, below: &Line) -> bool {
    if matches!(above.last, Class::Comma | Class::Enumeration | Class::OpenBracket | Class::OpenQuote) {
        return true;
    }
    if !matches!(above.last, Class::Han) || below.first != Class::Han {
        return false;
    }
    let glyphs = |l: &Line| text[l.start as usize..l.end as usize].chars().filter(|&c| c != ' ');
    let word = words::over(glyphs(above).rev(), glyphs(below));
    (1..=3).contains(&above.open) || word.longest >= 3 || word.longest == 2 && word.class >= 3
}

/// How two lines of one unit meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seam {
    Closed,
    Space,
    /// The hyphen that broke a Latin word goes too.
    Hyphen,
}

/// How two lines of one unit meet. Nothing comes between a mark and Han, and most lines meet as Han in running text:
/// those are not looked at.
#[inline]
fn seam(text: &str, above: &Line, below: &Line, byline: bool) -> Seam {
    let names = byline || spacing::is_byline(above);
    if below.first == Class::Han && (above.last != Class::Han || !names && below.glyphs > 3) {
        return Seam::Closed;
    }
    seam_of_words(text, above, below, names)
}

/// The same of all others, by their classes and their words.
#[inline(never)] // few seams come here
fn seam_of_words(text: &str, above: &Line, below: &Line, names: bool) -> Seam {
    let left = || &text[above.start as usize..above.end as usize];
    let right = || &text[below.start as usize..below.end as usize];
    let (a, b) = (above.foot[0], below.head);
    let last_word = || left().rsplit(' ').next().unwrap_or_default();
    let first_word = || right().split(' ').next().unwrap_or_default();
    let latin = |c: char| class_of(c) == Class::Latin;
    match (class_of(a), class_of(b)) {
        (Class::Latin, Class::Latin) => {
            let first_word = first_word();
            if is_address(last_word()) || is_address(first_word) && !first_word.starts_with("http") {
                Seam::Closed
            } else {
                Seam::Space
            }
        }
        (Class::Latin, Class::Digit) => {
            let last_word = last_word();
            let word = last_word.chars().rev().take_while(|&c| latin(c)).count();
            if word >= 3 && !is_address(last_word) { Seam::Space } else { Seam::Closed }
        }
        (Class::Dash, Class::Latin) if a == '-' && latin(above.foot[1]) => {
            let (last_word, first_word) = (last_word(), first_word());
            let stem = last_word.trim_end_matches('-');
            let compound = stem.contains('-') || first_word.contains('-') || b.is_uppercase() || is_address(last_word);
            let word = stem.chars().rev().take_while(|&c| latin(c)).count();
            if compound || word < 2 { Seam::Closed } else { Seam::Hyphen }
        }
        (
            Class::Comma | Class::Ellipsis | Class::Semicolon | Class::Colon | Class::Stop | Class::Other,
            Class::Latin,
        ) if a.is_ascii() && latin(above.foot[1]) && !is_address(last_word()) => Seam::Space,
        // Two lines of Latin text: a break stood for the space between two words.
        (class, _)
            if a.is_ascii()
                && b.is_ascii()
                && class != Class::Dash
                && spacing::mostly_latin(above)
                && spacing::mostly_latin(below)
                && !is_address(last_word())
                && !matches!(class, Class::OpenBracket)
                && !matches!(class_of(b), Class::CloseBracket | Class::Stop | Class::Comma | Class::Ellipsis) =>
        {
            Seam::Space
        }
        (Class::Han, Class::Han) if names => names_meet(last_word(), first_word()),
        (Class::Han, Class::Han) if below.glyphs <= 3 && is_credit_seam(left(), right()) => Seam::Space,
        _ => Seam::Closed,
    }
}

/// 何苗⏎摄
fn is_credit_seam(left: &str, right: &str) -> bool {
    matches!(right, "摄" | "文/图" | "攝" | "文/摄") && left.chars().next_back().is_some_and(is_han)
}

fn is_address(word: &str) -> bool {
    word.contains("www.") || word.contains("://") || word.contains('@') || word.contains('/') && word.contains('.')
}

/// In a byline: whether the break stands between two names (one space back) or inside one (none).
fn names_meet(left: &str, right: &str) -> Seam {
    let tail: Vec<char> = left.chars().rev().take_while(|&c| is_han(c)).collect();
    let head: Vec<char> = right.chars().take_while(|&c| is_han(c)).collect();
    if ["记者", "通讯员", "記者", "编辑", "实习生", "通訊員"].iter().any(|post| left.ends_with(post)) {
        return Seam::Space;
    }
    let name: Vec<char> = tail.iter().rev().copied().collect();
    let whole = |n: &[char]| (2..=4).contains(&n.len()) && words::surname(&n[..1]);
    let post = ["通讯员", "记者", "特约", "实习", "摄影"].iter().any(|p| right.starts_with(p));
    let compound = name.len() == 2 && words::surname(&name) && !words::surname(&name[..1]);
    if post && whole(&name) {
        return Seam::Space;
    }
    if whole(&name) && whole(&head) && !compound && name.len() + head.len() > 3 { Seam::Space } else { Seam::Closed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_that_are_not_looked_at_meet_closed(
            above in "[渠水摄记者（）。，“、a7.·-] ?[渠水摄记者（）。，“、a7.-]{0,5}",
            below in "[渠水摄〇（）。，“a7-] ?[渠水摄图文/（）。，a7-]{0,5}",
            byline: bool
        ) {
            let text = format!("{above}\n{below}\n");
            let mut page = PageLines::default();
            page.measure(&text, &[]);
            if let [above, below] = &page.lines[..] {
                let names = byline || spacing::is_byline(above);
                prop_assert_eq!(seam(&text, above, below, byline), seam_of_words(&text, above, below, names));
            }
        }
    }
}
