//! Lists of names in which a name of two characters is spread to the width of three: 马　明　王　芳　孙建国.

use super::tokens::{Token, Tokens};
use crate::lexicon;
use crate::text::width::is_han;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::surnames::{self, NAME, is_surname};

/// Gaps of a line that are looked at: a roster of a hundred names in one line is none.
const MOST_GAPS: usize = 128;

/// Pairs of single glyphs that need no longer name beside them, if none of them is a word.
const SURE_PAIRS: usize = 3;

/// The gaps inside the names of a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Roster {
    /// A bit for each gap of the line.
    inside: u128,
}

impl Roster {
    /// Whether the gap before the token with this number is inside a name.
    pub fn is_inside(&self, place: usize) -> bool {
        place.checked_sub(1).is_some_and(|gap| gap < MOST_GAPS && self.inside >> gap & 1 == 1)
    }
}

/// What a line has if its single glyphs are read as names.
#[derive(Debug, Clone, Copy, Default)]
struct Reading {
    inside: u128,
    /// Names that are spread, whole names, and other fields.
    pairs: usize,
    whole: usize,
    others: usize,
    /// Single glyphs that are no part of a name. A line that is letter-spaced throughout has some.
    single: usize,
    /// Whether it begins with a label: 副组长：.
    labelled: bool,
    /// Pairs that are a word of the lexicon.
    words: usize,
    /// The widest gap inside a name and the narrowest between two fields, in spaces.
    inner: usize,
    outer: usize,
}

/// Reads a line as a roster. `beside` are the lines above and below, which prove a roster where a line alone does not.
pub(super) fn read(
    text: &str,
    tokens: &Tokens,
    words: &Vocabulary,
    beside: impl Fn() -> [Option<Tokens>; 2],
) -> Option<Roster> {
    let reading = Reading::of(text, &tokens.all, words);
    let Reading { inside, pairs, whole, others, single, labelled, words: lexical, inner, outer } = reading;
    if pairs == 0 && others == 0 && whole > 1 && tokens.all.iter().all(|t| t.of(text).ends_with(['）', ')'])) {
        return Some(Roster { inside }); // 马明（桥头小学） 孙建国（清水一中）
    }
    if pairs == 0 && inside > 0 && whole > 0 && others == 0 && single == 0 {
        return Some(Roster { inside }); // 主　　编　孙建国: only the post is spread
    }
    let names = pairs + whole;
    if pairs == 0 || single > 0 || lexical > 0 && whole == 0 || names < 2 * others {
        return None;
    }
    let proved = whole > 0 || names >= 2 && inner < outer || pairs >= SURE_PAIRS;
    let of_names = |tokens: &Tokens| {
        let reading = Reading::of(text, &tokens.all, words);
        reading.others == 0
            && reading.single == 0
            && reading.pairs + reading.whole >= if reading.labelled { 1 } else { 2 }
    };
    let beside = || (names >= 2 || labelled) && beside().iter().flatten().any(of_names);
    (names >= 2 && proved || labelled && others == 0 && is_byline(text, tokens, words) || beside())
        .then_some(Roster { inside })
}

impl Reading {
    fn of(text: &str, tokens: &[Token], words: &Vocabulary) -> Reading {
        let mut reading = Reading { outer: usize::MAX, ..Reading::default() };
        let mut k = 0;
        while k < tokens.len() {
            if let Some(before) = k.checked_sub(1) {
                reading.outer = reading.outer.min(tokens[k].start - tokens[before].end);
            }
            // 组　长：马　明: the label may be spread, too.
            if let Some(label) = spread_label(text, &tokens[k..]).filter(|label| k + label <= MOST_GAPS) {
                reading.inside |= ((1 << label) - 1) << k;
                reading.labelled = true;
                k += label;
            } else if k == 0
                && let Some(post) = spread_post(text, tokens, words)
            {
                // 审 判 长 马 明
                reading.inside |= (1 << post) - 1;
                reading.labelled = true;
                k += post + 1;
                continue;
            }
            let token = &tokens[k];
            reading.labelled |= token.of(text).contains(['：', ':']);
            match tokens.get(k + 1).and_then(|next| spread_name(text, token, next).map(|name| (next, name))) {
                Some((next, name)) if k < MOST_GAPS => {
                    reading.inside |= 1 << k;
                    reading.pairs += 1;
                    reading.whole += names_before_last(token.of(text));
                    reading.words += usize::from(lexicon::is_word(&name));
                    reading.inner = reading.inner.max(next.start - token.end);
                    // 丁　义、苗　润: the token that ends a name begins the next one.
                    let chained = tokens.get(k + 2).is_some_and(|third| spread_name(text, next, third).is_some());
                    k += if chained && next.glyphs > 1 { 1 } else { 2 };
                }
                _ => {
                    let field = token.of(text);
                    let (name, post) = (is_name(field), words.posts.ends(field));
                    reading.labelled |= post;
                    reading.single += usize::from(token.glyphs == 1);
                    reading.whole += usize::from(name) + names_before_last(field);
                    let neutral =
                        name || post || field.ends_with(['：', ':']) || words.slashed.opens(field) || is_number(field);
                    reading.others += usize::from(!neutral);
                    k += 1;
                    // No roster, whatever follows: most letter-spaced lines end here.
                    if reading.single > 0 && reading.others > 0 {
                        break;
                    }
                }
            }
        }
        reading
    }
}

