//! Rows to CSV, JSON and JSON Lines.
