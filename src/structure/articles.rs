//! Groups units into articles: a headline block before or after its text, with bylines, paragraphs and captions.
//!
//! The grouping is the cheapest way to cut the page into articles, a shortest path over its units. A headline opens or
//! closes an article, a dateline opens a text, a jump line or a signature ends it. Costs are in nats and set by hand.

use crate::proof::{Article, Role, Unit};
use crate::text::width::is_han;
use crate::vocabulary::BUILT_IN;

/// State of the article after a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Open {
    /// A headline without text so far.
    Headline,
    /// A headline with text below it.
    Headed,
    /// Text without a headline so far.
    Text,
    /// Text with its headline after it.
    Closed,
}

const OPEN: [Open; 4] = [Open::Headline, Open::Headed, Open::Text, Open::Closed];

/// State of the current article, and whether the headline of the previous article followed its text.
#[derive(Debug, Clone, Copy)]
struct State {
    open: Open,
    follows: bool,
}

const STATES: usize = 2 * OPEN.len();

impl State {
    fn number(self) -> usize {
        self.open as usize * 2 + usize::from(self.follows)
    }

    fn of(number: usize) -> State {
        State { open: OPEN[number / 2], follows: number % 2 == 1 }
    }
}

/// Cost of a headline that follows its text: one page in five of the bench has such headlines.
const FOLLOWS: f32 = 2.0;
/// Cost of a headline that follows its text after an article in which it did, too.
const FOLLOWS_AGAIN: f32 = 0.2;
/// Cost of a headline before its text after an article whose headline followed its text.
const TURNS: f32 = 1.0;
/// Cost of a deck without the headline that it belongs to.
const DECK_FIRST: f32 = 5.0;
/// Cost of a text without a headline; the text at the top of a page may continue from another page.
const HEADLESS: f32 = 5.0;
/// Cost of a headline without text.
const BODILESS: f32 = 4.0;
/// Cost of a text that begins without any sign of a beginning.
const UNMARKED: f32 = 4.0;
/// Cost of such a text after a headline that closed an article, where some text must begin.
const AFTER_CLOSED: f32 = 0.7;
/// Cost of a dateline or salutation inside an article.
const MARKED_INSIDE: f32 = 6.0;
/// Cost of a byline inside an article, other than that below the headline.
const BYLINE_INSIDE: f32 = 3.0;
/// Cost of another kind of matter inside an article: notices below a story, verse after prose.
const MIXED: f32 = 2.5;
/// Cost of notices without a headline or without a sign of a beginning, since they need neither.
const PLAIN_NOTICES: f32 = 0.5;
/// Cost of an article that continues after a jump line or a signature.
const BEYOND_END: f32 = 2.5;
/// Cost of two headline blocks in a row if no kicker shows where the second begins.
const TWO_BLOCKS: f32 = 1.5;

/// Cost of a caption after the headline that closed an article.
const PICTURE_AFTER_CLOSED: f32 = 1.0;
/// Cost of a caption that is an article of its own.
const PICTURE_ALONE: f32 = 2.0;

/// Cost or gain of a headline all of whose pairs of characters are in one neighbouring text and none in the other.
const PULL: f32 = 6.0;
/// Units of a text in which the words of a headline are looked up.
const MAX_UNITS_READ: usize = 40;

