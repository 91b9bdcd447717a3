//! Names of the members of archives, which become part of a key and may have been written to do harm.

use crate::intake::folder::{ANNOTATIONS, bytes_in_unicode};

/// A member's name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Name {
    Good(String),
    /// Hidden, or beside the articles: left out without a word, as in a folder.
    LeftOut,
    /// What it is called in messages, and why it isn't taken.
    Refused(String, String),
}

/// The longest name taken, in bytes.
const LONGEST: usize = 4096;

/// Looks at the name of a member.
pub(crate) fn name(bytes: &[u8]) -> Name {
    let shown = || bytes_in_unicode(&bytes[..bytes.len().min(80)]);
    let refused =
        |reason: &str| Name::Refused(shown(), format!("{reason}; pack it again under another name"));
    if bytes.len() > LONGEST {
        return refused("has a name of more than 4096 bytes");
    }
    if bytes.contains(&0) {
        return refused("has a NUL in its name");
    }
    let name = bytes_in_unicode(bytes);
    let parts = || name.split(['/', '\\']);
    if parts().any(|part| part == "..") {
        return refused("has .. in its name, which leads out of the archive");
    }
    let has_drive = matches!(bytes, [letter, b':', ..] if letter.is_ascii_alphabetic());
    if name.starts_with(['/', '\\']) || has_drive {
        return refused("has a name that begins at the root of the disk");
    }
    let is_hidden = parts().any(|part| (part.starts_with('.') && part != ".") || part == "__MACOSX");
    if is_hidden || name.ends_with(ANNOTATIONS) {
        return Name::LeftOut;
    }
    Name::Good(name.strip_prefix("./").unwrap_or(&name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Name, name};

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for (bytes, why) in [
            (&b"../a.txt"[..], "leads out"),
            (b"a/../../b.txt", "leads out"),
            (b"a\\..\\b.txt", "leads out"),
            (b"/etc/a.txt", "root"),
            (b"\\a.txt", "root"),
            (b"C:\\a.txt", "root"),
            (b"a\0.txt", "NUL"),
            (&[b'a'; 5000], "4096"),
        ] {
            let Name::Refused(shown, reason) = name(bytes) else { panic!("{bytes:?}") };
            assert!(reason.contains(why) && shown.len() < 100, "{shown}: {reason}");
        }
    }

    #[test]
    fn other_names_are_taken_or_left_out() {
        assert_eq!(name(b"./a/b..c.txt"), Name::Good("a/b..c.txt".to_owned()));
        assert_eq!(name(b"a\xff.txt"), Name::Good("a\\xFF.txt".to_owned()));
        for bytes in [&b".hidden.txt"[..], b"__MACOSX/a.txt", b"a/.git/b.txt", b"a.gold.jsonl"] {
            assert_eq!(name(bytes), Name::LeftOut);
        }
    }
}
