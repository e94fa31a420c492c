//! `punctuation`, `cjk-latin-space`.

use super::table::{only, page, row, table, with, without};
use qingyang::Rule;
use qingyang::options::CjkLatinSpace;

#[test]
fn marks_beside_han_become_full_width() {
    table(
        &[
            row("渠,水", "渠，水", "comma"),
            row("渠:水", "渠：水", "colon"),
            row("渠;水", "渠；水", "semicolon"),
            row("渠?水", "渠？水", "question mark"),
            row("渠!水", "渠！水", "exclamation mark"),
            row("渠.水", "渠.水", "a full stop stays"),
            row("渠-水", "渠-水", "a hyphen stays"),
            row("渠/水", "渠/水", "a slash stays"),
            row("渠, 水", "渠，水", "the space behind a mark goes with it"),
            row("渠 ,水", "渠，水", "the space before it too"),
            row("渠 ,  水", "渠，水", "all of them"),
        ],
        page(only(&[Rule::Punctuation])),
    );
}

#[test]
fn marks_are_widened_where_both_sides_are_chinese() {
    table(
        &[
            row("渠,水", "渠，水", "Han on both sides"),
            row("渠,a", "渠,a", "Latin behind"),
            row("a,渠", "a,渠", "Latin before"),
            row("渠,1", "渠,1", "a digit behind"),
            row("1,渠", "1,渠", "a digit before"),
            row("a,b", "a,b", "Latin on both sides"),
            row("渠”,水", "渠”，水", "a closing quote before, Han behind"),
            row("渠,“水", "渠，“水", "Han before, an opening quote behind"),
            row("”,“", "”,“", "full-width marks on both sides and no Han"),
            row("渠\",水", "渠\"，水", "a straight quote before"),
            row("渠,\"水", "渠，\"水", "a straight quote behind"),
            row("\",\"", "\",\"", "straight quotes and no Han"),
            row("渠,", "渠，", "the end of the line behind Han"),
            row("”,", "”,", "the end of the line behind a mark"),
            row("1,", "1,", "the end of the line behind a digit"),
            row(",渠", ",渠", "the head of the line has no left side"),
            row("渠,⏎水", "渠，⏎水", "a line's end inside the text"),
            row("渠⏎,水", "渠⏎,水", "a line's head inside the text"),
            row("渠!?水", "渠！？水", "a run between Han"),
            row("a?!渠", "a?！渠", "behind a half-width mark with Han on the other side"),
            row("百分之五％,渠", "百分之五％，渠", "a full-width percent sign is a mark"),
            row("渠——,水", "渠——，水", "a dash is one"),
            row("渠……,水", "渠……，水", "dots are one"),
            row("渠·,水", "渠·,水", "a middle dot is none"),
            row("〇,渠", "〇，渠", "〇 is Han"),
        ],
        page(only(&[Rule::Punctuation])),
    );
}

#[test]
fn in_a_chinese_line_the_left_neighbour_decides() {
    table(
        &[
            row("沿渠走访,12户受益", "沿渠走访，12户受益", "a digit behind"),
            row("电话:0351-123", "电话：0351-123", "a number behind a label"),
            row("地点:A区", "地点：A区", "Latin behind"),
            row("大家用GPS,也用地图", "大家用GPS，也用地图", "Latin before"),
            row("新修渠道30,比去年多", "新修渠道30，比去年多", "a digit before, with Han before that"),
            row("12,渠水流过桥头", "12,渠水流过桥头", "a number at the head of the line is a label"),
            row("投入1,250元,时间9:30", "投入1,250元，时间9:30", "between digits nothing changes"),
            row("网址http://a.cn/渠?q=水可以查", "网址http://a.cn/渠?q=水可以查", "inside an address"),
            row("He said, 渠水 is water", "He said, 渠水 is water", "in an English line"),
            row("渠水来了?!", "渠水来了？！", "a run at the end of the line"),
            row("渠水来了!!!", "渠水来了！！！", "three"),
            row("双向(2车道),造价", "双向（2车道），造价", "behind a bracket that has become wide"),
        ],
        page(only(&[Rule::Punctuation])),
    );
}

#[test]
fn every_full_width_mark_makes_its_neighbour_chinese() {
    for mark in "，。、；：？！“”‘’「」『』（）《》【】〔〕…—％".chars() {
        let clean = page(only(&[Rule::Punctuation]));
        assert_eq!(clean(&format!("渠{mark},水\n")), format!("渠{mark}，水\n"), "before the mark");
        assert_eq!(clean(&format!("渠,{mark}水\n")), format!("渠，{mark}水\n"), "behind the mark");
    }
}

