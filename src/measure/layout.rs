//! A page as numbers: measurements of each line, of its neighbourhood, and of the page's own habits. Nothing is
//! decided here: the weights of the model do that.

use super::bound;
use super::class::Class;
use super::columns::ColumnFinder;
use super::habits::{self, EVEN, Habits, NOISE};
use super::line::Line;
use super::measures;
use super::non_han_index::NonHanIndex;
use super::openings::{self, Heads};
use super::printed_rows;
use super::running_heads::RecurrenceFinder;
use super::walk::{PairMark, StraySpaces, Walk};
use super::width_counts::WidthCounter;
use crate::lexicon::language::{NGRAMS, places_between, unit_ends_at};
use crate::lexicon::{self, PairPlace};
use crate::text::width::is_han;
use crate::vocabulary::cues::CUES;
use crate::vocabulary::surnames::{NAME, is_name};
use crate::vocabulary::{BUILT_IN, Vocabulary};
use std::sync::Arc;

/// How many lines an open quotation or bracket may stay open. Longer ones are misprints, or paragraphs of one
/// quotation, each of which opens anew while none closes. The longest closed pair on the bench spans 11 lines.
const OPEN_LINES: usize = 14;

/// A page's lines, measured.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The lines that hold text.
    pub lines: Vec<Line>,
    /// Width of the column up to each line, in half-widths.
    pub column_above: Vec<u16>,
    /// Width of the column from each line on.
    pub column_below: Vec<u16>,
    /// Width of the widest column within `AROUND` lines of each line.
    pub column_around: Vec<u16>,
    /// The measure around each line, in half-widths: how wide full lines are there.
    pub measures: Vec<u16>,
    /// The page's habits.
    pub habits: Habits,
    /// See [`is_clean`](Layout::is_clean).
    clean: bool,
    /// The words to read lines with, where a caller added some.
    vocabulary: Option<Arc<Vocabulary>>,
    non_han: NonHanIndex,
    recurrences: RecurrenceFinder,
    pairs: Vec<PairMark>,
    heads: Heads,
    spare: String,
    /// For each break, from the last one upwards: where its characters are in the table of pairs, and whether both are Han.
    pairs_of_breaks: Vec<(PairPlace, bool)>,
    /// For each break that was asked: the line above it, and the places of its n-grams.
    asked: Vec<(usize, [u32; NGRAMS])>,
    columns: ColumnFinder,
    spare_widths: Vec<i16>,
    widths: WidthCounter,
}

