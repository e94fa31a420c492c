//! `doubled`: display lines that the page painted twice or more.

use super::table::{only, page, proof, row, table, with, without};
use qingyang::Rule;
use qingyang::options::Furniture;

fn folding() -> impl Fn(&str) -> String {
    page(only(&[Rule::Doubled]))
}

#[test]
fn a_line_painted_twice_run_by_run_is_folded() {
    table(
        &[
            row("渠水流过镇渠水流过镇", "渠水流过镇", "a whole line of five Han"),
            row("渠水流过渠水流过", "渠水流过渠水流过", "four Han may be a writer's"),
            row("渠水渠水流过镇里流过镇里", "渠水流过镇里", "two units, the longest of four"),
            row("渠水渠水流过镇流过镇", "渠水渠水流过镇流过镇", "the longest of three, five in all"),
            row("渠水流渠水流过镇田过镇田", "渠水流过镇田", "of three, six in all"),
            row("“渠水”“渠水”流过流过镇里镇里", "“渠水”“渠水”流过流过镇里镇里", "of two, marks doubled, six in all"),
            row("“渠水”“渠水”流过流过镇镇", "“渠水”“渠水”流过流过镇镇", "of two, marks doubled, five in all"),
            row("渠水渠水流过流过镇里镇里", "渠水渠水流过流过镇里镇里", "of two, no marks doubled"),
            row("渠水流过镇，渠水流过镇，", "渠水流过镇，渠水流过镇，", "a comma at the end of each: cried out"),
            row("渠水流过镇！渠水流过镇！", "渠水流过镇！渠水流过镇！", "an exclamation mark"),
            row("渠水流过镇。渠水流过镇。", "渠水流过镇。渠水流过镇。", "a stop"),
            row("渠水流过镇？渠水流过镇？", "渠水流过镇？渠水流过镇？", "a question mark"),
            row("渠水流过镇、渠水流过镇、", "渠水流过镇、渠水流过镇、", "、"),
            row("渠水流过镇!渠水流过镇!", "渠水流过镇!渠水流过镇!", "a half-width mark"),
            row("渠水流过镇?渠水流过镇?", "渠水流过镇?渠水流过镇?", "a half-width question mark"),
            row("渠水流过镇,渠水流过镇,", "渠水流过镇,渠水流过镇,", "a half-width comma"),
            row("渠水流过镇：渠水流过镇：", "渠水流过镇：", "a colon is no cry"),
            row("渠水，流过镇渠水，流过镇", "渠水，流过镇", "a mark inside"),
            row("渠水，渠水流过镇渠水，渠水流过镇", "渠水，渠水流过镇", "a mark left single"),
            row("渠水流过镇 渠水流过镇", "渠水流过镇", "a space between the copies"),
            row("渠水教育报 渠水教育报⏎客户端 微信号", "渠水教育报 渠水教育报⏎客户端 微信号", "two labels above two others"),
            row("渠水教育报 渠水教育报⏎客户端 号", "渠水教育报⏎客户端 号", "below are no two labels of one length"),
            row("渠水流过镇 渠水流过镇⏎通讯员 何小苗", "渠水流过镇⏎通讯员 何小苗", "a byline below a headline"),
            row("渠水 流过镇渠水流过镇", "渠水流过镇", "the copy with fewer spaces stays"),
            row("渠水流过镇渠水 流过镇", "渠水流过镇", "the first one"),
            row("渠水,流过镇渠水，流过镇", "渠水，流过镇", "the copy with full-width marks stays"),
            row("渠水，流过镇渠水,流过镇", "渠水，流过镇", "the first one"),
            row("ＡＢ渠水流过镇AB渠水流过镇", "ＡＢ渠水流过镇", "of one width or the other"),
            row("渠水流过镇渠水流过村", "渠水流过镇渠水流过村", "not the same"),
            row("渠水流过镇渠水流过镇田", "渠水流过镇渠水流过镇田", "one glyph too many"),
            row("2023年渠水流2023年渠水流", "2023年渠水流", "digits count in a unit that has Han"),
            row("123渠水123渠水", "123渠水", "two Han and three digits"),
            row("12渠12渠", "12渠12渠", "one Han in the unit"),
            row("1234512345", "1234512345", "digits alone never"),
            row("abcdefabcdef", "abcdefabcdef", "nor Latin alone"),
            row("啊啊啊啊啊啊", "啊啊啊啊啊啊", "nor a cry"),
            row("啊！啊！", "啊！啊！", "nor one with marks"),
            row("——————", "——————", "nor marks alone"),
            row("渠水——流过镇渠水——流过镇", "渠水——流过镇", "a dash inside is one mark"),
            row("渠水", "渠水", "a short line"),
        ],
        folding(),
    );
}