/// Groups the units of a page into `articles`.
pub(crate) fn group(text: &str, units: &[Unit], articles: &mut Vec<Article>) {
    let numbers: Vec<usize> = (0..units.len()).filter(|&n| !units[n].role.is_furniture()).collect();
    let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) else { return };
    let marked: Vec<bool> = units.iter().map(|u| marked(text, u)).collect();
    let pulls = pulls(text, units, &marked);
    let page = &Page { units, marked: &marked, pulls: &pulls };
    let mut back: Vec<[(u8, bool); STATES]> = Vec::with_capacity(numbers.len());
    let mut cost = [f32::INFINITY; STATES];
    let (open, start) = page.begin(None, first);
    cost[State { open, follows: false }.number()] = start.min(AFTER_CLOSED);
    for pair in numbers.windows(2) {
        let mut next = [f32::INFINITY; STATES];
        let mut from = [(0u8, true); STATES];
        for before in (0..STATES).filter(|&s| cost[s] < f32::INFINITY) {
            let mut reach = |state: State, new: bool, price: f32| {
                let price = cost[before] + price;
                if price < next[state.number()] {
                    next[state.number()] = price;
                    from[state.number()] = (before as u8, new);
                }
            };
            let state = State::of(before);
            let follows = match state.open {
                Open::Closed => true,
                Open::Headed => false,
                Open::Headline | Open::Text => state.follows,
            };
            let (open, start) = page.begin(Some((pair[0], state.open)), pair[1]);
            let turn = if open == Open::Headline && follows { TURNS } else { 0.0 };
            reach(State { open, follows }, true, start + turn + page.end(state.open, pair[0]));
            if let Some((open, price)) = page.go_on(state, pair[0], pair[1]) {
                reach(State { open, ..state }, false, price);
            }
        }
        back.push(from);
        cost = next;
    }
    let price = |s: usize| cost[s] + page.end(State::of(s).open, last);
    let Some(mut state) = (0..STATES).min_by(|a, b| price(*a).total_cmp(&price(*b))) else { return };
    let mut begins = vec![true; numbers.len()];
    for (k, from) in back.iter().enumerate().rev() {
        let (before, new) = from[state];
        begins[k + 1] = new;
        state = before as usize;
    }
    for (&n, new) in numbers.iter().zip(begins) {
        if new {
            articles.push(Article::default());
        }
        if let Some(article) = articles.last_mut() {
            if units[n].role.is_headline() { article.headline.push(n) } else { article.body.push(n) }
        }
    }
}

/// The units of a page, with facts about each.
struct Page<'a> {
    units: &'a [Unit],
    /// Whether the unit shows that a text begins.
    marked: &'a [bool],
    /// The pull of each line of a headline, from -1 (its words are in the text after it) to 1 (in the text before it).
    pulls: &'a [f32],
}

impl Page<'_> {
    /// State and cost if a new article begins with unit `n`. `before` is the unit before it with the state after that.
    fn begin(&self, before: Option<(usize, Open)>, n: usize) -> (Open, f32) {
        let role = self.units[n].role;
        if role.is_headline() {
            let above = before.map(|(k, _)| self.units[k].role);
            let second = above.is_some_and(Role::is_headline) && role != Role::Kicker && above != Some(Role::Deck);
            let deck = if role == Role::Deck { DECK_FIRST } else { 0.0 };
            let pull = PULL * self.pulls[n];
            return (Open::Headline, deck + pull + if second { TWO_BLOCKS } else { 0.0 });
        }
        let cost = match before {
            _ if self.marked[n] => 0.3,
            _ if role == Role::Signature => UNMARKED,
            Some((_, Open::Closed)) => AFTER_CLOSED,
            Some((k, _)) if self.mixed(k, n) && role == Role::Notice => PLAIN_NOTICES,
            Some((k, _)) if ends(&self.units[k]) || self.mixed(k, n) => 1.0,
            _ => UNMARKED,
        };
        (Open::Text, cost)
    }

    /// Cost of ending an article with this unit.
    fn end(&self, open: Open, last: usize) -> f32 {
        match open {
            Open::Headline => BODILESS,
            Open::Text if self.units[last].role == Role::Notice => PLAIN_NOTICES,
            Open::Text if is_picture(self.units[last].role) => PICTURE_ALONE,
            Open::Text => HEADLESS,
            Open::Headed | Open::Closed => 0.0,
        }
    }

    /// State and cost if the article continues with unit `n`; `None` if it cannot.
    fn go_on(&self, state: State, above: usize, n: usize) -> Option<(Open, f32)> {
        let unit = &self.units[n];
        let kicker = unit.role == Role::Kicker;
        let pull = PULL * self.pulls[n];
        match (state.open, unit.role.is_headline()) {
            (Open::Headline, true) => Some((Open::Headline, pull + if kicker { 1.5 } else { 0.0 })),
            (Open::Text, true) => Some((Open::Closed, if state.follows { FOLLOWS_AGAIN } else { FOLLOWS } - pull)),
            (Open::Closed, true) => Some((Open::Closed, if kicker { 1.5 } else { 0.1 } - pull)),
            (Open::Closed, false) if is_picture(unit.role) => Some((Open::Closed, PICTURE_AFTER_CLOSED)),
            (Open::Closed, false) if unit.role == Role::Jump => Some((Open::Closed, 0.0)),
            (Open::Headed, true) | (Open::Closed, false) => None,
            (Open::Headline, false) => Some((
                Open::Headed,
                match unit.role {
                    Role::Jump => BODILESS,
                    role if is_picture(role) => PICTURE_ALONE,
                    _ => 0.0,
                },
            )),
            (Open::Headed | Open::Text, false) => {
                let lead = match (self.marked[n], unit.role) {
                    (true, Role::Byline) => BYLINE_INSIDE,
                    (true, _) if self.units[above].role != Role::Byline => MARKED_INSIDE,
                    _ => 0.0,
                };
                let past = if ends(&self.units[above]) && !ends(unit) { BEYOND_END } else { 0.0 };
                let mixed = if self.mixed(above, n) { MIXED } else { 0.0 };
                Some((state.open, lead + past + mixed))
            }
        }
    }

    /// Whether two units are of different kinds of matter, which are rarely in one article.
    fn mixed(&self, a: usize, b: usize) -> bool {
        matter(self.units[a].role) != matter(self.units[b].role)
    }
}

