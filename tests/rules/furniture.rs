//! `furniture`: mastheads, folios and editors' lines.

use super::table::{above_a_story, bare_roles, issue, page, row, table, with};
use qingyang::options::Furniture;
use qingyang::{Options, Rule};

fn dropping() -> Options {
    with(|o| o.furniture = Furniture::Drop)
}

#[test]
fn furniture_goes_by_its_words() {
    table(
        &[
            row("桥头镇政府主管主办", "", "主管主办"),
            row("桥头镇政府主管 主办", "", "主管 主办"),
            row("中共桥头镇委机关报", "", "机关报"),
            row("澜江日报社出版", "", "日报社出版"),
            row("澜江晚报社出版", "", "报社出版"),
            row("邮发代号 21-1", "", "邮发代号"),
            row("国内统一连续出版物号", "", "国内统一"),
            row("国际标准刊号", "", "国际标准"),
            row("统一刊号 CN14", "", "统一刊号"),
            row("农历七月初三", "", "农历"),
            row("農曆七月初三", "", "農曆"),
            row("责任编辑 何苗", "", "责任编辑"),
            row("責任編輯 何苗", "", "責任編輯"),
            row("责编 何苗", "", "责编"),
            row("美编 何苗", "", "美编"),
            row("本版编辑 何苗", "", "本版编辑"),
            row("版式 何苗", "", "版式"),
            row("校对 何苗", "", "校对"),
            row("组版 何苗", "", "组版"),
            row("值班编委 何苗", "", "值班编委"),
            row("值班主任 何苗", "", "值班主任"),
            row("广告经营许可证号", "", "广告经营许可证"),
            row("零售价 一元", "", "零售价"),
            row("全年定价 百元", "", "全年定价"),
            row("本报地址 澜江路", "", "本报地址"),
            row("邮政编码 034000", "", "邮政编码"),
            row("今日本报 八版", "", "今日本报"),
            row("桥头印刷厂印刷", "", "印刷厂印刷"),
            row("桥头承印", "", "承印"),
            row("责任编辑何苗来到渠边。", "责任编辑何苗来到渠边。", "a sentence is none"),
            row("“责任编辑来了。”", "“责任编辑来了。”", "nor a quotation that ends in a stop"),
            row("渠水流进千万家", "渠水流进千万家", "a headline is none"),
        ],
        above_a_story(dropping()),
    );
}

#[test]
fn a_folio_goes_by_its_fields() {
    table(
        &[
            row("第3版 要闻 2023年9月12日 星期二", "", "page, section, date, weekday"),
            row("第3版", "", "a page"),
            row("第三版", "", "in Han"),
            row("第4127期", "", "an issue"),
            row("第4127号", "", "a number"),
            row("总第4127期", "", "总第"),
            row("今日8版", "", "今日8版"),
            row("第版", "第版", "no number"),
            row("第3条", "第3条", "another word"),
            row("第1234567期", "", "eight characters in all behind 第"),
            row("第12345678期", "第12345678期", "nine"),
            row("星期二", "", "a weekday"),
            row("周二", "", "周二"),
            row("星期二三", "星期二三", "four characters"),
            row("农历七月", "", "a lunar date"),
            row("第3版 渠水", "第3版 渠水", "one field that is none"),
            row("2023年9月12日 第3版", "", "a date first"),
            row("二〇二三年九月十二日 第3版", "", "in Han"),
            row("要闻 第3版", "", "a section first"),
            row("版 第3版", "", "版 as a field"),
            row("澜江日报 第3版", "", "a paper first"),
            row("桥头晚报 第3版", "", "晚报"),
            row("桥头时报 第3版", "", "时报"),
            row("桥头早报 第3版", "", "早报"),
            row("桥头周报 第3版", "", "周报"),
            row("桥头导报 第3版", "", "导报"),
            row("橋頭日報 第3版", "", "日報"),
            row("橋頭晚報 第3版", "", "晚報"),
            row("橋頭時報 第3版", "", "時報"),
            row("橋頭早報 第3版", "", "早報"),
            row("橋頭週報 第3版", "", "週報"),
            row("橋頭導報 第3版", "", "導報"),
            row("桥头快报 第3版", "桥头快报 第3版", "no paper's name"),
            row("桥头镇云台澜江日报 第3版", "桥头镇云台澜江日报 第3版", "nine characters are no name"),
            row("桥头镇云台澜日报 第3版", "", "eight are one"),
            row("第 3 版 民生", "", "spaces around its number"),
            row("2024 年 4 月 27 日 第 3 版", "", "spaces around all numbers"),
        ],
        above_a_story(dropping()),
    );
}