#[test]
fn a_line_painted_three_or_four_times_is_folded() {
    table(
        &[
            row("渠水流过镇渠水流过镇渠水流过镇", "渠水流过镇", "three times"),
            row("渠水流过镇渠水流过镇渠水流过镇渠水流过镇", "渠水流过镇", "four times"),
            row("渠水流过渠水流过渠水流过", "渠水流过渠水流过渠水流过", "three copies of four Han: a writer's"),
            row("渠水流过渠水流过渠水流过渠水流过", "渠水流过渠水流过渠水流过渠水流过", "four of four"),
            row("渠渠渠水水水流流流过过过镇镇镇", "渠水流过镇", "three times, glyph by glyph"),
            row("22002200年年渠渠水水丰丰收收", "2020年渠水丰收", "glyph by glyph, with a number that is its own double"),
            row("渠渠渠渠水水水水流流流流过过过过镇镇镇镇", "渠水流过镇", "four times, glyph by glyph"),
            row("哈哈哈哈", "哈哈哈哈", "one glyph four times"),
            row("加油加油加油加油加油", "加油加油加油加油加油", "five times are no painting"),
        ],
        folding(),
    );
}

#[test]
fn a_line_painted_twice_glyph_by_glyph_is_folded() {
    table(
        &[
            row("渠渠水水流流过过镇镇", "渠水流过镇", "five pairs"),
            row("渠渠水水流流过过", "渠渠水水流流过过", "four pairs may be a writer's"),
            row("渠渠水水流流过过：：", "渠水流过：", "four pairs of Han and a doubled mark"),
            row("渠渠水水流流：：", "渠水流：", "three pairs of Han and a doubled mark"),
            row("高高兴兴", "高高兴兴", "a word of the form AABB"),
            row("高高兴兴点点滴滴", "高高兴兴点点滴滴", "two of them"),
            row("高高兴兴渠渠水水流流", "高兴渠水流", "one and others, five pairs"),
            row("爸爸妈妈", "爸爸妈妈", "kin"),
            row("研究研究", "研究研究", "a verb doubled"),
            row("研究研究讨论讨论", "研究研究讨论讨论", "two of them"),
            row("渠渠水水流流过过镇里镇里", "渠水流过镇里", "a run among pairs"),
            row("渠渠水水流流过过——镇镇", "渠水流过——镇", "a dash is no pair"),
            row("渠渠水水流流过过……镇镇", "渠水流过……镇", "nor are dots"),
            row("渠 渠水水流流过过镇镇", "渠水流过镇", "a space inside a pair"),
            row("11渠渠22水水33", "1渠2水3", "digits count among the pairs"),
        ],
        folding(),
    );
}

