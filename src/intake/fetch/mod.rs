//! Fetches pages and feeds over HTTP and HTTPS.
//!
//! What a page says where to find more is hostile: each address is checked, those of redirects too ([`address`]), a
//! connection goes only where [`Reach`] lets it go ([`guard`]), sites are asked what may be read ([`robots`]) and not
//! more often than they like ([`pace`]), and an answer has a limit in time and size ([`reply`]).

mod address;
mod guard;
mod pace;
mod reply;
mod robots;
mod sites;

use crate::error::{Error, Result};
use crate::intake::MAX_ARTICLE_BYTES;
use crate::intake::fetch::guard::Guard;
use crate::intake::fetch::pace::Pace;
use crate::intake::fetch::reply::{Answer, Limits, Reading};
use crate::intake::fetch::robots::{MAX_ROBOTS_BYTES, Robots};
use crate::intake::fetch::sites::{Site, Sites};
use crate::intake::web::PAUSE;
use crate::lexicon::web::WebWords;
use std::net::IpAddr;
use std::result;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

pub use crate::intake::web::{Fetched, Reach};

/// The name that onrecord goes by in robots.txt.
pub const ROBOTS_NAME: &str = "onrecord";

/// What onrecord says of itself to servers.
pub const USER_AGENT: &str = concat!(
    "onrecord/",
    env!("CARGO_PKG_VERSION"),
    " (reads the news pages that its user names; in robots.txt: onrecord)"
);

const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, \
                      application/feed+json, application/xml;q=0.9, text/plain;q=0.8, application/json;q=0.8";

/// Redirects followed for one page.
const MAX_REDIRECTS: usize = 5;

/// The longest wait that a busy server is granted before it is asked again, once.
const LONGEST_RETRY: Duration = Duration::from_secs(5);

/// How pages are fetched.
#[derive(Clone, Debug)]
pub struct Options {
    pub reach: Reach,
    /// The longest page, in bytes after decompression.
    pub max_bytes: usize,
    /// The longest wait for a connection.
    pub connect: Duration,
    /// The longest wait for the next bytes of an answer.
    pub read: Duration,
    /// The longest time that one page may take with its redirects, pauses left out.
    pub total: Duration,
    /// The time between two requests to one host; a longer `Crawl-delay` of its robots.txt counts instead, up to 30
    /// seconds. Redirects within a host and requests for robots.txt wait for nothing.
    pub pause: Duration,
    /// Hosts (`post.example`) whose address the caller knows: connected to without looking them up, whatever `reach` is.
    pub known: Vec<(String, IpAddr)>,
    /// Ends waiting and reading when set.
    pub stop: Option<&'static AtomicBool>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            reach: Reach::PublicOnly,
            max_bytes: MAX_ARTICLE_BYTES,
            connect: Duration::from_secs(10),
            read: Duration::from_secs(20),
            total: Duration::from_secs(60),
            pause: PAUSE,
            known: Vec::new(),
            stop: None,
        }
    }
}

/// Fetches pages, one after the other.
///
/// Keeps what sites allow (robots.txt) and when they were asked last, so one fetcher should be used for a whole run.
/// Sends no cookies, no name or password and no `Referer`; uses no proxy.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    words: Arc<WebWords>,
    options: Options,
    pace: Pace,
    sites: Mutex<Sites>,
}

/// Where a request led.
enum Hop {
    Arrived(Fetched),
    Moved(Url),
}

/// Time left for requests.
struct Patience {
    left: Duration,
}

impl Fetcher {
    /// # Errors
    /// [`Error::Table`] when a table of `data/` is bad.
    pub fn new(options: Options) -> Result<Self> {
        let words = Arc::new(WebWords::load()?);
        let config = Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .accept_encoding("gzip")
            .timeout_resolve(Some(options.connect))
            .timeout_connect(Some(options.connect))
            .timeout_recv_response(Some(options.read))
            .timeout_per_read(Some(options.read))
            .timeout_per_write(Some(options.read))
            .build();
        let guard = Guard { reach: options.reach, known: options.known.clone(), words: Arc::clone(&words) };
        let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
        let pace = Pace::new(options.pause, options.stop);
        Ok(Self { agent, words, options, pace, sites: Mutex::default() })
    }

    /// Fetches the page or feed at `url`, an address that begins with `http://` or `https://`.
    ///
    /// # Errors
    /// [`Error::Input`] with the address, the reason and what to do about it: an address that isn't fetched from, a
    /// server that isn't there, says no or is too slow, a robots.txt that forbids it, a page that is none or too large.
    pub fn fetch(&self, url: &str) -> Result<Fetched> {
        let page = address::parsed(url).and_then(|first| self.page(first));
        page.map_err(|reason| Error::Input { origin: address::shown(url), reason })
    }

    /// Fetches what the page or feed at `base` calls `link`.
    ///
    /// # Errors
    /// As [`Fetcher::fetch`].
    pub fn fetch_link(&self, base: &str, link: &str) -> Result<Fetched> {
        let place = address::parsed(base).and_then(|base| address::joined(&base, link));
        let url = place.map_err(|reason| Error::Input { origin: address::shown(link), reason })?;
        self.fetch(url.as_str())
    }

