//! Spaces inside lines: closes up letter-spacing and keeps a meaningful space as one space.
//!
//! Each gap is decided from its two sides, the role of the line, and the habits of the page. In running text a space
//! between Han comes from the typesetter; in a display line or a row it separates fields.

use super::roster::{self, Roster};
use super::tokens::{Token, Tokens};
use crate::document::edit::Edits;
use crate::lexicon;
use crate::measure::{Class, Cue, Habits, Line, NOISE, Opening, Tail, class_of, cue_of};
use crate::plan::LineRole;
use crate::rule::Rule;
use crate::text::han_set::HanSet;
use crate::text::latin::puts_space;
use crate::text::scan::{BLOCK, bracket_ends, last_block, places_of};
use crate::text::width::is_han;
use crate::vocabulary::senders::SENT;
use crate::vocabulary::surnames::is_surname;
use crate::vocabulary::{BUILT_IN, Vocabulary, numbers};
use std::ops::Range;

/// Facts about the line whose spaces are decided.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Whether the line is running text, as opposed to display lines, rows and verse.
    pub running: bool,
    /// Whether it is the first line of its unit.
    pub opens: bool,
    /// Whether a byline in brackets is open from the line above.
    pub byline: bool,
    /// Whether a space between Han and Latin or digits is kept.
    pub keep_latin: bool,
    /// Whether the rule `cjk-latin-space` puts a space between Han and Latin or digits, so that none is removed there.
    pub put_latin: bool,
    /// The vocabulary of this page.
    pub words: &'a Vocabulary,
}

/// Whether the first gap of a line sets off what the items of its list begin with. An ordinal and a bracket do that
/// themselves.
fn sets_off(line: &Line) -> bool {
    line.led || line.opening == Opening::Item && !line.first.is_in(Class::set(&[Class::Han, Class::OpenBracket]))
}

/// Whether a token is nothing but a sign, a number, a time or a date. It may hold the spaces that an option puts.
fn is_head(token: &str) -> bool {
    token
        .chars()
        .all(|c| !is_han(c) || matches!(c, '年' | '月' | '日' | '上' | '下' | '中' | '午' | '晚' | '凌' | '晨'))
}

/// What a sentence or a part of one ends in.
const SENTENCE_ENDS: u32 = Class::set(&[Class::Stop, Class::ClosedStop, Class::Comma, Class::Semicolon, Class::Colon]);

/// Whether a line of this role is running text.
#[inline(never)] // few lines have spaces
pub fn is_running(role: LineRole, line: &Line) -> bool {
    // Without a sentence's mark such a line has fields, even if another one goes with it.
    let numbered = line.cue == Cue::Number && line.gaps >= 2 && !line.last.is_in(SENTENCE_ENDS);
    match role {
        _ if line.contents => false,
        LineRole::Start | LineRole::Single if numbered => false,
        LineRole::Start | LineRole::Middle | LineRole::End => true,
        _ if line.opening == Opening::Row => false,
        LineRole::Single => {
            line.marks > 0 || matches!(line.last, Class::Stop | Class::ClosedStop | Class::Comma | Class::Semicolon)
        }
        // The model may take a lone sentence for a display line.
        LineRole::Display | LineRole::Row => {
            line.cue == Cue::Jump
                || matches!(line.last, Class::Semicolon) && line.glyphs >= 8
                || matches!(line.cue, Cue::Number | Cue::HanNumber | Cue::BracketNumber | Cue::Ordinal)
                    && line.marks > 0
                    && !numbered
                || line.marks > 0 && line.tail == Tail::Credit
                || matches!(line.last, Class::Stop | Class::ClosedStop)
                    && (line.marks > 0 && line.glyphs >= 12 || line.glyphs >= 18)
        }
    }
}

/// Proposes edits of the spaces inside `line`. Returns whether the line is a list of names that may continue on the next
/// line, as a byline does.
pub fn propose(
    text: &str,
    line: &Line,
    context: Context<'_>,
    habits: &Habits,
    tokens: &mut Tokens,
    edits: &mut Edits,
) -> bool {
    // Two lines in five have spaces beside numbers only. In running text these spaces mean nothing.
    let in_words = line.gaps > 0 || line.spaced > 0 || line.loose > 0;
    let section = line.cue == Cue::Number && context.opens || sets_off(line);
    let latin = context.keep_latin || context.put_latin || line.mostly_latin();
    if context.running && !latin && !section && !in_words && has_quarters_only(text, line) {
        all_spaces(text, line, |at| {
            edits.remove(at..at + 1, Rule::Spacing);
            true
        });
        return false;
    }
    propose_by_tokens(text, line, context, habits, tokens, edits)
}

