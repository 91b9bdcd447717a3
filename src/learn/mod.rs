//! Feature hashing, linear models and their weights files; no linguistics here.

pub mod crf;
pub mod features;
pub mod hash;
pub mod linear;
pub mod math;
pub mod perceptron;
pub mod random;
pub mod table;
pub mod train;
pub mod weights;
