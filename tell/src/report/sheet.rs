//! The pages of a layout: where each line stands in the text and on the page, and the picture of the page.

use super::picture::Picture;
use qingyang::layout::{Layout, Line, Page, Quad, Rect};
use std::ops::Range;

/// The room around the lines for their numbers, of the width of what is seen.
const MARGIN: f32 = 0.035;

/// A page of a layout.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What is seen: the page, and lines outside it.
    pub view: Rect,
    pub lines: Vec<Placed>,
    /// The picture, and its place on the page.
    pub picture: Option<(Picture, Rect)>,
}

/// A line of a page.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Its number in the text, from 1.
    pub number: u64,
    /// Its bytes in the text.
    pub source: Range<u64>,
    pub corners: [(f32, f32); 4],
    pub is_vertical: bool,
    pub text: String,
}

/// The pages of a layout that have places. `pictures` are those of its first pages.
pub fn sheets(layout: &Layout, pictures: Vec<Option<Picture>>) -> Vec<Sheet> {
    let mut pictures = pictures.into_iter();
    let (mut number, mut at) = (1, 0);
    let mut sheets = Vec::new();
    for page in &layout.pages {
        let mut lines = Vec::with_capacity(page.lines.len());
        for line in &page.lines {
            // Each line has a line feed behind it.
            let end = at + line.text.len() as u64 + 1;
            if line.is_placed() {
                lines.push(Placed::of(line, number, at..end));
            }
            number += 1 + line.text.matches('\n').count() as u64;
            at = end;
        }
        // A form feed parts it from the next page.
        at += 1;
        sheets.extend(Sheet::of(page, lines, pictures.next().flatten()));
    }
    sheets
}

impl Placed {
    fn of(line: &Line, number: u64, source: Range<u64>) -> Placed {
        Placed { number, source, corners: line.quad.0, is_vertical: line.is_vertical(), text: line.text.clone() }
    }

    /// The least rectangle around it.
    pub fn bounds(&self) -> Rect {
        Quad(self.corners).bounds()
    }
}

impl Sheet {
    /// `None` for a page without places.
    fn of(page: &Page, lines: Vec<Placed>, picture: Option<Picture>) -> Option<Sheet> {
        let bounds = lines.iter().map(Placed::bounds).reduce(|all, one| all.union(&one))?;
        let is_inside = |(width, height): &(f32, f32)| bounds.left < *width && bounds.top < *height;
        let size =
            page.usable_size().filter(is_inside).or(picture.as_ref().map(|picture| picture.size).filter(is_inside));
        let sheet = size.map_or(bounds, |(width, height)| Rect::new(0.0, 0.0, width, height));
        let room = MARGIN * sheet.union(&bounds).width();
        let Rect { left, top, right, bottom } = bounds;
        let roomy = Rect::new(left - room, top - room, right + room, bottom + room);
        Some(Sheet { view: sheet.union(&roomy), lines, picture: picture.map(|picture| (picture, sheet)) })
    }
}
