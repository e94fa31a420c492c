//! Changes to a measured page that other fonts and extractors would make, so that the fit does not trust one font.

use crate::gold::GoldBreak;
use crate::random::Random;
use qingyang::internals::measure::Layout;

/// Digits that are not half an em wide, and marks that are squeezed or hang: widths are known to half an em or so.
pub fn widths(page: &mut Layout, seed: u64) {
    let mut random = Random::new(seed);
    let digit = random.below(3) as i32 - 1; // how much wider a digit is than half an em, in quarters of that
    for l in &mut page.lines {
        let mark = [0, 0, 0, 0, -1, 1][random.below(6) as usize];
        l.width = (i32::from(l.width) + digit * i32::from(l.digits + l.latin) / 4 + mark).max(1) as u16;
    }
    page.compare();
}

/// Which lines are painted twice: on some pages units of one line other than headlines are, on others none is.
pub fn doubling(page: &mut Layout, seed: u64, breaks: &[GoldBreak], is_display: impl Fn(usize) -> bool) {
    /// Characters of the longest line that a page paints twice.
    const MAX_GLYPHS: u16 = 34;
    let mut random = Random::new(seed ^ 0x5DEE_CE66);
    let mode = seed >> 7 & 3;
    for k in 0..page.lines.len() {
        let painted_twice = random.below(2) == 0;
        let alone = (k == 0 || breaks[k - 1] != GoldBreak::Joined)
            && breaks.get(k).is_none_or(|&below| below != GoldBreak::Joined);
        match mode {
            0 => page.lines[k].doubled = false,
            1 if alone && is_display(k) && page.lines[k].glyphs <= MAX_GLYPHS => page.lines[k].doubled = painted_twice,
            _ => {}
        }
    }
    page.compare();
}