    fn page(&self, first: Url) -> result::Result<Fetched, String> {
        let mut patience = Patience { left: self.options.total };
        let mut seen = vec![first];
        while let Some(url) = seen.last() {
            let before = seen.len().checked_sub(2).map(|before| &seen[before]);
            let hop = self.hop(url, before, &mut patience).map_err(|reason| match before {
                Some(_) => format!("leads to {}: {reason}", address::shown(url.as_str())),
                None => reason,
            })?;
            match hop {
                Hop::Arrived(fetched) => return Ok(fetched),
                Hop::Moved(next) if seen.contains(&next) => {
                    return Err("leads back to itself, so there is no page; open it in a browser".to_owned());
                }
                Hop::Moved(next) => seen.push(next),
            }
            if seen.len() > MAX_REDIRECTS + 1 {
                break;
            }
        }
        Err(format!(
            "leads from one address to the next more than {MAX_REDIRECTS} times; open it in a browser"
        ))
    }

    /// Asks for the page at `url`, to which `before` led.
    fn hop(&self, url: &Url, before: Option<&Url>, patience: &mut Patience) -> result::Result<Hop, String> {
        let site = self.site(url);
        let robots = site.as_ref().as_ref().map_err(String::clone)?;
        if !robots.allows(url) {
            return Err(format!(
                "its site's robots.txt asks {ROBOTS_NAME} not to read this page; save it from a browser and ingest the file"
            ));
        }
        if before.and_then(Url::host_str) != url.host_str() {
            self.pace.wait_for(url.host_str().unwrap_or_default(), robots.delay)?;
        }
        let answer = self.patient_answer(url, patience)?;
        if let Some(location) = answer.moved_to() {
            let location = location.map_err(|reason| format!("leads to an address that {reason}"))?;
            let next = address::joined(url, &location);
            return Ok(Hop::Moved(next.map_err(|reason| format!("leads to an address that {reason}"))?));
        }
        let limits = Limits { bytes: self.options.max_bytes, pace: &self.pace };
        patience.spend(|_| answer.page(&self.words, &limits)).map(|page| {
            let Reading { content_type, charset, body } = page;
            Hop::Arrived(Fetched { url: url.to_string(), content_type, charset, body })
        })
    }

    /// The server's answer; where that is that it is busy for a few seconds, its second one.
    fn patient_answer(&self, url: &Url, patience: &mut Patience) -> result::Result<Answer, String> {
        let answer = self.answer(url, patience)?;
        match answer.busy_for() {
            Some(time) if time <= LONGEST_RETRY => {
                drop(answer);
                self.pace.sleep(time)?;
                self.answer(url, patience)
            }
            _ => Ok(answer),
        }
    }

    fn answer(&self, url: &Url, patience: &mut Patience) -> result::Result<Answer, String> {
        self.pace.go_on()?;
        patience.spend(|left| {
            let request = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
            request.call().map(Answer::new).map_err(|error| reply::told(error, &self.options))
        })
    }

    /// What the site of `url` lets onrecord read; asked once.
    fn site(&self, url: &Url) -> Arc<Site> {
        let origin = url.origin().ascii_serialization();
        if let Some(site) = self.sites().get(&origin) {
            return site;
        }
        let site = Arc::new(self.robots(url));
        self.sites().insert(origin, Arc::clone(&site));
        site
    }

    /// Fetches a site's robots.txt. As RFC 9309 says, no such file allows everything, and a server that fails to send
    /// it allows nothing.
    fn robots(&self, page: &Url) -> Site {
        let mut url = address::joined(page, "/robots.txt")?;
        let mut patience = Patience { left: self.options.total };
        for _ in 0..=MAX_REDIRECTS {
            let answer = self.answer(&url, &mut patience)?;
            match answer.status() {
                200..=299 => {
                    let limits = Limits { bytes: MAX_ROBOTS_BYTES + 1, pace: &self.pace };
                    let start = patience.spend(|_| answer.start(&limits));
                    return Ok(Robots::read(&start.map_err(|reason| format!("its robots.txt {reason}"))?));
                }
                300..=399 => {
                    match answer.moved_to().and_then(|place| address::joined(&url, &place.ok()?).ok()) {
                        Some(next) => url = next,
                        None => return Ok(Robots::default()),
                    }
                }
                429 | 500.. => return Err(self.silent(&answer)),
                _ => return Ok(Robots::default()),
            }
        }
        Ok(Robots::default())
    }

    fn silent(&self, answer: &Answer) -> String {
        let told = answer.refusal(&self.words);
        format!("its site doesn't say what may be read (robots.txt), so nothing is: {told}")
    }

    fn sites(&self) -> MutexGuard<'_, Sites> {
        self.sites.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Patience {
    fn spend<T>(&mut self, on: impl FnOnce(Duration) -> T) -> T {
        // A limit of zero would be none.
        let left = self.left.max(Duration::from_millis(1));
        let start = Instant::now();
        let result = on(left);
        self.left = self.left.saturating_sub(start.elapsed());
        result
    }
}
