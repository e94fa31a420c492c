//! A page as numbers: measurements of each line, of its neighbourhood, and of the page's own habits. Nothing is
//! decided here: the weights of the model do that.

use super::class::Class;
use super::line::Line;
use super::measures;
use super::non_han_index::NonHanIndex;
use super::opening::Opening;
use super::openings::{self, Heads};
use super::printed_rows;
use super::running_heads::RecurrenceFinder;
use super::walk::{PairMark, StraySpaces, Walk};
use super::width_counts::{WidthCounter, WidthCounts};
use crate::lexicon::bound;
use crate::lexicon::language::{NGRAMS, places_between, unit_ends_at};
use crate::lexicon::{self, PairPlace};
use crate::text::width::is_han;
use crate::vocabulary::cues::{CUES, Cue, Tail};
use crate::vocabulary::surnames::{NAME, is_name};
use crate::vocabulary::{BUILT_IN, Vocabulary};
use std::sync::Arc;
use wide::{CmpEq, i16x8, u16x8};

/// How many lines an open quotation or bracket may stay open. Longer ones are misprints, or paragraphs of one
/// quotation, each of which opens anew while none closes. The longest closed pair on the bench spans 11 lines.
const OPEN_LINES: usize = 14;

/// Share of lines that end in a mark inside a sentence, from which on rows may be cut after marks. Of nine real documents the two
/// of `pdftotext -raw` have 0.18 and 0.45, the others at most 0.14. `pdftotext -raw` ends 41
/// to 73 % of its lines in some mark, other extractors 12 to 35 %.
const MANY_MARKED_ENDS: f32 = 0.15;
/// Share of pieces from which on a text layer tears lines.
const MANY_PIECES: f32 = 0.06;

/// Share of lines that end in an opening mark, from which on a text layer tears lines.
const MANY_TORN: f32 = 0.02;

