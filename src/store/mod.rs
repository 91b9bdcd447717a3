//! The database: open, migrate, write.