#[test]
fn a_short_line_needs_witnesses() {
    table(
        &[
            row("渠水流过渠水流过⏎稻田黄了⏎云台山下澜江边云台山下澜江边", "渠水流过⏎稻田黄了⏎云台山下澜江边", "a line of four beside a sure one"),
            row("加油加油⏎稻田黄了⏎云台山下澜江边云台山下澜江边", "加油加油⏎稻田黄了⏎云台山下澜江边", "two Han need two witnesses"),
            row("加油加油⏎稻田黄了⏎云台山下澜江边云台山下澜江边⏎桥头镇上的石头桥头镇上的石头", "加油⏎稻田黄了⏎云台山下澜江边⏎桥头镇上的石头", "two sure ones"),
            row("渠渠水水流流过过⏎稻田黄了⏎云台山下澜江边云台山下澜江边", "渠渠水水流流过过⏎稻田黄了⏎云台山下澜江边", "a witness of another manner counts half"),
            row("渠渠水水流流过过⏎稻田黄了⏎云台山下澜江边云台山下澜江边⏎桥头镇上的石头桥头镇上的石头", "渠水流过⏎稻田黄了⏎云台山下澜江边⏎桥头镇上的石头", "two of them count for one"),
            row("渠渠水水流流过过⏎稻田黄了⏎云云台台山山下下澜澜", "渠水流过⏎稻田黄了⏎云台山下澜", "a witness of its own manner"),
            row("渠水流过⏎渠水流过⏎稻田黄了⏎云台山下澜江边云台山下澜江边", "渠水流过⏎稻田黄了⏎云台山下澜江边", "a line that comes again beside a sure run"),
            row("渠水流过⏎渠水流过⏎稻田黄了⏎新桥成了⏎新桥成了⏎路也平了", "渠水流过⏎稻田黄了⏎新桥成了⏎路也平了", "two pairs of lines are each other's witnesses"),
            row("渠水流过⏎渠水流过⏎稻田黄了", "渠水流过⏎渠水流过⏎稻田黄了", "one pair has none"),
            row("渠水⏎渠水⏎稻田黄了⏎云台山下澜江边云台山下澜江边", "渠水⏎渠水⏎稻田黄了⏎云台山下澜江边", "two Han need two"),
            row("渠水⏎渠水⏎稻田黄了⏎云台山下澜江边云台山下澜江边⏎桥头镇上的石头桥头镇上的石头", "渠水⏎稻田黄了⏎云台山下澜江边⏎桥头镇上的石头", "and have them"),
        ],
        folding(),
    );
}

#[test]
fn a_line_that_comes_again_below_is_folded() {
    table(
        &[
            row("渠水流过桥头镇上⏎渠水流过桥头镇上⏎稻田", "渠水流过桥头镇上⏎稻田", "eight Han are sure"),
            row("渠水流过桥头⏎渠水流过桥头⏎稻田黄了好丰年一片金", "渠水流过桥头⏎稻田黄了好丰年一片金", "six are where no refrain is"),
            row("渠水流过桥⏎渠水流过桥⏎稻田黄了好丰年一片金", "渠水流过桥⏎渠水流过桥⏎稻田黄了好丰年一片金", "five are not"),
            row("云台山下澜江⏎渠水流过桥头⏎渠水流过桥头⏎桥头镇上石头", "云台山下澜江⏎渠水流过桥头⏎渠水流过桥头⏎桥头镇上石头", "among lines of their own length: a refrain"),
            row("云台山下澜江⏎渠水流过桥头⏎渠水流过桥头⏎桥头镇上的老石头会唱歌", "云台山下澜江⏎渠水流过桥头⏎桥头镇上的老石头会唱歌", "one such line above is not enough"),
            row("云台山下澜江⏎桥头镇上石头⏎渠水流过桥头⏎渠水流过桥头⏎桥头镇上的老石头会唱歌", "云台山下澜江⏎桥头镇上石头⏎渠水流过桥头⏎渠水流过桥头⏎桥头镇上的老石头会唱歌", "two above are"),
            row("桥头镇上的老石头会唱歌⏎渠水流过桥头⏎渠水流过桥头⏎桥头镇上石头⏎云台山下澜江", "桥头镇上的老石头会唱歌⏎渠水流过桥头⏎渠水流过桥头⏎桥头镇上石头⏎云台山下澜江", "two below are"),
            row("桥头镇上的老石头会唱歌⏎渠水流过桥头⏎渠水流过桥头⏎桥头镇上石头⏎云台山下的澜江会唱老歌", "桥头镇上的老石头会唱歌⏎渠水流过桥头⏎桥头镇上石头⏎云台山下的澜江会唱老歌", "one below is not"),
            row("云台山下的澜江⏎渠水流过桥头镇上⏎渠水流过桥头镇上⏎桥头镇上的石头", "云台山下的澜江⏎渠水流过桥头镇上⏎桥头镇上的石头", "eight are sure in a refrain too"),
            row("渠水流过桥头⏎渠水流过桥头⏎渠水流过桥头", "渠水流过桥头⏎渠水流过桥头⏎渠水流过桥头", "three times: a writer's"),
            row("渠水流过桥头，⏎渠水流过桥头，⏎稻田", "渠水流过桥头，⏎渠水流过桥头，⏎稻田", "a mark at the end: a writer's"),
            row("“渠水流过桥头”⏎“渠水流过桥头”⏎稻田黄了好丰年一片金", "“渠水流过桥头”⏎稻田黄了好丰年一片金", "a closing quote at the end is none"),
            row("《渠水流过桥头》⏎《渠水流过桥头》⏎稻田黄了好丰年一片金", "《渠水流过桥头》⏎稻田黄了好丰年一片金", "a title mark"),
            row("渠水流过桥头（上）⏎渠水流过桥头（上）⏎稻田黄了好丰年一片金", "渠水流过桥头（上）⏎稻田黄了好丰年一片金", "a bracket"),
            row("渠水流过桥头—⏎渠水流过桥头—⏎稻田黄了好丰年一片金", "渠水流过桥头—⏎稻田黄了好丰年一片金", "a dash"),
            row("渠水流过桥头5%⏎渠水流过桥头5%⏎稻田黄了好丰年一片金", "渠水流过桥头5%⏎稻田黄了好丰年一片金", "a percent sign"),
            row("渠水流过桥头5℃⏎渠水流过桥头5℃⏎稻田黄了好丰年一片金", "渠水流过桥头5℃⏎稻田黄了好丰年一片金", "degrees"),
            row("渠水流过桥头镇上⏎⏎渠水流过桥头镇上⏎稻田", "渠水流过桥头镇上⏎稻田", "an empty line between them"),
            row("渠水 流过桥头镇上⏎渠水流过桥头镇上⏎稻田", "渠水 流过桥头镇上⏎稻田", "spaces count for nothing"),
            row("渠水流过桥头镇上１⏎渠水流过桥头镇上1⏎稻田", "渠水流过桥头镇上１⏎稻田", "nor does width"),
            row("渠水流过桥头镇上⏎渠水流过桥头镇下⏎稻田", "渠水流过桥头镇上⏎渠水流过桥头镇下⏎稻田", "not the same"),
        ],
        folding(),
    );
}

