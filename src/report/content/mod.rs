//! What pages say: sentences, numbers and tables before they have a format.

pub mod brief;
pub mod causes;
pub mod changes;
pub mod drivers;
pub mod evidence;
pub mod labels;
pub mod matrix;
pub mod method;
pub mod needs;
pub mod not_looked_for;
pub mod reaction_tree;
pub mod structure;
pub mod tested;
pub mod why;
