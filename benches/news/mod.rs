//! Invented news without end: the same seed gives the same articles, to the byte, on every machine.
//!
//! People, places, outlets and events are made of syllables and tables; nothing is taken from real news.
//! An article can be had by its number without those before it, so that copies and later versions of
//! earlier articles need no memory, and an iterator over millions of them holds one at a time.
//!
//! Benches and tests include this folder at their root, as `mod news` with a `#[path]`.
#![allow(dead_code, reason = "each bench and test that includes this uses a part of it")]

mod calendar;
mod copies;
mod echoes;
mod grammar;
mod names;
pub mod page;
mod random;
mod story;
pub mod variants;
pub mod warc;
mod writer;

pub use crate::news::echoes::Echo;
use crate::news::random::Random;
use crate::news::story::{Story, World};
use crate::news::variants::Variants;
use crate::news::writer::{Plan, Writer};
use serde::Serialize;

/// Articles in a hundred that are an earlier one, printed by another outlet.
pub const COPIES: usize = 5;

/// Articles in a hundred that are a later version of an earlier one.
pub const VERSIONS: usize = 1;

/// How far back a copy or version may reach, in articles.
const REACH: u64 = 3000;

const ORIGIN: u64 = 10;
const STORY: u64 = 11;
const WORDS: u64 = 12;
const CHANGES: u64 = 13;
const ECHO: u64 = 14;
const ECHO_WORDS: u64 = 15;

/// One article, as a line of JSON has it.
#[derive(Serialize)]
pub struct Article {
    /// The same in all versions of an article.
    pub id: String,
    pub url: String,
    pub outlet: String,
    pub title: String,
    pub byline: String,
    /// As ISO 8601: `2024-03-09`.
    pub published: String,
    pub language: &'static str,
    /// Paragraphs with an empty line between them.
    pub text: String,
    #[serde(skip)]
    pub origin: Origin,
    /// What it prints of another article.
    #[serde(skip)]
    pub echo: Option<Echo>,
}

/// Where an article comes from; numbers are those of earlier articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Own,
    CopyOf(u64),
    VersionOf(u64),
}

impl Article {
    /// The article as one line of JSON, with its line feed.
    pub fn to_json_line(&self) -> String {
        let mut line = Vec::with_capacity(self.text.len() + 600);
        serde_json::to_writer(&mut line, self).expect("strings can be written as JSON");
        line.push(b'\n');
        String::from_utf8(line).expect("JSON is UTF-8")
    }

    /// Words of the text, by white space.
    pub fn words(&self) -> usize {
        self.text.split_ascii_whitespace().count()
    }
}

/// All articles of a seed, one after the other, without end.
pub struct News {
    seed: u64,
    world: World,
    plan: Plan,
    variants: Variants,
    next: u64,
}

impl News {
    pub fn new(seed: u64) -> Self {
        let world = World::new();
        let plan = Plan::new(&world.grammar);
        Self { seed, world, plan, variants: Variants::load(), next: 0 }
    }

    /// The article with this number, counted from 0.
    pub fn article(&self, number: u64) -> Article {
        let changes = self.random(number, CHANGES);
        match self.origin(number) {
            Origin::Own => self.own(number),
            Origin::CopyOf(first) => self.copy(first, number, changes),
            Origin::VersionOf(first) => self.version(first, changes),
        }
    }

    /// What an article is, without writing it.
    pub fn origin(&self, number: u64) -> Origin {
        let mut random = self.random(number, ORIGIN);
        let draw = random.below(100);
        if number == 0 || draw >= COPIES + VERSIONS {
            return Origin::Own;
        }
        let back = 1 + random.below(number.min(REACH) as usize) as u64;
        let first = (0..=number - back).rev().find(|&earlier| self.is_own(earlier));
        let first = first.expect("article 0 is its outlet's own");
        if draw < COPIES { Origin::CopyOf(first) } else { Origin::VersionOf(first) }
    }

    fn is_own(&self, number: u64) -> bool {
        number == 0 || self.random(number, ORIGIN).below(100) >= COPIES + VERSIONS
    }

    fn own(&self, number: u64) -> Article {
        let (drawn, mut random) = self.drawn(number);
        let agency = self.agency(&drawn, &mut random);
        let byline = self.world.names.person(&mut random);
        let (story, echo) = self.story_of(number);
        let outlet = &self.world.outlets[story.outlet];
        let mut writer = Writer::new(&self.world, &self.plan, &story, self.random(number, WORDS));
        let title = writer.headline();
        let mut text = writer.text(agency.map(|_| outlet.name.as_str()));
        let more = echo.as_ref().map(|echo| echo.paragraph.clone()).or_else(|| self.stock(number, &story));
        if let Some(paragraph) = more {
            text.push_str("\n\n");
            text.push_str(&paragraph);
        }
        Article {
            id: id(number),
            url: url(&outlet.domain, story.published, &title, number),
            outlet: outlet.name.clone(),
            byline: format!("{} {}", byline.first, byline.last),
            published: story.published.to_string(),
            language: "en",
            text,
            title,
            origin: Origin::Own,
            echo,
        }
    }

    /// The story of an article as it is before others are looked at, and the random numbers behind it.
    fn drawn(&self, number: u64) -> (Story, Random) {
        let mut random = self.random(number, STORY);
        let story = self.world.story(self.seed, &mut random);
        (story, random)
    }

    /// The agency that a story begins with, if it does.
    fn agency(&self, story: &Story, random: &mut Random) -> Option<&str> {
        random.percent(30).then_some(self.world.outlets[story.outlet].name.as_str())
    }

    fn random(&self, number: u64, purpose: u64) -> Random {
        Random::new(self.seed, number, purpose)
    }
}

impl Iterator for News {
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        self.next += 1;
        Some(self.article(self.next - 1))
    }
}

fn id(number: u64) -> String {
    format!("news-{number}")
}

fn url(domain: &str, published: jiff::civil::Date, title: &str, number: u64) -> String {
    let (year, month, day) = (published.year(), published.month(), published.day());
    let mut url = format!("https://{domain}/{year}/{month:02}/{day:02}/");
    for word in title.split_ascii_whitespace().take(5) {
        let letters = word.chars().filter(char::is_ascii_alphanumeric);
        url.extend(letters.map(|letter| letter.to_ascii_lowercase()));
        url.push('-');
    }
    url.push_str(&number.to_string());
    url
}
