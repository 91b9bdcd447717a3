//! Claims that were left for later: statements that are stored, but not among the claims yet.

use jiff::Timestamp;
use rusqlite::Connection;

/// What becomes of the claims while articles are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Claims {
    /// New statements are put among them.
    #[default]
    Kept,
    /// New statements are left out until the claims are rebuilt; those that go still leave.
    Left,
}

/// Notes that statements are left out from now on.
///
/// # Errors
/// When the database can't be written to.
pub fn note(connection: &Connection) -> rusqlite::Result<()> {
    let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    connection
        .prepare_cached("INSERT INTO claims_left (id, since) VALUES (1, ?1) ON CONFLICT DO NOTHING")?
        .execute([now])
        .map(drop)
}

/// Notes that all statements are among the claims.
///
/// # Errors
/// When the database can't be written to.
pub fn clear(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM claims_left", []).map(drop)
}

/// Whether statements may have been left out.
///
/// # Errors
/// When the database can't be read.
pub fn is_noted(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM claims_left")?.exists([])
}
