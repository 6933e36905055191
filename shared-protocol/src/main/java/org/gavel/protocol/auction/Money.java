package org.gavel.protocol.auction;

/** Amounts: whole cents in a {@code long}, never a floating-point number. */
public final class Money {
    /** Nine quadrillion cents: sums and differences of two amounts stay far from overflow, and a JavaScript reader loses no digit. */
    public static final long AMOUNT_CENTS_MAX = 9_000_000_000_000_000L;
    private static final String EXAMPLES = "write it like 125 or 125.50";
    private static final int SHOWN_CHARS_MAX = 40;

    private Money() { }

    /**
     * Reads what a person types: {@code 125}, {@code 125.5}, {@code 125.00}.
     *
     * @return cents, 0 to {@link #AMOUNT_CENTS_MAX}
     * @throws IllegalArgumentException with a sentence that names the mistake and the way out
     */
    public static long parse(String text) {
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("the amount is empty; " + EXAMPLES);
        }
        refuseForeignCharacters(text);
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String decimals = point < 0 ? "" : text.substring(point + 1);
        if (whole.isEmpty() || point >= 0 && decimals.isEmpty() || decimals.indexOf('.') >= 0) {
            throw new IllegalArgumentException(quoted(text) + " is not an amount; " + EXAMPLES);
        }
        if (decimals.length() > 2) {
            throw new IllegalArgumentException(quoted(text) + " has " + decimals.length() + " decimals, at most 2 are possible; " + EXAMPLES);
        }
        long cents = 0;
        String digits = whole + (decimals + "00").substring(0, 2);
        for (int i = 0; i < digits.length(); i++) {
            cents = cents * 10 + digits.charAt(i) - '0';
            if (cents > AMOUNT_CENTS_MAX) {
                throw new IllegalArgumentException(quoted(text) + " is too large; an amount is at most " + format(AMOUNT_CENTS_MAX)
                        + " (9 quadrillion cents)");
            }
        }
        return cents;
    }

    private static void refuseForeignCharacters(String text) {
        if (text.charAt(0) == '-') {
            throw new IllegalArgumentException(quoted(text) + " is negative; an amount is 0 or more, " + EXAMPLES);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' || c == '.') {
                continue;
            }
            if (Character.isWhitespace(c) || c == '\u00a0' || c == '\u202f') {
                throw new IllegalArgumentException(quoted(text) + " has a space in it; " + EXAMPLES);
            }
            if (c == ',' || c == '\'' || c == '_') {
                throw new IllegalArgumentException(quoted(text) + " has a '" + c + "' in it; leave separators out and put a point before the cents, "
                        + EXAMPLES);
            }
            if ((c == 'e' || c == 'E') && i > 0) {
                throw new IllegalArgumentException(quoted(text) + " has an exponent; write all digits, like 125 or 125.50");
            }
            throw new IllegalArgumentException(quoted(text) + " is not a number; " + EXAMPLES);
        }
    }

    /** {@code 12500} as {@code 125.00}. */
    public static String format(long cents) {
        long units = cents / 100;
        long rest = Math.abs(cents % 100);
        return (cents < 0 && units == 0 ? "-" : "") + units + (rest < 10 ? ".0" : ".") + rest;
    }

    private static String quoted(String text) {
        String shown = text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "...";
        StringBuilder printable = new StringBuilder("'");
        shown.chars().forEach(c -> printable.append(Character.isISOControl(c) ? '?' : (char) c));
        return printable.append('\'').toString();
    }
}
