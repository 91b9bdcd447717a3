//! Typed filters over the database, typed rows back.
