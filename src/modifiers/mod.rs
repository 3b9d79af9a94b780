//! Modifiers.
