//! One claim on a page: its record, and how its words drifted from print to print.

use crate::claims::drift::{Piece, drift};
use crate::cli::visible::one_line;
use crate::lexicon::cue_verbs::past;
use crate::query::claims::decisions::Confirmed;
use crate::query::claims::record::CueCount;
use crate::query::claims::{Appearance, ClaimRow, Tier};

/// A claim on a page.
pub fn shown(claim: &ClaimRow) -> String {
    let mut page = format!(
        "{}  {}\n{}\n\nstatus {} · {} · first seen {} · last seen {} · prints {} · outlets {} · wordings {}\n",
        claim.id,
        one_line(claim.speaker.as_deref().unwrap_or("speaker unknown")),
        one_line(&claim.text),
        claim.status.as_str().replace('_', " "),
        claim.state,
        claim.first_seen.as_deref().unwrap_or("–"),
        claim.last_seen.as_deref().unwrap_or("–"),
        claim.prints,
        claim.outlets,
        claim.wordings,
    );
    let told = [("put as", put_as(&claim.cues)), ("about", about(claim)), ("worth checking", worth(claim))];
    for (label, words) in told.into_iter().filter(|(_, words)| !words.is_empty()) {
        page.push_str(&format!("{label}: {words}\n"));
    }
    for print in &claim.appearances {
        let date = print.published.as_deref().unwrap_or("–");
        let place = print.outlet.as_deref().unwrap_or(&print.article);
        let cue = print
            .cue
            .as_deref()
            .map(|cue| format!(", {}", one_line(cue.trim_end_matches(':'))))
            .unwrap_or_default();
        let id = print.claim.as_ref().unwrap_or(&print.quote);
        page.push_str(&format!("\n{date:<12}{} ({}{cue})  {id}\n", one_line(place), print.tier.as_str()));
        let words = match print.tier {
            Tier::Same => "the same words".to_owned(),
            Tier::Near if print.confirmed.correction.is_none() => drifted(&claim.text, &print.text),
            Tier::Near | Tier::Suggested => one_line(&print.text),
        };
        page.push_str(&format!("            {words}\n"));
        page.extend(confirmed(print));
    }
    page
}

/// Who said that a print belongs to the claim, where somebody did.
fn confirmed(print: &Appearance) -> Option<String> {
    let Confirmed { confirmed_by: Some(by), confirmed_at: Some(at), correction: Some(id) } = &print.confirmed
    else {
        return None;
    };
    let day = at.split('T').next().unwrap_or_default();
    Some(format!("            of this claim, said {} on {day} (correction {id})\n", one_line(by)))
}

/// «said 4, warned 1».
fn put_as(cues: &[CueCount]) -> String {
    let told = cues.iter().map(|cue| {
        let words = past(&cue.lemma).unwrap_or_else(|| one_line(&cue.lemma));
        format!("{words} {}", cue.count)
    });
    told.collect::<Vec<_>>().join(", ")
}

/// «Ann Reyes (person), 4.2 billion crowns (number)».
fn about(claim: &ClaimRow) -> String {
    let told = claim.subjects.iter().map(|subject| format!("{} ({})", one_line(&subject.text), subject.kind));
    told.collect::<Vec<_>>().join(", ")
}

/// «0.83, for vote «voted» +1.04, a name «Orbo» +0.52; against opinion «great» −0.58».
fn worth(claim: &ClaimRow) -> String {
    let side = |is_for: bool| {
        let reasons = claim.worth.reasons.iter().filter(|reason| (reason.weight > 0.0) == is_for);
        let told = reasons.map(|reason| {
            let words = reason.words.as_deref().map(|words| format!(" «{}»", one_line(words)));
            let sign = if is_for { '+' } else { '−' };
            format!("{}{} {sign}{:.2}", reason.mark, words.unwrap_or_default(), reason.weight.abs())
        });
        told.collect::<Vec<_>>().join(", ")
    };
    let sides = [("for", side(true)), ("against", side(false))];
    let sides = sides.into_iter().filter(|(_, reasons)| !reasons.is_empty());
    let sides: Vec<String> = sides.map(|(label, reasons)| format!("{label} {reasons}")).collect();
    let score = format!("{:.2}", claim.worth.score);
    if sides.is_empty() { score } else { format!("{score}, {}", sides.join("; ")) }
}

/// The words of a print with what it dropped in [-…-] and what it added in {+…+}.
fn drifted(from: &str, to: &str) -> String {
    let pieces = drift(from, to).into_iter().map(|piece| match piece {
        Piece::Kept(words) => one_line(&words),
        Piece::Dropped(words) => format!("[-{}-]", one_line(&words)),
        Piece::Added(words) => format!("{{+{}+}}", one_line(&words)),
    });
    pieces.collect::<Vec<_>>().join(" ")
}
