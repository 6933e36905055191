package org.gavel.desktop.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.identity.Uid;

/** Counts who names whom. */
final class Leaders {
    private Leaders() { }

    static LeaderView of(List<NodeView> living, Map<Uid, String> names) {
        Map<Uid, Integer> votes = new LinkedHashMap<>();
        for (NodeView node : living) {
            String inm = node.status().inm();
            votes.merge(inm.isEmpty() ? Uid.NOBODY : Uid.parseHex(inm), 1, Integer::sum);
        }
        List<LeaderView.Claim> claims = new ArrayList<>();
        votes.forEach((inm, by) -> claims.add(new LeaderView.Claim(inm, inm.isNobody() ? "none" : names.getOrDefault(inm, inm.shortForm()), by)));
        claims.sort((a, b) -> a.by() != b.by() ? Integer.compare(b.by(), a.by()) : a.inm().compareTo(b.inm()));
        return new LeaderView(claims);
    }
}
