//! Copies of an article in other outlets, and later versions of it.

use crate::news::random::Random;
use crate::news::writer::{Writer, dateline};
use crate::news::{Article, News, Origin, id, url};

const SWAPS: &str = include_str!("swaps.tsv");

/// Words that an editor puts in others' place, at most.
const EDITS: usize = 4;

impl News {
    /// Article `first` as another outlet prints it: with a dateline of its own, perhaps a paragraph short
    /// and a few words changed. One in fifty or so happens to be printed to the letter.
    pub(super) fn copy(&self, first: u64, number: u64, mut random: Random) -> Article {
        let original = self.own(first);
        let story = self.story_of(first).0;
        let outlet = &self.world.outlets[self.another_outlet(story.outlet, &mut random)];
        let mut paragraphs: Vec<&str> = original.text.split("\n\n").collect();
        if paragraphs.len() > 4 && random.percent(60) {
            paragraphs.remove(random.between(2, paragraphs.len() - 1));
        }
        let lead = paragraphs[0].split_once(" — ").map_or(paragraphs[0], |(_, lead)| lead);
        let lead = format!("{}{lead}", dateline(&story, &original.outlet));
        paragraphs[0] = &lead;
        let text = edit(paragraphs.join("\n\n"), &mut random);
        Article {
            id: id(number),
            url: url(&outlet.domain, story.published, &original.title, number),
            outlet: outlet.name.clone(),
            byline: format!("{} staff", outlet.name),
            text,
            origin: Origin::CopyOf(first),
            echo: None,
            ..original
        }
    }

    /// Article `first` as it stands at its address some time later.
    pub(super) fn version(&self, first: u64, mut random: Random) -> Article {
        let mut original = self.own(first);
        let story = self.story_of(first).0;
        let mut paragraphs: Vec<&str> = original.text.split("\n\n").collect();
        if paragraphs.len() > 4 && random.percent(50) {
            paragraphs.remove(random.between(2, paragraphs.len() - 1));
        }
        let note = Writer::new(&self.world, &self.plan, &story, random.clone()).correction();
        paragraphs.push(&note);
        original.text = paragraphs.join("\n\n");
        original.origin = Origin::VersionOf(first);
        original.echo = None;
        original
    }

    fn another_outlet(&self, outlet: usize, random: &mut Random) -> usize {
        (outlet + 1 + random.below(self.world.outlets.len() - 1)) % self.world.outlets.len()
    }
}

/// Puts other words in the place of a few, each where it first stands.
fn edit(mut text: String, random: &mut Random) -> String {
    let swaps: Vec<(&str, &str)> = SWAPS.lines().skip(1).filter_map(|row| row.split_once('\t')).collect();
    for _ in 0..EDITS {
        let (word, instead) = random.pick(&swaps);
        text = text.replacen(&format!(" {word} "), &format!(" {instead} "), 1);
    }
    text
}
