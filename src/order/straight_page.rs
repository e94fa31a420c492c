//! The page set straight: places turned so that rows are level, and measured in the size of the body type.

use crate::layout::{FARTHEST, Line, Page, Rect};

/// A line set straight. Its unit is the size of the body type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Set {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    /// Size of its type.
    pub em: f64,
}

impl Set {
    fn turned(self) -> Set {
        Set { left: self.top, top: -self.right, right: self.bottom, bottom: -self.left, em: self.em }
    }
}

/// The steepest slope that counts as skew; a line that is steeper was printed so.
const STEEPEST: f64 = 0.06;

/// A page set straight.
pub(super) struct StraightPage {
    /// Its lines; `None` for a line without a place.
    pub sets: Vec<Option<Set>>,
    /// Whether its text runs downwards, so that the sheet is turned by a quarter: columns from right to left are rows from
    /// top to bottom.
    pub turned: bool,
    /// Size of the body type, in the unit of the file; `None` if no line has a place.
    pub body: Option<f64>,
    /// The pictures, as the lines are set.
    pub pictures: Vec<Set>,
}

/// Sets a page straight.
pub(super) fn set_straight(page: &Page) -> StraightPage {
    let turned = runs_downwards(&page.lines);
    let origin = origin(&page.lines);
    let skew = if turned { Skew::default() } else { skew(&page.lines, origin) };
    let straighten = |line: &Line| straighten(line, origin, skew).map(|set| if turned { set.turned() } else { set });
    let mut raw: Vec<Option<Set>> = page.lines.iter().map(straighten).collect();
    narrow_short(page, &mut raw);
    let body = body_size(page, &raw);
    let Some(size) = body else {
        return StraightPage { sets: vec![None; raw.len()], turned, body, pictures: Vec::new() };
    };
    let pictures = page.pictures.iter().filter(|place| place.has_area()).map(|place| {
        let set = turn_back(place, origin, skew);
        Some(if turned { set.turned() } else { set })
    });
    // Pictures are measured from the edge of the text.
    let all: Vec<Option<Set>> = raw.iter().copied().chain(pictures).collect();
    let mut sets = measured(&all, raw.len(), size);
    let pictures = sets.split_off(raw.len()).into_iter().flatten().collect();
    StraightPage { sets, turned, body, pictures }
}

/// The left and upper edge of all lines. Places are taken from there, so that a margin changes no rounding.
fn origin(lines: &[Line]) -> (f64, f64) {
    let placed = lines.iter().filter(|line| line.is_placed()).map(|line| line.quad.bounds());
    placed.fold((f64::MAX, f64::MAX), |(x, y), b| (x.min(f64::from(b.left)), y.min(f64::from(b.top))))
}

/// Whether most characters of a page stand one below the other.
fn runs_downwards(lines: &[Line]) -> bool {
    let glyphs = |line: &&Line| line.ink().count();
    let long = lines.iter().filter(|line| line.is_placed() && glyphs(line) > 1);
    let (upright, level): (Vec<&Line>, Vec<&Line>) = long.partition(|line| line.is_vertical());
    upright.iter().map(glyphs).sum::<usize>() > level.iter().map(glyphs).sum::<usize>()
}

/// Places in the size of the body type, from the left and upper edge of the text.
fn measured(raw: &[Option<Set>], lines: usize, body: f64) -> Vec<Option<Set>> {
    let left = raw[..lines].iter().flatten().fold(f64::MAX, |least, set| least.min(set.left));
    let top = raw[..lines].iter().flatten().fold(f64::MAX, |least, set| least.min(set.top));
    let scale = |set: &Set| Set {
        left: (set.left - left) / body,
        top: (set.top - top) / body,
        right: (set.right - left) / body,
        bottom: (set.bottom - top) / body,
        em: set.em / body,
    };
    raw.iter().map(|set| set.as_ref().map(scale)).collect()
}

/// Width without spaces, in full widths.
pub(super) fn full_widths(line: &Line) -> f64 {
    line.ink().map(full_width).sum()
}

/// The width of a character, in full widths.
pub(super) fn full_width(c: char) -> f64 {
    if c.is_ascii() { 0.5 } else { 1.0 }
}

