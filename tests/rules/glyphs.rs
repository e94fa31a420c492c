//! `radicals`, `full-width`, `vertical-forms`, `compose`.

use super::table::{joined, only, page, row, table, with, without};
use qingyang::Rule;
use qingyang::options::Width;

#[test]
fn radicals_become_ideographs() {
    table(
        &[
            row("\u{2f54}渠", "水渠", "a Kangxi radical"),
            row("\u{2f00}", "一", "the first Kangxi radical"),
            row("\u{2fd5}", "龠", "the last Kangxi radical"),
            row("\u{2e81}", "厂", "the first CJK radical with an ideograph"),
            row("\u{2ef3}", "龟", "the last CJK radical"),
            row("\u{2e80}", "\u{2e80}", "a radical without an ideograph stays"),
            row("\u{2e9a}", "\u{2e9a}", "an unassigned place among the radicals stays"),
            row("\u{2fdf}", "\u{2fdf}", "an unassigned place behind the radicals stays"),
            row("\u{2fe0}", "\u{2fe0}", "what stands behind the block is none"),
        ],
        page(only(&[Rule::Radicals])),
    );
    table(&[row("\u{2f54}渠", "\u{2f54}渠", "switched off")], page(without(&[Rule::Radicals])));
}

#[test]
fn radicals_painted_beside_their_ideographs_go() {
    table(
        &[
            row("\u{2f54}水\u{2f63}生\u{2f1f}土", "水生土", "each before its ideograph"),
            row("\u{2f54}水\u{2f63}生", "水水生生", "two may stand so by chance"),
            row("\u{2f54}水\u{2f63}生\u{2f1f}土\u{2f32}", "水水生生土土干", "one without it"),
            row("水\u{2f54}生\u{2f63}土\u{2f1f}", "水水生生土土", "each behind its ideograph"),
        ],
        page(only(&[Rule::Radicals])),
    );
}

#[test]
fn full_width_letters_and_digits_become_ascii() {
    table(
        &[
            row("０９", "09", "digits"),
            row("ＡＺａｚ", "AZaz", "letters"),
            row("１．５", "1.5", "a point between full-width digits"),
            row("1．5", "1.5", "a point between ASCII digits"),
            row("渠水１⏎．５", "渠水1⏎.5", "a point at the beginning of a line"),
            row("１．⏎５月", "1．⏎5月", "a point at the end of a line stays"),
            row("１．", "1．", "a point with no digit behind it stays"),
            row("．５", "．5", "a point with no digit before it stays"),
            row("渠．５", "渠．5", "a point behind Han stays"),
            row("１．渠", "1．渠", "a point before Han stays"),
            row("５．Ａ", "5．A", "a point before a letter stays"),
            row("，：；？！％＠－", "，：；？！％＠－", "full-width punctuation stays"),
        ],
        page(only(&[Rule::FullWidth])),
    );
    table(&[row("１．５Ａ", "１．５Ａ", "width kept")], page(with(|o| o.width = Width::Keep)));
    table(&[row("１．５Ａ", "１．５Ａ", "switched off")], page(without(&[Rule::FullWidth])));
}

#[test]
fn vertical_forms_become_ordinary_marks() {
    table(
        &[
            row("渠\u{fe10}\u{fe11}\u{fe12}\u{fe13}\u{fe14}\u{fe15}\u{fe16}", "渠，、。：；！？", "points"),
            row("\u{fe17}渠\u{fe18}\u{fe19}\u{fe30}", "〖渠〗…‥", "white brackets and leaders"),
            row("渠\u{fe31}\u{fe32}水\u{fe33}\u{fe34}", "渠—–水__", "dashes and low lines"),
            row("\u{fe35}渠\u{fe36}\u{fe37}渠\u{fe38}", "（渠）｛渠｝", "round and curly brackets"),
            row("\u{fe39}渠\u{fe3a}\u{fe3b}渠\u{fe3c}", "〔渠〕【渠】", "tortoise-shell and lenticular brackets"),
            row("\u{fe3d}渠\u{fe3e}\u{fe3f}渠\u{fe40}", "《渠》〈渠〉", "book title marks"),
            row("\u{fe41}渠\u{fe42}\u{fe43}渠\u{fe44}", "「渠」『渠』", "corner quotes"),
            row("\u{fe47}渠\u{fe48}", "［渠］", "square brackets"),
            row("渠\u{fe45}\u{fe46}", "渠\u{fe45}\u{fe46}", "sesame dots stand for nothing"),
        ],
        page(only(&[Rule::VerticalForms])),
    );
    table(&[row("\u{fe35}渠\u{fe36}", "\u{fe35}渠\u{fe36}", "switched off")], page(without(&[Rule::VerticalForms])));
}

#[test]
fn decomposed_and_compatibility_characters_are_composed() {
    table(
        &[
            row("u\u{308}", "ü", "a letter and its mark"),
            row("渠u\u{308}ber", "渠über", "inside a word"),
            row("o\u{302}\u{301}", "ố", "a letter and two marks are one"),
            row("o\u{302}\u{301}u\u{308}", "ốü", "the next letter has marks of its own"),
            row("x\u{302}", "x\u{302}", "no composed form: stays"),
            row("\u{301}渠", "\u{301}渠", "a mark at the head of the text has no letter"),
            row("渠\u{301}", "渠\u{301}", "Han and a mark have no composed form"),
            row("e\u{301}\u{301}", "é\u{301}", "what of two equal marks has no form stays"),
            row("\u{fb00}\u{fb01}\u{fb02}\u{fb03}\u{fb04}\u{fb05}\u{fb06}", "fffiflffifflstst", "Latin ligatures"),
            row("\u{f900}", "豈", "the first compatibility ideograph"),
            row("\u{2f800}", "丽", "one of the supplement"),
            row("\u{2fa1d}", "\u{2a600}", "the last one of the supplement"),
            row("\u{fa0e}", "\u{fa0e}", "a unified ideograph among them stays"),
            row("①℃㎡", "①℃㎡", "never NFKC"),
            row("\u{f900}\u{301}", "豈\u{301}", "a mark behind a character that was composed"),
        ],
        page(only(&[Rule::Compose])),
    );
    table(
        &[row("u\u{308}\u{fb01}\u{f900}", "u\u{308}\u{fb01}\u{f900}", "switched off")],
        page(without(&[Rule::Compose])),
    );
}

#[test]
fn the_text_is_in_nfc() {
    table(
        &[
            row("\u{fb04}\u{327}", "ff\u{13c}", "a mark after a ligature"),
            row("Ａ\u{301}", "Á", "a mark after a full-width letter"),
            row("e\u{301}\u{327}", "\u{229}\u{301}", "marks are put in order"),
            row("\u{212b}\u{2126}", "\u{c5}\u{3a9}", "signs that are letters"),
            row("\u{1100}\u{1161}\u{11a8}", "각", "the letters of a syllable"),
            row("か\u{3099}", "が", "a kana and its mark"),
            row("e\u{200b}\u{301}", "é", "a mark behind what nobody sees"),
        ],
        page(with(|_| ())),
    );
    // A mark at the head of a line whose letter is on the line above, and marks that meet.
    table(
        &[
            row("渠水e⏎\u{301}渠水", "渠水é渠水", "a letter and its mark over a line break"),
            row("渠水e\u{301}⏎\u{327}渠水", "渠水\u{229}\u{301}渠水", "two marks over a line break"),
        ],
        joined(with(|_| ())),
    );
}