/// Whether each space of a line is a quarter em: a single space between Han and ASCII letters or digits. Such a line is
/// not a list of names, because names have no numbers between them. A line of three fields that begins with a surname
/// could still be such a list, and returns false.
fn has_quarters_only(text: &str, line: &Line) -> bool {
    const NAME: usize = 4 * 4; // bytes of the longest name, of four characters
    // U+4E00 to U+9FFF.
    let han = |c: &[u8; 3]| matches!(c, [0xE4, 0xB8..=0xBF, _] | [0xE5..=0xE9, ..]);
    let number = |b: u8| b.is_ascii_alphanumeric();
    let bytes = text.as_bytes();
    let (mut spaces, mut first) = (0, 0);
    let quarters = all_spaces(text, line, |at| {
        first = if spaces == 0 { at - line.start as usize } else { first };
        spaces += 1;
        let (before, after) = (&bytes[..at], &bytes[at + 1..]);
        match (before.last(), after.first()) {
            // 4. 新增, 83% 没有
            (Some(&a), _) if number(a) || a == b'.' || a == b'%' => after.first_chunk().is_some_and(han),
            (_, Some(&b)) if number(b) => before.last_chunk().is_some_and(han),
            _ => false,
        }
    });
    quarters && (spaces != 2 || first > NAME || !is_surname(&[line.first_char]))
}

/// Whether `pred` is true for the place of each space in a line. Stops at the first space for which it is not.
#[inline]
fn all_spaces(text: &str, line: &Line, mut pred: impl FnMut(usize) -> bool) -> bool {
    let end = line.end as usize;
    for from in (line.start as usize..end).step_by(BLOCK) {
        let mut spaces = places_of(b' ', text.as_bytes(), from, end);
        while spaces != 0 {
            if !pred(from + spaces.trailing_zeros() as usize) {
                return false;
            }
            spaces &= spaces - 1;
        }
    }
    true
}

/// As [`propose`], for any line.
fn propose_by_tokens(
    text: &str,
    line: &Line,
    context: Context<'_>,
    habits: &Habits,
    tokens: &mut Tokens,
    edits: &mut Edits,
) -> bool {
    let (start, end) = (line.start as usize, line.end as usize);
    tokens.read(text, start, end);
    if context.put_latin {
        tokens.join_where(text, puts_space);
    }
    let all = &tokens.all[..];
    let view = View::of(text, line, tokens, context, habits);
    let names = is_name_list(text, tokens, habits) || view.roster.is_some();
    let mut byline = context.byline || names;
    // （何 苗 裴桐 摄影报道）: names stand in the last brackets of the line.
    let credited = if line.bracketed { credited_from(&text[start..end], context.words) } else { None };
    let closes_up = view.closes_up(byline || credited.is_some());
    for (k, pair) in all.windows(2).enumerate() {
        let (a, b) = (&pair[0], &pair[1]);
        if closes_up && k >= roster::LONGEST_LABEL && view.is_letter_space(a, b) {
            edits.remove(a.end..b.start, Rule::Spacing);
            continue;
        }
        let gap = Gap::between(text, a, b, k + 1);
        // An open byline matters between Han only. In a line longer than `NEARBY` each gap must update it, because a later
        // look does not go back further than that.
        if line.bracketed && (gap.classes == (Class::Han, Class::Han) || end - start > NEARBY) {
            byline = names || byline_open(text, start.max(a.end.saturating_sub(NEARBY))..a.end, byline, context.words);
        }
        let byline = byline || credited.is_some_and(|from| a.end > start + from);
        if !view.keeps(&gap, all, byline) {
            edits.remove(a.end..b.start, Rule::Spacing);
        } else if gap.width() > 1 {
            edits.replace(a.end..b.start, " ", Rule::Spacing);
        }
    }
    names && line.last == Class::Han
}

/// Where the last brackets of a line begin, if they end it and a credit ends them: （何苗 裴桐 摄影报道）.
fn credited_from(line: &str, words: &Vocabulary) -> Option<usize> {
    let inner = line.strip_suffix(['）', ')'])?;
    let (at, _) = inner.char_indices().rev().take(MOST_CREDITED).find(|(_, c)| matches!(c, '（' | '('))?;
    let credit = inner[at..].rsplit(' ').next().unwrap_or_default();
    words.is_credit(credit).then_some(at)
}

/// Characters of the longest brackets with names and a credit.
const MOST_CREDITED: usize = 24;

/// Reads a line with single glyphs as a roster: where it is no running text, or nothing but names.
fn roster_of(text: &str, line: &Line, tokens: &Tokens, context: Context<'_>, habits: &Habits) -> Option<Roster> {
    let strewn = habits.noise > NOISE || habits.spaced > 0.2 && context.running;
    // A name that is spread has a glyph alone, or a label or an aside beside it.
    let may = tokens.single > 0 || line.label || line.bracketed;
    if tokens.all.len() < 2 || !may || strewn || context.running && line.marks > 0 {
        return None;
    }
    let read = |lines: &str, at: usize| {
        let mut tokens = Tokens::default();
        tokens.read(text, at, at + lines.len());
        tokens
    };
    roster::read(text, tokens, context.words, || {
        let (above, below) = (text[..line.start as usize].trim_end(), &text[line.end as usize..]);
        let begin = above.rfind('\n').map_or(0, |at| at + 1);
        let next = below.trim_start();
        let from = text.len() - next.len();
        [
            Some(&above[begin..]).filter(|l| !l.is_empty()).map(|l| read(l, begin)),
            next.lines().next().filter(|l| !l.is_empty()).map(|l| read(l, from)),
        ]
    })
}

/// Bytes before a gap in which the beginning of a byline is looked for. A byline is short, but a line may be long.
const NEARBY: usize = 120;