/// How far a page is from straight. The columns of a page that did not lie flat lean otherwise than its rows rise.
#[derive(Debug, Clone, Copy, Default)]
struct Skew {
    /// How far rows fall for each step to the right.
    slope: f64,
    /// How far columns lean to the left for each step down.
    lean: f64,
}

/// A line set straight about its middle; the unit is still that of the file.
fn straighten(line: &Line, origin: (f64, f64), skew: Skew) -> Option<Set> {
    if !line.is_placed() {
        return None;
    }
    let set = turn_back(&line.quad.bounds(), origin, skew);
    let em = size_of(line, set.right - set.left, set.bottom - set.top);
    Some(Set { em, ..set })
}

/// A box set straight about its middle.
fn turn_back(bounds: &Rect, origin: (f64, f64), Skew { slope, lean }: Skew) -> Set {
    let (left, top) = (f64::from(bounds.left) - origin.0, f64::from(bounds.top) - origin.1);
    let width = f64::from(bounds.right) - f64::from(bounds.left);
    let height = f64::from(bounds.bottom) - f64::from(bounds.top);
    let (x, y) = (left + width / 2.0, top + height / 2.0);
    let (x, y) = (x + lean * y, y - slope * x);
    // The box of a turned line is larger than the line by what the other side rises.
    let steep = slope.abs();
    let own = |side: f64, other: f64| if steep * other < 0.7 * side { side - steep * other } else { 0.3 * side };
    let (width, height) = (own(width, height), own(height, width));
    Set { left: x - width / 2.0, top: y - height / 2.0, right: x + width / 2.0, bottom: y + height / 2.0, em: height }
}

/// The size of its type: what the file says, else the lesser of its breadth and of the room for each of its characters. For a
/// short line only the breadth is known, see [`narrow_short`].
fn size_of(line: &Line, width: f64, height: f64) -> f64 {
    if let Some(size) = said_size(line) {
        return size;
    }
    let glyphs = full_widths(line);
    let (length, breadth) = if line.is_vertical() { (height, width) } else { (width, height) };
    if glyphs < FEW { breadth } else { breadth.min(1.05 * length / glyphs) }
}

fn said_size(line: &Line) -> Option<f64> {
    line.size.filter(|size| *size > 0.0 && *size < FARTHEST).map(f64::from)
}

/// Fewer characters do not tell the size of type by the room that they take.
const FEW: f64 = 4.0;
/// Characters of a line that tells how much broader boxes are than the type in them.
const MANY: f64 = 8.0;

/// Takes the sizes of short lines from the breadth of their boxes, as boxes of long lines relate to their type.
fn narrow_short(page: &Page, sets: &mut [Option<Set>]) {
    let breadth = |line: &Line, set: &Set| {
        let (width, height) = (set.right - set.left, set.bottom - set.top);
        if line.is_vertical() { width.min(height) } else { height }
    };
    let unsaid = |line: &&Line| said_size(line).is_none();
    let ratios = page.lines.iter().zip(&*sets).filter(|(line, _)| unsaid(line) && full_widths(line) >= MANY);
    let ratios = ratios.filter_map(|(line, set)| set.as_ref().map(|set| (breadth(line, set) / set.em, 1)));
    let Some(ratio) = positive_median(ratios.collect()) else { return };
    for (line, set) in page.lines.iter().zip(sets) {
        if let Some(set) = set.as_mut().filter(|_| unsaid(&line) && full_widths(line) < FEW) {
            set.em /= ratio;
        }
    }
}

/// The size of the type that most characters of the page have.
fn body_size(page: &Page, sets: &[Option<Set>]) -> Option<f64> {
    let weighed =
        page.lines.iter().zip(sets).filter_map(|(line, set)| Some((set.as_ref()?.em, line.text.chars().count())));
    positive_median(weighed.collect())
}

/// The median of values with weights.
pub(crate) fn median(mut values: Vec<(f64, usize)>) -> Option<f64> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: usize = values.iter().map(|(_, weight)| weight).sum();
    let mut below = 0;
    let found = values.iter().find(|(_, weight)| {
        below += weight;
        2 * below >= all
    });
    found.map(|(value, _)| *value)
}

fn positive_median(values: Vec<(f64, usize)>) -> Option<f64> {
    median(values).filter(|value| *value > 0.0)
}

