//! A build without `fetch` knows an address when it sees one, and says that it fetches nothing.
#![cfg(not(feature = "fetch"))]

use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;

#[test]
fn an_address_is_refused_politely() {
    let folder = TempDir::new().unwrap();
    let feed = "<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title><item><title>Bridge</title>\
                <link>https://post.example/bridge</link></item></channel></rss>";
    fs::write(folder.path().join("feed.xml"), feed).unwrap();
    for input in ["https://post.example/bridge", "feed.xml"] {
        let mut command = Command::cargo_bin("onrecord").unwrap();
        let output =
            command.current_dir(folder.path()).args(["extract", "--follow", input]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains(
                "https://post.example/bridge: isn't fetched, because this onrecord was built without"
            ),
            "{said}"
        );
    }
}
