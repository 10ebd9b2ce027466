//! Identifiers from a seed: the same seed and the same requests give the same SIDs, tokens and secrets.

/// Generator of SIDs and secrets.
#[derive(Debug)]
pub struct Ids(fastrand::Rng);

impl Ids {
    /// A generator that repeats itself for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// `prefix` and 32 lower-case hexadecimal digits.
    pub fn sid(&mut self, prefix: &str) -> String {
        format!("{prefix}{}", self.hex(32))
    }

    /// Lower-case hexadecimal digits.
    pub fn hex(&mut self, length: usize) -> String {
        (0..length)
            .map(|_| char::from(b"0123456789abcdef"[self.0.usize(..16)]))
            .collect()
    }

    /// Letters and digits, as in Twilio's API key secrets.
    pub fn secret(&mut self, length: usize) -> String {
        (0..length).map(|_| self.0.alphanumeric()).collect()
    }

    /// Lower-case letters and digits, as in the identifiers of newer products (`mem_store_…`).
    pub fn base36(&mut self, length: usize) -> String {
        (0..length)
            .map(|_| char::from(b"0123456789abcdefghjkmnpqrstvwxyz"[self.0.usize(..32)]))
            .collect()
    }

    /// The generator itself, for a behaviour that draws something else.
    pub fn random(&mut self) -> &mut fastrand::Rng {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_itself_and_another_differs() {
        let (mut one, mut same, mut other) = (Ids::new(7), Ids::new(7), Ids::new(8));
        let first = one.sid("MG");
        assert_eq!(first, same.sid("MG"));
        assert_ne!(first, other.sid("MG"));
        assert_eq!(first.len(), 34);
        assert!(first.starts_with("MG"));
    }
}