#[test]
fn lines_on_one_base_line_need_no_witness() {
    let blank = |above: &str, rest: &str| format!("渠水\n{above}渠水\n\n{rest}");
    let rest = "云台\n\n澜江边\n\n桥头镇上\n\n石头会唱歌\n\n何苗\n\n稻田黄了\n\n新桥\n";
    let clean = folding();
    let folded = |text: &str| clean(text).matches("渠水").count() == 1;
    assert!(folded(&blank("", rest)), "every line has an empty line behind it but the first copy");
    assert!(!folded(&blank("\n", rest)), "an empty line between the copies");
    assert!(!folded(&blank("", &rest.replace("\n\n", "\n"))), "a page without empty lines");
    assert!(!folded(&blank("", "云台\n\n澜江边\n")), "too few lines to tell");
}

#[test]
fn pieces_that_overlap_are_folded() {
    table(
        &[
            row("渠水⏎渠水流过⏎流过桥头⏎桥头镇上⏎镇上", "渠水流过桥头镇上", "A AB BC CD D"),
            row("渠水⏎渠水流过⏎流过", "渠水流过", "A AB B"),
            row("渠⏎渠水⏎水流⏎流过⏎过", "渠水流过", "glyph by glyph"),
            row("渠水流过⏎渠水流过桥头⏎稻田", "渠水流过⏎渠水流过桥头⏎稻田", "single text behind two pieces"),
            row("渠水⏎渠水流过⏎流过桥头⏎桥头镇上的稻田", "渠水流过桥头镇上的稻田", "behind a long chain it stays"),
            row("渠水⏎渠水流⏎流桥⏎稻田", "渠水⏎渠水流⏎流桥⏎稻田", "behind a chain of few Han"),
            row("渠水流过⏎渠水流过：：桥头⏎稻田", "渠水流过：桥头⏎稻田", "behind a doubled mark"),
            row("渠水流过⏎渠水流过——桥头⏎稻田", "渠水流过⏎渠水流过——桥头⏎稻田", "behind a dash"),
            row("渠水流过⏎渠水流过！⏎稻田", "渠水流过！⏎稻田", "nothing but a mark behind it"),
            row("““渠水流过⏎渠水流过””⏎稻田", "“渠水流过”⏎稻田", "doubled quotes around pieces"),
            row("稻田““渠水流过⏎渠水流过””⏎稻田", "稻田“渠水流过”⏎稻田", "the last word behind a doubled quote comes again"),
            row("稻田《《渠水流过⏎渠水流过》》⏎稻田", "稻田《渠水流过》⏎稻田", "behind a doubled title mark"),
            row("稻田··渠水流过⏎渠水流过⏎稻田", "稻田·渠水流过⏎稻田", "behind a doubled point"),
            row("稻田（（渠水流过⏎渠水流过））⏎稻田", "稻田（渠水流过）⏎稻田", "behind a doubled bracket"),
            row("稻田「「渠水流过⏎渠水流过」」⏎稻田", "稻田「渠水流过」⏎稻田", "behind a doubled corner quote"),
            row("寒潮来袭 最低气温将降至⏎最低气温将降至零下⏎零下", "寒潮来袭 最低气温将降至零下", "the last word behind a space comes again"),
            row("寒潮 最低气⏎最低气温将降至⏎温将降至", "寒潮 最低气⏎最低气温将降至⏎温将降至", "a word of three is too short"),
            row("寒潮来袭寒潮来袭 最低⏎最低-19-19", "寒潮来袭 最低-19", "copies over the line break"),
            row("同同比比增⏎增长长", "同比增长", "glyph by glyph over the line break"),
            row("渠渠水⏎水渠", "渠渠水⏎水渠", "no tiling"),
            row("同桥镇同桥镇·渠水流⏎·渠水流?⏎稻田", "同桥镇·渠水流?⏎稻田", "a mark behind the copies"),
            row("同桥镇同桥镇·渠水流⏎·渠水流?⏎?稻田", "同桥镇同桥镇·渠水流⏎·渠水流?⏎?稻田", "a mark that the next line begins with"),
            row("同桥镇同桥镇·渠水流⏎·渠水流？⏎?稻田", "同桥镇同桥镇·渠水流⏎·渠水流？⏎?稻田", "in another width"),
            row("渠⏎渠水⏎水", "渠水", "two Han in all"),
            row("水⏎水", "水⏎水", "one Han twice"),
        ],
        folding(),
    );
}

