//! From text to the tree: the grammar, lowering and recovery.
//!
//! Guaranteed after this stage: every piece of the text that could be read is in the tree, with
//! its place; names are not resolved, kinds are not checked.

pub mod tree;
