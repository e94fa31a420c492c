//! One sentence a line (`--split sentence`), in running text. Headlines, rows, verse and furniture stay as they are, except
//! where lines are not joined: a printed line does not tell what it is.
//!
//! A sentence ends at 。！？ or …… with the quotes and brackets that close there. A run of such marks counts as one.
//! - Nothing is split inside an open pair. A pair that never closes, or only [`MAX_PAIR`] later, does not count: each
//!   paragraph of a long speech opens “ anew.
//! - A stop inside a quotation: after `：“…”` any stop ends a sentence. Without a colon 。” ends one, and ！” ？” …” do not,
//!   because the text continues (他喊“好！”就走了). None ends one before the clause that names the speaker (“好。”他说), or
//!   where that clause interrupts (“好。”他笑了，“走吧。”); what he says behind it ends with its own stop, whatever that is. Two quotations
//!   side by side are two sentences.
//! - 。） ends a sentence. ！） and ？） end one if the bracket opened after a stop. A stop inside 《》 ends none.
//! - A note in brackets without a stop, as （记者 何苗）, and the credit of a picture belong to the sentence before them.
//! - The dots of a row of contents lead to its page number and end none.
//! - ； and ： end none. The number of a list item, a dateline, or marks without a word are no sentence.
//! - Latin sentences end at Unicode's sentence boundaries (UAX 29), except after abbreviations.

use crate::document::edit::Edits;
use crate::measure::ends_contents_row;
use crate::proof::{Role, Unit};
use crate::rule::Rule;
use crate::text::width::is_han;
use crate::vocabulary::marks::{CALLS, PAIRS, STOPS, is_closing};
use crate::vocabulary::senders::SENT;
use crate::vocabulary::{BUILT_IN, Vocabulary};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Bytes between the two marks of a pair, at most: 400 Han. The longest quotation of the bench has 36 Han and the longest
/// paragraph 140; speeches in old papers have up to three hundred.
pub const MAX_PAIR: usize = 1200;

/// Characters of the clause that names the speaker, at most: a title, a name and a verb.
const MAX_CLAUSE: usize = 28;

/// Bytes of a note in brackets after a sentence, at most: （本报记者 何苗 通讯员 石头 整理） and the like.
const MAX_NOTE: usize = 120;

/// Bytes of a dateline, at most: 本报桥头镇9月3日讯（记者 何苗 通讯员 石头）.
const MAX_DATELINE: usize = 90;

/// Bytes of the credit of a picture, at most: 本报记者 何苗 通讯员 石头 摄.
const MAX_CREDIT: usize = 60;

/// The units that are parted though they may be no running text.
#[derive(Debug, Clone, Copy)]
pub struct Parting<'a> {
    /// Whether the units are printed lines that nothing joined. What such a line is is uncertain, and is another thing when
    /// its neighbours were parted; so every one is parted.
    pub printed: bool,
    /// Places in units that were parted before, in order. They are parted again, whatever they are.
    pub again: &'a [usize],
}

impl Parting<'_> {
    fn is_of(&self, unit: &Unit) -> bool {
        let next = self.again.partition_point(|&at| at < unit.range.start);
        self.printed || is_running(unit.role) || self.again.get(next).is_some_and(|&at| at < unit.range.end)
    }
}

/// Proposes a line feed after each sentence of the units that are running text.
pub fn propose(text: &str, units: &[Unit], words: &Vocabulary, parting: Parting<'_>, edits: &mut Edits) {
    let mut gaps = Vec::new();
    for unit in units.iter().filter(|u| parting.is_of(u)) {
        let Some(body) = text.get(unit.range.clone()) else { continue };
        gaps.clear();
        find_with(body, words, &mut gaps);
        for gap in &gaps {
            let (start, end) = (unit.range.start + gap.start, unit.range.start + gap.end);
            if text[start..end] != *"\n" {
                edits.replace(start..end, "\n", Rule::Sentences);
            }
        }
    }
}

/// Whether units of this role consist of sentences.
pub const fn is_running(role: Role) -> bool {
    matches!(
        role,
        Role::Unknown | Role::Body | Role::Caption | Role::Notice | Role::Dateline | Role::Jump | Role::Resume
    )
}

/// Whether the lines of a block are its sentences: joined, they are parted at the same places.
pub fn are_parted(block: &str, words: &Vocabulary) -> bool {
    let (mut joined, mut seams) = (String::with_capacity(block.len()), Vec::new());
    for line in block.split('\n') {
        if !joined.is_empty() {
            seams.push(joined.len());
            if joined.ends_with(|c: char| c.is_ascii()) && line.starts_with(|c: char| c.is_ascii()) {
                joined.push(' ');
            }
        }
        joined.push_str(line);
    }
    let mut gaps = Vec::new();
    find_with(&joined, words, &mut gaps);
    gaps.iter().map(|gap| gap.start).eq(seams)
}

