//! What the rules of the assistant at surgery share.

use crate::model::Modifier;
use crate::modifier;

/// The modifiers by which an assistant at surgery bills: a physician (80), at a minimum (81), because no resident was
/// there (82), and another practitioner (AS).
pub(super) const ASSISTANTS: [Modifier; 4] = [modifier!("80"), modifier!("81"), modifier!("82"), modifier!("AS")];
