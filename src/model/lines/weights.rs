//! The weights for lines: 16-bit rows, one for each bin, laid out so that a machine adds eight at once.

use super::decoder::{BREAK_SCORES, PLACES, ROLES};
use super::dialects::{PAGE_BINS, PAGE_TEMPLATES, foreign_share, page_bins};
use super::second_look::{self, FACTS, TREES};
use super::templates::{
    BREAK_BINS, BREAK_ROWS, BREAK_TEMPLATES, BreakRow, LINE_BINS, LINE_ROWS, LINE_TEMPLATES, LineRow, Template,
};
use super::trees::{TREE_WORDS, Trees};
use crate::measure::Layout;
use crate::model::weights::{Format, Kind, TemplateHash, WeightsError, scaled};
use std::fmt;
use wide::i16x8;

/// Written by `fit lines --write`.
static NEWSPAPER: &[u8] = include_bytes!("weights.bin");

/// What a file of these weights must be.
const FORMAT: Format = Format {
    kind: Kind::Lines,
    templates: {
        let hash = hash_of(TemplateHash::EMPTY.and("lines", ROLES), LINE_TEMPLATES);
        let hash = hash_of(hash.and("breaks", BREAK_SCORES), BREAK_TEMPLATES);
        let hash = hash_of(hash.and("pages", 2), PAGE_TEMPLATES);
        hash_of_facts(hash.and("trees", TREES))
    },
    count: 2 * (LINE_BINS * ROLES + BREAK_BINS * BREAK_SCORES) + PAGE_BINS + TREES * TREE_WORDS,
};

const fn hash_of(mut hash: TemplateHash, templates: &[Template]) -> TemplateHash {
    let mut k = 0;
    while k < templates.len() {
        hash = hash.and(templates[k].name, templates[k].bins);
        k += 1;
    }
    hash
}

const fn hash_of_facts(mut hash: TemplateHash) -> TemplateHash {
    let mut list = 0;
    while list < second_look::LISTS.len() {
        let names = second_look::LISTS[list];
        let mut k = 0;
        while k < names.len() {
            hash = hash.and(names[k], list);
            k += 1;
        }
        list += 1;
    }
    hash.and("facts", FACTS)
}

/// The weights for lines.
#[derive(Clone)]
pub struct Weights {
    usual: Rows,
    foreign: Rows,
    /// The log-odds that a page is foreign, for each bin of each page template.
    pages: Vec<f32>,
    /// For a [second look](second_look) at doubtful breaks.
    trees: Trees,
    notes: String,
}

/// The weights of one dialect.
#[derive(Clone)]
pub(super) struct Rows {
    /// A row for each bin of each line template.
    pub lines: Box<[LineRow; LINE_ROWS]>,
    /// A row for each bin of each break template.
    pub breaks: Box<[BreakRow; BREAK_ROWS]>,
    /// Whether they are those of foreign pages. Those of usual ones are zero for the templates that only foreign pages have.
    pub foreign: bool,
}

/// The weights of one dialect as the fit has them: a row for each bin.
#[derive(Debug, Clone, Copy)]
pub struct FittedRows<'a> {
    /// By bin of the line templates.
    pub lines: &'a [[f32; ROLES]],
    /// By bin of the break templates.
    pub breaks: &'a [[f32; BREAK_SCORES]],
}

impl Weights {
    /// The built-in weights. While the templates are changed and not fitted yet, they do not fit and count as zeros; a test
    /// fails then.
    pub fn newspaper() -> Weights {
        Weights::from_bytes(NEWSPAPER).unwrap_or_else(|_| Weights::zeros())
    }

