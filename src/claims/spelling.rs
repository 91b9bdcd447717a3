//! Words of nearly the same spelling: «Harbor» and «harbour».

/// Shares of runs of letters below which two words are not alike.
const ALIKE: f64 = 0.5;

/// The longer stems of a statement by their runs of three letters.
#[derive(Debug)]
pub struct Spelled(Vec<Vec<[char; 3]>>);

impl Spelled {
    /// Takes the stems of a statement.
    pub fn new(stems: &[String]) -> Self {
        Self(stems.iter().filter(|stem| is_long(stem)).map(|stem| threes(stem)).collect())
    }

    /// How alike the nearest of them is (Dice's coefficient), 0 where none is near.
    pub fn nearest(&self, stem: &str) -> f64 {
        if !is_long(stem) {
            return 0.0;
        }
        let own = threes(stem);
        let nearest = self.0.iter().map(|other| {
            let common = own.iter().filter(|run| other.binary_search(run).is_ok()).count();
            2.0 * common as f64 / (own.len() + other.len()) as f64
        });
        let nearest = nearest.fold(0.0, f64::max);
        if nearest >= ALIKE { nearest } else { 0.0 }
    }
}

fn is_long(stem: &str) -> bool {
    stem.chars().nth(3).is_some()
}

/// Runs of three letters, the ends of the word counted, sorted, each once.
fn threes(stem: &str) -> Vec<[char; 3]> {
    let letters: Vec<char> = std::iter::once('^').chain(stem.chars()).chain(['$']).collect();
    let mut runs: Vec<[char; 3]> = letters.windows(3).map(|run| [run[0], run[1], run[2]]).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

#[cfg(test)]
mod tests {
    use super::Spelled;

    #[test]
    fn words_of_like_spelling_are_near() {
        let spelled = Spelled::new(&["harbor", "of", "reyes"].map(str::to_owned));
        assert!(spelled.nearest("harbour") > 0.6);
        assert_eq!(spelled.nearest("lighthous"), 0.0);
        assert_eq!(spelled.nearest("of"), 0.0);
        assert!((spelled.nearest("reyes") - 1.0).abs() < 1e-12);
    }
}
