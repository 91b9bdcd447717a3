//! Exponential and logarithm by bits and polynomials: fast, and the same to the last bit on every machine,
//! which the platform's own are not.

/// e to the power of `x`, within 3e-7 of it in relation; 0 below -87, capped above 88.
#[inline]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0) * std::f32::consts::LOG2_E;
    // Adding and taking away 1.5 × 2^23 rounds to a whole number.
    let whole = (x + 12_582_912.0) - 12_582_912.0;
    let part = (x - whole) * std::f32::consts::LN_2;
    // The Taylor series on ±0.35, to the sixth power.
    let series = 1.0
        + part
            * (1.0
                + part
                    * (0.5
                        + part
                            * (0.166_666_67
                                + part * (0.041_666_668 + part * (0.008_333_334 + part * 0.001_388_889)))));
    series * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

/// The natural logarithm of a positive, normal `x`, within 1e-6.
#[inline]
pub fn ln(x: f32) -> f32 {
    let bits = x.max(f32::MIN_POSITIVE).to_bits();
    let mut exponent = (bits >> 23) as i32 - 127;
    let mut part = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000);
    if part > std::f32::consts::SQRT_2 {
        part *= 0.5;
        exponent += 1;
    }
    // ln(part) = 2 artanh((part - 1) / (part + 1))
    let ratio = (part - 1.0) / (part + 1.0);
    let square = ratio * ratio;
    let series =
        2.0 * ratio * (1.0 + square * (1.0 / 3.0 + square * (0.2 + square * (1.0 / 7.0 + square / 9.0))));
    exponent as f32 * std::f32::consts::LN_2 + series
}

/// From a log-odds to a probability.
#[inline]
pub fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// From a probability to a log-odds, at most ±9.2.
#[inline]
pub fn logit(probability: f32) -> f32 {
    let p = probability.clamp(1e-4, 1.0 - 1e-4);
    ln(p / (1.0 - p))
}

#[cfg(test)]
mod tests {
    use super::{exp, ln, logistic, logit};

    #[test]
    fn close_to_the_real_thing() {
        for step in -800..800 {
            let x = step as f32 / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "exp {x}: {} {}", exp(x), x.exp());
            let y = (x / 3.0).exp();
            assert!((ln(y) - y.ln()).abs() < 1e-5, "ln {y}: {} {}", ln(y), y.ln());
        }
    }

    #[test]
    fn logit_undoes_logistic() {
        for x in [-5.0, -0.3, 0.0, 2.0, 7.0] {
            assert!((logit(logistic(x)) - x).abs() < 1e-2, "{x}");
        }
    }
}
