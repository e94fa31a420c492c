//! Fits the weights of the units' roles from pages with gold, folds by article, and says how well they do.
//!
//! ```text
//! cargo run --release --example fit_units -- --dev $QINGYANG_SHARED/bench [--more DIR,DIR] [--write] [--confusion] [--reliability] [--ablate] [--errors]
//! ```

#![allow(clippy::needless_range_loop)] // indices run over several tables at once

#[path = "gold/mod.rs"]
mod gold;

use gold::{FOLDS, Gold, align, arg, flag, fold_char};
use qingyang::internals::model::units::decoder::{self, Chain, Row};
use qingyang::internals::model::units::facts::{BINS, COUNT, KIND_COUNT, KINDS, TEMPLATES};
use qingyang::{Role, Unit};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

const ALL: u16 = (1 << KIND_COUNT) - 1;

/// A page of units.
struct Sample {
    channel: String,
    id: String,
    bins: Vec<[u16; COUNT]>,
    /// Kinds that gold allows; all where it is silent.
    allowed: Vec<u16>,
    fold: Vec<u8>,
    texts: Vec<String>,
    /// Jump lines that gold has inside a unit, and whether the parts have them.
    jumps: (u32, u32, u32),
    dev: bool,
    weight: f32,
}

struct Model {
    bins: Vec<Row>,
    follows: [Row; KIND_COUNT],
}

impl Model {
    fn new() -> Model {
        Model { bins: vec![[0.0; KIND_COUNT]; BINS], follows: [[0.0; KIND_COUNT]; KIND_COUNT] }
    }

    fn rows(&self, s: &Sample, off: &[bool]) -> Vec<Row> {
        let row = |bins: &[u16; COUNT]| {
            let mut sum = Row::default();
            for (t, &bin) in bins.iter().enumerate() {
                if !off[t] {
                    sum.iter_mut().zip(&self.bins[bin as usize]).for_each(|(s, w)| *s += w);
                }
            }
            sum
        };
        s.bins.iter().map(row).collect()
    }

    fn chain(&self) -> Chain<'_> {
        Chain { follows: &self.follows }
    }
}

fn is_imprint(text: &str) -> bool {
    ["责任编辑", "投稿邮箱", "印务中心", "零售价", "发行部电话", "广告热线"].iter().any(|w| text.contains(w))
}

fn kind(name: &str) -> Option<usize> {
    KINDS.iter().position(|k| *k == name)
}

/// A text laid beside its gold.
fn sample(id: &str, channel: &str, raw: &str, gold: &Gold, articles: &[Option<usize>], dev: bool) -> Sample {
    let (text, units, bins) = qingyang::internals::fitting::measured_units(raw);
    let mut chars = Vec::new();
    let mut unit_of = Vec::new();
    for (k, u) in units.iter().enumerate() {
        for (at, c) in text[u.range.clone()].char_indices().filter(|(_, c)| !c.is_whitespace()) {
            chars.push(fold_char(c));
            unit_of.push((k, u.range.start + at));
        }
    }
    let map = align(&chars, &gold.chars);
    let mut votes: Vec<HashMap<usize, u32>> = vec![HashMap::new(); units.len()];
    let mut whole = vec![0u32; units.len()];
    let mut fold = vec![FOLDS as u8; units.len()];
    let mut jumps: HashMap<(u32, u32), (bool, usize)> = HashMap::new();
    for (c, found) in map.iter().enumerate() {
        let (k, at) = unit_of[c];
        whole[k] += 1;
        let Some(g) = found else { continue };
        let (_, unit, seg) = gold.chars[*g];
        let Some(parts) = gold.roles.get(unit as usize) else { continue };
        let role = parts.get(seg as usize).or(parts.last()).map_or("?", String::as_str);
        if let Some(kind) = kind(role) {
            *votes[k].entry(kind).or_default() += 1;
        }
        fold[k] = match articles[unit as usize] {
            Some(a) if role != "furniture" => (a % FOLDS) as u8,
            // Furniture is of no article: a text goes to one fold wherever it stands.
            _ => (gold.texts[unit as usize].bytes().map(u32::from).sum::<u32>() % FOLDS as u32) as u8,
        };
        if parts.len() > 1 && matches!(role, "jump" | "resume") {
            let told =
                units[k].parts.iter().any(|p| matches!(p.role, Role::Jump | Role::Resume) && p.range.contains(&at));
            jumps.entry((unit, seg)).or_insert((true, k)).0 &= told;
        }
    }
    let furniture = 1 << kind("furniture").unwrap_or(0);
    let allowed: Vec<u16> = votes
        .iter()
        .zip(&whole)
        .enumerate()
        .map(|(k, (v, &n))| match v.iter().max_by_key(|(_, n)| **n) {
            // The block articles set imprints as small advertisements; they belong to the page.
            Some((&kind, _)) if KINDS[kind] == "short" && is_imprint(&text[units[k].range.clone()]) => furniture,
            Some((&kind, &most)) if most * 10 >= n * 8 => 1u16 << kind,
            _ => ALL,
        })
        .collect();
    // A jump line on a line of its own is a unit, and judged as one.
    let alone = 1 << kind("jump").unwrap_or(0) | 1 << kind("resume").unwrap_or(0);
    jumps.retain(|_, (_, k)| allowed[*k] & alone == 0 || allowed[*k] == ALL);
    let told = units.iter().flat_map(|u: &Unit| &u.parts).filter(|p| matches!(p.role, Role::Jump | Role::Resume));
    let hits = jumps.values().filter(|(told, _)| *told).count() as u32;
    let jumps = (jumps.len() as u32, hits, told.count() as u32);
    let texts = units.iter().map(|u| text[u.range.clone()].to_string()).collect();
    Sample { channel: channel.into(), id: id.into(), bins, allowed, fold, texts, jumps, dev, weight: 1.0 }
}

