//! Posts of the people who make a paper: 记者, 通讯员, 编辑. A name follows them after a space.

use super::{Vocabulary, word_list};

/// Posts of those who report. Bylines and datelines name them.
pub(super) const REPORTERS: &[&str] = &["记者", "記者", "通讯员", "通訊員", "实习生", "實習生"];
/// Posts of those who edit a page. They are rare outside the editors' line.
pub(super) const PAGE_EDITORS: &[&str] = &[
    "责任编辑",
    "責任編輯",
    "本版编辑",
    "本版編輯",
    "责编",
    "責編",
    "美编",
    "美編",
    "校对",
    "校對",
    "版式",
    "组版",
    "組版",
    "值班主任",
    "值班编委",
    "值班編委",
];
/// All posts of editors.
pub(super) const EDITORS: [&str; PAGE_EDITORS.len() + 4] =
    word_list::joined(&[PAGE_EDITORS, &["编辑", "編輯", "主编", "主編"]]);
/// Posts of those who sign a text. In brackets they make a byline wherever they are.
pub(super) const SIGNERS: [&str; REPORTERS.len() + 1] = word_list::joined(&[REPORTERS, &["作者"]]);
/// Others whose name follows.
pub(super) const OTHERS: &[&str] = &[
    "摄影",
    "攝影",
    "作者",
    "读者",
    "讀者",
    "审判长",
    "審判長",
    "审判员",
    "審判員",
    "陪审员",
    "陪審員",
    "书记员",
    "書記員",
    "主持人",
    "编委",
    "編委",
];

/// All posts.
pub(super) const ALL: [&str; REPORTERS.len() + EDITORS.len() + OTHERS.len()] =
    word_list::joined(&[REPORTERS, &EDITORS, OTHERS]);

/// Words before a post that belong to it, besides the sender: 特约记者, 实习记者.
pub(super) const QUALIFIERS: &[&str] = &["首席", "特约", "特約", "实习", "實習", "见习", "見習"];

/// Glyphs after an open bracket that are searched for a post: a sender, two qualifiers and a post are shorter.
const OPENING: usize = 12;

impl Vocabulary {
    /// Whether `text` begins with a post, a sender or qualifier before it included.
    pub fn opens_with_post(&self, text: &str) -> bool {
        self.posts.opens(self.without_qualifiers(text))
    }

    /// Whether `text` begins with the post of a reporter, a sender or qualifier before it included.
    pub fn opens_with_reporter(&self, text: &str) -> bool {
        self.reporters.opens(self.without_qualifiers(text))
    }

    /// Whether `text` begins with a post or with a qualifier. The rest may be on the next line.
    pub fn may_open_with_post(&self, text: &str) -> bool {
        self.posts.opens(text) || self.qualifiers.opens(text)
    }

    /// Whether a line is a byline by its beginning: 本报记者何苗, 通讯员 何苗.
    pub fn opens_as_byline(&self, text: &str) -> bool {
        let body = self.without_qualifiers(text);
        match self.posts.prefix_of(body) {
            Some(post) => body.len() < text.len() || body[post.len()..].starts_with(' '),
            None => false,
        }
    }

    /// Whether `rest` is the second half of a post that a line break cut: 讯员, 報記者.
    pub fn is_rest_of_post(&self, rest: &str) -> bool {
        let cut = |word: &str, rest: &str| !rest.is_empty() && rest.len() < word.len() && word.ends_with(rest);
        if self.posts.iter().any(|post| cut(post, rest)) {
            return true;
        }
        let before = self.posts.suffix_of(rest).map(|post| &rest[..rest.len() - post.len()]);
        before.is_some_and(|b| self.own.iter().chain(self.qualifiers.iter()).any(|word| cut(word, b)))
    }

    /// Whether the text after a bracket that is still open is the beginning of a byline: 记者 何苗 or a part of 通讯员.
    pub fn opens_byline_in_brackets(&self, tail: &str) -> bool {
        if self.signers.is_in(tail) {
            return true;
        }
        let begin = tail.trim_start_matches(' ');
        if ![&self.posts, &self.qualifiers, &self.own].iter().any(|words| words.may_open(begin)) {
            return false;
        }
        let mut inside = String::new();
        inside.extend(tail.chars().filter(|&c| c != ' ').take(OPENING));
        let body = self.without_qualifiers(&inside);
        if self.reporters.opens(body) {
            return true; // letter-spaced
        }
        // An editor's post may begin another word (编辑部), unless a space or a colon follows.
        let whole = self.without_qualifiers(tail.trim_start());
        let named = |post: &str| whole[post.len()..].chars().next().is_none_or(|c| matches!(c, ' ' | '：' | ':'));
        self.posts.prefix_of(whole).is_some_and(named) || self.is_beginning_of_reporter(&inside)
    }

    /// Whether `text` is nothing but the beginning of a reporter's post: 通讯, 本报.
    fn is_beginning_of_reporter(&self, text: &str) -> bool {
        let begins = |word: &str, text: &str| !text.is_empty() && word.starts_with(text);
        let body = self.own.prefix_of(text).map_or(text, |own| &text[own.len()..]);
        let own = body.is_empty() && !text.is_empty() || self.own.iter().any(|own| begins(own, text));
        own || self.reporters.iter().chain(self.qualifiers.iter()).any(|word| begins(word, body))
    }

    /// `text` without the senders and qualifiers that it begins with. 实习 of 实习生 is a part of the post.
    fn without_qualifiers<'a>(&self, text: &'a str) -> &'a str {
        let mut rest = text;
        while !self.posts.opens(rest)
            && let Some(word) = self.qualifiers.prefix_of(rest).or_else(|| self.own.prefix_of(rest))
        {
            rest = &rest[word.len()..];
        }
        rest
    }

    /// Whether a post or its qualifier goes on from `left` to `right`: 本报|记者, 特约|通讯员.
    pub fn is_inside_post(&self, left: &str, right: &str) -> bool {
        (self.qualifiers.ends(left) || self.own.ends(left)) && self.opens_with_post(right)
    }
}