/// Letter-spacing of a line and of its page.
#[derive(Debug, Clone, Copy)]
struct Spread {
    /// Whether most tokens of the line are single glyphs: the line is justified by letter-spacing.
    line: bool,
    /// Whether the page has spaces between glyphs everywhere, as the output of tesseract has.
    page: bool,
    /// Width of the narrowest gap, in spaces. In letter-spacing this is the letter-space; wider gaps separate words.
    gap: usize,
    /// Whether the line is Latin text with Han among its words.
    latin: bool,
    /// Whether each Latin word of a Chinese line has a single space on its sides: 1.7 ALE 和 Euler 算法.
    words_apart: bool,
    /// On a page with stray spaces: whether the line has several gaps and all of them are between words.
    fielded: bool,
}

impl Spread {
    fn of(text: &str, tokens: &Tokens, line: &Line, habits: &Habits) -> Spread {
        let &Tokens { all: ref tokens, single, gap, .. } = tokens;
        let page = habits.spaced > 0.2;
        if tokens.len() < 3 {
            return Spread { fielded: false, line: false, latin: false, words_apart: false, page, gap };
        }
        // Single Han next to single Han: 8 月 17 日 has none, in spite of its spaces.
        let lone = |t: &Token| t.glyphs == 1 && is_han(t.first(text));
        let pairs = || {
            let pairs = tokens.windows(2).filter(|w| w[0].glyphs == 1 && lone(&w[1]) && lone(&w[0]));
            pairs.take(LONE_PAIRS).count()
        };
        let whole = |w: &[Token]| w.iter().all(|t| t.glyphs >= 3) && !lexicon::parted(w[0].of(text), w[1].of(text));
        let between_words = |w: &&[Token]| w[0].last(text).is_ascii() && w[1].first(text).is_ascii_alphabetic();
        Spread {
            fielded: habits.noise > NOISE && line.marks == 0 && tokens.windows(2).all(whole),
            line: single * 2 > tokens.len() && pairs() >= LONE_PAIRS,
            words_apart: line.latin > 0 && are_words_apart(text, tokens),
            latin: line.mostly_latin() && tokens.windows(2).filter(between_words).count() >= LATIN_GAPS,
            page,
            gap,
        }
    }
}

/// Pairs of single Han that a letter-spaced line has, at least.
const LONE_PAIRS: usize = 2;

/// Spaces between Han and Latin that show a habit. Two may set off a field: 渠水 GPS 民生.
const WORD_GAPS: usize = 3;

/// Whether Han and Latin meet at several single spaces of a line, and nowhere else.
fn are_words_apart(text: &str, tokens: &[Token]) -> bool {
    let meet = |a: char, b: char| is_han(a) && b.is_ascii_alphabetic() || a.is_ascii_alphabetic() && is_han(b);
    let gaps = || tokens.windows(2).filter(|w| meet(w[0].last(text), w[1].first(text)));
    let beside = |t: &Token| {
        let mut chars = t.of(text).chars();
        let mut before = chars.next().unwrap_or(' ');
        chars.any(|c| meet(std::mem::replace(&mut before, c), c))
    };
    gaps().count() >= WORD_GAPS && gaps().all(|w| w[1].start - w[0].end == 1) && !tokens.iter().any(beside)
}

/// Spaces between Latin words that a line of Latin text has, at least.
const LATIN_GAPS: usize = 3;

/// A gap between two tokens.
#[derive(Debug, Clone, Copy)]
struct Gap<'a> {
    text: &'a str,
    a: &'a Token,
    b: &'a Token,
    /// The characters on its two sides.
    edges: (char, char),
    /// Their classes.
    classes: (Class, Class),
    /// Number of tokens of the line before it.
    place: usize,
}

impl<'a> Gap<'a> {
    #[inline]
    fn between(text: &'a str, a: &'a Token, b: &'a Token, place: usize) -> Gap<'a> {
        let (last, first) = (a.last(text), b.first(text));
        Gap { text, a, b, edges: (last, first), classes: (class_of(last), class_of(first)), place }
    }

    /// Its width in spaces.
    fn width(&self) -> usize {
        self.b.start - self.a.end
    }

    fn left(&self) -> &'a str {
        self.a.of(self.text)
    }

    fn right(&self) -> &'a str {
        self.b.of(self.text)
    }

    fn between_single_glyphs(&self) -> bool {
        self.a.glyphs == 1 && self.b.glyphs == 1
    }
}

/// Whether `c` is a full-width mark. Such a mark includes white space, so a space next to it has no meaning in running text.
fn is_wide_mark(c: char, class: Class) -> bool {
    matches!(
        class,
        Class::Stop
            | Class::Comma
            | Class::Enumeration
            | Class::Semicolon
            | Class::Colon
            | Class::CloseQuote
            | Class::CloseBracket
            | Class::OpenBracket
            | Class::OpenQuote
    ) && !c.is_ascii()
}

/// The line of a gap, with its context and its page.
#[derive(Debug, Clone, Copy)]
struct View<'a> {
    text: &'a str,
    line: &'a Line,
    context: Context<'a>,
    habits: &'a Habits,
    spread: Spread,
    roster: Option<Roster>,
    /// How many gaps are inside the label that the line begins with.
    label: usize,
}

