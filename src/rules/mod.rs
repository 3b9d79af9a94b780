//! The catalogue: one file a rule, under its id and name.
//!
//! Written by `cargo xtask generate` from the files of this folder; do not edit.

mod a001_add_on_without_primary;
mod a002_add_on_primary_by_contractor;
mod a003_add_on_without_listed_primary;
mod c001_unknown_procedure_code;
mod c002_not_valid_for_medicare;
mod c003_non_covered_service;
mod c004_bundled_service;
mod c005_not_a_physician_service;
mod c006_vaccine_of_drug_plan;
mod c007_general_vaccine_administration;
mod c008_sacroiliac_code_of_other_biller;
mod c106_code_not_in_editor;
mod c109_not_covered_for_outpatients;
mod c113_not_paid_by_medicare;
mod c128_not_recognised_by_medicare;
mod c150_excluded_by_statute;
mod c161_equipment_contractor_only;
mod c162_not_recognised_under_opps;
mod c172_not_billed_to_contractor;
mod c224_ended_with_emergency;
mod d001_side_unlike_diagnosis;
mod d002_spinal_diagnosis_with_foot_nerve;
mod d003_plantar_nerve_under_other_code;
mod e100_edits_not_implemented;
mod e127_incidental_services_only;
mod equipment;
mod g001_visit_without_25;
mod g002_visit_without_57;
mod g003_visit_after_procedure;
mod g004_procedure_after_procedure;
mod g005_visit_complexity_beside_25;
mod g006_line_billed_twice;
mod g010_new_patient_twice;
mod g011_wellness_visit_twice;
mod g012_prolonged_service_without_base;
mod global_package;
mod hospital;
mod m001_unknown_modifier;
mod m002_duplicate_modifier;
mod m003_too_many_modifiers;
mod m004_conflicting_modifiers;
mod m010_component_not_applicable;
mod m020_bilateral_not_applicable;
mod m021_already_bilateral;
mod m022_bilateral_units;
mod m023_bilateral_on_two_lines;
mod m024_bilateral_beside_single;
mod m030_assistant_not_payable;
mod m031_assistant_needs_documentation;
mod m032_co_surgeon_not_permitted;
mod m033_co_surgeon_needs_documentation;
mod m034_team_not_permitted;
mod m040_split_care_without_global_period;
mod m041_visit_modifier_on_procedure;
mod m042_decision_for_surgery_with_minor;
mod m050_multiple_procedure_on_add_on;
mod m060_facility_modifier_on_professional;
mod m061_equipment_sides_on_one_line;
mod m062_drug_waste_not_stated;
mod m063_drug_waste_contradicted;
mod m070_modifier_not_for_this_service;
mod m071_modifier_needs_another;
mod m080_therapy_discipline_missing;
mod m081_therapy_discipline_tied;
mod m082_therapy_assistant_without_discipline;
mod m083_chiropractic_not_active_treatment;
mod m085_anaesthesia_provider_missing;
mod m086_foot_care_class_missing;
mod m087_anaemia_reason_missing;
mod m088_portable_x_ray_patients;
mod m089_tumour_scan_without_strategy;
mod m091_denial_asked_for;
mod m092_pacemaker_without_attestation;
mod m093_unusual_work_reviewed;
mod m094_modifier_lowers_payment;
mod m095_waived_test_without_qw;
mod m097_equipment_purchase_or_rental;
mod m099_equipment_policy_contradicted;
mod m121_visit_beside_procedure;
mod m122_modifier_not_in_editor;
mod m137_stopped_with_several_units;
mod m160_ca_on_several_units;
mod m170_ca_without_death_or_transfer;
mod m174_both_sides_with_several_units;
mod m202_modifier_pair_not_allowed;
mod m203_modifier_before_activation;
mod m220_pt_without_colorectal;
mod m223_cs_after_emergency;
mod m303_too_many_modifiers_on_hospital;
mod m327_second_visit_without_another;
mod m360_professional_modifier_on_hospital;
mod m373_stopped_before_and_after_anaesthesia;
mod n001_pair_not_allowed;
mod n002_pair_needs_modifier;
mod n003_pair_bypassed;
mod n120_hospital_pair_not_allowed;
mod n140_hospital_pair_needs_modifier;
mod p001_bilateral_line_format;
mod p002_anatomic_modifier_missing;
mod p003_visit_paid_at_reduced_rate;
mod p004_several_procedures_reduced;
mod p005_modifier_changes_payment;
mod p006_modifier_never_paid;
mod p007_modifier_needs_record;
mod p008_assistant_only_at_indicator_2;
mod p009_service_not_covered;
mod p010_prior_authorisation_of_payer;
mod p011_site_of_service_review;
mod p012_pair_never_bypassed;
mod p013_modifier_refused_on_code;
mod p014_two_surgeons_without_62;
mod p015_side_against_diagnosis;
mod p016_diagnosis_without_side;
mod p017_required_modifier_missing;
mod p018_paid_less_beside_another;
mod p019_modifier_without_other_service;
mod p020_telehealth_site;
mod p021_service_refused_at_site;
mod p022_physical_status_units;
mod p023_component_beside_whole;
mod p024_modifier_of_other_services;
mod s001_unknown_site;
mod s002_no_rate_at_site;
mod s003_technical_component_in_facility;
mod s010_not_on_asc_list;
mod s020_prior_authorisation_at_site;
mod s030_visit_at_wrong_place;
mod s031_telehealth_not_eligible;
mod s032_telehealth_modifier_place;
mod s033_telehealth_at_home_after_lapse;
mod s034_drug_in_facility;
mod s035_technical_service_in_facility;
mod s036_incident_to_in_hospital;
mod s037_laboratory_in_hospital;
mod s038_equipment_at_hospital;
mod s039_rural_clinic_in_part_b;
mod s040_centre_at_another_place;
mod s041_packaged_at_centre;
mod s042_both_sides_at_centre;
mod s118_inpatient_procedure;
mod s145_separate_inpatient_procedure;
mod s149_same_day_as_inpatient_procedure;
mod s301_off_campus_modifier_out_of_place;
mod shared;
mod sides;
mod u001_units_above_mue_line;
mod u002_units_above_mue_day_policy;
mod u003_units_above_mue_day_clinical;
mod u117_both_sides_billed_twice;
mod u142_several_visits_of_a_revenue_code;
mod u301_hospital_units_above_mue_line;
mod u302_hospital_units_above_mue_day_policy;
mod u303_hospital_units_above_mue_day_clinical;
mod u401_supplier_units_above_mue_line;
mod u402_supplier_units_above_mue_day_policy;
mod u403_supplier_units_above_mue_day_clinical;