/// For each line of a headline: the share of its pairs of characters that are in the text before it, less the share that
/// are in the text after it.
fn pulls(text: &str, units: &[Unit], marked: &[bool]) -> Vec<f32> {
    let pairs = Pairs::of(text, units);
    let mut pulls = vec![0.0; units.len()];
    let mut n = 0;
    while n < units.len() {
        if !units[n].role.is_headline() {
            n += 1;
            continue;
        }
        let end = (n..units.len()).find(|&k| !units[k].role.is_headline()).unwrap_or(units.len());
        let of_text = |k: &usize| !units[*k].role.is_headline();
        let mut before: Vec<usize> = (0..n).rev().take(MAX_UNITS_READ).take_while(of_text).collect();
        // The text before begins at its nearest mark, such as a dateline.
        if let Some(k) = before.iter().position(|&k| marked[k]) {
            before.truncate(k + 1);
        }
        let mut after: Vec<usize> = (end..units.len()).take(MAX_UNITS_READ).take_while(of_text).collect();
        if let Some(k) = after.iter().skip(1).position(|&k| marked[k] && units[k].role != Role::Byline) {
            after.truncate(k + 1);
        }
        let words = Words::new((n..end).flat_map(|k| pairs.of_unit(k)).copied().collect());
        let (before, after) = (words.found(&pairs, &before), words.found(&pairs, &after));
        for (k, pull) in (n..end).zip(&mut pulls[n..end]) {
            let mut own = pairs.of_unit(k).to_vec();
            own.sort_unstable();
            own.dedup();
            let share = |found: &[bool]| {
                let count = own.iter().filter(|pair| words.place(**pair).is_some_and(|k| found[k])).count();
                count as f32 / own.len().max(1) as f32
            };
            *pull = share(&before) - share(&after);
        }
        n = end;
    }
    pulls
}

/// A pair of neighbouring Han: the codes of both.
type Pair = u64;

/// The pairs of a page's units. Each unit is read once, though it may lie beside two headlines.
struct Pairs {
    pairs: Vec<Pair>,
    /// Where those of each unit end.
    ends: Vec<usize>,
}

impl Pairs {
    fn of(text: &str, units: &[Unit]) -> Pairs {
        let mut pairs = Vec::with_capacity(text.len() / 3);
        let mut ends = Vec::with_capacity(units.len());
        for unit in units {
            let mut last: Option<u64> = None;
            for c in text[unit.range.clone()].chars() {
                let han = is_han(c).then_some(u64::from(c));
                if let (Some(first), Some(second)) = (last, han) {
                    pairs.push(first << 32 | second);
                }
                last = han;
            }
            ends.push(pairs.len());
        }
        Pairs { pairs, ends }
    }

