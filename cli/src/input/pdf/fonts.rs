//! Which characters the codes of a font stand for. `ToUnicode` says it first; fonts for CIDs with a predefined CMap
//! (UniGB-UCS2-H, GBK-EUC-H) often lack it, and then the CMap and the table of their character collection do.

use super::glyph::UNKNOWN;
use hayro_cmap::{BfString, CMap, CMapName, CharacterCollection, CidFamily, load_embedded};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, GlyphId, UNITS_PER_EM};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, String as Bytes};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The fonts of a file.
pub struct Fonts<'a> {
    cache: FontCache<'a>,
    known: HashMap<ObjectIdentifier, Option<Rc<TextFont<'a>>>>,
    programs: FontResolverFn,
    cmaps: CMapResolverFn,
}

impl Default for Fonts<'_> {
    fn default() -> Self {
        // Type that a file does not embed has the widths of a standard font where the file does not give them.
        let programs: FontResolverFn = Arc::new(|query: &FontQuery| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
        });
        Fonts {
            cache: FontCache::new(),
            known: HashMap::new(),
            programs,
            cmaps: Arc::new(|name: CMapName<'_>| load_embedded(name)),
        }
    }
}

impl<'a> Fonts<'a> {
    /// The font of a dictionary, if it is one that can be read.
    pub fn font(&mut self, dict: &Dict<'a>) -> Option<Rc<TextFont<'a>>> {
        let id = dict.obj_id();
        if let Some(known) = id.and_then(|id| self.known.get(&id)) {
            return known.clone();
        }
        let font = self.cache.font(dict, &self.programs, &self.cmaps);
        let font = font.map(|font| Rc::new(TextFont { font, collection: Collection::of(dict, &self.cmaps) }));
        id.and_then(|id| self.known.insert(id, font.clone()));
        font
    }
}

/// A font as far as text needs it.
pub struct TextFont<'a> {
    font: Font<'a>,
    /// For a font for CIDs, what its codes are where it has no `ToUnicode`.
    collection: Option<Collection>,
}

/// A code of a text, and what its font knows of it. Lengths are in sizes of the type.
pub struct Code {
    pub text: String,
    /// How much wider or higher than its place the type stands, before it is set.
    pub origin: (f64, f64),
    pub advance: (f64, f64),
    pub width: f64,
    /// Whether it is a blank to which the word spacing is added.
    pub is_word_space: bool,
}

impl TextFont<'_> {
    /// Whether it writes downwards.
    pub fn downwards(&self) -> bool {
        !self.font.is_horizontal()
    }

    /// The codes of a text.
    pub fn codes(&self, bytes: &[u8], mut each: impl FnMut(Code)) {
        let em = f64::from(UNITS_PER_EM);
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = self.font.read_code(bytes, at);
            at += length.max(1);
            let (advance, origin) = (self.font.code_advance(code), self.font.origin_displacement(code));
            // A font that writes downwards gives the height; its type is as wide as its origin is shifted, twice.
            let width = if self.downwards() { -2.0 * origin.x } else { advance.x };
            each(Code {
                text: printed(self.text(code, length)),
                origin: (origin.x / em, origin.y / em),
                advance: (advance.x / em, advance.y / em),
                width: if width > 0.0 { width / em } else { 1.0 },
                is_word_space: code == 32 && length == 1,
            });
        }
    }

    fn text(&self, code: u32, length: usize) -> Option<BfString> {
        // The glyph itself is not needed to ask for the character.
        let named = match self.font.glyph(GlyphId::NOTDEF, code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        named.filter(is_character).or_else(|| self.collection.as_ref()?.text(code, length))
    }
}

/// What a font for CIDs says of its codes without `ToUnicode`.
struct Collection {
    /// The codes are UTF-16 themselves.
    is_unicode: bool,
    encoding: CMap,
    /// From CIDs to Unicode.
    table: Option<CMap>,
}

impl Collection {
    fn of(font: &Dict<'_>, cmaps: &CMapResolverFn) -> Option<Collection> {
        let descendants = font.get::<Array<'_>>("DescendantFonts")?;
        let parse = |data: &[u8]| {
            let cmaps = Arc::clone(cmaps);
            CMap::parse(data, move |name| cmaps(name))
        };
        let (encoding, is_unicode) = match font.get::<Object<'_>>("Encoding")? {
            Object::Name(name) => match CMapName::from_bytes(&name) {
                CMapName::IdentityH | CMapName::IdentityV => (CMap::identity_h(), false),
                cmap => (parse(cmaps(cmap)?)?, is_utf16(&name)),
            },
            Object::Stream(stream) => (parse(&stream.decoded_data().ok()?)?, false),
            _ => return None,
        };
        let told = encoding.metadata().character_collection.clone();
        let family = told.map(|collection: CharacterCollection| collection.family);
        let family = family.filter(|family| !matches!(family, CidFamily::AdobeIdentity | CidFamily::Custom { .. }));
        let family = family.or_else(|| family_of(&descendants.iter::<Dict<'_>>().next()?));
        let table = family.and_then(|family| parse(cmaps(family.ucs2_cmap()?)?));
        Some(Collection { is_unicode, encoding, table })
    }

    fn text(&self, code: u32, length: usize) -> Option<BfString> {
        if self.is_unicode {
            let units = [(code >> 16) as u16, code as u16];
            let units = if length > 2 { &units[..] } else { &units[1..] };
            return char::decode_utf16(units.iter().copied()).next()?.ok().map(BfString::Char).filter(is_character);
        }
        let cid = self.encoding.lookup_cid_code(code, length as u8)?;
        self.table.as_ref()?.lookup_bf_string(cid).filter(is_character)
    }
}

/// Whether the codes of a predefined CMap are UTF-16, by its name.
fn is_utf16(name: &Name<'_>) -> bool {
    let name = name.as_str();
    name.starts_with("Uni") && (name.contains("-UCS2-") || name.contains("-UTF16-"))
}

/// The character collection of the CIDs.
fn family_of(descendant: &Dict<'_>) -> Option<CidFamily> {
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
    let text = |key: &str| info.get::<Bytes<'_>>(key);
    Some(CidFamily::from_registry_ordering(text("Registry")?.as_bytes(), text("Ordering")?.as_bytes()))
}

/// Whether a table of Unicode names a character here: some fill what they do not know with U+0000 or U+FFFD.
fn is_character(text: &BfString) -> bool {
    let is_known = |c: char| c != '\u{FFFD}' && (!c.is_control() || c.is_whitespace());
    match text {
        BfString::Char(c) => is_known(*c),
        BfString::String(text) => !text.is_empty() && text.chars().all(is_known),
    }
}

/// The characters as a line may have them: it has no line end in it.
fn printed(text: Option<BfString>) -> String {
    let blank = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    match text {
        None => UNKNOWN.to_string(),
        Some(BfString::Char(c)) => if blank(c) { ' ' } else { c }.to_string(),
        Some(BfString::String(text)) => text.chars().map(|c| if blank(c) { ' ' } else { c }).collect(),
    }
}