pub use self::a001_add_on_without_primary::A001;
pub use self::a002_add_on_primary_by_contractor::A002;
pub use self::a003_add_on_without_listed_primary::A003;
pub use self::c001_unknown_procedure_code::C001;
pub use self::c002_not_valid_for_medicare::C002;
pub use self::c003_non_covered_service::C003;
pub use self::c004_bundled_service::C004;
pub use self::c005_not_a_physician_service::C005;
pub use self::c006_vaccine_of_drug_plan::C006;
pub use self::c007_general_vaccine_administration::C007;
pub use self::c008_sacroiliac_code_of_other_biller::C008;
pub use self::c106_code_not_in_editor::C106;
pub use self::c109_not_covered_for_outpatients::C109;
pub use self::c113_not_paid_by_medicare::C113;
pub use self::c128_not_recognised_by_medicare::C128;
pub use self::c150_excluded_by_statute::C150;
pub use self::c161_equipment_contractor_only::C161;
pub use self::c162_not_recognised_under_opps::C162;
pub use self::c172_not_billed_to_contractor::C172;
pub use self::c224_ended_with_emergency::C224;
pub use self::d001_side_unlike_diagnosis::D001;
pub use self::d002_spinal_diagnosis_with_foot_nerve::D002;
pub use self::d003_plantar_nerve_under_other_code::D003;
pub use self::e100_edits_not_implemented::E100;
pub use self::e127_incidental_services_only::E127;
pub use self::g001_visit_without_25::G001;
pub use self::g002_visit_without_57::G002;
pub use self::g003_visit_after_procedure::G003;
pub use self::g004_procedure_after_procedure::G004;
pub use self::g005_visit_complexity_beside_25::G005;
pub use self::g006_line_billed_twice::G006;
pub use self::g010_new_patient_twice::G010;
pub use self::g011_wellness_visit_twice::G011;
pub use self::g012_prolonged_service_without_base::G012;
pub use self::m001_unknown_modifier::M001;
pub use self::m002_duplicate_modifier::M002;
pub use self::m003_too_many_modifiers::M003;
pub use self::m004_conflicting_modifiers::M004;
pub use self::m010_component_not_applicable::M010;
pub use self::m020_bilateral_not_applicable::M020;
pub use self::m021_already_bilateral::M021;
pub use self::m022_bilateral_units::M022;
pub use self::m023_bilateral_on_two_lines::M023;
pub use self::m024_bilateral_beside_single::M024;
pub use self::m030_assistant_not_payable::M030;
pub use self::m031_assistant_needs_documentation::M031;
pub use self::m032_co_surgeon_not_permitted::M032;
pub use self::m033_co_surgeon_needs_documentation::M033;
pub use self::m034_team_not_permitted::M034;
pub use self::m040_split_care_without_global_period::M040;
pub use self::m041_visit_modifier_on_procedure::M041;
pub use self::m042_decision_for_surgery_with_minor::M042;
pub use self::m050_multiple_procedure_on_add_on::M050;
pub use self::m060_facility_modifier_on_professional::M060;
pub use self::m061_equipment_sides_on_one_line::M061;
pub use self::m062_drug_waste_not_stated::M062;
pub use self::m063_drug_waste_contradicted::M063;
pub use self::m070_modifier_not_for_this_service::M070;
pub use self::m071_modifier_needs_another::M071;
pub use self::m080_therapy_discipline_missing::M080;
pub use self::m081_therapy_discipline_tied::M081;
pub use self::m082_therapy_assistant_without_discipline::M082;
pub use self::m083_chiropractic_not_active_treatment::M083;
pub use self::m085_anaesthesia_provider_missing::M085;
pub use self::m086_foot_care_class_missing::M086;
pub use self::m087_anaemia_reason_missing::M087;
pub use self::m088_portable_x_ray_patients::M088;
pub use self::m089_tumour_scan_without_strategy::M089;
pub use self::m091_denial_asked_for::M091;
pub use self::m092_pacemaker_without_attestation::M092;
pub use self::m093_unusual_work_reviewed::M093;
pub use self::m094_modifier_lowers_payment::M094;
pub use self::m095_waived_test_without_qw::M095;
pub use self::m097_equipment_purchase_or_rental::M097;
pub use self::m099_equipment_policy_contradicted::M099;
pub use self::m121_visit_beside_procedure::M121;
pub use self::m122_modifier_not_in_editor::M122;
pub use self::m137_stopped_with_several_units::M137;
pub use self::m160_ca_on_several_units::M160;
pub use self::m170_ca_without_death_or_transfer::M170;
pub use self::m174_both_sides_with_several_units::M174;
pub use self::m202_modifier_pair_not_allowed::M202;
pub use self::m203_modifier_before_activation::M203;
pub use self::m220_pt_without_colorectal::M220;
pub use self::m223_cs_after_emergency::M223;
pub use self::m303_too_many_modifiers_on_hospital::M303;
pub use self::m327_second_visit_without_another::M327;
pub use self::m360_professional_modifier_on_hospital::M360;
pub use self::m373_stopped_before_and_after_anaesthesia::M373;
pub use self::n001_pair_not_allowed::N001;
pub use self::n002_pair_needs_modifier::N002;
pub use self::n003_pair_bypassed::N003;
pub use self::n120_hospital_pair_not_allowed::N120;
pub use self::n140_hospital_pair_needs_modifier::N140;
pub use self::p001_bilateral_line_format::P001;
pub use self::p002_anatomic_modifier_missing::P002;
pub use self::p003_visit_paid_at_reduced_rate::P003;
pub use self::p004_several_procedures_reduced::P004;
pub use self::p005_modifier_changes_payment::P005;
pub use self::p006_modifier_never_paid::P006;
pub use self::p007_modifier_needs_record::P007;
pub use self::p008_assistant_only_at_indicator_2::P008;
pub use self::p009_service_not_covered::P009;
pub use self::p010_prior_authorisation_of_payer::P010;
pub use self::p011_site_of_service_review::P011;
pub use self::p012_pair_never_bypassed::P012;
pub use self::p013_modifier_refused_on_code::P013;
pub use self::p014_two_surgeons_without_62::P014;
pub use self::p015_side_against_diagnosis::P015;
pub use self::p016_diagnosis_without_side::P016;
pub use self::p017_required_modifier_missing::P017;
pub use self::p018_paid_less_beside_another::P018;
pub use self::p019_modifier_without_other_service::P019;
pub use self::p020_telehealth_site::P020;
pub use self::p021_service_refused_at_site::P021;
pub use self::p022_physical_status_units::P022;
pub use self::p023_component_beside_whole::P023;
pub use self::p024_modifier_of_other_services::P024;
pub use self::s001_unknown_site::S001;
pub use self::s002_no_rate_at_site::S002;
pub use self::s003_technical_component_in_facility::S003;
pub use self::s010_not_on_asc_list::S010;
pub use self::s020_prior_authorisation_at_site::S020;
pub use self::s030_visit_at_wrong_place::S030;
pub use self::s031_telehealth_not_eligible::S031;
pub use self::s032_telehealth_modifier_place::S032;
pub use self::s033_telehealth_at_home_after_lapse::S033;
pub use self::s034_drug_in_facility::S034;
pub use self::s035_technical_service_in_facility::S035;
pub use self::s036_incident_to_in_hospital::S036;
pub use self::s037_laboratory_in_hospital::S037;
pub use self::s038_equipment_at_hospital::S038;
pub use self::s039_rural_clinic_in_part_b::S039;
pub use self::s040_centre_at_another_place::S040;
pub use self::s041_packaged_at_centre::S041;
pub use self::s042_both_sides_at_centre::S042;
pub use self::s118_inpatient_procedure::S118;
pub use self::s145_separate_inpatient_procedure::S145;
pub use self::s149_same_day_as_inpatient_procedure::S149;
pub use self::s301_off_campus_modifier_out_of_place::S301;
pub use self::u001_units_above_mue_line::U001;
pub use self::u002_units_above_mue_day_policy::U002;
pub use self::u003_units_above_mue_day_clinical::U003;
pub use self::u117_both_sides_billed_twice::U117;
pub use self::u142_several_visits_of_a_revenue_code::U142;
pub use self::u301_hospital_units_above_mue_line::U301;
pub use self::u302_hospital_units_above_mue_day_policy::U302;
pub use self::u303_hospital_units_above_mue_day_clinical::U303;
pub use self::u401_supplier_units_above_mue_line::U401;
pub use self::u402_supplier_units_above_mue_day_policy::U402;
pub use self::u403_supplier_units_above_mue_day_clinical::U403;

