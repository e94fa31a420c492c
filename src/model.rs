//! The two fitted models: one for the roles of typeset lines, one for the roles of units. Both are linear-chain CRFs over
//! feature templates.

pub mod crf;
pub mod lines;
pub mod units;
pub mod weights;

use std::sync::{Arc, LazyLock};

/// The weights of both models. A clone shares them.
#[derive(Debug, Clone)]
pub struct Model {
    lines: Arc<lines::Weights>,
    units: Arc<units::Weights>,
}

impl Model {
    /// The built-in weights, fitted on pages of Chinese newspapers.
    pub fn newspaper() -> Model {
        static NEWSPAPER: LazyLock<Model> = LazyLock::new(|| Model {
            lines: Arc::new(lines::Weights::newspaper()),
            units: Arc::new(units::Weights::newspaper()),
        });
        NEWSPAPER.clone()
    }

    /// Weights from two files that `fit lines` and `fit units` wrote.
    ///
    /// # Errors
    /// If a file is no file of weights, or is for another model, or was made from other templates.
    pub fn from_bytes(lines: &[u8], units: &[u8]) -> Result<Model, weights::WeightsError> {
        Ok(Model {
            lines: Arc::new(lines::Weights::from_bytes(lines)?),
            units: Arc::new(units::Weights::from_bytes(units)?),
        })
    }

    /// The weights for lines.
    pub fn lines(&self) -> &lines::Weights {
        &self.lines
    }

    /// The weights for units.
    pub fn units(&self) -> &units::Weights {
        &self.units
    }
}

impl Default for Model {
    fn default() -> Model {
        Model::newspaper()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_wrong_model_are_refused() {
        let (lines, units) = (include_bytes!("model/lines/weights.bin"), include_bytes!("model/units/weights.bin"));
        assert!(Model::from_bytes(lines, units).is_ok());
        assert!(matches!(Model::from_bytes(units, lines), Err(weights::WeightsError::OtherModel)));
    }
}
