//! How likely a unit of text ends between two characters, by the characters before and after: what a reader knows who
//! sees nothing of the page.
//!
//! A logistic regression over hashed n-grams of the four characters on both sides. `fit language` fits it on clean
//! paragraphs and writes the table, one byte for each place; `docs/fitting.md` names the text.

use super::to_simplified;

static TABLE: &[u8; PLACES] = include_bytes!("language.bin");

/// Places of the table.
pub const PLACES: usize = 1 << BITS;
const BITS: u32 = 18;
/// Characters on each side that are read.
pub const READ: usize = 4;
/// N-grams that are looked up at a break.
pub const NGRAMS: usize = 16;
/// A weight of 1, in steps of the table.
pub const STEPS: f32 = 16.0;

/// A factor of the number of each n-gram, so that equal characters at other places have another sum.
const SEED: u32 = 0x2545_F491;

/// The n-grams, as which characters they have: bits 0 to 3 are the four before the break, the nearest last; bits 4 to 7
/// are those after it.
const MASKS: [u8; NGRAMS] = [
    0b0000_1000,
    0b0000_1100,
    0b0000_1110,
    0b0000_1111,
    0b0001_0000,
    0b0011_0000,
    0b0111_0000,
    0b1111_0000,
    0b0001_1000,
    0b0001_1100,
    0b0011_1000,
    0b0011_1100,
    0b0000_0100,
    0b0010_0000,
    0b0000_0010,
    0b0100_0000,
];

/// The log-odds that a unit ends between two texts, in steps of 1/16. `before` goes from the break upwards, `after` downwards.
/// Traditional characters are read in simplified form, and spaces are skipped.
///
/// ```
/// use qingyang::internals::lexicon::language::unit_ends;
/// let odds = |before: &str, after: &str| unit_ends(before.chars().rev(), after.chars());
/// assert!(odds("他说这件事必", "须马上办") < odds("代表们一致通过了决议。", "本报讯 昨日"));
/// ```
pub fn unit_ends(before: impl Iterator<Item = char>, after: impl Iterator<Item = char>) -> i32 {
    places(before, after).into_iter().map(|place| i32::from(TABLE[place] as i8)).sum()
}

/// As [`unit_ends`], by the [places](places_between) of a break.
pub fn unit_ends_at(places: &[u32; NGRAMS]) -> i32 {
    places.iter().map(|&place| i32::from(TABLE[place as usize % PLACES] as i8)).sum()
}

/// The [places] of the break between a text and one that follows it. Line feeds and indents between them are skipped.
pub fn places_between(above: &str, below: &str) -> [u32; NGRAMS] {
    let before = above.as_bytes().last_chunk().and_then(codes_of_three);
    let after = below.as_bytes().first_chunk().and_then(codes_of_three);
    let before = before.unwrap_or_else(|| {
        let mut codes = codes(above.chars().rev().filter(is_ink));
        codes.reverse();
        codes
    });
    let after = after.unwrap_or_else(|| codes(below.chars().filter(is_ink)));
    places_of(before, after)
}

fn is_ink(c: &char) -> bool {
    !matches!(c, '\n' | '\u{3000}')
}

/// The places of the table at a break.
#[inline]
pub fn places(before: impl Iterator<Item = char>, after: impl Iterator<Item = char>) -> [usize; NGRAMS] {
    let mut before = codes(before);
    before.reverse();
    places_of(before, codes(after)).map(|place| place as usize)
}

/// The codes of the first characters that are no spaces.
#[inline]
fn codes(chars: impl Iterator<Item = char>) -> [u32; READ] {
    let mut codes = [0; READ];
    for (slot, c) in codes.iter_mut().zip(chars.filter(|&c| c != ' ')) {
        *slot = code_of(c);
    }
    codes
}

/// The codes of four characters of three bytes each, as nearly all are; `None` for others, or with an indent among them.
/// Without branches: whether Han or a mark stands beside a break cannot be predicted.
#[inline]
fn codes_of_three(bytes: &[u8; 3 * READ]) -> Option<[u32; READ]> {
    let (mut codes, mut fits) = ([0; READ], true);
    for (slot, &[a, b, c]) in codes.iter_mut().zip(bytes.as_chunks::<3>().0) {
        let code = u16::from(a & 0xF) << 12 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F);
        fits &= (a >> 4 == 0xE) & (code != 0x3000);
        *slot = u32::from(CODES[usize::from(code)]);
    }
    fits.then_some(codes)
}

