//! Feature hashing, linear models and their weights files; no linguistics here.

pub mod hash;
pub mod perceptron;
pub mod table;
pub mod weights;
