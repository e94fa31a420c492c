//! The content of a page: the operators that set type and paint pictures. Clips, colours and layers are not looked at, so that
//! no character of the text layer is lost.

use super::fonts::{Fonts, TextFont};
use super::glyph::{Glyph, UNKNOWN};
use super::matrix::{Matrix, Vector};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::{self, TypedInstruction};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Bytes};
use hayro_syntax::page::{Page, Resources};
use qingyang::layout::Rect;
use std::rc::Rc;

/// Forms in forms, at most; real files have two or three.
const MAX_NESTED: usize = 12;

/// Saved states at most. The reference asks for 28.
const MAX_SAVED: usize = 512;

/// Operators and characters that are read of any file, together. Forms that call each other could ask for any number. A page of
/// the bench has 2,000 to 6,000; maps and graphs have up to a million.
const MAX_STEPS: u64 = 50_000_000;

/// What each page of a file adds to them.
const PAGE_STEPS: u64 = 50_000;

/// A form costs as much as so many operators: its dictionaries are read each time.
const FORM_STEPS: u64 = 1000;

/// Steps that are left for a file.
pub struct Budget(u64);

impl Budget {
    /// For a file of so many pages.
    pub fn of(pages: usize) -> Budget {
        Budget(MAX_STEPS + PAGE_STEPS * pages as u64)
    }

    /// Takes steps, or `None` if there are not so many.
    fn take(&mut self, steps: u64) -> Option<()> {
        self.0 = self.0.checked_sub(steps)?;
        Some(())
    }
}

/// A page of which the content was read.
pub struct PageContent {
    /// Width and height in points, after the page was turned.
    pub size: (f32, f32),
    /// Characters in the order in which the file paints them.
    pub glyphs: Vec<Glyph>,
    /// Places of pictures.
    pub pictures: Vec<Rect>,
}

/// Reads the content of a page; `None` if the budget is used up.
pub fn read_page<'a>(page: &Page<'a>, fonts: &mut Fonts<'a>, budget: &mut Budget) -> Option<PageContent> {
    let found = PageContent { size: page.render_dimensions(), glyphs: Vec::new(), pictures: Vec::new() };
    let mut reader = Reader { fonts, budget, found, nested: 0 };
    let state = State { ctm: Matrix(page.initial_transform(true).as_coeffs()), ..State::default() };
    reader.run(page.typed_operations(), page.resources(), state)?;
    Some(reader.found)
}

/// The graphics state, as far as it tells where type stands.
#[derive(Clone)]
struct State<'a> {
    ctm: Matrix,
    font: Option<Rc<TextFont<'a>>>,
    size: f64,
    character_spacing: f64,
    word_spacing: f64,
    /// The horizontal scale; 1 leaves the type as it is.
    scale: f64,
    leading: f64,
    rise: f64,
}

