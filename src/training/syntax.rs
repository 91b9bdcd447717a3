//! Parts of speech given by people or by another program: CoNLL-U, and lines of JSON about known articles.

use crate::error::{Error, Result};
use crate::model::Pos;
use crate::span::Span;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// A text and the parts of speech of its words, cut as the annotators cut them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TaggedText {
    pub id: String,
    pub text: String,
    /// In text order; words with a tag that stands for no part of speech are left out.
    pub tags: Vec<(Span, Pos)>,
}

/// The part of speech of a tag of the Penn Treebank, old or new; `None` for a part of a broken word.
pub fn penn(tag: &str) -> Option<Pos> {
    Some(match tag {
        "NN" => Pos::Noun,
        "NNS" => Pos::NounPlural,
        "NNP" | "NNPS" | "ADD" => Pos::Proper,
        "PRP" => Pos::Pronoun,
        "PRP$" => Pos::PossessivePronoun,
        "DT" | "PDT" => Pos::Determiner,
        "JJ" | "JJR" | "JJS" => Pos::Adjective,
        "RB" | "RBR" | "RBS" => Pos::Adverb,
        "CD" => Pos::Cardinal,
        "VB" => Pos::VerbBase,
        "VBD" => Pos::VerbPast,
        "VBG" => Pos::VerbIng,
        "VBN" => Pos::VerbParticiple,
        "VBP" => Pos::VerbPresent,
        "VBZ" => Pos::VerbThird,
        "MD" => Pos::Modal,
        "TO" => Pos::To,
        "IN" => Pos::Preposition,
        "CC" => Pos::Conjunction,
        "RP" => Pos::Particle,
        "POS" => Pos::PossessiveEnding,
        "WP" | "WP$" | "WDT" => Pos::WhPronoun,
        "WRB" => Pos::WhAdverb,
        "EX" => Pos::Existential,
        "UH" | "FW" | "LS" | "SYM" | "$" | "#" => Pos::Other,
        "." | "," | ":" | "``" | "''" | "-LRB-" | "-RRB-" | "HYPH" | "NFP" => Pos::Punctuation,
        _ => return None,
    })
}

/// Reads texts in CoNLL-U with Penn tags (XPOS), put together from their words.
///
/// # Errors
/// [`Error::Input`] naming `origin` and the line of a row that has no ten columns.
pub fn conllu(file: &str, origin: &str) -> Result<Vec<TaggedText>> {
    let mut texts = Vec::<TaggedText>::new();
    let mut built = Built::default();
    for (line, number) in file.lines().zip(1_u32..) {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            texts.push(TaggedText { id: id.to_owned(), ..TaggedText::default() });
            built = Built::default();
        } else if line.starts_with("# newpar") {
            built.gap = "\n\n";
        } else if !line.is_empty() && !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            let row = <[&str; 10]>::try_from(columns).map_err(|_| Error::Input {
                origin: format!("{origin}:{number}"),
                reason: "is no row of CoNLL-U: ten columns set apart by tabs".to_owned(),
            })?;
            if texts.is_empty() {
                texts.push(TaggedText::default());
            }
            texts.last_mut().into_iter().for_each(|text| built.word(text, &row));
        }
    }
    Ok(texts)
}

/// Where the text that is put together stands.
#[derive(Default)]
struct Built {
    gap: &'static str,
    /// Of several words printed as one (`don't`): the id of the last of them, and what is left of their text.
    joined: Option<(u32, String)>,
}

impl Built {
    fn word(&mut self, text: &mut TaggedText, row: &[&str; 10]) {
        let [id, form, _, _, tag, _, _, _, _, misc] = row;
        if let Some((_, last)) = id.split_once('-') {
            self.joined = last.parse().ok().map(|last| (last, (*form).to_owned()));
            self.print(text, form, misc);
        } else if let Ok(id) = id.parse::<u32>() {
            match self.joined.take() {
                Some((last, rest)) if id <= last => self.part(text, form, tag, (id, last), &rest),
                _ => {
                    let start = self.print(text, form, misc);
                    let span = Span::from_bounds(start, start + form.len());
                    text.tags.extend(penn(tag).map(|pos| (span, pos)));
                }
            }
        }
    }

