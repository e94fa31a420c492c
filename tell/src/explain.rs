//! The ledger in sentences, for `--explain`. All edits of one rule in one line make one sentence; line ends and blank
//! lines, which are alike all over a page, make one sentence for the page.

use crate::catalogue::sentence;
use crate::certainty::CERTAIN;
use crate::chars::{around, escaped, head};
use crate::custom::{CustomReasons, Named, is_uncertain, join};
use crate::facts::{BlankChange, Certainty, Excerpt, Fact, LineEnd};
use crate::language::Language;
use crate::why::Why;
use crate::words::{Said, catalogue, custom_reasons};
use qingyang::rules::CustomRules;
use qingyang::{Break, Entry, Followed, Proof, Rule};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// A sentence names at most this many pairs of texts or lines, and counts the others.
const MAX_NAMED: usize = 6;
/// Characters that a sentence quotes of the beginning and of the end of a paragraph.
const PARAGRAPH_ENDS: usize = 12;
/// Characters that a sentence quotes on each side of a line break.
const CONTEXT: usize = 8;

/// A fact and where it belongs.
struct Sentence {
    line: u64,
    /// The name of the rule.
    rule: Option<String>,
    fact: Fact,
    /// Why a break became what it became, if it is uncertain or decided.
    why: Why,
}

/// The explanation of one input, proof by proof, in the order in which they come.
#[derive(Debug, Clone, Default)]
pub struct Explanation {
    language: Language,
    reasons: CustomReasons,
    changes: usize,
    rules: BTreeSet<Named>,
}

/// What the sentences about one proof need of it.
struct Page<'a> {
    entries: &'a [Entry],
    refused: &'a [Entry],
    breaks: &'a [Break],
    text: &'a str,
}

/// The rules that changed something, for the end of an explanation.
#[derive(Debug, Clone, Default)]
pub struct Reasons(BTreeSet<Named>);

impl Reasons {
    /// Adds the rules that changed something in an input.
    pub fn add(&mut self, input: Explanation) {
        self.0.extend(input.rules);
    }

    /// Writes what each rule does and why.
    ///
    /// # Errors
    /// If the writer fails.
    pub fn write(&self, language: Language, out: &mut dyn Write) -> io::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", catalogue(language).rules())?;
        let built_in = Rule::all().map(Named::Rule).filter(|rule| self.0.contains(rule));
        let custom = self.0.iter().filter(|rule| matches!(rule, Named::Custom(..))).cloned();
        for rule in built_in.chain(custom) {
            writeln!(out, "  {}", sentence(catalogue(language), &rule))?;
        }
        Ok(())
    }
}

impl Explanation {
    /// Of an input that is cleaned with these rules of the user.
    pub fn new(language: Language, rules: Option<&CustomRules>) -> Explanation {
        Explanation { language, reasons: custom_reasons(rules, language), ..Explanation::default() }
    }

    /// Writes the sentences about a proof. Line breaks that stayed are mentioned if a person or a rule of the user decided
    /// them or if they are less certain than `threshold`.
    ///
    /// # Errors
    /// If the writer fails.
    pub fn add(&mut self, proof: &Proof, threshold: f32, out: &mut dyn Write) -> io::Result<()> {
        let entries: &[Entry] = proof.ledger.as_ref().map_or(&[], |ledger| ledger);
        let page = Page { entries, refused: &proof.refused, breaks: &proof.breaks, text: &proof.text };
        self.changes += entries.len();
        self.rules.extend(entries.iter().map(|e| Named::of(e, &self.reasons)));
        let custom = proof.breaks.iter().filter_map(|b| b.custom.as_deref());
        self.rules.extend(custom.map(|name| Named::Custom(name.to_string(), self.reasons.get(name).to_string())));
        page.write(self.language, threshold, out)?;
        for jump in proof.jumps.iter().filter(|j| j.followed != Followed::Yes) {
            writeln!(out, "  {}", escaped(&catalogue(self.language).jump(jump.source, &jump.text, jump.followed)))?;
        }
        Ok(())
    }

