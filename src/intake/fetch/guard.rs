//! Names of hosts to addresses that may be connected to.
//!
//! The check stands where the addresses are found, and a connection goes to no other: neither a redirect nor a name
//! that leads elsewhere the second time it is looked up gets around it.

use crate::intake::fetch::Reach;
use crate::lexicon::web::WebWords;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Why there is no address to connect to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreachable {
    #[error("the network knows no host «{0}»; check the address and the connection")]
    Unknown(String),
    #[error("«{host}» is at {address}, {what}; with --allow-private it is fetched all the same")]
    Special { host: String, address: IpAddr, what: &'static str },
}

/// Looks hosts up, and leaves out addresses that [`Reach`] excludes.
#[derive(Debug)]
pub(crate) struct Guard {
    pub(crate) reach: Reach,
    /// See [`crate::intake::fetch::Options::known`].
    pub(crate) known: Vec<(String, IpAddr)>,
    pub(crate) words: Arc<WebWords>,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().unwrap_or_default();
        if let Some((_, address)) = self.known.iter().find(|(known, _)| known == host) {
            let mut only = self.empty();
            only.push(SocketAddr::new(*address, port(uri)));
            return Ok(only);
        }
        let found = DefaultResolver::default().resolve(uri, config, timeout);
        self.allowed(host, found.map_err(|error| unknown(host, error))?)
    }
}

impl Guard {
    fn allowed(&self, host: &str, found: ResolvedSocketAddrs) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut allowed = self.empty();
        let mut refusal = Unreachable::Unknown(host.to_owned());
        for &socket in found.iter() {
            match self.words.special(socket.ip()) {
                Some(what) if self.reach == Reach::PublicOnly => {
                    refusal = Unreachable::Special { host: host.to_owned(), address: socket.ip(), what };
                }
                _ => allowed.push(socket),
            }
        }
        if allowed.is_empty() { Err(ureq::Error::Other(Box::new(refusal))) } else { Ok(allowed) }
    }
}

fn unknown(host: &str, error: ureq::Error) -> ureq::Error {
    match error {
        ureq::Error::Io(_) | ureq::Error::HostNotFound => {
            ureq::Error::Other(Box::new(Unreachable::Unknown(host.to_owned())))
        }
        other => other,
    }
}

fn port(uri: &Uri) -> u16 {
    uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 })
}

#[cfg(test)]
mod tests {
    use super::Guard;
    use crate::intake::fetch::Reach;
    use crate::lexicon::web::WebWords;
    use std::net::IpAddr;
    use std::sync::Arc;
    use ureq::unversioned::resolver::Resolver;

    /// What of a host's addresses is connected to, or why nothing is.
    fn connected(reach: Reach, addresses: &[&str]) -> Result<Vec<String>, String> {
        let guard = Guard { reach, known: Vec::new(), words: Arc::new(WebWords::load().unwrap()) };
        let mut found = guard.empty();
        for address in addresses {
            found.push((address.parse::<IpAddr>().unwrap(), 80).into());
        }
        let allowed = guard.allowed("post.example", found).map_err(|error| error.to_string())?;
        Ok(allowed.iter().map(|socket| socket.ip().to_string()).collect())
    }

    #[test]
    fn a_host_is_reached_at_its_public_addresses_alone() {
        let both = ["10.0.0.1", "8.8.8.8", "::1", "2606:4700::1111"];
        assert_eq!(connected(Reach::PublicOnly, &both).unwrap(), ["8.8.8.8", "2606:4700::1111"]);
        assert_eq!(connected(Reach::PrivateToo, &both).unwrap(), both);
        let refusal = connected(Reach::PublicOnly, &["10.0.0.1"]).unwrap_err();
        assert!(refusal.contains("«post.example» is at 10.0.0.1, a private address"), "{refusal}");
        assert!(connected(Reach::PrivateToo, &[]).is_err());
    }
}
