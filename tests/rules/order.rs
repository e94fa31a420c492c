//! `order`: a headline that follows its text is put in front of it.

use super::table::{page, row, table, with};
use qingyang::options::Order;
use qingyang::{Options, Rule};

fn reading() -> Options {
    with(|o| o.order = Order::Reading)
}

#[test]
fn a_headline_behind_its_text_goes_in_front_of_it() {
    table(
        &[
            row("本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。⏎清水进村家家乐", "清水进村家家乐⏎本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。", "one story"),
            row("本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。⏎老人们说，这样的水三十年没有见过。⏎清水进村家家乐", "清水进村家家乐⏎本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。⏎老人们说，这样的水三十年没有见过。", "a story of two paragraphs"),
            row("本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。⏎清水进村家家乐⏎本报讯（记者 石头）新桥昨日上午在桥头镇通车，孩子们在桥上奔跑。⏎新桥通车孩子笑", "清水进村家家乐⏎本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。⏎新桥通车孩子笑⏎本报讯（记者 石头）新桥昨日上午在桥头镇通车，孩子们在桥上奔跑。", "two stories"),
            row("清水进村家家乐⏎本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。", "清水进村家家乐⏎本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。", "in front of it already"),
            row("清水进村家家乐⏎本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。⏎新桥通车孩子笑⏎本报讯（记者 石头）新桥昨日上午在桥头镇通车，孩子们在桥上奔跑。", "清水进村家家乐⏎本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。⏎新桥通车孩子笑⏎本报讯（记者 石头）新桥昨日上午在桥头镇通车，孩子们在桥上奔跑。", "both in front"),
        ],
        page(reading()),
    );
}

#[test]
fn blank_lines_stay_between_units_that_move() {
    table(
        &[row("本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。⏎清水进村家家乐", "清水进村家家乐⏎⏎本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。", "one between two units")],
        page(with(|o| (o.order, o.blank_lines) = (Order::Reading, true))),
    );
}

#[test]
fn headlines_stay_where_they_are_unless_asked_for() {
    const TEXT: &str = "本报讯（记者 何苗）清水昨天通到了村口，家家户户放鞭炮。⏎清水进村家家乐";
    table(&[row(TEXT, TEXT, "not asked for")], page(with(|_| ())));
    table(
        &[row(TEXT, TEXT, "skipped")],
        page(with(|o| {
            o.order = Order::Reading;
            o.skip = o.skip.with(Rule::Order);
        })),
    );
}