#[test]
fn weak_signs_go_beside_furniture_only() {
    table(
        &[
            row("2023年9月12日", "2023年9月12日", "a date alone stays"),
            row("要闻", "要闻", "a section alone"),
            row("第3版⏎要闻", "", "a section below furniture"),
            row("要闻⏎第3版", "", "above it"),
            row("第3版⏎2023年9月12日", "", "a date"),
            row("第3版⏎A3", "", "a page's number and letter"),
            row("第3版⏎3版", "", "a page's number"),
            row("第3版⏎澜江日报", "", "a paper's name"),
            row("第3版⏎12", "", "digits"),
            row("第3版⏎LANJIANG RIBAO", "", "pinyin in capitals"),
            row("第3版⏎LANJI", "LANJI", "five capitals"),
            row("第3版⏎LANJIANG Ribao", "LANJIANG Ribao", "small letters"),
            row("第3版⏎CN14-0033", "", "a number that begins with CN"),
            row("第3版⏎CN14-0", "CN14-0", "three digits"),
            row("第3版⏎CN14-0033渠水流过桥", "CN14-0033渠水流过桥", "fourteen glyphs"),
            row("第3版⏎渠水流进千万家⏎要闻", "渠水流进千万家", "two lines off"),
            row("第3版⏎渠水流进千万家⏎云台山下好丰年⏎要闻", "渠水流进千万家⏎云台山下好丰年⏎要闻", "three lines off"),
            row("要闻⏎渠水流进千万家⏎第3版", "渠水流进千万家", "two lines above"),
            row("第3版⏎要闻⏎体育⏎12⏎2023年9月12日", "", "one beside the other, from the top down"),
            row("体育⏎12⏎2023年9月12日⏎要闻⏎第3版", "", "from the bottom up"),
        ],
        above_a_story(dropping()),
    );
}

#[test]
fn a_sentence_that_is_cut_is_no_furniture() {
    table(
        &[row("责任编辑何苗来到渠边，⏎云台山下的人都说好。", "责任编辑何苗来到渠边，云台山下的人都说好。", "a comma at its end")],
        page(dropping()),
    );
}

#[test]
fn a_line_of_furniture_has_a_length() {
    let clean = page(dropping());
    let line = |ems: usize| format!("责任编辑{}\n\n云台山下的人都说，今年的收成好。\n", "渠".repeat(ems - 4));
    assert!(!clean(&line(48)).contains("责任编辑"), "48 em");
    assert!(clean(&line(49)).contains("责任编辑"), "49 em");
}

#[test]
fn furniture_of_two_lines_goes_whole_or_not_at_all() {
    table(
        &[
            row("国内统一连续出版物号：⏎CN14-0033", "", "both are furniture"),
            row("责任编辑 何苗⏎渠水流进千万家", "渠水流进千万家", "a line of its own above a headline"),
        ],
        above_a_story(dropping()),
    );
}

#[test]
fn furniture_stays_unless_asked_for() {
    table(&[row("第3版 要闻", "第3版 要闻", "kept")], above_a_story(with(|_| ())));
    table(
        &[row("第3版 要闻", "第3版 要闻", "skipped")],
        above_a_story(with(|o| {
            o.furniture = Furniture::Drop;
            o.skip = o.skip.with(Rule::Furniture);
        })),
    );
}

