//! Display lines that a page printed twice or more: run by run (`ABAB`), glyph by glyph (`AABB`), as neighbouring
//! lines, or as overlapping pieces (`A⏎AB⏎BC⏎C`).
//!
//! Only whole lines that are tiled by copies are folded, one level only, and only if no writer can have meant them: a
//! short line needs other doubled display lines on the page as witnesses. Copies are compared without spaces, and
//! full-width characters equal their half-width forms.

mod again;
mod at_line;
mod chains;
mod copies;
mod find;
mod lines;
mod look;
mod tiling;

use crate::document::edit::Edits;
use crate::rule::Rule;
use crate::text::width::is_han;
use at_line::find_at;
pub use copies::fold_copies;
use find::{Cuts, Find, Manner, Span};
use lines::{Gaps, Lines, Looked, read_lines};
use look::look;
use std::collections::BTreeSet;
use std::ops::Range;
use tiling::Setting;

/// Probability that a copy is right to remove, if its line alone proves it. Set by hand.
const SURE: f32 = 0.999;

/// The same, if other doubled lines of the page are its witnesses. Set by hand.
const WITNESSED: f32 = 0.97;

/// Buffers that are kept from page to page.
#[derive(Debug, Default)]
pub struct Memory {
    lines: Lines,
    finds: Vec<Find>,
    doubtful: Vec<Find>,
    /// The ranges that the finds remove.
    cuts: Cuts,
    set: Setting,
    /// The lines that were folded, as ranges of the folded text.
    spots: Vec<Range<usize>>,
    /// Whether a line looked doubled and had too few witnesses.
    unproved: bool,
}

/// Proposes to remove the copies of `text`'s doubled lines. The first byte of each line that was printed twice is added to
/// `folded`.
pub fn propose(text: &str, memory: &mut Memory, edits: &mut Edits, folded: &mut Vec<usize>) {
    let Memory { lines, finds, doubtful, cuts, set, spots, unproved } = memory;
    finds.clear();
    doubtful.clear();
    cuts.clear();
    read_lines(text, lines);
    look(text.as_bytes(), lines);
    let gaps = Gaps::default();
    let Lines { lines, marks, looked, .. } = lines;
    let mut marks = marks.iter().copied().peekable();
    let mut next = 0; // the first line after the last find
    // First what needs no witness. These finds are the witnesses of the others.
    for &Looked { line: i, overlaps, tiles } in looked.iter() {
        if i < next {
            continue;
        }
        let line = lines[i];
        while marks.next_if(|&m| m < line.start).is_some() {}
        let marked = marks.peek().is_some_and(|&m| m < line.end);
        let looked = Looked { line: i, overlaps, tiles };
        if let Some(find) = find_at(text, lines, looked, marked, &gaps, set, cuts) {
            next = find.lines.end;
            if find.sure { finds.push(find) } else { doubtful.push(find) }
        }
    }
    *unproved = false;
    if !doubtful.is_empty() {
        // Two different pairs of equal lines are witnesses of each other. Other sure finds are witnesses, too.
        let lines_found = doubtful.iter().filter(|f| f.manner == Manner::Lines).count();
        let sure = finds.len();
        let kin = [Manner::Runs, Manner::Glyphs, Manner::Lines].map(|m| finds.iter().filter(|f| f.manner == m).count());
        let heads = heads(text, lines, doubtful, cuts);
        for (find, heads) in doubtful.drain(..).zip(heads) {
            let kin = kin[find.manner as usize];
            let witnesses =
                if find.manner == Manner::Lines { sure + lines_found - 1 } else { (kin + heads).max(sure / 2) };
            if witnesses >= find.needs {
                finds.push(find);
            } else {
                *unproved = true;
            }
        }
        finds.sort_by_key(|f| f.lines.start);
    }
    spots.clear();
    spots.extend(again::spots(lines, finds, cuts));
    let paragraphs = paragraphs(text, lines, finds);
    for (n, find) in finds.iter().enumerate() {
        if find.whole && !paragraphs.iter().any(|paragraph| paragraph.contains(&n)) {
            folded.push(lines[find.lines.start].start);
        }
        for cut in &cuts[find.cuts.clone()] {
            edits.replace_with(cut.clone(), "", Rule::Doubled, if find.sure { SURE } else { WITNESSED });
        }
    }
}

/// Whether a search of the whole of `text` may find doubled lines, where `memory` is that of the search that led to it.
pub fn may_find_more(text: &str, memory: &mut Memory) -> bool {
    let Memory { lines, cuts, set, spots, unproved, .. } = memory;
    // A line that was not proved may have other witnesses now.
    *unproved || again::may_find_more(text, spots, lines, set, cuts)
}

