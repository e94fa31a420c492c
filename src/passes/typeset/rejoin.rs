//! Carries out the roles of lines. A line break inside a unit is closed up, with a space only where two words or two names
//! meet. Two units are separated by one line feed. Empty lines are removed.

use super::spacing::{self, Context};
use super::tokens::Tokens;
use crate::document::edit::Edits;
use crate::lexicon;
use crate::lexicon::bound::{begins_no_unit, ends_no_unit};
use crate::measure::{Class, Cue, Layout, Line, class_of};
use crate::options::{CjkLatinSpace, Options};
use crate::plan::Plan;
use crate::rule::{Author, CustomId, Rule};
use crate::text::width::is_han;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::senders::SENT;
use crate::vocabulary::surnames::{is_surname, is_whole_name};
use std::ops::Range;

/// Proposes edits of the spaces inside lines and of the breaks between lines.
#[inline(never)] // a loop of its own registers, once a page
pub fn propose(text: &str, page: &Layout, plan: &Plan, options: &Options, tokens: &mut Tokens, edits: &mut Edits) {
    let lines = &page.lines[..];
    let decisions = &plan.lines[..lines.len()];
    let spacing = !options.skip.contains(Rule::Spacing);
    let words = page.vocabulary();
    let between = Between {
        words,
        units: options.between_units(),
        spaces: spacing,
        hyphens: spacing && !options.skip.contains(Rule::Hyphen),
    };
    let keep_latin = options.cjk_latin_space == CjkLatinSpace::Keep;
    let put_latin = options.puts_latin_space();
    let mut at = 0;
    let mut byline = false;
    let mut above: Option<&Line> = None;
    // Whether the line above goes on below: as is decided, and as the page alone says.
    let (mut joined, mut flows) = (false, false);
    let mut cut = None; // the line before furniture that goes
    // Probability that the break above the line separates two units, and the user's rule that decided it.
    let mut decided_above = (1.0, None);
    for (line, decision) in lines.iter().zip(decisions) {
        let (start, end) = (line.start as usize, line.end as usize);
        let (goes_on, flows_on) = (decision.role.goes_on(), decision.model_role.goes_on());
        let (kept, custom) = std::mem::replace(&mut decided_above, (decision.keep_probability, decision.custom_break));
        if decision.dropped {
            // Removes the line with the gap before it as one entry of the ledger.
            edits.replace(at..end, "", decision.dropped_by());
            at = end;
            if above.is_some() {
                cut = cut.or(above);
                // Nothing joins what is no longer there.
                (above, joined, flows) = (Some(line), false, flows_on);
            }
            continue;
        }
        // The probability that they join is 1 - kept. No branch: which lines join cannot be predicted.
        let sure = (f32::from(u8::from(joined)) - kept).abs();
        // Removed furniture may have interrupted a sentence.
        let across = cut.take().filter(|above| options.join_across && cut_in_two(text, above, line));
        let first = above.is_none();
        let pair = Pair { first, above: if joined { above } else { across }, line, byline, sure, custom };
        between.propose(text, at..start, pair, edits);
        // Names go on behind what had cut them in two.
        byline &= flows || across.is_some();
        at = end;
        if spacing {
            byline |= line.is_byline() & !flows;
            let mut names = false;
            if line.parted {
                let running = spacing::is_running(decision.model_role, line);
                let ends_in_post = |l: &Line| words.reporters.ends(&text[l.start as usize..l.end as usize]);
                let below_post = flows && above.is_some_and(ends_in_post);
                let context = Context { running, opens: !flows, byline, below_post, keep_latin, put_latin, words };
                names = spacing::propose(text, line, context, &page.habits, tokens, edits);
            }
            if line.bracketed && !names {
                byline = spacing::byline_open(text, start..end, byline, words);
            }
            // It ends where no line goes on.
            byline = (byline | names) & (goes_on | flows_on | plan.drops_furniture);
        }
        (above, joined, flows) = (Some(line), goes_on, flows_on);
    }
    if above.is_none() {
        if text.len() > at {
            edits.remove(at..text.len(), Rule::Layout);
        }
    } else if text[at..] != *"\n" {
        edits.replace(at..text.len(), "\n", Rule::Layout);
    }
}

/// What replaces the breaks between lines.
#[derive(Debug, Clone, Copy)]
struct Between<'a> {
    /// The vocabulary of this page.
    words: &'a Vocabulary,
    /// The separator between two units.
    units: &'static str,
    /// Whether a break between two words of a unit may become a space.
    spaces: bool,
    /// Whether the hyphen of a broken word may be removed.
    hyphens: bool,
}

