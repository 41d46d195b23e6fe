//! The Umm al-Qura calendar: golden vectors of the domain facts.

use px360_server::dates::of_day;

#[test]
fn days_of_the_umm_al_qura_calendar_are_those_of_its_table() {
    for (day, hijri) in [
        ("2024-07-07", (1446, 1, 1)),
        ("2025-03-01", (1446, 9, 1)),
        ("2025-03-30", (1446, 10, 1)),
        ("2025-06-06", (1446, 12, 10)),
        ("2025-06-26", (1447, 1, 1)),
        ("2026-02-18", (1447, 9, 1)),
        ("2026-03-20", (1447, 10, 1)),
        ("2026-05-27", (1447, 12, 10)),
        ("2026-06-16", (1448, 1, 1)),
        ("2026-11-23", (1448, 6, 13)),
        ("2027-02-08", (1448, 9, 1)),
        ("2030-01-05", (1451, 9, 1)),
    ] {
        let found = of_day(day.parse().unwrap()).unwrap();
        assert_eq!((found.year, found.month, found.day), hijri, "{day}");
    }
}