/// Marks that alone mostly decide what becomes of a space next to them.
const MARKS: u32 = Class::set(&[
    Class::Stop,
    Class::Comma,
    Class::Enumeration,
    Class::Semicolon,
    Class::Colon,
    Class::CloseQuote,
    Class::CloseBracket,
    Class::OpenBracket,
    Class::OpenQuote,
    Class::Dash,
    Class::Bullet,
]);

/// Marks inside a sentence or at its end.
const POINTS: u32 = Class::set(&[Class::Stop, Class::Comma, Class::Enumeration, Class::Semicolon, Class::Colon]);

impl<'a> View<'a> {
    fn of(text: &'a str, line: &'a Line, tokens: &Tokens, context: Context<'a>, habits: &'a Habits) -> View<'a> {
        let roster = roster_of(text, line, tokens, context, habits);
        let label = roster::spread_label(text, &tokens.all).unwrap_or(0);
        View { text, line, context, habits, spread: Spread::of(text, tokens, line, habits), roster, label }
    }

    /// Whether all [letter-spaces](View::is_letter_space) of the line are closed up, but those of a label at its beginning.
    fn closes_up(&self, byline: bool) -> bool {
        let &View { line, context, ref spread, roster, .. } = self;
        spread.line & !byline & !line.bracketed & !context.put_latin && roster.is_none()
    }

    /// Whether a gap is between two single Han and as narrow as the letter-space of the line.
    #[inline]
    fn is_letter_space(&self, a: &Token, b: &Token) -> bool {
        // U+4E00 to U+9FFF. Other bytes of the block below and behind them begin no Han, or rare ones.
        let han = |t: &Token| {
            let [first, second] =
                self.text.as_bytes().get(t.start..).and_then(|c| c.first_chunk()).copied().unwrap_or_default();
            (first == 0xE4) & (second >= 0xB8) | (first.wrapping_sub(0xE5) <= 4)
        };
        (a.glyphs == 1) & (b.glyphs == 1) & (b.start - a.end <= self.spread.gap) & han(a) & han(b)
    }

    /// Whether a gap is kept, as one space.
    fn keeps(&self, gap: &Gap<'_>, tokens: &[Token], byline: bool) -> bool {
        let &View { line, context, ref spread, .. } = self;
        let ((a, b), (ca, cb)) = (gap.edges, gap.classes);
        let is_number = |t: &Token| t.of(gap.text).bytes().all(|b| b.is_ascii_digit());
        if context.put_latin && puts_space(gap.left(), gap.right()) {
            return true;
        }
        if let Some(roster) = self.roster {
            return !roster.is_inside(gap.place);
        }
        if gap.place == 1 && !spread.line && !spread.page && (line.led || sets_off(line) && is_head(gap.left())) {
            return true; // △ 备足沙袋, 07:30 新闻, 清水县 昨日
        }
        // 9 月 12 日 县水利局: with the spaces that the option puts, the date of an item is still its head.
        if gap.place == 1 && context.put_latin && context.opens && gap.left().contains(' ') && is_head(gap.left()) {
            return true;
        }
        if (ca.is_in(MARKS) || cb.is_in(MARKS))
            && let Some(kept) = self.keeps_beside_mark(gap, tokens)
        {
            return kept;
        }
        if line.cue == Cue::Number && gap.place == 1 && !spread.line && cb == Class::Han {
            let section = context.opens && is_section_number(gap.left()) && !UNITS.has(b);
            if !context.running || section {
                return true; // 1.2 分地与抽签, 1.1 为规范养护
            }
        }
        match (ca, cb) {
            (Class::Digit | Class::Latin | Class::Unit, Class::Han) | (Class::Han, Class::Digit | Class::Latin) => {
                if (context.keep_latin || spread.latin) && !spread.line {
                    return true;
                }
                if context.running || spread.line || spread.words_apart && gap.width() == 1 {
                    return false;
                }
                keeps_beside_number(gap, self.habits)
            }
            (Class::Han, Class::Han) => self.keeps_between_han(gap, tokens, byline),
            (Class::Digit, Class::Digit) => !(spread.line && gap.between_single_glyphs() && gap.width() <= spread.gap),
            (Class::Latin, Class::Latin | Class::Digit) | (Class::Digit, Class::Latin) => {
                !(spread.line && gap.between_single_glyphs())
            }
            // life. Since: the end of a sentence in Latin text.
            (Class::Ellipsis, Class::Latin | Class::Digit | Class::Other)
                if a == '.' && !spread.line && line.mostly_latin() && gap.left().len() > 1 =>
            {
                true
            }
            // 渠水通了 / 02: before a number a sign parts two fields.
            (Class::Han, Class::Other) if gap.right() == "/" && tokens.get(gap.place + 1).is_some_and(is_number) => {
                !context.running && !spread.line
            }
            // Signs: formulas and Latin text keep their spaces, Han text has none.
            (Class::Digit | Class::Latin | Class::Other, Class::Dash | Class::Other | Class::Ellipsis)
            | (Class::Dash | Class::Other | Class::Ellipsis, Class::Digit | Class::Latin | Class::Other) => {
                !(spread.line || a == '.' || b == '.' || cb == Class::Unit)
                    && (a.is_ascii() && b.is_ascii() || !context.running)
            }
            (Class::Digit, Class::Unit) => false,
            (Class::Comma, _) | (Class::Stop, _) if a.is_ascii() => true,
            (_, Class::Latin) | (Class::Latin, _) if a.is_ascii() && b.is_ascii() => !spread.line,
            _ => !context.running && !spread.line && (gap.width() > 1 || ca == Class::Unit),
        }
    }

    /// As [`keeps`](View::keeps), for a gap next to a mark; `None` if the mark does not decide.
    fn keeps_beside_mark(&self, gap: &Gap<'_>, tokens: &[Token]) -> Option<bool> {
        let &View { line, context, ref spread, .. } = self;
        let ((a, b), (ca, cb)) = (gap.edges, gap.classes);
        if a == ':' && gap.left().chars().rev().nth(1).is_some_and(is_han) {
            return Some(false);
        }
        if ca.is_in(POINTS) && !a.is_ascii() {
            return Some(!context.running && ca == Class::Stop && !spread.line && gap.width() > 1);
        }
        if cb.is_in(POINTS) && !b.is_ascii() {
            return Some(false);
        }
        if (ca == Class::Dash || cb == Class::Dash)
            && !(a.is_ascii() && ca == Class::Dash || b.is_ascii() && cb == Class::Dash)
        {
            // Full-width dashes include their white space, unless they are a field by themselves: 2.20 — 2.30.
            let dashes = |token: &str| token.chars().all(|c| c == '—');
            let field = !context.running && !spread.line && fields(line) && line.gaps >= 1;
            return Some(field && (dashes(gap.left()) || dashes(gap.right())));
        }
        // The space between a number and the sign of its unit goes, and makes no fields.
        let parts = |t: &Token| t.start != gap.b.start && class_of(t.first(gap.text)) != Class::Unit;
        let fielded = || fields(line) && (line.opening == Opening::Row || tokens.iter().skip(1).any(parts));
        if b == '-' && ca == Class::Han && !context.running && !spread.line && gap.b.glyphs > 1 && fielded() {
            return Some(true); // a field that a hyphen opens
        }
        if is_wide_mark(a, ca) || is_wide_mark(b, cb) {
            if matches!(ca, Class::OpenBracket | Class::OpenQuote)
                || matches!(cb, Class::CloseBracket | Class::CloseQuote)
            {
                return Some(false);
            }
            let sent = || gap.left().trim_end_matches(['】', '）', '〕']).ends_with(['讯', '訊']);
            if context.running || spread.line || spread.page || sent() {
                return Some(false);
            }
            // 苹果“上云” 果农“下网”: two phrases. Next to brackets one space is only squeezed white space.
            let quoted = matches!(ca, Class::CloseQuote) || matches!(cb, Class::OpenQuote);
            // 云台山纪行（之五） 何苗: behind a title its author, however wide the gap.
            if matches!(ca, Class::CloseBracket) && gap.b.end == line.end as usize && named(gap.text, gap.b) {
                return Some(true);
            }
            // 漫画 《排队》 何苗/作: a title between its kind and its author.
            let titled = b == '《' && gap.right().ends_with('》') && tokens.get(gap.place + 1..).is_some_and(|rest| {
                matches!(rest, [author] if author.of(gap.text).contains(['/', '／']) || named(gap.text, author))
            });
            return Some(titled || gap.width() > 1 || quoted && gap.a.glyphs >= 3 && gap.b.glyphs >= 3 || fields(line));
        }
        if ca == Class::Bullet && !is_circled(a) || cb == Class::Bullet && !is_circled(b) {
            return Some(true);
        }
        is_circled(a).then(|| !context.running && !spread.line || gap.left().starts_with('图'))
    }

    fn keeps_between_han(&self, gap: &Gap<'_>, tokens: &[Token], byline: bool) -> bool {
        let &View { text, line, context, ref spread, .. } = self;
        let right = gap.right();
        let several = gap.b.glyphs > 1; // a glyph alone is no label and has no mark
        let labelled = || several && matches!(right.chars().nth(1), Some('：' | ':'));
        if gap.a.glyphs == 1 && (gap.place <= self.label || labelled()) {
            return false; // 地 址：
        }
        if several && right.contains(['/', '／']) && roster::spread_name(text, gap.a, gap.b).is_some() {
            return false; // 何 苗/文
        }
        if spread.line && !byline && context.opens && gap.width() > spread.gap && self.opens_story(gap) {
            return true; // 本 报 讯   昨 日 上 午
        }
        if spread.line && !byline {
            // In a display line a gap much wider than the letter-space separates fields.
            return !context.running && gap.width() >= 3 * spread.gap && gap.width() > 2;
        }
        let left = gap.left();
        // A name and its credit, or a post and its name.
        let right = gap.right();
        let right = if line.bracketed { right.split_once('（').map_or(right, |(credit, _)| credit) } else { right };
        let credit = context.words.is_credit(right.trim_end_matches(['）', ')']));
        if credit && !spread.line && !left.ends_with('，') {
            return name_end(left);
        }
        if gap.b.glyphs <= 4 && !context.running && !spread.line && context.words.posts.ends(right) {
            return true; // 责编 耿立夫 美编 孙小桐
        }
        if !spread.line && (context.words.posts.ends(left) || gap.a.glyphs == 1 && context.words.is_credit(left)) {
            // In running text with stray spaces the space after a post stays only before a name: not in 读者 和作者.
            return !context.running || byline || !self.is_noisy() || named(text, gap.b);
        }
        if byline && gap.place == 1 && context.words.is_rest_of_post(left) {
            return true; // the line break cut the post: 通讯⏎员 石磊
        }
        if spread.line {
            return separates_names(gap, line, context.words);
        }
        if byline {
            return keeps_in_byline(gap);
        }
        let is_last = gap.place + 1 == tokens.len();
        if context.running {
            self.keeps_in_running_text(gap, is_last)
        } else {
            self.keeps_in_display_line(gap, tokens, is_last, credit)
        }
    }

    /// Whether the line up to a gap is what opens a story: 本报讯, 新华社北京8月17日电.
    fn opens_story(&self, gap: &Gap<'_>) -> bool {
        const OPENING: usize = 20; // glyphs
        let before = &self.text[self.line.start as usize..gap.a.end];
        if !before.ends_with(['讯', '訊', '电', '電', '条', '條', '章']) {
            return false;
        }
        let before: String = before.chars().filter(|&c| c != ' ').take(OPENING + 1).collect();
        opens_article(&before)
            || matches!(cue_of(&before, 0), Cue::News | Cue::Wire) && before.chars().count() <= OPENING
    }

    /// Whether the page has many stray spaces.
    fn is_noisy(&self) -> bool {
        self.habits.noise > NOISE
    }

    /// A gap between Han in running text, outside a byline.
    fn keeps_in_running_text(&self, gap: &Gap<'_>, is_last: bool) -> bool {
        let &View { text, line, context, .. } = self;
        let (left, right) = (gap.left(), gap.right());
        if context.opens && gap.place == 1 && opens_article(left) {
            return true;
        }
        if context.opens && gap.place == 1 && left.ends_with(['讯', '訊']) && left.chars().count() <= 4 {
            return true;
        }
        // （市中医院脾胃病科 骆含章）: the person who said the words before it.
        if (right.ends_with('）') || right.ends_with(')'))
            && (3..=4).contains(&gap.b.glyphs)
            && is_surname(&[gap.b.first(text)])
            && is_last
        {
            return true;
        }
        if left.ends_with(SENT) && dateline(left) {
            return true;
        }
        // Old texts punctuate by spaces: each field is a phrase, and the line has no mark.
        !self.is_noisy()
            && line.marks == 0
            && gap.a.glyphs >= 4
            && gap.b.glyphs >= 4
            && line.last == Class::Han
            && line.gaps >= 2
    }

    /// A gap between Han in a display line or a row, outside a byline. `credit` tells whether a credit follows it.
    fn keeps_in_display_line(&self, gap: &Gap<'_>, tokens: &[Token], is_last: bool, credit: bool) -> bool {
        let &View { text, line, context, ref spread, .. } = self;
        let (left, right) = (gap.left(), gap.right());
        // On a page with stray spaces a single space in a headline either separates two phrases or is stray.
        if self.is_noisy() && gap.width() == 1 {
            let phrase = if fields(line) {
                2
            } else if spread.fielded {
                3
            } else {
                4
            };
            return gap.a.glyphs >= phrase && gap.b.glyphs >= phrase && !lexicon::parted(left, right);
        }
        let letter_spaced = gap.a.glyphs == 1 || gap.b.glyphs == 1;
        if spread.page {
            return gap.width() > 1 || !letter_spaced && line.gaps > 0;
        }
        let is_first = gap.place == 1;
        if gap.between_single_glyphs() {
            // Two single glyphs that are the whole line are one spread word.
            if is_first && is_last {
                return false;
            }
            let before = gap.place.checked_sub(2).map(|k| &tokens[k]);
            // The space behind a mark goes, and the glyph is no token of its own then: 考场412个， 考 生.
            if before.is_some_and(|t| class_of(t.last(text)).is_in(POINTS)) && gap.width() == 1 && line.glyphs > 8 {
                return !is_last;
            }
            // 王　洋　李大河: two single glyphs are a name if the first is a surname.
            let pairs_up = is_surname(&[gap.a.first(text)])
                && before.is_none_or(|t| t.glyphs > 1 || !is_surname(&[t.first(text)]));
            return !pairs_up;
        }
        if letter_spaced && !credit {
            // A stray space tore one glyph off a word: 稳定 的.
            let torn = gap.a.glyphs == 1 && is_first && !context.words.posts.ends(left) || gap.b.glyphs == 1 && is_last;
            return !(torn && gap.width() == 1 && line.glyphs > 8);
        }
        true
    }
}