/// Gaps inside the longest label.
pub(super) const LONGEST_LABEL: usize = 4;

/// Whether a line names its post first: 本报记者　何　苗.
fn is_byline(text: &str, tokens: &Tokens, words: &Vocabulary) -> bool {
    tokens.all.first().is_some_and(|t| words.reporters.ends(t.of(text)))
}

/// How many gaps are inside the label that a line begins with, if it is spread: 组　长：, 联　系　人：.
pub(super) fn spread_label(text: &str, tokens: &[Token]) -> Option<usize> {
    // The token that ends it has its colon, too. In a letter-spaced line there is none, and no text is looked at.
    let single = tokens.iter().take(LONGEST_LABEL + 1).position(|t| t.glyphs > 1)?;
    let alone = || tokens[..single].iter().all(|t| is_han(t.first(text)));
    let mut last = tokens[single].of(text).chars();
    let ends = last.next().is_some_and(is_han) && matches!(last.next(), Some('：' | ':')) && alone();
    (single > 0 && ends).then_some(single)
}

/// How many gaps are inside the post that a line begins with, if it is spread: 审 判 长.
fn spread_post(text: &str, tokens: &[Token], words: &Vocabulary) -> Option<usize> {
    let single = tokens.iter().take(LONGEST_LABEL + 1).take_while(|t| t.glyphs == 1);
    let glyphs: String = single.map(|t| t.of(text)).collect();
    words.posts.prefix_of(&glyphs).map(|post| post.chars().count() - 1).filter(|&gaps| gaps > 0)
}

/// The name whose two characters are the end of one token and the beginning of the next, each of them alone.
pub(super) fn spread_name(text: &str, a: &Token, b: &Token) -> Option<[char; 2]> {
    let mut before = a.of(text).chars().rev();
    let surname = before.next().filter(|&c| is_surname(&[c]))?;
    let mut after = b.of(text).chars();
    let given = after.next().filter(|&c| is_han(c))?;
    let begins =
        before.next().is_none_or(|c| matches!(c, '：' | ':' | '（' | '(' | '、' | '，' | '.' | '．' | '0'..='9'));
    let ends =
        after.next().is_none_or(|c| matches!(c, '（' | '(' | '）' | ')' | '/' | '／' | '、' | '，' | '。' | '；'));
    (begins && ends).then_some([surname, given])
}

/// Whether a field is a label and a number or an address: 电话：1234567.
fn is_number(field: &str) -> bool {
    field
        .split_once(['：', ':'])
        .is_some_and(|(_, value)| !value.is_empty() && value.bytes().all(|b| b.is_ascii_graphic()))
}

/// Whether a field is a name of two to four characters, perhaps behind a label and before an aside.
fn is_name(field: &str) -> bool {
    let mut chars = field.chars();
    let mut name = [' '; NAME];
    let mut n = 0;
    // Until the aside. A label begins it anew.
    while let Some(c) = chars.next() {
        match c {
            '（' | '(' | '/' | '／' if !chars.as_str().contains(LABEL_ENDS) => break,
            c if LABEL_ENDS.contains(&c) => n = 0,
            c => {
                if n < NAME {
                    name[n] = c;
                }
                n += 1;
            }
        }
    }
    name.get(..n).is_some_and(surnames::is_name)
}

/// How many names a field enumerates before its last one: 诗歌组：阮子墨、翟慕白、尚 has two.
fn names_before_last(field: &str) -> usize {
    let Some((before, _)) = field.rsplit_once('、') else { return 0 };
    before.split('、').filter(|name| is_name(name)).count()
}

/// Marks between a label or a number and the name behind it.
const LABEL_ENDS: [char; 5] = ['：', ':', '.', '．', '、'];
