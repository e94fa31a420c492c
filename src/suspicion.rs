//! Text that is probably not what the page printed: read in a wrong encoding before it came here, lost in a broken font, or
//! read across its columns. It is cleaned as it stands, and [`Judge`] says what is suspicious.

mod counts;
mod read_across;

pub use crate::text::misread::Misread;

use crate::proof::Proof;
use crate::rule::Rule;
use crate::text::misread::{FEW_FREQUENT, LATIN_SHARE, MAX_JUDGED, has_frequent};
use crate::text::width::is_han;
use memchr::memmem::Finder;
use read_across::is_read_across;
use std::sync::LazyLock;

/// First bytes of Han in UTF-8, from U+4E00 to U+9FFF and a little beyond.
const HAN_BYTES: std::ops::RangeInclusive<u8> = 0xE4..=0xE9;
/// What stands for characters that were lost. Making a searcher takes as long as searching a short text.
static LOST: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["锟斤拷", "\u{FFFD}"].map(Finder::new));
/// Fewer printed characters are too few to judge.
const MIN_JUDGED: usize = 100;
/// Bytes of an input whose Han are counted, from its beginning: counting all of a long one is a tenth of the time of its cleaning.
const MAX_COUNTED: usize = 1 << 16;
/// With fewer than one Han character among this many the text is no Chinese, or its font is broken.
const HAN_SHARE: usize = 4;
/// With more than one private character among so many the font is broken.
const PRIVATE_SHARE: usize = 10;
/// With more than one kana among so many the text is Japanese.
const KANA_SHARE: usize = 5;
/// Breaks that the model must have judged before their certainties say anything of the page.
const MIN_BREAKS: u64 = 20;
/// One uncertain break among so many is more than a page of the kinds that the model was fitted on has: none of 60 pages of the
/// bench (at most 0.09) and of 706 pages that `bench/corpus` sets from clean articles.
const UNCERTAIN_SHARE: u64 = 5;

/// Why a text is probably not what the page printed.
///
/// ```
/// use qingyang::suspicion::Suspicion;
/// assert_eq!(Suspicion::ReadAcross.name(), "columns read across");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Suspicion {
    /// 锟斤拷: characters that were lost before.
    LostCharacters,
    /// U+FFFD in the input.
    ReplacementCharacters,
    /// Bytes of one encoding that were read as another.
    Misread(Misread),
    /// Private characters of a font.
    BrokenFont,
    /// Japanese.
    Japanese,
    /// Another language, a table of figures, or a broken font.
    FewHan,
    /// Han that running text hardly has: a font without a table of Unicode.
    RareHan,
    /// Lines of two columns that were read as one line.
    ReadAcross,
    /// A page unlike those that the model of line breaks was fitted on.
    UnlikeTheModel,
}

impl Suspicion {
    /// The name, as in the summary of the tool.
    pub const fn name(self) -> &'static str {
        match self {
            Suspicion::LostCharacters => "lost characters",
            Suspicion::ReplacementCharacters => "replacement characters",
            Suspicion::Misread(_) => "misread encoding",
            Suspicion::BrokenFont => "broken font",
            Suspicion::Japanese => "Japanese",
            Suspicion::FewHan => "few Han",
            Suspicion::RareHan => "rare Han",
            Suspicion::ReadAcross => "columns read across",
            Suspicion::UnlikeTheModel => "unlike the model",
        }
    }

    /// One of each kind.
    pub fn all() -> impl Iterator<Item = Suspicion> {
        use Suspicion::*;
        [
            LostCharacters,
            ReplacementCharacters,
            Misread(self::Misread::Utf8AsGbk),
            BrokenFont,
            Japanese,
            FewHan,
            RareHan,
            ReadAcross,
            UnlikeTheModel,
        ]
        .into_iter()
    }
}