fn load(root: &Path, articles: &BTreeMap<String, usize>, dev: bool, out: &mut Vec<Sample>) {
    let index = std::fs::read_to_string(root.join("index.json")).expect("index");
    let index: serde_json::Value = serde_json::from_str(&index).expect("json");
    for p in index.as_array().expect("list") {
        let id = p["id"].as_str().expect("id");
        let channel = p["channel"].as_str().expect("channel");
        let base = root.join("pages").join(id);
        let read = |ext: &str| std::fs::read_to_string(format!("{}.{ext}", base.display()));
        let (Ok(raw), Ok(gold_file)) = (read("raw.txt"), read("gold.txt")) else { continue };
        let gold = gold::read_gold(&gold_file, read("roles.txt").ok().as_deref());
        let of = gold::articles_of(&gold, articles);
        out.push(sample(id, channel, &raw, &gold, &of, dev));
        if !dev {
            // The same page clean already: no lines, no blanks to go by.
            let mut s = sample(id, "clean", &gold::gold_text(&gold_file), &gold, &of, false);
            s.weight = 0.5;
            out.push(s);
        }
    }
}

fn train(samples: &[Sample], fold: usize, off: &[bool], epochs: usize) -> Model {
    let mut m = Model::new();
    let mut sum = Model::new();
    let mut squares = (vec![[0f32; KIND_COUNT]; BINS], [[0f32; KIND_COUNT]; KIND_COUNT]);
    // Of 0.01, 0.03 and 0.1, the best over the folds.
    let l2 = arg("--l2").and_then(|v| v.parse().ok()).unwrap_or(0.1f32);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut seed = 12345u64;
    let mut averaged = 0f32;
    for epoch in 0..epochs {
        for i in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            order.swap(i, (seed >> 33) as usize % (i + 1));
        }
        for &k in &order {
            let s = &samples[k];
            let step = |d: f32, w: &mut f32, a: &mut f32| {
                let d = d - l2 * 0.1 * *w;
                *a += d * d;
                *w += 0.15 * s.weight * d / (a.sqrt() + 0.5);
            };
            let rows = m.rows(s, off);
            let masked: Vec<Row> = rows
                .iter()
                .enumerate()
                .map(|(i, row)| {
                    let allowed = if s.fold[i] as usize == fold { ALL } else { s.allowed[i] };
                    std::array::from_fn(|k| if allowed >> k & 1 == 1 { row[k] } else { -1.0e6 })
                })
                .collect();
            let (free, gold) = (decoder::sums(&rows, m.chain()), decoder::sums(&masked, m.chain()));
            let mut follows = [[0f32; KIND_COUNT]; KIND_COUNT];
            for i in 0..rows.len() {
                if i > 0 {
                    for a in 0..KIND_COUNT {
                        for b in 0..KIND_COUNT {
                            let of = |s: &decoder::Sums, row: &Row| {
                                (s.forward[i - 1][a] + m.follows[a][b] + row[b] + s.backward[i][b] - s.total).exp()
                            };
                            follows[a][b] += of(&gold, &masked[i]) - of(&free, &rows[i]);
                        }
                    }
                }
                let (g, f) = (gold.of(i), free.of(i));
                if (0..KIND_COUNT).all(|k| (g[k] - f[k]).abs() < 1e-4) {
                    continue;
                }
                for (t, &bin) in s.bins[i].iter().enumerate().filter(|(t, _)| !off[*t]) {
                    debug_assert!(t < COUNT);
                    let (w, a) = (&mut m.bins[bin as usize], &mut squares.0[bin as usize]);
                    (0..KIND_COUNT).for_each(|k| step(g[k] - f[k], &mut w[k], &mut a[k]));
                }
            }
            for a in 0..KIND_COUNT {
                for b in 0..KIND_COUNT {
                    step(follows[a][b], &mut m.follows[a][b], &mut squares.1[a][b]);
                }
            }
        }
        if epoch >= epochs / 2 {
            averaged += 1.0;
            let all = sum.bins.iter_mut().chain(&mut sum.follows).zip(m.bins.iter().chain(&m.follows));
            all.for_each(|(s, w)| s.iter_mut().zip(w).for_each(|(s, w)| *s += w));
        }
    }
    sum.bins.iter_mut().chain(&mut sum.follows).flatten().for_each(|w| *w /= averaged);
    sum
}