impl Default for State<'_> {
    fn default() -> Self {
        State {
            ctm: Matrix::IDENTITY,
            font: None,
            size: 1.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// Where the next character is set, and where its line began.
#[derive(Clone, Copy)]
struct Cursor {
    at: Matrix,
    line: Matrix,
}

impl Cursor {
    const START: Cursor = Cursor { at: Matrix::IDENTITY, line: Matrix::IDENTITY };

    fn to(line: Matrix) -> Cursor {
        Cursor { at: line, line }
    }

    /// At the next line, which begins at so much from the last one.
    fn next_line(self, x: f64, y: f64) -> Cursor {
        Cursor::to(Matrix::shift(x, y).then(self.line))
    }
}

struct Reader<'r, 'a> {
    fonts: &'r mut Fonts<'a>,
    budget: &'r mut Budget,
    found: PageContent,
    nested: usize,
}

fn number(n: Number) -> f64 {
    n.as_f64()
}

impl<'a> Reader<'_, 'a> {
    /// Does what the operators ask for, beginning with this state.
    fn run(&mut self, mut operators: TypedIter<'_>, resources: &Resources<'a>, state: State<'a>) -> Option<()> {
        let (mut state, mut saved, mut cursor) = (state, Vec::new(), Cursor::START);
        while let Some(operator) = operators.next() {
            self.budget.take(1)?;
            match operator {
                TypedInstruction::SaveState(_) if saved.len() < MAX_SAVED => saved.push(state.clone()),
                TypedInstruction::RestoreState(_) => state = saved.pop().unwrap_or(state),
                TypedInstruction::Transform(ops::Transform(a, b, c, d, e, f)) => {
                    state.ctm = Matrix([a, b, c, d, e, f].map(number)).then(state.ctm);
                }
                TypedInstruction::XObject(ops::XObject(name)) => self.x_object(name, resources, &state)?,
                TypedInstruction::InlineImage(_) => self.picture(state.ctm),
                TypedInstruction::SetGraphicsState(ops::SetGraphicsState(name)) => {
                    self.set_font_of(resources.get_ext_g_state(name), &mut state);
                }
                TypedInstruction::TextFont(ops::TextFont(name, size)) => {
                    state.font = resources.get_font(name).and_then(|dict| self.fonts.font(&dict));
                    state.size = number(size);
                }
                operator => self.text_operator(&operator, &mut state, &mut cursor)?,
            }
        }
        Some(())
    }

    /// An operator that sets type, or says how it is set.
    fn text_operator(
        &mut self,
        operator: &TypedInstruction<'_, '_>,
        state: &mut State<'a>,
        cursor: &mut Cursor,
    ) -> Option<()> {
        match operator {
            TypedInstruction::BeginText(_) => *cursor = Cursor::START,
            TypedInstruction::CharacterSpacing(ops::CharacterSpacing(n)) => state.character_spacing = number(*n),
            TypedInstruction::WordSpacing(ops::WordSpacing(n)) => state.word_spacing = number(*n),
            TypedInstruction::HorizontalScaling(ops::HorizontalScaling(n)) => state.scale = number(*n) / 100.0,
            TypedInstruction::TextLeading(ops::TextLeading(n)) => state.leading = number(*n),
            TypedInstruction::TextRise(ops::TextRise(n)) => state.rise = number(*n),
            TypedInstruction::NextLine(ops::NextLine(x, y)) => *cursor = cursor.next_line(number(*x), number(*y)),
            TypedInstruction::NextLineAndSetLeading(ops::NextLineAndSetLeading(x, y)) => {
                state.leading = -number(*y);
                *cursor = cursor.next_line(number(*x), number(*y));
            }
            TypedInstruction::SetTextMatrix(ops::SetTextMatrix(a, b, c, d, e, f)) => {
                *cursor = Cursor::to(Matrix([*a, *b, *c, *d, *e, *f].map(number)));
            }
            TypedInstruction::NextLineUsingLeading(_) => *cursor = cursor.next_line(0.0, -state.leading),
            TypedInstruction::ShowText(ops::ShowText(text)) => self.show(text, state, cursor)?,
            TypedInstruction::NextLineAndShowText(ops::NextLineAndShowText(text)) => {
                *cursor = cursor.next_line(0.0, -state.leading);
                self.show(text, state, cursor)?;
            }
            TypedInstruction::ShowTextWithParameters(ops::ShowTextWithParameters(word, character, text)) => {
                (state.word_spacing, state.character_spacing) = (number(*word), number(*character));
                *cursor = cursor.next_line(0.0, -state.leading);
                self.show(text, state, cursor)?;
            }
            TypedInstruction::ShowTexts(ops::ShowTexts(texts)) => self.show_all(texts, state, cursor)?,
            _ => {}
        }
        Some(())
    }

    /// Texts, with numbers that move the next one back, in thousandths of the size.
    fn show_all(&mut self, texts: &Array<'_>, state: &State<'a>, cursor: &mut Cursor) -> Option<()> {
        for item in texts.iter::<Object<'_>>() {
            match item {
                Object::String(text) => self.show(&text, state, cursor)?,
                Object::Number(n) => {
                    let back = -number(n) / 1000.0 * state.size;
                    let downwards = state.font.as_ref().is_some_and(|font| font.downwards());
                    let (x, y) = if downwards { (0.0, back) } else { (back * state.scale, 0.0) };
                    cursor.at = Matrix::shift(x, y).then(cursor.at);
                }
                _ => {}
            }
        }
        Some(())
    }

    fn show(&mut self, text: &Bytes<'_>, state: &State<'a>, cursor: &mut Cursor) -> Option<()> {
        let bytes = text.as_bytes();
        self.budget.take(bytes.len() as u64)?;
        let type_at = Matrix([state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise]);
        let Some(font) = state.font.clone() else {
            // Nobody knows how many characters these are, and the loss must be seen.
            let place = type_at.then(cursor.at).then(state.ctm);
            self.found.glyphs.push(Glyph::new(UNKNOWN.to_string(), 1.0, false, place));
            return Some(());
        };
        let downwards = font.downwards();
        font.codes(bytes, |code| {
            let (x, y) = code.origin;
            let place = Matrix::shift(x, y).then(type_at).then(cursor.at).then(state.ctm);
            self.found.glyphs.push(Glyph::new(code.text, code.width, downwards, place));
            let spacing = state.character_spacing + if code.is_word_space { state.word_spacing } else { 0.0 };
            let (x, y) = code.advance;
            let (x, y) = if downwards {
                (0.0, y * state.size + spacing)
            } else {
                ((x * state.size + spacing) * state.scale, 0.0)
            };
            cursor.at = Matrix::shift(x, y).then(cursor.at);
        });
        Some(())
    }

    /// A picture, or a form with content of its own.
    fn x_object(&mut self, name: &Name<'_>, resources: &Resources<'a>, state: &State<'a>) -> Option<()> {
        let Some(stream) = resources.get_x_object(name) else { return Some(()) };
        match stream.dict().get::<Name<'_>>("Subtype").as_ref().map(|subtype| subtype.as_str()) {
            Some("Image") => self.picture(state.ctm),
            Some("Form") if self.nested < MAX_NESTED => {
                self.budget.take(FORM_STEPS)?;
                self.nested += 1;
                self.form(&stream, resources, state)?;
                self.nested -= 1;
            }
            _ => {}
        }
        Some(())
    }

    fn form(&mut self, form: &Stream<'a>, resources: &Resources<'a>, state: &State<'a>) -> Option<()> {
        let Ok(content) = form.decoded_data() else { return Some(()) };
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let matrix = form.dict().get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
        let state = State { ctm: matrix.then(state.ctm), ..state.clone() };
        self.run(TypedIter::new(&content), own.as_ref().unwrap_or(resources), state)
    }

    /// A picture fills the square of its matrix.
    fn picture(&mut self, place: Matrix) {
        let corners: [Vector; 4] = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(x, y)| place.point(x, y));
        let rect = |c: Vector| Rect::new(c.x as f32, c.y as f32, c.x as f32, c.y as f32);
        self.found.pictures.extend(corners.into_iter().map(rect).reduce(|a, b| a.union(&b)));
    }

    /// The font that a graphics state names.
    fn set_font_of(&mut self, graphics: Option<Dict<'a>>, state: &mut State<'a>) {
        let Some(font) = graphics.and_then(|dict| dict.get::<Array<'_>>("Font")) else { return };
        let mut items = font.flex_iter();
        let Some(dict) = items.next::<Dict<'_>>() else { return };
        state.font = self.fonts.font(&dict);
        state.size = items.next::<f64>().unwrap_or(state.size);
    }
}