/// Whether a text consists of several sentences.
pub fn has_several(text: &str, words: &Vocabulary) -> bool {
    let mut gaps = Vec::new();
    find_with(text, words, &mut gaps);
    !gaps.is_empty()
}

/// Finds the gaps between the sentences of a paragraph: the spaces there, or an empty range.
///
/// ```
/// let mut gaps = Vec::new();
/// qingyang::internals::passes::sentences::find("“通了！”他说。渠水来了。", &mut gaps);
/// assert_eq!(gaps, [24..24]);
/// ```
pub fn find(text: &str, gaps: &mut Vec<Range<usize>>) {
    find_with(text, &BUILT_IN, gaps);
}

/// The same with words that a caller may have added.
fn find_with(text: &str, words: &Vocabulary, gaps: &mut Vec<Range<usize>>) {
    let last_word = text.char_indices().rev().find(|(_, c)| c.is_alphanumeric()).map_or(0, |(at, _)| at);
    let pairs = Pairs::of(text);
    let mut at = Walk { pairs: &pairs.0, next: 0, depth: 0 };
    let mut bounds: Option<Bounds<'_>> = None;
    let mut start = 0; // beginning of the current sentence
    let mut word = false; // whether the sentence has a word
    let mut place = 0;
    while let Some(c) = text[place..].chars().next() {
        at.pass(place);
        let from = place;
        place += c.len_utf8();
        word |= c.is_alphanumeric();
        let Some(mark) = mark_of(c) else { continue };
        let run = Run::read(text, mark, place, &mut at);
        place = run.end;
        if at.depth > 0 || !word || run.end > last_word {
            continue;
        }
        let mut gap = gap_at(text, run.end);
        let next = next_char(text, gap.end);
        let ends = if run.mark == Mark::Dot {
            let bounds = bounds.get_or_insert_with(|| Bounds::new(text));
            // Without a space only before Han, where a Latin sentence ends inside a Chinese paragraph.
            let apart = !gap.is_empty() || is_han(next) && text[start..from].trim_end_matches(is_letter).ends_with(' ');
            apart && !next.is_lowercase() && bounds.have(gap.end) && latin_ends(&text[start..from], next)
        } else {
            run.ends(text, start, c, &gap, &at)
        };
        if !ends || goes_on(next) || is_label(&text[start..run.end], words) || is_credit(&text[gap.end..], words) {
            continue;
        }
        // A note in brackets stays with the sentence before it.
        if let Some(close) = at.note(text, gap.end) {
            at.skip(close);
            place = close;
            if close > last_word {
                break;
            }
            gap = gap_at(text, close);
            let next = next_char(text, gap.end);
            if goes_on(next) || mark_of(next).is_some() {
                continue;
            }
        }
        start = gap.end;
        place = gap.end;
        word = false;
        gaps.push(gap);
    }
}

/// The character at a place; behind the text a stop.
fn next_char(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('。')
}

/// A mark that may end a sentence, the marks that follow it, and the quotes and brackets that close there.
struct Run {
    mark: Mark,
    /// The last quote or bracket that closes behind the marks, and its place.
    closed: Option<(char, usize)>,
    end: usize,
}

impl Run {
    /// Reads the run whose first mark ends at `end`.
    fn read(text: &str, first: Mark, end: usize, at: &mut Walk<'_>) -> Run {
        let mut run = Run { mark: first, closed: None, end };
        let mut dots = usize::from(first == Mark::Dot);
        while let Some(c) = text[run.end..].chars().next() {
            if let Some(more) = mark_of(c) {
                dots += usize::from(more == Mark::Dot);
                run.mark = match (run.mark, more) {
                    (_, Mark::Dot) if dots > 1 => Mark::Dots,
                    (mark, Mark::Dot) => mark,
                    (_, more) => more,
                };
                run.closed = None;
            } else if is_closing(c) || c == '"' && at.closes(run.end) {
                run.closed = Some((c, run.end));
            } else {
                break;
            }
            at.pass(run.end);
            run.end += c.len_utf8();
        }
        run
    }

    /// Whether a run that is no Latin stop ends the sentence that begins at `start`. `first` is its first character, `gap` the
    /// space behind it.
    fn ends(&self, text: &str, start: usize, first: char, gap: &Range<usize>, at: &Walk<'_>) -> bool {
        let next = next_char(text, gap.end);
        // An ASCII stop right before a word is none: the question mark of an address, !important.
        if first.is_ascii() && gap.is_empty() && self.closed.is_none() && next.is_ascii_alphanumeric() {
            return false;
        }
        if let Some((c, close)) = self.closed {
            return closed_ends(text, start, self.mark, c, at.opening(close), &text[gap.end..]);
        }
        match self.mark {
            Mark::Stop => true,
            Mark::Call => !matches!(next, '的' | '地' | '得' | '等'),
            _ => !"的地得等和与及或之而却也就才都还".contains(next) && !ends_contents_row(text),
        }
    }
}

