//! What the models see and say of a page, for looking at one by hand.

use anyhow::Context;
use qingyang::internals::measure::{Layout, row_kind};
use qingyang::internals::model::Model;
use qingyang::internals::model::lines::decoder::{Decoder, Scores, settle};
use qingyang::internals::model::lines::templates::Features;
use std::io::Read;

/// The page on standard input.
fn page() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    Ok(qingyang::decode::decode(&bytes, None, true).context("the encoding is not known")?.text.to_string())
}

/// `fit show-lines`: each line with its role, its measurements and the posterior of the break below it.
pub fn lines() -> anyhow::Result<()> {
    let (text, doubled) = qingyang::internals::fitting::prepare_for_roles(&page()?);
    let mut page = Layout::default();
    page.measure(&text, &doubled);
    page.look_closer(&text);
    let (mut scores, mut posterior, mut roles) = (Scores::default(), Vec::new(), Vec::new());
    let model = Model::newspaper();
    Features::new(&page).decode(model.lines(), &mut scores, &mut Decoder::default(), &mut posterior, |_| ());
    println!("log-odds of a foreign page: {:.2}", model.lines().foreignness(&page));
    settle(&scores, &posterior, &mut roles);
    println!("{:?}", page.habits);
    for (i, l) in page.lines.iter().enumerate() {
        println!(
            "{:>7} {:>3} {:>3}/{:<3} {:>2} {} {:?} o{} l{} r{} {:6} {}",
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
            row_place(l.row_place),
            &text[l.start as usize..l.end as usize]
        );
    }
    Ok(())
}

/// The kind of a break's place in its printed row, and how well rows explain the page.
fn row_place(place: u8) -> String {
    let (kind, explained) = row_kind(place);
    format!(
        "{explained}{}",
        ["-", "in", "in?", "in??", "row", "row?", "row??", "end", "end?", "end??"][usize::from(kind)]
    )
}

/// `fit show-units`: each unit with its article, its role, its confidence and its parts.
pub fn units() -> anyhow::Result<()> {
    let mut options = qingyang::Options::default();
    options.units = true;
    let proof = qingyang::Cleaner::new(options).page(&page()?);
    for (n, unit) in proof.units.iter().enumerate() {
        let article = proof.articles.iter().position(|a| a.headline.contains(&n) || a.body.contains(&n));
        let article = article.map_or("-".into(), |a| a.to_string());
        let part = |p: &qingyang::Part| format!(" [{} {}]", p.role.name(), &proof.text[p.range.clone()]);
        let parts: String = unit.parts.iter().map(part).collect();
        let text = &proof.text[unit.range.clone()];
        println!("{article:>3} {:<10} {:.2} {text}{parts}", unit.role.name(), unit.confidence);
    }
    Ok(())
}
