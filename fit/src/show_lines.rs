//! Shows what the decoder sees and says of each line of a page.
//!
//! ```text
//! cargo run --release --example lines < page.txt
//! ```

use qingyang::internals::measure::Layout;
use qingyang::internals::model::lines::decoder::{Decoder, Scores, settle};
use qingyang::internals::model::lines::templates::Features;
use std::io::Read;

fn main() {
    let mut raw = String::new();
    std::io::stdin().read_to_string(&mut raw).expect("UTF-8 on standard input");
    let (text, doubled) = qingyang::internals::fitting::prepare_for_roles(&raw);
    let mut page = Layout::default();
    page.measure(&text, &doubled);
    let (mut scores, mut decoder, mut roles, mut posterior) =
        (Scores::default(), Decoder::default(), Vec::new(), Vec::new());
    Features::new(&page).score(qingyang::internals::fitting::fitted(), &mut scores);
    decoder.posteriors(&scores, &mut posterior);
    settle(&scores, &posterior, &mut roles);
    println!("{:?}", page.habits);
    for (i, l) in page.lines.iter().enumerate() {
        println!(
            "{:>7} {:>3} {:>3}/{:<3} {:>2} {} {:?} o{} l{} r{} {}",
            format!("{:?}", roles[i]),
            l.width,
            page.column_above[i],
            page.column_below[i],
            l.blanks,
            posterior.get(i).map_or("     ".into(), |p| format!("{p:.3}")),
            l.cue,
            l.open,
            l.list_position,
            l.short_run,
            &text[l.start as usize..l.end as usize]
        );
    }
}
