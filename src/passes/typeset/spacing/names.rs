//! Spaces of bylines and lists of names: between a post and its name, between names, inside a name.

use super::gap::{Gap, named};
use crate::lexicon;
use crate::measure::{Habits, Line, NOISE};
use crate::passes::typeset::tokens::{Token, Tokens};
use crate::text::scan::{BLOCK, bracket_ends, last_block};
use crate::text::width::is_han;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::surnames::is_surname;
use std::ops::Range;

/// Where the last brackets of a line begin, if they end it and a credit ends them: （何苗 裴桐 摄影报道）.
pub(super) fn credited_from(line: &str, words: &Vocabulary) -> Option<usize> {
    let inner = line.strip_suffix(['）', ')'])?;
    let (at, _) = inner.char_indices().rev().take(MOST_CREDITED).find(|(_, c)| matches!(c, '（' | '('))?;
    let credit = inner[at..].rsplit(' ').next().unwrap_or_default();
    words.is_credit(credit).then_some(at)
}

/// Characters of the longest brackets with names and a credit.
const MOST_CREDITED: usize = 24;

/// A gap between Han in a byline that is not letter-spaced.
pub(super) fn keeps_in_byline(gap: &Gap<'_>) -> bool {
    let (left, right) = (gap.left(), gap.right());
    // No name has one glyph: 王连 志.
    if lone_han(right.chars()) && gap.width() == 1 && gap.a.glyphs == 2 && is_surname(&[gap.a.first(gap.text)]) {
        return false;
    }
    // A single space between two single Han spreads a name of two glyphs to the width of three; other spaces separate names.
    !(lone_han(left.chars().rev()) && lone_han(right.chars()) && gap.width() == 1)
}

/// Whether the characters begin with exactly one Han: 苗 in 何 苗）.
fn lone_han(chars: impl Iterator<Item = char>) -> bool {
    chars.take_while(|&c| is_han(c)).take(2).count() == 1
}

/// Whether a gap of a letter-spaced byline separates a post from a name, or two names: 记 者 周 文 海 通 讯 员.
pub(super) fn separates_names(gap: &Gap<'_>, line: &Line, words: &Vocabulary) -> bool {
    let text = gap.text;
    let (start, end) = (line.start as usize, line.end as usize);
    let before: Vec<char> =
        text[start..gap.a.end].chars().rev().filter(|&c| c != ' ').take(8).take_while(|&c| is_han(c)).collect();
    let after: Vec<char> =
        text[gap.b.start..end].chars().filter(|&c| c != ' ').take(8).take_while(|&c| is_han(c)).collect();
    let left: String = before.iter().rev().collect();
    let right: String = after.iter().collect();
    let posts = &words.posts;
    if words.is_inside_post(&left, &right) {
        return false;
    }
    if posts.ends(&left) || words.opens_with_post(&right) {
        return true;
    }
    // The characters since the last post, and up to the next post.
    let name = posts.last_in(&left).map_or(left.as_str(), |post| &left[post.end..]);
    let next = posts.first_in(&right).map_or(right.as_str(), |post| &right[..post.start]);
    let begins = |s: &str| s.chars().next().is_some_and(|c| is_surname(&[c]));
    let (n, m) = (name.chars().count(), next.chars().count());
    (2..=3).contains(&n) && m >= 2 && begins(name) && begins(next) && !(n == 2 && m == 1)
}

/// Whether a person's name may end here.
pub(super) fn name_end(left: &str) -> bool {
    left.chars().next_back().is_some_and(is_han)
}

/// Whether the fields of a line are names of people, 贺玉兰 万长顺 安雪梅. Running text may also have such lines.
pub(super) fn is_name_list(text: &str, tokens: &Tokens, habits: &Habits) -> bool {
    let &Tokens { all: ref tokens, name_sized, .. } = tokens;
    if tokens.len() < 3 {
        return false;
    }
    let named = |t: &&Token| named(text, t) && is_han(t.last(text));
    if habits.noise > NOISE {
        // Stray spaces also cut words, and many words begin with the same character as a surname.
        let whole = |t: &Token| named(&t) && !lexicon::is_word(&t.of(text).chars().collect::<Vec<_>>());
        return tokens.len() >= 4 && tokens[1..tokens.len() - 1].iter().all(whole);
    }
    // The first and the last field may be part of a sentence, or cut by the end of the line.
    let most = |n: usize| n * 3 >= tokens.len() * 2;
    habits.spaced <= 0.2 && most(name_sized) && most(tokens.iter().filter(named).count())
}

/// Whether a byline in brackets, （记者 …, is open after a part of a text. `open` tells whether one was open before it.
pub(crate) fn byline_open(text: &str, part: Range<usize>, open: bool, words: &Vocabulary) -> bool {
    let Some(bracket) = last_bracket(text.as_bytes(), part.clone()) else { return open };
    if !bracket.opens {
        return false;
    }
    let tail = &text[bracket.end..part.end];
    words.opens_byline_in_brackets(tail)
}

/// A round or square bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bracket {
    end: usize,
    opens: bool,
}

/// The last bracket of a part of a text.
fn last_bracket(bytes: &[u8], part: Range<usize>) -> Option<Bracket> {
    let mut end = part.end;
    while end > part.start {
        let from = end.saturating_sub(BLOCK);
        let mut may = match bytes[..end].last_chunk() {
            Some(block) => bracket_ends(block),
            None => bracket_ends(&last_block(&bytes[..end])),
        };
        while may != 0 {
            let end = from + may.ilog2() as usize + 1;
            may ^= 1 << may.ilog2();
            let opens = match bytes[..end].get(part.start..)? {
                [.., b'('] | [.., 0xEF, 0xBC, 0x88] | [.., 0xE3, 0x80, 0x90 | 0x94] => true, // （ 【 〔
                [.., b')'] | [.., 0xEF, 0xBC, 0x89] | [.., 0xE3, 0x80, 0x91 | 0x95] => false, // ） 】 〕
                _ => continue,
            };
            return Some(Bracket { end, opens });
        }
        if from <= part.start {
            break;
        }
        // A bracket may lie across the border of two blocks.
        end = from + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_last_bracket_is_found_at_any_place(
            before in "[渠（( ]{0,40}", part in "[渠伈ａ水，、《（）【】〔〕()a]{0,3}[渠伈，、《a]{0,40}", tail in "[渠）)]{0,30}",
        ) {
            let text = format!("{before}{part}{tail}");
            let found = last_bracket(text.as_bytes(), before.len()..before.len() + part.len());
            let want = part.char_indices().rev().find(|&(_, c)| "（）【】〔〕()".contains(c)).map(|(at, c)| Bracket {
                end: before.len() + at + c.len_utf8(),
                opens: "（【〔(".contains(c),
            });
            prop_assert_eq!(found, want);
        }
    }
}
