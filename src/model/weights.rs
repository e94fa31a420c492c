//! The file of a model's weights.
//!
//! | offset | bytes | what |
//! |--:|--:|---|
//! | 0 | 8 | `QYWEIGHT` |
//! | 8 | 2 | version of the format, 1 |
//! | 10 | 2 | the model: 1 lines, 2 units |
//! | 12 | 4 | number of weights |
//! | 16 | 8 | hash of the list of templates: their names, their numbers of bins, their order |
//! | 24 | 4 | length of the notes |
//! | 28 | … | notes: lines of `name: value` in UTF-8, the figures of the fit |
//! | … | 2 each | the weights, in thousandths |
//!
//! All numbers are little-endian. The hash refuses weights that were fitted for other templates, even for the same ones in
//! another order. It knows nothing of the formulas by which a template finds its bin: whoever changes one fits anew.

use std::fmt;

const MAGIC: &[u8; 8] = b"QYWEIGHT";
const VERSION: u16 = 1;
/// Bytes before the notes.
const HEADER: usize = 28;
/// Weights of 1 are stored as this.
const SCALE: f32 = 1000.0;

/// Which model weights are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum Kind {
    Lines = 1,
    Units = 2,
}

/// Why a file of weights is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WeightsError {
    /// It does not begin as such a file does.
    NotWeights,
    /// Its format is of another version.
    Version {
        /// The version of the file.
        found: u16,
    },
    /// It is for the other of the two models.
    OtherModel,
    /// It was made from other templates, or from the same ones in another order.
    OtherTemplates,
    /// It is cut off or too long.
    Damaged,
}

impl fmt::Display for WeightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WeightsError::NotWeights => write!(f, "not a file of weights"),
            WeightsError::Version { found } => {
                write!(f, "a file of weights in format {found}; this version reads format {VERSION}")
            }
            WeightsError::OtherModel => write!(f, "weights of the other model"),
            WeightsError::OtherTemplates => write!(f, "weights that were fitted for other templates"),
            WeightsError::Damaged => write!(f, "a file of weights that is cut off or too long"),
        }
    }
}

impl std::error::Error for WeightsError {}

/// A hash of a list of templates (FNV-1a).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TemplateHash(u64);

impl TemplateHash {
    pub const EMPTY: TemplateHash = TemplateHash(0xCBF2_9CE4_8422_2325);

    /// The hash of the list with one more template.
    pub const fn and(self, name: &str, bins: usize) -> TemplateHash {
        let mut hash = self.0;
        let name = name.as_bytes();
        let mut k = 0;
        while k < name.len() {
            hash = (hash ^ name[k] as u64).wrapping_mul(0x100_0000_01B3);
            k += 1;
        }
        // No byte of a name is FF, so a name cannot run into the number after it.
        hash = (hash ^ 0xFF).wrapping_mul(0x100_0000_01B3);
        TemplateHash((hash ^ bins as u64).wrapping_mul(0x100_0000_01B3))
    }
}

/// What a file must be to fit a model.
#[derive(Debug, Clone, Copy)]
pub(super) struct Format {
    pub kind: Kind,
    pub templates: TemplateHash,
    /// Number of weights.
    pub count: usize,
}

/// A file that fits its model.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'a> {
    pub notes: &'a str,
    weights: &'a [u8],
}

impl File<'_> {
    /// The weights, in thousandths.
    pub fn weights(&self) -> impl Iterator<Item = i16> {
        self.weights.as_chunks().0.iter().map(|&bytes| i16::from_le_bytes(bytes))
    }
}

