//! Runs one page through all passes. Only the pipeline calls the passes and the readers of structure.

mod cleaned_before;
mod decide;
pub mod fitting;

use crate::document::Document;
#[cfg(feature = "rules")]
use crate::document::edit::Edits;
use crate::document::trace::Side;
use crate::measure::{Layout, Place};
use crate::model::Model;
use crate::model::lines::decoder::{Decoder, Scores, settle};
use crate::model::lines::templates::Features;
use crate::model::lines::{Added, explain, geometry, place_look, word_look};
use crate::options::{Options, Order};
#[cfg(feature = "rules")]
use crate::passes::custom;
use crate::passes::suspect_chars::SuspectChars;
use crate::passes::typeset::rejoin;
use crate::passes::typeset::tokens::Tokens;
use crate::passes::{controls, doubled, glyphs, mojibake, order, punctuation, sentences};
use crate::plan::{LineRole, Plan};
use crate::proof::{Article, Break, Certainty, Evidence};
use crate::rule::Rule;
#[cfg(feature = "rules")]
use crate::rules::CustomRules;
use crate::structure::repeated::Repeated;
use crate::structure::{articles, furniture, units};
use crate::text::ends::count_line_feeds;
use crate::vocabulary::Vocabulary;

/// Decisions about the line breaks of a page that override the model.
pub(crate) enum BreakOverrides<'a> {
    /// No decisions.
    None,
    /// Whether each break is kept; one entry for each break.
    All(&'a [bool]),
    /// Called with the byte of each break; `None` leaves the break to the model.
    Ask(&'a mut dyn FnMut(usize) -> Option<bool>),
}

/// A clean page. All positions are in the page, not in the input.
#[derive(Debug)]
pub(crate) struct CleanPage<'a> {
    /// The text, its trace and its units.
    pub document: &'a mut Document,
    /// The line breaks, if the page was traced.
    pub breaks: Vec<Break>,
    /// The articles that the units make up.
    pub articles: Vec<Article>,
    /// Lines that may print the number of the page, dropped or not; filled for pages of an issue.
    pub folios: Vec<String>,
}

/// How often a pass runs whose edits may lead to further edits of its own, at most. It ends when it has no more edits.
const MOST_ROUNDS: usize = 8;

/// Cleans one page after another and reuses its buffers.
#[derive(Debug)]
pub(crate) struct Pipeline {
    options: Options,
    model: Model,
    /// Furniture that an issue found because it repeats on several pages.
    repeated: Option<Repeated>,
    /// Where the lines of the next page stand, one place for each line of its input; empty for a text without places.
    places: Vec<Option<Place>>,
    /// Lines of the next page that are printed over the line before them.
    copies: Vec<usize>,
    /// Where the measured lines stand; none for a text without places.
    standing: Vec<Option<Place>>,
    document: Document,
    layout: Layout,
    plan: Plan,
    articles: Vec<Article>,
    folios: Vec<String>,
    /// Why each break was kept or not, if that is asked.
    why: Vec<Vec<Evidence>>,
    buffers: Buffers,
}

/// Memory that the stages reuse from page to page.
#[derive(Debug, Default)]
struct Buffers {
    suspects: SuspectChars,
    /// Whether the page has characters that join others.
    joining: bool,
    doubled: doubled::Memory,
    scores: Scores,
    decoder: Decoder,
    posterior: Vec<f32>,
    roles: Vec<LineRole>,
    cut_words: Vec<usize>,
    tokens: Tokens,
    units: units::Memory,
}

impl Pipeline {
    pub fn new(options: Options, model: Model) -> Pipeline {
        let mut layout = Layout::default();
        layout.use_vocabulary(Vocabulary::with(&options.vocabulary));
        Pipeline {
            options,
            model,
            repeated: None,
            places: Vec::new(),
            copies: Vec::new(),
            standing: Vec::new(),
            document: Document::default(),
            layout,
            plan: Plan::default(),
            articles: Vec::new(),
            folios: Vec::new(),
            why: Vec::new(),
            buffers: Buffers::default(),
        }
    }

