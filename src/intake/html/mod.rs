//! Web pages: the article without what stands around it, and what the page says about it.
//!
//! The page becomes a tree (dom_query); [`metadata`] reads what it says about the article; [`furniture`] takes
//! away what is no article by its element, class or place; [`blocks`] cuts the rest into paragraphs; and
//! [`selection`] keeps those that readability (dom_smoothie) takes for the article, and those among them.

pub mod blocks;
pub mod charset;
pub mod furniture;
pub mod json_ld;
pub mod limits;
pub mod lines;
pub mod metadata;
pub mod selection;

use crate::intake::Parts;
use crate::intake::html::blocks::Block;
use crate::lexicon::intake::IntakeWords;
use crate::model::{Markup, ParagraphKind};
use dom_query::Document;

/// Fewest words of an article.
const SHORTEST: usize = 20;

/// Reads a page. `charset` is what the server said of its encoding.
///
/// The body of the result is a fragment of HTML: `p`, `h2`, `li` and `blockquote`, one a line.
///
/// # Errors
/// Why there is no article in it: it is no text, beyond the limits (see [`limits::check`]), or the start
/// of a site or an empty shell.
pub fn read(bytes: &[u8], charset: Option<&str>, words: &IntakeWords) -> Result<Parts, String> {
    let page = charset::decode(bytes, charset)?;
    limits::check(&page)?;
    let page = Document::from(page);
    let mut header = metadata::header(&page, words);
    furniture::remove(&page, words);
    let mut blocks = selection::article(page);
    lines::remove(&mut blocks, &mut header, words);
    let count = word_count(&blocks);
    if count < SHORTEST {
        return Err(format!(
            "has no article text: {count} words between the menus; save the page after it has loaded"
        ));
    }
    if is_front(&blocks) {
        return Err("has no article text, only links to articles; save the articles' pages".to_owned());
    }
    Ok(Parts { header, markup: Markup::Html, body: blocks::fragment(&blocks) })
}

/// Cleans a fragment of HTML that holds an article and little else, as feeds and newsletters do. It may be empty.
///
/// # Errors
/// When it is beyond the limits (see [`limits::check`]).
pub fn fragment(html: &str, words: &IntakeWords) -> Result<String, String> {
    limits::check(html)?;
    let page = Document::from(html);
    furniture::remove(&page, words);
    let mut blocks = blocks::blocks(page.root());
    lines::remove(&mut blocks, &mut Default::default(), words);
    Ok(blocks::fragment(&blocks))
}

/// Writes plain text, its paragraphs set apart by blank lines, as a fragment of HTML.
pub fn paragraphs(text: &str) -> String {
    let mut html = String::new();
    for paragraph in text.replace("\r\n", "\n").split("\n\n").map(str::trim).filter(|words| !words.is_empty())
    {
        blocks::push(&mut html, ParagraphKind::Body, paragraph);
    }
    html
}

/// The words of a fragment of HTML; those of one beyond the limits are none.
pub fn text_of(html: &str) -> String {
    if limits::check(html).is_err() {
        return String::new();
    }
    let blocks = blocks::blocks(Document::from(html).root());
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn word_count(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.text.split_whitespace().count()).sum()
}

/// Whether it is a section front: more link than text.
fn is_front(blocks: &[Block]) -> bool {
    let (all, links) =
        blocks.iter().fold((0, 0), |(all, links), block| (all + block.text.len(), links + block.links));
    links * 2 > all
}
