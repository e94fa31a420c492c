//! Which gaps of a line are kept, each as one space.

use super::context::{Context, sets_off};
use super::gap::{Gap, fields, is_wide_mark, named};
use super::names::{keeps_in_byline, name_end, separates_names};
use super::numbers::{UNITS, is_circled, is_head, is_section_number, keeps_beside_number};
use super::spread::Spread;
use crate::lexicon;
use crate::measure::{Class, Cue, Habits, Line, NOISE, Opening, class_of, cue_of};
use crate::passes::typeset::roster::{self, Roster};
use crate::passes::typeset::tokens::{Token, Tokens};
use crate::text::latin::puts_space;
use crate::text::width::is_han;
use crate::vocabulary::BUILT_IN;
use crate::vocabulary::senders::SENT;
use crate::vocabulary::surnames::{NAME, is_surname, is_whole_name};

/// The line of a gap, with its context and its page.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    text: &'a str,
    line: &'a Line,
    context: Context<'a>,
    habits: &'a Habits,
    spread: Spread,
    pub roster: Option<Roster>,
    /// How many gaps are inside the label that the line begins with.
    label: usize,
    /// Whether it lists people with their places: 清水县 何苗；桥头镇 石磊.
    places_and_names: bool,
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

/// What stands before the sign of a number in a row.
const NUMBERED: u32 = Class::set(&[Class::Han, Class::Digit, Class::Unit]);

/// Whether a field begins with the sign of a number: +52.4%, －41.6. Between whole numbers a minus may be a dash: 15 －19.
fn opens_signed_number(left: &str, field: &str) -> bool {
    let mut chars = field.chars();
    let sign = chars.next().filter(|sign| matches!(sign, '+' | '＋' | '-' | '－' | '−' | '±'));
    let is_part = |c: char| matches!(c, '.' | '%');
    let is_range = left.ends_with(|c: char| c.is_ascii_digit()) && !left.contains(is_part) && !field.contains(is_part);
    sign.is_some_and(|sign| sign == '+' || !is_range) && chars.next().is_some_and(|c| c.is_ascii_digit())
}

/// Marks inside a sentence or at its end.
const POINTS: u32 = Class::set(&[Class::Stop, Class::Comma, Class::Enumeration, Class::Semicolon, Class::Colon]);