/// A gap between Han in a byline that is not letter-spaced.
fn keeps_in_byline(gap: &Gap<'_>) -> bool {
    let (left, right) = (gap.left(), gap.right());
    // No name has one glyph: 王连 志.
    if lone_han(right.chars()) && gap.width() == 1 && gap.a.glyphs == 2 && is_surname(&[gap.a.first(gap.text)]) {
        return false;
    }
    // A single space between two single Han spreads a name of two glyphs to the width of three; other spaces separate names.
    !(lone_han(left.chars().rev()) && lone_han(right.chars()) && gap.width() == 1)
}

static UNITS: HanSet = HanSet::of(numbers::UNITS);

/// Whether a token is the number of a section: 1.1, 3.2.1.
fn is_section_number(token: &str) -> bool {
    token.len() <= 9
        && token.contains('.')
        && token.split('.').all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㈠'..='㈩' | '⑴'..='⒇')
}

/// Whether the line consists of fields.
fn fields(line: &Line) -> bool {
    line.gaps > 0 || line.opening == Opening::Row
}

/// Whether a space between Han and a number in a display line or row is kept: no inside one expression, yes between fields.
fn keeps_beside_number(gap: &Gap<'_>, habits: &Habits) -> bool {
    let (a, b) = gap.edges;
    let (left, right) = (gap.left(), gap.right());
    // If the extractor writes a space for every quarter em, a single space means nothing.
    let habit = if is_han(b) { habits.quarter.1 } else { habits.quarter.0 };
    // The sign of a unit is as wide as a Han and has no quarter em.
    if habit > 0.5 && gap.width() == 1 && gap.classes.0 != Class::Unit {
        return false;
    }
    if is_han(b) {
        // 3 版, 8 月, 10 万元: a number and its unit.
        let unit = b == '℃' || UNITS.has(b);
        let alone = left.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '—' | '-' | '～'));
        let time = left.contains(':'); // 05:52 日落
        let counted =
            unit && !time && (gap.b.glyphs <= 3 || alone || right.chars().nth(1).is_some_and(|c| c.is_ascii_digit()));
        let year = b == '年' && alone && left.len() == 4;
        return !(year || counted && gap.width() == 1);
    }
    if BUILT_IN.counted.has(left) {
        return false;
    }
    // 第 3, 年 8, 月 12
    if a == '第'
        || matches!(a, '年' | '月' | '日' | '时')
            && (gap.a.glyphs == 1 || left.chars().any(|c| c.is_ascii_digit()))
            && b.is_ascii_digit()
            && gap.width() == 1
    {
        let date = right.chars().find(|c| !c.is_ascii_digit());
        return !(a == '第' || matches!(date, Some('月' | '日' | '时' | '年' | '—' | '至') | None));
    }
    if matches!(a, '年' | '月') && gap.a.glyphs == 1 {
        return false;
    }
    true
}

