//! Keeps the claims up to date as statements come, go and change.

use rusqlite::Connection;

/// Puts statements, by the row ids of their quotes, among the claims.
///
/// # Errors
/// When the database can't be written to.
pub const fn enter(_connection: &Connection, _quotes: &[i64]) -> rusqlite::Result<()> {
    Ok(())
}

/// Takes statements out of the claims. It has to be told before one is deleted or rejected, gets other words or another
/// speaker, or its version is superseded; what is a statement still is entered again afterwards.
///
/// # Errors
/// When the database can't be written to.
pub const fn leave(_connection: &Connection, _quotes: &[i64]) -> rusqlite::Result<()> {
    Ok(())
}
