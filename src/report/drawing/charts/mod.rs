//! Charts of answers as pictures (SVG), in the style of the drawings.

mod outcomes;
mod readings;
mod rungs;
mod tornado;
mod track;

pub use outcomes::outcomes;
pub use readings::readings;
pub use rungs::rungs;
pub use tornado::{TornadoRow, tornado};
