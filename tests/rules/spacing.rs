//! `spacing`.

use super::table::{above_a_spaced_story, above_a_story, above_a_strewn_story, joined, page, parted, row, table, with, without};
use qingyang::options::{CjkLatinSpace, Split};
use qingyang::{Options, Rule};

/// Half-width marks stay, so that what is seen is the space.
fn spaces() -> Options {
    without(&[Rule::Punctuation])
}

#[test]
fn a_space_between_han_goes_in_running_text() {
    table(
        &[
            row("渠水 流过桥头镇，沿岸的稻田渐渐泛黄。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "one space"),
            row("渠水  流过桥头镇，沿岸的稻田渐渐泛黄。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "two spaces"),
            row("渠 水 流 过 桥 头 镇 ， 沿 岸 的 稻 田 渐 渐 泛 黄 。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "at every glyph"),
            row("渠水流过 3 个镇，沿岸的稻田渐渐泛黄。", "渠水流过3个镇，沿岸的稻田渐渐泛黄。", "beside a number"),
            row("渠水流过 GPS 定位的镇，沿岸的稻田渐渐泛黄。", "渠水流过GPS定位的镇，沿岸的稻田渐渐泛黄。", "beside Latin"),
            row("渠水流过 3 个桥头 镇，沿岸的稻田渐渐泛黄。", "渠水流过3个桥头镇，沿岸的稻田渐渐泛黄。", "beside a number and between Han"),
            row("增长 83% 没有人说过，沿岸的稻田渐渐泛黄。", "增长83%没有人说过，沿岸的稻田渐渐泛黄。", "behind a percent sign"),
            row("4. 新增的渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "4.新增的渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "behind the point of a number"),
            row("渠水流过桥头镇， 沿岸的稻田渐渐泛黄。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "behind a comma"),
            row("渠水流过桥头镇 ，沿岸的稻田渐渐泛黄。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "before a comma"),
            row("渠水流过桥头镇。  沿岸的稻田渐渐泛黄。", "渠水流过桥头镇。沿岸的稻田渐渐泛黄。", "behind a stop, two spaces"),
            row("渠水流过“ 桥头镇 ”，沿岸的稻田渐渐泛黄。", "渠水流过“桥头镇”，沿岸的稻田渐渐泛黄。", "inside quotes"),
            row("渠水流过 “桥头镇” 沿岸，稻田渐渐泛黄。", "渠水流过“桥头镇”沿岸，稻田渐渐泛黄。", "around quotes"),
            row("渠水流过（ 桥头镇 ）沿岸，稻田渐渐泛黄。", "渠水流过（桥头镇）沿岸，稻田渐渐泛黄。", "inside brackets"),
            row("渠水流过桥头镇（新渠 q/1a ）沿岸，稻田渐渐泛黄。", "渠水流过桥头镇（新渠q/1a）沿岸，稻田渐渐泛黄。", "before a wide bracket"),
            row("渠水流过桥头镇（新渠 q/1a ) 沿岸，稻田渐渐泛黄。", "渠水流过桥头镇（新渠q/1a)沿岸，稻田渐渐泛黄。", "before a narrow bracket"),
            row("渠水流过 —— 桥头镇，沿岸的稻田渐渐泛黄。", "渠水流过——桥头镇，沿岸的稻田渐渐泛黄。", "around a dash"),
            row("渠水流过 … 桥头镇，沿岸的稻田渐渐泛黄。", "渠水流过…桥头镇，沿岸的稻田渐渐泛黄。", "around dots"),
            row("渠水流过 8 月 17 日的桥头镇，沿岸的稻田黄了。", "渠水流过8月17日的桥头镇，沿岸的稻田黄了。", "a date"),
            row("渠水流过 8  月的桥头镇，沿岸的稻田黄了。", "渠水流过8月的桥头镇，沿岸的稻田黄了。", "two spaces beside a number"),
        ],
        page(spaces()),
    );
}

#[test]
fn a_space_between_words_stays_in_running_text() {
    table(
        &[
            row("渠水流过 New  Town 镇，沿岸的稻田渐渐泛黄。", "渠水流过New Town镇，沿岸的稻田渐渐泛黄。", "between Latin words, as one"),
            row("渠水流过 12  34 镇，沿岸的稻田渐渐泛黄。", "渠水流过12 34镇，沿岸的稻田渐渐泛黄。", "between numbers"),
            row("渠水流过 Town 3 镇，沿岸的稻田渐渐泛黄。", "渠水流过Town 3镇，沿岸的稻田渐渐泛黄。", "between a word and a number"),
            row("渠水流过 3 Town 镇，沿岸的稻田渐渐泛黄。", "渠水流过3 Town镇，沿岸的稻田渐渐泛黄。", "between a number and a word"),
            row("渠水流过 a + b 镇，沿岸的稻田渐渐泛黄。", "渠水流过a + b镇，沿岸的稻田渐渐泛黄。", "around a sign in a formula"),
            row("渠水流过桥头镇, 沿岸的稻田渐渐泛黄。", "渠水流过桥头镇, 沿岸的稻田渐渐泛黄。", "behind a half-width comma"),
            row("渠水流过桥头镇! 沿岸的稻田渐渐泛黄。", "渠水流过桥头镇! 沿岸的稻田渐渐泛黄。", "behind a half-width exclamation mark"),
            row("渠水流过 A, B 镇，沿岸的稻田渐渐泛黄。", "渠水流过A, B镇，沿岸的稻田渐渐泛黄。", "behind a half-width comma in Latin"),
            row("渠水流过镇 - 村，沿岸的稻田渐渐泛黄。", "渠水流过镇-村，沿岸的稻田渐渐泛黄。", "around a hyphen between Han"),
            row("渠水流过 a - b 镇，沿岸的稻田渐渐泛黄。", "渠水流过a - b镇，沿岸的稻田渐渐泛黄。", "around a hyphen between Latin"),
            row("渠水: 流过桥头镇，沿岸的稻田渐渐泛黄。", "渠水:流过桥头镇，沿岸的稻田渐渐泛黄。", "behind a half-width colon after Han"),
            row("渠水 a: b 流过桥头镇，沿岸的稻田渐渐泛黄。", "渠水a: b流过桥头镇，沿岸的稻田渐渐泛黄。", "behind one after Latin"),
            row("涨到 3 % 的渠水流过桥头镇，沿岸的稻田黄了。", "涨到3%的渠水流过桥头镇，沿岸的稻田黄了。", "before a percent sign none"),
            row("渠水流过 3 ~ 5 镇，沿岸的稻田渐渐泛黄。", "渠水流过3 ~ 5镇，沿岸的稻田渐渐泛黄。", "around a tilde between numbers"),
            row("渠水流过 3 ～ 5 镇，沿岸的稻田渐渐泛黄。", "渠水流过3～5镇，沿岸的稻田渐渐泛黄。", "around a full-width dash none"),
            row("渠水流过 3 × 5 镇，沿岸的稻田渐渐泛黄。", "渠水流过3 × 5镇，沿岸的稻田渐渐泛黄。", "around a sign that is not ASCII"),
        ],
        page(spaces()),
    );
}

#[test]
fn what_cannot_be_seen_beside_latin_is_as_asked_for() {
    let keep = with(|o| o.cjk_latin_space = CjkLatinSpace::Keep);
    table(
        &[
            row("渠水流过 3 个镇，沿岸的稻田渐渐泛黄。", "渠水流过 3 个镇，沿岸的稻田渐渐泛黄。", "beside a number"),
            row("渠水流过 GPS 的镇，沿岸的稻田渐渐泛黄。", "渠水流过 GPS 的镇，沿岸的稻田渐渐泛黄。", "beside Latin"),
            row("渠水流过 5% 的镇，沿岸的稻田渐渐泛黄。", "渠水流过 5% 的镇，沿岸的稻田渐渐泛黄。", "behind a percent sign"),
            row("渠水 流过 3  个镇，沿岸的稻田渐渐泛黄。", "渠水流过 3 个镇，沿岸的稻田渐渐泛黄。", "between Han it goes as ever, and two are one"),
            row("渠 水 流 过 3 个 镇 ， 沿 岸 的 稻 田 黄 了 。", "渠水流过3个镇，沿岸的稻田黄了。", "letter-spacing is closed up as ever"),
        ],
        page(keep),
    );
}

#[test]
fn a_space_in_a_display_line_parts_two_phrases() {
    table(
        &[
            row("渠水流进千万家 稻田泛黄好丰年", "渠水流进千万家 稻田泛黄好丰年", "two phrases"),
            row("渠水流进千万家  稻田泛黄好丰年", "渠水流进千万家 稻田泛黄好丰年", "two spaces are one"),
            row("渠 水 流 进 千 万 家", "渠水流进千万家", "letter-spacing"),
            row("渠 水 流 进   千 万 家", "渠水流进 千万家", "a wide gap among narrow ones parts fields"),
            row("渠 水 流 进  千 万 家", "渠水流进千万家", "a gap of two does not"),
            row("渠  水  流  进      千  万  家", "渠水流进 千万家", "three times the letter-space"),
            row("渠  水  流  进     千  万  家", "渠水流进千万家", "not three times the letter-space"),
            row("渠 水", "渠水", "two single glyphs alone are one word"),
            row("王 洋", "王洋", "or one name"),
            row("王 洋 李大河", "王洋 李大河", "two single glyphs are a name where a surname begins it"),
            row("的 洋 李大河", "的 洋 李大河", "where none does they are two fields"),
            row("李大河 王 洋", "李大河 王洋", "the same at the end"),
            row("张 王 洋 渠水", "张王洋渠水", "a surname before the surname"),
            row("大河 王 洋 渠水", "大河 王洋 渠水", "no surname before it"),
            row("渠水流进千万家稻田泛黄 的", "渠水流进千万家稻田泛黄的", "one glyph torn off at the end of a long line"),
            row("渠水流进千万 的", "渠水流进千万 的", "of a short one"),
            row("渠水流进千万家稻田泛黄  的", "渠水流进千万家稻田泛黄 的", "behind two spaces"),
            row("的 渠水流进千万家稻田泛黄", "的渠水流进千万家稻田泛黄", "one glyph torn off at the head"),
            row("渠水流进千万家 的 稻田泛黄", "渠水流进千万家 的 稻田泛黄", "a single glyph in the middle"),
            row("渠水流进“上云” 稻田“下网”好", "渠水流进“上云” 稻田“下网”好", "behind a quotation"),
            row("渠水 “上云” 稻田", "渠水“上云”稻田", "around a quotation of short words"),
            row("渠水流进 “上云”好 稻田", "渠水流进 “上云”好 稻田", "around a quotation beside a long word"),
            row("渠水流进千万家！  稻田泛黄", "渠水流进千万家！稻田泛黄", "behind a stop, however wide: one space would go, too"),
            row("渠水流进千万家！ 稻田泛黄", "渠水流进千万家！稻田泛黄", "one space behind a stop"),
            row("渠水流进千万家，  稻田泛黄", "渠水流进千万家，稻田泛黄", "two behind a comma"),
            row("渠水（ 新 ）流进千万家", "渠水（新）流进千万家", "inside brackets"),
            row("渠水 （新） 流进千万家", "渠水（新）流进千万家", "around brackets one space is squeezed white"),
            row("渠水  （新）  流进千万家", "渠水 （新） 流进千万家", "two spaces part fields"),
            row("渠水 —— 流进千万家", "渠水——流进千万家", "around a dash"),
            row("渠水 — 流进千万家", "渠水—流进千万家", "around a single dash"),
            row("渠水 - 流进千万家", "渠水-流进千万家", "around a hyphen"),
            row("大米 500克 2.68元 平价⏎黄瓜 500克 2.10元   +52.4%⏎旅客运输总量 亿人 2.3 －41.6", "大米 500克 2.68元 平价⏎黄瓜 500克 2.10元 +52.4%⏎旅客运输总量 亿人 2.3 －41.6", "before the sign of a number in a row"),
            row("石螺海岸 多雲時陰 15 －19 四成⏎嵐港 陰短暫雨 17 －23 三成", "石螺海岸 多雲時陰 15－19 四成⏎嵐港 陰短暫雨 17－23 三成", "before the dash of a range"),
        ],
        above_a_story(spaces()),
    );
}

#[test]
fn a_space_beside_a_number_in_a_display_line() {
    table(
        &[
            row("第 3 版 民生", "第3版 民生", "第 and its number, a unit behind it"),
            row("渠水 3 版 民生", "渠水 3版 民生", "a number and what it counts"),
            row("渠水 3 版民生好 万家", "渠水 3版民生好 万家", "the unit begins a longer word, the number is alone"),
            row("渠水 A3 版民生好 万家", "渠水 A3 版民生好 万家", "the number is not alone"),
            row("渠水 A3 版民 万家", "渠水 A3版民 万家", "a unit of a short word"),
            row("渠水 A3 版4民生好 万家", "渠水 A3版4民生好 万家", "a digit behind the unit"),
            row("渠水 3  版 民生", "渠水 3 版 民生", "two spaces before the unit"),
            row("渠水 3 民生", "渠水 3 民生", "no unit"),
            row("渠水 37 ℃ 民生", "渠水 37℃ 民生", "a sign of degrees"),
            row("今日 8 版", "今日8版", "今日"),
            row("本期 8 版", "本期8版", "本期"),
            row("今天 8 版", "今天8版", "今天"),
            row("共 8 版", "共8版", "共"),
            row("总 8 版", "总8版", "总"),
            row("明日 8 民生", "明日 8 民生", "another word"),
            row("2024年 4月 27日", "2024年4月27日", "the parts of a date"),
            row("2024年 4月27日 星期六", "2024年4月27日 星期六", "a date and a weekday"),
            row("2024年  4月", "2024年 4月", "two spaces in a date"),
            row("2024 年 4 月 27 日", "2024年4月27日", "a date with spaces everywhere"),
            row("渠年 4月", "渠年 4月", "no number before 年"),
            row("2024年 4个 民生", "2024年 4个 民生", "no date behind 年"),
            row("2024年 4 民生", "2024年4 民生", "a lone number behind 年"),
            row("年 4 月", "年4月", "年 alone"),
            row("8月 渠水 GPS 民生", "8月 渠水 GPS 民生", "Latin behind a month"),
            row("8月 GPS 民生", "8月 GPS 民生", "no digit behind a month"),
            row("8时 30分 渠水", "8时 30分 渠水", "a time"),
            row("8日 9时 渠水", "8日9时 渠水", "a day and an hour"),
            row("8月 3—5 渠水", "8月3—5 渠水", "a month and days"),
            row("8月 3至5日 渠水", "8月3至5日 渠水", "a month and days with 至"),
            row("日出 05:52 日落 18:49", "日出 05:52 日落 18:49", "times between fields"),
            row("渠水 GPS 稻田", "渠水 GPS 稻田", "Latin"),
            row("渠水 5% 稻田", "渠水 5% 稻田", "a percent sign"),
            row("渠水 5％ 稻田", "渠水 5％ 稻田", "a full-width one"),
            row("1.2 分地与抽签", "1.2 分地与抽签", "a numbered headline"),
            row("1. 分地与抽签", "1. 分地与抽签", "a numbered item"),
            row("A. 分地与抽签", "A.分地与抽签", "a lettered one"),
            row("渠水 12 34 稻田", "渠水 12 34 稻田", "two numbers"),
            row("渠 1 2 水 田 家", "渠12水田家", "digits in letter-spacing"),
            row("渠 水 G P S 田 家", "渠水GPS田家", "Latin in letter-spacing"),
        ],
        above_a_story(spaces()),
    );
}

#[test]
fn a_space_beside_a_bullet_or_a_sign() {
    table(
        &[
            row("● 渠水流进千万家", "● 渠水流进千万家", "behind a bullet"),
            row("渠水流进 ● 千万家", "渠水流进 ● 千万家", "around one"),
            row("● 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "● 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "in running text"),
            row("① 渠水流进千万家", "① 渠水流进千万家", "behind a circled number"),
            row("① 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "①渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "in running text"),
            row("图① 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "图① 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "of a picture"),
            row("渠水 ① 稻田", "渠水① 稻田", "before a circled number"),
            row("渠 ① 水 田 家", "渠①水田家", "in letter-spacing"),
            row("渠水 ＋ 稻田", "渠水＋稻田", "around a full-width sign"),
            row("渠水  ＋  稻田", "渠水＋稻田", "two spaces around it"),
            row("渠水 ＋ 流过桥头镇，沿岸的稻田渐渐泛黄。", "渠水＋流过桥头镇，沿岸的稻田渐渐泛黄。", "in running text"),
            row("渠水 37℃ 稻田", "渠水 37℃ 稻田", "behind a unit's sign"),
            row("渠水 37℃ ＋ 稻田", "渠水 37℃ ＋稻田", "between a unit's sign and another"),
        ],
        page(spaces()),
    );
}

#[test]
fn spaces_of_latin_text_stay() {
    table(
        &[
            row("It is life. Since then 渠水", "It is life. Since then 渠水", "a sentence ends"),
            row("see a. Town of 渠水 water", "see a. Town of 渠水 water", "behind one letter"),
            row("渠水流过 life. Since 沿岸的稻田渐渐泛黄。", "渠水流过life.Since沿岸的稻田渐渐泛黄。", "in Chinese text"),
            row("渠水 a . b 稻田", "渠水 a.b 稻田", "around a point"),
            row("It is - or was - water", "It is - or was - water", "around a hyphen"),
            row("It is a & b water", "It is a & b water", "around a sign"),
            row("It is “water” here", "It is “water” here", "around quotes"),
            row("It is (water) here", "It is (water) here", "around brackets"),
            row("I t i s w a t e r", "I t i s w a t e r", "letter-spacing of Latin"),
        ],
        page(spaces()),
    );
}

#[test]
fn a_space_parts_a_name_from_its_post_and_credit() {
    table(
        &[
            row("何苗 摄", "何苗 摄", "a name and what he did"),
            row("图为渠水流过桥头镇。何苗 摄", "图为渠水流过桥头镇。何苗 摄", "at the end of running text"),
            row("图为渠水流过桥头镇。何苗 攝", "图为渠水流过桥头镇。何苗 攝", "攝"),
            row("图为渠水流过桥头镇。何苗 文/图", "图为渠水流过桥头镇。何苗 文/图", "文/图"),
            row("图为渠水流过桥头镇。何苗 图/文", "图为渠水流过桥头镇。何苗 图/文", "图/文"),
            row("图为渠水流过桥头镇。何苗 文/摄", "图为渠水流过桥头镇。何苗 文/摄", "文/摄"),
            row("图为渠水流过桥头镇。何苗 文图", "图为渠水流过桥头镇。何苗 文图", "文图"),
            row("图为渠水流过桥头镇。何苗 摄影", "图为渠水流过桥头镇。何苗 摄影", "摄影"),
            row("图为渠水流过桥头镇。何苗 整理", "图为渠水流过桥头镇。何苗 整理", "整理"),
            row("图为渠水流过桥头镇。何苗 供图", "图为渠水流过桥头镇。何苗 供图", "供图"),
            row("图为渠水流过桥头镇。何苗 作", "图为渠水流过桥头镇。何苗 作", "作"),
            row("图为渠水流过桥头镇。何苗 供稿", "图为渠水流过桥头镇。何苗 供稿", "供稿"),
            row("图为渠水流过桥头镇。何苗 撰文", "图为渠水流过桥头镇。何苗 撰文", "撰文"),
            row("图为渠水流过桥头镇。何苗 报道", "图为渠水流过桥头镇。何苗 报道", "报道"),
            row("图为渠水流过桥头镇。何苗 绘", "图为渠水流过桥头镇。何苗 绘", "绘"),
            row("图为渠水流过桥头镇。何苗 文", "图为渠水流过桥头镇。何苗 文", "文"),
            row("图为渠水流过桥头镇。何苗 图", "图为渠水流过桥头镇。何苗 图", "图"),
            row("图为渠水流过桥头镇。何苗 文/石头", "图为渠水流过桥头镇。何苗 文/石头", "文/ and a name"),
            row("图为渠水流过桥头镇。何苗 图/石头", "图为渠水流过桥头镇。何苗 图/石头", "图/ and a name"),
            row("图为渠水流过桥头镇。何苗 摄于 渠水", "图为渠水流过桥头镇。何苗 摄于 渠水", "摄 and one more"),
            row("图为渠水流过桥头镇，何苗 摄于桥头，水来了。", "图为渠水流过桥头镇，何苗摄于桥头，水来了。", "摄 and three more"),
            row("图为渠水流过桥头镇，何苗 整了渠。", "图为渠水流过桥头镇，何苗整了渠。", "a word that begins like a credit"),
            row("图为渠水流过桥头镇。GPS 摄", "图为渠水流过桥头镇。GPS摄", "what is no Han before it"),
            row("图为渠水流过桥头镇， 摄影的人来了。", "图为渠水流过桥头镇，摄影的人来了。", "behind a comma"),
            row("渠水流过桥头镇（何苗 摄（二））。稻田黄了。", "渠水流过桥头镇（何苗 摄（二））。稻田黄了。", "with a bracket behind it"),
            row("责编 何苗 美编 石头", "责编 何苗 美编 石头", "posts and names in a display line"),
            row("记者 何苗", "记者 何苗", "记者"),
            row("摄影 何苗", "摄影 何苗", "摄影"),
            row("值班主任 何苗", "值班主任 何苗", "值班主任"),
            row("实习生 何苗", "实习生 何苗", "实习生"),
            row("校对 何苗", "校对 何苗", "校对"),
            row("版式 何苗", "版式 何苗", "版式"),
            row("主编 何苗", "主编 何苗", "主编"),
            row("責任編輯 何苗", "責任編輯 何苗", "責任編輯"),
            row("通訊員 何苗", "通訊員 何苗", "通訊員"),
            row("昨天记者 何苗来到桥头镇，渠水流进稻田。", "昨天记者 何苗来到桥头镇，渠水流进稻田。", "a post in running text"),
            row("昨天读者 何苗来到桥头镇，渠水流进稻田。", "昨天读者 何苗来到桥头镇，渠水流进稻田。", "读者"),
            row("昨天作者 何苗来到桥头镇，渠水流进稻田。", "昨天作者 何苗来到桥头镇，渠水流进稻田。", "作者"),
            row("昨天编辑 何苗来到桥头镇，渠水流进稻田。", "昨天编辑 何苗来到桥头镇，渠水流进稻田。", "编辑"),
            row("昨天农者 何苗来到桥头镇，渠水流进稻田。", "昨天农者何苗来到桥头镇，渠水流进稻田。", "no post"),
            row("文 何苗 图 石头", "文 何苗 图 石头", "a credit of one glyph before a name"),
        ],
        page(spaces()),
    );
}

#[test]
fn spaces_in_a_byline_in_brackets() {
    table(
        &[
            row("本报讯（记者 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "between names"),
            row("本报讯（记者 何苗 通讯员 石头）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 何苗 通讯员 石头）昨天渠水流过桥头镇，稻田黄了。", "names and posts"),
            row("本报讯（记者 何 苗）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 何苗）昨天渠水流过桥头镇，稻田黄了。", "a name of two spread to three"),
            row("本报讯（记者 何  苗）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 何 苗）昨天渠水流过桥头镇，稻田黄了。", "by two spaces"),
            row("本报讯（记者 何 苗 石头）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "before another name"),
            row("本报讯（记者 王连 志）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 王连志）昨天渠水流过桥头镇，稻田黄了。", "no name has one glyph"),
            row("本报讯（记者 王连  志）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 王连 志）昨天渠水流过桥头镇，稻田黄了。", "behind two spaces"),
            row("本报讯（记者 的连 志）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 的连 志）昨天渠水流过桥头镇，稻田黄了。", "behind what is no name"),
            row("本报讯（记者 王连生 志）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 王连生 志）昨天渠水流过桥头镇，稻田黄了。", "behind a name of three"),
            row("本报讯 （记者 何苗）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 何苗）昨天渠水流过桥头镇，稻田黄了。", "between dateline and bracket"),
            row("本报讯（记者 何苗） 昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 何苗）昨天渠水流过桥头镇，稻田黄了。", "behind the bracket"),
            row("本报讯（ 记者 何苗 ）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 何苗）昨天渠水流过桥头镇，稻田黄了。", "inside the brackets"),
            row("本报讯（记者何苗 石头）昨天渠水 流过桥头镇，稻田黄了。", "本报讯（记者何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "the byline ends at its bracket"),
            row("本报讯（通讯员 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "本报讯（通讯员 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "通讯员"),
            row("本报讯（本报记者 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "本报讯（本报记者 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "本报记者"),
            row("本報訊（記者 何苗 石头）昨天渠水流過橋頭鎮，稻田黃了。", "本報訊（記者 何苗 石头）昨天渠水流過橋頭鎮，稻田黃了。", "記者"),
            row("本报讯（桥头报记者 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "本报讯（桥头报记者 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "a post further inside"),
            row("本报讯（作者 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "本报讯（作者 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "作者"),
            row("本报讯（桥头通讯员 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "本报讯（桥头通讯员 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "通讯员 further inside"),
            row("本报讯（记 者 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "本报讯（记者 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "a post with a space in it"),
            row("本报讯（通 讯 员 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "本报讯（通讯员 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "通 讯 员"),
            row("渠水（记得 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "渠水（记得何苗石头）昨天渠水流过桥头镇，稻田黄了。", "a word that begins like a post"),
            row("渠水（清水 何苗 石头）昨天渠水流过桥头镇，稻田黄了。", "渠水（清水何苗石头）昨天渠水流过桥头镇，稻田黄了。", "brackets without a post"),
            row("渠水【记者 何苗 石头】昨天渠水流过桥头镇，稻田黄了。", "渠水【记者 何苗 石头】昨天渠水流过桥头镇，稻田黄了。", "lenticular brackets"),
            row("渠水〔记者 何苗 石头〕昨天渠水流过桥头镇，稻田黄了。", "渠水〔记者 何苗 石头〕昨天渠水流过桥头镇，稻田黄了。", "tortoise-shell brackets"),
            row("渠水(记者 何苗 石头)昨天渠水流过桥头镇，稻田黄了。", "渠水(记者 何苗 石头)昨天渠水流过桥头镇，稻田黄了。", "half-width brackets"),
            row("渠水［记者 何苗 石头］昨天渠水流过桥头镇，稻田黄了。", "渠水［记者 何苗石头］昨天渠水流过桥头镇，稻田黄了。", "square brackets open none"),
        ],
        page(spaces()),
    );
}

#[test]
fn spaces_of_an_article_s_head_stay() {
    table(
        &[
            row("第三条 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "第三条 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "第…条"),
            row("第三章 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "第三章 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "第…章"),
            row("第三條 渠水流過橋頭鎮，沿岸的稻田漸漸泛黃。", "第三條 渠水流過橋頭鎮，沿岸的稻田漸漸泛黃。", "第…條"),
            row("第三节 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "第三节渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "第…节 is none"),
            row("第一百二十三条 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "第一百二十三条 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "seven characters"),
            row("第一百二十三四条 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "第一百二十三四条 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "eight characters"),
            row("第一百二十三四五条 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "第一百二十三四五条渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "nine characters"),
            row("本报讯 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "本报讯 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "a dateline"),
            row("本報訊 渠水流過橋頭鎮，沿岸的稻田漸漸泛黃。", "本報訊 渠水流過橋頭鎮，沿岸的稻田漸漸泛黃。", "a traditional one"),
            row("桥头快讯 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "桥头快讯 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "four glyphs that end in 讯"),
            row("桥头镇快讯 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "桥头镇快讯渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "five glyphs that end in 讯"),
            row("新华社桥头8月17日电 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "新华社桥头8月17日电 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "日电"),
            row("新華社橋頭8月17日電 渠水流過橋頭鎮，沿岸的稻田漸漸泛黃。", "新華社橋頭8月17日電 渠水流過橋頭鎮，沿岸的稻田漸漸泛黃。", "日電"),
            row("本报桥头镇9月3日讯 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "本报桥头镇9月3日讯 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "日讯"),
            row("新华社桥头专电 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "新华社桥头专电 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "专电"),
            row("新华社综合外电 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "新华社综合外电 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "综合"),
            row("新华社桥头来电 渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "新华社桥头来电渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "another word before 电"),
            row("渠水流过桥头镇，他说的话（市中医院脾胃病科 骆含章）", "渠水流过桥头镇，他说的话（市中医院脾胃病科 骆含章）", "whose words these were"),
            row("渠水流过桥头镇，他说的话（市中医院脾胃病科 的含章）", "渠水流过桥头镇，他说的话（市中医院脾胃病科 的含章）", "no surname"),
            row("渠水流过桥头镇，他说的话（市中医院脾胃病科 骆章）", "渠水流过桥头镇，他说的话（市中医院脾胃病科 骆章）", "a name of two"),
            row("渠水流过桥头镇，他说的话（市中医院脾胃病科 骆含章氏）", "渠水流过桥头镇，他说的话（市中医院脾胃病科 骆含章氏）", "a name of four"),
            row("渠水流过桥头镇，他说的话（市中医院 骆含章）又来了。", "渠水流过桥头镇，他说的话（市中医院骆含章）又来了。", "not at the end"),
        ],
        page(spaces()),
    );
}

#[test]
fn spaces_between_names_of_a_list_stay() {
    table(
        &[
            row("昨天来的有贺玉兰 万长顺 安雪梅 石守田 何苗，渠水来了。", "昨天来的有贺玉兰万长顺安雪梅石守田何苗，渠水来了。", "three of five are names"),
            row("昨天来的有贺玉兰 万长顺 安雪梅 石守田 何苗 吴小妹，渠水来了。", "昨天来的有贺玉兰 万长顺 安雪梅 石守田 何苗 吴小妹，渠水来了。", "four of six"),
            row("昨天来的有贺玉兰 万长顺 安雪梅 的守田 何苗 吴小妹，渠水来了。", "昨天来的有贺玉兰万长顺安雪梅的守田何苗吴小妹，渠水来了。", "three of six"),
            row("昨天来的有贺玉兰 万长顺 安雪梅 石守田西 何苗 吴小妹，渠水来了。", "昨天来的有贺玉兰 万长顺 安雪梅 石守田西 何苗 吴小妹，渠水来了。", "a name of four"),
            row("昨天来的有贺玉兰 万长顺 安雪梅 石守田西边 何苗 吴小妹，渠水来了。", "昨天来的有贺玉兰万长顺安雪梅石守田西边何苗吴小妹，渠水来了。", "five glyphs are no name"),
            row("来了。贺玉兰 万长顺，渠水流过桥头镇。", "来了。贺玉兰万长顺，渠水流过桥头镇。", "two fields are no list"),
            row("昨天来的有贺玉A 万长B 安雪C 石守D 何E 吴小F，渠水来了。", "昨天来的有贺玉A万长B安雪C石守D何E吴小F，渠水来了。", "names end in Han"),
            row("贺玉兰 万长顺 安雪梅 石守田⏎何苗 吴小妹 王洋 李大河", "贺玉兰 万长顺 安雪梅 石守田 何苗 吴小妹 王洋 李大河", "lines of names meet with a space"),
            row("贺玉兰 万长顺 安雪梅 石守田。⏎何苗 吴小妹 王洋 李大河", "贺玉兰 万长顺 安雪梅 石守田。何苗 吴小妹 王洋 李大河", "behind a stop nothing is left open"),
        ],
        joined(spaces()),
    );
    table(
        &[
            row("贺玉兰 万长顺 安雪梅 石守田 何苗", "贺玉兰 万长顺 安雪梅 石守田 何苗", "names"),
            row("渠水 桥头镇 万长顺 稻田 何苗", "渠水桥头镇万长顺稻田何苗", "what are no names"),
            row("渠水 万长顺 何苗 稻田", "渠水 万长顺 何苗 稻田", "between the first and the last all are names"),
            row("渠水 万长顺 稻田 何苗", "渠水万长顺稻田何苗", "not all between them"),
            row("渠水 万长顺 稻田", "渠水万长顺稻田", "three fields are too few"),
        ],
        above_a_strewn_story(spaces()),
    );
}

#[test]
fn fields_between_single_spaces_stay_apart_among_stray_spaces() {
    table(
        &[
            row("何苗苗 清水县渠首剪刀铺 锻工", "何苗苗 清水县渠首剪刀铺 锻工", "three glyphs each in the mean"),
            row("搬屋 拆床 清杂物 三吨半尾板车", "搬屋 拆床 清杂物 三吨半尾板车", "short ones beside long ones"),
            row("搬屋 拆床 清杂物", "搬屋拆床清杂物", "short words"),
            row("何苗苗 清水县渠首剪刀 铺 锻工", "何苗苗清水县渠首剪刀铺锻工", "a glyph alone"),
            row("何苗苗 清水县渠首学 校锻工", "何苗苗清水县渠首学校锻工", "a word is cut"),
        ],
        above_a_strewn_story(spaces()),
    );
}

#[test]
fn old_punctuation_by_spaces_stays() {
    table(
        &[row("渠水流过桥头 稻田渐渐泛黄 农户忙着修整⏎晒场边上堆满 新收下的稻谷 孩子们在奔跑⏎", "渠水流过桥头 稻田渐渐泛黄 农户忙着修整⏎晒场边上堆满 新收下的稻谷 孩子们在奔跑", "phrases of four")],
        page(spaces()),
    );
}

#[test]
fn spaces_at_the_edges_of_a_line_go() {
    table(
        &[
            row("  渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "an indent"),
            row("渠水流过桥头镇，沿岸的稻田渐渐泛黄。  ", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。", "at the end"),
        ],
        page(spaces()),
    );
    table(
        &[row("渠水 流过  桥头镇，沿岸的稻田渐渐泛黄。", "渠水 流过  桥头镇，沿岸的稻田渐渐泛黄。", "switched off: spaces inside a line stay")],
        page(without(&[Rule::Spacing])),
    );
}

#[test]
fn strewn_spaces_part_nothing() {
    table(
        &[
            row("渠水流进千万家 稻田泛黄好丰年", "渠水流进千万家 稻田泛黄好丰年", "one space between two phrases"),
            row("渠水流进千 万家稻田泛黄", "渠水流进千万家稻田泛黄", "one inside a word"),
            row("渠水流 稻田泛黄", "渠水流稻田泛黄", "a phrase of three"),
            row("渠水流进  稻田黄", "渠水流进 稻田黄", "two spaces"),
            row("渠水流 稻田黄 农户忙", "渠水流 稻田黄 农户忙", "phrases of three, all between words"),
            row("渠水流 稻田 农户忙", "渠水流稻田农户忙", "one of them shorter"),
            row("渠水  稻田 农户", "渠水 稻田 农户", "a line with fields"),
            row("记者 何苗", "记者 何苗", "a post"),
        ],
        above_a_strewn_story(spaces()),
    );
    table(
        &[
            row("昨天记者 何苗来到桥头镇，渠水流进稻田。", "昨天记者何苗来到桥头镇，渠水流进稻田。", "a post before what is no name"),
            row("昨天记者 何苗 来到桥头镇，渠水流进稻田。", "昨天记者 何苗来到桥头镇，渠水流进稻田。", "a post before a name"),
            row("昨天记者 的苗 来到桥头镇，渠水流进稻田。", "昨天记者的苗来到桥头镇，渠水流进稻田。", "no surname"),
            row("本报讯（记者 何苗）昨天来了。", "本报讯（记者 何苗）昨天来了。", "a byline is open"),
        ],
        above_a_strewn_story(spaces()),
    );
}

#[test]
fn letter_spaced_bylines_keep_names_apart() {
    table(
        &[
            row("本 报 讯 （ 记 者 周 文 海 通 讯 员 石 守 田 ） 昨 天 来 了 。", "本报讯（记者 周文海 通讯员 石守田）昨天来了。", "posts and names in brackets"),
            row("本 报 讯 （ 记 者 周 文 海 石 守 田 ） 昨 天 来 了 。", "本报讯（记者 周文海 石守田）昨天来了。", "two names of three"),
            row("本 报 讯 （ 记 者 周 海 石 田 ） 昨 天 来 了 。", "本报讯（记者 周海 石田）昨天来了。", "two names of two"),
            row("本 报 讯 （ 记 者 周 文 海 石 田 ） 昨 天 来 了 。", "本报讯（记者 周文海 石田）昨天来了。", "of three and two"),
            row("本 报 讯 （ 记 者 周 海 石 守 田 ） 昨 天 来 了 。", "本报讯（记者 周海 石守田）昨天来了。", "of two and three"),
            row("本 报 讯 （ 记 者 的 海 石 田 ） 昨 天 来 了 。", "本报讯（记者 的海石田）昨天来了。", "what begins with no surname"),
            row("本 报 讯 （ 记 者 周 海 的 田 ） 昨 天 来 了 。", "本报讯（记者 周海的田）昨天来了。", "what goes on with none"),
            row("本 报 讯 （ 记 者 周 文 海 石 田 通 讯 员 万 里 ） 昨 天 来 了 。", "本报讯（记者 周文海 石田 通讯员 万里）昨天来了。", "names before the next post"),
        ],
        page(spaces()),
    );
}

#[test]
fn a_line_with_the_signs_of_running_text_is_running_text() {
    // All lines are rows here, whatever the model says of them.
    table(
        &[
            row("渠水 流过桥头镇", "渠水 流过桥头镇", "a row keeps its space"),
            row("（下转 第二版面）", "（下转第二版面）", "a jump line"),
            row("渠水 流过桥头镇；", "渠水流过桥头镇；", "a semicolon at the end of eight glyphs"),
            row("渠水 流过桥头；", "渠水 流过桥头；", "of seven"),
            row("1.渠水 流过，桥头", "1.渠水流过，桥头", "an item with a mark"),
            row("1.渠水 流过桥头", "1.渠水 流过桥头", "without one"),
            row("（一）渠水 流过，桥头", "（一）渠水流过，桥头", "an item in brackets with a mark"),
            row("（一）渠水 流过桥头", "（一）渠水 流过桥头", "without one"),
            row("一是渠水 流过，桥头", "一是渠水流过，桥头", "一是 with a mark"),
            row("一是渠水 流过桥头", "一是渠水 流过桥头", "without one"),
            row("一、渠水 流过桥头", "一、渠水流过桥头", "一、 has a mark of its own"),
            row("渠水 流过，桥头镇", "渠水 流过，桥头镇", "a mark and no other sign"),
            row("渠水 流过，桥头摄", "渠水流过，桥头摄", "a mark and a credit"),
            row("渠水 流过桥头摄", "渠水 流过桥头摄", "a credit without a mark"),
            row("渠水 流过，桥头镇上的人。", "渠水流过，桥头镇上的人。", "a stop, a mark, twelve glyphs"),
            row("渠水 流过，桥头镇上人。", "渠水 流过，桥头镇上人。", "eleven glyphs"),
            row("渠水 流过桥头镇上的人都说今年也很好。", "渠水流过桥头镇上的人都说今年也很好。", "a stop, no mark, eighteen glyphs"),
            row("渠水 流过桥头镇上的人都说今年很好。", "渠水 流过桥头镇上的人都说今年很好。", "seventeen glyphs"),
            row("“渠水 流过，桥头镇上的人。”", "“渠水流过，桥头镇上的人。”", "a stop in quotes"),
            row("渠水 流过，桥头镇上的人们，", "渠水 流过，桥头镇上的人们，", "a comma is no stop"),
            row("本报讯  （记者）", "本报讯（记者）", "behind 讯 even two spaces go"),
            row("本报信  （记者）", "本报信 （记者）", "behind another word they do not"),
        ],
        page(without(&[Rule::Punctuation, Rule::Rejoin])),
    );
    table(
        &[
            row("渠水 流过桥头。", "渠水流过桥头。", "a sentence of its own"),
            row("“渠水 流过桥头。”", "“渠水流过桥头。”", "in quotes"),
            row("渠水 流过；", "渠水流过；", "a semicolon"),
        ],
        page(spaces()),
    );
}

#[test]
fn letter_spacing_takes_most_of_a_line() {
    table(
        &[
            row("渠 水 流 过桥头镇", "渠水流过桥头镇", "three single glyphs of four fields, two pairs"),
            row("渠 水 流过 桥头镇", "渠 水 流过 桥头镇", "two of four are not most"),
            row("渠 水 流过", "渠 水 流过", "one pair is no spacing"),
            row("渠 3 水 4 流", "渠 3 水 4 流", "numbers between them: no pairs"),
            row("渠 水 流 1 2 田 家", "渠水流12田家", "digits in it are closed up"),
            row("渠 水 流 1  2 田 家", "渠水流1 2田家", "but for a wider gap"),
            row("渠 水 ！  流 过", "渠水！流过", "a stop in it"),
            row("渠 水 “ 流 过 ” 好", "渠水“流过”好", "quotes in it"),
            row("渠 水 流 + 过 好", "渠水流+过好", "a sign in it"),
            row("渠 水 流 ① 过 好", "渠水流①过好", "a circled number"),
            row("渠 水 流 过 摄", "渠水流过摄", "a credit in it"),
        ],
        above_a_story(spaces()),
    );
}

#[test]
fn on_a_page_with_a_space_at_every_glyph_wide_gaps_part() {
    table(
        &[
            row("渠 水 流 进 千 万 家", "渠水流进千万家", "letter-spacing"),
            row("渠水 流进 千万家", "渠水 流进 千万家", "one space between words of a display line"),
            row("渠水  流进  千万家", "渠水 流进 千万家", "two"),
            row("渠水流进  千万家 稻田黄", "渠水流进 千万家 稻田黄", "one beside two"),
            row("渠水流进  千万家 稻 田黄", "渠水流进 千万家稻田黄", "beside a single glyph"),
            row("渠水“上云” 稻田“下网”好", "渠水“上云”稻田“下网”好", "behind a quotation"),
        ],
        above_a_spaced_story(spaces()),
    );
}

#[test]
fn a_line_with_fields_keeps_the_spaces_of_its_marks() {
    table(
        &[
            row("渠水  桥头 （新）流进", "渠水 桥头 （新）流进", "before a bracket"),
            row("渠水流进 （新）流进", "渠水流进（新）流进", "without fields"),
            row("渠水（新） 流进  千万家", "渠水（新） 流进 千万家", "behind one"),
        ],
        above_a_story(spaces()),
    );
}

#[test]
fn a_byline_goes_on_over_the_line_break() {
    table(
        &[
            row("本报讯（记者 何苗 通讯⏎员 石磊）昨天渠水流过。", "本报讯（记者 何苗 通讯员 石磊）昨天渠水流过。", "a post broken before its last glyph"),
            row("本报讯（记⏎者 何苗 石磊）昨天渠水流过。", "本报讯（记者 何苗 石磊）昨天渠水流过。", "记⏎者"),
            row("本报讯（本⏎报记者 何苗）昨天渠水流过。", "本报讯（本报记者 何苗）昨天渠水流过。", "本⏎报记者"),
            row("本報訊（本⏎報記者 何苗）昨天渠水流過。", "本報訊（本報記者 何苗）昨天渠水流過。", "本⏎報記者"),
            row("本报讯（记者 何苗 李华⏎石磊 王洋）昨天渠水流过。", "本报讯（记者 何苗 李华 石磊 王洋）昨天渠水流过。", "names on both lines"),
            row("本报讯（记者 何苗⏎⏎⏎石磊 王洋）昨天渠水流过。", "本报讯（记者 何苗 石磊王洋）昨天渠水流过。", "where a person joined them, the spaces stay as the page alone has them"),
            row("本报讯（记者何苗王洋 A3 李大河周文海石守田贺玉兰万长顺安雪梅吴小妹何大河王小明李小华张小三赵小四钱小五孙小六周小七 王明）昨天渠水流过桥头镇。", "本报讯（记者何苗王洋A3李大河周文海石守田贺玉兰万长顺安雪梅吴小妹何大河王小明李小华张小三赵小四钱小五孙小六周小七 王明）昨天渠水流过桥头镇。", "a bracket more than 120 bytes before the space"),
            row("本报讯（记者 何苗）⏎石磊 王洋昨天渠水流过，好。", "本报讯（记者 何苗）石磊王洋昨天渠水流过，好。", "behind the closing bracket it is over"),
            row("本报讯（记者 何苗 石头 王洋 李大河 周文海 石守田 贺玉兰 万长顺 安雪梅 吴小妹 何大河 王小明 李小华）昨天渠水流过。", "本报讯（记者 何苗 石头 王洋 李大河 周文海 石守田 贺玉兰 万长顺 安雪梅 吴小妹 何大河 王小明 李小华）昨天渠水流过。", "a byline longer than 120 bytes"),
            row("本报讯（记者 何苗 石头 王洋 ABC 周文海 石守田 贺玉兰 万长顺 安雪梅 吴小妹 何大河 王小明 李小华）昨天渠水流过。", "本报讯（记者 何苗 石头 王洋ABC周文海 石守田 贺玉兰 万长顺 安雪梅 吴小妹 何大河 王小明 李小华）昨天渠水流过。", "and what stands behind it"),
        ],
        joined(spaces()),
    );
    table(
        &[row("本报讯（记者 何苗⏎石磊 王洋）昨天渠水流过桥头镇，沿岸的⏎稻田黄了。", "本报讯（记者 何苗⏎石磊 王洋）昨天渠水流过桥头镇，沿岸的⏎稻田黄了。", "names on lines that a person parted")],
        parted(spaces()),
    );
}

#[test]
fn a_space_is_kept_by_what_stays_of_its_line() {
    let lines = || without(&[Rule::Rejoin]);
    table(
        &[
            row("个、考场412个， 考 生", "个、考场412个，考生", "a glyph behind a mark is no field"),
            row("7日晨最低气温，市区 -11 ℃，北部⏎山区 -17℃", "7日晨最低气温，市区-11℃，北部⏎山区-17℃", "the sign of a unit is no field"),
            row("——一个守闸人的自述（之五）　　　　　何苗", "——一个守闸人的自述（之五） 何苗", "a wide gap before a name"),
            row("——一个守闸人的自述（之五） 何苗", "——一个守闸人的自述（之五） 何苗", "the space that became of it"),
        ],
        page(lines()),
    );
}

#[test]
fn spaces_that_an_option_puts_part_no_words() {
    table(
        &[
            row("十渠水N桥头镇稻田 “H几十", "十渠水 N 桥头镇稻田 “H 几十", "words with Latin"),
            row("十渠水 N 桥头镇稻田 “H 几十", "十渠水 N 桥头镇稻田 “H 几十", "the same with the spaces"),
            row("9月12日 县水利局召开会议，部署今年的防汛工作，要求备足物资。⏎9月15日 桥头镇卫生院新添一台彩超，村民做检查不用再进县城。⏎9月20日 云台村举办丰收节，吸引了上千名游客，现场十分热闹。", "9 月 12 日 县水利局召开会议，部署今年的防汛工作，要求备足物资。⏎9 月 15 日 桥头镇卫生院新添一台彩超，村民做检查不用再进县城。⏎9 月 20 日 云台村举办丰收节，吸引了上千名游客，现场十分热闹。", "dates"),
            row("9 月 12 日 县水利局召开会议，部署今年的防汛工作，要求备足物资。", "9 月 12 日 县水利局召开会议，部署今年的防汛工作，要求备足物资。", "a date with the spaces"),
        ],
        page(with(|o| o.cjk_latin_space = CjkLatinSpace::One)),
    );
}

#[test]
fn a_space_that_a_second_cleaning_would_remove_goes_at_once() {
    table(
        &[
            row("桥头镇  2018  年初中学业水平考试", "桥头镇 2018年初中学业水平考试", "a year, however wide the space"),
            row("渠水通了  3  年初", "渠水通了 3 年初", "no year"),
            row("漫画  《排队》  石头/作", "漫画 《排队》 石头/作", "a title between its kind and its author"),
            row("漫画 《排队》 石头/作", "漫画 《排队》 石头/作", "the same again"),
            row("县气象台 11 月 4 日 17 时发布寒潮预警", "县气象台 11月4日17时发布寒潮预警", "a date and an hour"),
            row("诗歌组：阮子墨、翟慕白、尚　红", "诗歌组：阮子墨、翟慕白、尚红", "a name behind names with marks between them"),
            row("小说组：葛青禾、樊一苇、鲁　东、", "小说组：葛青禾、樊一苇、鲁东、", "the same before a mark"),
        ],
        page(spaces()),
    );
    table(
        &[
            row("【本报讯】　县水利局昨日召开会议，部署今年的防", "【本报讯】县水利局昨日召开会议，部署今年的防", "a story opens"),
            row("老师 4 名。深入 7 个县（市、区）的", "老师4名。⏎深入7个县（市、区）的", "a line that is parted is running text"),
        ],
        page(with(|o| (o.split, o.skip) = (Split::Sentence, o.skip.with(Rule::Rejoin)))),
    );
}

#[test]
fn the_gap_behind_what_names_the_origin_of_a_report_stays() {
    table(
        &[
            row("本报讯 5月1日起，渠水流过桥头镇。", "本报讯 5月1日起，渠水流过桥头镇。", "before a date"),
            row("据渠首电  桥头镇29日公布，渠水流过桥头镇。", "据渠首电 桥头镇29日公布，渠水流过桥头镇。", "a place"),
            row("综合外电报道  桥头镇附近的渠水涨了。", "综合外电报道 桥头镇附近的渠水涨了。", "a digest"),
            row("渠水流过，据渠首电 桥头镇公布。", "渠水流过，据渠首电桥头镇公布。", "not at the beginning"),
            row("渠水涨了 5月1日起，流过桥头镇。", "渠水涨了5月1日起，流过桥头镇。", "no origin"),
        ],
        joined(spaces()),
    );
}

#[test]
fn people_with_their_places_keep_the_gaps_between() {
    table(
        &[
            row("获奖者：清水县 何苗；桥头镇 石磊；渠首乡 王洋", "获奖者：清水县 何苗；桥头镇 石磊；渠首乡 王洋", "behind each gap a name"),
            row("获奖者：清水县 何苗；桥头镇 渠水流过；渠首乡 王洋。", "获奖者：清水县何苗；桥头镇渠水流过；渠首乡王洋。", "no name"),
            row("问：渠水浑了怎么办？（清水乡 何苗）", "问：渠水浑了怎么办？（清水乡 何苗）", "who asked"),
            row("问：渠水浑了怎么办？（清水乡 何有⏎根）", "问：渠水浑了怎么办？（清水乡 何有根）", "the name is cut"),
        ],
        joined(spaces()),
    );
}

#[test]
fn a_credit_behind_the_text_of_a_caption_is_set_off() {
    table(
        &[
            row("冠军队队员合影。 何苗 摄", "冠军队队员合影。 何苗 摄", "a name and a credit"),
            row("冠军队队员合影。 何苗 来了", "冠军队队员合影。何苗 来了", "no credit"),
            row("冠军队队员合影， 何苗 摄", "冠军队队员合影，何苗 摄", "inside the sentence"),
        ],
        joined(spaces()),
    );
}

#[test]
fn a_number_is_not_parted_from_the_word_that_asks_for_it() {
    table(
        &[
            row("台风外围影响 沿海有 6至8级偏东风", "台风外围影响 沿海有6至8级偏东风", "有"),
            row("生产日期：2022年11月1日至 2023年2月28日", "生产日期：2022年11月1日至2023年2月28日", "至"),
            row("1.8GB的 文件只用了一分钟", "1.8GB的文件只用了一分钟", "no field ends in 的"),
        ],
        parted(spaces()),
    );
}

#[test]
fn the_spread_post_of_a_roster_closes_up() {
    table(
        &[
            row("主　　编　程大庆⏎编　　委　顾长河　尹　秋　罗一鸣⏎摄　　影　方小满", "主编 程大庆⏎编委 顾长河 尹秋 罗一鸣⏎摄影 方小满", "posts of two characters"),
            row("5000元：柏青、苏定远⏎2000元：丁　义、苗　润、季春来", "5000元：柏青、苏定远⏎2000元：丁义、苗润、季春来", "names that are enumerated behind an amount"),
        ],
        parted(with(|_| ())),
    );
}

#[test]
fn a_code_is_parted_from_what_it_stands_for() {
    table(
        &[
            row("0501178 米线（宽） 包 40 2.80", "0501178 米线（宽） 包 40 2.80", "a nought at its beginning"),
            row("1178 米渠道（宽） 包 40 2.80", "1178米渠道（宽） 包 40 2.80", "a number and its unit"),
        ],
        parted(spaces()),
    );
}

#[test]
fn the_spread_name_of_an_author_behind_a_leader_closes_up() {
    table(
        &[
            row("渠首人家（小说）············何　苗  5", "渠首人家（小说）············何苗 5", "behind points"),
            row("渠首人家（小说）………………石 磊 37", "渠首人家（小说）………………石磊 37", "behind an ellipsis"),
            row("渠首人家（小说）·何 苗  5", "渠首人家（小说）·何 苗 5", "one point is no leader"),
        ],
        page(spaces()),
    );
}

#[test]
fn the_head_of_a_table_of_numbers_keeps_its_spaces() {
    table(
        &[
            row("代表队  金  银  铜⏎清水  12  9  11", "代表队 金 银 铜⏎清水 12 9 11", "as many numbers below"),
            row("代表队  金  银  铜⏎清水  12  9", "代表队金银铜⏎清水 12 9", "fewer numbers below"),
            row("代表队  金  银  铜⏎清水  12  9  多", "代表队金银铜⏎清水 12 9 多", "a word below"),
        ],
        page(spaces()),
    );
}

#[test]
fn the_name_of_a_reporter_in_running_text_keeps_the_space_behind_it() {
    table(
        &[
            row(
                "本报清水9月5日电 记者 何苗 县里昨天召开会议，部署今年的防汛工作。",
                "本报清水9月5日电 记者 何苗 县里昨天召开会议，部署今年的防汛工作。",
                "on one line",
            ),
            row(
                "昨天会场上的读者 何苗 说县里昨天召开会议，部署今年的防汛工作。",
                "昨天会场上的读者 何苗说县里昨天召开会议，部署今年的防汛工作。",
                "no reporter",
            ),
        ],
        page(spaces()),
    );
}
