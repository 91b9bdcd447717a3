//! Quoted spans and reported clauses.