    fn of_unit(&self, unit: usize) -> &[Pair] {
        let start = unit.checked_sub(1).map_or(0, |above| self.ends[above]);
        &self.pairs[start..self.ends[unit]]
    }
}

/// The pairs of a headline block, which are looked up in the texts around it.
struct Words {
    /// In order, each once.
    pairs: Vec<Pair>,
    /// A filter of one hash: a bit for each pair.
    filter: [u64; Words::FILTER],
}

impl Words {
    /// 1,024 bits: a block of twenty pairs lets one pair in fifty of another text pass.
    const FILTER: usize = 16;

    fn new(mut pairs: Vec<Pair>) -> Words {
        pairs.sort_unstable();
        pairs.dedup();
        let mut filter = [0; Words::FILTER];
        for &pair in &pairs {
            let (word, bit) = Words::bit(pair);
            filter[word] |= bit;
        }
        Words { pairs, filter }
    }

    #[inline]
    fn bit(pair: Pair) -> (usize, u64) {
        let hash = pair.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54;
        (hash as usize >> 6, 1 << (hash & 63))
    }

    fn place(&self, pair: Pair) -> Option<usize> {
        self.pairs.binary_search(&pair).ok()
    }

    /// Which of the pairs these units have.
    fn found(&self, pairs: &Pairs, units: &[usize]) -> Vec<bool> {
        let mut found = vec![false; self.pairs.len()];
        for &pair in units.iter().flat_map(|&unit| pairs.of_unit(unit)) {
            let (word, bit) = Words::bit(pair);
            if self.filter[word] & bit != 0
                && let Some(place) = self.place(pair)
            {
                found[place] = true;
            }
        }
        found
    }
}

fn is_picture(role: Role) -> bool {
    matches!(role, Role::Caption | Role::Credit)
}

/// Whether a text begins here: the unit has a dateline or a salutation, is a byline, or comes from another page.
fn marked(text: &str, unit: &Unit) -> bool {
    let body = &text[unit.range.clone()];
    matches!(unit.role, Role::Byline | Role::Dateline | Role::Resume)
        || unit.parts.first().is_some_and(|p| matches!(p.role, Role::Dateline | Role::Resume))
        || BUILT_IN.salutations.suffix_of(body).is_some_and(|s| body.len() <= 4 * s.len())
}

/// Whether a text ends here: it is signed, or continues elsewhere.
fn ends(unit: &Unit) -> bool {
    matches!(unit.role, Role::Signature | Role::Jump) || unit.parts.last().is_some_and(|p| p.role == Role::Jump)
}