/// What was decided of a unit, and what gold says.
struct Verdict {
    sample: usize,
    unit: usize,
    gold: usize,
    found: usize,
    sure: f32,
}

fn cross_validate(samples: &[Sample], off: &[bool], epochs: usize) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let models: Vec<Model> = std::thread::scope(|scope| {
        let run = |fold| scope.spawn(move || train(samples, fold, off, epochs));
        let handles: Vec<_> = (0..FOLDS).map(run).collect();
        handles.into_iter().map(|h| h.join().expect("trained")).collect()
    });
    for (fold, m) in models.iter().enumerate() {
        for (n, s) in samples.iter().enumerate().filter(|(_, s)| s.dev && s.fold.contains(&(fold as u8))) {
            let rows = m.rows(s, off);
            let kinds = decoder::best(&rows, m.chain());
            let sums = decoder::sums(&rows, m.chain());
            for (unit, &found) in kinds.iter().enumerate() {
                if s.fold[unit] as usize == fold && s.allowed[unit] != ALL {
                    let gold = s.allowed[unit].trailing_zeros() as usize;
                    verdicts.push(Verdict { sample: n, unit, gold, found, sure: sums.of(unit)[found] });
                }
            }
        }
    }
    verdicts
}

/// Kinds that are judged as one.
fn class(kind: usize) -> &'static str {
    match KINDS[kind] {
        "headline" | "kicker" | "deck" => "headline block",
        "resume" => "jump",
        k => k,
    }
}

fn f1(verdicts: &[Verdict]) -> BTreeMap<&'static str, (u32, u32, u32)> {
    let mut by: BTreeMap<&str, (u32, u32, u32)> = BTreeMap::new();
    for v in verdicts {
        let (gold, found) = (class(v.gold), class(v.found));
        by.entry(gold).or_default().1 += 1;
        by.entry(found).or_default().2 += 1;
        if gold == found {
            by.entry(gold).or_default().0 += 1;
        }
    }
    by
}

fn right(verdicts: &[Verdict]) -> f64 {
    let hits = verdicts.iter().filter(|v| class(v.gold) == class(v.found)).count();
    hits as f64 / verdicts.len().max(1) as f64
}

fn report(samples: &[Sample], verdicts: &[Verdict]) {
    let mut by = f1(verdicts);
    for s in samples.iter().filter(|s| s.dev) {
        let e = by.entry("jump").or_default();
        (e.0, e.1, e.2) = (e.0 + s.jumps.1, e.1 + s.jumps.0, e.2 + s.jumps.2);
    }
    println!("{:<16} {:>6} {:>6} {:>6} {:>6}", "role", "units", "P", "R", "F1");
    for (name, (hit, gold, found)) in by {
        let (hit, gold, found) = (f64::from(hit), f64::from(gold), f64::from(found));
        println!(
            "{name:<16} {gold:>6} {:>6.3} {:>6.3} {:>6.3}",
            hit / found.max(1.0),
            hit / gold.max(1.0),
            2.0 * hit / (gold + found).max(1.0)
        );
    }
    println!("{:<16} {:>6} {:>20.3}", "all units", verdicts.len(), right(verdicts));
    let mut channels: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for v in verdicts {
        let c = channels.entry(&samples[v.sample].channel).or_default();
        c.1 += 1;
        c.0 += u32::from(class(v.gold) == class(v.found));
    }
    for (name, (hit, all)) in channels {
        println!("  {name:<20} {hit:>5} of {all:>5}  {:.3}", f64::from(hit) / f64::from(all));
    }
}

