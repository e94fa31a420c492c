//! The picture of a page, as its layout is laid over it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The picture of a page.
#[derive(Debug, Clone)]
pub struct Picture {
    pub(super) href: String,
    /// Width and height in pixels.
    pub(super) size: (f32, f32),
}

/// The formats of pictures that every browser shows and every scanner writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

impl Picture {
    /// The bytes of a file that the report carries in itself. `size` is its width and height in pixels.
    pub fn embedded(bytes: &[u8], format: PictureFormat, size: (usize, usize)) -> Picture {
        let media = match format {
            PictureFormat::Png => "image/png",
            PictureFormat::Jpeg => "image/jpeg",
        };
        Picture::linked(format!("data:{media};base64,{}", STANDARD.encode(bytes)), size)
    }

    /// A file to which this link leads from the page of the report.
    pub fn linked(href: String, (width, height): (usize, usize)) -> Picture {
        Picture { href, size: (width as f32, height as f32) }
    }
}