/// Whether a token may be a person's name.
fn named(text: &str, token: &Token) -> bool {
    (2..=4).contains(&token.glyphs) && is_surname(&[token.first(text)])
}

/// Whether the characters begin with exactly one Han: 苗 in 何 苗）.
fn lone_han(chars: impl Iterator<Item = char>) -> bool {
    chars.take_while(|&c| is_han(c)).take(2).count() == 1
}

/// Whether a gap of a letter-spaced byline separates a post from a name, or two names: 记 者 周 文 海 通 讯 员.
fn separates_names(gap: &Gap<'_>, line: &Line, words: &Vocabulary) -> bool {
    let text = gap.text;
    let (start, end) = (line.start as usize, line.end as usize);
    let before: Vec<char> =
        text[start..gap.a.end].chars().rev().filter(|&c| c != ' ').take(8).take_while(|&c| is_han(c)).collect();
    let after: Vec<char> =
        text[gap.b.start..end].chars().filter(|&c| c != ' ').take(8).take_while(|&c| is_han(c)).collect();
    let left: String = before.iter().rev().collect();
    let right: String = after.iter().collect();
    let posts = &words.posts;
    if words.is_inside_post(&left, &right) {
        return false;
    }
    if posts.ends(&left) || words.opens_with_post(&right) {
        return true;
    }
    // The characters since the last post, and up to the next post.
    let name = posts.last_in(&left).map_or(left.as_str(), |post| &left[post.end..]);
    let next = posts.first_in(&right).map_or(right.as_str(), |post| &right[..post.start]);
    let begins = |s: &str| s.chars().next().is_some_and(|c| is_surname(&[c]));
    let (n, m) = (name.chars().count(), next.chars().count());
    (2..=3).contains(&n) && m >= 2 && begins(name) && begins(next) && !(n == 2 && m == 1)
}