    /// The line above the sentences: the name of the input and the number of changes.
    pub fn head(&self, name: &str) -> String {
        catalogue(self.language).head(&escaped(name), self.changes)
    }
}

impl Page<'_> {
    fn write(&self, language: Language, threshold: f32, out: &mut dyn Write) -> io::Result<()> {
        let mut all = self.sentences(threshold);
        let mentioned = |b: &&Break| b.kept && (decided(b).is_some() || b.probability < threshold);
        all.extend(self.breaks.iter().filter(mentioned).map(|b| {
            let fact = Fact::BreakKept {
                line: b.line,
                certainty: decided(b).unwrap_or(Certainty::Of(b.probability)),
                seam: around(self.text, b.at, CONTEXT),
            };
            Sentence { line: b.line, rule: b.custom.clone(), fact, why: Why::of(b) }
        }));
        all.extend(self.refused.iter().map(|e| {
            let fact = Fact::Refused { line: e.line, before: e.before.clone(), after: e.after.clone() };
            Sentence { line: e.line, rule: Some(e.rule_name().to_string()), fact, why: Why::default() }
        }));
        all.sort_by_key(|s| s.line);
        for s in all {
            let fact = Said(&s.fact, language).to_string();
            match s.rule {
                Some(rule) => writeln!(out, "  {} [{rule}]", escaped(&fact))?,
                None => writeln!(out, "  {}", escaped(&fact))?,
            }
            catalogue(language).why(&s.why).iter().try_for_each(|side| writeln!(out, "    {}", escaped(side)))?;
        }
        Ok(())
    }

    fn sentences(&self, threshold: f32) -> Vec<Sentence> {
        let breaks = Breaks::new(self.breaks, self.text);
        let mut all = Vec::new();
        let of_rule = |rule: Rule| self.entries.iter().filter(move |e| e.rule == rule);
        for group in self.entries.chunk_by(|a, b| a.rule_name() == b.rule_name() && a.line == b.line) {
            // Of several joins of one line each has its own sentence, so the first one stands for the group.
            let doubtful = breaks.of(&group[0]).filter(|b| b.decided || is_uncertain(b, threshold));
            let why = doubtful.filter(|_| is_join(&group[0])).map(Why::of).unwrap_or_default();
            let rule = group[0].rule_name();
            let sentence = |(line, fact)| Sentence { line, rule: Some(rule.to_string()), fact, why: why.clone() };
            all.extend(facts(group, &breaks, self.entries.last()).into_iter().map(sentence));
        }
        let mut joins: Vec<&Entry> = self.entries.iter().filter(|e| is_join(e)).collect();
        if joins.iter().any(|e| is_of_layout(e)) {
            joins.sort_by_key(|e| breaks.rank(e));
        }
        all.extend(paragraphs(&joins, &breaks).into_iter().map(|(line, fact)| Sentence {
            line,
            rule: Some(Rule::Rejoin.name().to_string()),
            fact,
            why: Why::default(),
        }));
        let moved: Vec<&Entry> = of_rule(Rule::Order).filter(|e| is_of_layout(e) && !e.before.is_empty()).collect();
        let for_page = [
            (Rule::Order, lines_moved(&moved)),
            (Rule::LineEnds, line_ends(&of_rule(Rule::LineEnds).collect::<Vec<_>>())),
            (Rule::Layout, blank_lines(&of_rule(Rule::Layout).filter(|e| is_blank(e)).collect::<Vec<_>>())),
        ];
        for (rule, found) in for_page {
            let rule = Some(rule.name().to_string());
            all.extend(found.map(|(line, fact)| Sentence { line, rule, fact, why: Why::default() }));
        }
        all
    }
}

/// Who decided a break, if the model did not.
fn decided(b: &Break) -> Option<Certainty> {
    match (b.decided, &b.custom) {
        (true, _) => Some(Certainty::Decided(if b.kept { b.probability } else { 1.0 - b.probability })),
        (false, Some(_)) => Some(Certainty::Custom),
        (false, None) => None,
    }
}