#[test]
fn furniture_has_its_role() {
    let role = |line: &str| {
        let roles = bare_roles(with(|_| ()))(&format!("{line}\n\n渠水流进千万家\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整\n晒场，孩子们在堤上奔跑。今年的水来得早，谷子比往\n年高出一头，村里的人都说好。\n"));
        roles.split(' ').next().unwrap_or_default().to_string()
    };
    table(
        &[
            row("责任编辑 何苗", "editors", "责任编辑"),
            row("責任編輯 何苗", "editors", "責任編輯"),
            row("责编 何苗", "editors", "责编"),
            row("美编 何苗", "editors", "美编"),
            row("校对 何苗", "editors", "校对"),
            row("版式 何苗", "editors", "版式"),
            row("组版 何苗", "editors", "组版"),
            row("第3版 要闻 2023年9月12日 星期二", "folio", "page, section, date, weekday"),
            row("第3版", "folio", "a page alone"),
            row("澜江日报 第3版", "folio", "a paper and a page"),
            row("澜江日报社出版 邮发代号 21-1", "masthead", "who publishes it"),
            row("中共桥头镇委机关报 澜江日报社出版", "masthead", "whose organ it is"),
        ],
        role,
    );
}

/// A sentence that no other page and no other place has.
fn sentence(page: usize, place: usize) -> String {
    const WORDS: [&str; 7] = ["渠水流过桥头", "稻田渐渐泛黄", "农户修整晒场", "孩子奔跑堤上", "谷子高出一头", "磨盘转了一天", "笑声传出二里"];
    const WHO: [&str; 5] = ["何苗", "石头", "老渠", "小妹", "大河"];
    format!("{}说，{}，{}。", WHO[page], WORDS[(page + place) % 7], WORDS[(page * 2 + place * 3 + 1) % 7])
}

/// What becomes of a line that five pages have: gone from all, stays on all, or the pages on which it stays. Of variants
/// between slashes each page has the next; # is the page's number, and ~ a line of the page's own. The line of five pages
/// is the last one before the story, or, behind !, the first one below it.
fn on_five_pages(line: &str) -> String {
    on_pages(5, line)
}

fn on_pages(count: usize, line: &str) -> String {
    let line = line.trim_end();
    let below = line.strip_prefix('!');
    let variants: Vec<&str> = below.unwrap_or(line).split('/').collect();
    let own = |page: usize| {
        let line = variants[page % variants.len()].replace('#', &(page + 1).to_string());
        line.replace('~', "\n~\n").split('\n').filter(|l| !l.is_empty()).enumerate().fold(String::new(), |all, (k, line)| {
            let line = if line == "~" { sentence(page, k + 20) } else { line.to_string() };
            if all.is_empty() { line } else { all + "\n" + &line }
        })
    };
    let all: Vec<String> = (0..count)
        .map(|page| {
            let story: String = (0..10).map(|place| sentence(page, place) + "\n").collect();
            if below.is_some() { format!("{story}{}\n", own(page)) } else { format!("{}\n{story}", own(page)) }
        })
        .collect();
    let clean = issue(dropping())(&all.join("\x0c"));
    let stays: Vec<String> = clean
        .split('\x0c')
        .enumerate()
        .filter(|(page, text)| {
            let own = own(*page);
            let line = own.lines().find(|l| !l.contains('说')).unwrap_or_default();
            text.lines().any(|l| l == line) || line.chars().count() > 2 && text.contains(line)
        })
        .map(|(page, _)| (page + 1).to_string())
        .collect();
    match stays.len() {
        0 => "gone".into(),
        n if n == count => "stays".into(),
        _ => stays.join(" "),
    }
}

