//! Grades of the Admiralty code.

/// How a source is graded: how reliable it is, and how credible what it says (Admiralty code, as in
/// NATO AJP-2.1). `F` and `6` say that it cannot be judged; they are no worse than anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grade {
    /// The reliability, `A` to `F`.
    reliability: char,
    /// The credibility, `1` to `6`.
    credibility: char,
}

impl Grade {
    /// The grade of this text, `B2`.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let mut signs = text.chars();
        let (reliability, credibility) = (signs.next()?, signs.next()?);
        let graded = ('A'..='F').contains(&reliability) && ('1'..='6').contains(&credibility);
        (graded && signs.next().is_none()).then_some(Self { reliability, credibility })
    }

    /// As written: `B2`.
    #[must_use]
    pub fn signs(self) -> String {
        format!("{}{}", self.reliability, self.credibility)
    }

    /// The reliability from 0 (best) to 4; `None` where it cannot be judged.
    #[must_use]
    pub fn reliability(self) -> Option<u32> {
        match self.reliability {
            'F' => None,
            letter => Some(u32::from(letter) - u32::from('A')),
        }
    }

    /// The credibility from 0 (best) to 4; `None` where it cannot be judged.
    #[must_use]
    pub fn credibility(self) -> Option<u32> {
        match self.credibility {
            '6' => None,
            digit => Some(u32::from(digit) - u32::from('1')),
        }
    }

    /// Whether either sign is worse than that of `least`, both being judged.
    #[must_use]
    pub fn is_worse_than(self, least: Self) -> bool {
        let worse = |own: Option<u32>, least: Option<u32>| matches!((own, least), (Some(own), Some(least)) if own > least);
        worse(self.reliability(), least.reliability())
            || worse(self.credibility(), least.credibility())
    }

    /// How bad it is, for an order: by the worse of both signs, then by their sum. `None` where
    /// either cannot be judged.
    #[must_use]
    pub fn badness(self) -> Option<(u32, u32)> {
        let (reliability, credibility) = (self.reliability()?, self.credibility()?);
        Some((reliability.max(credibility), reliability + credibility))
    }

    /// In words: `usually reliable, probably true`.
    #[must_use]
    pub fn in_words(self) -> String {
        let reliability = match self.reliability() {
            Some(0) => "completely reliable",
            Some(1) => "usually reliable",
            Some(2) => "fairly reliable",
            Some(3) => "not usually reliable",
            Some(_) => "unreliable",
            None => "reliability unknown",
        };
        let credibility = match self.credibility() {
            Some(0) => "confirmed",
            Some(1) => "probably true",
            Some(2) => "possibly true",
            Some(3) => "doubtful",
            Some(_) => "improbable",
            None => "truth unknown",
        };
        format!("{reliability}, {credibility}")
    }
}

#[cfg(test)]
mod tests {
    use super::Grade;

    #[test]
    fn f_and_6_are_not_worse() {
        let worse = |own: &str, least: &str| {
            Grade::of(own)
                .unwrap_or_else(|| unreachable!())
                .is_worse_than(Grade::of(least).unwrap_or_else(|| unreachable!()))
        };
        assert!(worse("D1", "C3") && worse("A4", "C3") && worse("F4", "C3") && worse("D6", "C3"));
        assert!(
            !worse("C3", "C3") && !worse("F6", "A1") && !worse("F3", "C3") && !worse("B6", "C3")
        );
        assert!(!worse("E5", "F6"));
        assert_eq!(Grade::of("G1"), None);
        assert_eq!(Grade::of("B23"), None);
    }
}