/// The skew of the page: the slope of its rows by the quads, and what makes the edges of the columns upright. Boxes that are no quads
/// tell the latter alone.
fn skew(lines: &[Line], origin: (f64, f64)) -> Skew {
    let placed: Vec<&Line> = lines.iter().filter(|line| line.is_placed() && !line.is_vertical()).collect();
    let slopes: Vec<(f64, usize)> = placed
        .iter()
        .map(|line| (f64::from(line.quad.slope()), line.text.chars().count()))
        .filter(|(slope, _)| slope.abs() < STEEPEST)
        .collect();
    let by_quads = slopes.iter().any(|(slope, _)| *slope != 0.0).then(|| median(slopes).unwrap_or(0.0));
    let lean = lean(&placed, origin, by_quads.unwrap_or(0.0));
    Skew { slope: by_quads.unwrap_or(lean), lean }
}

/// What another lean must gather more than the likely one.
const BETTER: f64 = 1.1;
/// Steps in which leans are tried, and how many of them to either side: up to 2.3 degrees.
const STEP: f64 = 0.001;
const STEPS: i32 = 40;
/// Lines that are enough to fit a lean.
const ENOUGH: usize = 12;
/// Lines that are looked at.
const MOST: usize = 2000;

/// Edges as near as this, in heights of a line, are in one place.
const NEAR: f64 = 0.2;
/// The edges of a column that a program set are in one place to a hair; those of a turned one never are. If so large a share of
/// the edges in one place are, nothing is fitted.
const FINELY: f64 = 0.02;
const STRAIGHT: f64 = 0.7;

/// The lean for which the edges of the lines fall into the fewest places. The likely one wins ties and near ties.
fn lean(lines: &[&Line], (x, y): (f64, f64), likely: f64) -> f64 {
    let every = lines.len().div_ceil(MOST).max(1);
    let edges: Vec<(f64, f64, f64)> = lines
        .iter()
        .step_by(every)
        .map(|line| line.quad.bounds())
        .map(|b| (f64::from(b.left) - x, f64::from(b.right) - x, (f64::from(b.top) + f64::from(b.bottom)) / 2.0 - y))
        .collect();
    let height = positive_median(lines.iter().map(|line| (f64::from(line.quad.bounds().height()), 1)).collect());
    let Some(height) = height.filter(|_| edges.len() >= ENOUGH) else { return likely };
    let mut sides = [Vec::new(), Vec::new()];
    for (left, right, y) in edges {
        sides[0].push(Edge { x: left, y, place: left });
        sides[1].push(Edge { x: right, y, place: right });
    }
    let mut gathered = |slope: f64, near: f64| sides.iter_mut().map(|side| gathered(side, slope, near * height)).sum();
    let finely: f64 = gathered(0.0, FINELY);
    if finely > STRAIGHT * gathered(0.0, NEAR) {
        return 0.0;
    }
    let mut best = (likely, gathered(likely, NEAR) * BETTER);
    for n in -STEPS..=STEPS {
        let slope = f64::from(n) * STEP;
        let sum = gathered(slope, NEAR);
        if sum > best.1 {
            best = (slope, sum);
        }
    }
    best.0
}

/// An edge of a line, and where it stands if the page is turned.
struct Edge {
    x: f64,
    y: f64,
    place: f64,
}

/// How many edges stand near each other if columns lean by a slope, summed over all. The edges are sorted then; from one
/// slope to the next few change places, so that each is put in where it belongs.
fn gathered(edges: &mut [Edge], slope: f64, near: f64) -> f64 {
    for edge in &mut *edges {
        edge.place = (edge.x + slope * edge.y) / near;
    }
    let stray = edges.windows(2).filter(|pair| pair[0].place > pair[1].place).count();
    if 4 * stray > edges.len() {
        edges.sort_by(|a, b| a.place.total_cmp(&b.place));
    }
    for n in 1..edges.len() {
        let mut at = n;
        while at > 0 && edges[at - 1].place > edges[at].place {
            edges.swap(at - 1, at);
            at -= 1;
        }
    }
    let (mut total, mut first) = (0, 0);
    for n in 0..edges.len() {
        while edges[n].place - edges[first].place > 1.0 {
            first += 1;
        }
        total += n - first;
    }
    total as f64
}
