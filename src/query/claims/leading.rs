//! The first claims of a list, found without looking at all of them.

use crate::query::Reader;
use crate::query::claims::ranking::{Standing, hundredths, in_order};
use crate::query::claims::{ClaimFilter, Order};
use crate::store::claimed;
use rusqlite::{Row, params};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Claims as they are ordered: rank, key and the row id of the fullest wording.
type Ranked = (Reverse<(i64, i64, Option<String>)>, i64, i64);

/// From here on the worth of a claim is in an index (`wording_worth`), in hundredths; what is rounded up to it isn't.
const INDEXED_WORTH: i64 = 90;

impl Reader {
    /// The fullest wordings of the first claims of a list that no speaker and no words narrow, at least so many,
    /// in its order; `None` where all have to be looked at to tell.
    pub(in crate::query) fn leading(
        &self,
        filter: &ClaimFilter,
        most: usize,
    ) -> rusqlite::Result<Option<Vec<i64>>> {
        let found = match filter.order {
            Order::Recent => self.by_day(filter, most)?,
            Order::Spread => self.printed_again(filter, most)?,
            Order::Drift => self.of_several_wordings(filter)?,
            Order::Worth => self.most_worth(filter)?,
        };
        Ok((found.len() >= most).then(|| in_order(found)))
    }

    /// What stands before claims of one wording, by the claim: the wordings that are forms of another one.
    pub(in crate::query) fn forms(&self) -> rusqlite::Result<BTreeMap<i64, Standing>> {
        let mut standings: BTreeMap<i64, Standing> = BTreeMap::new();
        let sql = "SELECT parent, printed, last FROM wording WHERE parent IS NOT NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let root = claimed::root_of(&self.connection, row.get(0)?)?;
            standings.entry(root).or_default().count(row.get(1)?, row.get(2)?);
        }
        Ok(standings)
    }

    /// A claim of which `forms` tells all but its fullest wording; `None` where the list doesn't have it.
    fn ranked(
        &self,
        filter: &ClaimFilter,
        root: i64,
        forms: Option<&Standing>,
    ) -> rusqlite::Result<Option<Ranked>> {
        let sql = format!("{FULLEST} AND id = ?2");
        let mut select = self.connection.prepare_cached(&sql)?;
        let mut rows = select.query(params![filter.min_worth, root])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        rank(row, forms.cloned().unwrap_or_default(), filter.order).map(Some)
    }

    fn of_several_wordings(&self, filter: &ClaimFilter) -> rusqlite::Result<Vec<Ranked>> {
        let mut found = Vec::new();
        for (root, forms) in self.forms()? {
            found.extend(self.ranked(filter, root, Some(&forms))?);
        }
        Ok(found)
    }

    fn printed_again(&self, filter: &ClaimFilter, most: usize) -> rusqlite::Result<Vec<Ranked>> {
        let forms = self.forms()?;
        let mut found = Vec::new();
        for (&root, forms) in &forms {
            found.extend(self.ranked(filter, root, Some(forms))?);
        }
        // Of the others down to the first number of prints with which there are enough, all of that number.
        let sql = format!("{FULLEST} AND printed > 1 ORDER BY printed DESC");
        let mut select = self.connection.prepare_cached(&sql)?;
        let mut rows = select.query([filter.min_worth])?;
        let (mut others, mut last) = (0, i64::MAX);
        while let Some(row) = rows.next()? {
            let (root, printed): (i64, i64) = (row.get(0)?, row.get(2)?);
            if others >= most && printed < last {
                // Those with forms that are printed no more often may have others before them.
                found.retain(|(Reverse((prints, ..)), ..)| *prints >= last);
                break;
            }
            if !forms.contains_key(&root) {
                found.push(rank(row, Standing::default(), filter.order)?);
                (others, last) = (others + 1, printed);
            }
        }
        Ok(found)
    }

    fn most_worth(&self, filter: &ClaimFilter) -> rusqlite::Result<Vec<Ranked>> {
        let forms = self.forms()?;
        let sql = format!("{FULLEST} AND worth >= 0.9");
        let mut select = self.connection.prepare_cached(&sql)?;
        let mut rows = select.query([filter.min_worth])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            if hundredths(row.get(4)?) > INDEXED_WORTH {
                let forms = forms.get(&row.get(0)?).cloned().unwrap_or_default();
                found.push(rank(row, forms, filter.order)?);
            }
        }
        Ok(found)
    }

    /// The claims printed on the latest days. A claim's last day is the first on which this comes upon it.
    fn by_day(&self, filter: &ClaimFilter, most: usize) -> rusqlite::Result<Vec<Ranked>> {
        let sql = "SELECT v.published, g.wording FROM article_version AS v
                     JOIN quote AS q ON q.version = v.id JOIN sighting AS g ON g.quote = q.id
                    WHERE v.is_current = 1 AND coalesce(v.published, '~') < '~'
                    ORDER BY coalesce(v.published, '~') DESC";
        let mut select = self.connection.prepare_cached(sql)?;
        let mut rows = select.query([])?;
        let (mut found, mut seen, mut today) = (Vec::new(), BTreeSet::new(), String::new());
        while let Some(row) = rows.next()? {
            let day = row.get_ref(0)?.as_str()?;
            if day != today {
                if found.len() >= most {
                    break;
                }
                day.clone_into(&mut today);
            }
            let root = claimed::root_of(&self.connection, row.get(1)?)?;
            if seen.insert(root)
                && let Some((_, key, root)) = self.ranked(filter, root, None)?
            {
                found.push((Reverse((0, 0, Some(today.clone()))), key, root));
            }
        }
        Ok(found)
    }
}

/// Selects what [`rank`] reads of the fullest wordings that a list may have.
const FULLEST: &str = "\
    SELECT id, key, printed, last, worth FROM wording
     WHERE parent IS NULL AND verbatim > 0 AND (?1 IS NULL OR worth IS NULL OR worth >= ?1)";

/// Puts a claim where it belongs, by the row of its fullest wording and what its forms are counted as.
fn rank(row: &Row<'_>, mut standing: Standing, order: Order) -> rusqlite::Result<Ranked> {
    standing.count(row.get(2)?, row.get(3)?);
    standing.worth = hundredths(row.get::<_, Option<f64>>(4)?.unwrap_or_default());
    Ok((Reverse(standing.rank(order)), row.get(1)?, row.get(0)?))
}

impl Reader {
    /// All claims of a list that no speaker and no words narrow, in its order.
    pub(in crate::query) fn all_roots(&self, filter: &ClaimFilter) -> rusqlite::Result<Vec<i64>> {
        let mut forms = self.forms()?;
        let mut select = self.connection.prepare_cached(FULLEST)?;
        let ranked = select.query_map([filter.min_worth], |row| {
            rank(row, forms.remove(&row.get(0)?).unwrap_or_default(), filter.order)
        })?;
        Ok(in_order(ranked.collect::<rusqlite::Result<_>>()?))
    }
}
