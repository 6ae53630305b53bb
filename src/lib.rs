//! Escalade: a declarative language for escalation scenarios.
//!
//! A [`Scenario`] is read from a file or a text, and evaluated into answers: how likely each outcome is,
//! within which bounds, what follows from what, and on which sources that rests.
//!
//! ```
//! use escalade::{Options, Scenario};
//!
//! let scenario = Scenario::from_text(
//!     "border.esc",
//!     r#"
//!     scenario "A border incident" { horizon 4 turns }
//!     actor north "North"
//!     actor south "South"
//!     action shell   "Shell the border post"
//!     action protest "Protest at the United Nations"
//!     inject turn 0 { north does shell }
//!     rule south_answers {
//!       on   north does shell
//!       then 20%..40% { south does shell }
//!       or   50%      { south does protest }
//!     }
//!     outcome shelled "South shells, too" when south has done shell
//!     "#,
//! )?;
//! let found = scenario.evaluate(&Options::default())?;
//! let shelled = &found.results[0].outcomes[0];
//! assert!((shelled.estimate - 0.3).abs() < 1e-12);
//! let bounds = shelled.both.expect("it was evaluated exactly");
//! assert!((bounds.low - 0.2).abs() < 1e-12 && (bounds.high - 0.4).abs() < 1e-12);
//! assert!(found.json().contains("\"estimate\": 0.3"));
//! assert!(found.markdown().starts_with("# A border incident"));
//! # Ok::<(), escalade::Refusal>(())
//! ```
//!
//! What an evaluation may take is in [`Options`]; what it has found is plain data ([`analysis`]), or a page
//! ([`Evaluation::text`], [`Evaluation::markdown`], [`Evaluation::html`], [`Evaluation::json`]). Other questions
//! are asked with [`Scenario::ask`]. Without the features `cli` and `lsp` nothing but this is built.
//!
//! # The way of the data
//!
//! ```text
//! text -> syntax -> model -> engine -> solve -> analysis -> report -> session
//!         (tree)   (meaning) (situations) (numbers) (answers) (pages)  (all of it)
//! ```
//!
//! One way only: a module uses modules to its left, [`source`] and [`diagnostic`] beside.

// Named by what pest makes of the grammar where its feature `std` is off.
extern crate alloc;

pub mod analysis;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
mod disk;
pub mod engine;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod model;
pub mod report;
pub mod session;
mod solve;
pub mod source;
pub mod syntax;

pub use session::{Evaluation, Options, Refusal, Scenario};