#[test]
fn a_lead_in_painted_twice_is_folded() {
    table(
        &[
            row("项项目目：：渠水流过桥头镇。", "项目：渠水流过桥头镇。", "glyph by glyph"),
            row("项目项目：：渠水流过桥头镇。", "项目：渠水流过桥头镇。", "run by run"),
            row("项目项目::渠水流过桥头镇。", "项目:渠水流过桥头镇。", "half-width colons"),
            row("项项目目：渠水流过桥头镇。", "项项目目：渠水流过桥头镇。", "a single colon"),
            row("项目：：渠水流过桥头镇。", "项目：：渠水流过桥头镇。", "single text before the colons"),
            row("项项：：渠水流过桥头镇。", "项项：：渠水流过桥头镇。", "one Han"),
            row("：：渠水流过桥头镇。", "：：渠水流过桥头镇。", "nothing before the colons"),
            row("一一二二三三四四五五六六七七八八九九十十百百千千万万亿亿兆兆京京：：渠水", "一二三四五六七八九十百千万亿兆京：渠水", "sixteen glyphs"),
            row("一一二二三三四四五五六六七七八八九九十十百百千千万万亿亿兆兆京京垓垓：：渠水", "一一二二三三四四五五六六七七八八九九十十百百千千万万亿亿兆兆京京垓垓：：渠水", "seventeen"),
        ],
        folding(),
    );
}

