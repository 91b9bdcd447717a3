//! A digest as text, HTML, Atom and JSON, into anything that can be written to.

pub mod words;
pub mod json;
pub mod text;
pub mod html;
pub mod atom;
