//! Two dialects of pages. On the usual pages, widths are honest and the matter is that of newspapers. Foreign pages have other
//! matter, or were read by a recognizer or an extractor that loses glyphs, tears lines or ends them after each mark. Each
//! dialect has weights of its own, and the habits of a page say which ones to use.

use super::templates::Evidence;
use super::templates::Template;
use crate::measure::Layout;

/// A share in six bins.
fn share(share: f32) -> u8 {
    [0.03, 0.1, 0.2, 0.35, 0.6].iter().map(|&step| u8::from(share >= step)).sum()
}

/// A width, or a number of lines, in six bins.
fn size(n: f32) -> u8 {
    [8.0, 16.0, 28.0, 44.0, 70.0].iter().map(|&step| u8::from(n >= step)).sum()
}

/// The dialect of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dialect {
    /// As the pages of newspapers that the bench has.
    Usual,
    /// Of other matter, or damaged by its reader.
    Foreign,
    /// One or the other: foreign with this probability.
    Mixed(f32),
}

impl Dialect {
    /// Beyond these log-odds either way only one dialect is asked. At the edge the other one would have a weight of a fifth.
    const SURE: f32 = 1.5;

    /// The dialect by the log-odds that a page is foreign.
    pub fn of(foreignness: f32) -> Dialect {
        match foreignness {
            f if f > Dialect::SURE => Dialect::Foreign,
            f if f < -Dialect::SURE => Dialect::Usual,
            f => Dialect::Mixed(1.0 / (1.0 + (-f).exp())),
        }
    }
}

/// Posteriors mixed from those of one dialect and, with a share, those of the other.
pub fn mixed(share: f32, by_one: &[f32], by_other: &[f32]) -> Vec<f32> {
    by_one.iter().zip(by_other).map(|(one, other)| one + share * (other - one)).collect()
}

macro_rules! page_templates {
    (|$page:ident| $($name:literal $bins:expr, $bin:expr;)*) => {
        /// The templates of pages, in the order of their bins.
        pub const PAGE_TEMPLATES: &[Template] = &[$(Template { name: $name, bins: $bins, kind: Evidence::Base, foreign: false }),*];

        /// The bins of a page, one for each template, numbered through all templates.
        pub fn page_bins($page: &Layout) -> [u16; PAGE_TEMPLATES.len()] {
            let bins: [u8; PAGE_TEMPLATES.len()] = [$($bin),*];
            let mut offset = 0;
            std::array::from_fn(|k| {
                let bin = offset + u16::from(bins[k]);
                offset += PAGE_TEMPLATES[k].bins as u16;
                bin
            })
        }
    };
}

page_templates! { |page|
    "base" 1, 0;
    "even" 6, share(1.0 - page.habits.even);
    "ragged" 6, share(page.habits.ragged);
    "short" 6, share(page.habits.short);
    "ends inside sentences" 6, share(page.habits.mid_ends);
    "ends in marks" 6, share(page.habits.marked_ends);
    "pieces" 6, share(page.habits.pieces);
    "blank inside sentences" 6, share(page.habits.blank_mid);
    "blank after stops" 6, share(page.habits.blank_stop);
    "indent inside sentences" 6, share(page.habits.indent_mid);
    "indent after stops" 6, share(page.habits.indent_stop);
    "spaced" 6, share(page.habits.spaced);
    "doubled" 6, share(page.habits.doubled);
    "lost indent" 7, page.habits.lost_indent.map_or(6, share);
    "lines" 6, size(page.lines.len() as f32);
    "measure" 6, size(page.habits.mean_measure);
    "exact" 6, share(page.habits.exact);
    "openings" 6, share(page.habits.openings);
    "exact and openings" 36, share(page.habits.exact) * 6 + share(page.habits.openings);
    "even and ragged" 36, share(1.0 - page.habits.even) * 6 + share(page.habits.ragged);
}

/// How many bins there are.
pub const PAGE_BINS: usize = {
    let mut n = 0;
    let mut k = 0;
    while k < PAGE_TEMPLATES.len() {
        n += PAGE_TEMPLATES[k].bins;
        k += 1;
    }
    n
};
