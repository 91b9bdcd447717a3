//! Feature hashing, linear models and their weights files; no linguistics here.

pub mod hash;
pub mod table;
pub mod weights;