#[test]
fn quotes_painted_twice_are_folded() {
    table(
        &[
            row("渠水““流过””桥头镇", "渠水“流过”桥头镇", "curly quotes"),
            row("渠水《《流过》》桥头镇", "渠水《流过》桥头镇", "title marks"),
            row("渠水「「流过」」桥头镇", "渠水「流过」桥头镇", "corner quotes"),
            row("渠水“流过””桥头镇", "渠水“流过””桥头镇", "a closing quote alone is not enough"),
            row("渠水““流过”桥头镇", "渠水““流过”桥头镇", "nor an opening one"),
            row("渠水““““流过””””桥头镇", "渠水““““流过””””桥头镇", "four are no two copies"),
            row("渠水““流过””《《桥头》》", "渠水“流过”《桥头》", "two pairs"),
            row("渠水““流过》》桥头镇", "渠水““流过》》桥头镇", "they must belong together"),
            row("“““", "“““", "three marks"),
            row("渠水：““联队”流过", "渠水：““联队”流过", "a mark too many is still a character"),
            row("他说：““渠水流过””，桥头镇。", "他说：““渠水流过””，桥头镇。", "running text is no display line"),
            row("渠水（（流过））桥头镇", "渠水（（流过））桥头镇", "brackets stay"),
            row("渠水··流过桥头镇", "渠水··流过桥头镇", "points stay"),
        ],
        folding(),
    );
}

#[test]
fn a_long_line_is_not_looked_at() {
    let clean = folding();
    let line = |glyphs: usize| ["渠水流过桥头镇上田", "稻黄云台山下澜江边"].concat().repeat(20).chars().take(glyphs / 2).collect::<String>();
    let folded = |glyphs: usize| clean(&(line(glyphs) + &line(glyphs) + "\n")).chars().count() == glyphs / 2 + 1;
    assert!(folded(240));
    assert!(!folded(242));
}

#[test]
fn doubled_lines_stay_where_the_rule_is_off() {
    table(&[row("渠水流过镇渠水流过镇", "渠水流过镇渠水流过镇", "switched off")], page(without(&[Rule::Doubled])));
}

