//! Who is spoken to by name inside a quotation: «“My dear *Mr Ito*, no,” she said.»

use crate::attribution::entities::Entities;
use crate::mentions::FoundMention;
use crate::model::{EntityIdx, MentionKind};
use crate::quotes::Statement;
use crate::tagging::Tagged;

/// How many mentions of a quotation are looked at.
const LOOKED_AT: usize = 40;

/// The people whom a statement speaks to by name.
pub fn addressed(
    tagged: &Tagged,
    mentions: &[FoundMention],
    entities: &Entities,
    statement: &Statement,
) -> Vec<EntityIdx> {
    let from = mentions.partition_point(|mention| mention.tokens.start < statement.start());
    let inside = mentions[from..].iter().zip(&entities.of[from..]).take(LOOKED_AT);
    let inside = inside.take_while(|(mention, _)| mention.tokens.start < statement.end());
    let called = inside.filter(|(mention, _)| is_called(tagged, mention));
    called.filter_map(|(_, of)| of.map(|of| of.0)).collect()
}

/// Whether a name stands alone between marks: «No, *Ito*, no», «*Ito*!»
fn is_called(tagged: &Tagged, mention: &FoundMention) -> bool {
    let start = tagged.noun_chunk(mention.head).map_or(mention.tokens.start, |chunk| chunk.start);
    let opens = start == 0 || !tagged.is_word(start - 1);
    let closes = !tagged.is_word(mention.tokens.end) && !tagged.is_mark(mention.tokens.end, ":");
    mention.quoted && mention.kind == MentionKind::Name && opens && closes
}
