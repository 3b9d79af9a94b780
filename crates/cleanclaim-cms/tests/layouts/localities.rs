//! GPCI, anaesthesia factors and localities.

use cleanclaim::reference::{Rows, Table};

use super::{problems, read_one};

#[test]
fn geographic_indices_are_read_with_and_without_the_floor() {
    let text = "ADDENDUM E. FINAL CY 2026 GEOGRAPHIC PRACTICE COST INDICES (GPCIs),,,,,,,\n,,,,,,,\n\
        Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2026 PW GPCI (without 1.0 Floor),\
        2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI\n\
        10112,AL,00,ALABAMA,0.988,1.000,0.875,0.566\n02102,AK,01,ALASKA*,1.5,1.500,1.065,0.551\n,,,,,,,\n\
        *Work GPCI reflects a floor.,,,,,,,\n99999,AK,100,NOWHERE,1,1,1,1\n";
    let read = read_one("renamed.csv", text).unwrap();
    assert_eq!((read.release.table, &*read.release.name), (Table::Gpci, "2026"));
    assert_eq!(read.release.in_force, "2026-01-01..2026-12-31".parse().unwrap());
    let Rows::Gpci(rows) = &read.rows else { panic!() };
    assert_eq!(
        (rows[0].locality.to_string().as_str(), &*rows[0].state),
        ("10112-00", "AL")
    );
    assert_eq!((rows[0].work, rows[0].work_without_floor), (1_000, Some(988)));
    assert_eq!(
        (rows[1].work_without_floor, rows[1].practice_expense),
        (Some(1_500), 1_065)
    );
    assert!(problems(&read)[0].contains(":8: field `Locality Number`: `100` is not valid"));
}

#[test]
fn anaesthesia_factors_are_read_with_their_blanks() {
    let text = "Contractor,Locality,Locality Name,National Anes CF of 20.3178\r\n10112 ,00 ,ALABAMA,19.31 \r\n,,,\r\n";
    let read = read_one("ANES2025.csv", text).unwrap();
    let Rows::AnesthesiaFactors(rows) = &read.rows else {
        panic!()
    };
    assert_eq!((rows[0].conversion_factor, rows[0].national), (1_931, 203_178));
    let error = read_one("ANES.csv", text).unwrap_err();
    assert!(
        error.to_string().contains("says nowhere which year it is for"),
        "{error}"
    );
}

#[test]
fn a_state_stands_on_its_first_locality_only() {
    let text = "COUNTIES INCLUDED IN 2025 LOCALITIES.,,,,\r\n,,,,\r\n\
        Medicare Adminstrative Contractor,Locality Number,State ,Fee Schedule Area ,Counties\r\n,,,,\r\n\
        9102,3,FLORIDA ,FORT LAUDERDALE,\"BROWARD, COLLIER\"\r\n9102,4,,MIAMI,DADE AND MONROE\r\n,,,,\r\n\
        *  Payment locality is serviced by two carriers.,,,,\r\n";
    let read = read_one("25LOCCO.csv", text).unwrap();
    let Rows::Localities(rows) = &read.rows else { panic!() };
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (rows[1].locality.to_string().as_str(), &*rows[1].state),
        ("09102-04", "FLORIDA")
    );
    assert_eq!(&*rows[0].counties, "BROWARD, COLLIER");
}
