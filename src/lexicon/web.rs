//! What is known of the web before anything is fetched: special addresses, servers' answers, kinds of content.

use crate::error::Result;
use crate::lexicon::table::{Row, rows};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};

/// The tables that pages and feeds are fetched with.
#[derive(Debug, Default)]
pub struct WebWords {
    ranges: Vec<SpecialRange>,
    statuses: BTreeMap<&'static str, Status>,
    media_types: BTreeSet<&'static str>,
}

/// What a server's answer means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Status {
    /// `there is no such page`
    pub what: &'static str,
    /// `check the address`
    pub advice: &'static str,
}

/// Addresses that begin with the same bits and are none of the public internet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct SpecialRange {
    first: IpAddr,
    /// Leading bits that make the range. Invariant: at most 32 for IPv4, 128 for IPv6.
    bits: u32,
    what: &'static str,
}

impl WebWords {
    /// Reads the tables built into the program.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`], naming the file and line of a row that breaks its table's rules.
    pub fn load() -> Result<Self> {
        let addresses = include_str!("../../data/special_addresses.tsv");
        let statuses = include_str!("../../data/http_statuses.tsv");
        let media_types = include_str!("../../data/media_types.tsv");
        let statuses = rows("http_statuses.tsv", statuses, &["status", "what", "advice"])?;
        let status = |row: &Row| (row.cell(0), Status { what: row.cell(1), advice: row.cell(2) });
        let media_types = rows("media_types.tsv", media_types, &["media_type"])?;
        Ok(Self {
            ranges: rows("special_addresses.tsv", addresses, &["range", "what"])?
                .iter()
                .map(special_range)
                .collect::<Result<_>>()?,
            statuses: statuses.iter().map(status).collect(),
            media_types: media_types.iter().map(|row| row.cell(0)).collect(),
        })
    }

    /// Says what kind of address this is, unless it is one of the public internet.
    pub fn special(&self, address: IpAddr) -> Option<&'static str> {
        let address = behind_translator(address);
        let around = self.ranges.iter().filter(|range| range.contains(address));
        around.max_by_key(|range| range.bits).map(|range| range.what)
    }

    /// Says what the status of an answer means: the one of its own, else that of its kind.
    pub fn status(&self, code: u16) -> Option<Status> {
        let kind = format!("{}xx", code / 100);
        let known = [code.to_string().as_str(), &kind, "other"].map(|key| self.statuses.get(key));
        known.into_iter().flatten().next().copied()
    }

    /// Whether content of this kind (`text/html`, in lower case) may be a page, a feed or text.
    pub fn is_readable(&self, media_type: &str) -> bool {
        self.media_types.contains(media_type)
    }
}

impl SpecialRange {
    fn contains(&self, address: IpAddr) -> bool {
        let differing = match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(other)) => (first.to_bits() ^ other.to_bits()).leading_zeros(),
            (IpAddr::V6(first), IpAddr::V6(other)) => (first.to_bits() ^ other.to_bits()).leading_zeros(),
            _ => return false,
        };
        differing >= self.bits
    }
}

/// The IPv4 address that a network of IPv6 alone reaches through its translator (64:ff9b::/96, RFC 6052), else
/// the address itself.
fn behind_translator(address: IpAddr) -> IpAddr {
    const PREFIX: u128 = 0x0064_ff9b << 96;
    match address {
        IpAddr::V6(six) if six.to_bits() >> 32 == PREFIX >> 32 => {
            IpAddr::V4(Ipv4Addr::from_bits(six.to_bits() as u32))
        }
        other => other,
    }
}

fn special_range(row: &Row) -> Result<SpecialRange> {
    let range = row.cell(0).split_once('/').and_then(|(first, bits)| {
        let (first, bits) = (first.parse::<IpAddr>().ok()?, bits.parse().ok()?);
        let most = if first.is_ipv4() { 32 } else { 128 };
        (bits <= most).then_some(SpecialRange { first, bits, what: row.cell(1) })
    });
    range.ok_or_else(|| row.error("the range is not an address, a slash and a number of bits"))
}

#[cfg(test)]
mod tests {
    use super::WebWords;

    #[test]
    fn addresses_of_the_public_internet_are_not_special() {
        let words = WebWords::load().unwrap();
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2000::1",
            "2001:200::1",
            "2606:4700::1111",
            "2a00:1450:4001::1",
            "3ffe::1",
            "64:ff9b::8.8.8.8",
        ] {
            assert_eq!(words.special(address.parse().unwrap()), None, "{address}");
        }
    }

    #[test]
    fn all_other_addresses_are_special() {
        let words = WebWords::load().unwrap();
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::2",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b:1::1",
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b::1:0:0",
            "100::1",
            "2001::1",
            "2001:1ff::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "4000::1",
            "5f00::1",
            "9000::1",
            "fc00::1",
            "fdff::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(words.special(address.parse().unwrap()).is_some(), "{address}");
        }
    }

    #[test]
    fn the_narrowest_range_has_the_word() {
        let words = WebWords::load().unwrap();
        assert_eq!(words.special("::1".parse().unwrap()), Some("this computer itself"));
        assert_eq!(words.special("fe80::1".parse().unwrap()), Some("an address of the local network alone"));
    }

    #[test]
    fn every_status_has_words() {
        let words = WebWords::load().unwrap();
        let what = |code| words.status(code).unwrap().what;
        assert_eq!(what(404), "there is no such page");
        assert_eq!(what(418), "the server refuses the request");
        assert_eq!(what(599), "the server can't answer");
        for code in 100..1000 {
            assert!(words.status(code).is_some(), "{code}");
        }
    }
}
