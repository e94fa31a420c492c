//! What the text of a line, beside the texts of its neighbours, says of the break above it: an item among items, a row among
//! rows, a folio below a sentence that the page cuts, a rule of signs. Only evidence that a reader would take for certain or
//! nearly so is read here; the rest is for the model.

mod around;
mod bylines;
mod continuations;
mod edges;
mod headings;
mod hints;
mod items;
mod pieces;
mod rows;
mod run_in;
mod stories;
mod whole;

pub(crate) use rows::ends_contents_row;

use super::class::Class;
use super::line::Line;
use super::opening::Opening;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::cues::Cue;
use around::Around;
use continuations::{SPEECH, may_be_value};
use hints::{HEAD, LEAVES, OPENS, is_number_alone};
pub(super) use items::Heads;
use rows::{Common, may_follow_telephone};

/// Sets the opening of each line. `strewn` tells that the page's spaces separate nothing.
pub(super) fn find(text: &str, lines: &mut [Line], strewn: bool, heads: &mut Heads, words: &Vocabulary) {
    let Heads { heads, hints, hinted, places } = heads;
    heads.clear();
    hints::read(lines, hints);
    let body = |line: &Line| &text[line.start as usize..line.end as usize];
    let numbered = |line: &Line| (line.last == Class::Digit) | (line.last == Class::CloseBracket);
    let n = lines.len();
    pick(0..n, n, hinted, |i| hints[i] & HEAD != 0);
    for &i in &*hinted {
        let line = &mut lines[i];
        line.contents = numbered(line) && rows::ends_contents_row(body(line));
        hints[i] |= if line.contents { OPENS | LEAVES } else { 0 };
        if items::may_have_head(line) {
            heads.extend(items::head_of(body(line)).map(|head| (i, head)));
        }
    }
    pick(1..n, n, hinted, |i| (hints[i - 1] & LEAVES) | (hints[i] & OPENS) != 0);
    let hinted = &hinted[..];
    let some = || hinted.iter().copied();
    pick(some(), hinted.len(), places, |i| may_open(&lines[i - 1], &lines[i], lines.get(i + 1)));
    for &i in &*places {
        let before = i.checked_sub(2).map(|before| &lines[before]);
        let around = Around { text, before, above: &lines[i - 1], line: &lines[i], below: lines.get(i + 1), words };
        lines[i].opening = opening_of(&around, strewn).unwrap_or_default();
    }
    let opened = |line: &Line| line.opening != Opening::None;
    let may_be_whole = |i: usize| whole::may_be_whole(&lines[i - 1], &lines[i]) && !opened(&lines[i]);
    pick(some(), hinted.len(), places, may_be_whole);
    for &i in &*places {
        let before = i.checked_sub(2).map(|before| &lines[before]);
        let around = Around { text, before, above: &lines[i - 1], line: &lines[i], below: lines.get(i + 1), words };
        lines[i].opening = whole::opening(&around).unwrap_or_default();
    }
    items::find_items(lines, heads);
    items::find_questions(lines, hinted);
    continuations::find_numbers(text, lines, hinted);
    run_in::find(text, lines);
    edges::find_rules(text, lines, hints);
    edges::find_feet(text, lines);
    edges::find_feet_inside(text, lines);
    edges::find_binding_marks(lines);
    edges::find_editors(text, lines, hinted, words);
    edges::find_set_apart(lines, hinted);
    edges::find_head_above_cut(text, lines);
    pieces::find_captions(lines, hints);
    pieces::find_credited(text, lines, hints, words);
    pieces::find_upright(lines);
    rows::find_page_numbers(lines);
}

/// Sets the openings that the measures around the lines tell.
pub(super) fn find_by_measures(lines: &mut [Line], measures: &[u16]) {
    pieces::find_pieces(lines, measures);
    headings::mark(lines, measures);
    run_in::mark(lines, measures);
}