#[test]
fn a_line_on_page_after_page_is_furniture() {
    table(
        &[
            row("渠边人家", "gone", "the same words"),
            row("渠边人家 #", "gone", "with a number"),
            row("渠边人家 0#", "gone", "with a leading zero"),
            row("渠边人家 一/渠边人家 二/渠边人家 三", "gone", "with a number in Han"),
            row("# 渠边人家/渠边人家 #", "gone", "left and right pages mirror each other"),
            row("渠边人家 要闻/渠边人家 体育/渠边人家 副刊/渠边人家 社会/渠边人家 文化", "gone", "with a section's name"),
            row("渠边人家 甲/渠边人家 乙/渠边人家 丙/渠边人家 丁/渠边人家 戊", "stays", "with another word each time"),
            row("渠边# 第#期 人家/水边# 第#期 石头/桥边# 第#期 何苗/山边# 第#期 小妹/路边# 第#期 大河", "stays", "only a field of furniture is the same, and other fields are no names"),
            row("人家 第#期/石头 第#期/何苗 第#期/小妹 第#期/大河 第#期", "gone", "a field of furniture, and a name beside it"),
            row("第#版人家/第#版石头/第#版何苗/第#版小妹/第#版大河", "gone", "in one word"),
            row("第#版/第#版", "gone", "nothing but a field of furniture"),
            row("人家石头何苗 第#期/石头何苗小妹 第#期/何苗小妹大河 第#期/小妹大河人家 第#期/大河人家石头 第#期", "gone", "names of six"),
            row("人家石头何苗水 第#期/石头何苗小妹水 第#期/何苗小妹大河水 第#期/小妹大河人家水 第#期/大河人家石头水 第#期", "stays", "of seven"),
            row("#", "gone", "a number that goes with the pages"),
            row("7", "stays", "one that does not"),
            row("1#", "gone", "one of two digits that does"),
            row("3/9/4/8/5", "stays", "any numbers"),
            row("渠", "stays", "one character is too few"),
            row("渠#", "gone", "a character and a number"),
            row("渠边人家。", "stays", "a sentence is none"),
            row("渠边人家，", "stays", "nor what ends in a comma"),
            row("渠边人家、", "stays", "in 、"),
            row("渠边人家；", "stays", "in a semicolon"),
            row("本报记者 何苗", "stays", "a byline is none"),
            row("公告", "stays", "the name of a notice is none"),
            row("短评", "stays", "a label is none"),
            row("图为渠水", "stays", "nor is a caption"),
            row("~~~渠边人家", "gone", "the fourth line"),
            row("~~~~渠边人家", "stays", "the fifth is too far from the edge"),
            row("!渠边人家", "gone", "the last line"),
            row("!渠边人家~~~", "gone", "the fourth from the end"),
            row("!渠边人家~~~~", "stays", "the fifth"),
            row("渠边人家/稻田人家/渠边人家", "2 5", "on four pages of five"),
            row("渠边人家/稻田人家", "2 4", "on three and on two"),
        ],
        on_five_pages,
    );
    table(&[row("渠边人家", "stays", "two pages are too few")], |line: &str| on_pages(2, line));
    table(&[row("渠边人家", "gone", "three are enough")], |line: &str| on_pages(3, line));
}

#[test]
fn a_repeated_line_has_a_length_and_a_role() {
    let clean = |ems: usize| on_five_pages(&"渠".repeat(ems));
    assert_eq!((clean(48).as_str(), clean(49).as_str()), ("gone", "stays"));
    let role = |line: &str| {
        let page = |n: usize| format!("{line}\n{}\n{}\n", sentence(n, 0), sentence(n, 1));
        let inputs = (0..4).map(page).collect::<Vec<_>>().join("\x0c");
        let proofs = super::table::proofs(&with(|_| ()), &inputs);
        let unit = &proofs[0].units[0];
        assert_eq!(&proofs[0].text[unit.range.clone()], line.trim_end());
        unit.role.name().to_string()
    };
    table(
        &[
            row("渠边人家", "folio", "a running head names the section"),
            row("编辑何苗", "editors", "an editor"),
        ],
        |line: &str| role(line.trim_end()),
    );
}

#[test]
fn a_repeated_line_is_set_apart_from_its_neighbours() {
    let page = |n: usize| format!("渠边人家\n{}说，渠水流过桥头镇，沿岸的稻\n渠边人家\n田渐渐泛黄，农户忙着修整\n渠边人家\n晒场，孩子们在堤上奔跑。\n", ["何苗", "石头", "老渠", "小妹"][n]);
    let inputs = (0..4).map(page).collect::<Vec<_>>().join("\x0c");
    let text = &super::table::proofs(&with(|_| ()), &inputs)[0].text;
    assert_eq!(text, "渠边人家\n何苗说，渠水流过桥头镇，沿岸的稻\n渠边人家\n田渐渐泛黄，农户忙着修整\n渠边人家\n晒场，孩子们在堤上奔跑。\n");
}

#[test]
fn an_editors_line_with_spread_labels_goes() {
    table(
        &[
            row("编　辑：何　苗　　校　对：裴　桐⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。", "two labels"),
            row("责 任 编 辑：何苗⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。", "a label of four glyphs"),
            row("地　址：桥头镇⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。", "地址：桥头镇⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。", "a label of another line"),
        ],
        page(dropping()),
    );
}
