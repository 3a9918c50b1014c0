//! After every send the whole machine of Ana is searched for her secret; here is shown that the search finds it.

use crate::ana::Ana;
use crate::rig::Rig;

#[test]
fn a_secret_is_found_in_every_place_where_a_send_could_leave_it() {
    let rig = Rig::find();
    let ana = Ana::at(&rig);
    let places = ["home/.cache", "config/sendoff/old.toml", "state/sendoff/log", "out/stdout", "out/stderr"];
    std::fs::create_dir(ana.path("state/sendoff")).unwrap();
    for place in places {
        assert_eq!(ana.leaks(), [] as [String; 0]);

        std::fs::write(ana.path(place), format!("the password is {}", rig.fact("PASSWORD"))).unwrap();

        assert_eq!(ana.leaks(), [place]);
        std::fs::remove_file(ana.path(place)).unwrap();
    }
}