/// The kind of matter. Few articles mix prose and notices, or verse and an index.
fn matter(role: Role) -> u8 {
    match role {
        Role::Notice => 1,
        Role::Index => 2,
        Role::Verse => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::Part;

    /// A unit for each letter: H headline, K kicker, D deck, B body, b byline, L dateline, C caption, X credit, J jump
    /// line, R line that a jump line leads to, S signature, N notice, V verse, I index, F folio. A lower-case l is a
    /// paragraph that begins with a dateline, j one that ends in a jump line. The text of a unit may precede its letter.
    fn page(letters: &str) -> (String, Vec<Unit>) {
        let (mut text, mut units) = (String::new(), Vec::new());
        for (n, word) in letters.split_inclusive(|c: char| c.is_ascii_alphabetic()).enumerate() {
            let letter = word.chars().next_back().unwrap_or_default();
            let given = &word[..word.len() - 1];
            let start = text.len();
            // Each unit has different characters, so that the words of a headline match no text.
            let own = |k: usize| char::from_u32(0x4E00 + (n * 7 + k) as u32).unwrap_or_default();
            if given.is_empty() {
                text.extend((0..5).map(own))
            } else {
                text.push_str(given)
            }
            let range = start..text.len();
            text.push('\n');
            let role = match letter {
                'H' => Role::Headline,
                'K' => Role::Kicker,
                'D' => Role::Deck,
                'B' | 'l' | 'j' => Role::Body,
                'b' => Role::Byline,
                'L' => Role::Dateline,
                'C' => Role::Caption,
                'X' => Role::Credit,
                'J' => Role::Jump,
                'R' => Role::Resume,
                'S' => Role::Signature,
                'N' => Role::Notice,
                'V' => Role::Verse,
                'I' => Role::Index,
                _ => Role::Folio,
            };
            let parts = match letter {
                'l' => vec![Part { role: Role::Dateline, range: start..start + 3 }],
                'j' => vec![Part { role: Role::Jump, range: range.end - 3..range.end }],
                _ => Vec::new(),
            };
            units.push(Unit { role, range, parts, ..Unit::default() });
        }
        (text, units)
    }

    /// The letters of each article, with | between two articles.
    fn grouped(letters: &str) -> String {
        let (text, units) = page(letters);
        let mut articles = Vec::new();
        group(&text, &units, &mut articles);
        let kinds: Vec<char> = letters.chars().filter(char::is_ascii_alphabetic).collect();
        let of = |a: &Article| {
            let mut all: Vec<usize> = a.headline.iter().chain(&a.body).copied().collect();
            all.sort_unstable();
            all.into_iter().map(|n| kinds[n]).collect::<String>()
        };
        articles.iter().map(of).collect::<Vec<_>>().join("|")
    }

    /// Each row: the units of a page, the articles that they make, and the case. It protects the cost of that case.
    const ROWS: &[(&str, &str, &str)] = &[
        ("", "", "an empty page"),
        ("F", "", "only furniture"),
        ("HB", "HB", "a headline and its text"),
        ("HBB", "HBB", "two paragraphs"),
        ("HBHB", "HB|HB", "two stories"),
        ("FHBFHBF", "HB|HB", "furniture belongs to no article"),
        ("KHDB", "KHDB", "kicker, headline, deck"),
        ("KHDBKHDB", "KHDB|KHDB", "twice"),
        ("HKHB", "HKHB", "a kicker between two headlines"),
        ("HHB", "HHB", "two lines of one headline"),
        ("DB", "DB", "a deck without its headline"),
        ("HDHB", "HDHB", "a headline after a deck"),
        ("lHlH", "lH|lH", "headlines after their texts"),
        ("lBHlBH", "lBH|lBH", "of two paragraphs"),
        ("lHKlH", "lHK|lH", "a kicker after the headline that closed"),
        ("lHDlHD", "lHD|lHD", "decks after the headlines"),
        ("lHHlH", "lHH|lH", "a headline of two lines after its text"),
        ("HlHlHl", "Hl|Hl|Hl", "datelines below their headlines"),
        ("lHHl", "lH|Hl", "one behind, one before"),
        ("BHB", "B|HB", "an unmarked text first"),
        ("BBHlB", "BB|HlB", "a text that comes from another page"),
        ("HBl", "HB|l", "a dateline inside"),
        ("HBBlBB", "HBB|lBB", "a dateline further down"),
        ("HbB", "HbB", "a byline below its headline"),
        ("HbBbB", "HbBbB", "a byline inside"),
        ("HbbB", "HbbB", "two bylines"),
        ("HbL", "HbL", "a dateline after a byline"),
        ("HbLB", "HbLB", "and its text"),
        ("HbBHbB", "HbB|HbB", "bylines of two stories"),
        ("HBJHB", "HBJ|HB", "a jump line ends one"),
        ("HBJB", "HBJB", "text after a jump line"),
        ("HBjB", "HBjB", "text after a paragraph that ends in one"),
        ("HBSB", "HBSB", "text after a signature"),
        ("HBSS", "HBSS", "two lines of a signature"),
        ("BSBS", "BSBS", "letters without headlines"),
        ("HJ", "HJ", "a jump line right below a headline"),
        ("HJB", "HJB", "and text after it"),
        ("HRB", "HRB", "a line from another page"),
        ("HBRB", "HB|RB", "one inside"),
        ("RBHB", "RB|HB", "one at the head of the page"),
        ("lHJ", "lHJ", "a jump line after the headline that closed"),
        ("lHC", "lHC", "a caption after it"),
        ("lHCl", "lHC|l", "and a text after that"),
        ("HBC", "HBC", "a caption in a story"),
        ("HC", "HC", "a caption right below a headline"),
        ("HX", "HX", "a credit right below one"),
        ("HCB", "HCB", "and text after it"),
        ("C", "C", "a caption alone"),
        ("CHB", "C|HB", "a caption first"),
        ("CX", "CX", "a caption and its credit"),
        ("HBN", "HB|N", "a notice after a story"),
        ("HBNN", "HB|NN", "two notices"),
        ("NNN", "NNN", "notices alone"),
        ("HN", "HN", "a headline over a notice"),
        ("HNHN", "HN|HN", "two of them"),
        ("HBV", "HBV", "verse after prose"),
        ("HVVV", "HVVV", "verse"),
        ("HVB", "HVB", "prose after verse"),
        ("HBI", "HBI", "an index after a story"),
        ("III", "III", "an index"),
        ("HIIHB", "HII|HB", "an index with a headline"),
        ("S", "S", "a signature alone"),
        ("HS", "HS", "below a headline"),
        ("H", "H", "a headline alone"),
        ("HH", "HH", "two headlines alone"),
        ("K", "K", "a kicker alone"),
        ("lHB", "l|HB", "a headline takes the text below if the text above is unmarked"),
        ("lHBlH", "l|HB|lH", "and another story"),
        ("lHBH", "lH|BH", "once a headline followed its text, the next does too"),
        ("lHBHBH", "lH|BH|BH", "and the one after it"),
        ("BHBH", "BH|BH", "unmarked texts with headlines behind them"),
        ("lHSHB", "l|HS|HB", "a signature behind a headline that closed"),
        ("lHNHNH", "lH|NH|NH", "notices too"),
        ("lBHHB", "lBH|HB", "one line of a block behind its text, one before"),
        ("lHCHB", "lHC|HB", "a caption behind one, and the next headline before its text"),
        ("lBHBHBHB", "lB|HB|HB|HB", "more headlines stand before their texts than behind"),
        ("lHKHB", "lH|KHB", "a kicker opens the next block"),
        ("lBlB", "lB|lB", "no headline at all"),
        ("HBBBBBB", "HBBBBBB", "a long story"),
        ("HBHBlH", "HB|HB|lH", "the last headline after its text"),
        ("lHlHHB", "l|Hl|HHB", "the last one before it"),
        ("清水进村乐H清水进村了l清水进村乐H石头会唱歌l", "Hl|Hl", "words pull a headline to the text below"),
        ("石头会唱歌l清水进村乐H清水进村了B", "l|HB", "to the unmarked text below"),
        ("清水进村了B清水进村乐H石头会唱歌B", "BH|B", "to the text above"),
        ("清水进村了l清水进村乐H石头会唱歌l", "lH|l", "to the marked text above"),
        ("清水进村了l清水进村乐H石头唱H石头会唱歌l", "lH|Hl", "each line of a block to its own text"),
        ("云台山下B清水进村了l清水进村乐H石头会唱歌l", "B|lH|l", "the text above is read from its dateline on"),
        ("清水进村了B云台山下l清水进村乐H石头会唱歌l", "B|l|Hl", "and not before it"),
        ("云台山下l清水进村乐H石头会唱歌B清水进村了l", "l|HB|l", "the text below is read up to the next dateline"),
        ("编辑：B渠水B", "BB", "a salutation opens a text"),
        ("渠水H渠水B编辑：B渠水B", "HB|BB", "a salutation inside a story"),
        ("渠水H渠水B同志们：B渠水B", "HB|BB", "another one"),
        ("渠水H渠水B尊敬的何苗同志：B渠水B", "HB|BB", "with a name"),
        ("渠水H渠水B昨天下午他在渠边对大家说同志：B渠水B", "HBBB", "a sentence that ends so is none"),
    ];

    #[test]
    fn units_are_grouped_by_the_costs_of_each_cut() {
        let wrong: Vec<String> = ROWS
            .iter()
            .filter(|(letters, articles, _)| grouped(letters) != *articles)
            .map(|(letters, articles, clause)| {
                format!("({letters:?}, {:?}) not {articles:?}: {clause}", grouped(letters))
            })
            .collect();
        assert!(wrong.is_empty(), "{} of {} rows fail:\n{}", wrong.len(), ROWS.len(), wrong.join("\n"));
    }
}
