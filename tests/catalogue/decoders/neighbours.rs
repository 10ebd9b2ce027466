//! Inputs that differ from a seed in a few places: what is cut, doubled, swapped, overwritten or said in other words.

use fastrand::Rng;

/// At most so many changes are made to a seed.
const CHANGES: usize = 4;

/// Neighbours of seeds, without an end. The same number gives the same ones.
pub struct Neighbours {
    seeds: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
    random: Rng,
}

impl Neighbours {
    /// Those of `seeds`, with the words of a libFuzzer dictionary.
    ///
    /// # Panics
    /// Where there is no seed or no word.
    pub fn of(seeds: Vec<Vec<u8>>, dictionary: &str, number: u64) -> Self {
        let words = words(dictionary);
        assert!(!seeds.is_empty() && !words.is_empty(), "nothing to begin with");
        Self {
            seeds,
            words,
            random: Rng::with_seed(number),
        }
    }

    /// A part of something of this length.
    fn part(&mut self, length: usize) -> std::ops::Range<usize> {
        let from = self.random.usize(..=length);
        let to = self.random.usize(from..=length.min(from + 64));
        from..to
    }

    fn changed(&mut self, input: &mut Vec<u8>) {
        let at = self.random.usize(..=input.len());
        match self.random.u8(..7) {
            // One bit, and one byte: a number's sign, a brace that does not close, what is no UTF-8.
            0 if at < input.len() => input[at] ^= 1 << self.random.u8(..8),
            1 if at < input.len() => input[at] = self.random.u8(..),
            2 => input.truncate(at),
            3 => {
                let part = self.part(input.len());
                input.drain(part);
            }
            4 => {
                let doubled = self.part(input.len());
                let doubled = input[doubled].to_vec();
                input.splice(at..at, doubled);
            }
            5 => {
                let other = self.random.usize(..self.seeds.len());
                let part = self.part(self.seeds[other].len());
                let taken = self.seeds[other][part].to_vec();
                input.splice(at..at, taken);
            }
            _ => {
                let word = self.random.usize(..self.words.len());
                let word = self.words[word].clone();
                input.splice(at..at, word);
            }
        }
    }
}

impl Iterator for Neighbours {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let seed = self.random.usize(..self.seeds.len());
        let mut input = self.seeds[seed].clone();
        for _ in 0..self.random.usize(1..=CHANGES) {
            self.changed(&mut input);
        }
        Some(input)
    }
}

/// The words of a dictionary as libFuzzer reads it: one in quotes on each line, `#` before a comment.
fn words(dictionary: &str) -> Vec<Vec<u8>> {
    let lines = dictionary.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'))
        .map(|word| word.replace("\\\"", "\"").replace("\\\\", "\\").into_bytes())
        .collect()
}

#[test]
fn the_same_number_gives_the_same_neighbours_and_each_kind_of_change_is_made() {
    let of = |number| {
        Neighbours::of(
            vec![b"{\"sid\":1}".to_vec(), vec![0; 9]],
            "# none\n\"a \\\"word\\\"\"\n",
            number,
        )
    };
    let first: Vec<_> = of(1).take(500).collect();
    assert_eq!(first, of(1).take(500).collect::<Vec<_>>());
    assert_ne!(first, of(2).take(500).collect::<Vec<_>>());
    let has = |wanted: fn(&[u8]) -> bool| first.iter().any(|input| wanted(input));
    assert!(
        has(|input| input.windows(8).any(|part| part == b"a \"word\"")),
        "a word"
    );
    assert!(has(<[u8]>::is_empty), "all is cut");
    assert!(has(|input| input.len() > 18), "it grows");
    assert!(has(|input| !input.is_ascii()), "a bit");
    assert!(
        has(|input| input.contains(&b's') && input.contains(&0)),
        "two seeds in one"
    );
}