/// Whether a person's name may end here.
fn name_end(left: &str) -> bool {
    left.chars().next_back().is_some_and(is_han)
}

fn opens_article(left: &str) -> bool {
    left.starts_with('第')
        && (left.ends_with('条') || left.ends_with('章') || left.ends_with('條'))
        && left.chars().count() <= 8
}

/// Whether the token is a dateline: 新华社北京8月17日电, 本报桥头镇9月3日讯.
fn dateline(left: &str) -> bool {
    BUILT_IN.dated.is_in(left)
}

/// Whether a byline in brackets, （记者 …, is open after a part of a text. `open` tells whether one was open before it.
pub(crate) fn byline_open(text: &str, part: Range<usize>, open: bool, words: &Vocabulary) -> bool {
    let Some(bracket) = last_bracket(text.as_bytes(), part.clone()) else { return open };
    if !bracket.opens {
        return false;
    }
    let tail = &text[bracket.end..part.end];
    words.opens_byline_in_brackets(tail)
}

/// A round or square bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bracket {
    end: usize,
    opens: bool,
}

/// The last bracket of a part of a text.
fn last_bracket(bytes: &[u8], part: Range<usize>) -> Option<Bracket> {
    let mut end = part.end;
    while end > part.start {
        let from = end.saturating_sub(BLOCK);
        let mut may = match bytes[..end].last_chunk() {
            Some(block) => bracket_ends(block),
            None => bracket_ends(&last_block(&bytes[..end])),
        };
        while may != 0 {
            let end = from + may.ilog2() as usize + 1;
            may ^= 1 << may.ilog2();
            let opens = match bytes[..end].get(part.start..)? {
                [.., b'('] | [.., 0xEF, 0xBC, 0x88] | [.., 0xE3, 0x80, 0x90 | 0x94] => true, // （ 【 〔
                [.., b')'] | [.., 0xEF, 0xBC, 0x89] | [.., 0xE3, 0x80, 0x91 | 0x95] => false, // ） 】 〕
                _ => continue,
            };
            return Some(Bracket { end, opens });
        }
        if from <= part.start {
            break;
        }
        // A bracket may lie across the border of two blocks.
        end = from + 2;
    }
    None
}

