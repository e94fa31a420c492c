//! `line-ends`, `invisible`, `space-kinds`.

use super::table::{joined, only, page, proof, row, table, with, without};
use qingyang::Rule;

#[test]
fn line_ends_become_line_feeds() {
    table(
        &[
            row("渠\r⏎水", "渠⏎水", "CR before LF goes"),
            row("渠\r水", "渠⏎水", "a lone CR is a line end"),
            row("渠\r\r⏎水", "渠⏎水", "the first of two CR is a line end of its own"),
            row("渠\r", "渠", "CR at the end of the text"),
            row("渠\u{b}水", "渠⏎水", "vertical tab"),
            row("渠\u{85}水", "渠⏎水", "NEL"),
            row("渠\u{2028}水", "渠⏎水", "line separator"),
            row("渠\u{2029}水", "渠⏎水", "paragraph separator"),
            row("渠␌水", "渠⏎␌水", "a form feed parts pages and stays"),
            row("渠\t水", "渠\t水", "a tab is no line end"),
            row("渠\u{200b}水", "渠\u{200b}水", "what cannot be seen is left to its own rule"),
        ],
        page(only(&[Rule::LineEnds])),
    );
}

#[test]
fn line_ends_stay_where_the_rule_is_off() {
    table(
        &[
            row("渠\r⏎水", "渠\r⏎水", "CR LF"),
            row("渠\u{b}水", "渠\u{b}水", "vertical tab: no rule of invisible characters takes it"),
            row("渠\u{85}水", "渠\u{85}水", "NEL"),
        ],
        page(without(&[Rule::LineEnds, Rule::Rejoin, Rule::Spacing])),
    );
}

#[test]
fn what_cannot_be_seen_goes() {
    table(
        &[
            row("渠\0水", "渠水", "NUL"),
            row("渠\u{1}水", "渠水", "a control character"),
            row("渠\u{1f}水", "渠水", "the last C0 control"),
            row("渠\u{7f}水", "渠水", "DEL"),
            row("渠\u{80}水", "渠水", "the first C1 control"),
            row("渠\u{84}水\u{86}田", "渠水田", "C1 controls beside NEL"),
            row("渠\u{9f}水", "渠水", "the last C1 control"),
            row("渠\u{ad}水", "渠水", "soft hyphen"),
            row("渠\u{61c}水", "渠水", "Arabic letter mark"),
            row("渠\u{180e}水", "渠水", "Mongolian vowel separator"),
            row("渠\u{200b}水", "渠水", "zero-width space"),
            row("渠\u{200e}水\u{200f}田", "渠水田", "marks of direction"),
            row("渠\u{202a}水\u{202e}田", "渠水田", "embeddings of direction"),
            row("渠\u{2060}水\u{2064}田", "渠水田", "word joiner to invisible plus"),
            row("渠\u{2066}水\u{206f}田", "渠水田", "isolates of direction"),
            row("渠\u{feff}水", "渠水", "a byte order mark inside the text"),
            row("\u{feff}渠水", "渠水", "a byte order mark at its head"),
            row("渠\u{fff9}水\u{fffb}田", "渠水田", "interlinear annotation"),
            row("渠\u{2065}水", "渠\u{2065}水", "unassigned: stays"),
            row("渠\u{fffc}水", "渠\u{fffc}水", "object replacement stays"),
            row("渠\u{2010}水", "渠\u{2010}水", "a hyphen stays"),
            row("渠\u{fe0f}水", "渠\u{fe0f}水", "a variation selector stays"),
        ],
        page(only(&[Rule::Invisible])),
    );
}

