//! What is on a page beside the article: menus, captions, share bars, comments, all that is hidden.

use crate::lexicon::intake::IntakeWords;
use dom_query::{Document, NodeId, NodeRef};
use std::collections::HashMap;

/// A step of a walk through a tree.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    Enter(NodeRef<'a>),
    Leave(NodeRef<'a>),
}

/// The next step of a walk below `root`, each element entered and left once.
pub fn next<'a>(at: Place<'a>, root: &NodeRef<'a>) -> Option<Place<'a>> {
    let node = match at {
        Place::Enter(node) => match node.first_child() {
            Some(child) => return Some(Place::Enter(child)),
            None => return Some(Place::Leave(node)),
        },
        Place::Leave(node) if node.id == root.id => return None,
        Place::Leave(node) => node,
    };
    match node.next_sibling() {
        Some(sibling) => Some(Place::Enter(sibling)),
        None => node.parent().map(Place::Leave),
    }
}

/// Takes the furniture off a page.
///
/// An element goes by its name (`nav`, `aside`), its state (`hidden`), its role, or the words of its class and
/// id, but never one that holds the article: the heading of the first level, what is marked as the article, or
/// most of the page's text.
pub fn remove(page: &Document, words: &IntakeWords) {
    let contents = contents(page);
    let all = contents.get(&page.root().id).map_or(0, |content| content.text);
    let mut gone = Vec::new();
    let root = page.root();
    let mut place = Some(Place::Enter(root));
    while let Some(at) = place {
        let mut from = at;
        if let Place::Enter(node) = at {
            let content = contents.get(&node.id).copied().unwrap_or_default();
            if !node.is_text() && is_furniture(&node, content, all, words) {
                gone.push(node);
                from = Place::Leave(node);
            }
        }
        place = next(from, &root);
    }
    gone.iter().for_each(NodeRef::remove_from_parent);
}

/// What stands in an element.
#[derive(Clone, Copy, Default)]
struct Content {
    /// Bytes of text, without scripts.
    text: usize,
    /// A heading of the first level, or what is marked as the article's body.
    is_article: bool,
    has_picture: bool,
}

fn contents(page: &Document) -> HashMap<NodeId, Content> {
    let mut contents: HashMap<NodeId, Content> = HashMap::new();
    let root = page.root();
    let mut open = vec![Content::default()];
    let mut place = Some(Place::Enter(root));
    while let Some(at) = place {
        let mut from = at;
        match at {
            Place::Enter(node) if node.is_text() => {
                let length = node.text().trim().len();
                open.iter_mut().next_back().into_iter().for_each(|content| content.text += length);
                open.push(Content::default());
            }
            Place::Enter(node) => {
                open.push(start(&node));
                if has_name(&node, &NEVER) {
                    from = Place::Leave(node);
                    open.pop();
                }
            }
            Place::Leave(node) => {
                let content = open.pop().unwrap_or_default();
                contents.insert(node.id, content);
                let parent = open.iter_mut().next_back();
                parent.into_iter().for_each(|parent| parent.add(content));
            }
        }
        place = next(from, &root);
    }
    contents
}

fn start(node: &NodeRef) -> Content {
    let is_body = node.attr("itemprop").is_some_and(|value| &*value == "articleBody");
    Content {
        text: 0,
        is_article: is_body || node.has_name("h1"),
        has_picture: has_name(node, &["img", "picture", "video", "amp-img", "iframe", "svg"]),
    }
}

impl Content {
    fn add(&mut self, child: Self) {
        self.text += child.text;
        self.is_article |= child.is_article;
        self.has_picture |= child.has_picture;
    }
}

/// Elements without a word of the article.
const NEVER: [&str; 26] = [
    "applet", "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "map", "math",
    "menu", "noembed", "noframes", "noscript", "object", "optgroup", "option", "picture", "script", "select",
    "style", "svg", "template", "textarea", "video",
];
/// Elements around an article, if they don't hold it.
const AROUND: [&str; 6] = ["aside", "dialog", "footer", "form", "nav", "search"];
const ROLES: [&str; 8] =
    ["banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation", "search"];

fn is_furniture(node: &NodeRef, content: Content, all: usize, words: &IntakeWords) -> bool {
    if node.is_comment() || has_name(node, &NEVER) {
        return true;
    }
    // Some pages hide all of themselves until their scripts have run.
    if !node.is_element() || has_name(node, &["html", "body", "main"]) {
        return false;
    }
    if is_hidden(node) {
        return true;
    }
    if node.has_name("figcaption") {
        return figure(node).is_none_or(|figure| has_picture(&figure));
    }
    if node.has_name("header") {
        return content.text * 3 <= all;
    }
    let most = content.is_article || content.text * 2 > all;
    let nearly_all = content.is_article || content.text * 5 > all * 4;
    let role = node.attr("role").is_some_and(|role| ROLES.contains(&&*role));
    let is_screened = node.attr("aria-hidden").is_some_and(|value| &*value == "true");
    match by_class(node, words) {
        Some(Likeness::Is) if !nearly_all => true,
        Some(Likeness::Has) if !most => true,
        _ => !most && (role || is_screened || has_name(node, &AROUND)),
    }
}

