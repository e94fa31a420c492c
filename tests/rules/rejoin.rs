//! `rejoin`, `hyphen`, `layout`: how two lines of one unit meet, and what stands between two units.

use super::table::{above_a_story, joined, page, parted, row, table, with, without};
use qingyang::{Break, Cleaner, Decision, Rule};
use qingyang::options::Furniture;

#[test]
fn lines_of_running_text_meet_with_nothing_between_them() {
    table(
        &[
            row("渠水流过桥头镇，沿岸的稻⏎田渐渐泛黄。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "Han meets Han"),
            row("渠水流过桥头镇，⏎沿岸的稻田。", "渠水流过桥头镇，沿岸的稻田。", "a mark meets Han"),
            row("渠水流过桥头镇⏎，沿岸的稻田。", "渠水流过桥头镇，沿岸的稻田。", "Han meets a mark"),
            row("渠水流过⏎3个镇。", "渠水流过3个镇。", "Han meets a digit"),
            row("渠水流过3⏎个镇。", "渠水流过3个镇。", "a digit meets Han"),
            row("渠水流过3⏎5个镇。", "渠水流过35个镇。", "a digit meets a digit"),
            row("渠水流过⏎GPS镇。", "渠水流过GPS镇。", "Han meets Latin"),
            row("渠水流过GPS⏎镇。", "渠水流过GPS镇。", "Latin meets Han"),
            row("渠水流过⏎⏎桥头镇。", "渠水流过桥头镇。", "an empty line between them goes"),
            row("渠水流过  ⏎  桥头镇。", "渠水流过桥头镇。", "so do spaces"),
            row("渠水流过⏎桥⏎头⏎镇。", "渠水流过桥头镇。", "more than two lines"),
            row("渠水通了⏎好", "渠水通了好", "Han meets one Han"),
        ],
        joined(with(|_| ())),
    );
}

#[test]
fn latin_words_meet_with_a_space() {
    table(
        &[
            row("渠水流过New⏎Town镇。", "渠水流过New Town镇。", "two words"),
            row("see www.a.cn⏎Town", "see www.a.cnTown", "an address on the left"),
            row("see a@b.cn⏎Town", "see a@b.cnTown", "a mail address"),
            row("see http://a⏎Town", "see http://aTown", "a scheme"),
            row("see a/b.c⏎Town", "see a/b.cTown", "a path"),
            row("see a/b⏎Town", "see a/b Town", "a slash without a point"),
            row("see a.b⏎Town", "see a.b Town", "a point without a slash"),
            row("渠水见New⏎http://a.cn", "渠水见New http://a.cn", "one that begins with http"),
            row("渠水见New⏎a/b.c", "渠水见Newa/b.c", "a path on the right"),
            row("渠水流过Town⏎3镇。", "渠水流过Town 3镇。", "a word and a number"),
            row("渠水流过Tow⏎3镇。", "渠水流过Tow 3镇。", "a word of three letters"),
            row("渠水流过To⏎3镇。", "渠水流过To3镇。", "one of two"),
            row("渠水流过a@Town⏎3镇。", "渠水流过a@Town3镇。", "an address and a number"),
            row("渠水流过New, ⏎Town镇。", "渠水流过New, Town镇。", "a comma behind a word"),
            row("渠水流过New.⏎Town镇。", "渠水流过New. Town镇。", "a point"),
            row("渠水流过New;⏎Town镇。", "渠水流过New; Town镇。", "a semicolon"),
            row("渠水流过New:⏎Town镇。", "渠水流过New: Town镇。", "a colon"),
            row("渠水流过New!⏎Town镇。", "渠水流过New! Town镇。", "an exclamation mark"),
            row("渠水流过New'⏎Town镇。", "渠水流过New' Town镇。", "another sign"),
            row("渠水流过新,⏎Town镇。", "渠水流过新,Town镇。", "a comma behind Han"),
            row("渠水流过3,⏎Town镇。", "渠水流过3,Town镇。", "a comma behind a digit"),
            row("渠水流过New，⏎Town镇。", "渠水流过New，Town镇。", "a full-width comma"),
            row("渠水流过www.New.⏎Town镇。", "渠水流过www.New.Town镇。", "a point inside an address"),
            row("渠水流过New)⏎Town镇。", "渠水流过New)Town镇。", "a bracket"),
            row("渠水流过New⏎(Town)镇。", "渠水流过New(Town)镇。", "before a bracket"),
        ],
        joined(without(&[Rule::Punctuation])),
    );
}

#[test]
fn lines_of_latin_text_meet_with_a_space() {
    table(
        &[
            row("It is 3⏎5 times", "It is 3 5 times", "two numbers"),
            row("It is (a)⏎b times", "It is (a) b times", "a closing bracket and a word"),
            row("It is a⏎(b) times", "It is a (b) times", "a word and an opening bracket"),
            row("It is 3%⏎5 times", "It is 3% 5 times", "a sign and a number"),
            row("It is (⏎5 times", "It is (5 times", "behind an opening bracket"),
            row("It is 3⏎) times", "It is 3) times", "before a closing bracket"),
            row("It is 3⏎, times", "It is 3, times", "before a comma"),
            row("It is [a]⏎//b times", "It is [a]//b times", "before a slash"),
            row("It is 3⏎! times", "It is 3! times", "before a stop"),
            row("It is 3-⏎5 times", "It is 3-5 times", "behind a hyphen"),
            row("It is www.3⏎5 times", "It is www.35 times", "inside an address"),
            row("It is 渠水渠水3⏎5 times", "It is 渠水渠水35 times", "the line above is not Latin"),
            row("It is 3⏎5 渠水渠水渠水", "It is 35 渠水渠水渠水", "the line below is not Latin"),
            row("It is 3，⏎5 times", "It is 3，5 times", "a mark that is not ASCII above"),
            row("It is 3⏎，5 times", "It is 3，5 times", "one below"),
        ],
        joined(without(&[Rule::Punctuation])),
    );
}

#[test]
fn the_hyphen_of_a_broken_word_goes() {
    table(
        &[
            row("渠水流过inter-⏎national镇。", "渠水流过international镇。", "a broken word"),
            row("渠水流过in-⏎national镇。", "渠水流过innational镇。", "a stem of two letters"),
            row("渠水流过i-⏎national镇。", "渠水流过i-national镇。", "a stem of one"),
            row("渠水流过well-kept-⏎water镇。", "渠水流过well-kept-water镇。", "a compound above"),
            row("渠水流过inter-⏎water-kept镇。", "渠水流过inter-water-kept镇。", "a compound below"),
            row("渠水流过Inter-⏎Water镇。", "渠水流过Inter-Water镇。", "a capital below"),
            row("渠水流过a/b.inter-⏎water镇。", "渠水流过a/b.inter-water镇。", "an address"),
            row("渠水流过3-⏎water镇。", "渠水流过3-water镇。", "no letter before the hyphen"),
            row("渠水流过inter–⏎water镇。", "渠水流过inter–water镇。", "a dash is no hyphen"),
            row("渠水流过inter-⏎3镇。", "渠水流过inter-3镇。", "no letter below"),
        ],
        joined(with(|_| ())),
    );
    table(
        &[row("渠水流过inter-⏎national镇。", "渠水流过inter-national镇。", "switched off: it stays")],
        joined(without(&[Rule::Hyphen])),
    );
    table(
        &[
            row("渠水流过inter-⏎national镇。", "渠水流过inter-national镇。", "spacing switched off: the hyphen stays"),
            row("渠水流过New⏎Town镇。", "渠水流过NewTown镇。", "and no space comes between two words"),
        ],
        joined(without(&[Rule::Spacing])),
    );
}

#[test]
fn names_meet_with_a_space() {
    table(
        &[
            row("本报记者 王明⏎李华", "本报记者 王明 李华", "names of two and two"),
            row("本报记者 王小明⏎李华", "本报记者 王小明 李华", "of three and two"),
            row("本报记者 王明⏎李小华", "本报记者 王明 李小华", "of two and three"),
            row("本报记者 王小明⏎李小华", "本报记者 王小明 李小华", "of three and three"),
            row("本报记者 王小明天⏎李小华地", "本报记者 王小明天 李小华地", "of four and four"),
            row("本报记者 王小明天亮⏎李华", "本报记者 王小明天亮李华", "five characters are no name"),
            row("本报记者 王明⏎李小华天亮", "本报记者 王明李小华天亮", "nor on the right"),
            row("本报记者 王⏎李华", "本报记者 王李华", "one character on the left is none"),
            row("本报记者 王明⏎李", "本报记者 王明李", "one character on the right is none"),
            row("本报记者 王明⏎的华", "本报记者 王明的华", "no surname on the right"),
            row("本报记者 的明⏎李华", "本报记者 的明李华", "no surname on the left"),
            row("本报记者 上官⏎文海", "本报记者 上官文海", "the left is a surname of two characters"),
            row("本报记者⏎李华", "本报记者 李华", "behind 记者"),
            row("渠水流过桥头镇，两岸金黄。本报记者⏎李小华 摄", "渠水流过桥头镇，两岸金黄。本报记者 李小华 摄", "a name of three and a credit"),
            row("渠水流过桥头镇，她是一位记者⏎李小华说过的人", "渠水流过桥头镇，她是一位记者李小华说过的人", "no space in the line below"),
            row("（记者 王明 通讯员⏎李华）昨日", "（记者 王明 通讯员 李华）昨日", "behind 通讯员"),
            row("（記者 王明 記者⏎李华）昨日", "（記者 王明 記者 李华）昨日", "behind 記者"),
            row("（记者 王明 编辑⏎李华）昨日", "（记者 王明 编辑 李华）昨日", "behind 编辑"),
            row("（记者 王明 实习生⏎李华）昨日", "（记者 王明 实习生 李华）昨日", "behind 实习生"),
            row("（記者 王明 通訊員⏎李华）昨日", "（記者 王明 通訊員 李华）昨日", "behind 通訊員"),
            row("（记者 王明⏎通讯员 李华）昨日", "（记者 王明 通讯员 李华）昨日", "before 通讯员"),
            row("（记者 王明⏎记者 李华）昨日", "（记者 王明 记者 李华）昨日", "before 记者"),
            row("（记者 王明⏎特约记者 李华）昨日", "（记者 王明 特约记者 李华）昨日", "before 特约"),
            row("（记者 王明⏎实习生 李华）昨日", "（记者 王明 实习生 李华）昨日", "before 实习"),
            row("（记者 王明⏎摄影 李华）昨日", "（记者 王明 摄影 李华）昨日", "before 摄影"),
            row("（记者 的明⏎摄影 李华）昨日", "（记者 的明摄影 李华）昨日", "before a post, behind what is no name"),
            row("（记者 王明）昨日⏎渠水流过", "（记者 王明）昨日渠水流过", "behind the byline"),
            row("（清水 王明⏎李华）昨日", "（清水 王明李华）昨日", "no byline"),
            row("渠水王明⏎李华", "渠水王明李华", "no byline and short: closed"),
        ],
        joined(with(|_| ())),
    );
}

#[test]
fn a_credit_meets_its_name_with_a_space() {
    table(
        &[
            row("图为渠水。何苗⏎摄", "图为渠水。何苗 摄", "摄"),
            row("图为渠水。何苗⏎攝", "图为渠水。何苗 攝", "攝"),
            row("图为渠水。何苗⏎文/图", "图为渠水。何苗 文/图", "文/图"),
            row("图为渠水。何苗⏎文/摄", "图为渠水。何苗 文/摄", "文/摄"),
            row("图为渠水。何苗⏎渠水", "图为渠水。何苗渠水", "two glyphs that are no credit"),
            row("图为渠水。⏎摄", "图为渠水。摄", "behind a mark"),
            row("图为渠水。何苗⏎摄了一张", "图为渠水。何苗摄了一张", "more than three glyphs"),
        ],
        joined(with(|_| ())),
    );
}

#[test]
fn two_units_have_one_line_feed_between_them() {
    table(
        &[
            row("渠水。⏎稻田。", "渠水。⏎稻田。", "a line feed stays"),
            row("渠水。⏎⏎⏎稻田。", "渠水。⏎稻田。", "empty lines go"),
            row("渠水。 ⏎ ⏎ 稻田。", "渠水。⏎稻田。", "lines of spaces too"),
            row("⏎⏎渠水。", "渠水。", "empty lines at the head"),
            row("渠水。⏎⏎", "渠水。", "and at the end"),
            row("", "", "nothing"),
            row("⏎ ⏎", "", "nothing but white space"),
        ],
        parted(with(|_| ())),
    );
    table(
        &[
            row("渠水。⏎稻田。", "渠水。⏎⏎稻田。", "one is put in"),
            row("渠水。⏎⏎稻田。", "渠水。⏎⏎稻田。", "one stays"),
            row("渠水。⏎⏎⏎稻田。", "渠水。⏎⏎稻田。", "more than one go"),
        ],
        parted(with(|o| o.blank_lines = true)),
    );
    table(
        &[row("渠水流过桥头镇⏎New⏎Town镇。", "渠水流过桥头镇New Town镇。", "blank lines asked for: lines of one unit meet as ever")],
        joined(with(|o| o.blank_lines = true)),
    );
}

#[test]
fn pages_have_a_form_feed_between_them() {
    table(
        &[
            row("渠水。⏎␌稻田。⏎", "渠水。⏎␌稻田。", "between two pages"),
            row("渠水。␌稻田。", "渠水。⏎␌稻田。", "a page ends in a line feed"),
            row("渠水。⏎␌␌稻田。", "渠水。⏎␌␌稻田。", "an empty page is a page"),
            row("␌渠水。", "␌渠水。", "an empty page at the head"),
            row("渠水。⏎␌ ⏎␌⏎", "渠水。⏎␌␌", "and at the end"),
            row("渠水。⏎␌", "渠水。", "a form feed at the very end opens no page"),
            row("渠水流过桥头镇，沿岸的稻⏎␌田渐渐泛黄。", "渠水流过桥头镇，沿岸的稻⏎␌田渐渐泛黄。", "nothing is joined over it"),
        ],
        page(with(|_| ())),
    );
}

#[test]
fn lines_stay_as_they_are_where_the_rule_is_off() {
    table(
        &[row("渠水流过桥头镇，沿岸的稻⏎田渐渐泛黄。⏎⏎好。", "渠水流过桥头镇，沿岸的稻⏎田渐渐泛黄。⏎好。", "breaks stay, empty lines go")],
        page(without(&[Rule::Rejoin])),
    );
}

fn dropping() -> qingyang::Options {
    with(|o| (o.furniture, o.join_across) = (Furniture::Drop, true))
}

#[test]
fn what_dropped_furniture_cut_in_two_is_joined() {
    table(
        &[
            row("渠水流过桥头镇，⏎责任编辑 何苗⏎沿岸的稻田渐渐泛黄。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "behind a comma"),
            row("渠水流过桥头镇、⏎责任编辑 何苗⏎沿岸的稻田渐渐泛黄。", "渠水流过桥头镇、沿岸的稻田渐渐泛黄。", "behind 、"),
            row("渠水流过桥头镇（⏎责任编辑 何苗⏎沿岸）的稻田渐渐泛黄。", "渠水流过桥头镇（沿岸）的稻田渐渐泛黄。", "behind an opening bracket"),
            row("渠水流过桥头镇“⏎责任编辑 何苗⏎沿岸”的稻田渐渐泛黄。", "渠水流过桥头镇“沿岸”的稻田渐渐泛黄。", "behind an opening quote"),
            row("渠水流过桥头镇。⏎责任编辑 何苗⏎沿岸的稻田渐渐泛黄。", "渠水流过桥头镇。⏎沿岸的稻田渐渐泛黄。", "behind a stop"),
            row("渠水流过桥头镇；⏎责任编辑 何苗⏎沿岸的稻田渐渐泛黄。", "渠水流过桥头镇；⏎沿岸的稻田渐渐泛黄。", "behind a semicolon"),
            row("渠水流过桥头镇，产⏎责任编辑 何苗⏎业渐渐兴旺起来了。", "渠水流过桥头镇，产业渐渐兴旺起来了。", "inside a word that is frequent"),
            row("渠水流过桥头镇，他们讲话精神文⏎责任编辑 何苗⏎明建设都说好。", "渠水流过桥头镇，他们讲话精神文明建设都说好。", "inside a long word"),
            row("渠水流过桥头镇，渠⏎责任编辑 何苗⏎坡黄了起来。", "渠水流过桥头镇，渠⏎坡黄了起来。", "no word"),
            row("渠水流过桥头镇，渠⏎责任编辑 何苗⏎的黄了起来。", "渠水流过桥头镇，渠的黄了起来。", "no unit begins so"),
            row("渠水流过桥头镇，还可以⏎责任编辑 何苗⏎坡黄了起来。", "渠水流过桥头镇，还可以坡黄了起来。", "no unit ends so"),
            row("渠水说：“流过桥头镇⏎责任编辑 何苗⏎的稻田黄了。”", "渠水说：“流过桥头镇的稻田黄了。”", "a quotation is open"),
            row("渠水流过桥头镇，产3⏎责任编辑 何苗⏎业渐渐兴旺起来了。", "渠水流过桥头镇，产3⏎业渐渐兴旺起来了。", "no Han above"),
            row("渠水流过桥头镇，产⏎责任编辑 何苗⏎3业渐渐兴旺起来了。", "渠水流过桥头镇，产⏎3业渐渐兴旺起来了。", "no Han below"),
            row("渠水流过桥头镇，⏎责任编辑 何苗⏎第3版 要闻⏎沿岸的稻田渐渐泛黄。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "two lines of furniture"),
            row("本报讯（记者 何苗、⏎第3版 要闻⏎石头 王洋）昨天渠水来了。", "本报讯（记者 何苗、石头 王洋）昨天渠水来了。", "a byline goes on behind what cut it"),
            row("责任编辑 何苗⏎渠水流过桥头镇。", "渠水流过桥头镇。", "nothing above"),
            row("渠水流过桥头镇，⏎责任编辑 何苗", "渠水流过桥头镇，", "nothing below"),
        ],
        page(dropping()),
    );
    table(
        &[row("渠水流过桥头镇，⏎责任编辑 何苗⏎沿岸的稻田渐渐泛黄。", "渠水流过桥头镇，⏎沿岸的稻田渐渐泛黄。", "not asked for")],
        page(with(|o| o.furniture = Furniture::Drop)),
    );
    table(
        &[row("渠水流过桥头镇，⏎责任编辑 何苗⏎沿岸的稻田渐渐泛黄。", "渠水流过桥头镇，⏎责任编辑 何苗⏎沿岸的稻田渐渐泛黄。", "furniture kept: nothing was cut")],
        page(with(|o| o.join_across = true)),
    );
}

#[test]
fn a_headline_does_not_go_on_in_the_text() {
    table(&[row("渠水流进千万家", "渠水流进千万家", "its line feed stays")], above_a_story(with(|_| ())));
}

/// For each line break whether it was kept, and by how much its entry of the ledger is less sure than the model is: of a
/// break that is as it was there is no entry.
fn certainties(text: &str, decide: Option<bool>) -> Vec<(bool, Option<f32>)> {
    let options = with(|o| (o.ledger, o.confidence) = (true, true));
    let mut cleaner = Cleaner::new(options);
    let plain = cleaner.page(text);
    let proof = match decide {
        None => plain,
        Some(keep) => {
            let all: Vec<Decision> = plain.breaks.iter().map(|b| Decision::new(b.source, keep)).collect();
            cleaner.page_with(text, &all).expect("all are breaks")
        }
    };
    let ledger = proof.ledger.as_ref().expect("asked for");
    let of = |b: &Break| {
        let probability = if b.kept { b.probability } else { 1.0 - b.probability };
        let entry = ledger.iter().find(|e| e.start <= b.source && b.source < e.end);
        (b.kept, entry.map(|e| (e.confidence - probability).abs()))
    };
    proof.breaks.iter().map(of).collect()
}

#[test]
fn the_ledger_is_as_certain_of_a_line_break_as_the_model() {
    const TEXT: &str = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，流过New\nTown镇和inter-\nnational镇。\n\n\n渠水流进千万家\n何苗来了，大家都说好。\n";
    let exact = |(kept, off): (bool, Option<f32>)| (kept, off.map(|off| off < 1e-6));
    let model: Vec<_> = certainties(TEXT, None).into_iter().map(exact).collect();
    let (joined, kept, changed) = ((false, Some(true)), (true, None), (true, Some(true)));
    assert_eq!(model, [joined, joined, joined, changed, kept]);
    let all: Vec<_> = certainties(TEXT, Some(false)).into_iter().map(exact).collect();
    assert_eq!(all, [joined; 5], "what a person decided keeps the model's probability");
    let none: Vec<_> = certainties(TEXT, Some(true)).into_iter().map(exact).collect();
    assert_eq!(none, [kept, kept, kept, changed, kept]);
}

#[test]
fn a_name_that_breaks_behind_a_surname_of_two_characters_is_one_name() {
    table(
        &[
            row("本报记者 欧阳⏎文海", "本报记者 欧阳文海", "欧阳"),
            row("本报记者 司马⏎文海", "本报记者 司马文海", "司马"),
        ],
        joined(with(|_| ())),
    );
}

#[test]
fn a_name_that_a_line_end_parts_from_its_post_meets_it_with_a_space() {
    table(
        &[
            row("左图：小学生学织渔网。通讯员⏎辛夷 摄", "左图：小学生学织渔网。通讯员 辛夷 摄", "a post"),
            row("嘉宾：市仲裁院仲裁员⏎何苗", "嘉宾：市仲裁院仲裁员 何苗", "a post in a field"),
            row("昨天来的是仲裁员⏎何苗", "昨天来的是仲裁员何苗", "in running text"),
            row("嘉宾：市仲裁院仲裁员⏎渠水", "嘉宾：市仲裁院仲裁员渠水", "no name"),
        ],
        joined(with(|_| ())),
    );
}