use crate::rule::Rule;

/// Every rule, by id.
#[rustfmt::skip]
pub static ALL: &[&Rule] = &[
    &A001,
    &A002,
    &A003,
    &C001,
    &C002,
    &C003,
    &C004,
    &C005,
    &C006,
    &C007,
    &C008,
    &C106,
    &C109,
    &C113,
    &C128,
    &C150,
    &C161,
    &C162,
    &C172,
    &C224,
    &D001,
    &D002,
    &D003,
    &E100,
    &E127,
    &G001,
    &G002,
    &G003,
    &G004,
    &G005,
    &G006,
    &G010,
    &G011,
    &G012,
    &M001,
    &M002,
    &M003,
    &M004,
    &M010,
    &M020,
    &M021,
    &M022,
    &M023,
    &M024,
    &M030,
    &M031,
    &M032,
    &M033,
    &M034,
    &M040,
    &M041,
    &M042,
    &M050,
    &M060,
    &M061,
    &M062,
    &M063,
    &M070,
    &M071,
    &M080,
    &M081,
    &M082,
    &M083,
    &M085,
    &M086,
    &M087,
    &M088,
    &M089,
    &M091,
    &M092,
    &M093,
    &M094,
    &M095,
    &M097,
    &M099,
    &M121,
    &M122,
    &M137,
    &M160,
    &M170,
    &M174,
    &M202,
    &M203,
    &M220,
    &M223,
    &M303,
    &M327,
    &M360,
    &M373,
    &N001,
    &N002,
    &N003,
    &N120,
    &N140,
    &P001,
    &P002,
    &P003,
    &P004,
    &P005,
    &P006,
    &P007,
    &P008,
    &P009,
    &P010,
    &P011,
    &P012,
    &P013,
    &P014,
    &P015,
    &P016,
    &P017,
    &P018,
    &P019,
    &P020,
    &P021,
    &P022,
    &P023,
    &P024,
    &S001,
    &S002,
    &S003,
    &S010,
    &S020,
    &S030,
    &S031,
    &S032,
    &S033,
    &S034,
    &S035,
    &S036,
    &S037,
    &S038,
    &S039,
    &S040,
    &S041,
    &S042,
    &S118,
    &S145,
    &S149,
    &S301,
    &U001,
    &U002,
    &U003,
    &U117,
    &U142,
    &U301,
    &U302,
    &U303,
    &U401,
    &U402,
    &U403,
];