fn confusion(samples: &[Sample], verdicts: &[Verdict]) {
    let channels: std::collections::BTreeSet<&str> =
        samples.iter().filter(|s| s.dev).map(|s| s.channel.as_str()).collect();
    for channel in std::iter::once("all").chain(channels) {
        println!("\n{channel}: gold below, found above");
        let mut table = [[0u32; KIND_COUNT]; KIND_COUNT];
        for v in verdicts.iter().filter(|v| channel == "all" || samples[v.sample].channel == channel) {
            table[v.gold][v.found] += 1;
        }
        let short = |k: &str| k.chars().take(5).collect::<String>();
        println!("{:<10}{}", "", KINDS.map(|k| format!("{:>6}", short(k))).concat());
        for (k, row) in table.iter().enumerate().filter(|(_, row)| row.iter().any(|&n| n > 0)) {
            let cells: String = row.iter().map(|n| if *n == 0 { "     .".into() } else { format!("{n:>6}") }).collect();
            println!("{:<10}{cells}", KINDS[k]);
        }
    }
}

fn reliability(verdicts: &[Verdict]) {
    println!("{:>12} {:>6} {:>6}", "confidence", "units", "right");
    for k in 0..10 {
        let (low, high) = (k as f32 / 10.0, (k + 1) as f32 / 10.0);
        let within: Vec<_> = verdicts.iter().filter(|v| v.sure >= low && (v.sure < high || k == 9)).collect();
        if !within.is_empty() {
            let hits = within.iter().filter(|v| v.gold == v.found).count();
            println!("{low:>5.1} – {high:.1} {:>7} {:>6.3}", within.len(), hits as f64 / within.len() as f64);
        }
    }
}

/// How well units are grouped into articles: of all pairs of units of a page, which are of one article.
fn articles_report(root: &Path, articles: &BTreeMap<String, usize>) {
    let index = std::fs::read_to_string(root.join("index.json")).expect("index");
    let index: serde_json::Value = serde_json::from_str(&index).expect("json");
    let mut options = qingyang::Options::default();
    options.units = true;
    let mut cleaner = qingyang::Cleaner::new(options);
    let (mut both, mut gold_pairs, mut found_pairs, mut whole, mut all) = (0u32, 0u32, 0u32, 0u32, 0u32);
    for p in index.as_array().expect("list") {
        let base = root.join("pages").join(p["id"].as_str().expect("id"));
        let read = |ext: &str| std::fs::read_to_string(format!("{}.{ext}", base.display())).expect("page");
        let proof = cleaner.page(&read("raw.txt"));
        let gold = gold::read_gold(&read("gold.txt"), Some(&read("roles.txt")));
        let known: HashMap<&str, usize> = gold
            .texts
            .iter()
            .zip(gold::articles_of(&gold, articles))
            .zip(&gold.roles)
            .filter(|(_, r)| r[0] != "furniture" && r[0] != "?")
            .filter_map(|((t, a), _)| Some((t.as_str(), a?)))
            .collect();
        let truth = |n: usize| {
            let text = gold::key(&proof.text[proof.units[n].range.clone()]);
            known.get(text.as_str()).copied().or_else(|| known.iter().find(|(t, _)| t.starts_with(&text)).map(|k| *k.1))
        };
        let mut found: Vec<Option<usize>> = vec![None; proof.units.len()];
        for (k, a) in proof.articles.iter().enumerate() {
            a.headline.iter().chain(&a.body).for_each(|&n| found[n] = Some(k));
        }
        let units: Vec<(usize, usize)> =
            (0..proof.units.len()).filter_map(|n| Some((truth(n)?, found[n].map_or(1000 + n, |k| k)))).collect();
        for (i, a) in units.iter().enumerate() {
            for b in &units[i + 1..] {
                both += u32::from(a.0 == b.0 && a.1 == b.1);
                gold_pairs += u32::from(a.0 == b.0);
                found_pairs += u32::from(a.1 == b.1);
            }
        }
        let set: std::collections::BTreeSet<usize> = units.iter().map(|u| u.0).collect();
        for t in set {
            let mine: Vec<usize> = units.iter().filter(|u| u.0 == t).map(|u| u.1).collect();
            let one = mine.iter().all(|&k| k == mine[0]);
            let exact = one && units.iter().all(|u| u.1 != mine[0] || u.0 == t);
            all += 1;
            whole += u32::from(exact);
            if !exact && flag("--errors") {
                println!("article in parts or mixed: {} {t} → {mine:?}", p["id"]);
            }
        }
    }
    println!(
        "pairs of units: P {:.3} R {:.3}; {whole} of {all} articles exactly",
        f64::from(both) / f64::from(found_pairs),
        f64::from(both) / f64::from(gold_pairs)
    );
}

