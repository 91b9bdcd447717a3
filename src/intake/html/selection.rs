//! Which paragraphs of a page are the article.

use crate::intake::html::blocks::{Block, blocks};
use crate::model::ParagraphKind;
use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{CandidateSelectMode, Config, Readability, TextMode};
use std::collections::{HashMap, HashSet};

/// Elements of a page that readability is asked about; a larger one is taken whole.
const MOST_ELEMENTS: usize = 20_000;

/// Keeps the paragraphs of `page` that are the article.
///
/// Readability finds the article, but drops what is very short or has no mark-up of its own. So a paragraph is
/// kept when readability kept it, when the page marks it as the article's, or when it stands in the same
/// element as one that is kept, or in an element made like that one (a live page's entries).
pub fn article(page: Document) -> Vec<Block> {
    let mut blocks = blocks(page.root());
    let homes = homes(&blocks, &page);
    let marked = blocks.iter().any(|block| block.is_marked);
    let found = if marked { HashSet::new() } else { readable(page).unwrap_or_default() };
    let kept: Vec<bool> = blocks
        .iter()
        .map(|block| {
            block.is_marked || (!marked && (found.is_empty() || found.contains(&letters(&block.text))))
        })
        .collect();
    // One bold word of a menu that also stands in the article must not bring in the menu.
    let mut weights: HashMap<&Home, usize> = HashMap::new();
    for ((block, home), _) in blocks.iter().zip(&homes).zip(&kept).filter(|(_, kept)| **kept) {
        *weights.entry(home).or_default() += block.text.len() - block.links.min(block.text.len());
    }
    let heaviest = weights.values().copied().max().unwrap_or(0);
    let is_home = |home: &Home| weights.get(home).is_some_and(|weight| weight * 20 >= heaviest);
    let mut chosen: Vec<bool> =
        homes.iter().zip(&kept).map(|(home, kept)| *kept || (!marked && is_home(home))).collect();
    drop_repeats(&blocks, &mut chosen);
    let mut chosen = chosen.into_iter();
    blocks.retain(|_| chosen.next().unwrap_or(false));
    blocks
}

/// The element that a paragraph shares with others, by what it is: siblings of one class are one.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Home {
    /// The page itself: what stands there bare has nothing in common.
    Element(NodeId),
    Like {
        parent: NodeId,
        name: String,
    },
}

fn homes(blocks: &[Block], page: &Document) -> Vec<Home> {
    let mut counts: HashMap<NodeId, usize> = HashMap::new();
    let mut last = None;
    let paths: Vec<&[NodeId]> = blocks.iter().map(|block| outside(block, page)).collect();
    for (block, path) in blocks.iter().zip(&paths) {
        // All of a list or block quotation counts once.
        let whole = block.path.get(path.len()).copied();
        if whole.is_none() || whole != last {
            path.iter().for_each(|id| *counts.entry(*id).or_default() += 1);
        }
        last = whole;
    }
    let home = |path: &&[NodeId]| {
        let shared = path.iter().rev().find(|id| counts.get(id).is_some_and(|count| *count > 1));
        let id = shared.or(path.last()).copied().unwrap_or(page.root().id);
        let node = NodeRef::new(id, &page.tree);
        let class = node.class().filter(|class| !class.is_empty() && class.len() <= 200);
        match (node.parent(), class) {
            (Some(parent), Some(class)) if !node.has_name("body") => {
                let name = format!("{}.{class}", node.node_name().unwrap_or_default());
                Home::Like { parent: parent.id, name }
            }
            _ => Home::Element(id),
        }
    };
    paths.iter().map(home).collect()
}

/// The elements around a paragraph, or around the list or block quotation that it stands in, the paragraph's own
/// element left out.
fn outside<'a>(block: &'a Block, page: &Document) -> &'a [NodeId] {
    let is_list = |id: &NodeId| {
        let node = NodeRef::new(*id, &page.tree);
        ["blockquote", "ul", "ol", "dl"].iter().any(|name| node.has_name(name))
    };
    let end = block.path.iter().position(is_list).unwrap_or(block.path.len().saturating_sub(1));
    &block.path[..end]
}

/// The paragraphs that readability keeps, by their letters.
fn readable(page: Document) -> Option<HashSet<String>> {
    let config = Config {
        candidate_select_mode: CandidateSelectMode::DomSmoothie,
        text_mode: TextMode::Formatted,
        disable_json_ld: true,
        max_elements_to_parse: MOST_ELEMENTS,
        ..Config::default()
    };
    without_escapes(&page);
    let article = Readability::with_document(page, None, Some(config)).ok()?.parse().ok()?;
    let article = Document::from(article.content);
    Some(blocks(article.root()).iter().map(|block| letters(&block.text)).collect())
}

/// Readability takes time quadratic in the number of characters that HTML writes as entities; only letters count
/// here.
fn without_escapes(page: &Document) {
    for node in page.root().descendants_it().collect::<Vec<_>>() {
        if node.is_text() && node.text().contains(['&', '<', '>', '\u{a0}']) {
            node.set_text(node.text().replace(['&', '<', '>', '\u{a0}'], " "));
        }
    }
}

/// A text's letters and digits alone.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Bytes of the longest pull quote.
const LONGEST_PULL: usize = 400;
/// Letters of the shortest.
const SHORTEST_PULL: usize = 16;
/// Pull quotes of a page that are looked for, their sentences, and places where each of these may stand.
const MOST_PULLS: usize = 40;
const MOST_SENTENCES: usize = 6;
const MOST_PLACES: usize = 20;

/// Drops pull quotes: a block quotation, or a paragraph all in quotation marks, whose every sentence stands in another
/// paragraph that is longer.
fn drop_repeats(blocks: &[Block], chosen: &mut [bool]) {
    let mut text = String::new();
    let mut places = Vec::new();
    for (block, _) in blocks.iter().zip(chosen.iter()).filter(|(_, chosen)| **chosen) {
        let start = text.len();
        text.push_str(&letters(&block.text));
        places.push(start..text.len());
        text.push(' ');
    }
    let at: Vec<usize> = (0..blocks.len()).filter(|&at| chosen[at]).collect();
    let pulls = at.iter().zip(0..).filter(|(at, _)| is_pull(&blocks[**at])).take(MOST_PULLS);
    for (&at, number) in pulls {
        let own = &places[number];
        let sentences = blocks[at].text.split(['.', '!', '?']).map(letters).filter(|words| !words.is_empty());
        let sentences: Vec<String> = sentences.take(MOST_SENTENCES + 1).collect();
        let stands_elsewhere = |words: String| {
            memchr::memmem::find_iter(text.as_bytes(), words.as_bytes()).take(MOST_PLACES).any(|found| {
                let other = places.partition_point(|place| place.end <= found);
                other != number && places.get(other).is_some_and(|place| place.len() > own.len())
            })
        };
        let may_be = own.len() >= SHORTEST_PULL && sentences.len() <= MOST_SENTENCES;
        chosen[at] = !may_be || !sentences.into_iter().all(stands_elsewhere);
    }
}

fn is_pull(block: &Block) -> bool {
    let text = block.text.trim();
    let is_quoted = text.starts_with(['“', '"', '«', '‘', '„']) && text.ends_with(['”', '"', '»', '’', '“']);
    let is_kind = block.kind == ParagraphKind::BlockQuote || (block.kind == ParagraphKind::Body && is_quoted);
    is_kind && text.len() <= LONGEST_PULL
}
