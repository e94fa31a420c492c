//! Why a break was kept or closed up.

use qingyang::{Break, Cleaner, Options, Reason};

fn told() -> Options {
    Options::default().with_confidence(true)
}

const RAW: &str = "新桥飞架青石渡\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，今年雨水足，农户忙着修\n整晒场，新米下月就能上市。\n\
                   \u{3000}\u{3000}镇里的老人说，过去卖菜要绕行十一公里，如今从桥上过去只要十\n来分钟，孩子上学也不用再起早了。\n";

fn of(b: &Break, pred: impl Fn(&Reason) -> bool) -> Option<(Reason, f32)> {
    b.why.iter().find(|e| pred(&e.reason)).map(|e| (e.reason, e.odds))
}

#[test]
fn evidence_has_the_facts_of_the_two_lines() {
    let proof = Cleaner::new(told().with_why(true)).page(RAW);
    let inside = &proof.breaks[1];
    assert!(!inside.kept);
    let (word, odds) = of(inside, |r| matches!(r, Reason::Word { .. })).expect("words speak");
    assert!(matches!(word, Reason::Word { above: '修', below: '整', .. }) && odds < 0.0, "{word:?} {odds}");
    let between = &proof.breaks[2];
    assert!(between.kept);
    let (ending, odds) = of(between, |r| matches!(r, Reason::Ending { .. })).expect("the stop speaks");
    assert!(matches!(ending, Reason::Ending { last: '。', is_stop: true }) && odds > 0.0, "{ending:?} {odds}");
    let (width, _) = of(between, |r| matches!(r, Reason::Width { .. })).expect("the widths speak");
    assert!(matches!(width, Reason::Width { width, column } if width < column && column > 25.0), "{width:?}");
}

#[test]
fn nobody_pays_for_evidence_that_was_not_asked_for_and_asking_changes_nothing_else() {
    let plain = Cleaner::new(told()).page(RAW);
    assert!(plain.breaks.iter().all(|b| b.why.is_empty()));
    let mut asked = Cleaner::new(told().with_why(true)).page(RAW);
    assert!(asked.breaks.iter().all(|b| !b.why.is_empty()));
    asked.breaks.iter_mut().for_each(|b| b.why.clear());
    assert_eq!(asked, plain);
}

/// The strongest evidence comes first, and all of it together speaks for what became of the break.
#[test]
fn evidence_speaks_for_what_the_model_decided() {
    let (mut all, mut agree) = (0, 0);
    let fixtures = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures")).expect("fixtures");
    for folder in fixtures.flatten() {
        let Ok(raw) = std::fs::read_to_string(folder.path().join("raw.txt")) else { continue };
        for b in Cleaner::new(told().with_why(true)).page(&raw).breaks {
            assert!(b.why.windows(2).all(|pair| pair[0].odds.abs() >= pair[1].odds.abs()));
            all += 1;
            agree += usize::from((b.why.iter().map(|e| e.odds).sum::<f32>() > 0.0) == (b.probability > 0.5));
        }
    }
    // What the neighbouring breaks say is no evidence of the break itself, so a few differ.
    assert!(all > 1000 && agree * 100 >= all * 97, "{agree} of {all}");
}

/// Where the reasons of the uncertain breaks are asked for, they are those that all breaks would have, and the others have none.
#[test]
fn the_reasons_of_uncertain_breaks_are_those_of_all() {
    const LEAST: f32 = 0.9;
    let (mut told_of, mut left) = (0, 0);
    let fixtures = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures")).expect("fixtures");
    for folder in fixtures.flatten() {
        let Ok(raw) = std::fs::read_to_string(folder.path().join("raw.txt")) else { continue };
        let all = Cleaner::new(told().with_why(true)).page(&raw).breaks;
        let some = Cleaner::new(told().with_why(true).with_why_below(Some(LEAST))).page(&raw).breaks;
        assert_eq!(all.len(), some.len());
        for (mut all, some) in all.into_iter().zip(some) {
            let against = all.kept && all.probability < 0.5;
            if all.probability.max(1.0 - all.probability) >= LEAST && !against {
                all.why.clear();
                left += 1;
            } else {
                told_of += 1;
            }
            assert_eq!(all, some);
        }
    }
    assert!(told_of > 30 && left > 1000, "{told_of} and {left}");
}
