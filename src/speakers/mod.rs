//! Who is who across articles: folding of names, aliases, titles.