/// [`code_of`] for the characters of at most three bytes.
static CODES: [u16; 1 << 16] = {
    let mut codes = [0; 1 << 16];
    let mut code = 0;
    while code < codes.len() {
        if let Some(c) = char::from_u32(code as u32) {
            codes[code] = code_of(c) as u16;
        }
        code += 1;
    }
    codes
};

/// The places of the table for the characters before a break, the nearest last, and those after it.
#[inline]
fn places_of(before: [u32; READ], after: [u32; READ]) -> [u32; NGRAMS] {
    let mut read = [0u32; 2 * READ];
    read[..READ].copy_from_slice(&before);
    read[READ..].copy_from_slice(&after);
    // Each character has a product for its place, so an n-gram is a sum.
    const FACTORS: [u32; 2 * READ] =
        [0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D, 0x27D4_EB2F, 0x1656_67B1, 0xD3A2_646D, 0xFD70_46C5, 0xB55A_4F09];
    let products: [u32; 2 * READ] = std::array::from_fn(|k| (read[k] + 1).wrapping_mul(FACTORS[k]));
    let [b4, b3, b2, b1, a1, a2, a3, a4] = products;
    let add = u32::wrapping_add;
    // The n-grams of one side go on from each other.
    let (before, after) = (add(b1, b2), add(a1, a2));
    let (before3, after3) = (add(before, b3), add(after, a3));
    let sums: [u32; NGRAMS] = [
        b1,
        before,
        before3,
        add(before3, b4),
        a1,
        after,
        after3,
        add(after3, a4),
        add(b1, a1),
        add(before, a1),
        add(b1, after),
        add(before, after),
        b2,
        a2,
        b3,
        a3,
    ];
    std::array::from_fn(|n| {
        let sum = add(sums[n], SEED.wrapping_mul(u32::from(MASKS[n])));
        (sum ^ sum >> 15).wrapping_mul(0x2C1B_3C6D) >> (32 - BITS)
    })
}

/// A character without its width, its script, and, of digits and Latin letters, without its value.
#[inline]
const fn code_of(c: char) -> u32 {
    match c {
        '\u{4E00}'..='\u{9FFF}' => to_simplified(c) as u32,
        '0'..='9' | '０'..='９' => '0' as u32,
        'a'..='z' | 'A'..='Z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => 'a' as u32,
        '「' | '『' | '"' => '“' as u32,
        '」' | '』' => '”' as u32,
        '!'..='~' => c as u32 + 0xFEE0,
        c => c as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_are_read_as_their_characters_say(
            above in "[渠灣水。，「」『』“”０１ＡＺａｚ１a \n\u{3000}é𠀀〇]{0,9}",
            below in "[渠灣水。，「」『』“”０９ＡＺａｚ１a \n\u{3000}é𠀀〇]{0,9}"
        ) {
            let plain = unit_ends(above.chars().rev().filter(is_ink), below.chars().filter(is_ink));
            prop_assert_eq!(unit_ends_at(&places_between(&above, &below)), plain);
        }
    }

    #[test]
    fn a_character_of_three_bytes_has_the_same_code_either_way() {
        for c in ('\u{800}'..='\u{FFFF}').filter(|&c| c != '\u{3000}') {
            let text = String::from_iter([c; READ]);
            assert_eq!(text.as_bytes().first_chunk().and_then(codes_of_three), Some([code_of(c); READ]), "{c:?}");
        }
    }

    #[test]
    fn an_n_gram_has_the_characters_of_its_mask() {
        let all = places_of([1, 2, 3, 4], [5, 6, 7, 8]);
        for k in 0..2 * READ {
            // With another character at this place, these n-grams have other places in the table.
            let mut read = [1, 2, 3, 4, 5, 6, 7, 8];
            read[k] = 1000;
            let [before, after] = [0, READ].map(|from| std::array::from_fn(|i| read[from + i]));
            let changed = places_of(before, after);
            let other: Vec<bool> = (0..NGRAMS).map(|n| changed[n] != all[n]).collect();
            assert_eq!(other, MASKS.map(|mask| mask >> k & 1 == 1), "{k}");
        }
    }
}