/// The facts about the edits of one rule in one line, each with its line. `last` is the last edit of the page.
fn facts(group: &[Entry], breaks: &Breaks<'_>, last: Option<&Entry>) -> Vec<(u64, Fact)> {
    let first = &group[0];
    let each = |f: &dyn Fn(&Entry) -> Fact| group.iter().map(|e| (e.line, f(e))).collect();
    match first.rule {
        Rule::LineEnds => Vec::new(),                     // one sentence for the page
        Rule::Order if is_of_layout(first) => Vec::new(), // the same
        Rule::Rejoin | Rule::Hyphen => {
            let own = group.iter().filter(|e| has_own_sentence(e, breaks));
            own.map(|e| (e.line, joined(e, breaks))).collect()
        }
        Rule::Layout => {
            let own = group.iter().filter(|e| !is_blank(e));
            own.map(|e| (e.line, layout(e, last))).collect()
        }
        Rule::Doubled | Rule::Furniture => vec![(first.line, removed(group))],
        Rule::Spacing | Rule::CjkLatinSpace | Rule::SpaceKinds => vec![(first.line, spaces(group))],
        Rule::Invisible | Rule::ByteOrderMark => {
            let chars = || group.iter().flat_map(|e| e.before.chars());
            let fact = Fact::UnseenRemoved { line: first.line, count: chars().count(), kinds: chars().collect() };
            vec![(first.line, fact)]
        }
        Rule::Sentences => {
            vec![(first.line, Fact::SentencesSplit { line: first.line, count: group.len() })]
        }
        Rule::Order | Rule::Jumps => each(&moved),
        Rule::Custom if join(first).is_some() => each(&|e| joined(e, breaks)),
        // Furniture is removed together with the line feed before it.
        Rule::Custom if first.after.is_empty() && first.before.contains('\n') => vec![(first.line, removed(group))],
        _ => vec![(first.line, replaced(group))],
    }
}

/// Whether an edit closed up a line break.
fn is_join(e: &Entry) -> bool {
    matches!(e.rule, Rule::Rejoin | Rule::Hyphen)
}

/// The certainty of the least certain of these edits.
fn least(group: &[Entry]) -> Certainty {
    let least = group.iter().map(|e| e.confidence).fold(1.0, f32::min);
    if group.iter().all(|e| e.decided) { Certainty::Decided(least) } else { Certainty::Of(least) }
}

/// A move is two edits: the text is removed at one place and put in at another.
fn moved(e: &Entry) -> Fact {
    let line = e.line;
    let text = if e.after.is_empty() { e.before.trim() } else { e.after.trim() }.to_string();
    match (e.rule, e.after.is_empty()) {
        (Rule::Order, true) => Fact::HeadlineLeft { line, text },
        (Rule::Order, false) => Fact::HeadlineCame { line, text },
        (_, true) => Fact::TextLeft { line, text },
        (_, false) => Fact::TextCame { line, text },
    }
}

/// A removed copy or a removed piece of furniture.
fn removed(group: &[Entry]) -> Fact {
    let first = &group[0];
    let texts = group.iter().map(|e| e.before.trim().to_string()).collect();
    // Furniture is removed together with the line feed before it.
    let indent = first.before.len() - first.before.trim_start().len();
    let line = first.line + first.before[..indent].matches('\n').count() as u64;
    let certainty = least(group);
    match first.rule {
        Rule::Doubled => Fact::CopyRemoved { line, texts, certainty },
        Rule::Custom => Fact::LineRemoved { line, texts },
        _ => Fact::FurnitureRemoved { line, texts, certainty },
    }
}

fn line_ends(all: &[&Entry]) -> Option<(u64, Fact)> {
    let (first, last) = (all.first()?, all.last()?);
    let kind = |e: &&Entry| match (e.before.as_str(), e.after.as_str()) {
        ("\r\n", _) | ("\r", "") => LineEnd::CrLf,
        ("\r", _) => LineEnd::Cr,
        _ => LineEnd::Other,
    };
    let kinds = all.iter().map(kind).collect();
    Some((first.line, Fact::LineEnds { first: first.line, last: last.line, count: all.len(), kinds }))
}

