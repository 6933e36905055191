package org.gavel.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Asks a person before something that cannot be taken back. */
final class Question {
    static final int ANSWER_BYTES_MAX = 256;

    private Question() { }

    /**
     * @param risk what may be lost, as a sentence
     * @throws CliException usage if nobody can be asked, refused if the person says no
     */
    static void ask(CommandContext context, String risk, String deed) {
        String answer;
        if (context.shell() != null && context.shell().canAsk()) {
            answer = context.shell().ask(risk + " " + deed + " (yes/no) ");
        } else if (context.interactive() && context.shell() == null) {
            context.lines().err(risk);
            context.lines().err(deed + " Type yes to go on:");
            answer = line(context.in());
        } else {
            throw CliException.usage(risk + " There is nobody to ask here: add --yes if you are sure.");
        }
        if (!answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw new CliException(ExitCode.REFUSED, "not done: you did not say yes");
        }
    }

    private static String line(InputStream in) {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0 && c != '\n' && line.length() < ANSWER_BYTES_MAX; c = in.read()) {
                line.append((char) c);
            }
        } catch (IOException e) {
            throw new CliException(ExitCode.UNEXPECTED, "standard input cannot be read (" + e.getMessage() + ")", e);
        }
        return line.toString();
    }
}
