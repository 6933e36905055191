package org.gavel.desktop.model;

import java.util.List;
import org.gavel.protocol.identity.Uid;

/**
 * Whom the living nodes name as INM.
 *
 * @param claims the most named first; one with NOBODY stands for nodes that name none
 */
public record LeaderView(List<Claim> claims) {
    /**
     * @param inm   who is named
     * @param name  that one's name, or 'none'
     * @param by    how many living nodes name it
     */
    public record Claim(Uid inm, String name, int by) { }

    public LeaderView {
        claims = List.copyOf(claims);
    }

    /** All living nodes name the same INM. */
    public boolean agreed() {
        return claims.size() == 1 && !claims.get(0).inm().isNobody();
    }

    /** 'all name birch as INM'; 'birch (4) · delta (2)'; 'no INM'. */
    public String sentence() {
        if (claims.isEmpty()) {
            return "no INM known";
        }
        if (agreed()) {
            return "all name " + claims.get(0).name() + " as INM";
        }
        if (claims.size() == 1) {
            return "nobody names an INM";
        }
        StringBuilder text = new StringBuilder();
        for (Claim claim : claims) {
            text.append(text.length() == 0 ? "" : " · ").append(claim.name()).append(" (").append(claim.by()).append(')');
        }
        return text.toString();
    }
}