    /// The vocabulary of the rules, with the words of the caller.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.layout.vocabulary()
    }

    pub fn options(&self) -> &Options {
        &self.options
    }

    pub fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }

    /// Sets the repeated furniture of the issue that the next pages belong to.
    pub fn know_repeated(&mut self, repeated: Repeated) {
        self.repeated = Some(repeated);
    }

    /// Sets where the lines of the next page stand, one place for each line of its text, and which lines are printed over the
    /// line before them.
    #[cfg(feature = "layout")]
    pub fn know_places(&mut self, places: Vec<Option<Place>>, copies: Vec<usize>) {
        self.places = places;
        self.copies = copies;
    }

    /// Cleans one page, without form feeds.
    pub fn clean(&mut self, raw: &str, overrides: BreakOverrides<'_>) -> CleanPage<'_> {
        let asked = matches!(overrides, BreakOverrides::Ask(_));
        let traced = !self.places.is_empty() || self.options.needs_trace() || asked;
        let anchored = self.options.confidence || self.options.read_units() || asked;
        self.measure(raw, traced);
        self.decode(raw);
        if anchored {
            let places = self.layout.lines.iter().map(|line| (line.start as usize, line.end as usize));
            self.document.anchor_lines(places);
        }
        self.decide(overrides);
        self.explain();
        self.typeset();
        self.widen_marks();
        self.replace_in_set_lines();
        self.compose_in_set_lines();
        self.read_structure();
        self.split_sentences();
        self.put_headlines_first();
        self.finish(raw)
    }

    /// Takes a page up to its layout: the stages before anything is decided.
    fn measure(&mut self, raw: &str, traced: bool) {
        self.document.reset(raw, traced);
        self.buffers.joining = false;
        self.repair();
        self.fold_copies();
        self.normalize();
        // Characters that are normalized now may have hidden a wrong reading.
        if self.repair() {
            self.normalize();
        }
        self.replace();
        self.fold_doubled();
        self.layout.measure(self.document.text(), self.document.doubled());
    }

    /// Undoes a reading in a wrong encoding, if this is asked for. Says whether there was one.
    fn repair(&mut self) -> bool {
        self.options.repairs_mojibake() && self.document.edit(mojibake::propose)
    }

    /// Removes lines that are printed over a line of the same text, as the places of a layout tell.
    fn fold_copies(&mut self) {
        let copies = std::mem::take(&mut self.copies);
        if copies.is_empty() || self.options.skip.contains(Rule::Doubled) {
            return;
        }
        self.document.edit_doubled(|text, edits, doubled| doubled::fold_copies(text, &copies, edits, doubled));
    }

    /// The normalized text and the layout of a page, before any decision.
    pub fn layout_of(&mut self, raw: &str) -> (&str, &Layout) {
        self.measure(raw, false);
        (self.document.text(), &self.layout)
    }

    /// Normalizes line ends, spaces and characters. Most pages need no change.
    fn normalize(&mut self) {
        let Pipeline { document, options, buffers: Buffers { suspects, joining, .. }, .. } = self;
        suspects.find(document.text());
        if suspects.is_empty() {
            return;
        }
        if document.edit(|text, edits| controls::propose_at(text, suspects, options, edits)) {
            suspects.find(document.text());
        }
        document.edit(|text, edits| *joining |= glyphs::propose_at(text, suspects, options, edits));
    }

    /// Composes characters that met when lines were joined. Hardly any page has such.
    fn compose_in_set_lines(&mut self) {
        if self.buffers.joining && !self.options.skip.contains(Rule::Compose) {
            self.document.edit(glyphs::compose);
        }
    }

    /// Carries out the replacements of the user in the printed lines.
    fn replace(&mut self) {
        #[cfg(feature = "rules")]
        self.replace_by(custom::propose);
    }

    /// Carries them out in the typeset lines: a joined line may match where no printed line did.
    fn replace_in_set_lines(&mut self) {
        #[cfg(feature = "rules")]
        self.replace_by(custom::propose_in_set_lines);
    }

    /// Runs a pass of replacements, and normalizes the characters that it puts in.
    #[cfg(feature = "rules")]
    fn replace_by(&mut self, pass: fn(&str, &CustomRules, &mut Edits)) {
        let Some(rules) = self.options.custom_rules() else { return };
        let mut edits = Edits::new();
        pass(self.document.text(), rules, &mut edits);
        if !edits.is_empty() {
            decide::drop_deleted(&edits, self.document.lines(), &mut self.plan.lines);
            self.document.apply(&edits);
            self.normalize();
        }
    }

    /// Removes the copies of display lines that the page printed twice. Lines that were folded are looked at again with
    /// their new neighbours, so that a second cleaning finds nothing more.
    fn fold_doubled(&mut self) {
        if self.options.skip.contains(Rule::Doubled) {
            return;
        }
        let memory = &mut self.buffers.doubled;
        for _ in 0..MOST_ROUNDS {
            let before = self.document.text().len();
            self.document.edit_doubled(|text, edits, doubled| doubled::propose(text, memory, edits, doubled));
            let text = self.document.text();
            if text.len() == before || !doubled::may_find_more(text, memory) {
                break;
            }
        }
    }

    /// Runs the line model: the probability of each break, and the roles that follow from them.
    fn decode(&mut self, raw: &str) {
        self.standing = self.take_places(raw);
        self.read_chain();
        let Buffers { scores, posterior, roles, cut_words, .. } = &mut self.buffers;
        place_look::look(&self.layout, &self.standing, posterior);
        word_look::look(self.document.text(), &self.layout, posterior, cut_words);
        settle(scores, posterior, roles);
        self.plan.take_model(posterior, roles);
        let judged = self.plan.lines.len().saturating_sub(1);
        self.document.set_certainty(Certainty::of(self.plan.lines[..judged].iter().map(|line| line.posterior)));
    }

    /// The probability of each break by the chain.
    fn read_chain(&mut self) {
        let weights = self.model.lines();
        if !self.standing.is_empty() || weights.may_be_foreign(&self.layout) {
            self.layout.look_closer(self.document.text());
        }
        let Buffers { scores, decoder, posterior, .. } = &mut self.buffers;
        let adjust = |scores: &mut Scores| geometry::add(&self.standing, scores);
        Features::new(&self.layout).decode(weights, scores, decoder, posterior, adjust);
    }

    /// The place of each measured line, by the line of the input in which it begins.
    fn take_places(&mut self, raw: &str) -> Vec<Option<Place>> {
        let known = std::mem::take(&mut self.places);
        if known.is_empty() {
            return Vec::new();
        }
        self.lines_of_input(raw).into_iter().map(|line| known.get(line).copied().flatten()).collect()
    }

    /// The line of the input in which each measured line begins, if the page is traced.
    fn lines_of_input(&self, raw: &str) -> Vec<usize> {
        let Some(trace) = self.document.trace() else { return Vec::new() };
        let starts = self.layout.lines.iter().map(|line| line.start as usize);
        let (mut line, mut counted) = (0, 0);
        let of_source = |source: usize| {
            line += count_line_feeds(&raw[counted..source]) as usize;
            counted = source;
            line
        };
        trace.sources(starts, Side::Begins).map(of_source).collect()
    }

    /// Decides every line: the model first, then the options, the issue, the user's rules, and what a person decided.
    fn decide(&mut self, overrides: BreakOverrides<'_>) {
        let Pipeline { options, plan, document, layout, folios, standing, buffers, .. } = self;
        if let BreakOverrides::All(kept) = overrides {
            decide::set_roles(&mut plan.lines, |i| kept.get(i).copied().unwrap_or(true));
        }
        if options.skip.contains(Rule::Rejoin) {
            plan.lines.iter_mut().for_each(|line| line.role = LineRole::Row);
        }
        if let Some(known) = &self.repeated {
            known.find(document.text(), layout, &mut plan.lines, folios);
        }
        #[cfg(feature = "rules")]
        if let Some(rules) = options.custom_rules() {
            decide::custom_furniture(rules, document.text(), layout, &mut plan.lines);
        }
        for (line, place) in plan.lines.iter_mut().zip(&*standing) {
            line.noise = place.is_some_and(|place| place.is_noise);
        }
        if self.repeated.is_some() || !standing.is_empty() || options.has_rules() {
            furniture::set_apart(&mut plan.lines);
        }
        plan.drops_furniture = options.drops_furniture();
        if plan.drops_furniture {
            furniture::find(document.text(), layout, &mut plan.lines);
            if !options.skip.contains(Rule::Doubled) {
                cleaned_before::drop_copies(document.text(), layout, &mut buffers.doubled, &mut plan.lines);
            }
        }
        // Blank lines tell units from sentences.
        if options.blank_lines && options.parts_sentences() {
            cleaned_before::join_sentences(document.text(), layout, &mut plan.lines);
        }
        if plan.drops_furniture && options.read_units() {
            document.keep_furniture(furniture::dropped(document.text(), layout, &plan.lines));
        }
        plan.lines.iter_mut().for_each(|line| line.model_role = line.role);
        if options.skip.contains(Rule::Rejoin) && options.parts_sentences() {
            cleaned_before::printed_sentences(document.text(), layout, &mut plan.lines);
        }
        #[cfg(feature = "rules")]
        if let Some(rules) = options.custom_rules() {
            decide::custom_breaks(rules, document.text(), layout, &mut plan.lines);
        }
        if let BreakOverrides::Ask(ask) = overrides {
            decide::ask(ask, document.lines(), &mut plan.lines);
        }
    }

    /// Finds out why the breaks became what they are, if that is asked: of all, or of those that are not certain.
    fn explain(&mut self) {
        if !self.options.why {
            return;
        }
        let Buffers { scores, posterior, cut_words, .. } = &self.buffers;
        let wanted = |at: usize| {
            let line = &self.plan.lines[at];
            let against = !line.role.goes_on() && line.posterior < 0.5;
            let uncertain = |least: f32| Certainty::of_break(line.posterior) < least;
            self.options
                .why_below
                .is_none_or(|least| uncertain(least) || against || line.decided || line.custom_break.is_some())
        };
        let added = Added { by_places: &geometry::of_breaks(&self.standing), cut_words };
        let (text, weights) = (self.document.text(), self.model.lines());
        self.why = explain(text, &self.layout, weights, scores, &added, posterior, wanted);
    }

    /// Closes up spaces inside lines and line breaks inside units.
    fn typeset(&mut self) {
        let Pipeline { options, plan, document, layout, buffers, .. } = self;
        document.edit(|text, edits| rejoin::propose(text, layout, plan, options, &mut buffers.tokens, edits));
    }

    /// Widens half-width marks in Chinese text, until no mark that was widened lets its neighbour be widened, too.
    fn widen_marks(&mut self) {
        for _ in 0..MOST_ROUNDS {
            if !self.document.edit(|text, edits| punctuation::propose(text, &self.options, edits)) {
                break;
            }
        }
    }

    /// Reads the units of the clean text with their roles, and groups them into articles.
    fn read_structure(&mut self) {
        let Pipeline { options, model, plan, document, layout, articles, standing, buffers, .. } = self;
        articles.clear();
        if !options.read_units() {
            return;
        }
        document.read_units(|text, anchors, list| {
            let set = units::Typeset { layout, plan, anchors, places: standing };
            units::read(text, set, model.units(), &mut buffers.units, list);
            let rule_role = |id| options.custom_role(id);
            furniture::mark(text, set, rule_role, list);
            articles::group(text, list, articles);
        });
    }

    fn split_sentences(&mut self) {
        if self.options.parts_sentences() {
            let words = self.layout.vocabulary();
            let printed = self.options.skip.contains(Rule::Rejoin);
            let again = cleaned_before::sentence_lines(self.document.lines(), &self.plan.lines);
            let parting = sentences::Parting { printed, again: &again };
            self.document.edit_units(|text, units, edits| sentences::propose(text, units, words, parting, edits));
            // A mark that ends a sentence ends a line now.
            self.widen_marks();
        }
    }

    fn put_headlines_first(&mut self) {
        if self.options.order == Order::Reading && !self.options.skip.contains(Rule::Order) {
            order::arrange(&mut self.document, &mut self.articles, self.options.between_units());
        }
    }

    fn finish(&mut self, raw: &str) -> CleanPage<'_> {
        CleanPage {
            breaks: decide::breaks(raw, &self.document, &self.plan, &self.options.custom_names(), &mut self.why),
            articles: std::mem::take(&mut self.articles),
            folios: std::mem::take(&mut self.folios),
            document: &mut self.document,
        }
    }
}
