//! From a file to answers and pages: what the command line and other programs have in common.

mod amounts;
mod answering;
mod evaluation;
mod evidence;
mod loaded;
mod memory;
mod name;
mod options;
mod overview;
mod refusal;
mod repeat;
mod scenario;
mod strike;
mod variants;

#[cfg(feature = "cli")]
pub use amounts::turns;
pub use amounts::{grade, on_threads, storylines};
pub use answering::{Answered, answer};
pub use evaluation::{Evaluation, evaluate};
pub use evidence::evidence;
pub use loaded::{Loaded, load_from};
pub use memory::{size as memory_size, usual as usual_memory};
pub use name::composed;
pub use options::{Audience, Method, Options, Which};
pub use overview::behind;
pub use refusal::{Refusal, Why};
pub use repeat::repeat;
pub use scenario::Scenario;
pub use strike::{asked as struck, out as strike_out};
pub use variants::{Variants, find_reading, variant, variants};
