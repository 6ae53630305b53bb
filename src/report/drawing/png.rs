//! Pictures as PNG, with a font of their own, so that they are the same on every machine.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};
use std::sync::Arc;

/// How many pixels there are to one of the drawing.
const SCALE: f32 = 2.0;

/// A larger picture is drawn with fewer pixels.
const MOST_PIXELS: f32 = 64e6;

/// A picture as PNG: two pixels for one of the drawing, fewer where that makes more than 64 million.
/// Always light, drawn with DejaVu Sans.
///
/// # Errors
/// The text is no SVG, or the picture cannot be made: what is wrong.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    let mut fonts = Database::new();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.load_font_data(dejavu::sans::bold().to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = SCALE.min((MOST_PIXELS / (width * height)).sqrt());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most as many as there are pixels"
    )]
    let pixels = |length: f32| ((length * scale).ceil() as u32).max(1);
    let mut map = Pixmap::new(pixels(width), pixels(height))
        .ok_or_else(|| format!("{width} by {height} is too large for a picture"))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut map.as_mut());
    map.encode_png().map_err(|error| error.to_string())
}