impl Format {
    /// Reads a file.
    pub fn read<'a>(&self, bytes: &'a [u8]) -> Result<File<'a>, WeightsError> {
        let Some((header, rest)) = bytes.split_at_checked(HEADER).filter(|(header, _)| header.starts_with(MAGIC))
        else {
            return Err(WeightsError::NotWeights);
        };
        let number = |from: usize, len: usize| {
            header[from..from + len].iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
        };
        if number(8, 2) != u64::from(VERSION) {
            return Err(WeightsError::Version { found: number(8, 2) as u16 });
        }
        if number(10, 2) != self.kind as u64 {
            return Err(WeightsError::OtherModel);
        }
        if number(16, 8) != self.templates.0 {
            return Err(WeightsError::OtherTemplates);
        }
        let parts = rest.split_at_checked(number(24, 4) as usize);
        let parts = parts.and_then(|(notes, weights)| Some((std::str::from_utf8(notes).ok()?, weights)));
        match parts {
            Some((notes, weights)) if number(12, 4) == self.count as u64 && weights.len() == 2 * self.count => {
                Ok(File { notes, weights })
            }
            _ => Err(WeightsError::Damaged),
        }
    }

    /// The bytes of a file. Weights are rounded to thousandths; beyond ±32 they are cut off.
    pub fn write(&self, notes: &str, weights: impl Iterator<Item = f32>) -> Vec<u8> {
        let mut bytes = Vec::from(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((self.kind as u16).to_le_bytes());
        bytes.extend((self.count as u32).to_le_bytes());
        bytes.extend(self.templates.0.to_le_bytes());
        bytes.extend((notes.len() as u32).to_le_bytes());
        bytes.extend(notes.as_bytes());
        bytes.extend(weights.flat_map(|w| ((w * SCALE).round().clamp(-32_000.0, 32_000.0) as i16).to_le_bytes()));
        bytes
    }
}

/// A weight out of thousandths.
pub(super) fn scaled(weight: i16) -> f32 {
    f32::from(weight) / SCALE
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATES: TemplateHash = TemplateHash::EMPTY.and("width", 4).and("indent", 4);
    const FORMAT: Format = Format { kind: Kind::Lines, templates: TEMPLATES, count: 3 };

    fn file() -> Vec<u8> {
        FORMAT.write("unit F1: 0.975\n", [1.0, -0.0014, 50.0].into_iter())
    }

    fn fault(format: Format, bytes: &[u8]) -> WeightsError {
        format.read(bytes).expect_err("does not fit")
    }

    #[test]
    fn a_file_gives_back_what_was_written() {
        let bytes = file();
        let read = FORMAT.read(&bytes).expect("fits");
        assert_eq!(read.notes, "unit F1: 0.975\n");
        assert_eq!(read.weights().collect::<Vec<_>>(), [1000, -1, 32_000]);
    }

    #[test]
    fn weights_of_templates_in_another_order_are_refused() {
        let swapped = TemplateHash::EMPTY.and("indent", 4).and("width", 4);
        assert_eq!(fault(Format { templates: swapped, ..FORMAT }, &file()), WeightsError::OtherTemplates);
        let resized = TemplateHash::EMPTY.and("width", 3).and("indent", 5);
        assert_eq!(fault(Format { templates: resized, ..FORMAT }, &file()), WeightsError::OtherTemplates);
        let renamed = TemplateHash::EMPTY.and("width", 4).and("indents", 4);
        assert_eq!(fault(Format { templates: renamed, ..FORMAT }, &file()), WeightsError::OtherTemplates);
    }

    #[test]
    fn a_file_that_does_not_fit_is_refused_with_its_fault() {
        let bytes = file();
        assert_eq!(fault(Format { kind: Kind::Units, ..FORMAT }, &bytes), WeightsError::OtherModel);
        assert_eq!(fault(Format { count: 2, ..FORMAT }, &bytes), WeightsError::Damaged);
        let mut newer = bytes.clone();
        newer[8] = 7;
        assert_eq!(fault(FORMAT, &newer), WeightsError::Version { found: 7 });
        for len in 0..bytes.len() {
            let expected = if len < HEADER { WeightsError::NotWeights } else { WeightsError::Damaged };
            assert_eq!(fault(FORMAT, &bytes[..len]), expected, "cut off at {len}");
        }
        assert_eq!(fault(FORMAT, &[bytes.as_slice(), b"\0"].concat()), WeightsError::Damaged);
    }
}