/// Takes the proofs of an input and says at its end what is suspicious. It keeps a few hundred characters.
///
/// ```
/// use qingyang::suspicion::{Judge, Suspicion};
/// let mut judge = Judge::default();
/// judge.add(&qingyang::Cleaner::new(qingyang::Options::default()).page("渠水锟斤拷流过\n"));
/// assert_eq!(judge.end(), [Suspicion::LostCharacters]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Judge {
    /// The first characters of the clean text.
    text: String,
    /// Printed characters in it.
    judged: usize,
    /// Bytes whose characters were counted, the printed ones among these, and those that begin with a byte of Han.
    counted: usize,
    printed: usize,
    han: usize,
    /// 锟斤拷 and U+FFFD, in the whole input, and U+FFFD that were put there by this cleaning.
    broken: u64,
    replacements: u64,
    malformed: u64,
    /// Line breaks that the model judged, and the uncertain ones among them.
    breaks: u64,
    uncertain: u64,
    read_across: bool,
}

impl Judge {
    /// Bytes of an input, from its beginning, of which [`source`](Judge::source) reads all: about a page.
    pub const SOURCE_BYTES: usize = 1 << 13;

    /// Takes the beginning of the input, before it was cleaned. Without it, nothing is said of columns that were read across.
    pub fn source(&mut self, text: &str) {
        let ends = (0..=text.len().min(Judge::SOURCE_BYTES)).rev().find(|&end| text.is_char_boundary(end));
        self.read_across = is_read_across(&text[..ends.unwrap_or(0)]);
    }

    /// Takes the next proof.
    pub fn add(&mut self, proof: &Proof) {
        self.malformed += proof.counts.of(Rule::Malformed);
        self.breaks += proof.certainty.breaks;
        self.uncertain += proof.certainty.uncertain;
        let text = &proof.text;
        let [broken, replaced] = &*LOST;
        self.broken += broken.find_iter(text.as_bytes()).count() as u64;
        self.replacements += replaced.find_iter(text.as_bytes()).count() as u64;
        let counted = &text.as_bytes()[..text.len().min(MAX_COUNTED.saturating_sub(self.counted))];
        self.counted += counted.len();
        self.han += counts::bytes(counted, |b| HAN_BYTES.contains(&b));
        self.printed += counts::bytes(counted, |b| (b & 0xC0 != 0x80) & !b.is_ascii_whitespace());
        self.sample(text);
    }

    /// Keeps the first printed characters.
    fn sample(&mut self, text: &str) {
        // By words: a push of each character takes a hundred instructions.
        for word in text.split(|c: char| c.is_ascii_whitespace() || c == '\u{3000}') {
            let room = MAX_JUDGED - self.judged;
            if room == 0 {
                break;
            }
            let chars = word.chars().count();
            let kept =
                if chars <= room { word } else { &word[..word.char_indices().nth(room).map_or(0, |(end, _)| end)] };
            self.judged += chars.min(room);
            self.text.push_str(kept);
        }
    }

    /// What is suspicious; nothing of most inputs.
    pub fn end(&self) -> Vec<Suspicion> {
        let mut found = Vec::new();
        let mut find = |holds: bool, suspicion| found.extend(holds.then_some(suspicion));
        find(self.broken > 0, Suspicion::LostCharacters);
        find(self.replacements > self.malformed, Suspicion::ReplacementCharacters);
        if let Some(suspicion) = self.other_text() {
            find(true, suspicion);
            return found;
        }
        find(self.read_across, Suspicion::ReadAcross);
        let is_unlike = self.breaks >= MIN_BREAKS && self.uncertain * UNCERTAIN_SHARE > self.breaks;
        find(is_unlike && !self.read_across, Suspicion::UnlikeTheModel);
        found
    }

    /// Why the characters are not those of Chinese.
    fn other_text(&self) -> Option<Suspicion> {
        if self.printed < MIN_JUDGED || self.is_plainly_chinese() { None } else { self.looked_at_closely() }
    }

