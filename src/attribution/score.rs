//! Hand-set weights of the features; trained ones take their place.

use crate::attribution::features::Features;
use crate::model::MentionKind;
use crate::named::named;

named! {
/// What speaks for or against a candidate, in words that a reader of an explanation knows.
Term {
    Base = "every candidate",
    Grammatical = "the grammar of the reporting words names it",
    SameParagraph = "named or speaking in the same paragraph",
    Turn = "its turn in the conversation",
    LastSpeaker = "spoke or was named last before",
    Subject = "subject of a verb",
    Kind = "what it is: a name, a role, a pronoun …",
    Distance = "sentences away",
}
}

/// The score of one candidate, a log-odds against there being no source.
pub fn score(features: &Features) -> f32 {
    terms(features).iter().map(|(_, weight)| weight).sum()
}

/// What the score is the sum of.
pub fn terms(features: &Features) -> [(Term, f32); 8] {
    let if_holds = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
    [
        (Term::Base, -1.5),
        (Term::Grammatical, if_holds(features.grammatical, 5.0)),
        (Term::SameParagraph, if_holds(features.same_paragraph, 3.0)),
        (Term::Turn, if_holds(features.turn, 2.2)),
        (Term::LastSpeaker, if_holds(features.last_speaker, 1.7)),
        (Term::Subject, if_holds(features.subject, 0.6)),
        (Term::Kind, of_kind(features.kind)),
        (Term::Distance, -0.5 * features.sentences.min(6) as f32),
    ]
}

fn of_kind(kind: MentionKind) -> f32 {
    match kind {
        MentionKind::Name => 0.4,
        MentionKind::Pronoun => 0.2,
        MentionKind::Role | MentionKind::Group => 0.0,
        MentionKind::Organisation => -0.3,
        MentionKind::Document => -0.8,
    }
}
