//! The scores of a page: the weights of its bins added up, and the fixed priors.

use super::bins::BLOCK;
use super::columns::BESIDE;
use super::decoder::{Decoder, Scores};
use super::dialects::{foreign_share, mix};
use super::page_priors;
use super::second_look::look_again;
use super::templates::{Block, Features};
use super::weights::{Rows, Weights};
use wide::i16x8;

impl Features<'_> {
    /// Computes the scores of all lines and breaks by the likelier dialect, with the priors.
    pub fn score(&self, weights: &Weights, scores: &mut Scores) {
        self.score_by(weights.of_page(self.page), scores);
    }

    /// Computes the posterior of all breaks, with both dialects where the page is doubtful. The scores are those of the likelier
    /// one. `adjust` adds to the scores what the text does not say.
    pub fn decode(
        &self,
        weights: &Weights,
        scores: &mut Scores,
        decoder: &mut Decoder,
        posterior: &mut Vec<f32>,
        adjust: impl Fn(&mut Scores),
    ) {
        let foreignness = weights.foreignness(self.page);
        let foreign = foreign_share(foreignness);
        let [usual, other] = weights.both();
        let (likelier, other, share) =
            if foreign > 0.5 { (other, usual, 1.0 - foreign) } else { (usual, other, foreign) };
        if share == 0.0 {
            self.score_by(likelier, scores);
            adjust(scores);
            decoder.posteriors(scores, posterior);
        } else {
            let mut second = std::mem::take(&mut decoder.second);
            self.score_by_all(&mut [(likelier, scores), (other, &mut second.scores)]);
            adjust(scores);
            adjust(&mut second.scores);
            decoder.posteriors(scores, posterior);
            decoder.posteriors(&second.scores, &mut second.posterior);
            mix(posterior, share, &second.posterior);
            decoder.second = second;
        }
        if foreign > 0.0 {
            look_again(self.page, weights.trees(), foreignness, posterior);
        }
    }

    fn score_by(&self, weights: &Rows, scores: &mut Scores) {
        self.score_by_all(&mut [(weights, scores)]);
    }

    /// Computes the scores by each of these weights. The bins are the same for all of them.
    fn score_by_all(&self, dialects: &mut [(&Rows, &mut Scores)]) {
        for (_, scores) in &mut *dialects {
            scores.lines.clear();
            scores.breaks.clear();
        }
        let any_foreign = dialects.iter().any(|(weights, _)| weights.foreign);
        let n = self.page.lines.len();
        let mut block = const { Block::new() };
        for incoming in (0..n + BESIDE).step_by(BLOCK) {
            block.advance(self, incoming, any_foreign);
            let (from, to) = (incoming.saturating_sub(BESIDE), (incoming + BLOCK - BESIDE).min(n));
            let of_block = |line: usize| line + BESIDE - incoming;
            let breaks = from..to.min(n.saturating_sub(1));
            for (weights, scores) in &mut *dialects {
                let foreign = weights.foreign;
                let of_line = |line: usize| scaled(block.add_line(&weights.lines, of_block(line), foreign));
                scores.lines.extend((from..to).map(of_line));
                let of_break = |line: usize| scaled(block.add_break(&weights.breaks, of_block(line), foreign));
                scores.breaks.extend(breaks.clone().map(of_break));
            }
            // In a loop of its own: a call inside the sums would spill their registers.
            for i in block.columns.with_prior() {
                let line = (incoming + i).wrapping_sub(BESIDE);
                if breaks.contains(&line) {
                    let prior = self.prior(line);
                    for (_, scores) in &mut *dialects {
                        scores.add_to_joins(line, prior);
                    }
                }
            }
        }
        for (_, scores) in dialects {
            page_priors::of_page(self.page, scores);
        }
    }
}

/// Scores from thousandths.
#[inline(always)]
fn scaled<const N: usize, const SCORES: usize>(sum: [i16x8; N]) -> [f32; SCORES] {
    let lanes = sum.map(i16x8::to_array);
    std::array::from_fn(|k| f32::from(lanes[k / 8][k % 8]) * 0.001)
}

#[cfg(test)]
mod tests {
    use super::super::decoder::settle;
    use super::super::facts::{capital, number_across};
    use super::super::templates::{BreakRow, LineRow, add};
    use super::*;
    use crate::measure::{CLASSES, Class, Cue, Layout, Line, MAX_COUNT};
    use proptest::prelude::*;