/// Sets the openings that the rows tell in which the lines were printed.
pub(super) fn find_by_rows(lines: &mut [Line]) {
    run_in::mark_in_rows(lines);
}

/// Lists those of some lines, at most so many, that are wanted, without a branch on what nothing could predict.
#[inline(always)]
fn pick(some: impl Iterator<Item = usize>, most: usize, places: &mut Vec<usize>, wanted: impl Fn(usize) -> bool) {
    places.clear();
    places.resize(most, 0);
    let mut held = 0;
    for i in some {
        // Each place is written to the list, and overwritten by the next one unless it is wanted.
        places[held] = i;
        held += usize::from(wanted(i));
    }
    places.truncate(held);
}

/// The opening of a line, by itself and its neighbours.
fn opening_of(around: &Around<'_>, strewn: bool) -> Option<Opening> {
    stories::opening(around)
        .or_else(|| continuations::opening(around))
        .or_else(|| rows::opening(around).filter(|&opening| !(strewn && opening == Opening::Row)))
}

/// Whether the line may have an opening. Without branches, which nothing could predict, it is one look for all the conditions
/// with which the three files begin.
#[inline]
fn may_open(above: &Line, line: &Line, below: Option<&Line>) -> bool {
    let quoted = (above.last == Class::ClosedStop) | (above.last == Class::CloseQuote);
    // Few lines are parted beside another one, and what they have in common is the dearest question.
    let beside = above.parted | below.is_some_and(|below| below.parted);
    let rows = line.parted & beside
        && (Common::of(above, line).any() | below.is_some_and(|below| Common::of(line, below).any()));
    (line.cue as u8 == Cue::News as u8)
        | (line.cue as u8 == Cue::Wire as u8)
        | (line.cue as u8 == Cue::Deck as u8)
        | (line.first_char == '本')
        | (line.first_char == '据')
        | (line.first_char == '據')
        | line.last_chars.contains(&'事')
        | (line.first == Class::Bullet)
        | may_be_value(above, line)
        | (line.first_char == '[')
        | (line.first_char == '［')
        | (line.first_char == '〔')
        | quoted & (line.last == Class::Stop) & (line.glyphs <= SPEECH)
        | (above.glyphs == 1) & (above.last == Class::Han)
        | is_number_alone(above)
        | line.contents
        | above.contents
        | may_follow_telephone(above, line)
        | rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Layout;
    use crate::vocabulary::furniture::BINDING_MARKS;

    /// The openings of a page's lines that have one.
    fn openings(text: &str) -> Vec<(usize, Opening)> {
        let mut page = Layout::default();
        page.measure(text, &[]);
        page.lines.iter().map(|l| l.opening).enumerate().filter(|(_, o)| *o != Opening::None).collect()
    }

    #[test]
    fn items_need_another_one_of_their_kind() {
        let list = |a: &str, b: &str| openings(&format!("渠水管理要做好以下工作：\n{a}修堤。\n{b}清淤。\n"));
        for (a, b) in [("——", "——"), ("△", "△"), ("1）", "2）"), ("甲、", "乙、"), ("其一，", "其二，"), ("> ", "> ")]
        {
            assert_eq!(list(a, b), [(1, Opening::Item), (2, Opening::Item)], "{a} {b}");
        }
        assert_eq!(list("——", "又"), [(1, Opening::None)][1..], "alone");
        assert_eq!(list("1）", "3）"), [], "not the next number");
        assert_eq!(openings("渠水流过桥头，\n——那时天已经黑了，\n——谁也没有说话。\n"), [], "behind commas");
    }

    #[test]
    fn a_time_with_a_comma_opens_an_item_below_an_end_or_among_three() {
        let page = |rows: &[&str]| openings(&format!("渠首，抢险大事记，今年夏天\n{}\n", rows.join("\n")));
        let [first, second, third] = ["6:10，水位上涨", "07:30，沙袋运到", "9：05，管涌堵住"];
        assert_eq!(page(&[first, second]), [], "inside a sentence");
        assert_eq!(page(&[&format!("{first}。"), second]), [(2, Opening::Item)], "below a stop");
        assert_eq!(page(&[first, second, third]), [(2, Opening::Item), (3, Opening::Item)], "a chronicle");
        assert_eq!(page(&["6:10 水位上涨", "07:30 沙袋运到"]), [(2, Opening::Item)], "a timetable");
    }

    #[test]
    fn one_han_and_a_colon_open_what_somebody_says_where_another_one_does_too() {
        let talk = |above: &str, second: &str| {
            openings(&format!("何：渠道已经修好，水也放过来了，{above}\n石：上游先放，下游后放。\n{second}\n"))
        };
        let opened = |found: &[(usize, Opening)], line| found.contains(&(line, Opening::Item));
        assert!(opened(&talk("请大家放心。", "何：怎么收费？"), 1));
        assert!(opened(&talk("请大家放心·", "何：怎么收费？"), 1), "a stop that was read as a point");
        assert!(opened(&talk("请大家放心。", "間:怎么收费？"), 2), "a half-width colon");
        assert!(!opened(&talk("请大家放心，", "何：怎么收费？"), 1), "behind a comma");
        assert!(!opened(&talk("请大家放心", "何：怎么收费？"), 1), "inside a sentence: 他说⏎道：");
        assert!(!opened(&openings("渠道已经修好，水也放过来了。\n石：上游先放，下游后放。\n"), 1), "alone");
    }

    #[test]
    fn the_number_of_an_item_goes_on_in_the_line_below() {
        let below = |number: &str, text: &str| {
            openings(&format!("查出的情况如下。\n（1）没有清淤的二十四处；\n{number}\n{text}\n"))
                .contains(&(3, Opening::Rest))
        };
        assert!(below("（2）", "已经清淤的三十一处；"));
        assert!(!below("（7）", "已经清淤的三十一处；"), "no item among items");
        assert!(!below("（2）", "12处已经清淤；"), "a number");
        assert!(!below("（2）查", "已经清淤的三十一处；"), "more than a number");
    }

    #[test]
    fn a_rule_has_only_signs() {
        for rule in ["====", "＊ ＊ ＊", "-----", "=-=-=-", "※※※", "─────"] {
            assert!(edges::is_rule(rule), "{rule}");
        }
        for line in ["——", "……", "--", "①②③", "=a=", "<br>", "=-+"] {
            assert!(!edges::is_rule(line), "{line}");
        }
    }

    #[test]
    fn a_row_of_contents_has_a_leader_and_a_number() {
        for row in [
            "渠首………12",
            "渠首……何苗 1",
            "渠首……何苗（3）",
            "渠首........7",
            "渠首……（9）",
            "渠首的早晨▶3",
            "渠首的早晨►11",
        ] {
            assert!(rows::ends_contents_row(row), "{row}");
        }
        for line in ["渠首…12", "他等了……又等，到了1990", "渠首12", "渠首………", "渠首……12345", "▶渠首1958", "渠首▶1958"]
        {
            assert!(!rows::ends_contents_row(line), "{line}");
        }
    }

    #[test]
    fn a_line_goes_on_below_a_dateline_and_a_credit_below_its_report() {
        let rest = |text: &str| openings(text) == [(1, Opening::Rest)];
        assert!(rest("横跨渠水的云台新桥将于下月通车。\n（本报记者 何苗）\n"));
        assert!(rest("横跨渠水的云台新桥将于下月通车。\n(通讯员 何苗)\n"));
        assert!(!rest("横跨渠水的云台新桥将于下月通车。\n（图为新桥。）\n"), "no post");
        assert!(!rest("横跨渠水的云台新桥将于下月通车\n（本报记者 何苗）\n"), "below a headline");
        let last = |line: &str| {
            openings(&format!("横跨渠水的云台新桥将于下月通车，目前护栏正在安装。\n{line}\n（本报记者 何苗）\n"))
                .contains(&(2, Opening::Rest))
        };
        assert!(last("工程总投资八千万元，由县交通局负责建设。"), "no room behind the text");
        assert!(!last("总投资八千万元。"), "room behind the text: it is set at the right");
        assert!(rest("登录柳林市公共资源交易网\n（http://ggzy.example）下载招标文件。\n"));
        let below = |text: &str| openings(text).contains(&(1, Opening::Rest));
        assert!(below("本报柳林9月12日讯（记者何苗）\n今天，新桥通车。\n"));
        assert!(!below("本报柳林9月12日讯，记者（何苗）\n今天，新桥通车。\n"), "no dateline alone");
    }

    #[test]
    fn text_begins_below_a_dashed_heading_and_below_an_address() {
        let apart = |text: &str| openings(text).contains(&(2, Opening::Apart));
        let heading = |head: &str| {
            format!("春灌有了保障。\n{head}\n召开全县清淤工作会议，县领导出席并讲话，\n强调要紧盯重点。\n")
        };
        assert!(apart(&heading("上下联动，周密部署——")));
        assert!(apart(&heading("上下联动，周密部署一")), "as a recognizer reads it");
        assert!(!apart(&heading("上下联动，周密部署今年的清淤工作——")), "as wide as the text");
        assert!(!apart(&heading("上下联动，周密部署")), "no dash");
        assert!(apart("渠工档案\n地址：柳林镇新街17号\n何苗与渠工关系融洽。\n"));
        assert!(!apart("渠工档案\n编号：柳林镇新街17号\n何苗与渠工关系融洽。\n"), "no address");
    }

    #[test]
    fn a_page_that_begins_inside_a_sentence_does_not_go_on_from_its_running_head() {
        let rest = "，渠水流过桥头，两岸的稻田一片金黄。今年秋收以来，全镇";
        let full = "已收割晚稻三千多亩，收购站从早到晚排着长队，人们都说今";
        let apart = |head: &str, rest: &str| {
            openings(&format!("{head}\n{rest}\n{full}\n年的收成好。\n")).contains(&(1, Opening::Foot))
        };
        assert!(apart("《云台县志》（卷二）", rest));
        assert!(apart("云台县志", &rest.replacen('，', "）。", 1)));
        assert!(!apart("《云台县志》（卷二）", &rest[3..]), "no mark");
        assert!(!apart("今年的雨水比往年都要多，因此人们都说", "，渠水流过桥头。"), "the rest of a row");
        assert!(!apart("今年的雨水比往年都要多，到了夏天，渠水漫过了堤", rest), "a full row");
    }

    #[test]
    fn a_folio_inside_a_text_stands_alone() {
        let (above, below) =
            ("沿岸的稻田渐渐泛黄农户忙着修整晒场准备秋收机也", "开到了田边等着下地今年入秋以来雨水偏少渠水流过");
        let alone = |line: &str, below: &str| {
            let found = openings(&format!("渠水流过桥头镇，\n{above}\n{line}\n{below}\n镇上的人都来看。\n"));
            [(2, Opening::Foot), (3, Opening::Foot)].iter().all(|foot| found.contains(foot))
        };
        for folio in ["第6页", "—12—", "第 6 頁", "014"] {
            assert!(alone(folio, below), "{folio}");
        }
        assert!(!alone("第6页", "，开到了田边"), "inside a sentence");
        assert!(!alone("014", &below[..30]), "a row is not full");
        assert!(!alone("12日", below));
    }

    #[test]
    fn a_running_head_above_its_folio_is_set_apart_by_empty_lines() {
        let text = "渡口的义田一共有四处，最大的一处在柘林，\n由何姓代管，账簿上连买一根篙、";
        let feet = |head: &str| {
            let found = openings(&format!(
                "{text}\n\n{head}\n\n换一块跳板都有经手人画押。遇到荒年，\n便由各姓分摊。\n没有停过渡。\n"
            ));
            found.iter().filter(|(_, opening)| *opening == Opening::Foot).count()
        };
        assert_eq!(feet("云台文史 第九辑\n213"), 3);
        assert_eq!(feet("云台文史 第九辑"), 2);
        assert_eq!(feet("云台文史 第九辑\n桥头"), 0, "no number");
        assert_eq!(feet("云台文史，第九辑\n213"), 0, "a mark");
    }

    #[test]
    fn binding_marks_stand_alone_where_all_three_are_there() {
        let feet = |[first, second, third]: [char; 3]| {
            let page = format!(
                "渠水流过桥头镇，\n{first}\n沿岸的稻田渐渐泛黄，\n{second}\n农户忙着修整晒场，\n{third}\n准备秋收。\n"
            );
            openings(&page).iter().filter(|(_, opening)| *opening == Opening::Foot).count()
        };
        for (place, forms) in BINDING_MARKS.iter().enumerate() {
            for &form in *forms {
                let mut marks = ['装', '订', '线'];
                marks[place] = form;
                assert_eq!(feet(marks), 6, "{form}");
            }
        }
        assert_eq!(feet(['装', '定', '线']), 0);
    }

    #[test]
    fn fields_that_stand_far_apart_are_a_running_head() {
        let text = "九四八年只剩下两家。解放后成立供销社，统一收购，茶农的日子才安定下来。";
        let apart = |head: &str| openings(&format!("{head}\n{text}\n")).contains(&(1, Opening::Foot));
        assert!(apart("云台县志      卷三 物产"));
        assert!(!apart("云台县志 卷三 物产"), "as near as words");
        assert!(!apart("云台县志      卷三 物产。"), "a sentence");
        assert!(
            !openings("云台县志      卷三 物产\n序      卷一 疆域\n").contains(&(1, Opening::Foot)),
            "rows of a table"
        );
    }

    #[test]
    fn the_editors_of_a_page_stand_alone_inside_a_text() {
        let alone = |line: &str| {
            let found = openings(&format!("教课的都是镇上小学的老师，他们白天\n{line}\n上完课，晚上接着来。\n"));
            found == [(1, Opening::Foot), (2, Opening::Foot)]
        };
        assert!(alone("责任编辑：何苗 校对：石磊"));
        assert!(!alone("责任编辑：何苗"), "one field");
        assert!(!alone("责任编辑：何苗 第一：上课"), "another label");
        assert!(!alone("责任编辑：教材室 校对：石磊"), "no name");
        assert!(alone("□责任编辑 何苗 □版式 石 磊"), "posts with signs, a spread name");
        assert!(!alone("□责任编辑 何苗 □看版式"), "no name");
        assert!(!alone("□责任编辑 何苗"), "one post");
    }

    #[test]
    fn labels_that_others_have_near_them_begin_lines() {
        let begins = |a: &str, b: &str| {
            openings(&format!("捐款如下：\n{a}何苗、石磊\n{b}王洋、李大河\n")).contains(&(2, Opening::Item))
        };
        assert!(begins("5000元：", "2000元："), "a number, its unit and a colon");
        assert!(begins("3 路：", "8路："), "with a space between");
        assert!(!begins("5000元捐款人：", "2000元捐款人："), "a longer word is another kind of label");
        let pages = "5版 渠首的早晨\n6版 渡口边的小书店\n";
        assert!(openings(pages).contains(&(1, Opening::Row)), "a page");
        let sections = |third: &str| openings(&format!("A6 港聞 渡輪加價\nA12 中國 渠首通水\n{third} 財經 新股上市\n"));
        assert!(sections("B3").contains(&(2, Opening::Row)), "a section and its page");
        assert!(!sections("A8").contains(&(2, Opening::Row)), "the pages do not grow");
        assert!(sections("Y3").contains(&(2, Opening::Row)), "another section");
        assert_eq!(openings("他坐G6次列车，转\nG12次去桥头镇，再转\nK3次回来。\n"), [], "what the number counts");
        let bracketed = "县供销社招聘\n【招聘】营业员三名，待遇面议\n按月发放\n【出租】临街门面两间\n";
        assert!(openings(bracketed).contains(&(3, Opening::Item)), "a label in lenticular brackets, below any line");
        let years = "1958年 建成第一座木船码头，可以停靠十条小船。\n1976年 木船码头改为石砌，增设候船室一间。\n";
        assert!(openings(years).contains(&(1, Opening::Item)), "a year and a gap");
        assert_eq!(openings(&years.replace("年 ", "年")), [], "years without a gap");
        let spread = "产品名称：童车\n生 产 日 期 ：2022年\n";
        assert!(openings(spread).contains(&(1, Opening::Label)), "a letter-spaced label");
    }

    #[test]
    fn a_gap_sets_off_what_items_and_titles_begin_with() {
        let led = |a: &str, b: &str| {
            let mut page = Layout::default();
            page.measure(&format!("{a}\n{b}\n"), &[]);
            page.lines.iter().all(|line| line.led)
        };
        assert!(led("■桥头镇 投资38万元更换变压器。", "■石臼镇 邀请县剧团演出。"));
        assert!(led("《渡口志》 作者用十一年走访渡口。", "《修钟记》 作者是一位修表匠。"));
        assert!(!led("■桥头镇 投资38万元更换变压器。", "■石臼镇邀请县剧团演出。"), "one item only");
        assert!(!led("■桥头镇 投资38万元更换变压器。", "■石臼镇 邀请 县剧团演出。"), "fields");
        assert!(!led("《渡口志》作者用十一年走访渡口。", "《修钟记》作者是一位修表匠。"), "no gap");
    }

    #[test]
    fn text_begins_below_a_headline_that_is_one_quotation() {
        let apart = |head: &str, line: &str| {
            openings(&format!("渠首的故事\n{head}\n{line}\n两岸的稻田一片金黄，人们忙着收割。\n"))
                .contains(&(2, Opening::Apart))
        };
        let text = "老渠工石磊守了二十年闸，从没误过一次放水，";
        assert!(apart("“师傅，慢点放，我想再看看”", text));
        assert!(apart("「師傅，慢點放，我想再看看」", text));
        assert!(!apart("“师傅，慢点放，我想再看看。”", text), "a sentence");
        assert!(!apart("“师傅”，慢点放，我想“再看看”", text), "two quotations");
        assert!(!apart("“再看看”", text), "a word");
        assert!(!apart("“师傅，慢点放，我想再看看”", "一聯"), "no text");
    }

    #[test]
    fn a_line_begins_inside_a_name_or_with_what_a_label_asks_for() {
        let goes_on = |above: &str, line: &str| {
            let found = openings(&format!("渠水流过桥头镇。\n{above}\n{line}\n"));
            found.iter().any(|(at, opening)| *at == 2 && opening.goes_on())
        };
        assert!(goes_on("中标单位：桥头渠业工程", "有限公司"));
        assert!(goes_on("桥头渠业工程有限公司清水", "分公司"));
        assert!(!goes_on("桥头渠业工程。", "有限公司"), "below a stop");
        assert!(goes_on("《渠水》 桥头中心小学五", "（2）班 何苗"));
        assert!(!goes_on("桥头中心小学五年级学生", "（2）何苗"), "an item");
        assert!(goes_on("聚会定在五月，请联系班长，微信号：", "qushui1974"));
        assert!(goes_on("聚会定在五月，请联系班长，微 信 号 ：", "qushui1974"));
        assert!(!goes_on("在终端里输入下面这个命令：", "qushui-clean"), "no way to reach somebody");
        assert!(goes_on("遇到压价的情况请拨打举报电话", "12399，全年畅通。"));
        assert!(!goes_on("遇到压价的情况请拨打举报电话", "2023年起全年畅通。"), "a year");
        assert!(goes_on("成果昨天发表在国际渠工期刊", "《Canals and Weirs》。"));
        assert!(!goes_on("国际渠工期刊", "《Canals and Weirs》。"), "a headline");
    }

    #[test]
    fn a_credit_tells_the_caption_that_it_ends() {
        let caption =
            |above: &str, lines: &str| openings(&format!("{above}\n{lines}\n")).contains(&(1, Opening::Captioned));
        let text = "老人指着渠水说：“修堤是大事。”";
        assert!(caption(text, "石磊（右）教邻居放水。 何苗 摄"));
        assert!(caption(text, "石磊（右）教邻居放水，旁边\n的孩子在看。 何苗 摄"));
        assert!(!caption("老人指着渠水说，修堤是", "石磊（右）教邻居放水。 何苗 摄"), "inside a sentence");
        assert!(!caption(text, "本报记者 何苗 摄"), "the credit alone");
        assert!(!caption("▲渠水流过桥头镇。", "石磊（右）教邻居放水。 何苗 摄"), "the rest of a caption");
    }

    #[test]
    fn a_question_begins_below_the_last_answer_of_the_one_before() {
        let begins = |answer: &str| {
            openings(&format!("1.电梯不来，你会：\nA.等着\n{answer}\n2.同事汇报工作时，\n"))
                .contains(&(3, Opening::Item))
        };
        assert!(begins("B.按个不停，最后走楼梯"));
        assert!(!begins("B.按个不停，"), "behind a comma");
        assert!(!begins("按个不停，最后走楼梯"), "below text");
    }

    #[test]
    fn numbers_of_a_sentence_on_lines_of_their_own_go_on() {
        let rest = |number: &str, below: &str| {
            let found = openings(&format!("征文活动截止昨日，编辑部共收到稿件\n{number}\n{below}\n，作者众多。\n"));
            found.contains(&(1, Opening::Rest)) && found.contains(&(2, Opening::Rest))
        };
        assert!(rest("1286", "篇，其中小说"));
        assert!(!rest("1286", "其中小说三百篇"), "nothing that is counted");
        assert!(!rest("0512", "篇，其中小说"), "a code");
    }

    #[test]
    fn what_empty_lines_set_apart_inside_a_sentence_is_a_running_foot() {
        let apart = |foot: &str, gap: &str| {
            let text = "年糕和别处不同，米要先泡三天，磨成浆，\n压干，再上笼蒸透，趁热放进石臼里捣。捣年糕\n是力气活，一家人轮着来，孩子们最盼的";
            let page = format!(
                "{text}\n\n{foot}\n{gap}是最后一小团，大人会给捏成兔子，用红豆点上\n眼睛，放在窗台上。到了清明，全家人都来看，\n然后蒸熟吃掉，年年如此。\n"
            );
            openings(&page).contains(&(3, Opening::Foot))
        };
        assert!(apart("卷三 岁时风俗 145", "\n"));
        assert!(!apart("卷三 岁时风俗 145", ""), "no empty line below");
        assert!(!apart("卷三，岁时 风俗", "\n"), "a mark");
        assert!(!apart("岁时风俗", "\n"), "no fields");
    }

    #[test]
    fn the_mark_of_a_note_goes_on_in_its_sentence() {
        let goes_on =
            |line: &str| openings(&format!("每人每月领米三斗\n{line}另有义田若干亩。\n")) == [(1, Opening::NoteMark)];
        for mark in ["①，", "[1]，", "〔12〕，", "［3］。"] {
            assert!(goes_on(mark), "{mark}");
        }
        assert!(!goes_on("〔1〕"), "nothing goes on behind it");
        assert!(!goes_on("〔1952〕，"), "a year");
    }

    #[test]
    fn a_number_in_han_alone_goes_on_in_a_row_of_text_only() {
        let goes_on = |below: &str| {
            openings(&format!("唱道：\n（一）\n{below}\n（二）\n{below}\n")).contains(&(2, Opening::Rest))
        };
        assert!(goes_on("已经清淤的渠道有三十一处；"));
        assert!(!goes_on("三月里来雾满山，"), "a line of a song");
    }

    #[test]
    fn lines_of_as_many_fields_are_rows() {
        let rows = "地块编号 位置 面积（㎡） 用途 容积率 年限 起始价\nSL21 玉屏大道 21,466.7 商住 ≤2.8 40/70 6,440\n";
        assert!(openings(rows).contains(&(1, Opening::Row)));
        assert!(!openings(&rows.replace("6,440", "6,440万元。")).contains(&(1, Opening::Row)), "a sentence");
        assert!(!openings(&rows.replace(" 年限", "")).contains(&(1, Opening::Row)), "fewer fields");
    }

    #[test]
    fn a_quotation_that_a_text_layer_cut_before_its_closing_mark_goes_on() {
        let torn = "渡轮停航的消息是在广播里听到的，老\n“何叔，您听见没有？\n”售票的小姑娘阿\n橘探进头来，后天就是最后一班了，真的。\n";
        let pieces = openings(torn);
        assert!(pieces.contains(&(2, Opening::Rest)) && pieces.contains(&(3, Opening::Rest)), "{pieces:?}");
    }

    #[test]
    fn an_entry_of_contents_begins_below_the_page_number_of_the_one_before() {
        let begins = |[a, b, c]: [&str; 3]| {
            let found = openings(&format!("渠首的早晨\n{a}\n渡口人家\n{b}\n江心洲的鸟\n{c}\n旧账簿\n"));
            found.iter().filter(|(_, opening)| *opening == Opening::AfterRow).count()
        };
        assert_eq!(begins(["(1)", "(3)", "(8)"]), 3);
        assert_eq!(begins(["（12）", "（20）", "（21）"]), 3);
        assert_eq!(begins(["(1)", "(2)", "(3)"]), 0, "numbers of items");
        assert_eq!(begins(["(8)", "(3)", "(12)"]), 0, "not in order");
        assert_eq!(begins(["(1)", "(3)", "(八)"]), 0, "two are too few");
    }

    #[test]
    fn a_name_that_runs_downwards_is_one_unit() {
        let rest = |name: &str| {
            let text = name.chars().map(|c| format!("{c}\n")).collect::<String>();
            let found = openings(&format!("{text}\n渠水流过桥头镇，沿岸的稻田黄了。\n"));
            found.iter().filter(|(_, opening)| *opening == Opening::Rest).count()
        };
        assert_eq!(rest("菱角副刊"), 3);
        assert_eq!(rest("讣闻"), 0, "two glyphs may be pieces of other rows");
        assert_eq!(rest("一二三"), 0, "numbers");
        assert_eq!(rest("甲乙丙丁"), 0, "stems");
        assert_eq!(openings("清水队\n胜\n平\n负\n积分\n"), [], "the cells of a table");
        assert_eq!(rest("天地玄黄宇宙洪荒日月盈昃辰宿列张寒"), 0, "a list of characters");
    }

    #[test]
    fn the_paper_opens_its_stories() {
        for line in ["本报讯 昨日", "本报讯（记者 何苗）", "本报清水9月12日讯（记者 何苗）", "新华社清水9月12日电 渠水"]
        {
            assert!(stories::opens_story(line, &crate::vocabulary::BUILT_IN), "{line}");
        }
        for line in ["本报记者获悉，昨日通讯", "新华社记者在电话里说", "本报资讯中心", "据本报讯"]
        {
            assert!(!stories::opens_story(line, &crate::vocabulary::BUILT_IN), "{line}");
        }
    }
}
