//! The facts that the templates look at, as columns: each fact of sixteen lines side by side. Loops over columns of
//! one fixed length are compiled to vector code. Functions that pass columns are always inlined, because a call would
//! pass them through memory.

use super::bins::{BLOCK, fullness, part_of, part3, size, steps};
use super::facts::{capital, is_point, number_across, sentence_state};
use super::priors::{CLOSES, DEEP, LONE_MARKS, WIDE};
use crate::measure::{Class, Cue, Layout, Line, Opening, ROW_PLACES, Recurrence, Tail};
use crate::text::scan::{non_zero, places_in};
use wide::i16x16;

/// How far above and below a line a template may look, in lines.
pub(super) const BESIDE: usize = 2;

/// Where in a column the incoming lines begin.
const INCOMING: usize = 2 * BESIDE;

/// One fact of each line of a block and of the lines around it.
///
/// Incoming lines follow those of the block before, so the block itself lags by [`BESIDE`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Column<T>([T; BESIDE + BLOCK + BESIDE]);

impl<T: Copy> Column<T> {
    /// Of line `i` of the block.
    #[inline(always)]
    pub fn at(&self, i: usize) -> T {
        self.0[BESIDE + i]
    }

    /// Of the line above it.
    #[inline(always)]
    pub fn above(&self, i: usize) -> T {
        self.0[BESIDE + i - 1]
    }

    /// Of the line below it.
    #[inline(always)]
    pub fn below(&self, i: usize) -> T {
        self.0[BESIDE + i + 1]
    }

    /// Of the second line above it.
    #[inline(always)]
    pub fn second_above(&self, i: usize) -> T {
        self.0[BESIDE + i - 2]
    }

