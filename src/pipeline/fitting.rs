//! Single stages of the pipeline, for the crate that fits the models and for benchmarks.

use super::{BreakOverrides, Pipeline};
use crate::measure::Layout;
use crate::model::Model;
use crate::model::lines::place_look;
use crate::model::units::{geometry, templates};
use crate::options::Options;
use crate::proof::Unit;
use crate::structure::units;

/// The text of a page as the line model sees it, and the first bytes of the lines that were printed twice.
pub fn prepare_for_roles(raw: &str) -> (String, Vec<usize>) {
    let mut pipeline = Pipeline::new(Options::default(), Model::newspaper());
    pipeline.layout_of(raw);
    (pipeline.document.text().to_string(), pipeline.document.doubled().to_vec())
}

/// What a fit of the places of units needs of the page that was cleaned last: for each unit its text, the probabilities of its
/// kinds by the text alone, and the bins of its place.
pub type UnitEvidence = (String, Vec<f32>, Option<[usize; geometry::COUNT]>);

/// What a fit of the trees for places needs of a break: the numbers of both lines among those of the text, the probability by the
/// chain, and the facts.
pub type BreakEvidence = ([usize; 2], f32, Vec<i16>);

impl Pipeline {
    /// The breaks of a page whose places are known.
    pub(crate) fn break_evidence(&mut self, raw: &str) -> Vec<BreakEvidence> {
        self.measure(raw, true);
        let numbers = self.lines_of_input(raw);
        self.standing = self.take_places(raw);
        self.read_chain();
        let (page, posterior) = (&self.layout, &self.buffers.posterior);
        let of = |i: usize| {
            let mut facts = Vec::new();
            place_look::facts(page, &self.standing, posterior, i, &mut facts);
            ([numbers[i], numbers[i + 1]], posterior[i], facts)
        };
        (0..posterior.len()).map(of).collect()
    }

    pub(crate) fn unit_evidence(&self) -> Vec<UnitEvidence> {
        let Pipeline { document, layout, plan, standing, model, .. } = self;
        let mut list = Vec::new();
        let set = units::Typeset { layout, plan, anchors: document.lines(), places: standing };
        let units::Cut { facts, spots } = units::cut(document.text(), set, &mut list, &mut Layout::default());
        let rows = units::rows_of_text(document.text(), &list, &facts, model.units(), layout.vocabulary());
        let chain = model.units().chain(&rows);
        let marginals = chain.marginals();
        let sheet = geometry::PageExtent::of(&spots);
        let of = |(i, unit): (usize, &Unit)| {
            let text = document.text()[unit.range.clone()].to_string();
            (text, marginals.states(i).to_vec(), geometry::bins(&spots, sheet, i))
        };
        list.iter().enumerate().map(of).collect()
    }
}

/// The clean page if exactly these breaks are kept.
pub fn finish_with_breaks(raw: &str, kept: &[bool]) -> String {
    let mut pipeline = Pipeline::new(Options::default(), Model::newspaper());
    pipeline.clean(raw, BreakOverrides::All(kept)).document.text().to_string()
}

/// A clean page, its units, and for each unit the bins of its feature templates.
pub fn measured_units(raw: &str) -> (String, Vec<Unit>, Vec<[u16; templates::COUNT]>) {
    let mut pipeline = Pipeline::new(Options { units: true, ..Options::default() }, Model::newspaper());
    pipeline.clean(raw, BreakOverrides::None);
    let Pipeline { document, layout, plan, standing, .. } = &mut pipeline;
    let read = document.take_units();
    let set = units::Typeset { layout, plan, anchors: document.lines(), places: standing };
    let facts = units::cut(document.text(), set, &mut Vec::new(), &mut Layout::default()).facts;
    let bins = (0..facts.len()).map(|i| facts.bins(i)).collect();
    (document.text().to_string(), read, bins)
}
