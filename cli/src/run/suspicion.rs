//! Text that is probably not what the page printed: read in a wrong encoding before it came here, or by a broken font. The
//! text is cleaned as it stands; the user is told.

use crate::messages::Suspicion;
use encoding_rs::{BIG5, Encoding, GBK, SHIFT_JIS};
use memchr::memmem;

/// First bytes of Han in UTF-8, from U+4E00 to U+9FFF and a little beyond.
const HAN_BYTES: std::ops::RangeInclusive<u8> = 0xE4..=0xE9;
/// Fewer printed characters are too few to judge.
const MIN_JUDGED: usize = 100;
/// Printed characters of an input that are judged, from its beginning: enough for shares, and no work beside the cleaning.
const MAX_JUDGED: usize = 600;
/// Bytes of an input whose Han are counted, from its beginning: counting all of a long one is a tenth of the time of its cleaning.
const MAX_COUNTED: usize = 1 << 16;
/// With fewer than one Han character among this many the text is no Chinese, or its font is broken.
const HAN_SHARE: usize = 4;
/// Of running text these are a fifth of all Han and more; of 5,000 pages with lists and tables no page has less than 3 %.
const FREQUENT: &str = "的一是不了在人有我他这中大来上国和地到以说时要就出会可也你对生能而子那得于着下自之年过后作里\
    這個來國說時會對後過為發學們年月日民市新報报工业業本记記者";
/// A text with a smaller share of frequent characters is suspected of being something else.
const FEW_FREQUENT: f64 = 0.02;
/// What is made of it with the right encoding has at least this share.
const MANY_FREQUENT: f64 = 0.12;

/// Takes the text of an input and judges it at its end.
#[derive(Debug, Default)]
pub struct Judge {
    text: String,
    /// Printed characters in it.
    judged: usize,
    /// Bytes whose characters were counted, the printed ones among these, and those that begin with a byte of Han.
    counted: usize,
    printed: usize,
    han: usize,
    /// 锟斤拷 and U+FFFD, in the whole input.
    broken: u64,
    replacements: u64,
}

impl Judge {
    /// Takes the next piece of clean text.
    pub fn add(&mut self, text: &str) {
        self.broken += memmem::find_iter(text.as_bytes(), "锟斤拷").count() as u64;
        self.replacements += memmem::find_iter(text.as_bytes(), "\u{FFFD}").count() as u64;
        let counted = &text.as_bytes()[..text.len().min(MAX_COUNTED.saturating_sub(self.counted))];
        self.counted += counted.len();
        self.han += counted.iter().filter(|b| HAN_BYTES.contains(b)).count();
        self.printed += counted.iter().filter(|b| *b & 0xC0 != 0x80 && !b.is_ascii_whitespace()).count();
        if self.judged == MAX_JUDGED {
            return;
        }
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            if self.judged == MAX_JUDGED {
                return;
            }
            self.judged += 1;
            self.text.push(c);
        }
    }

    /// What is suspicious. `malformed` characters were replaced in this run, and are reported as that.
    pub fn end(&self, malformed: u64) -> Vec<Suspicion> {
        let mut found = Vec::new();
        let count = |pred: fn(char) -> bool| self.text.chars().filter(|c| pred(*c)).count();
        if self.broken > 0 {
            found.push(Suspicion::Replaced);
        }
        if self.replacements > malformed {
            found.push(Suspicion::ReplacementCharacters);
        }
        if self.printed < MIN_JUDGED {
            return found;
        }
        let han = count(qingyang::is_han);
        let private = count(|c| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}'));
        match self.misread() {
            Some(encoding) => found.push(Suspicion::Misread(encoding)),
            None if private * 10 > self.judged => found.push(Suspicion::BrokenFont),
            None if count(|c| matches!(c, '\u{3041}'..='\u{30FF}')) * 5 > self.judged => found.push(Suspicion::Kana),
            None if self.han * HAN_SHARE < self.printed => found.push(Suspicion::FewHan),
            None if han >= 2 * MIN_JUDGED && share(&self.text) < FEW_FREQUENT / 2.0 => found.push(Suspicion::RareHan),
            None => {}
        }
        found
    }

    /// The two encodings by which the text was misread, if another reading of its bytes is Chinese or Japanese.
    fn misread(&self) -> Option<&'static str> {
        let latin = self.text.chars().filter(|c| matches!(c, '\u{80}'..='\u{FF}')).count();
        if latin * 3 > self.judged {
            let bytes: Vec<u8> = self.text.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
            return [GBK, encoding_rs::UTF_8].into_iter().find(|e| is_chinese(e, &bytes)).map(|e| match e.name() {
                "GBK" => "GBK as Latin-1",
                _ => "UTF-8 as Latin-1",
            });
        }
        if share(&self.text) >= FEW_FREQUENT {
            return None;
        }
        let (gbk, ..) = GBK.encode(&self.text);
        if is_chinese(encoding_rs::UTF_8, &gbk) {
            return Some("UTF-8 as GBK");
        }
        let (japanese, ..) = SHIFT_JIS.decode(&gbk);
        let kana = japanese.chars().filter(|c| matches!(c, '\u{3041}'..='\u{30FF}')).count();
        if kana * 4 > japanese.chars().count() {
            return Some("Shift_JIS as GBK");
        }
        let (big5, ..) = BIG5.encode(&self.text);
        is_chinese(GBK, &big5).then_some("GBK as Big5")
    }
}

