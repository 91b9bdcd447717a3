//! Parts of speech, verb groups and noun chunks.