fn main() {
    let dev = arg("--dev").expect("--dev BENCH");
    let dev = Path::new(&dev);
    let epochs = arg("--epochs").and_then(|v| v.parse().ok()).unwrap_or(12);
    let articles = gold::articles(dev);
    if let Some(page) = arg("--page") {
        // One page whose roles stand in a file of their own: FOLDER,ROLES
        let (folder, roles) = page.split_once(',').expect("--page FOLDER,ROLES");
        let read = |name: &str| std::fs::read_to_string(name).expect("readable");
        let gold = gold::read_gold(&read(&format!("{folder}/gold.txt")), Some(&read(roles)));
        let s = sample(folder, "real", &read(&format!("{folder}/raw.txt")), &gold, &vec![None; gold.texts.len()], true);
        let rows: Vec<Row> = s.bins.iter().map(qingyang::internals::structure::units::weigh).collect();
        let found = decoder::best(&rows, qingyang::internals::structure::units::chain());
        let verdicts: Vec<Verdict> = (0..rows.len())
            .filter(|&u| s.allowed[u] != ALL)
            .map(|u| Verdict {
                sample: 0,
                unit: u,
                gold: s.allowed[u].trailing_zeros() as usize,
                found: found[u],
                sure: 1.0,
            })
            .collect();
        let samples = [s];
        report(&samples, &verdicts);
        return confusion(&samples, &verdicts);
    }
    if flag("--articles") {
        return articles_report(dev, &articles);
    }
    let mut samples = Vec::new();
    load(dev, &articles, true, &mut samples);
    for more in arg("--more").iter().flat_map(|m| m.split(',')) {
        load(Path::new(more), &articles, false, &mut samples);
    }
    let without = arg("--without").unwrap_or_default();
    let off: Vec<bool> = TEMPLATES.iter().map(|t| without.split(',').any(|w| w == t.0)).collect();
    let verdicts = cross_validate(&samples, &off, epochs);
    report(&samples, &verdicts);
    if flag("--confusion") {
        confusion(&samples, &verdicts);
    }
    if flag("--reliability") {
        reliability(&verdicts);
    }
    if flag("--errors") {
        for v in verdicts.iter().filter(|v| v.gold != v.found) {
            let s = &samples[v.sample];
            let near = |d: isize| {
                let text = v.unit.checked_add_signed(d).and_then(|k| s.texts.get(k)).map_or("", String::as_str);
                text.chars().take(24).collect::<String>()
            };
            println!(
                "{} {} → {} ({:.2}): {} | {} | {}",
                s.id,
                KINDS[v.gold],
                KINDS[v.found],
                v.sure,
                near(-1),
                near(0),
                near(1)
            );
        }
    }
    if flag("--ablate") {
        for (t, template) in TEMPLATES.iter().enumerate().skip(1) {
            let off: Vec<bool> = (0..COUNT).map(|k| k == t).collect();
            println!("without {:<24} {:.4}", template.0, right(&cross_validate(&samples, &off, epochs)));
        }
    }
    if flag("--write") {
        let m = train(&samples, FOLDS, &off, epochs);
        let mut bytes = Vec::new();
        for w in m.bins.iter().chain(&m.follows).flatten() {
            bytes.extend_from_slice(&((w * 1000.0).round().clamp(-32768.0, 32767.0) as i16).to_le_bytes());
        }
        std::fs::write("src/units/weights.bin", bytes).expect("weights.bin");
    }
}
