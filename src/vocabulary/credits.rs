//! Credits 署名: what a person did for a picture or a text, after the name. 何苗 摄, 何苗 供图, 文／图 何苗.

use super::{Vocabulary, word_list};
use crate::text::width::is_han;

/// Credits of a picture that hardly end another phrase: they count with or without a space before them.
pub(super) const CLEAR: &[&str] = &[
    "摄",
    "攝",
    "绘",
    "繪",
    "供图",
    "供圖",
    "摄影",
    "攝影",
    "摄影报道",
    "攝影報道",
    "摄影报导",
    "攝影報導",
    "文/图",
    "文/圖",
    "文／图",
    "文／圖",
    "图/文",
    "圖/文",
    "图／文",
    "圖／文",
    "文/摄",
    "文/攝",
    "文／摄",
    "文／攝",
    "摄/文",
    "攝/文",
    "摄／文",
    "攝／文",
];
/// Credits that are common words too: they count only as words of their own, after a space.
pub(super) const PLAIN: &[&str] = &[
    "文", "图", "圖", "作", "整理", "文图", "文圖", "图文", "圖文", "供稿", "撰文", "报道", "報道", "报导", "報導",
    "制图", "製圖",
];
/// All credits.
pub(crate) const ALL: [&str; CLEAR.len() + PLAIN.len()] = word_list::joined(&[CLEAR, PLAIN]);

/// How a field begins that credits text and picture at once: 文/何苗, 图／石头.
pub(super) const SLASHED: &[&str] = &["文/", "文／", "图/", "图／", "圖/", "圖／", "摄/", "摄／", "攝/", "攝／"];

impl Vocabulary {
    /// Whether a field of a line is a credit: 摄, 供图, 文/何苗.
    pub fn is_credit(&self, field: &str) -> bool {
        // The slashed ones and 摄制, 摄于 begin like a credit.
        if !self.credits.may_open(field) {
            return false;
        }
        let made = || field.starts_with(['摄', '攝']) && field.chars().count() <= 3;
        self.credits.has(field) || self.slashed.opens(field) || made()
    }

    /// Whether a text ends with a credit: 何苗摄, 何苗 作. 工作 ends with none.
    pub fn ends_with_credit(&self, text: &str) -> bool {
        match self.credits.suffix_of(text) {
            Some(word) if self.plain_credits.has(word) => {
                let before = &text[..text.len() - word.len()];
                before.is_empty() || before.ends_with(' ')
            }
            found => found.is_some(),
        }
    }

    /// Whether a line that is only a credit joins the end of the line above: 何苗⏎摄, but not 工⏎作.
    pub fn is_credit_below(&self, above: &str, line: &str) -> bool {
        match self.credits.has(line) {
            true if self.plain_credits.has(line) => self.ends_with_name(above),
            found => found && above.chars().next_back().is_some_and(is_han),
        }
    }

    /// Whether a line ends with a credit that is a common word, after a name and a space: 何苗 作.
    pub fn ends_with_name_and_credit(&self, line: &str) -> bool {
        let word = self.credits.suffix_of(line);
        let before = word.and_then(|word| line[..line.len() - word.len()].strip_suffix(' '));
        before.is_some_and(|before| self.ends_with_name(before))
    }
}
