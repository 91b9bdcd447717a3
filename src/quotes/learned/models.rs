//! The models of this floor, as one part of the weights file.

use crate::learn::linear::Linear;
use crate::learn::weights::{Weights, Writer};
use crate::quotes::learned::arguments::ArgumentField;
use crate::quotes::learned::cue_spans::CueField;

/// What finds statements: trained weights and one threshold.
#[derive(Clone, Debug)]
pub struct StatementModels {
    pub cues: CueField,
    pub arguments: ArgumentField,
    pub ranking: Linear,
    pub acceptance: Linear,
    /// Whether a quotation without a cue is somebody's words.
    pub speech: Linear,
    /// Candidates less likely than this are no statements.
    pub least: f32,
}

impl StatementModels {
    /// `None` when a section is missing or cut off.
    pub fn read(weights: &Weights) -> Option<Self> {
        Some(Self {
            cues: CueField::read(&mut weights.section("cues"))?,
            arguments: ArgumentField::read(&mut weights.section("arguments"))?,
            ranking: Linear::read(&mut weights.section("ranking"))?,
            acceptance: Linear::read(&mut weights.section("acceptance"))?,
            speech: Linear::read(&mut weights.section("speech"))?,
            least: weights.section("least").f32()?,
        })
    }

    pub fn write(&self, weights: &mut Weights) {
        let mut put = |name: &str, write: &dyn Fn(&mut Writer)| {
            let mut writer = Writer::default();
            write(&mut writer);
            weights.put(name, writer);
        };
        put("cues", &|writer| self.cues.write(writer));
        put("arguments", &|writer| self.arguments.write(writer));
        put("ranking", &|writer| self.ranking.write(writer));
        put("acceptance", &|writer| self.acceptance.write(writer));
        put("speech", &|writer| self.speech.write(writer));
        put("least", &|writer| writer.f32(self.least));
    }
}