impl<'a> View<'a> {
    pub fn of(text: &'a str, line: &'a Line, tokens: &Tokens, context: Context<'a>, habits: &'a Habits) -> View<'a> {
        let roster = roster_of(text, line, tokens, context, habits);
        let label = roster::spread_label(text, &tokens.all).unwrap_or(0);
        let places_and_names = lists_places_and_names(text, tokens);
        View {
            text,
            line,
            context,
            habits,
            spread: Spread::of(text, tokens, line, habits),
            roster,
            label,
            places_and_names,
        }
    }

    /// Whether all [letter-spaces](View::is_letter_space) of the line are closed up, but those of a label at its beginning.
    pub fn closes_up(&self, byline: bool) -> bool {
        let &View { line, context, ref spread, roster, .. } = self;
        spread.line & !byline & !line.bracketed & !context.put_latin && roster.is_none()
    }

    /// Whether a gap is between two single Han and as narrow as the letter-space of the line.
    #[inline]
    pub fn is_letter_space(&self, a: &Token, b: &Token) -> bool {
        // U+4E00 to U+9FFF. Other bytes of the block below and behind them begin no Han, or rare ones.
        let han = |t: &Token| {
            let [first, second] =
                self.text.as_bytes().get(t.start..).and_then(|c| c.first_chunk()).copied().unwrap_or_default();
            (first == 0xE4) & (second >= 0xB8) | (first.wrapping_sub(0xE5) <= 4)
        };
        (a.glyphs == 1) & (b.glyphs == 1) & (b.start - a.end <= self.spread.gap) & han(a) & han(b)
    }

    /// Whether a gap is kept, as one space.
    pub fn keeps(&self, gap: &Gap<'_>, tokens: &[Token], byline: bool) -> bool {
        self.keeps_by_line(gap, tokens).unwrap_or_else(|| self.keeps_by_sides(gap, tokens, byline))
    }

    /// As [`keeps`](View::keeps), by what the line is and where the gap stands in it; `None` if that does not decide.
    fn keeps_by_line(&self, gap: &Gap<'_>, tokens: &[Token]) -> Option<bool> {
        let &View { line, context, ref spread, .. } = self;
        let (b, (ca, cb)) = (gap.edges.1, gap.classes);
        if context.put_latin && puts_space(gap.left(), gap.right()) {
            return Some(true);
        }
        if spread.heads_numbers && !context.running {
            return Some(true); // 代表团 金 银 铜
        }
        if let Some(roster) = self.roster {
            return Some(!roster.is_inside(gap.place));
        }
        if gap.place == 1 && !spread.line && !spread.page && (line.led || sets_off(line) && is_head(gap.left())) {
            return Some(true); // △ 备足沙袋, 07:30 新闻, 清水县 昨日
        }
        // 9 月 12 日 县水利局: with the spaces that the option puts, the date of an item is still its head.
        if gap.place == 1 && context.put_latin && context.opens && gap.left().contains(' ') && is_head(gap.left()) {
            return Some(true);
        }
        let signed = ca.is_in(NUMBERED) && opens_signed_number(gap.left(), gap.right());
        let hyphened = b == '-' && ca == Class::Han && gap.b.glyphs > 1;
        if (signed || hyphened) && !spread.line && self.has_fields(gap, tokens) {
            return Some(true); // 黄瓜 2.10元 +52.4%
        }
        if (ca.is_in(MARKS) || cb.is_in(MARKS))
            && let Some(kept) = self.keeps_beside_mark(gap, tokens)
        {
            return Some(kept);
        }
        if line.cue == Cue::Number && gap.place == 1 && !spread.line && cb == Class::Han {
            let section = context.opens && is_section_number(gap.left()) && !UNITS.has(b);
            if !context.running || section {
                return Some(true); // 1.2 分地与抽签, 1.1 为规范养护
            }
        }
        if self.is_behind_origin(gap) && cb == Class::Digit && !spread.line {
            return Some(true); // 本报讯 5月1日
        }
        None
    }

    /// As [`keeps`](View::keeps), by the characters on both sides.
    fn keeps_by_sides(&self, gap: &Gap<'_>, tokens: &[Token], byline: bool) -> bool {
        let &View { line, context, ref spread, .. } = self;
        let ((a, b), (ca, cb)) = (gap.edges, gap.classes);
        let is_number = |t: &Token| t.of(gap.text).bytes().all(|b| b.is_ascii_digit());
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
            _ => !context.running && !spread.line && ca == Class::Unit,
        }
    }

    /// As [`keeps`](View::keeps), for a gap next to a mark; `None` if the mark does not decide.
    fn keeps_beside_mark(&self, gap: &Gap<'_>, tokens: &[Token]) -> Option<bool> {
        let &View { line, context, ref spread, .. } = self;
        let ((a, b), (ca, cb)) = (gap.edges, gap.classes);
        if a == ':' && gap.left().chars().rev().nth(1).is_some_and(is_han) {
            return Some(false);
        }
        // 冠军队队员合影。 何苗 摄: a credit behind the text of a caption.
        if ca == Class::Stop && !spread.line && self.is_credit(&tokens[gap.place..]) {
            return Some(true);
        }
        if ca.is_in(POINTS) && !a.is_ascii() || cb.is_in(POINTS) && !b.is_ascii() {
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
        // In Han text brackets of either width are closed up inside: the pass over punctuation makes them wide.
        if !line.mostly_latin() && (matches!(a, '(' | '[') || matches!(b, ')' | ']')) {
            return Some(false);
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

    /// Whether the line has fields besides what stands on the right of a gap.
    fn has_fields(&self, gap: &Gap<'_>, tokens: &[Token]) -> bool {
        let &View { line, context, .. } = self;
        // The space between a number and the sign of its unit goes, and makes no fields.
        let parts = |t: &Token| t.start != gap.b.start && class_of(t.first(gap.text)) != Class::Unit;
        !context.running && fields(line) && (line.opening == Opening::Row || tokens.iter().skip(1).any(parts))
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
        if gap.b.glyphs == 1 && is_behind_leader(gap.left()) {
            return false; // 渡口人家………何 苗 5
        }
        if spread.line && !byline && context.opens && gap.width() > spread.gap && self.is_behind_story_opening(gap) {
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
        if !byline && self.is_behind_reporter(gap, tokens) {
            return true; // 本报清水9月5日电 记者 何苗 昨日上午
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

    /// Whether the last tokens of the line are a name and a credit.
    fn is_credit(&self, tokens: &[Token]) -> bool {
        let [name, credit] = tokens else { return false };
        is_whole_name(name.of(self.text)) && self.context.words.is_credit(credit.of(self.text))
    }

    /// Whether the words before a gap open the unit and name where its report comes from.
    fn is_behind_origin(&self, gap: &Gap<'_>) -> bool {
        self.context.opens && gap.place == 1 && self.context.words.is_origin(gap.left())
    }

    /// Whether the line up to a gap is what opens a story: 本报讯, 新华社北京8月17日电.
    fn is_behind_story_opening(&self, gap: &Gap<'_>) -> bool {
        const OPENING: usize = 20; // glyphs
        let before = &self.text[self.line.start as usize..gap.a.end];
        if !before.ends_with(['讯', '訊', '电', '電', '条', '條', '章']) {
            return false;
        }
        let before: String = before.chars().filter(|&c| c != ' ').take(OPENING + 1).collect();
        opens_article(&before)
            || matches!(cue_of(&before, 0), Cue::News | Cue::Wire) && before.chars().count() <= OPENING
    }

    /// Whether a gap stands between the text of a report and the name of its reporter, which a space or a line break sets off from
    /// the post.
    fn is_behind_reporter(&self, gap: &Gap<'_>, tokens: &[Token]) -> bool {
        let strewn = self.spread.page || self.is_noisy();
        let is_name = || gap.right().contains(['）', ')', '］', ']']); // ［记者 何苗 石头］昨天
        if strewn || gap.b.glyphs as usize <= NAME || !is_whole_name(gap.left()) || is_name() {
            return false;
        }
        let before = gap.place.checked_sub(2).map(|k| tokens[k].of(self.text));
        before.map_or(self.context.below_post, |before| self.context.words.reporters.ends(before))
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
        if self.is_behind_origin(gap) {
            return true;
        }
        // （市中医院脾胃病科 骆含章）: the person who said the words before it. The line break may cut the name.
        let closes = right.ends_with('）') || right.ends_with(')');
        let is_cut =
            line.open == 2 && left.rfind(['（', '(', '）', ')']).is_some_and(|at| left[at..].starts_with(['（', '(']));
        if is_last
            && (closes && (3..=4).contains(&gap.b.glyphs) || is_cut && gap.b.glyphs <= 3)
            && is_surname(&[gap.b.first(text)])
        {
            return true;
        }
        if self.places_and_names {
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
            let phrase = if fields(line) || spread.fielded { 2 } else { 4 };
            return gap.a.glyphs >= phrase && gap.b.glyphs >= phrase && !lexicon::parted(left, right);
        }
        let letter_spaced = gap.a.glyphs == 1 || gap.b.glyphs == 1;
        if !letter_spaced && gap.edges.0 == '的' {
            return false; // no field ends so
        }
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

/// Reads a line with single glyphs as a roster: where it is no running text, or nothing but names.
fn roster_of(text: &str, line: &Line, tokens: &Tokens, context: Context<'_>, habits: &Habits) -> Option<Roster> {
    let strewn = habits.noise > NOISE || habits.spaced > 0.2 && context.running;
    // A name that is spread has a glyph alone, or a label or an aside beside it.
    let may = tokens.single > 0 || line.label || line.bracketed || line.opening == Opening::Item;
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

/// Whether a line lists people with their places: behind each gap stands a name, and a semicolon or a comma behind that.
fn lists_places_and_names(text: &str, tokens: &Tokens) -> bool {
    const PEOPLE: usize = 2;
    let [first, others @ ..] = &tokens.all[..] else { return false };
    others.len() >= PEOPLE
        && first.glyphs > 1
        && others.iter().enumerate().all(|(n, token)| {
            let field = token.of(text);
            let name = field.split(['；', '，', '、', ';', ',', '。']).next().unwrap_or_default();
            is_whole_name(name) && (name.len() < field.len() || n + 1 == others.len())
        })
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
/// Whether a token ends in one Han behind the dots that lead to it: the family name of an author in a table of contents.
fn is_behind_leader(token: &str) -> bool {
    let mut chars = token.chars().rev();
    let dot = |c: char| matches!(c, '…' | '⋯' | '·' | '・' | '.' | '．');
    chars.next().is_some_and(is_han) && chars.next().is_some_and(dot) && chars.next().is_some_and(dot)
}
