//! Which fields of somebody else's records and tables are onrecord's.

use crate::named::named;
use std::str::FromStr;

named! {
/// A field of an article that a record or a row of a table may hold.
ArticleField {
    Id = "id",
    Text = "text",
    Title = "title",
    Url = "url",
    Outlet = "outlet",
    Byline = "byline",
    Published = "published",
    Language = "language",
}
}

named! {
/// A published collection of quotations whose files are read as they are.
Dataset {
    /// The Global Quotation Graph of the GDELT project: an article's quotations with some words around them.
    GdeltGqg = "gdelt-gqg",
    /// Quotebank (EPFL), by quotation or by article.
    Quotebank = "quotebank",
}
}

/// How records are read that don't have onrecord's field names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mapping {
    Dataset(Dataset),
    /// Fields by their names in the input; a dot leads into an object: `article.body`.
    Fields(Vec<(ArticleField, String)>),
}

impl Mapping {
    /// The name in the input of one of onrecord's fields, where it has another.
    pub fn name(&self, field: ArticleField) -> Option<&str> {
        let Self::Fields(fields) = self else { return None };
        fields.iter().find(|(mapped, _)| *mapped == field).map(|(_, name)| name.as_str())
    }
}

impl FromStr for Mapping {
    type Err = String;

    /// Reads `text=body,published=date`, or the name of a dataset.
    fn from_str(typed: &str) -> Result<Self, String> {
        if let Ok(dataset) = typed.parse() {
            return Ok(Self::Dataset(dataset));
        }
        let pairs = typed.split(',').map(|pair| {
            let (field, name) = pair.split_once('=').ok_or_else(|| usage(pair))?;
            let field = field.trim().parse::<ArticleField>().map_err(|_| usage(pair))?;
            let name = name.trim();
            if name.is_empty() { Err(usage(pair)) } else { Ok((field, name.to_owned())) }
        });
        let fields = pairs.collect::<Result<Vec<_>, String>>()?;
        let is_twice =
            |(at, (field, _)): (usize, &(ArticleField, String))| fields[..at].iter().any(|(f, _)| f == field);
        match fields.iter().enumerate().find(|&pair| is_twice(pair)) {
            Some((_, (field, _))) => Err(format!("«{field}» is named twice")),
            None => Ok(Self::Fields(fields)),
        }
    }
}

fn usage(pair: &str) -> String {
    let fields = ArticleField::ALL.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(", ");
    let datasets = Dataset::ALL.iter().map(|dataset| dataset.as_str()).collect::<Vec<_>>().join(" or ");
    format!(
        "«{pair}» is no FIELD=NAME, where FIELD is one of {fields} and NAME what the input calls it; or give {datasets}"
    )
}

#[cfg(test)]
mod tests {
    use super::{ArticleField, Dataset, Mapping};

    #[test]
    fn mappings_are_read_as_they_are_typed() {
        let mapping: Mapping = "text=article.body, published=date".parse().unwrap();
        assert_eq!(mapping.name(ArticleField::Text), Some("article.body"));
        assert_eq!(mapping.name(ArticleField::Published), Some("date"));
        assert_eq!(mapping.name(ArticleField::Id), None);
        assert_eq!("gdelt-gqg".parse(), Ok(Mapping::Dataset(Dataset::GdeltGqg)));
    }

    #[test]
    fn bad_mappings_say_what_is_wrong() {
        for (typed, why) in [
            ("", "«» is no FIELD=NAME"),
            ("body", "«body» is no FIELD=NAME"),
            ("body=text", "one of id, text, title"),
            ("text=", "«text=» is no FIELD=NAME"),
            ("text=a,text=b", "«text» is named twice"),
        ] {
            let error = typed.parse::<Mapping>().unwrap_err();
            assert!(error.contains(why), "{typed}: {error}");
        }
    }
}
