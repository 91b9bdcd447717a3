//! What sites let onrecord read, remembered so that each is asked once.

use crate::intake::fetch::robots::Robots;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The rules of a site, or why nothing may be read there.
pub(crate) type Site = Result<Robots, String>;

/// The sites asked so far.
#[derive(Debug, Default)]
pub(crate) struct Sites {
    by_origin: BTreeMap<String, Arc<Site>>,
    /// About how many bytes of memory they take.
    weight: usize,
}

impl Sites {
    /// What is known of the site at `https://post.example`.
    pub(crate) fn get(&self, origin: &str) -> Option<Arc<Site>> {
        self.by_origin.get(origin).cloned()
    }

    /// Remembers a site, and forgets all others when they are too many: they are asked again then.
    pub(crate) fn insert(&mut self, origin: String, site: Arc<Site>) {
        const MOST_BYTES: usize = 16 << 20;
        const SITE_BYTES: usize = 500;
        let weight = SITE_BYTES + site.as_ref().as_ref().map_or(0, Robots::weight);
        if self.weight + weight > MOST_BYTES {
            *self = Self::default();
        }
        self.weight += weight;
        self.by_origin.insert(origin, site);
    }
}

#[cfg(test)]
mod tests {
    use super::Sites;
    use crate::intake::fetch::robots::Robots;
    use std::sync::Arc;

    #[test]
    fn many_sites_with_many_rules_take_little_memory() {
        let rules = format!("User-agent: *\n{}", "Disallow: /a\n".repeat(20_000));
        let site = Arc::new(Ok(Robots::read(rules.as_bytes())));
        let mut sites = Sites::default();
        for number in 0..200 {
            sites.insert(number.to_string(), site.clone());
            assert!(sites.get(&number.to_string()).is_some());
            let most = sites.by_origin.len();
            assert!((1..40).contains(&most), "{most}");
        }
        assert!(sites.get("0").is_none());
        sites.insert("few".to_owned(), Arc::new(Ok(Robots::default())));
        assert!(sites.get("199").is_some());
    }
}