/// For each doubtful line: how many other lines are doubled in its manner, with other words, if both are heads of longer lines below.
/// A writer repeats himself in one headline of a page, not in several.
fn heads(text: &str, lines: &[Span], doubtful: &[Find], cuts: &Cuts) -> Vec<usize> {
    let body = |find: &Find| {
        let line = lines[find.lines.start];
        &text[line.start..line.end]
    };
    let is_head = |find: &Find| {
        let next = find.lines.end;
        // Copies on the lines below are cut, too, but such a find is no head here.
        let cut = cuts[find.cuts.clone()].iter().map(|cut| glyphs(&text[cut.clone()])).sum::<usize>();
        let folded = glyphs(body(find)).saturating_sub(cut);
        let below = lines.get(next).is_some_and(|line| glyphs(&text[line.start..line.end]) * 2 > folded * 3);
        below && find.manner != Manner::Lines && doubtful.iter().all(|other| other.lines.start != next)
    };
    let pairs = |find: &Find| if find.manner == Manner::Glyphs { find.cuts.len() } else { 0 };
    // Glyph by glyph no two lines come about by chance, wherever they stand, if they are long enough together.
    let are_sure = |a: &Find, b: &Find| pairs(a).min(pairs(b)) > 1 && pairs(a) + pairs(b) >= MANY_PAIRS;
    let prove =
        |a: &Find, b: &Find| a.manner == b.manner && body(a) != body(b) && (is_head(a) && is_head(b) || are_sure(a, b));
    let others = |find: &Find| {
        let kin = || doubtful.iter().filter(|other| prove(find, other));
        let sure = if kin().any(|other| are_sure(find, other)) { SURELY } else { 0 };
        kin().map(body).collect::<BTreeSet<_>>().len().max(sure)
    };
    let proved = |find: &Find| if is_head(find) && is_title_of_four(body(find)) { 1 } else { 0 };
    doubtful.iter().map(|find| others(find).max(proved(find))).collect()
}

/// Whether a line is a title of four Han, run by run in two copies, that nobody says twice: 一周速览一周速览. Said twice are parallels
/// (不等不靠, 来来往往) and calls (中国加油, 快来看呀).
fn is_title_of_four(line: &str) -> bool {
    const CALLS: [char; 12] = ['油', '岁', '歲', '吧', '啊', '呀', '了', '吗', '嗎', '哟', '呢', '来'];
    let glyphs: Vec<char> = line.chars().filter(|&c| c != ' ').collect();
    let [a, b, c, d, again @ ..] = &glyphs[..] else { return false };
    let is_parallel = a == c || b == d || a == b && c == d;
    again == [*a, *b, *c, *d] && again.iter().all(|&c| is_han(c)) && !is_parallel && !CALLS.contains(d)
}

/// As many witnesses as any line needs.
const SURELY: usize = 2;
/// Pairs of glyphs of two lines that prove each other: one line with so many needs no witness.
const MANY_PAIRS: usize = tiling::SURE_PAIRS;

/// Characters of a text without its spaces. Other rules remove and put spaces, and give marks another width in bytes.
fn glyphs(text: &str) -> usize {
    text.chars().filter(|&c| c != ' ').count()
}