impl Layout {
    /// The words that lines are read with.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.as_deref().unwrap_or(&BUILT_IN)
    }

    /// Reads lines with these words from now on, or with the built-in ones.
    pub fn use_vocabulary(&mut self, vocabulary: Option<Arc<Vocabulary>>) {
        self.vocabulary = vocabulary;
    }

    /// The words that a caller added to, if any.
    pub(crate) fn added_vocabulary(&self) -> Option<Arc<Vocabulary>> {
        self.vocabulary.clone()
    }

    /// Measures a page. `doubled` has the first bytes of the lines that were printed twice, in order.
    pub fn measure(&mut self, text: &str, doubled: &[usize]) {
        let stray = self.walk(text);
        let lines = &mut self.lines;
        for &start in doubled {
            let line = lines.partition_point(|l| (l.end as usize) < start);
            if let Some(line) = lines.get_mut(line) {
                line.doubled = true;
            }
        }
        self.find_open_pairs();
        self.find_lists();
        self.find_bonds();
        self.recurrences.find(text, &mut self.lines);
        self.close_noise(text, stray);
        let words = self.vocabulary.as_deref().unwrap_or(&BUILT_IN);
        let strewn = self.habits.noise > NOISE || stray.spaced * 5 > stray.glyphs;
        openings::find(text, &mut self.lines, strewn, &mut self.heads, words);
        if self.lines.len() <= SHORT {
            bound::mark(&mut self.lines);
        }
        self.compare();
    }

    /// Measures a clean page whose lines are units: what [`measure`](Layout::measure) does, without the columns' edges, the
    /// openings and the habits, which only breaks depend on.
    pub(crate) fn measure_units(&mut self, text: &str) {
        let stray = self.walk(text);
        self.find_lists();
        self.close_noise(text, stray);
        self.find_columns();
        self.find_short_runs();
    }

    /// Measures each line by itself.
    fn walk(&mut self, text: &str) -> StraySpaces {
        let Layout { lines, non_han, pairs, spare, vocabulary, .. } = self;
        non_han.read(text);
        let stray = Walk::new(text, lines, pairs, spare).run(non_han);
        if let Some(words) = vocabulary {
            lines.iter_mut().for_each(|line| line.read_added(text, words));
        }
        stray
    }

    /// Takes the spaces that a text layer strews over its words out of the measurements.
    fn close_noise(&mut self, text: &str, stray: StraySpaces) {
        let StraySpaces { marked, noisy, spaced, glyphs } = stray;
        // A page with a space at nearly every glyph is letter-spaced.
        let everywhere = spaced * 5 > glyphs;
        self.habits.noise = 0.0;
        if noisy >= 3 && !everywhere {
            // Stray spaces cut words of the lexicon in two. Those of a writer do not.
            let running = self.lines.iter().filter(|l| l.loose > 0 && l.marks > 0);
            let gaps: Vec<(&str, &str)> = running
                .flat_map(|line| {
                    let body = &text[line.start as usize..line.end as usize];
                    memchr::memchr_iter(b' ', body.as_bytes()).map(|at| (&body[..at], &body[at + 1..]))
                })
                .filter(|(left, right)| left.ends_with(is_han) && right.starts_with(is_han))
                .collect();
            // Each look into the lexicon waits for the memory, so no more gaps are looked at than it takes to know.
            let enough = gaps.len().div_ceil(5);
            let inside = gaps.iter().filter(|(left, right)| lexicon::parted(left, right)).take(enough).count();
            if inside == enough {
                self.habits.noise = noisy as f32 / marked as f32;
            }
        }
        if self.habits.noise > NOISE {
            for line in self.lines.iter_mut().filter(|l| l.loose > 0) {
                line.width = line.width.saturating_sub(line.loose);
                line.gaps = line.gaps.saturating_sub(line.loose);
            }
        }
    }

    /// Computes everything that depends on comparing the lines' widths. Whoever changes widths calls it again.
    pub fn compare(&mut self) {
        measures::find(&self.lines, &mut self.spare_widths, &mut self.measures);
        openings::find_by_measures(&mut self.lines, &self.measures);
        self.find_columns();
        self.columns.mark_edges(&mut self.lines, &self.column_below, &self.measures);
        self.find_short_runs();
        let Layout { lines, column_above, measures, widths, .. } = self;
        (self.habits, self.clean) = habits::find(lines, column_above, measures, self.habits.noise, widths);
    }

    fn find_open_pairs(&mut self) {
        // One slot for each kind: if a second mark of a kind opens, the first one never closed.
        let mut open: [Option<usize>; 3] = [None; 3];
        for mark in &self.pairs {
            let (i, kind) = (mark.line as usize, usize::from(mark.kind));
            if mark.opens {
                if let Some(from) = open[kind].replace(i)
                    && from < i
                {
                    self.lines[from].open = self.lines[from].open.max(4);
                }
            } else if let Some(from) = open[kind].take()
                && i - from <= OPEN_LINES
            {
                for line in &mut self.lines[from..i] {
                    line.open = mark.kind + 1;
                }
            }
        }
    }

    /// How firmly words bind the Han on both sides of each break. The look-ups have a loop of their own, so that their
    /// memory accesses overlap.
    fn find_bonds(&mut self) {
        self.pairs_of_breaks.clear();
        let (mut below, mut head) = (false, '\0');
        for line in self.lines.iter_mut().rev() {
            let binds = below & (line.last == Class::Han);
            // Any two characters have an entry in the table, so every pair is looked up.
            self.pairs_of_breaks.push((lexicon::pair_of(line.last_chars[0], head), binds));
            line.alike = line.first_char == head;
            (below, head) = (line.first == Class::Han, line.first_char);
        }
        for (line, &(pair, binds)) in self.lines.iter_mut().rev().zip(&self.pairs_of_breaks) {
            line.bond = (1 + lexicon::bond_at(pair)) * u8::from(binds);
        }
    }

    /// Measures what only foreign pages need, and what [`measure`](Layout::measure) leaves out because it takes time: how likely a unit
    /// ends between the characters of a break, which lines are names, and where in its printed row a break is.
    pub fn look_closer(&mut self, text: &str) {
        bound::mark(&mut self.lines);
        self.find_endings(text);
        self.find_names(text);
        if self.habits.tears_rows() {
            printed_rows::find(&mut self.lines, f64::from(self.habits.pieces / 2.0));
            openings::find_by_rows(&mut self.lines);
        }
    }

    /// Asks how likely a unit ends at the breaks that the widths leave open.
    fn find_endings(&mut self, text: &str) {
        const STOPS: u32 = Class::set(&[Class::Stop, Class::ClosedStop]);
        // On such a page a full line that ends inside a sentence goes on.
        let even = self.habits.even >= EVEN;
        let Layout { lines, measures, asked, .. } = self;
        asked.clear();
        for (above, (pair, &measure)) in lines.windows(2).zip(&*measures).enumerate() {
            let (line, below) = (&pair[0], &pair[1]);
            let full = u32::from(line.width) * 100 >= u32::from(measure) * 92;
            let goes_on = even & full & !line.last.is_in(STOPS) & (below.indent <= line.indent) & (below.blanks == 0);
            if !goes_on {
                asked.push((above, places_between(&text[..line.end as usize], &text[below.start as usize..])));
            }
        }
        // In a loop of its own: the table is large, and the look-ups wait for the memory together.
        lines.iter_mut().for_each(|line| line.ending = 0);
        for (above, places) in asked {
            lines[*above].ending = ending(unit_ends_at(places));
        }
    }

    /// Marks the lines that are names: an author's between a headline and the text, one of a list.
    fn find_names(&mut self, text: &str) {
        for line in &mut self.lines {
            let short = (2..=NAME).contains(&usize::from(line.glyphs));
            line.name = short && {
                let glyphs: Vec<char> =
                    text[line.start as usize..line.end as usize].chars().filter(|c| !c.is_whitespace()).collect();
                is_name(&glyphs)
            };
        }
    }

    fn find_lists(&mut self) {
        // The last line of each kind of item, and the item's number.
        let mut seen: [Option<(usize, u16)>; CUES] = [None; CUES];
        for i in 0..self.lines.len() {
            let Line { cue, item_number: item, .. } = self.lines[i];
            if item == 0 {
                continue;
            }
            self.lines[i].list_position = 4;
            if let Some((at, number)) = seen[cue as usize]
                && i - at <= LIST_LINES
                && (number.checked_add(1) == Some(item) || item == 1 && number == 1)
            {
                self.lines[i].list_position = if self.lines[i].list_position == 2 { 3 } else { 1 };
                let above = &mut self.lines[at].list_position;
                *above = if *above == 1 { 3 } else { 2 };
            }
            seen[cue as usize] = Some((i, item));
        }
    }

    fn find_columns(&mut self) {
        self.columns.find(&self.lines, &mut self.column_above, &mut self.column_below);
    }

    fn find_short_runs(&mut self) {
        self.columns.mark_short_runs(&mut self.lines, &self.column_above, &mut self.column_around);
    }

    /// Whether the page is clean already: it shows no line that breaks inside a sentence, or most of its text is in
    /// lines that are too wide for any column.
    pub fn is_clean(&self) -> bool {
        self.clean
    }
}