    /// A page with lines of every first and last character, some of them wide, marked, listed or Latin.
    fn page_of_all_edges() -> Layout {
        const FEET: [[char; 2]; 3] = [['第', '\0'], ['.', '1'], ['，', '\0']];
        let foot = |last: u8, k: usize| if last == Class::Dash as u8 { ['-', 'a'] } else { FEET[k * 7 % 11 % 3] };
        const HEADS: [char; 4] = ['年', 'A', 'a', '1'];
        let mut page = Layout::default();
        for last in 0..CLASSES as u8 {
            for first in 0..CLASSES as u8 {
                let k = page.lines.len();
                page.lines.push(Line {
                    first: Class::numbered(first),
                    last: Class::numbered(last),
                    last_chars: foot(last, k),
                    first_char: HEADS[k * 5 % 13 % 4],
                    width: [34, 36, 90, 7, 33][k * 3 % 17 % 5],
                    glyphs: if k % 23 == 0 { 1 } else { 17 },
                    indent: if k % 29 == 0 { 8 } else { 0 },
                    latin: if k % 17 == 4 { 16 } else { 0 },
                    cue: if k % 11 == 1 { Cue::Number } else { Cue::None },
                    list_position: if k % 7 == 0 { (k % 5) as u8 } else { 0 },
                    folio: k % 41 == 0,
                    doubled: k % 37 == 0,
                    unbroken: k % 43 == 0,
                    address: k % 19 == 0,
                    ..Line::BEYOND_PAGE
                });
            }
        }
        // In another order, so that every pair of characters meets at a break.
        for last in 0..CLASSES {
            for first in 0..CLASSES {
                let above = page.lines[last * CLASSES + first];
                page.lines.push(above);
                let below = page.lines[(first + last) % CLASSES * CLASSES + first];
                page.lines.push(below);
            }
        }
        page.compare();
        page
    }

    proptest! {
        #[test]
        fn lines_that_a_caller_made_are_compared_and_scored_whatever_they_say(
            made in prop::collection::vec((
                prop::array::uniform12(prop::sample::select(vec![0, 1, 15, 40, 90, MAX_COUNT, 32_767, 32_768, 65_529, u16::MAX])),
                any::<[u8; 5]>(),
                prop::array::uniform2(0..CLASSES as u8),
                any::<[bool; 7]>(),
            ), 0..40)
        ) {
            let mut page = Layout::default();
            page.lines.extend(made.into_iter().map(|(counts, bytes, [first, last], told)| {
                let [width, indent, first_word_width, glyphs, digits, latin, marks, gaps, spaced, loose, quarters, item_number] = counts;
                let [blanks, bond, open, list_position, short_run] = bytes;
                let [doubled, plain, bracketed, folio, address, narrow, unbroken] = told;
                Line {
                    width, indent, first_word_width, glyphs, digits, latin, marks, gaps, spaced, loose, quarters, item_number,
                    blanks, bond, open, list_position, short_run,
                    doubled, plain, bracketed, folio, address, narrow, unbroken,
                    first: Class::numbered(first),
                    last: Class::numbered(last),
                    quarter_sides: (quarters, gaps, spaced, loose),
                    ..Line::BEYOND_PAGE
                }
            }));
            page.compare();
            let mut scores = Scores::default();
            Features::new(&page).score(&Weights::newspaper(), &mut scores);
            let (mut posterior, mut roles) = (Vec::new(), Vec::new());
            Decoder::default().posteriors(&scores, &mut posterior);
            settle(&scores, &posterior, &mut roles);
            prop_assert_eq!(roles.len(), page.lines.len());
            prop_assert!(posterior.iter().all(|p| (0.0..=1.0).contains(p)));
        }
    }

    #[test]
    fn a_break_without_the_mark_of_a_prior_has_none() {
        let page = page_of_all_edges();
        let features = Features::new(&page);
        let mut without = 0;
        for above in 0..page.lines.len() - 1 {
            let (block, i) = Block::around(&features, above);
            if !block.columns.with_prior().any(|with| with == i) {
                assert_eq!(features.prior(above), 0.0, "{:?}", &page.lines[above..above + 2]);
                without += 1;
            }
            let (a, b) = (&page.lines[above], &page.lines[above + 1]);
            assert_eq!(block.columns.number.below(i), number_across(a, b));
            assert_eq!(block.columns.capital.below(i), capital(a, b, page.column_above[above]));
        }
        assert!(without > page.lines.len() / 10);
    }

    #[test]
    fn a_line_scores_the_same_wherever_in_a_block_it_falls() {
        let page = page_of_all_edges();
        for n in [0, 1, 2, 13, 14, 15, 16, 17, 30, 31, 100] {
            let mut part = Layout::default();
            part.lines.extend_from_slice(&page.lines[..n]);
            part.compare();
            let features = Features::new(&part);
            let mut scores = Scores::default();
            let weights = &Weights::newspaper();
            features.score(weights, &mut scores);
            let weights = weights.of_page(&part);
            let mut of_page = Scores { breaks: vec![[0.0; 12]; n.saturating_sub(1)], ..Scores::default() };
            page_priors::of_page(&part, &mut of_page);
            assert_eq!((scores.lines.len(), scores.breaks.len()), (n, n.saturating_sub(1)));
            for i in 0..n {
                let rows = features.line_bins(i).iter().fold(LineRow::default(), |mut sum, &bin| {
                    add(&mut sum, &weights.lines[usize::from(bin)]);
                    sum
                });
                assert_eq!(scores.lines[i], scaled(rows));
                if i + 1 < n {
                    let rows = features.break_bins(i).iter().fold(BreakRow::default(), |mut sum, &bin| {
                        add(&mut sum, &weights.breaks[usize::from(bin)]);
                        sum
                    });
                    let mut expected: [f32; 12] = scaled(rows);
                    expected[..4].iter_mut().for_each(|s| *s += features.prior(i));
                    expected.iter_mut().zip(of_page.breaks[i]).for_each(|(s, prior)| *s += prior);
                    assert_eq!(scores.breaks[i], expected);
                }
            }
        }
    }
}