    /// Appends a word; gives where it starts.
    fn print(&mut self, text: &mut TaggedText, form: &str, misc: &str) -> usize {
        let is_first = text.text.is_empty();
        text.text.push_str(if is_first { "" } else { self.gap });
        self.gap = if misc.split('|').any(|part| part == "SpaceAfter=No") { "" } else { " " };
        text.text.push_str(form);
        text.text.len() - form.len()
    }

    /// Tags one of several words that are in the text already, where it is printed as it is written.
    fn part(&mut self, text: &mut TaggedText, form: &str, tag: &str, (id, last): (u32, u32), rest: &str) {
        let Some(after) = rest.strip_prefix(form) else { return };
        let start = text.text.len() - rest.len();
        let span = Span::from_bounds(start, start + form.len());
        text.tags.extend(penn(tag).map(|pos| (span, pos)));
        self.joined = (id < last).then(|| (last, after.to_owned()));
    }
}

/// A line about an article: `[start, end, Penn tag, entity, lemma, head, relation]` a word, in code points.
#[derive(Deserialize)]
struct Line {
    id: String,
    sentences: Vec<Vec<Row>>,
}

#[derive(Deserialize)]
struct Row(usize, usize, String, IgnoredAny, IgnoredAny, IgnoredAny, IgnoredAny);

/// Reads the annotation of an article whose text stands in `texts` by its id; `None` when it isn't there.
///
/// # Errors
/// [`Error::Input`] naming `origin` when the line is no such annotation.
pub fn json(line: &str, origin: &str, texts: &BTreeMap<String, String>) -> Result<Option<TaggedText>> {
    let line: Line = serde_json::from_str(line)
        .map_err(|error| Error::Input { origin: origin.to_owned(), reason: error.to_string() })?;
    let Some(text) = texts.get(&line.id) else { return Ok(None) };
    let mut bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
    bytes.push(text.len());
    let tag = |row: &Row| {
        let (&start, &end) = (bytes.get(row.0)?, bytes.get(row.1)?);
        Some((Span::from_bounds(start, end.max(start)), penn(&row.2)?))
    };
    let tags = line.sentences.iter().flatten().filter_map(tag).collect();
    Ok(Some(TaggedText { id: line.id, text: text.clone(), tags }))
}

#[cfg(test)]
mod tests {
    use super::{conllu, json};
    use crate::model::Pos;
    use std::collections::BTreeMap;

    fn row(id: &str, form: &str, tag: &str, misc: &str) -> String {
        format!("{id}\t{form}\t_\t_\t{tag}\t_\t_\t_\t_\t{misc}\n")
    }

    #[test]
    fn words_printed_as_one_are_tagged_apart() {
        let rows = [
            "# newdoc id = a\n# newpar\n".to_owned(),
            row("1", "Reyes", "NNP", "_"),
            row("2-3", "didn’t", "_", "SpaceAfter=No"),
            row("2", "did", "VBD", "_"),
            row("3", "n’t", "RB", "_"),
            row("4", ".", ".", "_"),
            "\n# newpar\n".to_owned(),
            row("1", "No", "UH", "_"),
        ];
        let texts = conllu(&rows.concat(), "a.conllu").unwrap();
        assert_eq!(texts[0].text, "Reyes didn’t.\n\nNo");
        let words: Vec<(&str, Pos)> =
            texts[0].tags.iter().map(|(span, pos)| (&texts[0].text[span.range()], *pos)).collect();
        let expected = [
            ("Reyes", Pos::Proper),
            ("did", Pos::VerbPast),
            ("n’t", Pos::Adverb),
            (".", Pos::Punctuation),
            ("No", Pos::Other),
        ];
        assert_eq!(words, expected);
        let error = conllu("# newdoc id = a\n1\tReyes\n", "a.conllu").unwrap_err();
        assert!(error.to_string().starts_with("a.conllu:2: "), "{error}");
    }

    #[test]
    fn offsets_are_code_points() {
        let texts = BTreeMap::from([("a".to_owned(), "é no".to_owned())]);
        let line = r#"{"id":"a","sentences":[[[2,4,"UH","O","no",-1,"root"],[9,9,"NN","O","x",0,"dep"]]]}"#;
        let tagged = json(line, "a.jsonl", &texts).unwrap().unwrap();
        assert_eq!(tagged.tags.len(), 1);
        assert_eq!(&tagged.text[tagged.tags[0].0.range()], "no");
        assert_eq!(json(line, "a.jsonl", &BTreeMap::new()).unwrap(), None);
    }
}
