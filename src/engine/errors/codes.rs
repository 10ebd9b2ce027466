//! Twilio's error codes that the resources meet: what each means here, and what to do.
//!
//! The codes are those of <https://www.twilio.com/docs/api/errors>, and every diagnostic links the page of its code. The
//! rows are in `codes/rows.rs`; which attribute a row points at is decided in `at_fault.rs`.

mod rows;

/// What is known about a code.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Twilio's code.
    pub code: u32,
    /// What it means here, in one sentence.
    pub meaning: &'static str,
    /// What to do, in sentences.
    pub advice: &'static str,
    /// The attributes that may be at fault, as dotted paths, the likeliest first. A table that has none of them is not
    /// pointed into.
    pub at: &'static [&'static str],
    /// Twilio's message names the parameter at fault, which says more than [`Known::at`].
    pub named: bool,
    /// What an import can recover.
    pub exists: Exists,
}

/// Whether a refused create means that Twilio has the object already, so that an import brings it into the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exists {
    /// No.
    No,
    /// The object has exactly the import id that the plan would have given it.
    AsPlanned,
    /// If the configuration gives it a unique name: another object has that name.
    ByUniqueName,
}

impl Known {
    const fn new(code: u32, meaning: &'static str, advice: &'static str) -> Self {
        Self {
            code,
            meaning,
            advice,
            at: &[],
            named: false,
            exists: Exists::No,
        }
    }

    const fn at(mut self, at: &'static [&'static str]) -> Self {
        self.at = at;
        self
    }

    const fn named(mut self) -> Self {
        self.named = true;
        self
    }

    const fn exists(mut self, exists: Exists) -> Self {
        self.exists = exists;
        self
    }
}

/// What is known about `code`.
pub fn lookup(code: u32) -> Option<&'static Known> {
    rows::ALL
        .binary_search_by_key(&code, |known| known.code)
        .ok()
        .map(|position| &rows::ALL[position])
}

/// Every code that something is known about, in ascending order.
pub fn all() -> impl Iterator<Item = &'static Known> {
    rows::ALL.iter()
}

/// Twilio's page about a code.
pub fn page(code: u32) -> String {
    format!("https://www.twilio.com/docs/api/errors/{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(rows::ALL.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(all().all(|known| lookup(known.code).is_some_and(|found| found.code == known.code)));
        assert!(lookup(1).is_none());
    }

    #[test]
    fn a_meaning_is_one_sentence_and_advice_is_made_of_sentences() {
        let sentences = |text: &str| {
            text.starts_with(|first: char| first.is_uppercase())
                && text.ends_with('.')
                && !text.contains("  ")
                && !text.contains('\n')
        };
        let wrong: Vec<_> = all()
            .filter(|known| {
                !sentences(known.meaning)
                    || !sentences(known.advice)
                    || known.meaning.trim_end_matches('.').contains(". ")
            })
            .map(|known| known.code)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
