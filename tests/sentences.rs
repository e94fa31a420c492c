//! `--split sentence`: where sentences end, and that splitting loses nothing, is stable and takes linear time.

use proptest::prelude::*;
use qingyang::internals::passes::sentences::find;
use qingyang::options::Split;
use qingyang::{Cleaner, Options};

/// The sentences of a paragraph.
fn split(text: &str) -> Vec<String> {
    let mut gaps = Vec::new();
    find(text, &mut gaps);
    let mut out = Vec::new();
    let mut at = 0;
    for gap in gaps {
        out.push(text[at..gap.start].to_string());
        at = gap.end;
    }
    out.push(text[at..].to_string());
    out
}

/// `|` stands where a sentence ends.
fn parted(marked: &str) {
    let sentences: Vec<&str> = marked.split('|').collect();
    let latin = |s: &&str| s.ends_with(|c: char| c.is_ascii()) && s.is_ascii();
    // Latin sentences have a space between them.
    let text: String = sentences
        .iter()
        .enumerate()
        .map(|(n, s)| if n + 1 < sentences.len() && latin(s) { format!("{s} ") } else { (*s).to_string() })
        .collect();
    assert_eq!(split(&text), sentences, "{text}");
}

#[test]
fn a_sentence_ends_at_its_stop() {
    parted("渠水通了。|新桥成了！|谁来守？|何苗。");
    parted("渠水通了；新桥成了；路也平了。");
    parted("会议指出：要抓紧秋收。");
}

#[test]
fn runs_of_stops_end_one_sentence() {
    parted("谁修的渠？！|何苗！！|好啊……|渠水来了。");
    parted("他等了又等……。|渠水来了。");
}

#[test]
fn dots_inside_a_sentence_do_not_end_it() {
    parted("玉米、谷子……等作物都种上了。");
    parted("他想走……却没有走。|天黑了。");
}

#[test]
fn a_quotation_is_kept_whole() {
    parted("他说“渠通了。水来了。大家喝上了”。|何苗笑了。");
    parted("“渠通了。水来了！”何苗说。|大家都笑了。");
}

#[test]
fn a_quotation_behind_a_colon_ends_its_sentence() {
    parted("他说：“好。”|然后转身走了。");
    parted("他问：“谁来守渠？”|没有人回答。");
    parted("何苗喊：“通了！”|渠边一片欢腾。");
}

#[test]
fn who_said_it_stays_with_what_was_said() {
    parted("“好！”他说。|渠水来了。");
    parted("“板凳矮，坐下来一般高。”村党支部书记苗凤英介绍说，这就是道理。|大家都笑。");
    parted("“今年收成好。”谈起今年的收成，何大爷合不拢嘴。|天晴了。");
    parted("“渠水来了。”何苗告诉记者，村里要办席。");
    parted("“全村人都在看。”他晃了晃手机，“就为这一天，值！”");
    parted("“渠水来了。”|何苗又说：“村里要办席。”|大家都笑。");
}

#[test]
fn a_quotation_in_the_middle_of_a_sentence_does_not_end_it() {
    parted("他喊了一声“好！”就跑了。|天黑了。");
    parted("“不打烊！”成了街上的口号。");
    parted("《谁来守渠？》一书出版。|书不厚。");
}

#[test]
fn a_quotation_that_ends_in_a_full_stop_may_end_the_sentence() {
    parted("“渠水来了。”|村里办了席。");
    parted("“谁？”|“是我！”两人都笑了。");
    parted("“讲座上说的是小麦。”|小说家何苗来了。");
}

#[test]
fn a_pair_that_never_closes_swallows_nothing() {
    parted("“渠水来了。|桥也通了。|路也平了。");
    parted("（渠水来了。|桥也通了。");
    let long = format!("“{}。|新桥。”渠水。", "渠".repeat(500));
    assert_eq!(split(&long.replace('|', "")).len(), 3, "a pair that closes too late is none");
}

#[test]
fn brackets_go_with_their_sentence() {
    parted("（渠水来了。）|桥也通了。");
    parted("渠水来了（已经三天了！）也好。");
    parted("渠水来了。（记者 何苗）");
    parted("图为通水现场。|渠水漫过闸口。本报记者 何苗 摄");
    parted("渠水来了。（据本报资料）|新桥通了。");
    parted("渠水来了。|（一）修桥。|（二）补路。");
    parted("渠水来了。|（那年我六岁。）|后来桥通了。");
}

#[test]
fn numbers_and_labels_never_stand_alone() {
    parted("产量6.2万吨，增长3.5%。|明年再看。");
    parted("1.修桥。|2.补路。");
    parted("1. 修桥。|2. 补路。");
    parted("一。修桥。|二。补路。");
    parted("新华社澜江9月2日电。渠水来了。|桥通了。");
    parted("本报讯（记者 何苗）。渠水来了。");
}