/// A mark that may end a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mark {
    /// 。
    Stop,
    /// ！ and ？
    Call,
    /// ……
    Dots,
    /// The Latin full stop.
    Dot,
}

fn mark_of(c: char) -> Option<Mark> {
    match c {
        '…' => Some(Mark::Dots),
        '.' => Some(Mark::Dot),
        c if STOPS.contains(c) => Some(Mark::Stop),
        c if CALLS.contains(c) => Some(Mark::Call),
        _ => None,
    }
}

/// The spaces and the line feed at this place.
fn gap_at(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    at..at + (rest.len() - rest.trim_start_matches([' ', '\u{3000}', '\n']).len())
}

/// Whether no sentence begins with this character.
fn goes_on(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | '。' | '—' | '～' | '·' | ',' | ';' | ':' | '%' | '％' | '/')
        || is_closing(c)
}

/// Whether a sentence ends where a pair closes after its stop.
fn closed_ends(text: &str, start: usize, mark: Mark, close: char, open: Option<usize>, after: &str) -> bool {
    match close {
        '》' | '〉' => false,
        '”' | '’' | '」' | '』' | '"' => {
            let Some(open) = open else { return mark == Mark::Stop };
            let before = &text[start..open];
            if before.ends_with(['：', ':']) || after.starts_with(['“', '「', '『']) || resumes(before) {
                return true;
            }
            mark == Mark::Stop && !says_who(after)
        }
        _ => mark == Mark::Stop || open.is_some_and(|open| open == start),
    }
}

/// Whether a quotation goes on with one that the clause naming its speaker has interrupted: “谁？”她问，“….
fn resumes(before: &str) -> bool {
    let Some(clause) = before.strip_suffix(['，', ',']) else { return false };
    let Some((close, mark)) = clause.char_indices().rev().find(|&(_, c)| is_closing(c) || mark_of(c).is_some()) else {
        return false;
    };
    let clause = &clause[close + mark.len_utf8()..];
    matches!(mark, '”' | '」' | '』') && says_who(clause)
}

/// Whether the clause after a quotation names its speaker.
fn says_who(after: &str) -> bool {
    let mut clause = after.len();
    for (n, (at, c)) in after.char_indices().enumerate() {
        if n > MAX_CLAUSE {
            return false;
        }
        if matches!(c, '，' | '。' | '：' | '！' | '？' | '；' | '“' | '…' | '\n' | ',' | ':') {
            // 何苗又说：“…” introduces the next quotation; 何苗笑了笑，“…” continues the one before.
            if matches!(c, '：' | ':') {
                return false;
            }
            if after[at..].starts_with(['，', ',']) && after[at + c.len_utf8()..].starts_with(['“', '「', '"']) {
                return true;
            }
            clause = at;
            break;
        }
    }
    let clause = after[..clause].trim_end_matches(['了', '着', '著']);
    BUILT_IN.speaks_of.opens(clause)
        || BUILT_IN.tells.is_in(clause)
        || BUILT_IN.says.ends(clause) && !BUILT_IN.says_not.ends(clause)
}

/// Whether this is only the opening of a sentence: 1. 一、 （三） 本报讯（记者 何苗）.
fn is_label(sentence: &str, words: &Vocabulary) -> bool {
    let core = sentence.trim_end_matches(|c| mark_of(c).is_some() || c == ' ');
    let numeral = |c: char| {
        c.is_ascii_digit()
            || "一二三四五六七八九十第（）().、".contains(c)
            || matches!(c, '①'..='⑳' | '⑴'..='⒛' | 'Ⅰ'..='Ⅻ')
    };
    if core.len() <= 18 && (core.chars().all(numeral) || core.len() == 1 && core.is_ascii()) {
        return true;
    }
    if core.len() > MAX_DATELINE {
        return false;
    }
    let stem = match core.strip_suffix(['）', ')']) {
        Some(inner) => inner.rfind(['（', '(']).map_or(core, |at| &inner[..at]),
        None => core,
    };
    words.sender_at_start(stem).is_some() && stem.trim_end().ends_with(SENT)
}

/// Whether only the credit of a picture follows: 何苗 摄.
fn is_credit(rest: &str, words: &Vocabulary) -> bool {
    rest.len() <= MAX_CREDIT
        && (words.ends_with_credit(rest.trim_end()) || words.slashed.opens(rest))
        && !rest.contains(['，', '。', '、'])
}