/// Whether an edit of the layout between two units belongs to the sentence about blank lines.
fn is_blank(e: &Entry) -> bool {
    !e.before.is_empty() && !e.after.is_empty()
}

/// Whether an edit moved a line of a layout.
fn is_of_layout(entry: &Entry) -> bool {
    !entry.elements.is_empty()
}

/// One sentence for the lines of a layout that moved.
fn lines_moved(all: &[&Entry]) -> Option<(u64, Fact)> {
    let first = all.first()?.line;
    let lines: BTreeSet<u64> = all.iter().map(|e| e.line).collect();
    Some((first, Fact::LinesMoved { first, count: lines.len() }))
}

fn blank_lines(all: &[&Entry]) -> Option<(u64, Fact)> {
    let first = all.first()?;
    let lines: Vec<u64> = all.iter().take(MAX_NAMED).map(|e| e.line).collect();
    let grew = all.iter().all(|e| e.after.len() > e.before.len());
    let spaces = all.iter().any(|e| e.before.contains([' ', '\u{3000}']));
    let change = match (grew, spaces) {
        (true, _) => BlankChange::Added,
        (false, true) => BlankChange::RemovedWithSpaces,
        (false, false) => BlankChange::Removed,
    };
    Some((first.line, Fact::BlankLines { more: all.len() - lines.len(), lines, change }))
}

/// The line breaks of the proof, to find the text around an edit.
struct Breaks<'a> {
    breaks: &'a [Break],
    text: &'a str,
    /// The numbers of the breaks in the order of the text, and for each break its place among them: the lines of a layout
    /// are read in another order than that of the file.
    read: Vec<usize>,
    ranks: Vec<usize>,
}