/// A line and the line above it.
#[derive(Debug, Clone, Copy)]
struct Pair<'a> {
    /// Whether there is no line above.
    first: bool,
    /// The line above; `None` if the two do not join.
    above: Option<&'a Line>,
    line: &'a Line,
    /// Whether a byline is open from above.
    byline: bool,
    /// Probability that they join, or do not.
    sure: f32,
    /// The rule of the user that decided it.
    custom: Option<CustomId>,
}

impl Between<'_> {
    /// Whether this is the separator of two units already. It has line feeds only.
    fn is_separator(&self, between: &[u8]) -> bool {
        between.len() == self.units.len() && between.iter().all(|&b| b == b'\n')
    }

    /// Proposes what comes of `place`, between the two.
    fn propose(&self, text: &str, place: Range<usize>, pair: Pair<'_>, edits: &mut Edits) {
        let Pair { first, above, line, byline, sure, custom } = pair;
        let by = |rule: Rule| custom.map_or(rule.into(), Author::from);
        match above.map(|above| seam(text, above, line, byline, self.words)) {
            Some(Seam::Space) if self.spaces => edits.replace_with(place, " ", by(Rule::Rejoin), sure),
            Some(Seam::Hyphen) if self.hyphens => {
                edits.replace_with(place.start - 1..place.end, "", by(Rule::Hyphen), sure);
            }
            Some(_) => edits.replace_with(place, "", by(Rule::Rejoin), sure),
            None if first && place.is_empty() => {}
            None if first => edits.remove(place, Rule::Layout),
            None if self.is_separator(&text.as_bytes()[place.clone()]) => {}
            None => edits.replace_with(place, self.units, Rule::Layout, sure),
        }
    }
}

/// Whether the text alone proves that a sentence was cut between these lines: the upper line ends without a stop, and it
/// ends in an open mark or as no unit does, or a quotation is open, or the break cuts a word in two.
#[inline(never)] // hardly a line comes here
fn cut_in_two(text: &str, above: &Line, below: &Line) -> bool {
    if matches!(above.last, Class::Comma | Class::Enumeration | Class::OpenBracket | Class::OpenQuote) {
        return true;
    }
    if !matches!(above.last, Class::Han) || below.first != Class::Han {
        return false;
    }
    if above.marks > 0 && (ends_no_unit(above.last_chars[0]) || begins_no_unit(below.first_char)) {
        return true;
    }
    let glyphs = |l: &Line| text[l.start as usize..l.end as usize].chars().filter(|&c| c != ' ');
    let word = lexicon::over(glyphs(above).rev(), glyphs(below));
    (1..=3).contains(&above.open) || word.longest >= 3 || word.longest == 2 && word.class >= 3
}

/// How two lines of one unit meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seam {
    Closed,
    Space,
    /// Closed, and the hyphen that broke a Latin word is removed.
    Hyphen,
}

/// Decides how two lines of one unit meet.
fn seam(text: &str, above: &Line, below: &Line, byline: bool, words: &Vocabulary) -> Seam {
    let names = byline || above.is_byline();
    if meet_closed(above, below, names) { Seam::Closed } else { seam_of_words(text, above, below, names, words) }
}

/// Whether two lines meet closed, decided without a look at their words: between a mark and Han there is no space, and
/// most lines meet as Han in running text.
#[inline]
fn meet_closed(above: &Line, below: &Line, names: bool) -> bool {
    let sent = SENT.contains(&above.last_chars[0]);
    // 本报记者⏎何苗 摄
    let post = (below.gaps.max(below.loose) > 0) && REPORTER_ENDS.contains(&above.last_chars[0]);
    (below.first == Class::Han) & ((above.last != Class::Han) | (!names & !sent & !post & (below.glyphs > 3)))
}

/// What the posts of reporters end in: 记者, 通讯员, 实习生.
const REPORTER_ENDS: [char; 4] = ['者', '员', '員', '生'];