#[test]
fn brackets_around_han_become_full_width() {
    table(
        &[
            row("渠(水)田", "渠（水）田", "Han in brackets"),
            row("渠(water)田", "渠(water)田", "no Han in them"),
            row("渠(1)田", "渠(1)田", "a number"),
            row("渠(水a)田", "渠（水a）田", "Han and Latin"),
            row("(水)", "（水）", "at the head of the line"),
            row("TEX (水) a", "TEX（水）a", "a space beside Latin goes with its bracket"),
            row("渠, (水) ,田", "渠，（水），田", "a space that went with a mark goes once"),
            row("渠 (水) 田", "渠 （水） 田", "a space beside Han is that of another rule"),
            row("a  (水)", "a  （水）", "a wide gap too"),
            row("渠(水", "渠(水", "never closed"),
            row("渠)水", "渠)水", "never opened"),
            row("渠(水⏎田)", "渠(水⏎田)", "closed on another line only"),
            row("渠(水(田)黄)", "渠（水（田）黄）", "brackets in brackets"),
            row("渠((水)", "渠(（水）", "the inner pair alone closes"),
            row("渠(水(a)b)", "渠（水(a)b）", "an inner pair without Han stays"),
            row("渠(水)田)", "渠（水）田)", "a second closing bracket belongs to nothing"),
            row("渠(a(水)b)田", "渠（a（水）b）田", "Han in the inner pair is in the outer one too"),
        ],
        page(only(&[Rule::Punctuation])),
    );
}

#[test]
fn brackets_of_code_stay_half_width() {
    table(
        &[
            row("(水=1)", "(水=1)", "="),
            row("(水{)", "(水{)", "{"),
            row("(水})", "(水})", "}"),
            row("(水<)", "(水<)", "<"),
            row("(水>)", "(水>)", ">"),
            row("(水_)", "(水_)", "_"),
            row("(水\\)", "(水\\)", "\\"),
            row("(水$)", "(水$)", "$"),
            row("(水@)", "(水@)", "@"),
            row("(水+)", "（水+）", "any other sign is none of code"),
            row("call(a渠水)", "call(a渠水)", "behind a word, and not Han at its head: a call"),
            row("7(a渠水)", "7(a渠水)", "behind a digit"),
            row("call(渠水a)", "call（渠水a）", "behind a word, but Han at its head: a gloss"),
            row("call( 渠水a)", "call（ 渠水a）", "a space before the Han counts for nothing"),
            row("渠(a渠水)", "渠（a渠水）", "behind Han it is no call"),
            row(" (a渠水)", "（a渠水）", "nor at the head of a line"),
            row("GPS (a渠水)", "GPS（a渠水）", "nor behind a space"),
        ],
        page(only(&[Rule::Punctuation])),
    );
}

/// A bracket of so many characters before the closing one.
fn bracketed(characters: usize) -> String {
    format!("渠({})田\n", "水".repeat(characters))
}

#[test]
fn an_aside_has_a_length() {
    let clean = page(only(&[Rule::Punctuation]));
    assert!(clean(&bracketed(119)).contains('（'), "120 characters with the closing bracket");
    assert!(!clean(&bracketed(120)).contains('（'), "121 characters are no aside");
}

#[test]
fn marks_are_found_far_from_each_other() {
    let clean = page(only(&[Rule::Punctuation]));
    for n in [0, 5, 19, 20, 21, 22, 43, 64, 100] {
        let han = "渠".repeat(n);
        for (half, wide) in [(",", "，"), (":", "："), (";", "；"), ("?", "？"), ("!", "！")] {
            assert_eq!(clean(&format!("水{han}{half}田{han}\n")), format!("水{han}{wide}田{han}\n"), "behind {n} Han");
        }
        assert_eq!(clean(&format!("水{han}(田{han})\n")), format!("水{han}（田{han}）\n"), "brackets behind {n} Han");
    }
}

#[test]
fn marks_stay_half_width_where_the_rule_is_off() {
    table(&[row("渠,水(田)", "渠,水(田)", "comma and brackets")], page(without(&[Rule::Punctuation])));
}

#[test]
fn a_space_is_put_between_han_and_latin() {
    let one = |mut o: qingyang::Options| {
        o.cjk_latin_space = CjkLatinSpace::One;
        o
    };
    table(
        &[
            row("用GPS定位", "用 GPS 定位", "on both sides of a word"),
            row("有3个", "有 3 个", "of a number"),
            row("GPS定位", "GPS 定位", "at the head"),
            row("用GPS", "用 GPS", "at the end"),
            row("涨5%了", "涨 5% 了", "a percent sign belongs to its number"),
            row("，GPS，", "，GPS，", "marks are no Han"),
            row("用 GPS 定位", "用 GPS 定位", "no second space"),
            row("用GPS-3定位", "用 GPS-3 定位", "a hyphen joins"),
            row("用,GPS(定位)", "用，GPS（定位）", "marks are widened as ever"),
        ],
        page(one(only(&[Rule::CjkLatinSpace, Rule::Punctuation]))),
    );
    table(
        &[row("用GPS定位,好", "用 GPS 定位,好", "punctuation off: marks are passed over, spaces are not")],
        page(one(without(&[Rule::Punctuation]))),
    );
    table(&[row("用GPS定位,好", "用GPS定位，好", "switched off")], page(one(without(&[Rule::CjkLatinSpace]))));
    table(&[row("用GPS定位", "用GPS定位", "not asked for")], page(with(|_| ())));
}