/// Neighbouring finds that are the lines of a paragraph: no headline has a full stop. Such lines are judged as what they
/// became, and not as display lines.
fn paragraphs(text: &str, lines: &[Span], finds: &[Find]) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut from = 0;
    for n in 1..=finds.len() {
        let goes_on =
            finds.get(n).is_some_and(|f| f.lines.start == finds[n - 1].lines.end && f.manner != Manner::Lines);
        if goes_on {
            continue;
        }
        let stop = |f: &Find| text[lines[f.lines.start].start..lines[f.lines.start].end].contains('。');
        if n - from > 1 && finds[from..n].iter().any(stop) {
            all.push(from..n);
        }
        from = n;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::chains::{chain, joined_tiling};
    use super::look::{may_hold, may_overlap, may_tile};
    use super::tiling::{doubled_lead_in, tiled_line};
    use super::*;
    use crate::text::scan::BLOCK;
    use proptest::prelude::*;

    fn wide(text: &str) -> String {
        text.chars()
            .map(|c| {
                if c == '1' {
                    '１'
                } else if c == 'A' {
                    'Ａ'
                } else {
                    c
                }
            })
            .collect()
    }

    /// Pages with lines that are doubled in every manner, and damaged.
    fn page() -> impl Strategy<Value = String> {
        let unit = "[澜江桥头镇A12%％：:“《—，·（é𠀀]{1,6}";
        let mark = prop::sample::select(vec!['“', '”', '《', '》', '「', '（', '·', '：', ':']);
        let line = (unit, "[澜江桥 ：“1]{0,3}", mark, 0..10).prop_map(|(unit, rest, mark, manner)| match manner {
            0 => format!("{unit}{unit}{rest}"),
            1 => unit.chars().flat_map(|c| [c, c]).chain(rest.chars()).collect(),
            2 => format!("{unit}\n{unit}{rest}\n{rest}"),
            3 => format!("{rest}{unit} \n\n {}", unit.replace(':', "：").replace('％', "%")),
            4 => format!("{rest} {unit}\n{unit}{unit}{unit}{rest}"),
            5 => format!("{rest}{mark}{mark}{unit}\n{unit}{mark}{mark}"),
            6 => format!("{rest} {unit}\n{}{rest}", wide(&unit)),
            7 => format!("{unit}{rest}\n{rest}{mark}{mark}{rest}\n{rest}{unit}\n{unit}"),
            8 => unit.chars().map(|c| format!("{c}\n{c}")).collect(),
            _ => format!("{rest}{unit}"),
        });
        // The last block of a text is scanned by other code.
        let end = prop::sample::select(vec![String::new(), format!("\n{}", "岸".repeat(BLOCK))]);
        (prop::collection::vec(line, 1..6), end).prop_map(|(lines, end)| lines.join("\n") + &end)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_quick_looks_turn_away_nothing_that_the_full_look_would_find(text in page()) {
            let (mut memory, mut set, mut cuts) = (Lines::default(), Setting::default(), Vec::new());
            read_lines(&text, &mut memory);
            let gaps = Gaps::default();
            look(text.as_bytes(), &mut memory);
            let lines = &memory.lines;
            let looked = |i: usize| memory.looked.iter().find(|l| l.line == i).copied().unwrap_or_default();
            for i in 0..lines.len() {
                let chained = chain(&text, lines, i, true, &gaps, &mut cuts).is_some();
                let marked = memory.marks.iter().any(|&m| (lines[i].start..lines[i].end).contains(&m));
                prop_assert_eq!(chain(&text, lines, i, marked, &gaps, &mut cuts).is_some(), chained, "line {}", i);
                if doubled_lead_in(&text, lines[i], i, &mut set, &mut cuts).is_some() {
                    prop_assert!(marked, "line {i} of {text:?}");
                }
                if chained || joined_tiling(&text, lines, i, &mut set, &mut cuts).is_some() {
                    let second_look = may_overlap(text.as_bytes(), lines[i], lines[i + 1]);
                    prop_assert!(looked(i).overlaps && second_look, "line {i} of {text:?}");
                }
                let line = &text[lines[i].start..lines[i].end];
                if tiled_line(&text, lines[i], i, &mut set, &mut cuts).is_some() {
                    prop_assert!(looked(i).tiles && may_tile(&text, lines[i]), "{line:?}");
                }
            }
        }

        #[test]
        fn where_the_search_beside_folded_lines_finds_nothing_a_search_of_the_page_finds_nothing(text in page()) {
            let mut memory = Memory::default();
            let search = |text: &str, memory: &mut Memory| {
                let mut edits = Edits::new();
                propose(text, memory, &mut edits, &mut Vec::new());
                edits.rewrite(text)
            };
            let folded = search(&text, &mut memory);
            if folded != text && !may_find_more(&folded, &mut memory) {
                prop_assert_eq!(search(&folded, &mut memory), folded);
            }
        }

        #[test]
        fn lines_and_doubled_marks_are_found_wherever_they_stand(text in "(?s)[澜江\n\n ：:、。，“”《》「（·—a]{0,200}") {
            let mut memory = Lines::default();
            read_lines(&text, &mut memory);
            let found: Vec<&str> = memory.lines.iter().map(|l| &text[l.start..l.end]).collect();
            let held: Vec<&str> = text.split('\n').map(|l| l.trim_matches(' ')).filter(|l| !l.is_empty()).collect();
            prop_assert_eq!(found, held);
            let doubled = ["““", "””", "《《", "》》", "「「", "（（", "··", "：：", "::", "：:", ":：", "、、", "。。", "，，"];
            let all = text.char_indices().map(|(k, _)| k).filter(|&k| doubled.iter().any(|d| text[k..].starts_with(d)));
            prop_assert_eq!(memory.marks, all.collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_character_is_held_in_either_width() {
        for c in ('!'..='~').chain(['渠', '“', 'é', '𠀀', '豈']) {
            let wide = if c.is_ascii() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c };
            for (want, have) in [(c, wide), (wide, c), (c, c), (wide, wide)] {
                for line in [format!("{have}"), format!("渠水流过{have}桥头镇，沿岸的稻")] {
                    let whole = Span { start: 0, end: line.len() };
                    assert!(may_hold(line.as_bytes(), whole, want.to_string().as_bytes()), "{want} in {line}");
                }
            }
        }
    }
}