/// Whether the fields of a line are names of people, 贺玉兰 万长顺 安雪梅. Running text may also have such lines.
fn is_name_list(text: &str, tokens: &Tokens, habits: &Habits) -> bool {
    let &Tokens { all: ref tokens, name_sized, .. } = tokens;
    if tokens.len() < 3 {
        return false;
    }
    let named = |t: &&Token| named(text, t) && is_han(t.last(text));
    if habits.noise > NOISE {
        // Stray spaces also cut words, and many words begin with the same character as a surname.
        let whole = |t: &Token| named(&t) && !lexicon::is_word(&t.of(text).chars().collect::<Vec<_>>());
        return tokens.len() >= 4 && tokens[1..tokens.len() - 1].iter().all(whole);
    }
    // The first and the last field may be part of a sentence, or cut by the end of the line.
    let most = |n: usize| n * 3 >= tokens.len() * 2;
    habits.spaced <= 0.2 && most(name_sized) && most(tokens.iter().filter(named).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Layout;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_last_bracket_is_found_at_any_place(
            before in "[渠（( ]{0,40}", part in "[渠伈ａ水，、《（）【】〔〕()a]{0,3}[渠伈，、《a]{0,40}", tail in "[渠）)]{0,30}",
        ) {
            let text = format!("{before}{part}{tail}");
            let found = last_bracket(text.as_bytes(), before.len()..before.len() + part.len());
            let want = part.char_indices().rev().find(|&(_, c)| "（）【】〔〕()".contains(c)).map(|(at, c)| Bracket {
                end: before.len() + at + c.len_utf8(),
                opens: "（【〔(".contains(c),
            });
            prop_assert_eq!(found, want);
        }

        #[test]
        fn letter_spaces_that_are_closed_up_quickly_are_not_kept(
            line in "[何苗本报讯第地址一〇䶵]{1,2}( {1,3}[何苗王明渠水讯：；，（/a1一〇䷀]|   ?[何渠][苗水：/]){4,12}",
            opens: bool, running: bool, byline: bool, put_latin: bool
        ) {
            let mut page = Layout::default();
            page.measure(&line, &[]);
            let context = Context { running, opens, byline, keep_latin: false, put_latin, words: &BUILT_IN };
            let mut tokens = Tokens::default();
            for of_page in &page.lines {
                tokens.read(&line, of_page.start as usize, of_page.end as usize);
                let view = View::of(&line, of_page, &tokens, context, &page.habits);
                for (k, pair) in tokens.all.windows(2).enumerate().skip(roster::LONGEST_LABEL) {
                    if view.closes_up(byline) && view.is_letter_space(&pair[0], &pair[1]) {
                        prop_assert!(!view.keeps(&Gap::between(&line, &pair[0], &pair[1], k + 1), &tokens.all, byline));
                    }
                }
            }
        }

        #[test]
        fn the_quick_exit_for_quarters_agrees_with_the_full_decision(
            line in "[何苗王明于渠水（。，][何苗王明于渠水（。， a8]{0,4}( ?[何苗王明于][何苗王明渠水，（]{0,3}[ a8%.]{1,3}){1,4}[何苗王明于渠水。]{1,3}",
            opens: bool, byline: bool, noise in 0..2, spaced in 0..2,
        ) {
            let mut page = Layout::default();
            page.measure(&line, &[]);
            page.habits.noise = noise as f32;
            page.habits.spaced = spaced as f32;
            let context =
                Context { running: true, opens, byline, keep_latin: false, put_latin: false, words: &BUILT_IN };
            let (mut tokens, mut quick, mut full) = (Tokens::default(), Edits::new(), Edits::new());
            for of_page in &page.lines {
                let names = propose(&line, of_page, context, &page.habits, &mut tokens, &mut quick);
                prop_assert_eq!(names, propose_by_tokens(&line, of_page, context, &page.habits, &mut tokens, &mut full));
            }
            prop_assert_eq!(quick.as_slice(), full.as_slice());
        }
    }
}
