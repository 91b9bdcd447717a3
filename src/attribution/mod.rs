//! Who said it: candidates, features, score, decision.