    /// A cheap look at bytes, which clears nearly every text. What it clears, the close look would clear.
    fn is_plainly_chinese(&self) -> bool {
        let text = self.text.as_bytes();
        // Latin-1 has these first bytes. The others are bounds: a few marks begin as kana or private characters do.
        let foreign = counts::bytes(text, |b| (b == 0xC2) | (b == 0xC3));
        let kana = counts::pairs(text, |a, b| (a == 0xE3) & (0x81..=0x83).contains(&b));
        let private =
            counts::bytes(text, |b| (b == 0xEE) | (b >= 0xF3)) + counts::pairs(text, |a, b| (a == 0xEF) & (b <= 0xA3));
        foreign * LATIN_SHARE <= self.judged
            && kana * KANA_SHARE <= self.judged
            && private * PRIVATE_SHARE <= self.judged
            && self.han * HAN_SHARE >= self.printed
            && has_frequent(&self.text, FEW_FREQUENT)
    }

    fn looked_at_closely(&self) -> Option<Suspicion> {
        let (mut foreign, mut private, mut kana, mut han) = (0, 0, 0, 0);
        for c in self.text.chars() {
            match c {
                '\u{80}'..='\u{FF}' => foreign += 1,
                '\u{3041}'..='\u{30FF}' => kana += 1,
                '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}' => private += 1,
                _ => han += usize::from(is_han(c)),
            }
        }
        let is_usual = foreign * LATIN_SHARE <= self.judged && has_frequent(&self.text, FEW_FREQUENT);
        if !is_usual && let Some(misread) = Misread::of(&self.text) {
            return Some(Suspicion::Misread(misread));
        }
        if private * PRIVATE_SHARE > self.judged {
            return Some(Suspicion::BrokenFont);
        }
        if kana * KANA_SHARE > self.judged {
            return Some(Suspicion::Japanese);
        }
        if self.han * HAN_SHARE < self.printed {
            return Some(Suspicion::FewHan);
        }
        let is_rare = !is_usual && han >= 2 * MIN_JUDGED && !has_frequent(&self.text, FEW_FREQUENT / 2.0);
        is_rare.then_some(Suspicion::RareHan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A judge that took a clean text as it stands.
    fn of(text: &str) -> Judge {
        let mut judge = Judge::default();
        judge.add(&Proof { text: text.into(), ..crate::Cleaner::new(crate::Options::default()).page("") });
        judge
    }

    proptest! {
        /// Of characters that the tests ask for, and of those beside their bounds.
        #[test]
        fn the_cheap_look_clears_nothing_that_the_close_look_tells(
            words in prop::collection::vec(("[的一了渠水闸桥、。\u{3000}]{0,20}", "[ぁ-ヿ\u{3040}\u{80}-ÿ\u{E000}-\u{F8FF}\u{F900}-\u{FAFF}\u{FE30}！曛邈蟠\u{F0000}-\u{F00FF}a-z]{0,6}"), 0..60),
        ) {
            let text: String = words.into_iter().flat_map(|(a, b)| [a, b]).collect();
            let judge = of(&text);
            let cleared = judge.printed >= MIN_JUDGED && judge.is_plainly_chinese();
            prop_assert!(!cleared || judge.looked_at_closely().is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_sample_is_the_first_printed_characters(texts in prop::collection::vec("[渠a \\n\u{3000}]{0,400}", 0..4)) {
            let mut judge = Judge::default();
            texts.iter().for_each(|text| judge.sample(text));
            let printed = texts.iter().flat_map(|text| text.chars());
            let printed = printed.filter(|c| !c.is_ascii_whitespace() && *c != '\u{3000}');
            prop_assert_eq!(&judge.text, &printed.take(MAX_JUDGED).collect::<String>());
            prop_assert_eq!(judge.judged, judge.text.chars().count());
        }
    }

    #[test]
    fn the_cheap_look_clears_a_usual_text() {
        let usual = "昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行十二公里。".repeat(5);
        assert!(of(&usual).is_plainly_chinese());
        assert!(!of(&"きのうの朝、橋を渡りました。".repeat(12)).is_plainly_chinese());
    }
}
