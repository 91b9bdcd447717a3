//! Accuracy against annotated articles.