/// The habits of a page: how much its blank lines, indents, widths and spaces mean.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Habits {
    /// Share of breaks in the middle of a sentence that have an empty line.
    pub blank_mid: f32,
    /// Share of breaks after a stop that have an empty line.
    pub blank_stop: f32,
    /// Share of lines that are indented although the line above ends inside a sentence.
    pub indent_mid: f32,
    /// Share of lines that are indented below a line that ends in a stop.
    pub indent_stop: f32,
    /// Share of lines of running text that end inside a sentence: wrapped text has many.
    pub mid_ends: f32,
    /// Share of lines whose width is that of their neighbourhood.
    pub even: f32,
    /// Share of lines that end in a comma or another mark inside a sentence. Some extractors end a line after each mark.
    pub marked_ends: f32,
    /// Share of lines that are well short of the measure and fill it together with the line below. Lines that a text layer
    /// tore in two do.
    pub pieces: f32,
    /// Share of lines that end in an opening mark. No compositor sets one there, so a text layer tore the line.
    pub torn: f32,
    /// Share of lines without a stop at their end that are between half of the measure and 0.92 of it.
    pub ragged: f32,
    /// Share of lines that are less than half of the measure.
    pub short: f32,
    /// Share of lines that fill the measure to half an em.
    pub exact: f32,
    /// Share of lines whose text says something of the break above, see [`Line::opening`].
    pub openings: f32,
    /// The empty lines above a break that mark the end of a unit, at least; 0 where empty lines mark nothing.
    pub block_blanks: u8,
    /// The width of the page's full lines, in half-widths, where most of its lines are shorter; else 0.
    pub full_width: u16,
    /// Mean of the measures around the lines, in half-widths.
    pub mean_measure: f32,
    /// Share of neighbouring Han with a space between them. tesseract sets one between nearly all.
    pub spaced: f32,
    /// Share of lines that were printed twice.
    pub doubled: f32,
    /// Share of lines of running text with single spaces between Han. Such spaces are accidents of the text layer and
    /// separate nothing.
    pub noise: f32,
    /// Of the lines that surely begin a paragraph, the share that are narrower than the next line by an indent, which
    /// the text layer lost. `None` where such lines are too few.
    pub lost_indent: Option<f32>,
    /// Shares of the places where Han meets a digit, and where a digit meets Han, that have a space. Some extractors
    /// make one of every quarter em there.
    pub quarter: (f32, f32),
}

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
    windows: Windows,
    spare_columns: Vec<u16>,
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
            self.find_bound();
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
        openings::find_pieces(&mut self.lines, &self.measures);
        self.find_columns();
        self.find_edges();
        self.find_short_runs();
        self.find_habits();
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
        self.find_bound();
        self.find_endings(text);
        self.find_names(text);
        let Habits { marked_ends, pieces, torn, .. } = self.habits;
        if marked_ends >= MANY_MARKED_ENDS || pieces >= MANY_PIECES || torn >= MANY_TORN {
            printed_rows::find(&mut self.lines, f64::from(pieces / 2.0));
        }
    }

    /// Marks the lines whose text goes on below them.
    fn find_bound(&mut self) {
        let mut torn = false;
        for at in 1..self.lines.len() {
            let (above, below) = (&self.lines[at - 1], &self.lines[at]);
            let bound = is_bound(above, below, at == 1, torn);
            torn = above.last.is_in(OPENS) & (above.marks > 0);
            self.lines[at - 1].bound = bound;
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

    fn find_short_runs(&mut self) {
        let n = self.lines.len();
        // The widest column around each line: maxima over 2, 4, 8 … neighbours, each computed from the ones before.
        // Two buffers take turns.
        let (widest, wider) = (&mut self.column_around, &mut self.spare_columns);
        widest.clear();
        widest.resize(AROUND, 0);
        widest.extend_from_slice(&self.column_above);
        widest.resize(n + 2 * AROUND, 0);
        let mut reach = 1;
        while reach < 2 * AROUND + 1 {
            let step = reach.min(2 * AROUND + 1 - reach);
            wider.clear();
            wider.extend(widest.iter().zip(&widest[step..]).map(|(a, b)| *a.max(b)));
            std::mem::swap(widest, wider);
            reach += step;
        }
        // Downwards each line of a run gets its number in the run. Upwards all of them get the number of the last
        // one.
        let mut run = 0u32;
        for (line, &widest) in self.lines.iter_mut().zip(&*widest) {
            let short = u32::from(line.width) * 10 <= u32::from(widest) * 8;
            run = (run + 1) * u32::from(short);
            line.short_run = run.min(255) as u8;
        }
        let mut run = 0;
        for line in self.lines.iter_mut().rev() {
            // All bits, or none: a branch would be taken as often as not.
            let in_run = u8::from(line.short_run > 0).wrapping_neg();
            run = line.short_run.max(run) & in_run;
            line.short_run = run;
        }
    }

    fn find_columns(&mut self) {
        let n = self.lines.len();
        let Windows { widths, columns } = &mut self.windows;
        // A window is the column above its last line and the column below its first line, so one list serves for
        // both.
        let blocks = n.div_ceil(LANES) + 1;
        widths.clear();
        widths.resize(LANES, 0);
        widths.extend(self.lines.iter().map(|l| l.width));
        widths.resize((blocks + 2) * LANES, 0);
        if columns.len() < blocks * LANES {
            columns.resize(blocks * LANES, 0);
        }
        // Votes of the block above, which the first block does not have, and of this block.
        let mut votes = [[0; 2 * LANES]; COLUMN_LINES];
        for (k, columns) in columns.as_chunks_mut().0[..blocks].iter_mut().enumerate() {
            if let Some(widths) = widths[k * LANES..].first_chunk() {
                let new = votes_around(widths, n.saturating_sub(k * LANES));
                for (votes, new) in votes.iter_mut().zip(new) {
                    votes.copy_within(LANES.., 0);
                    votes[LANES..].copy_from_slice(&new);
                }
                *columns = shared_widths(widths, &votes);
            }
        }
        self.column_above.clear();
        self.column_above.extend_from_slice(&columns[LANES + 1 - COLUMN_LINES..][..n]);
        self.column_below.clear();
        self.column_below.extend_from_slice(&columns[LANES..][..n]);
    }

    /// Marks the lines that are narrower than their column by an indent, and those that no column holds.
    fn find_edges(&mut self) {
        let n = self.lines.len();
        let widths = &self.windows.widths;
        let (widths, next) = (&widths[LANES..][..n], &widths[LANES + 1..][..n]);
        let columns = next.iter().zip(&self.column_below);
        for (i, ((line, &width), (&next, &below))) in self.lines.iter_mut().zip(widths).zip(columns).enumerate() {
            // Narrower than the next line or its column by an indent of two em.
            let indent = |full: u16| full.wrapping_sub(width).wrapping_sub(3) <= 2;
            line.narrow = indent(next) | indent(below);
            line.unbroken = width > WIDEST_COLUMN && stands_alone(widths, i);
        }
        if let Some(last) = self.lines.last_mut() {
            last.narrow = false;
        }
        for i in 0..n {
            if self.lines[i].unbroken {
                if let Some(below) = self.lines.get(i + 1)
                    && is_cut(&self.lines[i], below)
                {
                    self.lines[i].unbroken = false;
                    continue;
                }
                let around = &self.lines[i.saturating_sub(COLUMN_LINES)..(i + COLUMN_LINES).min(n)];
                self.lines[i].unbroken = !is_wrapped(around, self.measures[i]);
            }
        }
    }

    /// Whether the page is clean already: it shows no line that breaks inside a sentence, or most of its text is in
    /// lines that are too wide for any column.
    pub fn is_clean(&self) -> bool {
        self.clean
    }

    fn find_habits(&mut self) {
        const STOPS: u32 = Class::set(&[Class::Stop, Class::ClosedStop]);
        const GOES_ON: u32 = Class::set(&[Class::Comma, Class::Enumeration, Class::Semicolon, Class::Colon]);
        // With these a sentence of running text may end or a list may begin.
        const ENDS: u32 = STOPS | Class::set(&[Class::Colon, Class::Semicolon, Class::Ellipsis, Class::CloseBracket]);
        const MID: u32 = Class::set(&[Class::Han, Class::Comma]);
        // What is at a break, as a number of three bits by which breaks are counted.
        const STOP: usize = 4;
        const BLANK: usize = 2;
        const INDENT: usize = 1;
        // Wraps only for widths that a caller made up.
        let less = |a: u16, b: u16| a.wrapping_sub(b) as i16;
        let mut breaks = [0u32; 8];
        // Breaks after lines that end in a stop and are far from full: a paragraph ends there.
        let mut ends = [0u32; 8];
        let (mut glyphs, mut unbroken, mut marked, mut broken) = (0u32, 0u32, 0u32, 0u32);
        let (mut spaced, mut doubled) = (0u32, 0u32);
        let mut quarters = [0u32; 4];
        let (mut begins, mut narrow) = (0u32, 0u32);
        let (mut marked_ends, mut openings, mut torn) = (0u32, 0u32, 0u32);
        let n = self.lines.len();
        for (i, (line, &column)) in self.lines.iter().zip(&self.column_above).enumerate() {
            let stop = line.last.is_in(STOPS);
            glyphs += u32::from(line.glyphs);
            spaced += u32::from(line.spaced);
            doubled += u32::from(line.doubled);
            // A line with a mark inside is running text. Captions and headlines with marks end without a stop. All
            // bits, or none.
            let if_marked = ((u32::from(line.marks) + 0xFFFF) >> 16).wrapping_neg();
            let row = (line.opening == Opening::Row) | (line.opening == Opening::Label);
            let sentence = (line.tail == Tail::None) & (line.late_gaps == 0) & (line.gaps <= LEAD_GAPS) & !row;
            unbroken += if_marked & (u32::from(line.glyphs) * u32::from(line.unbroken));
            marked += if_marked & u32::from(sentence);
            broken += if_marked & u32::from(sentence & (line.address | !line.last.is_in(ENDS))) | u32::from(line.bound);
            // A bracket that the line leaves open, or a line that goes on with the one above.
            broken += u32::from((line.open == 2) | line.opening.goes_on());
            for (sum, n) in quarters.iter_mut().zip(<[u16; 4]>::from(line.quarter_sides)) {
                *sum += if_marked & u32::from(n);
            }
            openings += u32::from(line.opening.fitted() != 0);
            marked_ends += u32::from(line.last.is_in(GOES_ON));
            torn += u32::from(line.last.is_in(OPENS));
            let Some(next) = self.lines.get(i + 1) else { break };
            // What a speaker says breaks off, and ends in the line below.
            let next_is_row = (next.opening == Opening::Row) | (next.opening == Opening::Label);
            broken += u32::from(row & !next_is_row & (line.marks >= 2) & next.last.is_in(STOPS) & line.last.is_in(MID));
            let counts = line.width >= 12;
            // An indent is an em from the margin. From another indent it is at least three half-widths and at least
            // as far.
            let indented = next.indent >= line.indent.max(2 + u16::from(line.indent > 0));
            let blank = next.blanks > 0;
            let kind = STOP * usize::from(stop) + BLANK * usize::from(blank) + INDENT * usize::from(indented);
            breaks[kind] += u32::from(counts);
            let ended = counts & stop & (less(column, line.width) >= 6);
            ends[kind] += u32::from(ended & (next.marks > 0));
            // Neither may be a paragraph of one line.
            if ended & (next.indent <= line.indent) & (next.width >= 16) & mid_sentence(next.last)
                && let Some(after) = self.lines.get(i + 2)
            {
                let both = less(next.width, after.width) < 6;
                begins += u32::from(both);
                narrow += u32::from(both & next.narrow);
            }
        }
        let counts = self.widths.count(&self.lines, STOPS, &self.measures, &self.column_above);
        let WidthCounts { measures, short, ragged, exact, running, mid, even, pieces } = counts;
        self.clean = marked > 0 && broken * CLEAN_SHARE <= marked || unbroken > glyphs / 2;
        let share = |yes: u32, all: u32, prior: f32| (yes as f32 + prior) / (all as f32 + 1.0);
        let ends = if ends.iter().sum::<u32>() >= 2 { ends } else { breaks };
        let having = |bit: usize, kinds: &[u32], prior: f32| {
            let yes = (0..4).filter(|kind| kind & bit != 0).map(|kind| kinds[kind]).sum();
            share(yes, kinds[..4].iter().sum(), prior)
        };
        self.habits = Habits {
            blank_mid: having(BLANK, &breaks, 0.3),
            blank_stop: having(BLANK, &ends[STOP..], 0.3),
            indent_mid: having(INDENT, &breaks, 0.1),
            indent_stop: having(INDENT, &ends[STOP..], 0.1),
            mid_ends: share(mid, running, 0.6),
            even: share(even, running, 0.6),
            marked_ends: share(marked_ends, n as u32, 0.1),
            ragged: share(ragged, n as u32, 0.1),
            exact: share(exact, n as u32, 0.4),
            openings: share(openings, n as u32, 0.05),
            short: share(short, n as u32, 0.1),
            full_width: if share(even, running, 0.6) < EVEN { full_width(&self.lines) } else { 0 },
            block_blanks: block_blanks(&self.lines, &self.measures),
            mean_measure: measures as f32 / n.max(1) as f32,
            pieces: share(pieces, n as u32, 0.05),
            torn: share(torn, n as u32, 0.0),
            spaced: share(spaced, glyphs.saturating_sub(n as u32), 0.0),
            doubled: share(doubled, n as u32, 0.0),
            noise: self.habits.noise,
            lost_indent: (begins >= 2).then(|| narrow as f32 / begins as f32),
            quarter: (share(quarters[1], quarters[0] + 3, 0.0), share(quarters[3], quarters[2] + 3, 0.0)),
        };
    }
}

/// How many empty lines part the units of a page, if they do so reliably: one, where no sentence goes on over an empty line and
/// most breaks have none; two, where most breaks have one.
fn block_blanks(lines: &[Line], measures: &[u16]) -> u8 {
    const OPEN: u32 = Class::set(&[Class::Comma, Class::Enumeration, Class::OpenBracket, Class::OpenQuote]);
    let Some(below) = lines.get(1..) else { return 0 };
    let (mut some, mut many) = (0, 0);
    for line in below {
        some += usize::from(line.blanks > 0);
        many += usize::from(line.blanks > 1);
    }
    if some == 0 {
        return 0;
    }
    if some * 10 >= below.len() * 8 {
        return if many > 0 && many * 3 <= below.len() { 2 } else { 0 };
    }
    if some * 2 > below.len() {
        return 0;
    }
    let reliable = lines.iter().zip(below).zip(measures).all(|((above, line), &measure)| {
        let full = above.width + 3 >= measure;
        let cut =
            above.last.is_in(OPEN) || full && above.last.is_in(Class::set(&[Class::Han, Class::Digit, Class::Latin]));
        line.blanks == 0 || !cut
    });
    u8::from(reliable)
}

/// The width that at least three lines share and none exceeds, though most lines are shorter; 0 if there is none.
fn full_width(lines: &[Line]) -> u16 {
    const LEAST: u16 = 24; // half-widths
    let widest = lines.iter().map(|line| line.width).max().unwrap_or_default();
    let full = lines
        .iter()
        .filter(|line| line.width.saturating_add(2) >= widest && line.marks > 0 && mid_sentence(line.last))
        .count();
    if widest >= LEAST && full >= 3 { widest } else { 0 }
}

/// The step of [`Line::ending`] for log-odds in sixteenths.
fn ending(odds: i32) -> u8 {
    1 + ENDING_STEPS.iter().map(|&step| u8::from(odds >= step)).sum::<u8>()
}

/// The steps of [`Line::ending`], in sixteenths of log-odds.
const ENDING_STEPS: [i32; 8] = [-96, -64, -40, -16, 8, 32, 56, 80];

/// Whether the text of a line goes on below it: no unit ends as it does, or begins as the line below does. What begins so below the
/// `top` line may go on from the page before. `torn` says that the line above it ended in an opening mark.
fn is_bound(above: &Line, below: &Line, top: bool, torn: bool) -> bool {
    const COMMAS: u32 = Class::set(&[Class::Comma, Class::Enumeration]);
    const WORDS: u32 = Class::set(&[Class::Han, Class::CloseQuote, Class::CloseBracket]);
    let plain =
        matches!(below.cue, Cue::None | Cue::Date | Cue::Digits) & !matches!(above.cue, Cue::Furniture | Cue::Jump);
    let word = above.last.is_in(WORDS)
        & (above.glyphs >= LEAST_WORD)
        & (!above.parted | (above.marks > 0))
        & (bound::ends_no_unit(above.last_chars[0])
            | bound::begins_no_unit(below.first_char) & (!top | (above.marks > 0)));
    // Verse has shorter lines; 第一， and 其一， begin items. A headline that ends in a quotation has no comma and is shorter.
    let item = matches!(below.first_char, '第' | '其');
    let comma = above.last.is_in(COMMAS) & (above.glyphs >= LEAST_PROSE) & !item;
    let prose = (above.marks > 0) & (above.glyphs >= LEAST_PROSE) | (above.glyphs >= LONGEST_HEADLINE);
    let quoted = (above.last == Class::CloseQuote) & (prose | torn);
    plain & (word | (comma | quoted) & (below.first == Class::Han))
}

/// The marks that no line ends in, unless it was torn there.
const OPENS: u32 = Class::set(&[Class::OpenQuote, Class::OpenBracket]);

/// Lines of the longest page that is too short for its widths to tell what words say.
const SHORT: usize = 50;

/// Glyphs of the longest headline without a comma, see [`is_bound`].
const LONGEST_HEADLINE: u16 = 24;

/// Glyphs of the shortest line whose last character is taken for the word that it looks like.
const LEAST_WORD: u16 = 4;

/// Glyphs of the shortest line that is no line of verse by its length.
const LEAST_PROSE: u16 = 14;

/// A page is even if this share of its lines is as wide as its column. Of the pages of the bench nearly all are.
const EVEN: f32 = 0.5;

/// Whether a line with this last mark breaks off inside a sentence.
fn mid_sentence(last: Class) -> bool {
    !last.is_in(Class::set(&[Class::Stop, Class::ClosedStop, Class::Colon, Class::Ellipsis]))
}

/// If more than this share of a page's lines has stray spaces, its spaces mean nothing. Pages of the bench that keep
/// the typesetter's spaces between words stay below.
pub const NOISE: f32 = 0.12;

/// Gaps of what opens a story, at most: 本报讯（记者 何苗 通讯员 王芳）昨日.
const LEAD_GAPS: u16 = 3;

/// On a page that is clean already at most one line in so many breaks off inside a sentence. On wrapped pages of the
/// bench one in two does, on clean ones one in forty.
const CLEAN_SHARE: u32 = 12;

/// Maximum distance, in lines, of two items of one list. An item in a newspaper rarely has more lines.
const LIST_LINES: usize = 12;

/// Lines on each side in which the widest column is looked for: a poem or a table is among columns.
pub const AROUND: usize = 24;

/// Half-widths of the widest column that text is wrapped to. E-texts stop at forty em; terminals at a hundred and
/// twenty half-widths, on every line.
const WIDEST_COLUMN: u16 = 100;

/// Lines on each side from which a column's width is read. A paragraph of a newspaper has about seven.
const COLUMN_LINES: usize = 8;

/// Windows that are computed at once.
const LANES: usize = 8;

/// Buffers of [`Layout::find_columns`].
#[derive(Debug, Clone, Default)]
struct Windows {
    /// Widths of the page's lines, with zeros before and after them.
    widths: Vec<u16>,
    /// Width of the column in each window. It may be longer than the page.
    columns: Vec<u16>,
}

/// Whether hardly a line around this one is as wide.
#[cold]
fn stands_alone(widths: &[u16], line: usize) -> bool {
    let around = &widths[line.saturating_sub(COLUMN_LINES)..(line + COLUMN_LINES).min(widths.len())];
    around.iter().filter(|width| width.abs_diff(widths[line]) <= 3).count() <= 2
}

/// Whether a wide line is wrapped: it breaks off inside a sentence, and a word or the lost indent below proves that the
/// sentence goes on.
pub(crate) fn is_cut(line: &Line, below: &Line) -> bool {
    const OPEN: u32 = Class::set(&[Class::Han, Class::Comma, Class::Enumeration]);
    let running =
        line.marks > 0 && line.last.is_in(OPEN) && line.tail == Tail::None && !line.label && line.late_gaps == 0;
    let begins = below.blanks > 0 || below.indent > line.indent || below.cue.is_item() || below.cue == Cue::Jump;
    // No line of a paragraph is wider than its measure, and the rest of a sentence has marks, too.
    let rest = below.width <= line.width.saturating_add(4) && (below.marks > 0 || !mid_sentence(below.last));
    let even = line.width.abs_diff(below.width) <= 4;
    let goes_on = line.bond >= 3 || below.indent.saturating_add(2) <= line.indent || line.last != Class::Han || even;
    running && !begins && rest && goes_on
}

/// Whether lines are wrapped at a measure that lies by some glyphs, as in a scan: a third of them are nearly as wide, none is
/// much wider, and half of them break off inside a sentence.
#[cold]
fn is_wrapped(around: &[Line], measure: u16) -> bool {
    let (slack, widest) = (measure / 12, around.iter().map(|line| line.width).max().unwrap_or_default());
    let near = around.iter().filter(|line| line.width.abs_diff(measure) <= slack).count();
    let cut = around.iter().filter(|line| mid_sentence(line.last)).count();
    let many = around.len() > COLUMN_LINES; // fewer lines may be paragraphs of one length
    many && widest <= measure.saturating_add(slack) && 3 * near >= around.len() && 2 * cut >= around.len()
}

/// For each line of a block and each place that it may have in a window: how many of the window's lines are as wide,
/// give or take a half-width. Lines from the `ours`th on are beyond the page and count nothing. The widths are those
/// of the blocks above and below, too.
#[inline(always)] // a call would pass the lanes through memory
fn votes_around(widths: &[u16; 3 * LANES], ours: usize) -> [[u16; LANES]; COLUMN_LINES] {
    const EDGE: [u16; 2 * LANES] = {
        let mut edge = [0; 2 * LANES];
        edge.split_at_mut(LANES).0.copy_from_slice(&[u16::MAX; LANES]);
        edge
    };
    let ours = lanes(&EDGE, LANES - ours.min(LANES));
    let less = lanes(widths, LANES) - u16x8::splat(1);
    // A comparison gives -1 where it is true.
    let near = |k: usize| (lanes(widths, k) - less).saturating_sub(u16x8::splat(2)).cmp_eq(u16x8::ZERO);
    let mut below = [u16x8::ZERO; COLUMN_LINES];
    for k in 1..COLUMN_LINES {
        below[k] = below[k - 1] - near(LANES + k);
    }
    let mut above = u16x8::splat(1);
    std::array::from_fn(|k| {
        if k > 0 {
            above -= near(LANES - k);
        }
        ((above + below[COLUMN_LINES - 1 - k]) & ours).to_array()
    })
}

/// For each window that begins at a line of the block: the width that most of its lines share, or the larger one of
/// two.
#[inline(always)]
fn shared_widths(widths: &[u16; 3 * LANES], votes: &[[u16; 2 * LANES]; COLUMN_LINES]) -> [u16; LANES] {
    // Signed, because every machine has a maximum of signed numbers.
    let signed = |all: &[u16], k: usize| i16x8::new(lanes(all, k).to_array().map(|n| n as i16));
    let most = (0..COLUMN_LINES).fold(i16x8::ZERO, |most, k| most.max(signed(&votes[k], k)));
    let best =
        (0..COLUMN_LINES).fold(i16x8::ZERO, |best, k| best.max(signed(&votes[k], k).cmp_eq(most) & signed(widths, k)));
    best.to_array().map(|width| width as u16)
}

#[inline(always)]
fn lanes(all: &[u16], from: usize) -> u16x8 {
    u16x8::new(*all[from..].first_chunk().unwrap_or(&[0; LANES]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_line_of_a_short_run_knows_its_length(widths in prop::collection::vec((1usize..40, 1usize..300), 1..12)) {
            // Lines of one width in a row, so that runs exceed what a byte can count.
            let text: String = widths.iter().map(|&(width, times)| (String::from("渠").repeat(width) + "\n").repeat(times)).collect();
            let mut page = Layout::default();
            page.measure(&text, &[]);
            let is_short = |(line, &widest): (&Line, &u16)| u32::from(line.width) * 10 <= u32::from(widest) * 8;
            let short: Vec<bool> = page.lines.iter().zip(&page.column_around).map(is_short).collect();
            for (i, line) in page.lines.iter().enumerate() {
                let above = short[..i].iter().rev().take_while(|&&s| s).count();
                let below = short[i..].iter().take_while(|&&s| s).count();
                let run = if short[i] { above + below } else { 0 };
                prop_assert_eq!(usize::from(line.short_run), run.min(255), "line {}", i);
            }
        }
    }

    #[test]
    fn a_line_is_bound_whose_text_goes_on_below_it() {
        let bound = |text: &str| {
            let mut page = Layout::default();
            page.measure(text, &[]);
            page.lines[page.lines.len() - 2].bound
        };
        for text in [
            "去年冬天县里从\n省里请来专家。",
            "昨天，云台镇最后一批搬迁\n的村民住进了新居。",
            "预计未来三天气温为五到十二度，\n天气为小雨。",
            "要求各乡镇，对照“渠道安全标准”\n逐项自查。",
            "修渠的人多半是老渠工，他们叫作“\n由源及流”\n即从水源开始。",
        ] {
            assert!(bound(text), "{text}");
        }
        for text in [
            "去年冬天县里请来\n省里的专家。",
            "县里启动“清渠百日行动”\n逐项自查安全标准。", // a headline
            "渠水清又清，\n浇地又润心。",                 // verse
            "从\n省里请来专家。",                         // a glyph alone
            "桥头镇志\n的村民住进了新居。",               // a running head
            "预计未来三天气温为五到十二度，\n●天气为小雨。",
            "本次会议的主要议题有以下几项，\n第一，清渠计划。",
        ] {
            assert!(!bound(text), "{text}");
        }
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
