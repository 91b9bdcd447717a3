//! The analysis of one document, stage by stage.

use crate::attribution::entities::Entities;
use crate::attribution::{attribute, entities};
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::mentions::{FoundMention, mentions};
use crate::model::{Analysis, Document, Mention, Quote};
use crate::quotes::{Statement, statements};
use crate::segment::segment;
use crate::tagging::{Tagged, tag};

/// Which analysis this is: the program's version, and a fingerprint of the code and the tables that find
/// quotes (`build.rs`).
pub const ANALYSER: &str = env!("ONRECORD_ANALYSER");

/// What every analysis shares: the tables of words. Made once, read by all threads.
#[derive(Debug)]
pub struct Engine {
    pub lexicon: Lexicon,
    pub models: Option<crate::quotes::learned::models::StatementModels>,
}

impl Engine {
    /// # Errors
    /// As [`Lexicon::load`].
    pub fn load() -> Result<Self> {
        let models = match std::env::var_os("ONRECORD_MODELS") {
            Some(path) => {
                let bytes = std::fs::read(&path).map_err(crate::error::Error::io(path))?;
                let weights = crate::learn::weights::Weights::read(std::borrow::Cow::Owned(bytes), "models")?;
                crate::quotes::learned::models::StatementModels::read(&weights)
            }
            None => None,
        };
        Ok(Self { lexicon: Lexicon::load()?, models })
    }
}

/// Finds the quotes of a document and who said them. Never fails; takes time linear in the text.
pub fn analyse(document: &Document, engine: &Engine) -> Analysis {
    let lexicon = &engine.lexicon;
    let (tokens, sentences) = segment(document, lexicon);
    let tagged = tag(document, tokens, sentences, lexicon);
    let statements = statements(&tagged, engine.models.as_ref());
    let mentions = mentions(&tagged, &statements);
    let entities = entities(&tagged, &mentions);
    let attributions = attribute(&tagged, &statements, &mentions, &entities);
    Analysis {
        quotes: statements.iter().map(|statement| quote(&tagged, statement)).collect(),
        mentions: settled(&tagged, &mentions, &entities),
        entities: entities.entities,
        attributions,
        tokens: tagged.tokens,
        sentences: tagged.sentences,
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
        span: tagged.span(mention.printed.clone()),
        kind: mention.kind,
        entity: of.map(|(entity, _)| entity),
    })
    .collect()
}
