//! Names, roles, organisations, groups, documents and pronouns.
