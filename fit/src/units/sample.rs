//! A page of units to learn from: the bins of its features, and what the gold says of each unit.

use crate::align::align;
use crate::folds::{FOLDS, NO_FOLD};
use crate::gold::{Gold, fold_char};
use qingyang::internals::model::units::facts::{KIND_COUNT, KINDS};
use qingyang::internals::model::units::templates::COUNT;
use qingyang::{Part, Role, Unit};
use std::collections::HashMap;

/// Every kind: the gold does not know the unit.
pub const ANY: u16 = (1 << KIND_COUNT) - 1;

/// A page of units with its gold.
pub struct Sample {
    pub id: String,
    pub channel: String,
    /// The kind of matter that the page was made for; empty where its set has no kinds.
    pub kind: String,
    pub bins: Vec<[u16; COUNT]>,
    /// The kinds that the gold allows each unit, a bit for each.
    pub allowed: Vec<u16>,
    /// The fold of each unit's article.
    pub fold: Vec<usize>,
    pub texts: Vec<String>,
    pub jumps: Jumps,
    /// Whether the folds are scored on this page.
    pub dev: bool,
    /// How much the page counts in training.
    pub weight: f32,
}

/// Jump lines that are parts of a unit.
#[derive(Default, Clone, Copy)]
pub struct Jumps {
    pub gold: u32,
    pub found: u32,
    pub right: u32,
}

/// The number of a kind, by its name in the gold.
pub fn kind(name: &str) -> Option<usize> {
    KINDS.iter().position(|k| *k == name)
}

fn bit(name: &str) -> u16 {
    1 << kind(name).expect("a kind of the model")
}

/// What one unit shares with the gold.
#[derive(Clone)]
struct Overlap {
    /// Characters of each kind.
    kinds: HashMap<usize, u32>,
    /// All characters.
    chars: u32,
    fold: usize,
}

impl Sample {
    /// The sample of this raw text, whose gold has these articles.
    pub fn new(id: &str, channel: &str, raw: &str, gold: &Gold, articles: &[Option<usize>]) -> Sample {
        let (text, units, bins) = qingyang::internals::fitting::measured_units(raw);
        let mut overlaps = vec![Overlap { kinds: HashMap::new(), chars: 0, fold: NO_FOLD }; units.len()];
        let mut jumps = JumpCounts::default();
        for (at, (unit, found)) in aligned(&text, &units, gold) {
            overlaps[unit].chars += 1;
            let Some(found) = found else { continue };
            let of = gold.chars[found];
            let Some(role) = gold.role(of) else { continue };
            if let Some(kind) = kind(role) {
                *overlaps[unit].kinds.entry(kind).or_default() += 1;
            }
            overlaps[unit].fold = fold(role, &gold.texts[of.unit], articles[of.unit]);
            if gold.roles[of.unit].len() > 1 && matches!(role, "jump" | "resume") {
                jumps.see(
                    (of.unit, of.part),
                    unit,
                    units[unit].parts.iter().any(|p| is_jump(p) && p.range.contains(&at)),
                );
            }
        }
        let texts: Vec<String> = units.iter().map(|u| text[u.range.clone()].to_string()).collect();
        let allowed: Vec<u16> = overlaps.iter().zip(&texts).map(|(o, text)| allowed(o, text)).collect();
        Sample {
            id: id.into(),
            channel: channel.into(),
            kind: String::new(),
            bins,
            jumps: jumps.finish(&allowed, &units),
            allowed,
            fold: overlaps.iter().map(|o| o.fold).collect(),
            texts,
            dev: false,
            weight: 1.0,
        }
    }
}

/// Each character of the units that is no white space: where it is, its unit, its gold character.
fn aligned(text: &str, units: &[Unit], gold: &Gold) -> Vec<(usize, (usize, Option<usize>))> {
    let mut chars = Vec::new();
    let mut places = Vec::new();
    for (k, u) in units.iter().enumerate() {
        for (at, c) in text[u.range.clone()].char_indices().filter(|(_, c)| !c.is_whitespace()) {
            chars.push(fold_char(c));
            places.push((u.range.start + at, k));
        }
    }
    let found = align(&chars, &gold.chars);
    places.into_iter().zip(found).map(|((at, unit), found)| (at, (unit, found))).collect()
}

/// The fold of a text. Furniture belongs to no article: a text of it goes to one fold on all pages.
fn fold(role: &str, text: &str, article: Option<usize>) -> usize {
    match article {
        Some(article) if role != "furniture" => article % FOLDS,
        _ => text.bytes().map(usize::from).sum::<usize>() % FOLDS,
    }
}

/// The kinds that the gold allows a unit: one, if four fifths of its characters have it.
fn allowed(overlap: &Overlap, text: &str) -> u16 {
    match overlap.kinds.iter().max_by_key(|(_, n)| **n) {
        // The block articles set imprints as small advertisements; they belong to the page.
        Some((&kind, _)) if KINDS[kind] == "short" && is_imprint(text) => bit("furniture"),
        Some((&kind, &most)) if most * 10 >= overlap.chars * 8 => 1 << kind,
        _ => ANY,
    }
}

fn is_imprint(text: &str) -> bool {
    const WORDS: [&str; 6] = ["责任编辑", "投稿邮箱", "印务中心", "零售价", "发行部电话", "广告热线"];
    WORDS.iter().any(|w| text.contains(w))
}

fn is_jump(part: &Part) -> bool {
    matches!(part.role, Role::Jump | Role::Resume)
}

/// The jump lines of the gold that are parts of a unit, by unit and part: whether each of its characters is in a jump part
/// of the page, and in which unit.
#[derive(Default)]
struct JumpCounts(HashMap<(usize, usize), (bool, usize)>);

impl JumpCounts {
    fn see(&mut self, gold: (usize, usize), unit: usize, in_jump: bool) {
        self.0.entry(gold).or_insert((true, unit)).0 &= in_jump;
    }

    /// The counts. A jump line that is a unit by itself is scored as a unit.
    fn finish(mut self, allowed: &[u16], units: &[Unit]) -> Jumps {
        let alone = bit("jump") | bit("resume");
        self.0.retain(|_, (_, unit)| allowed[*unit] & alone == 0 || allowed[*unit] == ANY);
        Jumps {
            gold: self.0.len() as u32,
            found: units.iter().flat_map(|u| &u.parts).filter(|p| is_jump(p)).count() as u32,
            right: self.0.values().filter(|(in_jump, _)| *in_jump).count() as u32,
        }
    }
}