#[test]
fn latin_sentences_end_by_unicode_and_abbreviations_do_not() {
    parted("The canal is open.|The bridge is open!|Who keeps it?|He does.");
    parted("Mr. Smith met Dr. Li at No. 5 of St. John road.|They left at 9 p.m. and slept.");
    parted("The U.S. Steel works made 3.5 tons, i.e. a lot.|It rained.");
    parted("See www.bridge.cn for more.|Or call.");
    parted("渠水来了。|It is open.|Go.");
    assert_eq!(split("It never sleeps.大家都笑了。"), ["It never sleeps.", "大家都笑了。"]);
    assert_eq!(split("网址是bridge.中国。"), ["网址是bridge.中国。"]);
}

#[test]
fn addresses_have_no_sentences() {
    parted("请看www.a.cn/?b=c!important和3.15晚会。");
}

#[test]
fn closing_marks_alone_are_no_sentence() {
    parted("渠水来了。”）");
    parted("渠水来了。——何苗");
    parted("渠水来了。，也好。");
}

fn options() -> Options {
    let mut o = Options::default();
    o.split = Split::Sentence;
    o.ledger = true;
    o.units = true;
    o
}

fn ink(s: &str) -> String {
    s.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn splitting_again_splits_nothing(text in "[渠水来了他说甲A b1.2。！？…“”‘’（）《》\"：，、 (){}M]{0,60}") {
        let once = split(&text);
        for sentence in &once {
            prop_assert_eq!(split(sentence), vec![sentence.clone()], "{}", text);
        }
        prop_assert_eq!(ink(&once.concat()), ink(&text));
        prop_assert!(once.len() == 1 || once.iter().all(|s| s.chars().any(char::is_alphanumeric)));
    }

    #[test]
    fn only_white_space_changes(text in "[渠水来了他说甲A b1.2。！？…“”（）：，\n]{0,120}") {
        let mut cleaner = Cleaner::new(options());
        let proof = cleaner.page(&text);
        for e in proof.ledger.iter().flatten().filter(|e| e.rule == qingyang::Rule::Sentences) {
            prop_assert!(e.is_white_space() && e.after == "\n", "{:?}", e);
        }
        // Units cover whole lines.
        let units: Vec<&str> = proof.units.iter().flat_map(|u| proof.text[u.range.clone()].split('\n')).collect();
        let lines: Vec<&str> = proof.text.lines().collect();
        prop_assert_eq!(units, lines);
    }
}

#[test]
fn headlines_and_furniture_stay_as_they_are() {
    let mut o = options();
    o.ledger = false;
    let raw = include_str!("../fixtures/one-sentence-a-line/raw.txt");
    let proof = Cleaner::new(o).page(raw);
    assert!(proof.text.starts_with("渠水来了！澜江两岸三万亩稻田解渴\n本报讯"), "a headline is no paragraph");
    assert_eq!(proof.units.len(), 5, "a paragraph of several lines is one unit");
    assert_eq!(proof.text[proof.units[1].range.clone()].lines().count(), 3);
    assert_eq!(proof.units[1].sources.len(), 5);
}

#[test]
fn a_line_longer_than_the_window_is_split_as_if_it_were_whole() {
    use qingyang::Stream;
    let line = "渠水流过桥头镇。“沿岸的稻田黄了吗？”何苗问。农户忙着修整晒场！他说：“好。”".repeat(60);
    let mut o = options();
    o.order = qingyang::options::Order::Reading;
    let whole: Vec<String> = split(&line);
    let mut stream = Stream::with_window(1000, o, None, false);
    let (mut out, mut ledger) = (String::new(), Vec::new());
    let mut take = |p: qingyang::Proof| {
        out.push_str(&p.text);
        ledger.extend(p.ledger.into_iter().flatten());
    };
    stream.push(line.as_bytes(), &mut take).expect("UTF-8");
    stream.finish(&mut take).expect("UTF-8");
    let differs = out.lines().zip(&whole).find(|(a, b)| a != b);
    assert_eq!((differs, out.lines().count()), (None, whole.len()));
    let mut replayed = line.clone();
    for e in ledger.iter().rev() {
        replayed.replace_range(e.start as usize..e.end as usize, &e.after);
    }
    assert_eq!(replayed, out);
}

#[test]
fn hostile_paragraphs_take_linear_time() {
    // Each would take hours if anything were gone through again from its beginning.
    for piece in [
        "“",
        "”",
        "（）",
        "。※",
        "。",
        "“（”",
        "\"",
        "1.",
        "a. ",
        "“。”",
        "…",
        "渠。",
        "(a. B",
        "。（甲",
        "《”",
        "A.\u{3000}",
        "A.\n",
        "渠a.\u{3000}",
        "A渠.\u{3000}",
    ] {
        let text = piece.repeat(400_000 / piece.len());
        let mut gaps = Vec::new();
        find(&text, &mut gaps);
        assert!(gaps.len() <= text.len());
    }
}

#[test]
fn a_page_that_grows_on_its_way_is_split_like_any_other() {
    // Each tab becomes two spaces, so that lines end further on than the whole text is long.
    let raw = format!("甲\n{}乙\n丙", "\t".repeat(8));
    let mut options = Options::default();
    options.split = Split::Sentence;
    let mut cleaner = Cleaner::new(options);
    assert_eq!(cleaner.page(&raw).text, Cleaner::new(Options::default()).page(&raw).text);
}
