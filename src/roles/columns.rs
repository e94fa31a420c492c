//! What the templates look at, taken out of the lines once and laid out as columns, some lines at a time: a formula over
//! columns of one fixed length is worked out for sixteen lines at once.

use super::class::{CLASSES, Class};
use super::evidence::{Again, Cue, PageLines, Tail};
use super::features::{CLOSES, NOTHING, WIDE, capital, full, is_point, less, mark4, number_across, part3, size};

/// Lines of a block: enough that its edges cost little, few enough that all its columns stay in the nearest cache.
pub(super) const BLOCK: usize = 32;

/// Lines that a template may look at above a line, and as many below it.
pub(super) const BESIDE: usize = 2;

/// Where in a column the lines that come in begin.
const COMING: usize = 2 * BESIDE;

/// One number of each line of a block, and of the lines beside it.
///
/// The lines that come in stand below those of the block before, so the block itself lags by [`BESIDE`].
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

/// What each class of a last character says of the sentence.
static STOPS: [u8; CLASSES] = {
    let mut stops = [0; CLASSES];
    let mut class = 0;
    while class < CLASSES {
        stops[class] = mark4(Class::ALL[class]);
        class += 1;
    }
    stops
};

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $nothing:expr;)*) => {
        /// A block of lines, each of its facts in a column.
        #[derive(Debug, Clone)]
        pub(super) struct Columns { $($(#[$doc])* pub $name: Column<$type>,)* }

        impl Columns {
            /// Before the page's first line.
            pub fn new() -> Columns {
                Columns { $($name: Column([$nothing; BESIDE + BLOCK + BESIDE]),)* }
            }

            /// The last lines are the first of the next block.
            fn carry_over(&mut self) {
                $(self.$name.0.copy_within(BLOCK.., 0);)*
            }

            /// Nothing stands beyond the page's last line, as far down as a template may look.
            fn end(&mut self, n: usize) {
                for i in COMING + n..(COMING + n + BESIDE).min(COMING + BLOCK) {
                    $(self.$name.0[i] = $nothing;)*
                }
            }
        }
    };
}

columns! {
    // As the lines hold them.
    width: u16 = 0;
    lead: u16 = 0;
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
    blanks: u8 = 0;
    first: u8 = Class::Other as u8;
    last: u8 = Class::Other as u8;
    bond: u8 = 0;
    cue: u8 = Cue::None as u8;
    tail: u8 = Tail::None as u8;
    open: u8 = 0;
    doubled: u8 = 0;
    list: u8 = 0;
    short_run: u8 = 0;
    again: u8 = Again::No as u8;
    narrow: u8 = 0;
    /// What [`mark4`] says of the last character.
    stop: u8 = mark4(Class::Other);
    /// Whether [`certainty`](super::features::Features::certainty) may have a word on a break beside it.
    sure: u8 = 0;
    /// What the break above it cuts.
    number: u8 = 0;
    capital: u8 = 0;
    // What the line alone says, worked out for all at once.
    /// How full it is in the column that it ends, and in the one that it begins.
    full_above: u8 = 0;
    full_below: u8 = 0;
    /// How loosely its width is known: digits and Latin are about half an em, not just.
    loose: u8 = 0;
    /// Letter-spaced: no, in part, all of it.
    letters: u8 = 0;
    /// Lines like it in a row.
    run: u8 = 0;
    /// Its width by itself.
    size: u8 = 0;
    digit_part: u8 = 0;
    latin_part: u8 = 0;
    mark_part: u8 = 0;
    /// How broad it is beside the widest column around it.
    breadth: u8 = 0;
}

impl Columns {
    /// The next lines come in, `from` and those below it; the block then begins [`BESIDE`] lines above `from`.
    pub fn advance(&mut self, page: &PageLines, from: usize) {
        self.carry_over();
        let to = (from + BLOCK).min(page.lines.len());
        let n = to.saturating_sub(from);
        if n > 0 {
            self.take(page, from, to);
        }
        self.end(n);
        self.work_out();
    }

    /// Whether [`certainty`](super::features::Features::certainty) may have a word on the break below line `i`; it has
    /// none on any other.
    #[inline(always)]
    pub fn is_sure(&self, i: usize) -> bool {
        self.sure.at(i) | self.sure.below(i) != 0
    }

    /// Takes from the lines what the templates look at.
    fn take(&mut self, page: &PageLines, from: usize, to: usize) {
        let mut above = from.checked_sub(1).map_or(&NOTHING, |above| &page.lines[above]);
        let columns = page.column_above[from..to].iter().zip(&page.column_below[from..to]);
        let columns = columns.zip(&page.column_around[from..to]);
        for ((k, l), ((&above_it, &below_it), &around)) in
            (COMING..COMING + BLOCK).zip(&page.lines[from..to]).zip(columns)
        {
            self.column_above.0[k] = above_it;
            self.column_below.0[k] = below_it;
            self.column_around.0[k] = around;
            self.width.0[k] = l.width;
            self.lead.0[k] = l.lead;
            self.indent.0[k] = l.indent;
            self.glyphs.0[k] = l.glyphs;
            self.digits.0[k] = l.digits;
            self.latin.0[k] = l.latin;
            self.marks.0[k] = l.marks;
            self.gaps.0[k] = l.gaps;
            self.spaced.0[k] = l.spaced;
            self.quarters.0[k] = l.quarters.1;
            self.blanks.0[k] = l.blanks;
            self.first.0[k] = l.first as u8;
            self.last.0[k] = l.last as u8;
            self.bond.0[k] = l.bond;
            self.cue.0[k] = l.cue as u8;
            self.tail.0[k] = l.tail as u8;
            self.open.0[k] = l.open;
            self.doubled.0[k] = u8::from(l.doubled);
            self.list.0[k] = l.list;
            self.short_run.0[k] = l.short_run;
            self.again.0[k] = l.again as u8;
            self.narrow.0[k] = u8::from(l.narrow);
            self.stop.0[k] = STOPS[l.last as usize];
            self.sure.0[k] = u8::from(l.folio | l.unbroken | l.address | (l.foot[0] == '-'));
            self.number.0[k] = 0;
            self.capital.0[k] = 0;
            // Where neither may be anything, as nearly everywhere, neither is worked out.
            if matches!(l.first, Class::Digit | Class::Latin) || above.last == Class::Digit {
                self.number.0[k] = number_across(above, l);
                self.capital.0[k] = capital(above, l, self.column_above.0[k - 1]);
                self.sure.0[k] |= u8::from(l.first == Class::Digit && is_point(above.foot[0]));
            }
            above = l;
        }
    }

    /// Works out what each line says alone.
    fn work_out(&mut self) {
        for k in COMING..COMING + BLOCK {
            let w = self.width.0[k];
            self.full_above.0[k] = full(less(w, self.column_above.0[k]));
            self.full_below.0[k] = full(less(w, self.column_below.0[k]));
            self.size.0[k] = size(w);
        }
        for k in COMING..COMING + BLOCK {
            let glyphs = self.glyphs.0[k];
            self.digit_part.0[k] = part3(self.digits.0[k], glyphs) as u8;
            self.latin_part.0[k] = part3(self.latin.0[k], glyphs) as u8;
            self.mark_part.0[k] = part3(self.marks.0[k], glyphs / 4 + 1) as u8;
        }
        for k in COMING..COMING + BLOCK {
            let loose = self.digits.0[k].saturating_add(self.latin.0[k]).saturating_add(self.quarters.0[k]);
            self.loose.0[k] = u8::from(loose > 0) + u8::from(loose > 3);
            let (n, gaps) = (self.spaced.0[k], self.glyphs.0[k].saturating_sub(1));
            self.letters.0[k] = u8::from(n > 0) + u8::from(n >= 3 && n.saturating_add(n) >= gaps);
        }
        for k in COMING..COMING + BLOCK {
            let (w, around) = (u32::from(self.width.0[k]) * 20, u32::from(self.column_around.0[k]).max(1));
            self.breadth.0[k] = u8::from(w >= 7 * around)
                + u8::from(w >= 12 * around)
                + u8::from(w >= 17 * around)
                + u8::from(w >= 22 * around);
        }
        for k in COMING..COMING + BLOCK {
            let run = self.short_run.0[k];
            self.run.0[k] = run.min(3) + u8::from(run > 5);
            let first = self.first.0[k];
            let closes = CLOSES.iter().fold(false, |closes, &class| closes | (first == class as u8));
            self.sure.0[k] |= self.doubled.0[k] | self.list.0[k] & 1 | u8::from(closes);
        }
        for k in COMING..COMING + BLOCK {
            self.sure.0[k] |= u8::from(self.width.0[k] > WIDE);
        }
    }
}
