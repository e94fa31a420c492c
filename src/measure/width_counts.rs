//! How many of a page's lines are full, short or ragged: their widths beside the measures and columns around them. The facts of
//! the lines lie side by side, so that one loop without branches counts many lines at once.

use super::line::Line;

/// Half-widths of the narrowest line that counts as running text.
const RUNNING: u16 = 16;

/// Counts of a page's lines.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct WidthCounts {
    /// The sum of the measures.
    pub measures: u32,
    /// Lines of less than half of the measure.
    pub short: u32,
    /// Lines without a stop at their end that are between half of the measure and 0.92 of it.
    pub ragged: u32,
    /// Lines that fill the measure to half an em.
    pub exact: u32,
    /// Lines of running text; those of them that end inside a sentence; those that are as wide as their column.
    pub running: u32,
    pub mid: u32,
    pub even: u32,
    /// Lines well short of the measure that fill it together with the line below.
    pub pieces: u32,
}

/// Counts lines, and keeps its memory from page to page.
#[derive(Debug, Clone, Default)]
pub(super) struct WidthCounter {
    widths: Vec<u16>,
    /// 1 where a line ends in a stop.
    stops: Vec<u16>,
}

impl WidthCounter {
    /// Counts the lines. `stops` is the set of classes that end a sentence; `measures` and `columns` have an entry for each line.
    pub fn count(&mut self, lines: &[Line], stops: u32, measures: &[u16], columns: &[u16]) -> WidthCounts {
        let WidthCounter { widths, stops: stopped } = self;
        widths.clear();
        widths.extend(lines.iter().map(|line| line.width));
        stopped.clear();
        stopped.extend(lines.iter().map(|line| u16::from(line.last.is_in(stops))));
        let mut counts = WidthCounts::default();
        let facts = widths.iter().zip(&*stopped).zip(measures.iter().zip(columns));
        for ((&width, &stopped), (&measure, &column)) in facts {
            let mid = stopped == 0;
            let short = width.saturating_add(width) < measure;
            // 0.92 is 23 of 25.
            let below = u32::from(width) * 25 < u32::from(measure) * 23;
            let runs = width >= RUNNING;
            counts.measures += u32::from(measure);
            counts.short += u32::from(short);
            counts.ragged += u32::from(mid & !short & below);
            counts.exact += u32::from(width.abs_diff(measure) <= 1);
            counts.running += u32::from(runs);
            counts.mid += u32::from(runs & mid);
            counts.even += u32::from(runs & (width.abs_diff(column) <= 3));
        }
        let below = widths.get(1..).unwrap_or_default();
        for ((&width, &next), &measure) in widths.iter().zip(below).zip(measures) {
            let both = width.saturating_add(next);
            counts.pieces += u32::from((width < measure / 8 * 7) & (both.abs_diff(measure) <= 2));
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Class;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_are_counted_as_their_shares_of_the_measure_say(
            facts in prop::collection::vec((0u16..90, any::<bool>(), 0u16..90, 0u16..90), 0..40)
        ) {
            let class = |stopped: bool| if stopped { Class::Stop } else { Class::Han };
            let lines: Vec<Line> =
                facts.iter().map(|f| Line { width: f.0, last: class(f.1), ..Line::BEYOND_PAGE }).collect();
            let (measures, columns): (Vec<u16>, Vec<u16>) = facts.iter().map(|f| (f.2, f.3)).unzip();
            let count = |wanted: &dyn Fn(usize, f64) -> bool| {
                let shares = facts.iter().map(|f| f64::from(f.0) / f64::from(f.2)).enumerate();
                shares.filter(|&(i, share)| wanted(i, share)).count() as u32
            };
            let runs = |i: usize| facts[i].0 >= 16;
            let found = WidthCounter::default().count(&lines, Class::set(&[Class::Stop]), &measures, &columns);
            prop_assert_eq!(found, WidthCounts {
                measures: measures.iter().map(|&m| u32::from(m)).sum(),
                short: count(&|_, share| share < 0.5),
                ragged: count(&|i, share| !facts[i].1 && (0.5..0.92).contains(&share)),
                exact: count(&|i, _| facts[i].0.abs_diff(facts[i].2) <= 1),
                running: count(&|i, _| runs(i)),
                mid: count(&|i, _| runs(i) && !facts[i].1),
                even: count(&|i, _| runs(i) && facts[i].0.abs_diff(facts[i].3) <= 3),
                pieces: count(&|i, _| {
                    let both = facts.get(i + 1).map(|next| facts[i].0 + next.0);
                    facts[i].0 < facts[i].2 / 8 * 7 && both.is_some_and(|both| both.abs_diff(facts[i].2) <= 2)
                }),
            });
        }
    }
}
