//! Names on the command line.

use crate::syntax;
use std::convert::Infallible;

/// A name, or what names stand in, in the spelling that names of scenarios have.
///
/// # Errors
/// None.
pub fn composed(text: &str) -> Result<String, Infallible> {
    Ok(syntax::composed(text).into_owned())
}