    /// Of the second line below it.
    #[inline(always)]
    pub fn second_below(&self, i: usize) -> T {
        self.0[BESIDE + i + 2]
    }
}

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $nothing:expr;)*) => {
        /// A block of lines with a column for each fact.
        #[derive(Debug, Clone)]
        pub(super) struct Columns {
            $($(#[$doc])* pub $name: Column<$type>,)*
            /// Comparisons of each line with its neighbours.
            pub neighbours: Neighbours,
        }

        impl Columns {
            /// Before the first line of a page.
            pub const fn new() -> Columns {
                Columns {
                    $($name: Column([$nothing; BESIDE + BLOCK + BESIDE]),)*
                    neighbours: Neighbours::NOTHING,
                }
            }

            /// Moves the last lines to the front, where they are the first ones of the next block.
            fn carry_over(&mut self) {
                $(self.$name.0.copy_within(BLOCK.., 0);)*
            }
        }
    };
}

columns! {
    // Copied from the lines.
    width: u16 = 0;
    first_word_width: u16 = 0;
    indent: u16 = 0;
    glyphs: u16 = 0;
    digits: u16 = 0;
    latin: u16 = 0;
    marks: u16 = 0;
    gaps: u16 = 0;
    spaced: u16 = 0;
    quarters: u16 = 0;
    column_above: u16 = 0;
    column_below: u16 = 0;
    column_around: u16 = 0;
    measure: u16 = 0;
    blanks: u8 = 0;
    first: u8 = Class::Other as u8;
    last: u8 = Class::Other as u8;
    bond: u8 = 0;
    ending: u8 = 0;
    row_place: u8 = 0;
    opening: u8 = Opening::None as u8;
    /// Whether the text is a row of contents, and whether it begins with a label.
    row_text: u8 = 0;
    alike: u8 = 0;
    cue: u8 = Cue::None as u8;
    tail: u8 = Tail::None as u8;
    open: u8 = 0;
    doubled: u8 = 0;
    list_position: u8 = 0;
    short_run: u8 = 0;
    recurrence: u8 = Recurrence::No as u8;
    narrow: u8 = 0;
    /// The [`sentence_state`] of the last character.
    stop: u8 = sentence_state(Class::Other as u8);
    /// Whether a break beside it may have a [prior](super::priors::of_break).
    has_prior: u8 = 0;
    /// What the break above it cuts: see [`number_across`] and [`capital`].
    number: u8 = 0;
    capital: u8 = 0;
    // Computed from each line alone.
    /// How full it is in the column that it ends, and in the one that it begins.
    full_above: u8 = 0;
    full_below: u8 = 0;
    /// How uncertain its width is: digits and Latin are about half an em wide, not exactly.
    loose: u8 = 0;
    /// Letter-spaced: no, in part, all of it.
    letters: u8 = 0;
    /// Length of its short run.
    run: u8 = 0;
    /// Its width by itself.
    size: u8 = 0;
    digit_part: u8 = 0;
    latin_part: u8 = 0;
    mark_part: u8 = 0;
    /// Its width beside the widest column around it.
    breadth: u8 = 0;
    /// The part of the measure around it that it takes: less than half, three quarters, 0.92, 1.06, or more.
    part: u8 = 0;
    /// The same of the line together with the one below: less than 0.94, up to 1.06, or more.
    pair: u8 = 0;
    /// How much of running text it has: nothing, something, much.
    prose: u8 = 0;
}

/// Comparisons of each line of a block with its neighbours, as bins of [`steps`], [`fullness`] and [`part_of`].
#[derive(Debug, Clone)]
pub(super) struct Neighbours {
    /// Its width minus that of the line below, and minus that of the line above.
    pub less_below: [u8; BLOCK],
    pub less_above: [u8; BLOCK],
    /// The width of the line below minus the column that it begins, and minus the column that this line ends.
    pub below_less_its_column: [u8; BLOCK],
    pub below_less_column_above: [u8; BLOCK],
    /// How much wider than its column the line would be with the next word. If that is positive, the word did not
    /// fit, and a short line is full.
    pub room: [u8; BLOCK],
    /// The same in the measure around the line.
    pub room_in_measure: [u8; BLOCK],
    /// The width of the line below minus the measure around it.
    pub below_less_its_measure: [u8; BLOCK],
    /// How full the line above and the line below would be if this line were their column.
    pub full_above: [u8; BLOCK],
    pub full_below: [u8; BLOCK],
    /// The part of the wider of both columns that the line takes, and that the line below takes.
    pub wide: [u8; BLOCK],
    pub wide_below: [u8; BLOCK],
}

impl Neighbours {
    const NOTHING: Neighbours = Neighbours {
        less_below: [0; BLOCK],
        less_above: [0; BLOCK],
        below_less_its_column: [0; BLOCK],
        below_less_column_above: [0; BLOCK],
        room: [0; BLOCK],
        room_in_measure: [0; BLOCK],
        below_less_its_measure: [0; BLOCK],
        full_above: [0; BLOCK],
        full_below: [0; BLOCK],
        wide: [0; BLOCK],
        wide_below: [0; BLOCK],
    };
}

const DIGIT: u8 = Class::Digit as u8;
const LATIN: u8 = Class::Latin as u8;

impl Column<u8> {
    /// Stores the bytes of the incoming lines.
    #[inline(always)]
    fn load(&mut self, bytes: [u8; BLOCK]) {
        if let Some(incoming) = self.0.last_chunk_mut() {
            *incoming = bytes;
        }
    }
}

impl Column<u16> {
    /// Sixteen numbers from `from` on. Counts of lines stop at `MAX_COUNT`, so they have room for a sign.
    #[inline(always)]
    fn lanes(&self, from: usize) -> i16x16 {
        i16x16::new(self.0[from..].first_chunk().unwrap_or(&[0; BLOCK]).map(|n| n as i16))
    }
}

/// Loads a column that the layout has already.
#[inline(always)]
fn copy(column: &mut Column<u16>, of_page: &[u16], from: usize) {
    let incoming = of_page.get(from..).unwrap_or(&[]);
    if let (Some(all), Some(column)) = (incoming.first_chunk::<BLOCK>(), column.0.last_chunk_mut::<BLOCK>()) {
        *column = *all;
    } else {
        column.0[INCOMING..].iter_mut().zip(incoming).for_each(|(slot, &width)| *slot = width);
    }
}

impl Columns {
    /// Loads the lines of the page from `from` on. The block then begins [`BESIDE`] lines above `from`.
    pub fn advance(&mut self, page: &Layout, from: usize) {
        self.carry_over();
        self.take(page.lines.get(from..).unwrap_or(&[]));
        copy(&mut self.column_above, &page.column_above, from);
        copy(&mut self.column_below, &page.column_below, from);
        copy(&mut self.column_around, &page.column_around, from);
        copy(&mut self.measure, &page.measures, from);
        self.take_characters(page, from);
        self.work_out();
        self.compare();
    }

    /// The lines of the block whose break below may have a [prior](super::priors::of_break). All others have none.
    pub fn with_prior(&self) -> impl Iterator<Item = usize> {
        places_in(non_zero(std::array::from_fn(|i| self.has_prior.at(i) | self.has_prior.below(i))))
    }

    /// Copies the facts that a line has.
    fn take(&mut self, lines: &[Line]) {
        for i in 0..BLOCK {
            let l = lines.get(i).unwrap_or(&Line::BEYOND_PAGE);
            let k = INCOMING + i;
            self.width.0[k] = l.width;
            self.first_word_width.0[k] = l.first_word_width;
            self.indent.0[k] = l.indent;
            self.glyphs.0[k] = l.glyphs;
            self.digits.0[k] = l.digits;
            self.latin.0[k] = l.latin;
            self.marks.0[k] = l.marks;
            self.gaps.0[k] = l.gaps;
            self.spaced.0[k] = l.spaced;
            self.quarters.0[k] = l.quarters;
            self.blanks.0[k] = l.blanks;
            self.first.0[k] = l.first as u8;
            self.last.0[k] = l.last as u8;
            self.cue.0[k] = l.cue as u8;
            self.tail.0[k] = l.tail as u8;
            self.recurrence.0[k] = l.recurrence as u8;
            self.short_run.0[k] = l.short_run;
            self.doubled.0[k] = u8::from(l.doubled);
            self.narrow.0[k] = u8::from(l.narrow);
            self.alike.0[k] = u8::from(l.alike);
            self.opening.0[k] = l.opening.fitted();
            self.row_text.0[k] = 2 * u8::from(l.contents) + u8::from(l.label);
            self.ending.0[k] = l.ending.min(9);
            self.row_place.0[k] = l.row_place.min(ROW_PLACES as u8 - 1);
            // These three have five values. A caller that fills in lines by hand may have put in anything.
            self.bond.0[k] = l.bond.min(4);
            self.open.0[k] = l.open.min(4);
            self.list_position.0[k] = l.list_position.min(4);
            let told = l.folio | l.address | l.bound | l.unbroken | l.short_tail | (l.opening != Opening::None);
            let begins = (l.cue == Cue::Bullet) | (l.indent >= DEEP) | (l.glyphs == 1) & l.first.is_in(LONE_MARKS);
            let item = (l.cue == Cue::Number) | (l.glyphs == 1) & (l.latin == 1);
            self.has_prior.0[k] = u8::from(told | begins | item);
        }
    }

    /// Computes facts that need the characters themselves. Few breaks have any; the classes tell which ones.
    fn take_characters(&mut self, page: &Layout, from: usize) {
        self.number.load([0; BLOCK]);
        self.capital.load([0; BLOCK]);
        let has_any = std::array::from_fn(|i| {
            let (above, first) = (self.last.0[INCOMING + i - 1], self.first.0[INCOMING + i]);
            u8::from((first == DIGIT) | (first == LATIN) | (above == DIGIT))
        });
        for i in places_in(non_zero(has_any)) {
            let k = INCOMING + i;
            let pair = (from + i).checked_sub(1).and_then(|above| page.lines.get(above..above + 2));
            let Some([above, l]) = pair else { continue };
            self.number.0[k] = number_across(above, l);
            self.capital.0[k] = capital(above, l, self.column_above.0[k - 1]);
            self.has_prior.0[k] |= u8::from(l.first == Class::Digit && is_point(above.last_chars[0]));
        }
    }

    /// Computes facts of each line alone.
    fn work_out(&mut self) {
        let width = self.width.lanes(INCOMING);
        self.full_above.load(fullness(width - self.column_above.lanes(INCOMING)));
        self.full_below.load(fullness(width - self.column_below.lanes(INCOMING)));
        self.size.load(size(width));
        for k in INCOMING..INCOMING + BLOCK {
            let glyphs = self.glyphs.0[k];
            self.digit_part.0[k] = part3(self.digits.0[k], glyphs);
            self.latin_part.0[k] = part3(self.latin.0[k], glyphs);
            self.mark_part.0[k] = part3(self.marks.0[k], glyphs / 4 + 1);
        }
        for k in INCOMING..INCOMING + BLOCK {
            let loose = self.digits.0[k].saturating_add(self.latin.0[k]).saturating_add(self.quarters.0[k]);
            self.loose.0[k] = u8::from(loose > 0) + u8::from(loose > 3);
            let (n, gaps) = (self.spaced.0[k], self.glyphs.0[k].saturating_sub(1));
            self.letters.0[k] = u8::from(n > 0) + u8::from(n >= 3 && n.saturating_add(n) >= gaps);
        }
        for k in INCOMING..INCOMING + BLOCK {
            let (w, around) = (u32::from(self.width.0[k]) * 20, u32::from(self.column_around.0[k]).max(1));
            self.breadth.0[k] = u8::from(w >= 7 * around)
                + u8::from(w >= 12 * around)
                + u8::from(w >= 17 * around)
                + u8::from(w >= 22 * around);
        }
        for k in INCOMING..INCOMING + BLOCK {
            let (w, measure) = (u32::from(self.width.0[k]) * 100, u32::from(self.measure.0[k]).max(1));
            self.part.0[k] = u8::from(w >= 50 * measure)
                + u8::from(w >= 75 * measure)
                + u8::from(w >= 92 * measure)
                + u8::from(w >= 106 * measure);
            // The pair of the line above, because the one below is not loaded yet.
            let (both, measure) = (u32::from(self.width.0[k - 1]) * 100 + w, u32::from(self.measure.0[k - 1]).max(1));
            self.pair.0[k - 1] = u8::from(both >= 94 * measure) + u8::from(both >= 106 * measure);
        }
        for k in INCOMING..INCOMING + BLOCK {
            let run = self.short_run.0[k];
            self.run.0[k] = run.min(3) + u8::from(run > 5);
            let (first, last) = (self.first.0[k], self.last.0[k]);
            self.stop.0[k] = sentence_state(last);
            self.prose.0[k] = (self.marks.0[k].min(2) as u8 + u8::from(self.stop.0[k] < 2)).min(2);
            let closes = CLOSES.iter().fold(false, |closes, &class| closes | (first == class as u8));
            let credit = self.tail.0[k] == Tail::Credit as u8;
            let tears = [Class::Dash, Class::OpenQuote, Class::OpenBracket, Class::Ellipsis].map(|class| class as u8);
            self.has_prior.0[k] |=
                self.doubled.0[k] | self.list_position.0[k] & 1 | u8::from(closes | tears.contains(&last) | credit);
        }
        for k in INCOMING..INCOMING + BLOCK {
            self.has_prior.0[k] |= u8::from(self.width.0[k] > WIDE);
        }
    }

    /// Compares each line with its neighbours.
    fn compare(&mut self) {
        const ABOVE: usize = BESIDE - 1;
        const BELOW: usize = BESIDE + 1;
        let (width, below) = (self.width.lanes(BESIDE), self.width.lanes(BELOW));
        let (above, column) = (self.width.lanes(ABOVE), self.column_above.lanes(BESIDE));
        let its_column = self.column_below.lanes(BELOW);
        let around = column.max(its_column);
        self.neighbours = Neighbours {
            less_below: steps(width - below),
            less_above: steps(width - above),
            below_less_its_column: steps(below - its_column),
            below_less_column_above: steps(below - column),
            room_in_measure: steps(
                (width - self.measure.lanes(BESIDE)).saturating_add(self.first_word_width.lanes(BELOW)),
            ),
            below_less_its_measure: steps(below - self.measure.lanes(BELOW)),
            room: steps((width - column).saturating_add(self.first_word_width.lanes(BELOW))),
            full_above: fullness(above - width),
            full_below: fullness(below - width),
            wide: part_of(width, around),
            wide_below: part_of(below, around),
        };
    }
}
