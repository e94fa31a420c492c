//! Two dialects of pages. Usual pages are newspaper pages whose line widths are reliable. Foreign pages have other content, or
//! were extracted by a tool that loses characters, splits lines, or ends a line after each mark. Each dialect has weights of its
//! own, and the habits of a page say which ones to use.

use super::templates::{Evidence, Template};
use crate::measure::Layout;

/// A share in six bins.
fn share(share: f32) -> u8 {
    [0.03, 0.1, 0.2, 0.35, 0.6].iter().map(|&step| u8::from(share >= step)).sum()
}

/// A width, or a number of lines, in six bins.
fn size(n: f32) -> u8 {
    [8.0, 16.0, 28.0, 44.0, 70.0].iter().map(|&step| u8::from(n >= step)).sum()
}

/// Log-odds that must speak for a foreign page before it is as likely as a usual one. Without them the bench, whose pages are all
/// usual, loses 0.003 unit F1; with twice as much the real pages lose as much as 0.04.
const LEAN: f32 = 0.75;

/// Beyond these log-odds only the foreign dialect is asked. With 0.8 one fixture of ten lines comes out wrong, with nothing
/// three fixtures of up to 34 lines. To ask one dialect only of pages of more than 40 lines saves 6 % of the time, but of nine real
/// documents five are in doubt, and their mean unit F1 falls by 0.03.
const SURELY_FOREIGN: f32 = 1.5;

/// Beyond these log-odds only the usual dialect is asked.
const SURELY_USUAL: f32 = 2.0;

/// Log-odds over which the share of the foreign dialect fades to nought. Where it ended at once, at 1.5, one fit of four that differ
/// in their seed alone had one of nine real documents on the other side, and 15 more of its breaks came out wrong.
const FADE: f32 = 0.5;

/// The share of the foreign dialect in the posteriors of a page, by the log-odds that the page is foreign.
pub fn foreign_share(foreignness: f32) -> f32 {
    match foreignness - LEAN {
        f if f > SURELY_FOREIGN => 1.0,
        f if f < -SURELY_USUAL => 0.0,
        f => ((f + SURELY_USUAL) / FADE).min(1.0) / (1.0 + (-f).exp()),
    }
}

/// Mixes a share of other posteriors in.
pub fn mix(posterior: &mut [f32], share: f32, by_other: &[f32]) {
    posterior.iter_mut().zip(by_other).for_each(|(one, other)| *one += share * (other - *one));
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
    "torn" 6, share(page.habits.torn * 5.0);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_foreign_share_fades_towards_usual_pages() {
        let shares: Vec<f32> = (-80..0).map(|n| foreign_share(LEAN + n as f32 / 20.0)).collect();
        assert_eq!(shares[0], 0.0);
        for pair in shares.windows(2) {
            assert!((0.0..0.03).contains(&(pair[1] - pair[0])), "{pair:?}");
        }
    }
}
