//! The commands, one file each.

pub mod check;
pub mod compare;
pub mod completions;
pub mod drivers;
pub mod explain;
pub mod export;
pub mod fmt;
pub mod graph;
pub mod lsp;
pub mod man;
pub mod new;
pub mod play;
pub mod replay;
pub mod run;
pub mod schema;
pub mod structure;
pub mod sweep;
pub mod test;
pub mod watch;
pub mod why;
