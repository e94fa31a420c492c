//! A proof cut into its articles: each is a small proof, which every view can show. What belongs to no article is one
//! more, so that no text is lost.

use super::sheets;
use crate::proof::{Article, DroppedFurniture, Proof, Unit};
use crate::structure::imprint::Imprint;

/// The units of one article, or those of a page that belong to none.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Piece {
    /// How many form feeds of the proof's text stand before its page.
    pub page: usize,
    /// Whether it is an article, and not what belongs to none.
    pub is_article: bool,
    /// Date, numbers and paper, as the page prints them.
    pub imprint: Imprint,
    /// Its units as a proof, the headline block first.
    pub proof: Proof,
}

/// The pages and the articles of an input, counted over its proofs.
///
/// ```
/// use qingyang::{Cleaner, Options, render::articles::Counter};
/// let mut cleaner = Cleaner::new(Options::default().with_units(true));
/// let mut counter = Counter::default();
/// counter.input(Some("pages.txt"));
/// let proof = cleaner.page("新桥通车\n渠水上的新桥通车了。\n\x0c稻田泛黄\n沿岸的稻田渐渐泛黄。\n");
/// let counted = counter.pieces(&proof);
/// assert_eq!(counted.iter().map(|one| (one.page, one.number)).collect::<Vec<_>>(), [(1, 1), (2, 2)]);
/// ```
#[derive(Debug, Default)]
pub struct Counter {
    input: Option<String>,
    /// Form feeds so far.
    feeds: usize,
    articles: u64,
}

/// An article, or what belongs to none on a page.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Counted {
    /// Its units.
    pub piece: Piece,
    /// Number of the page in the input, from 1.
    pub page: usize,
    /// Number of the article in the input, from 1.
    pub number: u64,
}

impl Counter {
    /// Begins another input; standard input has no name.
    pub fn input(&mut self, name: Option<&str>) {
        *self = Counter { input: name.map(str::to_string), ..Counter::default() };
    }

    /// The name of the input.
    pub fn name(&self) -> Option<&str> {
        self.input.as_deref()
    }

    /// The pieces of the next proof of the input.
    pub fn pieces(&mut self, proof: &Proof) -> Vec<Counted> {
        let mut all = split(proof);
        let pieces = all.drain(..).map(|mut piece| {
            if let Some(name) = &self.input {
                piece.imprint.take_name(name);
            }
            self.articles += u64::from(piece.is_article);
            Counted { page: self.feeds + piece.page + 1, number: self.articles, piece }
        });
        let pieces = pieces.collect();
        self.feeds += proof.text.matches('\x0c').count();
        pieces
    }
}

/// The articles of each page, and behind them what belongs to none of them.
///
/// ```
/// use qingyang::{Cleaner, Options, render};
/// let raw = "第03版 要闻\n新桥通车\n本报讯（记者 何苗）昨日上午，渠水上的新桥通车了。\n";
/// let proof = Cleaner::new(Options::default().with_units(true)).page(raw);
/// let pieces = render::articles::split(&proof);
/// assert!(pieces[0].is_article && pieces[0].proof.text.starts_with("新桥通车\n"));
/// assert_eq!(pieces[0].imprint.page.as_deref(), Some("3"));
/// assert_eq!(pieces[1].proof.text, "第03版 要闻\n");
/// ```
pub fn split(proof: &Proof) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut page = 0;
    for sheet in sheets(proof) {
        // The first page of a proof may continue that of the proof before.
        page += sheet.feeds;
        let imprint = sheet.imprint();
        let (of_page, dropped) = (furniture(sheet.dated_lines()), furniture(sheet.furniture.iter().copied()));
        let mut left = vec![true; sheet.units.len()];
        let mut piece = |is_article: bool, headline: Vec<usize>, body: Vec<usize>| {
            let text = |unit: &Unit| sheet.text_of(unit).to_string();
            let units: Vec<&Unit> = headline.iter().chain(&body).map(|&k| &sheet.units[k]).collect();
            let article = is_article.then_some(headline.len());
            // What belongs to no article still has the furniture that was kept.
            let furniture = if is_article { &of_page } else { &dropped };
            let proof = Proof { furniture: furniture.clone(), ..proof_of(&units, text, article) };
            pieces.push(Piece { page, is_article, imprint: imprint.clone(), proof });
        };
        for article in &sheet.articles {
            let own = |n: &usize| n.checked_sub(sheet.first).filter(|k| *k < sheet.units.len());
            let mut take = |list: &[usize]| {
                let units: Vec<usize> = list.iter().filter_map(own).filter(|&k| std::mem::take(&mut left[k])).collect();
                units
            };
            let (headline, body) = (take(&article.headline), take(&article.body));
            if !headline.is_empty() || !body.is_empty() {
                piece(true, headline, body);
            }
        }
        let rest: Vec<usize> = (0..left.len()).filter(|&k| left[k]).collect();
        if !rest.is_empty() {
            piece(false, Vec::new(), rest);
        }
    }
    pieces
}

/// Lines as furniture that a page dropped.
fn furniture<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<DroppedFurniture> {
    lines.map(|text| DroppedFurniture { page: 0, text: text.to_string() }).collect()
}

/// A proof of these units, a line each. `article` is the number of units of the headline block, if they are an article.
fn proof_of(units: &[&Unit], text: impl Fn(&Unit) -> String, article: Option<usize>) -> Proof {
    let mut proof = Proof::default();
    for unit in units {
        let start = proof.text.len();
        let mut moved = (*unit).clone();
        proof.text.push_str(&text(unit));
        let shift = |n: usize| n + start - unit.range.start;
        moved.range = start..proof.text.len();
        moved.parts.iter_mut().for_each(|part| part.range = shift(part.range.start)..shift(part.range.end));
        proof.text.push('\n');
        proof.units.push(moved);
    }
    let headline = article.unwrap_or_default();
    proof.articles.extend(
        article.map(|_| Article { headline: (0..headline).collect(), body: (headline..units.len()).collect() }),
    );
    proof
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cleaner, Options};

    #[test]
    fn every_unit_of_every_page_is_in_one_piece() {
        let raw = "澜江日报 2023年8月18日 星期五\n新桥通车\n本报讯（记者 何苗）昨日上午，渠水上的新桥通车了。\n\x0c\
                   第02版 民生\n稻田黄了\n本报讯（记者 何苗）昨日下午，沿岸的稻田渐渐泛黄。\n责任编辑 何苗\n";
        let proof = Cleaner::new(Options::default().with_units(true)).page(raw);
        let pieces = split(&proof);
        let mut found: Vec<String> = pieces.iter().flat_map(|p| p.proof.text.lines().map(str::to_string)).collect();
        let mut wanted: Vec<String> = proof.text.replace('\x0c', "").lines().map(str::to_string).collect();
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted);
        let pages: Vec<(usize, bool)> = pieces.iter().map(|p| (p.page, p.is_article)).collect();
        assert_eq!(pages, [(0, true), (0, false), (1, true), (1, false)]);
        for piece in &pieces {
            assert_eq!(sheets(&piece.proof)[0].imprint(), piece.imprint, "{}", piece.proof.text);
        }
    }
}
