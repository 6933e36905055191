package org.gavel.desktop.cluster;

/** The inspector's tabs, named as the code's folders. */
enum InspectorTab {
    DISCOVERY("Nodes find each other by broadcast: hello until admitted, then the INM's announcements."),
    LINK("Numbered datagrams between two parties: acknowledged, repaired, never doubled."),
    HEARTBEAT("A beat every so often; three missed or a crash hint raise a suspicion, probes decide it."),
    RING("Members in order of joining; each one's successor is the next."),
    ELECTION("LCR: the largest uid that comes home has won, and is nominated."),
    MULTICAST("The leader numbers everything; every member and participant delivers the same sequence."),
    REPLICATION("Committed is what a majority of the acceptors holds; only that is applied and answered.");

    private final String sentence;

    InspectorTab(String sentence) {
        this.sentence = sentence;
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String sentence() {
        return sentence;
    }
}
