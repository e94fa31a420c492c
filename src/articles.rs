//! Which units make an article: a headline block before or after its text, with bylines, paragraphs and captions.
//!
//! The cheapest way to cut the page into articles (a shortest path over its units): a headline opens an article or closes
//! one, a dateline opens a text, a jump line or a signature ends it. Costs are in nats, set by hand.

use crate::units::{Article, Role, Unit};

/// What is open behind a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Open {
    /// A headline without its text yet.
    Headline,
    /// A headline and text below it.
    Headed,
    /// Text without a headline yet.
    Text,
    /// Text and the headline behind it.
    Closed,
}

const OPEN: [Open; 4] = [Open::Headline, Open::Headed, Open::Text, Open::Closed];

/// A headline that follows its text: one page in five of the bench has some.
const FOLLOWS: f32 = 2.0;
/// A text whose headline is nowhere: the top of a page may go on from another.
const HEADLESS: f32 = 5.0;
/// A headline without text.
const BODILESS: f32 = 4.0;
/// A text that begins with no sign of a beginning.
const UNMARKED: f32 = 4.0;
/// The same behind a headline that closed an article: something must begin there.
const AFTER_CLOSED: f32 = 0.7;
/// A dateline or byline inside an article.
const MARKED_INSIDE: f32 = 3.0;
/// An article that goes on behind a jump line or a signature.
const BEYOND_END: f32 = 2.5;
/// Two headline blocks one behind the other, where no kicker shows where the second begins.
const TWO_BLOCKS: f32 = 1.5;

/// Groups the units of a page, into `articles`.
pub(crate) fn group(units: &[Unit], articles: &mut Vec<Article>) {
    let numbers: Vec<usize> = (0..units.len()).filter(|&n| !units[n].role.is_furniture()).collect();
    let Some(&first) = numbers.first() else { return };
    let mut back: Vec<[(u8, bool); 4]> = Vec::with_capacity(numbers.len());
    let mut cost = [f32::INFINITY; 4];
    let (open, start) = begin(units, None, first);
    cost[open as usize] = start.min(AFTER_CLOSED);
    for pair in numbers.windows(2) {
        let mut next = [f32::INFINITY; 4];
        let mut from = [(0u8, true); 4];
        for before in OPEN {
            if cost[before as usize] == f32::INFINITY {
                continue;
            }
            let mut reach = |open: Open, new: bool, price: f32| {
                let price = cost[before as usize] + price;
                if price < next[open as usize] {
                    next[open as usize] = price;
                    from[open as usize] = (before as u8, new);
                }
            };
            let (open, start) = begin(units, Some((pair[0], before)), pair[1]);
            reach(open, true, start + end(before));
            if let Some((open, price)) = go_on(units, before, pair[0], pair[1]) {
                reach(open, false, price);
            }
        }
        back.push(from);
        cost = next;
    }
    let price = |open: Open| cost[open as usize] + end(open);
    let Some(mut open) = OPEN.into_iter().min_by(|a, b| price(*a).total_cmp(&price(*b))) else { return };
    let mut begins = vec![false; numbers.len()];
    for (k, from) in back.iter().enumerate().rev() {
        let (before, new) = from[open as usize];
        begins[k + 1] = new;
        open = OPEN[before as usize];
    }
    begins[0] = true;
    for (&n, new) in numbers.iter().zip(begins) {
        if new {
            articles.push(Article::default());
        }
        if let Some(article) = articles.last_mut() {
            if units[n].role.is_headline() { article.headline.push(n) } else { article.body.push(n) }
        }
    }
}

/// A new article begins with this unit, behind what was open.
fn begin(units: &[Unit], before: Option<(usize, Open)>, n: usize) -> (Open, f32) {
    if units[n].role.is_headline() {
        let above = before.map(|(k, _)| units[k].role);
        let second = above.is_some_and(Role::is_headline) && units[n].role != Role::Kicker && above != Some(Role::Deck);
        return (Open::Headline, if second { TWO_BLOCKS } else { 0.0 });
    }
    let cost = match before {
        _ if marked(&units[n]) => 0.3,
        Some((_, Open::Closed)) => AFTER_CLOSED,
        Some((k, _)) if ends(&units[k]) => 1.0,
        // Another kind of matter: rows behind verse, notices behind a story.
        Some((k, _)) if matter(units[k].role) != matter(units[n].role) => UNMARKED - 1.5,
        _ => UNMARKED,
    };
    (Open::Text, cost)
}

/// What an article lacks that ends so.
fn end(open: Open) -> f32 {
    match open {
        Open::Headline => BODILESS,
        Open::Text => HEADLESS,
        Open::Headed | Open::Closed => 0.0,
    }
}

/// The article goes on with this unit.
fn go_on(units: &[Unit], before: Open, above: usize, n: usize) -> Option<(Open, f32)> {
    let unit = &units[n];
    match (before, unit.role.is_headline()) {
        (Open::Headline, true) => Some((Open::Headline, if unit.role == Role::Kicker { 1.5 } else { 0.0 })),
        (Open::Text, true) => Some((Open::Closed, FOLLOWS)),
        (Open::Closed, true) => Some((Open::Closed, if unit.role == Role::Kicker { 1.5 } else { 0.3 })),
        (Open::Headed, true) | (Open::Closed, false) => None,
        (Open::Headline, false) => Some((Open::Headed, 0.0)),
        (Open::Headed | Open::Text, false) => {
            let lead = marked(unit) && units[above].role != Role::Byline;
            let past = ends(&units[above]) && !ends(unit);
            Some((before, if lead { MARKED_INSIDE } else { 0.0 } + if past { BEYOND_END } else { 0.0 }))
        }
    }
}

/// A text begins here: it has a dateline or is a byline, or comes from another page.
fn marked(unit: &Unit) -> bool {
    matches!(unit.role, Role::Byline | Role::Dateline | Role::Resume)
        || unit.parts.first().is_some_and(|p| matches!(p.role, Role::Dateline | Role::Resume))
}

/// A text ends here: it is signed, or goes on elsewhere.
fn ends(unit: &Unit) -> bool {
    matches!(unit.role, Role::Signature | Role::Jump) || unit.parts.last().is_some_and(|p| p.role == Role::Jump)
}

/// What an article is made of: few hold prose and notices, or verse and an index.
fn matter(role: Role) -> u8 {
    match role {
        Role::Notice => 1,
        Role::Index => 2,
        Role::Verse => 3,
        _ => 0,
    }
}
