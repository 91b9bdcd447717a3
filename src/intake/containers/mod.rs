//! Files that hold several articles, or one that is packed; each is read as it streams.

pub mod compressed;
pub(crate) mod http;
pub(crate) mod mbox;
pub(crate) mod names;
pub(crate) mod tar;
pub(crate) mod warc;
pub(crate) mod zip;
