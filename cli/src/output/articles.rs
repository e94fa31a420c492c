//! The articles of an input, counted.

use qingyang::Proof;
use qingyang::render::articles::{self, Piece};

/// The pages and the articles of an input, counted.
#[derive(Debug, Default)]
pub struct Counter {
    pub input: Option<String>,
    /// Form feeds so far.
    feeds: usize,
    articles: u64,
}

/// An article, or what belongs to none on a page.
pub struct Counted {
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

    /// The pieces of the next proof of the input.
    pub fn pieces(&mut self, proof: &Proof) -> Vec<Counted> {
        let mut all = articles::split(proof);
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