/// The step of [`Line::ending`] for log-odds in sixteenths.
fn ending(odds: i32) -> u8 {
    1 + ENDING_STEPS.iter().map(|&step| u8::from(odds >= step)).sum::<u8>()
}

/// The steps of [`Line::ending`], in sixteenths of log-odds.
const ENDING_STEPS: [i32; 8] = [-96, -64, -40, -16, 8, 32, 56, 80];

/// Lines of the longest page that is too short for its widths to tell what words say.
const SHORT: usize = 50;

/// Maximum distance, in lines, of two items of one list. An item in a newspaper rarely has more lines.
const LIST_LINES: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_with_a_paragraph_that_was_never_broken_is_clean_where_few_lines_break_off() {
        let is_clean = |lines: &[&str]| {
            let mut page = Layout::default();
            page.measure(&(lines.join("\n") + "\n"), &[]);
            page.is_clean()
        };
        let paragraph = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。".repeat(4);
        let rows = [
            "渠首晚报",
            "冲渠组 6人",
            "修闸组 12人",
            "巡堤组 9人",
            "护林组 4人",
            "送水组 3人",
            "记工组 2人",
            "炊事组 5人",
        ];
        let of_rows = [&rows[..], &rows, &rows].concat();
        let broken = ["昨日，县里派来的技", "看了看，说今年的水"];
        assert!(is_clean(&[&of_rows[..], &[paragraph.as_str()], &broken[..1]].concat()));
        assert!(!is_clean(&[&of_rows[..], &[paragraph.as_str()], &broken].concat()), "two lines break off");
        assert!(!is_clean(&[&of_rows[..], &broken[..1]].concat()), "no such paragraph");
    }

    #[test]
    fn only_short_pages_are_asked_for_bound_lines_before_a_closer_look() {
        let text = "去年冬天县里从\n省里请来专家。\n".repeat(SHORT);
        let mut page = Layout::default();
        page.measure(&text, &[]);
        assert!(page.lines.iter().all(|line| !line.bound));
        page.look_closer(&text);
        assert_eq!(page.lines.iter().filter(|line| line.bound).count(), SHORT);
    }
}