impl<'a> Breaks<'a> {
    fn new(breaks: &'a [Break], text: &'a str) -> Breaks<'a> {
        let mut read: Vec<usize> = (0..breaks.len()).collect();
        read.sort_by_key(|&n| breaks[n].at);
        let mut ranks = vec![0; breaks.len()];
        read.iter().enumerate().for_each(|(rank, &n)| ranks[n] = rank);
        Breaks { breaks, text, read, ranks }
    }

    /// The place of the break that this edit closed up, in the order of the text.
    fn rank(&self, e: &Entry) -> Option<usize> {
        self.number(e).map(|n| self.ranks[n])
    }

    /// The line after the break that an edit closed up.
    fn next_line(&self, e: &Entry) -> u64 {
        let read = || self.breaks.get(*self.read.get(self.rank(e)? + 1)?);
        let next = if is_of_layout(e) { read() } else { None };
        next.map_or(e.line + e.before.matches('\n').count() as u64, |b| b.line)
    }

    /// The number of the break that this edit closed up.
    fn number(&self, e: &Entry) -> Option<usize> {
        let k = self.breaks.partition_point(|b| b.source < e.start);
        let near = self.breaks[k..].iter().take_while(|b| b.source <= e.end);
        near.enumerate().find(|(_, b)| !b.kept).map(|(n, _)| k + n)
    }

    fn of(&self, e: &Entry) -> Option<&Break> {
        self.number(e).map(|k| &self.breaks[k])
    }

    /// The unit of the proof that contains these two places.
    fn unit(&self, from: usize, to: usize) -> &str {
        let (head, tail) = (self.text.get(..from).unwrap_or_default(), self.text.get(to..).unwrap_or_default());
        let start = head.rfind(['\n', '\x0c']).map_or(0, |n| n + 1);
        let end = tail.find(['\n', '\x0c']).map_or(self.text.len(), |n| to + n);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// One fact for each run of lines that became one paragraph.
fn paragraphs(joins: &[&Entry], breaks: &Breaks<'_>) -> Vec<(u64, Fact)> {
    // Two edits belong to one run if no break that stayed lies between them.
    let same = |a: &&Entry, b: &&Entry| breaks.rank(a).zip(breaks.rank(b)).is_some_and(|(a, b)| a + 1 == b);
    let runs = joins.chunk_by(same).filter(|run| run.len() > 1 || !has_own_sentence(run[0], breaks));
    runs.map(|run| {
        let (first, last) = (run[0], run[run.len() - 1]);
        let text = breaks.of(first).zip(breaks.of(last)).map(|(a, b)| excerpt(breaks.unit(a.at, b.at)));
        let least = run.iter().map(|e| e.confidence).fold(1.0, f32::min);
        let fact = Fact::Paragraph { from: first.line, to: breaks.next_line(last), breaks: run.len(), least, text };
        (first.line, fact)
    })
    .collect()
}

fn excerpt(unit: &str) -> Excerpt {
    if unit.chars().count() <= 2 * PARAGRAPH_ENDS {
        return Excerpt::Whole(unit.to_string());
    }
    let tail = unit.char_indices().nth_back(PARAGRAPH_ENDS - 1).map_or(unit, |(cut, _)| &unit[cut..]);
    Excerpt::Ends(head(unit, PARAGRAPH_ENDS).0.to_string(), tail.to_string())
}

/// Whether a closed line break is worth a sentence of its own.
fn has_own_sentence(e: &Entry, breaks: &Breaks<'_>) -> bool {
    e.confidence < CERTAIN || e.rule == Rule::Hyphen || e.after == " " || breaks.of(e).is_some_and(|b| b.decided)
}

/// Two lines that became one.
fn joined(e: &Entry, breaks: &Breaks<'_>) -> Fact {
    let found = breaks.of(e);
    Fact::Joined {
        line: e.line,
        next: breaks.next_line(e),
        space: e.after == " ",
        hyphen: join(e) == Some(true),
        certainty: found.and_then(decided).unwrap_or(Certainty::Of(e.confidence)),
        seam: found.map(|b| around(breaks.text, b.at, CONTEXT)),
    }
}

/// A change between two units, above the text, or at its end.
fn layout(e: &Entry, last: Option<&Entry>) -> Fact {
    let line = e.line;
    match (e.before.as_str(), e.after.as_str()) {
        ("", "\n") if last == Some(e) => Fact::EndAdded { line },
        ("\x0c", _) => Fact::FormFeedRemoved { line },
        (_, "") if e.start == 0 || e.line == 1 => Fact::TopRemoved { line },
        (before, "") if before.trim().is_empty() => Fact::BlankLineRemoved { line },
        (_, "") => Fact::GapRemoved { line, text: e.before.clone() },
        _ => Fact::GapReplaced { line, before: e.before.clone(), after: e.after.clone() },
    }
}

fn spaces(group: &[Entry]) -> Fact {
    let closed = group.iter().filter(|e| e.after.is_empty()).count();
    let added = group.iter().filter(|e| e.before.is_empty()).count();
    let rest = group.len() - closed - added;
    let (narrowed, ordinary) = if group[0].rule == Rule::SpaceKinds { (0, rest) } else { (rest, 0) };
    Fact::Spaces { line: group[0].line, closed, narrowed, ordinary, added, certainty: least(group) }
}

/// The text of an entry before the change, or the malformed bytes: `<FF>`.
fn before(e: &Entry) -> String {
    if e.rule != Rule::Malformed {
        return e.before.clone();
    }
    let bytes = e.malformed.iter().flat_map(|sequence| &sequence.bytes);
    format!("<{}>", bytes.map(|b| format!("{b:02X}")).collect::<Vec<_>>().join(" "))
}

/// Characters that were replaced; edits that touch are one pair.
fn replaced(group: &[Entry]) -> Fact {
    let touching = group.chunk_by(|a, b| a.end == b.start);
    let mut pairs: Vec<(String, String)> = touching
        .map(|run| (run.iter().map(before).collect(), run.iter().map(|e| e.after.as_str()).collect()))
        .collect();
    let more = pairs.len().saturating_sub(MAX_NAMED);
    pairs.truncate(MAX_NAMED);
    Fact::Replaced { line: group[0].line, pairs, more, certainty: least(group) }
}
