//! The analysis of one document, stage by stage.

use crate::attribution::entities::Entities;
use crate::attribution::{attribute, entities};
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use crate::mentions::{FoundMention, mentions};
use crate::model::{Analysis, Attribution, Document, Mention, Quote};
use crate::models::Models;
use crate::quotes::{Statement, statements};
use crate::segment::segment;
use crate::tagging::{Tagged, tag};
use std::borrow::Cow;
use std::fs;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Which analysis this is: the program's version, and a fingerprint of the code and the tables that find
/// quotes (`build.rs`).
pub const ANALYSER: &str = env!("ONRECORD_ANALYSER");

/// What every analysis shares: the tables of words and the trained models. Made once, read by all threads.
#[derive(Debug)]
pub struct Engine {
    /// Which analysis it makes: [`ANALYSER`], and with weights of a file their fingerprint.
    pub analyser: String,
    pub lexicon: Lexicon,
    pub models: Models,
}

impl Engine {
    /// The tables and models that are built into the program.
    ///
    /// # Errors
    /// As [`Lexicon::load`] and [`Models::embedded`].
    pub fn load() -> Result<Self> {
        Ok(Self { analyser: ANALYSER.to_owned(), lexicon: Lexicon::load()?, models: Models::embedded()? })
    }

    /// The tables that are built in, and the models of a weights file.
    ///
    /// # Errors
    /// As [`Lexicon::load`] and [`Models::read`], and [`Error::Io`] when the file can't be read.
    pub fn with_weights(path: &Path) -> Result<Self> {
        let file = fs::read(path).map_err(Error::io(path))?;
        let analyser = format!("{ANALYSER}, weights {:016x}", xxh3_64(&file));
        let models = Models::read(Cow::Owned(file), &path.display().to_string())?;
        Ok(Self { analyser, lexicon: Lexicon::load()?, models })
    }
}

/// Finds the quotes of a document and who said them. Never fails; takes time linear in the text.
pub fn analyse(document: &Document, engine: &Engine) -> Analysis {
    stages(document, engine).analysis()
}

/// What every stage made of a document, for [`analyse`] to sum up and explanations to look into.
#[derive(Debug)]
pub struct Stages<'a> {
    pub tagged: Tagged<'a>,
    pub statements: Vec<Statement>,
    pub mentions: Vec<FoundMention>,
    pub entities: Entities,
    pub attributions: Vec<Attribution>,
}

/// Runs the stages in a row.
pub fn stages<'a>(document: &'a Document, engine: &'a Engine) -> Stages<'a> {
    let lexicon = &engine.lexicon;
    let (tokens, sentences) = segment(document, lexicon);
    let tagged = tag(document, tokens, sentences, lexicon, &engine.models.tagger);
    let statements = statements(&tagged, &engine.models.statements);
    let mentions = mentions(&tagged, &statements);
    let entities = entities(&tagged, &mentions);
    let attributions = attribute(&tagged, &statements, &mentions, &entities, &engine.models.confidence);
    Stages { tagged, statements, mentions, entities, attributions }
}

impl Stages<'_> {
    /// The nouns of the model, without what only the stages need of one another.
    pub fn analysis(self) -> Analysis {
        let tagged = self.tagged;
        Analysis {
            quotes: self.statements.iter().map(|statement| quote(&tagged, statement)).collect(),
            mentions: settled(&tagged, &self.mentions, &self.entities),
            entities: self.entities.entities,
            attributions: self.attributions,
            tokens: tagged.tokens,
            sentences: tagged.sentences,
        }
    }
}

fn quote(tagged: &Tagged, statement: &Statement) -> Quote {
    Quote {
        parts: statement.parts.iter().map(|part| tagged.span(part.clone())).collect(),
        kind: statement.kind,
        closed: statement.closed,
        nested_in: None,
    }
}

fn settled(tagged: &Tagged, mentions: &[FoundMention], entities: &Entities) -> Vec<Mention> {
    let each = mentions.iter().zip(&entities.of);
    each.map(|(mention, of)| Mention {
        span: tagged.span(mention.tokens.clone()),
        printed: tagged.span(mention.printed.clone()),
        kind: mention.kind,
        entity: of.map(|(entity, _)| entity),
    })
    .collect()
}