/// Whether a Latin full stop after `before` ends a sentence before `next`.
fn latin_ends(before: &str, next: char) -> bool {
    let word = before.rsplit([' ', '\u{3000}', '\n', '(', '（', '“', '"']).next().unwrap_or(before);
    let Some(last) = word.chars().next_back() else { return false };
    if is_han(last) {
        return false;
    }
    let tail = word.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or(word);
    let letters = tail.bytes().all(|b| b.is_ascii_alphabetic());
    // J. Smith, U.S. Steel, p.m.
    if letters && tail.len() == 1 {
        return false;
    }
    let lower = tail.to_ascii_lowercase();
    if (lower == "no" || lower == "nos") && next.is_ascii_digit() {
        return false;
    }
    !BUILT_IN.abbreviations.has(&lower)
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
}

/// Unicode's sentence boundaries of a text, queried in ascending order.
struct Bounds<'a> {
    rest: std::iter::Peekable<Box<dyn Iterator<Item = usize> + 'a>>,
}

impl<'a> Bounds<'a> {
    fn new(text: &'a str) -> Bounds<'a> {
        let all: Box<dyn Iterator<Item = usize> + 'a> = Box::new(text.split_sentence_bound_indices().map(|(at, _)| at));
        Bounds { rest: all.peekable() }
    }

    /// Whether there is a boundary here.
    fn have(&mut self, at: usize) -> bool {
        while self.rest.next_if(|&b| b < at).is_some() {}
        self.rest.peek() == Some(&at)
    }
}

/// A quote or bracket with its partner.
#[derive(Debug, Clone, Copy)]
struct Bracket {
    at: usize,
    partner: usize,
}

/// The quotes and brackets of a text that have partners, in order.
#[derive(Debug)]
struct Pairs(Vec<Bracket>);

impl Pairs {
    fn of(text: &str) -> Pairs {
        let mut pairs: Vec<Bracket> = Vec::new();
        let mut open: Vec<(usize, usize)> = Vec::new(); // kind, place
        let mut waiting = [0u32; PAIRS.len()];
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() {
                continue;
            }
            let Some(kind) = PAIRS.iter().position(|&(a, b)| c == a || c == b) else { continue };
            let (first, second) = PAIRS[kind];
            let closes = c == second && (first != second || waiting[kind] > 0);
            if !closes {
                open.push((kind, at));
                waiting[kind] += 1;
                continue;
            }
            if waiting[kind] == 0 {
                continue;
            }
            while let Some((k, from)) = open.pop() {
                waiting[k] -= 1;
                if k != kind {
                    continue;
                }
                if at - from <= MAX_PAIR {
                    pairs.push(Bracket { at: from, partner: at });
                    pairs.push(Bracket { at, partner: from });
                } else if first == second {
                    open.push((kind, at));
                    waiting[kind] += 1;
                }
                break;
            }
        }
        pairs.sort_unstable_by_key(|b| b.at);
        Pairs(pairs)
    }
}

/// The depth of brackets at a place, queried in ascending order.
struct Walk<'a> {
    pairs: &'a [Bracket],
    /// The first bracket that was not passed.
    next: usize,
    depth: usize,
}

impl Walk<'_> {
    /// Passes the character at this place.
    fn pass(&mut self, place: usize) {
        if let Some(b) = self.pairs.get(self.next)
            && b.at == place
        {
            self.next += 1;
            if b.partner > b.at {
                self.depth += 1;
            } else {
                self.depth = self.depth.saturating_sub(1);
            }
        }
    }

    /// Whether the next bracket is here and closes.
    fn closes(&self, place: usize) -> bool {
        self.pairs.get(self.next).is_some_and(|b| b.at == place && b.partner < b.at)
    }

    /// The place where the pair opened that closes here. It must be the last one passed.
    fn opening(&self, close: usize) -> Option<usize> {
        let last = self.pairs.get(self.next.checked_sub(1)?)?;
        (last.at == close).then_some(last.partner)
    }

    /// Continues at this place, after whole pairs.
    fn skip(&mut self, place: usize) {
        while self.pairs.get(self.next).is_some_and(|b| b.at < place) {
            self.next += 1;
        }
    }

    /// The end of the note in brackets that begins here. A note holds no sentence and is not the number of a list item.
    fn note(&self, text: &str, place: usize) -> Option<usize> {
        let b = self.pairs.get(self.next).filter(|b| b.at == place && b.partner > b.at)?;
        let open = text[place..].chars().next()?;
        let inside = &text[place + open.len_utf8()..b.partner];
        let close = text[b.partner..].chars().next()?;
        let note = matches!(open, '（' | '(' | '〔' | '［' | '[' | '【')
            && inside.len() <= MAX_NOTE
            && !inside.chars().any(|c| mark_of(c).is_some_and(|m| m != Mark::Dot))
            && !(is_label(inside, &BUILT_IN) && inside.chars().count() <= 3);
        note.then_some(b.partner + close.len_utf8())
    }
}