#[test]
fn joiners_stay_where_they_join() {
    table(
        &[
            row("渠\u{200d}水", "渠水", "between Han a joiner goes"),
            row("渠\u{200c}水", "渠水", "so does a non-joiner"),
            row("\u{1f468}\u{200d}\u{1f33e}", "\u{1f468}\u{200d}\u{1f33e}", "inside an emoji sequence it stays"),
            row("\u{1f468}\u{200d}渠", "\u{1f468}渠", "an emoji before it is not enough"),
            row("渠\u{200d}\u{1f33e}", "渠\u{1f33e}", "an emoji behind it is not enough"),
            row("\u{2764}\u{fe0f}\u{200d}\u{1f525}", "\u{2764}\u{fe0f}\u{200d}\u{1f525}", "behind a variation selector"),
            row("\u{1f44d}\u{200d}", "\u{1f44d}", "nothing to join with at the end"),
            row("\u{200d}\u{1f44d}", "\u{1f44d}", "nothing to join with at the head"),
            row("\u{915}\u{200d}\u{937}", "\u{915}\u{200d}\u{937}", "between letters that shape it stays"),
            row("\u{645}\u{200c}\u{6cc}", "\u{645}\u{200c}\u{6cc}", "a non-joiner between Arabic letters"),
            row("\u{645}\u{200c}渠", "\u{645}渠", "a letter that shapes before it is not enough"),
            row("渠\u{200c}\u{645}", "渠\u{645}", "one behind it is not enough"),
            row("\u{1f468}\u{200d}\u{645}", "\u{1f468}\u{645}", "an emoji and a letter do not join"),
            row("\u{645}\u{200d}\u{1f468}", "\u{645}\u{1f468}", "a letter and an emoji do not join"),
        ],
        page(only(&[Rule::Invisible])),
    );
}

#[test]
fn invisible_characters_stay_where_the_rule_is_off() {
    table(
        &[row("渠\u{200b}水\u{7f}田", "渠\u{200b}水\u{7f}田", "zero-width space and DEL")],
        page(without(&[Rule::Invisible])),
    );
}

#[test]
fn spaces_of_every_kind_become_ordinary_ones() {
    table(
        &[
            row("渠\t水", "渠  水", "a tab is as wide as an em"),
            row("渠\u{3000}水", "渠  水", "an ideographic space is two half-widths"),
            row("渠\u{2003}水", "渠  水", "an em space"),
            row("渠\u{a0}水", "渠 水", "no-break space"),
            row("渠\u{2000}水", "渠 水", "en quad, the first typographic space"),
            row("渠\u{2002}水", "渠 水", "en space"),
            row("渠\u{2004}水", "渠 水", "third of an em"),
            row("渠\u{200a}水", "渠 水", "hair space, the last typographic one"),
            row("渠\u{202f}水", "渠 水", "narrow no-break space"),
            row("渠\u{205f}水", "渠 水", "mathematical space"),
            row("渠\u{1680}水", "渠 水", "ogham space"),
            row("渠\u{200b}水", "渠\u{200b}水", "a zero-width space is none"),
            row("渠 水", "渠 水", "an ordinary space stays"),
            row("渠\u{2800}水", "渠\u{2800}水", "a blank braille pattern is none"),
        ],
        page(only(&[Rule::SpaceKinds])),
    );
}

#[test]
fn spaces_keep_their_kind_where_the_rule_is_off() {
    table(
        &[row("渠\t水\u{3000}田\u{a0}黄", "渠\t水\u{3000}田\u{a0}黄", "tab, ideographic and no-break space")],
        page(without(&[Rule::SpaceKinds])),
    );
}

#[test]
fn unseen_characters_that_touch_are_one_edit() {
    for (text, edits) in [("渠\0\0\0水\n", 1), ("渠\0\u{200b}\u{feff}水\n", 1), ("渠\0水\0\n", 2), ("\0\0渠\0\u{85}\0水\n", 3)] {
        let proof = proof(&with(|_| ()), text);
        let removed = proof.ledger.iter().flatten().filter(|e| e.rule == Rule::Invisible).count();
        assert_eq!((proof.counts.of(Rule::Invisible), removed), (edits, edits as usize), "{text:?}");
    }
}

#[test]
fn a_soft_hyphen_that_was_printed_breaks_a_word() {
    table(
        &[
            row("the photogram\u{AD}⏎metry of rivers", "the photogrammetry of rivers", "at a line end"),
            row("the photogram\u{AD} ⏎metry of rivers", "the photogrammetry of rivers", "with a space behind it"),
            row("the photo\u{AD}grammetry of⏎rivers", "the photogrammetry of rivers", "inside a line"),
            row("渠水流过\u{AD}⏎桥头镇", "渠水流过桥头镇", "behind Han"),
        ],
        joined(with(|_| ())),
    );
}
