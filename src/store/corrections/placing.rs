//! Which quote of a version a correction means, if that is sure.

use crate::anchor::{Anchor, Known, Lost, Plain};
use crate::model::{CorrectionKind, OrphanReason, QuoteKind};
use crate::span::Span;
use crate::store::corrections::log::{Correction, Says};
use crate::store::corrections::row::Quote;

/// Where a correction goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Placed {
    /// Upon a quote, and to other parts if there are any.
    On(i64, Option<Vec<Span>>),
    /// Upon a quote that isn't there yet.
    New(Vec<Span>),
    /// Nowhere: nothing stands there any more that it could take away.
    Nothing,
}

/// Finds the place of a correction among the quotes of a version with the text `plain`.
///
/// Its words must be found for sure. Where the machine finds a statement with other bounds there, the person's
/// hold; where it finds none, the person's is added; where it finds several, nothing is sure.
pub fn place(
    correction: &Correction,
    says: &Says,
    plain: &Plain<'_>,
    known: Known,
    quotes: &[Quote],
) -> Result<Placed, OrphanReason> {
    let anchors = correction.place.as_ref().map_or(&[][..], |place| &place.anchors);
    let old = parts(anchors, plain, known);
    let new = says.span.as_deref().map(|anchors| parts(anchors, plain, known)).transpose()?;
    if correction.kind == CorrectionKind::NotAQuote {
        return rejected(&old?, quotes);
    }
    let wanted = match &new {
        Some(new) => new.clone(),
        None => old.clone()?,
    };
    let at = |parts: &[Span]| quotes.iter().find(|quote| quote.parts == parts);
    if let Some(quote) = at(&wanted) {
        return Ok(Placed::On(quote.id, None));
    }
    if let (Some(_), Some(quote)) = (&new, old.ok().and_then(|old| at(&old))) {
        return Ok(Placed::On(quote.id, Some(wanted)));
    }
    if correction.kind == CorrectionKind::MissedQuote {
        return Ok(Placed::New(wanted));
    }
    let mut beside =
        quotes.iter().filter(|quote| quote.kind != QuoteKind::Scare && shared(&quote.parts, &wanted) > 0);
    match (beside.next(), beside.next()) {
        (None, _) => Ok(Placed::New(wanted)),
        (Some(quote), None) if is_mostly(&quote.parts, &wanted) => Ok(Placed::On(quote.id, Some(wanted))),
        _ => Err(OrphanReason::OtherWords),
    }
}

fn rejected(parts: &[Span], quotes: &[Quote]) -> Result<Placed, OrphanReason> {
    if let Some(quote) = quotes.iter().find(|quote| quote.parts == parts) {
        return Ok(Placed::On(quote.id, None));
    }
    let is_free = quotes.iter().all(|quote| shared(&quote.parts, parts) == 0);
    if is_free { Ok(Placed::Nothing) } else { Err(OrphanReason::OtherWords) }
}

/// Between two parts there may be twice as much as there was, and this, in bytes.
const GAP: u32 = 200;

/// Finds all parts of a statement, which must stand in their order and not far apart.
fn parts(anchors: &[Anchor], plain: &Plain<'_>, known: Known) -> Result<Vec<Span>, OrphanReason> {
    let mut parts: Vec<Span> = Vec::new();
    let mut before: Option<&Anchor> = None;
    for anchor in anchors {
        let found = plain.find(anchor, known).map_err(|lost| match lost {
            Lost::Gone => OrphanReason::Gone,
            Lost::Twice => OrphanReason::Twice,
            Lost::Elsewhere => OrphanReason::Elsewhere,
        })?;
        if let (Some(last), Some(before)) = (parts.last(), before) {
            let gap = anchor.start.saturating_sub(before.start.saturating_add(before.words.len() as u32));
            let most = gap.saturating_mul(2).saturating_add(GAP);
            if found.start() < last.end() || found.start() - last.end() > most {
                return Err(OrphanReason::Elsewhere);
            }
        }
        parts.push(found);
        before = Some(anchor);
    }
    if parts.is_empty() { Err(OrphanReason::Gone) } else { Ok(parts) }
}

/// Bytes that two quotes have in common.
fn shared(one: &[Span], other: &[Span]) -> u32 {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| a.end().min(b.end()).saturating_sub(a.start().max(b.start()))).sum()
}

/// Whether two quotes are more alike than not.
fn is_mostly(one: &[Span], other: &[Span]) -> bool {
    let length = |parts: &[Span]| parts.iter().map(|part| part.len()).sum::<u32>();
    u64::from(shared(one, other)) * 2 > u64::from(length(one).max(length(other)))
}