#[test]
fn two_lines_of_writing_are_no_doubles() {
    table(
        &[
            row("安全第一⏎安全第一", "安全第一⏎安全第一", "a pair of slogans"),
            row("来来往往来来往往", "来来往往来来往往", "a word said twice"),
            row("不等不靠不等不靠", "不等不靠不等不靠", "a phrase said twice"),
            row("加油加油", "加油加油", "a cheer"),
            row("渠水流过桥头镇，沿岸的稻田渐渐泛黄。渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "a sentence said twice"),
        ],
        folding(),
    );
}

#[test]
fn what_needs_a_witness_is_less_certain() {
    let certain = |text: &str| {
        let proof = proof(&only(&[Rule::Doubled]), text);
        proof.ledger.iter().flat_map(|l| l.iter()).map(|e| (e.confidence * 1000.0).round()).collect::<Vec<_>>()
    };
    assert_eq!(certain("渠水流过镇渠水流过镇\n"), [999.0]);
    assert_eq!(certain("渠水流过渠水流过\n稻田黄了\n云台山下澜江边云台山下澜江边\n"), [970.0, 999.0]);
}

#[test]
fn a_half_width_mark_is_judged_as_the_mark_that_it_becomes() {
    table(
        &[
            row("渠水（桥头⏎渠水（桥头?     ?      稻田黄了", "渠水（桥头？稻田黄了", "a doubled mark with spaces between"),
            row("渠水（桥头⏎渠水（桥头？？稻田黄了", "渠水（桥头？稻田黄了", "the same, full-width"),
            row("渠水流过:：渠水流过", "渠水流过：：渠水流过", "a single lead-in"),
            row("渠水渠水：:桥头镇上田", "渠水：桥头镇上田", "a lead-in, its colons of two widths"),
            row("渠水渠水:：桥头镇上田", "渠水：桥头镇上田", "the other way round"),
            row("渠水渠水：：桥头镇上田", "渠水：桥头镇上田", "both full-width"),
            row("渠水流过桥头镇了吗?⏎渠水流过桥头镇了吗？⏎渠水流过桥头镇了吗?", "渠水流过桥头镇了吗？⏎渠水流过桥头镇了吗？⏎渠水流过桥头镇了吗？", "a line said three times"),
        ],
        page(only(&[Rule::Doubled, Rule::Punctuation])),
    );
}

#[test]
fn lines_that_furniture_set_apart_are_folded_when_it_goes() {
    let text = "，农户忙着修整晒场，孩子们在堤上奔跑。";
    table(
        &[
            row("责任编辑：左小岸⏎版式：何苗⏎⏎桥头镇的老水车⏎桥头镇的老水车⏎⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场，孩子们在堤上奔跑。", "桥头镇的老水车⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场，孩子们在堤上奔跑。", "no refrain without the lines above"),
        ],
        page(with(|o| o.furniture = Furniture::Drop)),
    );
    let proof = proof(&with(|o| o.furniture = Furniture::Drop), &format!("责任编辑：左小岸\n版式：何苗\n\n桥头镇的老水车\n桥头镇的老水车\n\n渠水流过桥头镇{text}\n"));
    let signed: Vec<_> = proof.ledger.iter().flat_map(|l| l.iter()).filter(|e| e.rule == Rule::Doubled).map(|e| e.before.trim()).collect();
    assert_eq!(signed, ["桥头镇的老水车"]);
}

#[test]
fn a_lead_in_that_was_painted_twice_is_single_before_its_text() {
    table(
        &[
            row("一一、、准准时时。。船员应当在开船前到岗，检查缆绳。", "一、准时。船员应当在开船前到岗，检查缆绳。", "glyph by glyph, with two doubled marks"),
            row("准准时时：：船员应当在开船前到岗，检查缆绳。", "准时：船员应当在开船前到岗，检查缆绳。", "with a doubled colon"),
            row("高高兴兴。。船员应当在开船前到岗，检查缆绳。", "高高兴兴。。船员应当在开船前到岗，检查缆绳。", "one doubled mark that a writer may set"),
            row("一一、、准时。。船员应当在开船前到岗，检查缆绳。", "一一、、准时。。船员应当在开船前到岗，检查缆绳。", "not all of it is doubled"),
        ],
        page(only(&[Rule::Doubled])),
    );
}

#[test]
fn two_lines_doubled_glyph_by_glyph_prove_each_other_wherever_they_stand() {
    table(
        &[
            row("农农家家历历⏎惊惊蛰蛰⏎渠水流过桥头镇，沿岸的稻田黄了。", "农家历⏎惊蛰⏎渠水流过桥头镇，沿岸的稻田黄了。", "five pairs together"),
            row("农农家家⏎惊惊蛰蛰⏎渠水流过桥头镇，沿岸的稻田黄了。", "农农家家⏎惊惊蛰蛰⏎渠水流过桥头镇，沿岸的稻田黄了。", "four"),
            row("农农家家历历⏎干干净净⏎渠水流过桥头镇，沿岸的稻田黄了。", "农农家家历历⏎干干净净⏎渠水流过桥头镇，沿岸的稻田黄了。", "a natural pair proves nothing"),
        ],
        page(only(&[Rule::Doubled])),
    );
}

#[test]
fn a_title_of_four_han_above_its_text_is_folded_if_nobody_says_it_twice() {
    table(
        &[
            row("一周速览一周速览⏎渠水流过桥头镇，沿岸的稻田黄了。", "一周速览⏎渠水流过桥头镇，沿岸的稻田黄了。", "a title"),
            row("不等不靠不等不靠⏎渠水流过桥头镇，沿岸的稻田黄了。", "不等不靠不等不靠⏎渠水流过桥头镇，沿岸的稻田黄了。", "a parallel"),
            row("中国加油中国加油⏎渠水流过桥头镇，沿岸的稻田黄了。", "中国加油中国加油⏎渠水流过桥头镇，沿岸的稻田黄了。", "a call"),
            row("一周速览一周速览⏎渠水流过桥", "一周速览一周速览⏎渠水流过桥", "above a short line, as in verse"),
        ],
        page(only(&[Rule::Doubled])),
    );
}

#[test]
fn letters_that_stand_twice_in_a_word_are_painted_four_times() {
    table(
        &[
            row("青青芦芦信信用用社社对对账账单单⏎SSttaatteemmeenntt ooff AAccccoouunntt⏎渠水流过桥头镇。", "青芦信用社对账单⏎Statement of Account⏎渠水流过桥头镇。", "beside another line painted glyph by glyph"),
            row("SSttaatteemmeenntt ooff AAccccoouunntt⏎渠水流过桥头镇。", "SSttaatteemmeenntt ooff AAccccoouunntt⏎渠水流过桥头镇。", "alone"),
        ],
        page(only(&[Rule::Doubled])),
    );
}