fn has_name(node: &NodeRef, names: &[&str]) -> bool {
    node.node_name().is_some_and(|name| names.contains(&&*name))
}

fn is_hidden(node: &NodeRef) -> bool {
    let style = || node.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    node.is_element()
        && (node.has_attr("hidden")
            || (node.has_attr("style") && {
                let style = style();
                style.contains("display:none") || style.contains("visibility:hidden")
            }))
}

fn figure<'a>(caption: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    caption.ancestors_it(Some(4)).find(|node| node.has_name("figure"))
}

/// Under a picture stands a caption; under a quotation, who said it.
fn has_picture(figure: &NodeRef) -> bool {
    !figure.descendants_it().take(50).any(|node| node.has_name("blockquote"))
}

/// How far a class or id is a word of furniture.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// `entry-newsletter-box`
    Has,
    /// `newsletter`
    Is,
}

/// Most words of a class that are looked at.
const MOST_CLASSES: usize = 40;

fn by_class(node: &NodeRef, words: &IntakeWords) -> Option<Likeness> {
    let names = ["class", "id"].into_iter().filter_map(|name| node.attr(name));
    // `<amp-social-share>`
    let own = node.node_name().filter(|name| name.contains('-'));
    let mut best = own.and_then(|name| likeness(&name, words));
    for name in names {
        let tokens = name.split_whitespace().filter(|token| token.len() <= 64).take(MOST_CLASSES);
        best = best.max(tokens.filter_map(|token| likeness(token, words)).max());
    }
    best
}

fn likeness(token: &str, words: &IntakeWords) -> Option<Likeness> {
    let token = hyphened(token);
    let is_known = |word: &str| words.furniture.get(word).is_some_and(|furniture| furniture.class);
    if is_known(&token) {
        return Some(Likeness::Is);
    }
    let parts: Vec<&str> = token.split('-').collect();
    let known = (0..parts.len()).any(|start| {
        let negated =
            start > 0 && matches!(parts[start - 1], "no" | "has" | "with" | "without" | "is" | "hide");
        let ends = (start + 1..=parts.len()).take(3);
        !negated && ends.into_iter().any(|end| is_known(&parts[start..end].join("-")))
    });
    known.then_some(Likeness::Has)
}

/// `articleShareBar` and `article__share_bar` as `article-share-bar`.
fn hyphened(token: &str) -> String {
    let mut hyphened = String::new();
    let mut before = '-';
    for c in token.chars() {
        let is_edge = (before.is_lowercase() && c.is_uppercase()) || !c.is_alphanumeric();
        if is_edge && !hyphened.ends_with('-') && !hyphened.is_empty() {
            hyphened.push('-');
        }
        if c.is_alphanumeric() {
            hyphened.extend(c.to_lowercase());
        }
        before = c;
    }
    hyphened.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Likeness, likeness, remove};
    use crate::lexicon::intake::IntakeWords;
    use dom_query::Document;

    #[test]
    fn classes_are_read_word_by_word() {
        let words = IntakeWords::load().unwrap();
        assert!(likeness("newsletter", &words) == Some(Likeness::Is));
        for class in ["c-newsletter-signup", "articleShareBar", "post__related_posts", "site-footer-inner"] {
            assert!(likeness(class, &words).is_some(), "{class}");
        }
        for class in
            ["has-sidebar", "article-body", "shareholder", "address", "read", "no-comments", "--", ""]
        {
            assert!(likeness(class, &words).is_none(), "{class}");
        }
    }

    fn left(html: &str) -> String {
        let page = Document::from(html);
        remove(&page, &IntakeWords::load().unwrap());
        page.text().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_holds_the_article_stays() {
        let text = "word ".repeat(40);
        assert!(left(&format!("<form class=share><h1>Title</h1><p>{text}</form>")).starts_with("Title"));
        assert!(
            left(&format!("<div class=no-share><p>{text}</div><div class=share>X</div>")).ends_with("word")
        );
        assert_eq!(
            left(&format!("<div id=comments><p>{text}</div><p>Short {text}")),
            format!("Short {text}").trim()
        );
    }

    #[test]
    fn hidden_text_goes() {
        let page = "<p hidden>a</p><p style='display: none'>b</p><p aria-hidden=true>c</p><p>word</p><script>d</script>";
        assert_eq!(left(page), "word");
    }

    #[test]
    fn a_caption_under_a_picture_goes_and_a_name_under_a_quotation_stays() {
        let page = "<p>Text of it all.<figure><img><figcaption>Caption</figcaption></figure>\
                    <figure><blockquote>“No.”</blockquote><figcaption>Ann Reyes</figcaption></figure>";
        assert_eq!(left(page), "Text of it all.“No.”Ann Reyes");
    }
}