/// Decides how all other lines meet, by the classes of the characters at the break and by their words.
#[inline(never)] // few seams come here
fn seam_of_words(text: &str, above: &Line, below: &Line, names: bool, words: &Vocabulary) -> Seam {
    let left = || &text[above.start as usize..above.end as usize];
    let right = || &text[below.start as usize..below.end as usize];
    let (a, b) = (above.last_chars[0], below.first_char);
    let last_word = || left().rsplit(' ').next().unwrap_or_default();
    let first_word = || right().split(' ').next().unwrap_or_default();
    let latin = |c: char| class_of(c) == Class::Latin;
    match (class_of(a), class_of(b)) {
        (Class::Latin, Class::Latin) => {
            let first_word = first_word();
            if is_address_or_path(last_word()) || is_address_or_path(first_word) && !first_word.starts_with("http") {
                Seam::Closed
            } else {
                Seam::Space
            }
        }
        (Class::Latin, Class::Digit) => {
            let last_word = last_word();
            let word = last_word.chars().rev().take_while(|&c| latin(c)).count();
            if word >= 3 && !is_address_or_path(last_word) { Seam::Space } else { Seam::Closed }
        }
        (Class::Dash, Class::Latin) if a == '-' && latin(above.last_chars[1]) => {
            let (last_word, first_word) = (last_word(), first_word());
            let stem = last_word.trim_end_matches('-');
            let compound =
                stem.contains('-') || first_word.contains('-') || b.is_uppercase() || is_address_or_path(last_word);
            let word = stem.chars().rev().take_while(|&c| latin(c)).count();
            if compound || word < 2 { Seam::Closed } else { Seam::Hyphen }
        }
        (
            Class::Comma | Class::Ellipsis | Class::Semicolon | Class::Colon | Class::Stop | Class::Other,
            Class::Latin,
        ) if a.is_ascii() && latin(above.last_chars[1]) && !is_address_or_path(last_word()) => Seam::Space,
        // Two lines of Latin text: the break replaced the space between two words.
        (class, _)
            if a.is_ascii()
                && b.is_ascii()
                && class != Class::Dash
                && above.mostly_latin()
                && below.mostly_latin()
                && !is_address_or_path(last_word())
                && !matches!(class, Class::OpenBracket)
                && b != '/'
                && !matches!(class_of(b), Class::CloseBracket | Class::Stop | Class::Comma | Class::Ellipsis) =>
        {
            Seam::Space
        }
        (Class::Han, Class::Han) if is_story_opening(above, left()) => Seam::Space,
        (Class::Han, Class::Han)
            if (words.posts.ends(left()) || above.label && POST_ENDS.contains(&a)) && is_whole_name(first_word()) =>
        {
            Seam::Space
        }
        (Class::Han, Class::Han) if names => names_meet(last_word(), first_word(), words),
        (Class::Han, Class::Han) if below.glyphs <= 3 && words.is_credit_below(left(), right()) => Seam::Space,
        _ => Seam::Closed,
    }
}

/// What the post of a person ends in, in a field behind its label: 嘉宾：仲裁员⏎何苗.
const POST_ENDS: [char; 8] = ['员', '員', '长', '長', '师', '師', '者', '任'];

/// Whether a line is nothing but what opens a story: 新华社北京8月17日电, 本报讯.
fn is_story_opening(line: &Line, text: &str) -> bool {
    const OPENING: u16 = 20; // glyphs
    matches!(line.cue, Cue::News | Cue::Wire) && line.glyphs <= OPENING && !line.bracketed && text.ends_with(SENT)
}

fn is_address_or_path(word: &str) -> bool {
    word.contains("www.") || word.contains("://") || word.contains('@') || word.contains('/') && word.contains('.')
}

/// How two lines of a byline meet: with a space if the break is between two names, closed if it is inside a name.
fn names_meet(left: &str, right: &str, words: &Vocabulary) -> Seam {
    let tail: Vec<char> = left.chars().rev().take_while(|&c| is_han(c)).collect();
    let head: Vec<char> = right.chars().take_while(|&c| is_han(c)).collect();
    if words.posts.ends(left) {
        return Seam::Space;
    }
    let name: Vec<char> = tail.iter().rev().copied().collect();
    let whole = |n: &[char]| (2..=4).contains(&n.len()) && is_surname(&n[..1]);
    let post = words.may_open_with_post(right);
    // 欧阳⏎文海: both characters are a surname, so the name goes on.
    let compound = name.len() == 2 && is_surname(&name) && (1..=2).contains(&head.len());
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
        fn the_quick_decision_that_lines_meet_closed_agrees_with_that_by_words(
            above in "[渠水摄记者（）。，“、a7.·-] ?[渠水摄记者（）。，“、a7.-]{0,5}",
            below in "[渠水摄〇（）。，“a7-] ?[渠水摄图文/（）。，a7-]{0,5}",
            byline: bool
        ) {
            let text = format!("{above}\n{below}\n");
            let mut page = Layout::default();
            page.measure(&text, &[]);
            if let [above, below] = &page.lines[..] {
                let names = byline || above.is_byline();
                let words = page.vocabulary();
                prop_assert_eq!(seam(&text, above, below, byline, words), seam_of_words(&text, above, below, names, words));
            }
        }
    }
}