    /// Weights from a file that `fit lines` wrote.
    ///
    /// # Errors
    /// If the file does not fit the templates of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Weights, WeightsError> {
        let file = FORMAT.read(bytes)?;
        let mut weights = Weights { notes: file.notes.to_string(), ..Weights::zeros() };
        let mut stored = file.weights();
        let mut next = || stored.next().unwrap_or_default();
        weights.usual.fill(&mut next);
        weights.foreign.fill(&mut next);
        weights.pages.iter_mut().for_each(|weight| *weight = f32::from(next()) * 0.001);
        let words = (0..TREES * TREE_WORDS).map(|_| next());
        weights.trees = Trees::read(words, FACTS).ok_or(WeightsError::Damaged)?;
        Ok(weights)
    }

    /// The log-odds that a page is foreign.
    pub fn foreignness(&self, page: &Layout) -> f32 {
        page_bins(page).iter().map(|&bin| self.pages[usize::from(bin)]).sum()
    }

    /// Whether a page may be foreign, so that it needs a [closer look](Layout::look_closer).
    pub fn may_be_foreign(&self, page: &Layout) -> bool {
        foreign_share(self.foreignness(page)) > 0.0
    }

    /// The weights for a page, by the likelier dialect.
    pub(super) fn of_page(&self, page: &Layout) -> &Rows {
        if foreign_share(self.foreignness(page)) > 0.5 { &self.foreign } else { &self.usual }
    }

    /// The weights of the usual dialect, and those of the foreign one.
    pub(super) fn both(&self) -> [&Rows; 2] {
        [&self.usual, &self.foreign]
    }

    /// The trees of the second look.
    pub(super) fn trees(&self) -> &Trees {
        &self.trees
    }

    /// The bytes of a file of weights: a row for each bin, in the order of the templates and of the roles. `notes` are
    /// lines of `name: value`. `trees` are the words that [`Trees::read`] reads; without them there is no second look.
    pub fn to_file(
        notes: &str,
        usual: FittedRows<'_>,
        foreign: FittedRows<'_>,
        pages: &[f32],
        trees: &[i16],
    ) -> Vec<u8> {
        let all = |rows: FittedRows<'_>| -> Vec<f32> {
            rows.lines.iter().flatten().chain(rows.breaks.iter().flatten()).copied().collect()
        };
        let trees = (0..TREES * TREE_WORDS).map(|k| scaled(trees.get(k).copied().unwrap_or_default()));
        FORMAT.write(notes, all(usual).into_iter().chain(all(foreign)).chain(pages.iter().copied()).chain(trees))
    }

    /// The weights of a file as they are stored, in thousandths.
    ///
    /// # Errors
    /// As [`Weights::from_bytes`].
    pub fn thousandths(bytes: &[u8]) -> Result<Vec<i16>, WeightsError> {
        Ok(FORMAT.read(bytes)?.weights().collect())
    }

    /// What the fit noted: lines of `name: value`.
    pub fn notes(&self) -> &str {
        &self.notes
    }

    fn zeros() -> Weights {
        Weights {
            usual: Rows::zeros(false),
            foreign: Rows::zeros(true),
            pages: vec![0.0; PAGE_BINS],
            trees: Trees::default(),
            notes: String::new(),
        }
    }
}

impl Rows {
    fn zeros(foreign: bool) -> Rows {
        Rows { lines: Box::new([[i16x8::ZERO]; LINE_ROWS]), breaks: Box::new([[i16x8::ZERO; 2]; BREAK_ROWS]), foreign }
    }

    /// Fills the rows of all bins from stored weights.
    fn fill(&mut self, next: &mut impl FnMut() -> i16) {
        for row in &mut self.lines[..LINE_BINS] {
            let roles: [i16; ROLES] = std::array::from_fn(|_| next());
            *row = [i16x8::new(placed(roles))];
        }
        for row in &mut self.breaks[..BREAK_BINS] {
            let first = std::array::from_fn(|_| next());
            let rest = std::array::from_fn(|k| if k < BREAK_SCORES - 8 { next() } else { 0 });
            *row = [i16x8::new(first), i16x8::new(rest)];
        }
    }
}

impl fmt::Debug for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Weights").field("notes", &self.notes).finish_non_exhaustive()
    }
}

/// The weights of the roles, each at its place; those of a middle and an end stand there twice.
fn placed(roles: [i16; ROLES]) -> [i16; 8] {
    let mut placed = [0; 8];
    for (role, place) in roles.into_iter().zip(PLACES) {
        placed[place] = role;
    }
    (placed[2], placed[3]) = (placed[0], placed[1]);
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_weights_were_made_from_these_templates() {
        let fits = Weights::from_bytes(NEWSPAPER);
        assert!(fits.is_ok(), "fit the weights again, see docs/fitting.md: {fits:?}");
    }

    /// The largest sum that a lane can reach, either way.
    fn largest_sum<const N: usize>(templates: &[Template], rows: &[[i16x8; N]]) -> u32 {
        let mut bins = 0;
        let mut sums = vec![0; N * 8];
        for template in templates {
            let rows = &rows[bins..bins + template.bins];
            for (k, sum) in sums.iter_mut().enumerate() {
                let lane = |row: &[i16x8; N]| u32::from(row[k / 8].to_array()[k % 8].unsigned_abs());
                *sum += rows.iter().map(lane).max().unwrap_or_default();
            }
            bins += template.bins;
        }
        sums.into_iter().max().unwrap_or_default()
    }

    /// Sums saturate beyond 32.8, where a break is sure either way. The largest sum is that of bins that no line has together.
    #[test]
    fn sums_of_the_built_in_weights_hardly_saturate() {
        const MOST: u32 = 34_000;
        let weights = Weights::newspaper();
        for rows in [&weights.usual, &weights.foreign] {
            assert!(largest_sum(LINE_TEMPLATES, &rows.lines[..]) <= MOST);
            let breaks = largest_sum(BREAK_TEMPLATES, &rows.breaks[..]);
            assert!(breaks <= MOST, "{breaks}");
        }
    }
}
