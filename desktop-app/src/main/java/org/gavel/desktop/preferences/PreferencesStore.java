package org.gavel.desktop.preferences;

/** Where preferences are kept between two starts. */
public interface PreferencesStore {
    /** What was kept, or the defaults. */
    Preferences load();

    void save(Preferences preferences);

    /** For tests and pictures: begins with these, keeps nothing beyond its own life. */
    static PreferencesStore inMemory(Preferences first) {
        Preferences[] kept = {first};
        return new PreferencesStore() {
            @Override
            public Preferences load() {
                return kept[0];
            }

            @Override
            public void save(Preferences preferences) {
                kept[0] = preferences;
            }
        };
    }
}
