//! Pages and feeds of the web as inputs. A build without `fetch` knows their addresses, and says that it can't fetch.

use crate::error::Result;
use crate::intake::feed::Item;
use crate::intake::headers::Header;
use crate::intake::limits::Limits;
use crate::intake::pieces::{Content, Leaf, Unread};
use crate::intake::sniff::{self, Found, Hints};
use crate::intake::streams::Recover;
use crate::intake::walk::{Flow, Input, Walker};
use crate::lexicon::intake::FileKind;
use std::io::{BufReader, Cursor};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Which addresses may be connected to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Reach {
    /// Those of the public internet (`data/special_addresses.tsv` has the others).
    #[default]
    PublicOnly,
    /// Those of this computer and the local network, too.
    PrivateToo,
}

/// What is done with the links of feeds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Links {
    /// The words in the feed are the article.
    #[default]
    Leave,
    /// The page that an item links to is the article.
    Follow,
}

/// How the web is read.
#[derive(Clone, Copy, Debug)]
pub struct WebOptions {
    pub links: Links,
    pub reach: Reach,
    /// The time between two requests to one host.
    pub pause: Duration,
    /// Ends waiting for a page when set.
    pub stop: Option<&'static AtomicBool>,
}

/// The time between two requests to one host unless another is said.
pub const PAUSE: Duration = Duration::from_secs(1);

impl Default for WebOptions {
    fn default() -> Self {
        Self { links: Links::Leave, reach: Reach::PublicOnly, pause: PAUSE, stop: None }
    }
}

/// A page or feed as the server sent it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fetched {
    /// Where it was found, behind all redirects, without a fragment.
    pub url: String,
    /// What the server says that it is, in lower case: `text/html`.
    pub content_type: Option<String>,
    /// The encoding that the server names: `utf-8`, as written.
    pub charset: Option<String>,
    pub body: Vec<u8>,
}

/// Where on the web an input was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub url: String,
    /// The encoding that the server named.
    pub charset: Option<String>,
}

/// The address that an input is, unless it is a path.
pub(crate) fn address(input: &Path) -> Option<&str> {
    let text = input.to_str()?;
    let begins =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (begins("http://") || begins("https://")).then_some(text)
}

impl Walker<'_> {
    /// Reads the page or feed at an address.
    pub(crate) fn fetched(&mut self, address: &str) -> Flow {
        match self.web.fetch(None, address) {
            Ok(page) => {
                let input = Input {
                    origin: address.to_owned(),
                    place: Some(page.url.clone()),
                    name: name(page.content_type.as_deref()).to_owned(),
                    depth: 0,
                    found: Found::Named,
                    file: None,
                    web: Some(Place { url: page.url, charset: page.charset }),
                };
                self.enter(&input, &mut BufReader::new(Body(Cursor::new(page.body))))
            }
            Err(error) => self.refuse(error),
        }
    }

    /// Reads the pages that the items of a feed link to. What a page doesn't say of itself is taken from its item.
    pub(crate) fn followed(&mut self, feed: &Input, items: impl Iterator<Item = Item>) -> Flow {
        let base = feed.web.as_ref().map(|web| web.url.as_str());
        for (item, number) in items.zip(1..) {
            if self.web.is_stopped() {
                return Flow::Break(());
            }
            let Some(link) = item.link else {
                let reason = "has no link that --follow could fetch a page from; leave --follow out to take the \
                              feed's own words";
                self.fail(&format!("{}:{number}", feed.origin), reason.to_owned())?;
                continue;
            };
            if base.is_none() && address(Path::new(&link)).is_none() {
                let reason =
                    format!("links to «{link}», which is no address that begins with http:// or https://");
                self.fail(&format!("{}:{number}", feed.origin), reason)?;
                continue;
            }
            match self.web.fetch(base, &link) {
                Ok(page) => self.page(page, item.header)?,
                Err(error) => self.refuse(error)?,
            }
        }
        Flow::Continue(())
    }

    /// Hands out a page that an item of a feed links to.
    fn page(&mut self, page: Fetched, item: Header) -> Flow {
        let name = name(page.content_type.as_deref());
        let hints = Hints { name, format: None, mapping: None, found: Found::Named };
        let leaf = match sniff::kind(&page.body, &hints, self.words) {
            Some(FileKind::Html) => Leaf::Html(page.charset),
            Some(FileKind::Markdown) => Leaf::Markdown,
            Some(FileKind::Text | FileKind::Csv | FileKind::Mail) => Leaf::Text,
            _ => {
                return self
                    .fail(&page.url, "is no page with an article, though a feed links to it".to_owned());
            }
        };
        if leaf == Leaf::Text && sniff::is_json(&page.body) {
            return self.fail(&page.url, sniff::IS_JSON.to_owned());
        }
        let header = Header { id: None, url: Some(page.url.clone()), ..item };
        let content = Content::Leaf(page.body, leaf);
        self.article(Unread { origin: page.url.clone(), place: Some(page.url), header, content })
    }
}

/// A name for what a server calls by its type, for bytes that don't tell what they are.
fn name(content_type: Option<&str>) -> &'static str {
    match content_type {
        Some(kind) if kind.contains("html") => "page.html",
        Some(kind) if kind.contains("markdown") => "page.md",
        _ => "",
    }
}

/// The body of a page as a stream.
struct Body(Cursor<Vec<u8>>);

impl std::io::Read for Body {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(into)
    }
}

impl Recover for Body {}

/// What a walk fetches pages with, made when the first one is asked for.
pub(crate) struct Client<'w> {
    options: &'w WebOptions,
    #[cfg(feature = "fetch")]
    limits: &'w Limits,
    #[cfg(feature = "fetch")]
    fetcher: Option<crate::intake::fetch::Fetcher>,
}

impl<'w> Client<'w> {
    #[cfg(feature = "fetch")]
    pub(crate) fn new(options: &'w WebOptions, limits: &'w Limits) -> Self {
        Self { options, limits, fetcher: None }
    }

    #[cfg(not(feature = "fetch"))]
    pub(crate) fn new(options: &'w WebOptions, _: &'w Limits) -> Self {
        Self { options }
    }

    fn is_stopped(&self) -> bool {
        self.options.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// Fetches what the page or feed at `base` calls `link`.
    #[cfg(feature = "fetch")]
    fn fetch(&mut self, base: Option<&str>, link: &str) -> Result<Fetched> {
        use crate::intake::fetch::{Fetcher, Options};
        let fetcher = match self.fetcher.take() {
            Some(fetcher) => fetcher,
            None => Fetcher::new(Options {
                reach: self.options.reach,
                max_bytes: self.limits.article,
                pause: self.options.pause,
                stop: self.options.stop,
                ..Options::default()
            })?,
        };
        let fetcher = self.fetcher.insert(fetcher);
        match base {
            Some(base) => fetcher.fetch_link(base, link),
            None => fetcher.fetch(link),
        }
    }

    #[cfg(not(feature = "fetch"))]
    fn fetch(&mut self, _: Option<&str>, link: &str) -> Result<Fetched> {
        let reason = "isn't fetched, because this onrecord was built without `fetch`; save the page and ingest the file";
        Err(crate::error::Error::Input { origin: link.to_owned(), reason: reason.to_owned() })
    }
}