/// The share of frequent characters among the Han of a text.
fn share(text: &str) -> f64 {
    let (frequent, han) = text
        .chars()
        .filter(|c| qingyang::is_han(*c))
        .fold((0_usize, 0_usize), |(frequent, han), c| (frequent + usize::from(FREQUENT.contains(c)), han + 1));
    frequent as f64 / han.max(1) as f64
}

/// Whether bytes are Chinese in an encoding: mostly Han, of which many are frequent.
fn is_chinese(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let han = text.chars().filter(|c| qingyang::is_han(*c)).count();
    han * 2 > text.chars().count() && share(&text) >= MANY_FREQUENT
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行12公里。这座桥是去年的民生工程，\
        桥面铺着防滑的松木板，两侧装了太阳能路灯，夜里远远望去像一串浮在水上的星星。村民们说，过去卖菜要绕行十一公里，如今从桥上\
        过去只要十来分钟，孩子上学也不用再起早了。";

    fn judged(text: &str) -> Vec<Suspicion> {
        let mut judge = Judge::default();
        judge.add(text);
        judge.end(0)
    }

    fn misread(written: &'static Encoding, read: &'static Encoding, text: &str) -> String {
        read.decode_without_bom_handling(&written.encode(text).0).0.into_owned()
    }

    #[test]
    fn text_that_was_read_in_a_wrong_encoding_is_suspected() {
        assert_eq!(judged(PAGE), []);
        for (text, want) in [
            (misread(encoding_rs::UTF_8, GBK, PAGE), "UTF-8 as GBK"),
            (misread(GBK, encoding_rs::WINDOWS_1252, PAGE), "GBK as Latin-1"),
            (misread(GBK, BIG5, PAGE), "GBK as Big5"),
            (
                misread(
                    SHIFT_JIS,
                    GBK,
                    &"きのうの朝、みなとの新しい橋がつながり、たくさんの人が歩いて渡りました。".repeat(5),
                ),
                "Shift_JIS as GBK",
            ),
        ] {
            assert!(judged(&text).contains(&Suspicion::Misread(want)), "{want}: {:?} of {text}", judged(&text));
        }
    }

    #[test]
    fn replaced_characters_broken_fonts_and_other_languages_are_suspected() {
        assert_eq!(judged("渠水锟斤拷流过"), [Suspicion::Replaced]);
        assert_eq!(judged("渠水\u{FFFD}流过"), [Suspicion::ReplacementCharacters]);
        let mut judge = Judge::default();
        judge.add("渠水\u{FFFD}流过");
        assert_eq!(judge.end(1), [], "it was replaced in this run");
        assert_eq!(judged(&"\u{E012}\u{E4F1}渠".repeat(50)), [Suspicion::BrokenFont]);
        assert_eq!(judged(&"きのうの朝、橋を渡りました。".repeat(12)), [Suspicion::Kana]);
        assert_eq!(judged(&"The bridge was opened yesterday. ".repeat(9)), [Suspicion::FewHan]);
        assert_eq!(judged(&"曛邈蟠黻黼鼋鼍龠龢龡".repeat(30)), [Suspicion::RareHan]);
        assert_eq!(judged("The bridge"), [], "too short to judge");
    }

    /// At most one page of a thousand is suspected without cause. The pages are not in the repository.
    #[test]
    fn hardly_a_clean_page_is_suspected() {
        let Some(root) = std::env::var_os("QINGYANG_SHARED") else { return };
        let bench = std::path::Path::new(&root).join("bench");
        let pages = walkdir::WalkDir::new(bench).into_iter().flatten().map(walkdir::DirEntry::into_path);
        let (mut all, mut suspected) = (0, Vec::new());
        for path in pages.filter(|path| path.to_string_lossy().ends_with(".raw.txt")) {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            all += 1;
            let found = judged(&text);
            if !found.is_empty() {
                suspected.push((path, found));
            }
        }
        assert!(all > 0 && suspected.len() * 1000 <= all, "{} of {all}: {suspected:?}", suspected.len());
    }
}
